"""The explorer of participation (M2-S): who works with whom, what each gets back and puts in, who leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets import participation_story as story
from cocreate_teach.widgets.controls import Choice, Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.participation_picture import Circle, participation_figure, participation_marks
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, named_pairs, scenario_of
from cocreate_teach.widgets.topic import Scene

_BEFORE: Final[dict[str, Any]] = {
    "stakeholders": ["customer", "junior adviser", "senior adviser", "management"],
    "cost": {"customer": 0.9, "junior adviser": 1.0, "senior adviser": 1.0, "management": 0.4},
    "synergy": [
        {"between": ["customer", "senior adviser"], "value": 3.0},
        {"between": ["junior adviser", "senior adviser"], "value": 0.5},
        {"between": ["senior adviser", "management"], "value": 1.0},
        {"between": ["junior adviser", "management"], "value": 0.5},
        {"between": ["customer", "junior adviser"], "value": 0.5},
    ],
}
_PRODUCT: Final = {"between": ["customer", "junior adviser"], "value": 3.0}
EXAMPLES: Final = (
    Example(name="before", label="Before the product", values=_BEFORE),
    Example(
        name="after", label="After the product", values=_BEFORE | {"synergy": [*_BEFORE["synergy"][:-1], _PRODUCT]}
    ),
)
"""Two illustrative scenarios for an explorer without a case."""

_RANGES: Final = models.ranges(models.ParticipationParameters)


def participation(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore who takes part: move the product, the costs, the trust and the remedies, and see who leaves.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "participation". Without it, two built-in illustrative scenarios.
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
        If there is no preset of this name, or the presets do not share at least three stakeholders.

    Examples
    --------
    >>> participation().headline
    'The junior adviser leaves: gets back 0.75, puts in 1.00. Three stay and create 4.00 together.'
    """
    return Explorer(ParticipationTopic(find_presets("participation", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class ParticipationTopic:
    """What the explorer of participation shows.

    The first three stakeholders and the last one have parts to play: the customer, who is new (and may leave), the
    experienced colleague, and who leads.
    """

    presets: tuple[Preset, ...]
    name = "participation"
    title = "Who takes part, and who leaves?"
    assumption = (
        "This model assumes that each pair shares the value it adds in halves, and that a stakeholder who gets back "
        "less than it puts in leaves and does not return."
    )

    def __post_init__(self) -> None:
        names = {tuple(preset.values["stakeholders"]) for preset in self.presets}
        if len(names) != 1 or len(self.stakeholders) < 3:
            raise ParameterError(
                "the presets of this explorer must share the same stakeholders, at least three; "
                f"got {' and '.join(', '.join(one) for one in sorted(names))}; give them the same list"
            )

    @cached_property
    def stakeholders(self) -> tuple[str, ...]:
        """Names, in the order of the picture."""
        return tuple(self.presets[0].values["stakeholders"])

    @cached_property
    def figure(self) -> LiveFigure:
        """Left the circle, right the bars."""
        return participation_figure(self.stakeholders)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, the product, what the newcomer puts in, trust, remedies."""
        customer, newcomer, colleague, *_ = self.stakeholders
        lead = self.stakeholders[-1]
        payers = tuple((name, name) for name in dict.fromkeys((colleague, lead)))
        synergy, cost, transfer = _RANGES["synergy"], _RANGES["cost"], _RANGES["transfer"]
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("product", synergy, 0.5, low=0, high=3.5, label=f"{customer} with {newcomer}: value added",
                   help="What the two can do together, for example with a new product"),
            slider("newcomer_cost", cost, 1.0, high=2, label=f"{newcomer}: puts in"),
            slider("pairing", synergy, 0.5, low=-2, high=1.5, label=f"{newcomer} with {colleague}: value added",
                   help="Below zero: distrust, working together destroys value"),
            slider("transfer", transfer, 0, high=1, label=f"payment to the {newcomer}"),
            Choice(name="payer", label="paid by", options=payers, value=payers[0][0]),
            slider("training_gain", synergy, 0, low=0, high=1, fold="More",
                   label=f"training: adds to {customer} with {newcomer}"),
            slider("training_cost", cost, 0, high=1, fold="More", label=f"training: {lead} puts in more"),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        customer, newcomer, colleague, *_ = self.stakeholders
        found = []
        for preset in self.presets:
            synergy = self._pairs(preset, "synergy")
            paid = {giver: value for (giver, to), value in _transfers(preset).items() if to == newcomer}
            payer = next(iter(paid), colleague)
            values: dict[str, float | str] = {
                "product": synergy.get((customer, newcomer), 0.0),
                "newcomer_cost": float(preset.values["cost"][newcomer]),
                "pairing": synergy.get((newcomer, colleague), 0.0),
                "transfer": paid.get(payer, 0.0),
                "payer": payer,
                "training_gain": 0.0,
                "training_cost": 0.0,
            }
            found.append(scenario_of(preset, values))
        return tuple(found)

    def parameters(self, values: Values) -> models.ParticipationParameters:
        """Turn control values into parameters of the model."""
        customer, newcomer, colleague, *_ = self.stakeholders
        preset = next(preset for preset in self.presets if preset.name == values["scenario"])
        others = {pair: value for pair, value in _transfers(preset).items() if pair[1] != newcomer}
        parameters = models.participation_parameters(
            self.stakeholders,
            cost={**preset.values["cost"], newcomer: values["newcomer_cost"]},
            synergy={
                **self._pairs(preset, "synergy"),
                (customer, newcomer): values["product"],
                (newcomer, colleague): values["pairing"],
            },
            stand_alone=preset.values.get("stand_alone", {}),
            transfer={**others, (str(values["payer"]), newcomer): values["transfer"]},
        )
        return models.with_training(
            parameters, learner=newcomer, partner=customer, gain=float(values["training_gain"]),
            payer=self.stakeholders[-1], cost=float(values["training_cost"]),
        )  # fmt: skip

    def scene(self, values: Values) -> Scene:
        """Compute who leaves and what each gets back; draw and tell it."""
        parameters = self.parameters(values)
        path = models.participation_path(parameters)
        rounds = models.leaving_round(parameters)
        by_round = models.rewards(parameters, path)  # (rounds + 1, m)
        last_inside = np.where(rounds > 0, rounds - 1, len(path) - 1)
        circle = Circle(
            back=by_round[last_inside, np.arange(len(rounds))],
            opening=by_round[0],
            cost=np.asarray(parameters.cost),
            round=rounds,
            synergy=np.asarray(parameters.synergy),
            transfer=np.asarray(parameters.transfer),
        )
        numbers, texts = participation_marks(self.stakeholders, circle)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(self.stakeholders, circle, parameters),
            alt=story.alternative_text(self.stakeholders, circle, parameters),
            key_numbers=story.key_numbers(self.stakeholders, parameters, payer=str(values["payer"])),
            table=story.table(self.stakeholders, circle, parameters),
        )

    def _pairs(self, preset: Preset, field: str) -> dict[tuple[str, str], float]:
        """Pairs of a preset, each in the order of the stakeholders."""
        place = {name: at for at, name in enumerate(self.stakeholders)}
        return {
            (first, second) if place[first] < place[second] else (second, first): value
            for (first, second), value in named_pairs(preset.values[field]).items()
        }


def _transfers(preset: Preset) -> Mapping[tuple[str, str], float]:
    return named_pairs(preset.values.get("transfer", ()))
