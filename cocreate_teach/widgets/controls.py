"""What a reader can set: sliders, choices, texts and scenarios, and the check of what they set.

A slider takes its unit, step and limits from the `Range` in the type of a model's parameter; the browser
(``controls.js``) shows it as a native range paired with a number field.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Range

Values: TypeAlias = Mapping[str, float | str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slider:
    """A number between two limits. A control with a ``fold`` stands under this heading, closed at first."""

    name: str
    label: str
    low: float
    high: float
    step: float
    value: float
    unit: str = ""
    help: str = ""
    fold: str = ""
    kind: str = field(default="slider", init=False)

    def fault(self, given: object) -> str | None:
        """Return the sentence that says what is wrong with a value, or None."""
        unit = f" ({self.unit})" if self.unit else ""
        allowed = f"{self.label} must be between {self.low:g} and {self.high:g}{unit}"
        if isinstance(given, bool) or not isinstance(given, int | float) or math.isnan(given):
            shown = "nothing" if given is None or given == "" else repr(given)
            return f"{allowed}; got {shown}; type a number"
        if not self.low <= given <= self.high:
            return f"{allowed}; got {given:g}; move it back into this range"
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One of a few named options, as pairs of value and label."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str
    help: str = ""
    fold: str = ""
    kind: str = field(default="choice", init=False)

    def fault(self, given: object) -> str | None:
        """Return the sentence that says what is wrong with a value, or None."""
        known = [value for value, _ in self.options]
        if given in known:
            return None
        return f"{self.label} must be one of {', '.join(known)}; got {given!r}; choose one of them"


@dataclass(frozen=True, kw_only=True, slots=True)
class Switch:
    """Something that is on (1) or off (0)."""

    name: str
    label: str
    value: float
    help: str = ""
    fold: str = ""
    kind: str = field(default="switch", init=False)

    def fault(self, given: object) -> str | None:
        """Return the sentence that says what is wrong with a value, or None."""
        if isinstance(given, bool | int | float) and given in (0, 1):
            return None
        return f"{self.label} must be 1 (on) or 0 (off); got {given!r}; choose one of them"


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text to type or paste, of several lines. It belongs to no scenario: another scenario leaves it as it is.

    Parameters
    ----------
    tidy : callable
        Returns what is kept of a text, the same when asked again; the rest is dropped when the reader leaves the field.
    longest : int
        Characters, before `tidy`.
    """

    name: str
    label: str
    value: str = ""
    help: str = ""
    fold: str = ""
    tidy: Callable[[str], str] = _as_it_is
    longest: int = 60_000
    kind: str = field(default="text", init=False)

    def fault(self, given: object) -> str | None:
        """Return the sentence that says what is wrong with a value, or None."""
        if not isinstance(given, str):
            return f"{self.label} must be a text; got {given!r}; type or paste it"
        if len(given) > self.longest:
            return f"{self.label} may have up to {self.longest:,} characters; got {len(given):,}; paste less"
        return None


Control: TypeAlias = Slider | Choice | Switch | Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A named set of values for all controls, with its status (`style.STATUSES`) and source."""

    name: str
    label: str
    status: str
    source: str
    values: Mapping[str, float | str]


def slider(
    name: str,
    allowed: Range,
    value: float,
    *,
    label: str = "",
    low: float | None = None,
    high: float | None = None,
    help: str = "",
    fold: str = "",
) -> Slider:
    """Make a slider from the range of a parameter; `low` and `high` may narrow it to what is worth exploring.

    Raises
    ------
    ValueError
        If the narrowed limits leave the range (a fault of the explorer, not of its user).
    """
    least = allowed.low if low is None else low
    most = allowed.high if high is None else high
    if not allowed.low <= least < most <= allowed.high:
        raise ValueError(f"slider {name} must stay {allowed}; got {least:g} to {most:g}")
    return Slider(
        name=name, label=label or allowed.label, low=least, high=most, step=allowed.step, value=value,
        unit=allowed.unit, help=help, fold=fold,
    )  # fmt: skip


def scenario_choice(scenarios: Sequence[Scenario], name: str) -> Choice:
    """Make the choice of a scenario; the status stands behind each label."""
    options = tuple((scenario.name, f"{scenario.label} ({scenario.status})") for scenario in scenarios)
    return Choice(name="scenario", label="scenario", options=options, value=name)


def check_values(controls: Sequence[Control], given: Mapping[str, Any]) -> dict[str, float | str]:
    """Return the values as plain numbers and strings, one for each control.

    Raises
    ------
    ParameterError
        With one sentence per unknown name, missing value, value outside its limits or option that does not exist.
    """
    known = [control.name for control in controls]
    faults = [
        f"this explorer has no control {name!r}; it has {', '.join(known)}: choose one of them"
        for name in given
        if name not in known
    ]
    faults += [fault for control in controls if (fault := control.fault(given.get(control.name))) is not None]
    if faults:
        raise ParameterError(faults)
    return {control.name: _plain(control, given[control.name]) for control in controls}


def _plain(control: Control, given: Any) -> float | str:
    if isinstance(control, Text):
        return control.tidy(given)
    return str(given) if isinstance(control, Choice) else float(given)


def for_browser(control: Control) -> dict[str, Any]:
    """Return a control as plain data for the browser."""
    return {name: value for name, value in asdict(control).items() if not callable(value)}
