"""The explorer of tailoring against privacy (M2-T): how much a customer should tell."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets.controls import Control, Scenario, Slider, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.tailoring_picture import (
    COSTS,
    HIGHEST,
    MOST,
    TOLD,
    Telling,
    tailoring_figure,
    tailoring_marks,
)
from cocreate_teach.widgets.topic import Scene
from cocreate_teach.widgets.words import amount

_RANGES: Final = models.ranges(models.TailoringParameters)
_INFORMATION: Final = models.Range(0, MOST, unit="answers", label="customer tells", step=0.5)
_FIRST: Final[dict[str, float]] = {
    "information": 8.0, "privacy_cost": 0.1, "full_value": 1.0, "taste_variance": 1.0, "noise_variance": 2.0,
}  # fmt: skip
_MANY: Final = 1000  # answers: more is told as "as many as possible"
_OWN: Final = ("privacy_cost", "full_value", "taste_variance", "noise_variance")

EXAMPLES: Final = (
    Example(name="app", label="An app that asks for everything", values=_FIRST),
    Example(name="careful", label="A careful customer", values=_FIRST | {"information": 0.5, "privacy_cost": 0.3}),
    Example(name="leak", label="After a data leak", values=_FIRST | {"information": 2.5, "privacy_cost": 0.55}),
    Example(
        name="adviser", label="A personal adviser: tastes differ much",
        values=_FIRST | {"information": 2.0, "taste_variance": 3.0},
    ),
)  # fmt: skip
"""Four illustrative scenarios; the first two are customers of the model's document."""


def tailoring(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore tailoring: move what the customer tells and what an answer costs, and see what is left.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "tailoring". Without it, four built-in illustrative scenarios.
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
    >>> tailoring().headline
    'The customer tells too much: 8.0 answers leave 0.00. Best are 2.5 answers: they leave 0.31.'
    """
    return Explorer(TailoringTopic(find_presets("tailoring", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class TailoringTopic:
    """What the explorer of tailoring shows."""

    presets: tuple[Preset, ...]
    name = "tailoring"
    title = "How much should a customer tell?"
    assumption = (
        "This model assumes that each answer tells a little more about one fixed taste, that the firm uses it only for "
        "a better offer, and that each answer costs the customer the same."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left what telling brings and costs, right the best amount at each risk."""
        return tailoring_figure()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, what is told, what it costs, what it can bring; tastes and noise are folded."""
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("information", _INFORMATION, _FIRST["information"]),
            _own("privacy_cost", 0, HIGHEST, label="data risk: cost of one answer"),
            _own("full_value", 0, 1.5, label="value of a perfect fit"),
            _own("taste_variance", 0.1, 4, label="how much tastes differ", fold="More"),
            _own("noise_variance", 0.1, 6, label="how vague one answer is", fold="More"),
        )

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        return tuple(
            scenario_of(
                preset,
                _FIRST | {name: float(number) for name, number in preset.values.items()},
            )
            for preset in self.presets
        )

    def parameters(self, values: Values) -> models.TailoringParameters:
        """Turn control values into parameters of the model."""
        given: dict[str, Any] = {name: values[name] for name in _OWN}
        return models.TailoringParameters(**given)

    def scene(self, values: Values) -> Scene:
        """Compute what telling brings and costs, and the best amount at each risk; draw and tell it."""
        parameters, told = self.parameters(values), float(values["information"])
        amounts = np.append(TOLD, told)
        value, left = models.tailored_value(parameters, amounts), models.tailoring_net(parameters, amounts)
        curves = np.array([value, value - left, left])
        found = Telling(
            value=curves[0, :-1],
            cost=curves[1, :-1],
            left=curves[2, :-1],
            now=curves[:, -1],
            told=told,
            best=float(models.best_information(parameters)),
            best_left=float(models.best_tailoring_net(parameters)),
            by_cost=models.best_information(replace(parameters, privacy_cost=COSTS)),
            privacy_cost=float(values["privacy_cost"]),
            limit=float(values["full_value"]) / float(models.noise_ratio(parameters)),
        )
        numbers, texts = tailoring_marks(found)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=_headline(found),
            alt=_alternative_text(found),
            key_numbers=_key_numbers(found, parameters),
            table=[
                ("answers", "value", "cost", "left"),
                (f"{told:.1f} (now)", *(amount(float(number)) for number in found.now)),
                *(
                    (f"{TOLD[place]:.0f}", *(amount(float(curve[place])) for curve in curves))
                    for place in range(0, TOLD.size, 5)
                ),
            ],
        )


def _headline(found: Telling) -> str:
    now = f"{found.told:.1f} answers leave {amount(found.now[2])}"
    if found.best == 0:
        return f"Best is to tell nothing: an answer brings no more than it costs. Now {now}."
    if found.best > _MANY:
        price = "almost nothing" if found.privacy_cost else "nothing"
        return f"Telling costs {price}, so the more the better. Now {now} of at most {amount(found.best_left)}."
    best = f"Best are {found.best:.1f} answers: they leave {amount(found.best_left)}."
    if found.told > found.best + 0.5:
        return f"The customer tells too much: {now}. {best}"
    if found.told < found.best - 0.5:
        return f"The customer tells too little: {now}. {best}"
    return f"The customer tells about the right amount: {now}."


def _alternative_text(found: Telling) -> str:
    best = "there is no largest amount" if found.best > _MANY else f"the best amount is {found.best:.1f}"
    return (
        f"From 0 to {MOST:.0f} answers, the value of the tailored offer goes from {amount(found.value[0])} to "
        f"{amount(found.value[-1])}, the cost of telling from 0.00 to {amount(found.cost[-1])}; "
        f"what is left ends at {amount(found.left[-1])}. Now {found.told:.1f} answers bring {amount(found.now[0])}, "
        f"cost {amount(found.now[1])} and leave {amount(found.now[2])}. One answer costs "
        f"{amount(found.privacy_cost)}: {best}. "
        f"When an answer costs more, less is told; from a cost of {amount(found.limit)} on, nothing."
    )


def _key_numbers(found: Telling, parameters: models.TailoringParameters) -> tuple[tuple[str, str], ...]:
    best = "as many as possible" if found.best > _MANY else f"{found.best:.2f}"
    return (
        ("Value of the tailored offer now", amount(found.now[0])),
        ("Cost of telling now", amount(found.now[1])),
        ("Left now", amount(found.now[2])),
        ("Best number of answers", best),
        ("Left at best", amount(found.best_left, 3)),
        ("Answers for half of the full value", amount(float(models.noise_ratio(parameters)))),
    )


def _own(name: str, low: float, high: float, *, label: str, fold: str = "") -> Slider:
    return slider(name, _RANGES[name], _FIRST[name], low=low, high=high, label=label, fold=fold)
