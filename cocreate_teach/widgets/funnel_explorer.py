"""The explorer of the co-design funnel (M8): where people are lost, what comes back, and the best of many ideas."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach import models
from cocreate_teach.widgets import funnel_story as story
from cocreate_teach.widgets.controls import Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.funnel_picture import CREATIVE, IDEAS, ROUNDS, Funnel, funnel_figure, funnel_marks
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Scene

_RANGES: Final = models.ranges(models.FunnelParameters)
_ASKED: Final = models.Range(1, float(CREATIVE[-1]), unit="ideas", label="creative customers who are asked", step=1)
_BETTER: Final = models.Range(1, 3, unit="times", label="their ideas are better", step=0.1)
STAGES: Final = ("see it", "react", "suggest", "accepted", "made")
"""Names of `models.FUNNEL_STAGES` for an explorer without names of its own."""
_CONVERSIONS: Final = models.FUNNEL_STAGES[1:4]

_FIRST: Final[dict[str, Any]] = {
    "exposed": 100_000.0, "engaged": 0.1, "suggested": 0.2, "accepted": 0.3, "platform": 0.5, "virality": 200.0,
    "sales": 1.0, "service": 1.0, "marketing": 1.0, "asked": 20.0, "better": 2.0, "stages": STAGES,
}  # fmt: skip
EXAMPLES: Final = (
    Example(name="campaign", label="A campaign that people tell others about", values=_FIRST),
    Example(name="purchase", label="Contact stops at the purchase", values=_FIRST | {"virality": 0.0}),
    Example(name="viral", label="A campaign that grows by itself", values=_FIRST | {"virality": 340.0}),
    Example(
        name="silent", label="One silent department",
        values=_FIRST | {"platform": 1.0, "sales": 0.9, "service": 0.9, "marketing": 0.1, "virality": 0.0},
    ),
    Example(
        name="creative", label="Ask everybody, or the creative?",
        values=_FIRST | {"exposed": 1000.0, "engaged": 0.18, "virality": 0.0, "asked": 4.0},
    ),
)  # fmt: skip
"""Five illustrative scenarios; their numbers are those of the model's document."""


def funnel(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore the funnel: move what each stage lets through and what comes back, and see where people are lost.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "funnel". Without it, five built-in illustrative scenarios.
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
        If there is no preset of this name.

    Examples
    --------
    >>> funnel().headline
    "300 of 100,000 come through. Weakest step: to 'react' (10.0%). The loop turns 100,000 into 250,000."
    """
    return Explorer(FunnelTopic(find_presets("funnel", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class FunnelTopic:
    """What the explorer of the funnel shows."""

    presets: tuple[Preset, ...]
    name = "funnel"
    title = "Where are people lost, and what comes back?"
    assumption = (
        "This model assumes that everybody passes a stage with the same fixed chance, that all three departments are "
        "needed to make an idea, and that those who come through bring people who are new each time."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left the stages, right the loop and the best of many ideas."""
        return funnel_figure()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, what each stage lets through, what comes back, the start; departments and ideas folded."""
        share, department = _RANGES["conversion"], _RANGES["departments"]
        first, second, third, fourth, last = self._stages(self.presets[0])
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("engaged", share, 0.1, label=f"{second}, of those who {first}"),
            slider("suggested", share, 0.2, label=f"{third}, of those who {second}"),
            slider("accepted", share, 0.3, label=f"{fourth}, of all who {third}"),
            slider("platform", _RANGES["platform"], 0.5, label=f"{last}, of what is {fourth}",
                   help="If all departments do their part"),
            slider("virality", _RANGES["virality"], 200, high=500, label="people that each of the last stage brings"),
            slider("exposed", _RANGES["exposed"], 100_000, low=1000, high=2_000_000, label=f"people who {first}"),
            *(
                slider(name, department, 1, label=f"{name} does its part", fold="More", help=told)
                for name, told in zip(
                    models.DEPARTMENTS, ("If one does nothing, nothing is made", "", ""), strict=True
                )
            ),
            slider("asked", _ASKED, 20, fold="More"),
            slider("better", _BETTER, 2, fold="More", help="How many times as good on average"),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        return tuple(
            scenario_of(
                preset,
                {**_numbers(preset.values)},
            )
            for preset in self.presets
        )

    def parameters(self, values: Values) -> models.FunnelParameters:
        """Turn control values into parameters of the model."""
        given: Mapping[str, Any] = values
        return models.FunnelParameters(
            exposed=round(given["exposed"]),
            conversion=np.array([given[stage] for stage in _CONVERSIONS]),
            platform=given["platform"],
            departments=np.array([given[name] for name in models.DEPARTMENTS]),
            virality=given["virality"],
        )

    def scene(self, values: Values) -> Scene:
        """Compute stages, loop and best ideas; draw and tell them."""
        parameters = self.parameters(values)
        preset = next(preset for preset in self.presets if preset.name == values["scenario"])
        reached = models.funnel_expected(parameters)
        asked, better = round(float(values["asked"])), float(values["better"])
        per_virality = float(models.loop_gain(replace(parameters, virality=1.0)))
        found = Funnel(
            stages=self._stages(preset),
            reached=reached,
            conversion=models.stage_conversions(parameters),
            point=models.stage_gain(parameters) / 100,
            newcomers=np.diff(models.loop_path(parameters, ROUNDS), prepend=0.0) / reached[0],
            gain=float(models.loop_gain(parameters)),
            together=float(models.loop_equilibrium(parameters)),
            virality=float(values["virality"]),
            needed=1 / per_virality if per_virality > 0 else np.inf,
            asked=asked,
            better=better,
            best=models.best_of_exponential([round(float(reached[2])), asked], [1.0, 1 / better]),
            curves=(_everybody(), models.best_of_exponential(CREATIVE, 1 / better)),
            full=float(models.funnel_expected(replace(parameters, departments=1.0))[-1]),
            is_synthetic=preset.status == "synthetic",
        )
        numbers, texts = funnel_marks(found)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(found),
            alt=story.alternative_text(found),
            key_numbers=story.key_numbers(found),
            table=story.table(found),
        )

    def _stages(self, preset: Preset) -> tuple[str, ...]:
        """Return the names of the five stages in the words of a preset."""
        return tuple(preset.values.get("stages", STAGES))


@cache
def _everybody() -> NDArray[np.float64]:
    return models.best_of_exponential(IDEAS)  # no control moves it


def _numbers(values: Mapping[str, Any]) -> dict[str, float | str]:
    return {name: float(values.get(name, first)) for name, first in _FIRST.items() if name != "stages"}
