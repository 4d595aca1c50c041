"""Ids of students are data: checked all at once, and never a path that leads elsewhere."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises import normalise, read_roster, student_faults


def roster(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("student", ["anna", "s123456", "Müller.Jörg@uni.example", "o-brien_2", "李雷", "a b"])
def test_ordinary_ids_are_allowed(student):
    """In every script."""
    assert student_faults(student) == []


@pytest.mark.parametrize(
    "student",
    ["", "  ", "../x", "..", ".hidden", "a/b", "a\\b", "C:x", "a\0b", "a\nb", "con", "NUL.txt", "a.", "-rf", "~",
     "x" * 65, "a\u202eb", "*", "$HOME", "=1+1", "<b>"],
)  # fmt: skip
def test_ids_that_could_lead_elsewhere_are_refused(student):
    """No id is used as a path unless it is harmless on every system."""
    assert len(student_faults(student)) == 1


@given(st.text(max_size=30))
def test_an_allowed_id_names_one_folder_directly_inside(student):
    """Whatever passes is one plain part of a path."""
    if not student_faults(student):
        path = Path("/base") / normalise(student)
        assert path.parent == Path("/base")
        assert path.name == normalise(student)


def test_all_faults_of_a_roster_are_told_at_once_with_their_lines(tmp_path):
    """One round of corrections is enough."""
    path = roster(tmp_path, "student,name\nanna,A\n../x,B\n,C\n ANNA ,D\n")
    with pytest.raises(ExerciseError) as caught:
        read_roster(path)
    places = [fault.split(": ")[0] for fault in caught.value.faults]
    assert places == ["roster.csv, line 3", "roster.csv, line 4", "roster.csv, line 5"]
    assert "line 2" in caught.value.faults[2]


@pytest.mark.parametrize(
    "text", ["student,name\nAnna,A  B\n", "\ufeffStudent;Name\r\nAnna;A B\r\n", "name,student\nA B,Anna"]
)
def test_rosters_of_other_spreadsheets_are_read(tmp_path, text):
    """Semicolons, a byte order mark, another order of columns."""
    (student,) = read_roster(roster(tmp_path, text))
    assert (student.id, student.name) == ("anna", "A B")


def test_a_roster_that_cannot_be_used_says_why(tmp_path):
    """Missing, without the column, empty, of another encoding."""
    for path, sentence in (
        (tmp_path / "none.csv", "cannot be read"),
        (roster(tmp_path, "name\nA\n"), "no column student"),
    ):
        with pytest.raises(ExerciseError, match=sentence):
            read_roster(path)
    with pytest.raises(ExerciseError, match="no student"):
        read_roster(roster(tmp_path, "student\n"))
    with pytest.raises(ExerciseError, match="not UTF-8"):
        read_roster(roster(tmp_path, "student\nMüller\n", encoding="latin-1"))
