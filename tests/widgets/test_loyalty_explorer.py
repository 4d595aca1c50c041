"""The explorer of loyalty shows what the model says, and the survey as it is."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.widgets.loyalty_picture import CORNERS, GRID

SURVEY = Path(__file__).parents[2] / "cases/reference/data/ecsi_mobile_correlations.csv"


@pytest.fixture
def explorer():
    """Explore the captive customer."""
    return widgets.loyalty()


def marks_of(explorer):
    """Return the numbers and the strings of each mark."""
    state = explorer.state
    return {
        mark.name: (numbers, words)
        for mark, numbers, words in explorer._topic.figure.unpack(state["data"], state["texts"])
    }


def test_captive_customer_is_that_of_the_document(explorer):
    """docs/models/loyalty.md: 86 of 100 cases with lock-in 0.8 and 32 % of expectations met; it says -0.012."""
    explorer.set(met=0.3191, lock_in=0.8, emotional=0.034)
    assert explorer.key_numbers["Probability of buying again"] == "0.864"
    assert explorer.key_numbers["Kind of loyalty"] == "spurious loyalty"
    assert explorer.key_numbers["What this customer says"] == "warns, strength 0.01"


@pytest.mark.parametrize(
    ("scenario", "kind"), list(zip(("loyal", "latent", "captive", "gone"), models.QUADRANTS, strict=True))
)
def test_each_example_is_of_another_kind(explorer, scenario, kind):
    """Four customers, four quadrants."""
    explorer.set(scenario=scenario)
    assert explorer.key_numbers["Kind of loyalty"] == kind


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Captive: does not like the firm, yet buys again in 86 of 100 cases. Without lock-in: 32."),
        ({"met": 0.45, "lock_in": 0, "patronage_threshold": 0.4},
         "Does not like the firm, yet buys again in 45 of 100 cases. No lock-in is needed for that."),
        ({"met": 0.75, "lock_in": 0.2},
         "Loyal: likes the firm and buys again in 80 of 100 cases. Even without lock-in: 75."),
        ({"met": 0.6, "lock_in": 0.5, "barrier": 0.3},
         "Loyal: likes the firm and buys again in 56 of 100 cases. Without lock-in: 42."),
        ({"met": 0.75, "lock_in": 0.1, "barrier": 0.6},
         "Likes the firm, and buys again in 31 of 100 cases. Without the barrier: 78."),
        ({"met": 0.6, "lock_in": 0, "patronage_threshold": 0.7},
         "Likes the firm, and buys again in 60 of 100 cases. That does not count as often."),
        ({"met": 0.25, "lock_in": 0.1},
         "Not loyal: does not like the firm and buys again in 32 of 100 cases. "
         "Lock-in of 0.33 would make this customer look loyal."),
        ({"met": 0.25, "lock_in": 0.331},
         "Not loyal: does not like the firm and buys again in 50 of 100 cases. "
         "A little more lock-in would make this customer look loyal."),
        ({"met": 0.25, "barrier": 0.6},
         "Not loyal: does not like the firm and buys again in 34 of 100 cases. No lock-in would be enough."),
    ],
)  # fmt: skip
def test_headline_fits_every_kind_of_customer(explorer, values, told):
    """The finding is true for each setting, with numbers that a reader can check by hand."""
    explorer.set(**values)
    assert explorer.headline == told


def test_points_stand_on_the_curves_and_lock_in_is_the_distance_between_them(explorer):
    """(1 - b) [s + (1 - s) m] beside (1 - b) m."""
    explorer.set(met=0.4, lock_in=0.5, barrier=0.2)
    marks = marks_of(explorer)
    np.testing.assert_allclose(marks["customer"][0][0, :2], [0.4, 0.8 * (0.5 + 0.5 * 0.4)], atol=1e-6)
    np.testing.assert_allclose(marks["effect"][0][0, :4], [0.4, 0.32, 0.4, 0.56], atol=1e-6)
    np.testing.assert_allclose(marks["curve"][0][:, 1], 0.8 * (0.5 + 0.5 * GRID), atol=1e-6)
    np.testing.assert_allclose(marks["free"][0][:, 1], 0.8 * GRID, atol=1e-6)


def test_lock_in_that_is_needed_is_where_the_kind_changes(explorer):
    """Eq. (16): a little less and the customer is not loyal, a little more and it looks loyal."""
    explorer.set(met=0.25, lock_in=0.32)
    needed = float(explorer.key_numbers["Lock-in from which buying again is often"])
    for lock_in, kind in ((needed - 0.01, "no loyalty"), (needed, "spurious loyalty")):
        explorer.set(lock_in=lock_in)
        assert explorer.key_numbers["Kind of loyalty"] == kind


@pytest.mark.parametrize(
    ("met", "emotional", "told"),
    [
        (0.9, 0.5, "recommends, strength 0.40"),
        (0.1, 0.5, "warns, strength 0.40"),
        (0.1, 0, "nothing"),
        (0.5, 1, "nothing"),
    ],
)
def test_only_who_cares_speaks(explorer, met, emotional, told):
    """What is said is involvement times attitude; it does not depend on lock-in."""
    for lock_in in (0.0, 0.9):
        explorer.set(met=met, emotional=emotional, lock_in=lock_in)
        assert explorer.key_numbers["What this customer says"] == told


def test_bars_are_the_correlations_of_the_table(explorer):
    """Real answers, read here without the explorer's way of reading them."""
    with SURVEY.open(encoding="utf-8") as file:
        table = {row["variable"]: row for row in csv.DictReader(file)}
    real = [float(table["cusa2"][item]) for item in ("cusl3", "cusl1", "cusl2")]
    bars, _ = marks_of(explorer)["bars"]
    np.testing.assert_allclose(bars[:, 2], real, atol=1e-6)
    explorer.set(met=1)
    np.testing.assert_allclose(marks_of(explorer)["bars"][0][:, 2], real, atol=1e-6)  # data do not follow the hand
    title = next(panel.title for panel in explorer._topic.figure.panels if panel.name == "survey")
    assert title == "Real survey (derived)"


@pytest.mark.parametrize("scenario", ["captive", "loyal", "latent", "gone"])
def test_the_present_kind_is_the_shaded_and_bold_one(explorer, scenario):
    """Colour is never alone: shade, bold name and text say the same."""
    explorer.set(scenario=scenario)
    marks = marks_of(explorer)
    corners, names = marks["corners"]
    bold = [name for name, look in zip(names, corners[:, 2], strict=True) if look % 3]
    assert bold == [explorer.key_numbers["Kind of loyalty"]]
    shade = marks["captive" if scenario == "captive" else "here"][0]
    assert np.isnan(marks["here" if scenario == "captive" else "captive"][0]).all()
    x, y = marks["customer"][0][0, :2]
    assert shade[:, 0].min() <= x <= shade[:, 0].max()
    assert shade[:, 1].min() <= y <= shade[:, 1].max()
    assert names == list(CORNERS)


@pytest.mark.parametrize("lock_in", [0.0, 0.02, 0.5, 1.0])
@pytest.mark.parametrize("barrier", [0.0, 0.5, 1.0])
def test_names_of_the_curves_do_not_overlap(explorer, lock_in, barrier):
    """A line of 11 points needs about 0.07 of an axis of 204 points."""
    explorer.set(lock_in=lock_in, barrier=barrier)
    heights = marks_of(explorer)["curves"][0][:, 1]
    assert heights[0] - heights[1] >= 0.084
    voices = marks_of(explorer)["voices"][0][:2, 1]
    assert voices[1] - voices[0] >= 0.3


def test_the_point_is_moved_by_hand(explorer):
    """Pointer and arrow keys change what is met, not what follows from it."""
    mark = next(mark for mark in explorer._topic.figure.marks if mark.handles)
    assert (mark.name, mark.handles[0].x, mark.handles[0].y) == ("customer", "met", "")


def test_presets_of_cases_say_what_their_labels_say():
    """The fan likes the brand and buys seldom; whoever is disappointed stays; the client of the bank is captive."""
    burberry = widgets.loyalty("burberry")
    assert burberry.headline == "Likes the firm, and buys again in 16 of 100 cases. Without the barrier: 82."
    burberry.set(scenario="customer_disappointed")
    assert burberry.key_numbers["Kind of loyalty"] == "spurious loyalty"
    bank = widgets.loyalty("bank")
    assert bank.headline == "Captive: does not like the firm, yet buys again in 84 of 100 cases. Without lock-in: 35."


def test_first_row_of_the_table_is_this_customer(explorer):
    """The rows below are the same customer with other expectations met."""
    assert explorer.table[1] == ["0.320", "-0.36", "0.864", "0.320", "-0.22", "spurious loyalty"]
    assert explorer.table[2][0] == "0.000"
    assert explorer.table[-1][0] == "1.000"
    assert len(explorer.table) == 13
