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
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.bass import BassParameters, bass_share, effective_imitation
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
    validate,
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
    innovation: Annotated[Value, Range(0, 1, unit="per period", label="innovation of a group", symbol="p", step=0.001)]
    imitation: Annotated[Value, Range(0, 3, unit="per period", label="imitation in a group", symbol="q", step=0.01)]
    start: Annotated[Value, Range(0, 1000, unit="periods", label="first possible adoption", symbol="t0", step=1)] = 0.0
    pair_weight: Annotated[Value, Range(0, 1, unit="weight", label="relative weight of a pair", symbol="ω")] = 1.0
    unlinked_quality: Annotated[Value, Range(0, 1, unit="index", label="quality without links", symbol="Q_min")] = 0.0
    linked_quality: Annotated[Value, Range(0, 1, unit="index", label="quality with all links", symbol="Q_max")] = 1.0
    exponent: Annotated[Value, Range(0.1, 10, label="exponent of the linked share", symbol="γ", step=0.1)] = 1.0

    def __post_init__(self) -> None:
        faults = name_faults(self.stakeholders)
        try:
            validate(self)
        except ParameterError as error:
            faults.extend(error.faults)
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


def adoption_mean_time(parameters: AdoptionParameters) -> Array:
    """Return the mean time until a member of each group adopts, (..., g): start plus eq. (18); infinite for p = 0."""
    p, q = np.broadcast_arrays(parameters.innovation, parameters.imitation)
    return np.asarray(parameters.start + np.where(p > 0, _mean_left(np.where(p > 0, p, 1.0), q), np.inf))


def unlinked_time(parameters: AdoptionParameters) -> Array:
    """Return the unlinked share summed over all time, in periods; (...).

    It is the mean time until both members of a pair have adopted. Infinite if a group that counts never adopts.

    Notes
    -----
    The integral of 1 - C. Groups that differ have no elementary closed form: by quadrature, to about 1e-10 of the mean
    times. For equal groups see `bass_joint_time`.
    """
    weights, both, _ = _pair_times(parameters)
    return np.asarray(np.sum(weights * np.where(weights > 0, both, 0.0), axis=-1))


def one_sided_time(parameters: AdoptionParameters) -> Array:
    """Return the one-sided share summed over all time, in periods; (...).

    It is the mean time that the first of a pair waits for the second. Infinite if only one of two groups ever adopts,
    0 for a pair of groups that both never do.

    Notes
    -----
    The integral of S, as in `unlinked_time`. For equal groups see `bass_one_sided_time`.
    """
    weights, _, waiting = _pair_times(parameters)
    return np.asarray(np.sum(weights * np.where(weights > 0, waiting, 0.0), axis=-1))


def _pair_times(parameters: AdoptionParameters) -> tuple[Array, Array, Array]:
    """Return weight, mean time until both adopt, and mean wait of the first for the second; (..., pairs of groups).

    The mean of max(T_g, T_h) is taken over the quantiles of one group (the one with the larger p + q), of the time that
    the other still needs then; the tanh-sinh rule goes to both ends of it. Adoptions before the other group's start are
    set apart, so that there is no kink.
    """
    first, second = np.triu_indices(len(parameters.stakeholders), 1)
    given = np.broadcast_arrays(parameters.innovation, parameters.imitation, parameters.start)
    p, q, start = (np.asarray(field, dtype=np.float64)[..., [first, second]] for field in given)  # (..., 2, pairs)
    adopts = np.asarray(p > 0)
    p = np.where(adopts, p, 1.0)
    order = np.argsort(-(p + q), axis=-2)
    p, q, start = (np.take_along_axis(field, order, axis=-2) for field in (p, q, start))
    (p1, p2), (q1, q2), (start1, start2) = (np.moveaxis(field, -2, 0) for field in (p, q, start))
    pace1, pace2 = p1 + q1, p2 + q2
    before = np.maximum(start2 - start1, 0.0)
    gone = np.exp(-pace1 * before)
    late = gone * pace1 / (p1 + q1 * gone)  # share of the first group that adopts after the second has started
    rest = np.zeros(late.shape)
    for node in np.linspace(-3.2, 3.2, 97):
        odds = np.exp(np.pi * np.sinh(node))
        left = late / (1.0 + odds)  # share of the first group that adopts after this quantile
        with np.errstate(divide="ignore"):
            passed = np.log1p((1.0 - left) * (q1 / p1)) - np.log(left)
        passed = pace2 / pace1 * passed + pace2 * (start1 - start2)
        weight = np.pi / 15.0 * np.cosh(node) * odds / (1.0 + odds) ** 2
        rest += weight * _mean_left(p2, q2, np.maximum(passed, 0.0))
    mean1, mean2 = start1 + _mean_left(p1, q1), start2 + _mean_left(p2, q2)
    both = (1.0 - late) * mean2 + late * (start1 + before + rest) + _mean_left(p1, q1, pace1 * before)
    known, waiting = adopts.all(axis=-2), (both - mean1) + (both - mean2)
    never = np.where(adopts.any(axis=-2), np.inf, 0.0)  # how long the first waits if the second, or nobody, adopts
    weights = np.asarray(parameters.pair_weight)[..., first, second]
    return weights, np.where(known, both, np.inf), np.where(known, waiting, never)


def _mean_left(p: Array, q: Array, passed: Value = 0.0) -> Array:
    """Return 1 - F summed over all time after `passed` = (p + q) t, without a start: ln(1 + e^-passed q/p) / q."""
    gone = np.exp(-np.asarray(passed))
    odds = q / p * gone
    return np.asarray(gone / p * np.divide(np.log1p(odds), odds, where=odds > 0, out=np.ones(odds.shape)))


def bass_joint_time(parameters: BassParameters, members: int = 2) -> Array:
    """Return the mean time until all of so many members of equal groups have adopted; (...), infinite for p = 0.

    For two members it is the unlinked share of pairs summed over all time.

    Raises
    ------
    ParameterError
        If `members` is no whole number from 1 to 1,000, or adopters warn (a recommendation below 0).

    Notes
    -----
    Eq. (25), for two (24). Computed as (H_k + ln(1 + q/p) - q I_k) / (p + q), where H_k = 1 + 1/2 + ... + 1/k and
    I_k is the integral of F^k / (p + q F) over F from 0 to 1.

    Examples
    --------
    >>> average = BassParameters(innovation=0.03, imitation=0.38)
    >>> " ".join(f"{bass_joint_time(average, k):.2f}" for k in (1, 2, 3, 4))
    '6.88 8.97 10.12 10.91'
    """
    k = whole_number("members", members, low=1, high=1000)
    p, q, adopt = _recommended(parameters)
    whole = np.sum(1.0 / np.arange(1, k + 1)) + np.log1p(q / p) - q * _moment(p, q, k)
    return np.where(adopt, whole / (p + q), np.inf)


def bass_one_sided_time(parameters: BassParameters) -> Array:
    """Return the one-sided share of pairs of equal groups summed over all time; (...), 0 if nobody adopts (p = 0).

    Raises
    ------
    ParameterError
        If adopters warn (a recommendation below 0).

    Notes
    -----
    Eq. (24'): 2/q - (2p/q²) ln(1 + q/p), or 1/p without imitation. Falls in p and in q.
    """
    p, q, adopt = _recommended(parameters)
    return np.where(adopt, 2.0 * _moment(p, q, 1), 0.0)


def bass_one_sided_peak_time(parameters: BassParameters) -> Array:
    """Return when most pairs of equal groups are one-sided: ln(2 + q/p) / (p + q); (...), infinite for p = 0.

    Then half of each group has adopted, and half of the pairs are one-sided.

    Raises
    ------
    ParameterError
        If adopters warn (a recommendation below 0).
    """
    p, q, adopt = _recommended(parameters)
    return np.where(adopt, np.log(2.0 + q / p) / (p + q), np.inf)


def _recommended(parameters: BassParameters) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Return p (1 where it is 0), q w and whether anybody adopts; refuse warnings."""
    p, q = np.broadcast_arrays(np.asarray(parameters.innovation, float), effective_imitation(parameters))
    if (q < 0).any():
        raise ParameterError(
            f"recommendation must be between 0 and 1 (weight) here; got {np.min(parameters.recommendation):g}; if "
            "adopters warn, sum over the shares of bass_share"
        )
    return np.where(p > 0, p, 1.0), q, np.asarray(p > 0)


def _moment(p: Array, q: Array, k: int) -> Array:
    """Return the integral of F^k / (p + q F) over F from 0 to 1, without loss for q near 0 or near p."""
    part, term = q / (p + q), np.full(q.shape, 1.0 / (k + 1))
    series = term
    for n in range(1, 60):  # part is at most 1/2 where this is used
        term = term * part * n / (k + 1 + n)
        series = series + term
    ratio = np.maximum(q / p, 1.0)
    product = np.log1p(ratio)  # q times the integral, from F^0 up
    for j in range(1, k + 1):
        product = 1.0 / j - product / ratio
    return np.where(q <= p, series / (p + q), product / np.where(q > p, q, 1.0))
