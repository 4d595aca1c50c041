"""The Simon process against the Yule-Simon distribution, and both against what is reported about Wikipedia (M7)."""

import math
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.edits import (
    SimonParameters,
    expected_contributors,
    first_editor_share,
    sample_simon_process,
    tail_exponent,
)
from cocreate_teach.models.inequality import gini, top_share
from cocreate_teach.models.yule_simon import (
    fit_tail_exponent,
    log_log_slope,
    sample_yule_simon,
    yule_simon_gini,
    yule_simon_probability,
    yule_simon_tail,
)
from tests.strategies import parameters_of

REFERENCES = Path(__file__).parents[1] / "references" / "wikipedia_concentration.toml"
REPORTED = {entry["name"]: entry for entry in tomllib.loads(REFERENCES.read_text(encoding="utf-8"))["concentrations"]}
ANY = parameters_of(SimonParameters)
HALF = SimonParameters(openness=0.5)  # rho = 2


def wiki(edits, seed_editors, runs, seed):
    """Mean shares of the most active 0.7, 2 and 10 per cent, and mean Gini, over some runs with openness 0.04."""
    parameters = SimonParameters(openness=0.04, seed_editors=seed_editors)
    rng = np.random.default_rng(seed)
    counts = [sample_simon_process(parameters, edits, rng=rng) for _ in range(runs)]
    return np.mean([[*top_share(one, [0.007, 0.02, 0.1]), gini(one)] for one in counts], axis=0)


# The distribution


@given(ANY, st.integers(1, 60))
def test_the_probabilities_are_those_of_the_beta_function(parameters, edits):
    """(27): rho B(k, rho+1), with the beta function as a product of exact ratios."""
    rho = float(tail_exponent(parameters))
    beta = math.prod(j / (rho + j) for j in range(1, edits)) / (rho + edits)  # (k-1)! / ((rho+1) ... (rho+k))
    assert yule_simon_probability(parameters, edits) == pytest.approx(rho * beta, rel=1e-11)
    assert yule_simon_probability(parameters, 1) == pytest.approx(rho / (rho + 1), rel=1e-12)
    assert yule_simon_probability(parameters, 0) == 0


@given(ANY, st.integers(0, 300))
def test_the_tail_is_what_the_probabilities_leave(parameters, edits):
    """P(K > k) and P(K = 1) + ... + P(K = k) make 1."""
    up_to = yule_simon_probability(parameters, np.arange(edits + 1)).sum()
    assert yule_simon_tail(parameters, edits) == pytest.approx(1 - up_to, abs=1e-12)


@pytest.mark.parametrize("openness", [0.001, 0.04, 0.5, 0.9])
def test_the_tail_is_precise_far_out(openness):
    """A million edits: the product of all ratios k/(k+rho), added up without loss."""
    parameters = SimonParameters(openness=openness)
    rho, k = 1 / (1 - openness), np.arange(1, 10**6 + 1)
    exactly = math.fsum(-np.log1p(rho / k))
    assert math.log(yule_simon_tail(parameters, 10**6)) == pytest.approx(exactly, rel=1e-12)
    slope = math.log(yule_simon_tail(parameters, 10**9) / yule_simon_tail(parameters, 10**8)) / math.log(10)
    assert slope == pytest.approx(-rho, abs=1e-5)


@given(ANY, st.integers(0, 400))
def test_a_contributor_makes_one_over_openness_edits_on_average(parameters, terms):
    """The mean is the sum of P(K > k); what is left of it after k terms is P(K > k) (k + rho) / (rho - 1)."""
    rho = tail_exponent(parameters)
    first = yule_simon_tail(parameters, np.arange(terms)).sum()
    rest = yule_simon_tail(parameters, terms) * (terms + rho) / (rho - 1)
    assert first + rest == pytest.approx(1 / parameters.openness, rel=1e-9)


# The Gini coefficient of the long run


@pytest.mark.parametrize(
    ("openness", "known"), [(1 / 2, 7 - 2 * math.pi**2 / 3), (2 / 3, 59.5 - 6 * math.pi**2)], ids=["rho=2", "rho=3"]
)
def test_gini_has_its_closed_values(openness, known):
    """(28) with sums of 1/k^2: 0.4202637 and 0.2823736."""
    assert yule_simon_gini(SimonParameters(openness=openness)) == pytest.approx(known, abs=1e-13)


@pytest.mark.parametrize("openness", [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.9, 0.999])
def test_gini_is_right_to_eleven_digits_in_the_whole_range(openness):
    """Two million terms of (28) and the plainest rest, against 256 terms and a better one."""
    rho, terms = 1 / (1 - openness), 2_000_000
    k = np.arange(1, terms, dtype=float)
    tail = np.cumprod(k / (k + rho))
    total = 1 + (tail**2).sum() + tail[-1] ** 2 * terms / (2 * rho - 1)
    assert yule_simon_gini(SimonParameters(openness=openness)) == pytest.approx(1 - openness * total, abs=1e-11)


def test_gini_is_the_mean_difference_of_two_contributors():
    """The definition, on the probabilities themselves; rho = 10, where 3,000 edits are far enough."""
    parameters = SimonParameters(openness=0.9)
    k = np.arange(1, 3001)
    p = yule_simon_probability(parameters, k)
    difference = p @ np.abs(k[:, None] - k) @ p
    assert yule_simon_gini(parameters) == pytest.approx(difference / (2 / 0.9), abs=1e-11)


@given(ANY, ANY)
def test_openness_lowers_inequality(first, second):
    """Text A: "any user" may write. In the long run more newcomers per edit mean a lower Gini coefficient."""
    low, high = sorted((first.openness, second.openness))
    less, more = (float(yule_simon_gini(SimonParameters(openness=openness))) for openness in (low, high))
    assert 0 < more <= less < 1
    assert high - low < 1e-6 or more < less


def test_the_usual_shortcut_is_too_low():
    """1/(2 rho - 1) belongs to a continuous Pareto law; edits are whole numbers."""
    parameters = SimonParameters(openness=np.array([0.5, 0.2, 0.1, 0.05]))
    shortcut = 1 / (2 * tail_exponent(parameters) - 1)
    assert shortcut == pytest.approx([0.333, 0.667, 0.818, 0.905], abs=5e-4)
    assert yule_simon_gini(parameters) == pytest.approx([0.4203, 0.7210, 0.8492, 0.9214], abs=5e-5)
    assert (shortcut < yule_simon_gini(parameters)).all()


# The first editor


@given(ANY, st.integers(0, 2000))
def test_the_first_editor_s_share_is_a_product_of_growth_factors(parameters, more):
    """(29): whoever holds X of t edits makes the next one with chance (1-alpha) X/t, so X grows by 1 + (1-alpha)/t."""
    seeds = int(parameters.seed_editors)
    growth = math.prod(1 + (1 - parameters.openness) / t for t in range(seeds, seeds + more))
    expected = growth / (seeds + more)
    assert first_editor_share(parameters, seeds + more) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("openness", [0.001, 0.04, 0.5, 0.999])
def test_the_first_editor_s_share_is_precise_after_ten_million_edits(openness):
    """The product of all growth factors; and T^-alpha / Gamma(2-alpha) as its approximation."""
    parameters, edits = SimonParameters(openness=openness), 10**7
    exactly = math.exp(np.log1p((1 - openness) / np.arange(1, edits)).sum()) / edits
    assert first_editor_share(parameters, edits) == pytest.approx(exactly, rel=1e-11)
    assert exactly == pytest.approx(edits**-openness / math.gamma(2 - openness), rel=1e-6)


@given(ANY, st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_share_of_a_seed_editor_falls_with_time_and_with_openness(parameters, edits, more):
    """Slowly, but always; all seed editors together never hold more than everything."""
    edits = max(edits, int(parameters.seed_editors))
    share = first_editor_share(parameters, edits)
    assert share * parameters.seed_editors <= 1 + 1e-12
    assert first_editor_share(parameters, edits + more) <= share * (1 + 1e-12)
    assert first_editor_share(replace(parameters, openness=0.999), edits) <= share * (1 + 1e-12)


# The process


def all_histories(openness, seeds, edits):
    """Every possible outcome with its chance, edit by edit; counts in order of arrival."""
    chances = Counter({(1,) * seeds: 1.0})
    for t in range(seeds, edits):
        after = Counter()
        for counts, chance in chances.items():
            after[(*counts, 1)] += chance * openness
            for i, count in enumerate(counts):
                after[(*counts[:i], count + 1, *counts[i + 1 :])] += chance * (1 - openness) * count / t
        chances = after
    return chances


@pytest.mark.parametrize(("openness", "seeds", "edits"), [(0.3, 1, 5), (0.6, 2, 5), (0.1, 3, 6)])
def test_short_runs_have_the_chances_of_the_rule(openness, seeds, edits):
    """All histories of a few edits by hand, against 100,000 runs without a loop over edits."""
    runs = 100_000
    parameters = SimonParameters(openness=np.full(runs, openness), seed_editors=seeds)
    counts = sample_simon_process(parameters, edits, rng=np.random.default_rng(3))
    seen = Counter(tuple(int(count) for count in row if count) for row in counts)
    expected = all_histories(openness, seeds, edits)
    assert set(seen) <= set(expected)
    for outcome, chance in expected.items():
        assert abs(seen[outcome] / runs - chance) < 4.5 * math.sqrt(chance * (1 - chance) / runs), outcome


@given(ANY, st.integers(0, 10**6))
def test_contributors_grow_by_the_openness_per_edit(parameters, more):
    """The seed editors at first; then each edit brings somebody new with chance alpha."""
    seeds = int(parameters.seed_editors)
    assert expected_contributors(parameters, seeds) == seeds
    grown = expected_contributors(parameters, seeds + more) - seeds
    assert grown == pytest.approx(more * parameters.openness, rel=1e-9, abs=1e-9)


@given(ANY, st.integers(0, 500), st.integers(0, 2**32 - 1))
def test_a_run_counts_every_edit_once(parameters, more, seed):
    """Rows add up to the edits; seed editors keep their first edit; nobody comes twice; the seed decides the run."""
    seeds = int(parameters.seed_editors)
    counts, again = (sample_simon_process(parameters, seeds + more, rng=np.random.default_rng(seed)) for _ in range(2))
    assert counts.sum() == seeds + more
    assert seeds <= len(counts) <= seeds + more
    assert (counts >= 1).all()
    assert counts.tolist() == again.tolist()


def test_scenarios_in_one_call_are_runs_of_their_own():
    """Each row has its own openness and seed editors; shorter rows end in zeros; one row is one call."""
    openness, seeds = np.array([[0.1, 0.5], [0.9, 0.1]]), np.array([1, 40])
    parameters = SimonParameters(openness=openness, seed_editors=seeds)
    counts = sample_simon_process(parameters, 4000, rng=np.random.default_rng(1))
    assert counts.shape[:2] == (2, 2)
    assert (counts.sum(axis=-1) == 4000).all()
    found, expected = (counts > 0).sum(axis=-1), expected_contributors(parameters, 4000)
    assert (np.abs(found - expected) < 4.5 * np.sqrt(4000 * openness * (1 - openness))).all()
    assert (np.diff((counts > 0).astype(int), axis=-1) <= 0).all()
    alone = SimonParameters(openness=0.1)
    row = sample_simon_process(replace(alone, openness=np.array([0.1])), 500, rng=np.random.default_rng(2))[0]
    assert row.tolist() == sample_simon_process(alone, 500, rng=np.random.default_rng(2)).tolist()


def test_closed_forms_of_scenarios_in_one_call_equal_one_call_per_scenario():
    """Arrays in, arrays out."""
    many = SimonParameters(openness=np.array([[0.1], [0.6]]), seed_editors=np.array([1, 20, 300]))
    edits = np.array([0, 1, 5])
    assert first_editor_share(many, 1000).shape == expected_contributors(many, 1000).shape == (2, 3)
    for i, openness in enumerate((0.1, 0.6)):
        for j, seeds in enumerate((1, 20, 300)):
            one = SimonParameters(openness=openness, seed_editors=seeds)
            assert first_editor_share(many, 1000)[i, j] == pytest.approx(first_editor_share(one, 1000))
            assert expected_contributors(many, 1000)[i, j] == expected_contributors(one, 1000)
        assert yule_simon_gini(many)[i, 0] == pytest.approx(yule_simon_gini(one))
        assert yule_simon_tail(many, edits)[i] == pytest.approx(yule_simon_tail(one, edits))
        assert yule_simon_probability(many, edits)[i] == pytest.approx(yule_simon_probability(one, edits))


@pytest.mark.parametrize("seeds", [1, 10])
def test_seed_editors_hold_the_expected_share_on_average(seeds):
    """(29): .7500 with one seed editor, alpha = .04 and 2,000 edits; every seed editor has the same mean."""
    parameters = SimonParameters(openness=np.full(3000, 0.04), seed_editors=seeds)
    shares = sample_simon_process(parameters, 2000, rng=np.random.default_rng(4))[:, :seeds] / 2000
    expected = first_editor_share(SimonParameters(openness=0.04, seed_editors=seeds), 2000)
    assert seeds > 1 or expected == pytest.approx(0.75, abs=5e-5)
    assert (np.abs(shares.mean(axis=0) - expected) < 4.5 * shares.std(axis=0) / math.sqrt(3000)).all()


@pytest.mark.parametrize("edits", [100, 1000])
def test_the_first_editor_remains_a_matter_of_chance(edits):
    """A longer run makes it no surer: E X(X+1) grows by 1 + 2(1-alpha)/t; spread over mean tends to 0.2, not to 0."""
    parameters, t = SimonParameters(openness=np.full(8000, 0.04)), np.arange(1, edits)
    held = sample_simon_process(parameters, edits, rng=np.random.default_rng(5))[:, 0]
    mean, product = np.prod(1 + 0.96 / t), 2 * np.prod(1 + 1.92 / t)
    relative_spread = math.sqrt(product - mean - mean**2) / mean
    assert held.std() / held.mean() == pytest.approx(relative_spread, rel=0.04)
    long_run = math.sqrt(2 * math.gamma(1.96) ** 2 / math.gamma(2.92) - 1)
    assert relative_spread == pytest.approx(long_run, rel=0.12 if edits == 100 else 0.02)


@pytest.mark.parametrize("openness", [0.5, 0.2, 0.1, 0.05])
def test_the_process_reaches_the_gini_coefficient_of_the_long_run(openness):
    """A million edits: (28) to 0.003 on average, and the Yule-Simon shares of those with 1 ... 5 edits."""
    parameters = SimonParameters(openness=openness, seed_editors=100)
    rng = np.random.default_rng(6)
    counts = [sample_simon_process(parameters, 10**6, rng=rng) for _ in range(3)]
    assert np.mean([gini(one) for one in counts]) == pytest.approx(float(yule_simon_gini(parameters)), abs=0.003)
    few = np.mean([[(one == k).mean() for k in range(1, 6)] for one in counts], axis=0)
    assert few == pytest.approx(yule_simon_probability(parameters, np.arange(1, 6)), abs=0.005)


# Independent samples and estimates


@pytest.mark.parametrize("openness", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_the_sampler_has_the_probabilities_of_the_distribution(openness):
    """Frequencies of 1 ... 6 edits and of more than 100, within their standard errors."""
    parameters, n = SimonParameters(openness=openness), 200_000
    counts = sample_yule_simon(parameters, n, rng=np.random.default_rng(7))
    for found, p in [((counts == k).mean(), yule_simon_probability(parameters, k)) for k in range(1, 7)] + [
        ((counts > 100).mean(), yule_simon_tail(parameters, 100))
    ]:
        assert abs(found - p) <= 4.5 * math.sqrt(p * (1 - p) / n) + 1e-12


def test_samples_show_the_gini_coefficient_only_if_the_tail_is_light():
    """Rho = 3 and 2 agree with (28); at rho = 1.05 samples of 50,000 lie far below it: the mean is not seen yet."""
    rng = np.random.default_rng(8)
    for openness, tolerance in ((2 / 3, 0.004), (1 / 2, 0.01)):
        parameters = SimonParameters(openness=openness)
        sample = sample_yule_simon(parameters, 200_000, rng=rng)
        assert gini(sample) == pytest.approx(float(yule_simon_gini(parameters)), abs=tolerance)
    heavy = SimonParameters(openness=0.05)
    samples = [gini(sample_yule_simon(heavy, 50_000, rng=rng)) for _ in range(10)]
    assert np.median(samples) < yule_simon_gini(heavy) - 0.04


@pytest.mark.parametrize("openness", [0.5, 0.2, 0.05])
def test_the_exponent_is_found_again_by_maximum_likelihood(openness):
    """Five samples of 100,000: 2.0, 1.25 and 1.05 within one per cent; the likelihood is lower on both sides."""
    parameters = SimonParameters(openness=openness)
    samples = sample_yule_simon(
        replace(parameters, openness=np.full(5, openness)), 100_000, rng=np.random.default_rng(9)
    )
    estimates = fit_tail_exponent(samples)
    assert estimates.shape == (5,)
    assert estimates == pytest.approx(np.full(5, 1 / (1 - openness)), rel=0.01)

    def log_likelihood(rho):
        return np.log(yule_simon_probability(SimonParameters(openness=1 - 1 / rho), samples[0])).sum()

    best = float(estimates[0])
    assert log_likelihood(best) > max(log_likelihood(best * 1.001), log_likelihood(best / 1.001))


def test_a_straight_line_through_the_log_log_histogram_is_biased():
    """Rho = 2: the line falls with about -2.2 instead of -3, and more data do not help; likelihood says 2.0."""
    for n in (20_000, 200_000):
        samples = sample_yule_simon(replace(HALF, openness=np.full(8, 0.5)), n, rng=np.random.default_rng(10))
        assert np.mean(log_log_slope(samples)) == pytest.approx(-2.15, abs=0.25)
        assert np.mean(fit_tail_exponent(samples)) == pytest.approx(2, abs=0.03)


def test_the_slope_is_that_of_least_squares():
    """4, 2 and 1 people with 1, 2 and 4 edits lie on a line of slope -1; zeros are nobody; rows stay apart."""
    assert log_log_slope([1, 1, 1, 1, 2, 2, 4, 0]) == pytest.approx(-1)
    counts = np.array([[1, 1, 1, 2, 5, 5, 9], [3, 3, 3, 3, 7, 7, 0], [1, 1, 1, 1, 1, 1, 1]])
    slopes = log_log_slope(counts)
    for row, slope in zip(counts[:2], slopes, strict=False):
        values, people = np.unique(row[row > 0], return_counts=True)
        assert slope == pytest.approx(np.polyfit(np.log(values), np.log(people), 1)[0])
    assert np.isnan(slopes[2])


def test_estimates_at_their_ends():
    """Nobody with a second edit: infinite. One and two edits: 2/r = 2/(r+1) + 1/(r+2), that is r^2 - r = 4."""
    estimates = fit_tail_exponent([[1, 1, 1, 0], [1, 2, 0, 0]])
    assert math.isinf(estimates[0])
    assert estimates[1] == pytest.approx((1 + math.sqrt(17)) / 2, rel=1e-10)


# Wikipedia


def test_the_process_can_be_made_to_look_like_wikipedia():
    """Openness .04, 200 seed editors, 200,000 edits: means of 20 runs near the reported shares, six points at most."""
    top, two, ten, all_of_it = wiki(200_000, 200, 20, seed=12)
    assert 0.46 < top < 0.51
    assert 0.76 < two < 0.79
    assert ten == pytest.approx(0.917, abs=0.01)
    assert all_of_it == pytest.approx(0.918, abs=0.005)
    assert top == pytest.approx(REPORTED["Wales, quoted by Swartz: 0.7 % of the users"]["share_of_edits"], abs=0.04)
    assert two == pytest.approx(REPORTED["Wales, quoted by Swartz: 2 % of the users"]["share_of_edits"], abs=0.06)
    assert ten > REPORTED["Ortega and González-Barahona"]["share_of_edits"]
    assert all_of_it == pytest.approx(REPORTED["Ortega and González-Barahona"]["gini"], abs=0.03)


def test_the_likeness_hangs_on_the_number_of_seed_editors():
    """Wales spoke of 70,000 users. With as many contributors the same rule misses, unless the seeds grow along."""
    same_seeds, more_seeds = wiki(1_750_000, 200, 3, seed=13), wiki(1_750_000, 1750, 3, seed=13)
    assert same_seeds[0] > 0.78
    assert more_seeds[0] == pytest.approx(0.4956, abs=0.02)


def test_a_lognormal_without_any_process_fits_as_well():
    """Chosen to have the reported Gini: 56, 71 and 91 per cent. The fit does not identify the mechanism."""
    from scipy.special import erfinv
    from scipy.stats import norm

    reported = REPORTED["Ortega and González-Barahona"]["gini"]
    sigma = 2 * erfinv(reported)
    shares = norm.sf(norm.isf([0.007, 0.02, 0.1]) - sigma)
    assert sigma == pytest.approx(2.619, abs=5e-4)
    assert shares == pytest.approx([0.564, 0.714, 0.910], abs=5e-4)
    sample = np.exp(norm.isf((np.arange(200_000) + 0.5) / 200_000) * sigma)  # its quantiles
    assert gini(sample) == pytest.approx(reported, abs=0.003)
    assert top_share(sample, [0.007, 0.02, 0.1]) == pytest.approx(shares, abs=0.01)
    wales = REPORTED["Wales, quoted by Swartz: 2 % of the users"]["share_of_edits"]
    assert abs(shares[1] - wales) < abs(wiki(200_000, 200, 5, seed=14)[1] - wales)


# Faults


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: SimonParameters(openness=0), r"openness must be between 0.001 and 0.999 \(share of edits\); got 0"),
        (lambda: SimonParameters(openness=0.1, seed_editors=1.5), "seed_editors must be a whole number between 1"),
        (lambda: sample_simon_process(HALF, 0, rng=np.random.default_rng(1)), "edits must be a whole number between 1"),
        (
            lambda: sample_simon_process(replace(HALF, seed_editors=50), 49, rng=np.random.default_rng(1)),
            "edits must be a whole number between 50 and 10,000,000; got 49",
        ),
        (lambda: sample_simon_process(HALF, 10, rng=1), "rng must be a random generator of numpy; got 1"),
        (lambda: sample_yule_simon(HALF, 10, rng=None), "rng must be a random generator of numpy"),
        (lambda: sample_yule_simon(HALF, 0, rng=np.random.default_rng(1)), "contributors must be a whole number"),
        (lambda: first_editor_share(HALF, 2.5), "edits must be a whole number between 1 and 10,000,000; got 2.5"),
        (lambda: expected_contributors(replace(HALF, seed_editors=9), 8), "edits must be a whole number between 9"),
        (lambda: yule_simon_tail(HALF, -1), "edits must be a whole number between 0"),
        (lambda: yule_simon_probability(HALF, 1.5), "edits must be a whole number between 0"),
        (lambda: fit_tail_exponent(3), "axis of contributors, at least one"),
        (lambda: log_log_slope([]), "axis of contributors, at least one"),
        (lambda: log_log_slope([1, 0.5]), "got 0.5 at position"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()


@settings(max_examples=25)
@given(ANY)
def test_more_seed_editors_never_change_the_long_run(parameters):
    """The distribution of the long run knows the openness alone."""
    other = replace(parameters, seed_editors=1)
    assert yule_simon_gini(parameters) == yule_simon_gini(other)
    assert yule_simon_tail(parameters, 7) == yule_simon_tail(other, 7)
