"""The Bass model: some adopt by themselves, others because somebody has adopted (docs/models/adoption.md, M6).

Time is counted from the moment when nobody has adopted; shares are of those who will ever adopt. The continuous
model has closed forms; the step is the discrete model, a different one: never compare the two to many digits.

Source: Bass (1969), A new product growth for model consumer durables, Management Science 15(5), 215-227.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.models.parameters import Array, Range, Value, caution, read_state, validate, whole_number

SHARE = Range(0, 1, unit="share")
TIME = Range(0, 1e6, unit="periods")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class BassParameters:
    """Parameters of the Bass model (docs/models/adoption.md, M6).

    Parameters
    ----------
    innovation : float or array (...)
        p: chance per period to adopt without anybody's influence.
    imitation : float or array (...)
        q: what is added to this chance when everybody else has adopted.
    recommendation : float or array (...)
        Mean weight of what adopters say, w: 1 all recommend, 0 all are silent, -1 all warn. It multiplies q.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Warns
    -----
    ParameterWarning
        If p + q w > 1: the closed forms hold, but a period is too long for the step, which stops at a chance of 1.

    Examples
    --------
    >>> average = BassParameters(innovation=0.03, imitation=0.38)
    >>> f"{bass_peak_time(average):.2f} periods, {bass_share(average, 10):.3f} adopted after 10"
    '6.19 periods, 0.813 adopted after 10'
    """

    innovation: Annotated[Value, Range(0, 1, unit="per period", label="innovation", symbol="p", step=0.001)]
    imitation: Annotated[Value, Range(0, 3, unit="per period", label="imitation", symbol="q", step=0.01)]
    recommendation: Annotated[Value, Range(-1, 1, unit="weight", label="mean recommendation", symbol="w")] = 1.0

    def __post_init__(self) -> None:
        validate(self)
        highest = float(np.max(self.innovation + effective_imitation(self)))
        if highest > 1 + 1e-12:
            caution(
                f"innovation + imitation is {highest:g} (per period), above 1: the closed forms hold, but a step stops "
                "at a chance of 1; use a shorter period for steps"
            )


def effective_imitation(parameters: BassParameters) -> Array:
    """Return imitation times mean recommendation, q w; (...), negative if adopters warn."""
    return np.asarray(parameters.imitation * np.asarray(parameters.recommendation), dtype=np.float64)


def bass_share(parameters: BassParameters, time: ArrayLike) -> Array:
    """Return the share that has adopted by a time, F(t).

    Parameters
    ----------
    parameters : BassParameters
        Fields (...).
    time : float or array
        Periods since nobody had adopted, 0 or more; broadcasts with the fields.

    Returns
    -------
    array
        Shares in [0, 1], of the shape of fields and time broadcast together.

    Raises
    ------
    ParameterError
        If a time is negative or not a number.

    Notes
    -----
    Eq. (18), written as F = p u / (p u + e^{-st}) with s = p + qw and u = (1 - e^{-st}) / s, which also holds for
    p = 0, for s = 0 and for adopters who warn (q w < 0; F then tends to the smaller of 1 and p / |q w|).
    """
    p, s = np.asarray(parameters.innovation), parameters.innovation + effective_imitation(parameters)
    rate, t = np.broadcast_arrays(np.abs(s), read_state("time", time, TIME))
    grown = p * np.divide(-np.expm1(-rate * t), rate, where=rate > 0, out=t.copy())
    rest = np.exp(-np.maximum(s, 0.0) * t)  # for s < 0 numerator and denominator are both divided by e^{-st}
    return np.asarray(np.divide(grown, grown + rest, where=grown > 0, out=np.zeros(grown.shape)), dtype=np.float64)


def bass_density(parameters: BassParameters, time: ArrayLike) -> Array:
    """Return adoptions per period at a moment, f(t) = (p + q w F)(1 - F), eq. (18); a share per period.

    Raises
    ------
    ParameterError
        If a time is negative or not a number.
    """
    share = bass_share(parameters, time)
    return np.asarray((parameters.innovation + effective_imitation(parameters) * share) * (1.0 - share))


def bass_peak_time(parameters: BassParameters) -> Array:
    """Return when most adopt, t* = ln(q/p) / (p + q), eq. (18); (...): 0 if q <= p, infinite if p = 0 < q.

    Notes
    -----
    Not monotone in q: with p = 0.03 it rises up to q of about 0.108 and falls afterwards.
    """
    p, q = np.broadcast_arrays(np.asarray(parameters.innovation, float), effective_imitation(parameters))
    with np.errstate(divide="ignore", invalid="ignore"):
        peak = np.log(q / p) / (p + q)
    return np.where(q > p, peak, 0.0)


def bass_mean_time(parameters: BassParameters) -> Array:
    """Return the mean time until adoption, ln(1 + q/p) / q, eq. (18); (...); 1/p without imitation, infinite for p = 0.

    Infinite as well if warnings keep some from ever adopting (q w <= -p).
    """
    p, q = np.broadcast_arrays(np.asarray(parameters.innovation, float), effective_imitation(parameters))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(q == 0, 1.0 / p, np.log1p(q / p) / q)
    return np.where((p > 0) & (q > -p), mean, np.inf)


def bass_step(share: ArrayLike, parameters: BassParameters) -> Array:
    """Advance the share of adopters by one period of the discrete model.

    Parameters
    ----------
    share : array (...)
        Share that has adopted, in [0, 1]. Not modified.
    parameters : BassParameters
        Fields broadcast with `share`.

    Returns
    -------
    array (...)
        The share one period later, in [0, 1].

    Raises
    ------
    ParameterError
        If a share lies outside [0, 1].

    Notes
    -----
    Eq. (17): F + (p + q w F)(1 - F); the chance in the first bracket is kept in [0, 1].
    """
    now = read_state("share", share, SHARE)
    chance = np.clip(parameters.innovation + effective_imitation(parameters) * now, 0.0, 1.0)
    return np.asarray(now + chance * (1.0 - now))


def bass_path(parameters: BassParameters, periods: int, initial: ArrayLike = 0.0) -> Array:
    """Return the share of adopters period by period in the discrete model; (..., T+1), starting with `initial`.

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0 or `initial` lies outside [0, 1].
    """
    start = read_state("initial", initial, SHARE)
    shape = np.broadcast_shapes(start.shape, np.shape(parameters.innovation), effective_imitation(parameters).shape)
    path = np.empty((whole_number("periods", periods) + 1, *shape))
    path[0] = start
    for t in range(1, len(path)):
        path[t] = bass_step(path[t - 1], parameters)
    return np.moveaxis(path, 0, -1)
