"""Groups adopt at their own pace; pairs across groups are linked, one-sided or neither (docs/models/adoption.md, M6).

A pair has one member of each of two groups. It is *linked* once both use the new system, *one-sided* while only one
does: there one side knows what the other does not. The model *assumes* that groups adopt independently of each other,
each by the Bass model from its own start, and that joint work is as good as the share of linked pairs makes it.

Sources: Bass (1969), see `bass.py`. Slow adoption, asymmetry and worse outcomes in health care: Dobrzykowski, Tran &
Tarafdar (2010), as cited by Text A (not found, unverified). Pairs, (22)-(25) and (22'), (24') are ours.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.bass import BassParameters, bass_share
from cocreate_teach.models.fit_results import BassFit as BassFit
from cocreate_teach.models.fitting import fit_bass as fit_bass
from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    name_faults,
    random_generator,
    ranges,
    read_state,
    scenario_faults,
    value_faults,
    whole_number,
)

TIME: Final = Range(0, 1e5, unit="periods")
AXES: Final = {"innovation": 1, "imitation": 1, "start": 1, "pair_weight": 2}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class AdoptionParameters:
    """Parameters of adoption in groups (docs/models/adoption.md, M6).

    g is the number of groups, at least 2; leading axes (...) are scenarios and only need to broadcast. One number
    stands for every group (or every pair).

    Parameters
    ----------
    stakeholders : tuple of str
        Names of the groups, each once.
    innovation, imitation : array (..., g)
        p and q of each group, as in `BassParameters`.
    start : array (..., g)
        When the first of a group can adopt.
    pair_weight : array (..., g, g)
        How much a pair of groups counts; symmetric, diagonal zero (for pairs within a group see (23)-(25)). Weights
        are relative: they are divided by their sum over pairs, so that afterwards this sum is 1.
    unlinked_quality, linked_quality : float or array (...)
        Quality of joint work when no pair is linked, and when all are.
    exponent : float or array (...)
        Above 1 the first links help little, below 1 they help most.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> time = [5, 15, 30]
    >>> " ".join(f"{share:.3f}" for share in unlinked_pairs(ADOPTION_EXAMPLE, time))
    '0.981 0.412 0.014'
    >>> " ".join(f"{share:.3f}" for share in one_sided_pairs(ADOPTION_EXAMPLE, time))
    '0.249 0.373 0.014'
    """

    stakeholders: tuple[str, ...]
    innovation: Annotated[
        Value, Range(0, 1, unit="per period", label="innovation of a group", symbol="p", step=0.001, each=None)
    ]
    imitation: Annotated[
        Value, Range(0, 3, unit="per period", label="imitation in a group", symbol="q", step=0.01, each=None)
    ]
    start: Annotated[
        Value, Range(0, 1000, unit="periods", label="first possible adoption", symbol="t0", step=1, each=None)
    ] = 0.0
    pair_weight: Annotated[
        Value, Range(0, 1, unit="weight", label="relative weight of a pair", symbol="ω", each=None)
    ] = 1.0
    unlinked_quality: Annotated[Value, Range(0, 1, unit="index", label="quality without links", symbol="Q_min")] = 0.0
    linked_quality: Annotated[Value, Range(0, 1, unit="index", label="quality with all links", symbol="Q_max")] = 1.0
    exponent: Annotated[Value, Range(0.1, 10, label="exponent of the linked share", symbol="γ", step=0.1)] = 1.0

    def __post_init__(self) -> None:
        faults = name_faults(self.stakeholders) + value_faults(self)
        if not isinstance(self.stakeholders, tuple):
            raise ParameterError(faults)
        g = len(self.stakeholders)
        if g == 1:
            faults.append(f"stakeholders must be at least 2 groups, or there are no pairs; got {self.stakeholders!r}")
        shapes = []
        for name in ranges(self):
            axes, given = AXES.get(name, 0), getattr(self, name)
            array = _settled(g, name, given, faults) if axes and isinstance(given, float | np.ndarray) else given
            object.__setattr__(self, name, array)
            shapes.append(np.shape(array)[: np.ndim(array) - axes])
        faults.extend(scenario_faults(shapes))
        if not faults and np.any(np.asarray(self.unlinked_quality) > self.linked_quality):
            faults.append("unlinked_quality must not exceed linked_quality; lower the first or raise the second")
        if faults:
            raise ParameterError(faults)


def _settled(g: int, name: str, given: Value, faults: list[str]) -> Array:
    """Give a field its last axes of length g, or say in `faults` why it has none; weights sum to 1 over pairs."""
    axes = AXES[name]
    array = np.asarray(np.broadcast_to(given, (g,) * axes) if np.ndim(given) == 0 else given, dtype=np.float64)
    if array.shape[-axes:] != (g,) * axes:
        faults.append(f"{name} must end in axes {(g,) * axes}, one place per group; got shape {array.shape}")
        return np.zeros((g,) * axes)
    if axes == 1:
        return array
    weights: Array = array * (1.0 - np.eye(g)) if np.ndim(given) == 0 else array
    if np.diagonal(weights, axis1=-2, axis2=-1).any():
        faults.append("pair_weight must have a zero diagonal: a pair has members of two groups; set it to 0")
    if not np.array_equal(weights, weights.swapaxes(-1, -2), equal_nan=True):
        faults.append("pair_weight must be symmetric: [g, h] and [h, g] are one pair; give both the same weight")
    total = 0.5 * weights.sum(axis=(-1, -2), keepdims=True)
    if g > 1 and not (total > 0).all():
        faults.append("pair_weight must be above 0 for at least one pair in each scenario; got 0 for all")
        return weights
    weights = np.divide(weights, total, where=total > 0, out=np.zeros(weights.shape))
    weights.setflags(write=False)
    return weights


def adoption_share(parameters: AdoptionParameters, time: ArrayLike) -> Array:
    """Return the share of each group that has adopted, F_g(t).

    Parameters
    ----------
    parameters : AdoptionParameters
        See there.
    time : float or array (..., T)
        One moment, or moments on the last axis (leading axes: scenarios); periods, 0 or more.

    Returns
    -------
    array (..., g) for one moment, else (..., T, g)
        Shares in [0, 1].

    Raises
    ------
    ParameterError
        If a time is negative, too large or not a number.

    Notes
    -----
    Eq. (18) from each group's start.
    """
    moments = read_state("time", time, TIME)
    standard, rate = _standard(parameters, moments.ndim)
    elapsed = np.maximum(moments[..., np.newaxis] - _timed(parameters.start, moments.ndim, 1), 0.0)
    return bass_share(standard, rate * elapsed)


def linked_pairs(parameters: AdoptionParameters, time: ArrayLike) -> Array:
    """Return the share of pairs of which both have adopted, C(t); (...) for one moment, else (..., T).

    Raises
    ------
    ParameterError
        If a time is negative, too large or not a number.

    Notes
    -----
    Eq. (22). Never falls; no pair is linked more often than its laggard has adopted.
    """
    share = adoption_share(parameters, time)
    return 0.5 * _over_pairs(share, parameters, share, time)


def one_sided_pairs(parameters: AdoptionParameters, time: ArrayLike) -> Array:
    """Return the share of pairs of which exactly one has adopted, S(t); (...) for one moment, else (..., T).

    Raises
    ------
    ParameterError
        If a time is negative, too large or not a number.

    Notes
    -----
    Eq. (22'): information asymmetry. Zero when nobody has adopted, and when all have.
    """
    share = adoption_share(parameters, time)
    return _over_pairs(share, parameters, 1.0 - share, time)


def unlinked_pairs(parameters: AdoptionParameters, time: ArrayLike) -> Array:
    """Return the share of pairs that are not linked, 1 - C(t): one-sided or neither; (...) or (..., T), eq. (22).

    Raises
    ------
    ParameterError
        If a time is negative, too large or not a number.
    """
    share = adoption_share(parameters, time)
    return 0.5 * _over_pairs(1.0 + share, parameters, 1.0 - share, time)


def coordination_quality(parameters: AdoptionParameters, time: ArrayLike) -> Array:
    """Return the quality of joint work, Q_min + (Q_max - Q_min) C^γ, eq. (22); (...) for one moment, else (..., T).

    Raises
    ------
    ParameterError
        If a time is negative, too large or not a number.
    """
    linked = linked_pairs(parameters, time)
    low, high, power = (
        _timed(value, np.ndim(time), 0)
        for value in (parameters.unlinked_quality, parameters.linked_quality, parameters.exponent)
    )
    reached = linked**power
    return np.asarray((1.0 - reached) * low + reached * high)


def sample_adoption_times(parameters: AdoptionParameters, members: int, *, rng: np.random.Generator) -> Array:
    """Draw when each of so many members of every group adopts; (..., members, g), infinite in groups with p = 0.

    Parameters
    ----------
    parameters : AdoptionParameters
        See there.
    members : int
        Members drawn in each group, independent of each other: this is the Bass model of a very large group.
    rng : numpy.random.Generator
        Where the random numbers come from.

    Raises
    ------
    ParameterError
        If `members` is no whole number from 1 or `rng` no random generator.

    Notes
    -----
    Exact inverse of (18): ln((1 + u q/p) / (1 - u)) / (p + q) for uniform u.
    """
    count = whole_number("members", members, low=1)
    p, q, start = (_timed(value, 1, 1) for value in (parameters.innovation, parameters.imitation, parameters.start))
    shape = np.broadcast_shapes(p.shape, q.shape, start.shape)
    uniform = random_generator(rng).random((*shape[:-2], count, shape[-1]))
    never = p == 0
    p = np.where(never, 1.0, p)
    waited = (np.log1p(uniform * (q / p)) - np.log1p(-uniform)) / (p + q)
    return np.asarray(np.where(never, np.inf, start + waited))


def linked_pairs_within(adopters: ArrayLike, members: ArrayLike) -> Array:
    """Return the linked share of the pairs within a group, a (a - 1) / (n (n - 1)), eq. (23); not (a/n)².

    Parameters
    ----------
    adopters, members : int or array
        a of n members have adopted, n at least 2; the two broadcast.

    Raises
    ------
    ParameterError
        If they are no counts, or more have adopted than there are.
    """
    a, n = _counted(adopters, members)
    return np.asarray(a * (a - 1.0) / (n * (n - 1.0)))


def one_sided_pairs_within(adopters: ArrayLike, members: ArrayLike) -> Array:
    """Return the one-sided share of the pairs within a group, 2 a (n - a) / (n (n - 1)); as (23) for (22').

    Raises
    ------
    ParameterError
        If they are no counts, or more have adopted than there are.
    """
    a, n = _counted(adopters, members)
    return np.asarray(2.0 * a * (n - a) / (n * (n - 1.0)))


def _standard(parameters: AdoptionParameters, axes: int = 0) -> tuple[BassParameters, Array]:
    """Return the groups' Bass models with time counted in units of 1/(p + q), and p + q: F is the same."""
    p, q = _timed(parameters.innovation, axes, 1), _timed(parameters.imitation, axes, 1)
    rate = np.where(p + q > 0, p + q, 1.0)
    return BassParameters(innovation=p / rate, imitation=q / rate), rate


def _timed(value: Value, axes: int, own: int) -> Array:
    """Put an axis for moments between the scenarios of a field and its `own` last axes, if there are moments."""
    array = np.asarray(value, dtype=np.float64)
    return np.expand_dims(array, array.ndim - own) if axes else array


def _over_pairs(left: Array, parameters: AdoptionParameters, right: Array, time: ArrayLike) -> Array:
    """Return Σ_g Σ_h left_g ω_gh right_h, one value per scenario and moment; every pair of groups counts twice."""
    weights = _timed(parameters.pair_weight, np.ndim(time), 2)
    return np.asarray(np.einsum("...g,...gh,...h->...", left, weights, right))


def _counted(adopters: ArrayLike, members: ArrayLike) -> tuple[Array, Array]:
    """Return two counts a <= n, n at least 2, or say what is wrong with them."""
    a = read_state("adopters", adopters, Range(0, 1e9, unit="members", whole=True))
    n = read_state("members", members, Range(2, 1e9, unit="members", whole=True))
    if (a > n).any():
        raise ParameterError("adopters must not exceed members of the group; lower the first or raise the second")
    return a, n


ADOPTION_EXAMPLE: Final = AdoptionParameters(
    stakeholders=("physicians", "hospitals", "patients", "suppliers"),
    innovation=np.array([0.01, 0.02, 0.005, 0.015]),
    imitation=np.array([0.30, 0.38, 0.25, 0.35]),
)
"""The groups that Text A names, all pairs alike (status: illustrative; the numbers are chosen to show a behaviour)."""
