"""Tailoring against privacy: M2-T, eq. (11) and (12), learning, and the stage of entry."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import ranges
from cocreate_teach.models.tailoring import (
    TailoringParameters,
    best_information,
    best_tailoring_net,
    entry_information,
    is_disclosing,
    learning_step,
    noise_ratio,
    offer_value,
    sample_learning,
    tailored_value,
    tailoring_error,
    tailoring_net,
)
from tests.strategies import parameters_of

ANY = parameters_of(TailoringParameters)
DEFAULT = TailoringParameters()
INFORMATION = st.floats(0, 1e6, allow_subnormal=False) | st.sampled_from([0.0, 1e-300, 1e300, np.inf])


def test_the_check_values():
    """u0 = 1, k = 2, ψ = .1: n* = sqrt(20) - 2."""
    assert noise_ratio(DEFAULT) == 2
    assert best_information(DEFAULT) == pytest.approx(2.472136, abs=5e-7)
    assert best_tailoring_net(DEFAULT) == pytest.approx(0.305573, abs=5e-7)
    assert tailoring_error(DEFAULT, [0, 1, 2, 6]) == pytest.approx([1, 2 / 3, 1 / 2, 1 / 4])
    assert tailored_value(DEFAULT, [0, 1, 2, 6]) == pytest.approx([0, 1 / 3, 1 / 2, 3 / 4])
    assert tailoring_net(DEFAULT, [0, 1, 2, 6]) == pytest.approx([0, 1 / 3 - 0.1, 0.3, 0.15])


@given(ANY)
def test_value_runs_from_nothing_over_one_half_at_k_to_the_full_value(parameters):
    """Claim 20: V_T(0) = 0, V_T(k) = u0 / 2, and u0 is the limit."""
    assert tailored_value(parameters, 0) == 0
    assert tailored_value(parameters, noise_ratio(parameters)) == pytest.approx(parameters.full_value / 2)
    assert tailored_value(parameters, np.inf) == parameters.full_value
    assert tailoring_error(parameters, 0) == parameters.taste_variance
    assert tailoring_error(parameters, np.inf) == 0


@given(ANY, INFORMATION, INFORMATION)
def test_more_information_never_hurts_the_fit(parameters, first, second):
    """Claim 87: the error falls and the value rises, between 0 and u0; privacy is another matter."""
    few, many = sorted((first, second))
    assert tailoring_error(parameters, many) <= tailoring_error(parameters, few)
    assert 0 <= tailored_value(parameters, few) <= tailored_value(parameters, many) <= parameters.full_value


@given(ANY, INFORMATION)
def test_value_is_the_part_of_the_error_that_has_gone(parameters, information):
    """(11), its two halves: V_T = u0 (1 - MSE / s0²)."""
    gone = 1 - tailoring_error(parameters, information) / parameters.taste_variance
    assert tailored_value(parameters, information) == pytest.approx(parameters.full_value * gone, abs=1e-12)


@given(ANY, st.integers(0, 60))
def test_learning_signal_by_signal_meets_the_closed_form(parameters, signals):
    """(11) against Bayes' rule applied step by step: the variance after n signals is s0² k / (n + k)."""
    guess, uncertainty = 0.0, parameters.taste_variance
    for _ in range(signals):
        guess, uncertainty = learning_step(guess, uncertainty, 1.0, parameters)
    assert uncertainty == pytest.approx(tailoring_error(parameters, signals), rel=1e-12)
    assert guess == pytest.approx(signals / (signals + noise_ratio(parameters)), rel=1e-12)


def test_learning_weighs_all_signals_alike():
    """The order of signals does not matter; the guess is their sum over n + k."""
    signals = [3.0, -1.0, 0.5, 2.0]
    for order in (signals, signals[::-1]):
        guess, uncertainty = np.zeros(()), np.asarray(DEFAULT.taste_variance)
        for signal in order:
            guess, uncertainty = learning_step(guess, uncertainty, signal, DEFAULT)
        assert guess == pytest.approx(4.5 / 6)
        assert uncertainty == pytest.approx(2 / 6)


def test_the_mean_square_over_many_consumers_meets_the_closed_form():
    """(11) by drawing, three scenarios at once, within four standard errors; no bias either."""
    many = TailoringParameters(taste_variance=np.array([1.0, 4.0, 0.25]), noise_variance=np.array([2.0, 1.0, 9.0]))
    consumers = 40_000
    missed = sample_learning(many, 6, consumers=consumers, rng=np.random.default_rng(5))
    assert missed.shape == (3, consumers, 7)
    expected = np.stack([tailoring_error(many, n) for n in range(7)], axis=-1)
    assert (np.abs((missed**2).mean(axis=1) / expected - 1) < 4 * np.sqrt(2 / consumers)).all()
    assert (np.abs(missed.mean(axis=1)) < 4 * np.sqrt(expected / consumers)).all()


def test_the_mean_value_of_offers_is_the_tailored_value():
    """Claim 3: value is made by the distance to the customer's ideal point, and its mean is V_T(n)."""
    missed = sample_learning(DEFAULT, 4, consumers=40_000, rng=np.random.default_rng(9))
    values = offer_value(DEFAULT, missed, 0.0).mean(axis=0)
    assert values == pytest.approx(tailored_value(DEFAULT, np.arange(5)), abs=0.03)


@given(ANY, st.floats(-100, 100), st.floats(-100, 100), st.floats(-100, 100))
def test_only_the_distance_to_the_customers_ideal_point_counts(parameters, offer, ideal, shift):
    """Claim 3: no preference of the producer enters; moving both, or exchanging them, changes nothing."""
    value = offer_value(parameters, offer, ideal)
    assert value <= parameters.full_value
    assert offer_value(parameters, ideal, ideal) == parameters.full_value
    tolerance = 1e-9 * (1 + abs(value))
    assert offer_value(parameters, offer + shift, ideal + shift) == pytest.approx(value, abs=1e4 * tolerance)
    assert offer_value(parameters, ideal, offer) == pytest.approx(value, abs=tolerance)


def test_a_far_miss_is_worse_than_the_offer_for_everybody():
    """Value 0 at one standard deviation of tastes, negative beyond."""
    wide = replace(DEFAULT, taste_variance=4.0)
    assert offer_value(wide, [0, 2, 4], 0).tolist() == [1, 0, -3]


@given(ANY, INFORMATION)
def test_no_amount_of_information_is_better_than_the_best(parameters, information):
    """(12) is the maximum of (11), over the whole range, free disclosure and worthless fits included."""
    best = best_tailoring_net(parameters)
    assert tailoring_net(parameters, information) <= best + 1e-12
    assert tailoring_net(parameters, best_information(parameters)) == pytest.approx(best, rel=1e-9, abs=1e-12)


@given(parameters_of(TailoringParameters, full_value=st.floats(0.5, 10), privacy_cost=st.floats(0.001, 10)))
def test_the_best_information_is_what_scipy_finds(parameters):
    """A bounded search that knows only (11); at the maximum the slope is flat, so n* is found to six digits."""
    bound = 2 * np.sqrt(parameters.full_value * noise_ratio(parameters) / parameters.privacy_cost)
    found = minimize_scalar(
        lambda n: -float(tailoring_net(parameters, n)), bounds=(0, bound), method="bounded", options={"xatol": 1e-12}
    )
    assert best_tailoring_net(parameters) == pytest.approx(max(-found.fun, 0.0), abs=1e-9)
    if is_disclosing(parameters):
        assert best_information(parameters) == pytest.approx(found.x, abs=1e-5 * bound + 1e-9)


@given(ANY)
def test_consumers_disclose_if_and_only_if_it_pays(parameters):
    """(12): n* > 0 and a positive net value exactly where u0 > ψ k; who is indifferent discloses nothing."""
    pays = parameters.full_value > parameters.privacy_cost * noise_ratio(parameters)
    assert is_disclosing(parameters) == pays
    assert (best_information(parameters) > 0) == pays
    assert (best_tailoring_net(parameters) > 0) == pays


@pytest.mark.parametrize("full_value", [0.0, 0.1, 0.2])
def test_below_the_threshold_nothing_is_disclosed(full_value):
    """u0 ≤ ψ k = .2."""
    shy = replace(DEFAULT, full_value=full_value)
    assert not is_disclosing(shy)
    assert best_information(shy) == best_tailoring_net(shy) == 0


def test_free_disclosure_has_no_limit():
    """ψ = 0: n* is infinite and the net value u0, unless a fit is worth nothing."""
    open_book = replace(DEFAULT, privacy_cost=0, full_value=np.array([0.0, 2.0]))
    assert best_information(open_book).tolist() == [0, np.inf]
    assert best_tailoring_net(open_book) == pytest.approx([0, 2])
    assert tailoring_net(open_book, np.inf).tolist() == [0, 2]
    assert tailoring_net(DEFAULT, np.inf) == -np.inf


@given(ANY, st.integers(1, 12), st.floats(0, 1e3))
def test_entering_earlier_never_lowers_the_tailored_value(parameters, stages, per_stage):
    """Claim 33: n = n1 (J - j + 1) falls with the stage of entry, and so does V_T."""
    information = entry_information(np.arange(1, stages + 1), stages, per_stage)
    assert information[0] == per_stage * stages
    assert information[-1] == per_stage
    assert (np.diff(tailored_value(parameters, information)) <= 0).all()


def test_entering_earlier_can_lower_the_net_value():
    """The counter-example: with ψ = .09 entry at stage 3 of 5 is best; at stage 1 the consumer tells too much."""
    net = tailoring_net(replace(DEFAULT, privacy_cost=0.09), entry_information([1, 2, 3, 4, 5], 5))
    assert net == pytest.approx([5 / 7 - 0.45, 4 / 6 - 0.36, 3 / 5 - 0.27, 2 / 4 - 0.18, 1 / 3 - 0.09])
    assert net.argmax() == 2


def test_the_same_seed_gives_the_same_draws():
    """And another seed others."""
    first, again, other = (sample_learning(DEFAULT, 3, consumers=5, rng=np.random.default_rng(s)) for s in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()
    assert first.shape == (5, 4)
    assert sample_learning(DEFAULT, 0, rng=np.random.default_rng(1)).shape == (1, 1)


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """10,000 drawn scenarios, every field its own; 100 of them one by one."""
    rng = np.random.default_rng(13)
    n = 10_000
    drawn = {name: a.low + (a.high - a.low) * rng.random(n) for name, a in ranges(TailoringParameters).items()}
    many, information = TailoringParameters(**drawn), 9 * rng.random(n)
    plain = (noise_ratio, best_information, best_tailoring_net, is_disclosing)
    with_information = (tailoring_error, tailored_value, tailoring_net)
    results = [function(many) for function in plain] + [function(many, information) for function in with_information]
    assert 0 < is_disclosing(many).sum() < n
    for i in range(0, n, 100):
        one = TailoringParameters(**{name: values[i] for name, values in drawn.items()})
        single = [function(one) for function in plain] + [f(one, information[i]) for f in with_information]
        assert np.array([result[i] for result in results]) == pytest.approx(np.array(single), rel=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: TailoringParameters(noise_variance=0), "noise_variance must be between 0.01 and 100 .taste².; got 0"),
        (lambda: TailoringParameters(full_value=-1, privacy_cost=11), "full_value must be.*\n.*privacy_cost must be"),
        (lambda: tailored_value(DEFAULT, -1), "information must be between 0 and inf .signals.; got -1"),
        (lambda: tailoring_error(DEFAULT, float("nan")), "information must be between"),
        (lambda: entry_information(0, 5), "stage must be a whole number between 1 and 5 .stage.; got 0"),
        (lambda: entry_information(2.5, 5), "stage must be a whole number between 1 and 5 .stage.; got 2.5"),
        (lambda: entry_information(1, 0), "stages must be a whole number from 1; got 0"),
        (lambda: entry_information(1, 3, -1), "signals_per_stage must be between"),
        (lambda: offer_value(DEFAULT, "nice", 0), "offer must be a number"),
        (lambda: learning_step(0, -1, 0, DEFAULT), "uncertainty must be between 0 and 100"),
        (lambda: sample_learning(DEFAULT, 3, rng=1), "rng must be a random generator"),
        (lambda: sample_learning(DEFAULT, -3, rng=np.random.default_rng(1)), "signals must be a whole number from 0"),
        (
            lambda: sample_learning(DEFAULT, 3, consumers=0, rng=np.random.default_rng(1)),
            "consumers must be a whole number from 1; got 0",
        ),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
