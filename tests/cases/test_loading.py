"""Finding and loading cases: what a lesson sees, and what it is told when something is wrong."""

import subprocess
import sys
from dataclasses import FrozenInstanceError

import pandas as pd
import pytest

from cocreate_teach.cases import case_names, load_case
from cocreate_teach.cases.rendering import status_mark
from cocreate_teach.errors import CaseError
from cocreate_teach.style import STATUSES
from tests.cases.stories import STORIES


def test_the_bank_is_among_the_cases():
    """Session 2 starts with this name."""
    assert "bank" in case_names()


def test_an_unknown_case_is_named_with_the_nearest_one():
    """A typing error must not cost a student more than one sentence."""
    with pytest.raises(CaseError) as caught:
        load_case("bnak")
    assert len(caught.value.faults) == 1
    assert "'bnak'" in str(caught.value)
    assert "did you mean 'bank'?" in str(caught.value)
    with pytest.raises(CaseError, match=r"the cases are .*bank"):
        load_case("zebra")


def test_a_folder_without_cases_says_so(tmp_path):
    """An empty or missing folder is a wrong path, not an unknown case."""
    assert case_names(tmp_path) == ()
    assert case_names(tmp_path / "nowhere") == ()
    with pytest.raises(CaseError, match="there are no cases in"):
        load_case("bank", root=tmp_path)


@pytest.mark.parametrize("name", STORIES)
def test_every_case_offers_what_a_lesson_needs(name):
    """One interface for all cases: no text, table or preset may be empty."""
    case = load_case(name)
    for text in (case.title, case.question, case.period, case.place, case.protagonist, case.decision, case.deadline):
        assert text
    assert case.narrative.startswith("# ")
    assert len(case.short_version) < len(case.narrative)
    assert {"name", "role", "power", "interest", "is_internal", "status"} <= set(case.stakeholders)
    assert {"when", "what", "status"} <= set(case.timeline)
    assert case.presets
    assert case.exhibit_numbers


@pytest.mark.parametrize("name", case_names())
def test_every_table_has_its_sources_and_a_row_of_the_dictionary_for_each_column(name):
    """With or without a story, every number has a status, in the order of the columns."""
    case = load_case(name)
    assert case.title
    assert case.question
    assert {"number", "citation", "licence", "address", "status", "verified"} <= set(case.sources)
    assert set(case.dictionary().status) <= set(STATUSES)
    for table in case.table_names:
        described = case.dictionary(table)
        assert list(described.column) == list(case.table(table).columns)


@pytest.mark.parametrize("name", case_names())
def test_a_table_holds_the_types_that_its_dictionary_states(name):
    """A column called integer that holds 1.5, or a yes/no column with a third answer, would mislead."""
    case = load_case(name)
    for table in case.table_names:
        frame = case.table(table)
        rows = case.dictionary(table)
        for row in rows.itertuples():
            values = frame[row.column].dropna()
            assert pd.api.types.is_numeric_dtype(values) == (row.type in {"integer", "number"}), (table, row.column)
            if row.type == "integer":
                assert (values == values.round()).all(), (table, row.column)
            if row.type == "yes/no":
                assert set(values) == {"yes", "no"}, (table, row.column)


def test_a_table_is_a_fresh_copy_each_time():
    """A student who changes a table must not change it for the next cell."""
    case = load_case("bank")
    mine = case.table("facts")
    mine.loc[0, "fact"] = "changed"
    assert case.table("facts").loc[0, "fact"] != "changed"
    people = case.stakeholders
    people.loc[0, "power"] = 9.0
    assert case.stakeholders.loc[0, "power"] <= 1


def test_a_table_is_read_only_when_it_is_used(damaged_root):
    """A lesson that needs no real client does not wait for 45,211 of them, nor fails when only they are damaged."""
    (damaged_root / "bank" / "data" / "clients_sample.csv").write_text(
        (damaged_root / "bank" / "data" / "clients_sample.csv").read_text().replace("unemployed", "retired")
    )
    case = load_case("bank", root=damaged_root)
    assert len(case.table("facts")) == 5
    with pytest.raises(CaseError, match=r"tables\.clients_sample\.sha256 is .* but data/clients_sample\.csv has"):
        case.table("clients_sample")


def test_a_case_is_loaded_without_its_teaching_note(damaged_root):
    """It is withheld where students' code is marked; everything else works there, and the note is a sentence."""
    (damaged_root / "bank" / "teaching_note.md").unlink()
    case = load_case("bank", root=damaged_root)
    assert case.exhibit(1).title
    with pytest.raises(CaseError, match=r"^teaching_note\.md is missing in bank/; restore the file$"):
        case.teaching_note  # noqa: B018 - reading it is the test


def test_unknown_tables_and_exhibits_name_the_known_ones():
    """The sentence is the documentation that a student reads."""
    case = load_case("bank")
    with pytest.raises(CaseError, match="no table 'advisors'; it has facts, advisers"):
        case.table("advisors")
    with pytest.raises(CaseError, match="no exhibit 42; it has the exhibits 1, 2"):
        case.exhibit(42)


def test_a_case_and_its_presets_cannot_be_changed():
    """Two cells that use one case must see the same case."""
    case = load_case("bank")
    with pytest.raises(FrozenInstanceError):
        case.name = "other"
    with pytest.raises(TypeError):
        case.presets["before"] = None
    with pytest.raises(TypeError):
        case.presets["before"].values["cost"] = {}
    case.presets["before"].values["cost"]["customer"] = 99
    assert case.presets["before"].values["cost"]["customer"] == 0.9


def test_a_case_shows_itself_with_question_exhibits_and_statuses():
    """The first look at a case says what is real, reported and synthetic, in HTML and as plain text."""
    case = load_case("bank")
    for shown in (case._repr_html_(), str(case)):
        for text in (case.title, case.protagonist, "Exhibits of Part A", STATUSES["reported"]):
            assert " ".join(text.split()) in " ".join(shown.split())
    assert "Exhibit 1 (reported): " in str(case)
    assert f"{status_mark('reported')} Exhibit 1: " in case._repr_html_()
    assert "<h1" not in case._repr_html_()
    assert repr(case) == "Case('bank': The European bank: inside first)"


def test_importing_cases_leaves_matplotlib_alone():
    """Presets are needed by explorers at start; the picture library is not."""
    code = "import sys, cocreate_teach as c; c.load_case('bank').presets; print('matplotlib' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
