"""docs/models.md and its pages agree with the code: tables, examples, names and numbers of claims."""

import doctest
import re
from pathlib import Path

import pytest

from cocreate_teach import models
from cocreate_teach.models.__main__ import main, renewed
from cocreate_teach.models.parameters import ranges
from cocreate_teach.style import STATUSES

INDEX = Path(__file__).parents[2] / "docs" / "models.md"
PAGES = [INDEX, *sorted((INDEX.parent / "models").glob("*.md"))]
TEXT = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
CLAIMS = {
    int(number): (carried, kind)
    for number, carried, kind in re.findall(
        r"^\| (\d+) \|[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|$", TEXT["models.md"], re.MULTILINE
    )
}
KINDS = {name: kind for name in models.__all__ if isinstance(kind := getattr(models, name), type) and ranges(kind)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_parameter_tables_are_those_of_the_code(page):
    """If this fails: python -m cocreate_teach.models docs/models.md docs/models/*.md."""
    assert renewed(TEXT[page.name]) == TEXT[page.name]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_parameter_class_has_one_table_with_meanings_and_symbols(name):
    """A table with empty cells explains nothing; two tables are one too many."""
    assert sum(text.count(f"<!-- parameters: {name} -->") for text in TEXT.values()) == 1
    for field, allowed in ranges(KINDS[name]).items():
        assert allowed.label and allowed.symbol, field


def test_a_table_that_differs_is_written_anew(tmp_path):
    """The command repairs the table and touches nothing else."""
    text = TEXT["engagement.md"]
    copy = tmp_path / "engagement.md"
    copy.write_text(text.replace("| λ | 0.3 |", "| λ | 0.4 |"), encoding="utf-8")
    assert copy.read_text(encoding="utf-8") != text
    main([str(copy)])
    assert copy.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run(page):
    """Every number after >>> is computed when the tests run."""
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted >= 3
    assert result.failed == 0


def test_every_page_is_reached_from_the_index_and_leads_back():
    """A page that nobody finds is not there."""
    for page in PAGES[1:]:
        assert f"](models/{page.name})" in TEXT["models.md"], page.name
        assert TEXT[page.name].startswith("[All models](../models.md)"), page.name


def test_all_88_claims_of_the_course_texts_are_there_once():
    """None forgotten, none counted twice."""
    numbers = re.findall(r"^\| (\d+) \|", TEXT["models.md"], re.MULTILINE)
    assert sorted(map(int, numbers)) == sorted(CLAIMS) == list(range(1, 89))


@pytest.mark.parametrize("claim", sorted(CLAIMS))
def test_a_claim_is_carried_by_something_that_exists_or_says_that_it_is_not(claim):
    """A function of the models or a field of their parameters; otherwise the words: not computable."""
    carried, kind = CLAIMS[claim]
    named = re.findall(r"`(\w+)`", carried)
    fields = {field for owner in KINDS.values() for field in owner.__slots__}
    assert [name for name in named if name not in models.__all__ and name not in fields] == []
    if named:
        assert kind.strip().startswith(("theorem", "definition", "example")), kind
    else:
        assert "not computable" in carried + kind


def test_every_claim_quotes_the_text_it_belongs_to():
    """A short fragment between quotation marks, so that a reader can find the place."""
    rows = re.findall(r'^\| \d+ \|[^|]*"[^"|]+"[^|]*\|', TEXT["models.md"], re.MULTILINE)
    assert len(rows) == len(CLAIMS)


def test_the_document_uses_the_one_vocabulary_of_statuses():
    """The same words and meanings as in the pictures."""
    for status, meaning in STATUSES.items():
        assert f"| {status} | {meaning} |" in TEXT["models.md"]
