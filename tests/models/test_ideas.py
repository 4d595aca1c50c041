"""The best of many ideas, and kinds of ideas (M8)."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.ideas import (
    IDEA_TYPES,
    best_of_exponential,
    best_of_uniform,
    sample_best_of_exponential,
    sample_best_of_uniform,
    sample_idea_types,
)

IDEAS = st.integers(0, 10**9) | st.sampled_from([0, 1, 10**9])
RATES = st.floats(0.01, 100)


@given(st.integers(0, 400))
def test_the_best_of_exponential_ideas_is_a_harmonic_number(ideas):
    """(33): 1 + 1/2 + ... + 1/n as an exact fraction."""
    exactly = sum((Fraction(1, k) for k in range(1, ideas + 1)), Fraction(0))
    assert best_of_exponential(ideas) == pytest.approx(float(exactly), rel=1e-13)


def test_check_values():
    """Ten ideas: 7381/2520 = 2.928968 and 10/11; a million: ln n + 0.5772157 + 1/2n."""
    assert best_of_exponential(10) == pytest.approx(7381 / 2520, rel=1e-13)
    assert best_of_exponential(10) == pytest.approx(2.928968, abs=5e-7)
    assert best_of_exponential(10**6) == pytest.approx(math.log(10**6) + 0.5772156649 + 5e-7, abs=1e-9)
    assert best_of_uniform(10) == pytest.approx(10 / 11)


@given(IDEAS, RATES)
def test_no_idea_has_no_quality_and_one_idea_the_mean(ideas, rate):
    """The corners n = 0 and n = 1; creative customers (a lower rate) scale the result."""
    assert best_of_exponential(0, rate) == best_of_uniform(0) == 0
    assert best_of_exponential(1, rate) == pytest.approx(1 / rate)
    assert best_of_uniform(1) == 0.5
    assert best_of_exponential(ideas, rate) == pytest.approx(best_of_exponential(ideas) / rate)


@given(st.integers(0, 10**6))
def test_one_more_idea_helps_less_and_less(ideas):
    """It adds 1/(n+1), or 1/((n+1)(n+2)) if there is a best possible idea; never below the best so far."""
    n = np.array([ideas, ideas + 1])
    assert np.diff(best_of_exponential(n))[0] == pytest.approx(1 / (ideas + 1), abs=1e-14)
    assert np.diff(best_of_uniform(n))[0] == pytest.approx(1 / ((ideas + 1) * (ideas + 2)), abs=1e-15)
    assert best_of_uniform(ideas) < 1


@pytest.mark.parametrize(("ideas", "rate"), [(1, 1.0), (3, 0.5), (10, 2.0), (200, 1.0)])
def test_the_best_of_drawn_ideas_has_the_expected_quality(ideas, rate):
    """(33) against drawing every single idea and taking the best, within 4.5 standard errors of 20,000 draws."""
    rng, draws = np.random.default_rng(1), 20_000
    for qualities, expected in (
        (rng.exponential(1 / rate, size=(draws, ideas)).max(axis=1), best_of_exponential(ideas, rate)),
        (rng.random((draws, ideas)).max(axis=1), best_of_uniform(ideas)),
    ):
        assert abs(qualities.mean() - expected) < 4.5 * qualities.std() / math.sqrt(draws)


@pytest.mark.parametrize("ideas", [1, 4, 1000, 10**9])
def test_the_samplers_draw_the_best_without_drawing_the_others(ideas):
    """P(all below x) is (1 - e^-x)^n or x^n: quantiles of 40,000 draws, for a billion ideas, too."""
    n, draws = np.full(40_000, ideas), 40_000
    for chance in (0.1, 0.5, 0.9):
        below = chance ** (1 / ideas)
        for drawn, quantile in (
            (
                sample_best_of_exponential(n, 2.0, rng=np.random.default_rng(2)),
                -math.log(-math.expm1(math.log(chance) / ideas)) / 2,
            ),
            (sample_best_of_uniform(n, rng=np.random.default_rng(3)), below),
        ):
            assert abs((drawn <= quantile).mean() - chance) < 4.5 * math.sqrt(chance * (1 - chance) / draws)
    best = sample_best_of_exponential(n, 2.0, rng=np.random.default_rng(4))
    assert abs(best.mean() - best_of_exponential(ideas, 2.0)) < 4.5 * best.std() / 200


def test_no_ideas_are_drawn_as_nothing():
    """Minus infinity is no quality."""
    assert sample_best_of_exponential([0, 0], rng=np.random.default_rng(1)).tolist() == [0, 0]
    assert sample_best_of_uniform(0, rng=np.random.default_rng(1)) == 0


def test_few_creative_customers_can_match_many_others():
    """Twice the mean quality: the best of 4 creative ideas is as good as the best of 36 others, if quality is open."""
    creative, others = best_of_exponential(4, 0.5), best_of_exponential(np.arange(1, 100))
    assert int(np.argmax(others >= creative)) + 1 == 36


@given(st.integers(0, 10**6), st.lists(st.integers(1, 20), min_size=4, max_size=4), st.integers(0, 2**32 - 1))
def test_kinds_of_ideas_add_up(ideas, weights, seed):
    """Every idea is of exactly one kind; the seed decides."""
    shares = np.array(weights) / sum(weights)
    counts, again = (sample_idea_types(ideas, shares, rng=np.random.default_rng(seed)) for _ in range(2))
    assert counts.shape == (len(IDEA_TYPES),)
    assert counts.sum() == ideas
    assert (counts >= 0).all()
    assert counts.tolist() == again.tolist()


def test_kinds_of_ideas_are_multinomial():
    """Means n p and covariances -n p q of 50,000 draws; a kind with no chance never occurs."""
    shares, draws = np.array([0.5, 0.3, 0.2, 0.0]), 50_000
    counts = sample_idea_types(np.full(draws, 20), shares, rng=np.random.default_rng(5))
    errors = np.sqrt(20 * shares * (1 - shares) / draws)
    assert (np.abs(counts.mean(axis=0) - 20 * shares) <= 4.5 * errors).all()
    expected = 20 * (np.diag(shares) - np.outer(shares, shares))
    assert np.cov(counts.T) == pytest.approx(expected, abs=0.15)


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """Numbers and rates broadcast; so do numbers of ideas and shares of kinds."""
    ideas, rates = np.array([[0], [3], [50]]), np.array([0.5, 2.0])
    many = best_of_exponential(ideas, rates)
    assert many.shape == sample_best_of_exponential(ideas, rates, rng=np.random.default_rng(1)).shape == (3, 2)
    for i, j in np.ndindex(3, 2):
        assert many[i, j] == pytest.approx(best_of_exponential(ideas[i, 0], rates[j]))
        assert best_of_uniform(ideas)[i, 0] == best_of_uniform(ideas[i, 0])
    shares = np.array([[1.0, 0, 0, 0], [0, 0, 0.5, 0.5]])
    counts = sample_idea_types(ideas, shares, rng=np.random.default_rng(1))
    assert counts.shape == (3, 2, 4)
    assert counts.sum(axis=-1).tolist() == [[0, 0], [3, 3], [50, 50]]
    assert counts[:, 0, 0].tolist() == [0, 3, 50]
    assert sample_idea_types(8, rng=np.random.default_rng(1)).sum() == 8


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: best_of_exponential(1.5), r"ideas must be a whole number between 0 and 1e\+09 .ideas.; got 1.5"),
        (lambda: best_of_exponential(3, 0), "rate must be between 0.01 and 100 .per unit of quality.; got 0"),
        (lambda: best_of_uniform(-1), "ideas must be a whole number"),
        (lambda: sample_best_of_exponential(3, rng=None), "rng must be a random generator of numpy"),
        (lambda: sample_best_of_exponential(3, 1000, rng=np.random.default_rng(1)), "rate must be between"),
        (lambda: sample_best_of_uniform(3, rng=7), "rng must be a random generator of numpy; got 7"),
        (lambda: sample_idea_types(3, rng=7), "rng must be a random generator of numpy; got 7"),
        (
            lambda: sample_idea_types(3, [0.5, 0.5, 0.5, 0], rng=np.random.default_rng(1)),
            "shares must add up to 1 over business, service, brand, promotion; got 1.5",
        ),
        (lambda: sample_idea_types(3, [0.5, 0.5], rng=np.random.default_rng(1)), "end in an axis of 4"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
