"""The explorer of participation shows what the model says, in numbers a reader can check by hand."""

import re

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets.participation_explorer import EXAMPLES, ParticipationTopic
from cocreate_teach.widgets.scenarios import Example, roles_of

# Conflict is meant here; that it is warned of has a test of its own.
pytestmark = pytest.mark.filterwarnings("ignore:synergy of .* a conflict")


@pytest.fixture
def explorer():
    """Explore the bank before the product."""
    return widgets.participation()


def marks(explorer):
    """Return the marks of the picture now, by name."""
    state = explorer.state
    return {
        mark.name: (numbers, words)
        for mark, numbers, words in explorer._topic.figure.unpack(state["data"], state["texts"])
    }


def test_first_picture_is_the_puzzle(explorer):
    """The junior leaves although all four together would net more: 2.2 against 1.7."""
    assert explorer.headline.startswith("The junior adviser leaves: gets back 0.75, puts in 1.00.")
    assert explorer.key_numbers == {
        "Who stays": "customer, senior adviser and management",
        "Value created together": "4.00",
        "Net value: created minus put in": "1.70",
        "Net value if all stayed": "2.20",
        "Smallest payment that keeps the first to leave": "0.25 from the senior adviser to the junior adviser",
    }


def test_alternative_text_says_who_leaves_first_and_what_stays(explorer):
    """It reads like the picture: the leaver first, then the circle that is left."""
    assert explorer.alt.startswith("The junior adviser leaves in round 1: gets back 0.75, puts in 1.00.")
    assert "Three of four stakeholders stay; together they create 4.00." in explorer.alt
    assert "customer and senior adviser 3.00" in explorer.alt


def test_product_keeps_everybody(explorer):
    """After the product the four create 8.0 and net 4.7."""
    explorer.set(scenario="after")
    assert explorer.headline == "All four take part and create 8.00 together."
    assert explorer.key_numbers["Net value: created minus put in"] == "4.70"
    assert explorer.key_numbers["Smallest payment that keeps the first to leave"] == "none needed: all stay"


@pytest.mark.parametrize(("paid", "stays"), [(0.2, False), (0.25, True), (0.3, True)])
def test_payment_that_is_shown_as_smallest_is_smallest(explorer, paid, stays):
    """What the table promises, the slider keeps."""
    explorer.set(transfer=paid)
    assert explorer.headline.startswith("All four") is stays


def test_training_adds_to_the_pair_and_costs_management(explorer):
    """Half of a gain of 0.5 is just enough for the junior; at a cost of 0.4 management leaves, then the junior."""
    explorer.set(training_gain=0.5)
    assert explorer.headline.startswith("All four")
    explorer.set(training_cost=0.4)
    assert explorer.headline == "Management and junior adviser leave. Two stay and create 3.00 together."


def test_a_cascade_shows_its_rounds(explorer):
    """Who follows the first leaver, and in which round, is the lesson of the model."""
    explorer.set(pairing=-1.5, transfer=0.9)
    leaving = {row[0]: row[-1] for row in explorer.table[1:]}
    assert leaving == {
        "customer": "in round 2",
        "junior adviser": "in round 1",
        "senior adviser": "in round 1",
        "management": "in round 2",
    }
    assert explorer.headline == "Nobody stays: the circle falls apart in two rounds."
    numbers, words = marks(explorer)["leaving"]
    assert not np.isnan(numbers).any()
    assert words == ["leaves in round 2", "leaves in round 1", "leaves in round 1", "leaves in round 2"]
    assert (
        explorer.key_numbers["Smallest payment that keeps the first to leave"]
        == "not possible: the senior adviser, who would pay, is the first to leave"
    )


def test_a_payment_that_drives_others_out_is_not_offered(explorer):
    """With distrust the senior cannot pay what the junior misses."""
    explorer.set(pairing=-1.0)
    assert (
        explorer.key_numbers["Smallest payment that keeps the first to leave"]
        == "no payment works: 1.00 from the senior adviser would make everybody leave"
    )


def test_picture_shows_leavers_hollow_and_stayers_in_their_roles(explorer):
    """Colour never alone: who left is hollow, named, and says the round."""
    found = marks(explorer)
    assert found["nodes"][0][:, -1].tolist() == [0, 4, 2, 3]
    assert found["bars"][0][:, -1].tolist() == [0, 4, 2, 3]
    np.testing.assert_allclose(found["bars"][0][:, 2], [1.5, 0.75, 2.0, 0.5])
    np.testing.assert_allclose(found["costs"][0][:, 0], [0.9, 1.0, 1.0, 0.4])
    np.testing.assert_allclose(found["opening"][0][:, 0], [1.75, np.nan, 2.25, 0.75])
    assert np.isnan(found["leaving"][0][:, 2]).tolist() == [True, False, True, True]


def test_line_width_is_synergy_and_conflict_has_its_own_style(explorer):
    """Three times the value, three times the line; value destroyed is red and dashed."""
    explorer.set(scenario="after", pairing=-0.8)
    links = marks(explorer)["links"][0]
    shown = links[~np.isnan(links).any(axis=1)]
    width = {tuple(np.round(row[:4], 1).tolist()): float(row[4]) for row in shown}
    assert width[(0.0, 0.5, 0.5, 0.0)] == pytest.approx(3 * width[(0.5, 0.0, 1.0, 0.5)])
    conflict = shown[shown[:, -1] == 2]
    assert conflict[:, :4].tolist() == [[0.5, 1.0, 0.5, 0.0]]
    style = explorer._topic.figure.marks[0].styles[2]
    assert style.colour == "warning"
    assert style.dashes


@pytest.mark.filterwarnings("error")
def test_a_conflict_is_said_in_the_explorer_and_nowhere_else(explorer):
    """A callback has no cell to warn in; the sentence goes when the conflict goes."""
    assert explorer.caution == ""
    explorer.set(scenario="after", pairing=-0.8)
    assert explorer.caution.startswith(
        "synergy of junior adviser and senior adviser is -0.8 (value), below 0, a conflict"
    )
    explorer.reset()
    assert explorer.caution == ""


@pytest.mark.parametrize("scenario", ["before", "after", "transfer", "training", "pairing", "distrust"])
def test_scenario_of_the_case_is_exactly_its_preset(scenario):
    """The controls carry a preset over into the model without loss."""
    from cocreate_teach.cases import load_case

    values = load_case("bank").presets[scenario].values
    pairs = {
        field: {tuple(entry["between"]): entry["value"] for entry in values.get(field, ())}
        for field in ("synergy", "transfer")
    }
    expected = models.participation_parameters(values["stakeholders"], cost=values["cost"], **pairs)
    explorer = widgets.participation("bank", preset=scenario)
    found = explorer._topic.parameters(explorer.values)
    for field in ("cost", "synergy", "transfer", "stand_alone"):
        np.testing.assert_allclose(getattr(found, field), getattr(expected, field), err_msg=field)


def test_presets_with_too_few_or_different_stakeholders_are_refused():
    """The controls name a customer, somebody new, a colleague and who leads."""
    two = Example(name="two", label="Two", values={"stakeholders": ["customer", "firm"], "cost": {}, "synergy": []})
    with pytest.raises(ParameterError, match="at least three; got customer, firm; give them the same list"):
        ParticipationTopic((two,))
    with pytest.raises(ParameterError, match="must share the same stakeholders"):
        ParticipationTopic((EXAMPLES[0], two))


def test_another_circle_can_be_explored():
    """Nothing but the example knows the bank: five stakeholders of a clinic work as well."""
    names = ["patient", "nurse", "physician", "supplier", "hospital"]
    preset = Example(
        name="ward",
        label="A ward",
        values={
            "stakeholders": names,
            "cost": dict.fromkeys(names, 0.5),
            "synergy": [{"between": ["physician", "patient"], "value": 2.0}],
        },
    )
    scene = ParticipationTopic((preset,)).scene(
        widgets_values := {control.name: control.value for control in ParticipationTopic((preset,)).controls}
        | dict(ParticipationTopic((preset,)).scenarios[0].values)
    )
    assert widgets_values["scenario"] == "ward"
    assert scene.key_numbers[0] == ("Who stays", "patient and physician")
    assert roles_of(names)["patient"] == "customer"


def test_numbers_on_the_picture_are_the_numbers_of_the_table(explorer):
    """A label that disagrees with its bar would be worse than none."""
    words = marks(explorer)["sums"][1]
    for row, text in zip(explorer.table[1:], words, strict=True):
        assert re.findall(r"\d\.\d\d", text) == [row[1], row[2]]
