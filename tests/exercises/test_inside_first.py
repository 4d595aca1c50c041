"""The exercise of session 2: every question, in many variants, and the same conclusion as the model of the lesson."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from cocreate_teach.authoring.building import STUDENT, read_master
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.cases import load_case
from cocreate_teach.exercises import decode, encode, load_key, mark
from cocreate_teach.exercises.leaks import gives_away
from cocreate_teach.models import ParticipationParameters, leaving_round, net_value, participation_path, rewards
from cocreate_teach.notebooks import read_lesson

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "exercises" / "02_inside_first"
KEY = load_key(FOLDER)
STUDENTS = ["", *(f"s{number}" for number in range(60))]
QUESTIONS = pytest.mark.parametrize("question", KEY.questions, ids=lambda question: question.id)
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


@QUESTIONS
def test_the_right_answer_is_correct_and_dots_are_not_attempted(question):
    """As it arrives: encoded and decoded."""
    for student in STUDENTS[:10]:
        given = KEY.given(student=student)
        assert mark(question, decode(encode(question.answer(given))), given).status == "correct"
        assert mark(question, decode(encode(...)), given).status == "not_attempted"


@QUESTIONS
def test_likely_wrong_answers_get_their_own_message(question):
    """At least three for each question, all different, none with full marks, none that tells the answer."""
    given = KEY.given(student="anna")
    assert len({wrong.message for wrong in question.wrong}) == len(question.wrong) >= 3
    for wrong in question.wrong:
        marked = mark(question, decode(encode(wrong.value(given))), given)
        assert marked.status in {"wrong", "partial"}
        assert marked.reason == wrong.message
        assert not gives_away(marked.reason, question, given)


@QUESTIONS
@pytest.mark.parametrize(
    "value", [{}, [["a"]], object, True, "no such text", float("inf"), -1e9, 10**39, [], ""], ids=str
)
def test_an_answer_of_another_form_gets_a_sentence_that_tells_nothing(question, value):
    """Whatever is typed: wrong, with a reason, and the reason is not the answer."""
    if value is object or value == float("inf"):
        return  # refused before it is marked: see test_answers
    given = KEY.given(student="anna")
    marked = mark(question, decode(encode(value)), given)
    assert (marked.status, marked.fraction) == ("wrong", 0)
    assert marked.reason
    assert not gives_away(marked.reason, question, given)


@QUESTIONS
def test_a_solution_explains(question):
    """After an honest attempt a student reads why."""
    assert len(question.solution(KEY.given())) > 10


def test_synthetic_tables_say_so():
    """In the table's status and its title; every other table is illustrative."""
    tables = KEY.given()["exhibits"]
    assert [table["status"] for table in tables].count("synthetic") == 2
    for table in tables:
        assert table["status"] in {"synthetic", "illustrative"}
        assert ("Made for this exercise" in table["title"]) == (table["status"] == "synthetic")


def test_the_page_says_that_it_is_practice_and_gives_three_hints_per_question():
    """Keys of a public repository are public; hints are folded."""
    page = read_lesson(FOLDER / STUDENT)
    assert "**This is practice.**" in page.cells[0].source
    texts = [cell.source for cell in page.cells if role_of(cell)[0] == "text"]
    assert len(texts) == 10
    assert all(len(re.findall(r"<details><summary[^>]*>Hint", text)) == 3 for text in texts)


def test_the_student_sees_no_solution():
    """Neither marks, nor messages, nor model memo."""
    text = (FOLDER / STUDENT).read_text(encoding="utf-8")
    for secret in ("SOLUTION", "You counted whole lines", "Recommendation: pair"):
        assert secret not in text
    for question in KEY.questions:
        (cell,) = [cell for cell in read_lesson(FOLDER / STUDENT).cells if role_of(cell) == ("answer", question.id)]
        assert cell.source.startswith(f"{question.id} = ...  # replace the dots")


def test_hints_do_not_give_the_base_variants_answer_away():
    """They lead to it."""
    page = read_master(FOLDER)
    for question in KEY.questions:
        (cell,) = [cell for cell in page.cells if role_of(cell) == ("text", question.id)]
        hints = re.sub(r"(?i)(hint|questions?|table|round) \d", "", cell.source.split("<details>", 1)[1])
        assert not gives_away(hints, question, KEY.given()), question.id


def test_the_model_memo_quotes_the_case_correctly():
    """Its numbers stand in the case, and it keeps to the length that it asks for."""
    (memo,) = [cell.source for cell in read_master(FOLDER).cells if role_of(cell)[0] == "memo"]
    case = load_case("bank").narrative
    for number in ("1.8", "from 1.3 to 2.3", "26%"):
        assert number in memo
        assert number in case
    body = memo.split("**Recommendation", 1)[1].split("### END")[0]
    assert 250 <= len(body.split()) <= 300


def test_concepts_stand_in_the_glossary_and_in_the_page():
    """The ids hold lesson, exercise and glossary together."""
    named = read_lesson(FOLDER / STUDENT).metadata.cocreate["concepts"]
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    lesson = read_lesson(ROOT / "notebooks" / "02_inside_first.ipynb").metadata.cocreate["concepts"]
    assert {question.concept for question in KEY.questions} <= set(named) <= set(lesson)
    assert all(f"({concept})" in glossary for concept in named)


def test_headings_of_the_page_begin_with_one_title_and_skip_no_level():
    """Screen readers move by headings."""
    cells = [cell.source for cell in read_lesson(FOLDER / STUDENT).cells if cell.cell_type == "markdown"]
    levels = [len(marks) for marks in re.findall(r"^(#+) ", "\n\n".join(cells), flags=re.M)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
