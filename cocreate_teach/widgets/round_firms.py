"""The firms that the classroom round can meet: presets of the involvement model, without their customer."""

from collections.abc import Mapping, Sequence
from typing import Final

from cocreate_teach import models
from cocreate_teach.widgets.controls import Scenario, Values
from cocreate_teach.widgets.involvement_explorer import InvolvementTopic, values_of
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of

FIRMS: Final = (
    Example(name="captive", label="A careless firm, little trust", values=values_of(models.CAPTIVE_DYAD)),
    Example(
        name="locked_in",
        label="The same firm, no other offers",
        values=values_of(models.CAPTIVE_DYAD, alternatives=0.0),
    ),
    Example(name="bank", label="A bank that puts in as much as most", values=values_of(models.BANK_DYAD)),
    Example(name="burberry", label="A brand that puts in much", values=values_of(models.BURBERRY_DYAD)),
)
"""Four illustrative firms; their other numbers are those of the model's pairs."""


def find_firms(case: str | None, preset: str | None) -> tuple[Preset, ...]:
    """Return the presets of a case for the involvement model, or the four firms if there is no case.

    Raises
    ------
    CaseError
        If the case is unknown or has no such preset.
    ParameterError
        If none of them has the name `preset`.
    """
    return find_presets("involvement", case, preset, FIRMS)


def firm_scenarios(presets: Sequence[Preset], names: Sequence[str], more: Mapping[str, float]) -> tuple[Scenario, ...]:
    """Return the presets as scenarios that set the controls of these names, and `more`."""
    known = {scenario.name: scenario.values for scenario in InvolvementTopic(tuple(presets)).scenarios}
    return tuple(
        scenario_of(preset, {name: known[preset.name][name] for name in names} | dict(more)) for preset in presets
    )


def firm_parameters(presets: Sequence[Preset], values: Values) -> models.InvolvementParameters:
    """Return the parameters of the scenario in `values`, changed by those values that have a parameter's name."""
    return InvolvementTopic(tuple(presets)).parameters({"weights": "balanced", **values})
