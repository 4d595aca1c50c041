"""The explorer of voice (M4): who has a say, how engaged each becomes, and what that means outside."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets.controls import Control, Scenario, Slider, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.scenarios import Example, Preset, check_same_stakeholders, find_presets, scenario_of
from cocreate_teach.widgets.topic import Scene
from cocreate_teach.widgets.voice_picture import GRID, PERIODS, Voices, voice_figure, voice_marks
from cocreate_teach.widgets.words import amount, listed

_NAMES: Final = models.ENGAGEMENT_EXAMPLE.stakeholders
EXAMPLES: Final = (
    Example(
        name="firm",
        label="An invented firm",
        values={
            "stakeholders": list(_NAMES),
            "power": dict(zip(_NAMES, np.asarray(models.ENGAGEMENT_EXAMPLE.power).tolist(), strict=True)),
            "interest": dict(zip(_NAMES, np.asarray(models.ENGAGEMENT_EXAMPLE.interest).tolist(), strict=True)),
            "is_internal": dict(zip(_NAMES, models.ENGAGEMENT_EXAMPLE.is_internal, strict=True)),
        },
    ),
)
"""The model's own example, for an explorer without a case."""

_RANGES: Final = models.ranges(models.EngagementParameters)
_DIVERSITY: Final = models.Range(0, 1, unit="share", label="variety of contacts", step=0.05)
_DEFAULTS: Final = {"centralisation": 0.5, "adjustment": 0.3, "experience_floor": 0.2, "leverage": 1.0}


def voice(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore who has a say: move centralisation, power and interest, and see engagement inside and outside.

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
    >>> voice().key_numbers["Co-creation outside, real"]
    '0.270'
    """
    return Explorer(VoiceTopic(find_presets("engagement", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class VoiceTopic:
    """What the explorer of voice shows. The sliders of power and interest move the insider with the least power."""

    presets: tuple[Preset, ...]
    name = "voice"
    title = "Who has a say, and what follows?"
    assumption = (
        "This model assumes that centralisation takes voice from those with little power, and that engagement "
        "follows interest times voice: it shows how much, not whether."
    )

    def __post_init__(self) -> None:
        check_same_stakeholders(self.presets)

    @cached_property
    def stakeholders(self) -> tuple[str, ...]:
        """Names, in the order of the picture."""
        return tuple(self.presets[0].values["stakeholders"])

    @cached_property
    def focus(self) -> str:
        """The insider with the least power in the first preset."""
        values = self.presets[0].values
        inside = [name for name in self.stakeholders if values["is_internal"][name]]
        return min(inside, key=lambda name: float(values["power"][name]))

    @cached_property
    def figure(self) -> LiveFigure:
        """Left time, right centralisation."""
        return voice_figure(self.stakeholders)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, centralisation, the weakest insider, contacts; the rest folded."""
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            _own("centralisation", help="0: all decide together; 1: power alone decides"),
            slider("power", _RANGES["power"], 0.3, label=f"{self.focus}: power over decisions"),
            slider("interest", _RANGES["interest"], 0.8, label=f"{self.focus}: interest in the outcome"),
            slider("diversity", _DIVERSITY, 0.5, label=f"{self.focus}: variety of contacts",
                   help="0: one department only; 1: all departments alike"),
            _own("leverage", help="How strongly success outside depends on engagement inside"),
            _own("adjustment", fold="More"),
            _own("experience_floor", fold="More"),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        return tuple(
            scenario_of(
                preset,
                {
                    **{name: float(preset.values.get(name, default)) for name, default in _DEFAULTS.items()},
                    "power": float(preset.values["power"][self.focus]),
                    "interest": float(preset.values["interest"][self.focus]),
                    "diversity": float(preset.values.get("diversity", 0.5)),
                },
            )
            for preset in self.presets
        )

    def parameters(self, values: Values, **changes: Any) -> models.EngagementParameters:
        """Turn control values into parameters of the model; `changes` replace single ones."""
        preset = next(preset for preset in self.presets if preset.name == values["scenario"]).values
        own = {name: {**preset[name], self.focus: values[name]} for name in ("power", "interest")}
        given: dict[str, Any] = {
            **{name: values[name] for name in _DEFAULTS},
            **{name: np.array([float(table[who]) for who in self.stakeholders]) for name, table in own.items()},
        }
        return models.EngagementParameters(
            stakeholders=self.stakeholders,
            is_internal=tuple(bool(preset["is_internal"][who]) for who in self.stakeholders),
            **(given | changes),
        )

    def scene(self, values: Values) -> Scene:
        """Compute engagement over time and co-creation over centralisation; draw and tell it."""
        parameters = self.parameters(values)
        settled = models.engagement_equilibrium(parameters)
        every = self.parameters(values, centralisation=GRID)
        grid = models.engagement_equilibrium(every)
        found = Voices(
            path=models.engagement_path(parameters, PERIODS),
            inside=models.internal_cocreation(grid, every),
            possible=models.external_potential(grid, every),
            real=models.external_cocreation(grid, every),
            centralisation=float(values["centralisation"]),
            now=np.array(
                [
                    float(measure(settled, parameters))
                    for measure in (models.internal_cocreation, models.external_potential, models.external_cocreation)
                ]
            ),
        )
        numbers, texts = voice_marks(self.stakeholders, found)
        inside, possible, real = (amount(float(value)) for value in found.now)
        lived = float(models.experience(parameters, float(values["diversity"])))
        ends = [f"{who} {amount(end)}" for who, end in zip(self.stakeholders, found.path[-1], strict=True)]
        at = amount(found.centralisation)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=f"At centralisation {at}, {possible} would be possible outside, but only {real} becomes real.",
            alt=(
                f"Engagement starts at zero; after {PERIODS} periods it is {listed(ends)}. "
                f"At centralisation {at}, co-creation inside is {inside}, outside {possible} would be possible and "
                f"{real} becomes real. From centralisation 0 to 1, inside goes from {amount(found.inside[0])} to "
                f"{amount(found.inside[-1])}, outside from {amount(found.real[0])} to {amount(found.real[-1])}."
            ),
            key_numbers=(
                ("Co-creation inside", amount(float(found.now[0]), 3)),
                ("Co-creation outside, possible", amount(float(found.now[1]), 3)),
                ("Co-creation outside, real", amount(float(found.now[2]), 3)),
                (f"Experience of the {self.focus}", amount(lived, 3)),
            ),
            table=self._table(parameters, found.path[-1], settled),
        )

    def _table(self, parameters: models.EngagementParameters, end: Any, settled: Any) -> list[tuple[str, ...]]:
        columns = zip(
            self.stakeholders, parameters.is_internal, np.asarray(parameters.power), np.asarray(parameters.interest),
            models.voice(parameters), end, settled, strict=True,
        )  # fmt: skip
        head = ("stakeholder", "where", "power", "interest", "voice", f"engagement after {PERIODS} periods", "settled")
        rows = [
            (who, "inside" if internal else "outside", *(amount(float(number)) for number in numbers))
            for who, internal, *numbers in columns
        ]
        return [head, *rows]


def _own(name: str, *, help: str = "", fold: str = "") -> Slider:
    return slider(name, _RANGES[name], _DEFAULTS[name], help=help, fold=fold)
