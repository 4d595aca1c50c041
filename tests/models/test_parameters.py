"""Ranges in types: validation, messages and tables read one line."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models import Range, parameter_table, ranges
from cocreate_teach.models.parameters import Value, validate


@dataclass(frozen=True, kw_only=True, slots=True)
class Toy:
    """Two ranged fields and one that is none of our business."""

    name: str = "toy"
    speed: Annotated[Value, Range(0, 2, unit="share", label="speed of play", symbol="s")]
    limit: Annotated[Value, Range(-1, 9, label="limit")] = float("inf")

    def __post_init__(self) -> None:
        object.__setattr__(self, "limit", min(self.limit, 9.0))
        validate(self)


@given(st.floats(allow_nan=True))
def test_a_number_is_accepted_exactly_if_it_lies_in_its_range(number):
    """Both ends included; infinities and not-a-number outside."""
    if 0 <= number <= 2:
        assert Toy(speed=number).speed == number
    else:
        with pytest.raises(ParameterError, match=r"speed must be between 0 and 2 \(share\); got"):
            Toy(speed=number)


@pytest.mark.parametrize("wrong", ["fast", True, None, [True, False], {"s": 1}])
def test_what_is_not_a_number_is_refused(wrong):
    """Truth values too: True as a share of 1 is a slip."""
    with pytest.raises(ParameterError, match="speed must be a number between 0 and 2"):
        Toy(speed=wrong)


def test_sequences_become_read_only_arrays_and_numbers_plain_floats():
    """Models compute with one type."""
    assert type(Toy(speed=np.float32(0.5)).speed) is float
    many = Toy(speed=[0, 1, 2]).speed
    assert many.dtype == np.float64
    assert not many.flags.writeable


def test_the_first_wrong_place_of_an_array_is_named():
    """In ten thousand scenarios one wants to know which."""
    with pytest.raises(ParameterError, match=r"got 3 at position \(1, 0\)"):
        Toy(speed=np.array([[0, 1], [3, 4]]))


def test_ranges_are_found_on_class_and_object_alike():
    """Widgets ask the class, messages the object."""
    assert list(ranges(Toy)) == ["speed", "limit"]
    assert ranges(Toy(speed=1)) == ranges(Toy)


def test_the_table_shows_default_range_unit_and_meaning():
    """Required fields say so; a default that is not finite is still readable."""
    assert parameter_table(Toy).split("\n")[2:] == [
        "| `speed` | s | required | [0, 2] | share | speed of play |",
        "| `limit` |  | inf | [-1, 9] |  | limit |",
    ]
