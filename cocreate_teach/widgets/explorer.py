"""One widget for every explorer: controls, a live figure, the key numbers, and what the model assumes.

A `Topic` says what is explored: controls -> parameters -> model -> marks and texts. The `Explorer` shows it, computes
nothing itself and sends one message per change.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from threading import RLock
from typing import Any, Final, Protocol

import anywidget
import traitlets
from numpy.typing import ArrayLike

from cocreate_teach.errors import CocreateError, ParameterWarning
from cocreate_teach.picture import Picture
from cocreate_teach.style import STATUSES
from cocreate_teach.widgets import still
from cocreate_teach.widgets.controls import Control, Scenario, Values, check_values, for_browser
from cocreate_teach.widgets.figure import LiveFigure

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What one set of values looks like and means.

    Parameters
    ----------
    numbers, texts : mapping
        For each mark its numbers, for each mark of labels its strings (`LiveFigure.pack`).
    headline, alt : str
        The finding, and the text that stands for the picture.
    key_numbers : sequence of (label, text)
        Formatted, in the order of reading.
    table : sequence of rows
        The numbers behind the picture; the first row holds the column heads.
    """

    numbers: Mapping[str, ArrayLike]
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headline: str
    alt: str
    key_numbers: Sequence[tuple[str, str]]
    table: Sequence[Sequence[str]]


class Topic(Protocol):
    """What an explorer is about; the first scenario holds the values it starts and resets with."""

    @property
    def name(self) -> str:
        """Short name, for the downloads."""

    @property
    def title(self) -> str:
        """The question."""

    @property
    def assumption(self) -> str:
        """One sentence: "This model assumes ..."."""

    @property
    def figure(self) -> LiveFigure:
        """Panels and marks."""

    @property
    def controls(self) -> Sequence[Control]:
        """In the order in which a reader would ask; the first is the choice of a scenario."""

    @property
    def scenarios(self) -> Sequence[Scenario]:
        """Named values."""

    def scene(self, values: Values) -> Scene:
        """Compute the picture and its texts for checked values."""


class Explorer(anywidget.AnyWidget):
    """Controls, live picture and key numbers of one `Topic`.

    Examples
    --------
    >>> from cocreate_teach import widgets
    >>> explorer = widgets.participation()
    >>> explorer.set(product=3.0)
    >>> explorer.headline
    'All four take part and create 8.00 together.'
    """

    _esm = "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("drawing", "controls", "explorer"))
    _css = _HERE / "explorer.css"

    spec = traitlets.Dict(help="what never changes").tag(sync=True)
    values = traitlets.Dict(help="control values, by name").tag(sync=True, echo_update=False)
    state = traitlets.Dict(help="the picture and its texts now").tag(sync=True)
    pinned = traitlets.Dict(help="a state to compare with, or empty").tag(sync=True, echo_update=False)

    def __init__(self, topic: Topic, start: str | None = None) -> None:
        self._topic = topic
        self._lock = RLock()  # ipykernel runs callbacks on a thread of their own, beside running cells
        self._scenarios = {scenario.name: scenario for scenario in topic.scenarios}
        self._start = self._values_of(start or topic.scenarios[0].name)
        super().__init__(spec=self._spec(), values=self._start, state=self._state(self._start))
        self.observe(self._on_values, names="values")

    def set(self, **values: float | str) -> None:
        """Set controls by name; a scenario sets all controls first.

        Raises
        ------
        ParameterError
            With one sentence per unknown name or value that is not allowed; the picture stays as it was.
        """
        with self._lock:
            merged = dict(self.values)
            scenario = values.get("scenario")
            if scenario in self._scenarios:
                merged = self._values_of(str(scenario))
            self.values = check_values(self._topic.controls, merged | values)

    def reset(self) -> None:
        """Return to the first values and forget the pinned scenario."""
        with self._lock:
            self.pinned = {}
            self.values = dict(self._start)

    def pin(self) -> None:
        """Keep the present scenario in grey behind the next ones."""
        self.pinned = {key: value for key, value in self.state.items() if key != "fault"}

    @property
    def headline(self) -> str:
        """The finding above the picture."""
        return str(self.state["headline"])

    @property
    def alt(self) -> str:
        """What the picture shows now."""
        return str(self.state["alt"])

    @property
    def key_numbers(self) -> dict[str, str]:
        """The key numbers as shown, by label."""
        return dict(self.state["key_numbers"])

    @property
    def table(self) -> list[list[str]]:
        """The numbers behind the picture, as shown; the first row holds the column heads."""
        return [list(row) for row in self.state["table"]]

    @property
    def fault(self) -> str:
        """What is wrong with the last values, or an empty string."""
        return str(self.state["fault"])

    @property
    def caution(self) -> str:
        """Which condition of a result the present values break, or an empty string."""
        return str(self.state["caution"])

    def picture(self) -> Picture:
        """Return the picture as it is now, with its text, for readers without a kernel."""
        state = self.state
        return still.to_picture(
            self._topic.figure, state["data"], state["texts"], pinned=self.pinned.get("data"),
            alt=self.alt, headline=self.headline, caption=self._caption(),
        )  # fmt: skip

    def _values_of(self, scenario: str) -> dict[str, float | str]:
        defaults = {control.name: control.value for control in self._topic.controls}
        return check_values(
            self._topic.controls, defaults | {"scenario": scenario} | dict(self._scenarios[scenario].values)
        )

    def _spec(self) -> dict[str, Any]:
        topic = self._topic
        return {
            "name": topic.name,
            "title": topic.title,
            "assumption": topic.assumption,
            "controls": [for_browser(control) for control in topic.controls],
            "scenarios": {
                scenario.name: {"values": self._values_of(scenario.name), "note": _note(scenario)}
                for scenario in topic.scenarios
            },
            "start": self._start,
            "figure": topic.figure.for_browser,
        }

    def _state(self, values: Mapping[str, Any]) -> dict[str, Any]:
        with warnings.catch_warnings(record=True) as caught:  # shown in the explorer: a callback has no cell to warn in
            warnings.simplefilter("always", ParameterWarning)
            scene = self._topic.scene(check_values(self._topic.controls, values))
        data, words = self._topic.figure.pack(scene.numbers, scene.texts)
        return {
            "data": data,
            "texts": words,
            "headline": scene.headline,
            "alt": scene.alt,
            "key_numbers": [list(pair) for pair in scene.key_numbers],
            "table": [list(row) for row in scene.table],
            "fault": "",
            "caution": " ".join(dict.fromkeys(f"{entry.message}." for entry in caught)),
        }

    def _on_values(self, _change: object) -> None:
        with self._lock:
            try:
                self.state = self._state(self.values)
            except CocreateError as error:  # the last good picture stays
                self.state = self.state | {"fault": " ".join(f"{fault}." for fault in error.faults)}

    def _caption(self) -> str:
        return f"{_note(self._scenarios[str(self.values['scenario'])])} {self._topic.assumption}"

    def __repr__(self) -> str:
        lines = [self._topic.title, self.headline, *(f"{label}: {text}" for label, text in self.state["key_numbers"])]
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_kwargs: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the widget, and for readers without a kernel the picture, its text and the key numbers."""
        still_picture = self.picture()
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        data = {
            "application/vnd.jupyter.widget-view+json": view,
            "image/png": still_picture.png,
            "text/html": still_picture.to_html() + _numbers_html(self.headline, self.state["key_numbers"]),
            "text/plain": repr(self),
        }
        return data, {}


def _note(scenario: Scenario) -> str:
    source = scenario.source.rstrip(".")
    return f"{scenario.label}. Numbers: {scenario.status} ({STATUSES[scenario.status]}). Source: {source}."


def _numbers_html(headline: str, numbers: Sequence[Sequence[str]]) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(label)}</th><td>{escape(text)}</td></tr>' for label, text in numbers)
    return f"<table><caption>{escape(headline)}</caption><tbody>{rows}</tbody></table>"
