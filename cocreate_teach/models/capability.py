"""A chain of sourcing, production and delivery is as strong as its weakest step (docs/models/business_model.md, M5).

The model *assumes* that each unit passes all three steps, so that none can stand in for another. Structural support is
the share of demand that the chain can serve; M2-V multiplies the joint value by it. The smooth alternative lets a
strong step make up for a weak one in part; which of the two a firm resembles is an empirical question.

The equations are ours; the three steps are those of Text A.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.models.parameters import Array, Range, Value, last_axis, validate

STEPS: Final = ("sourcing", "production", "delivery")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class CapabilityParameters:
    """Parameters of the chain of steps (docs/models/business_model.md, M5).

    Parameters
    ----------
    capability : float or array (..., 3)
        What sourcing, production and delivery can each handle; one number stands for all three.
    demand : float or array (...)
        What is asked for in the same time.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> chain = CapabilityParameters(capability=[400, 180, 120], demand=160)
    >>> print(bottleneck_step(chain), f"{throughput(chain):.0f} {structural_support(chain):.2f}")
    delivery 120 0.75
    """

    capability: Annotated[
        Value, Range(0, 1e6, unit="units per period", label="capability", symbol="s, p, d", step=1, each=STEPS)
    ]
    demand: Annotated[Value, Range(0, 1e6, unit="units per period", label="demand", symbol="D_m", step=1)]

    def __post_init__(self) -> None:
        validate(self)


def throughput(parameters: CapabilityParameters) -> Array:
    """Return what the chain as a whole can handle: the smallest of the three capabilities; (...)."""
    return np.asarray(_per_step(parameters).min(axis=-1))


def bottleneck_step(parameters: CapabilityParameters) -> NDArray[np.str_]:
    """Return the name of the step with the smallest capability, the first one in the chain if several tie; (...)."""
    return np.asarray(np.array(STEPS)[_per_step(parameters).argmin(axis=-1)])


def step_coverage(parameters: CapabilityParameters) -> Array:
    """Return the share of demand that each step can serve; (..., 3) in [0, 1].

    Notes
    -----
    min(1, capability / demand): 0 for a step that can do nothing, otherwise 1 if nothing is asked for.
    """
    return _coverage(_per_step(parameters), last_axis(parameters.demand))


def structural_support(parameters: CapabilityParameters) -> Array:
    """Return the share of demand that the chain can serve, σ; (...) in [0, 1].

    Notes
    -----
    min(1, throughput / demand): 0 if a step can do nothing, otherwise 1 if nothing is asked for.
    """
    return _coverage(throughput(parameters), np.asarray(parameters.demand, dtype=np.float64))


def smooth_support(parameters: CapabilityParameters) -> Array:
    """Return the geometric mean of what the three steps can serve, the smooth alternative to σ; (...) in [0, 1].

    Notes
    -----
    (s p d)^(1/3) of the three coverages: never below σ, equal to it if all three are equal, 0 if one of them is 0.
    """
    return np.asarray(np.cbrt(step_coverage(parameters)).prod(axis=-1))  # the root first: the product could vanish


def _per_step(parameters: CapabilityParameters) -> Array:
    """Return the capabilities with their axis of three steps."""
    given = np.asarray(parameters.capability, dtype=np.float64)
    return np.broadcast_to(given, (len(STEPS),)) if given.ndim == 0 else given


def _coverage(capability: Array, demand: Array) -> Array:
    """Return capability over the larger of capability and demand, 0 without capability."""
    able, needed = np.broadcast_arrays(capability, np.maximum(capability, demand))
    return np.asarray(np.divide(able, needed, out=np.zeros(able.shape), where=able > 0))
