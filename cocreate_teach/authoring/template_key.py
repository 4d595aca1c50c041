"""Key of your own exercise: change the numbers, the questions and the answers, then run verify.

Keep this file to yourself. Whoever reads it knows all answers.
"""

from typing import Any

from cocreate_teach.exercises import Draw, Given, Key, Question, Wrong, choice, number


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers (in hundredths, which keeps them exact) and the table that shows them.

    The base variant takes the `base` of each draw. Draw so that every student reaches the same conclusion with the same
    arithmetic: here half of the lines has two decimals, and the employee always lacks something.
    """
    customer = 10 * draw.integer("customer", 6, 29, base=7) + draw.choice("customer, last digit", [2, 4, 6, 8])
    manager = 20 * draw.integer("manager", 2, 9, base=2)
    team = 20 * draw.integer("team", 1, 15, base=1)
    half = (customer + manager + team) // 2
    cost = half + draw.integer("what is missing", 11, 79, base=20)
    rows = [["what she creates with the customer", f"{customer / 100:.2f}"],
            ["what she creates with the manager", f"{manager / 100:.2f}"],
            ["what she creates with the team", f"{team / 100:.2f}"],
            ["what she puts in", f"{cost / 100:.2f}"]]  # fmt: skip
    shown = {"title": "One employee.", "status": "illustrative", "columns": ["What", "Value"], "rows": rows}
    return {"lines": [customer, manager, team], "cost": cost, "exhibits": [shown]}


def back(given: Given) -> float:
    """Return what the employee gets back: half of each line."""
    return sum(given["lines"]) / 200


QUESTIONS = (
    Question(
        id="q1",
        marks=2,
        concept="A12",
        expectation=number(-10, 10),
        answer=back,
        wrong=(
            Wrong(
                lambda given: sum(given["lines"]) / 100, "You counted whole lines. The other person gets a share, too."
            ),
            Wrong(
                lambda given: back(given) - given["cost"] / 100, "This is what is left after costs. What comes back?"
            ),
            Wrong(lambda given: given["lines"][0] / 200, "This is one line only. She has three."),
        ),
        solution=lambda given: f"Half of all lines: {back(given):.2f}.",
    ),
    Question(
        id="q2",
        marks=2,
        concept="A12",
        expectation=choice("a", "b", "c"),
        answer=lambda given: "b",
        wrong=(
            Wrong(lambda given: "a", "Compare what she gets back with what she puts in."),
            Wrong(lambda given: "c", "You have all numbers that you need: see the table."),
        ),
        solution=lambda given: f"She gets back {back(given):.2f} and puts in {given['cost'] / 100:.2f}: she leaves.",
    ),
)

KEY = Key(name="01_own", title="An exercise of your own", variant=variant, questions=QUESTIONS, memo_marks=4)
