"""The explorer of business models (M5): a network of activities whose links are switched, and its bottleneck."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets.business_model_network import ACTIVITIES, CHAIN, LINKS, USUAL, control_name, insurance
from cocreate_teach.widgets.business_model_picture import (
    MOST,
    SHARES,
    Reading,
    business_model_figure,
    business_model_marks,
)
from cocreate_teach.widgets.controls import Choice, Control, Scenario, Switch, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Scene
from cocreate_teach.widgets.words import amount, capital, listed

_TOGETHER: Final = [list(link) for link in LINKS if link not in USUAL]
EXAMPLES: Final = (
    Example(name="few", label="Few advisers sell", values={"demand": 160}),
    Example(name="many", label="Junior advisers sell it, too", values={"demand": 200, "capability": {"advise": 240}}),
    Example(
        name="together",
        label="Customers and advisers have a say",
        values={"demand": 160, "added": _TOGETHER, "decides": "advisers"},
    ),
)
"""Life insurance of an invented bank, for an explorer without a case."""

_ABLE: Final = models.Range(0, 1e6, unit="cases per period", label="capability", step=10)


def business_model(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore a business model as a network: switch links, widen single steps, and find the bottleneck.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "business_model". Without it, life insurance of an invented bank.
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
    >>> explorer = business_model()
    >>> explorer.key_numbers["Bottleneck"]
    'advise'
    >>> explorer.set(advise=240)
    >>> explorer.key_numbers["Bottleneck"]
    'check applications'
    """
    return Explorer(BusinessModelTopic(find_presets("business_model", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class BusinessModelTopic:
    """What the explorer of business models shows."""

    presets: tuple[Preset, ...]
    name = "business_model"
    title = "Where does this business model get stuck, and who is linked with whom?"
    assumption = (
        "This model assumes that every case passes all steps, so that the weakest activity limits all, and that values "
        "and costs of activities and links can be judged."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left the network, right the chain and the shares."""
        return business_model_figure()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, demand, what each activity of the chain can handle, who decides; a switch for each link, folded."""
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("demand", _ABLE, 160, label="wanted by customers", low=20, high=MOST),
            *(
                slider(control_name(name), _ABLE, able, label=f"{name}: can handle", high=MOST)
                for name, able in CHAIN.items()
            ),
            Choice(
                name="decides", label="who decides about advising", value="bank",
                options=tuple((who, who) for who in ("bank", "advisers")),
            ),
            *(
                Switch(name=control_name("link", *link), label=" to ".join(link), value=float(link in USUAL),
                       fold="Links")
                for link in LINKS
            ),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls; `added` and `removed` are pairs of activities."""
        return tuple(
            scenario_of(
                preset,
                {
                    "demand": float(preset.values.get("demand", 160)),
                    "decides": str(preset.values.get("decides", "bank")),
                    **{
                        control_name(name): float(able)
                        for name, able in (CHAIN | dict(preset.values.get("capability", {}))).items()
                    },
                    **{
                        control_name("link", *link): float(state)
                        for key, state in (("added", True), ("removed", False))
                        for link in preset.values.get(key, ())
                    },
                },
            )
            for preset in self.presets
        )

    def model(self, values: Values) -> models.BusinessModel:
        """Build the network from control values."""
        return insurance(
            {name: float(values[control_name(name)]) for name in CHAIN},
            [link for link in LINKS if values[control_name("link", *link)]],
            str(values["decides"]),
        )

    def scene(self, values: Values) -> Scene:
        """Read the network; draw and tell it."""
        network = self.model(values)
        demand = float(values["demand"])
        chain = models.CapabilityParameters(capability=models.step_capabilities(network), demand=demand)
        weakest = str(models.bottleneck_activity(network))
        shares = np.array(
            [
                float(models.boundary_span(network)),
                models.link_reciprocity(network),
                models.customer_facing_share(network),
                float(models.governance_participation(network)),
            ]
        )
        has_link = np.array([link in network.links for link in LINKS])
        numbers, texts = business_model_marks(
            Reading(
                capability=np.array([float(values[control_name(name)]) for name in CHAIN]),
                demand=demand, bottleneck=weakest, has_link=has_link, shares=shares,
            )
        )  # fmt: skip
        through, wanted = round(float(models.throughput(chain))), round(demand)
        owner = dict(zip(network.activities, network.owners, strict=True))
        crossing = sum(owner[source] != owner[target] for source, target in network.links)
        links = f"{crossing} of {len(network.links)} links"
        surplus = amount(float(models.business_surplus(network)))
        advisers = amount(float(models.controlled_share(network, "advisers")))
        if through < wanted:
            flow = f"{capital(weakest)} is the bottleneck: {through} of {wanted} cases get through."
        else:
            flow = f"All {wanted} cases get through; {weakest} would be the first bottleneck, at {through}."
        absent = listed([" to ".join(link) for link, there in zip(LINKS, has_link, strict=True) if not there], "none")
        able = listed([f"{name} {float(values[control_name(name)]):.0f}" for name in CHAIN])
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=f"{flow} {capital(links)} cross a border between owners.",
            alt=(
                f"Network of {len(ACTIVITIES)} activities with {len(network.links)} of {len(LINKS)} possible links; "
                f"not linked: {absent}. Cases per period that each can handle: {able}. {flow} "
                f"{capital(links)} cross a border. "
                f"{'; '.join(f'{name} {amount(share)}' for name, share in zip(SHARES, shares, strict=True))}. "
                f"Advisers control {advisers} of the value; {values['decides']} decides about advising."
            ),
            key_numbers=(
                ("Bottleneck", weakest),
                ("Cases that get through", f"{min(through, wanted)} of {wanted} wanted"),
                ("Share of demand served", amount(float(models.structural_support(chain)))),
                ("Links across borders", links),
                ("Surplus of the network", surplus),
                ("Value that advisers control", advisers),
            ),
            table=_table(network, values),
        )


def _table(network: models.BusinessModel, values: Values) -> list[tuple[str, ...]]:
    owner = dict(zip(network.activities, network.owners, strict=True))
    activities = [
        (name, done, decided, step or "none", f"{float(values[control_name(name)]):.0f}" if step else "not limited")
        for name, done, decided, step in zip(
            network.activities, network.owners, network.controllers, network.steps, strict=True
        )
    ]
    links = [
        (f"link: {source} to {target}", owner[source], owner[target], "linked", f"{volume:.0f}")
        for (source, target), volume in zip(network.links, np.asarray(network.volume), strict=True)
    ]
    return [
        ("activity or link", "owner, or from", "decides, or to", "step of the chain", "cases per period"),
        ("wanted by customers", "customer", "customer", "none", f"{float(values['demand']):.0f}"),
        *activities,
        *links,
    ]
