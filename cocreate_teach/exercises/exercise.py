"""An exercise in a student's notebook: own data, one check per question, progress.

What a check knows depends on whether a key is present. With the key it says correct, partly, not yet, and why. Without
it (a graded course) it checks only what may be known, and says so. It never shows a traceback or the right answer.
"""

import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cocreate_teach.errors import AnswerError, CocreateError, ExerciseError
from cocreate_teach.exercises import showing
from cocreate_teach.exercises.answers import decode, encode
from cocreate_teach.exercises.expectations import Expectation, Function
from cocreate_teach.exercises.keys import Key, Question, load_key
from cocreate_teach.exercises.marking import NOT_ATTEMPTED, Called, Marked, mark, mark_calls
from cocreate_teach.exercises.showing import Page
from cocreate_teach.exercises.variants import normalise

VISIBLE_ONLY: Final = "The value is checked when your work is graded."
OPEN_KEY: Final = "This is practice: the key is open, so it is not for marks. Graded work needs a private course."
NO_KEY: Final = "This is practice, but its key is not on this machine: checks test only the form of an answer."
PRIVATE_KEY: Final = "The key is not here: checks test the form of an answer. Values are checked when you are graded."


def exercise(
    name: str, course: str = "practice", student: str = "", given: Mapping[str, Any] | None = None
) -> "Exercise":
    """Open an exercise; the first cell of its notebook does this.

    Parameters
    ----------
    name : str
        Such as ``02_inside_first``.
    course : str
        ``practice`` for what the public repository ships.
    student : str
        Id; empty for the base variant.
    given : mapping, optional
        The variant's data, written by a release; drawn with the key if not given.

    Raises
    ------
    ExerciseError
        If there are neither data nor a key to draw them.
    """
    key, fault = _find_key(name)
    if given is None:
        if key is None:
            raise ExerciseError(
                f"{name} has no data here: the first cell lost its part given=..., and there is no key; "
                "open the notebook that your lecturer gave you"
            )
        given = key.given(course=course, student=student)
    return Exercise(name, course=course, student=normalise(student), given=dict(given), key=key, key_fault=fault)


class Exercise:
    """One student's exercise: data, checks, progress. Made by `exercise`."""

    def __init__(
        self, name: str, *, course: str, student: str, given: dict[str, Any], key: Key | None, key_fault: str = ""
    ) -> None:
        self.name = name
        self.course = course
        self.student = student
        self.given = given
        self._key = key
        self._key_fault = key_fault
        self._states: dict[str, Marked | None] = {}
        self._attempts: set[str] = set()
        if key is not None:
            self._states = {question.id: None for question in key.questions}

    def __repr__(self) -> str:
        return self._banner().plain

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return self._banner()._repr_mimebundle_()

    def _banner(self) -> Page:
        title = self._key.title if self._key is not None else self.name
        whose = f"variant of {self.student}" if self.student else "base variant"
        without = NO_KEY if self.course == "practice" else PRIVATE_KEY
        text = OPEN_KEY if self._key is not None else without
        if self._key_fault:
            text = f"{self._key_fault} {text}"
        return showing.message(f"{title} (course {self.course}, {whose})", text)

    def exhibit(self, number: int) -> Page:
        """Show a table of this student's data.

        Raises
        ------
        ExerciseError
            If there is no table of this number.
        """
        tables = self.given.get("exhibits", [])
        if type(number) is not int or not 1 <= number <= len(tables):
            raise ExerciseError(f"there is no table {number!r}; this exercise has tables 1 to {len(tables)}")
        return showing.exhibit(number, tables[number - 1])

    def check(self, id: str, value: object, expectation: Expectation | None = None) -> Page | float | None:
        """Check the answer to a question.

        Parameters
        ----------
        id : str
            Such as ``q1``.
        value : object
            The answer; Ellipsis while the dots are there.
        expectation : Expectation, optional
            What may be known about the answer before it is marked.

        Returns
        -------
        Page
            The result in words. Under nbgrader instead: nothing if it is correct, the marks if partly so.

        Raises
        ------
        AssertionError
            Only under nbgrader, if it is neither.
        """
        marked = self._marked(id, value, expectation)
        self._states[id] = marked
        is_known = self._key is not None
        mode = os.environ.get("NBGRADER_EXECUTION", "")
        if mode:
            return self._for_nbgrader(id, marked, is_known, mode)
        if marked.status == "correct" and not is_known:
            return showing.result(id, showing.VISIBLE, VISIBLE_ONLY)
        return showing.result(id, marked.status, marked.reason)

    def _marked(self, id: str, value: object, expectation: Expectation | None) -> Marked:
        """Mark with the key, or the visible part only; turn every failure into a sentence."""
        try:
            question = None if self._key is None else self._key.question(id)
            visible = question.expectation if question is not None else expectation
            if isinstance(visible, Function) and value is not ...:
                return self._mark_function(id, visible, question, value)
            plain = decode(encode(value))
            if plain is not ... and plain is not None and (visible is None or visible.fault(plain) is None):
                self._attempts.add(id)
            if question is not None:
                return mark(question, plain, self.given)
            return _visible(plain, visible)
        except AnswerError as error:
            return Marked("wrong", 0.0, f"{error.faults[0][:1].upper()}{error.faults[0][1:]}.")
        except CocreateError as error:
            return Marked("error", 0.0, f"{error.faults[0]}.")
        except Exception as error:
            return Marked("error", 0.0, f"The answer cannot be read ({type(error).__name__}). Type a plain value.")

    def _mark_function(self, id: str, visible: Function, question: Question | None, value: Any) -> Marked:
        fault = visible.fault(value)
        if fault is not None:
            return Marked("wrong", 0.0, fault)
        self._attempts.add(id)
        if question is None:
            return Marked("correct", math.nan, "")
        results = []
        for arguments in question.calls(self.given) if question.calls else ():
            try:
                results.append(Called(value=decode(encode(value(*arguments)))))
            except (Exception, SystemExit) as error:
                results.append(Called(error=f"{type(error).__name__}."))
        return mark_calls(question, results, self.given)

    def _for_nbgrader(self, id: str, marked: Marked, is_known: bool, mode: str) -> float | None:
        if not is_known and mode == "autograde":
            raise AssertionError(f"{id}: there is no key here; set COCREATE_KEYS to the folder that holds the exercise")
        if marked.status == "partial" and self._key is not None:
            return round(marked.fraction * self._key.question(id).marks, 4)
        if marked.status != "correct":
            raise AssertionError(f"{id}: {marked.reason}")
        return None

    def solution(self, id: str) -> Page:
        """Show the solution of a question, after an honest attempt: an answer of the right form was checked."""
        if self._key is None:
            return showing.message(
                f"{id}: no solution here", "The key is not here. Your lecturer decides when to show it."
            )
        try:
            question = self._key.question(id)
        except ExerciseError as error:
            return showing.message(f"{id}: no solution", f"{error.faults[0]}.")
        if id not in self._attempts:
            return showing.message(f"{id}: first try it yourself", "Give an answer and run its check. Then ask again.")
        try:
            if question.solution is not None:
                return showing.message(f"{id}: solution", question.solution(self.given))
            return showing.message(f"{id}: solution", f"The answer is {question.answer(self.given)!r}.")
        except Exception as error:
            return showing.message(
                f"{id}: no solution", f"The key failed ({type(error).__name__}): tell your lecturer."
            )

    def progress(self) -> Page:
        """Show what is done: every question that was checked, or all of them where the key is present."""
        rows: dict[str, tuple[str, str]] = {}
        for id, marked in self._states.items():
            status: str = "not_attempted" if marked is None else marked.status
            if self._key is None:
                rows[id] = (showing.VISIBLE if status == "correct" else status, "when graded")
            else:
                most = self._key.question(id).marks if id in {q.id for q in self._key.questions} else 0
                rows[id] = (status, f"{round((marked.fraction if marked else 0) * most, 2):g} of {most:g}")
        return showing.progress(rows, is_graded_here=self._key is not None)


def _visible(plain: Any, expectation: Expectation | None) -> Marked:
    if plain is ...:
        return Marked("not_attempted", 0.0, NOT_ATTEMPTED)
    fault = None if expectation is None else expectation.fault(plain)
    return Marked("correct", math.nan, "") if fault is None else Marked("wrong", 0.0, fault)


def _find_key(name: str) -> tuple[Key | None, str]:
    """Look for the key beside the notebook, then in $COCREATE_KEYS; a broken one is reported, not hidden."""
    keys = os.environ.get("COCREATE_KEYS")
    folders = [Path.cwd(), *([Path(keys) / name] if keys else [])]
    fault = ""
    for folder in folders:
        if (folder / "key.py").is_file():
            try:
                key = load_key(folder)
            except ExerciseError as error:
                fault = f"{error.faults[0]}."
                continue
            if key.name == name:
                return key, ""
            fault = f"The key in this folder belongs to {key.name}, not to {name}."
    return None, fault
