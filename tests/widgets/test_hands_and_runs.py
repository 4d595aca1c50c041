"""Handles, switches, and computations that are too slow to follow a hand."""

import time

import numpy as np
import pytest

from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import Handle, Mark, Style
from tests.widgets.tiny_topic import TinyTopic


def explorer(seconds=0.0):
    return Explorer(TinyTopic(seconds))


def until(condition, seconds=5.0):
    """Wait until something is so; a test that waits in vain fails."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_switch_is_on_or_off_and_nothing_else():
    """A link that is half there has no meaning in the model."""
    one = explorer()
    one.set(link=0)
    assert one.key_numbers["linked"] == "0"
    with pytest.raises(ParameterError, match=r"linked must be 1 \(on\) or 0 \(off\); got 0\.5; choose one of them"):
        one.set(link=0.5)


def test_the_browser_learns_which_controls_a_handle_moves():
    """Pointer and keyboard change the same values as the sliders."""
    marks = {mark["name"]: mark for mark in explorer().spec["figure"]["marks"]}
    assert marks["one"]["handles"] == ({"label": "customer", "x": "x", "y": "y", "switch": ""},)
    assert marks["link"]["handles"][0]["switch"] == "link"


def test_handles_belong_to_points_one_each():
    """A handle without a point could not be reached."""
    for kind, count in (("points", 2), ("boxes", 1)):
        with pytest.raises(ValueError, match="it needs one for each of its points"):
            Mark(name="m", kind=kind, panel="p", count=count, styles=(Style(),), handles=(Handle(label="a", x="x"),))


def test_the_still_picture_has_areas_dots_and_logarithmic_axes():
    """Who has no kernel sees the same marks: an area of another size is another picture."""
    one = explorer()
    first = one.picture().png
    one.set(y=0.1)
    assert one.picture().png != first


def test_slow_values_wait_for_run_and_the_last_picture_stays():
    """A million stakeholders must not start because a hand slipped."""
    one = explorer()
    before = one.headline
    one.set(size="1000000")
    assert (one.headline, one.state["waiting"]) == (before, "1,000,000 take a second.")
    assert one.state["pace"] == "run"
    one.run()
    assert one.headline == "At 0.2, 0.6 of 1000000."
    assert (one.state["waiting"], one.running) == ("", {})


def test_run_does_nothing_where_nothing_waits():
    """A second click on Run is no second computation."""
    one = explorer()
    one.run()
    assert one._topic.runs == 0


def test_a_run_from_the_browser_reports_progress_and_ends():
    """The bar moves while other cells run."""
    one = explorer(seconds=0.8)
    one.set(size="1000000")
    seen = []
    one.observe(lambda change: seen.append(change["new"]), names="running")
    one._on_message(one, {"do": "run"}, [])
    until(lambda: one.state["waiting"] == "" and one.running == {})
    shares = [report["share"] for report in seen if report]
    assert len(shares) > 2
    assert np.all(np.diff(shares) > 0)
    assert one.headline.endswith("of 1000000.")


def test_cancel_keeps_the_last_picture_and_the_offer_to_run():
    """Nothing is lost, and nothing half computed is shown."""
    one = explorer(seconds=5)
    before = one.headline
    one.set(size="1000000")
    one._on_message(one, {"do": "run"}, [])
    until(lambda: one.running != {})
    one._on_message(one, {"do": "cancel"}, [])
    until(lambda: one.running == {})
    assert (one.headline, one.state["waiting"], one._topic.runs) == (before, "1,000,000 take a second.", 0)


def test_other_values_end_a_run_of_old_ones():
    """A picture that arrives late must not belong to values that are gone."""
    one = explorer(seconds=5)
    one.set(size="1000000")
    one._on_message(one, {"do": "run"}, [])
    until(lambda: one.running != {})
    one.set(size="10", x=0.3)
    until(lambda: one.running == {})
    assert one.headline == "At 0.3, 0.6 of 10."
    assert one.state["waiting"] == ""


def test_a_run_that_fails_says_why():
    """As everywhere: one sentence, and the last good picture stays."""
    one = explorer()
    before = one.headline
    one.set(size="1000000")
    one.set(x=1)
    one.run()
    assert one.fault == "x must be below 1; got 1; move it."
    assert (one.headline, one.running, one.state["waiting"]) == (before, {}, "")


def asked_ahead(one, *wanted):
    """Ask for pictures of values; return them by their x, and how many questions were answered."""
    sent = []
    one.send = lambda content, buffers=(): sent.append((content, buffers))
    before = one.state
    one._on_message(one, {"do": "ahead", "wanted": [dict(one.values) | more for more in wanted]}, [])
    assert one.state is before
    ((content, buffers),) = sent
    assert len(buffers) == len(content["ahead"])
    return {state["of"]["x"]: state | {"data": data} for state, data in zip(content["ahead"], buffers, strict=True)}, (
        content["done"]
    )


def test_what_is_looked_ahead_for_is_what_a_choice_shows():
    """A picture drawn before the kernel was asked is the picture the kernel would have sent."""
    one = explorer()
    found, done = asked_ahead(one, {"x": 0.3}, {"x": 0.4})
    assert (sorted(found), done) == ([0.3, 0.4], 2)
    for x, state in found.items():
        one.set(x=x)
        assert state == one.state


def test_looking_ahead_leaves_out_what_is_wrong_slow_or_too_much():
    """A fault is told when somebody chooses the value; a slow value waits for its run; a choice waits for nothing."""
    one = explorer()
    found, done = asked_ahead(one, {"x": 9}, {"x": 1}, {"size": "1000000"}, {"x": 0.3})
    assert (list(found), done) == ([0.3], 4)
    assert one.fault == ""
    one._topic.scene = slow(one._topic.scene)
    found, done = asked_ahead(one, {"x": 0.3}, {"x": 0.4}, {"x": 0.5})
    assert (list(found), done) == ([0.3], 1)


def slow(scene):
    """Make a scene take longer than a look ahead may."""

    def waited(values):
        time.sleep(0.06)
        return scene(values)

    return waited
