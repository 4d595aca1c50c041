"""The explorer of voice shows what the engagement model says."""

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets.scenarios import Example
from cocreate_teach.widgets.voice_explorer import EXAMPLES, VoiceTopic


@pytest.fixture
def explorer():
    """Explore the model's own example."""
    return widgets.voice()


@pytest.mark.parametrize(
    ("centralisation", "numbers"),
    [(0.0, (0.75, 0.6, 0.45)), (0.5, (0.5925, 0.455, 0.270)), (1.0, (0.435, 0.31, 0.135))],
)
def test_key_numbers_are_those_of_the_document(explorer, centralisation, numbers):
    """docs/models.md, M4: IC, EXT potential and EXT at three degrees of centralisation."""
    explorer.set(centralisation=centralisation)
    shown = [float(text) for text in list(explorer.key_numbers.values())[:3]]
    np.testing.assert_allclose(shown, numbers, atol=0.0006)


def test_experience_follows_autonomy_and_variety(explorer):
    """0.2 + 0.8 x 0.5 x 0.5 = 0.4; somebody who is only told what to do stays at the floor."""
    assert explorer.key_numbers["Experience of the employee"] == "0.400"
    explorer.set(diversity=0)
    assert explorer.key_numbers["Experience of the employee"] == "0.200"


def test_marker_stands_on_the_curves_at_the_present_centralisation(explorer):
    """The point, the line and the label say the same."""
    explorer.set(centralisation=0.25)
    state = explorer.state
    found = {mark.name: numbers for mark, numbers, _ in explorer._topic.figure.unpack(state["data"], state["texts"])}
    for place in range(3):
        x, y = found["now"][place, :2]
        curve = found[f"curve {place}"]
        assert x == 0.25
        assert np.interp(x, curve[:, 0], curve[:, 1]) == pytest.approx(y, abs=1e-3)
    assert "now 0.25" in state["texts"]


@pytest.mark.parametrize("at", [0, 0.04, 0.3, 0.49, 0.5, 0.51, 0.7, 1])
def test_the_present_centralisation_is_named_inside_the_panel(explorer, at):
    """The letters must not cross the axis on the left, nor the names on the right; a letter is 0.6 of its size wide."""
    explorer.set(centralisation=at)
    state, figure = explorer.state, explorer._topic.figure
    mark, numbers, (text,) = next(one for one in figure.unpack(state["data"], state["texts"]) if one[0].name == "here")
    style = mark.styles[int(numbers[0, 2])]
    for layout in figure.layouts:
        width = layout.boxes["centre"][2]
        begin = float(numbers[0, 0]) * width + style.shift[0]
        end = begin + 0.6 * style.size * len(text) * (1 if style.anchor == "start" else -1)
        assert 0 <= min(begin, end) <= max(begin, end) <= width


def test_curves_over_time_are_the_model_s_path(explorer):
    """The widget computes nothing itself."""
    state = explorer.state
    found = {mark.name: numbers for mark, numbers, _ in explorer._topic.figure.unpack(state["data"], state["texts"])}
    expected = models.engagement_path(models.ENGAGEMENT_EXAMPLE, 12)
    shown = np.column_stack([found[f"path {k}"][:, 1] for k in range(5)])
    np.testing.assert_allclose(shown, expected, atol=1e-6)


def test_power_and_interest_move_the_insider_with_least_power():
    """In the bank this is the junior adviser: the question of the session."""
    explorer = widgets.voice("bank")
    before = {row[0]: row[1:] for row in explorer.table[1:]}
    explorer.set(power=0.9, interest=0.1)
    after = {row[0]: row[1:] for row in explorer.table[1:]}
    assert [who for who in before if before[who] != after[who]] == ["junior adviser"]
    assert after["junior adviser"][1:3] == ["0.90", "0.10"]


def test_text_says_where_everybody_settles(explorer):
    """Somebody who does not see the curves hears their ends."""
    assert "after 12 periods it is customer 0.62, employee 0.51, management 0.66" in explorer.alt
    assert "At centralisation 0.50" in explorer.headline


@pytest.mark.parametrize("scenario", ["voice_now", "voice_decentral"])
def test_scenario_of_the_case_is_exactly_its_preset(scenario):
    """The controls carry a preset over into the model without loss."""
    from cocreate_teach.cases import load_case

    values = load_case("bank").presets[scenario].values
    explorer = widgets.voice("bank", preset=scenario)
    found = explorer._topic.parameters(explorer.values)
    for field in ("power", "interest"):
        np.testing.assert_allclose(getattr(found, field), [values[field][who] for who in values["stakeholders"]])
    assert found.is_internal == tuple(values["is_internal"][who] for who in values["stakeholders"])
    assert found.centralisation == values["centralisation"]


def test_presets_with_different_stakeholders_are_refused():
    """One picture cannot show two circles."""
    other = Example(name="other", label="Other", values={"stakeholders": ["customer", "firm"]})
    with pytest.raises(ParameterError, match="must share the same stakeholders"):
        VoiceTopic((*EXAMPLES, other))
