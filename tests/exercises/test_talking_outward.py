"""What is particular to the exercise of session 7: its answers are those of the models and of the case."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cocreate_teach.authoring.building import read_master
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.cases import load_case
from cocreate_teach.exercises import load_key
from cocreate_teach.models import (
    FunnelParameters,
    bottleneck_stage,
    is_viral,
    loop_gain,
    loop_path,
    stage_conversions,
)

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "exercises" / "07_talking_outward"
KEY = load_key(FOLDER)
STUDENTS = ["", *(f"s{number}" for number in range(60))]
EACH = pytest.mark.parametrize("student", STUDENTS)
STAGES = ("follow", "like", "suggest", "answered", "used")


def answers(given):
    return {question.id: question.answer(given) for question in KEY.questions}


def cells(given, table):
    """Return the numbers of a table as the student sees them."""
    return [
        [int(text.replace(",", "")) for text in row if re.fullmatch(r"[\d,]+", text)]
        for row in given["exhibits"][table - 1]["rows"]
    ]


def funnel(counts, virality=0.0):
    """Return the model of the lesson with these people at the five stages."""
    shares = np.array(counts[1:]) / np.array(counts[:-1])
    return FunnelParameters(exposed=counts[0], conversion=shares[:3], platform=shares[3], virality=virality)


def test_marks_add_up_to_12_and_8():
    """Nine questions and a memo."""
    assert (KEY.marks, KEY.memo_marks, len(KEY.questions)) == (12, 8, 9)


def test_the_answers_of_three_variants_never_change():
    """Worked out by hand from the tables that these students see."""
    same = {
        "q1": "b", "q2": ["sales", "marketing", "service"], "q4": 4, "q6": ["5", "6"], "q7": ["a", "b", "e"],
        "q9": ["a", "c", "e"],
    }  # fmt: skip
    assert answers(KEY.given()) == same | {"q3": 0.65, "q5": 55, "q8": 4}
    assert answers(KEY.given(student="anna")) == same | {"q3": 0.35, "q5": 60, "q8": 5}
    assert answers(KEY.given(student="Ben")) == same | {"q3": 0.75, "q5": 60, "q8": 3}


@EACH
def test_the_weakest_step_is_that_of_the_model_and_not_the_largest_loss(student):
    """No tie: the smallest share is less than half of the next, and far more people are lost elsewhere."""
    given = KEY.given(student=student)
    counts = [count for (count,) in cells(given, 1)]
    conversions = stage_conversions(funnel(counts))
    assert "abcd"[int(bottleneck_stage(funnel(counts))) - 1] == answers(given)["q1"]
    assert sorted(conversions)[0] < sorted(conversions)[1] / 2
    losses = [before - after for before, after in pairwise(counts)]
    assert STAGES[1 + int(np.argmax(losses))] == "like"
    assert sorted(losses)[-1] > 1.5 * sorted(losses)[-2]


@EACH
def test_departments_are_the_funnel_and_number_and_share_give_other_orders(student):
    """The two tables agree; losing most, answering least and hearing most are three different orders."""
    given = KEY.given(student=student)
    (marketing, sales, service) = cells(given, 2)
    heard, answered = (marketing[n] + sales[n] + service[n] for n in (0, 1))
    assert [heard, answered] == [count for (count,) in cells(given, 1)][2:4]
    unanswered = {"marketing": marketing, "sales": sales, "service": service}
    by_number = sorted(unanswered, key=lambda name: unanswered[name][1] - unanswered[name][0])
    assert by_number == answers(given)["q2"]
    lost = sorted(one - other for one, other in unanswered.values())
    assert min(after - before for before, after in pairwise(lost)) >= 10
    by_share = sorted(unanswered, key=lambda name: unanswered[name][1] / unanswered[name][0])
    by_hearing = sorted(unanswered, key=lambda name: -unanswered[name][0])
    assert by_number != by_share != by_hearing != by_number


@EACH
def test_the_loop_gain_is_that_of_the_model_and_below_one(student):
    """Far enough below, so that no rounding makes it viral."""
    given = KEY.given(student=student)
    *counts, brings = (count for (count,) in cells(given, 3))
    campaign = funnel(counts, float(brings))
    assert float(loop_gain(campaign)) == pytest.approx(answers(given)["q3"])
    assert answers(given)["q3"] <= 0.75
    assert not is_viral(campaign)


@EACH
def test_one_message_dies_out_in_the_round_of_the_model(student):
    """The rounds are those of the loop; nobody stands near 100, and the other message grows."""
    given = KEY.given(student=student)
    (red, blue) = cells(given, 4)
    loops = [
        replace(funnel([1000, 1000, 1000, 1000, passing]), exposed=first, virality=float(brings))
        for first, passing, brings in (red, blue)
    ]
    assert [bool(is_viral(loop)) for loop in loops] == [True, False]
    assert float(loop_gain(loops[0])) >= 1.1
    new = np.diff(loop_path(loops[1], 8))
    assert int(np.flatnonzero(new < 100)[0]) + 1 == answers(given)["q4"] == 4
    assert abs(new - 100).min() > 5
    assert (np.diff(loop_path(loops[0], 8)) > 100).all()


@EACH
def test_growth_is_read_from_the_sentences_of_both_pages(student):
    """It is a whole number, clearly below the doubling that page A claims, like row 2 of the case's exhibit."""
    given = KEY.given(student=student)
    end, start = (float(re.search(r"\d+\.\d", row[1]).group()) for row in given["exhibits"][4]["rows"])
    assert 100 * (end / start - 1) == pytest.approx(answers(given)["q5"])
    assert 40 <= answers(given)["q5"] <= 70


def test_two_rows_of_the_case_compare_a_part_with_the_whole():
    """The reading of the case itself says so, and of no other row."""
    table = load_case("burberry").table("contradictions")
    rows = [
        str(row.number)
        for row in table.itertuples()
        if re.search(r"retail and wholesale margin|online, not group", f"{row.reading} {row.difference}")
    ]
    assert rows == answers(KEY.given())["q6"]


def test_what_coincides_with_fans_stands_in_the_tables_of_the_case():
    """Sentences a, b, c and e of question 7 are checked; d and f are about causes, which no table holds."""
    case = load_case("burberry")
    money = case.table("revenue").assign(year=lambda table: table["fy_end"].astype(str).str[:4].astype(int))
    money = money.set_index("year")
    revenue, retail = (money[f"{name}_new_basis_gbp_m"] for name in ("revenue", "retail"))
    fans = case.table("followers").query("platform == 'facebook' and line == 'Facebook'")["followers"]
    assert fans.is_monotonic_increasing
    assert revenue[2013] > revenue[2010]
    assert retail[2013] / retail[2010] > revenue[2013] / revenue[2010]
    told = case.table("events").query("measure == 'fan_growth_yoy'").set_index("date")["value"]
    assert told["2013-12"] < told["2011-12"]
    assert case.table("followers")["date"].astype(str).min().startswith("2010-05")
    assert money["revenue_old_basis_gbp_m"].loc[2005:2010].is_monotonic_increasing
    assert answers(KEY.given())["q7"] == ["a", "b", "e"]


@EACH
def test_the_campaign_adds_little_to_the_season(student):
    """Computed from the table: a small positive difference of two rises that are whole numbers of per cent."""
    given = KEY.given(student=student)
    rises = [100 * (after - before) / before for before, after in cells(given, 6)]
    assert rises == pytest.approx([round(rise) for rise in rises])
    assert rises[1] - rises[0] == pytest.approx(answers(given)["q8"])
    assert 3 <= answers(given)["q8"] <= 6 < 25 < rises[0]


@EACH
def test_the_wrong_sentences_of_the_chatbot_are_wrong_in_every_variant(student):
    """Sentences a, c and e say the opposite of the right answers."""
    given = KEY.given(student=student)
    right = answers(given)
    sentences = dict(given["exhibits"][6]["rows"])
    assert "smallest share" in sentences["a"]
    assert right["q1"] != "a"
    marketing, sales, _ = cells(given, 2)
    assert "loses fewer" in sentences["c"]
    assert sales[1] / sales[0] > marketing[1] / marketing[0]
    assert right["q2"].index("sales") < right["q2"].index("marketing")
    claimed = {int(number) for number in re.findall(r"(\d+)%", sentences["e"])}
    assert len(claimed) == 1
    assert right["q8"] not in claimed


def test_the_model_memos_quote_the_case_correctly():
    """Their numbers stand in the case; the one with full marks keeps to the length that is asked for."""
    (memo,) = [cell.source for cell in read_master(FOLDER).cells if role_of(cell)[0] == "memo"]
    case = load_case("burberry").narrative
    for quoted, told in {
        "from 1.8 to 4.2": ("1.8 suggestions a month", "4.2 in 2014"),
        "2.3 more": ("2.3 a month and shop",),
        "18 hours a month": ("18 hours more a month",),
        "by 30%": ("were 30% above", "orders were 30% above"),
        "by 44%": ("grew by 44%",),
    }.items():
        assert quoted in memo
        assert all(text in case for text in told), told
    full, middling = memo.split("**B. A middling brief (4 of 8)**")
    assert 250 <= len(full.split("**A. A brief with full marks (8 of 8)**")[1].split()) <= 300
    assert 200 <= len(middling.split("*Concept 1")[0].split()) <= 300
    assert [int(mark) for mark in re.findall(r"(?:Concept|Evidence|Argument|Critique) (\d)", middling)] == [1, 1, 1, 1]
