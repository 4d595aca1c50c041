"""The explorer widget: one message per change, faults as sentences, and something for readers without a kernel."""

import math
import re
from html.parser import HTMLParser
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate_teach import widgets
from cocreate_teach.errors import CaseError, ParameterError
from cocreate_teach.style import STATUSES
from cocreate_teach.widgets.controls import Choice, Slider, Text
from tests.widgets.explorers import CASES, EXPLORERS


@pytest.fixture(params=sorted(EXPLORERS))
def explorer(request):
    """Each explorer, without a case."""
    return EXPLORERS[request.param]()


def test_faces_of_the_package_are_complete():
    """Whatever `__all__` names can be had, and a wrong name gets a list of the right ones."""
    assert dir(widgets) == sorted(widgets.__all__)
    with pytest.raises(AttributeError, match=f"has no attribute 'envolvement'; it has {', '.join(widgets.__all__)}"):
        _ = widgets.envolvement


@pytest.mark.parametrize("name", EXPLORERS)
def test_names_that_do_not_exist_get_a_sentence(name):
    """A lecturer who misspells a case or a preset reads what there is."""
    build = EXPLORERS[name]
    with pytest.raises(CaseError, match=r"there is no case 'bnak'.*bank"):
        build(case="bnak")
    with pytest.raises(ParameterError, match="the built-in example has no preset 'midday' for this explorer; it has"):
        build(preset="midday")
    with pytest.raises(ParameterError, match=f"the case '{CASES[name]}' has no preset 'midday' for this explorer"):
        build(case=CASES[name], preset="midday")


def test_moving_a_control_moves_picture_text_and_numbers(explorer):
    """The text is the picture of those who do not see it: it must never lag behind."""
    first = dict(explorer.state)
    control = next(control for control in explorer._topic.controls if isinstance(control, Slider))
    explorer.set(**{control.name: control.high})
    for part in ("data", "alt", "headline", "key_numbers", "table"):
        assert explorer.state[part] != first[part], part


def test_every_control_changes_something(explorer):
    """A control without effect teaches a wrong lesson."""
    for control in explorer._topic.controls:
        if not isinstance(control, Slider):
            continue
        explorer.reset()
        explorer.set(**{control.name: control.low})
        low = dict(explorer.state)
        explorer.set(**{control.name: control.high})
        assert {key: explorer.state[key] for key in low} != low, control.name


def test_a_value_from_the_browser_sends_one_message(explorer, monkeypatch):
    """Messaging is most of the delay between hand and eye: one change, one message, and nothing echoed."""
    sent = []
    monkeypatch.setattr(explorer.comm, "send", lambda data=None, buffers=None, **_: sent.append((data, buffers)))
    control = next(control for control in explorer._topic.controls if isinstance(control, Slider))
    explorer.set_state({"values": dict(explorer.values) | {control.name: control.high}})
    updates = [data["state"] for data, _ in sent if data and data.get("method") == "update"]
    assert [list(state) for state in updates] == [["state"]]
    assert [len(data.get("buffer_paths", ())) for data, _ in sent] == [1]


def test_a_bad_value_from_the_browser_is_a_sentence_and_the_picture_stays(explorer):
    """An exception in a callback would reach nobody."""
    before = dict(explorer.state)
    control = next(control for control in explorer._topic.controls if isinstance(control, Slider))
    beyond = control.high + 99
    explorer.set_state({"values": dict(explorer.values) | {control.name: beyond}})
    assert explorer.fault.startswith(f"{control.label} must be between {control.low:g} and {control.high:g}")
    assert explorer.fault.endswith(f"got {beyond:g}; move it back into this range.")
    assert {**explorer.state, "fault": "", "of": before["of"]} == before
    explorer.reset()
    assert explorer.fault == ""


def test_a_bad_value_in_a_cell_is_an_error_and_changes_nothing(explorer):
    """In a cell there is somebody to read the error."""
    before = dict(explorer.values), dict(explorer.state)
    with pytest.raises(ParameterError, match="no control 'colour'"):
        explorer.set(colour=1)
    assert (explorer.values, explorer.state) == before


def test_reset_returns_to_the_first_picture(explorer):
    """Reset is what a lecturer presses before the next class."""
    first = explorer.state["data"], explorer.headline
    control = next(control for control in explorer._topic.controls if isinstance(control, Slider))
    explorer.pin()
    explorer.set(**{control.name: control.high})
    assert explorer.pinned["data"] == first[0]
    explorer.reset()
    assert (explorer.state["data"], explorer.headline) == first
    assert explorer.pinned == {}


@pytest.mark.parametrize("name", EXPLORERS)
def test_preset_is_where_the_explorer_starts_and_returns_to(name):
    """A lesson that opens on `after` must not fall back to `before` on Reset."""
    build, case = EXPLORERS[name], CASES[name]
    names = list(build(case=case).spec["scenarios"])
    explorer = build(case=case, preset=names[-1])
    assert explorer.values["scenario"] == names[-1]
    explorer.set(scenario=names[0])
    explorer.reset()
    assert explorer.values["scenario"] == names[-1]


@pytest.mark.parametrize("name", EXPLORERS)
def test_scenarios_show_status_and_source(name):
    """Every number shown to a student has a status."""
    explorer = EXPLORERS[name](case=CASES[name])
    for name, scenario in explorer.spec["scenarios"].items():
        explorer.set(scenario=name)
        assert explorer.values == explorer.values | scenario["values"]
        assert set(explorer.values) - set(scenario["values"]) == texts_of(explorer)
        assert re.search(rf"Numbers: ({'|'.join(STATUSES)}) \(.+\)\. Source: \w", scenario["note"])
        assert scenario["note"] in explorer.picture().caption


def test_controls_are_few_and_start_with_the_scenario(explorer):
    """At most seven controls are open; the first question is which story."""
    controls = explorer._topic.controls
    assert controls[0].name == "scenario"
    assert sum(not control.fold for control in controls) <= 7
    assert len({control.label for control in controls}) == len(controls)


def test_assumption_is_one_sentence_that_says_so(explorer):
    """What the model assumes stands apart from what follows."""
    assert explorer.spec["assumption"].startswith("This model assumes that ")
    assert explorer.spec["assumption"].count(". ") == 0


class Outline(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_without_a_kernel_there_are_picture_text_and_key_numbers(explorer):
    """GitHub, nbviewer, a handout: no widget runs there."""
    data, metadata = explorer._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/html", "text/plain"}
    assert metadata == {}
    assert data["image/png"].startswith(b"\x89PNG")
    outline = Outline()
    outline.feed(data["text/html"])
    image = next(attributes for tag, attributes in outline.found if tag == "img")
    assert image["alt"] == explorer.alt
    assert sum(tag == "th" and attributes.get("scope") == "row" for tag, attributes in outline.found) == len(
        explorer.key_numbers
    )
    assert data["text/plain"].splitlines() == [
        explorer.spec["title"],
        explorer.headline,
        *(f"{label}: {text}" for label, text in explorer.key_numbers.items()),
    ]


@pytest.mark.parametrize("build", EXPLORERS.values(), ids=EXPLORERS)
def test_two_explorers_with_the_same_values_show_the_same(build):
    """A saved lesson is compared with a fresh run; only the widget's own number may differ."""
    one, two = (build()._repr_mimebundle_()[0] for _ in range(2))
    differing = "application/vnd.jupyter.widget-view+json"
    assert {key: value for key, value in one.items() if key != differing} == {
        key: value for key, value in two.items() if key != differing
    }


def texts_of(explorer):
    """Return the names of what is typed, which belongs to no scenario."""
    return {control.name for control in explorer._topic.controls if isinstance(control, Text)}


def any_value(control):
    """Draw what a reader may set a control to."""
    if isinstance(control, Slider):
        return st.floats(control.low, control.high)
    if isinstance(control, Text):
        return st.text() | st.lists(st.from_regex(r"[0-9]{4}(-[A-Z])?", fullmatch=True)).map(" ".join)
    return st.sampled_from([value for value, _ in control.options] if isinstance(control, Choice) else [0.0, 1.0])


MOVES = {name: build() for name, build in EXPLORERS.items()}


@pytest.mark.parametrize("name", EXPLORERS)
@settings(max_examples=40)
@given(data=st.data())
def test_no_allowed_value_breaks_an_explorer(name, data):
    """Whatever a reader sets within the limits: no error, finite numbers in every text."""
    explorer = MOVES[name]
    values = {control.name: data.draw(any_value(control), label=control.name) for control in explorer._topic.controls}
    explorer.set(**values)
    said = " ".join([explorer.headline, explorer.alt, *explorer.key_numbers.values(), *chain(*explorer.table)])
    assert explorer.fault == ""
    assert not re.search(r"\b(nan|inf|None)\b|np\.", said)
    assert "-0.00" not in said
    numbers = np.frombuffer(explorer.state["data"], dtype=np.float32)
    assert not np.isinf(numbers).any()
    assert all(math.isfinite(float(number)) for number in re.findall(r"-?\d+\.\d+", said))
