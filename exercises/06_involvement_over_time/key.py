"""Key of the exercise of session 6: each student's numbers, the answers, and what likely wrong answers teach.

Pairs, customers and renewals are invented (illustrative); the correlations of Table 8 are derived from a real survey.
Shares are counted in hundredths while they are drawn, so that every variant needs the same arithmetic. This key is
public, so it serves practice only.
"""

import math
from functools import cache
from itertools import product
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
)  # fmt: skip
from cocreate_teach.models import InvolvementParameters, involvement, involvement_at, involvement_path

SERVICES = ("gym", "bank", "bakery", "music")  # in the order in which they last
LAST = 40  # the explorer's last period
PERSONS = 250
REAL = {  # correlations of an answer with: would recommend, would choose again, stays if others cost less
    "expectations met": (0.4939, 0.3547, 0.0869),
    "satisfaction as a whole": (0.5209, 0.3433, 0.0435),
    "quality as a whole": (0.4742, 0.3574, 0.0177),
    "quality, judged for this price": (0.5178, 0.4071, 0.0827),
}
ASKED = ("would recommend the provider", "would choose it again", "stays if others cost less")

# Expectations met and "often" in hundredths. The lock-in that is needed has exactly two decimals, the last one not 0.
LOCKS = [(20, 48), (20, 56), (20, 64), (40, 49), (40, 55), (40, 61), (40, 67)]
# Renewed of 50 bound and satisfied, 300 bound and not, 200 free and satisfied, 25 free and not. Put together the
# difference looks small; it is larger among the bound, and by far the largest among the free.
RENEWED = [(48, 252, 164, 7)] + [
    (one, two, three, four)
    for one in (46, 47, 48) for two in (246, 249, 252, 255) for three in (160, 162, 164, 166) for four in (6, 7, 8)
    if 3 <= round((one + three) / 2.5) - round((two + four) / 3.25) <= 6 and 2 * one - two // 3 >= 9
]  # fmt: skip


@cache
def sides(customer: int, firm: int, period: int) -> tuple[int, int]:
    """Return the involvement of customer and firm in thousandths, as the explorer shows it."""
    pair = InvolvementParameters(investment=[customer / 100, firm / 100])
    both = involvement(involvement_at(involvement_path(pair, period), period), pair)
    return round(1000 * float(both[0])), round(1000 * float(both[1]))


def gap(customer: int, firm: int, period: int) -> int:
    """Return the asymmetry of involvement in thousandths."""
    one, other = sides(customer, firm, period)
    return one - other


@cache
def settings() -> list[tuple[int, int, int]]:
    """Return what both put in and the period, so that three decimals are needed and period 40 differs visibly."""
    drawn = product((70, 75, 80, 85, 90), (20, 25, 30, 35), (4, 5, 6))
    return [(80, 30, 6)] + [one for one in drawn if gap(*one) % 10 and gap(one[0], one[1], LAST) - gap(*one) >= 6]


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers and the tables that show them."""
    customer, firm, period = draw.choice("sliders", settings())
    met = _met(draw)
    pairs = _pairs(draw)
    lock = draw.choice("lock-in", LOCKS)
    people = _people(draw)
    renewed = draw.choice("renewed", RENEWED)
    asked = draw.choice("survey", list(REAL))
    exhibits = [
        _table("Where to put the sliders of the explorer.", ("Slider", "Value"),
               [["customer puts in", _two(customer)], ["firm puts in", _two(firm)], ["look at period", str(period)]]),
        _table("How far the expectations of both sides are met.", ("Pair", "Customer's", "Firm's"),
               [[letter, _tenths(one), _tenths(two)] for letter, (one, two) in met.items()]),
        _table("Four services and one customer of each.",
               ("Service", "Leaves if nothing holds", "Customer's involvement", "Customer's expectations met"),
               [[name, *map(_two, pairs[name])] for name in sorted(SERVICES)]),
        _table("One customer.", ("What", "Share"),
               [["her expectations that are met", _two(lock[0])], ["how often she should buy again", _two(lock[1])]]),
        _table("Six customers of one firm.", ("Customer", "Expectations met", "Lock-in"),
               [[letter, _tenths(one), _tenths(two)] for letter, (one, two) in people.items()]),
        _table("What the head of sales shows.", ("Customers", "Number", "Renewed", "Share"), _together(renewed)),
        _table("The same customers, divided twice.", ("Customers", "Number", "Renewed"), _divided(renewed)),
        _table(f'Real answers of {PERSONS} mobile phone customers, each asked once: what goes with "{asked}"?',
               ("Answer", "Correlation", "95% interval"), _survey(asked), "derived"),
        _table("Six sentences about Table 8.", ("Sentence", "Text"), _claims(asked)),
        _table("What a chatbot wrote about this exercise.", ("Sentence", "Text"), _chatbot(renewed)),
    ]  # fmt: skip
    return {"sliders": [customer, firm, period], "met": met, "pairs": pairs, "lock": list(lock), "people": people,
            "renewed": list(renewed), "asked": asked, "exhibits": exhibits}  # fmt: skip


def _met(draw: Draw) -> dict[str, list[int]]:
    """Return four pairs in tenths: a has the larger sum, b the larger product."""
    even = draw.choice("even", [(6, 6), (7, 5), (5, 7)])
    return {"a": [10, 3], "b": list(even), "c": [draw.choice("low", [3, 2]), 9], "d": [9, draw.choice("lower", [2, 1])]}


def _pairs(draw: Draw) -> dict[str, list[int]]:
    """Return exit, involvement and met expectations: the gym lasts longest, and its customer is the least happy."""
    options = {
        "gym": ([5, 4, 3], [25, 28, 22], [30, 25, 32]), "bank": ([15, 14, 16], [50, 48, 52], [90, 88, 92]),
        "bakery": ([30, 28, 32], [70, 68, 72], [80, 78, 82]), "music": ([30, 29, 31], [20, 18, 16], [50, 48, 52]),
    }  # fmt: skip
    return {name: [draw.choice(f"{name} {n}", one) for n, one in enumerate(three)] for name, three in options.items()}


def _people(draw: Draw) -> dict[str, list[int]]:
    """Return met expectations and lock-in in tenths: only a and d dislike the firm and buy again often."""
    options = {"a": ([2, 3, 1], [7, 8, 6]), "b": ([8, 9], [1, 2]), "c": ([3, 2], [1]), "d": ([4], [3, 4]),
               "e": ([7, 6, 8], [6, 7]), "f": ([1, 2], [3])}  # fmt: skip
    return {name: [draw.choice(f"{name} {n}", one) for n, one in enumerate(both)] for name, both in options.items()}


def _together(renewed: tuple[int, ...]) -> list[list[str]]:
    bound, unhappy_bound, free, unhappy_free = renewed
    return [["satisfied", "250", str(bound + free), f"{(bound + free) / 2.5:.0f}%"],
            ["dissatisfied", "325", str(unhappy_bound + unhappy_free),
             f"{(unhappy_bound + unhappy_free) / 3.25:.0f}%"]]  # fmt: skip


def _divided(renewed: tuple[int, ...]) -> list[list[str]]:
    names = ("bound, satisfied", "bound, dissatisfied", "free, satisfied", "free, dissatisfied")
    return [[name, str(of), str(n)] for name, of, n in zip(names, (50, 300, 200, 25), renewed, strict=True)]


def interval(correlation: float) -> tuple[float, float]:
    """Return the 95% interval of a correlation of 250 persons, by Fisher's formula."""
    middle, half = math.atanh(correlation), 1.959964 / math.sqrt(PERSONS - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


def _survey(asked: str) -> list[list[str]]:
    return [[answer, f"{value:.2f}", "{:.2f} to {:.2f}".format(*interval(value)).replace("-", "−")]
            for answer, value in zip(ASKED, REAL[asked], strict=True)]  # fmt: skip


def _claims(asked: str) -> list[list[str]]:
    return [
        ["a", f'People who answer high on "{asked}" tend to answer high on "would recommend the provider".'],
        ["b", f'A firm that raises "{asked}" will be recommended more, because the one causes the other.'],
        ["c", 'For "stays if others cost less" the answers fit no relation, and they fit a weak one.'],
        ["d", f"{100 * REAL[asked][0]:.0f} in 100 of these customers would recommend the provider."],
        ["e", "Customers who had left before the survey would have answered in the same way."],
        ["f", '"Would recommend" and "stays if others cost less" do not measure the same thing.'],
    ]


def _chatbot(renewed: tuple[int, ...]) -> list[list[str]]:
    return [
        ["a", "Of the four services in Table 3, the one that customers leave least has the happiest customer."],
        ["b", "With the sliders as in Table 1 the customer is more involved than the firm, and likes it less than the "
              "firm likes the customer."],
        ["c", "Text B cites a study, with its sample, which found that involvement makes relations stable."],
        ["d", '"The higher the investment level, the higher the investment" is true in every world: it says nothing.'],
        ["e", f"The difference in Table 6 is only {together(renewed)} points. So satisfaction hardly matters for "
              "renewing."],
        ["f", "Text B first names two dimensions of involvement, and later counts development in time as the third."],
    ]  # fmt: skip


def _table(title: str, columns: tuple[str, ...], rows: list[list[str]], status: str = "illustrative") -> dict[str, Any]:
    return {"title": title, "status": status, "columns": list(columns), "rows": rows}


def _two(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}"


def _tenths(value: int) -> str:
    return f"{value / 10:.1f}"


def leaves(given: Given, name: str) -> float:
    """Return the chance that a customer of this service leaves in a period."""
    exit, involved, met = (value / 100 for value in given["pairs"][name])
    return exit * (1 - involved * met)


def needed(given: Given) -> float:
    """Return the lock-in with which the customer buys again often."""
    met, often = given["lock"]
    return (often - met) / (100 - met)


def together(renewed: Any) -> int:
    """Return the difference that Table 6 shows, in whole points."""
    satisfied, dissatisfied = _together(tuple(renewed))
    return int(satisfied[3][:-1]) - int(dissatisfied[3][:-1])


def points(given: Given, group: str) -> float:
    """Return the difference of satisfied and dissatisfied among the bound or the free, in percentage points."""
    one, two, three, four = given["renewed"]
    return 2.0 * one - two / 3 if group == "bound" else three / 2 - 4.0 * four


def _asymmetry(given: Given, period: int | None = None) -> float:
    customer, firm, own = given["sliders"]
    return gap(customer, firm, period or own) / 1000


QUESTIONS = (
    Question(
        id="q1", marks=1, concept="B11", expectation=number(-1, 1), tolerance=0.0015, answer=_asymmetry,
        wrong=(
            Wrong(lambda g: -_asymmetry(g), "Look at the order: whose involvement comes first in the difference?"),
            Wrong(lambda g: (g["sliders"][0] - g["sliders"][1]) / 100,
                  "This is the difference of what both put in. The question asks about their involvement."),
            Wrong(lambda g: _asymmetry(g, LAST), "This is the last period. Which period does Table 1 name?"),
        ),
        solution=lambda g: "{:.3f} for the customer minus {:.3f} for the firm: {:.3f}.".format(
            *(one / 1000 for one in sides(*g["sliders"])), _asymmetry(g)),
    ),
    Question(
        id="q2", marks=1, concept="B14", expectation=choice(*"abcd"), answer=lambda g: "b",
        wrong=(
            Wrong(lambda g: "a", "The sum is large, but the firm's share is small. How do the two count together?"),
            Wrong(lambda g: "c", "Here the firm's share is the largest. Does the risk look at one side only?"),
            Wrong(lambda g: "d", "The customer is content, the firm is not at all. Multiply before you compare."),
        ),
        solution=lambda g: "Multiply the two shares: b has the largest product, so both sides have the lowest risk.",
    ),
    Question(
        id="q3", marks=1, concept="B5", expectation=items(*sorted(SERVICES), size=4, ordered=True), partial=each_place,
        answer=lambda g: list(SERVICES),
        wrong=(
            Wrong(lambda g: list(SERVICES[::-1]), "This begins with the largest chance to leave. Turn it round."),
            Wrong(lambda g: ["bank", "bakery", "music", "gym"],
                  "This goes by how content the customers are. What else keeps somebody?"),
            Wrong(lambda g: ["bakery", "bank", "gym", "music"],
                  "This goes by involvement alone. Take the first column of numbers into account, too."),
        ),
        solution=lambda g: "; ".join(f"{name} {leaves(g, name):.3f}" for name in SERVICES)
        + ". The customer of the gym is the least content, and stays longest.",
    ),
    Question(
        id="q4", marks=2, concept="B9", expectation=number(0, 1), answer=needed,
        wrong=(
            Wrong(lambda g: (g["lock"][1] - g["lock"][0]) / 100,
                  "This is what is missing. Lock-in works only on the purchases that she would not make anyway."),
            Wrong(lambda g: (g["lock"][1] - g["lock"][0]) / g["lock"][1],
                  "You divided what is missing by what is wanted. By which purchases should you divide?"),
            Wrong(lambda g: g["lock"][1] / 100, "This is how often she should buy again, not the lock-in for it."),
        ),
        solution=lambda g: "What is missing, {:.2f}, divided by what she would not buy anyway, {:.2f}: {:.2f}.".format(
            (g["lock"][1] - g["lock"][0]) / 100, 1 - g["lock"][0] / 100, needed(g)),
    ),
    Question(
        id="q5", marks=1, concept="B9", expectation=items(*"abcdef"), partial=each_item, answer=lambda g: ["a", "d"],
        wrong=(
            Wrong(lambda g: ["e"], 'Look again at "e": does this customer dislike the firm?', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": calculate how often this customer buys again.', is_part=True),
            Wrong(lambda g: ["c"], 'Look again at "c": there is hardly any lock-in.', is_part=True),
        ),
        solution=lambda g: "; ".join(f"{name} {(lock + (10 - lock) * met / 10) / 10:.2f}"
                                     for name, (met, lock) in g["people"].items())
        + ". Only a and d have at most one half of their expectations met and buy again in half of the cases or more.",
    ),
    Question(
        id="q6", marks=1, concept="B9", expectation=number(-1000, 1000), tolerance=0.5,
        answer=lambda g: points(g, "free"),
        wrong=(
            Wrong(lambda g: together(g["renewed"]), "This puts all customers together. Look at the free ones only."),
            Wrong(lambda g: points(g, "bound"), "These are the bound customers. Look at the two other rows."),
            Wrong(lambda g: g["renewed"][2] - g["renewed"][3],
                  "These are customers, not shares. Divide each by the number in its row first."),
        ),
        solution=lambda g: f"{g['renewed'][2] / 2:.0f}% of the satisfied and {4 * g['renewed'][3]}% of the others "
        f"renewed: {points(g, 'free'):.0f} points. In Table 6 it looks like {together(g['renewed'])}.",
    ),
    Question(
        id="q7", marks=1, concept="B9", expectation=choice(*"abcd"), answer=lambda g: "c",
        wrong=(
            Wrong(lambda g: "a", "You calculated the difference for the free customers. Is it small?"),
            Wrong(lambda g: "b", "The number of customers is the same in both tables. What does each row mix?"),
            Wrong(lambda g: "d", "Compare bound and free customers in Table 7: whose shares are higher?"),
        ),
        solution=lambda g: "Nearly all dissatisfied customers are bound. The bond makes them renew and hides that they "
        "are dissatisfied: two things differ between the rows of Table 6, not one.",
    ),
    Question(
        id="q8", marks=2, concept="B15", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "c", "f"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": can answers of one day say what comes first?', is_part=True),
            Wrong(lambda g: ["d"], 'Look again at "d": is a correlation a share of people?', is_part=True),
            Wrong(lambda g: ["e"], 'Look again at "e": who was asked?', is_part=True),
        ),
        solution=lambda g: "a: the correlation is clearly above zero. c: the interval holds zero and small values. "
        "f: they go with the same answer so differently. b needs a cause, d mistakes a correlation for a share, and e "
        "is about people whom nobody asked.",
    ),
    Question(
        id="q9", marks=2, concept="B16", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "c", "e"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": "Show numbers" below the explorer has both.', is_part=True),
            Wrong(lambda g: ["d"], 'Look again at "d": can you think of a world in which the quotation fails?',
                  is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": idea 1 of the lesson counts them.', is_part=True),
            Wrong(lambda g: ["a", "c"], "There is one more. Which sentence trusts a table that hides something?"),
        ),
        solution=lambda g: "a: the customer of the gym is the least content, and stays. c: Text B names no study. "
        "e: in Table 7 the difference is much larger, above all among the free.",
    ),
)  # fmt: skip

KEY = Key(
    name="06_involvement_over_time",
    title="Exercise 6. Involvement over time: who stays, and why",
    variant=variant,
    questions=QUESTIONS,
    memo_marks=8,
    conclusion=lambda g: [
        sorted(SERVICES, key=lambda name: leaves(g, name)),
        min(SERVICES, key=lambda name: g["pairs"][name][2]),
        together(g["renewed"]) < points(g, "bound") < points(g, "free"),
    ],
)
