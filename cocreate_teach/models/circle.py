"""A circle of stakeholders: what each creates alone, what pairs add, what each puts in (M2-S).

See docs/models/participation.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final

import numpy as np
from numpy.typing import ArrayLike

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    caution,
    name_faults,
    ranges,
    read_value,
    scenario_faults,
    value_faults,
)

AXES: Final = {"stand_alone": 1, "cost": 1, "synergy": 2, "transfer": 2}
_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class ParticipationParameters:
    """Parameters of the participation model (docs/models/participation.md, M2-S).

    m is the number of stakeholders; leading axes (...) are scenarios and only need to broadcast: afterwards
    all fields have them, read-only. One number stands for every stakeholder (or every pair).

    Parameters
    ----------
    stakeholders : tuple of str
        Their names, each once.
    stand_alone : array (..., m)
        Value that each creates alone.
    synergy : array (..., m, m)
        Value that a pair adds when both take part; symmetric, diagonal zero. Negative: conflict, value destroyed.
    cost : array (..., m)
        What each puts in by taking part.
    transfer : array (..., m, m)
        [i, j] is what i pays j while both take part; so transfers sum to zero and end when either leaves.

    Raises
    ------
    ParameterError
        With one sentence per fault: names, numbers, ranges, shapes, symmetry.

    Warns
    -----
    ParameterWarning
        If a synergy is negative: then the theorems about the stable circle and the core do not hold.

    Examples
    --------
    >>> pair = ParticipationParameters(stakeholders=("customer", "firm"), synergy=4.0, cost=np.array([1.0, 3.0]))
    >>> pair.synergy.tolist()
    [[0.0, 4.0], [4.0, 0.0]]
    """

    stakeholders: tuple[str, ...]
    stand_alone: Annotated[
        Value, Range(-10, 10, unit="value", label="value created alone", symbol="a", step=0.05, each=None)
    ] = 0.0
    synergy: Annotated[Value, Range(-10, 10, unit="value", label="value a pair adds", symbol="b", step=0.05, each=None)]
    cost: Annotated[
        Value, Range(0, 10, unit="value", label="what a stakeholder puts in", symbol="c", step=0.05, each=None)
    ]
    transfer: Annotated[
        Value, Range(0, 10, unit="value", label="what one pays another", symbol="T", step=0.05, each=None)
    ] = 0.0

    def __post_init__(self) -> None:
        faults = name_faults(self.stakeholders) + value_faults(self)
        if not isinstance(self.stakeholders, tuple):
            raise ParameterError(faults)
        settled: dict[str, Array] = {}
        for name, axes in AXES.items():
            given = getattr(self, name)
            if isinstance(given, float | np.ndarray):
                settled[name] = _settle(len(self.stakeholders), name, np.asarray(given), axes, faults)
        shapes = [array.shape[: -AXES[name]] for name, array in settled.items()]
        faults.extend(scenario_faults(shapes))
        if faults:
            raise ParameterError(faults)
        scenarios = np.broadcast_shapes(*shapes)
        for name, array in settled.items():
            object.__setattr__(self, name, np.broadcast_to(array, (*scenarios, *array.shape[-AXES[name] :])))
        synergy = np.asarray(self.synergy)
        if (synergy < 0).any():
            worst = np.unravel_index(int(np.argmin(synergy)), synergy.shape)
            first, second = (self.stakeholders[int(place)] for place in worst[-2:])
            caution(
                f"synergy of {first} and {second} is {synergy[worst]:g} (value), below 0, a conflict: who stays can "
                "depend on the order of leaving, and the Shapley value may lie outside the core; "
                "with 0 or more for every pair neither can happen"
            )


def _settle(m: int, name: str, array: Array, axes: int, faults: list[str]) -> Array:
    """Give a field its last `axes` axes of length m, or say in `faults` why it has none."""
    if array.ndim == 0:
        array = np.full((m,) * axes, float(array))
        if axes == 2:
            np.fill_diagonal(array, 0.0)
    if array.shape[-axes:] != (m,) * axes:
        faults.append(f"{name} must end in axes {(m,) * axes}, one place per stakeholder; got shape {array.shape}")
        return np.zeros((m,) * axes)
    if axes == 2 and np.diagonal(array, axis1=-2, axis2=-1).any():
        faults.append(f"{name} must have a zero diagonal: nobody is paired with itself; set it to 0")
    if name == "synergy" and not np.array_equal(array, array.swapaxes(-1, -2), equal_nan=True):
        faults.append("synergy must be symmetric: [i, j] and [j, i] are one pair; give both the same value")
    return array


def participation_parameters(
    stakeholders: Sequence[str],
    *,
    cost: Mapping[str, ArrayLike],
    synergy: Mapping[tuple[str, str], ArrayLike],
    stand_alone: Mapping[str, ArrayLike] = _NOTHING,
    transfer: Mapping[tuple[str, str], ArrayLike] = _NOTHING,
) -> ParticipationParameters:
    """Build parameters from names: costs by stakeholder, synergies by pair.

    Parameters
    ----------
    stakeholders : sequence of str
        Their names; the order of all arrays.
    cost, stand_alone : mapping of name to value
        One cost for each stakeholder; stand-alone values that are not given are 0.
    synergy : mapping of (name, name) to value
        Each pair once, in either order; pairs that are not given add 0.
    transfer : mapping of (giver, receiver) to value
        What the giver pays the receiver while both take part.

    Returns
    -------
    ParticipationParameters
        Values may be arrays: their axes, broadcast together, become the leading axes (scenarios).

    Raises
    ------
    ParameterError
        With one sentence per fault: unknown or missing names, pairs given twice, values outside their range.

    Examples
    --------
    >>> pair = participation_parameters(
    ...     ["customer", "firm"], cost={"customer": 0.5, "firm": 1}, synergy={("customer", "firm"): 3}
    ... )
    >>> pair.synergy.tolist()
    [[0.0, 3.0], [3.0, 0.0]]
    """
    names = tuple(stakeholders)
    faults = name_faults(names)
    singles = {"cost": cost, "stand_alone": stand_alone}
    pairs = {"synergy": synergy, "transfer": transfer}
    missing = [name for name in dict.fromkeys(names) if name not in cost]
    faults += [
        f"cost of {name!r} is missing; give each stakeholder a cost, 0 if it puts in nothing" for name in missing
    ]
    arrays: dict[str, Array] = {}
    for field, given in singles.items():
        arrays[field] = _fill(field, names, {(name,): value for name, value in given.items()}, faults)
    for field, given_pairs in pairs.items():
        arrays[field] = _fill(field, names, given_pairs, faults)
    if faults:
        raise ParameterError(faults)
    return ParticipationParameters(stakeholders=names, **arrays)


def _fill(field: str, names: tuple[str, ...], given: Mapping[Any, ArrayLike], faults: list[str]) -> Array:
    """Place values by name in an array (..., m) or (..., m, m); what is not given is 0."""
    entries: dict[tuple[int, ...], Array] = {}
    for key, number in given.items():
        place = place_of(field, names, key, faults)
        value = read_value(f"{field} of {_spoken(key)}", number, RANGES[field], faults)
        if place is None or value is None:
            continue
        if field == "synergy" and place[::-1] in entries:
            faults.append(f"synergy of {_spoken(key)} is given twice, once in each order; give it once")
        entries[place] = np.asarray(value)
    try:
        scenarios = np.broadcast_shapes(*(value.shape for value in entries.values()))
    except ValueError:
        faults.append(f"{field} has arrays whose shapes do not fit together; give all of them the same shape")
        return np.zeros(())
    array = np.zeros((*scenarios, *(len(names),) * AXES[field]))
    for place, value in entries.items():
        index: tuple[Any, ...] = (..., *place)
        array[index] = value
        if field == "synergy":
            mirrored: tuple[Any, ...] = (..., *place[::-1])
            array[mirrored] = value
    return array


def place_of(field: str, names: tuple[str, ...], key: tuple[str, ...], faults: list[str]) -> tuple[int, ...] | None:
    """Return the places of the named stakeholder or pair; None and a sentence in `faults` if there is no such place."""
    if not isinstance(key, tuple) or len(key) != AXES[field]:
        faults.append(f"{field} must be given by pairs of names; got {key!r}")
        return None
    unknown = [name for name in key if name not in names]
    faults += [f"{field} names {name!r}, who is not a stakeholder; choose from {', '.join(names)}" for name in unknown]
    if unknown:
        return None
    if len(set(key)) < len(key):
        faults.append(f"{field} of {_spoken(key)} pairs a stakeholder with itself; name two different ones")
        return None
    return tuple(names.index(name) for name in key)


def _spoken(key: Any) -> str:
    return " and ".join(map(str, key)) if isinstance(key, tuple) else repr(key)


RANGES: Final = ranges(ParticipationParameters)
