"""The handbook and the page of concepts say what the lessons' own metadata say."""

import csv
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cocreate_teach.cli import main
from cocreate_teach.errors import CocreateError
from cocreate_teach.reporting.glossary import concept_names, entries, glossary_csv
from cocreate_teach.reporting.handbook import concepts_page, handbook
from cocreate_teach.reporting.module import COURSE_TEXTS, sessions

ROOT = Path(__file__).parents[2]
IDS = [f"{letter}{number}" for letter, (_, count) in COURSE_TEXTS.items() for number in range(1, count + 1)]


def test_each_concept_of_the_course_texts_is_taught_once_and_has_a_name():
    """56 ids: a concept that no lesson names, or that the glossary does not explain, would be lost."""
    taught = Counter(concept for session in sessions() for concept in session.concepts)
    assert sorted(taught) == sorted(IDS)
    assert set(taught.values()) == {1}
    assert list(concept_names()) == IDS


def test_the_glossary_is_a_table_with_room_for_another_language():
    """Most readers think in another language: term by term, explanations without marks."""
    rows = list(csv.reader(io.StringIO(glossary_csv().removeprefix("\ufeff"))))
    assert rows[0] == ["term", "concept", "explanation", "in my language"]
    assert len(rows) - 1 == len(entries()) == (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").count("\n### ")
    for term, _, text, own in rows[1:]:
        assert term
        assert len(text) > 20, term
        assert own == ""
        assert not re.search(r"[*`\n#]", text), text
    by_term = {row[0]: row for row in rows[1:]}
    assert by_term["limited authority"][1] == "A10"
    assert by_term["involvement"][1] == "B5 B10"


def test_each_concept_of_an_exercise_is_one_of_its_lesson():
    """Nothing is asked that was not taught."""
    for session in sessions():
        assert session.exercise_concepts
        assert set(session.exercise_concepts) <= set(session.concepts)


def test_sessions_say_what_a_lecturer_plans_with():
    """Read from the lesson's text: a form that is not met shows here, not in somebody's handbook."""
    found = sessions()
    assert [session.number for session in found] == list(range(1, 9))
    for session in found:
        assert session.question.endswith("?"), session.name
        assert 3 <= len(session.objectives) <= 6, session.name
        assert all("**" in objective for objective in session.objectives)  # the verb
        assert sum(session.minutes.values()) == 90
        assert 30 <= session.home_minutes <= 60
        assert 60 <= session.exercise_minutes <= 90


def test_the_pages_of_the_repository_are_what_the_metadata_say():
    """The command ``python -m tests.reporting.pages`` renews both."""
    documents = ROOT / "docs"
    assert (documents / "instructor" / "handbook.md").read_text(encoding="utf-8") == handbook(sessions())
    assert (documents / "concepts.md").read_text(encoding="utf-8") == concepts_page(sessions())


def test_dates_follow_week_by_week_in_the_order_given():
    """A shorter course in an order of one's own."""
    text = handbook(sessions([5, 2]), title="Service marketing", start=date(2027, 2, 22), links="")
    assert text.startswith("# Module handbook: Service marketing\n")
    assert "| 2027-02-22 | 5. " in text
    assert "| 2027-03-01 | 2. Inside first" in text
    assert "](" not in text


def test_a_session_that_does_not_exist_is_named():
    """All of them at once, with those that exist."""
    with pytest.raises(CocreateError) as caught:
        sessions([2, 9, 12])
    assert [fault.partition(";")[0] for fault in caught.value.faults] == [
        "there is no session 9",
        "there is no session 12",
    ]


def test_weights_that_do_not_make_100_are_refused():
    """A handbook with 95 % of an assessment would be found by a student."""
    with pytest.raises(ValueError, match="add up to 95"):
        handbook(sessions(), weights={"memo": 95})


def test_the_command_writes_a_new_file_and_replaces_none(tmp_path, capsys):
    """What a lecturer has edited stays."""
    path = tmp_path / "handbook.md"
    assert main(["handbook", "--sessions", "2", "--to", str(path)]) == 0
    assert "2. Inside first" in path.read_text(encoding="utf-8")
    path.write_text("mine", encoding="utf-8")
    assert main(["handbook", "--sessions", "2", "--to", str(path)]) == 1
    assert path.read_text(encoding="utf-8") == "mine"
    assert "is there already, with another content" in capsys.readouterr().err
