"""From seeing a campaign to an idea that is made: a funnel, and a loop that refills it (docs/models/funnel.md, M8).

Assumed: each person passes each stage with a fixed chance, independently of everybody else; sales, service and
marketing multiply in the last stage, so that none of them can be replaced by another; everybody who reaches the last
stage tells a fixed number of others, who are new to the campaign, and whom nobody else has told. Nothing wears out.
The equations are ours; that internal departments decide is Text A's claim (after Gouillart, HBR, December 2012).
All numbers are illustrative: the course texts give none for Burberry.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    last_axis,
    random_generator,
    read_state,
    validate,
    whole_number,
)

FUNNEL_STAGES: Final = ("exposed", "engaged", "suggested", "accepted", "implemented")
DEPARTMENTS: Final = ("sales", "service", "marketing")
EXPOSED = Range(0, np.inf, unit="people")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class FunnelParameters:
    """Parameters of the co-design funnel (docs/models/funnel.md, M8).

    Parameters
    ----------
    exposed : float or array (...)
        N0: people who see the campaign; in the loop, in every period.
    conversion : float or array (..., 3)
        c1, c2, c3: share of those exposed who engage, of these who suggest something, of these whose suggestion is
        accepted.
    platform : float or array (...)
        How well the platform carries what was accepted to where it can be made.
    departments : float or array (..., 3)
        How well sales, service and marketing do their part of the work, each.
    virality : float or array (...)
        v: people whom everyone who reaches the last stage brings to the campaign in the next period.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> silent = FunnelParameters(conversion=np.array([0.1, 0.2, 0.3]), departments=np.array([0.9, 0.9, 0.1]))
    >>> f"{implementation_share(silent):.3f} of the accepted are made, {funnel_expected(silent)[-1]:.0f} in all"
    '0.433 of the accepted are made, 260 in all'
    """

    exposed: Annotated[
        Value, Range(0, 1e9, unit="people", label="people exposed to the campaign", symbol="N0", step=1000, whole=True)
    ] = 100_000.0
    conversion: Annotated[
        Value, Range(0, 1, unit="share", label="conversion to the stage", symbol="c", each=FUNNEL_STAGES[1:4])
    ]
    platform: Annotated[Value, Range(0, 1, unit="share", label="quality of the platform", symbol="a")] = 1.0
    departments: Annotated[
        Value, Range(0, 1, unit="share", label="contribution of the department", symbol="d", each=DEPARTMENTS)
    ] = 1.0
    virality: Annotated[
        Value, Range(0, 1000, unit="people", label="people reached by one advocate", symbol="v", step=1)
    ] = 0.0

    def __post_init__(self) -> None:
        validate(self)


def implementation_share(parameters: FunnelParameters) -> Array:
    """Return the share of accepted suggestions that are made, c4; (...) in [0, 1].

    Notes
    -----
    Eq. (31): platform times the geometric mean of the departments; zero if the platform or any department is zero.
    """
    departments = np.broadcast_to(parameters.departments, (*np.shape(parameters.departments)[:-1], len(DEPARTMENTS)))
    return np.asarray(parameters.platform * np.prod(np.cbrt(departments), axis=-1))


def stage_conversions(parameters: FunnelParameters) -> Array:
    """Return the conversion to each stage after the first, c1 ... c4; (..., 4), the last one from eq. (31)."""
    made = last_axis(implementation_share(parameters))
    given = np.broadcast_to(parameters.conversion, (*np.shape(parameters.conversion)[:-1], 3))
    shape = np.broadcast_shapes(given.shape[:-1], made.shape[:-1])
    return np.concatenate([np.broadcast_to(given, (*shape, 3)), np.broadcast_to(made, (*shape, 1))], axis=-1)


def funnel_expected(parameters: FunnelParameters) -> Array:
    """Return how many people are expected at each stage; (..., 5), exposed first, implemented last.

    Notes
    -----
    Eq. (30): E = N0 times the product of the conversions. One per cent more at any stage gives one per cent more at
    the end, whatever the stage.
    """
    reached = np.cumprod(stage_conversions(parameters), axis=-1)
    shares = np.concatenate([np.ones((*reached.shape[:-1], 1)), reached], axis=-1)
    return np.asarray(last_axis(parameters.exposed) * shares)


def stage_gain(parameters: FunnelParameters) -> Array:
    """Return what a rise of each conversion by one whole (100 points) would add at the end; (..., 4).

    Notes
    -----
    Eq. (30): dE/dc_k, N0 times the product of the *other* conversions; E / c_k where c_k is not zero.
    """
    conversions = stage_conversions(parameters)
    others = np.where(np.eye(conversions.shape[-1], dtype=bool), 1.0, conversions[..., np.newaxis, :])
    return np.asarray(last_axis(parameters.exposed) * others.prod(axis=-1))


def bottleneck_stage(parameters: FunnelParameters) -> NDArray[np.intp]:
    """Return the place in FUNNEL_STAGES of the stage with the smallest conversion, the first one if there are several.

    One point more gains most there. Whether a point costs the same at every stage is another question.

    Returns
    -------
    array of int (...)
        1 (engaged) to 4 (implemented).

    Examples
    --------
    >>> FUNNEL_STAGES[bottleneck_stage(FUNNEL_EXAMPLE)]
    'engaged'
    """
    return np.asarray(np.argmin(stage_conversions(parameters), axis=-1) + 1)


def sample_funnel(parameters: FunnelParameters, *, rng: np.random.Generator) -> Array:
    """Draw how many people reach each stage, each person by chance; (..., 5) whole numbers, never rising.

    Parameters
    ----------
    parameters : FunnelParameters
        Fields (...); each scenario is one draw. For many draws of one funnel give `exposed` as an array.
    rng : numpy.random.Generator
        The same seed gives the same draws.

    Notes
    -----
    Stage by stage binomial; the last stage is then binomial with N0 and the product of the conversions, eq. (30).
    """
    random_generator(rng)
    conversions = stage_conversions(parameters)
    shape = np.broadcast_shapes(conversions.shape[:-1], np.shape(parameters.exposed))
    counts = [np.broadcast_to(np.asarray(parameters.exposed, dtype=np.int64), shape)]
    for stage in range(conversions.shape[-1]):
        counts.append(rng.binomial(counts[-1], conversions[..., stage], size=shape))
    return np.stack(counts, axis=-1).astype(np.float64)


def loop_gain(parameters: FunnelParameters) -> Array:
    """Return how many new people one exposed person brings in the next period, R = v times all conversions; (...)."""
    return np.asarray(parameters.virality * stage_conversions(parameters).prod(axis=-1))


def is_viral(parameters: FunnelParameters) -> NDArray[np.bool_]:
    """Tell whether the loop grows by itself, R >= 1, eq. (32); (...)."""
    return np.asarray(loop_gain(parameters) >= 1.0)


def loop_amplification(parameters: FunnelParameters) -> Array:
    """Return how often the loop multiplies what the campaign exposes by itself: 1 / (1 - R), infinite if viral; (...).

    Notes
    -----
    Eq. (32). Read in two ways: all who are ever exposed by one campaign, or the level at which exposure settles if
    the campaign is repeated in every period; both per person exposed by the campaign itself.
    """
    gain = loop_gain(parameters)
    return np.asarray(np.divide(1.0, 1.0 - gain, out=np.full(gain.shape, np.inf), where=gain < 1))


def loop_step(exposed: ArrayLike, parameters: FunnelParameters) -> Array:
    """Return how many people are exposed in the next period, from those exposed now; both (...).

    Raises
    ------
    ParameterError
        If a number is negative or not a number.

    Notes
    -----
    Eq. (32): N0 + v advocates, where the advocates are those of now who pass all stages.
    """
    advocates = read_state("exposed", exposed, EXPOSED) * stage_conversions(parameters).prod(axis=-1)
    return np.asarray(parameters.exposed + parameters.virality * advocates)


def loop_path(parameters: FunnelParameters, periods: int) -> Array:
    """Return the people expected to be exposed, period by period; (..., T+1), starting with N0.

    The same numbers are the people exposed so far by a campaign that runs only once. In a viral loop they become
    infinite where they exceed what a float can hold.

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0.

    Examples
    --------
    >>> [f"{exposed:.0f}" for exposed in loop_path(FUNNEL_EXAMPLE, 4)]
    ['100000', '160000', '196000', '217600', '230560']
    """
    shape = np.broadcast_shapes(np.shape(parameters.exposed), loop_gain(parameters).shape)
    path = np.empty((whole_number("periods", periods) + 1, *shape))
    path[0] = parameters.exposed
    with np.errstate(over="ignore"):
        for t in range(1, len(path)):
            path[t] = loop_step(path[t - 1], parameters)
    return np.moveaxis(path, 0, -1)


def loop_transient(parameters: FunnelParameters, periods: int) -> Array:
    """Return the people exposed after so many periods, from the closed form; (...).

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0.

    Notes
    -----
    Eq. (32): N0 (1 - R^(t+1)) / (1 - R), and N0 (t + 1) for R = 1.
    """
    rounds, gain = whole_number("periods", periods) + 1.0, loop_gain(parameters)
    with np.errstate(over="ignore", divide="ignore"):
        grown = np.expm1(rounds * np.log1p(gain - 1.0))  # R^(t+1) - 1, precise near R = 1, too
        total = np.divide(grown, gain - 1.0, out=np.full(gain.shape, rounds), where=gain != 1.0)
        return _times(parameters.exposed, total)


def loop_equilibrium(parameters: FunnelParameters) -> Array:
    """Return where exposure settles, N0 / (1 - R), eq. (32); (...): infinite if viral, 0 if nobody is ever exposed."""
    return _times(parameters.exposed, loop_amplification(parameters))


def _times(exposed: Value, factor: Array) -> Array:
    """Multiply; nobody exposed stays nobody, however large the factor."""
    return np.asarray(exposed * np.where(np.asarray(exposed) > 0, factor, 0.0))


FUNNEL_EXAMPLE: Final = FunnelParameters(
    exposed=100_000, conversion=np.array([0.1, 0.2, 0.3]), platform=0.5, departments=1.0, virality=200
)
"""An invented campaign (status: illustrative; the numbers are chosen to show a behaviour)."""
