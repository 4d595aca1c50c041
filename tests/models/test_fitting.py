"""Fitting the Bass model: exact data, published fits, what the data do not determine, and sentences that say so."""

import re
import tomllib
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize

from cocreate_teach.errors import ParameterError, ParameterWarning
from cocreate_teach.models import bass_curves, fit_results
from cocreate_teach.models.bass import BassParameters, bass_density, bass_peak_time, bass_share
from cocreate_teach.models.bass_curves import best_curve, curve, imitation_for
from cocreate_teach.models.fit_results import BassFit
from cocreate_teach.models.fitting import fit_bass, fit_bass_by_ols, fit_bass_shares

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "models" / "fitting.md").read_text(encoding="utf-8")


def reference(name):
    return tomllib.loads((ROOT / "tests" / "references" / f"{name}.toml").read_text(encoding="utf-8"))


SERIES = {series["name"]: np.array(series["adoptions"], float) for series in reference("diffusion_series")["series"]}
FITS = reference("bass_nls_fits")
OBSERVED = reference("diffusion_series")["physicians"]
KEPT = [i for i, year in enumerate(OBSERVED["years"]) if year not in OBSERVED["carried_over"]]
YEARS = np.array(OBSERVED["years"], float)[KEPT]
SHARES = np.array(OBSERVED["any_record_percent"], float)[KEPT] / 100
VCR = SERIES["vcr_us"]
METHODS = ("cdf_difference", "density")
INNOVATION = st.floats(np.log(0.001), np.log(0.1)).map(np.exp)
IMITATION = st.floats(0.1, 0.9)
MARKET = st.floats(0, 6).map(lambda power: 10**power)


def quietly(fit, *args, **kwargs):
    """Fit without the warnings, which are tested by themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ParameterWarning)
        return fit(*args, **kwargs)


def exact(p, q, m, periods, method="cdf_difference"):
    """Return adoptions of the continuous model, from the model's own closed forms."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ParameterWarning)
        parameters = BassParameters(innovation=p, imitation=q)
    if method == "density":
        return m * bass_density(parameters, np.arange(1, periods + 1))
    return m * np.diff(bass_share(parameters, np.arange(periods + 1)))


def long_enough(p, q):
    return int(np.ceil(2 * max(np.log(q / p) / (p + q), 0) + 5))


def estimates(fit):
    return np.array([fit.p, fit.q, fit.m])


# exact data


@given(INNOVATION, IMITATION, MARKET, st.sampled_from(METHODS))
@settings(max_examples=40)
def test_exact_adoptions_give_back_what_made_them(p, q, m, method):
    """No noise, data past the peak: p, q and m to better than 1e-6, in fact to rounding."""
    fit = quietly(fit_bass, exact(p, q, m, long_enough(p, q), method), method=method)
    assert estimates(fit) == pytest.approx([p, q, m], rel=1e-8)
    assert fit.residual_standard_error == pytest.approx(0, abs=1e-8 * m)


@pytest.mark.parametrize("product", reference("van_den_bulte")["products"], ids=lambda product: product["name"])
def test_published_averages_are_recovered_from_the_curves_they_describe(product):
    """From hybrid corn (p = 1e-8) to instant cameras (q = 5e-5): nothing in between gets lost."""
    p, q = product["p"], product["q"]
    fit = quietly(fit_bass, exact(p, q, 1, max(long_enough(p, q), int(5 / (p + q)))))
    assert (fit.p, fit.q) == pytest.approx((p, q), rel=1e-6)


@given(INNOVATION, IMITATION, st.floats(0.4, 0.95), st.booleans(), st.integers(0, 10**6))
@settings(max_examples=40)
def test_exact_shares_at_unequal_times_give_back_what_made_them(p, q, ceiling, is_free, seed):
    """Years of a survey with gaps, a known origin, and a ceiling that is known or not."""
    rng = np.random.default_rng(seed)
    times = 1990 + np.sort(rng.choice(np.arange(1, long_enough(p, q) + 8), 9, replace=False)).astype(float)
    shares = ceiling * bass_share(BassParameters(innovation=p, imitation=q), times - 1990)
    last = ceiling * bass_share(BassParameters(innovation=p, imitation=q), [200.0])
    times, shares = np.append(times, 2190.0), np.append(shares, last)  # the ceiling has been reached
    fit = quietly(fit_bass_shares, times, shares, origin=1990, ceiling="free" if is_free else ceiling)
    assert estimates(fit) == pytest.approx([p, q, ceiling], rel=1e-6)
    assert fit.origin == 1990


@pytest.mark.parametrize("origin", [1995.0, 1999.5, 2000.0])
def test_a_free_origin_is_found_in_exact_data(origin):
    """Without noise the origin is determined; with noise it hardly ever is."""
    times = np.array([2000.0, 2001, 2003, 2004, 2007, 2008, 2011, 2015, 2016, 2020, 2024])
    shares = 0.8 * bass_share(BassParameters(innovation=0.01, imitation=0.3), times - origin)
    fit = quietly(fit_bass_shares, times, shares, origin="free", ceiling="free")
    assert (fit.p, fit.q, fit.m) == pytest.approx((0.01, 0.3, 0.8), rel=1e-5)
    assert fit.origin == pytest.approx(origin, abs=1e-3)


@given(INNOVATION, IMITATION, st.floats(1, 30), st.floats(1990, 1999))
def test_the_fitted_curves_are_those_of_the_model(p, q, time, origin):
    """Written apart from bass_share and bass_density, and equal to them."""
    parameters = BassParameters(innovation=p, imitation=q)
    theta, times = np.array([p, q, 7.0, origin]), origin + np.array([time, time + 1])
    shares = bass_share(parameters, times - origin)
    assert curve("shares", times, theta)[0] == pytest.approx(7 * shares, rel=1e-9)
    assert curve("density", times, theta)[0] == pytest.approx(7 * bass_density(parameters, times - origin), rel=1e-9)
    assert curve("cdf_difference", times, theta)[0][1] == pytest.approx(7 * (shares[1] - shares[0]), rel=1e-6)


@pytest.mark.parametrize("method", ["cdf_difference", "density", "shares"])
def test_slopes_are_derivatives(method):
    """Standard errors rest on them."""
    theta, times = np.array([0.02, 0.3, 50.0, -2.0]), np.arange(1.0, 12.0)
    for i, step in enumerate([1e-6, 1e-6, 1e-3, 1e-5]):
        change = step * (np.arange(4) == i)
        numeric = (curve(method, times, theta + change)[0] - curve(method, times, theta - change)[0]) / (2 * step)
        assert curve(method, times, theta)[1][:, i] == pytest.approx(numeric, rel=1e-6, abs=1e-8)


# real data and publications


def test_the_published_fit_of_video_recorders_is_reproduced():
    """Every digit that is printed: estimates, standard errors, residual standard error, degrees of freedom."""
    (published,) = FITS["fits"]
    fit = fit_bass(SERIES[published["series"]], method=published["method"])
    for name in ("p", "q", "m", "residual_standard_error"):
        assert float(f"{getattr(fit, name):.3g}") == published[name]
    for name, error in published["standard_errors"].items():
        assert float(f"{fit.standard_errors[name]:.3g}") == error
    assert fit.degrees_of_freedom == published["degrees_of_freedom"]


@pytest.mark.parametrize("check", FITS["checks"], ids=lambda check: f"{check['series']}-{check['method']}")
def test_another_programme_finds_the_same_best_fit(check):
    """An independent regression check: Nelder-Mead from 25 starts, frozen; no publication."""
    fit = quietly(fit_bass, SERIES[check["series"]], method=check["method"])
    for name in ("p", "q", "m", "residual_standard_error"):
        assert getattr(fit, name) == pytest.approx(check[name], rel=6e-5)


def test_recalled_values_are_marked_as_such():
    """What is only remembered has no place in the page, except as a remark."""
    assert {entry["status"] for entry in FITS["recalled"]} == {"unverified"}
    assert {entry["status"] for entry in FITS["fits"] + FITS["regressions"]} == {"published"}
    assert reference("bass1969")["m_status"] == "unverified"


@given(st.lists(st.floats(0.1, 10), min_size=6, max_size=12), st.sampled_from(METHODS), st.integers(0, 10**6))
@settings(max_examples=10)
def test_no_other_start_leads_to_a_better_curve(adoptions, method, seed):
    """Any data, however wild: a simplex search from a random start never beats the fit."""
    observed, times = np.array(adoptions), np.arange(1.0, len(adoptions) + 1)
    found = best_curve(method, times, observed, {"origin": 0.0})

    def error(x):
        theta = np.array([np.exp(np.clip(x[0], -27.6, 0)), np.clip(x[1], 0, 3), 1.0, 0.0])
        unit = curve(method, times, theta)[0]
        m = np.clip(unit @ observed / (unit @ unit), 0, 100 * observed.sum())
        return np.sum((m * unit - observed) ** 2)

    start = np.random.default_rng(seed).uniform([-7, 0.05], [-2, 1.0])
    other = minimize(error, start, method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12, "maxiter": 500})
    assert np.sum((curve(method, times, found.theta)[0] - observed) ** 2) <= other.fun * (1 + 1e-6) + 1e-9


@given(st.floats(-6, 6), st.sampled_from(sorted(SERIES)))
@settings(max_examples=20)
def test_units_do_not_matter(power, name):
    """Thousands or millions: m follows the unit, p and q stay."""
    fit, scaled = (quietly(fit_bass, SERIES[name] * factor) for factor in (1, 10**power))
    assert (scaled.p, scaled.q) == pytest.approx((fit.p, fit.q), rel=1e-5)
    assert scaled.m == pytest.approx(fit.m * 10**power, rel=1e-5)


def test_standard_errors_are_those_of_the_curvature():
    """Residual variance times the inverse of the cross-products of the slopes, here by differences."""
    fit = fit_bass(VCR)
    theta, times = np.array([fit.p, fit.q, fit.m, 0.0]), np.arange(1.0, 11)
    steps = theta[:3] * 1e-5
    columns = [
        (curve("cdf_difference", times, theta + d)[0] - curve("cdf_difference", times, theta - d)[0]) / (2 * d.sum())
        for d in np.eye(4)[:3] * steps[:, None]
    ]
    slopes = np.stack(columns, axis=-1)
    error = np.sqrt(np.sum((VCR - fit.fitted) ** 2) / 7)
    covariance = error**2 * np.linalg.inv(slopes.T @ slopes)
    assert fit.residual_standard_error == pytest.approx(error)
    assert list(fit.standard_errors.values()) == pytest.approx(np.sqrt(np.diag(covariance)), rel=1e-5)
    assert fit.correlation == pytest.approx(covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]), rel=1e-5)
    assert fit.fitted + fit.residuals == pytest.approx(VCR)
    assert fit.fitted == pytest.approx(exact(fit.p, fit.q, fit.m, 10))


def test_the_density_form_moves_the_origin_by_half_a_period():
    """M f(t) at the end of a period is nearly what happens in the period around it: t - 1/2 would be the middle."""
    for adoptions in SERIES.values():
        difference, density = (quietly(fit_bass, adoptions, method=method) for method in METHODS)
        later = bass_peak_time(density.parameters) - bass_peak_time(difference.parameters)
        assert later == pytest.approx(0.5, abs=0.01)
        assert density.p < difference.p


# the regression of 1969


def test_the_published_regression_is_reproduced():
    """Eight digits of an exercise."""
    (published,) = FITS["regressions"]
    fit = quietly(fit_bass_by_ols, published["adoptions"])
    assert estimates(fit) == pytest.approx([published[name] for name in "pqm"], rel=1e-7)


def test_the_regression_is_biased_on_exact_data():
    """P = .03, q = .38, m = 1 in 15 periods: .0408, .356, .985."""
    fit = fit_bass_by_ols(exact(0.03, 0.38, 1, 15))
    assert estimates(fit) == pytest.approx([0.0408, 0.3564, 0.9852], abs=5e-5)


@pytest.mark.parametrize("product", reference("bass1969")["products"], ids=lambda product: product["name"])
def test_for_all_products_of_1969_the_regression_overstates_innovation(product):
    """On exact curves with the eleven pairs of Table 3, up to twice the peak: p too high, q and m too low."""
    p, q, m = product["p"], product["q"], product["m"]
    adoptions = exact(p, q, m, int(np.ceil(2 * np.log(q / p) / (p + q))))
    fit = fit_bass_by_ols(adoptions)
    assert fit.p > 1.1 * p
    assert fit.q < 0.995 * q
    assert fit.m < 0.995 * m
    assert estimates(fit_bass(adoptions)) == pytest.approx([p, q, m], rel=1e-8)


def test_standard_errors_of_the_regression_are_those_of_its_coefficients():
    """Slopes by differences; the fitted values are those of numpy's own polynomial."""
    fit = fit_bass_by_ols(VCR)
    earlier = np.cumsum(VCR) - VCR
    assert fit.fitted == pytest.approx(np.polyval(np.polyfit(earlier, VCR, 2), earlier))

    def adopted(p, q, m):
        return (p + q * earlier / m) * (m - earlier)

    values, slopes = estimates(fit), []
    for i in range(3):
        step = np.eye(3)[i] * values * 1e-6
        slopes.append((adopted(*(values + step)) - adopted(*(values - step))) / (2 * step.sum()))
    covariance = np.linalg.inv(np.array(slopes) @ np.array(slopes).T) * np.sum(fit.residuals**2) / 7
    assert list(fit.standard_errors.values()) == pytest.approx(np.sqrt(np.diag(covariance)), rel=1e-4)


def test_the_regression_can_give_an_impossible_innovation():
    """Ultrasound: p below 0, which no model can use; the least-squares fit has none of that."""
    with pytest.warns(ParameterWarning) as caught:
        fit = fit_bass_by_ols(SERIES["ultrasound"])
    assert fit.p < 0
    assert str(caught[0].message).startswith("p is negative (-0.00143), which is impossible")
    with pytest.raises(ParameterError, match="innovation must be between 0 and 1"):
        _ = fit.parameters
    assert fit_bass(SERIES["ultrasound"]).p > 0


# physicians: the origin


@cache
def origin_fits():
    return {origin: quietly(fit_bass_shares, YEARS, SHARES, origin=origin) for origin in ORIGINS}


ORIGINS = (1970, 1980, 1985, 1990, 1995, 1998, 2000, 2001, "free")


def test_physicians_have_17_observations_without_the_year_carried_over():
    """2016 repeats 2015."""
    assert len(YEARS) == 17
    assert 2016 not in YEARS
    years, shares = OBSERVED["years"], OBSERVED["any_record_percent"]
    assert shares[years.index(2016)] == shares[years.index(2015)]


def test_p_and_q_depend_on_the_origin_assumed():
    """Each later origin gives a larger p and a smaller q; over 30 years p changes by a factor of almost 5,000."""
    fits = [fit for origin, fit in origin_fits().items() if origin != "free"]
    assert (np.diff([fit.p for fit in fits]) > 0).all()
    assert (np.diff([fit.q for fit in fits]) < 0).all()
    assert fits[-1].p / fits[0].p > 4500
    assert fits[0].q / fits[-1].q > 1.35


def test_the_data_hardly_tell_early_origins_apart():
    """1970 to 1990: residual standard errors within 1 %, p 200 times as large; the year of the peak is the same."""
    early = [fit for origin, fit in origin_fits().items() if origin != "free" and origin <= 1990]
    errors = [fit.residual_standard_error for fit in early]
    assert max(errors) / min(errors) < 1.01
    assert max(fit.p for fit in early) / min(fit.p for fit in early) > 200
    peaks = [float(fit.origin + bass_peak_time(fit.parameters)) for fit in early]
    assert max(peaks) - min(peaks) < 0.1


def test_a_free_origin_runs_away():
    """There is no best origin: the earlier, the better, and the search says that it gave up."""
    fit = quietly(fit_bass_shares, YEARS, SHARES, origin="free")
    assert any("no origin fits best" in sentence for sentence in fit.cautions)
    assert fit.origin == YEARS[0] - 2 * (YEARS[-1] - YEARS[0])
    assert np.isnan(fit.standard_errors["origin"])
    assert list(fit.standard_errors) == ["p", "q", "origin"]


def test_data_up_to_2008_show_no_imitation_from_one_origin_and_some_from_another():
    """Origin 2000: q = 0. Origin 1990: .18. The years that followed lay above both."""
    early = YEARS <= 2008
    late, soon = (quietly(fit_bass_shares, YEARS[early], SHARES[early], origin=origin) for origin in (2000, 1990))
    assert late.q == 0
    assert soon.q == pytest.approx(0.183, abs=5e-4)
    forecasts = [bass_share(fit.parameters, 2014 - fit.origin) for fit in (late, soon)]
    assert forecasts == pytest.approx([0.582, 0.673], abs=2e-3)
    assert max(forecasts) < SHARES[YEARS == 2014][0]


# what the data do not determine


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: fit_bass(VCR[:7]), "only 7 observations: with fewer than 8 the estimates hang on single values"),
        (lambda: fit_bass(VCR[:5]), "the data stop before the peak .last time 5, fitted peak at 12.5.: m is hardly"),
        (lambda: fit_bass(VCR[:5]), r"m ended at the edge of the search .1,601,000.: the data do not say how many"),
        (lambda: fit_bass(SERIES["accelerated_program"]), "p is not determined: its standard error .0.0008734. is at"),
        (lambda: fit_bass([3, 1, 3, 1, 3, 1, 3, 1]), "q ended at the edge of the search .0.: the data show no imit"),
        (lambda: fit_bass([0, 0, 0, 0, 0, 0, 0, 1]), "p ended at the edge of the search .1e-12.: nobody seems to"),
        (lambda: fit_bass_shares(YEARS, SHARES, origin=1970), r"p and q cannot be told apart .correlation -0.995."),
        (lambda: fit_bass_shares(YEARS, SHARES, origin=1990), "shares fall, first from 0.869 to 0.859 between 2015"),
        (lambda: fit_bass_by_ols(VCR[:7]), "only 7 observations"),
    ],
)
def test_a_caution_says_what_is_not_determined(call, sentence):
    """As a warning that points at the line of the caller, and in the result."""
    with pytest.warns(ParameterWarning) as caught:
        fit = call()
    matching = [warning for warning in caught if re.search(sentence, str(warning.message))]
    assert len(matching) == 1
    assert matching[0].filename == __file__
    assert tuple(str(warning.message) for warning in caught) == fit.cautions
    assert f"Caution: {fit.cautions[0]}" in str(fit)


@pytest.mark.parametrize("name", [name for name in SERIES if name != "accelerated_program"])
def test_complete_series_need_no_caution(name):
    """A warning that always comes is not read."""
    for method in METHODS:
        assert fit_bass(SERIES[name], method=method).cautions == ()


@given(INNOVATION, IMITATION, st.integers(8, 30))
@settings(max_examples=15)
def test_data_before_the_peak_are_always_cautioned(p, q, periods):
    """Even exact ones: next year's data have noise."""
    fit = quietly(fit_bass, exact(p, q, 100, periods))
    assert any("before the peak" in sentence for sentence in fit.cautions) == (
        np.log(q / p) / (p + q) > periods or np.argmax(exact(p, q, 100, periods)) == periods - 1
    )


def test_before_the_peak_the_market_changes_with_every_year():
    """Video recorders, 4 to 10 years: from 842,000 through 1,601,000 to 68,000 (thousand)."""
    markets = [quietly(fit_bass, VCR[:years]).m for years in (4, 5, 6, 10)]
    assert markets == pytest.approx([842_000, 1_601_000, 78_045, 67_660], rel=1e-4)


# bad input


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fit_bass([1, 2, -3, 4]), r"adoptions must be between 0 and 1e\+15 .*; got -3 at position \(2,\)"),
        (lambda: fit_bass([1, 2, np.nan, 4]), r"adoptions must be between 0 .*; got nan at position \(2,\)"),
        (lambda: fit_bass(["a", "b", "c", "d"]), "adoptions must be a number between 0 and"),
        (lambda: fit_bass([1, 2]), "adoptions must have at least 4 values to estimate p, q, m; got 2; wait for more"),
        (lambda: fit_bass([1, 2, 3]), "at least 4 values to estimate p, q, m; got 3"),
        (lambda: fit_bass([0, 0, 0, 0]), "adoptions must not all be 0; got 4 zeros"),
        (lambda: fit_bass([[1, 2, 3, 4]]), r"must be one series of numbers; got shape \(1, 4\); fit one at a time"),
        (lambda: fit_bass(VCR, method="ols"), 'method must be "cdf_difference" or "density"; got \'ols\''),
        (lambda: fit_bass_by_ols([1, 1, 2, 5, 13, 40]), "the regression finds no finite market: its quadratic term"),
        (lambda: fit_bass_by_ols([1, 2]), "at least 4 values to estimate p, q, m; got 2"),
        (lambda: fit_bass_shares([1, 2, 3], [0.1, 0.2, 1.3], origin=0), r"between 0 and 1 .share.; got 1.3 at pos"),
        (lambda: fit_bass_shares([1, 2, 2], [0.1, 0.2, 0.3], origin=0), "times must increase; got 2 after 2; sort"),
        (lambda: fit_bass_shares([1, 3, 2], [0.1, 0.2, 0.3], origin=0), "times must increase; got 2 after 3"),
        (lambda: fit_bass_shares([1, 2], [0.1, 0.2, 0.3], origin=0), "must have the same length; got 2 and 3"),
        (lambda: fit_bass_shares([], [0.1, 0.2, 0.3], origin=0), "must have the same length; got 0 and 3"),
        (lambda: fit_bass_shares([1, 2, 3], [0.3, 0.2, 0.3], origin=0), "must rise from first to last; got 0.3 and"),
        (lambda: fit_bass_shares([1, 2], [0.1, 0.2], origin=0), "at least 3 values to estimate p, q; got 2"),
        (lambda: fit_bass_shares([1, 2, 3], [0.1, 0.2, 0.3], origin="free"), "at least 4 .* estimate p, q, origin"),
        (lambda: fit_bass_shares([1, 2, 3], [0.1, 0.2, 0.3], origin=1.5), "origin must be .* 1 .not after the first"),
        (lambda: fit_bass_shares([1, 2, 3], [0.1, 0.2, 0.3], origin="early"), "origin must be a number .*'early'"),
        (lambda: fit_bass_shares([1, 2, 3], [0.1, 0.2, 0.3], origin=0, ceiling=80), "ceiling must be .* got 80"),
        (lambda: fit_bass_shares([1, 2, 3], [0.1, 0.2, 0.3], origin=0, ceiling=[1, 1]), "ceiling must be one num"),
        (lambda: fit_bass_by_ols(VCR).bootstrap_interval(rng=np.random.default_rng(1)), "by ols; use fit_bass"),
        (lambda: fit_bass(VCR).bootstrap_interval(rng=1), "rng must be a random generator of numpy; got 1"),
        (lambda: fit_bass(VCR).bootstrap_interval(rng=np.random.default_rng(1), draws=10), "whole number between 50"),
        (lambda: fit_bass(VCR).bootstrap_interval(rng=np.random.default_rng(1), level=95), "level must be .* got 95"),
        (lambda: imitation_for(0, 10, 0.01), "share must be between 1e-09 and 1"),
        (lambda: imitation_for([0.5, 0.01], 10, 0.05), "share must be at least 0.3935, which innovation 0.05 alone"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message) as error:
        quietly(call)
    assert len(error.value.faults) == 1


def test_a_search_that_does_not_end_says_so(monkeypatch):
    """Not the first number that comes along."""
    real = bass_curves.EVALUATIONS
    monkeypatch.setattr(bass_curves, "EVALUATIONS", 1)
    with pytest.raises(ParameterError, match=f"no best fit was found after {real} steps"):
        fit_bass(VCR)


# bootstrap


@pytest.fixture(scope="module")
def interval():
    return fit_bass(VCR).bootstrap_interval(rng=np.random.default_rng(1), draws=100)


def test_the_same_seed_gives_the_same_interval(interval):
    """And another seed another one."""
    fit = fit_bass(VCR)
    assert fit.bootstrap_interval(rng=np.random.default_rng(1), draws=100) == interval
    assert fit.bootstrap_interval(rng=np.random.default_rng(2), draws=100) != interval


def test_the_interval_holds_the_estimate_and_is_about_as_wide_as_standard_errors_say(interval):
    """95 %: about four standard errors, for a series as regular as this one."""
    fit = fit_bass(VCR)
    assert list(interval) == ["p", "q", "m"]
    for name, (low, high) in interval.items():
        assert low < getattr(fit, name) < high
        assert high - low == pytest.approx(4 * fit.standard_errors[name], rel=0.25)


def test_a_lower_level_gives_a_narrower_interval(interval):
    """The same draws, fewer of them inside."""
    narrow = fit_bass(VCR).bootstrap_interval(rng=np.random.default_rng(1), draws=100, level=0.5)
    for name, (low, high) in interval.items():
        assert low < narrow[name][0] < narrow[name][1] < high


def test_what_was_given_is_not_drawn():
    """A known origin and a known ceiling have no interval; a free one has."""
    rng = np.random.default_rng(1)
    known = quietly(fit_bass_shares, YEARS, SHARES, origin=1990)
    assert list(known.bootstrap_interval(rng=rng, draws=50)) == ["p", "q"]
    free = quietly(fit_bass_shares, YEARS, SHARES, origin="free", ceiling="free")
    assert list(free.bootstrap_interval(rng=rng, draws=50)) == ["p", "q", "m", "origin"]


def test_a_long_run_reports_and_stops():
    """Sixty draws of the hundred: the interval is that of the sixty."""
    seen = []

    def until_sixty(done, total):
        seen.append((done, total))
        return done < 60

    fit = fit_bass(VCR)
    stopped = fit.bootstrap_interval(rng=np.random.default_rng(3), draws=100, progress=until_sixty)
    assert seen == [(done, 100) for done in range(1, 61)]
    assert stopped == fit.bootstrap_interval(rng=np.random.default_rng(3), draws=60)


def test_residuals_are_centred_and_enlarged_before_they_are_shuffled(monkeypatch):
    """A fitted curve passes closer to the data than the true one: without the root of n/(n - k) they are narrow."""
    fit = quietly(fit_bass_shares, YEARS, SHARES, origin=2000)
    assert abs(np.mean(fit.residuals)) > 1e-3
    drawn = []
    real = fit_results.curve_from

    def recorded(start, method, times, observed, *rest):
        drawn.append(observed - fit.fitted)
        return real(start, method, times, observed, *rest)

    monkeypatch.setattr(fit_results, "curve_from", recorded)
    fit.bootstrap_interval(rng=np.random.default_rng(1), draws=50)
    expected = np.sort(fit.residuals - np.mean(fit.residuals)) * np.sqrt(17 / 15)
    assert np.unique(np.round(drawn, 12)) == pytest.approx(expected, abs=1e-11)


@pytest.mark.slow
def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    """100 series of 15 periods, noise 3 % of the peak, 95 % intervals: binomial sd 2.2, and a bit less for few data."""
    truth, rng = {"p": 0.02, "q": 0.4, "m": 1000.0}, np.random.default_rng(20)
    adoptions = exact(**truth, periods=15)
    noise = 0.03 * adoptions.max()
    inside = dict.fromkeys(truth, 0)
    for _ in range(100):
        drawn = np.maximum(adoptions + noise * rng.standard_normal(15), 0)
        found = quietly(fit_bass, drawn).bootstrap_interval(rng=rng, draws=100)
        for name, value in truth.items():
            inside[name] += found[name][0] <= value <= found[name][1]
    assert min(inside.values()) >= 85
    assert max(inside.values()) <= 100


# through one point


@given(st.floats(0.05, 0.95), st.floats(1, 50), st.floats(1e-4, 0.2))
def test_imitation_for_gives_a_curve_through_the_point(share, time, p):
    """The share comes back; without enough room for imitation the share is refused."""
    least = -np.expm1(-p * time)
    if share < least:
        with pytest.raises(ParameterError, match="use a smaller innovation"):
            imitation_for(share, time, p)
        return
    q = float(imitation_for(share, time, p))
    if q > 3:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ParameterWarning)
        parameters = BassParameters(innovation=p, imitation=q)
    assert bass_share(parameters, time) == pytest.approx(share, rel=1e-7)
    assert curve("shares", np.array([time]), np.array([p, q, 1.0, 0.0]))[0] == pytest.approx([share], rel=1e-7)


def test_imitation_for_agrees_with_a_search_for_the_root():
    """Lambert's function against brentq."""
    for p in (0.0005, 0.005, 0.02):
        root = brentq(lambda q, p=p: bass_share(BassParameters(innovation=p, imitation=q), 24) - 0.473, 0, 0.9)
        assert imitation_for(0.473, 24, p) == pytest.approx(root, abs=1e-9)


def test_more_innovation_leaves_room_for_less_imitation():
    """One share is one number: it leaves a curve of pairs, which disagree about the future."""
    innovation = np.array([0.0001, 0.001, 0.005, 0.01, 0.02])
    imitation = imitation_for(0.473, 24, innovation)
    assert (np.diff(imitation) < 0).all()
    later = bass_share(BassParameters(innovation=innovation, imitation=imitation), 34)
    assert later.max() - later.min() > 0.25
    assert imitation_for(np.full((2, 1), 0.473), 24, innovation).shape == (2, 5)
    assert imitation_for(-np.expm1(-0.24), 24, 0.01) == pytest.approx(0, abs=1e-9)


# the result and the page


def test_a_result_prints_as_a_table():
    """What was given is told apart from what was estimated; the docstring of fit_bass shows the other kind."""
    lines = str(quietly(fit_bass_shares, YEARS, SHARES, origin="free")).splitlines()
    assert lines[0] == "Bass model: cumulative shares as m F(t - origin), by non-linear least squares"
    assert lines[4].split() == ["m", "all", "who", "will", "ever", "adopt", "1", "given"]
    assert lines[5].split() == ["origin", "when", "nobody", "had", "adopted", "1961", "at", "an", "edge"]
    assert lines[6] == "17 observations, residual standard error 0.04381 on 14 degrees of freedom"


def test_parameters_go_into_the_other_functions():
    """Under the names of the model."""
    fit = fit_bass(VCR)
    assert isinstance(fit, BassFit)
    assert (fit.parameters.innovation, fit.parameters.imitation) == (fit.p, fit.q)


def cell(value, error):
    return f"{value:,.4g} ({error:.2g})" if abs(value) < 1000 else f"{value:,.0f} ({error:,.0f})"


def fits_table():
    """Return the table of all fits as it must stand in the page."""
    published = {(entry["series"], entry["method"]): entry for entry in FITS["fits"]}
    checks = {(entry["series"], entry["method"]): entry for entry in FITS["checks"]}
    lines = [
        "| series (periods) | method | p (s.e.) | q (s.e.) | m (s.e.) | residual s.e. | compared with | difference |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, adoptions in SERIES.items():
        for method in (*METHODS, "ols"):
            fit = (
                quietly(fit_bass_by_ols, adoptions) if method == "ols" else quietly(fit_bass, adoptions, method=method)
            )
            other, source = published.get((name, method)), "published fit, 3 digits"
            if other is None:
                other, source = checks.get((name, method)), "independent check"
            gaps = [100 * (getattr(fit, key) / other[key] - 1) for key in "pqm"] if other else []
            told = ", ".join(f"{gap:+.2f} %" for gap in gaps) if source.startswith("pub") else "less than 0.01 % each"
            assert method == "ols" or source.startswith("pub") or max(np.abs(gaps)) < 0.01
            values = " | ".join(cell(getattr(fit, key), error) for key, error in fit.standard_errors.items())
            lines.append(
                f"| {name.replace('_', ' ')} ({len(adoptions)}) | {method.replace('_', ' ')} | {values} | "
                f"{fit.residual_standard_error:,.4g} | "
                + (f"{source} | {told} |" if other else "nothing seen (biased) | |")
            )
    return "\n".join(lines)


def origins_table():
    """Return the table of origins as it must stand in the page."""
    lines = [
        "| origin | p | q | residual s.e. | year of the peak | correlation of p and q |",
        "|---|---|---|---|---|---|",
    ]
    for origin, fit in origin_fits().items():
        peak = float(fit.origin + bass_peak_time(fit.parameters))
        told = f"free: ends at {fit.origin:.0f}, the edge" if origin == "free" else origin
        lines.append(
            f"| {told} | {fit.p:.2g} | {fit.q:.3f} | {fit.residual_standard_error:.4f} | {peak:.1f} | "
            f"{fit.correlation:.3f} |"
        )
    return "\n".join(lines)


@pytest.mark.parametrize("table", [fits_table, origins_table])
def test_the_tables_of_the_page_are_computed(table):
    """If this fails, put what it prints into docs/models/fitting.md."""
    expected = table()
    assert expected in PAGE, f"docs/models/fitting.md must contain\n\n{expected}\n"
