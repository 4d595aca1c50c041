"""Building a circle of stakeholders from names, and what is said about wrong input."""

import numpy as np
import pytest

from cocreate_teach.errors import ParameterError, ParameterWarning
from cocreate_teach.models import ParticipationParameters, coalition_value, participation_parameters


def test_a_pair_may_be_named_in_either_order():
    """Synergy belongs to the pair; a transfer has a direction."""
    names, cost = ("a", "b"), {"a": 1, "b": 2}
    one = participation_parameters(names, cost=cost, synergy={("a", "b"): 3}, transfer={("a", "b"): 0.5})
    other = participation_parameters(names, cost=cost, synergy={("b", "a"): 3}, transfer={("b", "a"): 0.5})
    assert one.synergy.tolist() == other.synergy.tolist() == [[0, 3], [3, 0]]
    assert one.transfer.tolist() == [[0, 0.5], [0, 0]]
    assert other.transfer.tolist() == [[0, 0], [0.5, 0]]
    assert one.cost.tolist() == [1, 2]
    assert one.stand_alone.tolist() == [0, 0]


def test_values_given_as_arrays_become_scenarios():
    """Axes of all values are broadcast together; every field has them afterwards."""
    game = participation_parameters(
        ["a", "b", "c"],
        cost={"a": np.zeros((2, 1)), "b": 1, "c": 2},
        synergy={("a", "b"): np.array([1.0, 2.0, 3.0])},
        stand_alone={"c": 0.5},
    )
    assert game.cost.shape == game.stand_alone.shape == (2, 3, 3)
    assert game.synergy.shape == game.transfer.shape == (2, 3, 3, 3)
    assert coalition_value(game).tolist() == [[1.5, 2.5, 3.5]] * 2


def test_one_number_stands_for_everybody_and_for_every_pair():
    """Nobody is paired with itself, so the diagonal stays 0."""
    equal = ParticipationParameters(stakeholders=("a", "b", "c"), synergy=2, cost=1)
    assert equal.synergy.tolist() == [[0, 2, 2], [2, 0, 2], [2, 2, 0]]
    assert equal.cost.tolist() == [1, 1, 1]


def test_parameters_cannot_be_changed_afterwards():
    """A scenario that a picture shows must stay what it was."""
    given = np.array([1.0, 1.0])
    game = ParticipationParameters(stakeholders=("a", "b"), synergy=2, cost=given)
    given[0] = 9
    assert game.cost.tolist() == [1, 1]
    with pytest.raises(ValueError, match="read-only"):
        game.cost[0] = 5
    with pytest.raises(AttributeError):
        game.cost = np.zeros(2)


def test_all_faults_of_named_values_come_at_once():
    """Somebody who fills in a table learns everything in one go."""
    with pytest.raises(ParameterError) as error:
        participation_parameters(
            ["customer", "junior", "junior"],
            cost={"customer": -1, "senior": 1},
            synergy={
                ("customer", "junior"): "high",
                ("junior", "customer"): 2,
                ("customer", "customer"): 1,
                "junior": 1,
            },
            transfer={("customer", "boss"): 0.5},
            stand_alone={"customer": float("nan")},
        )
    assert list(error.value.faults) == [
        "stakeholders must have different names; got 'junior' more than once",
        "cost of 'junior' is missing; give each stakeholder a cost, 0 if it puts in nothing",
        "cost of customer must be between 0 and 10 (value); got -1",
        "cost names 'senior', who is not a stakeholder; choose from customer, junior, junior",
        "stand_alone of customer must be between -10 and 10 (value); got nan",
        "synergy of customer and junior must be a number between -10 and 10 (value); got 'high'",
        "synergy of customer and customer pairs a stakeholder with itself; name two different ones",
        "synergy must be given by pairs of names; got 'junior'",
        "transfer names 'boss', who is not a stakeholder; choose from customer, junior, junior",
    ]


def test_a_pair_given_twice_is_refused():
    """Which of two values is meant cannot be guessed."""
    with pytest.raises(ParameterError, match="synergy of b and a is given twice"):
        participation_parameters(["a", "b"], cost={"a": 0, "b": 0}, synergy={("a", "b"): 1, ("b", "a"): 2})


def test_arrays_that_do_not_fit_together_are_refused():
    """Three scenarios of one value cannot meet two of another."""
    with pytest.raises(ParameterError, match="cost has arrays whose shapes do not fit together"):
        participation_parameters(["a", "b"], cost={"a": np.zeros(3), "b": np.zeros(2)}, synergy={})
    with pytest.raises(ParameterError, match=r"leading axes .* got \(\), \(3,\), \(2,\), \(\); give each the same"):
        ParticipationParameters(stakeholders=("a", "b"), synergy=np.zeros((2, 2, 2)), cost=np.zeros((3, 2)))


def test_all_faults_of_arrays_come_at_once():
    """Text, shape, diagonal and symmetry in one error."""
    with pytest.raises(ParameterError) as error:
        ParticipationParameters(
            stakeholders=("a", "b"),
            stand_alone="none",
            cost=np.zeros(3),
            synergy=np.array([[1.0, 2.0], [3.0, 0.0]]),
            transfer=np.array([[0.0, -1.0], [0.0, 0.0]]),
        )
    assert list(error.value.faults) == [
        "stand_alone must be a number between -10 and 10 (value); got 'none'",
        "transfer must be between 0 and 10 (value); got -1 at position (0, 1)",
        "cost must end in axes (2,), one place per stakeholder; got shape (3,)",
        "synergy must have a zero diagonal: nobody is paired with itself; set it to 0",
        "synergy must be symmetric: [i, j] and [j, i] are one pair; give both the same value",
    ]


@pytest.mark.parametrize("names", [(), ["a", "b"], ("a", ""), None])
def test_names_must_be_a_tuple_of_names(names):
    """One sentence, whatever was given instead."""
    with pytest.raises(ParameterError, match="stakeholders must be a tuple of at least one name"):
        ParticipationParameters(stakeholders=names, synergy=0, cost=0)


def test_a_conflict_is_allowed_and_warned_of_where_it_is_built():
    """The theorems need synergies of 0 or more; the warning names the pair, the value and what no longer holds."""
    with pytest.warns(ParameterWarning, match=r"synergy of b and c is -2 \(value\), below 0, a conflict") as caught:
        ParticipationParameters(stakeholders=("a", "b", "c"), synergy=[[0, 1, -1], [1, 0, -2], [-1, -2, 0]], cost=1.0)
    assert [entry.filename for entry in caught] == [__file__]
