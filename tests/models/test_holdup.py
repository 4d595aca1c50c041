"""Cooperation against hold-up: M2-C, eq. (9) and (10), and claim 4 as a theorem."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize, minimize_scalar, root

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.bargaining import nash_split
from cocreate_teach.models.holdup import (
    HoldupParameters,
    first_best,
    first_best_surplus,
    first_best_value,
    holdup_equilibrium,
    holdup_path,
    holdup_payoffs,
    holdup_ratio,
    holdup_step,
    holdup_value,
    joint_value,
    surplus_best_share,
    value_best_share,
)
from cocreate_teach.models.parameters import ranges
from tests.strategies import parameters_of, values_in

SIX_DIGITS = values_in(ranges(HoldupParameters)["output_share"]).map(lambda share: round(share, 6))
TOTAL_AND_PART = st.shared(  # the two share a sum below 0.95
    st.tuples(st.sampled_from([0.0, 0.94]) | st.floats(0, 0.9499), st.just(0.5) | SIX_DIGITS), key="elasticities"
)


def six_digits_of(part):
    return TOTAL_AND_PART.map(lambda drawn: round(part(*drawn), 6))


ELASTICITIES = {
    "consumer_elasticity": six_digits_of(lambda total, part: total * part),
    "producer_elasticity": six_digits_of(lambda total, part: total - total * part),
}
ANY = parameters_of(HoldupParameters, output_share=SIX_DIGITS, **ELASTICITIES)
BOTH_MATTER = {
    "joint_strength": st.floats(0.1, 10),
    "direct_interaction": st.floats(0.1, 1),
    "structural_support": st.floats(0.1, 1),
    "output_share": st.floats(0.01, 0.99),
    "consumer_elasticity": TOTAL_AND_PART.map(lambda drawn: 0.01 + 0.97 * drawn[0] * drawn[1]),
    "producer_elasticity": TOTAL_AND_PART.map(lambda drawn: 0.01 + 0.97 * drawn[0] * (1 - drawn[1])),
}
INSIDE = parameters_of(HoldupParameters, **BOTH_MATTER)
SPEC = HoldupParameters(
    direct_interaction=1, consumer_elasticity=0.3, producer_elasticity=0.4, consumer_cost=1, producer_cost=1.5
)
NEAR_ONE = replace(SPEC, consumer_elasticity=0.47, producer_elasticity=0.47)


def costs(parameters, investment):
    return np.array([parameters.consumer_cost, parameters.producer_cost]) * investment


def surplus_of(parameters, investment):
    return joint_value(parameters, investment) - costs(parameters, investment).sum()


def payoffs_of(parameters, investment):
    value, gamma = joint_value(parameters, investment), parameters.output_share
    return np.array([gamma * value, (1 - gamma) * value]) - costs(parameters, investment)


def same(value, rel=1e-9):
    return pytest.approx(value, rel=rel, abs=1e-250)  # below that floats have too few digits left


def test_the_check_values():
    """With a = 2, α = .3, β = .4, κ = (1, 1.5)."""
    assert first_best_value(SPEC) == pytest.approx(0.519015, abs=5e-7)
    assert first_best(SPEC) == pytest.approx([0.155704, 0.138404], abs=5e-7)
    assert first_best_surplus(SPEC) == pytest.approx(0.155704, abs=5e-7)
    assert holdup_ratio(SPEC) == pytest.approx(0.198425, abs=5e-7)
    assert value_best_share(SPEC) == pytest.approx(3 / 7)
    assert surplus_best_share(SPEC) == pytest.approx(0.445, abs=5e-5)
    equal = replace(SPEC, producer_elasticity=0.3)
    assert holdup_ratio(equal) == pytest.approx(0.5**1.5)


@given(ANY)
def test_the_first_best_invests_so_that_the_last_unit_is_worth_its_cost(parameters):
    """(9) in its own terms: V* is the value of its investments, each costs its elasticity times V*, Π* is the rest."""
    best, value = first_best(parameters), first_best_value(parameters)
    assert joint_value(parameters, best) == same(value)
    alpha, beta = parameters.consumer_elasticity, parameters.producer_elasticity
    assert costs(parameters, best) == same(value * np.array([alpha, beta]))
    assert first_best_surplus(parameters) == same(surplus_of(parameters, best))


@given(ANY, st.floats(-3, 3), st.floats(-3, 3))
def test_no_other_pair_of_investments_is_better_for_both_together(parameters, consumer, producer):
    """(9) is a maximum, not only a stationary point: α + β < 1."""
    other = first_best(parameters) * np.exp([consumer, producer])
    assert surplus_of(parameters, other) <= first_best_surplus(parameters) + 1e-9 * first_best_value(parameters)


@pytest.mark.parametrize("parameters", [SPEC, replace(SPEC, consumer_elasticity=0.1, producer_cost=0.3), NEAR_ONE])
def test_the_first_best_is_what_scipy_finds(parameters):
    """The slopes vanish there (logs make them linear), and a search from elsewhere ends with the same surplus."""

    def slopes(logs):
        x, value = np.exp(logs), joint_value(parameters, np.exp(logs))
        alpha, beta = parameters.consumer_elasticity, parameters.producer_elasticity
        return np.log(np.array([alpha, beta]) * value / costs(parameters, x))

    found = root(slopes, [0.0, 0.0], method="lm", tol=1e-14)
    assert found.success
    assert np.exp(found.x) == pytest.approx(first_best(parameters), rel=1e-9)
    scale = first_best_surplus(parameters)
    start = np.log(first_best(parameters)) + np.array([1.0, -0.5])
    searched = minimize(
        lambda logs: -surplus_of(parameters, np.exp(logs)) / scale,
        start,
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-15, "maxiter": 4000, "maxfev": 4000},
    )
    assert -searched.fun * scale == pytest.approx(scale, rel=1e-9)


@settings(max_examples=60)  # 450 steps each; many scenarios more in one call below
@given(ANY)
def test_the_equilibrium_is_where_answering_each_other_ends(parameters):
    """(10) against best-response iteration from (1, 1), which knows nothing of the closed form."""
    end = holdup_path(parameters, 450)[-1]
    assert end == same(holdup_equilibrium(parameters))
    assert joint_value(parameters, end) == same(holdup_value(parameters))
    assert payoffs_of(parameters, end) == same(holdup_payoffs(parameters))


@pytest.mark.parametrize("start", [1e-6, 0.3, [50.0, 1e-3], 1e6])
def test_answering_each_other_ends_in_the_same_place_from_anywhere_above_zero(start):
    """At α + β = .94 it takes long, but it gets there to 1e-9."""
    assert holdup_path(NEAR_ONE, 450, start)[-1] == pytest.approx(holdup_equilibrium(NEAR_ONE), rel=1e-9)


def test_where_nobody_puts_in_anything_nobody_starts():
    """The other equilibrium: (0, 0), if both elasticities are positive. With β = 0 the consumer starts alone."""
    assert holdup_path(SPEC, 5, 0.0).tolist() == [[0, 0]] * 6
    alone = replace(SPEC, producer_elasticity=0)
    assert holdup_path(alone, 1, 0.0)[-1] == pytest.approx(holdup_equilibrium(alone))


@given(ANY, st.floats(-3, 3))
def test_nobody_gains_by_a_change_of_its_own(parameters, change):
    """What makes (10) an equilibrium."""
    equilibrium = holdup_equilibrium(parameters)
    slack = 1e-9 * holdup_value(parameters)
    for side in (0, 1):
        other = equilibrium.copy()
        other[side] *= np.exp(change)
        assert payoffs_of(parameters, other)[side] <= holdup_payoffs(parameters)[side] + slack


@pytest.mark.parametrize("side", [0, 1])
def test_each_side_does_what_scipy_finds_best_for_it(side):
    """One side's payoff, searched over its own investment with the other's fixed."""
    equilibrium = holdup_equilibrium(SPEC)

    def payoff(log):
        changed = equilibrium.copy()
        changed[side] = np.exp(log)
        return -payoffs_of(SPEC, changed)[side]

    found = minimize_scalar(payoff, bounds=(-12, 0), method="bounded", options={"xatol": 1e-11})
    assert np.exp(found.x) == pytest.approx(equilibrium[side], rel=1e-6)
    assert -found.fun == pytest.approx(holdup_payoffs(SPEC)[side], rel=1e-9)
    assert holdup_step(equilibrium, SPEC)[side] == pytest.approx(equilibrium[side], rel=1e-12)


@given(ANY)
def test_cooperation_is_never_worse_for_the_two_together(parameters):
    """Claim 4: Π* is at least Π_N, V_N at most V*, over the whole range."""
    together, apart = first_best_surplus(parameters), holdup_payoffs(parameters).sum()
    assert apart <= together * (1 + 1e-9) + 1e-250
    assert 0 <= holdup_ratio(parameters) <= 1
    alpha, beta, gamma = parameters.consumer_elasticity, parameters.producer_elasticity, parameters.output_share
    assert apart == same(holdup_value(parameters) * (1 - gamma * alpha - (1 - gamma) * beta))


@given(INSIDE, st.floats(0.01, 0.99))
def test_both_sides_strictly_gain_from_cooperation(parameters, bargaining_power):
    """Claim 4 as a theorem: α, β, a > 0, 0 < γ < 1, with what each has under hold-up as its outside option in (8)."""
    apart, together = holdup_payoffs(parameters), first_best_surplus(parameters)
    split = nash_split(together, apart, bargaining_power)
    assert (split > apart).all()
    assert split.sum() == pytest.approx(together, rel=1e-12)


def test_without_a_second_side_that_matters_cooperation_adds_nothing():
    """The condition is needed: with β = 0 and γ = 1 there is no hold-up, and nobody gains."""
    alone = replace(SPEC, producer_elasticity=0, output_share=1)
    assert holdup_ratio(alone) == 1
    assert holdup_payoffs(alone) == pytest.approx([float(first_best_surplus(alone)), 0.0])


@settings(max_examples=40)  # 450 steps each
@given(INSIDE, parameters_of(HoldupParameters, **ELASTICITIES))
def test_the_loss_depends_on_elasticities_and_share_alone(parameters, other):
    """V_N / V* from best-response iteration: strength, D, σ and costs do not enter."""
    changed = replace(
        parameters,
        joint_strength=max(other.joint_strength, 0.1),
        direct_interaction=max(other.direct_interaction, 0.1),
        structural_support=max(other.structural_support, 0.1),
        consumer_cost=other.consumer_cost,
        producer_cost=other.producer_cost,
    )
    left = joint_value(changed, holdup_path(changed, 450)[-1]) / first_best_value(changed)
    assert left == same(holdup_ratio(parameters))


def shares_of(parameters):
    return replace(parameters, output_share=np.linspace(0, 1, 2001))


@given(ANY)
def test_no_share_gives_more_value_than_alpha_in_alpha_plus_beta(parameters):
    """The argmax of V_N is α / (α + β); every share gives the same if both elasticities are 0."""
    best = replace(parameters, output_share=value_best_share(parameters))
    assert (holdup_ratio(shares_of(parameters)) <= holdup_ratio(best) * (1 + 1e-9)).all()


@given(ANY)
def test_no_share_gives_more_surplus_than_the_surplus_best_share(parameters):
    """Π_N at the closed form against 2,001 shares."""
    best = replace(parameters, output_share=surplus_best_share(parameters))
    most = holdup_payoffs(best).sum()
    assert (holdup_payoffs(shares_of(parameters)).sum(axis=-1) <= most * (1 + 1e-9) + 1e-250).all()


@given(INSIDE)
def test_the_surplus_best_share_solves_its_first_order_condition(parameters):
    """Where d ln Π_N / dγ = 0, solved by scipy without the closed form."""
    alpha, beta = parameters.consumer_elasticity, parameters.producer_elasticity

    def slope(gamma):
        value = (alpha / gamma - beta / (1 - gamma)) / (1 - alpha - beta)
        return value - (alpha - beta) / (1 - gamma * alpha - (1 - gamma) * beta)

    assert surplus_best_share(parameters) == pytest.approx(brentq(slope, 1e-9, 1 - 1e-9, xtol=1e-14), abs=1e-9)


@given(ANY)
def test_the_surplus_best_share_lies_between_one_half_and_the_value_best_share(parameters):
    """Not the same share unless α = β or one of them is 0; the largest value costs too much."""
    value, surplus = value_best_share(parameters), surplus_best_share(parameters)
    assert min(0.5, value) - 1e-12 <= surplus <= max(0.5, value) + 1e-12
    if parameters.consumer_elasticity == parameters.producer_elasticity:
        assert surplus == pytest.approx(0.5)


def test_the_two_best_shares_differ():
    """α = .3, β = .4: .4286 for value, .4450 for surplus, which is larger there."""
    by_value, by_surplus = (replace(SPEC, output_share=share) for share in (3 / 7, surplus_best_share(SPEC)))
    assert holdup_value(by_value) > holdup_value(by_surplus)
    assert holdup_payoffs(by_value).sum() < holdup_payoffs(by_surplus).sum()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_who_gets_nothing_of_the_value_puts_in_nothing(share):
    """γ = 0 or 1: with both elasticities positive nothing is created; the best share at the corners still exists."""
    one_sided = replace(SPEC, output_share=share)
    assert holdup_value(one_sided) == 0
    assert holdup_equilibrium(one_sided).tolist() == [0, 0]
    assert holdup_payoffs(one_sided).tolist() == [0, 0]
    assert holdup_path(one_sided, 3)[-1].tolist() == [0, 0]


def test_elasticities_at_zero():
    """Nothing to invest for: V = a whatever anybody does, shared as agreed; every share is as good, ½ is returned."""
    flat = replace(SPEC, consumer_elasticity=0, producer_elasticity=0)
    assert first_best_value(flat) == holdup_value(flat) == first_best_surplus(flat) == 2
    assert first_best(flat).tolist() == holdup_equilibrium(flat).tolist() == [0, 0]
    assert holdup_payoffs(flat).tolist() == [1, 1]
    assert value_best_share(flat) == surplus_best_share(flat) == 0.5
    one = replace(SPEC, producer_elasticity=0)
    assert value_best_share(one) == surplus_best_share(one) == 1


@pytest.mark.parametrize("missing", ["direct_interaction", "structural_support", "joint_strength"])
def test_without_interaction_or_support_nothing_is_invested(missing):
    """Claims 35, 55: D = 0 or σ = 0 leaves nothing to invest in, together or apart."""
    without = replace(SPEC, **{missing: 0})
    assert first_best_value(without) == holdup_value(without) == 0
    assert first_best(without).tolist() == holdup_equilibrium(without).tolist() == [0, 0]


@given(INSIDE)
def test_each_side_invests_less_than_is_best_for_both(parameters):
    """Hold-up is underinvestment on both sides, for 0 < γ < 1."""
    assert (holdup_equilibrium(parameters) < first_best(parameters)).all()


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """10,000 drawn scenarios in one call, every field its own; 100 of them one by one."""
    rng = np.random.default_rng(11)
    n = 10_000
    drawn = {name: a.low + (a.high - a.low) * rng.random(n) for name, a in ranges(HoldupParameters).items()}
    drawn["consumer_elasticity"] *= 0.49
    drawn["producer_elasticity"] *= 0.49
    many = HoldupParameters(**drawn)
    functions = (
        first_best, first_best_value, first_best_surplus, holdup_equilibrium, holdup_value, holdup_ratio,
        holdup_payoffs, value_best_share, surplus_best_share,
    )  # fmt: skip
    results = [function(many) for function in functions]
    path = holdup_path(many, 3, [0.5, 2.0])
    assert path.shape == (n, 4, 2)
    first = HoldupParameters(**{name: values[:1000] for name, values in drawn.items()})
    assert holdup_path(first, 450)[:, -1] == same(holdup_equilibrium(first))
    for i in range(0, n, 100):
        one = HoldupParameters(**{name: values[i] for name, values in drawn.items()})
        for function, result in zip(functions, results, strict=True):
            assert result[i] == same(function(one), rel=1e-12)
        assert path[i] == same(holdup_path(one, 3, [0.5, 2.0]), rel=1e-12)


def test_the_path_starts_where_it_is_told_and_changes_nothing_it_was_given():
    """Shape (T+1, 2); the start is not modified."""
    start = np.array([0.5, 2.0])
    path = holdup_path(SPEC, 2, start)
    assert path[0].tolist() == start.tolist() == [0.5, 2.0]
    assert path[1] == pytest.approx([(0.3 * 2**0.4) ** (1 / 0.7), (0.5 * 2 * 0.4 / 1.5 * 0.5**0.3) ** (1 / 0.6)])
    assert path[2] == pytest.approx(holdup_step(path[1], SPEC))
    assert holdup_path(SPEC, 0).tolist() == [[1, 1]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: replace(SPEC, consumer_elasticity=0.55), r"below 0.95; got 0.55 \+ 0.4 = 0.95; lower one of them"),
        (lambda: replace(SPEC, consumer_cost=0), "consumer_cost must be between 0.01 and 10 .value per unit.; got 0"),
        (lambda: replace(SPEC, output_share=1.1), "output_share must be between 0 and 1"),
        (lambda: holdup_step([-1, 0], SPEC), "investment must be between 0 and 1e.200 .investment.; got -1"),
        (lambda: holdup_step([1, 2, 3], SPEC), "must be one number, or end in an axis of 2"),
        (lambda: holdup_path(SPEC, 1.5), "periods must be a whole number from 0; got 1.5"),
        (lambda: holdup_path(SPEC, 1, "none"), "initial must be a number"),
        (lambda: joint_value(SPEC, [0.1, float("nan")]), "investment must be between"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
