"""Where involvement settles, how fast, and what more investment does to it: closed forms (M1).

Written apart from the steps and compared with them in tests. They need trust that stays (`trust_adjustment` 0): trust
that follows experience depends on unmet expectations, these on involvement, and involvement on trust; for that loop
there is no closed form. Derived by us; docs/models/involvement.md, eqs. (1)-(6).
"""

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.involvement_state import InvolvementParameters, InvolvementState, both_sides
from cocreate_teach.models.involvement_targets import economic_target, shared_trust
from cocreate_teach.models.parameters import SIDES, Array, Range, Value, last_axis, read_state, whole_number
from cocreate_teach.models.pledges import pledge_quality
from cocreate_teach.models.speed import half_life

_SHARES = Range(0, 1, unit="share", each=SIDES)


def involvement_equilibrium(parameters: InvolvementParameters) -> InvolvementState:
    """Return the state in which both sides settle.

    Returns
    -------
    InvolvementState
        Arrays (..., 2). Outputs such as `involvement` and `risk` are computed from it as from any state. With
        `pledging_back` above 0 both investments end at their mean.

    Raises
    ------
    ParameterError
        If `trust_adjustment` is above 0: no closed form; look at the end of a long path.

    Notes
    -----
    Eqs. (1), (2), (3), (6). Without drift and without adaptation (k = δ = 0) unmet expectations stay what they were
    at the start; 0 is returned.

    Examples
    --------
    >>> settled = involvement_equilibrium(InvolvementParameters(investment=np.array([0.6, 0.4])))
    >>> [f"{share:.3f}" for share in settled.emotional], [f"{share:.3f}" for share in settled.unmet]
    (['0.305', '0.362'], ['0.234', '0.216'])
    """
    _needs_constant(parameters, "trust_adjustment")
    given = both_sides(parameters.investment)
    x = np.where(last_axis(parameters.pledging_back) > 0, given.mean(axis=-1, keepdims=True), given)
    emotional, intention = _emotional(parameters, x), both_sides(parameters.horizon) * last_axis(pledge_quality(x))
    adapting = last_axis(parameters.adaptation) * (_gate(parameters, intention) * _mean(parameters, x))[..., ::-1]
    drifting = (1.0 - adapting) * last_axis(parameters.drift)
    both = drifting + adapting
    return InvolvementState(
        economic=economic_target(parameters),
        social=x,
        emotional=emotional,
        intention=intention,
        unmet=np.divide(drifting, both, where=both > 0, out=np.zeros(both.shape)),
        investment=x,
        shared_trust=shared_trust(parameters),
    )


def emotional_transient(parameters: InvolvementParameters, periods: int, initial: ArrayLike = 0.0) -> Array:
    """Return emotional involvement after so many periods, from `initial` (..., 2); (..., 2).

    Raises
    ------
    ParameterError
        If investments or trust move, `periods` is no whole number from 0, or `initial` is outside [0, 1].

    Notes
    -----
    Eqs. (4a), (4b): the sum of both sides and their difference approach their ends independently.
    """
    _needs_constant(parameters, "pledging_back", "trust_adjustment")
    t, start = whole_number("periods", periods), read_state("initial", initial, _SHARES)
    end = _emotional(parameters, both_sides(parameters.investment))
    slow, fast = _emotional_speeds(parameters)
    total, difference = end[..., 0] + end[..., 1], end[..., 0] - end[..., 1]
    total = total + (start[..., 0] + start[..., 1] - total) * (1.0 - slow) ** t
    difference = difference + (start[..., 0] - start[..., 1] - difference) * (1.0 - fast) ** t
    return np.stack([0.5 * (total + difference), 0.5 * (total - difference)], axis=-1)


def emotional_half_lives(parameters: InvolvementParameters) -> tuple[Array, Array]:
    """Return the half-lives of the sum and of the difference of both sides' emotional involvement, (...) each.

    Raises
    ------
    ParameterError
        If investments or trust move.

    Examples
    --------
    >>> both = emotional_half_lives(InvolvementParameters(investment=0.5))
    >>> [f"{periods:.2f}" for periods in both]
    ['7.35', '2.94']
    """
    _needs_constant(parameters, "pledging_back", "trust_adjustment")
    slow, fast = _emotional_speeds(parameters)
    return half_life(slow), half_life(fast)


def investment_slopes(parameters: InvolvementParameters) -> tuple[Array, Array]:
    """Return how involvement in equilibrium changes with one's own and with the partner's investment.

    Returns
    -------
    own, partner : array (..., 2)
        dJ_i/dx_i and dJ_i/dx_j for both sides, for a small increase: at equal investments the two directions differ.

    Raises
    ------
    ParameterError
        If investments or trust move.

    Notes
    -----
    With J_i = N_i M_i, N_i = 1 - θ + θ τ_i G: dJ_i = N_i dM_i + θ τ_i M_i dG. The first part is never negative; the
    second is negative as soon as the side whose investment grows puts in at least as much as the other. So "more
    investment, more involvement" is a theorem for θ = 0, and for one's own investment below the partner's.

    Examples
    --------
    >>> own, partner = investment_slopes(InvolvementParameters(investment=0.5, intention_gate=0))
    >>> f"{own[0]:.3f} {partner[0]:.3f}"
    '0.367 0.167'
    """
    _needs_constant(parameters, "pledging_back", "trust_adjustment")
    x = both_sides(parameters.investment)
    v, echo = shared_trust(parameters), shared_trust(parameters) * parameters.reciprocity
    weights = np.asarray(parameters.component_weights)
    kindness = weights[..., 2] * v * (1.0 - np.asarray(parameters.reciprocity)) / (1.0 - echo**2)
    gate = _gate(parameters, both_sides(parameters.horizon) * last_axis(pledge_quality(x)))
    gated = last_axis(parameters.intention_gate) * parameters.horizon * _mean(parameters, x)
    own = gate * last_axis(weights[..., 1] + kindness * echo) + gated * _quality_slope(x, x[..., ::-1])
    return own, np.asarray(gate * last_axis(kindness) + gated * _quality_slope(x[..., ::-1], x))


def asymmetry_per_investment(parameters: InvolvementParameters) -> Array:
    """Return the difference of involvement per difference of investment, w_S - w_A v (1 - ρ) / (1 + v ρ); (...).

    Raises
    ------
    ParameterError
        If investments or trust move.

    Notes
    -----
    Eq. (5): J_c - J_p is this times x_c - x_p, if θ = 0 and both sides have the same benefit share. With θ > 0 and the
    same horizon it is also multiplied by the gate N, so the sign is the same: who puts in more is *more* involved where
    this is positive, and less where it is negative.

    Examples
    --------
    >>> f"{asymmetry_per_investment(InvolvementParameters(investment=[0.6, 0.4])):.2f}"
    '0.20'
    """
    _needs_constant(parameters, "pledging_back", "trust_adjustment")
    v, weights = shared_trust(parameters), np.asarray(parameters.component_weights)
    liked = v * (1.0 - np.asarray(parameters.reciprocity)) / (1.0 + v * parameters.reciprocity)
    return np.asarray(weights[..., 1] - weights[..., 2] * liked, dtype=np.float64)


def _needs_constant(parameters: InvolvementParameters, *moving: str) -> None:
    """Refuse what has no closed form."""
    faults = [
        f"{name} must be 0 here: with {name} above 0 there is no closed form; use involvement_path over many periods"
        for name in moving
        if np.any(np.asarray(getattr(parameters, name)) > 0)
    ]
    if faults:
        raise ParameterError(faults)


def _emotional(parameters: InvolvementParameters, x: Array) -> Array:
    """Return eq. (3), v (1 - ρ)(x_j + v ρ x_i) / (1 - v² ρ²), as a share of a mean so that it is never above 1."""
    v, echo = shared_trust(parameters), shared_trust(parameters) * parameters.reciprocity
    share = np.minimum(v * (1.0 - np.asarray(parameters.reciprocity)) / (1.0 - echo), 1.0)  # above 1 by rounding only
    return np.asarray(last_axis(share) * (x[..., ::-1] + last_axis(echo) * x) / (1.0 + last_axis(echo)))


def _emotional_speeds(parameters: InvolvementParameters) -> tuple[Array, Array]:
    speed, echo = np.asarray(parameters.emotional_adjustment), shared_trust(parameters) * parameters.reciprocity
    return np.asarray(speed * (1.0 - echo)), np.asarray(speed * (1.0 + echo))


def _mean(parameters: InvolvementParameters, x: Array) -> Array:
    """Return the weighted mean of the three components in equilibrium, before the gate."""
    weights = np.asarray(parameters.component_weights)
    parts = (economic_target(parameters), x, _emotional(parameters, x))
    return sum((last_axis(weights[..., k]) * part for k, part in enumerate(parts)), start=np.zeros(2))


def _gate(parameters: InvolvementParameters, intention: Value) -> Array:
    return np.asarray(1.0 - last_axis(parameters.intention_gate) * (1.0 - intention), dtype=np.float64)


def _quality_slope(moved: Array, other: Array) -> Array:
    """Return how pledge quality changes if one investment grows and the other stays."""
    behind = moved < other
    ratio = np.where(behind, moved, other) / np.maximum(np.maximum(moved, other), np.finfo(float).tiny)
    return np.where(behind, ratio + 0.5, -0.5 * ratio**2)
