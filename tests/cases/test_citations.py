"""What lessons, pages and docstrings cite stands in the bibliography, and what nobody read says so."""

import ast
import json
import re
from calendar import month_name
from pathlib import Path

import pytest

from cocreate_teach.cases.bibliography import Entry, bibliography_of, fold, read_bibliography
from cocreate_teach.cases.loading import case_names, load_case

ROOT = Path(__file__).parents[2]
ENTRIES, _ = read_bibliography(bibliography_of(ROOT))
LESSONS = sorted((ROOT / "notebooks").glob("0[1-8]*.ipynb"))
PAGES = [
    ROOT / "docs" / "models.md", ROOT / "GLOSSARY.md", *sorted((ROOT / "docs" / "models").glob("*.md")), *LESSONS
]  # fmt: skip
MODELS = sorted((ROOT / "cocreate_teach" / "models").glob("*.py"))
# A year in brackets after a name, or a name and a year in brackets; a date such as 2026-11-24 is neither.
YEARS = re.compile(
    r"\(((?:1[89]|20)\d\d(?:, (?:1[89]|20)\d\d)*)\)|\((?:[^()]*?)\b[A-Z][^()]*? ((?:1[89]|20)\d\d)\b(?![-/])"
)
NAMES = 90  # characters before a year that may hold the first author
UNREAD = re.compile(
    r"unverified|from memory|not seen|not found|not read|as cited|as quoted|the (?:paper|article|original) not|"
    r"not reached|seen only|second-hand",
    re.I,
)

# What the column "source" of a page may say instead of a work.
MADE = ("ours", "invented", "synthetic", "illustrative", "no: textbook")  # in the last column of a lesson
OURS = (
    "ours",
    "Text A",
    "Text B",
    "The cases of",
    "Pages on the cooperative Amul",  # they stand in the case
    "textbook definition",
    "order statistics",
    "public code files",
    "see [",
    "see the citations in [",
)


def read(page: Path) -> str:
    """Return the text of a page; of a lesson its Markdown."""
    text = page.read_text(encoding="utf-8")
    if page.suffix != ".ipynb":
        return text
    cells = json.loads(text)["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def prose(text: str) -> str:
    """Return a page without its code, in one line a paragraph."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return "\n".join(line for line in text.split("\n") if not line.startswith((">>>", "...")))


def cited(text: str) -> list[tuple[str, str]]:
    """Return the year of each citation with the words before it, which hold the name."""
    found = []
    for match in YEARS.finditer(text):
        if match[0].split()[-2:-1] and match[0].split()[-2] in month_name:
            continue
        for year in (match[1] or match[2]).split(", "):
            found.append((text[max(0, match.start() - NAMES) : match.end()], year))
    return found


def works(words: str, year: str) -> list[Entry]:
    """Return the entries of a year whose first author stands in some words."""
    told = " ".join(words.split())
    return [entry for entry in ENTRIES.values() if entry.year == year and entry.is_named_in(told)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_what_a_page_cites_stands_in_the_bibliography(page):
    """A citation by author and year that leads nowhere cannot be looked up."""
    missing = [words[-60:] for words, year in cited(prose(read(page))) if not works(words, year)]
    assert missing == []


@pytest.mark.parametrize("module", MODELS, ids=lambda path: path.stem)
def test_what_a_model_cites_stands_in_the_bibliography(module):
    """The docstring of a module names its sources by author and year."""
    told = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    assert [words[-60:] for words, year in cited(told) if not works(words, year)] == []


def rows_of(page: Path) -> list[str]:
    """Return the rows of the table under the heading Sources."""
    part = re.search(r"^## (?:\d+\. )?Sources$(.*?)(?=^## |\Z)", read(page), flags=re.M | re.S)
    return [line for line in part[1].split("\n") if line.startswith("| ")][1:] if part else []


@pytest.mark.parametrize("page", [page for page in PAGES if rows_of(page)], ids=lambda path: path.name)
def test_what_nobody_read_says_so_where_it_is_cited(page):
    """The bibliography knows a work from others or from memory; a reader of the page must learn it there."""
    for row in rows_of(page):
        if row.startswith("| Text "):  # read whole; that its claims are not checked is what the lessons teach
            continue
        for words, year in cited(row):
            if any(not work.is_verified for work in works(words, year)):
                assert UNREAD.search(row.rsplit("|", 2)[1]), row


@pytest.mark.parametrize("page", [page for page in PAGES if rows_of(page)], ids=lambda path: path.name)
def test_every_row_of_sources_names_an_entry_or_is_ours(page):
    """Works without a year, too: a manual, a page of an encyclopaedia."""
    for row in rows_of(page):
        columns = [column.strip() for column in row.strip("| ").split("|")]
        source, told = columns[0 if page in LESSONS else 1], columns[-1]
        named = [entry for entry in ENTRIES.values() if entry.is_named_in(source)]
        assert named or source.startswith(OURS) or told.startswith(MADE), row


def test_every_entry_is_cited():
    """An entry that nobody uses is either left over, or its citation was lost."""
    texts = [read(path) for path in (*PAGES, *MODELS)]
    for name in case_names():
        case = load_case(name)
        texts += [" ".join(case.sources.key), " ".join(case.sources.citation)]
        texts += [path.read_text(encoding="utf-8") for path in case.folder.glob("data/*.csv")]
    told = fold("\n".join(texts))
    keys = {key.strip() for name in case_names() for keys in load_case(name).sources.key for key in keys.split(",")}
    for entry in ENTRIES.values():
        assert entry.key in keys or entry.is_named_in(told), entry.key


def test_a_citation_of_nobody_is_found():
    """The patterns find names and years in both forms, and no dates; else the tests above could not fail."""
    text = "Nobody (1999) and others (Nolan 2001, abstract seen) on a page (seen 2026-11-24), M. Serna (2017)."
    assert [year for _, year in cited(text)] == ["1999", "2001", "2017"]
    assert not works(*cited(text)[0])
    assert [work.key for work in works(*cited(text)[2])] == ["serna2017"]
