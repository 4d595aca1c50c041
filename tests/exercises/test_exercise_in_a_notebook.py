"""Beside the student: a result in words for whatever is in the answer cell, with the key and without it."""

import re
import subprocess
import sys

import pytest

from cocreate_teach import exercise
from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises import function, items, number

PRIVATE = {"course": "mkt-2027", "student": "anna", "given": {"a": 2}}


@pytest.fixture
def practice(folder):
    return exercise("01_small")


@pytest.fixture
def graded(folder):
    (folder / "key.py").unlink()
    return exercise("01_small", **PRIVATE)


class Hostile:
    """Raises whatever is asked of it."""

    def __getattr__(self, name):
        raise RuntimeError("no")

    __eq__ = __len__ = __iter__ = __repr__ = __getattr__
    __hash__ = None


@pytest.mark.parametrize(
    ("id", "value", "plain"),
    [
        ("q1", 2, "q1: correct."),
        ("q1", 3, "q1: not yet. One too many."),
        ("q1", ..., "q1: not attempted. The dots are still there. Replace them with your answer."),
        ("q2", ["a"], "q2: partly."),
        ("q1", "2", "q1: not yet."),
        ("q1", Hostile, "q1: not yet. The answer is a Hostile"),
        ("q3", lambda x: x + x, "q3: correct."),
        ("q3", lambda x: 1 / 0, "q3: not yet. 0 of 2 tries gave the right result. One stopped: ZeroDivisionError."),
        ("q3", exit, "q3: not yet."),
        ("q3", 3, "q3: not yet."),
        ("q4", 1, "q4: could not be checked."),
        ("q9", 1, "q9: could not be checked. there is no question"),
    ],
)
def test_every_answer_gets_a_result_in_words(practice, id, value, plain):
    """Never a traceback, whatever is typed."""
    value = value() if value is Hostile else value  # made here: even pytest cannot name it
    assert repr(practice.check(id, value)).startswith(plain)


def test_without_a_key_only_the_form_is_checked_and_that_is_said(graded):
    """Never "all tests passed"."""
    shown = repr(graded.check("q1", 9, number(0, 10)))
    assert shown == "q1: visible checks passed. The value is checked when your work is graded."
    assert repr(graded.check("q1", 99, number(0, 10))).startswith("q1: not yet. 99 lies outside")
    assert repr(graded.check("q1", ..., number(0, 10))).startswith("q1: not attempted.")
    assert "visible checks passed" in repr(graded.check("q3", abs, function("x")))
    assert repr(graded.check("q3", 1, function("x"))).startswith("q3: not yet.")
    assert "correct" not in repr(graded.progress())


def test_the_first_cell_says_whether_the_key_is_open(folder):
    """Every page says that practice is practice."""
    assert "not for marks" in repr(exercise("01_small"))
    (folder / "key.py").unlink()
    assert "key is not on this machine" in repr(exercise("01_small", given={}))
    assert "when you are graded" in repr(exercise("01_small", **PRIVATE))
    assert "variant of anna" in repr(exercise("01_small", **PRIVATE))


def test_a_key_elsewhere_is_found_where_the_variable_says(folder, tmp_path, monkeypatch):
    """$COCREATE_KEYS/<name>/key.py."""
    (tmp_path / "keys").mkdir()
    folder.rename(tmp_path / "keys" / "01_small")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExerciseError, match="no data here"):
        exercise("01_small")
    monkeypatch.setenv("COCREATE_KEYS", str(tmp_path / "keys"))
    assert exercise("01_small").given["a"] == 2


@pytest.mark.parametrize(
    ("source", "sentence"),
    [("1 / 0", "does not run"), (None, "belongs to 01_small")],
)
def test_a_key_that_cannot_serve_is_told_and_not_used(folder, source, sentence):
    """Nothing falls back silently."""
    if source:
        (folder / "key.py").write_text(source)
    ex = exercise("02_other" if source is None else "01_small", given={"a": 2})
    assert sentence in repr(ex)
    assert "visible checks passed" in repr(ex.check("q1", 9, number(0, 10)))


def test_the_solution_is_shown_after_an_honest_attempt_only(practice):
    """Dots and a value of another form are no attempt."""
    assert "first try" in repr(practice.solution("q1"))
    practice.check("q1", ...)
    practice.check("q1", "2")
    practice.check("q1", None)
    assert "first try" in repr(practice.solution("q1"))
    practice.check("q1", 7)
    assert repr(practice.solution("q1")) == "q1: solution\nRead it off."
    practice.check("q2", ["c"])
    assert "['a', 'b']" in repr(practice.solution("q2"))
    practice.check("q4", 1)
    assert "the key failed" in repr(practice.solution("q4")).lower()
    assert "no solution" in repr(practice.solution("q9"))


def test_without_a_key_there_is_no_solution(graded):
    """It is the lecturer's to show."""
    graded.check("q1", 5, number(0, 10))
    assert "Your lecturer decides" in repr(graded.solution("q1"))


def test_progress_shows_every_question_and_its_marks(practice):
    """Also those that were never checked."""
    practice.check("q1", 2)
    practice.check("q2", ["a"])
    lines = repr(practice.progress()).splitlines()
    assert lines[0] == "1 of 4 questions are correct."
    assert lines[2:4] == ["q1 | ✓ correct | 2 of 2", "q2 | ◐ partly | 1.5 of 3"]
    assert lines[5] == "q4 | ○ not attempted | 0 of 1"


def test_the_variant_belongs_to_the_student_where_no_data_are_given(folder):
    """A self-learner may type a name."""
    drawn = {exercise("01_small", student=f"s{n}").given["a"] for n in range(40)}
    assert drawn == set(range(2, 10))


def test_a_table_is_shown_with_caption_heads_and_status(practice):
    """Accessible: a caption, `scope` on every head, texts escaped; plain text says the same."""
    page = practice.exhibit(1)
    html = page._repr_mimebundle_()["text/html"]
    assert "<caption" in html
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 2
    assert "Numbers &lt;1&gt;." in html
    assert "a &amp; b" in html
    assert "Status: illustrative" in repr(page)
    with pytest.raises(ExerciseError, match="tables 1 to 1"):
        practice.exhibit(2)


def test_a_result_is_words_and_not_colour_alone_and_escapes_what_was_typed(practice):
    """Screen readers hear it; a typed tag stays text."""
    html = practice.check("q2", ["<script>"])._repr_mimebundle_()["text/html"]
    assert 'role="status"' in html
    assert "q2: not yet." in html
    assert "<script>" not in html
    assert not re.search(r"color\s*:", html)


def test_under_nbgrader_the_same_cell_raises_or_returns_the_marks(practice, monkeypatch):
    """Nothing: full marks. A number: these marks. AssertionError: none."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert practice.check("q1", 2) is None
    assert practice.check("q2", ["a"]) == 1.5
    for value in (3, ..., "2"):
        with pytest.raises(AssertionError, match=r"^q1: "):
            practice.check("q1", value)


def test_under_nbgrader_a_missing_key_gives_no_marks(graded, monkeypatch):
    """A forgotten key must not make every answer right; a student's own validation still works."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(AssertionError, match="COCREATE_KEYS"):
        graded.check("q1", 2, number(0, 10))
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert graded.check("q2", ["a"], items("a", "b")) is None
    with pytest.raises(AssertionError, match="options"):
        graded.check("q2", ["z"], items("a", "b"))


def test_the_first_cell_shows_the_title_as_html(practice):
    """The banner is the cell's output."""
    assert "A small exercise" in practice._repr_mimebundle_()["text/html"]


def test_opening_an_exercise_loads_none_of_the_heavy_packages():
    """The first cell answers at once; a student waits for it."""
    heavy = ("numpy", "pandas", "matplotlib", "scipy", "ipywidgets", "nbformat")
    code = f"import sys, cocreate_teach.exercises; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
