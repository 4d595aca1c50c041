"""The explorer of scope shows where effort and information of a customer stop paying."""

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.widgets.scope_picture import EFFORT, SIGNALS


@pytest.fixture
def explorer():
    """Explore the illustrative kinds of products."""
    return widgets.scope()


def marks(explorer):
    """Return the numbers of each mark."""
    state = explorer.state
    return {mark.name: numbers for mark, numbers, _ in explorer._topic.figure.unpack(state["data"], state["texts"])}


def test_best_effort_is_the_closed_form(explorer):
    """docs/models/value.md: inside the range, the best x_c solves σ D a_J α x^(α-1) x_p^β + a_C η x^(η-1) = κ_c."""
    found = explorer._topic.found(explorer.values)
    x = found.best_effort
    slope = 0.7 * 2.0 * 0.4 * x**-0.6 * 0.4**0.4 + 0.5 * 0.5 * x**-0.5
    assert slope == pytest.approx(0.9, abs=0.01)
    assert f"Ask for an effort of {x:.2f}, not for more" in explorer.headline


def test_gain_is_surplus_beyond_what_both_have_alone(explorer):
    """The curve of the picture is that of the model, at each effort."""
    curve = marks(explorer)["effort curve"]
    for place in (0, 50, 200):
        one = models.SphereParameters(investment=[EFFORT[place], 0.4], consumer_cost=0.9)
        expected = models.sphere_surplus(one) - models.individual_use(one).sum()
        assert curve[place, 1] == pytest.approx(float(expected), abs=1e-6)


def test_best_information_is_that_of_the_document(explorer):
    """u0 = 1, k = 2, ψ = 0.1: 2.47 pieces with a net value of 0.306; half of the value of a perfect fit at k."""
    assert explorer.key_numbers["Best amount of information"] == "2.5 pieces"
    assert explorer.key_numbers["Net value of it to the customer"] == "0.31"
    found = marks(explorer)
    assert found["signals curve"][20] == pytest.approx([2.0, 0.5 - 0.2], abs=1e-6)
    assert found["signals best"][0, :2] == pytest.approx([20**0.5 - 2, 0.306], abs=1e-3)
    assert SIGNALS[20] == 2.0


@pytest.mark.parametrize(
    ("values", "begins", "ends"),
    [
        ({"scenario": "electricity"}, "Do not co-create here: at best, both have", "Ask for no information."),
        ({"scenario": "emergency"}, "Do not co-create here", "Ask for 1.4 pieces of information, not for more."),
        ({"scenario": "software"}, "Ask for all the effort that a customer can give", "not for more."),
        ({"scenario": "coat"}, "Ask for all the effort that a customer can give", "Ask for 4.9 pieces"),
        ({"joint_strength": 0, "consumer_strength": 0, "firm": 0.17}, "Co-creation gains nothing here", "pieces"),
    ],
)
def test_headline_says_the_rule(explorer, values, begins, ends):
    """Each branch is reached, and says what the numbers say."""
    explorer.set(**values)
    assert explorer.headline.startswith(begins)
    assert ends in explorer.headline
    gain = float(explorer.key_numbers["Gain of both at the best effort"].replace("−", "-"))
    assert (gain < 0) == begins.startswith("Do not")


def test_without_interaction_nothing_can_be_gained(explorer):
    """Theorem: D = 0 leaves each side with its own sphere, in which it cannot do better than alone."""
    for firm in np.linspace(0, 1, 6):
        explorer.set(direct_interaction=0, firm=firm)
        assert explorer._topic.found(explorer.values).best_gain <= 1e-12


def test_more_interaction_never_lowers_the_best_effort(explorer):
    """A product that is made together needs more of the customer."""
    best = []
    for share in (0.1, 0.4, 0.7, 1.0):
        explorer.set(direct_interaction=share)
        best.append(explorer._topic.found(explorer.values).best_effort)
    assert best == sorted(best)
    assert best[0] < best[-1]


def test_table_compares_the_kinds_of_products(explorer):
    """Scope differs by product and service: one row each, and one for what is set now."""
    explorer.set(scenario="coat", consumer_cost=3)
    rows = {row[0]: row[1:] for row in explorer.table[1:]}
    explorer.set(scenario="coat")
    assert rows["A coat made to measure"] == [*explorer.table[1][1:]]
    assert rows["as set now"] != rows["A coat made to measure"]
    assert len(rows) == 6


def test_what_leaves_the_axes_is_left_out(explorer):
    """A curve that ran out of the picture would cross the text below."""
    explorer.set(scenario="emergency")
    heights = marks(explorer)["effort curve"][:, 1]
    assert np.isnan(heights).any()
    assert np.nanmin(heights) >= -0.3 - 1e-6
    explorer.set(noise_variance=10, full_value=2, privacy_cost=0.01)
    assert np.isnan(marks(explorer)["signals best"]).any()
    best = explorer.key_numbers["Best amount of information"].split()[0]
    assert float(best) > SIGNALS[-1]
    value = explorer.key_numbers["Net value of it to the customer"]
    assert f"best {best} (value {value})" in explorer.state["texts"]


@pytest.mark.parametrize("case", [None, "bank"])
def test_curves_fill_half_of_the_first_picture_and_every_best_is_in_it(case):
    """A flat curve shows no best; a best outside the axes is none either."""
    explorer = widgets.scope(case)
    panels = {panel.name: panel for panel in explorer._topic.figure.panels}
    for name, panel in panels.items():
        heights = marks(explorer)[f"{name} curve"][:, 1]
        assert np.ptp(heights[~np.isnan(heights)]) >= 0.5 * (panel.ylim[1] - panel.ylim[0]), name
    for scenario in explorer.spec["scenarios"]:
        explorer.set(scenario=scenario)
        for name in panels:
            assert not np.isnan(marks(explorer)[f"{name} best"]).any(), (scenario, name)


def test_presets_of_the_bank_ask_for_something_with_an_adviser_and_for_nothing_at_the_counter():
    """Not everything in one firm is to be created together."""
    explorer = widgets.scope("bank")
    assert explorer.headline == (
        "Ask for an effort of 0.51, not for more: the gain is 0.50. Ask for 2.0 pieces of information, not for more."
    )
    explorer.set(scenario="scope_counter")
    assert explorer.headline.startswith("Do not co-create here")
    assert explorer.headline.endswith("Ask for no information.")
