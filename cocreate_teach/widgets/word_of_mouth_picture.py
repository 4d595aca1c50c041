"""The picture of word of mouth: left the share of adopters over time, right up to 400 of the stakeholders."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES, Role
from cocreate_teach.widgets.figure import Layout, LiveFigure, Mark, Panel, Style, spread

Floats = NDArray[np.float64]

PERIODS: Final = 30
SHOWN: Final = 400
ROW: Final = 20
CURVES: Final = ("this network", "all talk to all", "nobody talks")
_LOOKS: Final = (ROLES["customer"], Role("ink", "", (6, 3)), Role("muted", "", (1.5, 2.5)))
_GAP: Final = 0.075  # between two names, as a share of the axis
_NOTE: Final = -0.25  # where the line on chance stands, below the axis
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=286, boxes={"share": (46, 28, 152, 196), "people": (312, 28, 196, 196)}),
    Layout(name="narrow", width=320, height=572, boxes={"share": (48, 30, 168, 196), "people": (40, 318, 224, 208)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """What one setting gave.

    Parameters
    ----------
    period : int
        When we look.
    size, network
        Number of stakeholders, kind of network.
    recommendation, imitation, innovation : float
        What adopters say on average, how much it counts, and the chance without it.
    share : array (runs, PERIODS + 1)
        Share of adopters; the first run is drawn as a line, all together as a band.
    adopted_in : array (at most SHOWN,)
        Period in which those in the picture adopt, -1 if not at all.
    everybody, nobody : array (PERIODS + 1,)
        Shares if everybody talked to everybody, and if nobody talked.
    exact : array (PERIODS + 1,), optional
        Shares on an endless ring, where they are known exactly.
    """

    period: int
    size: int
    network: str
    recommendation: float
    imitation: float
    innovation: float
    share: Floats
    adopted_in: NDArray[np.int32]
    everybody: Floats
    nobody: Floats
    exact: Floats | None


def word_of_mouth_figure() -> LiveFigure:
    """Return panels, layouts and marks."""
    note = (Style(size=9.5, colour="muted"),)
    colour = ROLES["customer"].colour
    marks = (
        Mark(name="band", kind="area", panel="share", count=2 * (PERIODS + 1), styles=(Style(colour=colour),)),
        Mark(name="present", kind="segments", panel="share", count=1, styles=(Style(colour="muted", dashes=(2, 3)),)),
        *(
            Mark(
                name=name, kind="line", panel="share", count=PERIODS + 1, pinned=name == CURVES[0],
                styles=(Style(colour=role.colour, dashes=role.dashes, width=2.6 if name == CURVES[0] else 1.8),),
            )
            for name, role in reversed(list(zip(CURVES, _LOOKS, strict=True)))
        ),
        Mark(name="now", kind="points", panel="share", count=1, pinned=True,
             styles=(Style(colour=colour, marker="o"),)),
        Mark(name="names", kind="labels", panel="share", count=len(CURVES), styles=(
            Style(shift=(7.0, 0.0), bold=True), Style(shift=(7.0, 0.0)),
        )),
        Mark(name="luck", kind="labels", panel="share", count=1, styles=note),
        Mark(name="others", kind="dots", panel="people", count=SHOWN,
             styles=(Style(colour="muted", marker="o", filled=False, size=4.5),)),
        Mark(name="adopters", kind="dots", panel="people", count=SHOWN,
             styles=(Style(colour=colour, marker="o", size=8.0),)),
        Mark(name="who", kind="labels", panel="people", count=2, styles=(
            Style(size=10.5), Style(size=9.5, colour="muted"),
        )),
    )  # fmt: skip
    panels = (
        Panel(
            name="share", title="How many have adopted", xlim=(0, PERIODS), ylim=(0, 1), xlabel="period",
            ylabel="share of stakeholders", xticks=(0, 10, 20, 30), yticks=(0, 0.5, 1),
        ),
        Panel(name="people", title="Who has adopted (simulated)", xlim=(-0.5, 19.5), ylim=(19.5, -0.5), axes=False),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def word_of_mouth_marks(talk: Talk) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    time = np.arange(PERIODS + 1.0)
    paths = (talk.share[0], talk.everybody, talk.nobody)
    heights = spread([path[-1] for path in paths], _GAP, 0.03, 0.97)
    place = np.arange(len(talk.adopted_in))
    people = np.full((SHOWN, 2), np.nan)
    row, along = np.divmod(place, ROW)
    people[place] = np.column_stack([along, row])
    has = np.zeros((SHOWN, 1), dtype=bool)
    has[place, 0] = (talk.adopted_in >= 0) & (talk.adopted_in <= talk.period)
    band = np.full((2 * len(time), 2), np.nan)
    if len(talk.share) > 1:
        low, high = talk.share.min(axis=0), talk.share.max(axis=0)
        band = np.column_stack([np.concatenate([time, time[::-1]]), np.concatenate([low, high[::-1]])])
    numbers = {
        "band": band,
        "present": np.array([[talk.period, 0.0, talk.period, 1.0, 1.5, 0.0]]),
        **{name: np.column_stack([time, path]) for name, path in zip(CURVES, paths, strict=True)},
        "now": np.array([[talk.period, talk.share[0, talk.period], 10.0, 0.0]]),
        "names": np.column_stack([np.full(len(CURVES), PERIODS), heights, [0.0, 1.0, 1.0]]),
        "luck": np.array([[-7.0, _NOTE, 0.0]]),
        "others": np.where(has, np.nan, people),
        "adopters": np.where(has, people, np.nan),
        "who": np.array([[-0.4, 20.4, 0.0], [-0.4, 22.0, 1.0]]),
    }
    words = {
        "names": list(CURVES),
        "luck": [f"band: {len(talk.share)} runs, same network, other luck" if len(talk.share) > 1 else "one run"],
        "who": [f"period {talk.period}:  ● adopted  ○ not yet", _who(talk)],
    }
    return numbers, words


def _who(talk: Talk) -> str:
    shown = len(talk.adopted_in)
    what = {
        "ring": "each row: neighbours",
        "bridges": "each row: neighbours",
        "hubs": "most contacts first",
    }.get(talk.network, "in any order")
    return f"{shown} of {talk.size:,}, {what}"
