"""docs/models.md agrees with the code: tables, examples, names and numbers of claims."""

import doctest
import re
from pathlib import Path

import pytest

from cocreate_teach import models
from cocreate_teach.models.__main__ import main, renewed
from cocreate_teach.models.parameters import ranges
from cocreate_teach.style import STATUSES

DOCUMENT = Path(__file__).parents[2] / "docs" / "models.md"
CLAIMS = {
    int(number): carried
    for number, carried in re.findall(
        r"^\| (\d+) \|[^|]*\|[^|]*\|([^|]*)\|", DOCUMENT.read_text(encoding="utf-8"), re.M
    )
}


def test_the_parameter_tables_are_those_of_the_code():
    """If this fails: python -m cocreate_teach.models docs/models.md."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.count("<!-- parameters: ") == 2
    assert renewed(text) == text


def test_a_table_that_differs_is_written_anew(tmp_path):
    """The command repairs the table and touches nothing else."""
    text = DOCUMENT.read_text(encoding="utf-8")
    copy = tmp_path / "models.md"
    copy.write_text(text.replace("| λ | 0.3 |", "| λ | 0.4 |"), encoding="utf-8")
    assert copy.read_text(encoding="utf-8") != text
    main([str(copy)])
    assert copy.read_text(encoding="utf-8") == text


def test_the_examples_of_the_document_run():
    """Every number after >>> is computed when the tests run."""
    result = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")
    assert result.attempted >= 20
    assert result.failed == 0


def test_the_claims_of_the_second_class_are_all_there():
    """36 to 54, each once, none forgotten."""
    assert sorted(CLAIMS) == list(range(36, 55))


@pytest.mark.parametrize("claim", sorted(CLAIMS))
def test_a_claim_is_carried_by_something_that_exists_or_says_that_it_is_not(claim):
    """A function of the models or a field of their parameters; otherwise plain words."""
    named = re.findall(r"`(\w+)`", CLAIMS[claim])
    if not named:
        assert "not yet carried" in CLAIMS[claim] or "not computable" in CLAIMS[claim]
    fields = models.EngagementParameters.__slots__
    assert [name for name in named if name not in models.__all__ and name not in fields] == []


def test_the_document_uses_the_one_vocabulary_of_statuses():
    """The same words and meanings as in the pictures."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for status, meaning in STATUSES.items():
        assert f"| {status} | {meaning} |" in text


@pytest.mark.parametrize("name", ["ParticipationParameters", "EngagementParameters"])
def test_every_ranged_parameter_has_a_meaning_and_a_symbol(name):
    """A table with empty cells explains nothing."""
    for field, allowed in ranges(getattr(models, name)).items():
        assert allowed.label and allowed.symbol, field
