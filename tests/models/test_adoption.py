"""Adoption in groups: linked, one-sided and unlinked pairs, their closed forms, and draws that know nothing of them."""

import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from cocreate_teach.errors import ParameterError
from cocreate_teach.models import adoption
from cocreate_teach.models.adoption import (
    ADOPTION_EXAMPLE,
    TIME,
    AdoptionParameters,
    adoption_share,
    coordination_quality,
    linked_pairs,
    linked_pairs_within,
    one_sided_pairs,
    one_sided_pairs_within,
    sample_adoption_times,
    unlinked_pairs,
)
from cocreate_teach.models.bass import BassParameters, bass_mean_time, bass_share
from cocreate_teach.models.parameters import ranges
from cocreate_teach.models.waiting import (
    adoption_mean_time,
    bass_joint_time,
    bass_one_sided_peak_time,
    bass_one_sided_time,
    one_sided_time,
    unlinked_time,
)
from tests.strategies import values_in

ALLOWED = ranges(AdoptionParameters)
PER_GROUP = ("innovation", "imitation", "start")
MOMENTS = np.concatenate([[0.0], np.logspace(-2, 5, 60)])
WHOLE = pytest.mark.filterwarnings("ignore::cocreate_teach.errors.ParameterWarning")  # p + q > 1 belongs to the range


SOME = st.integers(2, 4)
FEWER = settings(max_examples=40)  # a draw of groups takes longer than what is tested on it


@st.composite
def groups(draw, *, count=SOME, **fixed):
    """Parameters over the whole declared range, its ends often; some pairs may not count."""
    names = tuple("abcd"[: draw(count)])
    drawn = {name: draw(values_in(replace(ALLOWED[name], each=names))) for name in PER_GROUP}
    pairs = np.triu_indices(len(names), 1)
    weights = np.zeros((len(names), len(names)))
    weights[pairs] = draw(values_in(replace(ALLOWED["pair_weight"], each=names * len(names))))[: len(pairs[0])]
    assume(weights.any())
    drawn["pair_weight"] = weights + weights.T
    low, high = sorted(draw(values_in(ALLOWED["unlinked_quality"])) for _ in range(2))
    quality = {"unlinked_quality": low, "linked_quality": high, "exponent": draw(values_in(ALLOWED["exponent"]))}
    return AdoptionParameters(stakeholders=names, **(drawn | quality | fixed))


def equal(p, q, start=0.0, count=2):
    return AdoptionParameters(stakeholders=tuple("abcd"[:count]), innovation=p, imitation=q, start=start)


def bass(p, q, w=1.0):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return BassParameters(innovation=p, imitation=q, recommendation=w)


def over_time(function, parameters, pieces=400):
    """Sum a function of time over all times, piece by piece between the quantiles of every group (Gauss, 24 points)."""
    odds = np.linspace(-40, 40, pieces)[:, np.newaxis]
    p, q, start = parameters.innovation, parameters.imitation, parameters.start
    u = 1 / (1 + np.exp(-odds))
    quantiles = start + (np.log1p(q / p * u) + np.log1p(np.exp(odds))) / (p + q)
    cuts = np.unique(np.concatenate([[0.0], np.broadcast_to(start, quantiles.shape[-1:]), quantiles.ravel()]))
    nodes, weights = np.polynomial.legendre.leggauss(24)
    moments = cuts[:-1, np.newaxis] + np.diff(cuts)[:, np.newaxis] * (nodes + 1) / 2
    weights = np.diff(cuts)[:, np.newaxis] * weights / 2
    return float((function(parameters, moments.ravel()) * weights.ravel()).sum())


def test_the_four_groups_give_the_numbers_of_the_page():
    """Unlinked shares at five moments, and summed over all time; half more imitation shortens it."""
    shown = unlinked_pairs(ADOPTION_EXAMPLE, [5, 10, 15, 20, 30])
    assert shown == pytest.approx([0.981, 0.782, 0.412, 0.157, 0.014], abs=5e-4)
    assert unlinked_time(ADOPTION_EXAMPLE) == pytest.approx(14.494, abs=5e-4)
    quicker = replace(ADOPTION_EXAMPLE, imitation=ADOPTION_EXAMPLE.imitation * 1.5)
    assert unlinked_time(quicker) == pytest.approx(10.616, abs=5e-4)


def test_physicians_and_patients_wait_longer_than_either_group():
    """17.35 periods for the pair, against mean times of 11.45 and 15.73."""
    pair = AdoptionParameters(stakeholders=("physicians", "patients"), innovation=[0.01, 0.005], imitation=[0.3, 0.25])
    assert unlinked_time(pair) == pytest.approx(17.35, abs=5e-3)
    assert adoption_mean_time(pair) == pytest.approx([11.45, 15.73], abs=5e-3)


def test_when_nobody_has_adopted_everybody_is_unlinked_and_nobody_one_sided():
    """Why 1 - C is not called asymmetry: at t = 0 nobody knows more than anybody else."""
    assert unlinked_pairs(ADOPTION_EXAMPLE, 0) == 1
    assert linked_pairs(ADOPTION_EXAMPLE, 0) == 0
    assert one_sided_pairs(ADOPTION_EXAMPLE, 0) == 0


@FEWER
@given(groups(), st.floats(0, 1e5))
def test_shares_of_pairs_are_those_counted_pair_by_pair(parameters, moment):
    """(22), (22'): a plain loop over pairs of groups, with the Bass share of each group from its own start."""
    share = [
        float(bass_share(bass(p, q), max(moment - start, 0.0)))
        for p, q, start in zip(parameters.innovation, parameters.imitation, parameters.start, strict=True)
    ]
    assert adoption_share(parameters, moment) == pytest.approx(share, abs=1e-9)
    linked = one_sided = neither = total = 0.0
    for i in range(len(share)):
        for j in range(i):
            weight = parameters.pair_weight[i, j]
            total += weight
            linked += weight * share[i] * share[j]
            one_sided += weight * (share[i] * (1 - share[j]) + share[j] * (1 - share[i]))
            neither += weight * (1 - share[i]) * (1 - share[j])
    assert total == pytest.approx(1, abs=1e-12)
    assert linked_pairs(parameters, moment) == pytest.approx(linked, abs=1e-9)
    assert one_sided_pairs(parameters, moment) == pytest.approx(one_sided, abs=1e-9)
    assert unlinked_pairs(parameters, moment) == pytest.approx(one_sided + neither, abs=1e-9)


@FEWER
@given(groups())
def test_linked_and_unlinked_add_up_and_one_sided_is_part_of_unlinked(parameters):
    """C + S + neither = 1, at every moment, with neither from 0 to 1."""
    linked, one_sided, unlinked = (
        shares(parameters, MOMENTS) for shares in (linked_pairs, one_sided_pairs, unlinked_pairs)
    )
    assert linked + unlinked == pytest.approx(np.ones(len(MOMENTS)), abs=1e-12)
    for shares in (linked, one_sided, unlinked, unlinked - one_sided):
        assert (shares >= -1e-12).all()
        assert (shares <= 1 + 1e-12).all()


@FEWER
@given(groups())
def test_links_never_fall_and_no_pair_has_more_than_its_laggard(parameters):
    """Theorem: F_g F_h <= min(F_g, F_h)."""
    linked, share = linked_pairs(parameters, MOMENTS), adoption_share(parameters, MOMENTS)
    assert (np.diff(linked) >= -1e-12).all()
    laggards = np.minimum(share[:, :, np.newaxis], share[:, np.newaxis, :])
    assert (linked <= 0.5 * (laggards * parameters.pair_weight).sum(axis=(1, 2)) + 1e-12).all()


@FEWER
@given(
    groups(), st.sampled_from(["innovation", "imitation"]), st.integers(0, 1), st.floats(0, 1, allow_subnormal=False)
)
def test_quicker_adoption_in_any_group_lowers_unlinked_at_every_moment(parameters, name, group, part):
    """Theorem: F rises in p and in q; and so links, quality and cumulative time."""
    value = getattr(parameters, name).copy()
    value[group] += part * (ALLOWED[name].high - value[group])
    quicker = replace(parameters, **{name: value})
    assert (unlinked_pairs(quicker, MOMENTS) <= unlinked_pairs(parameters, MOMENTS) + 1e-12).all()
    assert (coordination_quality(quicker, MOMENTS) >= coordination_quality(parameters, MOMENTS) - 1e-9).all()
    assert unlinked_time(quicker) <= unlinked_time(parameters) * (1 + 1e-12)


def test_quicker_leaders_can_lengthen_asymmetry():
    """No theorem for one-sided pairs: physicians who adopt sooner wait longer for their patients."""
    pair = AdoptionParameters(stakeholders=("physicians", "patients"), innovation=[0.01, 0.005], imitation=[0.3, 0.25])
    quicker = replace(pair, imitation=[0.6, 0.25])
    assert unlinked_time(quicker) < unlinked_time(pair)
    assert one_sided_time(quicker) > one_sided_time(pair) + 1
    assert one_sided_pairs(quicker, 10) > one_sided_pairs(pair, 10)


def test_the_share_of_one_sided_pairs_can_rise_where_the_unlinked_falls():
    """Unlinked and one-sided are two quantities: from period 5 to 10 one goes down, the other up."""
    unlinked, one_sided = unlinked_pairs(ADOPTION_EXAMPLE, [5, 10]), one_sided_pairs(ADOPTION_EXAMPLE, [5, 10])
    assert unlinked[1] < unlinked[0]
    assert one_sided[1] > 2 * one_sided[0]


positive = st.floats(1e-3, 1)
tiny = st.floats(1e-307, 1)  # below, the times themselves exceed the largest number of the machine
imitation = st.floats(0, 3, allow_subnormal=False) | st.sampled_from([0.0, 3.0])


@FEWER
@given(positive, imitation, st.floats(0, 1000), SOME)
def test_asymmetry_of_equal_groups_rises_to_one_half_and_then_falls(p, q, start, count):
    """S = 2 F (1 - F): highest, 1/2, at F = 1/2, at ln(2 + q/p) / (p + q) after the start (nobody adopts before)."""
    parameters = equal(p, q, start, count)
    peak = start + float(bass_one_sided_peak_time(bass(p, q)))
    assert adoption_share(parameters, peak) == pytest.approx(np.full(count, 0.5), abs=1e-9)
    assert one_sided_pairs(parameters, peak) == pytest.approx(0.5, abs=1e-9)
    before, after = np.linspace(0, peak, 40), np.linspace(peak, peak + 5 / (p + q), 40)
    assert (np.diff(one_sided_pairs(parameters, before)) >= -1e-12).all()
    assert (np.diff(one_sided_pairs(parameters, after)) < 0).all()
    share = adoption_share(parameters, before)[:, 0]
    assert one_sided_pairs(parameters, before) == pytest.approx(2 * share * (1 - share), abs=1e-12)


@pytest.mark.parametrize(
    ("q", "joint", "one_sided"), [(0.2, 13.656748, 6.9447), (0.38, 8.969778, 4.1766), (0.6, 6.487161, 2.8259)]
)
def test_slower_imitation_means_longer_asymmetry(q, joint, one_sided):
    """(24), (24') with p = .03, as printed; and as the formulas have them."""
    p, ratio = 0.03, np.log1p(q / 0.03)
    parameters = bass(p, q)
    assert bass_joint_time(parameters) == pytest.approx(joint, abs=1e-6)
    assert bass_one_sided_time(parameters) == pytest.approx(one_sided, abs=5e-5)
    assert bass_joint_time(parameters) == pytest.approx(1 / q + (q - p) / q**2 * ratio, abs=1e-12)
    assert bass_one_sided_time(parameters) == pytest.approx(2 / q - 2 * p / q**2 * ratio, abs=1e-12)


def test_more_members_take_longer_to_be_all_linked():
    """(25) with p = .03, q = .38: one, two, three and four members."""
    shown = [float(bass_joint_time(bass(0.03, 0.38), k)) for k in (1, 2, 3, 4)]
    assert shown == pytest.approx([6.881473, 8.969778, 10.120701, 10.907032], abs=1e-6)


CORNERS = [
    (0.03, 0.38), (0.4, 0.1), (1, 3), (1, 0), (1e-3, 0), (0.3, 1e-12), (0.3, 1e-300), (0.1, 0.1), (0.1, 0.1 + 1e-12),
    (0.1, 0.1 - 1e-12), (1, 1), (1e-6, 3), (1e-9, 0.5), (1e-12, 1e-12), (1e-9, 1e-13), (2e-7, 1e-7),
]  # fmt: skip


@pytest.mark.parametrize(("p", "q"), CORNERS)
@pytest.mark.parametrize("k", [1, 2, 3, 7, 40])
def test_the_closed_forms_equal_the_integrals_over_the_share(p, q, k):
    """(25), (24'), by quadrature over F; q near 0, p near q, q < p and q far above p lose no digits."""
    cuts = np.unique(np.clip(np.array([0, *(p / max(q, p) * np.logspace(-3, 12, 31)), 1]), 0, 1))

    def integral(power):
        pieces = (
            quad(lambda x: x**power / (p + q * x), low, high, epsabs=0, epsrel=1e-13)[0] for low, high in pairwise(cuts)
        )
        return sum(pieces)

    assert bass_joint_time(bass(p, q), k) == pytest.approx(sum(integral(j) for j in range(k)), rel=1e-11)
    assert bass_one_sided_time(bass(p, q)) == pytest.approx(2 * integral(1), rel=1e-11)


@WHOLE
@pytest.mark.parametrize(("p", "q"), [(0.03, 0.38), (0.4, 0.1), (0.2, 0), (0.1, 0.1), (0.001, 1), (1, 3)])
def test_the_closed_forms_equal_the_integrals_over_time(p, q):
    """(24), (24'), (25): the shares themselves, summed over all time."""
    parameters = equal(p, q)
    assert bass_joint_time(bass(p, q)) == pytest.approx(over_time(unlinked_pairs, parameters), rel=1e-9)
    assert bass_one_sided_time(bass(p, q)) == pytest.approx(over_time(one_sided_pairs, parameters), rel=1e-9)
    three = over_time(lambda given, moments: 1 - adoption_share(given, moments)[:, 0] ** 3, parameters)
    assert bass_joint_time(bass(p, q), 3) == pytest.approx(three, rel=1e-9)
    one, _ = quad(lambda t: 1 - float(linked_pairs(parameters, t)), 0, 40 / (p + q), limit=200)
    assert one == pytest.approx(bass_joint_time(bass(p, q)), rel=1e-7)


@given(tiny, imitation, st.floats(0, 1), st.floats(0, 1), st.integers(1, 50))
def test_cumulative_asymmetry_of_equal_groups_falls_in_innovation_and_imitation(p, q, dp, dq, k):
    """Theorem for p > 0: 2x / (p + qx) falls in p and in q; the same for all members together."""
    slow, quick = bass(p, q), bass(p + dp * (1 - p), q + dq * (3 - q))
    assert bass_one_sided_time(quick) <= bass_one_sided_time(slow) * (1 + 1e-12)
    assert bass_joint_time(quick, k) <= bass_joint_time(slow, k) * (1 + 1e-12)
    assert bass_joint_time(slow, k + 1) >= bass_joint_time(slow, k) * (1 - 1e-12)
    assert bass_joint_time(slow, 1) == pytest.approx(bass_mean_time(slow), rel=1e-12)
    assert 2 * (bass_joint_time(slow) - bass_mean_time(slow)) == pytest.approx(
        bass_one_sided_time(slow), abs=1e-11 * bass_joint_time(slow)
    )


def test_without_innovation_nobody_starts_and_nobody_is_one_sided():
    """With p = 0 linked never, one-sided never; although (24') tends to 2/q as p tends to 0."""
    nobody, hardly = bass([0.0, 0.0], [0.5, 0.0]), bass(1e-300, 0.5)
    assert bass_joint_time(nobody).tolist() == [np.inf, np.inf]
    assert bass_one_sided_peak_time(nobody).tolist() == [np.inf, np.inf]
    assert bass_one_sided_time(nobody).tolist() == [0.0, 0.0]
    assert bass_one_sided_time(hardly) == pytest.approx(4.0)
    assert one_sided_pairs(equal(0, 0.5), TIME.high) == 0


def test_a_group_that_never_adopts_leaves_the_other_waiting_for_ever():
    """Infinite, unless the pair does not count; two groups that never adopt do not wait for each other."""
    one = AdoptionParameters(stakeholders=("a", "b", "c"), innovation=[0.1, 0.2, 0.0], imitation=0.3)
    assert unlinked_time(one) == np.inf
    assert one_sided_time(one) == np.inf
    assert adoption_mean_time(one)[2] == np.inf
    without = replace(one, pair_weight=[[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    assert 0 < one_sided_time(without) < unlinked_time(without) < np.inf
    both = AdoptionParameters(stakeholders=("a", "b"), innovation=0.0, imitation=0.3)
    assert unlinked_time(both) == np.inf
    assert one_sided_time(both) == 0


@FEWER
@given(groups(count=st.just(2)))
def test_a_pair_waits_at_least_as_long_as_its_slower_group(parameters):
    """Theorem: the mean of the maximum is at least the larger mean; the wait at least their difference."""
    unlinked, waiting = unlinked_time(parameters), one_sided_time(parameters)
    mean = adoption_mean_time(parameters)
    assert unlinked >= mean.max() * (1 - 1e-12)
    if np.isfinite(unlinked):
        assert waiting >= abs(mean[0] - mean[1]) - 1e-11 * unlinked
        assert waiting <= unlinked * (1 + 1e-12)
        assert unlinked == pytest.approx((mean.sum() + waiting) / 2, rel=1e-11)


@FEWER
@WHOLE
@given(tiny, imitation, st.floats(0, 1000), SOME)
def test_for_equal_groups_the_quadrature_gives_the_closed_forms(p, q, start, count):
    """Written apart from each other: (24) plus the start, and (24'), whatever the start."""
    parameters = equal(p, q, start, count)
    joint = bass_joint_time(bass(p, q)) + start
    assert unlinked_time(parameters) == pytest.approx(joint, rel=1e-10)
    assert one_sided_time(parameters) == pytest.approx(bass_one_sided_time(bass(p, q)), abs=1e-10 * joint)


@given(st.data(), st.integers(2, 3))
@FEWER
def test_for_unequal_groups_the_quadrature_gives_the_sums_over_time(data, count):
    """Groups of any pace and start: the shares, summed piece by piece over all time."""
    pace = st.lists(st.floats(1e-3, 1), min_size=count, max_size=count).map(np.array)
    parameters = data.draw(groups(count=st.just(count), innovation=data.draw(pace)))
    unlinked = over_time(unlinked_pairs, parameters)
    assert unlinked_time(parameters) == pytest.approx(unlinked, rel=1e-9)
    assert one_sided_time(parameters) == pytest.approx(over_time(one_sided_pairs, parameters), abs=1e-9 * unlinked)


@FEWER
@given(groups(count=st.just(3)), st.permutations([0, 1, 2]))
def test_the_order_of_groups_does_not_matter(parameters, order):
    """Names, paces and weights permuted together."""
    fields = {name: getattr(parameters, name)[order] for name in PER_GROUP}
    turned = replace(parameters, pair_weight=parameters.pair_weight[np.ix_(order, order)], **fields)
    for result in (unlinked_time, one_sided_time):
        assert result(turned) == pytest.approx(result(parameters), rel=1e-11, abs=1e-11)
    assert one_sided_pairs(turned, MOMENTS) == pytest.approx(one_sided_pairs(parameters, MOMENTS), abs=1e-12)


def near(draws, value):
    """Within five standard errors of the mean of the draws."""
    error = draws.std(ddof=1) / np.sqrt(len(draws))
    assert 0 < error < 0.05 * value
    assert abs(draws.mean() - value) <= 5 * error


@pytest.mark.parametrize(("p", "q"), [(0.03, 0.38), (0.4, 0.1), (0.2, 0.0)])
def test_drawn_pairs_agree_with_the_closed_forms(p, q):
    """(24): mean of the later of two; (24'): mean of their difference; (25): the latest of four."""
    times = sample_adoption_times(equal(p, q), 80_000, rng=np.random.default_rng(7))
    near(times.max(axis=-1), bass_joint_time(bass(p, q)))
    near(np.abs(np.diff(times, axis=-1))[:, 0], bass_one_sided_time(bass(p, q)))
    near(times.reshape(-1, 4).max(axis=-1), bass_joint_time(bass(p, q), 4))


def test_drawn_pairs_of_unequal_groups_agree_with_the_quadrature():
    """Six pairs of four groups with different starts."""
    staggered = replace(ADOPTION_EXAMPLE, start=[0.0, 5.0, 12.0, 3.0])
    times = sample_adoption_times(staggered, 80_000, rng=np.random.default_rng(8))
    pairs = np.triu_indices(4, 1)
    near(np.maximum(times[:, pairs[0]], times[:, pairs[1]]).mean(axis=-1), unlinked_time(staggered))
    near(np.abs(times[:, pairs[0]] - times[:, pairs[1]]).mean(axis=-1), one_sided_time(staggered))
    near(1.0 * (times[:, 0] <= 10), adoption_share(staggered, 10)[0])


def test_pairs_within_a_small_group_are_linked_as_often_as_the_share_squared():
    """(23), n = 20 at F = .2: .0400 and 2 F (1 - F) = .32; the naive (a/n)^2 gives .0480, which is wrong."""
    parameters = replace(equal(0.03, 0.38), stakeholders=("a", "b"))
    p, q, f = 0.03, 0.38, 0.2
    moment = np.log((1 + f * q / p) / (1 - f)) / (p + q)
    assert adoption_share(parameters, moment) == pytest.approx([0.2, 0.2], abs=1e-12)
    times = sample_adoption_times(parameters, 20 * 20_000, rng=np.random.default_rng(9))[:, 0].reshape(-1, 20)
    adopters = (times <= moment).sum(axis=-1)
    near(linked_pairs_within(adopters, 20), f**2)
    near(one_sided_pairs_within(adopters, 20), 2 * f * (1 - f))
    near((adopters / 20) ** 2, f**2 + f * (1 - f) / 20)


@given(st.integers(2, 10**6), st.floats(0, 1))
def test_pairs_within_a_group_are_all_counted(members, part):
    """Linked, one-sided and neither add up; none linked with one adopter, all linked with all."""
    adopters = int(part * members)
    neither = linked_pairs_within(members - adopters, members)
    total = linked_pairs_within(adopters, members) + one_sided_pairs_within(adopters, members) + neither
    assert total == pytest.approx(1, abs=1e-12)
    assert linked_pairs_within([0, 1, members], members).tolist() == [0, 0, 1]


def test_pairs_within_a_group_are_those_counted_one_by_one():
    """3 of 5 have adopted: 3 of 10 pairs linked, 6 one-sided."""
    assert linked_pairs_within(3, 5) == pytest.approx(0.3)
    assert one_sided_pairs_within(3, 5) == pytest.approx(0.6)


@FEWER
@given(groups(start=0.0), st.integers(0, 2**32))
def test_draws_are_the_exact_inverse_of_the_share(parameters, seed):
    """F at a drawn time is the random number it was drawn with; never where p = 0; same seed, same draws."""
    times = sample_adoption_times(parameters, 5, rng=np.random.default_rng(seed))
    uniform = np.random.default_rng(seed).random(times.shape)
    assert (np.isinf(times) == (parameters.innovation == 0)).all()
    for member, group in np.argwhere(times <= TIME.high):
        share = adoption_share(parameters, times[member, group])[group]
        assert share == pytest.approx(uniform[member, group], abs=1e-9)
    assert times.tolist() == sample_adoption_times(parameters, 5, rng=np.random.default_rng(seed)).tolist()


def test_a_start_moves_everything_by_its_length():
    """Nobody adopts before the start; then as without one."""
    late = replace(ADOPTION_EXAMPLE, start=7.0)
    moments = np.array([0.0, 3.0, 20.0])
    assert adoption_share(late, 7.0).tolist() == [0, 0, 0, 0]
    assert one_sided_pairs(late, moments + 7) == pytest.approx(one_sided_pairs(ADOPTION_EXAMPLE, moments), abs=1e-14)
    assert unlinked_time(late) == pytest.approx(unlinked_time(ADOPTION_EXAMPLE) + 7)
    assert one_sided_time(late) == pytest.approx(one_sided_time(ADOPTION_EXAMPLE))
    assert adoption_mean_time(late) == pytest.approx(adoption_mean_time(ADOPTION_EXAMPLE) + 7)


@FEWER
@given(groups())
def test_quality_moves_from_its_lowest_to_its_highest_with_the_links(parameters):
    """(22): Q_min without links, Q_max with all, never down; Q_min + (Q_max - Q_min) C^exponent."""
    quality = coordination_quality(parameters, MOMENTS)
    low, high = parameters.unlinked_quality, parameters.linked_quality
    assert quality[0] == pytest.approx(low, abs=1e-12)
    assert (np.diff(quality) >= -1e-12).all()
    assert (quality <= high + 1e-12).all()
    expected = low + (high - low) * linked_pairs(parameters, MOMENTS) ** parameters.exponent
    assert quality == pytest.approx(expected, abs=1e-12)


def test_with_an_exponent_above_one_the_first_links_help_little():
    """A quarter of the pairs linked: 1/16 of the way with exponent 2, 1/2 with exponent 1/2."""
    moment = bass_one_sided_peak_time(bass(0.03, 0.38))
    parameters = replace(equal(0.03, 0.38), exponent=[2.0, 1.0, 0.5], unlinked_quality=0.2, linked_quality=0.8)
    assert coordination_quality(parameters, moment) == pytest.approx([0.2375, 0.35, 0.5])


def test_weights_are_relative_and_equal_by_default():
    """Sum over pairs is 1; only hospitals and physicians: their pair alone."""
    assert ADOPTION_EXAMPLE.pair_weight == pytest.approx((1 - np.eye(4)) / 6)
    weights = np.zeros((4, 4))
    weights[0, 1] = weights[1, 0] = 0.3
    one = replace(ADOPTION_EXAMPLE, pair_weight=weights)
    assert one.pair_weight[0, 1] == 1
    share = adoption_share(ADOPTION_EXAMPLE, 12)
    assert linked_pairs(one, 12) == pytest.approx(share[0] * share[1])
    assert replace(one, start=2.0).pair_weight.tolist() == one.pair_weight.tolist()


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """Everything varies together: paces, starts, weights, quality; moments per scenario."""
    rng = np.random.default_rng(3)
    upper = np.triu(rng.random((6, 3, 3)), 1)
    fields = {
        "innovation": rng.random((6, 3)),
        "imitation": 3 * rng.random((6, 3)),
        "start": rng.integers(0, 4, (6, 3)),
        "pair_weight": upper + upper.swapaxes(-1, -2),
        "exponent": rng.uniform(0.5, 2, 6),
        "unlinked_quality": 0.5 * rng.random(6),
    }
    moments = 5 * rng.random((6, 4))
    many = AdoptionParameters(stakeholders=("a", "b", "c"), **fields)
    draws = sample_adoption_times(many, 7, rng=np.random.default_rng(1))
    assert draws.shape == (6, 7, 3)
    assert adoption_share(many, moments).shape == (6, 4, 3)
    assert adoption_share(many, 1.0).shape == (6, 3)
    for i in range(6):
        one = AdoptionParameters(stakeholders=("a", "b", "c"), **{name: value[i] for name, value in fields.items()})
        for shares in (adoption_share, linked_pairs, one_sided_pairs, unlinked_pairs, coordination_quality):
            assert shares(many, moments)[i] == pytest.approx(shares(one, moments[i]), abs=1e-14)
            assert shares(many, [1.0, 2.0])[i] == pytest.approx(shares(one, [1.0, 2.0]), abs=1e-14)
            assert shares(many, 1.0)[i] == pytest.approx(shares(one, 1.0), abs=1e-14)
        for result in (unlinked_time, one_sided_time, adoption_mean_time):
            assert result(many)[i] == pytest.approx(result(one), rel=1e-12)
    several = bass([0.1, 0.0, 0.3], [0.2, 0.1, 0.0])
    for closed in (bass_joint_time, bass_one_sided_time, bass_one_sided_peak_time):
        alone = [float(closed(bass(p, q))) for p, q in ((0.1, 0.2), (0.0, 0.1), (0.3, 0.0))]
        assert closed(several).tolist() == pytest.approx(alone)


def test_recommendation_scales_imitation_in_the_closed_forms():
    """60 % recommend: as with 60 % of the imitation."""
    for closed in (bass_joint_time, bass_one_sided_time, bass_one_sided_peak_time):
        assert closed(bass(0.03, 0.5, 0.6)) == pytest.approx(closed(bass(0.03, 0.3)))


def test_the_fit_of_the_bass_model_is_found_here_too():
    """One address for adoption: curves, pairs and fits."""
    assert adoption.fit_bass.__name__ == "fit_bass"
    assert adoption.BassFit.__name__ == "BassFit"


def test_all_faults_of_the_parameters_come_at_once():
    """One error, one sentence per fault, each with the value and what is allowed."""
    with pytest.raises(ParameterError) as error:
        AdoptionParameters(
            stakeholders=("physicians", "physicians"),
            innovation=[0.1, 1.5],
            imitation=[0.1, 0.2, 0.3],
            start=-1,
            pair_weight=[[0.5, 1.0], [0.0, 0.0]],
            exponent=np.ones((2, 3)),
            linked_quality=np.ones(4),
        )
    assert list(error.value.faults) == [
        "stakeholders must have different names; got 'physicians' more than once",
        "innovation must be between 0 and 1 (per period); got 1.5 at position (1,)",
        "start must be between 0 and 1000 (periods); got -1",
        "imitation must end in axes (2,), one place per group; got shape (3,)",
        "pair_weight must have a zero diagonal: a pair has members of two groups; set it to 0",
        "pair_weight must be symmetric: [g, h] and [h, g] are one pair; give both the same weight",
        "leading axes (scenarios) must be of one shape, or of length 1; got (), (), (), (), (), (4,), (2, 3); "
        "give each the same shape",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stakeholders": "physicians"}, "must be a tuple of at least one name; got 'physicians'"),
        ({"stakeholders": ()}, "must be a tuple of at least one name; got ()"),
        ({"pair_weight": 0.0}, "must be above 0 for at least one pair"),
        ({"pair_weight": np.zeros((3, 4, 4))}, "must be above 0 for at least one pair"),
        ({"pair_weight": [1, 1, 1, 1]}, r"must end in axes \(4, 4\).*got shape \(4,\)"),
        ({"unlinked_quality": 0.6, "linked_quality": [0.7, 0.5]}, "must not exceed linked_quality"),
        ({"innovation": "fast"}, "innovation must be a number between 0 and 1"),
        ({"exponent": 0}, "exponent must be between 0.1 and 10; got 0"),
    ],
)
def test_a_wrong_parameter_is_answered_by_a_sentence(change, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        replace(ADOPTION_EXAMPLE, **change)


def test_one_group_has_no_pairs():
    """For pairs within a group there are (23)-(25)."""
    with pytest.raises(ParameterError, match=r"at least 2 groups, or there are no pairs; got \('patients',\)"):
        AdoptionParameters(stakeholders=("patients",), innovation=0.1, imitation=0.3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: linked_pairs(ADOPTION_EXAMPLE, -1), "time must be between 0 and 100000 .periods.; got -1"),
        (lambda: adoption_share(ADOPTION_EXAMPLE, [1, np.nan]), "time must be between .*got nan at position"),
        (lambda: sample_adoption_times(ADOPTION_EXAMPLE, 0, rng=np.random.default_rng(1)), "members must be a whole"),
        (lambda: sample_adoption_times(ADOPTION_EXAMPLE, 5, rng=1), "rng must be a random generator"),
        (lambda: linked_pairs_within(3, 2), "adopters must not exceed members"),
        (lambda: linked_pairs_within(1, 1), "members must be a whole number between 2"),
        (lambda: one_sided_pairs_within(1.5, 3), "adopters must be a whole number"),
        (lambda: bass_joint_time(bass(0.1, 0.2), 0), "members must be a whole number between 1 and 1,000; got 0"),
        (lambda: bass_one_sided_time(bass(0.1, 0.2, -0.5)), "recommendation must be between 0 and 1 .*got -0.5"),
        (lambda: bass_joint_time(bass(0.1, 0.2, [-0.5, 1])), "recommendation must be between 0 and 1"),
        (lambda: bass_one_sided_peak_time(bass(0.1, 0.2, -1)), "recommendation must be between 0 and 1"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
