"""Key of the exercise of session 2: each student's numbers, the answers, and what likely wrong answers teach.

All numbers are invented: those of the model are illustrative, those of sales are synthetic. They are counted in tenths
while they are drawn, so that every variant needs the same arithmetic. This key is public, so it serves practice only.
"""

from typing import Any

from cocreate_teach.exercises import (
    Draw,
    Given,
    Key,
    Question,
    Wrong,
    choice,
    each_item,
    each_place,
    items,
    number,
    whole,
)  # fmt: skip
from cocreate_teach.models import ParticipationParameters, leaving_round

PEOPLE = ("customer", "junior adviser", "senior adviser", "management")
SHORT = tuple(person.split()[0] for person in PEOPLE)  # as in the names of pairs
REMEDIES = ("launch", "pair", "pay", "train")

# What the junior creates with customer, senior and management, and what she puts in. She gets back less than she puts
# in (half of an odd sum), and the four together still have more left than the three; the distances are alike.
JUNIORS = [(6, 5, 4, 11)] + [
    (customer, senior, management, cost)
    for customer in range(4, 9) for senior in range(3, 8) for management in range(3, 8) for cost in range(9, 14)
    if (customer + senior + management) % 2 and 5 <= 2 * cost - customer - senior - management <= 9
    and 2 <= customer + senior + management - cost <= 9 and (2 * cost - senior - management) % 10
]  # fmt: skip


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers and the eight tables that show them."""
    to_customer, to_senior, to_management, cost = draw.choice("junior", JUNIORS)
    trio, leading = draw.choice("customer and senior", [32, 28, 34, 36]), draw.choice("management", [12, 10, 14])
    pairs = {"customer and senior": trio, "customer and junior": to_customer, "junior and senior": to_senior,
             "junior and management": to_management, "senior and management": leading}  # fmt: skip
    puts_in = {"customer": draw.choice("puts in", [8, 9, 7]), "junior adviser": cost, "senior adviser": 10,
               "management": 4}  # fmt: skip
    small = _small_branch(draw)
    remedies = _remedies(draw)
    sales = _sales(draw)
    missing = 2 * cost - to_customer - to_senior - to_management  # twentieths
    rows = [[name, *map(_tenths, remedies[name])] for name in REMEDIES]
    exhibits = [
        _table("What each pair creates together.", ("Pair", "Value"), [[k, _tenths(v)] for k, v in pairs.items()]),
        _table("What each person puts in.", ("Person", "Puts in"), [[k, _tenths(v)] for k, v in puts_in.items()]),
        _table("Six offers.", ("Offer", "What changes"), _offers(missing)),
        _table("A small branch.", ("Pair or person", "Value or cost"), [[k, _tenths(v)] for k, v in small.items()]),
        _table("Four remedies for next year.",
               ("Remedy", "Value created", "Put in by all four", "Cost of the remedy itself"), rows),
        _table("Contracts that a junior sold in a month. Made for this exercise: not real, not the panel of the case.",
               ("Branches", "Year before", "Year after"),
               [[name, _tenths(before), _tenths(after)] for name, (before, after) in sales["branches"].items()],
               "synthetic"),
        _table("The same comparison in a second region. Made for this exercise, too.", ("What", "Contracts a month"),
               [["lower end of the 95% interval", _tenths(sales["low"])],
                ["upper end of the 95% interval", _tenths(sales["high"])],
                ["the board's limit", _tenths(sales["limit"])]], "synthetic"),
        _table("What a chatbot wrote about this exercise.", ("Sentence", "Text"), _sentences(sales["branches"])),
    ]  # fmt: skip
    return {"pairs": pairs, "puts_in": puts_in, "small": small, "remedies": remedies, "sales": sales,
            "exhibits": exhibits}  # fmt: skip


def _small_branch(draw: Draw) -> dict[str, int]:
    """Return a circle in which the junior leaves first, then the senior, then the two others, whatever is drawn."""
    options = {"customer and senior": [10, 9, 11], "junior and senior": [9, 8], "senior and management": [4, 3, 5],
               "customer and junior": [4, 3], "junior and management": [2, 1, 3], "customer puts in": [4, 3],
               "junior adviser puts in": [10, 9], "senior adviser puts in": [9], "management puts in": [1]}  # fmt: skip
    return {name: draw.choice(f"small: {name}", values) for name, values in options.items()}


def _remedies(draw: Draw) -> dict[str, list[int]]:
    """Return value created, put in, own cost: train leaves most, then pair, launch, pay; launch creates most."""
    left = draw.choice("train", [28, 27, 29, 31])
    steps = [draw.choice(f"step {n}", options) for n, options in enumerate(([2, 3], [2, 3], [3, 2]))]
    own = {"train": 3, "pair": 2, "launch": draw.choice("launch", [23, 22, 24, 25]), "pay": 1}
    put_in = {"train": draw.choice("put in", [35, 34]), "pair": 36, "launch": 33, "pay": 33}
    net = {"train": left, "pair": left - steps[0], "launch": left - sum(steps[:2]), "pay": left - sum(steps)}
    return {name: [net[name] + put_in[name] + own[name], put_in[name], own[name]] for name in REMEDIES}


def _sales(draw: Draw) -> dict[str, Any]:
    """Return sales before and after, an interval above zero, and a limit inside it, below its middle."""
    effect, lead = draw.choice("effect", [17, 16, 18, 21, 22]), draw.choice("lead", [14, 12, 13, 15])
    before, change = draw.choice("before", [78, 75, 76, 77, 79]), draw.choice("change", [11, 8, 9])
    half = draw.choice("half of the interval", [5, 4])
    middle = effect + draw.choice("second region", [3, 2, 4])  # another number, or it would give question 7 away
    branches = {"workshop branches": [before + lead, before + lead + change + effect],
                "other branches": [before, before + change]}  # fmt: skip
    return {"branches": branches, "low": middle - half, "high": middle + half, "limit": middle - 2}


def _offers(missing: int) -> list[list[str]]:
    gap = missing / 20
    return [
        ["a", f"The senior pays the junior {gap - 0.1:.2f}."],
        ["b", f"The senior pays the junior {gap + 0.05:.2f}."],
        ["c", f"Customer and junior create {2 * gap - 0.1:.2f} more together."],
        ["d", f"Junior and management create {2 * gap + 0.1:.2f} more together."],
        ["e", f"Better software lowers what the junior puts in by {gap + 0.15:.2f}."],
        ["f", "Customer and senior create 2.00 more together."],
    ]


def _sentences(branches: dict[str, list[int]]) -> list[list[str]]:
    lead = _tenths(branches["workshop branches"][1] - branches["other branches"][1])
    return [
        ["a", "If the junior leaves, nobody else loses anything."],
        ["b", "In the model each of two people receives half of what they create together."],
        ["c", "With all four, more is left after all costs than with three. So the circle creates enough."],
        ["d", "So a new product was necessary to keep the junior."],
        ["e", "The numbers were made for this exercise, so they cannot show what real banks do."],
        ["f", f"In the year after, workshop branches sold {lead} more. So the workshops brought {lead}."],
    ]


def _table(title: str, columns: tuple[str, ...], rows: list[list[str]], status: str = "illustrative") -> dict[str, Any]:
    return {"title": title, "status": status, "columns": list(columns), "rows": rows}


def _tenths(value: int) -> str:
    return f"{value / 10:.1f}"


def lines(given: Given) -> int:
    """Sum the junior's three lines, in tenths."""
    return sum(value for pair, value in given["pairs"].items() if "junior" in pair)


def cost(given: Given) -> int:
    """Return what the junior puts in, in tenths."""
    return int(given["puts_in"]["junior adviser"])


def back(given: Given) -> float:
    """Return what the junior gets back: half of each of her lines."""
    return lines(given) / 20


def threshold(given: Given) -> float:
    """Return the smallest line between customer and junior that keeps her."""
    return (2 * cost(given) - lines(given) + given["pairs"]["customer and junior"]) / 10


def net(given: Given, name: str) -> int:
    """Return what a remedy leaves after all costs, in tenths."""
    created, put_in, own = given["remedies"][name]
    return int(created - put_in - own)


def ranking(given: Given) -> list[str]:
    """Return the remedies, the one that leaves most first."""
    return sorted(REMEDIES, key=lambda name: -net(given, name))


def rounds(given: Given) -> dict[str, int]:
    """Return the round in which each person of the small branch leaves, by the model of the lesson."""
    small = given["small"]
    synergy = [[small.get(f"{a} and {b}", small.get(f"{b} and {a}", 0)) / 10 for b in SHORT] for a in SHORT]
    costs = [small[f"{person} puts in"] / 10 for person in PEOPLE]
    circle = ParticipationParameters(stakeholders=PEOPLE, stand_alone=0.0, synergy=synergy, cost=costs)
    return dict(zip(PEOPLE, map(int, leaving_round(circle)), strict=True))


def change(given: Given, branches: str) -> int:
    """Count contracts after minus before, in tenths."""
    before, after = given["sales"]["branches"][branches]
    return int(after - before)


def difference(given: Given) -> float:
    """Return the difference of the changes."""
    return (change(given, "workshop branches") - change(given, "other branches")) / 10


def lead(given: Given, year: int) -> float:
    """Count how many contracts workshop branches are ahead, before (0) or after (1)."""
    branches = given["sales"]["branches"]
    return (branches["workshop branches"][year] - branches["other branches"][year]) / 10


QUESTIONS = (
    Question(
        id="q1", marks=1, concept="A12", expectation=number(-10, 10), answer=back,
        wrong=(
            Wrong(lambda g: lines(g) / 10, "You counted whole lines. The other person of each pair gets a share, too."),
            Wrong(lambda g: back(g) - cost(g) / 10,
                  "This is what is left after her costs. What comes back before costs?"),
            Wrong(lambda g: sum(g["pairs"].values()) / 40,
                  "You divided everything by the number of people. Look only at her own lines."),
        ),
        solution=lambda g: f"Half of each of her three lines: {lines(g) / 10:.1f} / 2 = {back(g):.2f}.",
    ),
    Question(
        id="q2", marks=2, concept="A12", expectation=number(0, 10), answer=threshold,
        wrong=(
            Wrong(lambda g: (2 * g["pairs"]["customer and junior"] + 2 * cost(g) - lines(g)) / 20,
                  "You added what is missing to the line. But how much of a longer line reaches her?"),
            Wrong(lambda g: (2 * cost(g) - lines(g)) / 10,
                  "This is how much the line must rise. The question asks for its new value."),
            Wrong(lambda g: (2 * cost(g) - lines(g)) / 20,
                  "This is what she lacks. The question asks for the value of a line."),
        ),
        solution=lambda g: f"She lacks {cost(g) / 10 - back(g):.2f}. "
        f"She receives half of the line, so it must rise by twice that: to {threshold(g):.1f}.",
    ),
    Question(
        id="q3", marks=1, concept="A12", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["b", "d", "e"],
        wrong=(
            Wrong(lambda g: ["f"], 'Look again at "f": does any of her own lines change?', is_part=True),
            Wrong(lambda g: ["c"],
                  'Look again at "c": how much of a line between two people reaches her?', is_part=True),
            Wrong(lambda g: ["a"], 'Look again at "a": compare the payment with what she lacks.', is_part=True),
        ),
        solution=lambda g: f"She lacks {cost(g) / 10 - back(g):.2f}. "
        "Payments and lower costs count in full, lines by one half: b, d, e are enough.",
    ),
    Question(
        id="q4", marks=1, concept="A12", expectation=number(-10, 10), answer=lambda g: (lines(g) - cost(g)) / 10,
        wrong=(
            Wrong(lambda g: lines(g) / 10, "This is what her lines create. What does she put in?"),
            Wrong(lambda g: back(g) - cost(g) / 10,
                  "This is her own balance. The question asks about all four together."),
            Wrong(lambda g: (sum(g["pairs"].values()) - sum(g["puts_in"].values())) / 10,
                  "This is what is left with all four. Compare it with what is left without her."),
        ),
        solution=lambda g: f"Her lines create {lines(g) / 10:.1f}, and she puts in {cost(g) / 10:.1f}. "
        "The circle creates enough, and divides it badly.",
    ),
    Question(
        id="q5", marks=1, concept="A12", expectation=whole(0, 4), answer=lambda g: rounds(g)["customer"],
        wrong=(
            Wrong(lambda g: 1, "Is the customer's cost really higher than what comes back while all four are there?"),
            Wrong(lambda g: 2, "In this round somebody else leaves. Write down who is still there, and count again."),
            Wrong(lambda g: 0, "It pays for the customer at first. Do the calculation again with those who are left."),
        ),
        solution=lambda g: "First the junior leaves. Without her it no longer pays for the senior, who leaves second. "
        "Then the customer has nobody to create value with, and leaves in the third round.",
    ),
    Question(
        id="q6", marks=1, concept="A8", expectation=items(*REMEDIES, size=4, ordered=True), partial=each_place,
        answer=ranking,
        wrong=(
            Wrong(lambda g: ["launch", "train", "pair", "pay"],
                  "You left out what a remedy itself costs: the last column."),
            Wrong(lambda g: ranking(g)[::-1],
                  "This begins with the smallest. Begin with the largest."),
            Wrong(lambda g: sorted(REMEDIES, key=lambda name: g["remedies"][name][2]),
                  "This goes by what the remedies cost. What do they create?"),
        ),
        solution=lambda g: "; ".join(f"{name} {net(g, name) / 10:.1f}" for name in ranking(g)) + ".",
    ),
    Question(
        id="q7", marks=2, concept="A11", expectation=number(-100, 100), answer=difference,
        wrong=(
            Wrong(lambda g: lead(g, 1), "This compares the branches in the year after. They were different before."),
            Wrong(lambda g: change(g, "workshop branches") / 10,
                  "This is one change. The other branches changed, too, without workshops."),
            Wrong(lambda g: lead(g, 0), "This is the lead before the workshops. How much did it grow?"),
        ),
        solution=lambda g: f"Workshop branches gained {change(g, 'workshop branches') / 10:.1f}, "
        f"the others {change(g, 'other branches') / 10:.1f}; the difference is {difference(g):.1f}.",
    ),
    Question(
        id="q8", marks=1, concept="A11", expectation=choice(*"abcd"), answer=lambda g: "c",
        wrong=(
            Wrong(lambda g: "a", "You used the middle of the interval only. Which other values fit the data?"),
            Wrong(lambda g: "b", "Most of the interval does not lie below the limit. Compare both ends with it."),
            Wrong(lambda g: "d", "Look where zero lies: inside the interval, or outside?"),
        ),
        solution=lambda g: "The limit lies inside the interval: values below it and above it fit the data.",
    ),
    Question(
        id="q9", marks=2, concept="A12", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "d", "f"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": it is the rule that you used in question 1.', is_part=True),
            Wrong(lambda g: ["e"], 'Look again at "e": what does the status of the tables say?', is_part=True),
            Wrong(lambda g: ["c"], 'Look again at "c": compare it with your answer to question 4.', is_part=True),
            Wrong(lambda g: ["d", "f"], "There is one more. Whose lines end at the junior?"),
        ),
        solution=lambda g: "a: everybody with a line to her loses half of it. d: a payment is enough. "
        "f: they were ahead before; compare the changes.",
    ),
)  # fmt: skip

KEY = Key(
    name="02_inside_first",
    title="Exercise 2. Inside first: who takes part, and why",
    variant=variant,
    questions=QUESTIONS,
    memo_marks=8,
    conclusion=lambda g: [rounds(g), ranking(g)],
)
