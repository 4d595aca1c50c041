"""Product, transfer and training: thresholds in closed form against the cascade itself."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models import (
    largest_transfer,
    net_value,
    participation_equilibrium,
    participation_path,
    smallest_synergy,
    smallest_transfer,
    with_synergy,
    with_training,
    with_transfer,
)
from tests.strategies import eighths, participation_games

# Conflict is meant here; that it is warned of has a test of its own.
pytestmark = pytest.mark.filterwarnings("ignore:synergy of .* a conflict")

SEVERAL = participation_games(stakeholders=st.integers(2, 5), lowest_synergy=-3, pays=True)


def stays_in_the_full_circle(game, name):
    return participation_path(game, 1)[..., 1, game.stakeholders.index(name)]


@given(SEVERAL)
def test_the_smallest_synergy_is_the_threshold_of_staying(game):
    """Just enough keeps the stakeholder, 1/8 less does not: half of a gain must cover cost minus reward."""
    first, second = game.stakeholders[:2]
    threshold = smallest_synergy(game, first, second)
    assume(abs(threshold) < 9)
    assert stays_in_the_full_circle(with_synergy(game, first, second, threshold), first)
    assert not stays_in_the_full_circle(with_synergy(game, first, second, threshold - 0.125), first)


@given(SEVERAL)
def test_the_smallest_transfer_is_the_threshold_of_staying(game):
    """Just enough keeps the receiver, less does not, unless nothing is needed."""
    giver, receiver = game.stakeholders[:2]
    threshold = smallest_transfer(game, giver=giver, receiver=receiver)
    assume(threshold < 9)
    kept = with_transfer(game, giver=giver, receiver=receiver, amount=threshold)
    assert stays_in_the_full_circle(kept, receiver)
    if threshold > 0:
        short = with_transfer(game, giver=giver, receiver=receiver, amount=max(threshold - 0.125, 0))
        assert not stays_in_the_full_circle(short, receiver)


@given(SEVERAL)
def test_the_largest_transfer_is_where_the_giver_would_leave(game):
    """Between the smallest and the largest transfer both stay: what the two can agree on."""
    giver, receiver = game.stakeholders[:2]
    most = largest_transfer(game, giver=giver, receiver=receiver)
    assume(0 <= most < 9)
    assert stays_in_the_full_circle(with_transfer(game, giver=giver, receiver=receiver, amount=most), giver)
    too_much = with_transfer(game, giver=giver, receiver=receiver, amount=most + 0.125)
    assert not stays_in_the_full_circle(too_much, giver)


def test_the_junior_needs_a_synergy_of_one_with_customers(before):
    """Its shortfall is .25, and half of a gain is its own: .5 more than the present .5."""
    threshold = smallest_synergy(before, "junior adviser", "customer")
    assert threshold == pytest.approx(1.0)
    around = with_synergy(before, "customer", "junior adviser", threshold + np.array([-0.01, 0, 0.01]))
    assert participation_equilibrium(around).all(axis=-1).tolist() == [False, True, True]


def test_management_can_pay_the_junior_up_to_035_and_the_senior_up_to_125(before):
    """What each has left over in the full circle."""
    junior = "junior adviser"
    assert largest_transfer(before, giver="management", receiver=junior) == pytest.approx(0.35)
    assert largest_transfer(before, giver="senior adviser", receiver=junior) == pytest.approx(1.25)


def test_thresholds_have_one_value_per_scenario(before):
    """The threshold falls as the synergy with customers rises, and stops at 0."""
    richer = with_synergy(before, "customer", "junior adviser", np.array([0.5, 0.8, 3.0]))
    asked = {"giver": "senior adviser", "receiver": "junior adviser"}
    assert smallest_transfer(richer, **asked) == pytest.approx([0.25, 0.1, 0.0])
    assert smallest_synergy(richer, "junior adviser", "customer") == pytest.approx([1.0, 1.0, 1.0])


def test_a_new_transfer_replaces_the_one_before(before):
    """A slider sets an amount; moving it twice must not pay twice."""
    pay = {"giver": "senior adviser", "receiver": "junior adviser"}
    twice = with_transfer(with_transfer(before, amount=0.5, **pay), amount=0.3, **pay)
    assert twice.transfer.sum() == pytest.approx(0.3)
    assert smallest_transfer(twice, **pay) == pytest.approx(0.25)


@given(SEVERAL, eighths(0, 2), eighths(0, 2))
def test_training_is_worth_its_gain_minus_its_cost(game, gain, cost):
    """In the full circle it changes the net value by gain - cost, whoever pays; the original stays as it was."""
    learner, partner = game.stakeholders[:2]
    synergy, costs = game.synergy.copy(), game.cost.copy()
    trained = with_training(game, learner=learner, partner=partner, gain=gain, payer=game.stakeholders[-1], cost=cost)
    assert net_value(trained) - net_value(game) == gain - cost
    assert trained.synergy[0, 1] == trained.synergy[1, 0] == synergy[0, 1] + gain
    assert game.synergy.tolist() == synergy.tolist()
    assert game.cost.tolist() == costs.tolist()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda game: with_synergy(game, "customer", "boss", 1), "names 'boss', who is not a stakeholder; choose from"),
        (lambda game: with_synergy(game, "customer", "customer", 1), "pairs a stakeholder with itself"),
        (lambda game: with_synergy(game, "customer", "management", 11), "synergy of customer and management must be b"),
        (
            lambda game: with_transfer(game, giver="customer", receiver="management", amount=-1),
            "transfer of customer and management must be between 0 and 10",
        ),
        (
            lambda game: with_training(game, learner="customer", partner="management", gain=1, payer="nobody", cost=1),
            "cost names 'nobody'",
        ),
        (lambda game: smallest_synergy(game, "customer", "boss"), "names 'boss'"),
        (lambda game: smallest_transfer(game, giver="boss", receiver="customer"), "names 'boss'"),
    ],
)
def test_a_wrong_remedy_is_answered_by_a_sentence(before, change, message):
    """Names and ranges are checked before anything is computed."""
    with pytest.raises(ParameterError, match=message):
        change(before)
