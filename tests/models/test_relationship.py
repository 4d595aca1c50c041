"""What involvement means for the relationship: risk, cooperation, search, exit, stability, duration; what draws it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.models.dyads import EXAMPLE_DYAD
from cocreate_teach.models.involvement_closed_forms import involvement_equilibrium
from cocreate_teach.models.involvement_state import InvolvementParameters, InvolvementState
from cocreate_teach.models.involvement_targets import benefit_share, economic_target, shared_trust
from cocreate_teach.models.relationship import (
    exit_chance,
    expected_duration,
    involvement,
    involvement_asymmetry,
    met_expectations,
    partner_search,
    risk,
    stability,
    willingness_to_cooperate,
)
from tests.models.involvement_cases import CLOSE, SHARES, a_few, batches, rises, starting

AMOUNTS = st.floats(0, 1e6, allow_subnormal=False) | st.just(0.0)  # 5e-324 has no half


def test_what_involvement_means_by_hand():
    """R0 (1 - 0.8 m m), J (1 - R), 1 - J m, h0 times that, both stay, 1 / (1 - s)."""
    state = starting(EXAMPLE_DYAD, economic=1.0, social=1.0, emotional=1.0, intention=[1.0, 0.0], unmet=[0.5, 0.0])
    assert involvement(state, EXAMPLE_DYAD) == pytest.approx([1.0, 0.5])
    assert involvement_asymmetry(state, EXAMPLE_DYAD) == pytest.approx(0.5)
    assert met_expectations(state) == pytest.approx([0.5, 1.0])
    assert risk(state, EXAMPLE_DYAD) == pytest.approx([0.36, 0.36])
    assert willingness_to_cooperate(state, EXAMPLE_DYAD) == pytest.approx([0.64, 0.32])
    assert partner_search(state, EXAMPLE_DYAD) == pytest.approx([0.5, 0.5])
    assert exit_chance(state, EXAMPLE_DYAD) == pytest.approx([0.15, 0.15])
    assert stability(state, EXAMPLE_DYAD) == pytest.approx(0.7225)
    assert expected_duration(state, EXAMPLE_DYAD) == pytest.approx(1 / 0.2775)


@a_few
@given(batches(), batches(InvolvementState), SHARES)
def test_either_side_alone_does_not_lower_risk(parameters, state, met):
    """R_i = R0_i as soon as the expectations of one side are not met at all; least when both are met in full."""
    one_sided, full = replace(state, unmet=np.array([1.0, 1 - met])), replace(state, unmet=0.0)
    assert (risk(one_sided, parameters) == parameters.baseline_risk).all()
    least = parameters.baseline_risk * (1 - parameters.removable_risk[:, np.newaxis])
    assert risk(full, parameters) == pytest.approx(least, abs=CLOSE)
    assert rises(risk(full, parameters), risk(state, parameters))


@a_few
@given(batches(), batches(InvolvementState))
def test_search_ends_only_for_the_involved_and_satisfied(parameters, state):
    """σ = 0 iff J = 1 and m = 1; σ = 1 if either is 0."""
    searching, involved = partner_search(state, parameters), involvement(state, parameters)
    met = met_expectations(state)
    assert ((searching == 0) == ((involved == 1) & (met == 1))).all()
    assert (searching[(involved == 0) | (met == 0)] == 1).all()


@given(st.floats(0.01, 0.99), st.floats(0.01, 1), st.sampled_from([0, 1]))
def test_stability_strictly_rises_with_involvement_under_its_condition(chance, more, side):
    """Needs met expectations of this side and a partner who does not leave for certain (h0 < 1 is enough)."""
    parameters = replace(EXAMPLE_DYAD, component_weights=(1, 0, 0), baseline_exit=chance)
    own = np.arange(2) == side
    low, high = (
        starting(parameters, unmet=0.5, intention=1.0, economic=np.where(own, share, 0.5)) for share in (0.0, more)
    )
    assert stability(high, parameters) > stability(low, parameters)


def test_stability_is_flat_where_the_partner_leaves_for_certain():
    """The corner in which the strict sign fails: h0 = 1 and a partner whom nothing holds."""
    sure = replace(EXAMPLE_DYAD, baseline_exit=1.0)
    for mine in (0.0, 0.5, 1.0):
        state = starting(sure, economic=[mine, 0.0], social=[mine, 0.0], emotional=[mine, 0.0], intention=1.0)
        assert stability(state, sure) == 0


def test_a_survival_that_stays_gives_a_geometric_duration():
    """1 / (1 - s) is the sum of the chances to be still together: 1 + s + s² + ..."""
    settled = involvement_equilibrium(EXAMPLE_DYAD)
    chance = float(stability(settled, EXAMPLE_DYAD))
    assert expected_duration(settled, EXAMPLE_DYAD) == pytest.approx(sum(chance**k for k in range(200)))


def test_who_meets_every_expectation_is_never_left():
    """All ends of the ranges at once: J = 1, m = 1, no search, endless; and its opposite."""
    best = InvolvementParameters(
        investment=1.0, benefit_share=1.0, trust=1.0, intention_gate=1.0, adaptation=1.0, drift=0.0, baseline_exit=1.0
    )
    settled = involvement_equilibrium(best)
    assert involvement(settled, best).tolist() == [1, 1]
    assert partner_search(settled, best).tolist() == [0, 0]
    assert expected_duration(settled, best) == np.inf
    worst = replace(best, investment=0.0, benefit_share=0.0, drift=1.0)
    settled = involvement_equilibrium(worst)
    assert involvement(settled, worst).tolist() == [0, 0]
    assert settled.unmet.tolist() == [1, 1]
    assert expected_duration(settled, worst) == 1


@given(AMOUNTS, AMOUNTS, st.floats(0, 5))
def test_economic_involvement_compares_benefits_with_costs(benefits, costs, alternatives):
    """(1): B / (B + (1 + alt) K), 0 without either."""
    parameters = InvolvementParameters(
        investment=0.5, benefit_share=benefit_share(benefits, costs), alternatives=alternatives
    )
    weighed = benefits + (1 + alternatives) * costs
    expected = benefits / weighed if benefits + costs > 0 else 0
    assert economic_target(parameters) == pytest.approx([expected, expected], rel=1e-9, abs=1e-12)


def test_economic_involvement_is_one_half_if_benefits_are_as_good_as_elsewhere():
    """B = (1 + alt) K; more alternatives need more benefits. Without costs it is 1, without anything 0."""
    for alternatives in (0.0, 0.5, 5.0):
        even = InvolvementParameters(
            investment=0.5, benefit_share=benefit_share(1 + alternatives, 1), alternatives=alternatives
        )
        assert economic_target(even) == pytest.approx([0.5, 0.5])
    assert benefit_share([2, 0, 0, 3], [0, 0, 2, 3]).tolist() == [1, 0, 0, 0.5]


def test_communication_makes_up_for_missing_trust():
    """1 - (1 - .8)(1 - .5) = .9; with half of the values in common it is half of that."""
    assert shared_trust(EXAMPLE_DYAD) == pytest.approx(0.8)
    assert shared_trust(replace(EXAMPLE_DYAD, communication=0.5)) == pytest.approx(0.9)
    assert shared_trust(replace(EXAMPLE_DYAD, communication=0.5, common_values=0.5)) == pytest.approx(0.45)
    assert shared_trust(replace(EXAMPLE_DYAD, communication=1.0, trust=0.0)) == pytest.approx(1.0)
