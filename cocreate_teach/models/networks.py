"""Networks: who talks to whom (docs/models/loyalty.md, M3).

A network is symmetric, has no links of a stakeholder to itself and none twice. It is kept as one list of contacts,
stakeholder after stakeholder, so that a million stakeholders fit in tens of megabytes. In the complete network
everybody talks to everybody; its links are counted, not written down.

Sources: the small world of Watts & Strogatz (1998), Nature 393, 440-442, and preferential attachment of Barabasi &
Albert (1999), Science 286, 509-512, in the way of Batagelj & Brandes (2005), Efficient generation of large random
networks (all three seen as cited in the manuals of programs that implement them, not themselves). Random networks:
links spread evenly at random, after Erdos & Renyi (from memory, unverified).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Range, random_generator, read_state, whole_number
from cocreate_teach.models.progress import Progress

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Counts = NDArray[np.int64]
MOST_LINK_ENDS = 2**31 - 1  # what 32-bit offsets can count
PIECES = 4  # of the making of a network, for who waits for a large one
ATTEMPTS = 100  # of rewiring: a link of somebody who already talks to (nearly) everybody stays where it is


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Network:
    """Who talks to whom; made by the functions of this module.

    Parameters
    ----------
    kind : str
        "complete", "ring", "random", "small world", "scale-free" or "links".
    size : int
        Number of stakeholders; they are numbered from 0.
    offsets : array (size + 1,) of int32
        The contacts of stakeholder i are `contacts[offsets[i]:offsets[i + 1]]`, in ascending order.
    contacts : array of int32
        Empty in the complete network, where it would be too long.
    """

    kind: str
    size: int
    offsets: NDArray[np.int32]
    contacts: NDArray[np.int32]

    @property
    def is_complete(self) -> bool:
        """Return whether everybody talks to everybody, without a list of links."""
        return self.kind == "complete"

    @property
    def degrees(self) -> NDArray[np.int32]:
        """Return the number of contacts of each stakeholder; (size,)."""
        return np.full(self.size, self.size - 1, dtype=np.int32) if self.is_complete else np.diff(self.offsets)


def complete_network(size: int) -> Network:
    """Return the network in which everybody talks to everybody; the limit in which the Bass model holds.

    Raises
    ------
    ParameterError
        If `size` is no whole number from 1.
    """
    many = whole_number("size", size, 1)
    return _network("complete", many, np.empty(0, np.int64))


def ring_network(size: int, contacts: int, *, progress: Progress = None) -> Network:
    """Return a ring: everybody talks to the nearest `contacts` others, half of them on each side.

    Parameters
    ----------
    size : int
        Number of stakeholders.
    contacts : int
        An even number.
    progress : function, optional
        Called as ``progress(done, total)`` after each piece of work, more than once for a long piece. What it returns
        is ignored, as half a network is of no use: to stop, let it raise.

    Raises
    ------
    ParameterError
        If `contacts` is not an even number from 2 and below `size`.
    """
    many, near = whole_number("size", size, 1), _even("contacts", contacts, size)
    return _network("ring", many, _places(np.arange(_countable(many * near // 2)), many, progress), progress)


def random_network(size: int, mean_contacts: float, *, rng: np.random.Generator, progress: Progress = None) -> Network:
    """Return a network of links spread evenly at random; every set of that many links is equally likely.

    Parameters
    ----------
    size : int
        Number of stakeholders.
    mean_contacts : float
        Contacts per stakeholder on average, from 0 to size - 1; met up to rounding to whole links.
    rng : numpy.random.Generator
        The same seed gives the same network.
    progress : function, optional
        As in `ring_network`.

    Raises
    ------
    ParameterError
        If `size` is no whole number from 1 or `mean_contacts` lies outside its range.

    Examples
    --------
    >>> network = random_network(1000, 8, rng=np.random.default_rng(1))
    >>> f"{network.degrees.mean():.1f} contacts on average, {network.degrees.min()} to {network.degrees.max()}"
    '8.0 contacts on average, 1 to 18'
    """
    many, generator = whole_number("size", size, 1), random_generator(rng)
    mean = float(read_state("mean_contacts", mean_contacts, Range(0, many - 1, unit="contacts")))
    links = _countable(round(many * mean / 2))
    number = generator.choice(many * (many - 1) // 2, links, replace=False, shuffle=False)
    _tell(progress, 0)
    return _network("random", many, _places(number, many, progress), progress)


def small_world_network(
    size: int, contacts: int, rewiring: float, *, rng: np.random.Generator, progress: Progress = None
) -> Network:
    """Return a ring of which some links lead to a stakeholder chosen at random instead: a few bridges, short ways.

    Parameters
    ----------
    size, contacts : int
        As in `ring_network`.
    rewiring : float
        Probability that a link keeps one end and moves the other; 0 is the ring.
    rng : numpy.random.Generator
        The same seed gives the same network.
    progress : function, optional
        As in `ring_network`.

    Raises
    ------
    ParameterError
        If `contacts` is not an even number from 2 and below `size`, or `rewiring` no probability.

    Notes
    -----
    All links move at the same time, and move again where two would coincide; a link leaves its old place only when it
    has a new one. The number of links is that of the ring.
    """
    many, near, generator = whole_number("size", size, 1), _even("contacts", contacts, size), random_generator(rng)
    chance = float(read_state("rewiring", rewiring, Range(0, 1, unit="probability")))
    place = _places(np.arange(_countable(many * near // 2)), many, progress)
    moving = np.flatnonzero(generator.random(len(place)) < chance)
    for _ in range(ATTEMPTS):
        if not moving.size:
            break
        _tell(progress, 0)
        start = moving % many  # links are numbered along the ring: their near ends
        end = (start + generator.integers(1, many, moving.size)) % many  # never oneself
        wanted, first = np.unique(_place(start, end, many), return_index=True)
        taken = np.sort(place)
        is_free = taken[np.minimum(np.searchsorted(taken, wanted), len(taken) - 1)] != wanted
        place[moving[first[is_free]]] = wanted[is_free]
        moving = np.delete(moving, first[is_free])
    return _network("small world", many, place, progress)


def scale_free_network(size: int, contacts: int, *, rng: np.random.Generator, progress: Progress = None) -> Network:
    """Return a network with a few hubs: newcomers link to whoever already has many links.

    Parameters
    ----------
    size : int
        Number of stakeholders.
    contacts : int
        Mean number of contacts, even: each newcomer makes half as many links.
    rng : numpy.random.Generator
        The same seed gives the same network.
    progress : function, optional
        As in `ring_network`.

    Raises
    ------
    ParameterError
        If `contacts` is not an even number from 2 and below `size`.

    Notes
    -----
    Preferential attachment: the first contacts / 2 + 1 stakeholders all know each other; each newcomer draws
    contacts / 2 ends of earlier links and links to whoever is there. An end that is itself still to be drawn is looked
    up afterwards, for all newcomers at once. Who is drawn twice gets one link: the mean is a little below `contacts`.
    """
    many, new, generator = whole_number("size", size, 1), _even("contacts", contacts, size) // 2, random_generator(rng)
    _countable(many * new)
    place = _place(*_attachments(many, new, generator, progress), many)
    _tell(progress, 0)
    place.sort()
    return _network("scale-free", many, place[np.diff(place, prepend=-1) > 0], progress)


def network_from_links(links: ArrayLike, size: int | None = None) -> Network:
    """Return a network of your own.

    Parameters
    ----------
    links : array (number of links, 2)
        Pairs of stakeholders, numbered from 0; each pair once, in any order.
    size : int, optional
        Number of stakeholders; if not given, one more than the highest number.

    Raises
    ------
    ParameterError
        If the pairs are no pairs of whole numbers below `size`, or somebody is linked to itself or to another twice.

    Examples
    --------
    >>> network_from_links([(0, 1), (1, 2)]).degrees.tolist()
    [1, 2, 1]
    """
    pairs = np.asarray(links)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in "iu":
        raise ParameterError(f"links must be pairs of whole numbers, shape (links, 2); got {_shown(pairs)}")
    start, end = pairs.astype(np.int64).T
    many = whole_number("size", int(pairs.max(initial=0)) + 1 if size is None else size, 1)
    faults = [
        f"links must {what}; got {_shown(pairs[wrong][0])}"
        for what, wrong in (
            (f"name stakeholders from 0 to {many - 1}", ((pairs < 0) | (pairs >= many)).any(axis=1)),
            ("join two different stakeholders", start == end),
        )
        if wrong.any()
    ]
    if not faults:
        places, times = np.unique(_place(start, end, many), return_counts=True)
        faults += [f"links must differ; got {list(divmod(int(p), many))} more than once" for p in places[times > 1][:1]]
    if faults:
        raise ParameterError(faults)
    return _network("links", many, places)


def link_matrix(network: Network) -> "csr_array[np.float64]":
    """Return the links as a sparse matrix (size, size) of ones, for scipy's functions on graphs.

    Raises
    ------
    ParameterError
        If the network is complete and has more than 10,000 stakeholders.
    """
    from scipy.sparse import csr_array

    size = network.size
    if network.is_complete:
        if size > 10_000:
            raise ParameterError(
                f"a complete network of {size:,} stakeholders has too many links to write down; use at most 10,000"
            )
        return csr_array(np.ones((size, size)) - np.eye(size))
    return csr_array((np.ones(len(network.contacts)), network.contacts, network.offsets), shape=(size, size))


def _pair(number: Counts, size: int) -> tuple[Counts, Counts]:
    """Return the pair with this number, of size (size - 1) / 2: nearest on the ring first, each pair once."""
    start = number % size
    return start, (start + number // size + 1) % size


def _places(number: Counts, size: int, progress: Progress) -> Counts:
    """Return the places of the pairs with these numbers."""
    start, end = _pair(number, size)
    _tell(progress, 0)
    return _place(start, end, size)


def _place(start: Counts, end: Counts, size: int) -> Counts:
    """Return one number per pair, the same in both directions."""
    return np.minimum(start, end) * size + np.maximum(start, end)


def _attachments(
    size: int, new: int, generator: np.random.Generator, progress: Progress = None
) -> tuple[Counts, Counts]:
    """Return both ends of the links of a scale-free network, in the order in which they were made."""
    core_start, core_end = _pair(np.arange(new * (new + 1) // 2), new + 1)
    core = 2 * len(core_start)  # ends of links among the first
    start = np.concatenate([core_start, np.repeat(np.arange(new + 1, size), new)])
    drawn = generator.integers(core + 2 * new * np.repeat(np.arange(size - new - 1), new))  # an end of an earlier link
    while (unknown := np.flatnonzero((drawn >= core) & (drawn % 2 == 1))).size:
        _tell(progress, 0)
        drawn[unknown] = drawn[(drawn[unknown] - core) // 2]
    known = np.empty(2 * len(start), dtype=np.int32)
    known[0::2], known[1:core:2] = start, core_end
    return start, np.concatenate([core_end, known[drawn]])


def _tell(progress: Progress, done: int) -> None:
    if progress is not None:
        progress(done, PIECES)


def _network(kind: str, size: int, place: Counts, progress: Progress = None) -> Network:
    """Return the network with these links, each given once, by its place."""
    _tell(progress, 1)
    ends = np.concatenate([place, place % size * size + place // size])
    _tell(progress, 2)
    ends.sort()
    _tell(progress, 3)
    offsets = np.searchsorted(ends, np.arange(size + 1) * size).astype(np.int32)
    ends %= size
    contacts = ends.astype(np.int32)
    for array in (offsets, contacts):
        array.setflags(write=False)
    _tell(progress, PIECES)
    return Network(kind=kind, size=size, offsets=offsets, contacts=contacts)


def _even(name: str, contacts: int, size: int) -> int:
    if whole_number(name, contacts) % 2 or not 2 <= contacts < size:
        raise ParameterError(f"{name} must be an even number from 2 and below {size}, the size; got {contacts}")
    return int(contacts)


def _countable(links: int) -> int:
    if 2 * links > MOST_LINK_ENDS:
        raise ParameterError(f"a network has at most {MOST_LINK_ENDS // 2:,} links; got {links:,}; use fewer contacts")
    return links


def _shown(array: NDArray[Any]) -> str:
    return str(array.tolist()) if array.size < 10 else f"an array of {array.dtype}, shape {array.shape}"
