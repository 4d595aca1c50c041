"""Read one result of the grader, and distrust it: a page is made of a sound result or not at all."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from cocreate_teach.errors import GradingError
from cocreate_teach.exercises.expectations import shown
from cocreate_teach.exercises.marking import WORDS, Status

LARGEST: Final = 4_000_000  # bytes; a memo has at most 40,000 characters
NOT_OURS: Final = "is no result of cocreate grade"


@dataclass(frozen=True, slots=True)
class Answered:
    """How one question was marked; `marks` is None until a person has given them."""

    id: str
    marks: float | None
    max_marks: float
    status: Status
    reason: str
    concept: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One student's result in one exercise. Texts may come from the student: they are hostile where they are shown."""

    student: str
    exercise: str
    course: str
    marks: float
    max_marks: float
    questions: tuple[Answered, ...]
    warnings: tuple[str, ...]
    sandbox: str
    submission: str = ""  # hash of the file that was handed in

    @property
    def waiting(self) -> tuple[Answered, ...]:
        """What a person has not marked yet."""
        return tuple(question for question in self.questions if question.marks is None)


def read_sound(path: Path) -> tuple[Result, bytes]:
    """Read the result of ``<student>/<exercise>.json``; return it and the file's bytes.

    Raises
    ------
    GradingError
        If the file is damaged, is no result, or is somebody else's: all faults at once, without the path.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GradingError(f"cannot be read ({error.strerror}); grade again") from None
    if len(data) > LARGEST:
        raise GradingError(f"{NOT_OURS}: it has {len(data):,} bytes, at most {LARGEST:,} are allowed; grade again")
    try:
        raw = json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise GradingError("is cut off or damaged: it is not JSON; grade again") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("questions"), list):
        raise GradingError(f"{NOT_OURS}: it has no list of questions; take it out of the folder, or grade again")
    reading = _Reading()
    result = reading.result(raw)
    faults = reading.faults
    if not faults:
        faults += _contradictions(result, path)
    if faults:
        raise GradingError([f"{fault}; grade again" for fault in faults])
    return result, data


def _refuse(name: str) -> float:
    raise ValueError(name)


def _contradictions(result: Result, path: Path) -> list[str]:
    """Return where a result of the right form disagrees with itself or with its place."""
    faults = []
    if result.student != path.parent.name:
        faults.append(f"student is {shown(result.student)}, but the folder is {shown(path.parent.name)}'s")
    if result.exercise != path.stem:
        faults.append(f"exercise is {shown(result.exercise)}, but the file is named {shown(path.name)}")
    ids = [question.id for question in result.questions]
    faults += [f"question {shown(id)} is there {ids.count(id)} times" for id in dict.fromkeys(ids) if ids.count(id) > 1]
    given = sum(question.marks or 0.0 for question in result.questions)
    possible = sum(question.max_marks for question in result.questions)
    if abs(given - result.marks) > 0.01:
        faults.append(f"marks is {result.marks:g}, but the marks of its questions add up to {round(given, 4):g}")
    if abs(possible - result.max_marks) > 0.01:
        faults.append(f"max_marks is {result.max_marks:g}, but its questions have {round(possible, 4):g}")
    return faults


class _Reading:
    """One reading of a result: collects what is missing or of the wrong type, each with its place."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def result(self, raw: dict[str, Any]) -> Result:
        """Return the result; it counts only if there are no faults."""
        questions = [self._question(entry, f"questions[{place}]") for place, entry in enumerate(raw["questions"])]
        if not questions:
            self.faults.append("questions is empty; a result has at least one")
        hashes = raw.get("hashes")
        return Result(
            student=self._text(raw, "student"),
            exercise=self._text(raw, "exercise"),
            course=self._text(raw, "course", ""),
            marks=self._number(raw, "marks"),
            max_marks=self._number(raw, "max_marks"),
            questions=tuple(questions),
            warnings=self._texts(raw, "warnings"),
            sandbox=self._text(raw, "sandbox"),
            submission=self._text(hashes, "submission", "", "hashes.") if isinstance(hashes, dict) else "",
        )

    def _question(self, raw: Any, place: str) -> Answered:
        if not isinstance(raw, dict):
            self.faults.append(f"{place} must be an object; got {shown(raw)}")
            raw = {"id": "", "marks": 0, "max_marks": 0, "status": "error"}
        at = f"{place}."
        status = self._text(raw, "status", None, at)
        if status not in WORDS and isinstance(raw.get("status"), str):
            self.faults.append(f"{at}status must be one of {', '.join(WORDS)}; got {shown(status)}")
        most = self._number(raw, "max_marks", at)
        if most == 0 and raw.get("max_marks") == 0:
            self.faults.append(f"{at}max_marks must be above 0; got 0")
        marks = None
        if raw.get("marks", 0) is not None:
            marks = self._number(raw, "marks", at)
            if marks > most:
                self.faults.append(f"{at}marks must be between 0 and {most:g}; got {marks:g}")
        elif status != "manual":
            self.faults.append(f"{at}marks is null, which only a question with status manual may have")
        return Answered(
            id=self._text(raw, "id", None, at),
            marks=marks,
            max_marks=most,
            status=cast("Status", status),
            reason=self._text(raw, "reason", "", at),
            concept=self._text(raw, "concept", "", at),
            text=self._text(raw, "text", "", at),
        )

    def _text(self, raw: dict[str, Any], name: str, default: str | None = None, at: str = "") -> str:
        value = raw.get(name, default)
        if isinstance(value, str):
            return value
        self.faults.append(f"{at}{name} is missing" if name not in raw else f"{at}{name} must be a text; "
                           f"got {shown(value)}")  # fmt: skip
        return ""

    def _texts(self, raw: dict[str, Any], name: str) -> tuple[str, ...]:
        value = raw.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.faults.append(f"{name} must be a list of texts; got {shown(value)}")
        return ()

    def _number(self, raw: dict[str, Any], name: str, at: str = "") -> float:
        value = raw.get(name)
        if type(value) in (int, float):
            try:
                number = float(cast("float", value))
            except OverflowError:
                number = math.inf
            if 0 <= number < math.inf:
                return number
        self.faults.append(f"{at}{name} is missing" if name not in raw else f"{at}{name} must be a number, 0 or more; "
                           f"got {shown(value)}")  # fmt: skip
        return 0.0
