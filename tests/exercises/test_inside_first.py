"""The exercise of session 2: every question, in many variants, and the same conclusion as the model of the lesson."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from cocreate_teach.authoring.building import read_master
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.cases import load_case
from cocreate_teach.exercises import load_key
from cocreate_teach.models import ParticipationParameters, leaving_round, net_value, participation_path, rewards

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "exercises" / "02_inside_first"
KEY = load_key(FOLDER)
STUDENTS = ["", *(f"s{number}" for number in range(60))]
PEOPLE = ("customer", "junior adviser", "senior adviser", "management")
SHORT = ("customer", "junior", "senior", "management")


def circle(pairs, costs):
    """Return the model of the lesson for values in tenths, independently of the key's own calculation."""
    synergy = [[0.0] * 4 for _ in SHORT]
    for pair, value in pairs.items():
        i, j = (SHORT.index(name) for name in pair.split(" and "))
        synergy[i][j] = synergy[j][i] = value / 10
    return ParticipationParameters(
        stakeholders=PEOPLE, stand_alone=0.0, synergy=synergy, cost=[cost / 10 for cost in costs]
    )


def big_circle(given, **changed):
    return circle(given["pairs"] | changed, given["puts_in"].values())


def answers(given):
    return {question.id: question.answer(given) for question in KEY.questions}


def test_marks_add_up_to_12_and_8():
    """Nine questions and a memo."""
    assert (KEY.marks, KEY.memo_marks, len(KEY.questions)) == (12, 8, 9)


def test_the_answers_of_three_variants_never_change():
    """Worked out by hand for the base variant; the others hold the draws."""
    sets = {"q3": ["b", "d", "e"], "q5": 3, "q6": ["train", "pair", "launch", "pay"], "q8": "c", "q9": ["a", "d", "f"]}
    assert answers(KEY.given()) == sets | {"q1": 0.75, "q2": 1.3, "q4": 0.4, "q7": 1.7}
    assert answers(KEY.given(student="anna")) == sets | {"q1": 0.55, "q2": 1.1, "q4": 0.2, "q7": 2.2}
    assert answers(KEY.given(student="Ben")) == sets | {"q1": 0.95, "q2": 1.3, "q4": 0.6, "q7": 1.8}


@pytest.mark.parametrize("student", STUDENTS)
def test_the_answers_are_those_of_the_model(student):
    """What comes back, the threshold, the gain of the circle and the rounds: the library computes the same."""
    given = KEY.given(student=student)
    right = answers(given)
    game = big_circle(given)
    assert rewards(game)[1] == pytest.approx(right["q1"])
    without = net_value(game) - net_value(game, [True, False, True, True])
    assert float(without) == pytest.approx(right["q4"])
    assert leaving_round(game).tolist() == [0, 1, 0, 0]
    at = big_circle(given, **{"customer and junior": right["q2"] * 10})
    below = big_circle(given, **{"customer and junior": right["q2"] * 10 - 0.1})
    assert leaving_round(at)[1] == 0
    assert leaving_round(below)[1] == 1


@pytest.mark.parametrize("student", STUDENTS)
def test_nobody_stands_on_the_edge(student):
    """No tie in either circle, in any round: rounding or a doubt about "less than" decides nothing."""
    given = KEY.given(student=student)
    small = given["small"]
    costs = [small[f"{person} puts in"] for person in PEOPLE]
    games = (big_circle(given), circle({p: v for p, v in small.items() if " and " in p}, costs))
    for game in games:
        for members in participation_path(game):
            distance = abs(rewards(game, members) - game.cost)[members]
            assert (distance > 0.04).all()
    assert leaving_round(games[1]).tolist() == [3, 1, 2, 3]


@pytest.mark.parametrize("student", STUDENTS)
def test_the_offers_that_keep_the_junior_do_so_in_the_model(student):
    """Each offer is read from its own sentence, and put into the model."""
    given = KEY.given(student=student)
    kept = []
    for letter, sentence in given["exhibits"][2]["rows"]:
        amount = 10 * float(re.search(r"\d\.\d\d", sentence).group())
        pairs, costs = dict(given["pairs"]), dict(given["puts_in"])
        found = re.match(r"(\w+) and (\w+) create", sentence)
        if found:
            pairs[f"{found[1].lower()} and {found[2]}"] += amount
        else:  # a payment, or lower costs: both close the same gap
            costs["junior adviser"] -= amount
        if leaving_round(circle(pairs, costs.values()))[1] == 0:
            kept.append(letter)
    assert kept == answers(given)["q3"]


@pytest.mark.parametrize("student", STUDENTS)
def test_the_conclusions_about_remedies_and_workshops_are_the_same_for_everybody(student):
    """No tie in the order; the interval lies above zero, and the limit inside it, below its middle."""
    given = KEY.given(student=student)
    left = {name: created - put_in - own for name, (created, put_in, own) in given["remedies"].items()}
    order = sorted(left.values(), reverse=True)
    assert min(one - other for one, other in pairwise(order)) >= 2
    sales = given["sales"]
    middle = (sales["low"] + sales["high"]) / 2
    assert 0 < sales["low"] + 1 < sales["limit"] < middle < sales["high"]
    assert abs(middle - 10 * answers(given)["q7"]) >= 2  # or the middle would give question 7 away


def test_the_model_memo_quotes_the_case_correctly():
    """Its numbers stand in the case, and it keeps to the length that it asks for."""
    (memo,) = [cell.source for cell in read_master(FOLDER).cells if role_of(cell)[0] == "memo"]
    case = load_case("bank").narrative
    for number in ("1.8", "from 1.3 to 2.3", "26%"):
        assert number in memo
        assert number in case
    body = memo.split("**Recommendation", 1)[1].split("**A memo in the middle")[0]
    assert 250 <= len(body.split()) <= 300
