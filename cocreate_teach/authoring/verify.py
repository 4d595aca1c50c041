"""Verify an exercise as its author would: everything that could go wrong in class, all faults at once."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cocreate_teach.authoring.building import MASTER, STUDENT, read_master, read_notebook, run_in_kernel
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.authoring.structure import id_faults, rubric_faults, same_faults, structure_faults
from cocreate_teach.errors import ExerciseError, NotebookError
from cocreate_teach.exercises.answers import decode, encode
from cocreate_teach.exercises.keys import Given, Key, Question, load_key
from cocreate_teach.exercises.leaks import gives_away
from cocreate_teach.exercises.marking import Called, Marked, mark, mark_calls
from cocreate_teach.exercises.variants import variant_digest

_MOST_DECIMALS: Final = 9


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified: the exercise, its marks, and how many questions and variants were tried."""

    name: str
    auto_marks: float
    memo_marks: float
    questions: int
    variants: int


def verify(folder: Path, variants: int = 200) -> Verified:
    """Try an exercise as its author would.

    Parameters
    ----------
    folder : Path
        Of the exercise: ``solution.ipynb``, ``exercise.ipynb``, ``key.py``, ``rubric.toml``.
    variants : int
        How many students' variants are drawn besides the base variant.

    Returns
    -------
    Verified
        If there is nothing to put right.

    Raises
    ------
    ExerciseError
        One sentence per fault, all at once: ids, metadata and checks of the master; a student's notebook that is not
        the master minus solutions; a rubric that does not fit; a solution without all marks; an untouched notebook
        that is not *not attempted*; a likely wrong answer without its message, or a message that gives the answer away;
        variants that are not solvable, not distinct or not fair.
    """
    folder = folder.resolve()
    key = load_key(folder)
    faults = variant_faults(key, variants)
    master = student = None
    try:
        master = read_master(folder)
        faults += structure_faults(master, key)
    except ExerciseError as error:
        faults += error.faults
    try:
        student = read_notebook(folder / STUDENT)
    except ExerciseError as error:
        faults += error.faults
    faults += [*id_faults(folder / MASTER), *id_faults(folder / STUDENT)]
    faults += rubric_faults(folder, key)
    if master is not None and student is not None:
        try:
            faults += same_faults(master, student)
        except ExerciseError as error:
            faults += error.faults
    for name, notebook, word in ((MASTER, master, "correct"), (STUDENT, student, "not attempted")):
        if notebook is not None:
            faults += _run_faults(name, notebook, key, folder, word)
    if faults:
        raise ExerciseError(list(dict.fromkeys(faults)))
    return Verified(key.name, key.marks, key.memo_marks, len(key.questions), variants)


def _run_faults(name: str, notebook: Any, key: Key, folder: Path, word: str) -> Iterator[str]:
    """Run a notebook in a fresh kernel: every check must say this word."""
    try:
        run = run_in_kernel(notebook, folder)
    except NotebookError as error:
        yield f"{name}: {error.faults[0]}"
        return
    said = {}
    for cell in run.cells:
        role, id = role_of(cell)
        if role == "check":
            said[id] = " ".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)
    for question in key.questions:
        heard = said.get(question.id) or "nothing"
        if not heard.startswith(f"{question.id}: {word}."):
            yield f"{name}: {question.id} should be {word}; the check says: {heard}"


def variant_faults(key: Key, variants: int) -> list[str]:
    """Draw the base variant and many others; each must be solvable, distinct, and as hard as the base."""
    faults: list[str] = []
    digests: Counter[str] = Counter()
    base: dict[str, str] = {}
    for count in range(variants + 1):
        student = f"student-{count}" if count else ""
        whose = f"variant of {student}" if student else "base variant"
        try:
            given = key.given(course="verify", student=student)
            digests[variant_digest(given)] += 1
            likeness = {question.id: _likeness(question, given) for question in key.questions}
            if key.conclusion is not None:
                likeness["conclusion"] = encode(key.conclusion(given))
        except Exception as error:
            faults.append(f"key.py, {whose}: cannot be solved ({type(error).__name__}: {error}); put the key right")
            continue
        base = base or likeness
        faults += [f"key.py, {whose}: {part} is {likeness[part]} here and {base[part]} in the base variant; not fair"
                   for part in likeness if likeness[part] != base[part]]  # fmt: skip
        for question in key.questions:
            faults += [f"key.py, {whose}: {fault}" for fault in _tried(question, given)]
    same = digests.total() - len(digests)
    if same:
        faults.append(f"key.py: {same} of {variants + 1} variants are not distinct; draw from more numbers")
    return _shortened(faults)


def _shortened(faults: list[str]) -> list[str]:
    """Keep the first three variants with the same kind of fault and count the rest."""
    kept: list[str] = []
    seen: Counter[str] = Counter()
    for fault in faults:
        place, _, what = fault.partition(": ")
        kind = " ".join(what.split()[:3]) if place.startswith("key.py, ") else fault
        seen[kind] += 1
        if seen[kind] <= 3:
            kept.append(fault)
    return kept + [f"key.py: the same fault in {count - 3} more variants ({kind} ...)"
                   for kind, count in seen.items() if count > 3]  # fmt: skip


def _likeness(question: Question, given: Given) -> str:
    """Return what must be alike in all variants: sign and decimals of a number, and anything else itself."""
    if question.is_function:
        return "function"
    right = question.expectation.read(question.answer(given))
    if isinstance(right, float):
        places = next(n for n in range(_MOST_DECIMALS + 1) if n == _MOST_DECIMALS or math.isclose(
            round(right, n), right, rel_tol=0, abs_tol=1e-9))  # fmt: skip
        sign = "zero" if right == 0 else "positive" if right > 0 else "negative"
        return f"{sign} with {places} decimals"
    return encode(right)


def _tried(question: Question, given: Given) -> list[str]:
    try:
        return list(_question_faults(question, given))
    except Exception as error:
        return [f"{question.id}: cannot be tried ({type(error).__name__}: {error}); put the key right"]


def _question_faults(question: Question, given: Given) -> Iterator[str]:
    """Try right, untouched and likely wrong answers of one question in one variant."""
    if question.is_function:
        reference = question.answer(given)
        calls = question.calls(given) if question.calls else ()
        results = [Called(decode(encode(reference(*arguments)))) for arguments in calls]
        yield from _expected(question, "the right function", mark_calls(question, results, given), "correct")
        return
    right = question.answer(given)
    yield from _expected(question, "the right answer", mark(question, decode(encode(right)), given), "correct")
    yield from _expected(question, "an untouched answer", mark(question, ..., given), "not_attempted")
    for wrong in question.wrong:
        likely = wrong.value(given)
        marked = mark(question, decode(encode(likely)), given)
        if marked.status == "correct":
            yield f"{question.id}: the likely wrong answer {likely!r} counts as correct; change its numbers"
        elif marked.reason != wrong.message:
            yield f"{question.id}: the likely wrong answer {likely!r} gets another message: {marked.reason}"
        if gives_away(wrong.message, question, given):
            yield f"{question.id}: the message for {likely!r} gives the answer away: {wrong.message}"


def _expected(question: Question, what: str, marked: Marked, status: str) -> Iterator[str]:
    if marked.status != status:
        yield f"{question.id}: {what} is marked {marked.status}, not {status}: {marked.reason}"
