"""Cooperation against hold-up: who must share what it creates, puts in too little (docs/models/value.md, M2-C).

The model *assumes* that investments are made before the value is divided, cannot be fixed by contract, and may be as
large as one likes (unlike the shares of M2-V). Each side then bears all of its cost and gets only part of what it adds.
Sources: hold-up as explained in Schmitz, P. W. (2001), Bulletin of Economic Research 53(1), 1-17 (working paper seen),
after Grossman, S. & Hart, O. (1986) (from memory, unverified); two sides that invest under a linear share:
Bhattacharyya, S. & Lafontaine, F. (1995), RAND Journal of Economics 26(4), 761-781 (abstract seen). The equations are
worked out here.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import (
    SIDES,
    Array,
    Range,
    Value,
    consumer_producer,
    last_axis,
    read_state,
    validate,
    whole_number,
)
from cocreate_teach.models.spheres import elasticity_faults

INVESTMENT: Final = Range(0, 1e200, unit="investment", label="investment", symbol="x", each=SIDES)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class HoldupParameters:
    """Parameters of cooperation against hold-up (docs/models/value.md, M2-C): the joint sphere of M2-V alone.

    Parameters
    ----------
    joint_strength, direct_interaction, structural_support : float or array (...)
        As in `SphereParameters`; their product is a. The last two are plain fields, which M1 and M5 may feed.
    consumer_elasticity, producer_elasticity : float or array (...)
        How much more value there is, in per cent, for one per cent more investment of this side.
    consumer_cost, producer_cost : float or array (...)
        Cost of one unit of investment; not zero, or there is no best investment.
    output_share : float or array (...)
        Consumer's share of the joint value, when each side invests for itself.

    Raises
    ------
    ParameterError
        With one sentence per fault; also if the two elasticities add up to 0.95 or more.

    Examples
    --------
    >>> equal = HoldupParameters(consumer_elasticity=0.3, producer_elasticity=0.3, output_share=0.5)
    >>> f"{holdup_ratio(equal):.1%} of the value is left"
    '35.4% of the value is left'
    """

    joint_strength: Annotated[
        Value, Range(0, 10, unit="value", label="strength of the joint sphere", symbol="a_J", step=0.1)
    ] = 2.0
    direct_interaction: Annotated[
        Value, Range(0, 1, unit="share", label="degree of direct interaction", symbol="D")
    ] = 0.7
    structural_support: Annotated[Value, Range(0, 1, unit="share", label="structural support", symbol="σ")] = 1.0
    consumer_elasticity: Annotated[
        Value, Range(0, 0.95, label="elasticity of joint value, consumer's investment", symbol="α")
    ] = 0.4
    producer_elasticity: Annotated[
        Value, Range(0, 0.95, label="elasticity of joint value, producer's investment", symbol="β")
    ] = 0.4
    consumer_cost: Annotated[
        Value, Range(0.01, 10, unit="value per unit", label="cost of the consumer's investment", symbol="κ_c", step=0.1)
    ] = 0.5
    producer_cost: Annotated[
        Value, Range(0.01, 10, unit="value per unit", label="cost of the producer's investment", symbol="κ_p", step=0.1)
    ] = 0.6
    output_share: Annotated[Value, Range(0, 1, unit="share", label="consumer's share of joint value", symbol="γ")] = 0.5

    def __post_init__(self) -> None:
        validate(self)
        faults = elasticity_faults(self.consumer_elasticity, self.producer_elasticity)
        if faults:
            raise ParameterError(faults)


def joint_value(parameters: HoldupParameters, investment: ArrayLike) -> Array:
    """Return the joint value of investments (..., 2), a x_c^α x_p^β; (...).

    Raises
    ------
    ParameterError
        If an investment is negative or no array (..., 2).
    """
    x = read_state("investment", investment, INVESTMENT)
    alpha, beta = parameters.consumer_elasticity, parameters.producer_elasticity
    return np.asarray(_strength(parameters) * x[..., 0] ** alpha * x[..., 1] ** beta)


def first_best_value(parameters: HoldupParameters) -> Array:
    """Return the joint value V* if both sides invest what is best for the two together, eq. (9); (...)."""
    alpha, beta = np.asarray(parameters.consumer_elasticity), np.asarray(parameters.producer_elasticity)
    unit = (alpha / parameters.consumer_cost) ** alpha * (beta / parameters.producer_cost) ** beta
    return np.asarray((_strength(parameters) * unit) ** _leverage(parameters))


def first_best(parameters: HoldupParameters) -> Array:
    """Return the investments that are best for the two together, eq. (9); (..., 2)."""
    return _paid(parameters, first_best_value(parameters), 1.0, 1.0)


def first_best_surplus(parameters: HoldupParameters) -> Array:
    """Return the largest surplus of the two together, Π* = (1 - α - β) V*, eq. (9); (...)."""
    return np.asarray(first_best_value(parameters) / _leverage(parameters))


def holdup_ratio(parameters: HoldupParameters) -> Array:
    """Return the share of V* that is left when each side invests for itself, eq. (10); (...), in [0, 1].

    It depends on the elasticities and the output share only, not on strength or costs.
    """
    gamma = np.asarray(parameters.output_share)
    kept = gamma**parameters.consumer_elasticity * (1.0 - gamma) ** parameters.producer_elasticity
    return np.asarray(kept ** _leverage(parameters))


def holdup_value(parameters: HoldupParameters) -> Array:
    """Return the joint value V_N when each side invests for itself, eq. (10); (...)."""
    return np.asarray(first_best_value(parameters) * holdup_ratio(parameters))


def holdup_equilibrium(parameters: HoldupParameters) -> Array:
    """Return what each side invests when it invests for itself, eq. (10); (..., 2).

    Notes
    -----
    The Nash equilibrium with positive investments, the only one of its kind. If both elasticities are positive, (0, 0)
    is another equilibrium: where the other puts in nothing, nothing is worth putting in.
    """
    gamma = np.asarray(parameters.output_share)
    return _paid(parameters, holdup_value(parameters), gamma, 1.0 - gamma)


def holdup_payoffs(parameters: HoldupParameters) -> Array:
    """Return what each side has left when it invests for itself: γ (1-α) V_N and (1-γ)(1-β) V_N; (..., 2)."""
    gamma, value = np.asarray(parameters.output_share), holdup_value(parameters)
    return consumer_producer(
        gamma * value * (1.0 - np.asarray(parameters.consumer_elasticity)),
        (1.0 - gamma) * value * (1.0 - np.asarray(parameters.producer_elasticity)),
    )


def value_best_share(parameters: HoldupParameters) -> Array:
    """Return the output share of the consumer with the largest joint value, α / (α + β); (...).

    ½ where both elasticities are 0, as every share is equally good then.
    """
    return _weight(np.asarray(parameters.consumer_elasticity), np.asarray(parameters.producer_elasticity))


def surplus_best_share(parameters: HoldupParameters) -> Array:
    """Return the output share of the consumer with the largest surplus; (...), ½ where both elasticities are 0.

    Notes
    -----
    √(α(1-β)) / (√(α(1-β)) + √(β(1-α))): setting the derivative of Π_N to 0 leaves α(1-β)(1-γ)² = β(1-α)γ². It lies
    between ½ and the share with the largest value, which costs more investment than it is worth.
    """
    alpha, beta = np.asarray(parameters.consumer_elasticity), np.asarray(parameters.producer_elasticity)
    return _weight(np.sqrt(alpha * (1.0 - beta)), np.sqrt(beta * (1.0 - alpha)))


def holdup_step(investment: ArrayLike, parameters: HoldupParameters) -> Array:
    """Let each side answer what the other has put in with what is best for itself, both at the same time.

    Parameters
    ----------
    investment : array (..., 2)
        What consumer and producer put in now, 0 or more. Not modified.
    parameters : HoldupParameters
        Fields broadcast with the leading axes.

    Returns
    -------
    array (..., 2)
        What they put in one period later.

    Raises
    ------
    ParameterError
        If an investment is negative or no array (..., 2).

    Notes
    -----
    The consumer maximises γ a x_c^α x_p^β - κ_c x_c over x_c, the producer likewise with 1 - γ.
    """
    x = read_state("investment", investment, INVESTMENT)
    alpha, beta = np.asarray(parameters.consumer_elasticity), np.asarray(parameters.producer_elasticity)
    gamma, strength = np.asarray(parameters.output_share), _strength(parameters)
    consumer = gamma * alpha * strength * x[..., 1] ** beta / parameters.consumer_cost
    producer = (1.0 - gamma) * beta * strength * x[..., 0] ** alpha / parameters.producer_cost
    return consumer_producer(consumer ** (1.0 / (1.0 - alpha)), producer ** (1.0 / (1.0 - beta)))


def holdup_path(parameters: HoldupParameters, periods: int, initial: ArrayLike = 1.0) -> Array:
    """Return the investments period by period, each side answering the other; (..., T+1, 2), from `initial`.

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0, or `initial` is negative or no array (..., 2).
    """
    states = [read_state("initial", initial, INVESTMENT)]
    for _ in range(whole_number("periods", periods)):
        states.append(holdup_step(states[-1], parameters))
    shape = np.broadcast_shapes(states[0].shape, holdup_step(states[0], parameters).shape)
    return np.stack([np.broadcast_to(state, shape) for state in states], axis=-2)


def _strength(parameters: HoldupParameters) -> Array:
    together = np.asarray(parameters.structural_support * np.asarray(parameters.direct_interaction))
    return np.asarray(together * parameters.joint_strength)


def _leverage(parameters: HoldupParameters) -> Array:
    return np.asarray(1.0 / (1.0 - (np.asarray(parameters.consumer_elasticity) + parameters.producer_elasticity)))


def _paid(parameters: HoldupParameters, value: Array, consumer: ArrayLike, producer: ArrayLike) -> Array:
    """Investments that cost each side its elasticity times its share of a value."""
    costs = consumer_producer(parameters.consumer_cost, parameters.producer_cost)
    elasticities = consumer_producer(parameters.consumer_elasticity, parameters.producer_elasticity)
    return np.asarray(consumer_producer(consumer, producer) * elasticities * last_axis(value) / costs)


def _weight(first: Array, second: Array) -> Array:
    total = np.asarray(first + second)
    return np.asarray(np.divide(first, total, out=np.full(total.shape, 0.5), where=total > 0))
