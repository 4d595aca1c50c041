"""Ranges in types: validation, messages and tables read one line."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError, ParameterWarning
from cocreate_teach.models import Range, parameter_table, ranges
from cocreate_teach.models.parameters import (
    SIDES,
    Value,
    caution,
    consumer_producer,
    last_axis,
    random_generator,
    read_state,
    validate,
    whole_number,
)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Dyad:
    """What both sides have, what the scenario has, and a count."""

    investment: Annotated[Value, Range(0, 1, unit="share", label="investment", symbol="x", each=SIDES)]
    trust: Annotated[Value, Range(0, 1, label="trust", symbol="v")] = 0.5
    ideas: Annotated[Value, Range(1, 9, unit="ideas", label="ideas", symbol="n", whole=True)] = 3
    weights: Annotated[Value, Range(0, 1, label="weights", symbol="w", each=("a", "b", "c"))] = (0.5, 0.3, 0.2)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        validate(self)
        if np.any(np.asarray(self.trust) == 0):
            caution("trust is 0: nothing follows")


def test_one_number_stands_for_both_sides_and_an_array_ends_in_them():
    """Scenarios come before the last axis."""
    assert Dyad(investment=0.5).investment == 0.5
    assert Dyad(investment=np.zeros((7, 2)), trust=np.zeros(7) + 0.1).investment.shape == (7, 2)


def test_wrong_shapes_counts_and_values_are_all_named_at_once():
    """A last axis of three where there are two sides; 2.5 ideas; scenarios that do not fit together."""
    with pytest.raises(ParameterError) as caught:
        Dyad(investment=[0.1, 0.2, 1.3], trust=np.full(4, 0.2), ideas=2.5, weights=np.zeros((5, 3)))
    assert list(caught.value.faults) == [
        "investment must be between 0 and 1 (share); got 1.3 at position (2,)",
        "investment must be one number, or end in an axis of 2: consumer, producer; got shape (3,)",
        "ideas must be a whole number between 1 and 9 (ideas); got 2.5",
        "leading axes (scenarios) must be of one shape, or of length 1; got (), (4,), (), (5,); "
        "give each the same shape",
    ]


def test_the_table_names_what_the_last_axis_stands_for_and_what_is_a_count():
    """A reader of the table sees shapes, too; a default with several numbers is shown in full."""
    assert parameter_table(Dyad).split("\n")[2:] == [
        "| `investment` | x | required | [0, 1] | share | investment; consumer, producer |",
        "| `trust` | v | 0.5 | [0, 1] |  | trust |",
        "| `ideas` | n | 3 | [1, 9] | ideas, whole | ideas |",
        "| `weights` | w | 0.5, 0.3, 0.2 | [0, 1] |  | weights; a, b, c |",
    ]


def test_a_broken_condition_is_warned_of_at_the_line_that_builds_the_parameters():
    """Not inside the library, where nobody can change anything."""
    with pytest.warns(ParameterWarning, match="trust is 0") as caught:
        Dyad(investment=0, trust=0)
    assert caught[0].filename == __file__


def test_a_state_is_read_as_an_array_with_its_last_axis():
    """One number is spread over both sides; text is refused."""
    share = Range(0, 1, unit="share", each=SIDES)
    assert read_state("involvement", 0.5, share).tolist() == [0.5, 0.5]
    assert read_state("involvement", [[0, 1]], share).shape == (1, 2)
    for wrong in ("high", [0.1, 0.2, 0.3], [0.1, np.nan]):
        with pytest.raises(ParameterError, match="involvement must be"):
            read_state("involvement", wrong, share)


@pytest.mark.parametrize("wrong", [-1, 2.0, "3", True, None, np.bool_(True)])
def test_a_count_is_a_whole_number_from_zero(wrong):
    """2.0 periods are a slip more often than two periods."""
    with pytest.raises(ParameterError, match="periods must be a whole number from 0; got"):
        whole_number("periods", wrong)


def test_a_count_may_have_other_limits():
    """Both are named."""
    assert whole_number("rounds", np.int64(3), 1, 3) == 3
    with pytest.raises(ParameterError, match="rounds must be a whole number between 1 and 1,000; got 1001"):
        whole_number("rounds", 1001, 1, 1000)


def test_a_seed_in_place_of_a_generator_is_answered_with_how_to_make_one():
    """The most likely slip."""
    generator = np.random.default_rng(1)
    assert random_generator(generator) is generator
    with pytest.raises(ParameterError, match=r"got 42; write rng=np.random.default_rng\(1\)"):
        random_generator(42)


def test_sides_are_put_on_one_last_axis():
    """A scan over one side, the other held."""
    assert consumer_producer(np.zeros(3), 1).tolist() == [[0, 1], [0, 1], [0, 1]]
    assert last_axis(np.zeros((4, 5))).shape == (4, 5, 1)
