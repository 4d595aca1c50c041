"""Grade a folder of submissions: each on its own, resumable at any moment, by as many workers as wanted."""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Literal

from cocreate_teach.errors import GradingError
from cocreate_teach.grading import sandbox as sandboxes
from cocreate_teach.grading.intake import (
    Submission,
    find_submissions,
    read_file,
    read_master,
    read_students,
    read_untouched,
)
from cocreate_teach.grading.limits import Limits
from cocreate_teach.grading.marks import keep_manual, read_result, result_path, write_gradebook, write_result
from cocreate_teach.grading.pool import Pool
from cocreate_teach.grading.submission import Task, fingerprint, grade_submission, grader_version
from cocreate_teach.grading.worker import NeverStarted, WorkerDied

TRIES: Final = 10
Progress = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a batch did: submissions graded now and found up to date, and what could not be graded, a sentence each."""

    exercise: str
    results: Path
    graded: tuple[str, ...]
    up_to_date: tuple[str, ...]
    faults: tuple[str, ...]
    missing: tuple[str, ...]
    seconds: float
    sandbox: str
    warned: tuple[str, ...] = ()


def grade(
    submissions: Path,
    exercise: Path,
    results: Path,
    *,
    workers: int | None = None,
    sandbox: Literal["require", "none"] = "require",
    roster: Path | None = None,
    course: str = "practice",
    force: bool = False,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Summary:
    """Grade every submission of an exercise and write its result and the gradebook.

    Parameters
    ----------
    submissions : Path
        Folder with ``<student>/<exercise>.ipynb``.
    exercise : Path
        Folder of the exercise: ``solution.ipynb`` and ``key.py``; its name is the exercise's.
    results : Path
        Folder for ``<student>/<exercise>.json`` and ``gradebook.csv``.
    workers : int, optional
        Submissions at one time; by default one per processor this process may use.
    sandbox : {"require", "none"}
        ``"require"`` refuses to start without a sandbox. ``"none"`` runs students' code with your rights.
    roster : Path, optional
        CSV of the course's students; then each is graded on the variant of the folder's name.
    course : str
        Name of the course, from which variants are drawn.
    force : bool
        Grade again what is up to date; a person's marks are kept in any case while their text is the same.
    progress : callable, optional
        Called with (done, total, submissions per second) after each submission, in the calling thread.
    limits : Limits, optional
        Of each submission.

    Returns
    -------
    Summary
        What was done.

    Raises
    ------
    GradingError
        If it cannot start: no submissions, no sandbox, a key that does not load.
    ExerciseError
        If the master or the roster is damaged.
    """
    started = time.monotonic()
    limits = limits or Limits()
    name = exercise.resolve().name
    if sandbox not in ("require", "none"):
        raise GradingError(f"sandbox must be 'require' or 'none'; got {sandbox!r}")
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = count if workers is None else workers
    if type(count) is not int or count < 1:
        raise GradingError(f"workers must be a whole number from 1; got {workers!r}")
    students = read_students(roster)
    found, faults = find_submissions(submissions, name, students)
    master = read_master(exercise)
    if sandbox == "require" and (problem := sandboxes.problem()):
        raise GradingError(problem)
    task = Task(name, master, read_untouched(exercise), course, students is not None, sandbox, limits)
    with Pool(task, exercise, min(count, max(1, len(found)))) as pool:
        grader = grader_version()
        digest = fingerprint(repr((task.master, task.untouched)).encode(), pool.digest, name, grader)
        batch = _Batch(task, results, pool, force=force, digest=digest, grader=grader)
        batch.run(found, progress)
    names = {student.id: student.name for student in students or ()}
    write_gradebook(results, names)
    handed_in = {submission.student for submission in found}
    return Summary(
        exercise=name,
        results=results,
        graded=tuple(sorted(batch.graded)),
        up_to_date=tuple(sorted(batch.up_to_date)),
        faults=(*faults, *batch.faults),
        missing=tuple(student for student in names if student not in handed_in),
        seconds=time.monotonic() - started,
        sandbox="none" if sandbox == "none" else "bubblewrap",
        warned=tuple(sorted(batch.warned)),
    )


@dataclass(slots=True)
class _Batch:
    """One run over the submissions; results are written by the thread that graded them."""

    task: Task
    results: Path
    pool: Pool
    force: bool
    digest: str
    grader: str
    graded: list[str] = field(default_factory=list)
    up_to_date: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def run(self, found: Sequence[Submission], progress: Progress | None) -> None:
        """Grade all of them, at most `pool.count` at one time."""
        started, done = time.monotonic(), 0
        with ThreadPoolExecutor(self.pool.count, thread_name_prefix="grading") as executor:
            waiting: set[Future[None]] = set()
            todo = iter(found)
            try:
                while True:
                    waiting |= {
                        executor.submit(self._one, next_one)
                        for next_one in _some(todo, 2 * self.pool.count - len(waiting))
                    }
                    if not waiting:
                        break
                    finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    for future in finished:
                        future.result()
                        done += 1
                        if progress:
                            progress(done, len(found), done / max(1e-9, time.monotonic() - started))
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise

    def _one(self, submission: Submission) -> None:
        path = result_path(self.results, submission.student, self.task.exercise)
        data: bytes | GradingError
        try:
            data = read_file(submission.path)
        except GradingError as error:
            data = error
        limits = json.dumps(asdict(self.task.limits))
        mark = fingerprint(
            data,
            self.digest,
            submission.student,
            self.task.course,
            str(self.task.has_roster),
            self.task.sandbox,
            limits,
        )
        earlier = read_result(path)
        if earlier is not None and not self.force and earlier.get("fingerprint") == mark:
            self.up_to_date.append(submission.student)
            return
        for left in reversed(range(TRIES)):
            worker, checking = self.pool.pair()
            try:
                result = grade_submission(submission, data, self.task, worker, checking)
                break
            except WorkerDied as error:
                self.pool.replace_worker()
                if isinstance(error, NeverStarted) and not self.graded and left < TRIES - 2:
                    raise GradingError(str(error)) from None  # nothing has worked yet: trying again is no use
                if not left:
                    self.faults.append(
                        f"{submission.student}: not graded, since the worker ended {TRIES} times ({error}); grade again"
                    )
                    return
        result["hashes"] = {
            "submission": fingerprint(data),
            "key": self.pool.digest,
            "grader": self.grader,
        }
        result["fingerprint"] = mark
        keep_manual(result, earlier)
        write_result(path, result)
        self.graded.append(submission.student)
        if result["warnings"]:
            self.warned.append(submission.student)


def _some(todo: Iterator[Submission], count: int) -> Iterator[Submission]:
    for _, submission in zip(range(count), todo, strict=False):
        yield submission
