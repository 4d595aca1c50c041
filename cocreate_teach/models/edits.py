"""Who writes: those who have written write again, and now and then somebody new comes (docs/models/inequality.md, M7).

The model *assumes* one thing, Simon's copying rule: each edit is the first one of a new contributor with a fixed
chance, the openness; otherwise it goes to the author of an earlier edit, drawn at random, so that contributors are
chosen in proportion to what they have done. Nobody stops, nobody is more gifted than others. What follows in the long
run is the Yule-Simon distribution. That a distribution fits does not show that this rule made it.

Sources: Yule (1925), Philosophical Transactions B 213; Simon (1955), On a class of skew distribution functions,
Biometrika 42(3/4), 425-440, both seen as cited; the papers not seen.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    last_axis,
    random_generator,
    validate,
    whole_number,
)

MOST_EDITS = 10**7  # of a simulated run


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class SimonParameters:
    """Parameters of the Simon process (docs/models/inequality.md, M7).

    Parameters
    ----------
    openness : float or array (...)
        α: chance that an edit is made by somebody new. A contributor makes 1/α edits on average.
    seed_editors : float or array (...)
        n0: people who made one edit each at the beginning. With few of them chance decides who dominates.

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> from cocreate_teach.models.yule_simon import yule_simon_gini, yule_simon_probability
    >>> open_wiki = SimonParameters(openness=0.5)
    >>> f"one edit only: {yule_simon_probability(open_wiki, 1):.3f}, Gini {yule_simon_gini(open_wiki):.3f}"
    'one edit only: 0.667, Gini 0.420'
    """

    openness: Annotated[
        Value, Range(0.001, 0.999, unit="share of edits", label="openness to new contributors", symbol="α", step=0.001)
    ]
    seed_editors: Annotated[
        Value, Range(1, 10_000, unit="people", label="editors at the beginning", symbol="n0", step=1, whole=True)
    ] = 1.0

    def __post_init__(self) -> None:
        validate(self)


def tail_exponent(parameters: SimonParameters) -> Array:
    """Return ρ = 1 / (1 - α), (...): the chance of more than k edits falls like k to the power -ρ."""
    return np.asarray(1.0 / (1.0 - np.asarray(parameters.openness)))


def sample_simon_process(parameters: SimonParameters, edits: int, *, rng: np.random.Generator) -> Array:
    """Draw a run of the Simon process and return the number of edits of every contributor.

    Parameters
    ----------
    parameters : SimonParameters
        Fields (...); each scenario is a run of its own.
    edits : int
        Edits of a run, those of the seed editors included.
    rng : numpy.random.Generator
        The same seed gives the same runs.

    Returns
    -------
    array (..., contributors)
        In the order in which contributors came, the seed editors first; each row adds up to `edits`. With several
        scenarios the rows end in zeros, except the longest one: use ``contributors_only=True`` for their Gini.

    Raises
    ------
    ParameterError
        If `edits` is no whole number from the number of seed editors to 10 million.

    Notes
    -----
    Every edit points at an earlier one or, if its author is new, at itself. All pointers are drawn at once and then
    replaced by the pointers of their pointers until they arrive: about five rounds, since chains are short.

    Examples
    --------
    >>> counts = sample_simon_process(SimonParameters(openness=0.1), 1000, rng=np.random.default_rng(1))
    >>> f"{counts.sum():.0f} edits by {'many' if len(counts) > 60 else 'few'}"
    '1000 edits by many'
    """
    random_generator(rng)
    time = np.arange(_edits_of_a_run(parameters, edits))
    openness, seeds = np.broadcast_arrays(last_axis(parameters.openness), last_axis(parameters.seed_editors))
    shape = (*openness.shape[:-1], len(time))
    is_new = (rng.random(shape) < openness) | (time < seeds)
    start = np.arange(is_new.size).reshape(shape) - time  # where the run begins if all runs stand in one row
    pointer = (np.where(is_new, time, rng.integers(0, np.maximum(time, 1), size=shape)) + start).ravel()
    while not np.array_equal(further := pointer[pointer], pointer):
        pointer = further
    author = np.cumsum(is_new, axis=-1) - 1
    width = int(author.max()) + 1
    run = start // len(time) * width
    counts = np.bincount((author + run).ravel()[pointer], minlength=is_new.size // len(time) * width)
    return counts.reshape(*shape[:-1], width).astype(np.float64)


def expected_contributors(parameters: SimonParameters, edits: int) -> Array:
    """Return how many contributors a run has on average, n0 + α (edits - n0); (...). Edits per head tend to 1/α.

    Raises
    ------
    ParameterError
        If `edits` is no whole number from the number of seed editors to 10 million.
    """
    seeds = np.asarray(parameters.seed_editors)
    return np.asarray(seeds + parameters.openness * (_edits_of_a_run(parameters, edits) - seeds))


def first_editor_share(parameters: SimonParameters, edits: int) -> Array:
    """Return which share of all edits the first editor holds on average; (...), the same for every seed editor.

    Raises
    ------
    ParameterError
        If `edits` is no whole number from the number of seed editors to 10 million.

    Notes
    -----
    Eq. (29), for n0 seed editors: Γ(T+1-α) Γ(n0) / (T Γ(T) Γ(n0+1-α)). It falls only like T to the power -α.
    A single run may lie far from this mean, however long it is.

    Examples
    --------
    >>> f"{first_editor_share(SimonParameters(openness=0.04), 2000):.3f}"
    '0.750'
    """
    last = float(_edits_of_a_run(parameters, edits))
    copying, seeds = 1.0 - np.asarray(parameters.openness), np.asarray(parameters.seed_editors)
    return np.exp(log_gamma_ratio(last, copying) - log_gamma_ratio(seeds, copying)) / last


def _edits_of_a_run(parameters: SimonParameters, edits: int) -> int:
    return whole_number("edits", edits, low=int(np.max(parameters.seed_editors)), high=MOST_EDITS)


def log_gamma_ratio(z: ArrayLike, a: ArrayLike) -> Array:
    """Return ln Γ(z+a) - ln Γ(z) for z, a > 0: Stirling's series without the difference of two large numbers."""
    start, step = np.asarray(z, dtype=np.float64), np.asarray(a, dtype=np.float64)
    below = np.sum([np.log1p(step / (start + j)) for j in range(12)], axis=0)
    start = start + 12.0
    end = start + step
    series = sum(c * (end**-p - start**-p) for c, p in ((1 / 12, 1), (-1 / 360, 3), (1 / 1260, 5), (-1 / 1680, 7)))
    return np.asarray((start - 0.5) * np.log1p(step / start) + step * (np.log(end) - 1.0) + series - below)
