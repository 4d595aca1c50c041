"""Key of the exercise of session 7: each student's numbers, the answers, and what likely wrong answers teach.

The firm, its departments and its campaigns are invented. Questions 6 and 7 ask about exhibits of the Burberry case,
which are the same for everybody. This key is public, so it serves practice only.
"""

from collections.abc import Sequence
from itertools import pairwise
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

STAGES = ("follow", "like", "suggest", "answered", "used")
STEPS = ("a", "b", "c", "d")
DEPARTMENTS = ("marketing", "sales", "service")

# People exposed, people who come through, and how many new people each of these brings: the loop gain lies below 1 and
# has two decimals, so that the arithmetic is alike.
CAMPAIGNS = [(50000, 250, 130), (60000, 300, 110), (20000, 100, 90), (30000, 150, 150), (40000, 200, 70),
             (80000, 400, 110), (60000, 300, 130), (40000, 200, 90), (20000, 100, 150), (80000, 400, 70)]  # fmt: skip
# First readers, how many of 1,000 pass it on, new readers each brings: fewer than 100 from the same round on.
QUIET = [(1000, 50, 10), (1200, 50, 10), (800, 55, 10), (900, 50, 11), (700, 50, 12), (600, 60, 10), (2000, 45, 10),
         (2400, 40, 10), (500, 65, 10)]  # fmt: skip
LOUD = [(5, 220), (4, 300), (5, 230), (6, 200)]
# Followers at the start and at the end of a half-year, in 100,000; the growth is a whole number of per cent.
PAGES = [(80, 124), (75, 117), (75, 120), (50, 82), (60, 93), (65, 104), (80, 116), (90, 144), (70, 112), (50, 79)]


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers and the seven tables that show them."""
    departments = _departments(draw)
    funnel = _funnel(draw, departments)
    exposed, through, brings = draw.choice("campaign", CAMPAIGNS)
    campaign = {"exposed": exposed, "through": through, "brings": brings}
    messages = {"red": [draw.choice("red starts", [300, 200, 400]), *draw.choice("red", LOUD)],
                "blue": list(draw.choice("blue", QUIET))}  # fmt: skip
    start, end = draw.choice("pages", PAGES)
    orders = _orders(draw)
    exhibits = [
        _table("One month at an invented maker of umbrellas. Made for this exercise.", ("Stage", "People"),
               [[stage, f"{funnel[stage]:,}"] for stage in STAGES], "synthetic"),
        _table("The suggestions of the same month, by department. Made for this exercise.",
               ("Department", "Suggestions heard", "Answered"),
               [[name, *map(str, departments[name])] for name in DEPARTMENTS], "synthetic"),
        _table("A campaign, as its planner expects it.", ("What", "Number"), _campaign(campaign)),
        _table("Two messages.",
               ("Message", "First readers", "Of 1,000 readers pass it on", "New readers that each of these brings"),
               [[name, *(f"{n:,}" for n in messages[name])] for name in ("red", "blue")]),
        _table("Two pages about an invented brand. Made for this exercise.", ("Page", "What it says"),
               [["A", f"In the half-year to March its followers doubled, to {end / 10:.1f} million."],
                ["B", f"At the end of September it had {start / 10:.1f} million followers."]]),
        _table("Online orders of an invented firm. The campaign ran in all shops. Made for this exercise.",
               ("Year", "January to June", "July to December"),
               [[f"year {name}", *(f"{n:,}" for n in orders[name])] for name in ("without campaign", "with campaign")],
               "synthetic"),
        _table("What a chatbot wrote about this exercise.", ("Sentence", "Text"), _sentences(orders)),
    ]  # fmt: skip
    return {"departments": departments, "funnel": funnel, "campaign": campaign, "messages": messages,
            "pages": [start, end], "orders": orders, "exhibits": exhibits}  # fmt: skip


def _departments(draw: Draw) -> dict[str, list[int]]:
    """Return heard and answered: sales hears and loses most, marketing has the lowest share, service the highest."""
    sales = draw.choice("sales", [100, 90, 110, 120])
    marketing, service = draw.choice("marketing", [40, 35, 45]), draw.choice("service", [60, 55, 65])
    return {"marketing": [marketing, marketing // 5], "sales": [sales, 2 * sales // 5],
            "service": [service, 4 * service // 5]}  # fmt: skip


def _funnel(draw: Draw, departments: dict[str, list[int]]) -> dict[str, int]:
    """Return people at each stage: most are lost at the step to like, the share is smallest at the step to suggest."""
    heard, answered = (sum(counts) for counts in zip(*departments.values(), strict=True))
    like = heard * draw.choice("likes for a suggestion", [40, 50, 32])
    return {"follow": like * draw.choice("followers for a like", [3, 4]), "like": like, "suggest": heard,
            "answered": answered, "used": round(answered * draw.choice("used", [0.25, 0.2, 0.3]))}  # fmt: skip


def _orders(draw: Draw) -> dict[str, list[int]]:
    """Return orders of two half-years, without and with a campaign: autumn is better, and a little more with it."""
    before, after = draw.choice("year before", [4000, 5000, 4500]), draw.choice("year of it", [4200, 5200, 4700])
    season, more = draw.choice("season", [30, 28, 26, 32]), draw.choice("more", [4, 3, 5, 6])
    return {"without campaign": [before, before * (100 + season) // 100],
            "with campaign": [after, after * (100 + season + more) // 100]}  # fmt: skip


def _campaign(campaign: dict[str, int]) -> list[list[str]]:
    people = [campaign["exposed"], campaign["exposed"] // 5, campaign["exposed"] // 50, campaign["exposed"] // 100,
              campaign["through"]]  # fmt: skip
    names = ("see it", "like it", "suggest something", "get an answer", "see their suggestion used")
    rows = [[f"people who {name}", f"{n:,}"] for name, n in zip(names, people, strict=True)]
    return [*rows, ["new people that each of the last row brings", str(campaign["brings"])]]


def _sentences(orders: dict[str, list[int]]) -> list[list[str]]:
    return [
        ["a", "Most people are lost at the step to like. So this step has the smallest share."],
        ["b", "A message with a loop gain below 1 dies out, however many people read it at the start."],
        ["c", "Sales answers a larger share than marketing. So sales loses fewer suggestions."],
        ["d", "A follower is an account. So a million followers can be fewer than a million people."],
        ["e", f"With the campaign, orders of July to December were {growth(orders, 'with campaign'):.0f}% above those "
              f"of January to June. So the campaign brought {growth(orders, 'with campaign'):.0f}%."],
        ["f", "If two sources disagree and it cannot be settled, keep both and say so."],
    ]  # fmt: skip


def _table(title: str, columns: tuple[str, ...], rows: list[list[str]], status: str = "illustrative") -> dict[str, Any]:
    return {"title": title, "status": status, "columns": list(columns), "rows": rows}


def shares(given: Given) -> dict[str, float]:
    """Return the share that goes on to each stage but the first."""
    return {after: given["funnel"][after] / given["funnel"][before] for before, after in pairwise(STAGES)}


def weakest(given: Given) -> int:
    """Return the place of the step with the smallest share."""
    return min(range(4), key=list(shares(given).values()).__getitem__)


def lost(given: Given) -> list[str]:
    """Return the departments, the one that leaves most suggestions without an answer first."""
    return sorted(DEPARTMENTS, key=lambda name: given["departments"][name][1] - given["departments"][name][0])


def gain(given: Given) -> float:
    """Return the loop gain of the campaign: new people for each person who sees it."""
    campaign = given["campaign"]
    return campaign["brings"] * campaign["through"] / campaign["exposed"]


def quiet_round(given: Given) -> int:
    """Return the round in which the message that dies out first brings fewer than 100 new readers; 0 if never."""
    readers, passing, brings = min(given["messages"].values(), key=lambda message: message[1] * message[2])
    if passing * brings >= 1000:
        return 0
    return next(n for n in range(1, 100) if rounds((readers, passing, brings), n)[-1] < 100)


def rounds(message: Sequence[int], count: int) -> list[float]:
    """Return the new readers of a message in each of so many rounds."""
    readers, passing, brings = message
    return [readers * (passing * brings / 1000) ** n for n in range(1, count + 1)]


def growth(orders: dict[str, list[int]], year: str) -> float:
    """Return by how many per cent the second half-year lies above the first."""
    first, second = orders[year]
    return 100 * (second - first) / first


QUESTIONS = (
    Question(
        id="q1", marks=1, concept="A37", expectation=choice(*STEPS), answer=lambda g: STEPS[weakest(g)],
        wrong=(
            Wrong(lambda g: "a", "Most people are lost here. But which share goes on, beside the other steps?"),
            Wrong(lambda g: "d", "Here the fewest people are left. That is a number of people, not a share."),
            Wrong(lambda g: "c", "You may want to repair this step. But is its share the smallest?"),
        ),
        solution=lambda g: ", ".join(f"{stage} {share:.1%}" for stage, share in shares(g).items())
        + ". The weakest step has the smallest share. Whether one should repair it depends on what it costs.",
    ),
    Question(
        id="q2", marks=1, concept="A30", expectation=items(*DEPARTMENTS, size=3, ordered=True), partial=each_place,
        answer=lost,
        wrong=(
            Wrong(lambda g: ["marketing", "sales", "service"],
                  "This goes by the share without an answer. The question asks for the number."),
            Wrong(lambda g: ["sales", "service", "marketing"],
                  "This goes by what each department hears. Subtract what it answers."),
            Wrong(lambda g: lost(g)[::-1], "This begins with the smallest. Begin with the largest."),
        ),
        solution=lambda g: "; ".join(
            f"{name} {g['departments'][name][0] - g['departments'][name][1]}" for name in lost(g)) + " not answered.",
    ),
    Question(
        id="q3", marks=2, concept="A35", expectation=number(0, 100000), answer=gain,
        wrong=(
            Wrong(lambda g: g["campaign"]["brings"] * g["campaign"]["through"],
                  "These are all new people of the first round. How many are they for each person who sees it?"),
            Wrong(lambda g: 50 * gain(g),
                  "You began with those who suggest something. Begin with all who see the campaign."),
            Wrong(lambda g: g["campaign"]["through"] / g["campaign"]["exposed"],
                  "This is the share that comes through. How many new people does each of them bring?"),
        ),
        solution=lambda g: f"{g['campaign']['through']:,} of {g['campaign']['exposed']:,} come through, each brings "
        f"{g['campaign']['brings']}: {gain(g):.2f}. It is below 1, so the campaign does not grow by itself.",
    ),
    Question(
        id="q4", marks=1, concept="A35", expectation=whole(0, 20), answer=quiet_round,
        wrong=(
            Wrong(lambda g: 3, "In this round still more than 100 come. Go on."),
            Wrong(lambda g: 5, "Did you count the first readers as a round? Round 1 is the first with new readers."),
            Wrong(lambda g: 0,
                  "You chose the other message. Multiply for both: the share that passes it on, times those brought."),
        ),
        solution=lambda g: "Red has a loop gain above 1 and grows. Blue: "
        + ", ".join(f"{new:.0f}" for new in rounds(g["messages"]["blue"], quiet_round(g))) + " new readers, in turn.",
    ),
    Question(
        id="q5", marks=1, concept="A37", expectation=number(0, 1000), tolerance=0.5,
        answer=lambda g: 100 * (g["pages"][1] - g["pages"][0]) // g["pages"][0],
        wrong=(
            Wrong(lambda g: 100, "This is what page A says. Which growth follows if page B has the right start?"),
            Wrong(lambda g: 100 * g["pages"][1] / g["pages"][0],
                  "This is the end as a per cent of the start. How much was added?"),
            Wrong(lambda g: 100 * (g["pages"][1] - g["pages"][0]) / g["pages"][1],
                  "You divided by the end. Growth is measured from the start."),
        ),
        solution=lambda g: f"From {g['pages'][0] / 10:.1f} to {g['pages'][1] / 10:.1f} million is "
        f"{100 * (g['pages'][1] - g['pages'][0]) // g['pages'][0]}%, not 100%. Both pages can be right only if the "
        "half-year of page A began earlier, or lower.",
    ),
    Question(
        id="q6", marks=1, concept="A37", expectation=items(*"7654321"), partial=each_item,
        answer=lambda g: ["5", "6"],
        wrong=(
            Wrong(lambda g: ["1"], "Look again at row 1: both sources count the same thing in the same month.",
                  is_part=True),
            Wrong(lambda g: ["2"], "Look again at row 2: both sources count all fans of the same page.", is_part=True),
            Wrong(lambda g: ["4"],
                  "Look again at row 4: other counts of the same site. But is one of them a part of the firm?",
                  is_part=True),
            Wrong(lambda g: ["7"],
                  "Look again at row 7: one number is Burberry's, and the other is that of the market.", is_part=True),
            Wrong(lambda g: ["3"], "Look again at row 3: both sources count all fans. What they date is not the same.",
                  is_part=True),
        ),
        solution=lambda g: "Row 5: the margin of the group, and probably that of retail and wholesale alone. Row 6: "
        "online sales, and the revenue of the group. Each pair compares a part with the whole.",
    ),
    Question(
        id="q7", marks=1, concept="A37", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "b", "e"],
        wrong=(
            Wrong(lambda g: ["d"], 'Look again at "d": what else rose in the same years?', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": which exhibit shows Burberry without fans?', is_part=True),
            Wrong(lambda g: ["c"], 'Look again at "c": compare the last part of the line of Exhibit 2 with its middle.',
                  is_part=True),
            Wrong(lambda g: ["a", "b"], "There is one more. Look at the years of Exhibit 1 before Exhibit 2 begins."),
        ),
        solution=lambda g: "a, b and e describe what the exhibits show. c is wrong: growth was slow in the end. "
        "d and f say what fans caused; no exhibit compares with and without them.",
    ),
    Question(
        id="q8", marks=2, concept="A35", expectation=number(-1000, 10000), tolerance=0.05,
        answer=lambda g: round(growth(g["orders"], "with campaign") - growth(g["orders"], "without campaign")),
        wrong=(
            Wrong(lambda g: growth(g["orders"], "with campaign"),
                  "This is the rise with the campaign. How much did orders rise in the same months without it?"),
            Wrong(lambda g: growth(g["orders"], "without campaign"),
                  "This is the season alone. How much more was it in the year with the campaign?"),
            Wrong(lambda g: g["orders"]["with campaign"][1] - g["orders"]["without campaign"][1],
                  "These are orders, and the years began at other levels. Compare the two rises in per cent."),
        ),
        solution=lambda g: f"{growth(g['orders'], 'with campaign'):.0f}% with the campaign, "
        f"{growth(g['orders'], 'without campaign'):.0f}% without it. Even the difference is no proof: other things "
        "changed from year to year, and no shop without the campaign is left.",
    ),
    Question(
        id="q9", marks=2, concept="A30", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "c", "e"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": what happened to the message blue in question 4?', is_part=True),
            Wrong(lambda g: ["d"], 'Look again at "d": can one person have two accounts?', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": what did the lesson do with the two numbers for Twitter?',
                  is_part=True),
            Wrong(lambda g: ["c", "e"], "There is one more. Is a large loss the same as a small share?"),
        ),
        solution=lambda g: "a: many people are lost there, but the share at the step to suggest is smaller. c: sales "
        "hears so many that it loses most. e: it forgets the season.",
    ),
)  # fmt: skip

KEY = Key(
    name="07_talking_outward",
    title="Exercise 7. Talking outward: followers, departments and an angry review",
    variant=variant,
    questions=QUESTIONS,
    memo_marks=8,
    conclusion=lambda g: [weakest(g), lost(g), quiet_round(g), gain(g) < 1],
)
