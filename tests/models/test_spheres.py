"""Where value arises, and what it costs: M2-V, eq. (7)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import SIDES, consumer_producer, ranges
from cocreate_teach.models.spheres import (
    SPHERES,
    SphereParameters,
    created_value,
    realised_value,
    sphere_costs,
    sphere_shares,
    sphere_surplus,
    sphere_values,
)
from tests.strategies import parameters_of, values_in

SHARES = values_in(ranges(SphereParameters)["usage"])
SPEC = SphereParameters(investment=[0.6, 0.4], disclosure=0.2)


TOTAL_AND_PART = st.shared(
    st.tuples(st.sampled_from([0.0, 0.94]) | st.floats(0, 0.9499), st.just(0.5) | SHARES), key="elasticities"
)
ELASTICITIES = {  # the two share a sum below 0.95
    "consumer_elasticity": TOTAL_AND_PART.map(lambda drawn: drawn[0] * drawn[1]),
    "producer_elasticity": TOTAL_AND_PART.map(lambda drawn: drawn[0] - drawn[0] * drawn[1]),
}
ANY = parameters_of(SphereParameters, **ELASTICITIES)


def test_the_defaults_give_the_check_values():
    """By hand: .5 sqrt(.4), 1.4 * .6^.4 * .4^.4, .5 sqrt(.6); costs .3 + .06 and .24."""
    assert sphere_values(SPEC) == pytest.approx([0.316228, 0.791066, 0.387298], abs=5e-7)
    assert sphere_costs(SPEC) == pytest.approx([0.36, 0.24])
    assert sphere_surplus(SPEC) == pytest.approx(0.894592, abs=5e-7)
    unequal = replace(SPEC, consumer_elasticity=0.2, producer_elasticity=0.7, curvature=0.3)
    assert sphere_values(unequal) == pytest.approx([0.5 * 0.4**0.3, 1.4 * 0.6**0.2 * 0.4**0.7, 0.5 * 0.6**0.3])


@given(ANY)
def test_shares_of_the_spheres_add_up_to_one(parameters):
    """Claim 70: where value arises; without any value there is nothing to share."""
    shares = sphere_shares(parameters)
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1.0 if created_value(parameters) > 0 else 0.0, abs=1e-12)


@pytest.mark.parametrize("missing", ["direct_interaction", "structural_support", "joint_strength"])
@given(parameters=ANY)
def test_without_interaction_or_support_nothing_is_created_together(missing, parameters):
    """Claims 35, 36, 55, 69, 71: D = 0 or σ = 0 gives V_J = 0; the other two spheres stay as they were."""
    without = replace(parameters, **{missing: 0})
    assert sphere_values(without)[1] == 0
    assert sphere_values(without)[[0, 2]].tolist() == sphere_values(parameters)[[0, 2]].tolist()
    assert created_value(without) == pytest.approx(sphere_values(parameters)[[0, 2]].sum())


def test_value_also_arises_where_nobody_interacts():
    """Claim 69: customers are not always co-creators; with D = 0 value is .70, none of it joint."""
    exchange = replace(SPEC, direct_interaction=0)
    assert created_value(exchange) == pytest.approx(0.703526, abs=5e-7)
    assert dict(zip(SPHERES, sphere_shares(exchange), strict=True))["joint"] == 0


@given(ANY, SHARES, SHARES)
def test_more_interaction_moves_value_into_the_joint_sphere(parameters, first, second):
    """Claims 1 and 34: the joint share never falls in D, the producer's never rises. The consumer's own falls, too."""
    low, high = (sphere_shares(replace(parameters, direct_interaction=d)) for d in sorted((first, second)))
    if created_value(replace(parameters, direct_interaction=min(first, second))) > 0:
        assert high[1] >= low[1] - 1e-12
        assert high[0] <= low[0] + 1e-12
        assert high[2] <= low[2] + 1e-12


def test_the_joint_share_rises_strictly_with_interaction():
    """Claim 1 at the defaults: 0, .21, .36, .53, .62."""
    shares = sphere_shares(replace(SPEC, direct_interaction=np.array([0, 0.25, 0.5, 0.7, 1])))[:, 1]
    assert (np.diff(shares) > 0.05).all()
    assert shares[3] == pytest.approx(0.529285, abs=5e-7)


@given(ANY, st.lists(SHARES, min_size=4, max_size=4))
def test_investments_of_the_two_sides_are_complements(parameters, drawn):
    """The second mixed difference of V_J is never negative: more from one side never lowers what the other adds."""
    (c0, c1), (p0, p1) = sorted(drawn[:2]), sorted(drawn[2:])
    square = np.array([[c0, p0], [c0, p1], [c1, p0], [c1, p1]])
    joint = sphere_values(replace(parameters, investment=square))[:, 1]
    assert joint[3] - joint[2] - joint[1] + joint[0] >= -1e-12


def test_complements_are_strict_inside():
    """At the defaults a second half from both adds more together than one after the other: .29 above."""
    joint = sphere_values(replace(SPEC, investment=np.array([[0.2, 0.2], [0.2, 0.8], [0.8, 0.2], [0.8, 0.8]])))[:, 1]
    assert joint[3] - joint[2] - joint[1] + joint[0] == pytest.approx(1.4 * (0.8**0.4 - 0.2**0.4) ** 2)


@given(ANY, st.integers(0, 1), SHARES)
def test_more_investment_never_lowers_the_value_of_any_sphere(parameters, side, other):
    """Costs are another matter: surplus may fall."""
    more = parameters.investment.copy()
    more[side] = max(more[side], other)
    assert (sphere_values(replace(parameters, investment=more)) >= sphere_values(parameters) - 1e-12).all()


@given(ANY)
def test_exponents_of_zero_make_investment_irrelevant(parameters):
    """0 to the power 0 is 1, so a missing investment does not matter either."""
    flat = replace(parameters, curvature=0, consumer_elasticity=0, producer_elasticity=0)
    both = np.array([flat.producer_strength, 0.0, flat.consumer_strength])
    both[1] = flat.structural_support * flat.direct_interaction * flat.joint_strength
    assert sphere_values(flat) == pytest.approx(both)
    assert sphere_values(replace(flat, investment=0)) == pytest.approx(both)


@given(ANY)
def test_without_investment_only_what_needs_none_is_left(parameters):
    """Nothing put in: with positive exponents no value at all, and no cost but that of disclosure."""
    nothing = replace(
        parameters, investment=0, curvature=0.5, consumer_elasticity=0.3, producer_elasticity=0.3, disclosure=0
    )
    assert sphere_values(nothing).tolist() == [0, 0, 0]
    assert sphere_shares(nothing).tolist() == [0, 0, 0]
    assert sphere_surplus(nothing) == 0


@given(ANY, SHARES)
def test_only_used_potential_is_realised(parameters, usage):
    """V_P is potential value: usage 1 gives the V of (7), usage 0 leaves what consumer and interaction create."""
    facilitated, joint, alone = sphere_values(parameters)
    assert realised_value(replace(parameters, usage=1)) == pytest.approx(created_value(parameters))
    assert realised_value(replace(parameters, usage=0)) == pytest.approx(joint + alone)
    assert realised_value(replace(parameters, usage=usage)) == pytest.approx(joint + alone + usage * facilitated)


@given(ANY)
def test_costs_add_up_and_the_risk_of_disclosure_is_separate(parameters):
    """Claims 19 and 21: what a side puts in is a sum; the consumer's data risk depends on disclosure alone."""
    consumer, producer = sphere_costs(parameters)
    x = parameters.investment
    assert consumer == pytest.approx(parameters.consumer_cost * x[0] + parameters.privacy_cost * parameters.disclosure)
    assert producer == pytest.approx(parameters.producer_cost * x[1])
    silent = sphere_costs(replace(parameters, disclosure=0))
    assert consumer - silent[0] == pytest.approx(parameters.privacy_cost * parameters.disclosure, abs=1e-12)
    assert producer == silent[1]
    assert sphere_surplus(parameters) == pytest.approx(realised_value(parameters) - consumer - producer)


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """10,000 drawn scenarios, every field its own; 200 of them one by one."""
    rng = np.random.default_rng(7)
    n = 10_000
    drawn = {
        name: allowed.low + (allowed.high - allowed.low) * rng.random((n, 2) if allowed.each else n)
        for name, allowed in ranges(SphereParameters).items()
    }
    drawn["consumer_elasticity"] *= 0.49
    drawn["producer_elasticity"] *= 0.49
    many = SphereParameters(**drawn)
    functions = (sphere_values, sphere_shares, created_value, realised_value, sphere_costs, sphere_surplus)
    results = [function(many) for function in functions]
    assert [len(result) for result in results] == [n] * len(functions)
    for i in range(0, n, 50):
        one = SphereParameters(**{name: values[i] for name, values in drawn.items()})
        for function, result in zip(functions, results, strict=True):
            assert result[i] == pytest.approx(function(one), rel=1e-12)


def test_one_number_for_both_sides_and_mixed_scenarios_broadcast():
    """A scalar stands for both; a column of interactions meets a row of investments."""
    assert (
        sphere_values(SphereParameters(investment=0.5)).tolist()
        == sphere_values(SphereParameters(investment=[0.5, 0.5])).tolist()
    )
    grid = SphereParameters(
        investment=consumer_producer(np.linspace(0, 1, 5), 0.4), direct_interaction=np.array([[0.0], [1.0]])
    )
    assert sphere_values(grid).shape == (2, 5, 3)
    assert sphere_costs(grid).shape == (5, 2)
    assert sphere_surplus(grid).shape == (2, 5)
    assert ranges(SphereParameters)["investment"].each == SIDES


@pytest.mark.parametrize(
    ("given_fields", "message"),
    [
        ({"consumer_elasticity": 0.6, "producer_elasticity": 0.5}, r"below 0.95; got 0.6 \+ 0.5 = 1.1; lower one"),
        ({"consumer_elasticity": 0.5, "producer_elasticity": 0.45}, r"got 0.5 \+ 0.45 = 0.95; lower one of them"),
        (
            {"consumer_elasticity": np.array([0.1, 0.9]), "producer_elasticity": 0.3},
            r"got 0.9 \+ 0.3 = 1.2 at position \(1,\)",
        ),
        ({"investment": [0.1, 0.2, 0.3]}, "investment must be one number, or end in an axis of 2: consumer, producer"),
        ({"investment": [0.1, 1.2]}, r"investment must be between 0 and 1 \(share\); got 1.2 at position \(1,\)"),
        ({"usage": float("nan")}, r"usage must be between 0 and 1 \(share\); got nan"),
        ({"usage": np.zeros(2), "curvature": np.zeros(3)}, "leading axes"),
    ],
)
def test_a_wrong_parameter_is_answered_by_a_sentence(given_fields, message):
    """What is wrong, the value, what is allowed, what to do."""
    with pytest.raises(ParameterError, match=message):
        SphereParameters(**({"investment": 0.5} | given_fields))
