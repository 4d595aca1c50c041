"""The bank: the numbers that lesson, case and explorer print."""

import numpy as np
import pytest

from cocreate_teach.models import (
    TOLERANCE,
    coalition_value,
    enthusiasm,
    leaving_round,
    net_value,
    participation_equilibrium,
    participation_path,
    rewards,
    shapley_values,
    smallest_transfer,
    surplus,
    with_synergy,
    with_training,
    with_transfer,
)

# Conflict is meant here; that it is warned of has a test of its own.
pytestmark = pytest.mark.filterwarnings("ignore:synergy of .* a conflict")

CUSTOMER, JUNIOR, SENIOR, MANAGEMENT = NAMES = ("customer", "junior adviser", "senior adviser", "management")


def test_before_the_product_the_junior_leaves_and_the_others_stay(before):
    """Text A: juniors are "not so interested". Here: .75 comes back, 1 is put in."""
    assert shapley_values(before) == pytest.approx([1.75, 0.75, 2.25, 0.75])
    assert leaving_round(before).tolist() == [0, 1, 0, 0]
    assert participation_equilibrium(before).tolist() == [True, False, True, True]


def test_without_the_junior_less_is_created_and_customer_and_seniors_lose(before):
    """Who leaves takes synergies along: v falls from 5.5 to 4, and phi to (1.5, 2, .5)."""
    stable = participation_equilibrium(before)
    assert coalition_value(before) == pytest.approx(5.5)
    assert coalition_value(before, stable) == pytest.approx(4.0)
    assert shapley_values(before, stable) == pytest.approx([1.5, 0.0, 2.0, 0.5])
    assert enthusiasm(before) == pytest.approx([0.4, 0.0, 0.5, 0.2])


def test_after_the_product_everybody_stays_and_value_doubles(after):
    """Inside and outside gain: the customer gets 3 instead of 1.5, the junior 2 instead of nothing."""
    assert shapley_values(after) == pytest.approx([3.0, 2.0, 2.25, 0.75])
    assert participation_equilibrium(after).all()
    assert coalition_value(after) == pytest.approx(8.0)


def test_before_the_product_full_participation_was_already_worth_more(before, after):
    """Was the product necessary? Net 2.2 with everybody against 1.7 without the junior, and 4.7 after."""
    assert net_value(before) == pytest.approx(2.2)
    assert net_value(before, participation_equilibrium(before)) == pytest.approx(1.7)
    assert net_value(after) == pytest.approx(4.7)


def test_a_transfer_of_a_quarter_is_the_smallest_that_keeps_the_junior(before):
    """The rival remedy: less is not enough, a quarter is, and the total does not change."""
    assert smallest_transfer(before, giver=SENIOR, receiver=JUNIOR) == pytest.approx(0.25)
    paid = with_transfer(before, giver=SENIOR, receiver=JUNIOR, amount=np.array([0.24, 0.25, 0.30]))
    assert participation_equilibrium(paid).all(axis=-1).tolist() == [False, True, True]
    assert rewards(paid)[1] == pytest.approx([1.75, 1.0, 2.0, 0.75])
    assert net_value(paid) == pytest.approx([2.2, 2.2, 2.2])


def test_training_keeps_the_junior_if_management_can_bear_its_cost(before):
    """Half of the gain is the junior's; a cost above management's surplus of .35 drives out both in turn."""
    trained = with_training(
        before, learner=JUNIOR, partner=CUSTOMER, gain=0.7, payer=MANAGEMENT, cost=np.array([0.3, 0.4])
    )
    assert leaving_round(trained).tolist() == [[0, 0, 0, 0], [0, 2, 0, 1]]


def test_distrust_of_the_seniors_drives_the_junior_out_in_the_first_round(before):
    """A negative synergy destroys value; the circle without the junior is the same as without distrust."""
    distrust = with_synergy(before, JUNIOR, SENIOR, -1.0)
    assert shapley_values(distrust) == pytest.approx([1.75, 0.0, 1.5, 0.75])
    assert leaving_round(distrust).tolist() == [0, 1, 0, 0]
    assert coalition_value(distrust, participation_equilibrium(distrust)) == pytest.approx(4.0)


@pytest.mark.parametrize("customer_junior", [0.5, 3.0])
def test_no_preset_sits_on_a_tie(bank_with, customer_junior):
    """A picture must not hang on a rounding error: everybody is clearly in or out, in every round."""
    game = bank_with(customer_junior)
    for inside in participation_path(game):
        margins = np.abs(rewards(game, inside) - game.cost)[inside]
        assert margins.min() > 0.09


def test_with_a_cost_of_one_half_management_sits_on_a_tie_and_stays(bank_with):
    """Costs (.8, 1, 1, .5): management gets back exactly what it puts in; indifferent stakeholders stay."""
    tied = bank_with(0.5, (0.8, 1.0, 1.0, 0.5))
    stable = participation_equilibrium(tied)
    assert stable.tolist() == [True, False, True, True]
    assert rewards(tied, stable)[3] == tied.cost[3]
    assert enthusiasm(tied)[3] == 0


def test_a_tie_survives_rounding_but_a_real_loss_does_not(bank_with):
    """The tolerance is for rounding only: 1e-12 too little stays, 1e-6 too little leaves."""
    assert TOLERANCE == 1e-9
    for shortfall, stays in ((1e-12, True), (1e-6, False)):
        game = bank_with(0.5, (0.8, 1.0, 1.0, 0.5 + shortfall))
        assert participation_equilibrium(game)[3] == stays


def test_surplus_is_what_comes_back_minus_what_is_put_in(before):
    """In the full circle: (.85, -.25, 1.25, .35)."""
    assert surplus(before) == pytest.approx([0.85, -0.25, 1.25, 0.35])
