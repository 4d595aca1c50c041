"""How many edits each contributor makes in the long run, and what a sample tells of it (docs/models/inequality.md, M7).

The Yule-Simon distribution is what the process of `edits` tends to. That it fits some data does not show that this
process made them: other distributions fit as well.

Sources: as in `edits`.
"""

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.edits import MOST_EDITS, SimonParameters, log_gamma_ratio, tail_exponent
from cocreate_teach.models.parameters import Array, Range, last_axis, random_generator, read_state, whole_number

EDITS = Range(0, 1e19, unit="edits", whole=True)


def yule_simon_tail(parameters: SimonParameters, edits: ArrayLike) -> Array:
    """Return the long-run share of contributors with more than so many edits, P(K > k), eq. (27).

    Parameters
    ----------
    parameters : SimonParameters
        Fields (...); the seed editors do not matter in the long run.
    edits : float or array
        k, whole numbers from 0; broadcasts with the fields.

    Raises
    ------
    ParameterError
        If a number of edits is negative or not whole.

    Notes
    -----
    k B(k, ρ+1) = Γ(k+1) Γ(ρ+1) / Γ(k+ρ+1).
    """
    k, rho = read_state("edits", edits, EDITS), tail_exponent(parameters)
    return np.exp(log_gamma_ratio(1.0, rho) - log_gamma_ratio(k + 1.0, rho))


def yule_simon_probability(parameters: SimonParameters, edits: ArrayLike) -> Array:
    """Return the long-run share of contributors with exactly so many edits, P(K = k), eq. (27); 0 for k = 0.

    Raises
    ------
    ParameterError
        If a number of edits is negative or not whole.

    Notes
    -----
    ρ B(k, ρ+1), which is ρ / (k + ρ) of those with more than k - 1 edits.
    """
    k, rho = read_state("edits", edits, EDITS), tail_exponent(parameters)
    return np.asarray(np.where(k > 0, yule_simon_tail(parameters, np.maximum(k - 1.0, 0.0)) * rho / (k + rho), 0.0))


def yule_simon_gini(parameters: SimonParameters) -> Array:
    """Return the Gini coefficient among contributors in the long run, (...); right to 1e-11 in the whole range of α.

    Notes
    -----
    Eq. (28): 1 - α S with S the sum over k from 0 of P(K > k)². Near α = 0 the sum converges like 1/k, so it is
    stopped after 256 terms. With f(k) = P(K > k)², u = k+ρ+1 and g(k) = f(k) (k + 3ρ/2) / (2ρ-1),
    g(k) - g(k+1) = f(k) (1 - c/u²), c = ρ³ / (4ρ-2), exactly; so the rest is g(k) + c sum f/u², and the last sum
    is treated in the same way.
    """
    rho = tail_exponent(parameters)
    tail, total, terms = np.ones(rho.shape), np.ones(rho.shape), 256
    for k in range(1, terms):
        tail = tail * (k / (k + rho))
        total = total + tail**2
    rest = (tail * (terms / (terms + rho))) ** 2
    correction = (
        rho**3 / (4.0 * rho - 2.0) * (terms + 1.5 * (rho + 1.0)) / ((2.0 * rho + 1.0) * (terms + rho + 1.0) ** 2)
    )
    total = total + rest * ((terms + 1.5 * rho) / (2.0 * rho - 1.0) + correction)
    return np.asarray(1.0 - parameters.openness * total)


def sample_yule_simon(parameters: SimonParameters, contributors: int, *, rng: np.random.Generator) -> Array:
    """Draw the edits of contributors independently from the Yule-Simon distribution; (..., contributors).

    Raises
    ------
    ParameterError
        If `contributors` is no whole number from 1.

    Notes
    -----
    w exponential with rate ρ, then K geometric with chance e^{-w}: an edit count that has grown for a random time.
    For α near 0 even large samples lie far below the Gini coefficient of the distribution.
    """
    random_generator(rng)
    rho = last_axis(tail_exponent(parameters))
    size = (*rho.shape[:-1], whole_number("contributors", contributors, low=1, high=MOST_EDITS))
    return rng.geometric(np.exp(-rng.standard_exponential(size) / rho)).astype(np.float64)


def fit_tail_exponent(edits: ArrayLike) -> Array:
    """Return the ρ under which these edits per contributor are most likely; (..., n) becomes (...).

    Parameters
    ----------
    edits : array (..., n)
        Whole numbers; zeros are left out, as a contributor has made at least one edit.

    Returns
    -------
    array (...)
        Estimates, for edits that are a Yule-Simon sample; infinite if nobody made more than one edit. The openness
        that belongs to it is 1 - 1/ρ (negative for ρ < 1: no Simon process has such a tail).

    Raises
    ------
    ParameterError
        If there is nobody, or a number of edits is negative or not whole.

    Notes
    -----
    The root of n/ρ = sum of ψ(k+ρ+1) - ψ(ρ+1), by bisection; there is exactly one.
    """
    from scipy.special import digamma

    values, counts = _histogram(edits)
    people = counts.sum(axis=-1)
    low, high = np.full(people.shape, -7.0), np.full(people.shape, 21.0)  # logarithms of 0.001 and of 1e9
    for _ in range(45):  # 28 / 2^45 is below 1e-12
        middle = (low + high) / 2.0
        rho = np.exp(middle)[..., np.newaxis]
        is_above = rho[..., 0] * (counts * (digamma(values + rho + 1.0) - digamma(rho + 1.0))).sum(axis=-1) > people
        low, high = np.where(is_above, low, middle), np.where(is_above, middle, high)
    has_more = (counts * values).sum(axis=-1) > people
    return np.where(has_more, np.exp((low + high) / 2.0), np.inf)


def log_log_slope(edits: ArrayLike) -> Array:
    """Return the slope of a straight line through the log-log histogram of edits per contributor: a *wrong* estimate.

    It is meant to be -(1 + ρ), and is found in many texts. The rare, large counts, which occur once or not at all,
    bend the line: for ρ = 2 it comes out near -2 instead of -3. Use `fit_tail_exponent`.

    Parameters
    ----------
    edits : array (..., n)
        Whole numbers; zeros are left out.

    Returns
    -------
    array (...)
        Least squares over the counts that occur; not a number if fewer than two different counts occur.

    Raises
    ------
    ParameterError
        If there is nobody, or a number of edits is negative or not whole.
    """
    values, counts = _histogram(edits)
    occurs = counts > 0
    x, y = np.log(values), np.log(np.where(occurs, counts, 1.0))
    kinds = np.maximum(occurs.sum(axis=-1, keepdims=True), 1)
    deviation = np.where(occurs, x - (occurs * x).sum(axis=-1, keepdims=True) / kinds, 0.0)
    spread = (deviation**2).sum(axis=-1)
    slope = np.full(spread.shape, np.nan)
    return np.asarray(np.divide((deviation * y).sum(axis=-1), spread, out=slope, where=occurs.sum(axis=-1) > 1))


def _histogram(edits: ArrayLike) -> tuple[Array, Array]:
    """Return the different numbers of edits (u,), without zero, and how many people made each of them (..., u)."""
    given = read_state("edits", edits, EDITS)
    if given.ndim == 0 or given.shape[-1] == 0:
        raise ParameterError(f"edits must end in an axis of contributors, at least one; got shape {given.shape}")
    values, kind = np.unique(given, return_inverse=True)
    runs = given.size // given.shape[-1]
    place = kind.reshape(runs, -1) + np.arange(runs)[:, np.newaxis] * len(values)
    counts = np.bincount(place.ravel(), minlength=runs * len(values)).reshape(*given.shape[:-1], len(values))
    return values[values > 0], counts[..., values > 0].astype(np.float64)
