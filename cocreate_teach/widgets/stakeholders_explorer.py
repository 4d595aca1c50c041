"""The explorer of stakeholders (M4): a map of power and interest to move by hand, and who is heard."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.models.parameters import Array
from cocreate_teach.widgets.controls import Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.scenarios import Example, Preset, check_same_stakeholders, find_presets, scenario_of
from cocreate_teach.widgets.stakeholders_picture import (
    Circle,
    control_name,
    stakeholders_figure,
    stakeholders_marks,
)
from cocreate_teach.widgets.topic import Scene
from cocreate_teach.widgets.words import amount, capital, listed

_FIRM: Final = models.ENGAGEMENT_EXAMPLE
_PEOPLE: Final[dict[str, Any]] = {
    "stakeholders": list(_FIRM.stakeholders),
    "power": dict(zip(_FIRM.stakeholders, np.asarray(_FIRM.power).tolist(), strict=True)),
    "interest": dict(zip(_FIRM.stakeholders, np.asarray(_FIRM.interest).tolist(), strict=True)),
    "is_internal": dict(zip(_FIRM.stakeholders, _FIRM.is_internal, strict=True)),
}
EXAMPLES: Final = (
    Example(name="firm", label="An invented firm", values=_PEOPLE | {"centralisation": 0.8}),
    Example(name="shared", label="The same firm, most decisions shared", values=_PEOPLE | {"centralisation": 0.2}),
)
"""The model's own example under two ways to decide, for an explorer without a case."""

_RANGES: Final = models.ranges(models.EngagementParameters)
_BORDER: Final = models.Range(0, 1, unit="share", label="border between low and high", step=0.05)
_FOLD: Final = "Power and interest of each"
_SHOWN: Final = 0.005  # what two decimals can show


def stakeholders(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore whom to look at first: move stakeholders on the power-interest map, and see who is heard.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "engagement". Without it, the model's own illustrative example.
    preset : str, optional
        The scenario to start with; the first if not given.

    Returns
    -------
    Explorer

    Raises
    ------
    CaseError
        If the case is unknown or has no preset for this model.
    ParameterError
        If there is no preset of this name, or the presets do not share their stakeholders.

    Examples
    --------
    >>> explorer = stakeholders()
    >>> explorer.key_numbers["Keep informed"]
    'customer and employee'
    >>> explorer.set(power_employee=0.6)
    >>> explorer.key_numbers["Keep informed"]
    'customer'
    """
    return Explorer(StakeholdersTopic(find_presets("engagement", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class StakeholdersTopic:
    """What the explorer of stakeholders shows. All numbers but those of the controls stay as the preset has them."""

    presets: tuple[Preset, ...]
    name = "stakeholders"
    title = "Whom does the map point at, and who is heard?"
    assumption = (
        "This model assumes that centralisation takes voice from those with little power, and that engagement is "
        "interest times voice; power and interest are somebody's judgement."
    )

    def __post_init__(self) -> None:
        check_same_stakeholders(self.presets)

    @cached_property
    def stakeholders(self) -> tuple[str, ...]:
        """Names, in the order of the picture."""
        return tuple(self.presets[0].values["stakeholders"])

    @cached_property
    def figure(self) -> LiveFigure:
        """Left the map, right engagement."""
        return stakeholders_figure(self.stakeholders)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, centralisation and the border; two sliders for each stakeholder, folded."""
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("centralisation", _RANGES["centralisation"], 0.5, help="0: all decide together; 1: power decides"),
            slider("border", _BORDER, 0.5, low=0.2, high=0.8, help="A point on the border counts as high"),
            *(
                slider(control_name(what, who), _RANGES[what], 0.5, label=f"{who}: {what}", fold=_FOLD)
                for who in self.stakeholders
                for what in ("power", "interest")
            ),
        )

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        return tuple(
            scenario_of(
                preset,
                {
                    "centralisation": float(preset.values.get("centralisation", 0.5)),
                    **{
                        control_name(what, who): float(preset.values[what][who])
                        for who in self.stakeholders
                        for what in ("power", "interest")
                    },
                },
            )
            for preset in self.presets
        )

    def parameters(self, values: Values) -> models.EngagementParameters:
        """Turn control values into parameters of the model."""
        preset = next(preset for preset in self.presets if preset.name == values["scenario"]).values
        power, interest = (
            np.array([float(values[control_name(what, who)]) for who in self.stakeholders])
            for what in ("power", "interest")
        )
        return models.EngagementParameters(
            stakeholders=self.stakeholders,
            power=power,
            interest=interest,
            is_internal=tuple(bool(preset["is_internal"][who]) for who in self.stakeholders),
            centralisation=float(values["centralisation"]),
            leverage=float(preset.get("leverage", 1.0)),
        )

    def scene(self, values: Values) -> Scene:
        """Sort the stakeholders, compute their engagement; draw and tell it."""
        parameters = self.parameters(values)
        power, interest, border = np.asarray(parameters.power), np.asarray(parameters.interest), float(values["border"])
        settled = models.engagement_equilibrium(parameters)
        cells = [str(cell) for cell in models.power_interest_cell(power, interest, border)]
        inside, possible, real = (
            amount(float(measure(settled, parameters)))
            for measure in (models.internal_cocreation, models.external_potential, models.external_cocreation)
        )
        first = int(np.argmax(interest - settled))
        has_loser = bool(interest[first] - settled[first] >= _SHOWN)
        numbers, texts = stakeholders_marks(
            Circle(
                names=self.stakeholders, power=power, interest=interest, engagement=settled, threshold=border,
                is_internal=parameters.is_internal, loser=self.stakeholders[first] if has_loser else "",
            )
        )  # fmt: skip
        found = {
            cell: listed([who for who, own in zip(self.stakeholders, cells, strict=True) if own == cell])
            for cell in reversed(models.POWER_INTEREST_CELLS)
        }
        lost = f"{amount(settled[first])} of {amount(interest[first])}"
        left = [
            f"{who} {amount(end)} of {amount(own)}"
            for who, end, own in zip(self.stakeholders, settled, interest, strict=True)
        ]
        at = f"At centralisation {amount(float(values['centralisation']))}"
        if has_loser:
            headline = (
                f"{capital(self.stakeholders[first])} keeps {lost} engagement, and nobody loses more. "
                f"The map says: {cells[first]}."
            )
        else:
            headline = f"{at}, nobody loses engagement: everybody who is interested is heard."
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=headline,
            alt=(
                f"Map of power and interest, with the border between low and high at {amount(border)}. "
                f"{' '.join(f'{cell.capitalize()}: {who}.' for cell, who in found.items())} "
                f"{at}, engagement settles at {listed(left)}. "
                f"Co-creation inside is {inside}; outside {possible} would be possible and {real} becomes real."
            ),
            key_numbers=(
                ("Manage closely", found["manage closely"]),
                ("Keep informed", found["keep informed"]),
                ("Loses most engagement", f"{self.stakeholders[first]}, {lost} left" if has_loser else "nobody"),
                ("Co-creation inside", inside),
                ("Co-creation outside, possible", possible),
                ("Co-creation outside, real", real),
            ),
            table=self._table(parameters, cells, settled, border),
        )

    def _table(
        self, parameters: models.EngagementParameters, cells: list[str], settled: Array, border: float
    ) -> list[tuple[str, ...]]:
        columns = zip(
            self.stakeholders, parameters.is_internal, cells, np.asarray(parameters.power),
            np.asarray(parameters.interest), models.voice(parameters), settled, strict=True,
        )  # fmt: skip
        head = ("stakeholder", "where", f"map, border {amount(border)}", "power", "interest", "voice", "engagement")
        rows = [
            (who, "inside" if internal else "outside", cell, *(amount(float(number)) for number in numbers))
            for who, internal, cell, *numbers in columns
        ]
        return [head, *rows]
