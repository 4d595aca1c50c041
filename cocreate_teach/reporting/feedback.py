"""Write the pages of feedback: each whole or not at all, so that a run can be killed and started again."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cocreate_teach.errors import GradingError
from cocreate_teach.exercises import normalise, student_faults
from cocreate_teach.exercises.expectations import shown
from cocreate_teach.reporting.lessons import Lesson, find_lesson
from cocreate_teach.reporting.page import feedback_page, index_page
from cocreate_teach.reporting.result import read_sound
from cocreate_teach.writing import write_whole

INDEX: Final = "index.html"
Progress = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """What a run did, as ``student/exercise``: pages written and found up to date; and a sentence for each fault."""

    to: Path
    written: tuple[str, ...]
    up_to_date: tuple[str, ...]
    faults: tuple[str, ...]
    seconds: float


def feedback(results: Path, to: Path, *, force: bool = False, progress: Progress | None = None) -> FeedbackSummary:
    """Write one page per student and exercise, and a list of them for the lecturer.

    Parameters
    ----------
    results : Path
        Folder with ``<student>/<exercise>.json``, as `grading.grade` writes them.
    to : Path
        Folder for ``<student>/<exercise>.html`` and ``index.html``; one run at a time.
    force : bool
        Write pages again that are up to date.
    progress : callable, optional
        Called with (done, total, pages per second) after each result.

    Returns
    -------
    FeedbackSummary
        A damaged or foreign result is a fault in it; the pages of the others are written all the same. The same
        results always give the same bytes; a page that has these already is up to date.

    Raises
    ------
    GradingError
        If there is no result, or the folder for the pages cannot be made.
    """
    started = time.monotonic()
    paths = sorted(path for path in results.glob("*/*.json") if not path.name.startswith("."))
    if not paths:
        raise GradingError(f"{results} holds no results (<student>/<exercise>.json); grade first: cocreate grade")
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GradingError(f"cannot make {to} ({error.strerror}); name another folder") from None
    lessons: dict[str, Lesson] = {}
    written: list[str] = []
    up_to_date: list[str] = []
    faults: list[str] = []
    links: list[tuple[str, str]] = []
    for done, path in enumerate(paths, start=1):
        student, exercise = path.parent.name, path.stem
        place = f"{student}/{path.name}"
        try:
            text = _page(path, lessons)
            is_new = _write(to / student / f"{exercise}.html", text, force=force)
            (written if is_new else up_to_date).append(f"{student}/{exercise}")
            links.append((student, exercise))
        except GradingError as error:
            faults += [f"{shown(place, 120)[1:-1]}: {fault}" for fault in error.faults]
            if (to / student / f"{exercise}.html").exists():
                faults.append(f"{shown(place, 120)[1:-1]}: the page that is there is from an earlier run")
        if progress:
            progress(done, len(paths), done / max(1e-9, time.monotonic() - started))
    if links:
        try:
            _write(to / INDEX, index_page(links), force=force)
        except GradingError as error:
            faults += [f"{INDEX}: {fault}" for fault in error.faults]
    return FeedbackSummary(to, tuple(written), tuple(up_to_date), tuple(faults), time.monotonic() - started)


def _page(path: Path, lessons: dict[str, Lesson]) -> str:
    """Return the page of one result."""
    student, exercise = path.parent.name, path.stem
    unusable = student_faults(student)
    if not unusable and student != normalise(student):
        unusable = [f"student {shown(student)} is not spelled as the grader does; change the id, or grade again"]
    if student == INDEX:
        unusable = [f"student {shown(student)} has the name of the list of pages; change the id"]
    if unusable:
        raise GradingError(unusable)
    result, data = read_sound(path)
    if exercise not in lessons:
        lessons[exercise] = find_lesson(exercise)
    return feedback_page(result, lessons[exercise], fingerprint=hashlib.sha256(data).hexdigest())


def _write(path: Path, text: str, *, force: bool) -> bool:
    """Write a page unless it is there already, byte for byte; clear away what a killed run left half-written."""
    data = text.encode("utf-8")
    try:
        for left in path.parent.glob(f".{path.name}.*"):
            left.unlink()
        if not force and path.is_file() and path.read_bytes() == data:
            return False
        write_whole(path, text)
    except OSError as error:
        raise GradingError(f"cannot write {path.name} ({error.strerror}); look at the folder {path.parent}") from None
    return True
