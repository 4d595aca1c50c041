"""Voice, engagement, and the speed at which engagement follows (docs/models/engagement.md, M4).

The model *assumes* that centralisation acts through voice, as Text A has it. That centralisation lowers
engagement is therefore built in: the model shows how much and for whom, not whether.

The equations are ours.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    last_axis,
    name_faults,
    ranges,
    read_state,
    scenario_faults,
    value_faults,
    whole_number,
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class EngagementParameters:
    """Parameters of the engagement model (docs/models/engagement.md, M4).

    k is the number of stakeholders; leading axes (...) are scenarios and only need to broadcast.

    Parameters
    ----------
    stakeholders : tuple of str
        Their names, each once.
    power, interest : array (..., k)
        Shares in [0, 1]; one number stands for every stakeholder.
    is_internal : tuple of bool
        Who belongs to the organisation; at least one inside and one outside.
    centralisation : float or array (...)
        Share of decisions taken by power alone. It acts through voice by assumption.
    adjustment : float or array (...)
        Share of the distance to its target that engagement covers in one period.
    experience_floor : float or array (...)
        Experience of an employee who is only told what to do.
    leverage : float or array (...)
        How strongly external co-creation depends on internal co-creation; 0 means not at all.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> [f"{said:.2f}" for said in voice(ENGAGEMENT_EXAMPLE)]
    ['0.70', '0.65', '0.95', '0.75', '0.90']
    """

    stakeholders: tuple[str, ...]
    power: Annotated[Value, Range(0, 1, unit="share", label="power over decisions", symbol="P", each=None)]
    interest: Annotated[Value, Range(0, 1, unit="share", label="interest in the outcome", symbol="I", each=None)]
    is_internal: tuple[bool, ...]
    centralisation: Annotated[Value, Range(0, 1, unit="share", label="centralisation of decisions", symbol="Z")] = 0.5
    adjustment: Annotated[Value, Range(0, 1, unit="share per period", label="speed of adjustment", symbol="λ")] = 0.3
    experience_floor: Annotated[
        Value, Range(0, 1, unit="share", label="experience of the passive employee", symbol="x0")
    ] = 0.2
    leverage: Annotated[Value, Range(0, 5, label="leverage of internal co-creation", symbol="ι", step=0.1)] = 1.0

    def __post_init__(self) -> None:
        faults = name_faults(self.stakeholders) + value_faults(self)
        if not isinstance(self.stakeholders, tuple):
            raise ParameterError(faults)
        k = len(self.stakeholders)
        inside = self.is_internal
        if (
            not isinstance(inside, tuple)
            or len(inside) != k
            or set(map(type, inside)) != {bool}
            or len(set(inside)) < 2
        ):
            faults.append(
                f"is_internal must be a tuple of True or False for each of the {k} stakeholders, at least one of each; "
                f"got {inside!r}"
            )
        shapes = []
        for name in ranges(self):
            shape = np.shape(getattr(self, name))
            if name in ("power", "interest") and shape:
                if shape[-1] != k:
                    faults.append(f"{name} must end in an axis of {k}, one per stakeholder; got shape {shape}")
                shape = shape[:-1]
            shapes.append(shape)
        faults.extend(scenario_faults(shapes))
        if faults:
            raise ParameterError(faults)


def voice(parameters: EngagementParameters) -> Array:
    """Return the voice of each stakeholder, (..., k): 1 if nothing is centralised, its power if everything is.

    Notes
    -----
    Eq. (19). Centralisation acts through voice by assumption.
    """
    centralisation = last_axis(parameters.centralisation)
    spoken = (1.0 - centralisation) + centralisation * parameters.power
    return np.broadcast_to(spoken, (*spoken.shape[:-1], len(parameters.stakeholders))).copy()


def engagement_equilibrium(parameters: EngagementParameters) -> Array:
    """Return the engagement that each stakeholder settles at: interest times voice; (..., k) in [0, 1]. Eq. (19)."""
    return np.asarray(parameters.interest * voice(parameters), dtype=np.float64)


def engagement_step(state: ArrayLike, parameters: EngagementParameters) -> Array:
    """Advance engagement by one period, towards interest times voice.

    Parameters
    ----------
    state : array (..., k)
        Engagement now, shares in [0, 1]. Not modified.
    parameters : EngagementParameters
        Of the same stakeholders.

    Returns
    -------
    array (..., k)
        Engagement one period later, in [0, 1].

    Raises
    ------
    ParameterError
        If the state has another last axis or a value outside [0, 1].

    Notes
    -----
    Eq. (19): e + λ (e* - e).
    """
    now = engagement_state(state, parameters)
    return np.asarray(now + last_axis(parameters.adjustment) * (engagement_equilibrium(parameters) - now))


def engagement_path(parameters: EngagementParameters, periods: int, initial: ArrayLike | None = None) -> Array:
    """Return engagement period by period; (..., T+1, k), starting with `initial` (zeros if not given).

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0 or `initial` is not a state (..., k) in [0, 1].
    """
    start = np.zeros(1) if initial is None else engagement_state(initial, parameters)
    shape = np.broadcast_shapes(
        start.shape, engagement_equilibrium(parameters).shape, last_axis(parameters.adjustment).shape
    )
    states = [np.broadcast_to(start, shape)]
    for _ in range(whole_number("periods", periods)):
        states.append(engagement_step(states[-1], parameters))
    return np.stack(states, axis=-2)


def engagement_transient(parameters: EngagementParameters, periods: int, initial: ArrayLike | None = None) -> Array:
    """Return engagement after so many periods, from the closed form of eq. (19); (..., k).

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0 or `initial` is not a state (..., k) in [0, 1].

    Notes
    -----
    e* + (e0 - e*) (1 - λ)^t.
    """
    elapsed = whole_number("periods", periods)
    start = np.zeros(1) if initial is None else engagement_state(initial, parameters)
    target = engagement_equilibrium(parameters)
    return np.asarray(target + (start - target) * (1.0 - last_axis(parameters.adjustment)) ** elapsed)


def engagement_state(state: ArrayLike, parameters: EngagementParameters) -> Array:
    """Return a state as an array (..., k), or say what is wrong with it.

    Raises
    ------
    ParameterError
        If the state has another last axis or a value outside [0, 1].
    """
    return read_state("engagement", state, Range(0, 1, unit="share", each=parameters.stakeholders))


ENGAGEMENT_EXAMPLE: Final = EngagementParameters(
    stakeholders=("customer", "employee", "management", "supplier", "shareholder"),
    power=np.array([0.4, 0.3, 0.9, 0.5, 0.8]),
    interest=np.array([0.9, 0.8, 0.7, 0.5, 0.4]),
    is_internal=(False, True, True, False, False),
)
"""Five stakeholders of an invented firm (status: illustrative; the numbers are chosen to show a behaviour)."""
