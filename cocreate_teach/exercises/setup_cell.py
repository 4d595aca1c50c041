"""The locked first cell of an exercise: one call of `exercise` with course, student and the variant's data."""

import ast
import json
from collections.abc import Mapping
from typing import Any

from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises.keys import Given


def with_variant(source: str, *, name: str, course: str, student: str, given: Given) -> str:
    """Return the set-up cell with another course, student and variant; everything else stays as it is.

    Parameters
    ----------
    source : str
        The cell: Python with exactly one assignment ``ex = exercise(...)``.
    name, course, student : str
        Of the exercise, the course and the student ("" for the base variant).
    given : mapping
        The variant's data: what JSON can spell.

    Raises
    ------
    ExerciseError
        If the cell is not Python, or has no such assignment or more than one.

    Examples
    --------
    >>> print(with_variant("ex = exercise('old')", name="e", course="c", student="s", given={"a": 1}))
    ex = exercise("e", course="c", student="s", given={"a": 1})
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        raise ExerciseError("the set-up cell is not Python; restore the line: ex = exercise(...)") from None
    found = [node for node in tree.body if _is_opening(node)]
    if len(found) != 1:
        raise ExerciseError(f"the set-up cell must have one line ex = exercise(...); it has {len(found)}")
    lines = source.splitlines()
    first, last = found[0].lineno - 1, (found[0].end_lineno or found[0].lineno)
    return "\n".join([*lines[:first], _call(name, course, student, given), *lines[last:]])


def _is_opening(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "exercise"
    )


def _call(name: str, course: str, student: str, given: Given) -> str:
    data = _spelled(given)
    if len(data) > 60:  # one line for each part, so that a reader finds it
        data = "{\n" + "".join(f"    {_spelled(key)}: {_part(value)},\n" for key, value in given.items()) + "}"
    return f"ex = exercise({_spelled(name)}, course={_spelled(course)}, student={_spelled(student)}, given={data})"


def _part(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "[\n" + "".join(f"        {_spelled(entry)},\n" for entry in value) + "    ]"
    return _spelled(value)


def _spelled(value: Any) -> str:
    """Spell what JSON can spell as Python: texts in double quotes, True, False and None."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_spelled(key)}: {_spelled(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_spelled, value)) + "]"
    return repr(value)
