"""What one model hands to the next, in one direction (docs/models/coupling.md).

Each function takes the result of one model and returns parameters of another; nothing flows back, so every number can
be traced. A closed loop of all models would have no closed form, and a finding in it could come from anywhere. That
these are the right hand-overs is *assumed*; the equations are ours.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.capability import CapabilityParameters, structural_support
from cocreate_teach.models.circle import ParticipationParameters
from cocreate_teach.models.cocreation import internal_cocreation
from cocreate_teach.models.engagement import EngagementParameters
from cocreate_teach.models.involvement_state import InvolvementParameters, InvolvementState
from cocreate_teach.models.involvement_targets import benefit_share
from cocreate_teach.models.loyalty import LoyaltyParameters, attitude
from cocreate_teach.models.parameters import SIDES, Range, read_state
from cocreate_teach.models.relationship import met_expectations, willingness_to_cooperate
from cocreate_teach.models.spheres import SphereParameters, sphere_costs

_CAPTURED = Range(0, 1e100, unit="value", each=SIDES)


def involvement_from_value(
    parameters: InvolvementParameters, spheres: SphereParameters, captured: ArrayLike
) -> InvolvementParameters:
    """Hand value to involvement (M2 to M1): what each captures, on top of its costs, is its benefit.

    Parameters
    ----------
    parameters : InvolvementParameters
        Investments and benefits are replaced; everything else stays.
    spheres : SphereParameters
        Gives investments and costs.
    captured : array (..., 2)
        Net value of each side, u of eq. (8), as from `nash_split`; 0 or more.

    Returns
    -------
    InvolvementParameters
        With B = u + K and K, and the same investments.

    Raises
    ------
    ParameterError
        If a captured value is negative or not a number, or has another last axis.
    """
    costs = sphere_costs(spheres)
    benefits = read_state("captured", captured, _CAPTURED) + costs
    return replace(parameters, investment=spheres.investment, benefit_share=benefit_share(benefits, costs))


def value_from_involvement(
    spheres: SphereParameters, state: InvolvementState, parameters: InvolvementParameters
) -> SphereParameters:
    """Hand involvement to value (M1 to M2): both must be willing to cooperate, D = sqrt(W_c W_p).

    Parameters
    ----------
    spheres : SphereParameters
        Its `direct_interaction` is replaced.
    state : InvolvementState
        Of one period, or a whole path: then the periods are the last of the leading axes.
    parameters : InvolvementParameters
        Those of the state.
    """
    willing = willingness_to_cooperate(state, parameters)
    return replace(spheres, direct_interaction=np.sqrt(willing[..., 0] * willing[..., 1]))


def value_from_capability(spheres: SphereParameters, capability: CapabilityParameters) -> SphereParameters:
    """Hand structure to value (M5 to M2): the bottleneck limits the joint sphere, sigma = min(1, throughput/demand)."""
    return replace(spheres, structural_support=structural_support(capability))


def loyalty_from_involvement(state: InvolvementState, *, barrier: ArrayLike = 0.0) -> LoyaltyParameters:
    """Hand involvement to loyalty (M1 to M3): the consumer's met expectations are its attitude, its bonds its lock-in.

    Parameters
    ----------
    state : InvolvementState
        Of one period or a whole path.
    barrier : float or array (...)
        Situational barrier, which M1 does not know.

    Raises
    ------
    ParameterError
        If the barrier lies outside [0, 1].

    Notes
    -----
    a = 2 m_c - 1 and s = S_c. That social bonds lock in, whether or not somebody is content, is our addition to Text B.
    """
    consumer = SIDES.index("consumer")
    return LoyaltyParameters(
        attitude=attitude(met_expectations(state)[..., consumer]),
        lock_in=np.asarray(state.social)[..., consumer],
        barrier=np.asarray(barrier),
    )


def participation_from_engagement(
    circle: ParticipationParameters, engagement: EngagementParameters, state: ArrayLike
) -> ParticipationParameters:
    """Hand engagement to participation (M4 to M2-S): what reaches outside is carried by co-creation inside.

    Parameters
    ----------
    circle : ParticipationParameters
        The synergies of pairs with one stakeholder inside and one outside are multiplied by IC to the power leverage.
    engagement : EngagementParameters
        Of the same stakeholders, in the same order.
    state : array (..., k)
        Engagement, as from `engagement_equilibrium`.

    Raises
    ------
    ParameterError
        If the stakeholders differ, or the state is none of these stakeholders.
    """
    if circle.stakeholders != engagement.stakeholders:
        raise ParameterError(
            f"stakeholders must be the same in both models; got {', '.join(circle.stakeholders)} "
            f"and {', '.join(engagement.stakeholders)}; name them alike and in one order"
        )
    inside = np.array(engagement.is_internal)
    crosses = inside[:, None] != inside[None, :]
    carried = np.asarray(internal_cocreation(state, engagement) ** engagement.leverage)[..., None, None]
    return replace(circle, synergy=np.where(crosses, circle.synergy * carried, circle.synergy))
