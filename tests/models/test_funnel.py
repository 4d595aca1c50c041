"""The co-design funnel and its loop: closed forms against draws and paths (M8). All numbers are illustrative."""

from dataclasses import replace
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.funnel import (
    DEPARTMENTS,
    FUNNEL_EXAMPLE,
    FUNNEL_STAGES,
    FunnelParameters,
    bottleneck_stage,
    funnel_expected,
    implementation_share,
    is_viral,
    loop_amplification,
    loop_equilibrium,
    loop_gain,
    loop_path,
    loop_step,
    loop_transient,
    sample_funnel,
    stage_conversions,
    stage_gain,
)
from tests.strategies import parameters_of

ANY = parameters_of(FunnelParameters)
SHARE = st.floats(0, 1, allow_subnormal=False)
POSITIVE = st.lists(st.floats(1e-30, 1), min_size=3, max_size=3).map(np.array)
SPEC = [0.1, 0.2, 0.3, 0.5]


def test_the_example_gives_its_numbers_by_hand():
    """(30): 100,000 times .1 .2 .3 .5 is 300; one whole at a stage adds 300 divided by its conversion."""
    assert stage_conversions(FUNNEL_EXAMPLE) == pytest.approx(SPEC)
    assert funnel_expected(FUNNEL_EXAMPLE) == pytest.approx([100_000, 10_000, 2000, 600, 300])
    assert stage_gain(FUNNEL_EXAMPLE) == pytest.approx([3000, 1500, 1000, 600])
    assert loop_gain(FUNNEL_EXAMPLE) == pytest.approx(0.6)
    assert loop_amplification(FUNNEL_EXAMPLE) == pytest.approx(2.5)
    assert loop_equilibrium(FUNNEL_EXAMPLE) == pytest.approx(250_000)
    assert FUNNEL_STAGES[bottleneck_stage(FUNNEL_EXAMPLE)] == "engaged"


def test_one_silent_department_holds_the_others_back():
    """(31): .9, .9, .1 have the mean .633, but carry .433; the minimum would be .1."""
    departments = np.array([0.9, 0.9, 0.1])
    carried = implementation_share(replace(FUNNEL_EXAMPLE, platform=1, departments=departments))
    assert carried == pytest.approx(0.4327, abs=5e-5)
    assert departments.min() < carried < departments.mean()


@given(ANY, st.integers(0, 2))
def test_without_platform_or_one_department_nothing_is_made(parameters, silent):
    """Text A: the platform is an enabler, the power is in all three departments. Zero, not minus infinity."""
    departments = np.array(parameters.departments)
    departments[silent] = 0
    for broken in (replace(parameters, platform=0), replace(parameters, departments=departments)):
        assert implementation_share(broken) == 0
        assert funnel_expected(broken)[-1] == 0
        assert loop_gain(broken) == 0
        assert loop_amplification(broken) == 1


@given(ANY)
def test_departments_carry_their_geometric_mean(parameters):
    """Between the weakest and the arithmetic mean, in any order; the platform scales it. Zero only if one is zero."""
    d = parameters.departments
    carried = implementation_share(replace(parameters, platform=1))
    assert d.min() - 1e-12 <= carried <= d.mean() + 1e-12
    assert (carried > 0) == (d > 0).all()
    assert implementation_share(replace(parameters, platform=1, departments=d[::-1])) == pytest.approx(
        carried, rel=1e-12
    )
    assert implementation_share(parameters) == pytest.approx(parameters.platform * carried, rel=1e-12)


@given(ANY, SHARE)
def test_equal_departments_carry_what_each_carries(parameters, level):
    """The geometric mean of equals; one number stands for all three."""
    equal = replace(parameters, platform=1, departments=level)
    assert implementation_share(equal) == pytest.approx(level, rel=1e-12)


@given(ANY)
def test_people_are_lost_at_every_stage_and_never_won(parameters):
    """(30) is a product: nobody more at a later stage; all pass if every conversion is 1."""
    expected = funnel_expected(parameters)
    assert expected.shape == (len(FUNNEL_STAGES),)
    assert expected[0] == parameters.exposed
    assert (np.diff(expected) <= 0).all() and (expected >= 0).all()
    product = parameters.exposed * np.prod(parameters.conversion) * implementation_share(parameters)
    assert expected[-1] == pytest.approx(product, rel=1e-9, abs=1e-280)
    everybody = replace(parameters, conversion=1, platform=1, departments=1)
    assert funnel_expected(everybody).tolist() == [parameters.exposed] * 5


@given(ANY, st.integers(0, 2), SHARE)
def test_the_gain_of_a_stage_is_the_slope_of_what_comes_out(parameters, stage, conversion):
    """E is a straight line in each conversion, so the difference of two values is exactly gain times change."""
    changed = np.array(parameters.conversion)
    changed[stage] = conversion
    difference = funnel_expected(replace(parameters, conversion=changed))[-1] - funnel_expected(parameters)[-1]
    expected = stage_gain(parameters)[stage] * (conversion - parameters.conversion[stage])
    assert difference == pytest.approx(expected, rel=1e-9, abs=1e-9 * max(1, parameters.exposed))


@given(parameters_of(FunnelParameters, exposed=1000, conversion=POSITIVE, departments=POSITIVE), st.floats(0.01, 1))
def test_one_per_cent_more_is_worth_the_same_at_every_stage(parameters, factor):
    """(30): all four elasticities are 1; that of a single department is one third."""
    before = funnel_expected(parameters)[-1]
    for stage in range(3):
        lower = np.array(parameters.conversion)
        lower[stage] *= factor
        after = funnel_expected(replace(parameters, conversion=lower))[-1]
        assert after == pytest.approx(before * factor, rel=1e-9)
    after = funnel_expected(replace(parameters, platform=parameters.platform * factor))[-1]
    assert after == pytest.approx(before * factor, rel=1e-9)
    departments = np.array(parameters.departments) * np.array([1, factor, 1])
    after = funnel_expected(replace(parameters, departments=departments))[-1]
    assert after == pytest.approx(before * factor ** (1 / 3), rel=1e-9)


@given(ANY)
def test_one_point_more_gains_most_at_the_bottleneck(parameters):
    """(30): E/c_k is largest for the smallest c_k; with two stages at zero nothing gains, and the first is named."""
    conversions, gains, place = stage_conversions(parameters), stage_gain(parameters), int(bottleneck_stage(parameters))
    assert conversions[place - 1] == conversions.min()
    assert gains[place - 1] >= gains.max() * (1 - 1e-12) - 1e-300
    assert (conversions[: place - 1] > conversions.min()).all()
    assert conversions.all() or (gains[conversions > 0] == 0).all()


# Draws


@pytest.mark.parametrize("exposed", [0, 1, 6])
def test_the_last_stage_is_binomial_with_the_product_of_all_conversions(exposed):
    """Stage by stage or all at once: the exact chances of 0 ... 6, within the errors of 200,000 draws."""
    draws = 200_000
    parameters = FunnelParameters(
        exposed=np.full(draws, exposed), conversion=np.array([0.9, 0.8, 0.7]), platform=0.8, departments=0.9
    )
    made = sample_funnel(parameters, rng=np.random.default_rng(1))[:, -1]
    p = 0.9 * 0.8 * 0.7 * 0.8 * 0.9
    for k in range(exposed + 1):
        chance = comb(exposed, k) * p**k * (1 - p) ** (exposed - k)
        assert abs((made == k).mean() - chance) <= 4.5 * np.sqrt(chance * (1 - chance) / draws)


def test_the_mean_and_the_spread_of_the_example_are_binomial():
    """Mean 300; variance N p (1-p) = 299.1, here within 4 standard errors of 40,000 draws; every stage on average."""
    draws = 40_000
    counts = sample_funnel(replace(FUNNEL_EXAMPLE, exposed=np.full(draws, 1e5)), rng=np.random.default_rng(2))
    expected = funnel_expected(FUNNEL_EXAMPLE)
    errors = np.sqrt(expected * (1 - expected / 1e5) / draws)
    assert (np.abs(counts.mean(axis=0) - expected) <= 4 * errors + 1e-9).all()
    assert counts[:, -1].var() == pytest.approx(299.1, rel=4 * np.sqrt(2 / draws))


@given(ANY, st.integers(0, 2**32 - 1))
def test_a_draw_is_whole_numbers_that_never_rise(parameters, seed):
    """And the same seed gives the same draw; conversions of 0 and 1 leave nothing to chance."""
    counts, again = (sample_funnel(parameters, rng=np.random.default_rng(seed)) for _ in range(2))
    assert counts.tolist() == again.tolist()
    assert counts[0] == parameters.exposed
    assert (np.diff(counts) <= 0).all() and (counts >= 0).all() and (counts == np.floor(counts)).all()
    certain = replace(parameters, conversion=np.array([1, 0, 1]))
    assert sample_funnel(certain, rng=np.random.default_rng(seed)).tolist() == [*[parameters.exposed] * 2, 0, 0, 0]


# The loop


@given(ANY, st.integers(0, 15))
def test_the_path_follows_its_closed_form(parameters, periods):
    """(32): N0 (1 - R^(t+1)) / (1 - R), computed apart from the steps, also where it explodes."""
    path = loop_path(parameters, periods)
    assert path.shape == (periods + 1,)
    for t in range(periods + 1):
        assert path[t] == pytest.approx(loop_transient(parameters, t), rel=1e-9)


@pytest.mark.parametrize("distance", [0.0, 2.0**-52, -(2.0**-53), 1e-9, -1e-9])
def test_the_closed_form_is_precise_near_the_threshold(distance):
    """R = 1 and its neighbours: every period adds N0 and hardly more."""
    edge = FunnelParameters(exposed=1000, conversion=1, virality=1 + distance)
    assert loop_transient(edge, 99) == pytest.approx(100_000 * (1 + 49.5 * distance), rel=1e-12)
    assert loop_path(edge, 99)[-1] == pytest.approx(100_000 * (1 + 49.5 * distance), rel=1e-12)


@given(ANY, st.floats(0, 0.8))
def test_below_the_threshold_the_loop_multiplies_by_one_over_one_minus_gain(parameters, gain):
    """(32): the path reaches N0/(1-R) from below; so does the sum of a campaign that runs once, N0 R^t."""
    loop = replace(parameters, conversion=1, platform=1, departments=1, virality=gain)
    path, settled = loop_path(loop, 120), loop_equilibrium(loop)
    assert settled == pytest.approx(loop.exposed / (1 - gain), rel=1e-12)
    assert path[-1] == pytest.approx(settled, rel=1e-9)
    assert (np.diff(path) >= 0).all() and (path <= settled * (1 + 1e-12)).all()
    assert sum(loop.exposed * gain**t for t in range(121)) == pytest.approx(settled, rel=1e-9)
    assert loop_step(settled, loop) == pytest.approx(settled, rel=1e-9)


@given(ANY)
def test_the_total_is_finite_if_and_only_if_the_gain_is_below_one(parameters):
    """Viral: R >= 1, and then infinite; nobody exposed stays nobody, even then."""
    gain, amplification = loop_gain(parameters), loop_amplification(parameters)
    assert gain == pytest.approx(parameters.virality * stage_conversions(parameters).prod())
    assert is_viral(parameters) == (gain >= 1) == np.isinf(amplification)
    assert amplification >= 1
    assert np.isinf(loop_equilibrium(parameters)) == (bool(is_viral(parameters)) and parameters.exposed > 0)
    nobody = replace(parameters, exposed=0)
    assert loop_equilibrium(nobody) == 0
    assert loop_path(nobody, 3).tolist() == [0] * 4


def test_the_threshold_is_exactly_one():
    """The nearest numbers to 1: just below finite, at 1 and above infinite."""
    edge = FunnelParameters(conversion=1, virality=np.array([1 - 2.0**-53, 1, 1 + 2.0**-52]))
    assert is_viral(edge).tolist() == [False, True, True]
    assert loop_amplification(edge).tolist() == [2.0**53, np.inf, np.inf]


@given(ANY, st.integers(0, 20))
def test_without_a_loop_the_campaign_stays_what_it_is(parameters, periods):
    """Text A: contact that "stops at the point of purchase". R = 0: total = base, in every period."""
    for silent in (replace(parameters, virality=0), replace(parameters, conversion=np.array([1, 1, 0]))):
        assert loop_gain(silent) == 0
        assert loop_path(silent, periods).tolist() == [parameters.exposed] * (periods + 1)
        assert loop_equilibrium(silent) == parameters.exposed


@given(ANY, st.floats(0, 1000))
def test_a_stronger_loop_never_exposes_fewer_people(parameters, virality):
    """More per advocate, or a better stage: no period gets worse."""
    low, high = sorted((parameters.virality, virality))
    weak, strong = (loop_path(replace(parameters, virality=v), 10) for v in (low, high))
    assert (strong >= weak * (1 - 1e-12)).all()
    better = replace(parameters, conversion=np.sqrt(parameters.conversion))
    assert (loop_path(better, 10) >= loop_path(parameters, 10) * (1 - 1e-12)).all()


def test_a_viral_loop_becomes_infinite_without_a_warning():
    """Numbers that no float holds are infinite; the threshold itself grows by N0 each period."""
    wild = FunnelParameters(exposed=1e9, conversion=1, virality=1000)
    assert np.isinf(loop_path(wild, 150)[-1]) and np.isinf(loop_transient(wild, 150))
    assert loop_path(replace(wild, virality=1, exposed=5), 3).tolist() == [5, 10, 15, 20]


def test_the_mean_of_many_random_loops_is_the_path():
    """(32) as chance: whoever is exposed passes all stages with R/v and then tells v others; 4,000 campaigns."""
    loop, runs = FunnelParameters(exposed=50, conversion=np.array([0.5, 0.5, 0.8]), virality=4), 4000
    rng = np.random.default_rng(3)
    exposed = np.full(runs, 50)
    for expected in loop_path(loop, 6)[1:]:
        exposed = 50 + 4 * rng.binomial(exposed, 0.2)
        assert abs(exposed.mean() - expected) < 4 * exposed.std() / np.sqrt(runs)


# Scenarios and faults


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """Leading axes are scenarios; fields with and without a last axis of their own meet."""
    rng = np.random.default_rng(4)
    many = FunnelParameters(
        exposed=np.array([0, 10, 1000]),
        conversion=rng.random((2, 1, 3)),
        platform=rng.random((2, 3)),
        departments=rng.random((3, 3)),
        virality=np.array([0, 5, 900]),
    )
    functions = (
        implementation_share, stage_conversions, funnel_expected, stage_gain, bottleneck_stage, loop_gain, is_viral,
        loop_amplification, loop_equilibrium, lambda p: loop_path(p, 5), lambda p: loop_transient(p, 5),
    )  # fmt: skip
    assert sample_funnel(many, rng=rng).shape == (2, 3, 5)
    for i, j in np.ndindex(2, 3):
        one = FunnelParameters(
            exposed=many.exposed[j],
            conversion=many.conversion[i, 0],
            platform=many.platform[i, j],
            departments=many.departments[j],
            virality=many.virality[j],
        )
        for function in functions:
            together, alone = function(many), function(one)
            assert together.shape == (2, 3, *alone.shape)
            assert together[i, j] == pytest.approx(alone, rel=1e-12)


def test_one_number_stands_for_all_stages_and_departments():
    """A conversion or a department given as one number."""
    short = FunnelParameters(exposed=100, conversion=0.5, departments=0.5)
    long = FunnelParameters(exposed=100, conversion=np.full(3, 0.5), departments=np.full(len(DEPARTMENTS), 0.5))
    assert funnel_expected(short) == pytest.approx(funnel_expected(long))
    assert stage_gain(short).shape == (4,)


def test_all_faults_of_the_parameters_come_at_once():
    """One error, one sentence per fault, each with the value and what is allowed."""
    with pytest.raises(ParameterError) as error:
        FunnelParameters(exposed=1.5, conversion=[0.1, 0.2], platform=2, departments="good", virality=-1)
    assert list(error.value.faults) == [
        "exposed must be a whole number between 0 and 1e+09 (people); got 1.5",
        "conversion must be one number, or end in an axis of 3: engaged, suggested, accepted; got shape (2,)",
        "platform must be between 0 and 1 (share); got 2",
        "departments must be a number between 0 and 1 (share); got 'good'",
        "virality must be between 0 and 1000 (people); got -1",
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sample_funnel(FUNNEL_EXAMPLE, rng=1), "rng must be a random generator of numpy; got 1"),
        (lambda: loop_path(FUNNEL_EXAMPLE, -1), "periods must be a whole number from 0; got -1"),
        (lambda: loop_transient(FUNNEL_EXAMPLE, 1.5), "periods must be a whole number from 0; got 1.5"),
        (lambda: loop_step(-1, FUNNEL_EXAMPLE), "exposed must be between 0 and inf .people.; got -1"),
        (lambda: FunnelParameters(exposed=np.ones(2), conversion=np.ones((3, 3))), "leading axes .scenarios. must be"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
