"""The explorer of the value spheres shows what the model says about value created and captured."""

import textwrap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models, widgets
from cocreate_teach.widgets.controls import Slider


@pytest.fixture
def explorer():
    """Explore the shop of the document."""
    return widgets.value(preset="shop")


def marks(explorer):
    """Return the marks of the picture now, by name."""
    state = explorer.state
    return {
        mark.name: (numbers, words)
        for mark, numbers, words in explorer._topic.figure.unpack(state["data"], state["texts"])
    }


def test_shop_is_the_example_of_the_document(explorer):
    """docs/models/value.md, M2-V: spheres, surplus, split and price of one shop and one customer."""
    table = {row[0]: row[1] for row in explorer.table[1:]}
    assert [table[what] for what in ("value of the firm's sphere, potential", "value that arises together")] == [
        "0.316",
        "0.791",
    ]
    assert table["value with the customer alone"] == "0.387"
    assert [table[f"without a deal: {side}"] for side in ("customer", "firm")] == ["0.125", "0.104"]
    assert explorer.key_numbers == {
        "Share of value that arises together": "52.9%",
        "Left after costs, for both": "0.89",
        "Customer captures": "0.458",
        "Firm captures": "0.437",
        "Agreed price": "0.677",
        "Best for both: customer puts in": "1.000",
    }


def test_best_request_of_the_firm_is_not_everything():
    """The question from class: 0.713, where the firm captures 0.242; there the condition of the optimum holds."""
    explorer = widgets.value(preset="question")
    assert explorer.key_numbers["Best for both: customer puts in"] == "0.713"
    assert explorer.headline.endswith("Best for both and for the firm: the customer puts in 0.71, not 1.00.")
    best = 0.713
    gain = 0.3 * 2 * 0.4 * best**-0.6 * 0.4**0.4 + 0.5 * 0.5 * best**-0.5
    assert gain == pytest.approx(0.5, abs=2e-4)  # the customer's cost of one more unit
    explorer.set(customer=best)
    assert explorer.key_numbers["Firm captures"] == "0.242"
    assert "about as now" in explorer.headline


def test_firm_captures_most_where_both_do(explorer):
    """The claim "and for the firm" of the headline, on the curve that is drawn."""
    explorer.set(scenario="busy")
    found = marks(explorer)
    both, firm = found["curve 0"][0], found["curve 2"][0]
    assert both[np.argmax(both[:, 1]), 0] == firm[np.argmax(firm[:, 1]), 0] == pytest.approx(0.32, abs=0.011)


def test_curves_and_points_are_the_model_s(explorer):
    """The widget computes nothing itself; the three points lie on the three curves."""
    found = marks(explorer)
    give = found["curve 0"][0][:, 0].astype(float)
    every = models.SphereParameters(investment=models.consumer_producer(give, 0.4), disclosure=0.2)
    surplus = models.sphere_surplus(every)
    captured = models.nash_split(surplus, models.individual_use(every))
    for place, expected in enumerate((surplus, captured[:, 0], captured[:, 1])):
        np.testing.assert_allclose(found[f"curve {place}"][0][:, 1], expected, atol=1e-6)
    at = np.argmin(np.abs(give - 0.6))
    assert found["surplus now"][0][0, :2] == pytest.approx([0.6, surplus[at]], abs=1e-6)
    np.testing.assert_allclose(found["captured now"][0][:, 1], captured[at], atol=1e-6)


def test_bars_are_values_and_what_each_captures(explorer):
    """Value created on top, value captured below, each bar with its number."""
    bars, sums = marks(explorer)["bars"][0], marks(explorer)["sums"][1]
    np.testing.assert_allclose(bars[:, 2], [0.3162, 0.7911, 0.3873, 0.4577, 0.4369], atol=1e-4)
    assert sums == ["0.32", "0.79", "0.39", "0.46", "0.44", "0.68 between 0.34 and 1.01"]


def test_what_is_not_used_is_an_outline(explorer):
    """Potential value that nobody uses is not value: a hollow, dashed box around the used part."""
    assert np.isnan(marks(explorer)["potential"][0]).any()
    explorer.set(usage=0.5)
    found = marks(explorer)
    assert found["potential"][0][0, 2] == pytest.approx(2 * found["bars"][0][0, 2])
    assert found["sums"][1][0] == "0.16 of 0.32 used"
    assert "of which 0.16 is used" in explorer.alt


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "53% of the value arises together. Best for both and for the firm: the customer puts in all it can."),
        ({"bargaining_power": 1}, "Best for both: the customer puts in all it can."),
        ({"scenario": "busy"}, "Best for both and for the firm: the customer puts in 0.32, not 0.90."),
        (
            {"scenario": "self_service"},
            "this is exchange, not co-creation. Alone the customer has 0.41, the firm 0.10.",
        ),
        (
            {"direct_interaction": 0.001},
            "nothing is created together. Alone the customer has 0.12, the firm 0.10.",
        ),
        (
            {"scenario": "unused"},
            "22% of the value would arise together: after costs −0.12 is left, alone they have 0.13.",
        ),
    ],
)
def test_headline_says_what_is_remarkable(explorer, values, said):
    """Every sentence that the headline can say is reached by some setting."""
    explorer.set(**values)
    assert explorer.headline.endswith(said)


def test_without_a_deal_there_is_no_price(explorer):
    """NaN of the model is a word, and the price leaves the picture."""
    explorer.set(scenario="unused")
    assert explorer.key_numbers["Agreed price"] == "no deal"
    found = marks(explorer)
    assert np.isnan(found["price"][0]).any()
    assert found["sums"][1][-1] == "no deal"
    assert "There is no deal; alone the customer has 0.12, the firm 0.00." in explorer.alt


def test_bargaining_power_moves_the_price_and_not_the_best(explorer):
    """How much is created does not depend on who is stronger."""
    explorer.set(scenario="question", bargaining_power=0.1)
    weak = explorer.key_numbers
    explorer.set(bargaining_power=0.9)
    strong = explorer.key_numbers
    assert float(weak["Agreed price"]) > float(strong["Agreed price"])
    for same in ("Best for both: customer puts in", "Left after costs, for both"):
        assert weak[same] == strong[same]


def test_presets_of_the_fashion_case_differ_by_the_desk_alone():
    """Departments that work together carry more of what a fan and the brand create."""
    explorer = widgets.value("burberry")
    apart, values = explorer.key_numbers, dict(explorer.values)
    explorer.set(scenario="value_desk")
    desk = explorer.key_numbers
    assert {name for name in values if values[name] != explorer.values[name]} == {"scenario", "structural_support"}
    assert [values["customer"], values["firm"]] == pytest.approx([0.5, 0.7])
    for what in ("Left after costs, for both", "Customer captures", "Firm captures"):
        assert float(desk[what]) > 2 * float(apart[what])


MOVED = widgets.value()


@given(data=st.data())
def test_headline_fits_and_labels_stay_apart(data):
    """A still picture has room for two lines; three names stand at the ends of the curves."""
    sliders = [control for control in MOVED._topic.controls if isinstance(control, Slider)]
    MOVED.set(**{one.name: data.draw(st.floats(one.low, one.high), label=one.name) for one in sliders})
    assert len(textwrap.wrap(MOVED.headline, 66)) <= 2
    heights = np.sort(marks(MOVED)["names"][0][:, 1].astype(float))
    assert np.diff(heights).min() > 0.129
    assert heights[0] > -0.25
    assert heights[-1] < 1.5
