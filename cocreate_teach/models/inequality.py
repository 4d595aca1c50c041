"""How unequally contributions are spread: Gini, Lorenz curve, top shares (docs/models/inequality.md, M7).

These are measures of data, not a model. Two choices are *assumed* and change every number: what is counted (edits are
not text, and not quality) and who is counted (readers who never contributed, or contributors alone). Where nobody has
contributed anything, all have the same: the Gini coefficient is 0 and a share of the people holds that share.

Sources: Gini (1912), Lorenz (1905), both from memory, unverified; the formulas were checked against brute force.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Array, Range, last_axis, read_state

CONTRIBUTIONS = Range(0, 1e19, unit="contributions")
PEOPLE = Range(0, 1e12, unit="people")
SHARE = Range(0, 1, unit="share")


def gini(
    contributions: ArrayLike,
    *,
    readers: ArrayLike = 0.0,
    corrected: bool = False,
    contributors_only: bool = False,
) -> Array:
    """Return the Gini coefficient of contributions: 0 if all gave the same, near 1 if one person gave everything.

    Parameters
    ----------
    contributions : array (..., n)
        What each of n >= 1 people contributed, 0 or more, in any order.
    readers : float or array (...)
        People counted in addition who contributed nothing.
    corrected : bool
        Whether to multiply by n / (n - 1), which removes the bias of small samples.
    contributors_only : bool
        Whether to leave out everybody who contributed nothing, e.g. the places that a simulated run did not fill.

    Returns
    -------
    array (...)
        In [0, (n-1)/n], or in [0, 1] if corrected. One person alone, or nothing contributed at all: 0.

    Raises
    ------
    ParameterError
        If there is nobody, or a number is negative.

    Notes
    -----
    Sum of (2i - n - 1) x_i over ranks i from the lowest, divided by n times the sum of x_i.

    Examples
    --------
    >>> f"{gini([1, 1, 2, 16]):.3f}, corrected {gini([1, 1, 2, 16], corrected=True):.3f}"
    '0.575, corrected 0.767'
    >>> f"with 96 readers {gini([1, 1, 2, 16], readers=96):.3f}"
    'with 96 readers 0.983'
    """
    ascending = np.sort(_contributions(contributions), axis=-1)
    people = _people(ascending, readers, contributors_only)
    rank_from_top = np.arange(1 - ascending.shape[-1], 1)  # rank i minus the number of people
    spread = ((2.0 * rank_from_top + last_axis(people - 1.0)) * ascending).sum(axis=-1)
    level = (people - float(corrected)) * ascending.sum(axis=-1)
    found = np.divide(spread, level, out=np.zeros(level.shape), where=level > 0)
    return np.asarray(np.maximum(found, 0.0))  # equal amounts may leave a rounding error below 0


def gini_with_readers(gini: ArrayLike, contributor_share: ArrayLike) -> Array:
    """Return the Gini coefficient among all visitors from the one among contributors.

    Parameters
    ----------
    gini : float or array (...)
        Among contributors, not corrected for small samples.
    contributor_share : float or array (...)
        Contributors divided by all visitors, in [0, 1]; at 0 the result is its limit, 1.

    Raises
    ------
    ParameterError
        If one of them lies outside [0, 1].

    Notes
    -----
    G_all = 1 - (1 - G) π; exact for the plain coefficient as soon as somebody contributed something.

    Examples
    --------
    >>> f"{gini_with_readers(0.5, 0.1):.2f}"
    '0.95'
    """
    share = read_state("contributor_share", contributor_share, SHARE)
    return np.asarray(1.0 - (1.0 - read_state("gini", gini, SHARE)) * share)


def lorenz_curve(contributions: ArrayLike) -> Array:
    """Return what the least active 0, 1, 2 ... n people contributed together, as a share of everything.

    Parameters
    ----------
    contributions : array (..., n)
        What each of n >= 1 people contributed, 0 or more, in any order.

    Returns
    -------
    array (..., n + 1)
        From 0 to 1, never falling; draw it over ``np.linspace(0, 1, n + 1)``. A straight line if all are equal.

    Raises
    ------
    ParameterError
        If there is nobody, or a number is negative.

    Examples
    --------
    >>> [f"{share:.2f}" for share in lorenz_curve([16, 1, 2, 1])]
    ['0.00', '0.05', '0.10', '0.20', '1.00']
    """
    given = _contributions(contributions)
    equal = np.all(given == 0.0, axis=-1, keepdims=True)
    sums = np.cumsum(np.sort(np.where(equal, 1.0, given), axis=-1), axis=-1)
    return np.concatenate([np.zeros((*sums.shape[:-1], 1)), sums / sums[..., -1:]], axis=-1)


def top_share(
    contributions: ArrayLike, share: ArrayLike, *, readers: ArrayLike = 0.0, contributors_only: bool = False
) -> Array:
    """Return which share of everything the most active people contributed.

    Parameters
    ----------
    contributions : array (..., n)
        What each of n >= 1 people contributed, 0 or more, in any order.
    share : float or array (...)
        Share of the people, from the most active down, in [0, 1]. If it ends within a person, that part of the
        person's contributions counts. Several shares of one data set (n,) may be asked for at once.
    readers : float or array (...)
        People counted in addition who contributed nothing.
    contributors_only : bool
        Whether to leave out everybody who contributed nothing.

    Returns
    -------
    array (...)
        In [0, 1]; at least `share`, and equal to it if nobody contributed anything.

    Raises
    ------
    ParameterError
        If there is nobody, a number is negative or `share` lies outside [0, 1].

    Examples
    --------
    >>> [f"{held:.2f}" for held in top_share([1, 1, 2, 16], [0.125, 0.25, 0.5])]
    ['0.40', '0.80', '0.90']
    """
    given = _contributions(contributions)
    part = read_state("share", share, SHARE)
    descending = -np.sort(-given, axis=-1)
    place = np.minimum(part * _people(given, readers, contributors_only), given.shape[-1])
    sums = np.concatenate([np.zeros((*given.shape[:-1], 1)), np.cumsum(descending, axis=-1)], axis=-1)
    whole = np.minimum(np.floor(place), given.shape[-1] - 1).astype(np.intp)
    held = _at(sums, whole) + (place - whole) * _at(descending, whole)
    total = np.broadcast_to(sums[..., -1], held.shape)
    return np.asarray(np.divide(held, total, out=np.broadcast_to(part, held.shape).copy(), where=total > 0))


def segment_shares(
    contributions: ArrayLike, *, readers: ArrayLike = 0.0, sizes: Sequence[float] = (0.01, 0.09, 0.90)
) -> Array:
    """Return what each segment of the people contributed, from the most active down: by default 1, 9 and 90 per cent.

    Parameters
    ----------
    contributions : array (..., n)
        What each of n >= 1 people contributed, 0 or more, in any order.
    readers : float or array (...)
        People counted in addition who contributed nothing.
    sizes : sequence of float
        Shares of the people, which add up to 1.

    Returns
    -------
    array (..., number of segments)
        Shares of everything contributed, which add up to 1.

    Raises
    ------
    ParameterError
        If there is nobody, a number is negative or the sizes do not add up to 1.

    Examples
    --------
    >>> [f"{share:.2f}" for share in segment_shares([1, 1, 2, 16], readers=96)]
    ['0.80', '0.20', '0.00']
    """
    parts = read_state("sizes", list(sizes), SHARE)
    if parts.size == 0 or abs(parts.sum() - 1.0) > 1e-9:
        raise ParameterError(f"sizes must add up to 1; got {parts.sum():g}; change one of {tuple(sizes)}")
    inner = [top_share(contributions, min(edge, 1.0), readers=readers) for edge in np.cumsum(parts)[:-1]]
    held = [*inner, top_share(contributions, 1.0, readers=readers)]
    return np.diff(np.stack(held, axis=-1), axis=-1, prepend=0.0)


def _contributions(given: ArrayLike) -> Array:
    values = read_state("contributions", given, CONTRIBUTIONS)
    if values.ndim == 0 or values.shape[-1] == 0:
        raise ParameterError(f"contributions must end in an axis of people, at least one; got shape {values.shape}")
    return values


def _people(contributions: Array, readers: ArrayLike, contributors_only: bool) -> Array:
    added = read_state("readers", readers, PEOPLE)
    if contributors_only and added.any():
        raise ParameterError("readers must be 0 where contributors_only is True; leave one of them out")
    counted = np.count_nonzero(contributions, axis=-1) if contributors_only else contributions.shape[-1]
    return np.asarray(np.broadcast_to(counted, contributions.shape[:-1]) + added, dtype=np.float64)


def _at(values: Array, place: NDArray[np.intp]) -> Array:
    """Pick one value of the last axis for each scenario."""
    shape = np.broadcast_shapes(values.shape[:-1], place.shape)
    many = np.broadcast_to(values, (*shape, values.shape[-1]))
    return np.take_along_axis(many, np.broadcast_to(place, shape)[..., np.newaxis], axis=-1)[..., 0]
