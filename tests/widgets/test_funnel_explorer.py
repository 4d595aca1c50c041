"""The explorer of the funnel shows what the model says, and the rates of the case are those of its table."""

import re
import textwrap
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models, widgets
from cocreate_teach.cases import load_case
from cocreate_teach.widgets.controls import Slider
from cocreate_teach.widgets.funnel_picture import CREATIVE, IDEAS, MOST

EXAMPLE = models.FUNNEL_EXAMPLE


@pytest.fixture
def explorer():
    """Explore the campaign of the document."""
    return widgets.funnel()


def marks(explorer):
    """Return the marks of the picture now, by name."""
    state = explorer.state
    return {
        mark.name: (numbers, words)
        for mark, numbers, words in explorer._topic.figure.unpack(state["data"], state["texts"])
    }


def test_first_picture_is_the_example_of_the_document(explorer):
    """docs/models/funnel.md: 300 of 100,000, weakest at the first step, and 2.5 times as many by the loop."""
    assert explorer.key_numbers == {
        "Come through to 'made'": "300 of 100,000",
        "Weakest step": "to 'react', 10.0%",
        "One point more there adds at the end": "30",
        "Loop gain: new people per person": "0.600: settles at 250,000",
        "To grow by itself, each must bring": "334",
        "Best idea: of all, of the creative": "8.2 of 2,000, 7.2 of 20",
    }
    found = explorer._topic.parameters(explorer.values)
    for field in ("exposed", "conversion", "platform", "virality"):
        np.testing.assert_allclose(getattr(found, field), getattr(EXAMPLE, field))


def test_bars_and_rates_are_the_model_s(explorer):
    """The widget computes nothing itself: counts, shares and what a point more adds."""
    found = marks(explorer)
    np.testing.assert_allclose(found["stages"][0][:, 2], models.funnel_expected(EXAMPLE), rtol=1e-6)
    assert found["counts"][1] == ["see it 100,000", "react 10,000", "suggest 2,000", "accepted 600", "made 300"]
    assert found["rates"][1] == [
        "weakest 10.0% (+30)",
        "20.0% (+15)",
        "30.0% (+10)",
        "50.0% (+6)",
    ]
    assert found["stages"][0][:, 4].tolist() == [0, 1, 0, 0, 0]


def test_rounds_of_the_loop_add_up_to_its_path(explorer):
    """New people round by round are powers of the loop gain; together they approach 1 / (1 - R)."""
    rounds = marks(explorer)["rounds"][0][:, 3]
    np.testing.assert_allclose(rounds, 0.6 ** np.arange(7), rtol=1e-5)
    np.testing.assert_allclose(100_000 * np.cumsum(rounds), models.loop_path(EXAMPLE, 6), rtol=1e-5)


def test_a_loop_that_is_stronger_than_the_panel_is_cut_and_says_so(explorer):
    """The number stands above the first cut bar, an arrow above the next ones."""
    explorer.set(virality=500)
    found = marks(explorer)
    assert found["rounds"][0][:, 3].tolist()[2:] == [2.0] * 5
    assert found["new"][1] == ["100", "150", "225", "↑", "↑", "↑", "↑"]
    assert found["loop"][1] == ["each round 1.50 times", "in all: no end"]
    assert explorer.headline.endswith("The loop grows by itself.")


@pytest.mark.parametrize("bring", [333, 334])
def test_what_each_must_bring_is_where_the_loop_begins_to_grow(explorer, bring):
    """The key number says 334, rounded up from 333.3: with one less the loop ends."""
    explorer.set(virality=bring)
    assert explorer.headline.endswith("The loop grows by itself.") is (bring > 333)
    assert bool(models.is_viral(replace(EXAMPLE, virality=bring))) is (bring > 333)


def test_a_silent_department_shows_what_it_costs(explorer):
    """docs/models/funnel.md: 0.9, 0.9 and 0.1 let 43.3% through; with all at work nothing is lost there."""
    explorer.set(scenario="silent")
    assert marks(explorer)["rates"][1][-1] == "43.3% (+6)"
    assert explorer.headline.endswith("With all departments: 600.")
    assert "If all departments did their part, 600 would come through." in explorer.alt
    explorer.set(service=0)
    assert explorer.headline.startswith("Nobody of 100,000 comes through: the step to 'made' lets nobody pass.")
    assert explorer.key_numbers["To grow by itself, each must bring"] == "nobody comes through"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "The loop turns 100,000 into 250,000."),
        ({"virality": 0}, "There is no loop."),
        ({"virality": 0.001}, "The loop adds almost nobody."),
        ({"engaged": 0.2}, "600 of 100,000 come through. Weakest step: to 'react' and 'suggest' (20.0%). "
                           "The loop grows by itself."),
        ({"engaged": 0.5, "suggested": 0.5, "accepted": 0.5, "virality": 0}, "All steps are alike (50.0%). "
                                                                             "There is no loop."),
        ({"engaged": 0, "accepted": 0}, "the step to 'react' and 'accepted' lets nobody pass. No loop can start."),
    ],
)  # fmt: skip
def test_headline_says_what_is_remarkable(explorer, values, said):
    """Every sentence that the headline can say is reached by some setting."""
    explorer.set(**values)
    assert explorer.headline.endswith(said)


def test_best_of_four_creative_equals_best_of_thirty_six(explorer):
    """docs/models/funnel.md: ideas twice as good on average; the points lie on the curves."""
    explorer.set(scenario="creative")
    assert explorer.key_numbers["Best idea: of all, of the creative"] == "4.2 of 36, 4.2 of 4"
    found = marks(explorer)
    np.testing.assert_allclose(found["everybody"][0][:, 1], models.best_of_exponential(IDEAS), rtol=1e-6)
    np.testing.assert_allclose(found["creative"][0][:, 1], models.best_of_exponential(CREATIVE, 0.5), rtol=1e-6)
    assert found["best of all"][0][0, :2] == pytest.approx([36, 4.17], abs=0.01)
    assert found["best of creative"][0][0, :2] == pytest.approx([4, 4.17], abs=0.01)


def test_nobody_suggests_and_there_is_no_best_idea(explorer):
    """Zero ideas have no place on a logarithmic axis."""
    explorer.set(suggested=0)
    found = marks(explorer)
    assert np.isnan(found["best of all"][0]).any()
    assert found["best"][1][0] == "nobody suggests"
    assert "Nobody suggests anything; the best of 20" in explorer.alt


ROWS = {
    "funnel_year": (range(1, 13), None, None),
    "funnel_marketing": (range(1, 13), "marketing", None),
    "funnel_sales": (range(1, 13), "sales", None),
    "funnel_service": (range(1, 13), "service", None),
    "funnel_desk": (range(13, 25), None, "yes"),
    "funnel_no_desk": (range(13, 25), None, "no"),
}


@pytest.mark.parametrize("name", ROWS)
def test_presets_of_the_case_are_computed_from_its_tables(name):
    """No rate of a preset is typed from somewhere else: each is a ratio of sums of the synthetic panel."""
    months, department, desk = ROWS[name]
    case = load_case("burberry")
    parts, shops = case.table("interactions"), case.table("shops")
    parts, shops = (table[table.month.isin(months)] for table in (parts, shops))
    if desk:
        parts, shops = (table[table.joint_desk == desk] for table in (parts, shops))
    if department:
        parts = parts[parts.department == department]
    follow = shops.followers.sum()
    like, suggest, answered, used = parts[["likes", "suggestions", "answered", "used"]].sum()
    values = case.presets[name].values
    assert values["exposed"] == round(follow / len(months))
    rates = [values[stage] for stage in ("engaged", "suggested", "accepted", "platform")]
    np.testing.assert_allclose(rates, [like / follow, suggest / like, answered / suggest, used / answered], atol=6e-7)
    explorer = widgets.funnel("burberry", preset=name)
    assert explorer.values == pytest.approx(
        {**explorer.values, "scenario": name, **{key: values[key] for key in ("exposed", "engaged", "platform")}}
    )
    used_a_month = float(explorer._topic.scene(explorer.values).numbers["stages"][4][2])
    assert used_a_month == pytest.approx(used / len(months), rel=1e-3)


def test_all_funnel_presets_of_the_case_are_tried():
    """A preset without a test would be a number from nowhere."""
    assert [name for name, one in load_case("burberry").presets.items() if one.model == "funnel"] == list(ROWS)


def test_synthetic_numbers_are_hollow_and_say_so(explorer):
    """What is synthetic is marked in the picture and in its text; the built-in example is not."""
    assert np.isnan(marks(explorer)["origin"][0]).any()
    assert "synthetic" not in explorer.alt
    case = widgets.funnel("burberry")
    found = marks(case)
    assert not np.isnan(found["origin"][0]).any()
    assert found["stages"][0][:, 4].tolist() == [2, 3, 2, 2, 2]
    labels = [control.label for control in case._topic.controls]
    assert labels[1:5] == [
        "like, of those who follow",
        "suggest, of those who like",
        "answered, of all who suggest",
        "used, of what is answered",
    ]
    assert (found["rounds"][0][:, 4] == 1).all()
    assert found["counts"][1][0] == "follow 1,049,443"
    assert "synthetic: invented by a script" in case.alt


def test_marketing_is_liked_and_service_answers():
    """Exhibit 5 of the case: the weakest step of marketing is to a suggestion; service answers most of its own."""
    marketing = widgets.funnel("burberry", preset="funnel_marketing")
    assert marketing.key_numbers["Weakest step"] == "to 'suggest', 0.86%"
    answered = {}
    for name in ("marketing", "sales", "service"):
        explorer = widgets.funnel("burberry", preset=f"funnel_{name}")
        row = next(row for row in explorer.table if row[0] == "stage 'answered'")
        answered[name] = row[2], row[3]
    assert answered == {"marketing": ("20.4%", "95"), "sales": ("34.6%", "228"), "service": ("70.7%", "65")}


MOVED = widgets.funnel()


@given(data=st.data())
def test_headline_fits_and_texts_of_a_row_stay_apart(data):
    """A still picture has room for two lines, and a row of the funnel for its name and its rate."""
    sliders = [control for control in MOVED._topic.controls if isinstance(control, Slider)]
    MOVED.set(**{one.name: data.draw(st.floats(one.low, one.high), label=one.name) for one in sliders})
    assert len(textwrap.wrap(MOVED.headline, 66)) <= 3
    found = marks(MOVED)
    for count, rate in zip(found["counts"][1][1:], found["rates"][1], strict=True):
        assert 6.4 * len(count) + 6.4 * len(rate) < 290, (count, rate)
    wide = found["stages"][0][:, 2]
    assert np.nanmax(wide) <= MOST
    assert (np.diff(wide[~np.isnan(wide)]) <= 1e-3 * MOST).all()
    assert all(re.match(r"^(\d+|>999|↑)$", word) for word in found["new"][1])
