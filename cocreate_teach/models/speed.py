"""How fast a share follows its target when each period covers the same part of the distance.

Everything in the models that moves as z + λ (z* - z) has these two numbers: a half-life, and the λ that belongs to a
period of another length. Never use λ h for a period of length h: half as long a period does not cover half of λ.
"""

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.models.parameters import Array, Range, read_state


def half_life(adjustment: ArrayLike) -> Array:
    """Return after how many periods half of the distance to a target is left, ln ½ / ln |1 - λ|; same shape.

    Parameters
    ----------
    adjustment : float or array
        λ, share of the distance covered per period: 0 never arrives (infinite), 1 at once (0); above 1 it overshoots
        and comes back, as the difference of two sides' liking can.

    Raises
    ------
    ParameterError
        If a speed lies outside [0, 2].

    Examples
    --------
    >>> f"{half_life(0.3):.2f} periods"
    '1.94 periods'
    """
    with np.errstate(divide="ignore"):
        left = np.log(np.abs(1.0 - read_state("adjustment", adjustment, Range(0, 2, unit="share per period"))))
        return np.asarray(np.abs(np.log(0.5) / left), dtype=np.float64)


def adjustment_for(adjustment: ArrayLike, length: ArrayLike) -> Array:
    """Return the adjustment per period of another length that covers the same distance, 1 - (1 - λ)^h.

    Parameters
    ----------
    adjustment : float or array
        λ per period, in [0, 1].
    length : float or array
        h: new length of a period in old ones, 0 or more; 0.5 halves it.

    Returns
    -------
    array
        In [0, 1]. Exact for economic and social involvement and for intention; emotional involvement of two sides is
        coupled, there it is an approximation.

    Raises
    ------
    ParameterError
        If an adjustment lies outside [0, 1] or a length is negative.

    Examples
    --------
    >>> f"{adjustment_for(0.19, 0.5):.2f}"  # twice 10 % of what is left are 19 %
    '0.10'
    """
    speed = read_state("adjustment", adjustment, Range(0, 1, unit="share per period"))
    periods = read_state("length", length, Range(0, 1e6, unit="periods"))
    return np.asarray(1.0 - (1.0 - speed) ** periods, dtype=np.float64)
