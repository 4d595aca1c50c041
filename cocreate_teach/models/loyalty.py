"""Loyalty: what a customer thinks of the firm, whether it buys again, and what it says (docs/models/loyalty.md, M3).

The model *assumes* that attitude is met expectations on a scale from -1 to 1, that whoever is locked in buys again
whatever it thinks, and that a situational barrier stops some purchases of everybody alike. Lock-in is our addition: the
course text knows a customer of "negative customer attitude" who goes on buying, and does not say why.

Sources: Dick & Basu (1994), Journal of the Academy of Marketing Science 22(2), 99-113, for loyalty as attitude and
repeat patronage (first page seen) and the four names (from memory, unverified); Oliver (1980), Journal of Marketing
Research 17(4), 460-469, for satisfaction as expectation and its disconfirmation (first page seen). Equations are ours.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.models.parameters import Array, Range, Value, read_state, validate
from cocreate_teach.models.participation import TOLERANCE

QUADRANTS: Final = ("loyalty", "latent loyalty", "spurious loyalty", "no loyalty")
SHARE: Final = Range(0, 1, unit="share")
ATTITUDE: Final = Range(-1, 1, unit="dislike to liking", label="attitude", symbol="a")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class LoyaltyParameters:
    """Parameters of the loyalty model (docs/models/loyalty.md, M3); one customer per scenario.

    Parameters
    ----------
    attitude : float or array (...)
        From -1 (dislike) to 1 (liking); 0 is indifference. `attitude(met_expectations)` computes one.
    lock_in : float or array (...)
        Share of purchases that are repeated whatever the attitude: adapted resources, costs of switching.
    barrier : float or array (...)
        Share of purchases that the situation prevents, whoever wants them: closed shop, no money, out of stock.
    attitude_threshold, patronage_threshold : float or array (...)
        Above the first an attitude counts as positive; from the second on patronage counts as repeated.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> loyalty_quadrant(LOYALTY_EXAMPLE).tolist()
    ['loyalty', 'latent loyalty', 'spurious loyalty', 'no loyalty']
    """

    attitude: Annotated[Value, ATTITUDE]
    lock_in: Annotated[Value, Range(0, 1, unit="share", label="lock-in", symbol="s")] = 0.0
    barrier: Annotated[Value, Range(0, 1, unit="share", label="situational barrier", symbol="b")] = 0.0
    attitude_threshold: Annotated[
        Value, Range(-1, 1, unit="dislike to liking", label="attitude that counts as positive", symbol="a0")
    ] = 0.0
    patronage_threshold: Annotated[
        Value, Range(0, 1, unit="probability", label="repeat patronage that counts as high", symbol="r0")
    ] = 0.5

    def __post_init__(self) -> None:
        validate(self)


def attitude(met_expectations: ArrayLike) -> Array:
    """Return the attitude that met expectations lead to, a = 2 m - 1; (...) in [-1, 1].

    Parameters
    ----------
    met_expectations : float or array (...)
        Share of expectations that are met, in [0, 1]; of M1, or given directly.

    Raises
    ------
    ParameterError
        If a share lies outside [0, 1].
    """
    return 2.0 * read_state("met_expectations", met_expectations, SHARE) - 1.0


def repeat_patronage(parameters: LoyaltyParameters) -> Array:
    """Return the probability of buying again; (...) between 0 and 1 - barrier.

    Notes
    -----
    Eq. (15): (1 - b) [s + (1 - s) (1 + a) / 2].

    Examples
    --------
    >>> f"{repeat_patronage(LoyaltyParameters(attitude=-0.3617, lock_in=0.8)):.4f}"
    '0.8638'
    """
    willing = _willing(parameters)
    return np.asarray((1.0 - np.asarray(parameters.barrier)) * (willing + parameters.lock_in * (1.0 - willing)))


def loyalty_quadrant(parameters: LoyaltyParameters) -> NDArray[np.str_]:
    """Return which of the four `QUADRANTS` a customer is in; names (...).

    Notes
    -----
    An attitude at its threshold counts as not positive, patronage at its threshold (up to 1e-9, for rounding) as high.
    """
    disliked = np.asarray(parameters.attitude) <= parameters.attitude_threshold
    rare = repeat_patronage(parameters) < np.asarray(parameters.patronage_threshold) - TOLERANCE
    return np.asarray(np.array(QUADRANTS)[2 * disliked.astype(int) + rare])


def lock_in_threshold(parameters: LoyaltyParameters) -> Array:
    """Return the least lock-in with which patronage reaches its threshold, s*(a); (...), 0 or more.

    With it, whoever has no positive attitude is spuriously loyal. 0: none is needed. Above 1: no lock-in suffices.
    The field `lock_in` plays no role.

    Notes
    -----
    Eq. (16): [r0 / (1 - b) - (1 + a) / 2] / [1 - (1 + a) / 2], and 0 where this is negative; infinite for b = 1 or
    a = 1 if patronage stays below its threshold.

    Examples
    --------
    >>> [f"{needed:.3f}" for needed in lock_in_threshold(LoyaltyParameters(attitude=[-1, -0.5, -0.2, 0.2]))]
    ['0.500', '0.333', '0.167', '0.000']
    """
    willing, threshold = _willing(parameters), np.asarray(parameters.patronage_threshold)
    free = 1.0 - np.asarray(parameters.barrier)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        needed = (threshold / free - willing) / (1.0 - willing)
    return np.where(threshold <= free * willing, 0.0, needed)


def recommendation_weight(emotional_involvement: ArrayLike, attitude: ArrayLike) -> Array:
    """Return how strongly somebody recommends the firm, A max(a, 0); (...) in [0, 1]. Who dislikes it is silent.

    Raises
    ------
    ParameterError
        If emotional involvement lies outside [0, 1] or attitude outside [-1, 1].
    """
    return np.maximum(word_of_mouth_weight(emotional_involvement, attitude), 0.0)


def word_of_mouth_weight(emotional_involvement: ArrayLike, attitude: ArrayLike) -> Array:
    """Return what somebody says about the firm, A a; (...) in [-1, 1]: recommending above 0, warning below.

    Whoever is not involved emotionally says nothing, whatever the attitude.

    Raises
    ------
    ParameterError
        If emotional involvement lies outside [0, 1] or attitude outside [-1, 1].

    Examples
    --------
    >>> [f"{weight:.2f}" for weight in word_of_mouth_weight([0.9, 0.9, 0.1], [0.5, -0.5, -0.5])]
    ['0.45', '-0.45', '-0.05']
    """
    involved = read_state("emotional_involvement", emotional_involvement, SHARE)
    return np.asarray(involved * read_state("attitude", attitude, ATTITUDE))


def _willing(parameters: LoyaltyParameters) -> Array:
    """Return the probability of buying again by attitude alone, (1 + a) / 2."""
    return np.asarray((1.0 + np.asarray(parameters.attitude)) / 2.0)


LOYALTY_EXAMPLE: Final = LoyaltyParameters(
    attitude=np.array([0.5, 0.5, -0.3617, -0.6]),
    lock_in=np.array([0.2, 0.1, 0.8, 0.1]),
    barrier=np.array([0.0, 0.6, 0.0, 0.0]),
)
"""Four invented customers, one in each quadrant; the third is captive (status: illustrative)."""
