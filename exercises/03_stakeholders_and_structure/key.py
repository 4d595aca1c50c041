"""Key of the exercise of session 3: each student's numbers, the answers, and what likely wrong answers teach.

The night bus is invented, and all numbers are illustrative. Shares are counted in hundredths and gains in tenths while
they are drawn, so that every variant needs the same arithmetic. This key is public, so it serves practice only.
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
from cocreate_teach.models import power_interest_cell, salience

LETTERS = "abcdefghijkl"
# Name, then power, interest, legitimacy, urgency: h is high, l is low, m is just above the usual border of 0.50.
PEOPLE = {
    "a": ("night passengers", "lhhh"), "b": ("drivers", "lhhh"), "c": ("city council", "hhhl"),
    "d": ("management of the bus company", "hhhh"), "e": ("bus maker", "llhl"), "f": ("taxi firms", "mhlh"),
    "g": ("bars and clubs", "lhlh"), "h": ("people who live beside the depot", "lmhh"),
    "i": ("bank that lends the money", "hlhl"), "j": ("ministry of transport", "hlll"),
    "k": ("daytime passengers", "llhl"), "l": ("tourists", "llll"),
}  # fmt: skip
LEVELS = {"h": [80, 90, 70, 85, 75], "l": [30, 20, 10, 40], "m": [60, 55]}
BORDER, HIGHER = 0.5, 0.65
ACTIVITIES = {  # step, who carries it out, who decides about it
    "lease buses": ("sourcing", "bus maker", "bus company"), "hire drivers": ("sourcing", "agency", "agency"),
    "plan the lines": ("production", "bus company", "city"), "drive": ("production", "drivers", "bus company"),
    "sell tickets": ("delivery", "app firm", "app firm"), "tell people at the stops": ("delivery", "city", "city"),
}  # fmt: skip
WEAKEST, NEXT = "drive", "hire drivers"
SEGMENTS = {"all": 200, "fans": 50, "drivers": 20, "night": 10}  # how many ideas each gives
TOLD = {"all": "everybody, by a poster", "fans": "followers of the bus company's page", "drivers": "the drivers",
        "night": "people who work at night"}  # fmt: skip
BEST = {1: 10, 10: 29, 20: 36, 50: 45, 200: 59}  # tenths: the best of so many ideas, in the model of the lesson
DESIGNS = {  # what it is; what passenger and driver put in, and what is left for each, in tenths
    "a": ("Passengers write letters to the depot; the depot files them.", (5, 1), (-4, 2)),
    "b": ("At a dark stop the passenger presses a button, and the driver sees that somebody waits.", (3, 4), (6, 2)),
    "c": ("Passengers may phone the driver at any time and wish for a stop.", (3, 8), (20, -6)),
    "d": ("Drivers decide alone where to stop, and passengers are told.", (4, 3), (-3, 9)),
    "e": ("Once a month drivers and night workers plan stops together, on paid time.", (5, 6), (4, 3)),
    "f": ("Passengers mark each driver on a screen; nobody reads the reasons.", (2, 5), (4, -2)),
}


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers and the seven tables that show them."""
    people = {letter: [_level(draw, letter, place) for place in range(4)] for letter in LETTERS}
    drive = draw.choice("drive", [260, 250, 240, 270])
    hire = drive + draw.choice("hire", [40, 30, 50])
    chain = {"lease buses": hire + 150, "hire drivers": hire, "plan the lines": hire + draw.choice("plan", [80, 70]),
             "drive": drive, "sell tickets": hire + draw.choice("sell", [50, 60]),
             "tell people at the stops": hire + draw.choice("tell", [10, 20])}  # fmt: skip
    demand, widened = hire + draw.choice("demand", [30, 35]), draw.choice("widened", [100, 110, 120])
    better = {"all": 10, "fans": 10, "drivers": draw.choice("drivers", [16, 15]),
              "night": draw.choice("night", [22, 23, 24])}  # fmt: skip
    cost = {"all": draw.choice("cost of all", [17, 18, 19]), "fans": draw.choice("cost of fans", [9, 8, 10]),
            "drivers": draw.choice("cost of drivers", [9, 8, 10]),
            "night": draw.choice("cost of night", [9, 8, 10])}  # fmt: skip
    designs = {letter: _design(draw, letter) for letter in DESIGNS}
    exhibits = [
        _table("Twelve stakeholders of the night bus.",
               ("Letter", "Who", "Power", "Interest", "Legitimacy", "Urgency"),
               [[k, PEOPLE[k][0], *(f"{share / 100:.2f}" for share in people[k])] for k in LETTERS]),
        _table("The chain of the night bus.",
               ("Activity", "Step", "Carried out by", "Decided by", "Can handle, passengers a night"),
               [[name, *ACTIVITIES[name], str(able)] for name, able in chain.items()]),
        _table("The plan of the bus company.", ("What", "Passengers a night"),
               [["wanted", str(demand)], ["more that the activity drive will be able to handle", str(widened)]]),
        _table("The best of many ideas. An idea of a usual person has the quality 1.0 on average.",
               ("Number of ideas", "Quality of the best"), [[str(n), _tenths(best)] for n, best in BEST.items()]),
        _table("Four segments that could be asked.",
               ("Segment", "Who", "Ideas", "How many times as good on average", "Cost of asking, in the same unit"),
               [[k, TOLD[k], str(SEGMENTS[k]), _tenths(better[k]), _tenths(cost[k])] for k in SEGMENTS]),
        _table("Six designs of an interaction between a passenger and a driver.",
               ("Design", "What", "Passenger gets", "Passenger puts in", "Driver gets", "Driver puts in"),
               [[k, DESIGNS[k][0], *map(_tenths, designs[k])] for k in DESIGNS]),
        _table("What a chatbot wrote about this session.", ("Sentence", "Text"), SENTENCES),
    ]  # fmt: skip
    return {"people": people, "chain": chain, "demand": demand, "widened": widened, "better": better, "cost": cost,
            "designs": designs, "exhibits": exhibits}  # fmt: skip


SENTENCES = [
    ["a", "Whoever is in the field keep informed has a voice in the decision."],
    ["b", "Another border can move a stakeholder to another field, although nobody has changed."],
    ["c", "If a step is not the bottleneck, widening it changes nothing in what gets through."],
    ["d", "Twice as many ideas make the best idea twice as good."],
    ["e", "In Exhibit 5 of the case, marketing answers the smallest share of what it hears. So it leaves more "
     "suggestions without an answer than sales and service."],
    ["f", "A redesign that creates more in total can still leave one side worse off."],
]  # fmt: skip


def _level(draw: Draw, letter: str, place: int) -> int:
    """Draw a share; the options are turned for each cell, so that the base variant is no table of equal numbers."""
    options = LEVELS[PEOPLE[letter][1][place]]
    turn = (LETTERS.index(letter) + place) % len(options)
    return draw.choice(f"{letter}{place}", options[turn:] + options[:turn])


def _design(draw: Draw, letter: str) -> list[int]:
    """Return what passenger and driver get and put in; a shift leaves both balances as they are."""
    _, put_in, left = DESIGNS[letter]
    return [number for side in range(2) for shift in [draw.choice(f"{letter}: shift {side}", [0, 1, 2])]
            for number in (put_in[side] + left[side] + shift, put_in[side] + shift)]  # fmt: skip


def _table(title: str, columns: tuple[str, ...], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "status": "illustrative", "columns": list(columns), "rows": rows}


def _tenths(value: int) -> str:
    return f"{value / 10:.1f}"


def column(given: Given, place: int) -> list[float]:
    """Return power (0), interest (1), legitimacy (2) or urgency (3) of all twelve."""
    return [given["people"][letter][place] / 100 for letter in LETTERS]


def fields(given: Given, border: float = BORDER) -> dict[str, str]:
    """Return the field of the map for each stakeholder, by the model of the lesson."""
    return dict(zip(LETTERS, map(str, power_interest_cell(column(given, 0), column(given, 1), border)), strict=True))


def within(given: Given, field: str) -> list[str]:
    """Return the letters in a field of the map."""
    return [letter for letter, own in fields(given).items() if own == field]


def moved(given: Given) -> list[str]:
    """Return who changes the field when the border rises."""
    before, after = fields(given), fields(given, HIGHER)
    return [letter for letter in LETTERS if before[letter] != after[letter]]


def with_salience(given: Given, high: int) -> int:
    """Count the stakeholders of whom so many things are high."""
    found = salience(column(given, 0), column(given, 2), column(given, 3), BORDER)
    return int((found == high).sum())


def through(given: Given, **widened: int) -> int:
    """Return how many passengers get through, `drive` widened or not."""
    able = {name: number + widened.get(name, 0) for name, number in given["chain"].items()}
    return int(min(*able.values(), given["demand"]))


def gain(given: Given) -> int:
    """Return how many more get through after `drive` has been widened."""
    return through(given, drive=given["widened"]) - through(given)


def best(given: Given, segment: str) -> int:
    """Return the quality of the best idea of a segment, in hundredths."""
    return int(BEST[SEGMENTS[segment]] * given["better"][segment])


def left(given: Given, segment: str) -> int:
    """Return what is left after the cost of asking, in hundredths."""
    return int(best(given, segment) - 10 * given["cost"][segment])


def ranking(given: Given) -> list[str]:
    """Return the segments, the one that leaves most first."""
    return sorted(SEGMENTS, key=lambda segment: -left(given, segment))


def both_gain(given: Given) -> list[str]:
    """Return the designs that leave both better off."""
    return [k for k, (got, put, driver_got, driver_put) in given["designs"].items()
            if got > put and driver_got > driver_put]  # fmt: skip


QUESTIONS = (
    Question(
        id="q1", marks=1, concept="A19", expectation=items(*LETTERS), partial=each_item,
        answer=lambda g: within(g, "keep informed"),
        wrong=(
            Wrong(lambda g: within(g, "keep satisfied"),
                  "You took those with much power and little interest. Which of the two is high in this field?"),
            Wrong(lambda g: ["f"], 'Look again at "f": does the power reach the border?', is_part=True),
            Wrong(lambda g: ["k"], 'Look again at "k": is the interest high?', is_part=True),
            Wrong(lambda g: ["a", "b", "h"],
                  "There is one more. Legitimacy and urgency do not count on this map, only power and interest."),
        ),
        solution=lambda g: "Power below 0.50 and interest at least 0.50: a, b, g and h.",
    ),
    Question(
        id="q2", marks=1, concept="A19", expectation=items(*LETTERS), partial=each_item, answer=moved,
        wrong=(
            Wrong(lambda g: ["f"], "You found one. The border moves on both lines: look at the interest, too."),
            Wrong(lambda g: ["h"], "You found one. The border moves on both lines: look at the power, too."),
            Wrong(lambda g: list("abcdefghijkl"), "Not everybody moves. Whose number lies between the two borders?"),
            Wrong(lambda g: ["d"], 'Look again at "d": compare both numbers with the new border.', is_part=True),
        ),
        solution=lambda g: "Only a number between 0.50 and 0.65 changes its side: the power of f, the interest of h.",
    ),
    Question(
        id="q3", marks=1, concept="A19", expectation=whole(0, 12), answer=lambda g: with_salience(g, 2),
        wrong=(
            Wrong(lambda g: 3, "You counted one class, perhaps the dependent. Three classes have two things high."),
            Wrong(lambda g: with_salience(g, 3), "This counts those with all three things high."),
            Wrong(lambda g: with_salience(g, 2) + with_salience(g, 3),
                  "This counts everybody with two or more. The question asks for exactly two."),
            Wrong(lambda g: with_salience(g, 1), "This counts those with one thing high."),
        ),
        solution=lambda g: "Dominant: c and i. Dangerous: f. Dependent: a, b and h. Interest does not count here.",
    ),
    Question(
        id="q4", marks=1, concept="A22", expectation=number(0, 1000), answer=through,
        wrong=(
            Wrong(lambda g: g["demand"], "This is how many want to come. How many can the chain handle?"),
            Wrong(lambda g: sum(g["chain"].values()) / 6,
                  "This is a mean. Can a strong activity do the work of a weak one?"),
            Wrong(lambda g: g["chain"]["tell people at the stops"],
                  "You looked at the last step only. Everybody passes the other steps, too."),
        ),
        solution=lambda g: f"The weakest activity is {WEAKEST}: {through(g)} passengers a night.",
    ),
    Question(
        id="q5", marks=1, concept="A22", expectation=number(0, 1000), answer=gain,
        wrong=(
            Wrong(lambda g: g["widened"], "This is how much was added to one activity. What limits the chain now?"),
            Wrong(lambda g: g["demand"] - g["chain"][WEAKEST],
                  "You went up to what is wanted. Is there no weak activity left below it?"),
            Wrong(lambda g: through(g, drive=g["widened"]),
                  "This is how many get through now. The question asks how many more."),
        ),
        solution=lambda g: f"Now {NEXT} is the weakest, at {g['chain'][NEXT]}: {gain(g)} more than {through(g)}. "
        "It belongs to the agency, so the bus company has to convince somebody else.",
    ),
    Question(
        id="q6", marks=1, concept="A21", expectation=choice(*"abcd"), answer=lambda g: "b",
        wrong=(
            Wrong(lambda g: "a", "Four of six do decide about something. But look at those who carry out the weakest "
                  "activity."),
            Wrong(lambda g: "c", "Count the names in the column of those who decide, each once. Is it hardly anybody?"),
            Wrong(lambda g: "d", "Compare two columns of Table 2, row by row: who does it, and who decides?"),
        ),
        solution=lambda g: "By heads four of six decide about something. Drivers and bus maker decide about nothing, "
        "and the drivers carry out the weakest activity.",
    ),
    Question(
        id="q7", marks=2, concept="A18", expectation=items(*SEGMENTS, size=4, ordered=True), partial=each_place,
        answer=ranking,
        wrong=(
            Wrong(lambda g: sorted(SEGMENTS, key=lambda k: -best(g, k)),
                  "This goes by the best idea before costs. What does asking cost?"),
            Wrong(lambda g: sorted(SEGMENTS, key=lambda k: -SEGMENTS[k]),
                  "This goes by the number of ideas. How good is the best of them?"),
            Wrong(lambda g: ranking(g)[::-1], "This begins with the smallest. Begin with the largest."),
        ),
        solution=lambda g: "; ".join(f"{k} {left(g, k) / 100:.2f}" for k in ranking(g)) + ".",
    ),
    Question(
        id="q8", marks=2, concept="A39", expectation=items(*DESIGNS), partial=each_item, answer=both_gain,
        wrong=(
            Wrong(lambda g: ["c"], 'Look again at "c": the sum is large, but what is left for each of the two?',
                  is_part=True),
            Wrong(lambda g: ["d"], 'Look again at "d": what is left for the passenger?', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": what is left for the driver?', is_part=True),
            Wrong(lambda g: ["a"], 'Look again at "a": what is left for the passenger who writes?', is_part=True),
        ),
        solution=lambda g: "Only in b and e does each side get more than it puts in. "
        "The sum is larger in c, but the driver pays for it.",
    ),
    Question(
        id="q9", marks=2, concept="A40", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "d", "e"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": it is what you saw in question 2.', is_part=True),
            Wrong(lambda g: ["c"], 'Look again at "c": try it in the second explorer of the lesson.', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": is there such a design in Table 6?', is_part=True),
            Wrong(lambda g: ["a", "d"], "There is one more. Open the exhibit of the case, and subtract."),
        ),
        solution=lambda g: "a: informed is not heard. d: the best of twice as many is only a little better. "
        "e: sales leaves most without an answer, since it hears most.",
    ),
)  # fmt: skip

KEY = Key(
    name="03_stakeholders_and_structure",
    title="Exercise 3. Stakeholders and structure: with whom, and with what?",
    variant=variant,
    questions=QUESTIONS,
    memo_marks=8,
    conclusion=lambda g: [fields(g), fields(g, HIGHER), ranking(g), both_gain(g)],
)
