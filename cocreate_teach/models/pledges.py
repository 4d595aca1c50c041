"""What both sides put in: how much, and how evenly (docs/models/involvement.md, M1).

Text B ties the volume of investments to *credibility*, "the sum of values provided by the partners", and to
*proportionality*. Credibility says how much, proportionality how even; neither says anything without the other: two
investments of 0.01 are perfectly proportional.

The *assumption* is in `pledge_quality`: half of the credibility counts, times proportionality.

Source of the two words: Gundlach, Achrol & Mentzer (1995), The structure of commitment in exchange, Journal of
Marketing 59(1) (wording seen in texts that cite it, the paper itself not). The formulas are ours.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import SIDES, Array, Range, read_state

CONSUMER_RESOURCES: Final = ("time", "information", "ideas", "data_risk")
PRODUCER_RESOURCES: Final = ("people", "material", "networks", "communication")

INVESTMENT: Final = Range(0, 1, unit="share", label="investment", symbol="x", each=SIDES)
TOLERANCE_OF_WEIGHTS: Final = 1e-9


def investment_volume(
    resources: ArrayLike, weights: ArrayLike | None = None, *, names: tuple[str, ...] = CONSUMER_RESOURCES
) -> Array:
    """Return the volume of one side's investment, the weighted mean of what it gives of each resource.

    Parameters
    ----------
    resources : array (..., k)
        Intensities in [0, 1], one per resource; one number stands for all of them.
    weights : array (..., k), optional
        Shares that sum to 1; equal if not given.
    names : tuple of str
        The k resources of the last axis: `CONSUMER_RESOURCES` (if not given), `PRODUCER_RESOURCES` or your own.

    Returns
    -------
    array (...)
        Volume x in [0, 1].

    Raises
    ------
    ParameterError
        If an intensity or a weight lies outside [0, 1], a last axis is not k long, or weights do not sum to 1.

    Examples
    --------
    >>> f"{investment_volume([0.8, 0.6, 0.2, 0.4]):.2f}"  # time, information, ideas, data risk
    '0.50'
    """
    allowed = Range(0, 1, unit="share", each=names)
    given = read_state("resources", resources, allowed)
    if weights is None:
        return np.asarray(given.mean(axis=-1), dtype=np.float64)
    shares = read_state("weights", weights, allowed)
    check_weights("weights", shares)
    return np.asarray((given * shares).sum(axis=-1) / shares.sum(axis=-1), dtype=np.float64)  # never above 1


def check_weights(name: str, weights: Array) -> None:
    """Say it if weights (..., k) do not sum to 1 over their last axis.

    Raises
    ------
    ParameterError
        With the sum that is furthest from 1.
    """
    sums = np.ravel(weights.sum(axis=-1))
    worst = float(sums[np.argmax(np.abs(sums - 1.0))])
    if abs(worst - 1.0) > TOLERANCE_OF_WEIGHTS:
        raise ParameterError(f"{name} must sum to 1; got a sum of {worst:g}; divide each by the sum")


def credibility(investment: ArrayLike) -> Array:
    """Return what both sides put in together, C = x_c + x_p; (..., 2) to (...) in [0, 2].

    Raises
    ------
    ParameterError
        If an investment lies outside [0, 1] or the last axis is not consumer, producer.
    """
    return np.asarray(read_state("investment", investment, INVESTMENT).sum(axis=-1), dtype=np.float64)


def proportionality(investment: ArrayLike) -> Array:
    """Return how even both investments are, P = smaller / larger; (..., 2) to (...) in [0, 1]; 1 if both are 0.

    Raises
    ------
    ParameterError
        If an investment lies outside [0, 1] or the last axis is not consumer, producer.

    Notes
    -----
    P = (1 - |a|) / (1 + |a|) with a the `investment_asymmetry`. P ignores scale; look at `credibility`, too.

    Examples
    --------
    >>> f"{proportionality([0.6, 0.4]):.2f}"
    '0.67'
    """
    x = read_state("investment", investment, INVESTMENT)
    return evenness(x[..., 0], x[..., 1])


def investment_asymmetry(investment: ArrayLike) -> Array:
    """Return who puts in more, a = (x_c - x_p) / (x_c + x_p); (..., 2) to (...) in [-1, 1]; 0 if both are 0.

    Positive: the consumer puts in more.

    Raises
    ------
    ParameterError
        If an investment lies outside [0, 1] or the last axis is not consumer, producer.
    """
    x = read_state("investment", investment, INVESTMENT)
    total: Array = x[..., 0] + x[..., 1]
    return np.divide(x[..., 0] - x[..., 1], total, where=total > 0, out=np.zeros(total.shape))


def pledge_quality(investment: ArrayLike) -> Array:
    """Return how good the pledges of both sides are together, G = P C / 2; (..., 2) to (...) in [0, 1].

    1 only if both put in everything; 0 as soon as one side puts in nothing.

    Raises
    ------
    ParameterError
        If an investment lies outside [0, 1] or the last axis is not consumer, producer.

    Examples
    --------
    >>> f"{pledge_quality([0.6, 0.4]):.3f}"
    '0.333'
    """
    x = read_state("investment", investment, INVESTMENT)
    return quality(x[..., 0], x[..., 1])


def evenness(one: Array, other: Array) -> Array:
    """Return `proportionality` of two arrays (...) that have been checked."""
    smaller, larger = np.minimum(one, other), np.maximum(one, other)
    return np.divide(smaller, larger, where=larger > 0, out=np.ones(np.shape(larger)))


def quality(one: Array, other: Array) -> Array:
    """Return `pledge_quality` of two arrays (...) that have been checked."""
    return np.asarray(0.5 * (one + other) * evenness(one, other), dtype=np.float64)
