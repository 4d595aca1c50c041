"""Fit the Bass model to data, and say when not to believe the fit (docs/models/fitting.md).

Assumed: everybody who will adopt adopts once, the market does not grow, p and q stay the same, and errors are of equal
size and independent. Data that stop before the peak, or shares without a known origin, do not determine p, q and m:
the fit is returned, with warnings.

Sources: Srinivasan & Mason (1986) for m [F(t) - F(t-1)]; Bass (1969) for the regression; see `bass_curves` and
section 3 of the page for what was seen of them.
"""

import warnings
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError, ParameterWarning
from cocreate_teach.models.bass_curves import EVALUATIONS, NAMES, Search, best_curve, curve
from cocreate_teach.models.fit_results import BassFit, fit_result
from cocreate_teach.models.parameters import Array, Range, read_state

_ADOPTIONS: Final = Range(0, 1e15, unit="adoptions per period")
_TIMES: Final = Range(-1e6, 1e6, unit="time")


def fit_bass(adoptions: ArrayLike, *, method: Literal["cdf_difference", "density"] = "cdf_difference") -> BassFit:
    """Fit p, q and m to adoptions period by period.

    Parameters
    ----------
    adoptions : array (n,)
        First adoptions in periods 1, 2, ... n, starting when nobody had adopted; at least 4 values.
    method : str
        "cdf_difference": a period's adoptions are m [F(t) - F(t-1)], what the model says. "density": m f(t) at
        t = 1 ... n, as some textbooks have it; in effect it moves the origin by half a period.

    Returns
    -------
    BassFit
        Estimates with standard errors, fitted values and cautions.

    Raises
    ------
    ParameterError
        If the data are negative, not numbers, all 0 or too few, if the method is unknown, or no best fit was found.

    Warns
    -----
    ParameterWarning
        One for each of the cautions of the result: few periods, no peak yet, estimates that the data do not determine.

    Examples
    --------
    Video recorders in the US, 1980-1989, in thousands (Cowpertwait & Metcalfe 2009).

    >>> fit = fit_bass([840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890])
    >>> print(fit)
    Bass model: adoptions per period as m [F(t) - F(t-1)], by non-linear least squares
                                          estimate  standard error
    p       innovation, per period        0.008789        0.001776
    q       imitation, per period           0.6422         0.04257
    m       all who will ever adopt         67,660           3,071
    10 observations, residual standard error 724.3 on 7 degrees of freedom
    """
    if method not in ("cdf_difference", "density"):
        raise ParameterError(f'method must be "cdf_difference" or "density"; got {method!r}')
    observed = _series("adoptions", adoptions, _ADOPTIONS, ("p", "q", "m"))
    return _warned(_fitted(method, np.arange(1.0, len(observed) + 1.0), observed, {"origin": 0.0}))


def fit_bass_shares(
    times: ArrayLike,
    shares: ArrayLike,
    *,
    origin: float | Literal["free"],
    ceiling: float | Literal["free"] = 1.0,
) -> BassFit:
    """Fit p and q to cumulative shares at any moments, for example years of a survey.

    Parameters
    ----------
    times : array (n,)
        Increasing; the steps may differ.
    shares : array (n,)
        Share that had adopted by then, 0 to 1.
    origin : float or "free"
        When nobody had adopted, at or before the first time; "free": estimated. p and q depend on it, so it has no
        default.
    ceiling : float or "free"
        Share that will ever adopt (m); "free": estimated, up to 1.

    Returns
    -------
    BassFit
        p and q per unit of time; `m` is the ceiling.

    Raises
    ------
    ParameterError
        If times do not increase, shares lie outside 0 to 1 or do not rise, there are too few of them, or origin or
        ceiling are not possible.

    Warns
    -----
    ParameterWarning
        One for each of the cautions of the result; shares that fall between two times are one of them.

    Examples
    --------
    >>> years, share = [2001, 2004, 2006, 2009, 2011, 2013, 2015, 2019], [0.18, 0.21, 0.29, 0.48, 0.57, 0.78, 0.87, 0.9]
    >>> for origin in (1990, 2000):
    ...     fit = fit_bass_shares(years, share, origin=origin)
    ...     print(f"origin {origin}: p {fit.p:.4f}, q {fit.q:.2f}")
    origin 1990: p 0.0020, q 0.25
    origin 2000: p 0.0344, q 0.19
    """
    free = [name for name, given in (("m", ceiling), ("origin", origin)) if isinstance(given, str) and given == "free"]
    at = _series("times", times, _TIMES)
    observed = _series("shares", shares, Range(0, 1, unit="share"), ("p", "q", *free))
    if len(at) != len(observed):
        raise ParameterError(f"times and shares must have the same length; got {len(at)} and {len(observed)}")
    fixed = {}
    if "m" not in free:
        fixed["m"] = _number("ceiling", ceiling, Range(1e-6, 1, unit="share"))
    if "origin" not in free:
        fixed["origin"] = _number("origin", origin, Range(-1e6, float(at[0]), unit="not after the first time"))
    if (np.diff(at) <= 0).any():
        i = int(np.argmax(np.diff(at) <= 0))
        raise ParameterError(f"times must increase; got {at[i + 1]:g} after {at[i]:g}; sort times and shares together")
    if observed[-1] <= observed[0]:
        raise ParameterError(f"shares must rise from first to last; got {observed[0]:g} and {observed[-1]:g}")
    cautions = []
    falls = np.flatnonzero(np.diff(observed) < 0)
    if len(falls):
        i = falls[0]
        cautions.append(
            f"shares fall, first from {observed[i]:.3g} to {observed[i + 1]:.3g} between {at[i]:g} and {at[i + 1]:g}: "
            "in the model nobody goes back, so falls are treated as errors of measurement"
        )
    return _warned(_fitted("shares", at, observed, fixed, cautions))


def fit_bass_by_ols(adoptions: ArrayLike) -> BassFit:
    """Fit p, q and m by the regression of Bass (1969): to show what it gets wrong.

    Parameters
    ----------
    adoptions : array (n,)
        As in `fit_bass`.

    Returns
    -------
    BassFit
        p or q can be negative. No bootstrap interval.

    Raises
    ------
    ParameterError
        As in `fit_bass`; or if the regression has no finite market.

    Warns
    -----
    ParameterWarning
        As in `fit_bass`, and if p or q is negative.

    Notes
    -----
    Adoptions of a period are regressed on a constant, all earlier adoptions Y and their square: (p + q Y/m)(m - Y), the
    discrete model. Data of the continuous model put through it give other numbers: exact adoptions with p = 0.03 and
    q = 0.38 give 0.0408 and 0.356 in 15 periods (time-interval bias).

    Examples
    --------
    >>> from cocreate_teach.models.bass import BassParameters, bass_share
    >>> exact = np.diff(bass_share(BassParameters(innovation=0.03, imitation=0.38), np.arange(16)))
    >>> biased, right = fit_bass_by_ols(exact), fit_bass(exact)
    >>> f"p {biased.p:.4f} instead of {right.p:.4f}, q {biased.q:.3f} instead of {right.q:.3f}"
    'p 0.0408 instead of 0.0300, q 0.356 instead of 0.380'
    """
    observed = _series("adoptions", adoptions, _ADOPTIONS, ("p", "q", "m"))
    earlier = np.cumsum(observed) - observed
    size = np.sum(observed)
    (a, b, c), *_ = np.linalg.lstsq(np.vander(earlier / size, 3, increasing=True), observed / size)
    if c >= 0 or b**2 - 4 * a * c < 0:
        raise ParameterError(
            f"the regression finds no finite market: its quadratic term is {c:.3g}, and must be negative enough for "
            "adoptions to end; use fit_bass, or wait for data after the peak"
        )
    m = (-b - np.sqrt(b**2 - 4 * a * c)) / (2 * c)  # the root at which adoptions end
    p, q, m = a / m, -c * m, m * size
    slopes = np.stack([m - earlier, earlier * (m - earlier) / m, p + q * (earlier / m) ** 2], axis=-1)
    cautions = [
        f"{name} is negative ({value:.3g}), which is impossible: the regression does not fit these data"
        for name, value in (("p", p), ("q", q))
        if value < 0
    ]
    times = np.arange(1.0, len(observed) + 1.0)
    values = (p + q * earlier / m) * (m - earlier)
    found = Search(theta=np.array([p, q, m, 0.0]), free=(0, 1, 2), bound=(), error=0.0, has_converged=True)
    return _warned(fit_result("ols", times, observed, values, slopes, found, cautions))


def _series(name: str, given: ArrayLike, allowed: Range, estimated: tuple[str, ...] = ()) -> Array:
    """Return one series, long enough for what is to be estimated and not all 0."""
    series = read_state(name, given, allowed)
    if series.ndim != 1:
        raise ParameterError(f"{name} must be one series of numbers; got shape {series.shape}; fit one at a time")
    if estimated and len(series) <= len(estimated):
        raise ParameterError(
            f"{name} must have at least {len(estimated) + 1} values to estimate {', '.join(estimated)}; "
            f"got {len(series)}; wait for more data"
        )
    if estimated and not series.any():
        raise ParameterError(f"{name} must not all be 0; got {len(series)} zeros")
    return series


def _number(name: str, given: ArrayLike, allowed: Range) -> float:
    value = read_state(name, given, allowed)
    if value.ndim:
        raise ParameterError(f'{name} must be one number {allowed} or "free"; got shape {value.shape}')
    return float(value)


def _fitted(
    method: str, times: Array, observed: Array, fixed: Mapping[str, float], cautions: Sequence[str] = ()
) -> BassFit:
    search = best_curve(method, times, observed, fixed)
    if not search.has_converged:
        raise ParameterError(
            f"no best fit was found after {EVALUATIONS} steps: the data do not determine "
            f"{', '.join(NAMES[i] for i in search.free)}; look for a typing error, or give origin and ceiling"
        )
    values, slopes = curve(method, times, search.theta)
    return fit_result(method, times, observed, values, slopes, search, cautions)


def _warned(fit: BassFit) -> BassFit:
    """Warn the caller of the public function that calls this."""
    for sentence in fit.cautions:
        warnings.warn(sentence, ParameterWarning, stacklevel=3)
    return fit
