"""Mark one answer: the same function serves the check beside the student and the checker of a graded course.

A reason says what to think about next. It never contains the right answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from cocreate_teach.exercises.keys import Given, Question, Wrong

Status: TypeAlias = Literal["correct", "partial", "wrong", "not_attempted", "error", "manual"]
WORDS: Final[dict[Status, str]] = {
    "correct": "correct",
    "partial": "partly",
    "wrong": "not yet",
    "not_attempted": "not attempted",
    "error": "could not be checked",
    "manual": "marked by a person",
}
NOT_ATTEMPTED: Final = "The dots are still there. Replace them with your answer."
NOTHING: Final = "There is no value here (None). Type the answer itself after the equals sign."
OTHERWISE: Final = "This is not the answer yet. Open the first hint below the question."
PARTLY: Final = "A part of this is right. Look at the rest again; the hints below the question help."


@dataclass(frozen=True, slots=True)
class Marked:
    """The mark of one answer: its status, the share of the marks in [0, 1], and the reason in plain words."""

    status: Status
    fraction: float
    reason: str


@dataclass(frozen=True, slots=True)
class Called:
    """What one call of a student's function gave: a decoded value, or the sentence of an error."""

    value: Any = None
    error: str | None = None


def mark(question: Question, value: Any, given: Given) -> Marked:
    """Mark the answer to a question.

    Parameters
    ----------
    question : Question
        Of the key.
    value : plain data
        What `answers.decode` returned; Ellipsis for an untouched answer.
    given : mapping
        The student's rightful variant.

    Returns
    -------
    Marked
        Never raises: a key that fails gives the status ``error``, which is not the student's fault.
    """
    if value is ...:
        return Marked("not_attempted", 0.0, NOT_ATTEMPTED)
    if value is None:
        return Marked("wrong", 0.0, NOTHING)
    fault = question.expectation.fault(value)
    if fault is not None:
        return Marked("wrong", 0.0, fault)
    try:
        return _compare(question, question.expectation.read(value), given)
    except Exception as error:
        return _key_failed(question, error)


def mark_calls(question: Question, results: Sequence[Called], given: Given) -> Marked:
    """Mark a function by what its calls gave, in the order of ``question.calls(given)``.

    Inputs, expected values and what was returned stay out of the reason. Missing results count as wrong.
    """
    try:
        calls = list(question.calls(given)) if question.calls else []
        reference = question.answer(given)
        expected = [reference(*arguments) for arguments in calls]
        pairs = zip(results, expected, strict=False)
        right = sum(done.error is None and is_same(done.value, value, question.tolerance) for done, value in pairs)
    except Exception as error:
        return _key_failed(question, error)
    total = len(expected)
    if right == total:
        return Marked("correct", 1.0, "")
    failed = next((done.error for done in results if done.error), None)
    reason = f"{right} of {total} tries gave the right result." + (f" One stopped: {failed}" if failed else "")
    if right and question.partial:
        return Marked("partial", right / total, reason)
    return Marked("wrong", 0.0, reason)


def is_same(value: Any, right: Any, tolerance: float) -> bool:
    """Say whether an answer equals the right one: numbers within the tolerance, the rest exactly, part by part."""
    if type(right) in (int, float) and type(value) in (int, float):
        try:
            return bool(abs(value - right) <= tolerance + 1e-9)
        except OverflowError:
            return False
    if type(right) in (list, tuple) and type(value) in (list, tuple):
        return len(value) == len(right) and all(
            is_same(one, other, tolerance) for one, other in zip(value, right, strict=True)
        )
    if type(right) is dict and type(value) is dict:
        return value.keys() == right.keys() and all(is_same(value[key], right[key], tolerance) for key in right)
    return type(value) is type(right) and bool(value == right)


def each_item(value: frozenset[str], right: frozenset[str]) -> float:
    """Share for a set of items: each right one counts, each wrong one takes one away again."""
    return max(0.0, (len(value & right) - len(value - right)) / len(right))


def each_place(value: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Share for an order: the pairs of items that stand in the right order, twice those beyond one half."""
    places = {item: place for place, item in enumerate(value)}
    pairs = [(first, second) for i, first in enumerate(right) for second in right[i + 1 :]]
    kept = sum(places.get(first, len(right)) < places.get(second, -1) for first, second in pairs)
    return max(0.0, 2 * kept / len(pairs) - 1) if pairs else 0.0


def each_cell(value: tuple[tuple[Any, ...], ...], right: tuple[tuple[Any, ...], ...]) -> float:
    """Share for a table: cells that are right, of all cells; none if it has another number of rows."""
    if len(value) != len(right):
        return 0.0
    cells = [pair for one, other in zip(value, right, strict=True) for pair in zip(one, other, strict=True)]
    return sum(is_same(one, other, 0.005) for one, other in cells) / len(cells) if cells else 0.0


def _compare(question: Question, value: Any, given: Given) -> Marked:
    right = question.expectation.read(question.answer(given))
    if is_same(value, right, question.tolerance):
        return Marked("correct", 1.0, "")
    message = next((wrong.message for wrong in question.wrong if _fits(question, wrong, value, given)), None)
    share = min(0.99, max(0.0, float(question.partial(value, right)))) if question.partial else 0.0
    if share > 0:
        return Marked("partial", share, message or PARTLY)
    return Marked("wrong", 0.0, message or OTHERWISE)


def _fits(question: Question, wrong: Wrong, value: Any, given: Given) -> bool:
    likely = question.expectation.read(wrong.value(given))
    if wrong.is_part and isinstance(likely, frozenset):
        return isinstance(value, frozenset) and likely <= value
    return is_same(value, likely, question.tolerance)


def _key_failed(question: Question, error: Exception) -> Marked:
    return Marked(
        "error",
        0.0,
        f"The check of {question.id} itself failed ({type(error).__name__}). It is not your fault: tell your lecturer.",
    )
