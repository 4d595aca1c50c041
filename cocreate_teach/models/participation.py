"""Who takes part, who leaves, and what each stakeholder gets back (docs/models/participation.md, M2-S).

Together the members of a circle create the sum of their stand-alone values and of the synergies of their pairs. Each
gets back its Shapley value, plus or minus agreed transfers; who gets back less than it puts in leaves, and takes its
synergies along. A fairness rule stands in for a pay slip here: nobody pays out Shapley values.

Sources: Shapley (1953), A value for n-person games; Deng & Papadimitriou (1994), Mathematics of Operations Research
19(2): games on a graph, for which the Shapley value is half of the links (both from memory, unverified). The leaving
rule is ours.
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.circle import ParticipationParameters
from cocreate_teach.models.parameters import Array, whole_number

Members: TypeAlias = NDArray[np.bool_]

TOLERANCE: Final = 1e-9  # a stakeholder that gets back as much as it puts in, up to this rounding, stays


def members_of(parameters: ParticipationParameters, members: ArrayLike | None = None) -> Members:
    """Return who is in a circle as truth values (..., m); None means everybody.

    Raises
    ------
    ParameterError
        If `members` is not an array of truth values with one place per stakeholder.
    """
    m = len(parameters.stakeholders)
    inside = np.ones(m, dtype=bool) if members is None else np.asarray(members)
    if inside.dtype != np.bool_ or inside.shape[-1:] != (m,):
        raise ParameterError(
            f"members must be truth values with a last axis of {m}, one per stakeholder; "
            f"got {inside.dtype} of shape {inside.shape}"
        )
    return inside


def coalition_value(parameters: ParticipationParameters, members: ArrayLike | None = None) -> Array:
    """Return the value v(S) that the members create together, shape (...); everybody if `members` is None.

    Raises
    ------
    ParameterError
        If `members` is not an array of truth values (..., m).

    Examples
    --------
    >>> trio = ParticipationParameters(stakeholders=("a", "b", "c"), stand_alone=1.0, synergy=2.0, cost=0.0)
    >>> float(coalition_value(trio))
    9.0
    """
    inside = members_of(parameters, members).astype(np.float64)
    alone = np.asarray(inside * parameters.stand_alone).sum(axis=-1)
    pairs = 0.5 * np.einsum("...i,...ij,...j->...", inside, parameters.synergy, inside)
    return np.asarray(alone + pairs, dtype=np.float64)


def shapley_values(parameters: ParticipationParameters, members: ArrayLike | None = None) -> Array:
    """Return each member's Shapley value in the game on S: own value and half of each synergy; (..., m), 0 outside.

    Raises
    ------
    ParameterError
        If `members` is not an array of truth values (..., m).

    Notes
    -----
    Eq. (13), exact for values made of stand-alone values and pairs. A rule of fairness, not a pay slip.
    """
    inside = members_of(parameters, members).astype(np.float64)
    halves = 0.5 * np.einsum("...ij,...j->...i", parameters.synergy, inside)
    return np.asarray(inside * (parameters.stand_alone + halves), dtype=np.float64)


def rewards(parameters: ParticipationParameters, members: ArrayLike | None = None) -> Array:
    """Return what each member gets back: Shapley value plus net transfers; (..., m), 0 outside.

    Raises
    ------
    ParameterError
        If `members` is not an array of truth values (..., m).
    """
    inside = members_of(parameters, members).astype(np.float64)
    net = np.asarray(parameters.transfer).swapaxes(-1, -2) - parameters.transfer
    received = inside * np.einsum("...ij,...j->...i", net, inside)
    return np.asarray(shapley_values(parameters, members) + received, dtype=np.float64)


def net_value(parameters: ParticipationParameters, members: ArrayLike | None = None) -> Array:
    """Return the value created by the members minus what they put in, shape (...); transfers cancel.

    Raises
    ------
    ParameterError
        If `members` is not an array of truth values (..., m).
    """
    inside = members_of(parameters, members)
    put_in = np.asarray(inside * parameters.cost).sum(axis=-1)
    return np.asarray(coalition_value(parameters, inside) - put_in, dtype=np.float64)


def participation_step(members: ArrayLike, parameters: ParticipationParameters) -> Members:
    """One round of leaving: every member that gets back less than it puts in leaves, all at the same time.

    Parameters
    ----------
    members : bool array (..., m)
        Who takes part now. Not modified.
    parameters : ParticipationParameters
        Of the same stakeholders.

    Returns
    -------
    bool array (..., m)
        Who takes part one round later.

    Raises
    ------
    ParameterError
        If `members` is not an array of truth values (..., m).

    Notes
    -----
    Eq. (14). Indifferent stakeholders stay, up to `TOLERANCE`. Nobody returns.
    """
    inside = members_of(parameters, members)
    return np.asarray(inside & (rewards(parameters, inside) - parameters.cost >= -TOLERANCE))


def participation_path(parameters: ParticipationParameters, periods: int | None = None) -> Members:
    """Return who takes part round by round, starting with everybody; (..., T+1, m).

    Parameters
    ----------
    parameters : ParticipationParameters
        See there.
    periods : int, optional
        Rounds T. m if not given, which is always enough: each round but the last loses somebody.

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0.
    """
    m = len(parameters.stakeholders)
    rounds = m if periods is None else whole_number("periods", periods)
    states = [np.ones(np.shape(parameters.cost), dtype=bool)]
    for _ in range(rounds):
        states.append(participation_step(states[-1], parameters))
    return np.stack(states, axis=-2)


def participation_equilibrium(parameters: ParticipationParameters) -> Members:
    """Return who stays in the end, the stable circle S*; (..., m)."""
    return np.asarray(participation_path(parameters)[..., -1, :])


def leaving_round(parameters: ParticipationParameters) -> NDArray[np.int64]:
    """Return the round in which each stakeholder leaves, 0 for those who stay; (..., m)."""
    path = participation_path(parameters)
    return np.where(path[..., -1, :], 0, path.sum(axis=-2)).astype(np.int64)


def enthusiasm(parameters: ParticipationParameters, members: ArrayLike | None = None) -> Array:
    """Return the share of what a member gets back that exceeds what it puts in; (..., m) in [0, 1], 0 outside.

    Parameters
    ----------
    parameters : ParticipationParameters
        See there.
    members : bool array (..., m), optional
        The stable circle if not given.

    Raises
    ------
    ParameterError
        If `members` is not an array of truth values (..., m).

    Notes
    -----
    Eq. (14'), with transfers: max(0, 1 - cost / reward), and 0 where the reward is not positive.
    """
    inside = participation_equilibrium(parameters) if members is None else members_of(parameters, members)
    back, cost = np.broadcast_arrays(rewards(parameters, inside), parameters.cost)
    kept = np.divide(back - cost, back, out=np.zeros(back.shape), where=back > 0)
    return np.asarray(np.maximum(kept, 0.0), dtype=np.float64)


def is_supportive(parameters: ParticipationParameters) -> NDArray[np.bool_]:
    """Tell whether nobody loses by the presence of anybody else; shape (...).

    Notes
    -----
    True where half of each synergy covers the net transfer of the pair (without transfers: no negative synergy). Then
    the stable circle is the largest one and does not depend on the order of leaving.
    """
    gain = 0.5 * np.asarray(parameters.synergy) - parameters.transfer + np.asarray(parameters.transfer).swapaxes(-1, -2)
    return np.asarray((gain >= 0).all(axis=(-1, -2)))
