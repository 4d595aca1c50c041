"""Closed forms of involvement against its steps: where it settles, how fast, and what more investment does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.dyads import EXAMPLE_DYAD
from cocreate_teach.models.involvement_closed_forms import (
    asymmetry_per_investment,
    emotional_half_lives,
    emotional_transient,
    investment_slopes,
    involvement_equilibrium,
)
from cocreate_teach.models.involvement_dynamics import involvement_path, involvement_start, involvement_step
from cocreate_teach.models.involvement_state import InvolvementParameters, InvolvementState, involvement_at
from cocreate_teach.models.involvement_targets import shared_trust
from cocreate_teach.models.pledges import investment_asymmetry
from cocreate_teach.models.relationship import involvement, involvement_asymmetry
from cocreate_teach.models.speed import adjustment_for, half_life
from tests.models.involvement_cases import CLOSE, a_few, arrays, batches, many, starting

CONSTANT = {"pledging_back": 0.0, "trust_adjustment": 0.0}


def settled_involvement(parameters):
    return involvement(involvement_equilibrium(parameters), parameters)


@a_few
@given(batches(trust_adjustment=0.0, number=100))
def test_in_equilibrium_a_step_changes_nothing(parameters):
    """(1), (2), (3), (6) on the whole range, with reciprocity up to .99 and investments at their mean if they move."""
    settled = involvement_equilibrium(parameters)
    after = involvement_step(settled, parameters)
    for name, array in arrays(settled).items():
        assert arrays(after)[name] == pytest.approx(np.broadcast_to(array, arrays(after)[name].shape), abs=CLOSE), name


def test_a_long_path_ends_in_equilibrium():
    """300 random scenarios from random starts, the slowest with 1 % of a fifth per period."""
    rng, number = np.random.default_rng(5), 300
    speeds = ("economic_adjustment", "social_adjustment", "emotional_adjustment", "intention_adjustment")
    fixed = {name: rng.uniform(0.2, 1, number) for name in speeds} | {
        "trust_adjustment": 0.0,
        "pledging_back": rng.choice([0, 0.01, 0.2, 0.5], number),
        "drift": rng.uniform(0.01, 1, number),
    }
    parameters = many(InvolvementParameters, number, rng, **fixed)
    start = many(InvolvementState, number, rng, investment=parameters.investment, shared_trust=shared_trust(parameters))
    end = involvement_at(involvement_path(parameters, 12_000, start, every=12_000), -1)
    for name, array in arrays(involvement_equilibrium(parameters)).items():
        assert arrays(end)[name] == pytest.approx(array, abs=1e-9), name


def test_the_example_in_closed_form():
    """The numbers of the document again, without a step; 2 and 3 more digits than printed."""
    settled = involvement_equilibrium(EXAMPLE_DYAD)
    assert settled.emotional == pytest.approx([0.304762, 0.361905], abs=5e-7)
    assert settled.unmet == pytest.approx([0.234146, 0.215631], abs=5e-7)
    assert settled_involvement(EXAMPLE_DYAD) == pytest.approx([0.307778, 0.281111], abs=5e-7)
    end = involvement_at(involvement_path(EXAMPLE_DYAD, 400), -1)
    for name, array in arrays(settled).items():
        assert arrays(end)[name] == pytest.approx(array, abs=1e-14)


@a_few
@given(batches(**CONSTANT), st.integers(0, 60), batches(InvolvementState))
def test_emotional_involvement_follows_its_closed_form(parameters, periods, start):
    """(4a), (4b): the sum and the difference of both sides, each with a speed of its own."""
    begin = replace(involvement_start(parameters), emotional=start.emotional)
    end = involvement_at(involvement_path(parameters, periods, begin), -1)
    assert end.emotional == pytest.approx(emotional_transient(parameters, periods, start.emotional), abs=CLOSE)


@a_few
@given(batches(**CONSTANT), st.integers(0, 60))
def test_what_is_not_coupled_covers_the_same_share_each_period(parameters, periods):
    """Economic, social, intention: z* - (z* - z0)(1 - λ)^t, from zero."""
    end, settled = involvement_at(involvement_path(parameters, periods), -1), involvement_equilibrium(parameters)
    for name in ("economic", "social", "intention"):
        left = (1 - getattr(parameters, f"{name}_adjustment"))[:, np.newaxis] ** periods
        assert arrays(end)[name] == pytest.approx(arrays(settled)[name] * (1 - left), abs=CLOSE)


@pytest.mark.parametrize(
    ("drift", "adaptation", "unmet"), [(0, 0.5, 0), (0.1, 0, 1), (0, 0, 0), (1, 0, 1), (0.2, 1, None)]
)
def test_the_corners_of_unmet_expectations(drift, adaptation, unmet):
    """(6): no drift and some adaptation, 0; drift without adaptation, 1; neither: as at the start, which is 0."""
    parameters = replace(EXAMPLE_DYAD, drift=drift, adaptation=adaptation)
    settled = involvement_equilibrium(parameters).unmet
    k = adaptation * settled_involvement(parameters)[::-1]
    expected = (1 - k) * drift / (k + drift - k * drift) if unmet is None else unmet
    assert settled == pytest.approx(np.broadcast_to(expected, 2))
    assert involvement_path(parameters, 4000).unmet[-1] == pytest.approx(settled)


@a_few
@given(batches(**CONSTANT))
def test_reciprocity_damps_emotional_asymmetry(parameters):
    """D / M = -a (1 - vρ) / (1 + vρ): the opposite sign of the investments, and smaller."""
    emotional, echo = involvement_equilibrium(parameters).emotional, shared_trust(parameters) * parameters.reciprocity
    damped = -investment_asymmetry(parameters.investment) * (1 - echo) / (1 + echo)
    difference, total = emotional[:, 0] - emotional[:, 1], emotional.sum(axis=-1)
    assert difference == pytest.approx(damped * total, abs=CLOSE)
    assert (np.abs(difference) <= np.abs(investment_asymmetry(parameters.investment)) * total + CLOSE).all()


@a_few
@given(batches(intention_gate=0.0, benefit_share=0.6, **CONSTANT))
def test_asymmetry_of_involvement_is_proportional_to_that_of_investment(parameters):
    """(5), for θ = 0 and equal benefits."""
    x = parameters.investment
    expected = asymmetry_per_investment(parameters) * (x[:, 0] - x[:, 1])
    assert involvement_asymmetry(involvement_equilibrium(parameters), parameters) == pytest.approx(expected, abs=CLOSE)


@a_few
@given(batches(benefit_share=0.6, horizon=0.7, **CONSTANT))
def test_with_a_gate_the_sign_of_asymmetry_stays(parameters):
    """(5) for any θ, if both look equally far ahead: the gate is the same for both sides."""
    x, settled = parameters.investment, involvement_equilibrium(parameters)
    gate = 1 - parameters.intention_gate * (1 - settled.intention[:, 0])
    expected = gate * asymmetry_per_investment(parameters) * (x[:, 0] - x[:, 1])
    assert involvement_asymmetry(settled, parameters) == pytest.approx(expected, abs=CLOSE)


def test_who_puts_in_more_can_be_more_or_less_involved():
    """The sign of (5): w_S against w_A v (1 - ρ) / (1 + vρ) = .35 * .8 * .5 / 1.4 = .1 in the example."""
    parameters = replace(
        EXAMPLE_DYAD,
        component_weights=np.array([[0.35, 0.30, 0.35], [0.55, 0.10, 0.35], [0.60, 0.05, 0.35]]),
        intention_gate=0.0,
    )
    assert asymmetry_per_investment(parameters) == pytest.approx([0.2, 0.0, -0.05])
    leads = involvement_asymmetry(involvement_equilibrium(parameters), parameters)
    assert leads == pytest.approx([0.04, 0.0, -0.01])


@pytest.mark.parametrize("side", [0, 1])
def test_slopes_are_the_derivatives_of_involvement(side):
    """Against a small increase of one investment, on 3,000 random scenarios, kinks and ends included."""
    rng, small = np.random.default_rng(11), 1e-7
    parameters = many(InvolvementParameters, 3000, rng, **CONSTANT)
    x = np.minimum(np.round(parameters.investment, 3), 0.999)
    x[::10] = x[::10, [0, 0]]  # equal investments, where the two directions differ
    x = np.where(x > 0, np.maximum(x, 1e-3), x)  # a smaller one bends too much for a difference quotient
    low = replace(parameters, investment=x)
    high = replace(parameters, investment=x + small * (np.arange(2) == side))
    rise = (settled_involvement(high) - settled_involvement(low)) / small
    own, partner = investment_slopes(low)
    assert rise[:, side] == pytest.approx(own[:, side], abs=2e-4)
    assert rise[:, 1 - side] == pytest.approx(partner[:, 1 - side], abs=2e-4)


@a_few
@given(batches(intention_gate=0.0, **CONSTANT))
def test_without_a_gate_slopes_do_not_depend_on_investments(parameters):
    """θ = 0: w_S + w_A v²ρ(1-ρ)/(1-v²ρ²) for one's own, w_A v(1-ρ)/(1-v²ρ²) for the partner's; never negative."""
    v, rho, weights = shared_trust(parameters), parameters.reciprocity, parameters.component_weights
    own, partner = investment_slopes(parameters)
    shared = weights[:, 2] * v * (1 - rho) / (1 - v**2 * rho**2)
    assert own == pytest.approx(np.repeat((weights[:, 1] + shared * v * rho)[:, np.newaxis], 2, axis=1), abs=CLOSE)
    assert partner == pytest.approx(np.repeat(shared[:, np.newaxis], 2, axis=1), abs=CLOSE)
    assert own.min() >= 0 and partner.min() >= 0


@a_few
@given(batches(**CONSTANT))
def test_only_the_side_that_puts_in_as_much_can_lower_involvement_by_more(parameters):
    """θ > 0: a negative slope needs the growing investment to be at least the other one."""
    own, partner = investment_slopes(parameters)
    x = parameters.investment
    assert (own[x < x[:, ::-1]] >= 0).all()
    assert (partner[x > x[:, ::-1]] >= 0).all()


def test_the_slope_of_the_counter_example_is_negative_above_the_partner():
    """W = (.7, .1, .2), θ = 1, x_p = .4: involvement of the consumer peaks where x_c = x_p."""
    own_investment = np.array([0.2, 0.39, 0.4, 0.6, 0.8])
    parameters = InvolvementParameters(
        investment=np.stack([own_investment, np.full(5, 0.4)], axis=-1),
        component_weights=(0.7, 0.1, 0.2),
        intention_gate=1.0,
    )
    own, _ = investment_slopes(parameters)
    assert (np.sign(own[:, 0]) == [1, 1, -1, -1, -1]).all()


@pytest.mark.parametrize(("speed", "periods"), [(0.3, 1.943), (0.5, 1.0), (1.0, 0.0), (0.0, np.inf), (1.5, 1.0)])
def test_half_life_by_hand(speed, periods):
    """Ln ½ / ln .7 = 1.943; half at once; never; 1.5 overshoots by half."""
    assert half_life(speed) == pytest.approx(periods, abs=5e-4)


def test_liking_of_both_grows_slowly_and_becomes_alike_quickly():
    """Half-lives of the example: sum 7.35, difference 2.94 periods, as a path shows."""
    slow, fast = emotional_half_lives(EXAMPLE_DYAD)
    assert (slow, fast) == (pytest.approx(7.35, abs=5e-3), pytest.approx(2.94, abs=5e-3))
    end = involvement_equilibrium(EXAMPLE_DYAD).emotional
    far = involvement_path(EXAMPLE_DYAD, 20, starting(EXAMPLE_DYAD, emotional=[0.9, 0.1])).emotional - end
    periods = np.arange(21)
    assert far.sum(axis=-1) == pytest.approx(far[0].sum() * 0.5 ** (periods / slow))
    assert far[:, 0] - far[:, 1] == pytest.approx((far[0, 0] - far[0, 1]) * 0.5 ** (periods / fast))


@given(st.floats(0, 1), st.integers(1, 12))
def test_a_shorter_period_covers_the_same_distance(speed, parts):
    """K periods of length 1/k with the adjustment for it are one period; λ/k is not."""
    assert 1 - (1 - adjustment_for(speed, 1 / parts)) ** parts == pytest.approx(speed, abs=1e-9)
    assert adjustment_for(speed, 1) == pytest.approx(speed, abs=CLOSE)


def test_a_share_of_the_adjustment_is_not_enough():
    """From .1 towards .6 with λ = .3, after 10 periods: .585876 for any step; λ h gives .580620, .577887 for ½, ¼."""
    for parts, naive in ((1, 0.585876), (2, 0.580620), (4, 0.577887)):
        exact = 0.6 - 0.5 * (1 - adjustment_for(0.3, 1 / parts)) ** (10 * parts)
        assert exact == pytest.approx(0.585876, abs=5e-7)
        assert 0.6 - 0.5 * (1 - 0.3 / parts) ** (10 * parts) == pytest.approx(naive, abs=5e-7)


def test_many_scenarios_in_one_call_equal_one_call_each():
    """All closed forms, with one number for both sides in some fields."""
    x = np.array([[0.6, 0.4], [0.2, 0.2], [0.0, 1.0]])
    together = replace(EXAMPLE_DYAD, investment=x, drift=np.array([0.0, 0.1, 0.5]))
    for i, drift in enumerate((0.0, 0.1, 0.5)):
        one = replace(EXAMPLE_DYAD, investment=x[i], drift=drift)
        for name, array in arrays(involvement_equilibrium(one)).items():
            many_at_once = arrays(involvement_equilibrium(together))[name]
            assert np.broadcast_to(many_at_once, (3, *array.shape))[i] == pytest.approx(array)
        assert emotional_transient(together, 7)[i] == pytest.approx(emotional_transient(one, 7))
        for slopes, alone in zip(investment_slopes(together), investment_slopes(one), strict=True):
            assert slopes[i] == pytest.approx(alone)


@pytest.mark.parametrize(
    "function",
    [
        involvement_equilibrium,
        investment_slopes,
        asymmetry_per_investment,
        emotional_half_lives,
        lambda parameters: emotional_transient(parameters, 3),
    ],
)
def test_what_has_no_closed_form_says_so(function):
    """Trust that follows experience is a loop; all but the equilibrium need investments that stay, too."""
    moving = replace(EXAMPLE_DYAD, trust_adjustment=[0.0, 0.1], pledging_back=0.1)
    with pytest.raises(ParameterError, match=r"trust_adjustment must be 0 here: .* there is no closed form"):
        function(moving)
    if function is not involvement_equilibrium:
        with pytest.raises(ParameterError, match="pledging_back must be 0 here"):
            function(replace(moving, trust_adjustment=0.0))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: half_life(2.5), "adjustment must be between 0 and 2"),
        (lambda: adjustment_for(1.5, 1), "adjustment must be between 0 and 1"),
        (lambda: adjustment_for(0.5, -1), "length must be between 0"),
        (lambda: emotional_transient(EXAMPLE_DYAD, 2.5), "periods must be a whole number"),
        (lambda: emotional_transient(EXAMPLE_DYAD, 2, [0.5, 2]), "initial must be between 0 and 1"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
