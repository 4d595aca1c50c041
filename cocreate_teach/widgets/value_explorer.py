"""The explorer of the value spheres (M2-V): where value arises, who gets it, and what the firm should ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets import value_story as story
from cocreate_teach.widgets.controls import Control, Scenario, Slider, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Scene
from cocreate_teach.widgets.value_picture import GIVE, Spheres, value_figure, value_marks

_RANGES: Final = models.ranges(models.SphereParameters)
_FIRST: Final[dict[str, float]] = {
    "customer": 1.0,
    "firm": 0.4,
    "direct_interaction": 0.3,
    "usage": 1.0,
    "bargaining_power": 0.5,
    "consumer_cost": 0.5,
    "disclosure": 0.0,
    "structural_support": 1.0,
    "joint_strength": 2.0,
    "consumer_strength": 0.5,
    "producer_strength": 0.5,
    "producer_cost": 0.6,
}
_OWN: Final = tuple(name for name in _FIRST if name not in ("customer", "firm", "bargaining_power"))
"""Controls that have the name of a parameter of the model."""

EXAMPLES: Final = (
    Example(
        name="busy", label="Customers whose time is dear",
        values=_FIRST | {
            "customer": 0.9, "firm": 0.6, "direct_interaction": 0.9, "consumer_cost": 1.6, "bargaining_power": 0.35,
        },
    ),
    Example(name="question", label="What should the firm ask of its customer?", values=_FIRST),
    Example(
        name="shop", label="One shop, one customer",
        values=_FIRST | {"customer": 0.6, "direct_interaction": 0.7, "disclosure": 0.2},
    ),
    Example(
        name="self_service", label="Self-service: each on its own",
        values=_FIRST | {"customer": 0.8, "firm": 0.2, "direct_interaction": 0.0, "consumer_strength": 0.9},
    ),
    Example(
        name="unused", label="An offer that is hardly used",
        values=_FIRST | {"customer": 0.2, "firm": 0.9, "direct_interaction": 0.2, "usage": 0.2},
    ),
)  # fmt: skip
"""Five illustrative scenarios; the second and the third are the examples of the model's document."""


def value(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore value: move what customer and firm put in, and see where value arises and who captures it.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "value". Without it, five built-in illustrative scenarios.
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
    >>> value(preset="question").key_numbers["Best for both: customer puts in"]
    '0.713'
    """
    return Explorer(ValueTopic(find_presets("value", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class ValueTopic:
    """What the explorer of the value spheres shows."""

    presets: tuple[Preset, ...]
    name = "value"
    title = "Where does value arise, and who gets it?"
    assumption = (
        "This model assumes that value can be added up, that value created together needs something from both sides, "
        "and that both agree on a price that leaves nobody worse off than alone."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left what is left over the customer's investment, right the bars."""
        return value_figure()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, both investments, interaction, use, power, effort; the rest folded."""
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("customer", _RANGES["investment"], _FIRST["customer"], label="customer puts in"),
            slider("firm", _RANGES["investment"], _FIRST["firm"], label="firm puts in"),
            _own("direct_interaction", label="direct interaction", help="0: pure exchange; 1: always together"),
            slider(
                "bargaining_power",
                models.BARGAINING_POWER,
                _FIRST["bargaining_power"],
                label="customer's bargaining power",
            ),
            _own("consumer_cost", high=2, label="customer's cost of putting in"),
            _own("usage", label="part of the firm's offer that is used"),
            _own("disclosure", fold="More", help="Its risk is a cost of the customer"),
            _own("structural_support", fold="More", help="How far operations and structure carry the work together"),
            _own("joint_strength", high=3, fold="More", label="strength of working together"),
            _own("consumer_strength", high=1.5, fold="More", label="strength of the customer alone"),
            _own("producer_strength", high=1.5, fold="More", label="strength of the firm alone"),
            _own("producer_cost", high=2, fold="More", label="firm's cost of putting in"),
        )

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        return tuple(
            scenario_of(
                preset,
                {**_FIRST, **_numbers(preset.values)},
            )
            for preset in self.presets
        )

    def parameters(self, values: Values) -> models.SphereParameters:
        """Turn control values into parameters of the model."""
        given: dict[str, Any] = {name: values[name] for name in _OWN}
        return models.SphereParameters(investment=np.array([values["customer"], values["firm"]]), **given)

    def scene(self, values: Values) -> Scene:
        """Compute value now and at each investment of the customer; draw and tell it."""
        parameters, power = self.parameters(values), float(values["bargaining_power"])
        alone = models.individual_use(parameters)
        every = replace(parameters, investment=models.consumer_producer(GIVE, float(values["firm"])))
        surplus, left = models.sphere_surplus(every), models.sphere_surplus(parameters)
        spheres = models.sphere_values(parameters)
        agreed = models.agreed_price(parameters, alone, power)
        limits = models.acceptable_prices(parameters, alone)
        found = Spheres(
            surplus=surplus,
            captured=models.nash_split(surplus, alone, power),
            best=float(GIVE[np.argmax(surplus)]),
            give=float(values["customer"]),
            now=np.array([left, *models.nash_split(left, alone, power)]),
            values=spheres,
            used=float(values["usage"]) * float(spheres[0]),
            prices=np.array([*limits, agreed]) if np.isfinite(agreed) else np.full(3, np.nan),
        )
        numbers, texts = value_marks(found)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(found, parameters, power),
            alt=story.alternative_text(found, parameters),
            key_numbers=story.key_numbers(found),
            table=story.table(found, parameters),
        )


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(number) for name, number in values.items()}


def _own(name: str, *, label: str = "", high: float | None = None, help: str = "", fold: str = "") -> Slider:
    return slider(name, _RANGES[name], _FIRST[name], label=label, high=high, help=help, fold=fold)
