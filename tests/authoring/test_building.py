"""The student's notebook is the master without solutions, made by one command."""

import json
import shutil
from pathlib import Path

import pytest

from cocreate_teach.authoring import build, student_version
from cocreate_teach.authoring.building import MASTER, STUDENT, read_check, read_master, without_solution
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.authoring.structure import same_faults
from cocreate_teach.errors import ExerciseError, NotebookError
from cocreate_teach.exercises import choice, items, number
from cocreate_teach.notebooks import normal_form, read_lesson, to_text
from tests.authoring.planting import edit, replace_in

ROOT = Path(__file__).parents[2]
EXERCISES = sorted(path.parent for path in (ROOT / "exercises").glob("*/solution.ipynb"))
EACH = pytest.mark.parametrize("folder", EXERCISES, ids=lambda folder: folder.name)


def test_the_exercise_of_session_2_is_there():
    """An empty folder would make the tests below pass."""
    assert "02_inside_first" in {folder.name for folder in EXERCISES}


@EACH
def test_the_students_notebook_is_the_master_minus_solutions(folder):
    """What is committed is what `build` writes: cell by cell the same, both in normal form."""
    master, student = read_master(folder), read_lesson(folder / STUDENT)
    assert list(same_faults(master, student)) == []
    for name, notebook in ((MASTER, master), (STUDENT, student)):
        assert (folder / name).read_text(encoding="utf-8") == to_text(normal_form(notebook))


@EACH
def test_both_notebooks_are_executed(folder):
    """A reader without a kernel sees tables and results; nbval compares them."""
    for name in (MASTER, STUDENT):
        counts = [cell.execution_count for cell in read_lesson(folder / name).cells if cell.cell_type == "code"]
        assert counts == list(range(1, len(counts) + 1))


@EACH
def test_building_again_changes_nothing(folder, tmp_path):
    """In a real kernel, the master gets full marks and the untouched notebook shows *not attempted*."""
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
    assert build(copy, check=True) == ()
    replace_in(copy / STUDENT, "not attempted", "attempted")
    assert build(copy, check=True) == (copy / STUDENT,)
    assert build(copy) == (copy / STUDENT,)
    assert (copy / STUDENT).read_bytes() == (folder / STUDENT).read_bytes()


@EACH
def test_students_can_edit_answers_and_see_them_while_setup_and_checks_are_folded(folder):
    """Who has never programmed sees the dots, not the machinery."""
    for cell in read_lesson(folder / STUDENT).cells:
        role, _ = role_of(cell)
        is_folded = bool(cell.metadata.get("jupyter", {}).get("source_hidden"))
        assert is_folded == (cell.cell_type == "code" and role != "answer"), cell.id


@EACH
def test_metadata_is_nbgraders_and_ours_stands_beside_it(folder):
    """Schema 3: everything that reads nbgrader's format can run our exercises."""
    allowed = {"schema_version", "grade_id", "cell_type", "solution", "locked", "grade", "task", "points"}
    graded = 0
    for cell in read_lesson(folder / STUDENT).cells:
        marks = cell.metadata.get("nbgrader")
        if marks is None:
            assert not role_of(cell)[0]
            continue
        assert set(marks) <= allowed
        assert ("points" in marks) == marks["grade"]
        assert marks["schema_version"] == 3
        assert marks["cell_type"] == cell.cell_type
        graded += marks["grade"]
    assert graded >= 3


def test_a_solution_is_cut_out_and_what_stands_around_it_stays():
    """Authors may leave a first line."""
    assert without_solution("a = 1\n### BEGIN SOLUTION\nb = 2\n### END SOLUTION\nc = 3") == ("a = 1\nc = 3", 1)
    assert without_solution("x") == ("x", 0)


@pytest.mark.parametrize(
    "source",
    ["### BEGIN SOLUTION\nb", "b\n### END SOLUTION", "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION"],
)
def test_a_mark_without_a_partner_is_refused(source):
    """Otherwise a solution would be released, or a page cut."""
    with pytest.raises(ExerciseError, match="no partner"):
        without_solution(source)


def test_checks_are_read_and_never_run():
    """One line, known constructors, literals only."""
    assert read_check('ex.check("q1", q1, number(-1, 2.5))') == ("q1", number(-1, 2.5))
    assert read_check('ex.check("q", q, choice("a", "b"))') == ("q", choice("a", "b"))
    assert read_check('ex.check("q", q, items("a", size=1, ordered=True))')[1] == items("a", size=1, ordered=True)


@pytest.mark.parametrize(
    "source",
    ["", "x = 1", "ex.check('q1', q1)", "ex.check('q1', q2, number(0, 1))", "ex.check('q1', q1, open('f'))",
     "ex.check('q1', q1, number(0, print(1)))", "ex.check('q1', q1, number())", "ex.mark('q1', q1, number(0, 1))",
     "ex.check('q1', q1, number(0, 1), x=1)", "ex.check('q1', q1, 3)"],
)  # fmt: skip
def test_any_other_check_is_refused(source):
    """A check that the grader cannot read would be no check."""
    with pytest.raises(ExerciseError, match="one line such as"):
        read_check(source)


def test_solutions_outside_answers_and_unpaired_marks_are_told_together(own):
    """All faults at once."""

    def plant(cells, notebook):
        cells["q1_check"]["source"] = '### BEGIN SOLUTION\n### END SOLUTION\nex.check("q1", q1, number(0, 1))'
        cells["q2"]["source"] = "### BEGIN SOLUTION\nq2 = 1"
        cells["q1_check"]["metadata"]["cocreate"]["role"] = "text"

    edit(own / MASTER, plant)
    with pytest.raises(ExerciseError) as caught:
        student_version(read_master(own))
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["cell q1_check", "cell q2"]


def test_a_master_that_does_not_run_is_named(own):
    """With the cell and the error."""
    edit(own / MASTER, lambda cells, notebook: cells["q1"].update(source="1 / 0"))
    with pytest.raises(NotebookError, match="ZeroDivisionError"):
        build(own)


def test_a_missing_or_damaged_master_gets_a_sentence(own):
    """Not a traceback."""
    (own / MASTER).write_text("{", encoding="utf-8")
    with pytest.raises(ExerciseError, match="is not a notebook"):
        read_master(own)
    (own / MASTER).unlink()
    with pytest.raises(ExerciseError, match="does not exist"):
        read_master(own)


def test_a_notebook_needs_one_setup_cell(own):
    """Otherwise there is no place for the variant."""
    edit(own / MASTER, lambda cells, notebook: cells["setup"]["metadata"].pop("cocreate"))
    with pytest.raises(ExerciseError, match="one set-up cell"):
        build(own)
    assert json.loads((own / STUDENT).read_text(encoding="utf-8"))["cells"]


def test_a_kernel_that_does_not_come_up_is_started_once_more(own, monkeypatch):
    """Two kernels that start at the same moment may grab the same port."""
    from cocreate_teach.authoring import building

    tries = []

    def stumbles(notebook, folder):
        tries.append(folder)
        if len(tries) < 2:
            raise RuntimeError("Kernel didn't respond in 60 seconds")
        return notebook

    monkeypatch.setattr(building, "execute", stumbles)
    assert building.run_in_kernel("a notebook", own) == "a notebook"

    def fails(notebook, folder):
        raise RuntimeError("Kernel didn't respond in 60 seconds")

    monkeypatch.setattr(building, "execute", fails)
    with pytest.raises(NotebookError, match="no kernel comes up"):
        building.run_in_kernel("a notebook", own)
