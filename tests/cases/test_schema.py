"""A damaged case folder: every fault at once, each with its place, never a traceback."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cocreate_teach.cases import case_names, check_case, load_case
from cocreate_teach.cases.dictionary import MEANING
from cocreate_teach.cases.loading import cases_root
from cocreate_teach.errors import CaseError


@pytest.mark.parametrize("name", case_names())
def test_every_case_is_without_a_fault(name):
    """Files, sha256, dictionary, statuses, presets and exhibits of all cases that we ship."""
    check_case(cases_root() / name)


def toml(find: str, put: str) -> Callable[[Path], None]:
    """Return a damage: the first match of a pattern in case.toml is replaced."""

    def damage(folder: Path) -> None:
        path = folder / "case.toml"
        text, count = re.subn(find, put, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
        assert count == 1, find
        path.write_text(text, encoding="utf-8")

    return damage


def rows(change: Callable[[str], str]) -> Callable[[Path], None]:
    """Return a damage of dictionary.csv."""

    def damage(folder: Path) -> None:
        path = folder / "dictionary.csv"
        changed = change(path.read_text(encoding="utf-8"))
        assert changed != path.read_text(encoding="utf-8")
        path.write_text(changed, encoding="utf-8")

    return damage


TABLES = ", ".join(load_case("bank").table_names)
SOURCES = ", ".join(map(str, load_case("bank").sources["number"]))
ADDED = len((cases_root() / "bank" / "dictionary.csv").read_text(encoding="utf-8").splitlines()) + 1  # row of one more

FAULTS = {
    "key missing": (toml('question = "[^"]*"\n', ""), "case.toml: question is missing; it must be a text: add it"),
    "key of another type": (
        toml('title = "[^"]*"', "title = 7"),
        "case.toml: title is 7; it must be a text: change it",
    ),
    "truth value as number": (
        toml("power = 0.3", "power = true"),
        "case.toml: stakeholders.1.power is True; it must be a number: change it",
    ),
    "share above one": (
        toml("interest = 0.6", "interest = 1.6"),
        "case.toml: stakeholders.1.interest is 1.6; it must be between 0 and 1 (share): change it",
    ),
    "unknown status": (
        toml('status = "synthetic"', 'status = "fake"'),
        "case.toml: timeline.1.status is 'fake'; it must be one of real, published, derived, reported, unverified, "
        "synthetic, illustrative: choose one",
    ),
    "no exhibits": (
        toml(r"\[\[exhibits\]\].*", ""),
        "case.toml: exhibits is missing or empty; add at least one entry with number, kind, table, title, caption, "
        "alt, source, status",
    ),
    "unknown kind": (
        toml('kind = "panels"', 'kind = "pie"'),
        "case.toml: exhibits.2.kind is 'pie'; it must be one of table, lines, bars, panels, before_after, series: "
        "choose one",
    ),
    "unknown table": (
        toml(r'number = 8\n(.*?)table = "participation"', r'number = 8\n\1table = "games"'),
        f"case.toml: exhibits.8.table is 'games'; the tables are {TABLES}: choose one",
    ),
    "number twice": (
        toml("number = 9", "number = 8"),
        "case.toml: exhibits.9.number is 8, which is taken; numbers must differ: choose another",
    ),
    "setting missing": (
        toml('y_label = "motivation, points of 10"\n', ""),
        "case.toml: exhibits.3.y_label is missing; it must be a text: add it",
    ),
    "group as text": (
        toml(r'group = \["grade"\]', 'group = "grade"'),
        "case.toml: exhibits.2.group is 'grade'; it must be a list: change it",
    ),
    "unknown column": (
        toml('y = "motivation"', 'y = "mood"'),
        "case.toml: exhibits.3.y names the column 'mood'; the table has adviser, branch, managers_in_workshop, grade, "
        "age, month, knowledge, motivation, trust_other_grade, sold_accounts, sold_investment, sold_life, sold_all, "
        "life_cancelled, last_month: choose one",
    ),
    "half a condition": (
        toml('column = "month", from = 1, to = 12', 'column = "month", from = 1'),
        "case.toml: exhibits.2.where.1 has column, from; it needs column with is, or with from and to: add them",
    ),
    "cost of a stranger": (
        toml("management = 0.4 }", "board = 0.4 }"),
        "case.toml: presets.before.cost is given for customer, junior adviser, senior adviser, board; it must be given "
        "for customer, junior adviser, senior adviser, management: match them",
    ),
    "synergy with a stranger": (
        toml(r'between = \["customer", "senior adviser"\]', 'between = ["customer", "shareholder"]'),
        "case.toml: presets.before.synergy.1.between is ['customer', 'shareholder']; it must be two different names of "
        "customer, junior adviser, senior adviser, management: change it",
    ),
    "synergy in words": (
        toml('"senior adviser"\\], value = 3.0', '"senior adviser"], value = "much"'),
        "case.toml: presets.before.synergy.1.value is 'much'; it must be a number: change it",
    ),
    "preset for nobody": (
        toml(r"stakeholders = \[[^]]*\]", "stakeholders = []"),
        "case.toml: presets.before.stakeholders is []; it must be a list of names: add it",
    ),
    "file as number": (
        toml('file = "published_facts.csv"', "file = 1"),
        "case.toml: tables.facts.file is 1; it must be a text: change it",
    ),
    "no file of that name": (
        toml('file = "published_facts.csv"', 'file = "facts.csv"'),
        "case.toml: tables.facts.file is 'facts.csv'; there is no such file in data/: restore it",
    ),
    "column not described": (
        rows(lambda text: re.sub(r"advisers_synthetic\.csv,motivation,[^\n]*\n", "", text)),
        "dictionary.csv: the column 'motivation' of advisers_synthetic.csv is not described; add a row",
    ),
    "column described that is not there": (
        rows(lambda text: text + "advisers_synthetic.csv,mood,text,,A mood,us,synthetic,,,,no\n"),
        f"dictionary.csv: row {ADDED} describes 'mood', which advisers_synthetic.csv does not have; remove the row",
    ),
    "described twice": (
        rows(lambda text: text + "advisers_synthetic.csv,age,integer,years,Age again,us,synthetic,18,70,,yes\n"),
        f"dictionary.csv: row {ADDED} describes 'age' of advisers_synthetic.csv again; keep one row per column",
    ),
    "no such table described": (
        rows(lambda text: text + "branches.csv,age,integer,years,Age,us,synthetic,18,70,,yes\n"),
        f"dictionary.csv: row {ADDED} describes 'branches.csv', which is no table of the case; remove it",
    ),
    "no description": (
        rows(lambda text: text.replace("Age of the client", "", 1)),
        "dictionary.csv: row 25 description is empty; fill it",
    ),
    "unknown type": (
        rows(lambda text: text.replace("month,integer,month", "month,float,month", 1)),
        "dictionary.csv: row 15 type is 'float'; it must be one of integer, number, date, period, yes/no, text: "
        "choose one",
    ),
    "dictionary column missing": (
        rows(lambda text: text.replace("unit", "units", 1)),
        f"dictionary.csv: the columns unit are missing; add them ({MEANING})",
    ),
    "dictionary of an older form": (
        rows(lambda text: text.replace(",minimum,maximum,allowed,required", "", 1)),
        f"dictionary.csv: the columns minimum, maximum, allowed, required are missing; add them ({MEANING})",
    ),
    "cells missing": (
        rows(lambda text: text + "advisers_synthetic.csv,mood,text,,A mood,us,synthetic\n"),
        f"dictionary.csv: row {ADDED} has not 11 cells; add or remove separators, and quote texts with commas",
    ),
    "no limit": (
        rows(lambda text: text.replace(",18,70,", ",,70,", 1)),
        "dictionary.csv: row 14 minimum is ''; a column of type integer needs a whole number: write the limit",
    ),
    "limit in words": (
        rows(lambda text: text.replace(",18,70,", ",18,retired,", 1)),
        "dictionary.csv: row 14 maximum is 'retired'; a column of type integer needs a whole number: write the limit",
    ),
    "limits upside down": (
        rows(lambda text: text.replace(",18,70,", ",70,18,", 1)),
        "dictionary.csv: row 14 minimum is '70', above the maximum '18'; no value can be in order: exchange them",
    ),
    "limit of a text": (
        rows(lambda text: text.replace(",,,junior|senior,", ",1,,junior|senior,", 1)),
        "dictionary.csv: row 13 minimum is '1'; a column of type text has no limits: leave it empty",
    ),
    "list of numbers": (
        rows(lambda text: text.replace(",18,70,,", ",18,70,20|30,", 1)),
        "dictionary.csv: row 14 allowed is '20|30'; a column of type integer has no list of texts: leave it empty",
    ),
    "no unit": (
        rows(lambda text: text.replace("age,integer,years", "age,integer,", 1)),
        "dictionary.csv: row 14 unit is empty; a column of type integer needs a unit: write it, or share, or see unit",
    ),
    "perhaps required": (
        rows(lambda text: text.replace(",18,70,,yes", ",18,70,,perhaps", 1)),
        "dictionary.csv: row 14 required is 'perhaps'; it must be one of yes, no: choose one",
    ),
    "columns in another order": (
        rows(
            lambda text: re.sub(r"(clients_sample\.csv,age,[^\n]*\n)(clients_sample\.csv,job,[^\n]*\n)", r"\2\1", text)
        ),
        f"dictionary.csv: the rows of clients_sample.csv are not in the order of its columns; the order must be "
        f"{', '.join(load_case('bank').table('clients_sample'))}: move the rows",
    ),
    "no number of rows": (
        toml("rows = 5\n", ""),
        "case.toml: tables.facts.rows is missing; it must be a whole number: add it",
    ),
    "key that is no column": (
        toml(r'key = \["adviser", "month"\]', 'key = ["adviser", "week"]'),
        "case.toml: tables.advisers.key names the column 'week'; the table has adviser, branch, managers_in_workshop, "
        "grade, age, month, knowledge, motivation, trust_other_grade, sold_accounts, sold_investment, sold_life, "
        "sold_all, life_cancelled, last_month: choose one",
    ),
    "source that is not there": (
        toml(r"sources = \[1, 3\]", "sources = [1, 99]"),
        f"case.toml: tables.facts.sources is [1, 99]; it must name some of the sources {SOURCES}: change it",
    ),
    "table without a source": (
        toml(r"sources = \[1, 3\]", "sources = []"),
        f"case.toml: tables.facts.sources is []; it must name some of the sources {SOURCES}: change it",
    ),
}


@pytest.mark.parametrize("damage", FAULTS, ids=str)
def test_a_fault_is_one_sentence_with_its_place(damaged_root, damage):
    """An author must see what is wrong, the value, what is allowed and what to do, without reading our code."""
    apply, sentence = FAULTS[damage]
    apply(damaged_root / "bank")
    with pytest.raises(CaseError) as caught:
        load_case("bank", root=damaged_root)
    assert sentence in caught.value.faults


@pytest.mark.parametrize("name", ["case.md", "short.md", "teaching_note.md", "dictionary.csv"])
def test_a_missing_file_is_named(damaged_root, name):
    """A case is complete or it is no case."""
    (damaged_root / "bank" / name).unlink()
    with pytest.raises(CaseError) as caught:
        check_case(damaged_root / "bank")
    assert caught.value.faults == (f"{name} is missing in bank/; restore the file",)


def test_a_folder_without_its_toml_is_no_case(tmp_path):
    """An author who points at the wrong folder learns which files a case needs."""
    with pytest.raises(CaseError) as caught:
        check_case(tmp_path)
    assert len(caught.value.faults) == 5
    assert f"case.toml is missing in {tmp_path.name}/; restore the file" in caught.value.faults


def test_all_faults_come_at_once(damaged_root):
    """Two mistakes must not take two runs to find."""
    damages = ("key missing", "unknown status", "column not described", "synergy in words")
    for damage in damages:
        FAULTS[damage][0](damaged_root / "bank")
    (damaged_root / "bank" / "short.md").unlink()
    with pytest.raises(CaseError) as caught:
        check_case(damaged_root / "bank")
    for damage in damages:
        assert FAULTS[damage][1] in caught.value.faults
    assert "short.md is missing in bank/; restore the file" in caught.value.faults
    assert len(caught.value.faults) == 5


def test_broken_toml_is_a_sentence(damaged_root):
    """The parser's place is kept, its traceback is not."""
    path = damaged_root / "bank" / "case.toml"
    path.write_text("title = \n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(CaseError, match=r"case\.toml cannot be read: Invalid value \(at line 1, column 9\); mend"):
        load_case("bank", root=damaged_root)


@pytest.mark.parametrize("file", ["advisers_synthetic.csv", "clients_full.csv.gz"])
def test_a_changed_table_is_caught_by_its_sha256(damaged_root, file):
    """One changed byte would change every number that a lesson shows."""
    path = damaged_root / "bank" / "data" / file
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(CaseError) as caught:
        check_case(damaged_root / "bank")
    fault, *where = caught.value.faults
    assert f"but data/{file} has" in fault
    assert "restore it from the repository" in fault
    assert where


@pytest.mark.parametrize("content", [b"no gzip at all", b"\x1f\x8b\x08", b""])
def test_a_table_that_cannot_be_unpacked_is_a_sentence(damaged_root, content):
    """A half-finished download must not end in a traceback of the decompressor."""
    (damaged_root / "bank" / "data" / "clients_full.csv.gz").write_bytes(content)
    with pytest.raises(CaseError) as caught:
        load_case("bank", root=damaged_root)
    assert all("\n" not in fault for fault in caught.value.faults)
    assert any("clients_full.csv.gz" in fault for fault in caught.value.faults)


def test_a_dictionary_in_another_encoding_is_a_sentence(damaged_root):
    """Spreadsheet programs save in older encodings."""
    path = damaged_root / "bank" / "dictionary.csv"
    path.write_bytes(path.read_bytes() + b"x.csv,\xe9t\xe9\n")
    with pytest.raises(CaseError, match=r"dictionary\.csv cannot be read: .*; restore the file"):
        load_case("bank", root=damaged_root)
