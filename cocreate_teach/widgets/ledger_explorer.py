"""The explorer of the ledger (M2-V): who puts in what, who gets what, and which price both accept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets import ledger_story as story
from cocreate_teach.widgets.controls import Control, Scenario, Slider, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.ledger_picture import MOST, Ledger, ledger_figure, ledger_marks
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Scene

_RANGES: Final = models.ranges(models.SphereParameters)
_PRICE: Final = models.Range(0, MOST, unit="value", label="price", step=0.01)
_FIRST: Final[dict[str, float]] = {
    "price": 0.0,
    "customer": 0.1,
    "firm": 0.3,
    "disclosure": 0.6,
    "direct_interaction": 0.7,
    "privacy_cost": 0.3,
    "usage": 1.0,
    "joint_strength": 2.0,
    "consumer_strength": 0.5,
    "producer_strength": 0.5,
    "consumer_cost": 0.5,
    "producer_cost": 0.6,
}
_OWN: Final = tuple(name for name in _FIRST if name not in ("price", "customer", "firm"))
"""Controls that have the name of a parameter of the model."""

EXAMPLES: Final = (
    Example(name="app", label="A free app that asks for your data", values=_FIRST | {"privacy_cost": 0.6}),
    Example(
        name="client", label="A bank's client",
        values=_FIRST | {
            "customer": 0.367, "firm": 0.4, "disclosure": 0.7, "direct_interaction": 0.5, "privacy_cost": 0.4,
            "price": 0.45,
        },
    ),
    Example(
        name="fan", label="A fan of a fashion brand",
        values=_FIRST | {
            "customer": 0.5, "firm": 0.7, "disclosure": 0.1, "direct_interaction": 0.4, "price": 0.8,
        },
    ),
    Example(
        name="shop", label="One shop, one customer",
        values=_FIRST | {"customer": 0.6, "firm": 0.4, "disclosure": 0.2, "price": 0.68},
    ),
)  # fmt: skip
"""Four illustrative scenarios; the last one is the example of the model's document."""


def ledger(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore the ledger: set a price and what both sides put in, and see who gains and who refuses.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "ledger". Without it, four built-in illustrative scenarios.
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
    >>> ledger(preset="shop").key_numbers["Customer pays at most"]
    '1.010'
    """
    return Explorer(LedgerTopic(find_presets("ledger", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class LedgerTopic:
    """What the explorer of the ledger shows."""

    presets: tuple[Preset, ...]
    name = "ledger"
    title = "Who puts in what, who gets what, and at which price?"
    assumption = (
        "This model assumes that value can be added up, that a side agrees only if it is no worse off than alone, and "
        "that what the firm learns from its customer has no number."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left what both put in, right what they get, below the price."""
        return ledger_figure()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, price, what both put in, data, interaction; the rest folded."""
        share = _RANGES["investment"]
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("price", _PRICE, _FIRST["price"]),
            slider("customer", share, _FIRST["customer"], label="customer puts in: time, information, ideas"),
            slider("firm", share, _FIRST["firm"], label="firm puts in: people, networks"),
            _own("disclosure", label="personal data told"),
            _own("privacy_cost", high=2, label="risk of telling everything"),
            _own("direct_interaction", label="direct interaction", help="0: pure exchange; 1: always together"),
            _own("usage", label="part of the firm's offer that is used", fold="More"),
            _own("joint_strength", high=3, fold="More", label="strength of working together"),
            _own("consumer_strength", high=1.5, fold="More", label="strength of the customer alone"),
            _own("producer_strength", high=1.5, fold="More", label="strength of the firm alone"),
            _own("consumer_cost", high=2, fold="More", label="customer's cost of putting in"),
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
        """Compute the ledger at this price; draw and tell it."""
        parameters, price = self.parameters(values), float(values["price"])
        alone, costs = models.individual_use(parameters), models.sphere_costs(parameters)
        value = float(models.realised_value(parameters))
        risk = float(values["privacy_cost"]) * float(values["disclosure"])
        found = Ledger(
            effort=float(costs[0]) - risk,
            risk=risk,
            price=price,
            firm=float(costs[1]),
            value=value,
            left=np.array([value - float(costs[0]) - price, price - float(costs[1])]),
            alone=alone,
            limits=models.acceptable_prices(parameters, alone),
        )
        numbers, texts = ledger_marks(found)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(found),
            alt=story.alternative_text(found),
            key_numbers=story.key_numbers(found, (float(values["customer"]), float(values["firm"]))),
            table=story.table(found, models.ledger(parameters, alone)),
        )


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(number) for name, number in values.items()}


def _own(name: str, *, label: str = "", high: float | None = None, help: str = "", fold: str = "") -> Slider:
    return slider(name, _RANGES[name], _FIRST[name], label=label, high=high, help=help, fold=fold)
