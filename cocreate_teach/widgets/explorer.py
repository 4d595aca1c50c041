"""One widget for every explorer: controls, a live figure, the key numbers, and what the model assumes.

A `topic.Topic` says what is explored: controls -> parameters -> model -> marks and texts. The `Explorer` shows it,
computes nothing itself and sends one message per change.
"""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from threading import Event, RLock, Thread
from time import monotonic
from typing import Any, Final

import anywidget
import traitlets

from cocreate_teach.errors import CocreateError, ParameterWarning
from cocreate_teach.picture import Picture
from cocreate_teach.style import STATUSES
from cocreate_teach.widgets import still
from cocreate_teach.widgets.controls import Choice, Control, Scenario, Slider, Text, Values, check_values, for_browser
from cocreate_teach.widgets.topic import Pace, PacedTopic, Scene, Topic, TopicWithLeaflet
from cocreate_teach.widgets.words import with_minus

_HERE: Final = Path(__file__).parent
_BETWEEN: Final = 0.2  # seconds between two reports of progress
_AHEAD: Final = 0.04  # seconds for one look ahead: a chosen value may be waiting behind it


class _Cancelled(Exception):
    """The reader pressed Cancel."""


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

    _esm = "\n".join(
        (_HERE / f"{part}.js").read_text(encoding="utf-8")
        for part in ("drawing", "controls", "page", "handles", "ahead", "hand_on", "explorer")
    )
    _css = _HERE / "explorer.css"

    spec = traitlets.Dict(help="what never changes").tag(sync=True)
    values = traitlets.Dict(help="control values, by name").tag(sync=True, echo_update=False)
    state = traitlets.Dict(help="the picture and its texts now").tag(sync=True)
    pinned = traitlets.Dict(help="a state to compare with, or empty").tag(sync=True, echo_update=False)
    running = traitlets.Dict(help="share done and text of a run, or empty").tag(sync=True)

    def __init__(self, topic: Topic, start: str | None = None) -> None:
        self._topic = topic
        self._lock = RLock()  # ipykernel runs callbacks on a thread of their own, beside running cells
        self._scenarios = {scenario.name: scenario for scenario in topic.scenarios}
        texts = {control.name: control.value for control in topic.controls if isinstance(control, Text)}
        self._start = check_values(topic.controls, texts | self._values_of(start or topic.scenarios[0].name))
        self._cancel = Event()
        super().__init__(spec=self._spec(), values=self._start, state=self._state(self._start))
        self.observe(self._on_values, names="values")
        self.on_msg(self._on_message)

    def set(self, **values: float | str) -> None:
        """Set controls by name; a scenario sets all controls first, but for texts.

        Raises
        ------
        ParameterError
            With one sentence per unknown name or value that is not allowed; the picture stays as it was.
        """
        with self._lock:
            merged = dict(self.values)
            scenario = values.get("scenario")
            if scenario in self._scenarios:
                merged |= self._values_of(str(scenario))
            self.values = check_values(self._topic.controls, merged | values)

    def reset(self) -> None:
        """Return to the first values and forget the pinned scenario."""
        with self._lock:
            self.pinned = {}
            self.values = dict(self._start)

    def run(self) -> None:
        """Compute values that are too slow to follow a hand, and wait for it; others are computed already."""
        if self.state["waiting"]:
            self._run(self.values, self._new_run())

    def pin(self) -> None:
        """Keep the present scenario in grey behind the next ones."""
        self.pinned = {key: value for key, value in self.state.items() if key not in ("fault", "waiting")}

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

    @property
    def moved(self) -> dict[str, str]:
        """The controls that differ from their scenario, by label, with their values as texts."""
        return {
            control.label: _value_text(control, self.values[control.name])
            for control in self._topic.controls
            if self.values[control.name] != self._scenario_values().get(control.name, self.values[control.name])
        }

    @property
    def note(self) -> str:
        """Scenario, status and source of the numbers, and whether a hand has changed them."""
        note = _note(self._scenarios[str(self.values["scenario"])])
        return f"Changed by hand, starting from: {note}" if self.moved else note

    def _scenario_values(self) -> dict[str, float | str]:
        return self._values_of(str(self.values["scenario"]))

    def picture(self) -> Picture:
        """Return the picture as it is now, with its text, for readers without a kernel."""
        state = self.state
        return still.to_picture(
            self._topic.figure, state["data"], state["texts"], pinned=self.pinned.get("data"),
            alt=self.alt, headline=self.headline, caption=self._caption(),
        )  # fmt: skip

    def _values_of(self, scenario: str) -> dict[str, float | str]:
        own = [control for control in self._topic.controls if not isinstance(control, Text)]
        defaults = {control.name: control.value for control in own}
        return check_values(own, defaults | {"scenario": scenario} | dict(self._scenarios[scenario].values))

    def _spec(self) -> dict[str, Any]:
        topic = self._topic
        return {
            "name": topic.name,
            "title": topic.title,
            "assumption": topic.assumption,
            "controls": [for_browser(control) for control in topic.controls],
            "scenarios": {
                scenario.name: {
                    "values": self._values_of(scenario.name),
                    "note": _note(scenario),
                    "status": scenario.status,
                }
                for scenario in topic.scenarios
            },
            "start": self._start,
            "figure": topic.figure.for_browser,
            "leaflet": asdict(topic.leaflet) if isinstance(topic, TopicWithLeaflet) else None,
        }

    def _state(self, values: Mapping[str, Any], scene: Callable[[Values], Scene] | None = None) -> dict[str, Any]:
        checked = check_values(self._topic.controls, values)
        with warnings.catch_warnings(record=True) as caught:  # shown in the explorer: a callback has no cell to warn in
            warnings.simplefilter("always", ParameterWarning)
            found = (scene or self._topic.scene)(checked)
        data, words = self._topic.figure.pack(found.numbers, found.texts)
        return {
            "of": dict(values),
            "data": data,
            "texts": [with_minus(word) for word in words],
            "headline": with_minus(found.headline),
            "alt": with_minus(found.alt),
            "key_numbers": [[label, with_minus(text)] for label, text in found.key_numbers],
            "table": [list(row) for row in found.table],
            "fault": "",
            "waiting": "",
            "pace": self._pace(checked),
            "caution": "\n".join([*dict.fromkeys(f"{entry.message}." for entry in caught), *found.cautions]),
            "code": found.code,
        }

    def _pace(self, values: Values) -> Pace:
        return self._topic.pace(values) if isinstance(self._topic, PacedTopic) else "live"

    def _on_values(self, _change: object) -> None:
        with self._lock:
            self._cancel.set()  # a run of other values is of no use any more
            self._follow(lambda: self._state(self.values) if not self._waits() else self._waiting())

    def _waits(self) -> bool:
        return self._pace(check_values(self._topic.controls, self.values)) == "run"

    def _waiting(self) -> dict[str, Any]:
        told = self._topic.effort(self.values) if isinstance(self._topic, PacedTopic) else ""
        return self.state | {"of": dict(self.values), "fault": "", "waiting": told, "pace": "run"}

    def _follow(self, state: Callable[[], dict[str, Any]]) -> None:
        try:
            self.state = state()
        except CocreateError as error:  # the last good picture stays
            told = " ".join(f"{fault}." for fault in error.faults)
            self.state = self.state | {"of": dict(self.values), "fault": told, "waiting": ""}

    def _on_message(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        if content.get("do") == "cancel":
            self._cancel.set()
        elif content.get("do") == "run" and self.state["waiting"] and not self.running:
            Thread(target=self._run, args=(dict(self.values), self._new_run()), daemon=True).start()
        elif content.get("do") == "ahead":
            self._look_ahead(content.get("wanted", ()))
        elif content.get("do") == "tidy":
            self._tidy(content)

    def _tidy(self, asked: Mapping[str, Any]) -> None:
        """Answer with what is kept of a text; the browser then sets that, so that the rest is stored nowhere."""
        for control in self._topic.controls:
            if not isinstance(control, Text) or control.name != asked.get("name"):
                continue
            fault = control.fault(asked.get("text"))
            kept = None if fault else control.tidy(asked["text"])
            with self._lock:
                if fault:
                    self.state = self.state | {"fault": f"{fault}."}
                elif self.state["fault"] and kept == self.values[control.name]:
                    self._on_values(None)  # nothing else would take the sentence away
            self.send({"kept": kept, "name": control.name, "number": asked.get("number")})

    def _look_ahead(self, wanted: Sequence[Mapping[str, Any]]) -> None:
        """Answer with the pictures of values that a hand may choose next: as many as are quickly made, at least one."""
        until = monotonic() + _AHEAD
        found: list[dict[str, Any]] = []
        done = 0
        while done < len(wanted) and (done == 0 or monotonic() < until):
            try:
                if self._pace(check_values(self._topic.controls, wanted[done])) == "live":
                    with self._lock:
                        found.append(self._state(wanted[done]))
            except CocreateError:
                pass  # told when somebody chooses it
            done += 1
        pictures = [state.pop("data") for state in found]
        self.send({"ahead": found, "done": done}, pictures)

    def _new_run(self) -> Event:
        with self._lock:
            self._cancel = Event()  # one for each run: what cancels this one cannot reach the next
            self.running = {"share": 0.0, "text": "starting"}
            return self._cancel

    def _run(self, values: Mapping[str, Any], cancel: Event) -> None:
        """Compute a slow scene; beside running cells when a reader asked for it in the browser."""
        topic = self._topic
        assert isinstance(topic, PacedTopic)
        last = monotonic()

        def progress(share: float, text: str) -> None:
            nonlocal last
            if cancel.is_set():
                raise _Cancelled
            if monotonic() - last > _BETWEEN:
                last = monotonic()
                self.running = {"share": share, "text": text}

        try:
            found = self._state(values, lambda checked: topic.run(checked, progress))
            with self._lock:
                if not cancel.is_set():
                    self.state = found
        except _Cancelled:
            pass  # the last good picture and the offer to run stay
        except CocreateError as error:
            told = " ".join(f"{fault}." for fault in error.faults)
            with self._lock:
                self.state = self.state | {"fault": told, "waiting": ""}
        finally:
            self.running = {}

    def _caption(self) -> str:
        return f"{self.note} {self._topic.assumption}"

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
    end = "" if scenario.label.endswith("?") else "."
    return f"{scenario.label}{end} Numbers: {scenario.status} ({STATUSES[scenario.status]}). Source: {source}."


def _value_text(control: Control, value: float | str) -> str:
    if isinstance(control, Choice):
        return dict(control.options)[str(value)]
    return f"{value:g}" if isinstance(control, Slider) else "on" if value else "off"


def _numbers_html(headline: str, numbers: Sequence[Sequence[str]]) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(label)}</th><td>{escape(text)}</td></tr>' for label, text in numbers)
    return f"<table><caption>{escape(headline)}</caption><tbody>{rows}</tbody></table>"
