"""What two sides bring into a relationship and where they stand in it (docs/models/involvement.md, M1).

Parameters say what stays the same for the whole of a scenario, a state says where both sides are in one period, and a
path holds all periods. How a state moves is told in `involvement.py`.
"""

from dataclasses import dataclass, fields
from typing import Annotated, Final

import numpy as np

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import SIDES, Array, Range, Value, ranges, scenario_faults, validate, whole_number
from cocreate_teach.models.pledges import check_weights

COMPONENTS: Final = ("economic", "social", "emotional")
_SPEED: Final = "share per period"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class InvolvementParameters:
    """Parameters of the involvement model (docs/models/involvement.md, M1).

    Leading axes (...) are scenarios and only need to broadcast. What both sides have ends in an axis of 2: consumer,
    producer; one number stands for both.

    Parameters
    ----------
    investment : array (..., 2)
        x: what each side puts in, see `investment_volume`. The start, if `pledging_back` is above 0.
    benefit_share : array (..., 2)
        b = B / (B + K): benefits as a share of benefits and costs, see the function `benefit_share`.
    alternatives : float or array (...)
        How attractive other partners are; 0: there are none.
    common_values, trust, communication : float or array (...)
        Together they give v, see the function `shared_trust`.
    reciprocity : float or array (...)
        How far liking answers the partner's liking, and not the partner's investment.
    component_weights : array (..., 3)
        Weights of economic, social and emotional involvement; they sum to 1.
    intention_gate : float or array (...)
        How far involvement needs an intention to stay; 0: not at all.
    horizon : array (..., 2)
        How far each side looks ahead; 0: no further than today.
    economic_adjustment, social_adjustment, emotional_adjustment, intention_adjustment : float or array (...)
        Share of the distance to its target that each covers in one period.
    adaptation : float or array (...)
        Share of its partner's unmet expectations that a fully involved side puts right in one period.
    drift : float or array (...)
        Share of met expectations that no longer fit after one period.
    removable_risk : float or array (...)
        Share of the risk that disappears if the expectations of both sides are met.
    baseline_risk : array (..., 2)
        Risk of each side with a partner that meets no expectation.
    baseline_exit : float or array (...)
        Chance per period that a side leaves if nothing holds it.
    pledging_back : float or array (...)
        Share of the difference of investments that each side moves towards the other in one period.
    trust_adjustment : float or array (...)
        Share per period by which experience (m_c m_p) replaces the trust of the beginning; 0: trust stays.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> dyad = InvolvementParameters(investment=[0.6, 0.4])
    >>> [f"{weight:.2f}" for weight in dyad.component_weights]
    ['0.35', '0.30', '0.35']
    """

    investment: Annotated[Value, Range(0, 1, unit="share", label="investment", symbol="x", each=SIDES)]
    benefit_share: Annotated[
        Value, Range(0, 1, unit="share", label="benefits as a share of benefits and costs", symbol="b", each=SIDES)
    ] = 0.6
    alternatives: Annotated[Value, Range(0, 5, label="attractiveness of alternatives", symbol="alt", step=0.1)] = 0.5
    common_values: Annotated[Value, Range(0, 1, unit="share", label="common values", symbol="cv")] = 1.0
    trust: Annotated[Value, Range(0, 1, unit="share", label="trust without communication", symbol="tr0")] = 0.8
    communication: Annotated[Value, Range(0, 1, unit="share", label="communication", symbol="comm")] = 0.0
    reciprocity: Annotated[Value, Range(0, 0.99, unit="share", label="reciprocity", symbol="ρ")] = 0.5
    component_weights: Annotated[
        Value | tuple[float, ...],
        Range(0, 1, unit="share", label="weight in involvement, sum 1", symbol="w", each=COMPONENTS),
    ] = (0.35, 0.30, 0.35)
    intention_gate: Annotated[
        Value, Range(0, 1, unit="share", label="how far involvement needs intention", symbol="θ")
    ] = 0.5
    horizon: Annotated[Value, Range(0, 1, unit="share", label="time horizon", symbol="τ", each=SIDES)] = 1.0
    economic_adjustment: Annotated[
        Value, Range(0.001, 1, unit=_SPEED, label="speed of economic involvement", symbol="λ_E")
    ] = 0.5
    social_adjustment: Annotated[
        Value, Range(0.001, 1, unit=_SPEED, label="speed of social involvement", symbol="λ_S")
    ] = 0.3
    emotional_adjustment: Annotated[
        Value, Range(0.001, 1, unit=_SPEED, label="speed of emotional involvement", symbol="λ_A")
    ] = 0.15
    intention_adjustment: Annotated[Value, Range(0.001, 1, unit=_SPEED, label="speed of intention", symbol="λ_n")] = 0.1
    adaptation: Annotated[
        Value, Range(0, 1, unit=_SPEED, label="adaptation to the partner's expectations", symbol="α")
    ] = 0.5
    drift: Annotated[Value, Range(0, 1, unit=_SPEED, label="drift of requirements", symbol="δ")] = 0.05
    removable_risk: Annotated[Value, Range(0, 1, unit="share", label="removable part of the risk", symbol="φ")] = 0.8
    baseline_risk: Annotated[
        Value, Range(0, 1, unit="share", label="risk without met expectations", symbol="R0", each=SIDES)
    ] = 0.6
    baseline_exit: Annotated[
        Value, Range(0, 1, unit="chance per period", label="exit if nothing holds", symbol="h0")
    ] = 0.3
    pledging_back: Annotated[Value, Range(0, 0.5, unit=_SPEED, label="pledging back", symbol="η")] = 0.0
    trust_adjustment: Annotated[
        Value, Range(0, 1, unit=_SPEED, label="speed at which experience replaces trust", symbol="λ_v")
    ] = 0.0

    def __post_init__(self) -> None:
        validate(self)
        weights = np.asarray(self.component_weights)
        if weights.ndim == 0:  # one number for three that sum to 1 can only be a third
            weights = np.full(len(COMPONENTS), float(weights))
        check_weights("component_weights", weights)
        object.__setattr__(self, "component_weights", _exact(weights))


def _exact(weights: Array) -> Array:
    """Return weights whose sum, added from left to right, is never above 1, so that involvement is not, either."""
    economic, social, _ = np.moveaxis(weights / weights.sum(axis=-1, keepdims=True), -1, 0)
    social = np.minimum(social, 1.0 - economic)
    exact = np.stack([economic, social, 1.0 - (economic + social)], axis=-1)
    exact.setflags(write=False)
    return exact


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class InvolvementState:
    """Where two sides stand in one period.

    Parameters
    ----------
    economic, social, emotional : array (..., 2)
        Components of involvement: consumer, producer.
    intention : array (..., 2)
        To build and develop the relation.
    unmet : array (..., 2)
        Unmet expectations, g, of the consumer (towards the producer) and of the producer.
    investment : array (..., 2)
        What each side puts in now; it moves with `pledging_back`.
    shared_trust : float or array (...)
        v; it moves with `trust_adjustment`.

    Raises
    ------
    ParameterError
        With one sentence per value outside [0, 1] or of a wrong shape.
    """

    economic: Annotated[Array, Range(0, 1, unit="share", label="economic involvement", symbol="E", each=SIDES)]
    social: Annotated[Array, Range(0, 1, unit="share", label="social involvement", symbol="S", each=SIDES)]
    emotional: Annotated[Array, Range(0, 1, unit="share", label="emotional involvement", symbol="A", each=SIDES)]
    intention: Annotated[Array, Range(0, 1, unit="share", label="intention to stay", symbol="n", each=SIDES)]
    unmet: Annotated[Array, Range(0, 1, unit="share", label="unmet expectations", symbol="g", each=SIDES)]
    investment: Annotated[Array, Range(0, 1, unit="share", label="investment now", symbol="x", each=SIDES)]
    shared_trust: Annotated[Array, Range(0, 1, unit="share", label="trust on common values", symbol="v")]

    def __post_init__(self) -> None:
        validate(self)
        for name, allowed in ranges(self).items():
            value = np.asarray(getattr(self, name))
            if allowed.each and value.ndim == 0:
                value = np.full(len(SIDES), float(value))
            object.__setattr__(self, name, value)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class InvolvementPath(InvolvementState):
    """All periods of a path: as `InvolvementState`, with an axis of periods before the sides, (..., T+1, 2).

    `shared_trust` is (..., T+1). Made by `involvement_path`; what is computed from a state is computed from a path in
    the same way, and then has the axis of periods, too. No ranges: the steps that made it cannot leave [0, 1].
    """

    economic: Array
    social: Array
    emotional: Array
    intention: Array
    unmet: Array
    investment: Array
    shared_trust: Array

    def __post_init__(self) -> None:
        """Leave the arrays as they are."""


def involvement_at(path: InvolvementPath, period: int) -> InvolvementState:
    """Return one period of a path as a state (..., 2); counted in kept periods, -1 is the last.

    Raises
    ------
    ParameterError
        If the path has no such period.
    """
    length = path.economic.shape[-2]
    whole_number("period", period, low=-length, high=length - 1)
    taken = {field.name: getattr(path, field.name) for field in fields(path)}
    trust = taken.pop("shared_trust")
    return InvolvementState(
        **{name: value[..., period, :] for name, value in taken.items()}, shared_trust=trust[..., period]
    )


def scenarios_of(*described: InvolvementParameters | InvolvementState) -> tuple[int, ...]:
    """Return the shape (...) of the scenarios in parameters and states together.

    Raises
    ------
    ParameterError
        If they do not broadcast.
    """
    shapes = []
    for one in described:
        for name, allowed in ranges(one).items():
            shape = np.shape(getattr(one, name))
            shapes.append(shape[:-1] if allowed.each else shape)
    faults = scenario_faults(shapes)
    if faults:
        raise ParameterError(faults)
    return np.broadcast_shapes(*shapes)


def both_sides(value: Value) -> Array:
    """Return a parameter with the last axis (..., 2) that it may have been given without."""
    return np.broadcast_to(value, (*np.shape(value)[:-1], len(SIDES)))
