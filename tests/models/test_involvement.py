"""Involvement of two sides, period by period, and what it means for the relationship."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.dyads import EXAMPLE_DYAD
from cocreate_teach.models.involvement_dynamics import involvement_path, involvement_start, involvement_step
from cocreate_teach.models.involvement_state import (
    InvolvementParameters,
    InvolvementPath,
    InvolvementState,
    involvement_at,
)
from cocreate_teach.models.involvement_targets import benefit_share
from cocreate_teach.models.parameters import ranges
from cocreate_teach.models.pledges import credibility, proportionality
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
from tests.benchmarks.involvement_by_hand import scenarios
from tests.models.involvement_cases import (
    CLOSE,
    a_few,
    arrays,
    batches,
    dyads,
    many,
    rises,
    stacked,
    starting,
    swapped,
)
from tests.strategies import parameters_of

OUTPUTS = (
    involvement,
    risk,
    willingness_to_cooperate,
    partner_search,
    exit_chance,
    stability,
    expected_duration,
    involvement_asymmetry,
)
T = 12  # periods of the property tests


# The model is what its equations say


def test_one_period_by_hand():
    """Every equation once, from a state with no round numbers left out; computed on paper."""
    parameters = replace(EXAMPLE_DYAD, reciprocity=0.25, pledging_back=0.1, trust_adjustment=0.5)
    state = InvolvementState(
        economic=np.array([0.2, 0.4]),
        social=np.array([0.1, 0.3]),
        emotional=np.array([0.6, 0.2]),
        intention=np.array([0.5, 0.0]),
        unmet=np.array([0.2, 0.5]),
        investment=np.array([0.6, 0.4]),
        shared_trust=np.array(0.8),
    )
    assert involvement(state, parameters) == pytest.approx([0.75 * 0.31, 0.5 * 0.30])
    after = involvement_step(state, parameters)
    assert after.economic == pytest.approx([0.2 + 0.5 * 0.3, 0.4 + 0.5 * 0.1])  # E* = 0.6 / (0.6 + 1.5 * 0.4) = 0.5
    assert after.social == pytest.approx([0.1 + 0.3 * 0.5, 0.3 + 0.3 * 0.1])
    assert after.emotional == pytest.approx([  # A* = 0.8 (0.75 * 0.4 + 0.25 * 0.2) = 0.28 and 0.8 * 0.6
        0.6 + 0.15 * (0.28 - 0.6),
        0.2 + 0.15 * (0.48 - 0.2),
    ])  # fmt: skip
    assert after.intention == pytest.approx([0.5 + 0.1 * (1 / 3 - 0.5), 0.1 / 3])
    assert after.unmet == pytest.approx([(1 - 0.5 * 0.15) * 0.24, (1 - 0.5 * 0.2325) * 0.525])
    assert after.investment == pytest.approx([0.58, 0.42])
    assert after.shared_trust == pytest.approx(0.8 + 0.5 * (0.8 * 0.5 - 0.8))


def test_the_example_settles_at_the_numbers_of_the_document():
    """From zero, after 400 periods; printed to six digits."""
    path = involvement_path(EXAMPLE_DYAD, 400)
    end = involvement_at(path, -1)
    assert end.economic == pytest.approx([0.5, 0.5])
    assert end.social == pytest.approx([0.6, 0.4])
    assert end.emotional == pytest.approx([0.304762, 0.361905], abs=5e-7)
    assert end.intention == pytest.approx([1 / 3, 1 / 3])
    assert end.unmet == pytest.approx([0.234146, 0.215631], abs=5e-7)
    assert involvement(end, EXAMPLE_DYAD) == pytest.approx([0.307778, 0.281111], abs=5e-7)
    assert risk(end, EXAMPLE_DYAD) == pytest.approx([0.311658, 0.311658], abs=5e-7)
    assert willingness_to_cooperate(end, EXAMPLE_DYAD) == pytest.approx([0.211856, 0.193501], abs=5e-7)
    assert stability(end, EXAMPLE_DYAD) == pytest.approx(0.590481, abs=5e-7)
    assert expected_duration(end, EXAMPLE_DYAD) == pytest.approx(2.441891, abs=5e-7)


@settings(max_examples=30)
@given(dyads(), parameters_of(InvolvementState), st.integers(0, 6))
def test_a_path_is_the_step_again_and_again(parameters, start, periods):
    """Hoisted targets and arrays written in place change no number; the start is not touched."""
    before = {name: array.copy() for name, array in arrays(start).items()}
    path, state = involvement_path(parameters, periods, start), start
    for t in range(periods + 1):
        for name, array in arrays(state).items():
            assert arrays(involvement_at(path, t))[name] == pytest.approx(array, abs=CLOSE), (name, t)
        state = involvement_step(state, parameters)
    assert all((arrays(start)[name] == array).all() for name, array in before.items())


def test_a_path_equals_the_batch_written_by_hand():
    """The benchmark compares two ways to the same numbers, and not to different ones."""
    parameters, hand = scenarios(200)
    path = involvement_path(parameters, 60)
    for name, film in zip(("economic", "social", "emotional", "intention", "unmet"), hand(60), strict=True):
        assert np.moveaxis(film, (0, 1), (-2, -1)) == pytest.approx(arrays(path)[name], abs=CLOSE), name


@settings(max_examples=10)
@given(st.lists(dyads(), min_size=2, max_size=3))
def test_scenarios_in_one_call_equal_one_call_per_scenario(several):
    """Leading axes are scenarios in parameters, states, paths and everything computed from them."""
    together = stacked(several)
    path = involvement_path(together, T)
    assert path.economic.shape == (len(several), T + 1, 2)
    assert path.shared_trust.shape == (len(several), T + 1)
    for i, one in enumerate(several):
        alone = involvement_path(one, T)
        for name, array in arrays(alone).items():
            assert arrays(path)[name][i] == pytest.approx(array, abs=CLOSE)
        for output in OUTPUTS:
            assert output(path, together)[i] == pytest.approx(output(alone, one), abs=CLOSE, rel=1e-9), output


def test_scenarios_of_several_axes_broadcast():
    """Three investments by four drifts: twelve scenarios, in one call."""
    parameters = replace(EXAMPLE_DYAD, investment=np.full((3, 1, 2), 0.5), drift=np.array([0, 0.1, 0.2, 0.5]))
    path = involvement_path(parameters, 5)
    assert path.unmet.shape == (3, 4, 6, 2)
    assert path.investment.shape == (3, 4, 6, 2)
    assert stability(path, parameters).shape == (3, 4, 6)
    assert risk(path, parameters).shape == (3, 4, 6, 2)
    one = replace(EXAMPLE_DYAD, investment=np.array([0.5, 0.5]), drift=0.2)
    assert path.unmet[1, 2] == pytest.approx(involvement_path(one, 5).unmet)


@a_few
@given(batches(), batches(InvolvementState), st.integers(0, 9), st.integers(1, 5))
def test_keeping_fewer_periods_keeps_the_same_ones(parameters, start, periods, every):
    """For memory: every k-th period, computed through all of them."""
    whole, thin = (
        involvement_path(parameters, periods, start),
        involvement_path(parameters, periods, start, every=every),
    )
    for name, array in arrays(whole).items():
        kept = array[..., ::every] if name == "shared_trust" else array[..., ::every, :]
        assert arrays(thin)[name].tolist() == kept.tolist()


def test_what_is_not_kept_takes_no_memory():
    """2,000 scenarios, 100 periods: 16 MB for five arrays; every 50th period: below 2 MB, however long the path."""
    parameters = many(InvolvementParameters, 2000, np.random.default_rng(3), pledging_back=0.0, trust_adjustment=0.0)
    sizes = []
    for every in (1, 50):
        tracemalloc.start()
        involvement_path(parameters, 100, every=every)
        sizes.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
    assert 16 < sizes[0] < 19
    assert sizes[1] < 2


# Bounds, symmetry, conservation


@a_few
@given(batches(number=200), batches(InvolvementState, number=200))
def test_nothing_ever_leaves_its_range(parameters, start):
    """Exactly, not up to rounding: convex steps towards shares need no cutting off."""
    state = involvement_path(parameters, T, start)
    for name, array in arrays(state).items():
        assert array.min() >= 0 and array.max() <= 1, name
    for output in (involvement, partner_search, exit_chance, stability, willingness_to_cooperate, risk):
        values = output(state, parameters)
        assert values.min() >= 0 and values.max() <= 1, output
    assert (risk(state, parameters) <= parameters.baseline_risk[:, np.newaxis]).all()
    assert (np.abs(involvement_asymmetry(state, parameters)) <= 1).all()
    assert expected_duration(state, parameters).min() >= 1


@a_few
@given(batches(), batches(InvolvementState))
def test_sides_swapped_means_results_swapped(parameters, start):
    """Both sides follow the same rules; everything is computed from the old state, so none comes first."""
    path = involvement_path(parameters, T, start)
    mirror = involvement_path(swapped(parameters), T, swapped(start))
    for name, array in arrays(path).items():
        turned = arrays(mirror)[name]
        assert (turned if name == "shared_trust" else turned[..., ::-1]) == pytest.approx(array, abs=CLOSE)
    for output in (involvement, risk, willingness_to_cooperate, partner_search, exit_chance):
        assert output(mirror, swapped(parameters))[..., ::-1] == pytest.approx(output(path, parameters), abs=CLOSE)
    assert stability(mirror, swapped(parameters)) == pytest.approx(stability(path, parameters), abs=CLOSE)
    assert involvement_asymmetry(mirror, swapped(parameters)) == pytest.approx(
        -involvement_asymmetry(path, parameters), abs=CLOSE
    )


@a_few
@given(batches())
def test_two_equal_sides_stay_equal(parameters):
    """No asymmetry comes from nowhere."""
    sides = [name for name, allowed in ranges(parameters).items() if allowed.each == ("consumer", "producer")]
    alike = replace(parameters, **{name: getattr(parameters, name)[:, [0, 0]] for name in sides})
    assert (involvement_asymmetry(involvement_path(alike, T), alike) == 0).all()


@a_few
@given(batches(), st.integers(0, 20))
def test_pledging_back_moves_investments_and_adds_none(parameters, periods):
    """Credibility stays, the difference shrinks by 1 - 2η per period, proportionality never falls."""
    investment = involvement_path(parameters, periods).investment
    start, t = parameters.investment, np.arange(periods + 1)
    assert credibility(investment) == pytest.approx(np.tile(credibility(start), (periods + 1, 1)).T, abs=CLOSE)
    shrunk = (start[:, [0]] - start[:, [1]]) * (1 - 2 * parameters.pledging_back[:, np.newaxis]) ** t
    assert investment[..., 0] - investment[..., 1] == pytest.approx(shrunk, abs=CLOSE)
    assert rises(proportionality(investment)[:, :-1] - 1e-9, proportionality(investment)[:, 1:])


def test_pledging_back_evens_out_nine_to_one():
    """η = .1 from (.9, .1): P from .111 to .842 after 10 periods, and to 1."""
    generous = replace(EXAMPLE_DYAD, investment=np.array([0.9, 0.1]), pledging_back=0.1)
    even = proportionality(involvement_path(generous, 200).investment)
    assert even[[0, 10]] == pytest.approx([0.111, 0.842], abs=5e-4)
    assert even[-1] == pytest.approx(1)


@a_few
@given(batches(investment=0.0, benefit_share=0.0), batches(InvolvementState, investment=0.0))
def test_without_investments_and_benefits_involvement_dies(parameters, start):
    """Whatever it was: nothing draws it any more, and each period keeps at most the slowest component's share."""
    path = involvement_path(parameters, 40, start)
    echo = path.shared_trust.max(axis=-1) * parameters.reciprocity
    speeds = (
        parameters.economic_adjustment,
        parameters.social_adjustment,
        parameters.emotional_adjustment * (1 - echo),
    )
    kept = (1 - np.min(speeds, axis=0))[:, np.newaxis] ** np.arange(41)
    assert (involvement(path, parameters).max(axis=-1) <= kept + CLOSE).all()


def test_experience_replaces_trust_if_it_may():
    """Captive with full trust: it falls to what is met, m_c m_p; without adjustment it stays."""
    trusting = InvolvementParameters(investment=np.array([0.8, 0.1]), trust=1.0, drift=0.15, trust_adjustment=0.2)
    path = involvement_path(trusting, 600)
    met = met_expectations(path)
    assert path.shared_trust[0] == 1
    assert path.shared_trust[-1] == pytest.approx(met[-1].prod())
    assert path.shared_trust[-1] < 0.2
    still = involvement_path(replace(trusting, trust_adjustment=0), 600)
    assert (still.shared_trust == 1).all()


def test_a_period_of_a_path_is_a_state():
    """By its number among the kept ones; the last is -1."""
    path = involvement_path(EXAMPLE_DYAD, 10, every=5)
    assert type(path) is InvolvementPath
    assert type(involvement_at(path, 1)) is InvolvementState
    assert involvement_at(path, 2).social.tolist() == involvement_at(path, -1).social.tolist()
    assert involvement_at(path, 0).social.tolist() == [0, 0]


def test_one_number_stands_for_both_sides():
    """In parameters and in a state; weights may come as any sequence, a third as one number."""
    assert involvement_start(InvolvementParameters(investment=0.5)).investment.tolist() == [0.5, 0.5]
    assert starting(EXAMPLE_DYAD, emotional=0.25).emotional.tolist() == [0.25, 0.25]
    assert np.asarray(
        InvolvementParameters(investment=0.5, component_weights=1 / 3).component_weights
    ) == pytest.approx(np.full(3, 1 / 3))


@given(
    st.lists(st.floats(0, 1, allow_subnormal=False), min_size=3, max_size=3)
    .filter(lambda raw: sum(raw) > 0.01)
    .map(lambda raw: np.array(raw) / sum(raw))
)
@example(weights=np.array([0.1961902958909799, 0.8038097041989649, 0.0]))  # divided by their sum, they add up to more
def test_weights_add_up_to_one_and_never_more(weights):
    """Added from left to right, as involvement adds them: otherwise it could exceed 1 by a rounding error."""
    kept = np.asarray(InvolvementParameters(investment=0.5, component_weights=weights).component_weights)
    assert kept == pytest.approx(weights, abs=1e-9)
    assert (kept >= 0).all()
    assert (kept[0] + kept[1]) + kept[2] == 1


# Faults


def test_all_faults_of_the_parameters_come_at_once():
    """One sentence each."""
    with pytest.raises(ParameterError) as error:
        InvolvementParameters(investment=[0.5, 1.2], reciprocity=1.0, horizon=[1, 1, 1], drift=[0, 0.1], trust="high")
    assert list(error.value.faults) == [
        "investment must be between 0 and 1 (share); got 1.2 at position (1,)",
        "trust must be a number between 0 and 1 (share); got 'high'",
        "reciprocity must be between 0 and 0.99 (share); got 1",
        "horizon must be one number, or end in an axis of 2: consumer, producer; got shape (3,)",
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: replace(EXAMPLE_DYAD, component_weights=(0.5, 0.5, 0.5)),
            "component_weights must sum to 1; got a sum",
        ),
        (lambda: replace(EXAMPLE_DYAD, component_weights=0.5), "must sum to 1; got a sum of 1.5"),
        (lambda: replace(EXAMPLE_DYAD, component_weights=[0.5, 0.5]), "axis of 3: economic, social, emotional"),
        (
            lambda: replace(EXAMPLE_DYAD, drift=[0, 1], trust=[0, 0, 1]),
            r"leading axes \(scenarios\) must be of one shape",
        ),
        (lambda: replace(EXAMPLE_DYAD, emotional_adjustment=0), r"between 0.001 and 1 \(share per period\); got 0"),
        (lambda: replace(EXAMPLE_DYAD, pledging_back=0.6), "between 0 and 0.5"),
        (lambda: involvement_path(EXAMPLE_DYAD, -1), "periods must be a whole number from 0; got -1"),
        (lambda: involvement_path(EXAMPLE_DYAD, 5, every=0), "every must be a whole number from 1; got 0"),
        (
            lambda: involvement_at(involvement_path(EXAMPLE_DYAD, 5), 6),
            "period must be a whole number between -6 and 5",
        ),
        (lambda: starting(EXAMPLE_DYAD, unmet=1.5), "unmet must be between 0 and 1"),
        (lambda: starting(EXAMPLE_DYAD, social=[0.1, 0.2, 0.3]), "axis of 2: consumer, producer"),
        (lambda: involvement_step(involvement_path(EXAMPLE_DYAD, 5), EXAMPLE_DYAD), "not a path; take one with"),
        (lambda: involvement_path(EXAMPLE_DYAD, 5, involvement_path(EXAMPLE_DYAD, 5)), "not a path; take one with"),
        (
            lambda: involvement_step(
                starting(EXAMPLE_DYAD, social=np.zeros((3, 2))), replace(EXAMPLE_DYAD, drift=[0, 1])
            ),
            "leading axes",
        ),
        (lambda: benefit_share(-1, 2), "benefits must be between 0 and"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
