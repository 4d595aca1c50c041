"""The Bass model where everybody has two contacts, on an endless ring: exact (docs/models/loyalty.md, M3).

It checks `word_of_mouth` where not everybody talks to everybody.

Source: the idea of counting runs of those who have not adopted is that of Fibich & Gibori (2010), Operations Research
58(5), 1450-1468 (abstract seen); in discrete time it is ours.
"""

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.models.bass import SHARE, BassParameters, effective_imitation
from cocreate_teach.models.parameters import Array, read_state, whole_number


def ring_path(parameters: BassParameters, periods: int, initial: ArrayLike = 0.0) -> Array:
    """Return the share of adopters on an endless ring of two contacts each, period by period; (..., T+1), exactly.

    It never exceeds `bass_path`, where everybody talks to everybody, unless adopters warn: on the ring an adopter's
    contacts are soon adopters themselves, and what it says is lost on them.

    Parameters
    ----------
    parameters : BassParameters
        Fields (...); p + q <= 1. `recommendation` is what every adopter says. Their mean will not do: beside somebody
        who stays silent, the message ends.
    periods : int
        Number of periods, T.
    initial : float or array (...)
        Share that has adopted at the start, chosen at random.

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0 or `initial` lies outside [0, 1].

    Notes
    -----
    Eq. (17r). S_k is the probability that k neighbours in a row have not adopted, c_j the probability to hold out for
    one more period beside j adopters: S_1' = c_0 S_3 + 2 c_1 (S_2 - S_3) + c_2 (S_1 - 2 S_2 + S_3), and for k >= 2
    S_k' = c_0^(k-2) [c_1^2 S_k + 2 c_1 (c_0 - c_1) S_(k+1) + (c_0 - c_1)^2 S_(k+2)]. The share is 1 - S_1.
    """
    total, start = whole_number("periods", periods), read_state("initial", initial, SHARE)
    p, q, start = np.broadcast_arrays(parameters.innovation, effective_imitation(parameters), start)
    none, one, both = (1.0 - np.clip(p + q * part, 0.0, 1.0) for part in (0.0, 0.5, 1.0))
    length = np.arange(1, 2 * total + 4).reshape(-1, *(1,) * p.ndim)
    rows = (1.0 - start) ** length  # S_1, S_2, ... of the start; two fewer are known each period
    inner = none ** np.maximum(length - 2, 0)
    share = [start]
    for _ in range(total):
        a, b, c = rows[:-2], rows[1:-1], rows[2:]
        first = none * c[0] + 2.0 * one * (b[0] - c[0]) + both * (a[0] - 2.0 * b[0] + c[0])
        rows = inner[: len(a)] * (one**2 * a + 2.0 * one * (none - one) * b + (none - one) ** 2 * c)
        rows[0] = first
        share.append(1.0 - first)
    return np.stack(share, axis=-1)
