"""Key of the exercise of session 8: each student's numbers, the answers, and what likely wrong answers teach.

The club wiki, the four projects and the six requests are invented (illustrative). The counts of Wikipedia are real:
those of Table 5 are copied from the case, and what the explorer shows is computed from the case here, too. This key is
public, so it serves practice only.
"""

from functools import cache
from typing import Any

import numpy as np

from cocreate_teach.cases import load_case
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
from cocreate_teach.models import SphereParameters, consumer_producer, individual_use, sphere_surplus

CLASSES = ("1 to 4", "5 to 24", "25 to 99", "100 or more")
CLUB = (140, 40, 16, 4)  # editors in the classes: the last two are a tenth of all

# Edits of the classes, 2,000 in all, so that the most active tenth makes a whole number of per cent; each class has an
# average inside its limits, and the answers to the easy confusions differ.
EDITS = [(220, 320, 560, 900)] + [
    (2000 - second - third - fourth, second, third, fourth)
    for second in range(260, 401, 20) for third in range(480, 641, 20) for fourth in range(840, 961, 20)
    if 240 <= 2000 - second - third - fourth <= 440 and 68 <= (third + fourth) / 20 <= 78
]  # fmt: skip

# Edits of five people, 100 in all. The Gini coefficient has three decimals and lies apart from what slips give.
FIVE = [(2, 5, 11, 21, 61)] + [
    (first, second, third, fourth, 100 - first - second - third - fourth)
    for first in range(1, 5) for second in range(5, 9) for third in range(10, 15) for fourth in range(19, 26)
    if (5 * first + 4 * second + 3 * third + 2 * fourth + 100 - first - second - third - fourth) % 5
    and 160 <= 4 * first + 3 * second + 2 * third + fourth + 100 <= 172
]  # fmt: skip
READERS = (15, 5)  # beside five contributors: a quarter, or a half, of all people contribute
SHARES = (3, 4, 5, 6, 8, 10, 15)  # per cent of the people: the most active
OPENS_WITH = 0.7  # per cent: where the explorer stands when it opens

# Active editors and new contributors of the English edition, as in the case: a year before, at the peak, and then.
MONTHS = {
    "October": ((43770, 54365, 46895), (11864, 14727, 11298)),
    "September": ((41658, 54365, 44921), (11144, 14727, 10660)),
    "August": ((42897, 54365, 46004), (12447, 14727, 11078)),
}
PROJECTS = ("coat", "kit", "meter", "panel")
EFFORTS = (0.0, 0.25, 0.5, 0.75, 1.0)
LARGE = ((15, "20,000"), (64, "1,000"))  # editions with at least so many articles, end of May 2005


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers and the eight tables that show them."""
    edits, five = draw.choice("club", EDITS), draw.choice("five", FIVE)
    readers, share = draw.choice("readers", READERS), draw.choice("share", SHARES)
    month, large = draw.choice("month", list(MONTHS)), draw.choice("large", LARGE)
    gains, requests = _gains(draw), _requests(draw)
    editors, newcomers = MONTHS[month]
    people = "ABCDE"
    exhibits = [
        _table("A club wiki in one year.", ("Edits in the year", "Editors", "Edits of the class"),
               [[name, str(n), f"{made:,}"] for name, n, made in zip(CLASSES, CLUB, edits, strict=True)]),
        _table("Five people who edit one page, the least active first.", ("Person", "Edits"),
               [[name, str(made)] for name, made in zip(people, five, strict=True)]),
        _table("Two numbers for questions 3 and 4.", ("What", "Number"),
               [["people who read the page and never edit", str(readers)],
                ["the most active, in per cent of the people", str(share)]]),
        _table("Six sentences about the figures of Text A.", ("Sentence", "Text"), _claims(large)),
        _table("English Wikipedia: people in the month. Wikistats, as in Exhibits 1 and 2 of the case.",
               ("Who", f"{month} 2006", "March 2007", f"{month} 2007"),
               [["active editors", *(f"{n:,}" for n in editors)], ["new contributors", *(f"{n:,}" for n in newcomers)]],
               "real"),
        _table("What both gain over staying apart, at so much effort of the customer (model of the scope explorer).",
               ("Project", *(f"effort {effort:.2f}" for effort in EFFORTS)),
               [[name, *(_signed(gain / 100) for gain in gains[name])] for name in PROJECTS]),
        _table("Six requests to take part.", ("Request", "What is asked", "Value together", "Costs of both",
               "What both have apart", "Can the answer change the decision?", "Who bears the harm of a bad answer?"),
               [[letter, asked, *(_tenths(n) for n in (value, costs, apart)), say, harm]
                for letter, (asked, value, costs, apart, say, harm) in requests.items()]),
        _table("What a chatbot wrote about this session.", ("Sentence", "Text"), _sentences(edits)),
    ]  # fmt: skip
    return {"club": list(edits), "five": list(five), "readers": readers, "share": share, "month": month,
            "large": large[0], "gains": gains, "requests": {k: list(v) for k, v in requests.items()},
            "exhibits": exhibits}  # fmt: skip


def _gains(draw: Draw) -> dict[str, list[int]]:
    """Return the gains of four projects in hundredths, by the model; whatever is drawn, the order is the same."""
    settings = {
        "coat": (draw.choice("coat", [0.5, 0.48, 0.49]), 2.0, draw.choice("coat: cost", [0.6, 0.62, 0.64]), 0.5),
        "kit": (draw.choice("kit", [0.9, 0.88, 0.86]), 2.2, draw.choice("kit: cost", [1.5, 1.55, 1.6]), 0.5),
        "meter": (0.05, 0.5, draw.choice("meter", [0.9, 0.95, 1.0]), 0.8),
        "panel": (0.5, 1.6, draw.choice("panel", [1.4, 1.45, 1.5, 1.55]), 0.4),
    }
    return {name: _gain(*settings[name]) for name in PROJECTS}


def _gain(interaction: float, together: float, cost: float, alone: float) -> list[int]:
    spheres = SphereParameters(
        investment=consumer_producer(np.array(EFFORTS), 0.4), direct_interaction=interaction, joint_strength=together,
        consumer_cost=cost, consumer_strength=alone,
    )  # fmt: skip
    gain = sphere_surplus(spheres) - individual_use(spheres).sum(axis=-1)
    return [round(100 * float(one)) for one in gain]


def _requests(draw: Draw) -> dict[str, tuple[str, int, int, int, str, str]]:
    """Return six requests in tenths; b gains less than nothing, c has no say, d harms others, the rest may be made."""
    more = [draw.choice(f"request {n}", [0, 1, 2, 3]) for n in range(6)]
    nobody, own, others = "nobody", "those who answer", "people who were not asked"
    return {
        "a": ("A tea shop lets customers choose a mixture", 30 + more[0], 12, 15 + more[0] // 2, "yes", own),
        "b": ("A power company wants an hour a week from each home", 26 + more[1], 14, 15 + more[1], "yes", nobody),
        "c": ("A bank lets clients vote on a name that is already printed", 24 + more[2], 6, 10, "no", nobody),
        "d": ("A city map lets anybody move the entrances for ambulances, without a check", 40 + more[3], 10, 20, "yes",
              others),
        "e": ("A furniture shop lends chairs for a month and asks for a report", 20 + more[4], 9, 10 + more[4], "yes",
              own),
        "f": ("A museum asks visitors for stories about its pictures", 18 + more[5], 4, 9, "yes", nobody),
    }  # fmt: skip


def _claims(large: tuple[int, str]) -> list[list[str]]:
    editions, articles = large
    return [
        ["a", "The number 1.5 million fits the articles of all editions in spring 2005."],
        ["b", "The number 1.5 million fits the edits that people made in May 2005."],
        ["c", f"At the end of May 2005, {editions} editions had {articles} articles or more."],
        ["d", f"At the end of May 2005, no more than {editions} editions had an article."],
        ["e", "The tables of the case show that the 5 million visitors a month are wrong."],
        ["f", "With the tables of the case, the 5 million visitors a month cannot be checked."],
    ]


def _sentences(edits: tuple[int, ...]) -> list[list[str]]:
    share = sum(edits[2:]) / 20
    return [
        ["a", f"A tenth of the club makes {share:.0f}% of the edits. So little would be lost if the others left."],
        ["b", "If readers are counted, too, the Gini coefficient rises, although nobody's work has changed."],
        ["c", "Text A's number of 1.5 million is wrong, since Wikipedia was smaller then."],
        ["d", "After the German edition began to review edits, its newcomers became fewer. So review drove them away."],
        ["e", "By Grönroos, customers do not always co-create: the provider gets opportunities to do so."],
        ["f", "One element whose gain is below zero at its best would speak against the sharper thesis of the lesson."],
    ]  # fmt: skip


def _table(title: str, columns: tuple[str, ...], rows: list[list[str]], status: str = "illustrative") -> dict[str, Any]:
    return {"title": title, "status": status, "columns": list(columns), "rows": rows}


def _tenths(value: int) -> str:
    return f"{value / 10:.1f}"


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def top_tenth(given: Given) -> float:
    """Return what the most active tenth of the club makes, in per cent."""
    return float(sum(given["club"][2:]) / 20)


def gini(given: Given, people: int = 6, last: int = 0) -> float:
    """Return the Gini coefficient as the lesson calculates it; the other arguments are those of slips."""
    up_to = np.cumsum(given["five"]) / 100
    return round(float(people - 2 * (up_to.sum() - last)) / 5, 3)


def contributors(given: Given) -> float:
    """Return the share of contributors among all people."""
    return float(5 / (5 + given["readers"]))


def with_readers(given: Given) -> float:
    """Return the Gini coefficient of all people."""
    return round(1 - (1 - gini(given)) * contributors(given), 3)


@cache
def real_share(top: float) -> float:
    """Return what the most active held in November 2011, in per cent, by a line between two classes of the case."""
    points = load_case("wikipedia").table("lorenz")
    below = np.interp(1 - top / 100, points["share_of_editors"], points["share_of_edits"])
    return float(round(100 * (1 - float(below))))


def by_best(given: Given) -> list[str]:
    """Return the projects, the one with the largest gain at its best effort first."""
    return sorted(PROJECTS, key=lambda name: -max(given["gains"][name]))


def refused(given: Given) -> list[str]:
    """Return the requests that the scope rule refuses."""
    return [
        letter
        for letter, (_, value, costs, apart, say, harm) in given["requests"].items()
        if value - costs - apart <= 0 or say == "no" or harm == "people who were not asked"
    ]


QUESTIONS = (
    Question(
        id="q1", marks=1, concept="A9", expectation=number(0, 100), answer=top_tenth, tolerance=0.5,
        wrong=(
            Wrong(lambda g: g["club"][3] / 20, "This is the last class alone. Which part of the editors is in it?"),
            Wrong(lambda g: 100 - top_tenth(g), "This is what all the others make. Take the most active."),
            Wrong(lambda g: top_tenth(g) / 100, "This is a share of one. The question asks for per cent."),
        ),
        solution=lambda g: f"The last two classes are 20 of 200 editors. They make {sum(g['club'][2:]):,} "
        f"of 2,000 edits: {top_tenth(g):.0f}%.",
    ),
    Question(
        id="q2", marks=2, concept="A9", expectation=number(-1, 1), answer=gini, tolerance=0.005,
        wrong=(
            Wrong(lambda g: -gini(g), "Your row begins with the most active person. Begin with the least active."),
            Wrong(lambda g: gini(g, people=5),
                  "You began with the number of people. The rule adds something to it first."),
            Wrong(lambda g: gini(g, last=1),
                  "Your sum leaves out the last person. All edits up to her are counted, too."),
            Wrong(lambda g: 0.8, "You added the single shares. Add the shares of all edits up to each person."),
        ),
        solution=lambda g: f"The shares up to each person add up to {np.cumsum(g['five']).sum() / 100:.2f}. "
        f"(6 − 2 × sum) / 5 = {gini(g):.3f}.",
    ),
    Question(
        id="q3", marks=1, concept="A9", expectation=number(0, 1), answer=with_readers, tolerance=0.005,
        wrong=(
            Wrong(gini, "This is the coefficient of the five alone. Now more people are counted."),
            Wrong(lambda g: gini(g) * contributors(g),
                  "You made the coefficient smaller. Do readers make the page more equal?"),
            Wrong(lambda g: 1 - contributors(g), "This is the share of people who never edit. The five differ, too."),
        ),
        solution=lambda g: f"Contributors are {contributors(g):.2f} of all people: "
        f"1 − (1 − {gini(g):.3f}) × {contributors(g):.2f} = {with_readers(g):.3f}.",
    ),
    Question(
        id="q4", marks=1, concept="A9", expectation=number(0, 100), tolerance=1,
        answer=lambda g: real_share(g["share"]),
        wrong=(
            Wrong(lambda g: g["share"], "This would be their share if all edited alike. What does the real month say?"),
            Wrong(lambda g: 100 - real_share(g["share"]),
                  "This is what all the others made. Read the share of the most active."),
            Wrong(lambda g: real_share(OPENS_WITH),
                  "The explorer still stands where it opened. Move the slider for the most active first."),
        ),
        solution=lambda g: "The key number of the most active in one month of 2011 says "
        f"about {real_share(g['share']):.0f}%.",
    ),
    Question(
        id="q5", marks=1, concept="A9", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "c", "f"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": how many edits does Exhibit 5 count in May 2005?', is_part=True),
            Wrong(lambda g: ["d"], 'Look again at "d": how many editions had any article at all?', is_part=True),
            Wrong(lambda g: ["e"], 'Look again at "e": from which year on does a table count readers?', is_part=True),
        ),
        solution=lambda g: "a: articles, not clicks or edits. c: with a limit that the text does not state. "
        "f: no table counts readers before 2016, so the figure stays open.",
    ),
    Question(
        id="q6", marks=1, concept="A9", expectation=choice(*"abcd"), answer=lambda g: "b",
        wrong=(
            Wrong(lambda g: "a",
                  "You compared with March. Compare the same month of two years, or the season fools you."),
            Wrong(lambda g: "c", "Look at the second row once more: is its last number above its first?"),
            Wrong(lambda g: "d", "March is the top of a season. Which two columns are the same time of the year?"),
        ),
        solution=lambda g: f"Compare {g['month']} 2006 with {g['month']} 2007: there are more active editors "
        "and fewer new contributors. The stock follows the flow.",
    ),
    Question(
        id="q7", marks=1, concept="A33", expectation=items(*PROJECTS, size=4, ordered=True), partial=each_place,
        answer=by_best,
        wrong=(
            Wrong(lambda g: sorted(PROJECTS, key=lambda name: -g["gains"][name][-1]),
                  "You read the last column. Nobody has to ask for all the effort that a customer can give."),
            Wrong(lambda g: by_best(g)[::-1], "This begins with the smallest gain. Begin with the largest."),
            Wrong(lambda g: sorted(PROJECTS, key=lambda name: -g["gains"][name][0]),
                  "You read the first column: no effort at all. Find the best column of each row."),
        ),
        solution=lambda g: "At the best effort: "
        + "; ".join(f"{name} {_signed(max(g['gains'][name]) / 100)}" for name in by_best(g)) + ".",
    ),
    Question(
        id="q8", marks=2, concept="A33", expectation=items(*"abcdef"), partial=each_item, answer=refused,
        wrong=(
            Wrong(lambda g: ["a"], 'Look again at "a": calculate its gain. Who bears the harm?', is_part=True),
            Wrong(lambda g: ["e"], 'Look again at "e": a small gain is still a gain.', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": which of the reasons to refuse is there?', is_part=True),
            Wrong(lambda g: ["b"], "You looked at the gain only. The scope rule has two more reasons to refuse."),
            Wrong(lambda g: ["c", "d"], "You left out the gain. Subtract the costs, and what both have apart."),
        ),
        solution=lambda g: "b: no gain (value minus costs is less than what both have apart). c: no say. "
        "d: people who were not asked bear the harm.",
    ),
    Question(
        id="q9", marks=2, concept="A28", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "c", "d"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": compare your answers to questions 2 and 3.', is_part=True),
            Wrong(lambda g: ["e"], 'Look again at "e": read idea 4 of the lesson once more.', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": what does the sharper thesis of idea 5 say?', is_part=True),
            Wrong(lambda g: ["c", "d"], "There is one more. Does a share of edits say what is lost without somebody?"),
        ),
        solution=lambda g: "a: edits are not words, and the few were newcomers once. c: the number fits articles, "
        "the word is wrong. d: in the English edition, without such a review, newcomers became fewer, too.",
    ),
)  # fmt: skip

KEY = Key(
    name="08_when_not_to_co_create",
    title="Exercise 8. When not to co-create: open or protect?",
    variant=variant,
    questions=QUESTIONS,
    memo_marks=8,
    conclusion=lambda g: [by_best(g), refused(g), [max(g["gains"][name]) > 0 for name in PROJECTS]],
)
