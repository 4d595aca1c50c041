"""How long pairs stay unlinked and one-sided, summed over all time (docs/models/adoption.md, M6).

Equal groups have closed forms, (24), (24') and (25); for unequal groups the integrals are computed numerically, apart
from the shares over time in `adoption`. A waiting time is a statement about the model: no outcome data exist in our
tables, so it is no cost of delay.

Sources: as in `adoption`.
"""

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.adoption import AdoptionParameters
from cocreate_teach.models.bass import BassParameters, effective_imitation
from cocreate_teach.models.parameters import Array, Value, whole_number


def adoption_mean_time(parameters: AdoptionParameters) -> Array:
    """Return the mean time until a member of each group adopts, (..., g): start plus eq. (18); infinite for p = 0."""
    p, q = np.broadcast_arrays(parameters.innovation, parameters.imitation)
    return np.asarray(parameters.start + np.where(p > 0, _mean_left(np.where(p > 0, p, 1.0), q), np.inf))


def unlinked_time(parameters: AdoptionParameters) -> Array:
    """Return the unlinked share summed over all time, in periods; (...).

    It is the mean time until both members of a pair have adopted. Infinite if a group that counts never adopts.

    Notes
    -----
    The integral of 1 - C. Groups that differ have no elementary closed form: by quadrature, to about 1e-10 of the mean
    times. For equal groups see `bass_joint_time`.
    """
    weights, both, _ = _pair_times(parameters)
    return np.asarray(np.sum(weights * np.where(weights > 0, both, 0.0), axis=-1))


def one_sided_time(parameters: AdoptionParameters) -> Array:
    """Return the one-sided share summed over all time, in periods; (...).

    It is the mean time that the first of a pair waits for the second. Infinite if only one of two groups ever adopts,
    0 for a pair of groups that both never do.

    Notes
    -----
    The integral of S, as in `unlinked_time`. For equal groups see `bass_one_sided_time`.
    """
    weights, _, waiting = _pair_times(parameters)
    return np.asarray(np.sum(weights * np.where(weights > 0, waiting, 0.0), axis=-1))


def _pair_times(parameters: AdoptionParameters) -> tuple[Array, Array, Array]:
    """Return weight, mean time until both adopt, and mean wait of the first for the second; (..., pairs of groups).

    The mean of max(T_g, T_h) is taken over the quantiles of one group (the one with the larger p + q), of the time that
    the other still needs then; the tanh-sinh rule goes to both ends of it. Adoptions before the other group's start are
    set apart, so that there is no kink.
    """
    first, second = np.triu_indices(len(parameters.stakeholders), 1)
    given = np.broadcast_arrays(parameters.innovation, parameters.imitation, parameters.start)
    p, q, start = (np.asarray(field, dtype=np.float64)[..., [first, second]] for field in given)  # (..., 2, pairs)
    adopts = np.asarray(p > 0)
    p = np.where(adopts, p, 1.0)
    order = np.argsort(-(p + q), axis=-2)
    p, q, start = (np.take_along_axis(field, order, axis=-2) for field in (p, q, start))
    (p1, p2), (q1, q2), (start1, start2) = (np.moveaxis(field, -2, 0) for field in (p, q, start))
    pace1, pace2 = p1 + q1, p2 + q2
    before = np.maximum(start2 - start1, 0.0)
    gone = np.exp(-pace1 * before)
    late = gone * pace1 / (p1 + q1 * gone)  # share of the first group that adopts after the second has started
    rest = np.zeros(late.shape)
    for node in np.linspace(-3.2, 3.2, 97):
        odds = np.exp(np.pi * np.sinh(node))
        left = late / (1.0 + odds)  # share of the first group that adopts after this quantile
        with np.errstate(divide="ignore"):
            passed = np.log1p((1.0 - left) * (q1 / p1)) - np.log(left)
        passed = pace2 / pace1 * passed + pace2 * (start1 - start2)
        weight = np.pi / 15.0 * np.cosh(node) * odds / (1.0 + odds) ** 2
        rest += weight * _mean_left(p2, q2, np.maximum(passed, 0.0))
    mean1, mean2 = start1 + _mean_left(p1, q1), start2 + _mean_left(p2, q2)
    both = (1.0 - late) * mean2 + late * (start1 + before + rest) + _mean_left(p1, q1, pace1 * before)
    known, waiting = adopts.all(axis=-2), (both - mean1) + (both - mean2)
    never = np.where(adopts.any(axis=-2), np.inf, 0.0)  # how long the first waits if the second, or nobody, adopts
    weights = np.asarray(parameters.pair_weight)[..., first, second]
    return weights, np.where(known, both, np.inf), np.where(known, waiting, never)


def _mean_left(p: Array, q: Array, passed: Value = 0.0) -> Array:
    """Return 1 - F summed over all time after `passed` = (p + q) t, without a start: ln(1 + e^-passed q/p) / q."""
    gone = np.exp(-np.asarray(passed))
    odds = q / p * gone
    return np.asarray(gone / p * np.divide(np.log1p(odds), odds, where=odds > 0, out=np.ones(odds.shape)))


def bass_joint_time(parameters: BassParameters, members: int = 2) -> Array:
    """Return the mean time until all of so many members of equal groups have adopted; (...), infinite for p = 0.

    For two members it is the unlinked share of pairs summed over all time.

    Raises
    ------
    ParameterError
        If `members` is no whole number from 1 to 1,000, or adopters warn (a recommendation below 0).

    Notes
    -----
    Eq. (25), for two (24). Computed as (H_k + ln(1 + q/p) - q I_k) / (p + q), where H_k = 1 + 1/2 + ... + 1/k and
    I_k is the integral of F^k / (p + q F) over F from 0 to 1.

    Examples
    --------
    >>> average = BassParameters(innovation=0.03, imitation=0.38)
    >>> " ".join(f"{bass_joint_time(average, k):.2f}" for k in (1, 2, 3, 4))
    '6.88 8.97 10.12 10.91'
    """
    k = whole_number("members", members, low=1, high=1000)
    p, q, adopt = _recommended(parameters)
    whole = np.sum(1.0 / np.arange(1, k + 1)) + np.log1p(q / p) - q * _moment(p, q, k)
    return np.where(adopt, whole / (p + q), np.inf)


def bass_one_sided_time(parameters: BassParameters) -> Array:
    """Return the one-sided share of pairs of equal groups summed over all time; (...), 0 if nobody adopts (p = 0).

    Raises
    ------
    ParameterError
        If adopters warn (a recommendation below 0).

    Notes
    -----
    Eq. (24'): 2/q - (2p/q²) ln(1 + q/p), or 1/p without imitation. Falls in p and in q.
    """
    p, q, adopt = _recommended(parameters)
    return np.where(adopt, 2.0 * _moment(p, q, 1), 0.0)


def bass_one_sided_peak_time(parameters: BassParameters) -> Array:
    """Return when most pairs of equal groups are one-sided: ln(2 + q/p) / (p + q); (...), infinite for p = 0.

    Then half of each group has adopted, and half of the pairs are one-sided.

    Raises
    ------
    ParameterError
        If adopters warn (a recommendation below 0).
    """
    p, q, adopt = _recommended(parameters)
    return np.where(adopt, np.log(2.0 + q / p) / (p + q), np.inf)


def _recommended(parameters: BassParameters) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Return p (1 where it is 0), q w and whether anybody adopts; refuse warnings."""
    p, q = np.broadcast_arrays(np.asarray(parameters.innovation, float), effective_imitation(parameters))
    if (q < 0).any():
        raise ParameterError(
            f"recommendation must be between 0 and 1 (weight) here; got {np.min(parameters.recommendation):g}; if "
            "adopters warn, sum over the shares of bass_share"
        )
    return np.where(p > 0, p, 1.0), q, np.asarray(p > 0)


def _moment(p: Array, q: Array, k: int) -> Array:
    """Return the integral of F^k / (p + q F) over F from 0 to 1, without loss for q near 0 or near p."""
    part, term = q / (p + q), np.full(q.shape, 1.0 / (k + 1))
    series = term
    for n in range(1, 60):  # part is at most 1/2 where this is used
        term = term * part * n / (k + 1 + n)
        series = series + term
    ratio = np.maximum(q / p, 1.0)
    product = np.log1p(ratio)  # q times the integral, from F^0 up
    for j in range(1, k + 1):
        product = 1.0 / j - product / ratio
    return np.where(q <= p, series / (p + q), product / np.where(q > p, q, 1.0))
