"""The exercise of session 8: its answers are those of the library and of the case, in every variant."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.authoring.building import read_master
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.cases import load_case
from cocreate_teach.exercises import load_key

FOLDER = Path(__file__).parents[2] / "exercises" / "08_when_not_to_co_create"
KEY = load_key(FOLDER)
STUDENTS = ["", *(f"s{number}" for number in range(60))]
LIMITS = ((1, 4), (5, 24), (25, 99), (100, np.inf))  # edits of the classes of the club


def answers(given):
    return {question.id: question.answer(given) for question in KEY.questions}


def column(given, table, place):
    """Return one column of a table of the page as numbers, as a student reads it."""
    return [float(row[place].replace(",", "").replace("−", "-")) for row in given["exhibits"][table - 1]["rows"]]


def test_marks_add_up_to_12_and_8():
    """Nine questions and a canvas."""
    assert (KEY.marks, KEY.memo_marks, len(KEY.questions)) == (12, 8, 9)


def test_the_answers_of_three_variants_never_change():
    """Worked out by hand from the tables that each student sees."""
    same = {"q5": ["a", "c", "f"], "q6": "b", "q7": ["kit", "coat", "panel", "meter"], "q8": ["b", "c", "d"]}
    same |= {"q9": ["a", "c", "d"]}
    assert answers(KEY.given()) == same | {"q1": 73, "q2": 0.536, "q3": 0.884, "q4": 67}
    assert answers(KEY.given(student="anna")) == same | {"q1": 74, "q2": 0.516, "q3": 0.879, "q4": 77}
    assert answers(KEY.given(student="Ben")) == same | {"q1": 71, "q2": 0.532, "q3": 0.883, "q4": 67}


@pytest.mark.parametrize("student", STUDENTS)
def test_the_tenth_of_the_club_is_its_last_two_classes(student):
    """Twenty of 200 editors, and each class has an average that it can have."""
    given = KEY.given(student=student)
    editors, edits = column(given, 1, 1), column(given, 1, 2)
    assert sum(editors) == 200
    assert sum(editors[2:]) == 20
    assert all(low <= made / n <= high for n, made, (low, high) in zip(editors, edits, LIMITS, strict=True))
    everybody = np.repeat(np.divide(edits, editors), np.array(editors, dtype=int))
    assert 100 * float(models.top_share(everybody, 0.1)) == pytest.approx(answers(given)["q1"])


@pytest.mark.parametrize("student", STUDENTS)
def test_the_gini_coefficients_are_those_of_the_library(student):
    """Of five people, and of the five with their readers."""
    given = KEY.given(student=student)
    five, readers = column(given, 2, 1), column(given, 3, 1)[0]
    assert five == sorted(five)
    assert sum(five) == 100
    assert float(models.gini(five)) == pytest.approx(answers(given)["q2"])
    assert float(models.gini(five, readers=readers)) == pytest.approx(answers(given)["q3"], abs=6e-4)
    assert answers(given)["q3"] > answers(given)["q2"] + 0.2  # who is counted always matters


def test_the_share_of_the_real_month_is_what_the_explorer_shows():
    """For every share that a student may be given: the key number, without its words."""
    explorer = widgets.inequality(case="wikipedia")
    shares = {given["share"]: answers(given)["q4"] for given in (KEY.given(student=student) for student in STUDENTS)}
    assert len(shares) >= 5
    for share, answer in shares.items():
        explorer.set(top=share)
        assert explorer.key_numbers["The most active, one month of 2011"] == f"about {answer:.0f}%"


def test_the_sentences_about_the_claims_agree_with_the_case():
    """Right are a, c and f, whichever limit is drawn."""
    counted = load_case("wikipedia").table("editions_counted").set_index("month")
    may = counted.loc["2005-05-01"]
    for student in STUDENTS:
        text = dict(KEY.given(student=student)["exhibits"][3]["rows"])
        editions, articles = text["c"].split(", ")[1].split(" editions had ")
        limit = int(articles.split(" articles")[0].replace(",", ""))
        assert int(editions) == may[f"editions_{limit}"]
        assert int(editions) != may["editions_1"]
        assert f"no more than {editions} editions had an article" in text["d"]
    assert counted.loc["2005-02-01", "articles"] < 1_500_000 < counted.loc["2005-03-01", "articles"]
    assert may["edits"] > 2_000_000
    assert load_case("wikipedia").table("movement_readers")["month"].min() >= "2016"


def test_the_months_are_copied_from_the_case_and_say_the_same():
    """More active editors than a year before, fewer new contributors, and fewer of both than in March."""
    large = load_case("wikipedia").table("large_editions")
    english = large[large["language"] == "en"].set_index("month")
    numbers = {"October": "10", "September": "09", "August": "08"}
    seen = set()
    for student in STUDENTS:
        given = KEY.given(student=student)
        month = numbers[given["month"]]
        seen.add(month)
        at = [f"2006-{month}-01", "2007-03-01", f"2007-{month}-01"]
        editors, newcomers = ([column(given, 5, place)[row] for place in (1, 2, 3)] for row in (0, 1))
        assert editors == english.loc[at, "active_editors_5plus"].tolist()
        assert newcomers == english.loc[at, "new_contributors"].tolist()
        assert editors[0] < editors[2] < editors[1]
        assert newcomers[2] < newcomers[0] < newcomers[1]
    assert seen == set(numbers.values())


@pytest.mark.parametrize("student", STUDENTS)
def test_the_order_of_the_projects_has_no_tie_and_needs_the_best_effort(student):
    """Read from the page: the same order for everybody, another one at full effort and at none."""
    given = KEY.given(student=student)
    rows = {row[0]: [float(cell.replace("−", "-")) for cell in row[1:]] for row in given["exhibits"][5]["rows"]}
    best = {name: max(gains) for name, gains in rows.items()}
    order = sorted(best, key=lambda name: -best[name])
    assert order == answers(given)["q7"] == ["kit", "coat", "panel", "meter"]
    assert min(best[one] - best[other] for one, other in pairwise(order)) >= 0.03
    assert best["panel"] > 0.02
    assert best["meter"] < -0.01
    for place in (0, -1):
        assert sorted(rows, key=lambda name: -rows[name][place]) != order


def test_the_gains_are_those_of_the_model_of_the_scope_explorer():
    """A project of the page, set in the explorer, gains no less at its best than the table shows, and as much at 1."""
    given = KEY.given()
    explorer = widgets.scope()
    explorer.set(direct_interaction=0.9, joint_strength=2.2, consumer_cost=1.5, consumer_strength=0.5, firm=0.4)
    shown = {name: float(text.replace("−", "-").split()[0]) for name, text in explorer.key_numbers.items()}
    table = given["exhibits"][5]["rows"][1]
    assert table[0] == "kit"
    assert shown["Gain of both at full effort"] == float(table[-1])
    assert 0 <= shown["Gain of both at the best effort"] - max(map(float, table[2:])) < 0.02


@pytest.mark.parametrize("student", STUDENTS)
def test_the_scope_rule_refuses_one_request_for_each_reason(student):
    """Read from the page; no gain lies so near zero that rounding decides."""
    given = KEY.given(student=student)
    reasons = {}
    for letter, _, value, costs, apart, say, harm in given["exhibits"][6]["rows"]:
        gain = float(value) - float(costs) - float(apart)
        assert abs(gain) > 0.09
        assert float(value) > float(costs)  # so that what both have apart decides
        reasons[letter] = [gain < 0, say == "no", harm == "people who were not asked"]
    assert [letter for letter, reason in reasons.items() if any(reason)] == answers(given)["q8"] == ["b", "c", "d"]
    assert [sum(column) for column in zip(*reasons.values(), strict=True)] == [1, 1, 1]


def test_the_numbers_of_the_model_canvas_stand_in_the_case():
    """Both canvases quote it correctly, and the better one keeps to the length that the page asks for."""
    (memo,) = [cell.source for cell in read_master(FOLDER).cells if role_of(cell)[0] == "memo"]
    case = load_case("wikipedia").narrative
    for number in ("2.9%", "67%", "39%", "35%", "10%", "24%"):
        assert number in memo
        assert number in case
    first = memo.split("### First canvas (8 of 8)")[1].split("### Second canvas")[0]
    assert 400 <= len(first.split()) <= 550
    assert memo.count("**Concept 1:**") == 1
    marks = [int(line.split(":**")[0][-1]) for line in memo.splitlines() if line.startswith("- **")]
    assert sum(marks) == 4
