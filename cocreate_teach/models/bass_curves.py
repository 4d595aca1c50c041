"""Curves of the Bass model: through data, the best of them, and through one point, all (docs/models/fitting.md).

Three curves of the closed form (18): adoptions of a period as a difference, m [F(t) - F(t-1)] (Srinivasan & Mason
1986); adoptions of a period as a density, m f(t) (the form of many textbooks); cumulative shares, m F(t - origin).
Best means: smallest sum of squared residuals. That assumes errors of equal size in all periods, independent of each
other; adoption data rarely are like that.

Source: Srinivasan, V. & Mason, C. H. (1986), Nonlinear least squares estimation of new product diffusion models,
Marketing Science 5(2), 169-178 (method as cited in the source code of the R package diffusion; the paper not seen).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Array, Range, read_state

NAMES: Final = ("p", "q", "m", "origin")
LARGEST_MULTIPLE: Final = 100.0  # the search for m ends at so many times what has been observed
EARLIEST_SPAN: Final = 2.0  # the search for an origin goes back so many times the years observed
EVALUATIONS: Final = 500  # of the curve, before a search is given up


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Search:
    """Where a search for the best curve ended.

    Parameters
    ----------
    theta : array (4,)
        p, q, m, origin.
    free : tuple of int
        Places in `theta` that were searched for.
    bound : tuple of int
        Those of them that ended at the edge of what is searched.
    error : float
        Half the sum of squared residuals, as shares of the largest observation.
    has_converged : bool
        Whether the search ended by itself.
    """

    theta: Array
    free: tuple[int, ...]
    bound: tuple[int, ...]
    error: float
    has_converged: bool


def curve(method: str, times: Array, theta: Array) -> tuple[Array, Array]:
    """Return a curve and its slopes with respect to p, q, m and origin.

    Parameters
    ----------
    method : str
        "cdf_difference", "density" or "shares".
    times : array (n,)
        Ends of the periods, or moments; none before the origin.
    theta : array (..., 4)
        p > 0, q, m, origin.

    Returns
    -------
    tuple of array
        Values (..., n) and slopes (..., n, 4).
    """
    p, q, m, origin = (theta[..., i, np.newaxis] for i in range(4))
    parts = _shape(method, p, q, times - origin)
    if method == "cdf_difference":
        parts = parts - _shape(method, p, q, times - 1.0 - origin)
    unit, by_p, by_q, by_time = parts
    return m * unit, np.stack([m * by_p, m * by_q, unit, -m * by_time], axis=-1)


def _shape(method: str, p: Array, q: Array, t: Array) -> Array:
    """Return F(t), or f(t) for the method "density", eq. (18), and its slopes by p, q and t; (4, ..., n)."""
    s = p + q
    left, gone = np.exp(-s * t), -np.expm1(-s * t)
    below, below_by_p, below_by_q = p + q * left, 1.0 - q * t * left, left * (1.0 - q * t)
    share, density = p * gone / below, p * s**2 * left / below**2
    if method == "density":
        by_p = density * (1.0 / p + 2.0 / s - t - 2.0 * below_by_p / below)
        by_q = density * (2.0 / s - t - 2.0 * below_by_q / below)
        return np.stack([density, by_p, by_q, density * s * (2.0 * q * left / below - 1.0)])
    by_p = (gone + p * t * left - share * below_by_p) / below
    by_q = (p * t * left - share * below_by_q) / below
    return np.stack([share, by_p, by_q, density])


def imitation_for(share: ArrayLike, time: ArrayLike, innovation: ArrayLike) -> Array:
    """Return the imitation with which a share has adopted by a time: one number gives a curve of p and q, not a point.

    Parameters
    ----------
    share : float or array
        Share that has adopted, above 0 and below 1.
    time : float or array
        Periods since nobody had adopted, above 0; broadcasts.
    innovation : float or array
        p, above 0; broadcasts.

    Returns
    -------
    array
        q, 0 or more.

    Raises
    ------
    ParameterError
        If an argument is outside its range, or the share is reached without any imitation.

    Notes
    -----
    (18) solved for q: with a = p t (1 - F) / F and x = (p + q) t, x / (e^x - 1) = a, so x = -a - W(-a e^(-a)), lower
    branch of Lambert's function.

    Examples
    --------
    47.3 % after 20 years, with little and with more innovation:

    >>> " ".join(f"{q:.3f}" for q in imitation_for(0.473, 20, [0.001, 0.01, 0.03]))
    '0.275 0.115 0.008'
    """
    from scipy.special import lambertw

    inside = Range(1e-9, 1 - 1e-9, unit="share")
    wanted, t, p = np.broadcast_arrays(
        read_state("share", share, inside),
        read_state("time", time, Range(1e-9, 1e6, unit="periods")),
        read_state("innovation", innovation, Range(1e-9, 1, unit="per period")),
    )
    least = -np.expm1(-p * t)
    if (wanted < least).any():
        i = int(np.argmax(wanted < least))
        raise ParameterError(
            f"share must be at least {least.flat[i]:.4g}, which innovation {p.flat[i]:g} alone reaches by time "
            f"{t.flat[i]:g}; got {wanted.flat[i]:.4g}; use a smaller innovation"
        )
    a = p * t * (1.0 - wanted) / wanted
    return np.asarray(np.maximum((-a - lambertw(-a * np.exp(-a), -1).real) / t - p, 0.0))


def best_curve(method: str, times: Array, observed: Array, fixed: Mapping[str, float]) -> Search:
    """Search for the curve with the smallest sum of squared residuals.

    Starts are the low points of a grid over speed (p + q) and peak, with m from a division; a free origin is first
    tried at 41 moments.

    Parameters
    ----------
    method, times
        As in `curve`.
    observed : array (n,)
        What is to be fitted.
    fixed : mapping
        Values of "m" and "origin" that are not searched for.
    """
    if "origin" in fixed:
        starts = _starts(method, times, observed, fixed)
    else:
        origins = np.linspace(_bounds(method, times, observed)[0][3], times[0], 41)
        tried = [
            curve_from(
                _starts(method, times, observed, {**fixed, "origin": origin})[0],
                method,
                times,
                observed,
                {**fixed, "origin": origin},
                1e-8,
            )
            for origin in origins
        ]
        starts = np.array([min(tried, key=lambda search: search.error).theta])
    return min((curve_from(start, method, times, observed, fixed) for start in starts), key=lambda search: search.error)


def curve_from(
    start: Array,
    method: str,
    times: Array,
    observed: Array,
    fixed: Mapping[str, float],
    tolerance: float = 1e-14,
) -> Search:
    """Search downhill from one start (4,): `scipy.optimize.least_squares` with exact slopes, within bounds.

    Other parameters are those of `best_curve`; `tolerance` is the relative change at which the search ends.
    """
    from scipy.optimize import least_squares

    free = [i for i, name in enumerate(NAMES) if name not in fixed]
    low, high = _bounds(method, times, observed)
    theta, largest = start.copy(), np.max(observed)
    size = np.array([1.0, 1.0, largest, 1.0])[free]  # what is searched for is of the order of 1

    def placed(x: Array) -> Array:
        theta[free] = x * size
        theta[0] = np.exp(x[0])  # the logarithm of p: small p differ by factors
        return theta

    def searched(values: Array) -> Array:
        return np.concatenate([np.log(values[:1]), values[free[1:]] / size[1:]])

    def residuals(x: Array) -> Array:
        return np.asarray((curve(method, times, placed(x))[0] - observed) / largest)

    def slopes(x: Array) -> Array:
        inner = np.where(np.arange(len(free)) == 0, placed(x)[0], size)
        return np.asarray(curve(method, times, theta)[1][:, free] * (inner / largest))

    lowest, highest = searched(low), searched(high)
    found = least_squares(
        residuals,
        np.clip(searched(theta), lowest + 1e-9, highest - 1e-9),  # the solver wants a start inside
        jac=slopes,
        bounds=(lowest, highest),
        x_scale="jac",
        max_nfev=EVALUATIONS,
        xtol=tolerance,
        ftol=tolerance,
        gtol=tolerance,
    )
    placed(found.x)
    below, above = theta - low < [1e-12, 1e-6, 0.0, 1e-3], high - theta < [1e-3, 1e-3, 1e-3 * high[2], 1e-3]
    theta[free] = np.where(below, low, np.where(above, high, theta))[free]
    return Search(
        theta=theta,
        free=tuple(free),
        bound=tuple(i for i in free if below[i] or above[i]),
        error=float(found.cost),
        has_converged=found.status > 0,
    )


def _bounds(method: str, times: Array, observed: Array) -> tuple[Array, Array]:
    """Return the edges of the search: q up to 3, m up to 100 times what is observed (as a share: up to 1)."""
    earliest = times[0] - EARLIEST_SPAN * (times[-1] - times[0])
    largest = 1.0 if method == "shares" else LARGEST_MULTIPLE * np.sum(observed)
    low = np.array([1e-12, 0.0, 1e-6 * np.max(observed), earliest])
    return low, np.array([1.0, 3.0, largest, times[0]])


def _starts(method: str, times: Array, observed: Array, fixed: Mapping[str, float]) -> Array:
    """Return the low points of a grid over speed and peak, at most 5, the lowest first; (k, 4)."""
    length = times[-1] - fixed["origin"]
    speed, peak = np.meshgrid(np.geomspace(0.5, 50.0, 33) / length, np.linspace(-1.0, 2.0, 37) * length)
    p = speed / (1.0 + np.exp(speed * peak))
    theta = np.stack([p, speed - p, np.ones_like(p), np.full_like(p, fixed["origin"])], axis=-1)
    unit = curve(method, times, theta)[0]
    theta[..., 2] = fixed.get("m", np.sum(unit * observed, axis=-1) / np.sum(unit**2, axis=-1))
    error = np.sum((theta[..., 2:3] * unit - observed) ** 2, axis=-1)
    low, high = _bounds(method, times, observed)
    error[((theta < low) | (theta > high))[..., :2].any(axis=-1)] = np.inf
    around = np.pad(error, 1, constant_values=np.inf)
    nearby = np.stack([around[i : i + 37, j : j + 33] for i in range(3) for j in range(3)])
    is_low = (error <= np.min(nearby, axis=0)) & (error < np.inf)
    return np.asarray(theta[is_low][np.argsort(error[is_low])][:5])
