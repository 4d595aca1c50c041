"""A small exercise of the tests' own: five questions of different kinds, one of them a function, and a memo."""

import json
from pathlib import Path

NAME = "03_sums"
KEY = """
from cocreate_teach.exercises import Key, Question, Wrong, choice, each_item, function, items, number, table

def variant(draw):
    return {"a": draw.integer("a", 1, 1000, base=17), "b": draw.integer("b", 1, 1000, base=25)}

KEY = Key(
    name="03_sums",
    title="Sums",
    variant=variant,
    memo_marks=4,
    questions=(
        Question(id="q1", marks=2, expectation=number(0, 5000), answer=lambda given: given["a"] + given["b"],
                 wrong=(Wrong(lambda given: given["b"] - given["a"], "You took the difference."),)),
        Question(id="q2", marks=1, expectation=choice("a", "b", "c"), answer=lambda given: "b"),
        Question(id="q3", marks=2, expectation=items("v", "w", "x", "y"), answer=lambda given: ["x", "y"],
                 partial=each_item),
        Question(id="q4", marks=1, expectation=table("n"), answer=lambda given: __import__(
                 "cocreate_teach.exercises", fromlist=["Table"]).Table(("n",), ((1,), (2,)))),
        Question(id="q5", marks=2, expectation=function("n"), answer=lambda given: lambda n: n + given["a"],
                 calls=lambda given: [(711,), (40,), (-3,)], partial=lambda value, right: 0.0),
    ),
)
"""
GIVEN = {"a": 17, "b": 25}  # the base variant
EXPECTED = {
    "q1": "number(0, 5000)",
    "q2": 'choice("a", "b", "c")',
    "q3": 'items("v", "w", "x", "y")',
    "q4": 'table("n")',
    "q5": 'function("n")',
}
MARKS = {"q1": 2, "q2": 1, "q3": 2, "q4": 1, "q5": 2}
RIGHT = {
    "q1": "q1 = ex.given['a'] + ex.given['b']",
    "q2": "q2 = 'B'",
    "q3": "q3 = ['y', 'x']",
    "q4": "import pandas as pd\nq4 = pd.DataFrame({'n': [1, 2]})",
    "q5": "def q5(n):\n    return n + ex.given['a']",
}
SETUP = """from cocreate_teach import exercise
from cocreate_teach.exercises import choice, function, items, number, table

ex = exercise("03_sums", course={course!r}, student={student!r}, given={given!r})"""
STUB_MEMO = "*Write here.*"


def code(source: str, label: str = "", role: str = "", question: str = "", **more: object) -> dict:
    """Return a code cell, with nbgrader's and our labels if it has a name."""
    return {
        "cell_type": "code",
        "metadata": _labels(label, role, question, more),
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _labels(label: str, role: str, question: str, more: dict) -> dict:
    if not label:
        return {}
    plain = {"schema_version": 3, "grade_id": label, "locked": True, "grade": False, "solution": False, "task": False}
    ours = {"role": role} | ({"question": question} if question else {})
    return {"nbgrader": plain | more, "cocreate": ours}


def text(source: str, label: str = "", role: str = "", question: str = "", **more: object) -> dict:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "metadata": _labels(label, role, question, more), "source": source}


def notebook_cells(answers: dict[str, str], *, memo: str = STUB_MEMO, student: str = "", course: str = "practice",
                   given: dict | None = None) -> list[dict]:  # fmt: skip
    """Return the cells of a notebook in which some questions are answered and the others untouched."""
    opening = SETUP.format(course=course, student=student, given=given or GIVEN)
    cells = [code(opening, "setup", "setup")]
    for question, expectation in EXPECTED.items():
        cells.append(text(f"### Question {question}", f"{question}_text", "text", question))
        answer = answers.get(question, f"{question} = ...  # replace the dots")
        cells.append(code(answer, question, "answer", question, locked=False, solution=True))
        check = f'ex.check("{question}", {question}, {expectation})'
        cells.append(code(check, f"{question}_check", "check", question, grade=True, points=MARKS[question]))
    cells.append(text(memo, "memo", "memo", "memo", locked=False, grade=True, solution=True, points=4))
    return cells


def notebook(cells: list[dict]) -> bytes:
    """Return a notebook file."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells}).encode()


def write_exercise(folder: Path) -> Path:
    """Write the exercise's folder: master, students' notebook, key."""
    place = folder / NAME
    place.mkdir(parents=True)
    (place / "key.py").write_text(KEY)
    solved = {question: f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION" for question, answer in RIGHT.items()}
    (place / "solution.ipynb").write_bytes(notebook(notebook_cells(solved, memo="Because.")))
    (place / "exercise.ipynb").write_bytes(notebook(notebook_cells({})))
    return place


def hand_in(folder: Path, student: str, data: bytes) -> Path:
    """Put a submission where the grader looks."""
    path = folder / student / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path
