"""The explorer of stakeholders shows the power-interest map and the engagement model as they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models, widgets
from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets.scenarios import Example
from cocreate_teach.widgets.stakeholders_explorer import EXAMPLES, StakeholdersTopic
from cocreate_teach.widgets.stakeholders_picture import Circle, stakeholders_figure, stakeholders_marks

CASES = ("amul", "bank", "burberry", "healthcare_it", "wikipedia")


@pytest.fixture
def explorer():
    """Explore the model's own example."""
    return widgets.stakeholders()


def marks(explorer):
    """Return the numbers of each mark."""
    state = explorer.state
    return {mark.name: numbers for mark, numbers, _ in explorer._topic.figure.unpack(state["data"], state["texts"])}


def test_points_bars_and_cells_are_those_of_the_models(explorer):
    """The widget computes nothing itself: e* = I (1 - Z + Z P), cells as `power_interest_cell` names them."""
    firm = models.ENGAGEMENT_EXAMPLE
    found = marks(explorer)
    np.testing.assert_allclose(found["people"][:, 0], firm.interest, atol=1e-6)
    np.testing.assert_allclose(found["people"][:, 1], firm.power, atol=1e-6)
    np.testing.assert_allclose(found["left"][:, 2], firm.interest * (0.2 + 0.8 * firm.power), atol=1e-6)
    np.testing.assert_allclose(found["full"][:, 2], firm.interest, atol=1e-6)
    assert [row[2] for row in explorer.table[1:]] == list(models.power_interest_cell(firm.power, firm.interest))


def test_first_picture_says_who_is_only_kept_informed(explorer):
    """0.8 x (0.2 + 0.8 x 0.3) = 0.352: the map informs the employee, the firm does not hear her."""
    assert explorer.headline == (
        "Employee keeps 0.35 of 0.80 engagement, and nobody loses more. The map says: keep informed."
    )
    assert explorer.key_numbers["Manage closely"] == "management and supplier"


@pytest.mark.parametrize(
    ("centralisation", "numbers"),
    [(0.0, ("0.75", "0.60", "0.45")), (0.5, ("0.59", "0.46", "0.27")), (1.0, ("0.43", "0.31", "0.13"))],
)
def test_key_numbers_are_those_of_the_document(explorer, centralisation, numbers):
    """docs/models/engagement.md: co-creation inside, possible and real outside, at three degrees of centralisation."""
    explorer.set(centralisation=centralisation)
    shown = [float(text) for text in list(explorer.key_numbers.values())[3:]]
    np.testing.assert_allclose(shown, [float(number) for number in numbers], atol=0.011)


def test_without_centralisation_nobody_loses(explorer):
    """The headline also holds where nothing happens."""
    explorer.set(centralisation=0)
    assert explorer.headline == (
        "At centralisation 0.00, nobody loses engagement: everybody who is interested is heard."
    )
    assert explorer.key_numbers["Loses most engagement"] == "nobody"


def test_a_little_higher_border_turns_the_supplier_into_one_to_monitor(explorer):
    """docs/models/engagement.md: a map with sharp borders decides by rounding."""
    explorer.set(border=0.51)
    assert "Monitor: supplier." in explorer.alt
    assert explorer.key_numbers["Manage closely"] == "management"
    assert explorer.table[0][2] == "map, border 0.51"


def test_each_hand_moves_its_own_stakeholder(explorer):
    """A handle that moved somebody else would be found late, by a student in front of the class."""
    hands = next(mark for mark in explorer._topic.figure.marks if mark.name == "people").handles
    assert [hand.label for hand in hands] == list(explorer._topic.stakeholders)
    for place, hand in enumerate(hands):
        explorer.reset()
        before = marks(explorer)["people"].copy()
        explorer.set(**{hand.x: 0.11, hand.y: 0.22})
        after = marks(explorer)["people"]
        np.testing.assert_allclose(after[place, :2], [0.11, 0.22], atol=1e-6)
        np.testing.assert_array_equal(np.delete(after, place, axis=0), np.delete(before, place, axis=0))


@pytest.mark.parametrize("case", CASES)
def test_a_case_starts_with_the_numbers_of_its_stakeholder_list(case):
    """What the case's text says about each stakeholder is what the map shows."""
    from cocreate_teach.cases import load_case

    explorer = widgets.stakeholders(case)
    own = load_case(case).stakeholders
    parameters = explorer._topic.parameters(explorer.values)
    assert parameters.stakeholders == tuple(own["name"])
    assert parameters.is_internal == tuple(own["is_internal"])
    np.testing.assert_allclose(parameters.power, own["power"])
    np.testing.assert_allclose(parameters.interest, own["interest"])


@pytest.mark.parametrize(
    ("case", "loser"),
    [
        ("amul", "Small member"),
        ("bank", "Junior adviser"),
        ("burberry", "Service"),
        ("healthcare_it", "Patient"),
        ("wikipedia", "Newcomer"),
    ],
)
def test_in_each_case_the_map_only_informs_whoever_loses_most(case, loser):
    """The finding that a class should argue about in all cases."""
    headline = widgets.stakeholders(case).headline
    assert headline.startswith(f"{loser} keeps ")
    assert headline.endswith("The map says: keep informed.")


@given(
    places=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=8),
    side=st.integers(0, 1),
)
def test_names_never_overlap_and_stay_in_the_picture(places, side):
    """Eight stakeholders may stand on one spot; 13 points are the height of a name, in both layouts."""
    names = tuple(f"stakeholder {i}" for i in range(len(places)))
    interest, power = np.array(places).T
    numbers, _ = stakeholders_marks(
        Circle(
            names=names, power=power, interest=interest, engagement=interest, threshold=0.5, loser=names[0],
            is_internal=tuple(bool((i + side) % 2) for i in range(len(names))),
        )
    )  # fmt: skip
    x, y, style = numbers["names"].T
    for layout in stakeholders_figure(names).layouts:
        left, _, width, height = layout.boxes["map"]
        points = np.sort(y) * height / 1.24
        assert np.diff(points).min() >= 13 - 1e-6
        long = 13 * 6.1  # letters of the longest name, in points
        starts = left + x * width - np.where(style % 2, long, 0)
        beyond = layout.width if layout.name == "narrow" else layout.boxes["bars"][0] - 70
        assert starts.min() >= left - 10
        assert (starts + long).max() <= beyond


def test_presets_with_different_stakeholders_are_refused():
    """One picture cannot show two circles."""
    other = Example(name="other", label="Other", values={"stakeholders": ["customer", "firm"]})
    with pytest.raises(ParameterError, match="must share the same stakeholders"):
        StakeholdersTopic((*EXAMPLES, other))
