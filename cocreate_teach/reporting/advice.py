"""One strength, one thing to fix, what to reread: chosen by rule from a result, so that everybody is advised alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cocreate_teach.reporting.lessons import Lesson
from cocreate_teach.reporting.result import Answered, Result

MOST_SECTIONS: Final = 3
_FIRST: Final = ("wrong", "partial", "error", "not_attempted")  # a thought to put right comes before a gap to fill


@dataclass(frozen=True, slots=True)
class Advice:
    """What a student is told before the details; `reread` has no item if there is nothing to reread."""

    strength: str
    fix: str
    reread: tuple[str, ...]
    no_reread: str


def advise(result: Result, lesson: Lesson) -> Advice:
    """Choose the advice.

    Parameters
    ----------
    result : Result
        Sound.
    lesson : Lesson
        To find the sections in; may be empty.
    """
    automatic = [question for question in result.questions if question.status != "manual"]
    lost = [question for question in automatic if question.status != "correct"]
    reread = _sections(lost, lesson)
    if reread:
        nothing = ""
    elif not lost:
        nothing = "Nothing: all that was checked is right."
    elif all(question.status == "error" for question in lost):
        nothing = "Nothing yet. First put right what stopped your work from being checked."
    else:
        nothing = "The hints below each question in the exercise say where to look."
    return Advice(_strength(automatic, lesson), _fix(lost, automatic), reread, nothing)


def label(question: str) -> str:
    """Return how a question is called for people: ``Question 1`` for ``q1``.

    Examples
    --------
    >>> label("q12"), label("memo")
    ('Question 12', 'Memo')
    """
    number = question.removeprefix("q")
    if question.startswith("q") and number.isascii() and number.isdigit():
        return f"Question {number}"
    return question[:1].upper() + question[1:]


def _strength(automatic: Sequence[Answered], lesson: Lesson) -> str:
    right = [question for question in automatic if question.status == "correct"]
    if automatic and len(right) == len(automatic):
        return f"All {len(right)} questions that were checked are right." if len(right) > 1 else "Your answer is right."
    mastered = []
    for concept in dict.fromkeys(question.concept for question in right):
        about = [question for question in automatic if question.concept == concept]
        section = lesson.section_of(concept)
        if section and len(about) > 1 and all(question.status == "correct" for question in about):
            mastered.append((sum(question.max_marks for question in about), len(about), section))
    if mastered:
        _, count, section = max(mastered, key=lambda one: one[0])
        return f"All {count} questions about “{section}” are right."
    if right:
        best = max(right, key=lambda question: question.max_marks)
        section = lesson.section_of(best.concept)
        about_what = f" It is about “{section}”." if section else ""
        return f"{label(best.id)} is right ({_marks(best.max_marks)}).{about_what}"
    partly = [question for question in automatic if question.status == "partial"]
    if partly:
        best = max(partly, key=lambda question: (question.marks or 0.0) / question.max_marks)
        return f"{label(best.id)} is right in part: {best.marks or 0:.3g} of {_marks(best.max_marks)}."
    tried = sum(question.status == "wrong" for question in automatic)
    if tried:
        return (f"You tried {tried} of {len(automatic)} questions. "
                f"None is right yet, but each note below says where to go on.")  # fmt: skip
    return "There is no checked answer yet, so there is nothing to praise."


def _fix(lost: Sequence[Answered], automatic: Sequence[Answered]) -> str:
    if not lost:
        return "Nothing in the questions that were checked." if automatic else "Nothing was checked by itself here."
    first = min(lost, key=lambda question: (_FIRST.index(question.status), -_lost(question)))
    alike = [question for question in lost if question.status == first.status and question.reason == first.reason]
    if first.status == "not_attempted":
        return f"{_count(len(alike), 'question was', 'questions were')} not attempted. Begin with {label(first.id)}."
    where = label(first.id) if len(alike) == 1 else f"{len(alike)} questions, for the same reason"
    return f"{where}: {first.reason or 'this is not right yet.'}"


def _sections(lost: Sequence[Answered], lesson: Lesson) -> tuple[str, ...]:
    """Return up to three sections, the one that cost most marks first; a concept without a section by its id."""
    losses: dict[str, float] = {}
    for question in lost:
        if question.concept and question.status != "error":
            section = lesson.section_of(question.concept)
            where = f"“{section}” ({question.concept})" if section else f"what the course says about {question.concept}"
            losses[where] = losses.get(where, 0.0) + _lost(question)
    return tuple(sorted(losses, key=lambda where: -losses[where])[:MOST_SECTIONS])


def _lost(question: Answered) -> float:
    return question.max_marks - (question.marks or 0.0)


def _marks(marks: float) -> str:
    return f"{marks:g} mark" if marks == 1 else f"{marks:g} marks"


def _count(count: int, one: str, more: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {more}"
