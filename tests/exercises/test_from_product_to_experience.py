"""The exercise of session 1: answers by hand, by the model of the lesson, and by the exhibit of the case."""

import re
from pathlib import Path

import numpy as np
import pytest

from cocreate_teach import widgets
from cocreate_teach.authoring.building import read_master
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.cases import load_case
from cocreate_teach.exercises import load_key
from cocreate_teach.models import SphereParameters, sphere_shares

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "exercises" / "01_from_product_to_experience"
KEY = load_key(FOLDER)
STUDENTS = ["", *(f"s{number}" for number in range(60))]
BOXES = {
    "exchange": set("ag"),
    "moved": set("beh"),
    "together": set("cfi"),
    "own": set("dj"),
}


def answers(given):
    return {question.id: question.answer(given) for question in KEY.questions}


def test_the_answers_of_three_variants_never_change():
    """Worked out by hand for the base variant; the others hold the draws."""
    sets = {
        "q1": ["c", "f", "i"],
        "q2": ["b", "e", "h"],
        "q4": ["early", "direct", "effort", "always"],
        "q8": "b",
        "q9": ["a", "d", "e"],
    }
    assert answers(KEY.given()) == sets | {"q3": 600, "q5": 40, "q6": 0.45, "q7": 0.58}
    assert answers(KEY.given(student="anna")) == sets | {"q3": 840, "q5": 35, "q6": 0.26, "q7": 0.44}
    assert answers(KEY.given(student="Ben")) == sets | {"q3": 600, "q5": 40, "q6": 0.45, "q7": 0.83}


def test_boxes_and_definitions_agree_with_one_sorting_of_the_ten_interactions():
    """Each letter lies in one box; the four definitions count 1, 3, 8 and 10 of them, each those of the one before."""
    right = answers(KEY.given())
    everything = set().union(*BOXES.values())
    assert len(everything) == sum(map(len, BOXES.values())) == 10
    assert set(right["q1"]) == BOXES["together"]
    assert set(right["q2"]) == BOXES["moved"]
    rows = dict(KEY.given()["exhibits"][0]["rows"])
    counts = {
        "early": {letter for letter in BOXES["together"] if "before" in rows[letter] and "on sale" in rows[letter]},
        "direct": BOXES["together"],
        "effort": everything - BOXES["exchange"],
        "always": everything,
    }
    assert [len(counts[name]) for name in right["q4"]] == [1, 3, 8, 10]


@pytest.mark.parametrize("student", STUDENTS)
def test_shares_are_those_of_the_model(student):
    """Both sides put in everything, so the strengths are the values; at the answer of question 6 half is joint."""
    given = KEY.given(student=student)
    spheres, right = given["spheres"], answers(given)
    strength = spheres["together"] / spheres["direct"]
    shop = {
        "investment": 1.0,
        "producer_strength": spheres["firm"] / 100,
        "consumer_strength": spheres["customer"] / 100,
        "joint_strength": strength,
    }
    now = SphereParameters(direct_interaction=spheres["direct"] / 100, **shop)
    assert 100 * sphere_shares(now)[1] == pytest.approx(right["q5"])
    assert sphere_shares(SphereParameters(direct_interaction=right["q6"], **shop))[1] == pytest.approx(0.5)
    shown = {float(row[1]) for row in given["exhibits"][3]["rows"]}
    assert shown == {value / 100 for value in spheres.values()}


@pytest.mark.parametrize("offer", sorted({tuple(KEY.given(student=s)["offer"].values()) for s in STUDENTS}))
def test_the_explorer_shows_a_price_first_at_the_answer(offer):
    """What the student sees: no deal one step below, a price at the answer, and the other sliders as they come."""
    student = next(s for s in STUDENTS if tuple(KEY.given(student=s)["offer"].values()) == offer)
    right = answers(KEY.given(student=student))["q7"]
    explorer = widgets.value(preset="unused")
    for usage, has_price in ((right, True), (right - 0.01, False)):
        explorer.set(customer=offer[0] / 100, direct_interaction=offer[1] / 100, usage=round(usage, 2))
        assert (explorer.key_numbers["Agreed price"] != "no deal") is has_price


def test_wrong_position_named_in_question_7_is_that_of_the_scenario_as_it_comes():
    """The message says so."""
    explorer = widgets.value(preset="unused")
    named = KEY.question("q7").wrong[0].value(KEY.given())
    assert named == 0.9
    explorer.set(usage=named)
    assert explorer.key_numbers["Agreed price"] != "no deal"
    explorer.set(usage=0.89)
    assert explorer.key_numbers["Agreed price"] == "no deal"


def test_question_8_quotes_a_row_that_counts_edits_of_users_and_stands_before_part_b():
    """The three wrong answers fail by the same tables: active editors, the base of the row, its moment."""
    (text,) = [cell.source for cell in read_master(FOLDER).cells if role_of(cell) == ("text", "q8")]
    wiki = load_case("wikipedia")
    facts = wiki.table("who_writes").set_index("fact_id")
    row = facts.loc["W36"]
    assert row["measure"] == "Share of edits by the most active 0.7% of users (524 people)"
    assert (row["says"], row["part"]) == ("50%", "A")
    assert "0.7%" in text
    assert "524 people" in text
    assert "words" in facts[facts["part"] == "A"].iloc[-1]["measure"]  # the third hint sends there
    editors = wiki.table("english").set_index(wiki.table("english")["month"].astype(str).str[:7])
    assert editors.loc["2005-10", "active_editors_5plus_wikistats"] > 10 * 524


@pytest.mark.parametrize("student", STUDENTS)
def test_hours_follow_from_the_three_rows_that_the_student_sees(student):
    """Minutes of customers minus minutes of cashiers, for all visits, in whole hours."""
    given = KEY.given(student=student)
    cashier, customer, visits = (int(row[1].replace(",", "")) for row in given["exhibits"][1]["rows"])
    assert divmod((customer - cashier) * visits, 60) == (answers(given)["q3"], 0)


@pytest.mark.parametrize("student", STUDENTS)
def test_nobody_is_on_an_edge(student):
    """Customers are slower than cashiers, the share is below half, and the likely wrong answers lie apart."""
    given = KEY.given(student=student)
    till, right = given["till"], answers(given)
    assert till["customer"] > till["clerk"]
    assert right["q5"] <= 45
    assert right["q6"] > given["spheres"]["direct"] / 100
    for id in ("q3", "q5", "q6", "q7"):
        wrong = [one.value(given) for one in KEY.question(id).wrong]
        assert min(abs(np.array(wrong) - right[id])) > 2 * KEY.question(id).tolerance


def test_sentences_of_the_chatbot_are_right_or_wrong_by_the_case():
    """Exhibit 5 has the counts; the explorer has the share of the self-service scenario."""
    claims = " ".join(load_case("wikipedia").table("claims")["data_say"])
    assert "199 editions with an article" in claims
    assert "15 with 20,000 or more" in claims
    assert "1,541,692 at the end of March" in claims
    assert widgets.value(preset="self_service").key_numbers["Share of value that arises together"] == "0.0%"


def test_the_model_memos_quote_lesson_and_case_correctly():
    """Numbers of the case, of the explorer, and the length that the memo asks for."""
    (memo,) = [cell.source for cell in read_master(FOLDER).cells if role_of(cell)[0] == "memo"]
    full, middling = memo.split("*A memo in the middle")
    assert 250 <= len(full.split("\n\n", 1)[1].split()) <= 300
    wiki = load_case("wikipedia")
    assert "0.2%" in full
    assert "0.2%" in set(wiki.table("who_writes")["says"])
    assert "54,365" in middling
    assert "54,365" in wiki.narrative
    explorer = widgets.value(preset="self_service")
    assert explorer.key_numbers["Left after costs, for both"] == "0.51"
    explorer.set(direct_interaction=0.3)
    assert explorer.key_numbers["Left after costs, for both"] == "0.80"
    assert explorer.key_numbers["Share of value that arises together"] == "21.9%"
    assert "from 0.51 to 0.80" in full
    assert [int(mark) for mark in re.findall(r"(?:Concept|Evidence|Argument|Critique) (\d)", middling)] == [1, 1, 1, 1]
    assert "(4 of 8)" in middling
