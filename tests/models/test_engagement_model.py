"""Voice and engagement, and what they carry outside: M4 as far as the second class uses it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models import (
    ENGAGEMENT_EXAMPLE,
    EngagementParameters,
    department_diversity,
    engagement_equilibrium,
    engagement_path,
    engagement_step,
    engagement_transient,
    experience,
    external_cocreation,
    external_potential,
    internal_cocreation,
    voice,
)
from tests.strategies import eighths, engagement_parameters

ANY = engagement_parameters()


def starts(k):
    return st.lists(eighths(0, 1), min_size=k, max_size=k).map(np.array)


@pytest.mark.parametrize(
    ("centralisation", "inside", "potential", "outside"),
    [(0, 0.75, 0.6, 0.45), (0.5, 0.5925, 0.455, 0.2695875), (1, 0.435, 0.31, 0.13485)],
)
def test_the_example_gives_the_numbers_of_the_lesson(centralisation, inside, potential, outside):
    """By hand: employee .8 (1-Z+.3Z), management .7 (1-Z+.9Z), and so on; EXT printed as .450, .270, .135."""
    example = replace(ENGAGEMENT_EXAMPLE, centralisation=centralisation)
    settled = engagement_equilibrium(example)
    assert internal_cocreation(settled, example) == pytest.approx(inside)
    assert external_potential(settled, example) == pytest.approx(potential)
    assert external_cocreation(settled, example) == pytest.approx(outside)


@given(ANY)
def test_with_nothing_centralised_everybody_has_full_voice(parameters):
    """Z = 0: power plays no role."""
    assert (voice(replace(parameters, centralisation=0)) == 1).all()


@given(ANY)
def test_with_everything_centralised_voice_is_power(parameters):
    """Z = 1: Text A's "dummy" is somebody without power, hence without a say."""
    assert voice(replace(parameters, centralisation=1)).tolist() == parameters.power.tolist()


@given(ANY, eighths(0, 1), eighths(0, 1))
def test_more_centralisation_never_raises_voice_engagement_or_co_creation(parameters, first, second):
    """Built in, not found: centralisation acts through voice by assumption."""
    low, high = (replace(parameters, centralisation=z) for z in sorted((first, second)))
    free, bound = engagement_equilibrium(low), engagement_equilibrium(high)
    assert (voice(high) <= voice(low)).all()
    assert (bound <= free).all()
    assert internal_cocreation(bound, high) <= internal_cocreation(free, low)
    assert external_cocreation(bound, high) <= external_cocreation(free, low)


@given(ANY, st.data())
def test_more_power_never_lowers_engagement(parameters, data):
    """Text A: without "say or authority" internal co-creation is difficult."""
    more = np.maximum(parameters.power, data.draw(starts(len(parameters.stakeholders))))
    assert (engagement_equilibrium(replace(parameters, power=more)) >= engagement_equilibrium(parameters)).all()


@given(ANY, st.integers(0, 12), st.data())
def test_the_path_follows_its_closed_form(parameters, periods, data):
    """(19): e* + (e0 - e*)(1 - lambda)^t, computed apart from the steps."""
    start = data.draw(st.none() | starts(len(parameters.stakeholders)))
    path = engagement_path(parameters, periods, start)
    assert path.shape == (periods + 1, len(parameters.stakeholders))
    for t in range(periods + 1):
        assert path[t] == pytest.approx(engagement_transient(parameters, t, start), abs=1e-12)


@given(ANY, st.data())
def test_engagement_stays_between_its_start_and_its_target(parameters, data):
    """A convex step needs no clipping, and never overshoots."""
    start = data.draw(starts(len(parameters.stakeholders)))
    target = engagement_equilibrium(parameters)
    path = engagement_path(parameters, 8, start)
    assert (path >= np.minimum(start, target) - 1e-12).all()
    assert (path <= np.maximum(start, target) + 1e-12).all()


def test_adjustment_says_how_far_one_step_goes():
    """0: nothing moves; 1: at the target at once; .3: 30 % of the way."""
    start = np.zeros(5)
    target = engagement_equilibrium(ENGAGEMENT_EXAMPLE)
    for adjustment in (0.0, 0.3, 1.0):
        moved = engagement_step(start, replace(ENGAGEMENT_EXAMPLE, adjustment=adjustment))
        assert moved == pytest.approx(adjustment * target)
    assert start.tolist() == [0] * 5


@given(ANY)
def test_without_co_creation_inside_there_is_none_outside(parameters):
    """Text A's claim, as the model states it; needs a leverage above 0."""
    leveraged = replace(parameters, leverage=max(parameters.leverage, 0.125))
    nobody_inside = np.where(np.array(parameters.is_internal), 0.0, 1.0)
    assert external_potential(nobody_inside, leveraged) == 1
    assert external_cocreation(nobody_inside, leveraged) == 0
    assert external_cocreation(nobody_inside, replace(parameters, leverage=0)) == 1


@given(ANY, st.data())
def test_co_creation_outside_never_exceeds_its_potential(parameters, data):
    """Inside co-creation can hold back, not multiply; all three are shares."""
    state = data.draw(starts(len(parameters.stakeholders)))
    outside, potential = external_cocreation(state, parameters), external_potential(state, parameters)
    assert 0 <= outside <= potential <= 1
    assert 0 <= internal_cocreation(state, parameters) <= 1


def test_a_passive_employee_keeps_the_floor():
    """Text A's "mediocre level": without autonomy, or without other departments, X = x0."""
    told_what_to_do = replace(ENGAGEMENT_EXAMPLE, centralisation=1)
    assert experience(told_what_to_do, [0.0, 0.5, 1.0]).tolist() == [0.2, 0.2, 0.2]
    assert experience(ENGAGEMENT_EXAMPLE, 0.0) == 0.2


def test_experience_needs_autonomy_and_varied_contacts_together():
    """x0 + (1 - x0)(1 - Z) H = .2 + .8 * .5 * .75 = .5; with both full it is 1."""
    assert experience(ENGAGEMENT_EXAMPLE, 0.75) == pytest.approx(0.5)
    assert experience(replace(ENGAGEMENT_EXAMPLE, centralisation=0), 1.0) == pytest.approx(1.0)


@given(ANY, eighths(0, 1), eighths(0, 1))
def test_more_diverse_contacts_never_lower_experience(parameters, first, second):
    """And experience is a share at or above its floor."""
    low, high = (experience(parameters, h) for h in sorted((first, second)))
    assert parameters.experience_floor <= low <= high <= 1 + 1e-12


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6), st.integers(1, 9))
def test_diversity_ignores_order_and_scale(contacts, factor):
    """Only shares count: 5 and 5 contacts are as diverse as 10 and 10."""
    spread = department_diversity(contacts)
    assert 0 <= spread <= 1
    assert department_diversity(sorted(contacts)) == pytest.approx(spread)
    assert department_diversity([factor * count for count in contacts]) == pytest.approx(spread)


@pytest.mark.parametrize("departments", [2, 3, 7])
def test_diversity_is_one_for_equal_contacts_and_zero_for_a_single_department(departments):
    """Normalised by 1 - 1/n, so that firms with different numbers of departments compare."""
    assert department_diversity(np.ones(departments)) == pytest.approx(1.0)
    assert department_diversity(np.eye(departments)) == pytest.approx(np.zeros(departments))
    assert department_diversity(np.zeros(departments)) == 0.0


@given(st.lists(eighths(0, 1), min_size=1, max_size=4))
def test_scenarios_in_one_call_equal_one_call_per_scenario(values):
    """Leading axes are scenarios: centralisation and power vary together here."""
    powers = np.array([np.roll(ENGAGEMENT_EXAMPLE.power, i) for i in range(len(values))])
    many = replace(ENGAGEMENT_EXAMPLE, centralisation=np.array(values), power=powers, leverage=np.array(values))
    path, settled = engagement_path(many, 4), engagement_equilibrium(many)
    outside, lived = external_cocreation(settled, many), experience(many, [0.25, 0.5])
    late = engagement_transient(many, 4)
    for i, value in enumerate(values):
        one = replace(ENGAGEMENT_EXAMPLE, centralisation=value, power=powers[i], leverage=value)
        assert path[i] == pytest.approx(engagement_path(one, 4))
        assert late[i] == pytest.approx(engagement_transient(one, 4))
        assert outside[i] == pytest.approx(external_cocreation(engagement_equilibrium(one), one))
        assert lived[i] == pytest.approx(experience(one, [0.25, 0.5]))


def test_all_faults_of_the_parameters_come_at_once():
    """One error, one sentence per fault, each with the value and what is allowed."""
    with pytest.raises(ParameterError) as error:
        EngagementParameters(
            stakeholders=("employee", "employee"),
            power=np.array([0.5, 1.5]),
            interest=np.array([0.1, 0.2, 0.3]),
            is_internal=(True, True),
            centralisation=-0.1,
            leverage=np.zeros((2, 3)),
            adjustment=np.zeros(4),
        )
    assert list(error.value.faults) == [
        "stakeholders must have different names; got 'employee' more than once",
        "power must be between 0 and 1 (share); got 1.5 at position (1,)",
        "centralisation must be between 0 and 1 (share); got -0.1",
        "is_internal must be a tuple of True or False for each of the 2 stakeholders, at least one of each; "
        "got (True, True)",
        "interest must end in an axis of 2, one per stakeholder; got shape (3,)",
        "leading axes (scenarios) must be of one shape, or of length 1; got (), (), (), (4,), (), (2, 3); "
        "give each the same shape",
    ]


def test_names_that_are_no_tuple_are_refused_before_anything_is_counted():
    """A forgotten comma makes a text of a tuple."""
    with pytest.raises(ParameterError, match="must be a tuple of at least one name; got 'customer'"):
        replace(ENGAGEMENT_EXAMPLE, stakeholders="customer")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: engagement_path(ENGAGEMENT_EXAMPLE, -1), "periods must be a whole number from 0; got -1"),
        (lambda: engagement_transient(ENGAGEMENT_EXAMPLE, -2), "periods must be a whole number from 0; got -2"),
        (lambda: engagement_step([0.5, 0.5], ENGAGEMENT_EXAMPLE), "end in an axis of 5"),
        (lambda: engagement_step([2, 0, 0, 0, 0], ENGAGEMENT_EXAMPLE), "between 0 and 1 .share.; got 2"),
        (lambda: internal_cocreation("high", ENGAGEMENT_EXAMPLE), "must be a number"),
        (lambda: department_diversity([3]), "at least 2 departments"),
        (lambda: department_diversity([3, -1]), "got -1 at position"),
        (lambda: experience(ENGAGEMENT_EXAMPLE, 1.2), "diversity must be between 0 and 1"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
