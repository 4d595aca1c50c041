"""Numbers in texts: computed from the tables, and a sentence for everything that cannot be."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.cases import check_case, load_case
from cocreate_teach.cases.formulas import evaluate, parse_formula
from cocreate_teach.cases.numbers import fill, placeholders
from cocreate_teach.cases.taking import exhibit_columns
from cocreate_teach.errors import CaseError
from tests.cases.stories import STORIES

TABLE = "year,kind,editors,share,name\n2001,a,10,0.5,one\n2002,a,40,,two\n2003,a,30,0.25,three\n2001,b,7,0.1,four\n"
NUMBERS = """
[numbers.peak]
table = "editors"
column = "editors"
take = "max"
format = ",.0f"
status = "derived"

[numbers.start]
table = "editors"
column = "editors"
where = [{ column = "year", is = [2001] }, { column = "kind", is = ["a"] }]
take = "value"
format = "d"
status = "real"

[numbers.growth]
formula = "peak / start - 1"
format = ".0%"
status = "derived"
"""
CASE = """
title = "A small case"
question = "How many?"
period = "2001 to 2003"
place = "nowhere"
protagonist = "Nobody"
decision = "None"
deadline = "never"
stakeholders = [{ name = "a", role = "b", power = 0.1, interest = 0.1, is_internal = true, status = "illustrative" }]
timeline = [{ when = "2001", what = "start", status = "real" }]
[[sources]]
number = 1
key = "advisers"
citation = "The advisers' panel"
licence = "ours"
address = ""
status = "real"
verified = true
[presets.only]
model = "participation"
label = "only"
status = "illustrative"
source = "us"
stakeholders = ["a"]
[[exhibits]]
number = 1
kind = "table"
table = "editors"
title = "At most {{peak}} editors"
caption = "From {{start}}."
alt = "A table that ends at {{growth}}."
source = "[1]"
status = "real"
columns = { year = "Year", editors = "Editors" }
"""
MEANS = """
[[exhibits]]
number = 2
kind = "bars"
table = "editors"
title = "{{x}}"
caption = "From {{x}}."
alt = "{{x}}"
source = "[1]"
status = "real"
y = "editors"
y_label = "editors"
n_label = "Rows"
group = ["kind"]
"""


def number(**settings: object) -> str:
    """Return one declared number as TOML, with what a number needs by default."""
    given = {"table": '"editors"', "column": '"editors"', "take": '"max"', "format": '",.0f"', "status": '"real"'}
    if "formula" in settings:
        given = {"format": '",.2f"', "status": '"derived"'}
    lines = [f"{key} = {value}\n" for key, value in (given | settings).items() if value]
    return "\n[numbers.x]\n" + "".join(lines)


def build(root: Path, numbers: str = NUMBERS, *, text: str = "", table: str = TABLE) -> Path:
    """Write a small case; return its folder."""
    folder = root / "small"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "editors.csv").write_text(table, encoding="utf-8")
    digest = hashlib.sha256(table.encode()).hexdigest()
    entry = f'[tables.editors]\nfile = "editors.csv"\nsha256 = "{digest}"\nstatus = "real"\ndescription = "Editors"\n'
    entry += f"rows = {table.count(chr(10)) - 1}\nkey = []\nsources = [1]\n"
    (folder / "case.toml").write_text(CASE + entry + numbers, encoding="utf-8")
    kinds = dict.fromkeys(("year", "editors"), "integer") | {"share": "number"}
    limits = {c: "count,Column,[1],real,-1000000,1000000,,no" for c in kinds}
    rows = [
        f"editors.csv,{c},{kinds.get(c, 'text')},{limits.get(c, ',Column,[1],real,,,,no')}"
        for c in table.partition("\n")[0].split(",")
    ]
    (folder / "dictionary.csv").write_text(
        "file,column,type,unit,description,source,status,minimum,maximum,allowed,required\n" + "\n".join(rows) + "\n",
        encoding="utf-8",
    )
    body = f"# Small\n\n## Part A\n\nFrom {{{{start}}}} to {{{{ peak }}}}, {{{{growth}}}} more.\n{text}\n"
    body += "## Part B\n\nLater.\n\n## Sources\n\n1. The advisers' panel. Real.\n"
    (folder / "case.md").write_text(body, encoding="utf-8")
    (folder / "short.md").write_text("# Short\n\nAt most {{peak}}.\n", encoding="utf-8")
    (folder / "teaching_note.md").write_text("# Note\n\nGrowth {{growth}}.\n", encoding="utf-8")
    return folder


def faults_of(folder: Path) -> tuple[str, ...]:
    """Return the faults that a whole check finds."""
    with pytest.raises(CaseError) as caught:
        check_case(folder)
    return caught.value.faults


def test_every_text_of_a_case_has_its_numbers_in_place(tmp_path):
    """From 10 to 40 is 300 % more, in the case, its parts, the short version, the note and the exhibit."""
    check_case(build(tmp_path))
    case = load_case("small", root=tmp_path)
    assert dict(case.numbers) == {"peak": "40", "start": "10", "growth": "300%"}
    assert "From 10 to 40, 300% more." in case.narrative
    assert str(case.reading("A")) == "### Part A\n\nFrom 10 to 40, 300% more."
    assert str(case.reading("short")) == "At most 40."
    assert case.short_version.endswith("At most 40.\n")
    assert case.teaching_note.endswith("Growth 300%.\n")
    exhibit = case.exhibit(1)
    assert (exhibit.title, exhibit.alt) == ("At most 40 editors", "A table that ends at 300%.")
    assert exhibit.caption.startswith("From 10. Real")
    for shown in (case._repr_html_(), str(case), exhibit.to_html()):
        assert "At most 40 editors" in shown
        assert "{{" not in shown


def test_numbers_are_read_only(tmp_path):
    """Two cells that use one case must see the same numbers; a case without numbers has none."""
    case = load_case("small", root=build(tmp_path).parent)
    with pytest.raises(TypeError):
        case.numbers["peak"] = "1"
    assert dict(load_case("reference").numbers) == {}


WAYS = {
    "max": "40", "min": "7", "sum": "87", "mean": "22", "count": "4", "first": "10", "last": "7",
}  # fmt: skip


@pytest.mark.parametrize("take", WAYS)
def test_a_way_to_take_is_the_one_of_its_name(tmp_path, take):
    """Editors are 10, 40, 30 and 7: each value can be checked by hand (the mean is 21.75)."""
    build(tmp_path, NUMBERS + number(take=f'"{take}"'), text="{{x}}")
    assert load_case("small", root=tmp_path).numbers["x"] == WAYS[take]


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({"take": '"at_max"', "column": '"year"', "by": '"editors"', "format": '"d"'}, "2002"),
        ({"take": '"at_min"', "column": '"name"', "by": '"editors"', "format": '""'}, "four"),
        ({"column": '"share"', "take": '"count"', "format": '"d"'}, "3"),
        ({"column": '"share"', "format": '".1%"'}, "50.0%"),
        ({"where": '[{ column = "year", from = 2002, to = 2003 }]', "take": '"min"'}, "30"),
        ({"formula": '"-(peak + 2) * 2"'}, "-84.00"),
        ({"formula": '"peak - start"', "format": '"d"'}, "30"),
    ],
)
def test_a_number_is_taken_from_the_rows_and_columns_that_it_names(tmp_path, settings, shown):
    """Conditions hold together, empty cells count for nothing, and a place may be asked for by another column."""
    build(tmp_path, NUMBERS + number(**settings), text="{{x}}")
    assert load_case("small", root=tmp_path).numbers["x"] == shown


SEEN_AT_ONCE = {
    "unknown table": (number(table='"editions"'), "numbers.x.table is 'editions'; the tables are editors: choose one"),
    "unknown column": (
        number(column='"editor"'),
        "numbers.x.column names the column 'editor'; the table has year, kind, editors, share, name: choose one",
    ),
    "unknown column of a condition": (
        number(where='[{ column = "month", is = [1] }]'),
        "numbers.x.where.1 names the column 'month'; the table has year, kind, editors, share, name: choose one",
    ),
    "unknown take": (
        number(take='"median"'),
        "numbers.x.take is 'median'; it must be one of value, max, min, sum, mean, count, first, last, at_max, at_min: "
        "choose one",
    ),
    "half a condition": (
        number(where='[{ column = "year", from = 2001 }]'),
        "numbers.x.where.1 has column, from; it needs column with is, or with from and to: add them",
    ),
    "is without brackets": (
        number(where='[{ column = "year", is = 2001 }]'),
        "numbers.x.where.1.is is 2001; it must be a list: write [2001]",
    ),
    "conditions as a table": (
        number(where='{ column = "year", is = [2001] }'),
        "numbers.x.where is {'column': 'year', 'is': [2001]}; it must be a list of tables with column and is, or from "
        "and to: change it",
    ),
    "at_max without by": (number(take='"at_max"'), "numbers.x.by is missing; it must be a text: add it"),
    "by without at_max": (
        number(by='"year"'),
        "numbers.x.by has no meaning here; a number has table, column, take, format, status, where: remove it",
    ),
    "unknown format": (
        number(format='",.0q"'),
        "numbers.x.format is ',.0q'; it must be a Python format such as ',.0f' or '.1%': change it",
    ),
    "no format": (number(format=""), "numbers.x.format is missing; it must be a text: add it"),
    "unknown status": (
        number(status='"true"'),
        "numbers.x.status is 'true'; it must be one of real, published, derived, reported, unverified, synthetic, "
        "illustrative: choose one",
    ),
    "unknown key": (
        number(digits="1"),
        "numbers.x.digits has no meaning here; a number has table, column, take, format, status, where: remove it",
    ),
    "formula with a table": (
        number(formula='"peak"', table='"editors"'),
        "numbers.x.table has no meaning beside a formula; a formula has format and status: remove it",
    ),
    "formula with a stranger": (
        number(formula='"peek + 1"'),
        "numbers.x.formula names peek, which case.toml does not declare; the numbers are peak, start, growth: did you "
        "mean peak?",
    ),
    "formula with a call": (
        number(formula='"abs(peak)"'),
        "numbers.x.formula has abs(peak); it may have names, numbers, + - * / and ( ): change it",
    ),
    "formula with a power": (
        number(formula='"peak ** 9"'),
        "numbers.x.formula has Pow; it may have names, numbers, + - * / and ( ): change it",
    ),
    "formula with a text": (
        number(formula='"\'a\'"'),
        "numbers.x.formula has 'a'; it may have names, numbers, + - * / and ( ): change it",
    ),
    "formula cut off": (
        number(formula='"peak /"'),
        "numbers.x.formula is 'peak /', which cannot be read; mend it",
    ),
    "formula as a number": (number(formula="1"), "numbers.x.formula is 1; it must be a text: change it"),
    "formula of itself": (
        number(formula='"x + 1"'),
        "numbers.x.formula needs itself: x needs x; take one of them from a table",
    ),
    "name with a capital": (
        number().replace("numbers.x", "numbers.Top"),
        "numbers.Top is no name; use small letters, digits and _, a letter first: change it",
    ),
    "typed number": (
        "\n[numbers]\nx = 5\n",
        "numbers.x is 5; it must be a table with table, column and take, or formula: change it",
    ),
    "unknown exhibit": (number(table="", exhibit="7"), "numbers.x.exhibit is 7; the exhibits are 1: choose one"),
    "exhibit as a text": (
        number(table="", exhibit='"1"'),
        "numbers.x.exhibit is '1'; it must be a whole number: change it",
    ),
    "exhibit and table": (
        number(exhibit="1", column='"Editors"'),
        "numbers.x.table has no meaning here; a number has exhibit, column, take, format, status, where: remove it",
    ),
    "unknown column of an exhibit": (
        number(table="", exhibit="1"),
        "numbers.x.column names the column 'editors'; the exhibit has Year, Editors: choose one",
    ),
    "unknown column of a condition on an exhibit": (
        number(table="", exhibit="1", column='"Editors"', where='[{ column = "year", is = [1] }]'),
        "numbers.x.where.1 names the column 'year'; the exhibit has Year, Editors: choose one",
    ),
    "exhibit in a formula": (
        number(formula='"peak"', exhibit="1"),
        "numbers.x.exhibit has no meaning beside a formula; a formula has format and status: remove it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", SEEN_AT_ONCE, ids=str)
def test_a_fault_of_a_number_is_seen_when_the_case_is_loaded(tmp_path, fault):
    """The author reads what is wrong, the value, what is allowed and what to do, before any table is read."""
    numbers, sentence = SEEN_AT_ONCE[fault]
    build(tmp_path, numbers if "[numbers]" in numbers else NUMBERS + numbers, text="{{x}}")
    with pytest.raises(CaseError) as caught:
        load_case("small", root=tmp_path)
    assert f"case.toml: {sentence}" in caught.value.faults


COMPUTED = {
    "several rows": (
        {"take": '"value"'},
        " takes value of 'editors', but 4 rows are left where one is meant; change where, or take another way",
    ),
    "no row": (
        {"where": '[{ column = "year", is = [1999] }]'},
        " takes max of 'editors', but there is no value in the rows that are left; change where or the column",
    ),
    "empty cell": (
        {"column": '"share"', "take": '"value"', "where": '[{ column = "year", is = [2002] }]'},
        " takes value of 'share', but there is no value in the rows that are left; change where or the column",
    ),
    "sum of empty cells": (
        {"column": '"share"', "take": '"sum"', "where": '[{ column = "year", is = [2002] }]'},
        " takes sum of 'share', but there is no value in the rows that are left; change where or the column",
    ),
    "sum of texts": (
        {"column": '"name"', "take": '"sum"'},
        " takes sum of 'name', but 'name' holds texts; choose a column of numbers, or another way to take",
    ),
    "a tie": (
        {"take": '"at_min"', "by": '"year"'},
        " takes at_min of 'editors' by 'year', but 2 rows tie; narrow where until one is left",
    ),
    "another kind": (
        {"where": '[{ column = "kind", from = 1, to = 2 }]'},
        ".where.1 compares 'kind' with values of another kind; change it",
    ),
    "format of a whole number": (
        {"take": '"mean"', "format": '"d"'},
        ".format is 'd', which does not fit 21.75; change it",
    ),
    "division by zero": (
        {"formula": '"1 / (peak - 4 * start)"'},
        ".formula divides by zero in 1 / (peak - 4 * start); change it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", COMPUTED, ids=str)
def test_a_number_that_cannot_be_computed_is_a_sentence(tmp_path, fault):
    """The whole check computes every number; a loaded case says the same when the text is read."""
    settings, sentence = COMPUTED[fault]
    folder = build(tmp_path, NUMBERS + number(**settings), text="{{x}}")
    assert faults_of(folder) == (f"case.toml: numbers.x{sentence}",)
    case = load_case("small", root=tmp_path)
    with pytest.raises(CaseError) as caught:
        case.narrative  # noqa: B018 - reading it is the test
    assert caught.value.faults == (f"case.toml: numbers.x{sentence}",)


FROM_EXHIBITS = {
    "a column of a table": ({"exhibit": "1", "column": '"Editors"'}, "40"),
    "a row of a table": (
        {"exhibit": "1", "column": '"Editors"', "take": '"value"', "where": '[{ column = "Year", is = [2003] }]'},
        "30",
    ),
    "a mean": (
        {"exhibit": "2", "column": '"mean"', "take": '"value"', "where": '[{ column = "group", is = ["a"] }]',
         "format": '".2f"'}, "26.67",
    ),
    "how many": ({"exhibit": "2", "column": '"n"', "take": '"sum"'}, "4"),
    "which group": ({"exhibit": "2", "column": '"group"', "take": '"at_max"', "by": '"mean"', "format": '""'}, "a"),
}  # fmt: skip


@pytest.mark.parametrize("way", FROM_EXHIBITS, ids=str)
def test_a_number_may_be_taken_from_an_exhibit_and_stand_in_its_caption(tmp_path, way):
    """The mean of 10, 40 and 30 is 26.67; exhibit 2 names in its own texts what is taken from it."""
    settings, shown = FROM_EXHIBITS[way]
    check_case(build(tmp_path, NUMBERS + MEANS + number(table="", **settings), text="{{x}}"))
    case = load_case("small", root=tmp_path)
    assert case.numbers["x"] == shown
    assert case.exhibit(2).caption.startswith(f"From {shown}. ")


def test_an_exhibit_that_cannot_be_computed_is_a_sentence(tmp_path):
    """Its columns may be in order and its settings still not fit the values: no check ends in a traceback."""
    mean = number(table="", exhibit="2", column='"mean"')
    folder = build(tmp_path, NUMBERS + MEANS + 'order = ["b"]\n' + mean)
    assert faults_of(folder) == (
        "case.toml: numbers.x.exhibit is 2, which cannot be computed (ValueError: 'a' is not in list); mend it",
    )


def test_numbers_of_an_exhibit_on_a_damaged_table_name_the_damage_once(tmp_path):
    """What is wrong is the table, not the exhibit, and not each of its numbers."""
    folder = build(tmp_path, NUMBERS + MEANS + number(table="", exhibit="2", column='"mean"'))
    (folder / "data" / "editors.csv").write_text(TABLE.replace("40", "90"), encoding="utf-8")
    fault, where = faults_of(folder)
    assert "tables.editors.sha256" in fault
    assert where.startswith("table editors: ")


@pytest.mark.parametrize("name", STORIES)
def test_the_columns_that_an_exhibit_is_said_to_have_are_those_it_has(name):
    """A number is checked against the names before anything is computed."""
    case = load_case(name)
    for exhibit in case.exhibit_numbers:
        found = case.exhibit(exhibit)
        assert exhibit_columns(found.settings) == tuple(found.table.columns)


def test_a_formula_of_a_text_is_a_sentence(tmp_path):
    """The name of an edition can stand in a text, but nobody can divide by it."""
    name = number(column='"name"', take='"first"', format='""')
    twice = number(formula='"2 * x"').replace("numbers.x", "numbers.y")
    folder = build(tmp_path, NUMBERS + name + twice, text="{{x}} {{y}}")
    assert faults_of(folder) == ("case.toml: numbers.y.formula uses x, which is the text 'one'; use numbers only",)


def test_a_name_that_nobody_declared_is_found_with_its_line(tmp_path):
    """A slip in a text would otherwise be printed as it is."""
    folder = build(tmp_path, text="Up to {{peek}}.\n{{peak")
    assert faults_of(folder) == (
        "case.md: line 6 has {{peek}}, which case.toml does not declare; the numbers are peak, start, growth: did you "
        "mean peak?",
        "case.md: line 7 has {{ without its }}; a number is named like {{peak}}: close it",
    )


def test_a_name_in_a_case_without_numbers_is_found(tmp_path):
    """A number that is named must be declared somewhere."""
    folder = build(tmp_path, numbers="")
    assert "short.md: line 3 has {{peak}}, which case.toml does not declare; it declares no numbers: add one" in (
        faults_of(folder)
    )


def test_a_number_that_nobody_uses_is_found(tmp_path):
    """It is a leftover, or the text has typed it after all. A number that only a formula uses is used."""
    folder = build(tmp_path, NUMBERS + number())
    assert faults_of(folder) == ("case.toml: numbers.x is used in no text and no formula; use it or remove it",)
    (folder / "teaching_note.md").write_text("# Note {{x}}\n", encoding="utf-8")
    check_case(folder)
    (folder / "teaching_note.md").unlink()  # without this text nobody can say what is unused
    assert faults_of(folder) == ("teaching_note.md is missing in small/; restore the file",)


def test_every_circle_is_named(tmp_path):
    """Two circles are two sentences, and no endless loop."""
    circles = "".join(
        number(formula=f'"{b} + 1"').replace("numbers.x", f"numbers.{a}")
        for a, b in (("p", "q"), ("q", "p"), ("r", "s"), ("s", "r"))
    )
    found = faults_of(build(tmp_path, NUMBERS + circles))
    assert [fault.partition(".formula")[2][:14] for fault in found] == [" needs itself:"] * 2


def test_all_faults_of_numbers_come_at_once(tmp_path):
    """Two mistakes must not take two runs to find; both are computed."""
    two = number(take='"value"') + number(take='"value"').replace("numbers.x", "numbers.y")
    found = faults_of(build(tmp_path, NUMBERS + two, text="{{x}} {{y}}"))
    assert [fault[:20] for fault in found] == ["case.toml: numbers.x", "case.toml: numbers.y"]


def test_a_damaged_table_is_named_once(tmp_path):
    """Three numbers of one damaged table are one damage; the text is not shown with wrong numbers."""
    folder = build(tmp_path)
    (folder / "data" / "editors.csv").write_text(TABLE.replace("40", "90"), encoding="utf-8")
    faults = faults_of(folder)
    assert "tables.editors.sha256" in faults[0]
    assert faults[1:] == (
        "table editors: each value is one that its column may hold, yet the bytes differ; restore data/editors.csv",
    )
    with pytest.raises(CaseError) as caught:
        load_case("small", root=tmp_path).narrative  # noqa: B018 - reading it is the test
    assert caught.value.faults == faults


def test_a_table_that_is_no_table_is_a_sentence(tmp_path):
    """Its sha256 may be recorded and its head in order: a row that is too long still ends no check in a traceback."""
    folder = build(tmp_path, table=TABLE + "2004,a,50,0.1,five,six\n")
    assert faults_of(folder) == (
        "table editors: row 6 has 6 cells, the last in column name; it must have 5: restore data/editors.csv",
    )


def test_numbers_that_are_no_tables_are_a_sentence(tmp_path):
    """One value where a section belongs."""
    folder = build(tmp_path, numbers="")
    path = folder / "case.toml"
    path.write_text("numbers = 3\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    told = "case.toml: numbers is 3; it must hold one table per number, such as [numbers.peak]: change it"
    assert told in faults_of(folder)


def test_a_text_that_changes_after_loading_is_not_shown_with_a_hole(tmp_path):
    """An author edits while the notebook is open; the slip is a sentence there, too."""
    folder = build(tmp_path)
    case = load_case("small", root=tmp_path)
    (folder / "short.md").write_text("# Short\n\n{{grows}}\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        case.reading("short")
    assert caught.value.faults == (
        "a text has {{grows}}, which case.toml does not declare; the numbers are peak, start, growth: did you mean "
        "growth?",
    )


def test_a_text_in_another_encoding_is_a_sentence(tmp_path):
    """Older editors do not save as UTF-8."""
    folder = build(tmp_path)
    (folder / "short.md").write_bytes(b"# \xe9t\xe9 {{peak}}\n")
    (fault,) = faults_of(folder)
    assert fault.startswith("short.md cannot be read: ")


@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(1, 99))
def test_a_formula_is_what_python_says(a, b, c):
    """Brackets and signs bind as in arithmetic."""
    assert evaluate(parse_formula("-(a - b) * 2 / c + 0.5"), {"a": a, "b": b, "c": c}) == -(a - b) * 2 / c + 0.5


@given(st.text(alphabet="ab{} \n1_"))
def test_a_text_without_a_placeholder_stays_as_it_is(text):
    """Cases that declare no number are shown as they were written, and no number is asked for."""
    if not placeholders(text):
        assert fill(text, lambda: pytest.fail("asked")) == text
    else:
        with pytest.raises(CaseError):
            fill(text, dict)
