"""Key of the exercise of session 5: each student's numbers, the answers, and what likely wrong answers teach.

All numbers are illustrative. Those of ledgers and forms are counted in hundredths while they are drawn, so that every
variant needs the same arithmetic. This key is public, so it serves practice only.
"""

import math
from typing import Any, Final

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
from cocreate_teach.models import SphereParameters, acceptable_prices, individual_use

# Twelve statements: the kind of involvement, and wordings of which each student gets one.
STATEMENTS: Final = {
    "a": ("economic", ["The staff are friendly. But I stay because I pay {saved} euros less a year than elsewhere.",
                       "I like the adviser. But I stay because of the {saved} euros that I save each year."]),
    "b": ("social", ["I do not even like them. But all my standing orders and cards run through this bank.",
                     "They annoy me. But my shop's card machine, wages and bookkeeping are all set up with them."]),
    "c": ("emotional", ["When my father was ill, they helped without being asked. I do not forget that.",
                        "They were kind to me when I lost my job. Now I want to be fair to them."]),
    "d": ("social", ["In {years} years I have learned their system. I do not want to learn another one.",
                     "I have sorted my papers their way for {years} years. Elsewhere I would have to start again."]),
    "e": ("economic", ["I have added it up: what I get back is more than the time that I spend.",
                       "I wrote two lists, what it costs me and what it brings. The second list is longer."]),
    "f": ("emotional", ["I trust Lea. Once she even told me not to buy.",
                        "I believe what Lea says, also when she says no."]),
    "g": ("social", ["They changed their invoices for me, and I changed my ordering days for them.",
                     "My files have their format, and they plan their deliveries by my opening hours."]),
    "h": ("economic", ["As soon as somebody sells me the same for less, I go.",
                       "If the discount ends, I end, too."]),
    "i": ("emotional", ["I have never bought a coat from this brand. But it stands for what I believe in.",
                        "I cannot pay for their coats. But when friends laugh at the brand, I defend it."]),
    "j": ("emotional", ["They gave my idea a place and my name beside it. I feel that I belong to them.",
                        "When the shop had to close for a month, I missed the people."]),
    "k": ("economic", ["I compared {offers} offers. This one gives most for the money.",
                       "I looked at {offers} other banks. None gives me more for what I pay."]),
    "l": ("social", ["A new adviser would have to learn everything about me again. So I stay.",
                     "We have built our own way of working together. With another firm it would be lost."]),
}  # fmt: skip

PAIRS: Final = ("advice", "app", "bakery", "club")
_GAINS: Final = {1: 30, 2: 16, 3: 11, 4: 8, 5: 6, 6: 5, 7: 3}  # what each answer adds to the value of the offer
_TOLD: Final = {1: "children: how many", 2: "age", 3: "savings, in steps of 1,000 euros", 4: "home loan: yes or no",
                5: "all accounts, to the euro", 6: "favourite way of contact", 7: "name of the employer"}  # fmt: skip
_PUT_IN: Final = {"time": [12, 11, 13, 14], "wishes": [6, 5, 7], "ideas": [4, 3], "risk": [25, 24, 26, 27]}
# Risk and direct interaction in the explorer: in all of them the limit has two decimals that tell it from the start.
_SETTINGS: Final = [(0.8, 0.5), (0.9, 0.5), (0.7, 0.5), (1.0, 0.5), (0.8, 0.55), (0.9, 0.55), (0.8, 0.6), (0.9, 0.6)]


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers and the seven tables that show them."""
    ledger = _ledger(draw)
    gap = draw.choice("gap", [4, 3, 5, 6])
    risk, interaction = draw.choice("settings", _SETTINGS)
    pairs = _pairs(draw)
    costs = _costs(draw)
    given = {"ledger": ledger, "gap": gap, "risk": risk, "interaction": interaction, "pairs": pairs, "costs": costs}
    return given | {"exhibits": _exhibits(draw, given)}


def _ledger(draw: Draw) -> dict[str, int]:
    """Return a ledger in which both gain: the customer by 3 to 9 hundredths, the bank by 11 to 14."""
    put_in = {name: draw.choice(name, options) for name, options in _PUT_IN.items()}
    firm = {"adviser": draw.choice("adviser", [20, 19, 21]), "programme": draw.choice("programme", [6, 5]),
            "bank alone": draw.choice("bank alone", [10, 9, 11])}  # fmt: skip
    price = sum(firm.values()) + draw.choice("gain of the bank", [12, 11, 13, 14])
    alone = draw.choice("alone", [15, 14, 16])
    gain = draw.choice("gain of the client", [6, 4, 5, 7, 8, 9, 3])
    value = sum(put_in.values()) + price + alone + gain
    return put_in | firm | {"price": price, "client alone": alone, "value": value}


def _pairs(draw: Draw) -> dict[str, list[int]]:
    """Return what four pairs put in: their order by proportion differs from those by sum and by difference."""
    bakery, club = draw.choice("bakery", [20, 19, 21]), draw.choice("club", [18, 17, 19])
    advice, app = draw.choice("advice", [[70, 50], [72, 51], [68, 48]]), draw.choice("app", [[75, 25], [76, 24]])
    return {"advice": advice, "app": app, "bakery": [bakery, bakery + 2], "club": [club, 2 * club]}


def _costs(draw: Draw) -> dict[str, int]:
    """Return the cost of each answer: small, but for the fifth, which costs more than it and the rest can bring."""
    costs = {n: draw.choice(f"cost of answer {n}", options) for n, options in enumerate(
        ([5, 4, 6], [5, 4, 6], [6, 5, 7], [5, 4, 6], [25, 24, 26, 27], [2, 3], [2, 1]), start=1)}  # fmt: skip
    return {str(n): cost for n, cost in costs.items()}


def _exhibits(draw: Draw, given: dict[str, Any]) -> list[dict[str, Any]]:
    told = {"saved": draw.integer("saved", 20, 60, base=40), "years": draw.integer("years", 6, 14, base=9),
            "offers": draw.choice("offers", ["three", "four", "five"])}  # fmt: skip
    statements = [[letter, draw.choice(f"statement {letter}", wordings).format(**told)]
                  for letter, (_, wordings) in STATEMENTS.items()]  # fmt: skip
    values = [sum(_GAINS[n] for n in range(1, last + 1)) for last in _GAINS]
    form = [[f"{n}", _TOLD[n], _hundredths(value), _hundredths(given["costs"][str(n)])]
            for n, value in enumerate(values, start=1)]  # fmt: skip
    pairs = [[name, *map(_hundredths, given["pairs"][name])] for name in PAIRS]
    settings = [["scenario", "A client and the bank"], ["direct interaction", f"{given['interaction']:.2f}"],
                ["risk of telling everything", f"{given['risk']:.2f}"], ["everything else", "as it is"]]  # fmt: skip
    return [
        _table("Twelve statements of customers and fans. We wrote them.", ("Letter", "Statement"), statements),
        _table("A client and her bank: eleven lines, in no order.", ("Letter", "Line", "Value"), _lines(given)),
        _table("The same bank, another offer: four readings.", ("Letter", "Reading"), _readings(given)),
        _table("What four pairs put in.", ("Pair", "Customer puts in", "Firm puts in"), pairs),
        _table("Your settings of the explorer.", ("Control", "Value"), settings),
        _table("A form with seven answers. It must be filled in from above; one can stop after each answer.",
               ("Answer", "What is told", "Value of the offer after it", "Cost of this answer"), form),
        _table("What a chatbot wrote about this session.", ("Sentence", "Text"), _sentences(given)),
    ]  # fmt: skip


def _lines(given: Given) -> list[list[str]]:
    """Return the lines of the ledger as they stand in the table, mixed."""
    ledger = given["ledger"]
    lines = [("time", "two evenings of the client"), ("adviser", "two evenings of the adviser"),
             ("wishes", "the information about her wishes"), ("", "knowledge of what other clients may want"),
             ("ideas", "her ideas for a better form"), ("value", "a plan that fits this client alone"),
             ("risk", "the risk that her answers are passed on"), ("price", "the price that is paid"),
             ("programme", "a part of the computer programme"),
             ("client alone", "what the client has without a deal"),
             ("bank alone", "what the bank has without a deal")]  # fmt: skip
    return [[letter, words, _hundredths(ledger[name]) if name else "no number"]
            for letter, (name, words) in zip("abcdefghijk", lines, strict=True)]  # fmt: skip


def _readings(given: Given) -> list[list[str]]:
    offered, gap = _hundredths(needs(given) - given["gap"]), _hundredths(given["gap"])
    more = _hundredths(given["ledger"]["price"] - needs(given) + given["gap"])
    return [
        ["a", f"At {offered} the bank is worse off by {gap}, whatever it learns. It has made a mistake."],
        ["b", f"If the bank knows what it does, what it learns is worth at least {gap} to it."],
        ["c", f"What the bank learns is worth exactly {offered} to it, as much as the client pays."],
        ["d", f"What the bank learns is worth at least {more} to it: by so much the new price is lower than the old."],
    ]


def _sentences(given: Given) -> list[list[str]]:
    total = _hundredths(sum(given["pairs"]["advice"]))
    return [
        ["a", "In the lesson's model of involvement, liking a partner follows mainly from what one puts in oneself."],
        ["b", "In the lesson's model a client likes her bank more if the bank puts in more."],
        ["c", f"{_hundredths(given['ledger']['price'])} lies between both limits of Table 2. So it is the fair price."],
        ["d", "In the real file of the lesson, the exact balance and six other answers made most clients unique."],
        ["e", f"The pair with the highest credibility is advice ({total}). So it is also the most even one."],
        ["f", "The tables of this page are illustrative. They cannot show what a customer's data are worth."],
    ]


def _table(title: str, columns: tuple[str, ...], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "status": "illustrative", "columns": list(columns), "rows": rows}


def _hundredths(value: int) -> str:
    return f"{value / 100:.2f}"


def of_kind(kind: str) -> list[str]:
    """Return the letters of the statements of a kind."""
    return [letter for letter, (own, _) in STATEMENTS.items() if own == kind]


def puts_in(given: Given) -> int:
    """Sum what the client puts in besides the price, in hundredths."""
    return sum(given["ledger"][name] for name in _PUT_IN)


def needs(given: Given) -> int:
    """Return the lowest price that the bank accepts, in hundredths."""
    ledger = given["ledger"]
    return int(ledger["adviser"] + ledger["programme"] + ledger["bank alone"])


def left(given: Given) -> int:
    """Return what is left for the client, in hundredths."""
    return int(given["ledger"]["value"] - puts_in(given) - given["ledger"]["price"])


def better_off(given: Given) -> float:
    """Return by how much the client is better off than alone."""
    return (left(given) - given["ledger"]["client alone"]) / 100


def ranking(given: Given) -> list[str]:
    """Return the pairs by proportionality, the most even first."""
    return sorted(PAIRS, key=lambda name: -min(given["pairs"][name]) / max(given["pairs"][name]))


def by_sum(given: Given) -> list[str]:
    """Return the pairs by credibility, the highest first."""
    return sorted(PAIRS, key=lambda name: -sum(given["pairs"][name]))


def by_difference(given: Given) -> list[str]:
    """Return the pairs by the difference of what they put in, the smallest first."""
    return sorted(PAIRS, key=lambda name: abs(given["pairs"][name][0] - given["pairs"][name][1]))


def most_told(given: Given, price: float | None = None) -> float:
    """Return how much may be told at most, in steps of the slider, so that some price (or this one) still works."""
    untold = SphereParameters(investment=[0.367, 0.4], direct_interaction=given["interaction"])
    lowest, highest = acceptable_prices(untold, individual_use(untold))
    room = float(highest) - (float(lowest) if price is None else price)
    return math.floor(100 * room / given["risk"]) / 100


def net(given: Given, answers: int) -> int:
    """Return what is left after so many answers, in hundredths."""
    return sum(_GAINS[n] - given["costs"][str(n)] for n in range(1, answers + 1))


def best(given: Given) -> int:
    """Return after how many answers most is left."""
    return max(_GAINS, key=lambda answers: net(given, answers))


QUESTIONS = (
    Question(
        id="q1", marks=1, concept="B6", expectation=items(*"abcdefghijkl"), partial=each_item,
        answer=lambda g: of_kind("social"),
        wrong=(
            Wrong(lambda g: ["a"], 'Look again at "a": which reason does this person give for staying?', is_part=True),
            Wrong(lambda g: ["j"], 'Look again at "j": is something set up here, or is it about a feeling?',
                  is_part=True),
            Wrong(lambda g: ["k"], 'Look again at "k": has this person adapted something, or compared?', is_part=True),
            Wrong(lambda g: ["d", "g", "l"], "There is one more. Who stays without liking the partner?"),
        ),
        solution=lambda g: "b, d, g, l: something was adapted to this partner and would be lost. Liking does not "
        "matter for it.",
    ),
    Question(
        id="q2", marks=1, concept="B8", expectation=items(*"abcdefghijkl"), partial=each_item,
        answer=lambda g: of_kind("emotional"),
        wrong=(
            Wrong(lambda g: ["a"], 'Look again at "a": a kind word comes first, but which reason decides?',
                  is_part=True),
            Wrong(lambda g: ["l"], 'Look again at "l": does this person speak of liking, or of what would be lost?',
                  is_part=True),
            Wrong(lambda g: ["g"], 'Look again at "g": both sides changed something. Is it about a feeling?',
                  is_part=True),
            Wrong(lambda g: ["c", "f", "j"], "There is one more. Must somebody buy to be involved in this way?"),
        ),
        solution=lambda g: "c, f, i, j: sympathy, values, trust, giving back. Even without any purchase.",
    ),
    Question(
        id="q3", marks=1, concept="B12", expectation=items(*"abcdefghijk"), partial=each_item,
        answer=lambda g: ["a", "c", "e", "g", "h"],
        wrong=(
            Wrong(lambda g: ["f"], 'Look again at "f": does the client put it in, or does she get it?', is_part=True),
            Wrong(lambda g: ["j"], 'Look again at "j": she has it without a deal. Does she put it into the deal?',
                  is_part=True),
            Wrong(lambda g: ["b"], 'Look again at "b": whose evenings are these?', is_part=True),
            Wrong(lambda g: ["a", "c", "e", "g"], "Something is missing: it stands on both sides of the ledger."),
        ),
        solution=lambda g: "Time (a), information (c), ideas (e), the risk of telling (g), and the price (h), "
        "which is also what the bank gets.",
    ),
    Question(
        id="q4", marks=1, concept="B4", expectation=number(-10, 10), answer=better_off,
        wrong=(
            Wrong(lambda g: left(g) / 100, "This is what is left for her. What would she have without a deal?"),
            Wrong(lambda g: better_off(g) + g["ledger"]["risk"] / 100,
                  "You left out a line that costs no money and no time."),
            Wrong(lambda g: (g["ledger"]["price"] - needs(g)) / 100, "This is the gain of the other side."),
            Wrong(lambda g: better_off(g) + g["ledger"]["price"] / 100, "You left out what she pays."),
        ),
        solution=lambda g: f"{_hundredths(g['ledger']['value'])} minus {_hundredths(puts_in(g))} for time, "
        f"information, ideas and risk, minus the price {_hundredths(g['ledger']['price'])}, minus what she has alone.",
    ),
    Question(
        id="q5", marks=1, concept="B13", expectation=choice(*"abcd"), answer=lambda g: "b",
        wrong=(
            Wrong(lambda g: "a", "Is every gain of the bank a line with a number? Look for the line without one."),
            Wrong(lambda g: "c", "An offer tells you a limit, not an exact worth. And compare it with what the bank "
                  "needs, not with nothing."),
            Wrong(lambda g: "d", "The old price is not the limit. What does the bank need at least?"),
        ),
        solution=lambda g: f"The bank needs {_hundredths(needs(g))}: adviser, programme and what it has alone. "
        f"It offers {_hundredths(g['gap'])} less, so the line without a number must be worth that, or more.",
    ),
    Question(
        id="q6", marks=1, concept="B12", expectation=items(*PAIRS, size=4, ordered=True), partial=each_place,
        answer=ranking,
        wrong=(
            Wrong(by_sum, "This is the order of credibility: how much both put in together."),
            Wrong(lambda g: ranking(g)[::-1], "This begins with the least even pair. Begin at the other end."),
            Wrong(by_difference, "You took the difference. Divide instead: a difference of 0.20 is much for a small "
                  "pair and little for a large one."),
        ),
        solution=lambda g: "; ".join(
            f"{name} {min(g['pairs'][name]) / max(g['pairs'][name]):.2f}" for name in ranking(g)) + ".",
    ),
    Question(
        id="q7", marks=2, concept="B12", expectation=number(0, 1), tolerance=0.011, answer=most_told,
        wrong=(
            Wrong(lambda g: most_told(g, price=0.45),
                  "From here on she refuses the price that is set. But might another price work? Read the headline."),
            Wrong(lambda g: 0.7, "This is the value of the scenario. Set the risk first, then move this slider."),
            Wrong(lambda g: 1.0, "This is the end of the slider. Is your risk set as in Table 5?"),
        ),
        solution=lambda g: f"With a risk of {g['risk']:.2f}, prices work up to {most_told(g):.2f}. One step further "
        "the client pays at most less than the bank needs, and the headline says that no price works.",
    ),
    Question(
        id="q8", marks=2, concept="B12", expectation=whole(0, 7), answer=best,
        wrong=(
            Wrong(lambda g: 7, "There the offer is worth most. But what have all the answers cost until then?"),
            Wrong(lambda g: 6, "This answer alone brings more than it costs. But what must be told before it?"),
            Wrong(lambda g: 1, "The first answer brings most. Do the following ones bring less than they cost?"),
            Wrong(lambda g: 5, "Something is still left here. But compare it with what was left one answer before."),
        ),
        solution=lambda g: "; ".join(f"after {n}: {net(g, n) / 100:.2f}" for n in _GAINS)
        + ". The fifth answer costs more than it brings, and the last two do not make up for it.",
    ),
    Question(
        id="q9", marks=2, concept="B7", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "c", "e"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": what did the third explorer show when the firm put in more?',
                  is_part=True),
            Wrong(lambda g: ["d"], 'Look again at "d": look at the last bar of the real picture.', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": what does the word illustrative mean?', is_part=True),
            Wrong(lambda g: ["c", "e"], "There is one more. Whose effort does liking answer in the model?"),
        ),
        solution=lambda g: "a: own effort ties socially; liking answers the partner. c: limits say what both accept, "
        "not what is fair. e: a high sum can be very uneven; look at the division.",
    ),
)  # fmt: skip

KEY = Key(
    name="05_what_each_side_puts_in",
    title="Exercise 5. What each side puts in, and at what price",
    variant=variant,
    questions=QUESTIONS,
    memo_marks=8,
    conclusion=lambda g: [ranking(g), by_sum(g), by_difference(g), best(g), left(g) > g["ledger"]["client alone"]],
)
