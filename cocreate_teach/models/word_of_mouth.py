"""Word of mouth: every stakeholder hears from its own contacts, and adopts by chance (docs/models/loyalty.md, M3).

The model *assumes* that contacts count equally, that adopters never leave and never change what they say, and that
the chance of a period depends on nothing but the share of contacts who have adopted, weighted by what they say. If
everybody talks to everybody and stakeholders are many, this is the discrete Bass model.

Sources: the limit and its rate, 1 / number of stakeholders: Fibich, Golan & Schochet (2023), Compartmental limit of
discrete Bass models on networks (abstract seen). The ring: the idea of counting runs of those who have not adopted is
that of Fibich & Gibori (2010), Operations Research 58(5), 1450-1468 (abstract seen); in discrete time it is ours.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.bass import SHARE, BassParameters, effective_imitation
from cocreate_teach.models.networks import Network
from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    random_generator,
    read_state,
    scenario_faults,
    validate,
    whole_number,
)
from cocreate_teach.models.progress import Progress, is_stopped

AT_ONCE = 2**16  # adopters whose contacts are looked up together: keeps memory small


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class WordOfMouthParameters:
    """Parameters of word of mouth on a network (docs/models/loyalty.md, M3).

    Parameters
    ----------
    innovation : float or array (...)
        p: chance per period to adopt without anybody's influence.
    imitation : float or array (...)
        q: what is added to this chance when all contacts have adopted and recommend. p + q may not exceed 1.
    recommendation : float or array (..., stakeholders)
        w: what each stakeholder says once it has adopted, from 1 (recommends) over 0 (silent) to -1 (warns); one number
        stands for all. `recommendation_weight` and `word_of_mouth_weight` compute them.

    Raises
    ------
    ParameterError
        With one sentence per fault.
    """

    stakeholders: ClassVar[str] = "recommendation"  # the field whose last axis is theirs; only a network knows how many

    innovation: Annotated[Value, Range(0, 1, unit="per period", label="innovation", symbol="p", step=0.001)]
    imitation: Annotated[Value, Range(0, 1, unit="per period", label="imitation", symbol="q")]
    recommendation: Annotated[Value, Range(-1, 1, unit="weight", label="recommendation", symbol="w")] = 1.0

    def __post_init__(self) -> None:
        validate(self)
        faults = scenario_faults([np.shape(self.innovation), np.shape(self.imitation), self.recommendation_scenarios])
        if not faults:
            p, q = np.broadcast_arrays(np.asarray(self.innovation), np.asarray(self.imitation))
            for place in np.argwhere(p + q > 1 + 1e-12)[:1]:
                first, second = float(p[tuple(place)]), float(q[tuple(place)])
                faults.append(
                    f"innovation + imitation must be at most 1 (chance per period); got {first:g} + {second:g} = "
                    f"{first + second:g}; use a shorter period, in which both are smaller"
                )
        if faults:
            raise ParameterError(faults)

    @property
    def recommendation_scenarios(self) -> tuple[int, ...]:
        """Return the leading axes of `recommendation`."""
        return np.shape(self.recommendation)[:-1]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class WordOfMouthPath:
    """What a run gave.

    Parameters
    ----------
    share : array (..., T+1)
        Share of stakeholders who have adopted, period by period; shorter if the run was stopped. Runs, if asked for,
        are the first axis.
    adopted_in : array (..., stakeholders) of int32
        Period in which each adopted; 0 at the start, -1 not yet.
    """

    share: Array
    adopted_in: NDArray[np.int32]


def sample_word_of_mouth(
    network: Network,
    parameters: WordOfMouthParameters,
    periods: int,
    *,
    rng: np.random.Generator,
    initial: ArrayLike | None = None,
    runs: int | None = None,
    progress: Progress = None,
) -> WordOfMouthPath:
    """Draw who adopts when.

    Parameters
    ----------
    network : Network
        Who talks to whom.
    parameters : WordOfMouthParameters
        Fields (...), and (..., stakeholders) for `recommendation`.
    periods : int
        Number of periods, T.
    rng : numpy.random.Generator
        One number is drawn per stakeholder and run, whatever happens; all scenarios share it. So the same seed gives
        the same path, scenarios differ by their parameters alone, and one call equals one call per scenario.
    initial : array (..., stakeholders) of bool, optional
        Who has adopted at the start; nobody, if not given.
    runs : int, optional
        Number of independent runs, as a first axis of the result. If not given, one run without that axis.
    progress : function, optional
        Called with (periods done, T) once a period; if it returns False the run stops and keeps what it has.

    Returns
    -------
    WordOfMouthPath

    Raises
    ------
    ParameterError
        If an argument is not as described or does not fit the network.

    Notes
    -----
    Chance of stakeholder i with k contacts: h = p + q (sum of w over its adopters) / k, kept in [0, 1]; p + q <= 1, so
    only the lower end can bind, and only if adopters warn. Without contacts: h = p. All adopt at the same time.

    Adopting with chance h in each period is the same as: draw u in [0, 1) once, and adopt as soon as the product of all
    1 - h so far is u or less. If nobody warns, a larger p, q or w then never makes anybody adopt later.

    Examples
    --------
    >>> from cocreate_teach.models.networks import complete_network
    >>> path = sample_word_of_mouth(
    ...     complete_network(100_000), WordOfMouthParameters(innovation=0.03, imitation=0.38), 10,
    ...     rng=np.random.default_rng(1),
    ... )
    >>> f"{path.share[10]:.2f}"
    '0.78'
    """
    size, total, generator = network.size, whole_number("periods", periods), random_generator(rng)
    replicas = () if runs is None else (whole_number("runs", runs, 1),)
    start = _started(initial, size)
    scenarios = _scenarios(parameters, size, start.shape[:-1])
    shape = (*replicas, *scenarios)
    worlds = int(np.prod(shape))  # every run of every scenario; stakeholder i of world j has number j * size + i
    p, q = (np.broadcast_to(value, shape).ravel() for value in (parameters.innovation, parameters.imitation))
    says = np.broadcast_to(parameters.recommendation, (*scenarios, size)).ravel()
    drawn = generator.random((*replicas, *(1,) * len(scenarios), size))

    has = np.broadcast_to(start, (*shape, size)).ravel()
    new, left = np.flatnonzero(has), np.flatnonzero(~has)
    reluctance, held = np.broadcast_to(drawn, (*shape, size)).ravel()[left], np.ones(left.size)
    heard = np.zeros(worlds if network.is_complete else worlds * size)  # sum of w over the adopters among the contacts
    adopted_in = np.full(worlds * size, -1, dtype=np.int32)
    adopters = np.zeros((total + 1, worlds), dtype=np.int64)
    for period in range(total + 1):
        if period:
            held *= 1.0 - _chances(network, left, heard, p, q)
            stays = held > reluctance
            new, left = left[~stays], left[stays]
            reluctance, held = reluctance[stays], held[stays]
        adopted_in[new] = period
        adopters[period] = np.bincount(new // size, minlength=worlds)
        _tell(network, new, says, heard)
        if period and is_stopped(progress, period, total):
            break
    share = adopters[: period + 1].cumsum(axis=0).reshape(-1, *shape) / size
    return WordOfMouthPath(share=np.moveaxis(share, 0, -1), adopted_in=adopted_in.reshape(*shape, size))


def ring_path(parameters: BassParameters, periods: int, initial: ArrayLike = 0.0) -> Array:
    """Return the share of adopters on an endless ring of two contacts each, period by period; (..., T+1), exactly.

    It never exceeds `bass_path`, where everybody talks to everybody, unless adopters warn: on the ring an adopter's
    contacts are soon adopters themselves, and what it says is lost on them.

    Parameters
    ----------
    parameters : BassParameters
        Fields (...); p + q <= 1. `recommendation` is what every adopter says. Their mean will not do: beside somebody
        who stays silent, the message ends.
    periods : int
        Number of periods, T.
    initial : float or array (...)
        Share that has adopted at the start, chosen at random.

    Raises
    ------
    ParameterError
        If `periods` is no whole number from 0 or `initial` lies outside [0, 1].

    Notes
    -----
    Eq. (17r). S_k is the probability that k neighbours in a row have not adopted, c_j the probability to hold out for
    one more period beside j adopters: S_1' = c_0 S_3 + 2 c_1 (S_2 - S_3) + c_2 (S_1 - 2 S_2 + S_3), and for k >= 2
    S_k' = c_0^(k-2) [c_1^2 S_k + 2 c_1 (c_0 - c_1) S_(k+1) + (c_0 - c_1)^2 S_(k+2)]. The share is 1 - S_1.
    """
    total, start = whole_number("periods", periods), read_state("initial", initial, SHARE)
    p, q, start = np.broadcast_arrays(parameters.innovation, effective_imitation(parameters), start)
    none, one, both = (1.0 - np.clip(p + q * part, 0.0, 1.0) for part in (0.0, 0.5, 1.0))
    length = np.arange(1, 2 * total + 4).reshape(-1, *(1,) * p.ndim)
    rows = (1.0 - start) ** length  # S_1, S_2, ... of the start; two fewer are known each period
    inner = none ** np.maximum(length - 2, 0)
    share = [start]
    for _ in range(total):
        a, b, c = rows[:-2], rows[1:-1], rows[2:]
        first = none * c[0] + 2.0 * one * (b[0] - c[0]) + both * (a[0] - 2.0 * b[0] + c[0])
        rows = inner[: len(a)] * (one**2 * a + 2.0 * one * (none - one) * b + (none - one) ** 2 * c)
        rows[0] = first
        share.append(1.0 - first)
    return np.stack(share, axis=-1)


def _chances(network: Network, left: NDArray[np.intp], heard: Array, p: Array, q: Array) -> Array:
    """Return the chances to adopt in this period of those who are left, or the one they have in common."""
    size = network.size
    who, world = (left, 0) if len(p) == 1 else (left % size, left // size)
    if network.is_complete:
        influence = heard[world] / max(size - 1, 1)
    else:
        influence = heard[left]
        influence /= np.maximum(network.degrees, 1)[who]
    return np.asarray(np.clip(p[world] + q[world] * influence, 0.0, 1.0))


def _tell(network: Network, new: NDArray[np.intp], says: Array, heard: Array) -> None:
    """Let new adopters talk to their contacts: add what they say to `heard`."""
    size = network.size
    if network.is_complete:
        heard += np.bincount(new // size, weights=says[new % len(says)], minlength=len(heard))
        return
    for few in np.split(new, range(AT_ONCE, len(new), AT_ONCE)):
        who = few % size
        first, last = network.offsets[who], network.offsets[who + 1]
        count = last - first
        place = np.arange(count.sum()) + np.repeat(last - np.cumsum(count), count)
        listener = np.repeat(few - who, count) + network.contacts[place]
        np.add.at(heard, listener, np.repeat(says[few % len(says)], count))


def _started(initial: ArrayLike | None, size: int) -> NDArray[np.bool_]:
    if initial is None:
        return np.zeros(size, dtype=bool)
    start = np.asarray(initial)
    if start.dtype != np.bool_ or start.shape[-1:] != (size,):
        raise ParameterError(
            f"initial must say True or False for each of the {size:,} stakeholders, on its last axis; "
            f"got {start.dtype} of shape {start.shape}"
        )
    return start


def _scenarios(parameters: WordOfMouthParameters, size: int, of_start: tuple[int, ...]) -> tuple[int, ...]:
    last = np.shape(parameters.recommendation)[-1:]
    if last not in ((), (1,), (size,)):
        raise ParameterError(
            f"recommendation must be one number or end in an axis of {size:,}, one per stakeholder of the network; "
            f"got shape {np.shape(parameters.recommendation)}"
        )
    shapes = [
        np.shape(parameters.innovation),
        np.shape(parameters.imitation),
        parameters.recommendation_scenarios,
        of_start,
    ]
    if faults := scenario_faults(shapes):
        raise ParameterError(faults)
    return np.broadcast_shapes(*shapes)
