"""Cells are matched by label, then by text, then by what they assign; only what was touched is named."""

import json
import time

import pytest

from cocreate_teach.errors import GradingError
from cocreate_teach.grading.alignment import align, opened_as, other_statements
from cocreate_teach.grading.intake import read_cells
from tests.grading.class_of_thirty import changed, place, solved, without
from tests.grading.sums_exercise import GIVEN, MARKS, RIGHT, SETUP, code, notebook, notebook_cells


def aligned(cells):
    master = notebook_cells(RIGHT)
    return align(read_cells(notebook(master)), read_cells(notebook(cells)), list(MARKS))


def test_another_students_data_in_the_first_cell_are_no_edit():
    """A release writes student and data there, so this line differs for everybody."""
    cells = notebook_cells(RIGHT, student="ana", course="bank-2026", given={"a": 1, "b": 2})
    assert aligned(cells).warnings == []


def test_spaces_at_line_ends_and_windows_line_ends_are_no_edit():
    """Editors add and remove them without anybody's doing."""
    cells = solved()
    for cell in cells:
        cell["source"] = cell["source"].replace("\n", "  \r\n") + "\n\n"
    assert aligned(cells).warnings == []


def test_own_cells_anywhere_are_no_edit():
    """Students add notes and trials; that is what notebooks are for."""
    cells = [cell for pair in zip(solved(), [code("print(1)")] * 99, strict=False) for cell in pair]
    assert aligned(cells).warnings == []


def test_two_locked_cells_that_changed_places_are_one_that_moved():
    """The one warning names the cell that has to go back, not everything after it."""
    cells = solved()
    first, second = place(cells, "q1_text"), place(cells, "q2_text")
    cells[first], cells[second] = cells[second], cells[first]
    assert len(aligned(cells).warnings) == 2  # both are outside the others' order
    moved = [*solved()[1:], solved()[0]]
    assert [warning for warning in aligned(moved).warnings if "moved" in warning] == [
        "locked cell setup was moved; its place in the master counts"
    ]


def test_a_locked_cell_that_became_text_was_edited():
    """As Markdown its code would no longer run."""
    assert "locked cell q1_check was edited" in aligned(changed("q1_check", cell_type="markdown")).warnings[0]


def test_an_answer_is_read_after_its_check():
    """The student saw what the check said at that place, so the same value counts."""
    cells = solved()
    found = aligned(cells)
    assert found.points == {name: place(cells, f"{name}_check") for name in MARKS}


def test_without_its_check_an_answer_is_read_after_its_last_cell():
    """Deleting a check must not cost the answer."""
    cells = without(solved(), "q1_check")
    assert aligned(cells).points["q1"] == place(cells, "q1")


def test_without_labels_an_answer_is_found_by_what_it_assigns():
    """Some programs drop metadata on saving; the work is still there."""
    cells = [{**cell, "metadata": {}} for cell in solved()]
    found = aligned(cells)
    assert found.answers == {name: [place(solved(), name)] for name in MARKS}
    assert found.warnings == [
        "the labels of the cells are missing (some programs drop them on saving); cells were matched by their text"
    ]


@pytest.mark.parametrize("source", ["q1 == 3", "print(q1)", "q11 = 3", "# q1 = 3", "x = q1"])
def test_naming_a_variable_is_not_assigning_it(source):
    """Else any cell could pass for the answer."""
    cells = [*without(solved(), "q1"), code(source)]
    assert aligned(cells).answers["q1"] == []


def test_the_first_cell_is_read_without_being_run():
    """Whose notebook it is must be known before anything of it is run."""
    cells = read_cells(notebook(notebook_cells({}, student="Ana", course="c")))
    assert opened_as(cells, [0]) == {"name": "03_sums", "course": "c", "student": "Ana", "given": GIVEN}
    odd = read_cells(notebook([code("ex = exercise(name(), student=__import__('os').getcwd())")]))
    assert opened_as(odd, []) == {"name": None, "student": None}
    assert opened_as(read_cells(notebook([code("1 +"), code("exercise( +")])), []) is None


def test_what_a_student_added_to_the_first_cell_is_kept():
    """An import added there is needed below; the line that opens the exercise is the master's."""
    source = SETUP.format(course="c", student="s", given=GIVEN) + "\nimport math"
    kept = other_statements(source)
    assert kept is not None
    assert "import math" in kept
    assert "exercise(" not in kept
    assert other_statements("x = 1") is None
    assert other_statements("x = ") is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"hello", "is not a notebook"),
        (b'{"cells": [', "cut off or damaged"),
        (b"[" * 100_000, "is not a notebook"),
        (b'{"a": ' * 100_000, "cut off or damaged"),
        (b'{"cells": 3}', "JSON but not a notebook"),
        (b'{"worksheets": []}', "format 3 or older"),
        (b"1" * 10_000, "is not a notebook"),
    ],
)
def test_what_is_no_notebook_is_refused_in_one_sentence(data, sentence):
    """The student has to know what to hand in again."""
    with pytest.raises(GradingError, match=sentence) as error:
        read_cells(data)
    assert len(error.value.faults) == 1
    assert "again" in error.value.faults[0] or "hand in" in error.value.faults[0]


def test_cells_of_odd_shape_are_read_as_far_as_they_go():
    """A hostile or broken notebook must not stop the class."""
    odd = [
        3,
        {"cell_type": "code"},
        {"cell_type": "code", "source": ["a\n", 3, "b"], "metadata": []},
        {"cell_type": "code", "source": {"x": 1}, "metadata": {"nbgrader": 3}},
        {"cell_type": 5, "source": "", "metadata": {"nbgrader": {"grade_id": [1], "points": 10**400}}},
    ]
    cells = read_cells(json.dumps({"cells": odd}).encode())
    assert [cell.source for cell in cells] == ["", "a\nb", "", ""]
    assert all(cell.grade_id == "" and cell.points is None for cell in cells)


@pytest.mark.parametrize(
    "source",
    ["\n" * 400_000, " " * 400_000 + "exercise(", "ex.check(" * 300_000, "-" * 100_000 + "exercise()",
     "ex = exercise()\nx = " + "-" * 900 + "1", "ex = exercise(" + "[" * 5000 + ")"],
)  # fmt: skip
def test_hostile_text_is_matched_in_reasonable_time(source):
    """A pattern that explodes on spaces, or a tree too deep to walk, would hold up the class."""
    cells = [*without(solved(), "q1"), code(source)]
    started = time.monotonic()
    found = aligned(cells)
    opened_as(read_cells(notebook(cells)), [])
    assert found.answers["q1"] == []
    assert time.monotonic() - started < 10
