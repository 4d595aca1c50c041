"""Ranges and units live in the type of a parameter.

``credibility: Annotated[float, Range(0, 1, unit="share", label="credibility")]`` is read by four readers: validation,
sliders, error messages and the parameter tables of ``docs/models.md``.
"""

import math
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeAlias, get_type_hints

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate_teach.errors import ParameterError

Array: TypeAlias = NDArray[np.float64]
Value: TypeAlias = float | Array  # one number, or an array whose leading axes are scenarios


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
    """

    low: float
    high: float
    unit: str = ""
    label: str = ""
    symbol: str = ""
    step: float = 0.01

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
    owner = parameters if isinstance(parameters, type) else type(parameters)
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
        With one sentence per field that is not a number or lies outside its range.
    """
    faults: list[str] = []
    for name, allowed in ranges(parameters).items():
        value = read_value(name, getattr(parameters, name), allowed, faults)
        if value is not None:
            object.__setattr__(parameters, name, value)
    if faults:
        raise ParameterError(faults)


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
    fault = _outside(name, value, allowed)
    if fault:
        faults.append(fault)
    return value


def name_faults(stakeholders: object) -> list[str]:
    """Return what is wrong with the names of stakeholders, one sentence each: a tuple of different, non-empty names."""
    names = stakeholders if isinstance(stakeholders, tuple) else ()
    if not names or not all(isinstance(name, str) and name for name in names):
        return [f"stakeholders must be a tuple of at least one name; got {stakeholders!r}"]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    return [f"stakeholders must have different names; got {name!r} more than once" for name in twice]


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
    if not wrong.any():
        return None
    if array.ndim == 0:
        return f"{name} must be {allowed}; got {float(array):g}"
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    return f"{name} must be {allowed}; got {array[place]:g} at position {place}"


def parameter_table(parameters: type[Any]) -> str:
    """Return the parameters of a class as a Markdown table: name, symbol, default, range, unit, meaning."""
    defaults = {field.name: field.default for field in fields(parameters)}
    lines = ["| parameter | symbol | default | range | unit | meaning |", "|---|---|---|---|---|---|"]
    for name, allowed in ranges(parameters).items():
        default = defaults[name]
        shown = "required" if default is MISSING else f"{default:g}" if math.isfinite(default) else str(default)
        lines.append(
            f"| `{name}` | {allowed.symbol} | {shown} | [{allowed.low:g}, {allowed.high:g}] "
            f"| {allowed.unit} | {allowed.label} |"
        )
    return "\n".join(lines)
