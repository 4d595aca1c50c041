"""The explorer of involvement shows what the model says, and says what the picture shows."""

import textwrap
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models, widgets
from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets.controls import Slider
from cocreate_teach.widgets.involvement_picture import GRID

PAIRS = {
    "example": models.EXAMPLE_DYAD,
    "bank": models.BANK_DYAD,
    "burberry": models.BURBERRY_DYAD,
    "captive": models.CAPTIVE_DYAD,
}


@pytest.fixture
def explorer():
    """Explore the customer who puts in more."""
    return widgets.involvement(preset="example")


def marks(explorer):
    """Return the marks of the picture now, by name."""
    state = explorer.state
    return {
        mark.name: (numbers, words)
        for mark, numbers, words in explorer._topic.figure.unpack(state["data"], state["texts"])
    }


def rows(explorer):
    """Return the table by the name of its rows."""
    return {row[0]: [float(text) for text in row[1:]] for row in explorer.table[1:]}


@pytest.mark.parametrize("name", PAIRS)
def test_built_in_pairs_are_those_of_the_model(name):
    """No number is lost on the way from the model over the sliders and back."""
    explorer = widgets.involvement(preset=name)
    found = explorer._topic.parameters(explorer.values)
    for field in fields(PAIRS[name]):
        np.testing.assert_allclose(getattr(found, field.name), getattr(PAIRS[name], field.name), rtol=1e-12)


@pytest.mark.parametrize(("case", "pair"), [("bank", models.BANK_DYAD), ("burberry", models.BURBERRY_DYAD)])
def test_preset_of_a_case_is_the_pair_that_its_source_names(case, pair):
    """The source line of the preset sends the reader to this constant."""
    explorer = widgets.involvement(case)
    found = explorer._topic.parameters(explorer.values)
    for field in fields(pair):
        np.testing.assert_allclose(getattr(found, field.name), getattr(pair, field.name), rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "involved", "met"),
    [
        ("example", (0.308, 0.281), (0.766, 0.784)),
        ("bank", (0.252, 0.270), (0.839, 0.828)),
        ("burberry", (0.304, 0.329), (0.568, 0.544)),
        ("captive", (0.225, 0.131), (0.319, 0.459)),
    ],
)
def test_the_end_is_that_of_the_document(name, involved, met):
    """docs/models/involvement.md, four pairs: involvement and met expectations in the end."""
    end = {what: tuple(numbers[2:]) for what, numbers in rows(widgets.involvement(preset=name)).items()}
    assert end["involvement"] == involved
    assert end["expectations met"] == met


def test_curves_are_the_model_s_path_and_the_points_lie_on_them(explorer):
    """The widget computes nothing itself."""
    explorer.set(period=12)
    found = marks(explorer)
    path = models.involvement_path(models.EXAMPLE_DYAD, 40)
    expected = models.involvement(path, models.EXAMPLE_DYAD)
    for side in range(2):
        np.testing.assert_allclose(found[f"involved {side}"][0][:, 1], expected[:, side], atol=1e-6)
    np.testing.assert_allclose(found["met"][0][:, 1], 1 - path.unmet[:, 0], atol=1e-6)
    np.testing.assert_allclose(found["now"][0][:, :2], [[12, expected[12, 0]], [12, expected[12, 1]]], atol=1e-6)
    assert found["moment"][1] == ["period 12: 24% leave"]
    assert explorer.key_numbers["Customer's involvement, period 12"] == f"{expected[12, 0]:.3f}"


def test_circles_are_the_mean_of_both_in_the_end(explorer):
    """Each circle is one more pair of investments, computed with everything else as it is."""
    sizes = marks(explorer)["circles"][0][:, 2]
    place = 8 * 6 + 2  # row of the firm, column of the customer
    given_by_model = models.InvolvementParameters(investment=GRID[place])
    mean = models.involvement(models.involvement_equilibrium(given_by_model), given_by_model).mean()
    assert GRID[place].tolist() == [0.3125, 0.8125]
    assert sizes[place] == pytest.approx(26 * mean, rel=1e-5)
    assert "is where the customer puts in 0.94 and the firm 0.94" in explorer.alt


def test_diamond_moves_both_investments(explorer):
    """What a hand can do, two sliders can do, too."""
    mark = next(mark for mark in explorer._topic.figure.marks if mark.handles)
    names = {control.name for control in explorer._topic.controls}
    assert {mark.handles[0].x, mark.handles[0].y} == {"customer", "firm"} <= names
    explorer.set(customer=0.3, firm=0.9)
    np.testing.assert_allclose(marks(explorer)["place"][0][0, :2], [0.3, 0.9], atol=1e-6)
    assert explorer.key_numbers["Credibility: what both put in"] == "1.20 of 2"
    assert explorer.key_numbers["Proportionality: smaller to larger"] == "0.33"


def test_pledging_back_draws_the_way_to_the_middle(explorer):
    """The document's example: 0.9 and 0.1 approach each other; the sum stays."""
    explorer.set(customer=0.9, firm=0.1, pledging_back=0.1, period=10)
    trail = marks(explorer)["trail"][0]
    np.testing.assert_allclose(trail[10], [0.5 + 0.4 * 0.8**10, 0.5 - 0.4 * 0.8**10], atol=1e-6)
    assert explorer.key_numbers["Proportionality: smaller to larger"] == "0.84"
    assert "They move to 0.50 and 0.50." in explorer.alt


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({"scenario": "locked_in"}, "The customer is unhappy (35% of expectations met), yet only 5% leave a period."),
        ({"scenario": "locked_in", "baseline_exit": 0.0}, "yet under 1% leave a period."),
        ({"scenario": "captive"}, "The customer is unhappy (32% of expectations met), and 28% leave a period."),
        ({}, "The customer puts in more, but likes less (0.30) than it is liked (0.35)."),
        ({"customer": 0.4, "firm": 0.6}, "The firm puts in more, but likes less (0.30) than it is liked (0.35)."),
        ({"trust": 0}, "The customer puts in more; they like each other about the same."),
        ({"customer": 0.5, "firm": 0.5}, "Both put in the same, and like each other the same."),
        ({"customer": 0, "firm": 0, "drift": 0}, "Neither puts anything in: benefits alone hold them."),
        (
            {"weights": "economic", "intention_gate": 1, "drift": 0.02},
            "More from the customer alone would in the end lower its own involvement.",
        ),
        ({"period": 0}, "At the start nobody is involved yet, and all expectations are met."),
    ],
)
def test_headline_says_what_is_remarkable(explorer, values, finding):
    """Every sentence that the headline can say is reached by some setting."""
    explorer.set(**values)
    assert explorer.headline.endswith(finding)


def test_more_lowers_involvement_where_the_headline_says_so(explorer):
    """The sentence is a claim about the slider: move it and see."""
    explorer.set(weights="economic", intention_gate=1, drift=0.02)
    assert "would in the end lower its own" in explorer.headline
    before = rows(explorer)["involvement"][2]
    explorer.set(customer=0.7)
    assert rows(explorer)["involvement"][2] < before
    explorer.set(customer=0.39)
    assert "More from the firm alone" in explorer.headline


def test_who_never_leaves_lasts_a_long_time(explorer):
    """An infinite duration is a sentence, not a number."""
    explorer.set(baseline_exit=0)
    assert explorer.key_numbers["Lasts, if it stays as it is now"] == "more than 1,000 periods"


MOVED = widgets.involvement(preset="example")


@given(data=st.data())
def test_headline_fits_and_labels_stay_apart(data):
    """A still picture has room for two lines; four names stand at the ends of the curves."""
    explorer = MOVED
    sliders = [control for control in explorer._topic.controls if isinstance(control, Slider)]
    explorer.set(**{one.name: data.draw(st.floats(one.low, one.high), label=one.name) for one in sliders})
    assert len(textwrap.wrap(explorer.headline, 66)) <= 2
    heights = marks(explorer)["ends"][0][:, 1].astype(float)
    assert np.diff(np.sort(heights)).min() > 0.068
    order = np.argsort(heights)
    assert abs(int(np.where(order == 2)[0][0]) - int(np.where(order == 3)[0][0])) == 1  # both lines of one label
    assert heights.min() > 0
    assert heights.max() < 1.0  # under the name of the moment


def test_a_period_that_does_not_exist_is_refused(explorer):
    """The picture ends at period 40."""
    with pytest.raises(ParameterError, match="look at period must be between 0 and 40; got 41"):
        explorer.set(period=41)
