"""Match a submission's cells with the master's: by label first, then by text, then by the variable they assign.

A locked cell that was deleted, edited, renamed, duplicated or moved gives a warning and costs nothing: the master's
set-up is run in any case, and marks come from the answers alone.
"""

import ast
import contextlib
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cocreate_teach.grading.intake import Cell

LONGEST_SETUP: Final = 200_000  # characters; a variant's data are in the first cell


@dataclass(slots=True)
class Aligned:
    """Where things are in a submission, as indices of its cells."""

    setup: list[int] = field(default_factory=list)
    unchanged: set[int] = field(default_factory=set)  # locked code cells as the master has them: not run
    answers: dict[str, list[int]] = field(default_factory=dict)  # by question
    points: dict[str, int | None] = field(default_factory=dict)  # after which cell an answer is read; None: at the end
    memos: dict[str, str] = field(default_factory=dict)  # the text, by question
    warnings: list[str] = field(default_factory=list)


def align(master: Sequence[Cell], cells: Sequence[Cell], questions: Sequence[str]) -> Aligned:
    """Match a submission with its master.

    Parameters
    ----------
    master, cells : sequence of Cell
        Of the master and of the submission.
    questions : sequence of str
        Ids of the questions that are marked automatically; also the names of their variables.
    """
    found = Aligned()
    is_labelled = any(cell.grade_id for cell in cells)
    if not is_labelled:
        found.warnings.append(
            "the labels of the cells are missing (some programs drop them on saving); cells were matched by their text"
        )
    places = _places_by_label(cells)
    by_text = _places_by_text(cells, {cell.grade_id for cell in master})
    order: list[tuple[str, int]] = []
    for cell in master:
        if not cell.locked or not cell.grade_id:
            continue
        hits = places.get(cell.grade_id, [])
        if not hits:
            hits = by_text.get(_plain(cell), [])[:1]
            if is_labelled:
                found.warnings.append(_gone(cell, cells, hits))
        if hits:
            order.append((cell.grade_id, hits[0]))
            _compare(cell, cells, hits, found)
    found.warnings += [f"locked cell {name} was moved; its place in the master counts" for name in _moved(order)]
    for cell in master:
        if cell.role == "memo" or (cell.is_graded and cell.is_solution):
            hits = places.get(cell.grade_id, [])
            found.memos[cell.question or cell.grade_id] = "\n\n".join(cells[hit].source for hit in hits)
    for question in questions:
        _find_answer(question, master, cells, places, found)
    return found


def _places_by_label(cells: Sequence[Cell]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        if cell.grade_id:
            places.setdefault(cell.grade_id, []).append(index)
    return places


def _places_by_text(cells: Sequence[Cell], labels: set[str]) -> dict[str, list[int]]:
    """Cells without a label of the master, by what they say."""
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        if cell.grade_id not in labels:
            places.setdefault(_plain(cell), []).append(index)
    return places


def _gone(cell: Cell, cells: Sequence[Cell], hits: Sequence[int]) -> str:
    if not hits:
        return f"locked cell {cell.grade_id} was deleted; the master's is used"
    label = cells[hits[0]].grade_id
    if label:
        return f"locked cell {cell.grade_id} was renamed to {label[:60]!r}; the master's name counts"
    return f"locked cell {cell.grade_id} lost its label; it was found by its text"


def _compare(cell: Cell, cells: Sequence[Cell], hits: Sequence[int], found: Aligned) -> None:
    """Warn if a locked cell is there twice or differs; note what must not be run."""
    if len(hits) > 1:
        found.warnings.append(f"locked cell {cell.grade_id} is there {len(hits)} times; the first one counts")
    is_setup = cell.role == "setup"
    if is_setup:
        found.setup = list(hits)
    for hit in hits:
        if _plain(cells[hit]) == _plain(cell):
            found.unchanged.add(hit)
    first = cells[hits[0]]
    if first.kind != cell.kind or _plain(first) != _plain(cell):
        found.warnings.append(f"locked cell {cell.grade_id} was edited; the master's counts")
    if cell.points is not None and first.points is not None and first.points != cell.points:
        found.warnings.append(
            f"the points of {cell.grade_id} were edited to {first.points:g}; the master's {cell.points:g} count"
        )


def _plain(cell: Cell) -> str:
    """Return what a cell says: without spaces at line ends; a set-up cell without a student's own data."""
    text = "\n".join(line.rstrip() for line in cell.source.replace("\r\n", "\n").split("\n")).strip()
    if cell.kind == "code" and "exercise(" in text:
        others = other_statements(text)
        if others is not None:
            return others
    return text


def other_statements(source: str) -> str | None:
    """Return a set-up cell's code without the line that opens the exercise, or None if it is no such cell."""
    tree = _parsed(source)
    kept = [node for node in tree.body if not _opens_exercise(node)]
    if len(kept) == len(tree.body):
        return None
    with contextlib.suppress(RecursionError, MemoryError):
        return ast.unparse(ast.Module(kept, []))
    return None


@lru_cache(maxsize=16)  # most of a class has the same first cell
def _parsed(source: str) -> ast.Module:
    """Return a cell as a tree, without running anything; an empty one if it is not Python or unreasonably long."""
    if len(source) > LONGEST_SETUP:
        return ast.Module([], [])
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _opens_exercise(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, ast.Assign) else None
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "exercise"


def opened_as(cells: Sequence[Cell], hits: Sequence[int]) -> dict[str, object] | None:
    """Return what a submission's set-up cell passes to `exercise` (name and plain keyword values), or None."""
    for hit in hits or range(len(cells)):
        if cells[hit].kind != "code" or "exercise(" not in cells[hit].source:
            continue
        for node in _parsed(cells[hit].source).body:
            if _opens_exercise(node) and isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                values = {word.arg: word.value for word in node.value.keywords if word.arg}
                values |= dict(zip(("name", "course", "student", "given"), node.value.args, strict=False))
                return {name: _literal(value) for name, value in values.items()}
    return None


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _moved(order: Sequence[tuple[str, int]]) -> list[str]:
    """Return the names outside a longest run in the master's order."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, (_, place) in enumerate(order):
        length = bisect_left(tails, place)
        tails[length:] = [place, *tails[length + 1 :]]
        ends[length:] = [index, *ends[length + 1 :]]
        before.append(ends[length - 1] if length else None)
    kept: set[int] = set()
    step: int | None = ends[-1] if ends else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return [name for index, (name, _) in enumerate(order) if index not in kept]


def _find_answer(
    question: str, master: Sequence[Cell], cells: Sequence[Cell], places: dict[str, list[int]], found: Aligned
) -> None:
    """Find a question's answer cells, and the cell after which its variable is read."""
    labels = [cell.grade_id for cell in master if cell.role == "answer" and cell.question == question] or [question]
    answers = [index for label in labels for index in places.get(label, []) if cells[index].kind == "code"]
    if not answers:
        answers = [index for index, cell in enumerate(cells) if cell.kind == "code" and _assigns(cell.source, question)]
    checked = {cell.grade_id for cell in master if cell.role == "check" and cell.question == question}
    call = re.compile(rf"ex\.check\(\s*['\"]{re.escape(question)}['\"]")
    last = max(answers, default=-1)
    after = [
        index
        for index, cell in enumerate(cells)
        if index > last and cell.kind == "code" and (cell.grade_id in checked or call.search(cell.source))
    ]
    found.answers[question] = answers
    found.points[question] = after[0] if after else answers[-1] if answers else None


def _assigns(source: str, name: str) -> bool:
    return re.search(rf"^[ \t]*(def[ \t]+)?{re.escape(name)}\b[ \t]*(=(?!=)|:|\()", source, re.MULTILINE) is not None
