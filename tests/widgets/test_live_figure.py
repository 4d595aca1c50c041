"""The live figure: numbers travel as bytes, the frame is drawn once, the same marks make the still picture."""

import re
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import style
from cocreate_teach.widgets import still
from cocreate_teach.widgets.figure import Layout, LiveFigure, Mark, Panel, Style, spread

BLUE, GREEN = "#0173b2", "#029e73"
LIVE = LiveFigure(
    panels=(Panel(name="only", title="The finding", xlim=(0, 4), ylim=(0, 2), xlabel="period", ylabel="share"),),
    layouts=(
        Layout(name="wide", width=400, height=300, boxes={"only": (50, 40, 300, 200)}),
        Layout(name="narrow", width=200, height=300, boxes={"only": (50, 40, 100, 200)}),
    ),
    marks=(
        Mark(name="path", kind="line", panel="only", count=3, styles=(Style(colour=BLUE, width=3),), pinned=True),
        Mark(name="bars", kind="boxes", panel="only", count=1, styles=(Style(colour=GREEN), Style(filled=False))),
        Mark(name="words", kind="labels", panel="only", count=2, styles=(Style(),)),
        Mark(name="dots", kind="points", panel="only", count=1, styles=(Style(marker="D"), Style(filled=False))),
        Mark(name="ticks", kind="segments", panel="only", count=1, styles=(Style(dashes=(3, 2)),)),
    ),
)
NUMBERS = {
    "path": [[0, 0], [2, 1], [4, 2]],
    "bars": [[1, 0, 2, 1, 0]],
    "words": [[1, 1, 0], [2, 1, 0]],
    "dots": [[3, 1, 9, 0]],
    "ticks": [[0, 1, 4, 1, 2, 0]],
}
TEXTS = {"words": ["one", "two"]}


def pixels(data, words, **more):
    """Return the still picture as an array of 8-bit colours."""
    from matplotlib.image import imread

    shown = still.to_picture(LIVE, data, words, alt="a", headline="", caption="c", **more)
    return (imread(BytesIO(shown.png))[..., :3] * 255).round().astype(int)


def amount_of(colour, image):
    """Count the pixels of this hex colour."""
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return int((np.abs(image - wanted).max(axis=-1) <= 2).sum())


def test_what_is_packed_can_be_unpacked():
    """The still picture and the browser read the same bytes in the same order."""
    data, words = LIVE.pack(NUMBERS, TEXTS)
    found = {mark.name: (numbers.tolist(), own) for mark, numbers, own in LIVE.unpack(data, words)}
    assert {name: numbers for name, (numbers, _) in found.items()} == NUMBERS
    assert found["words"][1] == ["one", "two"]
    assert len(data) == 4 * sum(np.size(numbers) for numbers in NUMBERS.values())


def test_numbers_of_a_wrong_size_are_refused():
    """A shifted byte would move every later mark."""
    with pytest.raises(ValueError, match=r"mark path needs numbers of shape \(3, 2\); got \(2, 2\)"):
        LIVE.pack(NUMBERS | {"path": [[0, 0], [1, 1]]}, TEXTS)
    with pytest.raises(ValueError, match="mark words needs 2 strings; got 1"):
        LIVE.pack(NUMBERS, {"words": ["one"]})


def test_frame_is_an_svg_that_follows_the_theme_of_the_page():
    """In dark mode ink turns light: no fixed ink or white background may remain, and text stays text."""
    for frame in LIVE.for_browser["frames"]:
        root = ElementTree.fromstring(frame["svg"])
        assert root.attrib["viewBox"] == f"0 0 {frame['width']} {frame['height']}"
        assert "The finding" in "".join(root.itertext())
        assert style.INK not in frame["svg"]
        assert style.GRID not in frame["svg"]
        assert "var(--cc-ink)" in frame["svg"]
        assert "#ffffff" not in frame["svg"]


def test_frame_cannot_reach_the_rest_of_the_page():
    """Ids and style rules are global in a page: two explorers would share them."""
    svg = LIVE.for_browser["frames"][0]["svg"]
    assert not re.search(r"\bid=|<style|<defs|url\(|<script", svg)


def test_panel_box_of_the_browser_is_where_matplotlib_draws_the_axes():
    """Marks and frame are drawn by two programs; they must agree on where 0 and the limits are."""
    figure, axes = still._axes(LIVE, LIVE.layouts[0])
    left, top, width, height = LIVE.for_browser["frames"][0]["boxes"]["only"]
    box = axes["only"].get_position()
    np.testing.assert_allclose([box.x0 * 400, (1 - box.y1) * 300, box.width * 400, box.height * 300],
                               [left, top, width, height])  # fmt: skip
    assert axes["only"].get_xlim() == LIVE.panels[0].xlim
    assert figure.get_size_inches().tolist() == [400 / 72, 300 / 72]


def test_still_picture_shows_the_marks_in_their_colours_and_not_the_hidden_ones():
    """A reader without a kernel sees what the browser shows."""
    data, words = LIVE.pack(NUMBERS, TEXTS)
    shown = pixels(data, words)
    assert amount_of(BLUE, shown) > 1000
    assert amount_of(GREEN, shown) > 1000
    hidden, words = LIVE.pack(NUMBERS | {"bars": np.full((1, 5), np.nan)}, TEXTS)
    assert amount_of(GREEN, pixels(hidden, words)) == 0


def test_still_picture_shows_the_pinned_scenario_in_grey():
    """Compare means: both are in the picture, and only one is in colour."""
    data, words = LIVE.pack(NUMBERS, TEXTS)
    before, _ = LIVE.pack(NUMBERS | {"path": [[0, 2], [2, 2], [4, 2]]}, TEXTS)
    grey = style.ROLES["reference"].colour
    assert amount_of(grey, pixels(data, words, pinned=before)) > amount_of(grey, pixels(data, words)) + 300


def test_still_picture_is_the_same_each_time():
    """Notebooks are compared with what was saved."""
    data, words = LIVE.pack(NUMBERS, TEXTS)
    one, two = (still.to_picture(LIVE, data, words, alt="a", headline="h", caption="c") for _ in range(2))
    assert one == two


@given(st.lists(st.floats(0, 1), max_size=12), st.floats(0.01, 0.3))
def test_labels_keep_their_distance_order_and_limits(heights, gap):
    """Labels at the ends of curves never cover each other."""
    placed = spread(heights, gap, 0, 1)
    possible = min(gap, 1 / max(len(heights) - 1, 1))
    assert placed.shape == (len(heights),)
    order = np.argsort(heights, kind="stable")
    assert (np.diff(placed[order]) >= possible - 1e-9).all()
    assert ((placed >= -1e-9) & (placed <= 1 + 1e-9)).all()


@given(st.lists(st.integers(0, 9), unique=True, max_size=6))
def test_labels_with_room_stay_where_they_are(places):
    """A label that need not move stands exactly at the end of its curve."""
    heights = np.array(places) / 10
    np.testing.assert_allclose(spread(heights, 0.1, 0, 1), heights, atol=1e-9)
