"""The explorer of tailoring shows where telling stops paying off."""

import textwrap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models, widgets
from cocreate_teach.widgets.controls import Slider


@pytest.fixture
def explorer():
    """Explore the app that asks for everything."""
    return widgets.tailoring()


def marks(explorer):
    """Return the marks of the picture now, by name."""
    state = explorer.state
    return {
        mark.name: (numbers, words)
        for mark, numbers, words in explorer._topic.figure.unpack(state["data"], state["texts"])
    }


@pytest.mark.parametrize(
    ("cost", "best", "left"), [(0.1, "2.47", "0.306"), (0.3, "0.58", "0.051"), (0.6, "0.00", "0.000")]
)
def test_best_amounts_are_those_of_the_document(explorer, cost, best, left):
    """docs/models/value.md, M2-T: three consumers who differ in what an answer costs them."""
    explorer.set(privacy_cost=cost)
    assert explorer.key_numbers["Best number of answers"] == best
    assert explorer.key_numbers["Left at best"] == left


def test_answers_for_half_of_the_value_give_half(explorer):
    """With k answers the offer has half of its full value."""
    half = float(explorer.key_numbers["Answers for half of the full value"])
    explorer.set(information=half)
    assert explorer.key_numbers["Value of the tailored offer now"] == "0.50"


def test_curves_are_the_model_s_and_the_point_lies_on_what_is_left(explorer):
    """Value minus cost is what is left, at every amount."""
    explorer.set(information=4, privacy_cost=0.05)
    found = marks(explorer)
    shopper = models.TailoringParameters(privacy_cost=0.05)
    told = found["curve 0"][0][:, 0].astype(float)
    np.testing.assert_allclose(found["curve 0"][0][:, 1], models.tailored_value(shopper, told), atol=1e-6)
    np.testing.assert_allclose(found["curve 1"][0][:, 1], 0.05 * told, atol=1e-6)
    np.testing.assert_allclose(found["curve 2"][0][:, 1], models.tailoring_net(shopper, told), atol=1e-6)
    np.testing.assert_allclose(found["now"][0][0, :2], [4, 4 / 6 - 0.2], atol=1e-6)


def test_best_amount_falls_with_the_risk_and_ends_where_nobody_tells(explorer):
    """The right panel: from a cost of 0.50 on nothing is told."""
    found = marks(explorer)
    curve = found["by cost"][0]
    shown = curve[~np.isnan(curve[:, 1])]
    assert (np.diff(shown[:, 1]) <= 0).all()
    np.testing.assert_allclose(
        shown[:, 1], models.best_information(models.TailoringParameters(privacy_cost=shown[:, 0])), atol=1e-4
    )
    limit = float(found["limit"][0][0, 0])
    assert limit == 0.5
    for cost, tells in ((limit - 0.01, True), (limit + 0.01, False)):
        assert models.is_disclosing(models.TailoringParameters(privacy_cost=cost)) == tells


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "The customer tells too much: 8.0 answers leave 0.00. Best are 2.5 answers: they leave 0.31."),
        (
            {"information": 1},
            "The customer tells too little: 1.0 answers leave 0.23. Best are 2.5 answers: they leave 0.31.",
        ),
        ({"information": 2.5}, "The customer tells about the right amount: 2.5 answers leave 0.31."),
        (
            {"scenario": "leak"},
            "Best is to tell nothing: an answer brings no more than it costs. Now 2.5 answers leave −0.82.",
        ),
        (
            {"privacy_cost": 0},
            "Telling costs nothing, so the more the better. Now 8.0 answers leave 0.80 of at most 1.00.",
        ),
        ({"privacy_cost": 0, "full_value": 0}, "an answer brings no more than it costs. Now 8.0 answers leave 0.00."),
    ],
)
def test_headline_says_too_much_too_little_or_right(explorer, values, said):
    """Every sentence that the headline can say is reached by some setting."""
    explorer.set(**values)
    assert explorer.headline.endswith(said)


def test_telling_for_free_has_no_best_amount(explorer):
    """An infinite number is a word, in the text and in the numbers; its line leaves the picture."""
    explorer.set(privacy_cost=0)
    assert explorer.key_numbers["Best number of answers"] == "as many as possible"
    assert "there is no largest amount" in explorer.alt
    assert np.isnan(marks(explorer)["best"][0]).any()


def test_presets_of_the_bank_compare_who_listens():
    """The same client and the same risk: what differs is how well an answer is understood, and how much is asked."""
    explorer = widgets.tailoring("bank")
    junior, best = explorer.headline, float(explorer.key_numbers["Left at best"])
    assert junior.startswith("The customer tells too much: 6.0 answers leave −0.05.")
    explorer.set(scenario="telling_senior")
    assert explorer.headline == "The customer tells about the right amount: 2.5 answers leave 0.38."
    assert float(explorer.key_numbers["Left at best"]) > best
    assert explorer.moved == {}


MOVED = widgets.tailoring()


@given(data=st.data())
def test_headline_fits_and_labels_stay_apart(data):
    """A still picture has room for two lines; three curves are named where they end or leave."""
    sliders = [control for control in MOVED._topic.controls if isinstance(control, Slider)]
    MOVED.set(**{one.name: data.draw(st.floats(one.low, one.high), label=one.name) for one in sliders})
    assert len(textwrap.wrap(MOVED.headline, 66)) <= 2
    heights = np.sort(marks(MOVED)["names"][0][:, 1].astype(float))
    assert np.diff(heights).min() > 0.159
    assert heights[0] > -0.6
    assert heights[-1] < 1.5
