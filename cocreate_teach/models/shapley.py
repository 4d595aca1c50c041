"""The Shapley value of any small game, from its definition (docs/models/participation.md, M2-S).

Source: Shapley (1953), A value for n-person games (from memory, unverified). It checks the closed form (13),
and carries the games that a sum over pairs cannot express.
"""

from collections.abc import Callable
from math import factorial

import numpy as np

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Array


def shapley_values_brute_force(value: Callable[[frozenset[int]], float], stakeholders: int) -> Array:
    """Compute the Shapley value of any game from all of its 2^m coalitions, shape (m,).

    Parameters
    ----------
    value : callable
        Value of a coalition, given as a frozenset of 0 ... m-1; the empty one must be worth 0.
    stakeholders : int
        m, from 1 to 12.

    Raises
    ------
    ParameterError
        If m is outside its range or the empty coalition is worth something.

    Examples
    --------
    One left glove, two right gloves; a pair is worth 1.

    >>> glove = shapley_values_brute_force(lambda members: float(0 in members and len(members) > 1), 3)
    >>> [f"{share:.3f}" for share in glove]
    ['0.667', '0.167', '0.167']
    """
    m = stakeholders
    if not 1 <= m <= 12:
        raise ParameterError(f"stakeholders must be between 1 and 12, as all 2^m coalitions are tried; got {m}")
    worth = [float(value(frozenset(i for i in range(m) if code >> i & 1))) for code in range(1 << m)]
    if worth[0] != 0:
        raise ParameterError(f"the empty coalition must be worth 0; got {worth[0]:g}")
    weight = [factorial(size) * factorial(m - size - 1) / factorial(m) for size in range(m)]
    shares = np.zeros(m)
    for i in range(m):
        for code in range(1 << m):
            if not code >> i & 1:
                shares[i] += weight[code.bit_count()] * (worth[code | 1 << i] - worth[code])
    return shares
