"""One model hands its result to the next: the right field, the right side, nothing else changed."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models as m
from cocreate_teach.errors import ParameterError
from tests.strategies import eighths, parameters_of

SPHERES = m.SphereParameters(investment=[0.6, 0.4], disclosure=0.2)
DYAD = m.EXAMPLE_DYAD
SHARES = st.lists(st.floats(0, 1), min_size=2, max_size=2)


def changed(before, after):
    return {
        field.name for field in fields(before)
        if not np.array_equal(np.asarray(getattr(before, field.name)), np.asarray(getattr(after, field.name)))
    }  # fmt: skip


def test_captured_value_and_costs_become_benefits_and_costs():
    """B = u + K. By hand: u = (.457713, .436879), K = (.5*.6 + .3*.2, .6*.4) = (.36, .24)."""
    captured = m.nash_split(m.sphere_surplus(SPHERES), m.individual_use(SPHERES))
    handed = m.involvement_from_value(DYAD, SPHERES, captured)
    assert captured == pytest.approx([0.457713, 0.436879], abs=1e-6)
    assert handed.benefit_share == pytest.approx([0.817713 / 1.177713, 0.676879 / 0.916879], abs=1e-6)
    assert changed(DYAD, handed) <= {"benefit_share", "investment"}


@given(parameters_of(m.InvolvementParameters, component_weights=(0.4, 0.3, 0.3)), SHARES, st.floats(0, 1))
def test_who_captures_more_is_at_least_as_involved(parameters, captured, more):
    """Claim of both texts, one way only: value raises economic involvement, the rest stays."""
    low = m.involvement_from_value(parameters, SPHERES, captured)
    high = m.involvement_from_value(parameters, SPHERES, np.add(captured, more))
    assert (m.economic_target(high) >= m.economic_target(low) - 1e-15).all()


def test_one_side_without_the_will_to_cooperate_closes_the_joint_sphere():
    """D = sqrt(W_c W_p): a product, so neither can replace the other."""
    settled = m.involvement_equilibrium(DYAD)
    handed = m.value_from_involvement(SPHERES, settled, DYAD)
    willing = m.willingness_to_cooperate(settled, DYAD)
    assert handed.direct_interaction == pytest.approx(np.sqrt(willing[0] * willing[1]))
    assert handed.direct_interaction == pytest.approx(np.sqrt(0.211856 * 0.193501), abs=1e-6)
    assert changed(SPHERES, handed) == {"direct_interaction"}
    nothing = m.involvement_start(DYAD)
    assert m.sphere_values(m.value_from_involvement(SPHERES, nothing, DYAD))[1] == 0


def test_a_whole_path_is_handed_on_period_by_period():
    """The joint sphere opens as both become involved."""
    path = m.involvement_path(DYAD, 30)
    joint = m.sphere_values(m.value_from_involvement(SPHERES, path, DYAD))[..., 1]
    assert joint.shape == (31,)
    assert (np.diff(joint) >= 0).all()


def test_the_bottleneck_limits_the_joint_sphere():
    """180 can be delivered of 240 asked for: three quarters of the joint value."""
    narrow = m.value_from_capability(SPHERES, m.CapabilityParameters(capability=[400, 300, 180], demand=240))
    assert narrow.structural_support == 0.75
    assert m.sphere_values(narrow)[1] == pytest.approx(0.75 * m.sphere_values(SPHERES)[1])
    assert changed(SPHERES, narrow) == {"structural_support"}


def test_the_captive_customer_of_m1_is_spuriously_loyal():
    """Text B: negative involvement "not exclude further purchases"; attitude -.3617, repeat probability .8638."""
    handed = m.loyalty_from_involvement(m.involvement_equilibrium(m.CAPTIVE_DYAD))
    assert handed.attitude == pytest.approx(-0.3617, abs=1e-4)
    assert m.repeat_patronage(handed) == pytest.approx(0.8638, abs=1e-4)
    assert m.loyalty_quadrant(handed) == "spurious loyalty"
    kept_away = m.loyalty_from_involvement(m.involvement_equilibrium(m.CAPTIVE_DYAD), barrier=0.5)
    assert m.loyalty_quadrant(kept_away) == "no loyalty"


@given(eighths(0, 1), eighths(0, 1))
def test_centralisation_reaches_the_circle_through_pairs_across_the_boundary(less, more):
    """M4 to M2-S: pairs inside and pairs outside stay as they are."""
    low, high = sorted((less, more))
    circle = m.ParticipationParameters(stakeholders=m.ENGAGEMENT_EXAMPLE.stakeholders, synergy=2.0, cost=1.0)
    inside = np.array(m.ENGAGEMENT_EXAMPLE.is_internal)
    crosses = inside[:, None] != inside[None, :]
    handed = []
    for centralisation in (low, high):
        firm = replace(m.ENGAGEMENT_EXAMPLE, centralisation=centralisation)
        state = m.engagement_equilibrium(firm)
        got = m.participation_from_engagement(circle, firm, state)
        assert np.array_equal(got.synergy[~crosses], circle.synergy[~crosses])
        assert got.synergy[crosses] == pytest.approx(2 * m.internal_cocreation(state, firm))
        handed.append(m.coalition_value(got))
    assert handed[1] <= handed[0] + 1e-12


def test_scenarios_pass_through():
    """Three degrees of centralisation make three circles in one call."""
    firm = replace(m.ENGAGEMENT_EXAMPLE, centralisation=np.array([0, 0.5, 1]))
    circle = m.ParticipationParameters(stakeholders=firm.stakeholders, synergy=2.0, cost=1.0)
    handed = m.participation_from_engagement(circle, firm, m.engagement_equilibrium(firm))
    assert handed.synergy.shape == (3, 5, 5)
    assert handed.synergy[:, 0, 1] == pytest.approx([1.5, 1.185, 0.87])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: m.involvement_from_value(DYAD, SPHERES, [-1, 0]), "captured must be between 0 and .*; got -1"),
        (lambda: m.loyalty_from_involvement(m.involvement_start(DYAD), barrier=2), "barrier must be between 0 and 1"),
        (
            lambda: m.participation_from_engagement(
                m.ParticipationParameters(stakeholders=("a", "b"), synergy=1, cost=1), m.ENGAGEMENT_EXAMPLE, 0.5
            ),
            "stakeholders must be the same in both models; got a, b and customer, employee",
        ),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
