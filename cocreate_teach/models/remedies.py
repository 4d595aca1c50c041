"""Rival remedies for a circle that loses somebody: a product, a transfer, training (M2-S).

Each remedy returns new parameters; the thresholds say, in closed form, how much of it is just enough for a stakeholder
to stay in the full circle. If somebody else leaves first, more may be needed: draw the path. See
docs/models/participation.md.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.circle import RANGES, ParticipationParameters, place_of
from cocreate_teach.models.parameters import Array, Value, read_value
from cocreate_teach.models.participation import rewards


def with_synergy(
    parameters: ParticipationParameters, first: str, second: str, value: ArrayLike
) -> ParticipationParameters:
    """Return parameters in which this pair adds `value`.

    Parameters
    ----------
    parameters : ParticipationParameters
        Not modified.
    first, second : str
        Names of the pair.
    value : float or array (...)
        New synergy; an array makes one scenario of each value.

    Raises
    ------
    ParameterError
        If a name is unknown, the names are the same, or the value is outside its range.
    """
    (i, j), new = _place_and_value(parameters, "synergy", (first, second), value)
    synergy = _over_scenarios(parameters.synergy, new, 2)
    synergy[..., i, j] = synergy[..., j, i] = new
    return replace(parameters, synergy=synergy)


def with_transfer(
    parameters: ParticipationParameters, *, giver: str, receiver: str, amount: ArrayLike
) -> ParticipationParameters:
    """Return parameters in which `giver` pays `receiver` this amount while both take part, instead of the present one.

    Parameters
    ----------
    parameters : ParticipationParameters
        Not modified.
    giver, receiver : str
        Names of the pair.
    amount : float or array (...)
        Not negative; an array makes one scenario of each value.

    Raises
    ------
    ParameterError
        If a name is unknown, the names are the same, or the amount is outside its range.
    """
    (i, j), new = _place_and_value(parameters, "transfer", (giver, receiver), amount)
    transfer = _over_scenarios(parameters.transfer, new, 2)
    transfer[..., i, j] = new
    return replace(parameters, transfer=transfer)


def with_training(
    parameters: ParticipationParameters, *, learner: str, partner: str, gain: ArrayLike, payer: str, cost: ArrayLike
) -> ParticipationParameters:
    """Return parameters after training: the pair adds `gain` more, and `payer` puts in `cost` more.

    Parameters
    ----------
    parameters : ParticipationParameters
        Not modified.
    learner, partner : str
        Who is trained, and for the work with whom.
    gain, cost : float or array (...)
        Added to the pair's synergy and to the payer's cost; an array makes one scenario of each value.
    payer : str
        Who bears the cost; may be the learner.

    Raises
    ------
    ParameterError
        If a name is unknown or a result is outside its range.
    """
    (i, j), added = _place_and_value(parameters, "synergy", (learner, partner), gain)
    (k,), charged = _place_and_value(parameters, "cost", (payer,), cost)
    synergy = _over_scenarios(parameters.synergy, added, 2)
    synergy[..., i, j] += added
    synergy[..., j, i] = synergy[..., i, j]
    costs = _over_scenarios(parameters.cost, charged, 1)
    costs[..., k] += charged
    return replace(parameters, synergy=synergy, cost=costs)


def smallest_synergy(parameters: ParticipationParameters, stakeholder: str, partner: str) -> Array:
    """Return the synergy of this pair at which the stakeholder just stays in the full circle; shape (...).

    Raises
    ------
    ParameterError
        If a name is unknown or the names are the same.

    Notes
    -----
    The stakeholder gets half of it: present synergy + 2 (cost - reward). Below the present synergy if it stays anyway.
    """
    i, j = _place(parameters, "synergy", (stakeholder, partner))
    present = np.asarray(parameters.synergy)[..., i, j]
    return np.asarray(present - 2.0 * surplus(parameters)[..., i], dtype=np.float64)


def smallest_transfer(parameters: ParticipationParameters, *, giver: str, receiver: str) -> Array:
    """Return the smallest transfer at which the receiver stays in the full circle, 0 if it needs none; (...).

    Raises
    ------
    ParameterError
        If a name is unknown or the names are the same.

    Examples
    --------
    >>> from cocreate_teach.models import participation_parameters
    >>> bank = participation_parameters(
    ...     ["senior", "junior"], cost={"senior": 0.5, "junior": 1.0}, synergy={("senior", "junior"): 1.6}
    ... )
    >>> f"{smallest_transfer(bank, giver='senior', receiver='junior'):.2f}"
    '0.20'
    """
    i, j = _place(parameters, "transfer", (giver, receiver))
    present = np.asarray(parameters.transfer)[..., i, j]
    return np.maximum(present - surplus(parameters)[..., j], 0.0)


def largest_transfer(parameters: ParticipationParameters, *, giver: str, receiver: str) -> Array:
    """Return the largest amount that the giver can pay the receiver and still stay in the full circle; shape (...).

    Negative if the giver would leave even without paying. A transfer works where `smallest_transfer` is not larger.

    Raises
    ------
    ParameterError
        If a name is unknown or the names are the same.
    """
    i, j = _place(parameters, "transfer", (giver, receiver))
    present = np.asarray(parameters.transfer)[..., i, j]
    return np.asarray(present + surplus(parameters)[..., i], dtype=np.float64)


def surplus(parameters: ParticipationParameters) -> Array:
    """Return what each gets back in the full circle minus what it puts in; (..., m). Negative: it would leave."""
    return np.asarray(rewards(parameters) - parameters.cost, dtype=np.float64)


def _place(parameters: ParticipationParameters, field: str, key: tuple[str, ...]) -> tuple[int, ...]:
    return _place_and_value(parameters, field, key, 0.0)[0]


def _place_and_value(
    parameters: ParticipationParameters, field: str, key: tuple[str, ...], given: ArrayLike
) -> tuple[tuple[int, ...], Value]:
    faults: list[str] = []
    place = place_of(field, parameters.stakeholders, key, faults)
    value = read_value(f"{field} of {' and '.join(key)}", given, RANGES[field], faults)
    if faults or place is None or value is None:
        raise ParameterError(faults)
    return place, value


def _over_scenarios(field: ArrayLike, value: ArrayLike, axes: int) -> Array:
    """Copy of a field with the axes of `value` among its leading axes."""
    array = np.asarray(field, dtype=np.float64)
    scenarios = np.broadcast_shapes(array.shape[:-axes], np.shape(value))
    return np.broadcast_to(array, (*scenarios, *array.shape[-axes:])).copy()
