"""The student's part of the classroom round (M1): four numbers, a code to hand on, and one's own involvement."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cocreate_teach import models
from cocreate_teach.widgets.controls import Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.round_codes import MOST, RESOURCES, code_of
from cocreate_teach.widgets.round_curves import APART, MOST_IN_ALL, PERIODS, Curves, curves_of
from cocreate_teach.widgets.round_firms import find_firms, firm_parameters, firm_scenarios
from cocreate_teach.widgets.round_paper import ASKED, leaflet
from cocreate_teach.widgets.round_picture import investments_figure, investments_marks
from cocreate_teach.widgets.scenarios import Preset
from cocreate_teach.widgets.topic import Leaflet, Scene
from cocreate_teach.widgets.words import amount, capital

_NUMBER: Final = models.Range(0, MOST, label="0 to 9", step=1, whole=True)
_FIRST: Final = dict(zip(RESOURCES, (5.0, 3.0, 8.0, 2.0), strict=True))


def investments(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore what you put in as a customer, from 0 to 9, and get a code for the round of your class.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "involvement". Without it, four built-in illustrative firms.
    preset : str, optional
        The firm to start with; the first if not given.

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
    >>> investments().headline
    'Your code is 5382-K. You end at 0.18, clearly more involved than the firm (0.12).'
    """
    return Explorer(InvestmentsTopic(find_firms(case, preset)), preset)


@dataclass(frozen=True)
class InvestmentsTopic:
    """What the explorer of one's own investments shows."""

    presets: tuple[Preset, ...]
    name = "investments"
    title = "What do you put in, and how involved do you become?"
    assumption = (
        "This model assumes that your four numbers count alike, so that their mean is what you put in and 9 is all you "
        "could, and that the intention to stay follows from what both sides put in."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left involvement over time, right the four numbers."""
        return investments_figure()

    @cached_property
    def leaflet(self) -> Leaflet:
        """The same on paper."""
        return leaflet()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """The firm, then what a customer puts in."""
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            *(slider(name, _NUMBER, _FIRST[name], label=name, help=ASKED[name]) for name in RESOURCES),
        )

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The firms; each starts with the same numbers."""
        return firm_scenarios(self.presets, (), _FIRST)

    def scene(self, values: Values) -> Scene:
        """Compute the code and both curves; draw and tell them."""
        chosen = tuple(round(float(values[name])) for name in RESOURCES)
        curves = curves_of(firm_parameters(self.presets, {"scenario": values["scenario"]}))
        numbers, texts = investments_marks(curves, chosen)
        code, total = code_of(chosen), sum(chosen)
        you, firm = (amount(one) for one in curves.ends[total])
        told = ", ".join(f"{name} {number}" for name, number in zip(RESOURCES, chosen, strict=True))
        low, high = amount(curves.ends[:, 0].min()), amount(curves.ends[:, 0].max())
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=f"Your code is {code}. {_finding(curves, total)}",
            alt=(
                f"You put in, of {MOST} each: {told}. Over {PERIODS} periods your involvement goes from "
                f"{amount(curves.involved[total, 0, 0])} to {you}, the firm's to {firm}. With this firm a student can "
                f"end between {low} and {high}."
            ),
            key_numbers=(
                ("Code", code),
                (f"Your involvement after {PERIODS} periods", you),
                ("The firm's involvement", firm),
                ("You put in, and the firm", f"{amount(total / MOST_IN_ALL)} and {amount(curves.firm)}"),
                ("Your expectations that are met", amount(curves.met[total])),
                ("Chance that you leave in a period", amount(curves.leaves[total])),
            ),
            table=(
                ("resource", "you put in (0 to 9)", "if only this changes: 0", "if only this changes: 9"),
                *(
                    (capital(name), str(number), *(amount(curves.ends[total - number + one, 0]) for one in (0, MOST)))
                    for name, number in zip(RESOURCES, chosen, strict=True)
                ),
                ("all four", f"{total} of {MOST_IN_ALL}", low, high),
            ),
            code=code,
        )


def _finding(curves: Curves, total: int) -> str:
    you, firm = (amount(one) for one in curves.ends[total])
    apart = float(curves.apart[total])
    if apart >= APART:
        return f"You end at {you}, clearly more involved than the firm ({firm})."
    if apart <= -APART:
        return f"You end at {you}, clearly less involved than the firm ({firm})."
    return f"You end at {you}, about as involved as the firm ({firm})."
