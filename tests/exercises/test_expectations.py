"""What may be known about an answer before it is marked: one sentence on what does not fit, for beginners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.exercises import Table, choice, function, items, number, table, text, whole
from cocreate_teach.exercises.expectations import shown

TABLE = Table(("region", "share"), (("n", 1),))
FITS = [
    (number(0, 1), [0, 1, 0.5, True + 0.0]),
    (number(-1, 1), [-0.5]),
    (whole(0, 4), [3, 3.0]),
    (choice("a", "b"), ["a", " B "]),
    (items("a", "b", "c"), [["a"], ("c", "b"), "a, c", "b", ["A ", "b"]]),
    (items("1", "2"), [[1, 2], ["1", 2]]),
    (items("x", "y", size=2, ordered=True), [["y", "x"]]),
    (text(1, 2), ["trust", "no trust"]),
    (table("share"), [TABLE]),
    (function("x"), [abs]),
]
FAULTY = [
    (number(0, 1), (0, 75), "point, not with a comma"),
    (number(0, 1), "0.5", "without quotation marks"),
    (number(0, 1), True, "is not a number"),
    (number(0, 1), float("nan"), "is not a number"),
    (number(0, 1), 75, "0 to 1"),
    (number(0, 1), 10**400, "a very large whole number"),
    (number(0, 1), {}, "is not a number"),
    (whole(0, 4), 2.5, "is not a whole number"),
    (whole(0, 4), "3", "without quotation marks"),
    (choice("a", "b"), ["a"], "one option only"),
    (choice("a", "b"), 1, "is not a text"),
    (choice("a", "b"), "c", "not one of the options"),
    (items("a", "b"), 5, "is not a list"),
    (items("a", "b"), [["a"]], "is not a list"),
    (items("a", "b"), [True], "is not a list"),
    (items("a", "b"), [], "empty"),
    (items("a", "b"), " , ", "empty"),
    (items("a", "b"), ["a", "x"], "not one of the options"),
    (items("a", "b"), ["a", "A"], "2 times"),
    (items("a", "b", size=2), ["a"], "asks for 2"),
    (text(2, 3), "one", "1 words"),
    (text(2, 3), 1, "is not a text"),
    (table("share", "size"), TABLE, '"size"'),
    (table("share"), [[1]], "is not a table"),
    (function("x"), 3, "is not a function"),
]


@pytest.mark.parametrize(("expectation", "values"), FITS, ids=lambda part: repr(part)[:40])
def test_answers_of_the_right_form_have_no_fault(expectation, values):
    """Beginners' spellings count: capitals, spaces, a text with commas, a whole number as 3.0."""
    for value in values:
        assert expectation.fault(value) is None, value
        expectation.read(value)


@pytest.mark.parametrize(("expectation", "value", "sentence"), FAULTY, ids=range(len(FAULTY)))
def test_answers_of_another_form_get_a_sentence_that_says_what_to_do(expectation, value, sentence):
    """Never a traceback, and short enough to read."""
    fault = expectation.fault(value)
    assert fault is not None
    assert sentence in fault
    assert len(fault) < 220


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(...),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=3), parts, max_size=3),
)


@pytest.mark.parametrize("expectation", [expectation for expectation, _ in FITS], ids=repr)
@given(value=JSON)
def test_any_plain_value_is_read_or_gets_a_sentence(expectation, value):
    """No answer makes a check fail with an exception."""
    fault = expectation.fault(value)
    if fault is None:
        expectation.read(value)
    else:
        assert fault.endswith((".", '"', "]")), fault


@pytest.mark.parametrize("expectation", [expectation for expectation, _ in FITS], ids=repr)
def test_every_expectation_says_what_to_type(expectation):
    """The text stands beside the dots."""
    assert expectation.prompt
    assert "\n" not in expectation.prompt


def test_settings_decide_whether_expectations_are_equal():
    """`verify` compares the notebook's check with the key in this way."""
    assert number(0, 1) == number(0, 1)
    assert number(0, 1) != number(0, 2)
    assert number(0, 1) != whole(0, 1)
    assert items("a", ordered=True) != items("a")


def test_values_are_shown_short_and_without_hidden_signs():
    """A sentence is not a place for a page of text or for signs that turn the text round."""
    assert len(shown("a" * 500)) <= 62
    assert "\u202e" not in shown("a\u202eb")
    assert shown("a\nb") == '"ab"'
