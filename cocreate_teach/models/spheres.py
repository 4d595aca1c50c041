"""Where value arises: with the producer, in direct interaction or with the consumer alone (docs/models/value.md, M2-V).

The model *assumes* one common measure of value, so that spheres and sides can be added up. That is our simplification:
in service-dominant logic value is determined by the beneficiary, and sums over people are not defined. It also assumes
decreasing returns and that what both sides put into the joint sphere multiplies. What the producer makes is *potential*
value; as far as it is used, it is realised. `structural_support` may come from M5, `direct_interaction` from M1: both
are plain fields. Source of the three spheres: Grönroos, C. & Voima, P. (2013), Critical service logic, Journal of the
Academy of Marketing Science (abstract seen; volume 41(2), 133-150 from memory, unverified). The equations are ours.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import SIDES, Array, Range, Value, consumer_producer, validate

SPHERES: Final = ("producer", "joint", "consumer")  # the last axis of values by sphere
ELASTICITY_LIMIT: Final = 0.95  # at 1 the closed forms of (9) and (10) have no value any more


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class SphereParameters:
    """Parameters of the value spheres (docs/models/value.md, M2-V).

    Parameters
    ----------
    investment : array (..., 2)
        What consumer and producer put in; one number stands for both.
    disclosure : float or array (...)
        Share of personal data that the consumer discloses.
    direct_interaction : float or array (...)
        0: pure exchange, nothing is created together. A plain field, which M1 may feed.
    structural_support : float or array (...)
        How far operations and structure carry the joint sphere. A plain field, which M5 may feed.
    producer_strength, joint_strength, consumer_strength : float or array (...)
        Value of each sphere when everything that enters it is 1.
    curvature : float or array (...)
        Exponent of the two spheres that one side fills alone.
    consumer_elasticity, producer_elasticity : float or array (...)
        Exponents of the joint sphere. With exponent 0 the investment of that side does not matter there.
    consumer_cost, producer_cost, privacy_cost : float or array (...)
        Cost of one unit of investment, and of disclosing everything.
    usage : float or array (...)
        Share of the producer's potential value that is used, hence realised.

    Raises
    ------
    ParameterError
        With one sentence per fault; also if the two elasticities add up to 0.95 or more.

    Examples
    --------
    >>> spheres = SphereParameters(investment=[0.6, 0.4], disclosure=0.2)
    >>> " ".join(f"{value:.3f}" for value in sphere_values(spheres))
    '0.316 0.791 0.387'
    >>> f"{sphere_surplus(spheres):.3f}"
    '0.895'
    """

    investment: Annotated[Value, Range(0, 1, unit="share", label="investment", symbol="x", each=SIDES)]
    disclosure: Annotated[Value, Range(0, 1, unit="share", label="personal data disclosed", symbol="x_data")] = 0.0
    direct_interaction: Annotated[
        Value, Range(0, 1, unit="share", label="degree of direct interaction", symbol="D")
    ] = 0.7
    structural_support: Annotated[Value, Range(0, 1, unit="share", label="structural support", symbol="σ")] = 1.0
    producer_strength: Annotated[
        Value, Range(0, 10, unit="value", label="strength of the producer's sphere", symbol="a_P", step=0.1)
    ] = 0.5
    joint_strength: Annotated[
        Value, Range(0, 10, unit="value", label="strength of the joint sphere", symbol="a_J", step=0.1)
    ] = 2.0
    consumer_strength: Annotated[
        Value, Range(0, 10, unit="value", label="strength of the consumer's sphere", symbol="a_C", step=0.1)
    ] = 0.5
    curvature: Annotated[Value, Range(0, 1, label="exponent of the spheres of one side", symbol="η")] = 0.5
    consumer_elasticity: Annotated[
        Value, Range(0, 0.95, label="elasticity of joint value, consumer's investment", symbol="α")
    ] = 0.4
    producer_elasticity: Annotated[
        Value, Range(0, 0.95, label="elasticity of joint value, producer's investment", symbol="β")
    ] = 0.4
    consumer_cost: Annotated[
        Value, Range(0, 10, unit="value per unit", label="cost of the consumer's investment", symbol="κ_c", step=0.1)
    ] = 0.5
    producer_cost: Annotated[
        Value, Range(0, 10, unit="value per unit", label="cost of the producer's investment", symbol="κ_p", step=0.1)
    ] = 0.6
    privacy_cost: Annotated[
        Value, Range(0, 10, unit="value", label="risk of disclosing all personal data", symbol="ψ", step=0.1)
    ] = 0.3
    usage: Annotated[Value, Range(0, 1, unit="share", label="usage of potential value", symbol="u")] = 1.0

    def __post_init__(self) -> None:
        validate(self)
        faults = elasticity_faults(self.consumer_elasticity, self.producer_elasticity)
        if faults:
            raise ParameterError(faults)


def elasticity_faults(consumer: Value, producer: Value) -> list[str]:
    """Return a sentence if the two elasticities of joint value add up to 0.95 or more in some scenario."""
    alpha, beta = np.broadcast_arrays(np.asarray(consumer), np.asarray(producer))
    wrong = np.argwhere(alpha + beta >= ELASTICITY_LIMIT)
    if not len(wrong):
        return []
    place = tuple(int(i) for i in wrong[0])
    a, b = float(alpha[place]), float(beta[place])
    where = f" at position {place}" if place else ""
    return [
        f"consumer_elasticity + producer_elasticity must be below {ELASTICITY_LIMIT:g}; "
        f"got {a:g} + {b:g} = {a + b:g}{where}; lower one of them"
    ]


def sphere_values(parameters: SphereParameters) -> Array:
    """Return the value of each sphere; (..., 3): producer (potential), joint, consumer.

    Notes
    -----
    Eq. (7). 0 to the power 0 is 1: an investment with exponent 0 does not matter, not even when it is missing.
    """
    x = np.atleast_1d(parameters.investment)
    consumer, producer = x[..., 0], x[..., -1]
    together = np.asarray(parameters.structural_support * np.asarray(parameters.direct_interaction))
    joint = (
        together
        * parameters.joint_strength
        * consumer**parameters.consumer_elasticity
        * producer**parameters.producer_elasticity
    )
    facilitated = parameters.producer_strength * producer**parameters.curvature
    alone = parameters.consumer_strength * consumer**parameters.curvature
    return np.stack(np.broadcast_arrays(facilitated, joint, alone), axis=-1)


def sphere_shares(parameters: SphereParameters) -> Array:
    """Return the share of each sphere in the value created; (..., 3): sums to 1, or all 0 where no value is created."""
    values = sphere_values(parameters)
    total = values.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(values, total, out=np.zeros(values.shape), where=total > 0))


def created_value(parameters: SphereParameters) -> Array:
    """Return the value created, potential value included, V of eq. (7); (...)."""
    return np.asarray(sphere_values(parameters).sum(axis=-1))


def realised_value(parameters: SphereParameters) -> Array:
    """Return the value that somebody has: joint and consumer's spheres, and the used part of the producer's; (...)."""
    facilitated, joint, alone = np.moveaxis(sphere_values(parameters), -1, 0)
    return np.asarray(joint + alone + parameters.usage * facilitated)


def sphere_costs(parameters: SphereParameters) -> Array:
    """Return what each side's contribution costs it, eq. (7); (..., 2). The risk of disclosure is a separate sum."""
    x = np.atleast_1d(parameters.investment)
    risk = np.asarray(parameters.privacy_cost) * parameters.disclosure
    return consumer_producer(parameters.consumer_cost * x[..., 0] + risk, parameters.producer_cost * x[..., -1])


def sphere_surplus(parameters: SphereParameters) -> Array:
    """Return the value realised minus the costs of both sides; (...), may be negative.

    Notes
    -----
    With usage 1 this is the Π of eq. (7). Below 1, only what is realised can be divided.
    """
    return np.asarray(realised_value(parameters) - sphere_costs(parameters).sum(axis=-1))
