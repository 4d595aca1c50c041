"""Involvement of two sides, period by period (docs/models/involvement.md, M1).

Consumer and producer are each involved in three ways: *economic* (is it worth it?), *social* (what have I adapted to
this partner?), *emotional* (do I like and trust the partner?). An intention to stay gates the three.

The model *assumes*, among others, that social involvement is one's own investment and that emotional involvement
answers the partner's. "More investment, more involvement" is therefore put in for each component; for involvement as
a whole it is a hypothesis, and it fails if intention gates involvement and one side puts in much more than the other.
Involvement is an index without a unit; periods are not years.

The three dimensions (investments, intention, time) are those of Text B and of Gundlach, Achrol & Mentzer (1995), The
structure of commitment in exchange, Journal of Marketing 59(1) (wording seen in texts that cite it, the paper itself
not). The equations are ours.
"""

from typing import NamedTuple

import numpy as np

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.involvement_state import (
    InvolvementParameters,
    InvolvementPath,
    InvolvementState,
    scenarios_of,
)
from cocreate_teach.models.involvement_targets import economic_target, shared_trust
from cocreate_teach.models.parameters import SIDES, Array, Value, whole_number
from cocreate_teach.models.pledges import quality


def involvement_start(parameters: InvolvementParameters) -> InvolvementState:
    """Return the state in which two sides meet: investments and trust as given, everything else 0.

    Start elsewhere with ``dataclasses.replace(involvement_start(parameters), emotional=[0.5, 0.2])``.
    """
    nothing = np.zeros(len(SIDES))
    return InvolvementState(
        economic=nothing,
        social=nothing,
        emotional=nothing,
        intention=nothing,
        unmet=nothing,
        investment=np.asarray(parameters.investment),
        shared_trust=shared_trust(parameters),
    )


def involvement_step(state: InvolvementState, parameters: InvolvementParameters) -> InvolvementState:
    """Advance both sides by one period; everything is computed from the old state.

    Parameters
    ----------
    state : InvolvementState
        Arrays (..., 2), shares in [0, 1]. Not modified. Investment and trust are those of the state.
    parameters : InvolvementParameters
        Scenarios broadcast with those of the state.

    Returns
    -------
    InvolvementState
        One period later, all arrays (..., 2) and `shared_trust` (...), with all scenarios written out.

    Raises
    ------
    ParameterError
        If state and parameters do not broadcast, or the state is a whole path.

    Notes
    -----
    Eqs. (1), (2), (2') and the update of docs/models/involvement.md.

    Examples
    --------
    >>> dyad = InvolvementParameters(investment=np.array([0.6, 0.4]))
    >>> after = involvement_step(involvement_start(dyad), dyad)
    >>> [f"{share:.3f}" for share in after.emotional]  # 0.15 of the way to v (1 - ρ) times the partner's investment
    ['0.024', '0.036']
    """
    now, parts = _begin(state, parameters)
    after = _Rows(*(np.empty(row.shape) for row in now))
    _advance(now, after, _targets(now, parameters, *parts), parameters)
    _advance_pledges(now, after, parameters)
    _advance_trust(now, after, parameters)
    return InvolvementState(**{name: _sides_last(name, row) for name, row in after._asdict().items()})


def involvement_path(
    parameters: InvolvementParameters, periods: int, initial: InvolvementState | None = None, *, every: int = 1
) -> InvolvementPath:
    """Return both sides period by period, starting with `initial`.

    Parameters
    ----------
    parameters : InvolvementParameters
        Scenarios (...).
    periods : int
        Number of steps T.
    initial : InvolvementState, optional
        `involvement_start(parameters)` if not given.
    every : int
        Keep periods 0, every, 2 every, ... up to T only, to save memory; 1 keeps all.

    Returns
    -------
    InvolvementPath
        Arrays (..., T+1, 2), trust (..., T+1); what does not move is a read-only view that takes no memory.

    Raises
    ------
    ParameterError
        If `periods` or `every` is no whole number in its range, or `initial` does not broadcast.

    Examples
    --------
    >>> path = involvement_path(InvolvementParameters(investment=np.array([0.6, 0.4])), periods=10)
    >>> path.social.shape, f"{path.social[-1, 0]:.3f}"
    ((11, 2), '0.583')
    """
    steps, stride = whole_number("periods", periods), whole_number("every", every, low=1)
    now, parts = _begin(involvement_start(parameters) if initial is None else initial, parameters)
    pledges, trusts = bool(np.any(parameters.pledging_back > 0)), bool(np.any(parameters.trust_adjustment > 0))
    moves = (True, True, True, True, True, pledges, trusts)
    film = _film(now, moves, steps // stride + 1)
    spare = _film(now, moves, 2)  # periods that are not kept, in turns
    targets = _targets(now, parameters, *parts)
    for t in range(1, steps + 1):
        room, place = (spare, t % 2) if t % stride else (film, t // stride)
        after = _Rows(*(row[place, ...] for row in room))
        _advance(now, after, targets, parameters)
        if pledges:
            _advance_pledges(now, after, parameters)
        if trusts:
            _advance_trust(now, after, parameters)
        if pledges or trusts:
            targets = _targets(after, parameters, *parts)
        now = after
    return InvolvementPath(**{name: _sides_last(name, np.moveaxis(row, 0, -1)) for name, row in film._asdict().items()})


class _Rows(NamedTuple):
    """A state with the sides first, (2, ...): then a partner is a step away, and scenarios lie side by side."""

    economic: Array
    social: Array
    emotional: Array
    intention: Array
    unmet: Array
    investment: Array
    shared_trust: Array  # (...)


class _Targets(NamedTuple):
    """Where a state tends, sides first; the emotional target is kindness plus echo times the partner's."""

    economic: Array
    social: Array
    kindness: Array
    echo: Array
    intention: Array


def _sides_first(value: Value, shape: tuple[int, ...]) -> Array:
    return np.moveaxis(np.broadcast_to(np.asarray(value), (*shape, len(SIDES))), -1, 0)


def _sides_last(name: str, row: Array) -> Array:
    return row if name == "shared_trust" else np.moveaxis(row, 0, -1)


def _begin(state: InvolvementState, parameters: InvolvementParameters) -> tuple[_Rows, tuple[Array, Array]]:
    """Return a state with its sides first, and what of its targets never moves: economic target and horizon."""
    if isinstance(state, InvolvementPath):
        raise ParameterError("a state must be of one period, not a path; take one with involvement_at(path, period)")
    shape = scenarios_of(state, parameters)
    rows = {
        name: np.broadcast_to(getattr(state, name), shape)
        if name == "shared_trust"
        else _sides_first(getattr(state, name), shape)
        for name in _Rows._fields
    }
    return _Rows(**rows), (_sides_first(economic_target(parameters), shape), _sides_first(parameters.horizon, shape))


def _film(start: _Rows, moves: tuple[bool, ...], length: int) -> _Rows:
    """Return room for so many periods, the first filled; what does not move is a view of its start."""
    film = []
    for row, moving in zip(start, moves, strict=True):
        whole = np.broadcast_to(row, (length, *row.shape))
        if moving:
            whole = np.empty(whole.shape)
            whole[0] = row
        film.append(whole)
    return _Rows(*film)


def _targets(now: _Rows, parameters: InvolvementParameters, economic: Array, horizon: Array) -> _Targets:
    """Return eqs. (1), (2), (2') and the target of intention."""
    x, v = now.investment, now.shared_trust
    return _Targets(
        economic=economic,
        social=x,
        kindness=v * (1.0 - np.asarray(parameters.reciprocity)) * x[::-1],
        echo=v * np.asarray(parameters.reciprocity),
        intention=horizon * quality(x[0], x[1]),
    )


def _advance(now: _Rows, after: _Rows, targets: _Targets, parameters: InvolvementParameters) -> None:
    """Write one period later into `after`, in place: two arrays of memory for all that is between."""
    weights = np.asarray(parameters.component_weights)
    involved, part = weights[..., 0] * now.economic, weights[..., 1] * now.social
    involved += part
    involved += np.multiply(weights[..., 2], now.emotional, out=part)
    np.subtract(1.0, now.intention, out=part)
    part *= parameters.intention_gate
    involved *= np.subtract(1.0, part, out=part)
    unmet = np.subtract(1.0, now.unmet, out=after.unmet)  # met expectations drift away ...
    unmet *= parameters.drift
    unmet += now.unmet
    np.multiply(involved[::-1], parameters.adaptation, out=part)  # ... and the partner, if involved, adapts
    unmet *= np.subtract(1.0, part, out=part)
    np.multiply(now.emotional[::-1], targets.echo, out=part)
    part += targets.kindness
    for old, new, target, speed in (
        (now.economic, after.economic, targets.economic, parameters.economic_adjustment),
        (now.social, after.social, targets.social, parameters.social_adjustment),
        (now.emotional, after.emotional, part, parameters.emotional_adjustment),
        (now.intention, after.intention, targets.intention, parameters.intention_adjustment),
    ):
        np.subtract(target, old, out=new)
        new *= speed
        new += old


def _advance_pledges(now: _Rows, after: _Rows, parameters: InvolvementParameters) -> None:
    x = now.investment
    after.investment[...] = x + parameters.pledging_back * (x[::-1] - x)


def _advance_trust(now: _Rows, after: _Rows, parameters: InvolvementParameters) -> None:
    met = 1.0 - now.unmet
    after.shared_trust[...] = now.shared_trust + parameters.trust_adjustment * (met[0] * met[1] - now.shared_trust)
