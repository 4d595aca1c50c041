"""The explorer of involvement (M1): what both sides put in, and how involved each becomes over time."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets import involvement_story as story
from cocreate_teach.widgets.controls import Choice, Control, Scenario, Slider, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.involvement_picture import GRID, PERIODS, Dyad, involvement_figure, involvement_marks
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Scene

_RANGES: Final = models.ranges(models.InvolvementParameters)
_PERIOD: Final = models.Range(0, PERIODS, label="look at period", step=1)
_SINGLE: Final = (
    "alternatives", "trust", "communication", "reciprocity", "intention_gate", "adaptation", "drift", "baseline_exit",
    "pledging_back",
)  # fmt: skip
"""Parameters of the pair as a whole; the control and the field of a preset have the name of the parameter."""
_SIDED: Final = {
    "investment": ("customer", "firm"),
    "benefit_share": ("customer_benefit", "firm_benefit"),
    "baseline_risk": ("customer_risk", "firm_risk"),
}
"""Parameters of each side, with a name for each side."""
WEIGHTS: Final = {
    "balanced": (0.35, 0.30, 0.35),
    "economic": (0.7, 0.1, 0.2),
    "social": (0.2, 0.6, 0.2),
    "emotional": (0.2, 0.2, 0.6),
}
"""What involvement consists of: economic, social, emotional."""
_WEIGHT_LABELS: Final = {
    "balanced": "all three about alike",
    "economic": "economic: is it worth it?",
    "social": "social: what I adapted",
    "emotional": "emotional: whom I like",
}


def values_of(dyad: models.InvolvementParameters, **changes: float) -> dict[str, float]:
    """Return a pair of the model as the values of a preset; `changes` replace single ones."""
    values = {name: float(getattr(dyad, name)) for name in _SINGLE}
    for name, own in _SIDED.items():
        values |= dict(zip(own, np.broadcast_to(getattr(dyad, name), 2).tolist(), strict=True))
    return values | changes


EXAMPLES: Final = (
    Example(
        name="locked_in",
        label="Locked in: no alternatives, hard to leave",
        values=values_of(models.CAPTIVE_DYAD, alternatives=0.0, baseline_exit=0.05),
    ),
    Example(name="captive", label="A careless producer, free to leave", values=values_of(models.CAPTIVE_DYAD)),
    Example(name="example", label="A customer who puts in more", values=values_of(models.EXAMPLE_DYAD)),
    Example(name="bank", label="A bank's client and adviser", values=values_of(models.BANK_DYAD)),
    Example(name="burberry", label="A fan and a fashion brand", values=values_of(models.BURBERRY_DYAD)),
)
"""Five illustrative pairs; four of them are those of the model."""

_DEFAULTS: Final[dict[str, Any]] = {
    **{field.name: field.default for field in fields(models.InvolvementParameters) if field.name in _SINGLE},
    "customer_benefit": 0.6, "firm_benefit": 0.6, "customer_risk": 0.6, "firm_risk": 0.6,
}  # fmt: skip


def involvement(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore involvement: move what customer and firm put in, and see both sides, period by period.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "involvement". Without it, five built-in illustrative pairs.
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
    >>> involvement(preset="example").key_numbers["Proportionality: smaller to larger"]
    '0.67'
    """
    return Explorer(InvolvementTopic(find_presets("involvement", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class InvolvementTopic:
    """What the explorer of involvement shows."""

    presets: tuple[Preset, ...]
    name = "involvement"
    title = "How involved do both sides become?"
    assumption = (
        "This model assumes that a side is bound by what it puts in itself, likes its partner for what the partner "
        "puts in, and intends to stay as far as both put in much and evenly."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left time, right the map of investments."""
        return involvement_figure()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, both investments, alternatives, trust, drift, the moment; the rest folded."""
        share, benefit = _RANGES["investment"], _RANGES["benefit_share"]
        options = tuple(_WEIGHT_LABELS.items())
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("customer", share, 0.6, label="customer puts in", help="Time, information, ideas, data risk"),
            slider("firm", share, 0.4, label="firm puts in", help="People, infrastructure, networks, communication"),
            _own("alternatives", label="attractiveness of other offers", help="0: there are none"),
            _own("trust", label="trust at the start"),
            _own("drift", label="new wishes", help="Part of the met expectations that no longer fit a period later"),
            slider("period", _PERIOD, PERIODS),
            _own("baseline_exit", fold="More", help="Low: leaving is hard"),
            Choice(name="weights", label="what counts most in involvement", options=options, value="balanced",
                   fold="More"),
            _own("intention_gate", fold="More"),
            _own("reciprocity", fold="More", help="How far liking answers liking, not what the partner puts in"),
            _own("adaptation", fold="More"),
            _own("communication", fold="More"),
            _own("pledging_back", fold="More", help="Each side moves towards what the partner puts in"),
            slider("customer_benefit", benefit, 0.6, label="customer's benefits in benefits and costs", fold="More"),
            slider("firm_benefit", benefit, 0.6, label="firm's benefits in benefits and costs", fold="More"),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        chosen: dict[str, float | str] = {"period": float(PERIODS), "weights": "balanced"}
        return tuple(
            scenario_of(
                preset,
                _shown(preset) | chosen,
            )
            for preset in self.presets
        )

    def parameters(self, values: Values) -> models.InvolvementParameters:
        """Turn control values into parameters of the model."""
        preset = next(preset for preset in self.presets if preset.name == values["scenario"])
        given: dict[str, Any] = {**_all(preset), **values}
        return models.InvolvementParameters(
            component_weights=WEIGHTS[str(values["weights"])],
            **{name: given[name] for name in _SINGLE},
            **{name: np.array([given[side] for side in own]) for name, own in _SIDED.items()},
        )

    def scene(self, values: Values) -> Scene:
        """Compute both sides over time and on the map; draw and tell it."""
        parameters, period = self.parameters(values), round(float(values["period"]))
        path = models.involvement_path(parameters, PERIODS)
        now, settled = models.involvement_at(path, period), models.involvement_equilibrium(parameters)
        everywhere = replace(parameters, investment=GRID)
        found = Dyad(
            involved=models.involvement(path, parameters),
            met=models.met_expectations(path),
            invested=path.investment,
            settled=models.involvement(settled, parameters),
            settled_met=float(models.met_expectations(settled)[0]),
            map=models.involvement(models.involvement_equilibrium(everywhere), everywhere).mean(axis=-1),
            leaves=float(models.exit_chance(now, parameters)[0]),
            period=period,
        )
        numbers, texts = involvement_marks(found)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(now, parameters, period),
            alt=story.alternative_text(found, now, parameters),
            key_numbers=story.key_numbers(now, parameters, period),
            table=story.table(now, settled, parameters, period),
        )


def _all(preset: Preset) -> dict[str, float]:
    """Return every number of a preset by name, with the defaults of the model for what it leaves out."""
    given: Mapping[str, Any] = preset.values
    return {name: float(given.get(name, default)) for name, default in _DEFAULTS.items()} | {
        side: float(given[side]) for side in _SIDED["investment"]
    }


def _shown(preset: Preset) -> dict[str, float | str]:
    return {name: value for name, value in _all(preset).items() if name not in _SIDED["baseline_risk"]}


def _own(name: str, *, label: str = "", help: str = "", fold: str = "") -> Slider:
    return slider(name, _RANGES[name], _DEFAULTS[name], label=label, help=help, fold=fold)
