"""The Bass model: closed forms against a solver, the step, and what is (not) monotone."""

import tomllib
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp
from scipy.optimize import minimize_scalar

from cocreate_teach.errors import ParameterError, ParameterWarning
from cocreate_teach.models.bass import (
    BassParameters,
    bass_density,
    bass_mean_time,
    bass_path,
    bass_peak_time,
    bass_share,
    bass_step,
    effective_imitation,
)
from tests.strategies import parameters_of

PRODUCTS = tomllib.loads((Path(__file__).parents[1] / "references" / "bass_peaks.toml").read_text())["products"]
MEAN = BassParameters(innovation=0.03, imitation=0.38)
WHOLE = pytest.mark.filterwarnings("ignore::cocreate_teach.errors.ParameterWarning")  # p + q > 1 belongs to the range
ANY = parameters_of(BassParameters)
TIMES = st.floats(0, 200)


def bass(p, q, w=1.0):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ParameterWarning)
        return BassParameters(innovation=p, imitation=q, recommendation=w)


def test_the_published_mean_gives_the_known_values():
    """With p = .03 and q = .38: peak, share and density there, share at twice the peak, mean time."""
    peak = bass_peak_time(MEAN)
    assert peak == pytest.approx(6.192619, abs=1e-6)
    assert bass_share(MEAN, peak) == pytest.approx(0.460526, abs=1e-6)
    assert bass_density(MEAN, peak) == pytest.approx(0.110592, abs=1e-6)
    assert bass_share(MEAN, 2 * peak) == pytest.approx(0.921053, abs=1e-6)
    assert bass_mean_time(MEAN) == pytest.approx(6.881473, abs=1e-6)


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product["name"])
def test_published_estimates_give_their_peaks(product):
    """Eq. (18) with p and q of the table; peaks agree to the digits shown."""
    assert bass_peak_time(bass(product["p"], product["q"])) == pytest.approx(product["peak"], abs=0.0501 / 10)


@given(st.floats(0.001, 3), st.floats(0.1, 1), st.floats(1e-12, 1, exclude_max=True))
def test_share_and_density_at_the_peak_are_those_of_the_identities(imitation, weight, part):
    """(18), for q w > p > 0: F(t*) = 1/2 - p/2q, f(t*) = (p + q)^2 / 4q, F(2 t*) = 1 - p/q."""
    q = imitation * weight
    p = part * min(q, 1.0)
    parameters = bass(p, imitation, weight)
    peak = bass_peak_time(parameters)
    assert bass_share(parameters, peak) == pytest.approx(0.5 - p / (2 * q), abs=1e-9)
    assert bass_density(parameters, peak) == pytest.approx((p + q) ** 2 / (4 * q), rel=1e-9)
    assert bass_share(parameters, 2 * peak) == pytest.approx(1 - p / q, abs=1e-9)


@pytest.mark.parametrize(
    ("p", "q", "w"),
    [(0.03, 0.38, 1), (0.03, 0.38, 0.6), (0.2, 0.05, 1), (0.05, 0, 1), (0.03, 0.38, -1), (0.1, 0.1, -1), (0.9, 3, 1)],
)
def test_the_share_solves_the_differential_equation(p, q, w):
    """F' = (p + q w F)(1 - F) from F = 0, by a solver that knows no closed form: also for q < p, q = 0 and warnings."""
    times = np.linspace(0, 40, 81)
    solved = solve_ivp(
        lambda _, share: (p + q * w * share) * (1 - share),
        (0, 40), [0.0], t_eval=times, rtol=1e-11, atol=1e-13, method="DOP853",
    )  # fmt: skip
    assert bass_share(bass(p, q, w), times) == pytest.approx(solved.y[0], abs=1e-9)


@given(TIMES)
def test_without_imitation_everybody_adopts_at_a_constant_rate(time):
    """With q = 0: 1 - e^{-pt}; also if everybody is silent."""
    for silent in (bass(0.05, 0), bass(0.05, 0.4, 0)):
        assert bass_share(silent, time) == pytest.approx(1 - np.exp(-0.05 * time), abs=1e-12)
        assert bass_mean_time(silent) == pytest.approx(20)


@WHOLE
@given(ANY, TIMES)
def test_without_a_first_adopter_nobody_adopts(parameters, time):
    """With p = 0, F = 0 for ever, however strong the imitation."""
    alone = bass(0, parameters.imitation, parameters.recommendation)
    assert bass_share(alone, time) == 0
    assert (bass_path(alone, 5) == 0).all()
    assert bass_mean_time(alone) == np.inf


@given(TIMES)
def test_if_innovation_and_warnings_cancel_the_share_is_hyperbolic(time):
    """With s = p + q w = 0, F = pt / (1 + pt), without dividing by s; nearly zero s gives nearly the same."""
    for weight in (-1.0, -1.0 + 1e-12):
        cancelled = bass(0.1, 0.1, weight)
        assert bass_share(cancelled, time) == pytest.approx(0.1 * time / (1 + 0.1 * time), abs=1e-9)
    assert bass_mean_time(bass(0.1, 0.1, -1)) == np.inf


@WHOLE
@given(ANY)
def test_if_adopters_warn_some_never_adopt(parameters):
    """If q w < -p, the share tends to p / |q w|; otherwise to 1 if p > 0."""
    p, q = parameters.innovation, float(effective_imitation(parameters))
    assume(p > 1e-3 and abs(p + q) > 1e-3)
    assert bass_share(parameters, 1e6) == pytest.approx(min(1.0, p / max(-q, p)), abs=1e-9)
    assert np.isfinite(bass_mean_time(parameters)) == (q > -p)


@WHOLE
@given(ANY, TIMES)
def test_the_density_is_the_slope_of_the_share(parameters, time):
    """(18) of the density in its own closed form: s^2 p e^{-st} / (p + q e^{-st})^2; never negative."""
    p, q = parameters.innovation, float(effective_imitation(parameters))
    density = bass_density(parameters, time)
    assert density >= -1e-15
    assume(p > 1e-6 and abs(p + q) > 1e-6)
    decay = np.exp(-abs(p + q) * time)
    below = p + q * decay if p + q > 0 else p * decay + q
    assert density == pytest.approx((p + q) ** 2 * p * decay / below**2, abs=1e-9)


@pytest.mark.parametrize(("p", "q", "w"), [(0.03, 0.38, 1), (0.2, 0.05, 1), (0.3, 0.2, -1), (0.1, 0.9, 0.5)])
def test_the_mean_time_is_the_area_above_the_share(p, q, w):
    """E[T] = integral of 1 - F, by quadrature."""
    parameters = bass(p, q, w)
    area, _ = quad(lambda time: 1 - float(bass_share(parameters, time)), 0, 400, limit=400, epsabs=1e-11)
    assert bass_mean_time(parameters) == pytest.approx(area, abs=1e-8)


@WHOLE
@given(ANY, st.lists(TIMES, min_size=2, max_size=2))
def test_the_share_lies_between_0_and_1_and_never_falls(parameters, times):
    """Over the whole range, warnings included."""
    early, late = bass_share(parameters, np.sort(times))
    assert 0 <= early <= late + 1e-12 <= 1 + 1e-12
    assert bass_share(parameters, 0) == 0


@WHOLE
@given(ANY, ANY, TIMES)
def test_more_innovation_imitation_or_recommendation_never_lowers_the_share(one, other, time):
    """F rises in p, q (if adopters recommend) and w. The peak does not: see below."""

    def share(p, q, w):
        return bass_share(bass(p, q, w), time)

    p, q, w = ([f(getattr(one, name), getattr(other, name)) for f in (min, max)] for name in
               ("innovation", "imitation", "recommendation"))  # fmt: skip
    assert share(p[0], q[0], w[0]) <= share(p[1], q[0], w[0]) + 1e-12
    assert share(p[0], q[0], w[0]) <= share(p[0], q[0], w[1]) + 1e-12
    assert share(p[0], q[0], abs(w[0])) <= share(p[0], q[1], abs(w[0])) + 1e-12


@given(st.floats(0.001, 0.5), st.floats(0.001, 0.5), st.floats(0.5, 3))
def test_more_innovation_never_moves_the_peak_later(first, second, q):
    """t* falls in p, given q."""
    low, high = sorted((first, second))
    assert bass_peak_time(bass(low, q)) >= bass_peak_time(bass(high, q)) - 1e-12


def test_more_imitation_first_delays_the_peak_and_then_hastens_it():
    """For p = .03 the peak is latest at q = .108: "more imitation, earlier peak" is false."""
    latest = minimize_scalar(lambda q: -float(bass_peak_time(bass(0.03, q))), bounds=(0.03, 1), method="bounded")
    assert latest.x == pytest.approx(0.108, abs=0.0005)
    below, top, above = bass_peak_time(bass(0.03, np.array([0.05, 0.108, 0.5])))
    assert below < top > above


@pytest.mark.parametrize(("p", "q", "peak"), [(0.09228, 0.00006, 0), (0.1, 0.1, 0), (0, 0.4, np.inf), (0, 0, 0)])
def test_the_peak_is_at_the_start_without_enough_imitation_and_never_comes_without_innovation(p, q, peak):
    """With q <= p most adopt at once (published estimates of one camera are of this kind)."""
    assert bass_peak_time(bass(p, q)) == peak
    assert bass_peak_time(bass(p, q, -1)) == 0


def test_the_discrete_path_is_not_the_continuous_one():
    """After 10 periods .7826 against .8128; each is right, they are two models."""
    assert bass_path(MEAN, 10)[10] == pytest.approx(0.7826, abs=5e-5)
    assert bass_share(MEAN, 10) == pytest.approx(0.8128, abs=5e-5)


def test_the_path_repeats_the_step():
    """By hand: .03, then .03 + (.03 + .38 * .03) * .97 = .070158."""
    path = bass_path(MEAN, 2)
    assert path == pytest.approx([0, 0.03, 0.070158])
    assert bass_step(path[1], MEAN) == pytest.approx(path[2])
    assert bass_path(MEAN, 0, 0.4).tolist() == [0.4]


def test_shorter_periods_lead_to_the_continuous_model():
    """The distance at t = 10 halves with the length of the period."""

    def distance(parts):
        path = bass_path(bass(0.03 / parts, 0.38 / parts), 10 * parts)
        return abs(path[-1] - float(bass_share(MEAN, 10)))

    assert distance(64) < 0.001
    assert distance(128) / distance(64) == pytest.approx(0.5, abs=0.02)


@WHOLE
@given(ANY, st.floats(0, 1))
def test_the_step_stays_a_share_and_never_falls(parameters, start):
    """Even where the chance has to be kept in [0, 1]: p + q > 1, or warnings stronger than innovation."""
    path = bass_path(parameters, 12, start)
    assert path[0] == start
    assert (np.diff(path) >= 0).all()
    assert path[-1] <= 1


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_the_discrete_path_rises_in_every_parameter_while_chances_stay_below_1(p1, p2, q1, q2, w1, w2):
    """For p + q <= 1; with more, a step can overshoot and the order may turn."""
    p, q, w = sorted((p1, p2)), sorted((q1, q2)), sorted((w1, w2))
    q = [value * (1 - p[1]) for value in q]
    lowest = bass_path(bass(p[0], q[0], w[0]), 8)
    assert (lowest <= bass_path(bass(p[1], q[0], w[0]), 8) + 1e-12).all()
    assert (lowest <= bass_path(bass(p[0], q[0], w[1]), 8) + 1e-12).all()
    assert (bass_path(bass(p[0], q[0], abs(w[0])), 8) <= bass_path(bass(p[0], q[1], abs(w[0])), 8) + 1e-12).all()


def test_a_period_too_long_for_the_step_is_said():
    """Allowed, as the closed forms hold; exactly 1 is no reason to warn, and silence or warnings are none either."""
    with pytest.warns(ParameterWarning, match=r"innovation \+ imitation is 1.2 .* use a shorter period") as caught:
        BassParameters(innovation=0.2, imitation=np.array([0.1, 1.0]))
    assert caught[0].filename == __file__
    BassParameters(innovation=0.2, imitation=0.8)
    BassParameters(innovation=0.2, imitation=3, recommendation=-1)


@WHOLE
@given(st.lists(ANY, min_size=1, max_size=4), TIMES)
def test_scenarios_in_one_call_equal_one_call_per_scenario(each, time):
    """Leading axes are scenarios."""
    many = bass(*(np.array([getattr(one, name) for one in each]) for name in
                  ("innovation", "imitation", "recommendation")))  # fmt: skip
    path = bass_path(many, 4)
    for i, one in enumerate(each):
        assert path[i] == pytest.approx(bass_path(one, 4))
        for function in (bass_share, bass_density):
            assert function(many, time)[i] == pytest.approx(function(one, time))
        for function in (bass_peak_time, bass_mean_time):
            assert function(many)[i] == pytest.approx(function(one))


def test_times_and_scenarios_broadcast():
    """Three scenarios, two times: (2, 3)."""
    three = bass(0.03, np.array([0.2, 0.3, 0.4]))
    assert bass_share(three, [[1.0], [2.0]]).shape == (2, 3)
    assert bass_path(three, 5, np.zeros((2, 1))).shape == (2, 3, 6)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: BassParameters(innovation=-0.1, imitation=0.2), r"innovation must be between 0 and 1 \(per period\)"),
        (lambda: BassParameters(innovation=0.1, imitation=4), "imitation must be between 0 and 3"),
        (lambda: BassParameters(innovation=0.1, imitation=0.2, recommendation=-2), "recommendation must be between -1"),
        (lambda: bass_share(MEAN, -1), r"time must be between 0 and 1e\+06 \(periods\); got -1"),
        (lambda: bass_density(MEAN, [0, np.nan]), "time must be"),
        (lambda: bass_step(1.2, MEAN), r"share must be between 0 and 1 \(share\); got 1.2"),
        (lambda: bass_path(MEAN, -1), "periods must be a whole number from 0; got -1"),
        (lambda: bass_path(MEAN, 2.5), "periods must be a whole number from 0; got 2.5"),
        (lambda: bass_path(MEAN, 2, -0.1), "initial must be between 0 and 1"),
    ],
)
def test_bad_input_is_answered_by_a_sentence(call, sentence):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=sentence):
        call()
