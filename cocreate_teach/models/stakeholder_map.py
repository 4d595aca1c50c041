"""The power-interest map, classes of salience, and whose support counts (docs/models/engagement.md, M4).

Both typologies only sort what somebody has judged: power, interest, legitimacy and urgency go in as shares, names of
cells come out. They *assume* one threshold between low and high; a stakeholder exactly on it counts as high. What the
cells advise (keep informed, ...) is the advice of their authors, not a result.

Sources: Mendelow (1991), power and interest (from memory, unverified; names of cells as in textbooks, of which several
were seen); Mitchell, Agle & Wood (1997), Academy of Management Review 22(4), 853-886 (abstract seen; names of classes
seen as cited). The six audiences are those of Text A. The power of supporters is ours.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Array, Range, read_value

Names: TypeAlias = NDArray[np.str_]

SHARE: Final = Range(0, 1, unit="share")

POWER_INTEREST_CELLS: Final = ("monitor", "keep informed", "keep satisfied", "manage closely")
"""Cells of the power-interest map: both low, only interest high, only power high, both high."""

SALIENCE_CLASSES: Final = (
    "non-stakeholder",
    "dormant",
    "discretionary",
    "demanding",
    "dominant",
    "dangerous",
    "dependent",
    "definitive",
)
"""By what is high: nothing; power, legitimacy, urgency alone; all but urgency, legitimacy, power; all three."""

EXTERNAL_AUDIENCES: Final = (
    "other businesses",
    "potential customers",
    "suppliers",
    "investors",
    "shareholders",
    "society at large",
)
"""Whom external communication addresses according to Text A, in its order ("B-B" first)."""

# The place in SALIENCE_CLASSES for each combination of (power, legitimacy, urgency), read as a binary number.
_CLASS_OF: Final = np.array([0, 3, 2, 6, 1, 5, 4, 7])


def power_interest_cell(power: ArrayLike, interest: ArrayLike, threshold: ArrayLike = 0.5) -> Names:
    """Return the cell of the power-interest map in which each stakeholder lies.

    Parameters
    ----------
    power, interest : float or array (..., k)
        Shares in [0, 1]; a column of a table will do.
    threshold : float or array
        From which share on something is high, itself included. Broadcasts with the others: one threshold per scenario
        has shape (..., 1).

    Returns
    -------
    array of str
        Names out of `POWER_INTEREST_CELLS`, of the shape of all arguments broadcast together.

    Raises
    ------
    ParameterError
        With one sentence per argument that is not a share, and one if the shapes do not fit together.

    Examples
    --------
    >>> from cocreate_teach.models import ENGAGEMENT_EXAMPLE as firm
    >>> cells = power_interest_cell(firm.power, firm.interest)
    >>> print(*map(": ".join, zip(firm.stakeholders, cells)), sep="; ")
    customer: keep informed; employee: keep informed; management: manage closely; supplier: manage closely; \
shareholder: keep satisfied
    """
    high_power, high_interest = _is_high({"power": power, "interest": interest}, threshold)
    return np.asarray(np.array(POWER_INTEREST_CELLS)[2 * high_power + high_interest])


def salience_class(power: ArrayLike, legitimacy: ArrayLike, urgency: ArrayLike, threshold: ArrayLike = 0.5) -> Names:
    """Return the class of each stakeholder after Mitchell, Agle and Wood.

    Parameters
    ----------
    power, legitimacy, urgency : float or array (..., k)
        Shares in [0, 1]: how far it can impose its will, how proper its claim is taken to be, how pressing it is.
    threshold : float or array
        From which share on something is high, itself included.

    Returns
    -------
    array of str
        Names out of `SALIENCE_CLASSES`, of the shape of all arguments broadcast together.

    Raises
    ------
    ParameterError
        With one sentence per argument that is not a share, and one if the shapes do not fit together.

    Examples
    --------
    >>> str(salience_class(power=0.2, legitimacy=0.9, urgency=0.8))
    'dependent'
    """
    flags = _is_high({"power": power, "legitimacy": legitimacy, "urgency": urgency}, threshold)
    return np.asarray(np.array(SALIENCE_CLASSES)[_CLASS_OF[4 * flags[0] + 2 * flags[1] + flags[2]]])


def salience(
    power: ArrayLike, legitimacy: ArrayLike, urgency: ArrayLike, threshold: ArrayLike = 0.5
) -> NDArray[np.int64]:
    """Return how many of the three attributes are high, 0 to 3; arguments as in `salience_class`.

    Raises
    ------
    ParameterError
        With one sentence per argument that is not a share, and one if the shapes do not fit together.
    """
    flags = _is_high({"power": power, "legitimacy": legitimacy, "urgency": urgency}, threshold)
    return np.asarray(sum(flag.astype(np.int64) for flag in flags))


def supporting_power(power: ArrayLike, support: ArrayLike) -> Array:
    """Return the share of all power that stands behind a project.

    Parameters
    ----------
    power : array (..., k)
        Power of each stakeholder, in [0, 1].
    support : array (..., k)
        How far each supports the project, in [0, 1].

    Returns
    -------
    array (...)
        Shares in [0, 1]: sum of power times support, over sum of power; 0 if nobody has power.

    Raises
    ------
    ParameterError
        With one sentence per argument that is not an array (..., k) of shares, and one if the shapes do not fit.

    Examples
    --------
    >>> f"{supporting_power([0.9, 0.3, 0.3], [0, 1, 1]):.2f}"
    '0.40'
    """
    held, behind = _shares({"power": power, "support": support})
    if held.ndim == 0 and behind.ndim == 0:
        raise ParameterError("power must be an array with one share per stakeholder; got one number for all of them")
    held, behind = np.broadcast_arrays(held, behind)
    total = held.sum(axis=-1)
    backed = (held * behind).sum(axis=-1)
    return np.asarray(np.divide(backed, total, out=np.zeros(total.shape), where=total > 0))


def _is_high(given: Mapping[str, ArrayLike], threshold: ArrayLike) -> list[NDArray[np.bool_]]:
    """Tell for each argument where it reaches the threshold; all of one shape."""
    *values, edge = _shares({**given, "threshold": threshold})
    return [np.asarray(value >= edge) for value in np.broadcast_arrays(*values, edge)[:-1]]


def _shares(given: Mapping[str, ArrayLike]) -> list[Array]:
    """Read arguments as shares whose shapes fit together, or say all that is wrong with them."""
    faults: list[str] = []
    values = [read_value(name, value, SHARE, faults) for name, value in given.items()]
    shapes = [np.shape(value) for value in values if value is not None]
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        shown = ", ".join(map(str, shapes))
        faults.append(f"{', '.join(given)} must have shapes that fit together; got {shown}; give each the same shape")
    if faults:
        raise ParameterError(faults)
    return [np.asarray(value, dtype=np.float64) for value in values]
