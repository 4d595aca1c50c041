"""Key of the exercise of session 4: each student's numbers, the answers, and what likely wrong answers teach.

The points and curves of Table 2 are those of Exhibit 4 of the case, and a test holds them to it; what differs between
students is which years are asked. Blocks of pairs, the group and the workshops are illustrative. Counts of pairs are
whole numbers in every variant. This key is public, so it serves practice only.
"""

from itertools import combinations
from math import exp
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
from cocreate_teach.models import AdoptionParameters, one_sided_time, unlinked_time

# Shares of 2008 in percent, from Exhibits 5 and 9 of the case.
SHARES = {"some record": 42.0, "exchange": 41.0, "basic record": 16.9, "hospital exchange": 15.0,
          "hospital record": 9.4}  # fmt: skip
# Exhibit 4 of the case, in tenths of a percent: observed, curve with origin 2000, curve with origin 1990.
CURVES = {2001: (180, 60, 137), 2004: (208, 220, 228), 2005: (239, 267, 265), 2006: (292, 312, 305),
          2007: (348, 353, 348), 2008: (420, 392, 394)}  # fmt: skip
LATER = tuple(combinations((2004, 2005, 2006, 2007, 2008), 3))
KINDS = ("physicians and hospitals", "physicians and patients", "hospitals and patients")
SPLITS = (4, 5, 6, 7, 8)


def _percent(inside: int, hard_inside: float, hard_outside: float) -> tuple[int, int]:
    """Return both chances as the table shows them, in whole percent, by the model of the lesson."""
    return round(100 - 100 * exp(-inside / hard_inside)), round(100 - 100 * exp(-(10 - inside) / hard_outside))


def _is_clear(rows: list[tuple[int, int]]) -> bool:
    """Say whether 6 of 10 wins by at least one point, though the larger chance or the equal split would not."""
    won = [inside * outside / 100 for inside, outside in rows]
    return all(won[SPLITS.index(6)] >= other + 1 for n, other in enumerate(won) if SPLITS[n] != 6)


SELLS = [(4.0, 2.0)] + [
    (hard_inside / 10, hard_outside / 10) for hard_inside in range(28, 60, 2) for hard_outside in range(14, 30, 2)
    if hard_inside > 1.4 * hard_outside and (hard_inside, hard_outside) != (40, 20)
    and _is_clear([_percent(inside, hard_inside / 10, hard_outside / 10) for inside in SPLITS])
]  # fmt: skip


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers and the six tables that show them."""
    later = draw.choice("years", [(2004, 2006, 2008), *(some for some in LATER if some != (2004, 2006, 2008))])
    years = [2001, *later]
    group = draw.choice("group", [12, 8, 10, 14, 16, 18])
    adopted = {"physicians": draw.choice("physicians", [6, 7]), "hospitals": draw.choice("hospitals", [9, 8]),
               "patients": draw.choice("patients", [2, 1])}  # fmt: skip
    blocks = {KINDS[0]: draw.choice("block 1", [100, 200]), KINDS[1]: draw.choice("block 2", [500, 700, 800]),
              KINDS[2]: draw.choice("block 3", [400, 300])}  # fmt: skip
    imitation = draw.choice("imitation", [0.8, 0.4, 0.45, 0.5, 0.65, 0.7, 0.75, 0.9])
    sell = [list(_percent(inside, *draw.choice("sell", SELLS))) for inside in SPLITS]
    given = {"years": years, "group": group, "adopted": adopted, "blocks": blocks, "imitation": imitation, "sell": sell}
    exhibits = [
        _table("Five names, and what they mean. All shares are of the year 2008.", ("Name", "Share of whom"), [
            ["some record", "US office physicians with any record (Exhibit 9)"],
            ["basic record", "US office physicians with a basic record (Exhibit 9)"],
            ["hospital record", "US hospitals with a basic record (Exhibit 5)"],
            ["exchange", "US hospitals that exchange data with anybody outside (Exhibit 5)"],
            ["hospital exchange", "US hospitals that exchange data with other hospitals (Exhibit 5)"]], "published"),
        _table("Percent of US office physicians: observed, and the two curves of Exhibit 4 of the case.",
               ("Year", "Observed", "Curve with origin 2000", "Curve with origin 1990"),
               [[str(year), *(_tenths(value) for value in CURVES[year])] for year in years], "derived"),
        _table("Who has a record in an invented town.", ("Group", "Of ten, a record have"),
               [[name, str(share)] for name, share in adopted.items()]),
        _table("Pairs that share a case in this town.", ("Kind of pair", "Number of pairs"),
               [*([kind, str(count)] for kind, count in blocks.items()), ["together", str(sum(blocks.values()))]]),
        _table("Ten workshops for two sells.",
               ("Workshops inside", "Workshops outside", "Chance that inside is won", "Chance that outside is won"),
               [[str(inside), str(10 - inside), f"{won[0]}%", f"{won[1]}%"]
                for inside, won in zip(SPLITS, sell, strict=True)]),
        _table("What a chatbot wrote about this exercise.", ("Sentence", "Text"), _sentences(given)),
    ]  # fmt: skip
    return given | {"exhibits": exhibits}


def _sentences(given: Given) -> list[list[str]]:
    apart = round(unlinked(given))
    return [
        ["a", f"In a group of {given['group']}, nobody is in a one-sided pair before the first one adopts."],
        ["b", f"In the town {apart} pairs are not linked. So in {apart} pairs one side knows more than the other."],
        ["c", "From 2007 to 2008 any record rose by 7.2 points. So 7.2 in 100 physicians bought one in that year."],
        ["d", "No exhibit of the case counts how patients fared with a record or without one."],
        ["e", "Quicker physicians are linked with their patients sooner. So the pairs are one-sided for less time."],
        ["f", "If the internal sell fails, a perfect external sell does not help, because the table counts both."],
    ]  # fmt: skip


def _table(title: str, columns: tuple[str, ...], rows: list[list[str]], status: str = "illustrative") -> dict[str, Any]:
    return {"title": title, "status": status, "columns": list(columns), "rows": rows}


def _tenths(value: int) -> str:
    return f"{value / 10:.1f}"


def miss(given: Given, curve: int) -> int:
    """Add up how far a curve (1: origin 2000, 2: origin 1990) lies from the observed points, in tenths."""
    return sum(abs(CURVES[year][curve] - CURVES[year][0]) for year in given["years"])


def drift(given: Given, curve: int) -> int:
    """Add up the same differences with their signs, so that they cancel, in tenths."""
    return sum(CURVES[year][curve] - CURVES[year][0] for year in given["years"])


def nearer(given: Given) -> float:
    """Return how many points less the curve with origin 1990 misses."""
    return (miss(given, 1) - miss(given, 2)) / 10


def half(given: Given) -> int:
    """Return one half of the group."""
    return int(given["group"]) // 2


def counted(given: Given, rule: Any) -> list[float]:
    """Apply a rule for two shares to each kind of pair, times the number of pairs."""
    share = {name: tenths / 10 for name, tenths in given["adopted"].items()}
    pairs = [(share[one], share[other]) for one, other in (kind.split(" and ") for kind in KINDS)]
    return [float(given["blocks"][kind]) * rule(one, other) for kind, (one, other) in zip(KINDS, pairs, strict=True)]


def one_sided(given: Given) -> float:
    """Count one-sided pairs in the town."""
    return round(sum(counted(given, lambda one, other: one * (1 - other) + other * (1 - one))), 6)


def unlinked(given: Given) -> float:
    """Count pairs in the town that are not linked: one-sided, or without any record."""
    return round(sum(counted(given, lambda one, other: 1 - one * other)), 6)


def _by_equal_blocks(given: Given) -> float:
    shares = [count / given["blocks"][kind] for kind, count in zip(
        KINDS, counted(given, lambda one, other: one * (1 - other) + other * (1 - one)), strict=True)]  # fmt: skip
    return round(sum(shares) / len(shares) * sum(given["blocks"].values()), 6)


def waiting(physicians: float, patients: float) -> tuple[float, float]:
    """Return periods until a pair of physician and patient is linked, and of that one-sided, as the explorer shows."""
    pair = AdoptionParameters(stakeholders=("physicians", "patients"), innovation=[0.01, 0.005],
                              imitation=[physicians, patients])  # fmt: skip
    return round(float(unlinked_time(pair)), 2), round(float(one_sided_time(pair)), 2)


def best_split(given: Given) -> int:
    """Return how many workshops inside win both sells most often."""
    return SPLITS[max(range(len(SPLITS)), key=lambda n: given["sell"][n][0] * given["sell"][n][1])]


RANKING = sorted(SHARES, key=lambda name: -SHARES[name])

QUESTIONS = (
    Question(
        id="q1", marks=1, concept="A25", expectation=items(*sorted(SHARES), size=5, ordered=True), partial=each_place,
        answer=lambda g: RANKING,
        wrong=(
            Wrong(lambda g: RANKING[::-1], "This begins with the smallest. Begin with the largest."),
            Wrong(lambda g: ["exchange", "some record", "basic record", "hospital exchange", "hospital record"],
                  "Two of your numbers differ by one point only. Read both again."),
            Wrong(lambda g: ["some record", "exchange", "basic record", "hospital record", "hospital exchange"],
                  "Almost. Did you expect that nobody can exchange data without a record? Read Exhibit 5 again."),
            Wrong(lambda g: ["some record", "basic record", "exchange", "hospital exchange", "hospital record"],
                  "You put physicians before hospitals. Compare the numbers, not the people."),
        ),
        solution=lambda g: "; ".join(f"{name} {SHARES[name]:g}%" for name in RANKING) + ".",
    ),
    Question(
        id="q2", marks=1, concept="A15", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "d", "f"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": what does the caption of Exhibit 9 say about that year?',
                  is_part=True),
            Wrong(lambda g: ["c"], 'Look again at "c": could those who were asked all give an answer?', is_part=True),
            Wrong(lambda g: ["e"], 'Look again at "e": does an exhibit show a reason, or only a number?', is_part=True),
            Wrong(lambda g: ["a", "d"],
                  "One more sentence holds. Try it with each of the two printed values of 2009."),
        ),
        solution=lambda g: "a: 42.0 against 16.9. d: 26 against 38. f: 50.5 is more than twice 21.8, and 11.8. "
        "b: not fielded in 2016. c: 15% did not know. e: no exhibit shows a reason.",
    ),
    Question(
        id="q3", marks=2, concept="A25", expectation=number(-100, 100), answer=nearer,
        wrong=(
            Wrong(lambda g: miss(g, 2) / 10,
                  "This is the sum of one curve. By how much is it smaller than the other sum?"),
            Wrong(lambda g: -nearer(g), "Right size, wrong sign: how much *smaller* is the sum of the nearer curve?"),
            Wrong(lambda g: (abs(drift(g, 1)) - abs(drift(g, 2))) / 10,
                  "Your pluses and minuses cancel each other. A distance has no sign."),
            Wrong(lambda g: nearer(g) - 7.7, "You left out the first year."),
        ),
        solution=lambda g: f"Origin 2000 misses by {_tenths(miss(g, 1))} points, origin 1990 by {_tenths(miss(g, 2))}; "
        f"the difference is {nearer(g):.1f}, and 7.7 of it come from the year 2001 alone.",
    ),
    Question(
        id="q4", marks=1, concept="A25", expectation=choice(*"abcd"), answer=lambda g: "c",
        wrong=(
            Wrong(lambda g: "a", "Nearer than one other curve: is that nearer than all others?"),
            Wrong(lambda g: "b", "Compare the two curves in the first row of Table 2. Are they alike there?"),
            Wrong(lambda g: "d", "Which of the two sums in question 3 was the smaller one?"),
        ),
        solution=lambda g: "Of the difference in question 3, 7.7 points come from one rounded value. Two origins were "
        "tried; many are possible.",
    ),
    Question(
        id="q5", marks=1, concept="A25", expectation=number(0, 1000), answer=lambda g: half(g) ** 2,
        wrong=(
            Wrong(lambda g: g["group"] * (g["group"] - 1) / 2,
                  "These are all pairs of the group. In how many of them has exactly one a record?"),
            Wrong(lambda g: half(g), "This is a number of physicians. Count pairs."),
            Wrong(lambda g: 2 * half(g) ** 2, "You counted each pair twice, once from each side."),
            Wrong(lambda g: g["group"] - 1, "So many are one-sided after the first one adopts. Go on."),
        ),
        solution=lambda g: f"With {half(g)} of {g['group']}: each of {half(g)} with a record makes a pair with each of "
        f"{half(g)} without, {half(g) ** 2} pairs.",
    ),
    Question(
        id="q6", marks=2, concept="A25", expectation=number(0, 5000), answer=one_sided,
        wrong=(
            Wrong(unlinked, "These are all pairs that are not linked. In some of them nobody has a record."),
            Wrong(lambda g: round(sum(counted(g, lambda one, other: one * other)), 6),
                  "These pairs are linked. In a one-sided pair exactly one side has a record."),
            Wrong(_by_equal_blocks, "You gave each kind of pair the same weight. Table 4 says how many there are."),
            Wrong(lambda g: round(sum(counted(g, lambda one, other: one * (1 - other))), 6),
                  "You counted one direction. The second side can have the record, and the first not."),
        ),
        solution=lambda g: "; ".join(
            f"{kind} {count:.0f}" for kind, count in zip(
                KINDS, counted(g, lambda one, other: one * (1 - other) + other * (1 - one)), strict=True)
        ) + f"; together {one_sided(g):.0f}.",
    ),
    Question(
        id="q7", marks=1, concept="A25", expectation=number(0, 100), tolerance=0.011,
        answer=lambda g: waiting(g["imitation"], 0.25)[1],
        wrong=(
            Wrong(lambda g: waiting(0.3, 0.25)[1], "This is the start. Move the slider of the physicians first."),
            Wrong(lambda g: waiting(g["imitation"], 0.25)[0],
                  "This is the time until a pair is linked. How much of it is one-sided?"),
            Wrong(lambda g: waiting(0.3, g["imitation"])[1],
                  "You moved the patients. Put them back, and move the physicians."),
            Wrong(lambda g: 6.9, "This counts all kinds of pairs. Choose one kind under *pairs counted*."),
        ),
        solution=lambda g: f"{waiting(g['imitation'], 0.25)[1]:.2f} periods, against 7.53 at the start: the physicians "
        "are quicker, and wait longer for their patients.",
    ),
    Question(
        id="q8", marks=1, concept="A16", expectation=whole(0, 10), answer=best_split,
        wrong=(
            Wrong(lambda g: 5, "An even division is right only if both sells are equally hard. Multiply both chances."),
            Wrong(lambda g: 8, "Here inside is won most often. But both must be won."),
            Wrong(lambda g: 4, "Here outside is won most often. But both must be won."),
            Wrong(lambda g: 7, "Near. Multiply the two chances in this row and in the rows beside it."),
        ),
        solution=lambda g: "; ".join(
            f"{inside} inside: {won[0] * won[1] / 100:.0f}%" for inside, won in zip(SPLITS, g["sell"], strict=True)
        ) + ".",
    ),
    Question(
        id="q9", marks=2, concept="A25", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["b", "c", "e"],
        wrong=(
            Wrong(lambda g: ["a"], 'Look again at "a": how many records are there at that moment?', is_part=True),
            Wrong(lambda g: ["d"], 'Look again at "d": name an exhibit that counts health, and you are right.',
                  is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": what is a chance of zero, multiplied by another one?',
                  is_part=True),
            Wrong(lambda g: ["b", "e"], "There is one more. In which year did the survey change its way of asking?"),
        ),
        solution=lambda g: "b: where neither side has a record, nobody knows more. c: the survey changed to letters in "
        "2008, so the step may come from it. e: linked sooner, but one-sided for longer (question 7).",
    ),
)  # fmt: skip

KEY = Key(
    name="04_operations_and_information",
    title="Exercise 4. Operations and information: who pays, who gains?",
    variant=variant,
    questions=QUESTIONS,
    memo_marks=8,
    conclusion=lambda g: [best_split(g), miss(g, 1) > miss(g, 2)],
)
