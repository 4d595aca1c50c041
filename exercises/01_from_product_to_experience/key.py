"""Key of the exercise of session 1: each student's numbers, the answers, and what likely wrong answers teach.

All numbers of this page are invented (illustrative); what the questions on Wikipedia need stands in
exhibits of the case. Values are counted in hundredths while they are drawn. This key is public, so it
serves practice only.
"""

from itertools import product
from typing import Any

import numpy as np

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
from cocreate_teach.models import SphereParameters, has_deal, individual_use, sphere_surplus

LETTERS = "abcdefghij"
INTERACTIONS = (
    "You buy a sandwich in a kiosk, pay, and go.",
    "You scan your own shopping at a till without a cashier, and pay there.",
    "Each week you tell a physiotherapist what hurts. She changes the exercises, and you change how you train.",
    "You cook at home with a pan that you bought last year.",
    "You type your meter reading into the form of the energy firm. Nobody answers.",
    "At noon a tour guide asks what your group liked. She plans anew, and you choose between her two ideas.",
    "You pay for a film at the cinema, and watch it.",
    "You print your boarding pass at home. Before, a clerk did it.",
    "Half a year before a game is on sale, players try a level and report. The studio changes it, and they try again.",
    "You repair your bicycle at home, alone.",
)
DEFINITIONS = ("direct", "always", "early", "effort")
USES = np.arange(101) / 100  # positions of the slider


def _shops() -> list[tuple[int, ...]]:
    """Return direct interaction and the three spheres of shops with one difficulty, all in hundredths.

    The joint share is a whole percentage up to 45; half is reached at a slider position with two decimals up to 0.70,
    and no likely wrong answer comes near it.
    """
    found = [(30, 50, 60, 40)]
    for strength, direct in product((15, 20, 25), range(12, 46, 2)):
        for firm, customer in product(range(20, 60, 5), range(15, 55, 5)):
            together, others = strength * direct / 10, firm + customer
            share, half = 100 * together / (together + others), 10 * others / strength
            whole_numbers = (together, share, half)
            likely = (direct * 50 / share, direct + 50 - share, others)
            if (
                all(value == int(value) for value in whole_numbers) and half % 10 and half <= 70 and 30 <= share <= 45
                and firm != customer and together not in (firm, customer)
                and all(abs(wrong - half) >= 2 for wrong in likely)
            ):  # fmt: skip
                found.append((direct, firm, int(together), customer))
    return found


SHOPS = _shops()

# Customer puts in, direct interaction (hundredths), in the scenario of an offer that is hardly used: with each, a deal
# begins at a slider position with two decimals.
OFFERS = [(20, 30), (30, 30), (20, 25), (25, 25), (35, 25), (25, 20), (30, 20), (35, 20), (40, 20)]


def variant(draw: Draw) -> dict[str, Any]:
    """Return one student's numbers and the six tables that show them."""
    direct, firm, together, customer = draw.choice("shop", SHOPS)
    spheres = {"firm": firm, "together": together, "customer": customer, "direct": direct}
    puts_in, interaction = draw.choice("offer", OFFERS)
    clerk, scanning = draw.choice("minutes", [(2, 5), (2, 6), (2, 7), (3, 5), (3, 7), (3, 8)])
    till = {"clerk": clerk, "customer": scanning,
            "visits": 60 * draw.choice("visits", [200, 210, 220, 230, 240, 250, 260, 270])}  # fmt: skip
    readers = 1000 * draw.choice("readers", [35, 45, 55, 65, 75, 85])
    numbers = [f"{value / 100:.2f}" for value in spheres.values()]
    what = ("value of the firm's sphere", "value that arises together", "value with the customer alone",
            "degree of direct interaction now")  # fmt: skip
    exhibits = [
        _table("Ten interactions.", ("Letter", "What happens"),
               [list(row) for row in zip(LETTERS, INTERACTIONS, strict=True)]),
        _table("A supermarket moves the scanning to its customers.", ("What", "Number"),
               [["minutes that a cashier needs for a visit", str(till["clerk"])],
                ["minutes that a customer needs for a visit", str(till["customer"])],
                ["visits in a week", f"{till['visits']:,}"]]),
        _table("Four definitions, in no order.", ("Definition", "Counts as co-creation"),
               [["direct", "direct interaction: both sides react to each other"],
                ["always", "any use of what a firm offers, paying and watching included"],
                ["early", "working together while a product is developed, both sides react"],
                ["effort", "the customer does more than to pay and to receive"]]),
        _table("A shop and its customer. Both put in all they can.", ("What", "Value"),
               [list(row) for row in zip(what, numbers, strict=True)]),
        _table("For the explorer: what to set.", ("Slider", "Value"),
               [["customer puts in", f"{puts_in / 100:.2f}"], ["direct interaction", f"{interaction / 100:.2f}"]]),
        _table("What a chatbot wrote about session 1.", ("Sentence", "Text"), _sentences(readers)),
    ]  # fmt: skip
    return {"spheres": spheres, "offer": {"customer": puts_in, "direct": interaction},
            "till": till, "readers": readers, "exhibits": exhibits}  # fmt: skip


def _sentences(readers: int) -> list[list[str]]:
    return [
        ["a", "The first missing figure of Text A shows how firm and customer talk on the market."],
        ["b", "Under the fourth hole stands an address, so one can look for the page and say what one has read of it."],
        ["c", "In spring 2005 there were about 1.5 million articles in all editions, so the number fits articles."],
        ["d", "In the scenario of self-service the customer puts in four times as much as the firm. "
              "So most of the value arises together."],
        ["e", "At the end of May 2005 there were 15 language editions with an article."],
        ["f", f"A guide with {readers:,} readers cannot know from Exhibit 4 how many of them will write."],
    ]  # fmt: skip


def _table(title: str, columns: tuple[str, ...], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "status": "illustrative", "columns": list(columns), "rows": rows}


def more_hours(given: Given) -> float:
    """Return the hours a week that the work takes more in all, now that customers do it."""
    till = given["till"]
    return float((till["customer"] - till["clerk"]) * till["visits"] / 60)


def share(given: Given, sphere: str = "together") -> float:
    """Return the share of a sphere in percent."""
    spheres = given["spheres"]
    return 100 * float(spheres[sphere]) / (spheres["firm"] + spheres["together"] + spheres["customer"])


def half(given: Given) -> float:
    """Return the direct interaction at which together is as much as the two others."""
    spheres = given["spheres"]
    return float(spheres["direct"] * (spheres["firm"] + spheres["customer"]) / spheres["together"]) / 100


def offers(given: Given) -> SphereParameters:
    """Return the explorer's scenario of an offer that is hardly used, with the student's sliders, for each use."""
    found = given["offer"]
    return SphereParameters(
        investment=np.array([found["customer"] / 100, 0.9]), direct_interaction=found["direct"] / 100, usage=USES
    )


def least_use(given: Given) -> float:
    """Return the first value of the slider at which there is a deal."""
    found = offers(given)
    return float(USES[has_deal(sphere_surplus(found), individual_use(found))][0])


def no_loss(given: Given) -> float:
    """Return the first value of the slider at which something is left after costs: not yet a deal."""
    return float(USES[sphere_surplus(offers(given)) >= 0][0])


QUESTIONS = (
    Question(
        id="q1", marks=2, concept="A4", expectation=items(*LETTERS), partial=each_item,
        answer=lambda g: ["c", "f", "i"],
        wrong=(
            Wrong(lambda g: ["b"], 'Look again at "b": you do a lot there. But who reacts to you?', is_part=True),
            Wrong(lambda g: ["e"], 'Look again at "e": what happens after you have sent it?', is_part=True),
            Wrong(lambda g: ["j"], 'Look again at "j": who is on the other side?', is_part=True),
            Wrong(lambda g: ["c", "f"], "There is one more. Not every customer has bought something already."),
        ),
        solution=lambda g: "In c, f and i somebody reacts, and each side changes what the other does next.",
    ),
    Question(
        id="q2", marks=1, concept="B1", expectation=items(*LETTERS), partial=each_item,
        answer=lambda g: ["b", "e", "h"],
        wrong=(
            Wrong(lambda g: ["d"], 'Look again at "d": would the firm otherwise do this step?', is_part=True),
            Wrong(lambda g: ["j"], 'Look again at "j": whose step was it before?', is_part=True),
            Wrong(lambda g: ["g"], 'Look again at "g": do you give more than money?', is_part=True),
            Wrong(lambda g: ["c"], 'Look again at "c": is it true that nobody reacts?', is_part=True),
        ),
        solution=lambda g: "b, e and h: a cashier or a clerk would otherwise do it, and nobody reacts to you.",
    ),
    Question(
        id="q3", marks=1, concept="B1", expectation=number(0, 100_000), answer=more_hours,
        wrong=(
            Wrong(lambda g: g["till"]["customer"] * g["till"]["visits"] // 60,
                  "These are the hours of the customers. Which hours are saved elsewhere?"),
            Wrong(lambda g: g["till"]["clerk"] * g["till"]["visits"] // 60,
                  "These are the hours that the shop saves. How long do the customers need?"),
            Wrong(lambda g: (g["till"]["customer"] - g["till"]["clerk"]) * g["till"]["visits"],
                  "These are minutes. The question asks for hours."),
        ),
        solution=lambda g: f"{g['till']['customer']} - {g['till']['clerk']} minutes more for a visit, times "
        f"{g['till']['visits']:,} visits, divided by 60: {more_hours(g):,.0f} hours. The work moved, and became more.",
    ),
    Question(
        id="q4", marks=2, concept="A1", expectation=items(*DEFINITIONS, size=4, ordered=True), partial=each_place,
        answer=lambda g: ["early", "direct", "effort", "always"],
        wrong=(
            Wrong(lambda g: ["always", "effort", "direct", "early"],
                  "This begins with the widest. Begin with the narrowest."),
            Wrong(lambda g: ["direct", "early", "effort", "always"],
                  'Count "direct" and "early" again: in how many letters do people work on a product not yet on sale?'),
            Wrong(lambda g: ["early", "direct", "always", "effort"],
                  'Compare "always" and "effort" in letter g: which of the two counts it?'),
        ),
        solution=lambda g: "Early counts 1 of the ten (i), direct 3 (c, f, i), effort 8 (all but a and g), always 10.",
    ),
    Question(
        id="q5", marks=1, concept="A2", expectation=number(0, 200), answer=share, tolerance=0.05,
        wrong=(
            Wrong(lambda g: 100 * g["spheres"]["together"] / (g["spheres"]["firm"] + g["spheres"]["customer"]),
                  "You divided by the two other spheres. A share is a part of the whole."),
            Wrong(lambda g: share(g, "firm"),
                  "This is the share of the firm's sphere. There the value is only possible as yet."),
            Wrong(lambda g: share(g, "customer"),
                  "This is the share of the customer's own sphere. There nobody reacts."),
        ),
        solution=lambda g: f"{g['spheres']['together'] / 100:.2f} of the sum of the three rows, "
        f"in percent: {share(g):.0f}.",
    ),
    Question(
        id="q6", marks=1, concept="A3", expectation=number(0, 2), answer=half,
        wrong=(
            Wrong(lambda g: g["spheres"]["direct"] * 50 / share(g) / 100,
                  "You took half of the value that there is today. When *together* grows, the whole grows, too."),
            Wrong(lambda g: (g["spheres"]["direct"] + 50 - share(g)) / 100,
                  "You added what the share lacks, in percent. But the slider and the share have different units."),
            Wrong(lambda g: (g["spheres"]["firm"] + g["spheres"]["customer"]) / 100,
                  "This is the value that *together* must reach. Which slider position brings it there?"),
        ),
        solution=lambda g: "Together must be as much as the two others: "
        f"{(g['spheres']['firm'] + g['spheres']['customer']) / 100:.2f}. It grows in step with direct interaction: "
        f"{g['spheres']['direct'] / 100:.2f} times {(g['spheres']['firm'] + g['spheres']['customer']) / 100:.2f} "
        f"divided by {g['spheres']['together'] / 100:.2f} is {half(g):.2f}.",
    ),
    Question(
        id="q7", marks=1, concept="B3", expectation=number(0, 1), answer=least_use,
        wrong=(
            Wrong(lambda g: 0.9,
                  "This is where the deal begins in the scenario as it comes. Did you set Table 5 first?"),
            Wrong(no_loss, "Here something is left after costs. But is it as much as both have without a deal?"),
            Wrong(lambda g: 1.0, "There is a deal there. Is there one with less, too? Move the slider down."),
        ),
        solution=lambda g: f"From {least_use(g):.2f} on the explorer shows a price. Below it, what is left after costs "
        "is less than both have alone: the offer is there, but too little of it becomes real in use.",
    ),
    Question(
        id="q8", marks=1, concept="A36", expectation=choice(*"abcd"), answer=lambda g: "b",
        wrong=(
            Wrong(lambda g: "a",
                  "Both counts can be right: one person can make very many edits. Who is counted in each?"),
            Wrong(lambda g: "c", "Read the row again: which people are its base? Is it those who visit the site?"),
            Wrong(lambda g: "d", "The row is about one moment. Does it say anything about people who go?"),
        ),
        solution=lambda g: "The row counts edits. Fifty corrected commas count fifty times, a new paragraph once. "
        "In an ecology some write, others repair, link or read: one count shows one part.",
    ),
    Question(
        id="q9", marks=2, concept="A24", expectation=items(*"abcdef"), partial=each_item,
        answer=lambda g: ["a", "d", "e"],
        wrong=(
            Wrong(lambda g: ["c"], 'Look again at "c": compare it with Exhibit 5.', is_part=True),
            Wrong(lambda g: ["f"], 'Look again at "f": what would you have to know about the readers?', is_part=True),
            Wrong(lambda g: ["b"], 'Look again at "b": which of the three steps is this?', is_part=True),
            Wrong(lambda g: ["d", "e"], "There is one more. Which sentence fills a hole with what would fit?"),
        ),
        solution=lambda g: "a: the figure is missing, so nobody can say. d: nobody reacts, so nothing arises together. "
        "e: there were 199; 15 had 20,000 articles or more.",
    ),
)  # fmt: skip

KEY = Key(
    name="01_from_product_to_experience",
    title="Exercise 1. From product to experience",
    variant=variant,
    questions=QUESTIONS,
    memo_marks=8,
    conclusion=lambda g: [share(g) < 50, half(g) > g["spheres"]["direct"] / 100, least_use(g) > no_loss(g)],
)
