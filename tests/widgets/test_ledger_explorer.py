"""The explorer of the ledger shows what the model says about who puts in what, who gets what, and at which price."""

import re
import textwrap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models, widgets
from cocreate_teach.cases import load_case
from cocreate_teach.models.pledges import PRODUCER_RESOURCES
from cocreate_teach.widgets.controls import Slider

SHOP = models.SphereParameters(investment=[0.6, 0.4], disclosure=0.2)


@pytest.fixture
def explorer():
    """Explore the shop of the document."""
    return widgets.ledger(preset="shop")


def marks(explorer):
    """Return the marks of the picture now, by name."""
    state = explorer.state
    return {
        mark.name: (numbers, words)
        for mark, numbers, words in explorer._topic.figure.unpack(state["data"], state["texts"])
    }


def test_shop_is_the_example_of_the_document(explorer):
    """docs/models/value.md: prices from 0.344 to 1.010; at the middle both gain the same."""
    numbers = explorer.key_numbers
    assert numbers["Firm needs a price of at least"] == "0.344"
    assert numbers["Customer pays at most"] == "1.010"
    explorer.set(price=float(models.agreed_price(SHOP)))
    assert explorer.key_numbers["Customer gains, against being alone"] == "0.333"
    assert explorer.key_numbers["Firm gains, against being alone"] == "0.333"


@pytest.mark.parametrize("power", [0.0, 0.3, 0.5, 1.0])
def test_ledger_at_the_agreed_price_is_the_model_s(explorer, power):
    """The lines in the table, and what is left, are those of `models.ledger` at this bargaining power."""
    alone = models.individual_use(SHOP)
    price = float(models.agreed_price(SHOP, alone, power))
    price = float(np.clip(price, *models.acceptable_prices(SHOP, alone)))  # rounding at both ends
    explorer.set(price=price)
    lines = models.ledger(SHOP, alone, power)
    shown = [tuple(row) for row in explorer.table[1:-2]]
    assert [row[2] for row in shown] == [line.what for line in lines]
    for row, line in zip(shown, lines, strict=True):
        if line.amount is None:
            assert row[3] == "named, not measured"
        elif "without a deal" not in line.what:
            assert float(row[3]) == pytest.approx(float(line.amount), abs=0.0006), line.what
    left = [float(row[3]) for row in explorer.table[-2:]]
    assert left == pytest.approx(models.ledger_balance(lines).tolist(), abs=0.0051)
    assert left == pytest.approx(models.nash_split(models.sphere_surplus(SHOP), alone, power).tolist(), abs=0.0051)


def test_without_a_deal_the_table_says_what_each_has_alone(explorer):
    """The two lines that the ledger names last are the best that each side can do by itself."""
    alone = [row[3] for row in explorer.table if row[2].startswith("without a deal")]
    assert alone == [f"{value:.3f}" for value in models.individual_use(SHOP)]


def test_bars_are_the_ledger(explorer):
    """Each bar with its number; what is left beside what each has alone."""
    found = marks(explorer)
    np.testing.assert_allclose(found["puts in"][0][:, 2], [0.3, 0.06, 0.68, 0.24], atol=1e-6)
    np.testing.assert_allclose(found["gets"][0][:, 2], [1.4945, 0.68], atol=1e-4)
    np.testing.assert_allclose(found["left"][0][:, 2], [0.4545, 0.44], atol=1e-4)
    np.testing.assert_allclose(found["alone"][0][:, 0], models.individual_use(SHOP), atol=1e-6)
    assert found["in"][1][0] == "time, information, ideas 0.30"
    assert found["puts in"][0][:, 4].tolist() == [0, 0, 0, 1]
    explorer.set(scenario="fan", joint_strength=3, direct_interaction=1)
    found = marks(explorer)
    assert found["gets"][0][0, 2] == pytest.approx(1.6)  # cut at the end of the axis; the number is whole
    assert found["out"][1][0] == "value in use 2.74"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "At a price of 0.68 the customer is better off by 0.33, the firm by 0.34. "
             "Prices from 0.344 to 1.010 work."),
        ({"price": 0.3}, "The firm refuses a price of 0.3: it needs at least 0.344. Prices from 0.344 to 1.010 work."),
        ({"price": 1.2}, "The customer refuses a price of 1.2: it pays at most 1.010. "
                         "Prices from 0.344 to 1.010 work."),
        ({"scenario": "app"}, "The firm refuses a price of 0. No price works: the firm needs 0.284, "
                              "the customer pays 0.241 at most."),
        ({"scenario": "app", "price": 0.26}, "Both refuse a price of 0.26. No price works: the firm needs 0.284, "
                                             "the customer pays 0.241 at most."),
        ({"disclosure": 1, "privacy_cost": 2}, "The customer refuses a price of 0.68. No price works: "
                                               "the firm needs 0.344, the customer would have to be paid 0.930."),
    ],
)  # fmt: skip
def test_headline_says_who_gains_or_who_refuses(explorer, values, said):
    """Every sentence that the headline can say is reached by some setting."""
    explorer.set(**values)
    assert explorer.headline == said


@pytest.mark.parametrize(("price", "off"), [(0.344, True), (0.345, False), (1.009, False), (1.01, True)])
def test_limits_are_where_a_side_begins_to_refuse(explorer, price, off):
    """The two markers on the price line keep what they promise (the limits are 0.3442 and 1.0095)."""
    explorer.set(price=price)
    assert ("refuses" in explorer.headline) is off
    found = marks(explorer)
    assert (found["gets"][0][:, 4] >= 2).all() == off
    assert sorted(found["limits"][0][:, 0].tolist()) == pytest.approx([0.3442, 1.0095], abs=1e-4)
    assert found["price"][0][0, 0] == pytest.approx(price)


def test_refusal_is_hollow_and_marks_who_is_worse_off(explorer):
    """Colour never alone: bars of a deal that nobody makes are dashed outlines, and the words say it."""
    explorer.set(price=0.3)
    found = marks(explorer)
    assert found["puts in"][0][:, 4].tolist() == [2, 2, 2, 3]
    assert found["sums"][0][:, 2].tolist() == [0, 1]
    assert explorer.alt.endswith("At this price the firm would be better off alone: there is no deal.")
    assert explorer.key_numbers["Firm gains, against being alone"] == "would be −0.04: no deal"
    explorer.set(scenario="app", price=0.26)
    assert marks(explorer)["sums"][0][:, 2].tolist() == [1, 1]
    assert "the customer and the firm would be better off alone" in explorer.alt


def test_a_loss_is_written_as_on_the_axes_and_in_the_table_as_a_spreadsheet_reads_it():
    """The first picture shows a firm that loses."""
    explorer = widgets.ledger()
    said = [explorer.headline, explorer.alt, *explorer.key_numbers.values(), *explorer.state["texts"]]
    assert not [text for text in said if re.search(r"-[0-9]", text)]
    assert "is left −0.18, alone 0.10" in explorer.state["texts"]
    assert explorer.table[-1][-1] == "-0.18"


def test_what_is_not_measured_stands_inside_its_frame_and_clear_of_other_lines(explorer):
    """A line of 10.5 points is about 11 points high."""
    found = marks(explorer)
    for layout in explorer._topic.figure.layouts:
        panel = next(panel for panel in explorer._topic.figure.panels if panel.name == "out")
        point = layout.boxes["out"][3] / (panel.ylim[0] - panel.ylim[1])
        (_, top, _, bottom, _), lines = found["frame"][0][0], found["unmeasured"][0][:, 1]
        steps = np.diff([top, *lines, bottom]) * point
        assert (steps[1:-1] >= 11).all()
        assert (steps[[0, -1]] >= 8).all()
        assert (found["sums"][0][1, 1] - bottom) * point >= 8
        assert (top - found["gets"][0][1, 3]) * point >= 3


def test_who_would_have_to_be_paid_stands_at_zero(explorer):
    """A limit below zero is beyond the axis: its marker stays at the edge, its words say the number."""
    explorer.set(disclosure=1, privacy_cost=2)
    found = marks(explorer)
    assert found["limits"][0][0, 0] == 0
    assert found["prices"][1][2] == "customer: must be paid 0.930"
    assert explorer.key_numbers["Customer pays at most"] == "nothing: must be paid 0.930"
    assert found["range"][0][0, 5] == 1


def test_telling_less_makes_the_free_app_acceptable():
    """The puzzle of the first picture has an answer: what is told, and then a price."""
    explorer = widgets.ledger()
    assert "No price works" in explorer.headline
    explorer.set(disclosure=0.4)
    assert explorer.headline.startswith("The firm refuses a price of 0")
    explorer.set(price=0.3)
    assert explorer.headline.startswith("At a price of 0.30 the customer is better off by 0.06, the firm by 0.02.")


@pytest.mark.parametrize(
    ("case", "name", "pair"),
    [
        ("bank", "ledger_client", models.BANK_DYAD),
        ("burberry", "ledger_fan", models.BURBERRY_DYAD),
    ],
)
def test_preset_of_a_case_is_the_pair_that_its_source_names(case, name, pair):
    """What the customer gives of each resource, data risk on a line of its own; the built-in example is the same."""
    preset = load_case(case).presets[name]
    customer = models.investment_volume([preset.values["customer"]] * 3 + [preset.values["disclosure"]])
    assert [float(customer), preset.values["firm"]] == pytest.approx(pair.investment.tolist(), abs=0.0003)
    explorer = widgets.ledger(case, preset=name)
    assert explorer.headline.startswith("At a price of ")
    built_in = widgets.ledger(preset={"bank": "client", "burberry": "fan"}[case])
    assert explorer.key_numbers == built_in.key_numbers


def test_both_words_of_the_lesson_are_the_model_s(explorer):
    """Proportionality and credibility as in M1."""
    explorer.set(customer=0.5, firm=0.25)
    assert explorer.key_numbers["Credibility: what both put in, of 2"] == "0.75"
    assert explorer.key_numbers["Proportionality: smaller to larger"] == "0.50"
    assert set(PRODUCER_RESOURCES) >= {"people", "networks", "communication"}


MOVED = widgets.ledger()


@given(data=st.data())
def test_headline_fits_and_bars_stay_on_the_axes(data):
    """A still picture has room for two lines; what is longer than the axis is cut."""
    sliders = [control for control in MOVED._topic.controls if isinstance(control, Slider)]
    MOVED.set(**{one.name: data.draw(st.floats(one.low, one.high), label=one.name) for one in sliders})
    assert len(textwrap.wrap(MOVED.headline, 66)) <= 2
    found = marks(MOVED)
    for name in ("puts in", "gets", "left"):
        ends = found[name][0][:, 2]
        assert ((ends >= 0) & (ends <= 1.6 + 1e-6) | np.isnan(ends)).all()
    places = np.concatenate([found["limits"][0][:, 0], found["price"][0][:, 0]])
    assert ((places >= 0) & (places <= 1.6 + 1e-6)).all()
