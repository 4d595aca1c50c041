"""What can be said about a master and its folder without running anything: cells, ids, metadata, checks, rubric."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from cocreate_teach.authoring.building import read_check, student_version
from cocreate_teach.authoring.cells import BEGIN, HINT, MEMO, nbgrader_metadata, role_of
from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises.keys import Key, Question

HINTS: Final = 3
LEVELS: Final = ("0", "1", "2")


def structure_faults(master: Any, key: Key) -> list[str]:
    """Return what is wrong with a master, one sentence each: cells that are missing, twice, mislabelled or unknown."""
    faults = [*_ids(master), *_roles(master, key), *_known(master, key)]
    for question in key.questions:
        faults += _question(master, question)
    faults += _memo(master, key)
    try:
        student_version(master)
    except ExerciseError as error:
        faults += [f"solution.ipynb: {fault}" for fault in error.faults]
    return list(dict.fromkeys(faults))


def same_faults(master: Any, student: Any) -> Iterator[str]:
    """Compare the student's notebook with the master without solutions; outputs aside."""
    expected = [_shape(cell) for cell in student_version(master).cells]
    found = [_shape(cell) for cell in student.cells]
    if len(expected) != len(found):
        yield f"exercise.ipynb has {len(found)} cells, the master without solutions {len(expected)}; build it again"
        return
    for one, other in zip(expected, found, strict=True):
        if one != other:
            yield f"exercise.ipynb: cell {other[0]} differs from the master without solutions; build it again"


def rubric_faults(folder: Path, key: Key) -> Iterator[str]:
    """Check ``rubric.toml``: criteria with words for the levels 0, 1 and 2 that add up to the memo's marks."""
    path = folder / "rubric.toml"
    if not key.memo_marks:
        return
    try:
        rubric = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        yield f"rubric.toml is missing; the memo's {key.memo_marks:g} marks need criteria"
        return
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield f"rubric.toml cannot be read ({error}); put it right"
        return
    criteria = [entry for entry in rubric.get("criteria", []) if isinstance(entry, dict)]
    for entry in criteria:
        levels = entry.get("levels", {})
        for level in LEVELS:
            if not isinstance(levels, dict) or not str(levels.get(level, "")).strip():
                yield f"rubric.toml: criterion {entry.get('id', '?')} has no words for level {level}; add them"
    most = len(criteria) * (len(LEVELS) - 1)
    if most != key.memo_marks:
        yield f"rubric.toml: the criteria give {most} marks, the key {key.memo_marks:g}; make them equal"


def _shape(cell: Any) -> tuple[Any, ...]:
    return cell.id, cell.cell_type, cell.source, cell.metadata.get("nbgrader"), cell.metadata.get("cocreate")


def id_faults(path: Path) -> Iterator[str]:
    """Look for cell ids that are there twice, in the file itself: reading it as a notebook would replace them."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        ids = [cell.get("id") for cell in cells]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return  # told by whoever reads the notebook
    yield from _repeated(path.name, "cell id", ids)


def _ids(master: Any) -> Iterator[str]:
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in master.cells]
    yield from _repeated("solution.ipynb", "grade_id", [id for id in ids if id is not None])


def _repeated(name: str, what: str, ids: list[Any]) -> Iterator[str]:
    for id in dict.fromkeys(map(str, ids)):
        count = sum(str(other) == id for other in ids)
        if count > 1:
            yield f"{name}: {what} {id!r} is there {count} times; ids must differ"


def _cells(master: Any, role: str, question: str = "") -> list[tuple[int, Any]]:
    return [(place, cell) for place, cell in enumerate(master.cells) if role_of(cell) == (role, question)]


def _roles(master: Any, key: Key) -> Iterator[str]:
    setups = _cells(master, "setup")
    if len(setups) != 1:
        yield f"solution.ipynb must have one set-up cell; it has {len(setups)}"
    wanted: list[tuple[str, str, float | None]] = [("setup", "", None), ("text", MEMO, None)]
    for question in key.questions:
        wanted += [("text", question.id, None), ("answer", question.id, None), ("check", question.id, question.marks)]
    if key.memo_marks:
        wanted.append(("memo", MEMO, key.memo_marks))
    for role, id, points in wanted:
        for _, cell in _cells(master, role, id):
            if dict(cell.metadata.get("nbgrader", {})) != nbgrader_metadata(role, id, points):
                yield (
                    f"solution.ipynb: cell {cell.id} has other nbgrader metadata than a {role} cell needs; "
                    f"write {nbgrader_metadata(role, id, points)}"
                )


def _known(master: Any, key: Key) -> Iterator[str]:
    ids = {question.id for question in key.questions} | {MEMO}
    for cell in master.cells:
        role, question = role_of(cell)
        if role in ("text", "answer", "check") and question not in ids:
            yield f"solution.ipynb: cell {cell.id} belongs to question {question!r}, which the key does not have"
        if not role and cell.metadata.get("nbgrader"):
            yield f"solution.ipynb: cell {cell.id} has nbgrader metadata but no role of ours; add metadata.cocreate"


def _question(master: Any, question: Question) -> Iterator[str]:
    places = []
    for role in ("text", "answer", "check"):
        found = _cells(master, role, question.id)
        if len(found) != 1:
            yield f"solution.ipynb: question {question.id} must have one {role} cell; it has {len(found)}"
        places += [place for place, _ in found[:1]]
    if places != sorted(places):
        yield f"solution.ipynb: the cells of {question.id} must stand in the order text, answer, check"
    for _, cell in _cells(master, "text", question.id):
        count = cell.source.count(HINT)
        if count != HINTS:
            yield f"solution.ipynb: question {question.id} must have {HINTS} folded hints; it has {count}"
    for _, cell in _cells(master, "answer", question.id):
        if BEGIN not in cell.source:
            yield f"solution.ipynb: the answer {question.id} has no {BEGIN}; its solution would be released"
    for _, cell in _cells(master, "check", question.id):
        try:
            id, expectation = read_check(cell.source)
        except ExerciseError as error:
            yield f"solution.ipynb: cell {cell.id}: {error.faults[0]}"
            continue
        if id != question.id or expectation != question.expectation:
            yield f"solution.ipynb: the check of {question.id} expects {expectation}; the key {question.expectation}"


def _memo(master: Any, key: Key) -> Iterator[str]:
    memos = _cells(master, "memo", MEMO)
    if len(memos) != (1 if key.memo_marks else 0):
        yield f"solution.ipynb has {len(memos)} memo cells; the key gives {key.memo_marks:g} marks for one"
    for _, cell in memos:
        if BEGIN not in cell.source:
            yield f"solution.ipynb: the memo has no {BEGIN}; its model text would be released"
