"""What draws involvement: benefits against costs and alternatives, and trust on common values (M1).

Equations: docs/models/involvement.md. That benefits, costs and other offers are compared is Text B's "economic
involvement"; Text A names competition and communication. The formulas are ours. The idea that a relation is measured
against the next best one is Thibaut & Kelley (1959), The Social Psychology of Groups (from memory, unverified).
"""

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.models.involvement_state import InvolvementParameters, both_sides
from cocreate_teach.models.parameters import Array, Range, last_axis, read_state

_AMOUNT = Range(0, 1e12, unit="value")


def benefit_share(benefits: ArrayLike, costs: ArrayLike) -> Array:
    """Return benefits as a share of benefits and costs, b = B / (B + K); 0 if there are neither.

    A share and not the ratio B / K, because benefits may come without costs: b is then 1, a ratio infinite.

    Parameters
    ----------
    benefits, costs : float or array
        Of one unit, 0 or more; they broadcast. For a ratio of r write ``benefit_share(r, 1)``.

    Returns
    -------
    array
        In [0, 1], of the shape of both together.

    Raises
    ------
    ParameterError
        If benefits or costs are negative or no numbers.

    Examples
    --------
    >>> f"{benefit_share(1.5, 1):.2f}"
    '0.60'
    """
    gained, spent = read_state("benefits", benefits, _AMOUNT), read_state("costs", costs, _AMOUNT)
    both = np.asarray(gained + spent)
    return np.asarray(np.divide(gained, both, where=both > 0, out=np.zeros(both.shape)))


def economic_target(parameters: InvolvementParameters) -> Array:
    """Return the economic involvement that each side tends to, E* = B / (B + (1 + alt) K); (..., 2).

    Notes
    -----
    Eq. (1), with B : K = b : (1 - b). One half if benefits are exactly (1 + alt) times the costs.
    """
    share = both_sides(parameters.benefit_share)
    return np.asarray(share / (share + (1.0 + last_axis(parameters.alternatives)) * (1.0 - share)), dtype=np.float64)


def shared_trust(parameters: InvolvementParameters) -> Array:
    """Return v, trust on the ground of common values: cv (1 - (1 - tr0) (1 - comm)); (...) in [0, 1].

    Communication makes up for a part of the trust that is missing; without common values neither helps.
    """
    missing = (1.0 - np.asarray(parameters.trust)) * (1.0 - np.asarray(parameters.communication))
    return np.asarray(parameters.common_values * (1.0 - missing), dtype=np.float64)
