"""Models to move by hand: what they assume, what follows, and in which numbers (docs/models.md).

A model is a frozen set of parameters, a pure step, a pure path and its closed forms; numpy only. Leading axes are
scenarios everywhere, so that one call runs many of them. So far: participation (M2-S) and engagement (M4).
"""

from cocreate_teach.models.circle import ParticipationParameters, participation_parameters
from cocreate_teach.models.cocreation import (
    department_diversity,
    experience,
    external_cocreation,
    external_potential,
    internal_cocreation,
)
from cocreate_teach.models.engagement import (
    ENGAGEMENT_EXAMPLE,
    EngagementParameters,
    engagement_equilibrium,
    engagement_path,
    engagement_step,
    engagement_transient,
    voice,
)
from cocreate_teach.models.parameters import Range, Value, parameter_table, ranges
from cocreate_teach.models.participation import (
    TOLERANCE,
    coalition_value,
    enthusiasm,
    is_supportive,
    leaving_round,
    members_of,
    net_value,
    participation_equilibrium,
    participation_path,
    participation_step,
    rewards,
    shapley_values,
)
from cocreate_teach.models.remedies import (
    largest_transfer,
    smallest_synergy,
    smallest_transfer,
    surplus,
    with_synergy,
    with_training,
    with_transfer,
)
from cocreate_teach.models.shapley import shapley_values_brute_force

__all__ = [
    "ENGAGEMENT_EXAMPLE",
    "TOLERANCE",
    "EngagementParameters",
    "ParticipationParameters",
    "Range",
    "Value",
    "coalition_value",
    "department_diversity",
    "engagement_equilibrium",
    "engagement_path",
    "engagement_step",
    "engagement_transient",
    "enthusiasm",
    "experience",
    "external_cocreation",
    "external_potential",
    "internal_cocreation",
    "is_supportive",
    "largest_transfer",
    "leaving_round",
    "members_of",
    "net_value",
    "parameter_table",
    "participation_equilibrium",
    "participation_parameters",
    "participation_path",
    "participation_step",
    "ranges",
    "rewards",
    "shapley_values",
    "shapley_values_brute_force",
    "smallest_synergy",
    "smallest_transfer",
    "surplus",
    "voice",
    "with_synergy",
    "with_training",
    "with_transfer",
]
