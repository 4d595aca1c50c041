"""Word of mouth: every stakeholder hears from its own contacts, and adopts by chance (docs/models/loyalty.md, M3).

The model *assumes* that contacts count equally, that adopters never leave and never change what they say, and that
the chance of a period depends on nothing but the share of contacts who have adopted, weighted by what they say. If
everybody talks to everybody and stakeholders are many, this is the discrete Bass model.

Sources: the limit and its rate, 1 / number of stakeholders: Fibich, Golan & Schochet (2023), Compartmental limit of
discrete Bass models on networks (abstract seen).
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.networks import Network
from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    random_generator,
    scenario_faults,
    validate,
    whole_number,
)
from cocreate_teach.models.progress import Progress, is_stopped

AT_ONCE = 2**14  # adopters whose contacts are looked up together: what they touch then stays in the cache


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

    innovation: Annotated[Value, Range(0, 1, unit="per period", label="innovation", symbol="p", step=0.001)]
    imitation: Annotated[Value, Range(0, 1, unit="per period", label="imitation", symbol="q")]
    recommendation: Annotated[Value, Range(-1, 1, unit="weight", label="recommendation", symbol="w", each=None)] = 1.0

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
    says = np.ravel(parameters.recommendation)  # one number, or one for each stakeholder of each scenario
    if says.size > 1:
        says = np.broadcast_to(parameters.recommendation, (*scenarios, size)).ravel()
    p, q = (np.broadcast_to(value, shape).reshape(-1, 1) for value in (parameters.innovation, parameters.imitation))
    weight = q / (max(size - 1, 1) if network.is_complete else np.maximum(network.degrees, 1))
    warns = bool((says < 0).any())

    has = np.broadcast_to(start, (*shape, size)).ravel()
    drawn = generator.random((*replicas, *(1,) * len(scenarios), size))
    reluctance = (drawn if worlds == 1 else np.broadcast_to(drawn, (*shape, size)).copy()).reshape(worlds, size)
    held = np.ones((worlds, size))  # product of all 1 - h so far
    heard = np.zeros((worlds, 1 if network.is_complete else size))  # sum of w over the adopters among the contacts
    chance = np.empty(np.broadcast_shapes(heard.shape, weight.shape))
    new = np.flatnonzero(has)
    adopted_in = np.full(worlds * size, -1, dtype=np.int32)
    adopters = np.zeros((total + 1, worlds), dtype=np.int64)
    for period in range(total + 1):
        if period:
            np.multiply(heard, weight, out=chance)
            chance += p
            if warns:
                np.clip(chance, 0.0, 1.0, out=chance)
            held *= np.subtract(1.0, chance, out=chance)
            new = np.flatnonzero(held <= reluctance)
        reluctance.ravel()[new] = -1.0  # adopts once only
        adopted_in[new] = period
        adopters[period] = np.bincount(new // size, minlength=worlds)
        _tell(network, new, says, heard)
        if period and is_stopped(progress, period, total):
            break
    share = adopters[: period + 1].cumsum(axis=0).reshape(-1, *shape) / size
    return WordOfMouthPath(share=np.moveaxis(share, 0, -1), adopted_in=adopted_in.reshape(*shape, size))


def _tell(network: Network, new: NDArray[np.intp], says: Array, heard: Array) -> None:
    """Let new adopters talk to their contacts: add what they say to `heard`."""
    size = network.size
    if network.is_complete:
        heard += np.bincount(new // size, weights=says[new % says.size], minlength=len(heard))[:, None]
        return
    for few in np.split(new, range(AT_ONCE, len(new), AT_ONCE)):
        who = few % size
        first = network.offsets[who]
        count = network.offsets[who + 1] - first
        end = np.cumsum(count, dtype=np.int64)
        place = np.arange(count.sum()) + np.repeat(first + count - end, count)
        listener = network.contacts[place].astype(np.intp)
        if len(heard) > 1:
            listener += np.repeat(few - who, count)
        said = says[0] if says.size == 1 else np.repeat(says[few % says.size], count)
        np.add.at(heard.ravel(), listener, said)


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
