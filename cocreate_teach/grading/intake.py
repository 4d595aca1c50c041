"""What comes in: find submissions, read a notebook as JSON. Nothing of it is run here and no path is taken from it."""

import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cocreate_teach.errors import ExerciseError, GradingError
from cocreate_teach.exercises import Student, normalise, read_roster, student_faults

LARGEST: Final = 300_000_000  # bytes; a notebook with 100 MB of output is still read


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a submission or a master has it; `grade_id` is empty where the label is missing."""

    kind: str
    source: str
    grade_id: str = ""
    locked: bool = False
    is_solution: bool = False
    is_graded: bool = False
    points: float | None = None
    role: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's file: the folder's name as it is, the id that it stands for, and what the roster says of it."""

    folder: str
    student: str
    path: Path
    warnings: tuple[str, ...] = ()


def read_cells(data: bytes) -> tuple[Cell, ...]:
    """Return the cells of a notebook.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    GradingError
        If it is empty, cut off, no notebook or of a format before 4; in one sentence.
    """
    if not data.strip():
        raise GradingError("the file is empty (0 bytes of text); hand in the saved notebook again")
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise GradingError("the file is not a notebook (it is not UTF-8 text); hand in the .ipynb file") from None
    except (ValueError, RecursionError) as error:
        looks = data.lstrip()[:1] == b"{"
        what = "is cut off or damaged" if looks else "is not a notebook"
        place = (
            f" (JSON ends to make sense at character {error.pos:,})" if isinstance(error, json.JSONDecodeError) else ""
        )
        raise GradingError(f"the file {what}{place}; hand in the saved notebook again") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        older = isinstance(raw, dict) and "worksheets" in raw
        what = "is a notebook of format 3 or older" if older else "is JSON but not a notebook (it has no cells)"
        raise GradingError(f"the file {what}; open it in JupyterLab, save it and hand it in again")
    return tuple(_cell(cell) for cell in raw["cells"] if isinstance(cell, dict))


def _cell(raw: Mapping[str, Any]) -> Cell:
    source = raw.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    metadata = _mapping(raw.get("metadata"))
    label, ours = _mapping(metadata.get("nbgrader")), _mapping(metadata.get("cocreate"))
    points = label.get("points")
    return Cell(
        kind=str(raw.get("cell_type", "")),
        source=source if isinstance(source, str) else "",
        grade_id=_text(label.get("grade_id")),
        locked=label.get("locked") is True,
        is_solution=label.get("solution") is True,
        is_graded=label.get("grade") is True,
        points=float(points) if isinstance(points, int | float) and abs(points) < 1e9 else None,
        role=_text(ours.get("role")),
        question=_text(ours.get("question")),
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def read_file(path: Path) -> bytes:
    """Return a submission's bytes.

    Raises
    ------
    GradingError
        If it is missing, a link, no ordinary file, too large or not readable; in one sentence.
    """
    try:
        about = path.lstat()
    except OSError:
        others = sorted(found.name for found in path.parent.glob("*.ipynb"))
        found = f"; the folder has {', '.join(others[:3])}: rename the right one" if others else ""
        raise GradingError(f"there is no {path.name} in the student's folder{found}") from None
    if stat.S_ISLNK(about.st_mode):
        raise GradingError("the file is a link and is not followed; put the notebook itself there")
    if not stat.S_ISREG(about.st_mode):
        raise GradingError("the file is not an ordinary file; put the notebook itself there")
    if about.st_size > LARGEST:
        size = f"{about.st_size / 1e6:,.0f} MB"
        raise GradingError(f"the file has {size}, at most {LARGEST // 10**6} MB are read; clear the outputs and save")
    try:
        return path.read_bytes()
    except OSError as error:
        raise GradingError(f"the file cannot be read ({error.strerror}); put a readable copy there") from None


def read_students(roster: Path | None) -> tuple[Student, ...] | None:
    """Return the roster's students, or None without a roster."""
    return None if roster is None else read_roster(roster)


def find_submissions(
    folder: Path, exercise: str, students: tuple[Student, ...] | None
) -> tuple[list[Submission], list[str]]:
    """Find ``folder/<student>/<exercise>.ipynb``.

    Returns
    -------
    list of Submission
        One per folder that can be graded, in the order of their names.
    list of str
        What cannot be graded at all, one sentence each: a folder whose name cannot be a student, an unknown student.

    Raises
    ------
    GradingError
        If `folder` is no folder or has none inside.
    """
    if not folder.is_dir():
        raise GradingError(f"{folder} is not a folder; name the one that holds a folder per student")
    known = None if students is None else {student.id for student in students}
    found: dict[str, Submission] = {}
    faults: list[str] = []
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.name.startswith(".") or not entry.is_dir():
            continue
        if entry.is_symlink():
            faults.append(
                f"not graded: folder {entry.name!r} is a link and is not followed; put the folder itself there"
            )
            continue
        sentences = student_faults(entry.name)
        student = normalise(entry.name)
        if sentences:
            faults += [f"not graded: {sentence}" for sentence in sentences]
        elif known is not None and student not in known:
            faults.append(
                f"not graded: folder {entry.name!r} is no student of the roster; correct the folder or the roster"
            )
        elif student in found:
            other = found[student].folder
            faults.append(f"not graded: folders {other!r} and {entry.name!r} are the same student; keep one of them")
        else:
            found[student] = Submission(entry.name, student, entry / f"{exercise}.ipynb")
    if not found and not faults:
        raise GradingError(f"{folder} holds no folder of a student; put notebooks at <student>/{exercise}.ipynb")
    return list(found.values()), faults


def read_untouched(exercise: Path) -> dict[str, str]:
    """Return what the cells of the students' notebook say before work, by label; nothing if there is none."""
    try:
        cells = read_cells(read_file(exercise / "exercise.ipynb"))
    except GradingError:
        return {}
    return {cell.grade_id: cell.source for cell in cells if cell.grade_id}


def read_master(exercise: Path) -> tuple[Cell, ...]:
    """Return the cells of an exercise's master.

    Raises
    ------
    ExerciseError
        If there is no master, or it cannot be read.
    """
    path = exercise / "solution.ipynb"
    try:
        return read_cells(read_file(path))
    except GradingError as error:
        raise ExerciseError(f"{path}: {error.faults[0]}") from None
