"""Series: plain lines of counts, each value checkable by hand, and a picture that reads without colour."""

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from cocreate_teach.cases.aggregation import aggregate, formatted
from cocreate_teach.cases.drawing import draw
from cocreate_teach.cases.series import LEAD, name_lines, place
from cocreate_teach.errors import CaseError

ROWS = pd.DataFrame(
    {
        "month": ["2007-02-01", "2007-01-01", "2007-03-01", "2007-01-01", "2007-02-01"],
        "edition": ["en", "en", "en", "de", "de"],
        "editors": [300.0, 200.0, None, 10.0, 20.0],
        "edits": [30, 20, 10, 4, 2],
    }
)
SETTINGS = {
    "kind": "series", "status": "real", "x": "month", "x_label": "year", "y_label": "editors",
    "columns": {"editors": "active editors"}, "group": ["edition"], "shown": ["2007-01-01", "2007-02-01"],
}  # fmt: skip
ONLY_ENGLISH = [{"column": "edition", "is": ["en"]}]
BOTH = {**SETTINGS, "columns": {"editors": "active editors", "edits": "edits"}}
ENGLISH = {key: value for key, value in BOTH.items() if key != "group"} | {"where": ONLY_ENGLISH}


def points(settings):
    """Return the points of each line as lists of pairs, without gaps."""
    numbers = aggregate(ROWS, settings).dropna()
    return {name: list(zip(line.x, line.value, strict=True)) for name, line in numbers.groupby("series")}


def test_each_group_is_a_line_in_the_order_of_x():
    """The rows of a file may come in any order; a line drawn in that order would go back in time."""
    assert points(SETTINGS) == {
        "de": [("2007-01-01", 10), ("2007-02-01", 20)],
        "en": [("2007-01-01", 200), ("2007-02-01", 300)],
    }


def test_each_column_is_a_line_and_a_gap_stays_a_gap():
    """March has edits but no editors: the line of editors ends in February, it does not fall to zero."""
    found = points(ENGLISH)
    assert found["active editors"] == [("2007-01-01", 200), ("2007-02-01", 300)]
    assert found["edits"] == [("2007-01-01", 20), ("2007-02-01", 30), ("2007-03-01", 10)]
    texts = formatted(aggregate(ROWS, ENGLISH), {**ENGLISH, "shown": ["2007-03-01"]})
    assert texts.to_dict("records") == [{"year": "2007-03", "active editors": "no data", "edits": "10"}]


def test_a_base_makes_every_line_100_there_and_keeps_ratios():
    """Editors and edits have different units; as an index both start at 100 and 300 of 200 is 150."""
    found = points({**ENGLISH, "base": "2007-01-01"})
    assert found["active editors"] == [("2007-01-01", 100), ("2007-02-01", 150)]
    assert found["edits"] == [("2007-01-01", 100), ("2007-02-01", 150), ("2007-03-01", 50)]


def test_a_base_without_a_value_is_a_sentence():
    """An index on an empty month would divide by nothing."""
    with pytest.raises(CaseError, match=r"base is '2007-03-01'; 'active editors' has no value above 0 there"):
        aggregate(ROWS, {**ENGLISH, "base": "2007-03-01"})


def test_a_series_without_rows_is_a_sentence():
    """A misspelt edition in ``where`` must not end in a traceback of the drawing library."""
    with pytest.raises(CaseError, match="where leaves no row of the table"):
        aggregate(ROWS, {**SETTINGS, "where": [{"column": "edition", "is": ["fr"]}]})


def test_groups_of_several_columns_are_refused():
    """Two quantities for each of two editions would be four lines with two kinds of unit and no names."""
    with pytest.raises(CaseError, match="columns names editors, edits; a series with group needs exactly one column"):
        aggregate(ROWS, BOTH)


def test_the_order_of_the_settings_is_the_order_of_the_columns():
    """The largest edition first, as the text tells it, not the alphabet."""
    told = formatted(aggregate(ROWS, {**SETTINGS, "order": ["en", "de"]}), SETTINGS)
    assert list(told.columns) == ["year", "en", "de"]
    assert told["en"].tolist() == ["200", "300"]


def test_shares_are_told_in_percent():
    """A Lorenz curve: both axes are shares."""
    rows = pd.DataFrame({"people": [0.0, 0.97, 1.0], "edits": [0.0, 0.333, 1.0]})
    settings = {
        "kind": "series", "status": "derived", "x": "people", "columns": {"edits": "edits"}, "x_label": "people",
        "y_label": "edits", "percent": True, "x_percent": True, "shown": [0.97],
    }  # fmt: skip
    told = formatted(aggregate(rows, settings), settings)
    assert told.to_dict("records") == [{"people": "97.0%", "edits": "33.3%"}]
    (axes,) = draw(aggregate(rows, settings), settings).axes
    assert axes.xaxis.get_major_formatter()(0.5, 0) == axes.yaxis.get_major_formatter()(0.5, 0) == "50%"


def test_days_are_drawn_at_their_year():
    """A quarter of the way from January to January is the first of April."""
    assert place("2007-04-01") == 2007.25
    assert place(3) == 3.0


def test_every_line_is_named_and_has_a_marker_of_its_own():
    """A black-and-white print has no colours, and there is no legend to look up."""
    (axes,) = draw(aggregate(ROWS, ENGLISH), ENGLISH).axes
    assert {text.get_text() for text in axes.texts} == {"active editors", "edits"}
    markers = [line.get_marker() for line in axes.lines if line.get_marker() != "None" and line.get_gid() != LEAD]
    assert len(set(markers)) == len(markers) == 2
    assert axes.get_legend() is None
    assert axes.get_ylim()[0] == 0


def test_marks_stand_where_they_belong():
    """The peak is marked in its month, with its label above the axes."""
    settings = {**ENGLISH, "marks": [{"x": "2007-02-01", "label": "peak"}]}
    (axes,) = draw(aggregate(ROWS, settings), settings).axes
    (mark,) = [line for line in axes.lines if line.get_linestyle() == ":"]
    assert list(mark.get_xdata()) == [place("2007-02-01")] * 2
    assert "peak" in {text.get_text() for text in axes.texts}


def test_what_is_synthetic_is_dashed():
    """The house rule for curves holds for series, too."""
    for status, expected in (("real", False), ("synthetic", True), ("illustrative", True)):
        (axes,) = draw(aggregate(ROWS, ENGLISH), {**ENGLISH, "status": status}).axes
        lines = [line for line in axes.lines if line.get_marker() != "None" and line.get_gid() != LEAD]
        assert [line.is_dashed() for line in lines] == [expected] * 2


@pytest.mark.parametrize("log", [False, True])
def test_names_stay_apart_and_inside_on_both_scales(log):
    """Three lines that end together at the top: three readable names, none above the axes."""
    figure = Figure()
    axes = figure.subplots()
    axes.set(ylim=(1, 1000), xlim=(0, 1), yscale="log" if log else "linear")
    ends = {"upper": 1000, "middle": 999, "lower": 998, "alone": 1}
    name_lines(axes, [(1, height, name, "k", "o") for name, height in ends.items()])
    heights = {text.get_text(): text.get_position()[1] for text in axes.texts}
    assert heights["alone"] == pytest.approx(0)
    assert heights["lower"] < heights["middle"] < heights["upper"] <= 1
    FigureCanvasAgg(figure).draw()
    boxes = [text.get_window_extent() for text in axes.texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
