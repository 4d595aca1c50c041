"""The explorer of scope (M2-V, M2-T): how much effort and information to ask of a customer, and when of none."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from cocreate_teach import models
from cocreate_teach.widgets.controls import Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.scope_picture import EFFORT, SIGNALS, Scope, scope_figure, scope_marks
from cocreate_teach.widgets.topic import Scene
from cocreate_teach.widgets.words import amount, with_minus

_SPHERES: Final = models.ranges(models.SphereParameters)
_SIGNALS: Final = models.ranges(models.TailoringParameters)
_FIRST: Final[dict[str, float]] = {
    "direct_interaction": 0.7,
    "joint_strength": 2.0,
    "consumer_cost": 0.9,
    "consumer_strength": 0.5,
    "full_value": 1.0,
    "privacy_cost": 0.1,
    "firm": 0.4,
    "noise_variance": 2.0,
}


def _product(name: str, label: str, **changes: float) -> Example:
    return Example(name=name, label=label, values=_FIRST | changes)


EXAMPLES: Final = (
    _product("advice", "Advice on saving for old age"),
    _product(
        "coat", "A coat made to measure", direct_interaction=0.5, consumer_cost=0.5, full_value=1.2, privacy_cost=0.05
    ),
    _product(
        "electricity", "Electricity from the socket", direct_interaction=0.05, joint_strength=0.5, full_value=0.2,
        privacy_cost=0.15, consumer_strength=0.8,
    ),
    _product(
        "emergency", "An operation in an emergency", direct_interaction=0.4, joint_strength=1.0, consumer_cost=5.0,
        consumer_strength=0.2, full_value=1.1, privacy_cost=0.15, noise_variance=0.5, firm=1.0,
    ),
    _product(
        "software", "Software that users improve", direct_interaction=0.9, consumer_cost=0.6, privacy_cost=0.3,
        firm=0.2,
    ),
)  # fmt: skip
"""Five kinds of products and services, for an explorer without a case."""

_SHOWN: Final = 0.005  # what two decimals can show


def scope(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore when to co-create, and how far: the best effort and the best amount of information of a customer.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "scope". Without it, five illustrative kinds of products and services.
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
    >>> explorer = scope(preset="electricity")
    >>> explorer.headline
    'Do not co-create here: at best, both have 0.02 less than apart. Ask for no information.'
    """
    return Explorer(ScopeTopic(find_presets("scope", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class ScopeTopic:
    """What the explorer of scope shows."""

    presets: tuple[Preset, ...]
    name = "scope"
    title = "When not to co-create, and how far to go?"
    assumption = (
        "This model assumes that effort and information help by less and less while each costs the customer the same, "
        "and that both sides can walk away."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left effort, right information."""
        return scope_figure()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Kind of product first, then what makes products differ."""

        def own(ranges: Any, name: str, label: str, **more: Any) -> Control:
            return slider(name, ranges[name], _FIRST[name], label=label, **more)

        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            own(_SPHERES, "direct_interaction", "direct interaction", help="0: pure exchange; 1: all of it together"),
            own(_SPHERES, "joint_strength", "what can be created together", high=4.0),
            own(_SPHERES, "consumer_cost", "cost of the customer's effort", low=0.1, high=6.0),
            own(_SPHERES, "consumer_strength", "what the customer creates alone", high=2.0),
            own(_SIGNALS, "full_value", "value of a perfect fit", high=2.0),
            own(_SIGNALS, "privacy_cost", "risk of each piece of information", low=0.01, high=1.0),
            slider("firm", models.Range(0, 1, unit="share", label="effort"), _FIRST["firm"], label="firm's effort",
                   fold="More"),
            own(_SIGNALS, "noise_variance", "noise in what customers say", low=0.1, high=10.0, fold="More"),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        return tuple(
            scenario_of(
                preset,
                {name: float(preset.values.get(name, default)) for name, default in _FIRST.items()},
            )
            for preset in self.presets
        )

    def found(self, values: Values) -> Scope:
        """Ask the models: gain at each effort, net value at each amount of information, and both at their best."""
        number = {name: float(values[name]) for name in _FIRST}
        spheres = models.SphereParameters(
            investment=models.consumer_producer(EFFORT, number["firm"]),
            **{name: number[name] for name in ("direct_interaction", "joint_strength", "consumer_cost",
                                               "consumer_strength")},
        )  # fmt: skip
        gain = models.sphere_surplus(spheres) - models.individual_use(spheres).sum(axis=-1)
        tailoring = models.TailoringParameters(
            **{name: number[name] for name in ("full_value", "privacy_cost", "noise_variance")}
        )
        best = int(gain.argmax())
        return Scope(
            gain=gain,
            net=models.tailoring_net(tailoring, SIGNALS),
            best_effort=float(EFFORT[best]),
            best_gain=float(gain[best]),
            best_signals=float(models.best_information(tailoring)),
            best_net=float(models.best_tailoring_net(tailoring)),
        )

    def scene(self, values: Values) -> Scene:
        """Find the best effort and the best information; draw and tell them."""
        found = self.found(values)
        numbers, texts = scope_marks(found)
        signals = amount(found.best_signals, 1)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=f"{_effort_rule(found)} {_information_rule(found)}",
            alt=with_minus(
                f"Gain of both over staying apart: {amount(found.gain[0])} without any effort of the customer, "
                f"{amount(found.best_gain)} at the best effort, {amount(found.best_effort)}, and "
                f"{amount(found.gain[-1])} at full effort. Net value of information to the customer: largest with "
                f"{signals} pieces, {amount(found.best_net)}; with {SIGNALS[-1]:.0f} pieces {amount(found.net[-1])}."
            ),
            key_numbers=(
                ("Best effort of the customer", amount(found.best_effort)),
                ("Gain of both at the best effort", amount(found.best_gain)),
                ("Gain of both at full effort", amount(found.gain[-1])),
                ("Best amount of information", f"{signals} pieces"),
                ("Net value of it to the customer", amount(found.best_net)),
            ),
            table=self._table(found),
        )

    def _table(self, now: Scope) -> list[tuple[str, ...]]:
        head = (
            "product or service",
            "best effort",
            "gain of both",
            "gain at full effort",
            "best information",
            "net value of it",
        )
        known = [(scenario.label, self._known[scenario.name]) for scenario in self.scenarios]
        return [
            head,
            *(
                (
                    label, amount(one.best_effort), amount(one.best_gain), amount(one.gain[-1]),
                    amount(one.best_signals, 1), amount(one.best_net),
                )
                for label, one in [("as set now", now), *known]
            ),
        ]  # fmt: skip

    @cached_property
    def _known(self) -> dict[str, Scope]:
        """What is best for each scenario, to compare with."""
        return {scenario.name: self.found(scenario.values) for scenario in self.scenarios}


def _effort_rule(found: Scope) -> str:
    gain = amount(abs(found.best_gain))
    if found.best_gain <= -_SHOWN:
        return f"Do not co-create here: at best, both have {gain} less than apart."
    if found.best_gain < _SHOWN:
        return "Co-creation gains nothing here: at best, both have as much as apart."
    if found.best_effort == 1:
        return f"Ask for all the effort that a customer can give: the gain is {gain}."
    return f"Ask for an effort of {amount(found.best_effort)}, not for more: the gain is {gain}."


def _information_rule(found: Scope) -> str:
    if found.best_net < _SHOWN:
        return "Ask for no information."
    return f"Ask for {amount(found.best_signals, 1)} pieces of information, not for more."
