"""The exercise of session 6: its answers by hand and by the models, its real numbers, and its memos."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cocreate_teach import models
from cocreate_teach.authoring.building import read_master
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.cases import load_case
from cocreate_teach.exercises import load_key
from cocreate_teach.notebooks import read_lesson
from cocreate_teach.widgets import class_round, investments, involvement, loyalty

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "exercises" / "06_involvement_over_time"
LESSON = ROOT / "notebooks" / "06_involvement_over_time.ipynb"
KEY = load_key(FOLDER)
EXPLORER = involvement(preset="example")  # one for all: to make an explorer takes longer than to move it
STUDENTS = ["", *(f"s{number}" for number in range(60))]
EVERYBODY = pytest.mark.parametrize("student", STUDENTS)
ITEMS = {
    "expectations met": "cusa2",
    "satisfaction as a whole": "cusa1",
    "quality as a whole": "perq1",
    "quality, judged for this price": "perv2",
}


def answers(given):
    return {question.id: question.answer(given) for question in KEY.questions}


def rows(given, table):
    """Return a table as the student sees it, by its first column."""
    return {name: rest for name, *rest in given["exhibits"][table - 1]["rows"]}


def lesson_text():
    return "\n".join(cell.source for cell in read_lesson(LESSON).cells if cell.cell_type == "markdown")


def test_the_answers_of_three_variants_never_change():
    """Worked out by hand for the base variant; the others hold the draws."""
    sets = {
        "q2": "b",
        "q3": ["gym", "bank", "bakery", "music"],
        "q5": ["a", "d"],
        "q7": "c",
        "q8": ["a", "c", "f"],
        "q9": ["a", "c", "e"],
    }
    for student, *numbers in (("", 0.052, 0.35, 54), ("anna", 0.048, 0.35, 51), ("Ben", 0.035, 0.45, 53)):
        found = answers(KEY.given(student=student))
        assert [found.pop(question) for question in ("q1", "q4", "q6")] == pytest.approx(numbers)
        assert found == sets


@EVERYBODY
def test_question_1_is_what_the_explorer_shows(student):
    """Three decimals of both sides, as they stand in its key numbers, and another number at its last period."""
    given = KEY.given(student=student)
    shown = rows(given, 1)
    explorer = EXPLORER
    explorer.set(customer=float(shown["customer puts in"][0]), firm=float(shown["firm puts in"][0]))
    values = []
    for period in (int(shown["look at period"][0]), 40):
        explorer.set(period=period)
        one, other = (explorer.key_numbers[f"{side}'s involvement, period {period}"] for side in ("Customer", "Firm"))
        values.append(float(one) - float(other))
    assert answers(given)["q1"] == pytest.approx(values[0])
    assert abs(values[1] - values[0]) > 0.004


@EVERYBODY
def test_pairs_and_services_are_ranked_as_the_model_ranks_them(student):
    """Risk and chance to leave, without ties; and the service that lasts has the unhappiest customer."""
    given = KEY.given(student=student)
    dyad = models.InvolvementParameters(investment=0.5)

    def state(met):
        nothing = np.zeros(2)
        return models.InvolvementState(
            economic=nothing, social=nothing, emotional=nothing, intention=nothing, investment=nothing,
            shared_trust=0.5, unmet=1 - np.array(met, dtype=float),
        )  # fmt: skip

    risks = {name: models.risk(state(met), dyad)[0] for name, met in rows(given, 2).items()}
    order = sorted(risks, key=risks.get)
    assert order[0] == answers(given)["q2"]
    assert risks[order[1]] - risks[order[0]] > 0.02

    services = {name: [float(value) for value in values] for name, values in rows(given, 3).items()}
    leaves = {name: exit * (1 - involved * met) for name, (exit, involved, met) in services.items()}
    assert sorted(leaves, key=leaves.get) == answers(given)["q3"]
    assert all(later - sooner > 0.02 for sooner, later in pairwise(sorted(leaves.values())))
    assert min(services, key=lambda name: services[name][2]) == answers(given)["q3"][0]


def test_the_rule_for_leaving_is_that_of_the_model():
    """Exit times (1 - involvement times met expectations), as the page prints it."""
    dyad = models.InvolvementParameters(investment=[0.6, 0.4], baseline_exit=0.3)
    settled = models.involvement_equilibrium(dyad)
    involved, met = models.involvement(settled, dyad), models.met_expectations(settled)
    assert models.exit_chance(settled, dyad) == pytest.approx(0.3 * (1 - involved * met))


@EVERYBODY
def test_lock_in_and_kinds_of_loyalty_are_those_of_the_model(student):
    """The threshold by eq. (16), the six customers by their quadrant; nobody on an edge."""
    given = KEY.given(student=student)
    (met,), (often,) = rows(given, 4).values()
    unhappy = models.LoyaltyParameters(attitude=models.attitude(float(met)), patronage_threshold=float(often))
    assert float(models.lock_in_threshold(unhappy)) == pytest.approx(answers(given)["q4"])
    six = {name: [float(value) for value in values] for name, values in rows(given, 5).items()}
    found = []
    for name, (share, lock_in) in six.items():
        customer = models.LoyaltyParameters(attitude=models.attitude(share), lock_in=lock_in)
        assert abs(float(models.repeat_patronage(customer)) - 0.5) > 0.04
        assert share != 0.5
        if str(models.loyalty_quadrant(customer)) == "spurious loyalty":
            found.append(name)
    assert found == answers(given)["q5"]


@EVERYBODY
def test_table_6_hides_what_table_7_shows(student):
    """The same customers; small together, larger among the bound, by far the largest among the free."""
    given = KEY.given(student=student)
    both = {name: (int(of), int(renewed)) for name, (of, renewed, _) in rows(given, 6).items()}
    parts = {name: tuple(map(int, values)) for name, values in rows(given, 7).items()}
    for kind, sums in both.items():
        assert sums == tuple(map(sum, zip(parts[f"bound, {kind}"], parts[f"free, {kind}"], strict=True)))
    share = {name: 100 * renewed / of for name, (of, renewed) in (both | parts).items()}
    differences = [
        share["satisfied"] - share["dissatisfied"],
        share["bound, satisfied"] - share["bound, dissatisfied"],
        share["free, satisfied"] - share["free, dissatisfied"],
    ]
    assert differences[2] == pytest.approx(answers(given)["q6"])
    assert 2 < differences[0] < 7 < differences[1] < 20 < 40 < differences[2]
    assert parts["bound, dissatisfied"][0] > 0.9 * both["dissatisfied"][0]
    assert all(share[f"bound, {kind}"] > share[f"free, {kind}"] for kind in both)  # or option d would be right


@EVERYBODY
def test_table_8_is_the_real_survey_and_supports_the_same_sentences_for_everybody(student):
    """Correlations from the data, intervals by Fisher's formula; the last interval holds zero, the others do not."""
    given = KEY.given(student=student)
    table = load_case("reference").table("ecsi_correlations").set_index("variable")
    real = table.loc[ITEMS[given["asked"]], ["cusl3", "cusl1", "cusl2"]]
    ends = []
    for value, (shown, interval) in zip(real, rows(given, 8).values(), strict=True):
        assert shown == f"{value:.2f}"
        low, high = np.tanh(np.arctanh(value) + np.array([-1, 1]) * 1.959964 / np.sqrt(247))
        assert interval.replace("−", "-") == f"{low:.2f} to {high:.2f}"
        ends.append((low, high))
    assert ends[2][0] < -0.01
    assert 0.1 < ends[2][1] < 0.25 < ends[0][0]
    assert given["exhibits"][7]["status"] == "derived"


def test_the_lesson_states_what_its_explorers_show():
    """Step by step: the numbers a student is told to find."""
    text = lesson_text()
    explorer = involvement(preset="example")
    for period, shown in {5: "0.202", 20: "0.287", 40: "0.305"}.items():
        explorer.set(period=period)
        assert explorer.key_numbers[f"Customer's involvement, period {period}"] == shown
        assert shown in text
    explorer.set(intention_gate=1, weights="economic")
    for customer, shown in {0.4: "0.174", 0.6: "0.154", 0.8: "0.147", 1.0: "0.145"}.items():
        explorer.set(customer=customer)
        assert explorer.key_numbers["Customer's involvement, period 40"] == shown
        assert shown in text
    lasts = {"locked_in": "11.1", "bank": "4.5", "example": "2.4", "burberry": "2.3", "captive": "2.1"}
    for scenario, shown in lasts.items():
        explorer.set(scenario=scenario)
        assert explorer.key_numbers["Lasts, if it stays as it is now"] == f"{shown} periods"
        assert shown in text
    assert "86 of 100" in loyalty().headline
    assert "86 of 100" in text


def test_the_round_and_the_two_models_after_the_law_show_what_the_lesson_says():
    """The invented class of the debrief with two firms, one student, and Irena once she is free to leave."""
    text = lesson_text()
    (cell,) = [
        one.source for one in read_lesson(LESSON).cells if "class_round" in one.source and one.cell_type == "code"
    ]
    invented = class_round(codes=re.search(r'codes="(.*)"', cell)[1])
    medians = []
    for firm in ("captive", "bank"):
        invented.set(scenario=firm)
        medians.append(invented.key_numbers["Median involvement in the end"])
    assert "goes up from {} to {}".format(*medians) in text
    student = investments()
    student.set(time=7, information=5, ideas=2, data=4)
    mine, firm = (student.key_numbers[name] for name in ("Your involvement after 40 periods", "The firm's involvement"))
    assert f"you end at {mine}, and the firm at {firm}" in text

    free = involvement(preset="captive")
    for firm, leave in ((0.1, "28"), (0.4, "26")):
        free.set(firm=firm)
        assert f"and {leave}% leave a period" in free.headline
    customer = loyalty(preset="captive")
    for met, again in ((0.32, "39"), (0.45, "50")):
        customer.set(lock_in=0.1, met=met)
        assert f"in {again} of 100 cases" in customer.headline
    assert "28 of 100 such customers" in text
    assert "it is still 26" in text
    assert "39 of 100 cases" in text


def test_the_sheets_of_the_case_are_those_of_the_loyalty_model():
    """Bound means a lock-in of 0.8, free 0.1; satisfied 0.8 of the expectations met, dissatisfied 0.2."""
    text = lesson_text()
    for kind, of, lock_in, met in (
        ("bound, satisfied", 50, 0.8, 0.8),
        ("bound, dissatisfied", 325, 0.8, 0.2),
        ("free, satisfied", 300, 0.1, 0.8),
        ("free, dissatisfied", 25, 0.1, 0.2),
    ):
        customer = models.LoyaltyParameters(attitude=models.attitude(met), lock_in=lock_in)
        share = float(models.repeat_patronage(customer))
        assert f"| {kind} | {of} | {of * share:.0f} | {100 * share:.0f}% |" in text
    assert "| satisfied | 350 | 294 | 84% |" in text
    assert "| dissatisfied | 350 | 280 | 80% |" in text


def test_the_model_memos_quote_the_case_correctly():
    """Their numbers stand in the lesson; the best one keeps to the length that it asks for, and the marks add up."""
    ((memo),) = [cell.source for cell in read_master(FOLDER).cells if role_of(cell)[0] == "memo"]
    text = lesson_text()
    best, middling = memo.split("**A memo in the middle")
    for number in ("82%", "28%", "0.09"):
        assert number in best
        assert number in text
    for number in ("31%", "44%", "84%", "80%"):
        assert number in middling
        assert number in text
    body = best.split("would get them, too.", 1)[1]
    assert 250 <= len(body.split()) <= 300
    given = re.findall(r"^- \w+ (\d):", middling, flags=re.M)
    assert len(given) == 4
    assert f"({sum(map(int, given))} of 8)" in middling
