"""A release: one file per student, with that student's numbers and without a solution."""

import ast

import pytest

from cocreate_teach.authoring import release
from cocreate_teach.authoring.building import MASTER, for_student
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises import load_key, variant_digest
from cocreate_teach.notebooks import execute, read_lesson
from tests.authoring.planting import edit


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("student,name\nanna,Anna\n Ben ,Ben\nMüller,M\n", encoding="utf-8")
    return path


def call_of(notebook):
    (cell,) = [cell for cell in notebook.cells if role_of(cell)[0] == "setup"]
    (line,) = [node for node in ast.parse(cell.source).body if isinstance(node, ast.Assign)]
    return [ast.literal_eval(part) for part in line.value.args], {
        part.arg: ast.literal_eval(part.value) for part in line.value.keywords
    }


def test_each_student_gets_a_folder_with_own_data(own, tmp_path, roster):
    """The rightful variant of course and id, in the locked first cell; the digest is reported."""
    key = load_key(own)
    written = release(own, tmp_path / "out", roster=roster, course="mkt-2027")
    assert [one.student for one in written] == ["anna", "ben", "müller"]
    for one in written:
        assert one.path == tmp_path / "out" / one.student / "01_own.ipynb"
        names, settings = call_of(read_lesson(one.path))
        given = key.given(course="mkt-2027", student=one.student)
        assert names == ["01_own"]
        assert settings == {"course": "mkt-2027", "student": one.student, "given": given}
        assert one.digest == variant_digest(given)
    assert len({one.digest for one in written}) == 3


def test_without_a_roster_there_is_one_notebook_with_the_base_variant(own, tmp_path):
    """For a class without ids, or a projector."""
    (one,) = release(own, tmp_path / "out")
    assert one.path == tmp_path / "out" / "01_own.ipynb"
    assert call_of(read_lesson(one.path))[1] == {"course": "practice", "student": "", "given": load_key(own).given()}


def test_nothing_but_notebooks_is_released_and_nothing_secret_in_them(own, tmp_path, roster):
    """Key, master and rubric stay behind; no solution, message or output of another variant."""
    release(own, tmp_path / "out", roster=roster)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.name for path in files} == {"01_own.ipynb"}
    for path in files:
        text = path.read_text(encoding="utf-8")
        for secret in ("SOLUTION", "You counted whole lines", "full marks"):
            assert secret not in text
        assert all(not cell.outputs for cell in read_lesson(path).cells if cell.cell_type == "code")


def test_locked_cells_are_read_only_and_answers_are_not(own, tmp_path):
    """JupyterLab keeps students from breaking what they must not change."""
    (one,) = release(own, tmp_path / "out")
    for cell in read_lesson(one.path).cells:
        role, _ = role_of(cell)
        assert (cell.metadata.get("editable") is False) == (role in {"setup", "text", "check"}), cell.id
        assert (cell.metadata.get("deletable") is False) == bool(role), cell.id


def test_a_released_notebook_runs_where_no_key_is(own, tmp_path, roster):
    """From top to bottom without a traceback: *not attempted*, and the student's own table."""
    one = release(own, tmp_path / "out", roster=roster, course="mkt-2027")[0]
    run = execute(read_lesson(one.path), folder=one.path.parent)
    said = "\n".join(o["data"]["text/plain"] for cell in run.cells if cell.cell_type == "code" for o in cell.outputs)
    assert "variant of anna" in said
    assert "Values are checked when you are graded" in said
    assert said.count("not attempted.") == 2
    shown = load_key(own).given(course="mkt-2027", student="anna")["exhibits"][0]["rows"][0]
    assert " | ".join(shown) in said


def test_an_existing_release_is_replaced_only_on_purpose(own, tmp_path, roster):
    """Students may have written in it; all that stand in the way are named, and nothing is written."""
    release(own, tmp_path / "out", roster=roster)
    work = tmp_path / "out" / "anna" / "01_own.ipynb"
    work.write_text("my work", encoding="utf-8")
    (tmp_path / "out" / "ben" / "01_own.ipynb").unlink()
    with pytest.raises(ExerciseError) as caught:
        release(own, tmp_path / "out", roster=roster)
    assert len(caught.value.faults) == 2
    assert work.read_text(encoding="utf-8") == "my work"
    assert not (tmp_path / "out" / "ben" / "01_own.ipynb").exists()
    release(own, tmp_path / "out", roster=roster, force=True)
    assert work.read_text(encoding="utf-8") != "my work"


def test_faults_of_roster_master_and_course_are_told_together(own, tmp_path):
    """And nothing is written."""
    path = tmp_path / "bad.csv"
    path.write_text("student\n../x\n\n", encoding="utf-8")
    edit(own / MASTER, lambda cells, notebook: cells["q1_check"]["metadata"]["nbgrader"].update(points=7))
    with pytest.raises(ExerciseError) as caught:
        release(own, tmp_path / "out", roster=path, course=" ")
    text = "\n".join(caught.value.faults)
    for part in ('student "../x"', "course's name is empty", "cell q1_check"):
        assert part in text
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be_written_gets_a_sentence(own, tmp_path):
    """A file where a folder should be."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(ExerciseError, match="cannot write"):
        release(own, tmp_path / "out")


def test_a_hostile_course_name_stays_a_text(own):
    """It is written into code: as a literal."""
    name = '"); import os #'
    made = for_student(read_lesson(own / MASTER), load_key(own), course=name, student="", given={})
    assert call_of(made)[1]["course"] == name
