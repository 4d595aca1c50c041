"""Release an exercise: one notebook per student, each with that student's variant in its locked first cell.

Solutions, key and rubric stay behind, and so do outputs, which belong to another variant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cocreate_teach.authoring.building import MASTER, for_student, read_master, student_version
from cocreate_teach.authoring.structure import id_faults, structure_faults
from cocreate_teach.errors import CocreateError, ExerciseError
from cocreate_teach.exercises.keys import Key, load_key
from cocreate_teach.exercises.roster import Student, read_roster
from cocreate_teach.exercises.variants import variant_digest
from cocreate_teach.notebooks import normal_form, to_text
from cocreate_teach.writing import write_whole


@dataclass(frozen=True, slots=True)
class Released:
    """One written notebook: its path, the student ("" without a roster) and the digest of the variant's data."""

    path: Path
    student: str
    digest: str


def release(
    folder: Path, to: Path, *, roster: Path | None = None, course: str = "practice", force: bool = False
) -> tuple[Released, ...]:
    """Write what students get.

    Parameters
    ----------
    folder : Path
        Of the exercise.
    to : Path
        Where the notebooks go: ``<to>/<student>/<exercise>.ipynb`` with a roster, ``<to>/<exercise>.ipynb`` with the
        base variant without one.
    roster : Path, optional
        A CSV file with a column ``student``.
    course : str
        Name of the course; variants depend on it.
    force : bool
        Replace notebooks that are there already.

    Returns
    -------
    tuple of Released
        In the order of the roster.

    Raises
    ------
    ExerciseError
        If master, key or roster is broken, or a notebook is there already: all faults at once, and nothing is written.
    """
    folder = folder.resolve()
    faults: list[str] = []
    students = _collect(faults, lambda: (Student(""),) if roster is None else read_roster(roster)) or ()
    key = _collect(faults, lambda: load_key(folder))
    master = _collect(faults, lambda: read_master(folder))
    if not course.strip():
        faults.append("the course's name is empty; give one, such as practice")
    if key is not None and master is not None:
        faults += [*structure_faults(master, key), *id_faults(folder / MASTER)]
        faults += [f"{path} is there already; name another folder, or replace it on purpose (force)"
                   for path in _targets(to, key, students) if path.exists() and not force]  # fmt: skip
    if faults or key is None or master is None:
        raise ExerciseError(faults)
    blank = _locked(student_version(normal_form(master)))
    notebooks = [_notebook(blank, key, student, course) for student in students]
    released = []
    for path, student, (text, digest) in zip(_targets(to, key, students), students, notebooks, strict=True):
        _write(path, text)
        released.append(Released(path, student.id, digest))
    return tuple(released)


def _collect(faults: list[str], step: Any) -> Any:
    """Do one step; keep its faults and go on, so that all of them are told at once."""
    try:
        return step()
    except CocreateError as error:
        faults.extend(error.faults)
        return None


def _targets(to: Path, key: Key, students: tuple[Student, ...]) -> Iterator[Path]:
    for student in students:
        yield (to / student.id if student.id else to) / f"{key.name}.ipynb"


def _notebook(blank: Any, key: Key, student: Student, course: str) -> tuple[str, str]:
    given = key.given(course=course, student=student.id)
    return to_text(for_student(blank, key, course=course, student=student.id, given=given)), variant_digest(given)


def _locked(notebook: Any) -> Any:
    """Make locked cells read-only in JupyterLab; answers cannot be deleted."""
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("locked") or marks.get("solution"):
            cell.metadata["deletable"] = False
        if marks.get("locked"):
            cell.metadata["editable"] = False
    return notebook


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    except OSError as error:
        raise ExerciseError(f"cannot write {path} ({error.strerror}); name another folder") from None
