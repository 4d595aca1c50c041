"""Key of the exercise of session 2. Its numbers are illustrative; the tables of sales are synthetic.

Public, so it serves practice only: for marks, make a private course with numbers and questions of your own.
"""

from typing import Any

from cocreate_teach.exercises import Draw, Given, Key, Question, Wrong, choice, number


def variant(draw: Draw) -> dict[str, Any]:
    """Lines of the junior adviser in tenths, and what she puts in."""
    customer, senior, management, cost = draw.choice("junior", [(7, 5, 3, 11)])
    return {
        "lines": {"customer": customer / 10, "senior": senior / 10, "management": management / 10},
        "cost": cost / 10,
        "exhibits": [],
    }


def gets_back(given: Given) -> float:
    return round(sum(given["lines"].values()) / 2, 2)


KEY = Key(
    name="02_inside_first",
    title="Inside first: who takes part, and why",
    variant=variant,
    memo_marks=8,
    questions=(
        Question(
            id="q1",
            marks=1,
            expectation=number(0, 10),
            answer=gets_back,
            wrong=(Wrong(lambda given: 2 * gets_back(given), "You counted the whole lines."),),
        ),
        Question(id="q2", marks=1, expectation=choice("a", "b", "c"), answer=lambda given: "b"),
    ),
)
