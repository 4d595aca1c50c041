"""What follows from more of something: trust, benefits, drift, investment; and where the sign has a condition."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.models.dyads import EXAMPLE_DYAD
from cocreate_teach.models.involvement_closed_forms import involvement_equilibrium
from cocreate_teach.models.involvement_dynamics import involvement_path, involvement_step
from cocreate_teach.models.involvement_state import InvolvementParameters, InvolvementState, involvement_at
from cocreate_teach.models.involvement_targets import economic_target, shared_trust
from cocreate_teach.models.relationship import (
    expected_duration,
    involvement,
    partner_search,
    risk,
    stability,
    willingness_to_cooperate,
)
from tests.models.involvement_cases import CLOSE, a_few, many, raises, rises

T = 12


def both_paths(pair):
    low, high = pair
    below, above = involvement_path(low, T), involvement_path(high, T)
    return low, below, high, above


@a_few
@given(raises("trust", "communication", "common_values"))
def test_more_trust_never_hurts(pair):
    """Along the whole path: v up, hence involvement up, unmet expectations, risk and search down, stability up."""
    low, below, high, above = both_paths(pair)
    assert rises(shared_trust(low), shared_trust(high))
    assert rises(involvement(below, low), involvement(above, high))
    assert rises(above.unmet, below.unmet)
    assert rises(risk(above, high), risk(below, low))
    assert rises(partner_search(above, high), partner_search(below, low))
    assert rises(willingness_to_cooperate(below, low), willingness_to_cooperate(above, high))
    assert rises(stability(below, low), stability(above, high))
    assert rises(expected_duration(below, low) / (1 + 1e-9), expected_duration(above, high))


@a_few
@given(raises("horizon", "benefit_share"))
def test_looking_ahead_and_benefits_never_lower_involvement(pair):
    """Of one side: its own involvement does not fall, nor does the stability of the relation."""
    low, below, high, above = both_paths(pair)
    assert rises(involvement(below, low), involvement(above, high))
    assert rises(stability(below, low), stability(above, high))


@a_few
@given(raises("alternatives"))
def test_attractive_alternatives_lower_economic_involvement(pair):
    """Text A's increasing competition: E* falls, and with it involvement and stability."""
    low, below, high, above = both_paths(pair)
    assert rises(economic_target(high), economic_target(low))
    assert rises(involvement(above, high), involvement(below, low))
    assert rises(stability(above, high), stability(below, low))


@a_few
@given(raises("drift"), raises("adaptation"))
def test_changing_requirements_leave_more_expectations_unmet(drifts, adapts):
    """Drift up: unmet expectations up; adaptation up: down."""
    less, calm, more, drifting = both_paths(drifts)
    assert rises(calm.unmet, drifting.unmet)
    assert rises(stability(drifting, more), stability(calm, less))
    slower, slow, quicker, quick = both_paths(adapts)
    assert rises(quick.unmet, slow.unmet)
    assert rises(stability(slow, slower), stability(quick, quicker))


@a_few
@given(raises("economic", "social", "emotional", "intention", kind=InvolvementState), st.integers(0, 2**32 - 1))
def test_a_more_involved_side_makes_the_relation_more_stable(states, seed):
    """Neither stability nor willingness falls; the partner's expectations are met better one period later."""
    low, high = states
    parameters = many(InvolvementParameters, 60, np.random.default_rng(seed))
    assert rises(involvement(low, parameters), involvement(high, parameters))
    assert rises(stability(low, parameters), stability(high, parameters))
    assert rises(willingness_to_cooperate(low, parameters), willingness_to_cooperate(high, parameters))
    assert rises(involvement_step(high, parameters).unmet, involvement_step(low, parameters).unmet)


@a_few
@given(raises("unmet", kind=InvolvementState), st.integers(0, 2**32 - 1))
def test_unmet_expectations_of_one_side_raise_the_risk_of_both(states, seed):
    """Risk and search do not fall, stability does not rise."""
    low, high = states
    parameters = many(InvolvementParameters, 60, np.random.default_rng(seed))
    assert rises(risk(low, parameters), risk(high, parameters))
    assert rises(partner_search(low, parameters), partner_search(high, parameters))
    assert rises(stability(high, parameters), stability(low, parameters))


@a_few
@given(raises("investment", intention_gate=0.0))
def test_without_a_gate_more_investment_never_lowers_anybodys_involvement(pair):
    """The theorem for θ = 0, along the whole path, for both sides, with pledging back and moving trust, too."""
    low, below, high, above = both_paths(pair)
    assert rises(involvement(below, low), involvement(above, high))
    assert rises(stability(below, low), stability(above, high))


@a_few
@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 1]))
def test_catching_up_with_the_partner_never_lowers_anybodys_involvement(seed, side):
    """The theorem for θ > 0: raising the smaller investment, up to the larger one, raises involvement of both."""
    rng = np.random.default_rng(seed)
    base = many(InvolvementParameters, 60, rng)
    partner = base.investment[:, [1 - side]]
    shares = np.sort(rng.choice([0.0, 1.0, rng.random(), rng.random()], (2, 60, 1)), axis=0)
    low, high = (replace(base, investment=np.where(np.arange(2) == side, partner * share, partner)) for share in shares)
    _, below, _, above = both_paths((low, high))
    assert rises(involvement(below, low), involvement(above, high))
    assert rises(stability(below, low), stability(above, high))


def test_more_investment_than_the_partner_can_lower_involvement():
    """The counter-example: w = (.7, .1, .2), θ = 1, x_p = .4; x_c .4 to .8 lowers J_c from .17733 to .14957."""
    parameters = InvolvementParameters(
        investment=np.array([[0.4, 0.4], [0.8, 0.4]]), component_weights=(0.7, 0.1, 0.2), intention_gate=1.0
    )
    end = involvement(involvement_at(involvement_path(parameters, 400), -1), parameters)
    assert end[:, 0] == pytest.approx([0.17733, 0.14957], abs=5e-6)


def test_violations_of_more_investment_more_involvement_all_lie_above_the_partner():
    """20,000 random pairs of scenarios: some fall, none of them while x_c stays at or below x_p."""
    rng = np.random.default_rng(7)
    parameters = many(InvolvementParameters, 20_000, rng, pledging_back=0.0, trust_adjustment=0.0)
    x = np.array(parameters.investment)
    more = x.copy()
    more[:, 0] = x[:, 0] + rng.random(20_000) * (1 - x[:, 0])
    before, after = (
        involvement(involvement_equilibrium(one), one)[:, 0]
        for one in (parameters, replace(parameters, investment=more))
    )
    falls = after < before - CLOSE
    assert falls.sum() > 200
    assert not falls[more[:, 0] <= x[:, 1]].any()


def test_disproportion_hurts_both_sides_of_the_example():
    """At the same credibility (x_c + x_p = 1). An example, not a theorem."""
    own = np.array([0.5, 0.6, 0.7, 0.8, 0.9])
    parameters = replace(EXAMPLE_DYAD, investment=np.stack([own, 1 - own], axis=-1))
    settled = involvement(involvement_equilibrium(parameters), parameters)
    assert settled == pytest.approx(
        np.array([[0.331, 0.331], [0.308, 0.281], [0.292, 0.244], [0.282, 0.215], [0.275, 0.191]]), abs=5e-4
    )
    assert (np.diff(settled, axis=0) < 0).all()


def test_disproportion_can_help_one_side():
    """Why it is no theorem: if social involvement is all that counts, who puts in more is more involved."""
    parameters = replace(
        EXAMPLE_DYAD, investment=np.array([[0.5, 0.5], [0.9, 0.1]]), component_weights=(0, 1, 0), intention_gate=0
    )
    settled = involvement(involvement_equilibrium(parameters), parameters)
    assert settled[1, 0] > settled[0, 0]


def test_more_of_the_same_from_both_helps_in_the_example():
    """Equal investments of .2, .5, .8, 1: involvement and duration up, unmet expectations and risk down."""
    level = np.array([0.2, 0.5, 0.8, 1.0])
    parameters = replace(EXAMPLE_DYAD, investment=np.stack([level, level], axis=-1))
    settled = involvement_equilibrium(parameters)
    assert involvement(settled, parameters)[:, 0] == pytest.approx([0.169, 0.3312, 0.5415, 0.7083], abs=5e-4)
    assert settled.unmet[:, 0] == pytest.approx([0.351, 0.201, 0.119, 0.084], abs=5e-4)
    assert risk(settled, parameters)[:, 0] == pytest.approx([0.398, 0.294, 0.227, 0.197], abs=5e-4)
    assert expected_duration(settled, parameters) == pytest.approx([2.16, 2.55, 3.46, 5.01], abs=5e-3)
