"""Trade that breaks down because one side cannot see quality (docs/models/adoption.md, M6).

The model *assumes* that quality is spread evenly over [0, 1], that a good is worth at least as much to its buyer as to
its seller, and that a share of trades is informed: there buyers see quality, and every good is sold. In the others
buyers pay what quality is worth on average *among the goods on offer*, so that sellers of better goods withdraw.

Source: Akerlof (1970), The market for "lemons", Quarterly Journal of Economics 84(3), 488-500 (first page seen; even
quality and a multiple of 3/2 in slides on the paper). Informed trades and (26) in this form are ours.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.models.parameters import Array, Range, Value, read_state, validate, whole_number

PRICE: Final = Range(0, 1.5, unit="value")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class LemonsParameters:
    """Parameters of the market for lemons (docs/models/adoption.md, M6).

    Parameters
    ----------
    appreciation : float or array (...)
        What a good is worth to its buyer, as a multiple of what it is worth to its seller.
    informed : float or array (...)
        Share of trades in which the buyer sees quality: `linked_pairs`, for instance.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> market = LemonsParameters(appreciation=1.5, informed=np.array([0, 0.5, 1]))
    >>> " ".join(f"{value:.3f}" for value in lemons_surplus(market))
    '0.000 0.125 0.250'
    """

    appreciation: Annotated[Value, Range(1, 3, unit="multiple", label="buyer's value of quality", symbol="θ")] = 1.5
    informed: Annotated[Value, Range(0, 1, unit="share", label="share of informed trades", symbol="C")] = 0.0

    def __post_init__(self) -> None:
        validate(self)


def lemons_step(price: ArrayLike, parameters: LemonsParameters) -> Array:
    """Advance the price of uninformed trades: what the goods on offer at this price are worth on average to buyers.

    Parameters
    ----------
    price : array (...)
        Price now, from 0 to 1.5. Not modified.
    parameters : LemonsParameters
        Fields broadcast with `price`.

    Returns
    -------
    array (...)
        θ min(P, 1) / 2: sellers of quality up to P offer, half of that is its average.

    Raises
    ------
    ParameterError
        If a price lies outside its range.
    """
    now = read_state("price", price, PRICE)
    return np.asarray(parameters.appreciation * np.minimum(now, 1.0) / 2.0)


def lemons_path(parameters: LemonsParameters, periods: int, initial: ArrayLike | None = None) -> Array:
    """Return the price of uninformed trades period by period; (..., T+1).

    Parameters
    ----------
    parameters : LemonsParameters
        See there.
    periods : int
        How often buyers revise their price.
    initial : array (...), optional
        First price; θ/2 if not given, the average value of all goods.

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0 or a price lies outside its range.

    Notes
    -----
    From θ/2 the price is (θ/2)^{t+1} for θ < 2: it falls to 0. For θ >= 2 it stays at θ/2.
    """
    fair = np.asarray(parameters.appreciation) / 2.0
    start = fair if initial is None else read_state("initial", initial, PRICE)
    path = np.empty((whole_number("periods", periods) + 1, *np.broadcast_shapes(start.shape, fair.shape)))
    path[0] = start
    for t in range(1, len(path)):
        path[t] = lemons_step(path[t - 1], parameters)
    return np.moveaxis(path, 0, -1)


def lemons_surplus(parameters: LemonsParameters) -> Array:
    """Return the gains from trade per good once prices have settled; (...), between 0 and (θ - 1) / 2.

    Notes
    -----
    Eq. (26): (θ - 1) / 2 times C + (1 - C) [θ >= 2]. For θ > 2 no trade at a price of 0 would be stable, too; (26)
    takes the market that starts from the average of all goods, as `lemons_path` does.
    """
    theta, informed = np.asarray(parameters.appreciation), np.asarray(parameters.informed)
    return np.asarray((theta - 1.0) / 2.0 * np.where(theta >= 2.0, 1.0, informed), dtype=np.float64)
