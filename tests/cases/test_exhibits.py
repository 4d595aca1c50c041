"""Exhibits as readers meet them: a finding, a picture with its text, the numbers, and where they come from."""

import re

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from cocreate_teach.cases import case_names, load_case
from cocreate_teach.cases.aggregation import formatted
from cocreate_teach.cases.drawing import HATCHED, draw, name_ends
from cocreate_teach.cases.rendering import number_table, status_mark
from cocreate_teach.cases.series import LEAD
from cocreate_teach.style import STATUS_COLOURS, STATUSES, SYNTHETIC_HATCH

EXHIBITS = [(name, number) for name in case_names() for number in load_case(name).exhibit_numbers]


@pytest.mark.parametrize(("name", "number"), EXHIBITS)
def test_every_exhibit_says_what_it_shows_and_where_it_comes_from(name, number):
    """The title is a finding, the caption names status and source, and the alternative text replaces the picture."""
    exhibit = load_case(name).exhibit(number)
    assert exhibit.number == number
    assert len(exhibit.title.split()) >= 5
    assert exhibit.caption.count(f"{exhibit.status.capitalize()}: {STATUSES[exhibit.status]}.") == 1
    assert "Source: " in exhibit.caption
    assert len(exhibit.alt.split()) >= 12
    assert exhibit.alt in repr(exhibit)


@pytest.mark.parametrize(("name", "number"), EXHIBITS)
def test_every_exhibit_is_accessible_html(name, number):
    """A figure with alternative text and caption, then the numbers as a table with a caption and scoped heads."""
    exhibit = load_case(name).exhibit(number)
    html = exhibit._repr_html_()
    assert html.count("<figure") == html.count("<figcaption>") == 1
    assert len(re.findall("<caption[ >]", html)) == 1
    assert '<th scope="col"' in html
    assert html.count('<th scope="row"') == html.count("<tr>") - 1
    assert not re.search(r"\bnan\b", re.sub(r"base64,[^\"]+", "", html))
    assert "No description has been provided" not in html
    if exhibit.settings["kind"] != "table":
        assert re.search(r'<img [^>]*alt="[^"]{60,}"', html)


@pytest.mark.parametrize(("name", "number"), EXHIBITS)
def test_every_exhibit_is_drawn_alike_twice(name, number):
    """Lessons are compared output by output: the same case gives the same HTML."""
    assert load_case(name).exhibit(number).to_html() == load_case(name).exhibit(number).to_html()


@pytest.mark.parametrize(("name", "number"), EXHIBITS)
def test_what_is_synthetic_says_so_in_the_picture(name, number):
    """A picture is copied without its caption; the word must be in it, and bars are hatched, lines dashed."""
    exhibit = load_case(name).exhibit(number)
    figure = draw(exhibit.table, exhibit.settings)
    if figure is None:
        assert exhibit.picture is None
        return
    tag = figure.get_suptitle()
    assert tag.startswith(f"{exhibit.status} data")
    box = figure._suptitle.get_bbox_patch()
    assert bool(box.get_hatch()) == (exhibit.status in HATCHED)
    assert exhibit.status in HATCHED or to_hex(box.get_edgecolor()) == STATUS_COLOURS[exhibit.status]
    bars = [bar for axes in figure.axes for bar in axes.patches]
    dashed = [
        line.is_dashed()
        for axes in figure.axes
        for line in axes.lines
        if line.get_marker() not in {"None", "|", "_"} and line.get_gid() != LEAD
    ]
    if exhibit.status == "synthetic":
        assert all(bar.get_hatch() == SYNTHETIC_HATCH for bar in bars)
        assert all(dashed)
        assert bars or dashed
    else:
        assert not any(bar.get_hatch() for bar in bars)
        assert not any(dashed)


@pytest.mark.parametrize(("name", "number"), EXHIBITS)
def test_axes_with_curves_have_names_and_units(name, number):
    """A curve without units is decoration; and names stand at the ends of curves, not in a legend."""
    exhibit = load_case(name).exhibit(number)
    figure = draw(exhibit.table, exhibit.settings)
    if figure is None or exhibit.settings["kind"] == "panels":
        return
    (axes,) = figure.axes
    assert axes.get_xlabel() or exhibit.settings["kind"] == "before_after"
    assert axes.get_ylabel() or exhibit.settings["kind"] == "bars"
    assert axes.get_legend() is None
    if exhibit.settings["kind"] == "lines":
        assert set(exhibit.table["group"].astype(str)) <= {text.get_text() for text in axes.texts}


@pytest.mark.parametrize(("name", "number"), EXHIBITS)
def test_no_writing_lies_on_other_writing(name, number):
    """Overlapping names cannot be read on a projector."""
    exhibit = load_case(name).exhibit(number)
    figure = draw(exhibit.table, exhibit.settings)
    if figure is None:
        return
    FigureCanvasAgg(figure).draw()
    boxes = []
    for axes in figure.axes:
        ticks = [
            tick.label1
            for axis in (axes.xaxis, axes.yaxis)
            for tick in axis.get_major_ticks()
            if min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        ]
        for text in [*axes.texts, *ticks, axes.xaxis.label, axes.yaxis.label, axes.title, axes._left_title]:
            if text.get_text() and text.get_visible():
                boxes.append((text.get_text(), text.get_window_extent()))
    boxes.append((figure.get_suptitle(), figure._suptitle.get_window_extent()))
    for i, (first, box) in enumerate(boxes):
        assert box.x0 >= -1 and box.x1 <= figure.bbox.width + 1, first
        for second, other in boxes[i + 1 :]:
            assert not box.padded(-1).overlaps(other.padded(-1)), (first, second)


def test_every_status_has_its_mark_in_words_and_in_colour():
    """Grey, blue and hatched help at a glance; the word carries the meaning for those who see no colour."""
    marks = {status: status_mark(status) for status in STATUSES}
    for status, mark in marks.items():
        assert f">{status}</span>" in mark
        assert ("repeating-linear-gradient" in mark) == (status in {"synthetic", "illustrative"})
    assert STATUS_COLOURS["real"] in marks["real"]
    assert STATUS_COLOURS["reported"] in marks["reported"]


def test_numbers_stand_right_and_texts_left():
    """Numbers are compared by their last digits, negative ones and gaps included; sentences are read from the left."""
    frame = pd.DataFrame({"who": ["a", "b"], "value": ["-0.36", "no data"], "words": ["2 or more", "yes"]})
    html = number_table(frame, caption="Numbers")
    assert re.findall(r"<td style=\"text-align:(\w+)", html) == ["right", "left"] * 2
    assert re.findall(r"<th scope=\"row\" style=\"text-align:(\w+)", html) == ["left"] * 2


def test_names_at_the_ends_are_moved_apart():
    """Two curves that end at the same height still have two readable names, in the order of their ends."""
    axes = Figure().subplots()
    axes.set_ylim(0, 1)
    name_ends(axes, [(1, 0.5, "upper", "k"), (1, 0.5, "middle\nof two", "k"), (1, 0.1, "lower", "k")])
    heights = {text.get_text(): text.xyann[1] for text in axes.texts}
    assert heights["lower"] == 0.1
    assert abs(heights["upper"] - heights["middle\nof two"]) > 0.055


def test_the_numbers_of_a_table_have_as_many_decimals_as_they_need():
    """1.00 for a count says more than is known, and 0.8 beside 0.75 looks like another number."""
    frame = pd.DataFrame({"who": ["a", "b"], "half": [1.0, 2.5], "whole": [1.0, float("nan")], "share": [0.75, 1 / 3]})
    settings = {"kind": "table", "columns": {name: name for name in frame}}
    told = formatted(frame, settings)
    assert told.to_dict("list") == {
        "who": ["a", "b"], "half": ["1.0", "2.5"], "whole": ["1", ""], "share": ["0.75", "0.33"],
    }  # fmt: skip
    assert list(formatted(frame, settings | {"decimals": 1})["share"]) == ["0.8", "0.3"]


@pytest.mark.parametrize(
    ("days", "heads"),
    [(["2009-03-31", "2010-03-31"], ["2009", "2010"]), (["2009-03-31", "2010-04-30"], ["2009-03", "2010-04"])],
)
def test_years_are_shown_without_a_month_that_means_nothing(days, heads):
    """A yearly count that is stored as the first of January is no count of January."""
    numbers = pd.DataFrame({"x": days, "series": "a", "value": [1.0, 2.0]})
    told = formatted(numbers, {"kind": "series", "x_label": "when", "shown": days})
    assert list(told["when"]) == heads


def test_reported_lines_are_grey_and_their_names_carry_their_markers():
    """What a text reports is grey; two grey lines are told apart by markers, on the line and beside its name."""
    days = ["2009-03-31", "2010-03-31"]
    numbers = pd.DataFrame({"x": days * 2, "series": ["a", "a", "b", "b"], "value": [1.0, 2.0, 3.0, 4.0]})
    settings = {"kind": "series", "x_label": "when", "y_label": "what", "status": "reported"}
    (axes,) = draw(numbers, settings).axes
    lines = [line for line in axes.lines if line.get_gid() != LEAD]
    leads = [line for line in axes.lines if line.get_gid() == LEAD]
    assert {to_hex(line.get_color()) for line in lines} == {STATUS_COLOURS["reported"]}
    assert len({line.get_marker() for line in lines}) == 2
    assert [line.get_marker() for line in lines] == [line.get_marker() for line in leads]
    (axes,) = draw(numbers, settings | {"status": "real"}).axes
    assert len({line.get_color() for line in axes.lines if line.get_gid() != LEAD}) == 2
