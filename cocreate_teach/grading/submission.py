"""Grade one submission: read, align, run, check; the result is plain data."""

import hashlib
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cocreate_teach import __version__
from cocreate_teach.errors import GradingError
from cocreate_teach.exercises import normalise, variant_digest
from cocreate_teach.grading.alignment import Aligned, align, opened_as
from cocreate_teach.grading.checking import Asked, Checking
from cocreate_teach.grading.intake import Cell, Submission, read_cells
from cocreate_teach.grading.limits import Limits
from cocreate_teach.grading.plan import Step, make_plan
from cocreate_teach.grading.running import Outcome, run_plan
from cocreate_teach.grading.worker import Worker

UNSANDBOXED: Final = (
    "this submission was run without a sandbox (sandbox 'none'): nothing kept its code from this machine"
)
LONGEST_MEMO: Final = 40_000


@dataclass(frozen=True, slots=True)
class Task:
    """What all submissions of a batch share."""

    exercise: str
    master: tuple[Cell, ...]
    untouched: Mapping[str, str]  # cells of the students' notebook before work, by label
    course: str
    has_roster: bool
    sandbox: str
    limits: Limits


def grade_submission(
    submission: Submission, data: bytes | GradingError, task: Task, worker: Worker, checking: Checking
) -> dict[str, Any]:
    """Return the result of one submission.

    Parameters
    ----------
    submission : Submission
        Whose it is.
    data : bytes or GradingError
        The file, or why there is none.
    task : Task
        What the batch shares.
    worker : Worker
        Runs the cells.
    checking : Checking
        Gives the marks.

    Raises
    ------
    WorkerDied
        If the worker failed and the submission has to be graded again.
    GradingError
        If the key cannot draw the student's variant.
    """
    started = time.monotonic()
    try:
        if isinstance(data, GradingError):
            raise data
        cells = read_cells(data)
    except GradingError as error:
        return _unreadable(submission, task, checking, error.faults[0])
    asked = checking.about.questions
    aligned = align(task.master, cells, [question.id for question in asked])
    student, given, warnings = _rightful(submission, cells, aligned, task, checking)
    opening = {"name": task.exercise, "course": task.course, "student": student, "given": given}
    functions = {question.id: question.is_function for question in asked}
    steps = make_plan(task.master, cells, aligned, questions=functions, opening=opening)
    read = time.monotonic()
    outcome = run_plan(worker, steps, task.limits, lambda question: checking.calls(question, task.course, student))
    ran = time.monotonic()
    questions = [_marked(question, outcome, aligned, steps, checking, task.course, student) for question in asked]
    questions += _memos(aligned, task, checking.about.memo_marks)
    checked = time.monotonic()
    warnings += [*aligned.warnings, *_skipped(outcome, aligned, steps)]
    timings = {"read": read - started, **outcome.timings, "run": ran - read, "check": checked - ran}
    result = _result(submission, task, questions, warnings)
    result["variant"] = variant_digest(given)
    result["timings"] = {name: round(seconds, 6) for name, seconds in timings.items()} | {"restarts": outcome.restarts}
    return result


def _result(
    submission: Submission, task: Task, questions: list[dict[str, Any]], warnings: Sequence[str]
) -> dict[str, Any]:
    """Return the frame of a result, with its sums."""
    first = [UNSANDBOXED] if task.sandbox == "none" else []
    return {
        "student": submission.student,
        "exercise": task.exercise,
        "course": task.course,
        "marks": round(sum(question["marks"] or 0.0 for question in questions), 4),
        "max_marks": sum(question["max_marks"] for question in questions),
        "questions": questions,
        "warnings": [*first, *submission.warnings, *warnings],
        "sandbox": "none" if task.sandbox == "none" else "bubblewrap",
        "versions": {"cocreate_teach": __version__, "python": platform.python_version()},
    }


def _unreadable(submission: Submission, task: Task, checking: Checking, sentence: str) -> dict[str, Any]:
    questions = [
        _entry(asked, "error", 0.0, f"{sentence[:1].upper()}{sentence[1:]}.") for asked in checking.about.questions
    ]
    questions += _memos(Aligned(), task, checking.about.memo_marks)
    return _result(submission, task, questions, [f"not readable: {sentence}"])


def _rightful(
    submission: Submission, cells: Sequence[Cell], aligned: Aligned, task: Task, checking: Checking
) -> tuple[str, dict[str, Any], list[str]]:
    """Return whose variant counts, its data, and a warning if the notebook was opened as somebody else's."""
    opened = opened_as(cells, aligned.setup) or {}
    named = opened.get("student")
    said = normalise(named) if isinstance(named, str) else ""
    warnings = []
    name = opened.get("name", task.exercise)
    if name != task.exercise:
        warnings.append(
            f"the notebook opens the exercise {str(name)[:60]!r}, not {task.exercise}; it was graded as {task.exercise}"
        )
    if task.has_roster:
        student = submission.student
        if opened and said != student:
            whose = f"is of student {said[:60]!r}" if said else "has no student id"
            warnings.append(f"the notebook {whose}; it was graded on the variant of {student}, whose folder it is in")
    else:
        student = said if said == submission.student else ""
        if said and not student:
            warnings.append(
                f"the notebook is of student {said[:60]!r}, its folder of {submission.student}; the base variant counts"
            )
    given = checking.given(task.course, student)
    if said == student and opened.get("given") not in (None, given):
        warnings.append("the data in the first cell are not this student's; answers were marked on the rightful data")
    return student, given, warnings


def _entry(asked: Asked, status: str, marks: float, reason: str) -> dict[str, Any]:
    return {
        "id": asked.id,
        "marks": round(marks, 4),
        "max_marks": asked.marks,
        "status": status,
        "reason": reason,
        "concept": asked.concept,
    }


def _marked(
    asked: Asked,
    outcome: Outcome,
    aligned: Aligned,
    steps: Sequence[Step],
    checking: Checking,
    course: str,
    student: str,
) -> dict[str, Any]:
    """Return one question's mark: of its value, of its calls, or why there is nothing to mark."""
    request: dict[str, Any] = {"question": asked.id, "course": course, "student": student}
    if asked.id in outcome.functions:
        request |= {"ask": "mark_calls", "results": outcome.returns.get(asked.id, [])}
    elif asked.id in outcome.values:
        request |= {"ask": "mark", "value": outcome.values[asked.id]}
    else:
        return _entry(asked, "error", 0.0, _why_missing(asked.id, outcome, aligned, steps))
    told = checking.ask(request)
    if "fault" in told:
        return _entry(asked, "error", 0.0, f"{told['fault'][:1].upper()}{told['fault'][1:]}.")
    return _entry(asked, told["status"], asked.marks * float(told["fraction"]), told["reason"])


def _why_missing(question: str, outcome: Outcome, aligned: Aligned, steps: Sequence[Step]) -> str:
    """Say why there is no answer: what its cell did, or that no cell gives one."""
    if question in outcome.faults:
        sentence = outcome.faults[question]
        return f"{sentence[:1].upper()}{sentence[1:]}."
    own = aligned.answers.get(question, [])
    numbers = [n for n, step in enumerate(steps) if step.question == question or (step.code and step.cell in own)]
    for number in numbers:
        if number in outcome.fatal:
            return f"There is no answer: {outcome.fatal[number]}."
    for number in numbers:
        if number in outcome.raised:
            return f"There is no answer: the cell stopped with {outcome.raised[number]}"
    if outcome.unfinished:
        return f"There is no answer: {outcome.unfinished}."
    if not own:
        return f"There is no answer: no cell gives {question} a value; write {question} = and your answer."
    return f"There is no answer: {question} has no value after its cell; write {question} = and your answer."


def _memos(aligned: Aligned, task: Task, marks: float) -> list[dict[str, Any]]:
    """Return the free text, to be marked by a person; it has no marks until then."""
    if not marks:
        return []
    question, text = next(iter(aligned.memos.items()), ("memo", ""))
    is_written = text.strip() not in {"", task.untouched.get(question, "").strip()}
    reason = "To be marked by a person." if is_written else "There is no text yet; a person looks at it all the same."
    return [
        {
            "id": question,
            "marks": None,
            "max_marks": marks,
            "status": "manual",
            "reason": reason,
            "concept": "",
            "text": text[:LONGEST_MEMO],
        }
    ]


def _skipped(outcome: Outcome, aligned: Aligned, steps: Sequence[Step]) -> list[str]:
    """Say which cells that answer no question were left out, and whether the end was reached."""
    answering = {cell for places in aligned.answers.values() for cell in places}
    sentences = [
        f"cell {steps[number].cell + 1} was left out: {why}"
        for number, why in sorted(outcome.fatal.items())
        if number < len(steps) and steps[number].code and steps[number].cell not in answering
    ]
    return sentences + ([f"not everything was run: {outcome.unfinished}"] if outcome.unfinished else [])


def fingerprint(data: bytes | GradingError, *parts: str) -> str:
    """Return 64 hexadecimal digits of everything a result depends on."""
    digest = hashlib.sha256()
    for part in (data if isinstance(data, bytes) else b"!" + str(data).encode(), *map(str.encode, parts)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def grader_version() -> str:
    """Return 64 hexadecimal digits of the code that grades: this folder's files and those of `exercises`."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for path in sorted([*package.glob("grading/*.py"), *package.glob("exercises/*.py")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
