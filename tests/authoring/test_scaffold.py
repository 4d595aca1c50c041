"""A private course begins with an exercise that verifies, in a folder that others cannot read."""

import re
import sys
from pathlib import Path

import pytest

from cocreate_teach.authoring import new_course, release, template_key, verify
from cocreate_teach.authoring.verify import variant_faults
from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises import load_key, read_roster

ROOT = Path(__file__).parents[2]


@pytest.fixture
def made_roster(tmp_path):
    """Write a roster of two."""
    path = tmp_path / "students.csv"
    path.write_text("student,name\nanna,Anna A.\nben,Ben B.\n", encoding="utf-8")
    return path


def test_a_new_course_verifies_and_releases(made_course, tmp_path):
    """A lecturer changes something that works."""
    exercise = made_course / "exercises" / "01_own"
    assert verify(exercise).questions == 2
    students = read_roster(made_course / "roster.csv")
    written = release(exercise, tmp_path / "release", roster=made_course / "roster.csv", course="mkt")
    assert [one.student for one in written] == [student.id for student in students]


def test_a_new_course_says_that_its_keys_are_secret(made_course):
    """In the first line a reader meets, and in the key."""
    assert "Keep it to yourself" in (made_course / "README.md").read_text(encoding="utf-8")
    assert "Keep this file to yourself" in (made_course / "exercises" / "01_own" / "key.py").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_can_read_a_new_course(made_course):
    """Keys, rosters and marks lie there."""
    assert made_course.stat().st_mode & 0o077 == 0


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    """Nothing of the lecturer's is lost."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(ExerciseError, match="not an empty folder"):
            new_course(folder)
    with pytest.raises(ExerciseError, match="cannot write"):
        new_course(tmp_path / "mine.txt" / "below")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_chosen_sessions_are_copied_to_be_changed(tmp_path, made_roster):
    """Private copies no longer say that they are practice; the name that decides the numbers is new each time."""
    ours = ROOT / "exercises" / "02_inside_first"
    folder = tmp_path / "My module"
    written = new_course(folder, copies=[ours], handbook="# Module\n", roster=made_roster)
    assert {path.name for path in written} >= {"handbook.md", "roster.csv", "README.md", "key.py", "solution.ipynb"}
    copy = folder / "exercises" / "02_inside_first"
    for name in ("solution.ipynb", "exercise.ipynb"):
        text = (copy / name).read_text(encoding="utf-8")
        assert "**This exercise counts.**" in text
        assert "This is practice.**" not in text
    assert verify(copy, 5).questions == 9
    names = []
    for other in (folder, tmp_path / "again"):
        if other != folder:
            new_course(other, copies=[ours])
        readme = (other / "README.md").read_text(encoding="utf-8")
        names.append(re.search(r"--course (\S+)", readme)[1])
        assert "change it" in readme
    assert names[0].startswith("my-module-")
    assert names[0].split("-")[-1] != names[1].split("-")[-1]
    keys = [load_key(copy).given(course=name, student="anna") for name in names]
    assert keys[0] != keys[1]
    students = release(copy, tmp_path / "out", roster=folder / "roster.csv", course=names[0])
    assert [one.student for one in students] == ["anna", "ben"]


def test_an_exercise_without_its_key_and_a_roster_that_cannot_be_read_are_told_before_anything_is_written(tmp_path):
    """As after pip install: keys are not in the wheel."""
    (tmp_path / "03_bare").mkdir()
    with pytest.raises(ExerciseError, match="exercise 03_bare is not here with its key"):
        new_course(tmp_path / "one", copies=[tmp_path / "03_bare"])
    with pytest.raises(ExerciseError, match=r"no\.csv"):
        new_course(tmp_path / "one", roster=tmp_path / "no.csv")
    assert not (tmp_path / "one").exists()


def test_the_template_is_the_key_of_a_new_course(made_course):
    """Word for word: what is tested here is what a lecturer gets."""
    copied = (made_course / "exercises" / "01_own" / "key.py").read_text(encoding="utf-8")
    assert copied == Path(template_key.__file__).read_text(encoding="utf-8")
    given = template_key.KEY.given()
    assert [question.answer(given) for question in template_key.KEY.questions] == [0.66, "b"]
    assert all(len(question.solution(given)) > 10 for question in template_key.KEY.questions)
    assert len(variant_faults(template_key.KEY, 20)) == 0
