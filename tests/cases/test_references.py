"""Sources: each one resolves in the bibliography, each reference leads to one, each is used; and what a fault says."""

import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from cocreate_teach import launch
from cocreate_teach.cases import bibliography, case_names, check_case, load_case
from cocreate_teach.cases.bibliography import bibliography_faults, bibliography_of, read_bibliography
from cocreate_teach.cases.files import header_of
from cocreate_teach.cases.loading import cases_root
from cocreate_teach.cases.references import reference_faults, references
from cocreate_teach.errors import CaseError

BIB = bibliography_of(cases_root() / "bank")
ENTRIES, BIB_FAULTS = read_bibliography(BIB)


def faults_of(folder: Path) -> tuple[str, ...]:
    """Return the faults that a whole check finds; a second each, so few tests use it."""
    with pytest.raises(CaseError) as caught:
        check_case(folder)
    return caught.value.faults


def source_faults(folder: Path) -> list[str]:
    """Return the faults of references and sources alone."""
    raw = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    headers = {name: header_of(folder / "data" / table["file"])[0] for name, table in raw["tables"].items()}
    return [*reference_faults(folder, raw, headers), *bibliography_faults(folder, raw)]


@pytest.fixture
def bank(damaged_root: Path) -> Path:
    """Return a copy of the bank case with a bibliography of its own, to damage."""
    shutil.copy(BIB, damaged_root / "bank" / "sources.bib")
    return damaged_root / "bank"


def change(file: str, find: str, put: str) -> Callable[[Path], None]:
    """Return a damage: the first match of a pattern in a file is replaced."""

    def damage(folder: Path) -> None:
        path = folder / file
        text, count = re.subn(find, put, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
        assert count == 1, find
        path.write_text(text, encoding="utf-8")

    return damage


def test_the_bibliography_is_in_order():
    """No key twice, no broken entry; each has an author or a title, a flag, what was seen, and a licence."""
    assert BIB_FAULTS == []
    assert len(ENTRIES) > 100


@pytest.mark.parametrize("name", case_names())
def test_every_source_of_every_case_resolves(name):
    """A key that leads nowhere would leave a claim without its source."""
    for source in load_case(name).sources.itertuples():
        works = [ENTRIES[key.strip()] for key in source.key.split(",")]
        assert all(work.is_named_in(source.citation) for work in works)
        assert any(work.is_verified for work in works) or not source.verified


def test_a_copy_of_the_bank_with_its_own_bibliography_is_without_a_fault(bank):
    """What the damages below start from is in order, so that each of them is what the check finds."""
    assert source_faults(bank) == []


def test_the_check_of_a_case_holds_its_sources_against_the_bibliography(bank):
    """Keys, references and agreement with the bibliography come with all other faults, at once."""
    change("case.toml", 'key = "gouillart2009"\n', "")(bank)
    change("case.toml", "ramaswamy2010", "ramaswamy2011")(bank)
    change("case.md", r"\[3\]", "[9]")(bank)
    found = faults_of(bank)
    assert found[0] == "case.toml: sources.3.key is missing; it must be a text: add it"
    assert [fault.partition(";")[0] for fault in found[1:]] == [
        "case.md refers to [9]",
        "case.toml: sources.5.key is 'ramaswamy2011'",
    ]


FAULTS = {
    "key unknown": (
        change("case.toml", "gouillart2009", "gouilart2009"),
        "case.toml: sources.3.key is 'gouilart2009'; it must be the key of an entry of sources.bib: "
        "did you mean 'gouillart2009'?",
    ),
    "second key unknown": (
        change("case.toml", "bankmarketing, moro2014", "bankmarketing, qqq"),
        "case.toml: sources.2.key is 'qqq'; it must be the key of an entry of sources.bib: add the entry",
    ),
    "wrong year": (
        change("sources.bib", "(harter2002,.*?year = )\\{2002\\}", r"\1{2003}"),
        "case.toml: sources.4.citation does not name 'Harter 2003', which sources.bib has for harter2002; "
        "change one of them",
    ),
    "wrong author": (
        change("case.toml", r"Harter, J\.", "Carter, J."),
        "case.toml: sources.4.citation does not name 'Harter 2002', which sources.bib has for harter2002; "
        "change one of them",
    ),
    "address differs": (
        change("case.toml", "https://archive.ics.uci.edu/dataset/222", "https://archive.ics.uci.edu/dataset/223"),
        "case.toml: sources.2.address is 'https://archive.ics.uci.edu/dataset/223'; sources.bib has "
        "'https://archive.ics.uci.edu/dataset/222' for bankmarketing, moro2014: make them the same",
    ),
    "verified here, not there": (
        change("sources.bib", "(gouillart2009,.*?verified = )\\{yes\\}", r"\1{no}"),
        "case.toml: sources.3.verified is true, but sources.bib says no for gouillart2009; change one of them",
    ),
    "verified and from memory": (
        change("case.toml", '(key = "ramaswamy2010".*?verified = )false', r"\1true"),
        "case.toml: sources.5.verified is true, but its status is 'unverified'; only one can hold: change one of them",
    ),
    "licence without how it is known": (
        change("case.toml", '(key = "gouillart2009".*?licence = )"[^"]*"', r'\1"MIT"'),
        "case.toml: sources.3.licence is 'MIT'; it must say how it is known, in one of the words "
        "'nobody saw a licence line', 'from memory', 'seen in', 'ours': add them",
    ),
    "the same number twice": (
        change("case.toml", 'number = 5\nkey = "ramaswamy2010"', 'number = 4\nkey = "ramaswamy2010"'),
        "case.toml: sources: the number 4 is given twice; numbers must differ: choose another",
    ),
    "key twice": (
        change("sources.bib", "@article{moro2014,", "@article{gouillart2012,"),
        r"sources.bib: line \d+ cannot be read: Duplicate entry key 'gouillart2012'; mend that entry",
    ),
    "entry not closed": (
        change(
            "sources.bib", r"(year = \{2014\}), volume = \{62\}, pages = \{22-31\}", r"\1, volume = {62, pages = 22"
        ),
        r"sources.bib: line \d+ cannot be read: .*; mend that entry",
    ),
    "entry without its mark": (
        change("sources.bib", "@article{moro2014,", "@article moro2014,"),
        r"sources.bib: line \d+ (cannot be read|holds an entry that is none).*",
    ),
    "entry without a flag": (
        change("sources.bib", "(gouillart2009,.*?)verified = {yes}, ", r"\1"),
        "sources.bib: gouillart2009.verified is missing or empty; fill it",
    ),
    "entry with another flag": (
        change("sources.bib", "(gouillart2009,.*?)verified = {yes}", r"\1verified = {true}"),
        "sources.bib: gouillart2009.verified is 'true'; it must be yes or no: change it",
    ),
    "entry without a name": (
        change("sources.bib", r"title = \{Bank Marketing\}, ", ""),
        "sources.bib: bankmarketing.title is missing, and so is author; an entry needs one of them: add it",
    ),
    "reference to no source in a text": (
        change("case.md", r"\[3\]", "[9]"),
        "case.md refers to [9]; the sources have the numbers 1, 2, 3, 4, 5, 6, 7.*: choose one, or add it",
    ),
    "one of two in a caption": (
        change("case.toml", r'source = "([^"]*)\[6\]', r'source = "\1[6, 77]'),
        r"case.toml: exhibits.\d+.source refers to [77]; the sources have the numbers .*: choose one, or add it",
    ),
    "reference to no source in the dictionary": (
        change("dictionary.csv", r"UCI 222 \[2\]", "UCI 222 [22]"),
        r"dictionary.csv: row \d+ source refers to [22]; the sources have the numbers .*: choose one, or add it",
    ),
    "exhibit without a source": (
        change("case.toml", r'source = "Bank Marketing \[2\]\."', 'source = "Data."'),
        r"case.toml: exhibits.\d+.source is 'Data.'; it must name a source such as [1], or a file of the case: add it",
    ),
    "number without a source": (
        change("dictionary.csv", r"UCI 222 \[2\]", "UCI 222"),
        r"dictionary.csv: row \d+ source is 'Moro, Cortez & Rita (2014), UCI 222; column renamed', but '\w+' of "
        r"clients\w+.csv.* is real; it must lead to a source such as [1], to another table, or to the page named in "
        "the row, with a column of addresses: say so",
    ),
    "source not listed": (
        change("case.md", r"\n3\. Gouillart[^\n]*", ""),
        "case.md: the section Sources has no line 3; case.toml has this source: add the line",
    ),
    "listed, but no source": (
        change("case.md", r"\n3\. Gouillart", "\n33. Somebody. Published.\n3. Gouillart"),
        "case.md: the section Sources lists 33, which case.toml does not have; add it there",
    ),
    "listed with another status": (
        change("case.md", r"(\n3\. Gouillart[^\n]*)Published", r"\1Real"),
        "case.md: source 3 has the status real, but case.toml 'published'; make them the same",
    ),
}


@pytest.mark.parametrize("damage", FAULTS)
def test_a_fault_of_the_sources_is_one_sentence_with_its_place(damage, bank):
    """Whoever reads the sentence knows which source, and what to do."""
    spoil, sentence = FAULTS[damage]
    spoil(bank)
    pattern = sentence if r"\d" in sentence or ".*" in sentence else re.escape(sentence)
    pattern = re.sub(r"(?<!\\)\[(\d+)\]", r"\\[\1\\]", pattern).replace("(2014)", r"\(2014\)")
    found = source_faults(bank)
    assert any(re.fullmatch(pattern, fault) for fault in found), found


def test_a_source_that_nothing_refers_to_is_named(bank):
    """A list of sources that nobody uses is decoration."""
    entry = '[[sources]]\nnumber = 8\nkey = "advisers"\ncitation = "The advisers\' panel"\nlicence = "ours"\n'
    change(
        "case.toml", r"\[\[sources\]\]", entry + 'address = ""\nstatus = "synthetic"\nverified = true\n\n[[sources]]'
    )(bank)
    change("case.md", r"\n7\. The part", "\n8. Again. Synthetic.\n7. The part")(bank)
    assert source_faults(bank) == ["case.toml: sources: nothing refers to source [8]; refer to it, or remove it"]


def test_without_the_library_the_case_is_checked_without_its_bibliography(bank, monkeypatch):
    """The core has no reader of bibliographies; everything else is checked, and the doctor names what is not."""
    change("sources.bib", "gouillart2009", "nobody2009")(bank)
    change("case.md", r"\[3\]", "[9]")(bank)
    assert len(source_faults(bank)) == 2
    monkeypatch.setattr(bibliography, "find_spec", lambda name: None)
    (fault,) = source_faults(bank)
    assert fault.startswith("case.md refers to [9]")
    monkeypatch.setattr(launch, "find_spec", lambda name: None)
    (told,) = (finding for finding in launch.examine() if finding.name == bibliography.LIBRARY)
    assert not told.is_there
    assert "not held against the bibliography" in told.detail


def test_a_missing_bibliography_is_a_fault(bank, monkeypatch, tmp_path):
    """A wheel without it must not pass in silence."""
    monkeypatch.setattr(bibliography, "bibliography_of", lambda folder: tmp_path / "docs" / "sources.bib")
    assert source_faults(bank) == ["sources.bib is missing in docs/; restore the file"]


def test_a_wheel_brings_its_bibliography(monkeypatch, tmp_path):
    """Installed, the file lies beside the cases; a clone has it in docs/."""
    package = tmp_path / "cocreate_teach"
    monkeypatch.setattr(bibliography, "_PACKAGE", package)
    assert bibliography_of(tmp_path) == tmp_path / "docs" / "sources.bib"
    shipped = package / "_data" / "docs" / "sources.bib"
    shipped.parent.mkdir(parents=True)
    shipped.write_text("", encoding="utf-8")
    assert bibliography_of(tmp_path) == shipped


def test_a_link_is_no_reference():
    """Markdown links and years in brackets must not count as sources."""
    assert references("[1] and [2, 13], a link [3](page.md), a year [2009], a list [a, 1]") == [1, 2, 13]
