"""What a child is asked to do: the steps of one submission, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cocreate_teach.exercises import with_variant
from cocreate_teach.grading.alignment import Aligned, other_statements
from cocreate_teach.grading.intake import Cell


@dataclass(frozen=True, slots=True)
class Step:
    """Run a cell's code, or read the variable of a question; `cell` is its index in the submission (-1: set-up)."""

    cell: int
    code: str = ""
    question: str = ""
    is_function: bool = False

    def spelled(self, number: int) -> dict[str, Any]:
        """Return the step as the child reads it."""
        if self.question:
            return {"n": number, "record": self.question, "function": self.is_function}
        return {"n": number, "code": self.code, "plain": self.cell < 0}


def make_plan(
    master: Sequence[Cell],
    cells: Sequence[Cell],
    aligned: Aligned,
    *,
    questions: Mapping[str, bool],
    opening: Mapping[str, Any],
) -> tuple[Step, ...]:
    """Return the steps: the master's set-up, then the student's cells in their order, reading answers in between.

    Parameters
    ----------
    questions : mapping
        Whether a function is asked for, by question.
    opening : mapping
        ``name``, ``course``, ``student`` and ``given`` of the rightful variant, for the set-up cell.

    Notes
    -----
    Locked cells as the master has them are not run again. An edited one may hold a student's work, so it is run like
    any other cell, where it can do no harm. Every variable is read once more at the end, which counts only if there
    was nothing before: somebody may have answered below the check.
    """
    steps = [Step(-1, code=with_variant(cell.source, **opening)) for cell in master if cell.role == "setup"]
    due: dict[int, list[str]] = {}
    for question, place in aligned.points.items():
        if place is not None:
            due.setdefault(place, []).append(question)
    for index, cell in enumerate(cells):
        if cell.kind == "code" and index not in aligned.unchanged:
            code = cell.source
            if index in aligned.setup:
                code = other_statements(code) or ""
            if code.strip():
                steps.append(Step(index, code=code))
        steps += [Step(index, question=question, is_function=questions[question]) for question in due.get(index, ())]
    steps += [Step(len(cells), question=question, is_function=questions[question]) for question in aligned.points]
    return tuple(steps)
