"""The locked first cell carries a student's variant as Python that says exactly what the JSON said."""

import ast

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises import with_variant

SOURCE = "from cocreate_teach import exercise\n\nex = exercise(\n    'old', given={'a': 1},\n)\nex"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=4), parts, max_size=3),
)


def call_of(source):
    (assigned,) = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return {part.arg: ast.literal_eval(part.value) for part in assigned.value.keywords}


@drawn(st.dictionaries(st.text(max_size=6), JSON, max_size=5), st.text(max_size=12), st.text(max_size=12))
def test_what_is_written_is_what_is_read(given, course, student):
    """No text of a roster or key can become code: everything is a literal."""
    source = with_variant(SOURCE, name="e", course=course, student=student, given=given)
    assert call_of(source) == {"course": course, "student": student, "given": given}
    assert source.startswith("from cocreate_teach import exercise\n\nex = exercise(")
    assert source.endswith(")\nex")


def test_writing_twice_changes_nothing():
    """A release of a release is the same."""
    once = with_variant(SOURCE, name="e", course="c", student="s", given={"rows": [{"a": 1}], "long": "x" * 80})
    assert with_variant(once, name="e", course="c", student="s", given=call_of(once)["given"]) == once


@pytest.mark.parametrize(
    ("source", "sentence"),
    [("ex = other()", "it has 0"), (SOURCE + "\nex = exercise('two')", "it has 2"), ("ex = (", "not Python")],
)
def test_a_cell_that_is_no_set_up_cell_is_refused(source, sentence):
    """Rather than a notebook without data."""
    with pytest.raises(ExerciseError, match=sentence):
        with_variant(source, name="e", course="c", student="", given={})
