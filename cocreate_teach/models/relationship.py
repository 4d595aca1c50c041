"""What involvement means for a relationship (docs/models/involvement.md, M1).

Everything here is computed from a state or from a whole path, without a step: involvement and its asymmetry, met
expectations, risk, willingness to cooperate, search for other partners, exit, stability, duration.

The model *assumes* that only what both sides hold together lowers risk (m_c m_p), and that a side stops looking at
other offers only if it is involved and satisfied. A duration ranks scenarios; it is not a number of years.
The equations are ours, written after sentences of Text B.
"""

import numpy as np

from cocreate_teach.models.involvement_state import InvolvementParameters, InvolvementPath, InvolvementState, both_sides
from cocreate_teach.models.parameters import Array, Value, last_axis


def involvement(state: InvolvementState, parameters: InvolvementParameters) -> Array:
    """Return the involvement of each side, J; (..., 2), or (..., T+1, 2) of a path, in [0, 1].

    Notes
    -----
    J_i = N_i (w_E E_i + w_S S_i + w_A A_i) with the gate N_i = 1 - θ + θ n_i: a weighted mean, held back as far as
    involvement needs an intention to stay.

    Examples
    --------
    >>> from cocreate_teach.models.involvement_closed_forms import involvement_equilibrium
    >>> dyad = InvolvementParameters(investment=np.array([0.6, 0.4]))
    >>> [f"{share:.3f}" for share in involvement(involvement_equilibrium(dyad), dyad)]
    ['0.308', '0.281']
    """
    weights = np.asarray(parameters.component_weights)
    economic, social, emotional = (_of_scenario(weights[..., k], state) for k in range(3))
    mean = economic * state.economic + social * state.social + emotional * state.emotional
    return np.asarray((1.0 - _of_scenario(parameters.intention_gate, state) * (1.0 - state.intention)) * mean)


def involvement_asymmetry(state: InvolvementState, parameters: InvolvementParameters) -> Array:
    """Return by how much the consumer is more involved than the producer, J_c - J_p; (...), or (..., T+1)."""
    involved = involvement(state, parameters)
    return np.asarray(involved[..., 0] - involved[..., 1], dtype=np.float64)


def met_expectations(state: InvolvementState) -> Array:
    """Return how far the expectations of each side are met, m_i = 1 - g_i; (..., 2), or (..., T+1, 2)."""
    return np.asarray(1.0 - state.unmet, dtype=np.float64)


def risk(state: InvolvementState, parameters: InvolvementParameters) -> Array:
    """Return the risk of each side, R_i = R0_i (1 - φ m_c m_p); (..., 2), or (..., T+1, 2), in [0, R0_i].

    It stays at R0_i as long as the expectations of one side are not met at all.
    """
    both_met = np.prod(met_expectations(state), axis=-1, keepdims=True)
    remaining = 1.0 - _of_scenario(parameters.removable_risk, state) * both_met
    return np.asarray(_of_sides(parameters.baseline_risk, state) * remaining, dtype=np.float64)


def willingness_to_cooperate(state: InvolvementState, parameters: InvolvementParameters) -> Array:
    """Return how willing each side is to cooperate, W_i = J_i (1 - R_i); (..., 2), or (..., T+1, 2)."""
    return np.asarray(involvement(state, parameters) * (1.0 - risk(state, parameters)), dtype=np.float64)


def partner_search(state: InvolvementState, parameters: InvolvementParameters) -> Array:
    """Return how much each side looks at other offers, σ_i = 1 - J_i m_i; (..., 2), or (..., T+1, 2).

    0 only for a side that is fully involved *and* fully satisfied; 1 for one that is not one of both.
    """
    return np.asarray(1.0 - involvement(state, parameters) * met_expectations(state), dtype=np.float64)


def exit_chance(state: InvolvementState, parameters: InvolvementParameters) -> Array:
    """Return the chance that each side leaves in this period, q_i = h0 σ_i; (..., 2), or (..., T+1, 2)."""
    searching = partner_search(state, parameters)
    return np.asarray(_of_scenario(parameters.baseline_exit, state) * searching, dtype=np.float64)


def stability(state: InvolvementState, parameters: InvolvementParameters) -> Array:
    """Return the chance that the relationship outlives this period, s = (1 - q_c)(1 - q_p); (...), or (..., T+1)."""
    return np.asarray(np.prod(1.0 - exit_chance(state, parameters), axis=-1), dtype=np.float64)


def expected_duration(state: InvolvementState, parameters: InvolvementParameters) -> Array:
    """Return how many periods the relationship lasts if it stays as stable as it is now, 1 / (1 - s).

    Returns
    -------
    array (...), or (..., T+1) of a path
        Periods, from 1; the one in which it breaks is counted. Infinite if nobody ever leaves. It ranks scenarios; it
        is not a number of years.

    Examples
    --------
    >>> from cocreate_teach.models.involvement_closed_forms import involvement_equilibrium
    >>> dyad = InvolvementParameters(investment=np.array([0.6, 0.4]))
    >>> f"{expected_duration(involvement_equilibrium(dyad), dyad):.2f}"
    '2.44'
    """
    leaves = exit_chance(state, parameters)
    breaks = leaves[..., 0] + (1.0 - leaves[..., 0]) * leaves[..., 1]  # 1 - s, without the loss of digits near s = 1
    with np.errstate(over="ignore"):  # a chance of 1e-310 is none
        lasts = np.divide(1.0, breaks, where=breaks > 0, out=np.full(breaks.shape, np.inf))
    return np.asarray(lasts, dtype=np.float64)


def _of_scenario(value: Value, state: InvolvementState) -> Array:
    """Give a parameter (...) the axes of periods and sides that a state or path has."""
    spread = last_axis(value)
    return last_axis(spread) if isinstance(state, InvolvementPath) else spread


def _of_sides(value: Value, state: InvolvementState) -> Array:
    """Give a parameter (..., 2) the axis of periods that a path has."""
    given = both_sides(value)
    return given[..., np.newaxis, :] if isinstance(state, InvolvementPath) else given
