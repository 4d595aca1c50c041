"""A lesson and an exercise on paper: nothing of the screen is lost, nothing of the key is there."""

import re
from html import unescape
from itertools import pairwise

import pytest

from cocreate_teach import launch
from cocreate_teach.cli import main
from cocreate_teach.errors import CocreateError
from cocreate_teach.exercises import load_key
from cocreate_teach.notebooks import read_lesson
from cocreate_teach.reporting.module import sessions
from cocreate_teach.reporting.notebook_handout import exercise_handout, lesson_handout

SESSIONS = sessions()
FOLDED = re.compile(r"<details><summary[^>]*>Answer</summary>\s*(.*?)\s*</details>", re.S)
EVERY = pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.name)


def text_of(html):
    """Return what a reader sees, as one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S))).split())


def is_one_accessible_page(html):
    """One title, no skipped level, every picture with its text, nothing that leads nowhere on paper."""
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(re.search(r'alt="[^"]{10,}"', image) for image in re.findall(r"<img\b[^>]*>", html))
    assert "<script" not in html
    assert re.findall(r'href="(?!https?://|#)[^"]*"', html) == []
    return True


@EVERY
def test_a_lesson_prints_whole_with_its_answers_at_the_end(session):
    """What is folded on a screen cannot be opened on paper."""
    html = lesson_handout(session)
    assert is_one_accessible_page(html)
    text = text_of(html)
    cells = read_lesson(launch.lessons_folder() / f"{session.name}.ipynb").cells
    shown = "".join(
        "".join(output.get("data", {}).get("text/html", "")) for c in cells for output in c.get("outputs", ())
    )
    assert html.count("<img") == shown.count("<img") >= 2
    answers = " ".join(re.findall(r"\w+", text.partition("Answers to the self-check")[2]))
    folded = FOLDED.findall("\n".join(cell.source for cell in cells))
    assert len(folded) >= 3
    for answer in folded:
        assert " ".join(re.findall(r"\w+", answer)[:5]) in answers
    assert "load_case" not in text
    assert "&lt;details" not in html


@EVERY
def test_what_comes_after_the_decision_begins_on_a_new_page(session):
    """So that a lecturer can keep it back."""
    html = lesson_handout(session)
    assert html.count('<hr class="later">') == 1
    before, _, after = html.partition('<hr class="later">')
    assert "Stop here." in text_of(before[-600:])
    assert "Debrief" in text_of(after)
    assert "Debrief" not in text_of(before)


@EVERY
def test_an_exercise_prints_with_lines_to_write_on_and_no_key(session):
    """Questions, tables, lines; hints at the end; no answer and no message."""
    html = exercise_handout(session)
    assert is_one_accessible_page(html)
    text = text_of(html)
    key = load_key(launch.lessons_folder().parent / "exercises" / session.name)
    for question in key.questions:
        assert text.count(f"Your answer ({question.id}):") == 1
        for wrong in question.wrong:
            assert wrong.message not in text
    questions, _, hints = text.partition(" Hints ")
    assert hints.count("Hint 3.") >= len(key.questions)
    assert "Hint 3." not in questions
    assert "not attempted" not in text
    assert "How to answer" not in text  # keys are no use on paper
    assert html.count('class="write"') > len(key.questions) + 20  # room for the memo


def test_the_commands_write_both(tmp_path, capsys):
    """A number alone means the lesson."""
    assert main(["handout", "2", "--format", "html", "--to", str(tmp_path)]) == 0
    assert main(["handout", "exercise", "2", "--format", "html", "--to", str(tmp_path)]) == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"02_inside_first_lesson.html", "02_inside_first_exercise.html"}
    assert main(["handout", "12", "--to", str(tmp_path)]) == 1
    assert "there is no session 12" in capsys.readouterr().err


def test_an_exercise_that_is_not_there_is_a_sentence(monkeypatch, tmp_path):
    """As for a session that a lecturer has added without one."""
    session = sessions([2])[0]
    monkeypatch.setattr(launch, "lessons_folder", lambda: tmp_path / "notebooks")
    with pytest.raises(CocreateError, match="session 2 has no exercise"):
        exercise_handout(session)
