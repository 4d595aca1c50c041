"""The lecturer's part of the classroom round (M1): everybody's codes in one box, and the class as a picture."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach import models
from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets import class_round_story as story
from cocreate_teach.widgets.controls import Control, Scenario, Text, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.round_codes import RESOURCES, Reading, read_codes, tidy
from cocreate_teach.widgets.round_curves import curves_of
from cocreate_teach.widgets.round_firms import find_firms, firm_parameters, firm_scenarios
from cocreate_teach.widgets.round_paper import leaflet
from cocreate_teach.widgets.round_picture import class_figure, class_marks
from cocreate_teach.widgets.scenarios import Preset
from cocreate_teach.widgets.topic import Leaflet, Scene

_RANGES: Final = models.ranges(models.InvolvementParameters)
_SLIDERS: Final = {
    "firm": ("investment", "the firm puts in", ""),
    "alternatives": ("alternatives", "attractiveness of other offers", ""),
    "trust": ("trust", "trust at the start", ""),
    "intention_gate": ("intention_gate", "how far involvement needs an intention to stay", "More"),
    "reciprocity": ("reciprocity", "reciprocity: liking answers liking", "More"),
}
"""For each control its parameter, label and fold."""
_BOX: Final = Text(
    name="codes", label="codes of the class", tidy=tidy,
    help="Paste a chat or a list, or type them: 5382-K, on paper 5382. Everything else is dropped.",
)  # fmt: skip


def class_round(codes: str = "", *, case: str | None = None, preset: str | None = None) -> Explorer:
    """Explore what a class puts in: paste all codes in one box, and see everybody's involvement and the median.

    Parameters
    ----------
    codes : str
        Codes to start with, in any text: separated by spaces, commas or line breaks, with or without text around them.
        Two equal codes are two students. Text that is no code is dropped and kept nowhere.
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
        If there is no preset of this name, or `codes` is no text.

    Examples
    --------
    >>> class_round("Ann: 5382-K, Ben: 9090-U, on paper 1204").headline
    '3 codes: involvement ends at 0.18 in the median. 2 of 3 are clearly more involved than the firm.'
    """
    if fault := _BOX.fault(codes):
        raise ParameterError(fault)
    return Explorer(ClassRoundTopic(find_firms(case, preset), tidy(codes)), preset)  # names go no further than here


@dataclass(frozen=True)
class ClassRoundTopic:
    """What the explorer of a class shows."""

    presets: tuple[Preset, ...]
    codes: str = ""
    name = "class_round"
    title = "What does the class put in, and how involved does it become?"
    assumption = (
        "This model assumes that the four numbers count alike, so that their mean is what a student puts in and 9 is "
        "all one could, that all meet the same firm, and that the intention to stay follows from what both put in."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left everybody's involvement over time, right how often each number was chosen."""
        return class_figure()

    @cached_property
    def leaflet(self) -> Leaflet:
        """The same on paper, with slips to print."""
        return leaflet(to_print=True)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """The firm and the codes, then what may change for all."""
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            replace(_BOX, value=self.codes),
            *(
                slider(name, _RANGES[parameter], float(self.scenarios[0].values[name]), label=label, fold=fold)
                for name, (parameter, label, fold) in _SLIDERS.items()
            ),
        )

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The firms; the codes stay when another one is chosen."""
        return firm_scenarios(self.presets, tuple(_SLIDERS), {})

    def scene(self, values: Values) -> Scene:
        """Read the codes and compute everybody's curve; draw and tell the class."""
        readings = read_codes(str(values["codes"]))
        chosen = _choices(readings)
        curves = curves_of(firm_parameters(self.presets, values))
        numbers, texts = class_marks(curves, chosen)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(curves, chosen, readings),
            alt=story.alternative_text(curves, chosen),
            key_numbers=story.key_numbers(curves, chosen, readings),
            table=story.table(curves, chosen),
            cautions=story.cautions(readings),
        )


def _choices(readings: tuple[Reading, ...]) -> NDArray[np.int64]:
    found = [reading.choices for reading in readings if reading.choices is not None]
    return np.array(found, dtype=np.int64).reshape(-1, len(RESOURCES))
