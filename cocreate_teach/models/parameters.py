"""Ranges and units live in the type of a parameter.

``credibility: Annotated[float, Range(0, 1, unit="share", label="credibility")]`` is read by four readers: validation,
sliders, error messages and the parameter tables of ``docs/models.md``.
"""

import math
import warnings
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, Final, TypeAlias, get_type_hints

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError, ParameterWarning

Array: TypeAlias = NDArray[np.float64]
Value: TypeAlias = float | Array  # one number, or an array whose leading axes are scenarios
SIDES: Final = ("consumer", "producer")  # the last axis of everything that both sides have


@dataclass(frozen=True, slots=True)
class Range:
    """What a parameter may be.

    Parameters
    ----------
    low, high : float
        Smallest and largest value allowed, both included.
    unit : str
        ``"share"``, ``"value"``, ``"periods"`` ...; shown in messages, sliders and tables.
    label : str
        What a reader calls it, in lower case: ``"centralisation of decisions"``.
    symbol : str
        The letter of the equations in ``docs/models.md``.
    step : float
        Step of a slider.
    each : tuple of str, or None
        What the last axis of an array stands for, one name per place: ``SIDES``. One number stands for all of them.
        Empty: the parameter belongs to the scenario as a whole. None: the class checks shapes itself, as only it
        knows how many stakeholders there are.
    whole : bool
        Whether only whole numbers make sense (a count).
    """

    low: float
    high: float
    unit: str = ""
    label: str = ""
    symbol: str = ""
    step: float = 0.01
    each: tuple[str, ...] | None = ()
    whole: bool = False

    def __str__(self) -> str:
        unit = f" ({self.unit})" if self.unit else ""
        return f"between {self.low:g} and {self.high:g}{unit}"


def ranges(parameters: type[Any] | object) -> dict[str, Range]:
    """Return the range of every ranged field of a parameter class (or instance), by field name.

    Examples
    --------
    >>> from cocreate_teach.models import EngagementParameters
    >>> ranges(EngagementParameters)["centralisation"].high
    1
    """
    return dict(_ranges_of(parameters if isinstance(parameters, type) else type(parameters)))


@cache  # reading the hints of a class costs more than a step of most models
def _ranges_of(owner: type[Any]) -> dict[str, Range]:
    found: dict[str, Range] = {}
    for name, hint in get_type_hints(owner, include_extras=True).items():
        for note in getattr(hint, "__metadata__", ()):
            if isinstance(note, Range):
                found[name] = note
    return found


def validate(parameters: object) -> None:
    """Check every ranged field of a parameter object; turn sequences into read-only float arrays.

    Called from ``__post_init__``. Single numbers become plain floats, sequences arrays of float64.

    Raises
    ------
    ParameterError
        With one sentence per field that is not a number, lies outside its range or has a wrong last axis, and one if
        the leading axes (scenarios) of the fields do not broadcast.
    """
    if faults := value_faults(parameters):
        raise ParameterError(faults)


def value_faults(parameters: object) -> list[str]:
    """Return what `validate` would say, for a class that has more to check; the fields are settled as there."""
    faults: list[str] = []
    shapes = []
    for name, allowed in ranges(parameters).items():
        value = read_value(name, getattr(parameters, name), allowed, faults)
        if value is not None:
            object.__setattr__(parameters, name, value)
            shapes.append(np.shape(value)[:-1] if allowed.each else np.shape(value))
    if all(allowed.each is not None for allowed in ranges(parameters).values()):
        faults.extend(scenario_faults(shapes))
    return faults


def read_value(name: str, given: ArrayLike, allowed: Range, faults: list[str]) -> Value | None:
    """Turn what was given into a value; add a sentence to `faults` if it is not a number or outside its range.

    Returns
    -------
    float, array or None
        None only if it is not numeric.
    """
    try:
        value = as_value(given)
    except (TypeError, ValueError):
        faults.append(f"{name} must be a number {allowed}; got {given!r}")
        return None
    faults.extend(fault for fault in (_outside(name, value, allowed), _misshapen(name, value, allowed)) if fault)
    return value


def read_state(name: str, given: ArrayLike, allowed: Range) -> Array:
    """Return an argument as an array in its range, with the last axis that `allowed.each` asks for.

    Raises
    ------
    ParameterError
        With one sentence per fault.
    """
    faults: list[str] = []
    value = read_value(name, given, allowed, faults)
    if faults or value is None:
        raise ParameterError(faults)
    array = np.asarray(value, dtype=np.float64)
    return np.broadcast_to(array, (len(allowed.each),)) if allowed.each and array.ndim == 0 else array


def whole_number(name: str, given: object, low: int = 0, high: int = 10**9) -> int:
    """Return a count such as the number of periods, or say what is wrong with it.

    Raises
    ------
    ParameterError
        If it is no whole number between `low` and `high`.
    """
    if isinstance(given, bool | np.bool_) or not isinstance(given, int | np.integer) or not low <= given <= high:
        above = f"between {low} and {high:,}" if high < 10**9 else f"from {low}"
        raise ParameterError(f"{name} must be a whole number {above}; got {given!r}")
    return int(given)


def random_generator(rng: object) -> np.random.Generator:
    """Return the random generator that was passed, or say how to make one.

    Raises
    ------
    ParameterError
        If it is not a `numpy.random.Generator`.
    """
    if not isinstance(rng, np.random.Generator):
        raise ParameterError(
            f"rng must be a random generator of numpy; got {rng!r}; write rng=np.random.default_rng(1), with any seed"
        )
    return rng


def caution(sentence: str) -> None:
    """Warn whoever constructs parameters: allowed, but a condition that something rests on is broken.

    Called from ``__post_init__``; the warning points at the line that constructs the parameters.
    """
    warnings.warn(sentence, ParameterWarning, stacklevel=4)


def consumer_producer(consumer: ArrayLike, producer: ArrayLike) -> Array:
    """Put what each side has on one last axis (..., 2); the two only need to broadcast.

    Examples
    --------
    >>> consumer_producer([0.2, 0.4], 0.5).tolist()
    [[0.2, 0.5], [0.4, 0.5]]
    """
    return np.stack(np.broadcast_arrays(np.asarray(consumer, float), np.asarray(producer, float)), axis=-1)


def last_axis(value: ArrayLike) -> Array:
    """Give a scenario parameter (...) an axis of length 1, so that it meets what has a last axis of its own."""
    return np.asarray(value, dtype=np.float64)[..., np.newaxis]


def name_faults(given: object, field: str = "stakeholders") -> list[str]:
    """Return what is wrong with names, one sentence each: they must be a tuple of different, non-empty texts."""
    names = given if isinstance(given, tuple) else ()
    if not names or not all(isinstance(name, str) and name for name in names):
        return [f"{field} must be a tuple of at least one name; got {given!r}"]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    return [f"{field} must have different names; got {name!r} more than once" for name in twice]


def scenario_faults(shapes: Sequence[tuple[int, ...]]) -> list[str]:
    """Return a sentence if the leading axes of the fields do not broadcast."""
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        shown = ", ".join(map(str, shapes))
        return [f"leading axes (scenarios) must be of one shape, or of length 1; got {shown}; give each the same shape"]
    return []


def as_value(given: ArrayLike) -> Value:
    """Turn a number into a float and a sequence into a read-only float array; refuse text and truth values."""
    raw = np.asarray(given)
    if raw.dtype.kind not in "iuf":
        raise TypeError(f"not numeric: {given!r}")
    if raw.ndim == 0:
        return float(raw)
    array = raw.astype(np.float64)
    array.setflags(write=False)
    return array


def _outside(name: str, value: Value, allowed: Range) -> str | None:
    array = np.asarray(value)
    wrong = ~((array >= allowed.low) & (array <= allowed.high))  # NaN is outside, too
    if allowed.whole:
        wrong |= array != np.floor(array)
    if not wrong.any():
        return None
    wanted = f"a whole number {allowed}" if allowed.whole else f"{allowed}"
    if array.ndim == 0:
        return f"{name} must be {wanted}; got {float(array):g}"
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    return f"{name} must be {wanted}; got {array[place]:g} at position {place}"


def _misshapen(name: str, value: Value, allowed: Range) -> str | None:
    shape = np.shape(value)
    if not allowed.each or not shape or shape[-1] == len(allowed.each):
        return None
    return (
        f"{name} must be one number, or end in an axis of {len(allowed.each)}: {', '.join(allowed.each)}; "
        f"got shape {shape}"
    )


def parameter_table(parameters: type[Any]) -> str:
    """Return the parameters of a class as a Markdown table: name, symbol, default, range, unit, meaning."""
    defaults = {field.name: field.default for field in fields(parameters)}
    lines = ["| parameter | symbol | default | range | unit | meaning |", "|---|---|---|---|---|---|"]
    for name, allowed in ranges(parameters).items():
        default = defaults[name]
        unit = ", ".join(filter(None, (allowed.unit, "whole" if allowed.whole else "")))
        meaning = f"{allowed.label}; {', '.join(allowed.each)}" if allowed.each else allowed.label
        lines.append(
            f"| `{name}` | {allowed.symbol} | {_shown(default)} | [{allowed.low:g}, {allowed.high:g}] "
            f"| {unit} | {meaning} |"
        )
    return "\n".join(lines)


def _shown(default: Any) -> str:
    if default is MISSING:
        return "required"
    if np.ndim(default):
        return ", ".join(f"{value:g}" for value in np.ravel(default))
    return f"{default:g}" if math.isfinite(default) else str(default)
