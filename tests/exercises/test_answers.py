"""An answer goes out as plain JSON and comes back the same, or is refused in one sentence."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import AnswerError
from cocreate_teach.exercises import LIMITS, Limits, Table, decode, encode

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(10**38), 10**38) | st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.recursive(
    SCALARS | TEXTS | st.just(...),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(TEXTS, parts, max_size=4),
    max_leaves=12,
)


@st.composite
def tables(draw):
    columns = draw(st.lists(TEXTS, min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(st.tuples(*[SCALARS | TEXTS for _ in columns]), max_size=4))
    return Table(tuple(columns), tuple(rows))


def same(one, other):
    """Equal, and of the same types all the way down: 1, 1.0 and True are three answers."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other


@given(PLAIN | tables())
def test_what_is_encoded_comes_back_the_same_and_of_the_same_type(value):
    """Marks depend on it: nothing may change on the way to the checker."""
    assert same(decode(encode(value)), value)


@given(PLAIN)
def test_text_and_bytes_are_read_alike(value):
    """Pipes carry bytes."""
    assert same(decode(encode(value).encode("utf-8")), value)


def test_tuples_and_sets_come_back_as_lists():
    """A student need not know the difference; a set has one spelling on every machine."""
    assert decode(encode((1, (2, 3)))) == [1, [2, 3]]
    assert encode({"b", "a", "c"}) == '["a", "b", "c"]'


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float64(0.5), 0.5),
        (np.int32(7), 7),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.array(2.5), 2.5),
        (pd.Series([1.5, 2.5]), [1.5, 2.5]),
        (pd.DataFrame({"region": ["n", "s"], "share": [1, 2]}), Table(("region", "share"), (("n", 1), ("s", 2)))),
        (
            pd.DataFrame({"share": [1]}, index=pd.Index(["n"], name="region")),
            Table(("region", "share"), (("n", 1),)),
        ),
    ],
)
def test_numpy_and_pandas_become_plain_data(value, plain):
    """Answers from a calculation count like typed ones."""
    assert same(decode(encode(value)), plain)


class FloatOfAStudent(float):
    """Equal to everything."""

    def __eq__(self, other):
        return True

    __hash__ = None


@pytest.mark.parametrize(
    "value",
    [
        FloatOfAStudent(1),
        object(),
        print,
        3 + 4j,
        b"bytes",
        {1: "a"},
        [object()],
        range(3),
        pd.Timestamp("2020-01-01"),
        pd.DataFrame({"when": [pd.Timestamp("2020-01-01")]}),
        np.array([object()]),
        "\ud800",
        {"\ud800": 1},
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_plain_data_is_refused_in_a_sentence(value):
    """Exact types only: a subclass may lie about itself."""
    with pytest.raises(AnswerError) as caught:
        encode(value)
    assert len(caught.value.faults) == 1
    assert "Traceback" not in str(caught.value)


def test_a_list_that_contains_itself_is_refused():
    """Depth has an end."""
    endless = []
    endless.append(endless)
    with pytest.raises(AnswerError, match="levels deep"):
        encode(endless)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (10**41, "digits"),
        (-(10**5000), "digits"),
        ("a" * 300_000, "bytes"),
        (list(range(30_000)), "values"),
        ({str(key): 1 for key in range(201)}, "keys"),
        (np.zeros(100_000), "values"),
    ],
    ids=["digits", "thousands of digits", "characters", "values", "keys", "array"],
)
def test_what_is_too_large_is_refused(value, sentence):
    """A huge answer costs its question only."""
    with pytest.raises(AnswerError, match=sentence):
        encode(value)


HOSTILE = {
    "nothing": b"",
    "not JSON": b"{",
    "two values": b"1 2",
    "python": b"__import__('os')",
    "invalid UTF-8": b'"\xff"',
    "half a character": b'"\\ud800"',
    "NaN as JSON constant": b"NaN",
    "infinity as JSON constant": b"-Infinity",
    "a float that overflows": b"1e999",
    "a tagged NaN": b'{"number": "nan"}',
    "many digits": b"1" * 1000,
    "many bytes": b'"' + b"a" * 300_000 + b'"',
    "deep lists": b"[" * 5000 + b"]" * 5000,
    "deep objects": b'{"dict":' * 2000 + b"1" + b"}" * 2000,
    "deep after a text with brackets": b'["\\"[[[[", ' + b"[" * 60 + b"]" * 60 + b"]",
    "a key twice": b'{"dict": {"a": 1, "a": 2}}',
    "a tag twice": b'{"dict": {}, "dict": {}}',
    "an unknown tag": b'{"pickle": "gASV"}',
    "an untagged object": b'{"a": 1}',
    "an empty object": b"{}",
    "two tags": b'{"dict": {}, "table": {}}',
    "a table of unequal rows": b'{"table": {"columns": ["a"], "rows": [[1, 2]]}}',
    "a table with a column twice": b'{"table": {"columns": ["a", "a"], "rows": []}}',
    "a table with more": b'{"table": {"columns": ["a"], "rows": [], "more": 1}}',
    "a table of lists": b'{"table": {"columns": ["a"], "rows": [[[1]]]}}',
    "a table with a number as name": b'{"table": {"columns": [1], "rows": []}}',
    "not attempted, or so": b'{"not_attempted": 1}',
    "a dict that is a list": b'{"dict": [["a", 1]]}',
    "many keys": json.dumps({"dict": {str(key): 1 for key in range(300)}}).encode(),
    "many values": json.dumps([0] * 30_000).encode(),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_json_is_refused_in_a_sentence(text):
    """The checker reads what a student's process sends: it may send anything."""
    with pytest.raises(AnswerError) as caught:
        decode(text)
    assert len(caught.value.faults) == 1
    assert len(caught.value.faults[0]) < 160


@given(st.binary(max_size=60) | st.text(alphabet='[]{}":,0123456789eE-+.tfn\\u \ud800', max_size=60))
def test_any_bytes_are_an_answer_or_a_sentence(text):
    """No other exception reaches the checker."""
    try:
        decode(text)
    except AnswerError as error:
        assert error.faults


def test_nan_and_infinity_are_read_only_where_they_are_asked_for():
    """Most questions have no use for them; a comparison with NaN is never true."""
    allowed = Limits(allows_nan=True)
    assert math.isnan(decode(encode(math.nan), allowed))
    assert decode(encode([-math.inf]), allowed) == [-math.inf]
    with pytest.raises(AnswerError, match="finite"):
        decode(encode(math.nan))


def test_brackets_inside_texts_do_not_count_as_depth():
    """A student may type any text."""
    text = '[["' + "[{" * 100 + '\\"]"]]'
    assert decode(encode(text)) == text


def test_the_limits_leave_room_for_honest_answers():
    """A table of a hundred rows and four columns passes."""
    frame = pd.DataFrame(np.arange(400).reshape(100, 4), columns=list("abcd"))
    assert len(decode(encode(frame)).rows) == 100
    assert LIMITS.digits >= 20
