"""The key of an exercise: reference answers as functions of a variant's data, and what likely wrong answers teach.

A key is Python (``key.py``) and is run where it is trusted only: on the author's machine, in practice with open keys,
and in the grading checker. It is never sent to where a student's code runs in a graded course.
"""

import hashlib
import json
import runpy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises.expectations import Expectation, Function
from cocreate_teach.exercises.variants import Draw

Given: TypeAlias = Mapping[str, Any]  # a variant's data: what JSON can spell
OfGiven: TypeAlias = Callable[[Given], Any]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A likely wrong answer and the message that it gets.

    Parameters
    ----------
    value : callable
        Of the variant's data; returns the wrong answer.
    message : str
        One or two sentences that say where the thought went wrong, never what is right.
    is_part : bool
        For items: the message is given to every answer that contains these items, not only to exactly these.
    """

    value: OfGiven
    message: str
    is_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question that is marked automatically.

    Parameters
    ----------
    id : str
        Also the name of the variable, such as ``q1``.
    marks : float
        For the right answer.
    expectation : Expectation
        The same as in the notebook's check.
    answer : callable
        Of the variant's data; returns the right answer. For a function question: the reference function.
    tolerance : float
        Largest distance from the right number that is still right, in the number's own unit.
    wrong : tuple of Wrong
        Likely wrong answers; the first that fits gives its message.
    partial : callable, optional
        Of (value, right answer), both as `expectation.read` gives them; returns a share in [0, 1]. For a function
        question any callable: the share of the calls that are right counts.
    calls : callable, optional
        Of the variant's data; returns the tuples of arguments with which a function is tried.
    solution : callable, optional
        Of the variant's data; returns the explanation that `ex.solution` shows.
    concept : str
        Id of the concept, such as ``A12``.
    """

    id: str
    marks: float
    expectation: Expectation
    answer: OfGiven
    tolerance: float = 0.005
    wrong: tuple[Wrong, ...] = ()
    partial: Callable[[Any, Any], float] | None = None
    calls: Callable[[Given], Sequence[tuple[Any, ...]]] | None = None
    solution: Callable[[Given], str] | None = None
    concept: str = ""

    @property
    def is_function(self) -> bool:
        """Whether a function is asked for, which is called instead of compared."""
        return isinstance(self.expectation, Function)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """All that is known about an exercise's right answers.

    Parameters
    ----------
    name : str
        Of the exercise and its folder, such as ``02_inside_first``.
    title : str
        For people.
    variant : callable
        Of a `Draw`; returns the data of one student, only what JSON can spell.
    questions : tuple of Question
        In the order of the notebook.
    memo_marks : float
        Marks of the free text, given by a person with the rubric.
    conclusion : callable, optional
        Of the variant's data; what must be the same for every student besides the answers that are no numbers and
        the signs of those that are.
    digest : str
        64 hexadecimal digits of the key's file; set by `load_key`.
    """

    name: str
    title: str
    variant: Callable[[Draw], Given]
    questions: tuple[Question, ...]
    memo_marks: float = 0.0
    conclusion: OfGiven | None = None
    digest: str = field(default="", compare=False)

    @property
    def marks(self) -> float:
        """Marks that are given automatically."""
        return sum(question.marks for question in self.questions)

    @property
    def max_marks(self) -> float:
        """All marks, the memo's included."""
        return self.marks + self.memo_marks

    def question(self, id: str) -> Question:
        """Return a question by its id.

        Raises
        ------
        ExerciseError
            If there is none of this id.
        """
        for question in self.questions:
            if question.id == id:
                return question
        known = ", ".join(question.id for question in self.questions)
        raise ExerciseError(f"there is no question {id!r} in {self.name}; it has {known}")

    def given(self, *, course: str = "practice", student: str = "") -> dict[str, Any]:
        """Return the data of a student's variant, as they are after a journey through JSON; student "" is the base.

        Raises
        ------
        ExerciseError
            If the variant holds what JSON cannot spell.
        """
        data = dict(self.variant(Draw(course, self.name, student)))
        try:
            plain = json.loads(json.dumps(data, allow_nan=False))
        except (TypeError, ValueError) as error:
            raise ExerciseError(f"{self.name}: the variant holds what JSON cannot spell ({error})") from None
        return dict(plain)


def load_key(folder: Path) -> Key:
    """Run ``key.py`` of an exercise's folder and return its `KEY`.

    Only for the author's machine, practice with open keys, and the grading checker.

    Raises
    ------
    ExerciseError
        If there is no key, it does not run, or it does not define `KEY`.
    """
    path = folder / "key.py"
    if not path.is_file():
        raise ExerciseError(f"{path} does not exist; an exercise needs its key there to be marked")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        found = runpy.run_path(str(path)).get("KEY")
    except Exception as error:
        raise ExerciseError(f"{path} does not run ({type(error).__name__}: {error}); put it right") from None
    if not isinstance(found, Key):
        raise ExerciseError(f"{path} must define KEY = Key(...); got {type(found).__name__}")
    faults = list(_faults(found))
    if faults:
        raise ExerciseError([f"{path}: {fault}" for fault in faults])
    return replace(found, digest=digest)


def _faults(key: Key) -> list[str]:
    """Return what makes a key unusable, one sentence each."""
    faults = []
    ids = [question.id for question in key.questions]
    if not ids:
        faults.append("KEY has no question; give at least one")
    faults += [f"question {id!r} is there {ids.count(id)} times; ids must differ" for id in dict.fromkeys(ids)
               if ids.count(id) > 1]  # fmt: skip
    for question in key.questions:
        if not question.id.isidentifier():
            faults.append(f"question {question.id!r} must be a name that Python allows, such as q1")
        if not question.marks > 0:
            faults.append(f"question {question.id}: marks must be above 0; got {question.marks}")
        if question.is_function != (question.calls is not None):
            faults.append(f"question {question.id}: a function question, and only that, needs calls")
    return faults
