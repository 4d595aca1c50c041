"""One function marks everywhere: right, partly, likely wrong, untouched, of another form."""

import math

import pytest

from cocreate_teach.exercises import (
    Called,
    Question,
    Table,
    Wrong,
    choice,
    each_cell,
    each_item,
    each_place,
    function,
    items,
    mark,
    mark_calls,
    number,
    table,
    text,
)
from cocreate_teach.exercises.leaks import gives_away
from cocreate_teach.exercises.marking import is_same

GIVEN = {"half": 0.25}
NUMBER = Question(
    id="q1",
    marks=2,
    expectation=number(0, 10),
    answer=lambda given: 2 * given["half"],
    wrong=(Wrong(lambda given: given["half"], "You stopped half way."),),
)
SET = Question(
    id="q2",
    marks=1,
    expectation=items(*"abcdef"),
    answer=lambda given: ["b", "d", "e"],
    partial=each_item,
    wrong=(
        Wrong(lambda given: ["f"], 'Look again at "f".', is_part=True),
        Wrong(lambda given: ["b", "d"], "One more."),
    ),
)


def of(question, value, given=GIVEN):
    marked = mark(question, value, given)
    return marked.status, round(marked.fraction, 3)


def test_a_right_number_is_correct_within_its_tolerance():
    """0.004 away passes at 0.005, 0.006 does not."""
    assert of(NUMBER, 0.5) == ("correct", 1)
    assert of(NUMBER, 0.504) == ("correct", 1)
    assert of(NUMBER, 0.506) == ("wrong", 0)


def test_a_likely_wrong_answer_gets_its_message_and_any_other_a_general_one():
    """The message is what a student learns from."""
    assert mark(NUMBER, 0.25, GIVEN).reason == "You stopped half way."
    assert "hint" in mark(NUMBER, 3, GIVEN).reason


def test_dots_are_not_attempted_and_none_is_not_an_answer():
    """`q1 = print(0.5)` leaves None: the student has tried, and hears why nothing is there."""
    assert of(NUMBER, ...) == ("not_attempted", 0)
    assert of(NUMBER, None) == ("wrong", 0)
    assert "None" in mark(NUMBER, None, GIVEN).reason


def test_another_form_is_wrong_with_a_sentence():
    """The visible check speaks first."""
    marked = mark(NUMBER, "0.5", GIVEN)
    assert marked.status == "wrong"
    assert "quotation marks" in marked.reason


@pytest.mark.parametrize(
    ("value", "status", "fraction"),
    [
        (["e", "d", "b"], "correct", 1),
        (["b", "d"], "partial", 2 / 3),
        (["b"], "partial", 1 / 3),
        (["b", "d", "e", "a"], "partial", 2 / 3),
        (["b", "a"], "wrong", 0),
        (list("abcdef"), "wrong", 0),
        (["a"], "wrong", 0),
    ],
)
def test_a_set_gives_part_marks_and_guessing_everything_gives_none(value, status, fraction):
    """Each right item counts, each wrong one takes one away."""
    assert of(SET, value) == (status, round(fraction, 3))


def test_a_message_for_one_item_comes_with_every_answer_that_contains_it():
    """And an exact wrong answer has its own."""
    assert mark(SET, ["b", "f"], GIVEN).reason == 'Look again at "f".'
    assert mark(SET, ["d", "b"], GIVEN).reason == "One more."


@pytest.mark.parametrize(
    ("value", "share"),
    [("abcd", 1), ("bacd", 2 / 3), ("abdc", 2 / 3), ("cdab", 0), ("dcba", 0), ("badc", 1 / 3)],
)
def test_an_order_counts_pairs(value, share):
    """By hand: six pairs; one swap breaks one, so 2 * 5/6 - 1 = 2/3."""
    assert each_place(tuple(value), tuple("abcd")) == pytest.approx(share)


def test_part_marks_never_reach_full_marks():
    """Whatever an author's own rule returns."""
    generous = Question(id="q", marks=1, expectation=choice("a", "b"), answer=lambda g: "a", partial=lambda v, r: 7)
    assert mark(generous, "b", {}).fraction < 1
    assert mark(generous, "b", {}).status == "partial"


def test_a_key_that_fails_is_not_the_students_fault():
    """It gets its own status, and says whom to tell."""
    broken = Question(id="q9", marks=1, expectation=number(0, 1), answer=lambda given: given["gone"])
    marked = mark(broken, 1, {})
    assert marked.status == "error"
    assert "not your fault" in marked.reason


def test_tables_count_by_cell_and_words_without_capitals():
    """Columns may stand in another order."""
    wanted = Question(
        id="q",
        marks=1,
        expectation=table("region", "share"),
        answer=lambda given: Table(("region", "share"), (("n", 0.5), ("s", 0.25))),
        partial=each_cell,
    )
    assert of(wanted, Table(("share", "region"), ((0.5, "n"), (0.25, "s")))) == ("correct", 1)
    assert of(wanted, Table(("region", "share"), (("n", 0.5), ("s", 0.3)))) == ("partial", 0.75)
    assert of(wanted, Table(("region", "share"), (("n", 0.5),))) == ("wrong", 0)
    word = Question(id="q", marks=1, expectation=text(1, 2), answer=lambda given: "side payment")
    assert of(word, " Side  PAYMENT ") == ("correct", 1)


DOUBLE = Question(
    id="q5",
    marks=2,
    expectation=function("x"),
    answer=lambda given: lambda x: 2 * x,
    calls=lambda given: [(1,), (2.5,), (-40,)],
    partial=lambda value, right: 0,
)


def test_a_function_is_marked_by_its_calls():
    """All right, some right, none, one stopped, some never sent."""
    right = [Called(2), Called(5.0), Called(-80)]
    assert mark_calls(DOUBLE, right, {}).status == "correct"
    some = mark_calls(DOUBLE, [Called(2), Called(5.0), Called(error="ValueError.")], {})
    assert (some.status, round(some.fraction, 3)) == ("partial", 0.667)
    assert "ValueError" in some.reason
    assert mark_calls(DOUBLE, [Called("2")] * 3, {}).status == "wrong"
    assert mark_calls(DOUBLE, [], {}).status == "wrong"


def test_the_reason_for_a_function_names_no_hidden_input_or_result():
    """Neither 40 nor 80 may be read off the message."""
    reason = mark_calls(DOUBLE, [Called(2), Called(7), Called(9)], {}).reason
    assert "40" not in reason
    assert "80" not in reason


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (True, 1, False),
        (1, True, False),
        (10**400, 1.0, False),
        (math.nan, 1.0, False),
        ([1, "a"], [1.001, "a"], True),
        ([1], [1, 2], False),
        ({"a": 1}, {"a": 1.001}, True),
        ({"a": 1}, {"b": 1}, False),
        ("a", ["a"], False),
    ],
)
def test_equality_is_by_parts_and_types(one, other, same):
    """True is no number here, and a huge number is no error."""
    assert is_same(one, other, 0.005) is same


@pytest.mark.parametrize(
    ("question", "sentence", "leaks"),
    [
        (NUMBER, "It is 0.5.", True),
        (NUMBER, "It is 0,50.", True),
        (NUMBER, "Divide by 2.", False),
        (SET, 'Look at "b".', False),
        (SET, 'Take "b", "d" and "e".', True),
        (SET, "b, d, e", False),
        (Question(id="q", marks=1, expectation=choice("a", "b"), answer=lambda g: "b"), "Option b is right.", True),
        (Question(id="q", marks=1, expectation=choice("yes", "no"), answer=lambda g: "no"), "There is no gap.", True),
        (DOUBLE, "2 * x", False),
    ],
)
def test_a_message_that_gives_the_answer_away_is_found(question, sentence, leaks):
    """Single letters count only where they stand for an option."""
    assert gives_away(sentence, question, GIVEN) is leaks
