"""One effort for two sells: inside the organisation and to the customer (docs/models/engagement.md, M4).

Text A finds the internal sell (its "Internal see") "sometimes more challenging" than the external one, wants both
"handled separately", and calls their integration necessary. The model *assumes* falling returns on each side, and takes
integration as a product: both must succeed. How hard a sell is, is the effort that brings it to a chance of
1 - 1/e = 63 %.

The equations are ours.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Array, Range, Value, read_state, validate

HALVINGS: Final = 60  # an interval of any width allowed here is then narrower than rounding


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class SellParameters:
    """Parameters of internal and external sell (docs/models/engagement.md, M4).

    Parameters
    ----------
    effort : float or array (...)
        All there is to divide: hours, workshops, money.
    internal_difficulty, external_difficulty : float or array (...)
        Effort that brings the sell inside (outside) to a chance of 63 %. Either may be the larger one.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> firm = SellParameters(effort=2, internal_difficulty=1.5)
    >>> best = sell_optimum(firm)
    >>> f"{best:.3f} inside, success {sell_success(firm, best):.4f}"
    '1.064 inside, success 0.3088'
    """

    effort: Annotated[Value, Range(0, 20, unit="effort", label="effort to divide", symbol="B", step=0.1)] = 2.0
    internal_difficulty: Annotated[
        Value, Range(0.1, 10, unit="effort", label="difficulty of the internal sell", symbol="c_int", step=0.1)
    ] = 1.5
    external_difficulty: Annotated[
        Value, Range(0.1, 10, unit="effort", label="difficulty of the external sell", symbol="c_ext", step=0.1)
    ] = 1.0

    def __post_init__(self) -> None:
        validate(self)


def internal_sell(parameters: SellParameters, inside: ArrayLike) -> Array:
    """Return the chance to win those inside over with this effort, 1 - exp(-x / c_int); in [0, 1].

    Raises
    ------
    ParameterError
        If `inside` is negative, or more than there is.
    """
    return np.asarray(-np.expm1(-_effort_inside(parameters, inside) / parameters.internal_difficulty))


def external_sell(parameters: SellParameters, inside: ArrayLike) -> Array:
    """Return the chance to win customers over with the effort that is left, 1 - exp(-(B - x) / c_ext); in [0, 1].

    Raises
    ------
    ParameterError
        If `inside` is negative, or more than there is.
    """
    left = parameters.effort - _effort_inside(parameters, inside)
    return np.asarray(-np.expm1(-left / parameters.external_difficulty))


def sell_success(parameters: SellParameters, inside: ArrayLike) -> Array:
    """Return the chance that both sells succeed.

    Parameters
    ----------
    parameters : SellParameters
        Fields (...).
    inside : float or array
        Effort x spent inside, between 0 and `effort`; broadcasts with the fields. The rest is spent outside.

    Returns
    -------
    array
        Shares in [0, 1], of the shape of fields and `inside` broadcast together.

    Raises
    ------
    ParameterError
        If `inside` is negative, or more than there is.

    Notes
    -----
    Eq. (21). Zero if either side gets nothing.
    """
    return np.asarray(internal_sell(parameters, inside) * external_sell(parameters, inside))


def sell_optimum(parameters: SellParameters) -> Array:
    """Return the effort inside that makes success most likely, x*; (...).

    Notes
    -----
    The logarithm of (21) is strictly concave, so x* is the only root of its first-order condition

        c_int (e^{x/c_int} - 1) = c_ext (e^{(B-x)/c_ext} - 1).                                      (21')

    Both sides have the form h(c) = c (e^{y/c} - 1), which falls in c for any y > 0. At x = B/2 the left side is
    therefore the smaller one if and only if c_int > c_ext: x* > B/2 if and only if c_int > c_ext. At the proportional
    split x = B c_int / (c_int + c_ext) both exponents are equal, and the left side is the larger one if and only if
    c_int > c_ext. So x* lies between half and the proportional split, whichever sell is harder; for c_int = c_ext all
    three are equal. The interval is halved until rounding ends it.
    """
    a, b, effort = np.broadcast_arrays(
        parameters.internal_difficulty, parameters.external_difficulty, parameters.effort
    )
    half, proportional = effort / 2.0, effort * (a / (a + b))
    low, high = np.minimum(half, proportional), np.maximum(half, proportional)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        is_too_low = a * np.expm1(middle / a) < b * np.expm1((effort - middle) / b)
        low, high = np.where(is_too_low, middle, low), np.where(is_too_low, high, middle)
    return np.asarray((low + high) / 2.0)


def _effort_inside(parameters: SellParameters, inside: ArrayLike) -> Array:
    """Return the effort inside as an array, checked against what there is."""
    x = read_state("inside", inside, Range(0, 20, unit="effort"))
    if (x > parameters.effort).any():
        x, most = (values[x > parameters.effort][0] for values in np.broadcast_arrays(x, parameters.effort))
        raise ParameterError(f"inside must be between 0 and the effort to divide, {most:g} (effort); got {x:g}")
    return x
