"""The picture of involvement: left both sides over time, right what both put in, on a map that a hand can move on."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style, spread

Floats = NDArray[np.float64]

PERIODS: Final = 40
_CENTRES: Final = (np.arange(8) + 0.5) / 8
GRID: Final = np.stack(np.meshgrid(_CENTRES, _CENTRES), axis=-1).reshape(-1, 2)
"""Pairs of investments on the map: customer, firm; shape (64, 2)."""

_TOP: Final = 1.09
_LARGEST: Final = 26.0  # points: diameter of a circle for involvement 1
_GAP: Final = 0.068  # between two labels, as a share of the axis
_SIDES: Final = (ROLES["customer"], ROLES["firm"])
_NOW: Final = (
    Style(anchor="start", colour="muted", shift=(3.0, 0.0), size=10),
    Style(anchor="end", colour="muted", shift=(-3.0, 0.0), size=10),
)
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=286, boxes={"time": (40, 28, 146, 208), "map": (344, 28, 168, 168)}),
    Layout(name="narrow", width=320, height=560, boxes={"time": (42, 30, 164, 190), "map": (60, 300, 200, 200)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dyad:
    """What the model found for two sides, customer and firm.

    Parameters
    ----------
    involved : array (PERIODS + 1, 2)
        Involvement of both.
    met : array (PERIODS + 1, 2)
        How far the expectations of both are met.
    invested : array (PERIODS + 1, 2)
        What both put in.
    settled : array (2,)
        Involvement in the end.
    settled_met : float
        How far the customer's expectations are met in the end.
    map : array (len(GRID),)
        Mean involvement of both in the end, if they put in what `GRID` says.
    leaves : float
        Chance that the customer leaves in the period that is looked at.
    period : int
        That period.
    """

    involved: Floats
    met: Floats
    invested: Floats
    settled: Floats
    settled_met: float
    map: Floats
    leaves: float
    period: int


def involvement_figure() -> LiveFigure:
    """Return panels, layouts and marks."""
    end = Style(shift=(8.0, 0.0))
    dotted = tuple(Style(colour=role.colour, dashes=(1.2, 2.6)) for role in _SIDES)
    marks = (
        Mark(name="present", kind="segments", panel="time", count=1, styles=(Style(colour="muted", dashes=(2, 3)),)),
        Mark(name="settled", kind="segments", panel="time", count=3, styles=dotted),
        Mark(
            name="met", kind="line", panel="time", count=PERIODS + 1, pinned=True,
            styles=(Style(colour=_SIDES[0].colour, width=1.3),),
        ),
        *(
            Mark(
                name=f"involved {side}", kind="line", panel="time", count=PERIODS + 1, pinned=True,
                styles=(Style(colour=role.colour, dashes=role.dashes, marker=role.marker, every=8, width=2.6),),
            )
            for side, role in enumerate(_SIDES)
        ),
        Mark(
            name="now", kind="points", panel="time", count=2,
            styles=tuple(Style(colour=role.colour, marker=role.marker) for role in _SIDES),
        ),
        Mark(name="ends", kind="labels", panel="time", count=4, styles=(end,)),
        Mark(name="moment", kind="labels", panel="time", count=1, styles=_NOW),
        Mark(name="even", kind="segments", panel="map", count=1, styles=(Style(colour="muted", dashes=(4, 3)),)),
        Mark(
            name="circles", kind="points", panel="map", count=len(GRID),
            styles=(Style(colour=ROLES["joint"].colour, filled=False, marker="o"),),
        ),
        Mark(
            name="trail", kind="line", panel="map", count=PERIODS + 1, pinned=True,
            styles=(Style(colour="ink", width=2.2),),
        ),
        Mark(
            name="place", kind="points", panel="map", count=1, styles=(Style(colour="ink", marker="D"),), pinned=True,
            handles=(Handle(label="what both put in", x="customer", y="firm"),),
        ),
    )  # fmt: skip
    panels = (
        Panel(
            name="time", title="Involvement, period by period", xlim=(0, PERIODS), ylim=(0, _TOP),
            xlabel="period (dotted: in the end)", ylabel="share", xticks=(0, 10, 20, 30, 40),
            yticks=(0, 0.5, 1),
        ),
        Panel(
            name="map", title="What both put in: move ◆", xlim=(0, 1), ylim=(0, 1),
            xlabel="customer puts in (share)\nlarger circle: more involved\n(mean of both, in the end)",
            ylabel="firm puts in (share)", xticks=(0, 0.5, 1), yticks=(0, 0.5, 1),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def involvement_marks(found: Dyad) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    periods = np.arange(PERIODS + 1.0)
    at = found.period
    ends, met = found.involved[-1], found.met[-1, 0]
    # The two lines of the label for expectations stay together, also where a curve ends at the same height.
    heights = spread([*(ends - 1e-5), met + 1e-6, met - 1e-6], _GAP * _TOP, 0.03, _TOP - 0.12)
    levels = np.array([*found.settled, found.settled_met])
    numbers = {
        "present": np.array([[at, 0.0, at, 1.0, 1.5, 0.0]]),
        "settled": np.column_stack(
            [np.zeros(3), levels, np.full(3, PERIODS), levels, [1.6, 1.6, 1.0], [0.0, 1.0, 0.0]]
        ),
        "met": np.column_stack([periods, found.met[:, 0]]),
        **{f"involved {side}": np.column_stack([periods, found.involved[:, side]]) for side in range(2)},
        "now": np.column_stack([np.full(2, at), found.involved[at], np.full(2, 9.0), np.arange(2)]),
        "ends": np.column_stack([np.full(4, PERIODS), heights, np.zeros(4)]),
        "moment": np.array([[at, 1.045, 0.0 if at < PERIODS / 2 else 1.0]]),
        "even": np.array([[0.0, 0.0, 1.0, 1.0, 1.4, 0.0]]),
        "circles": np.column_stack([GRID, _LARGEST * found.map, np.zeros(len(GRID))]),
        "trail": found.invested,
        "place": np.array([[*found.invested[0], 13.0, 0.0]]),
    }
    words = {
        "ends": ["customer", "firm", "expectations met", "(customer)"],
        "moment": [f"period {at}: {percent(found.leaves)} leave"],
    }
    return numbers, words


def percent(share: float) -> str:
    """Format a share without decimals.

    Examples
    --------
    >>> percent(0.046)
    '5%'
    """
    return f"{100 * share:.0f}%"
