"""The picture of tailoring: left what telling more brings and costs, right the best amount at each data risk."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES, Role
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style, spread

Floats = NDArray[np.float64]

MOST: Final = 12.0  # answers, the end of both axes
HIGHEST: Final = 0.6  # cost of one answer
TOLD: Final = np.linspace(0.0, MOST, 61)
COSTS: Final = HIGHEST * np.linspace(0.0, 1.0, 61) ** 2  # closer where the curve is steep
_VALUE: Final = (-0.6, 1.5)
_PLAIN: Final = Role("muted", "", (2, 2.5))
CURVES: Final = (("value", ROLES["customer"]), ("cost", _PLAIN), ("left", ROLES["joint"]))
_LEAVING: Final = (-0.4, 1.28)  # where a curve that leaves the panel is named
_GAP: Final = 0.16  # between two labels, in units of value
_EDGES: Final = (
    Style(anchor="start", colour="muted", shift=(4.0, 0.0)),
    Style(anchor="end", colour="muted", shift=(-4.0, 0.0)),
)
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=286, boxes={"told": (54, 28, 160, 208), "risk": (316, 28, 190, 208)}),
    Layout(name="narrow", width=320, height=550, boxes={"told": (54, 30, 204, 190), "risk": (54, 302, 250, 190)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What the model found.

    Parameters
    ----------
    value, cost, left : array (TOLD.size,)
        Value of the tailored offer, cost of telling, and the difference, at each amount told.
    now : array (3,)
        The same at the present amount.
    told : float
        The present amount.
    best : float
        The best one, infinite if telling costs nothing.
    best_left : float
        What is left at the best amount.
    by_cost : array (COSTS.size,)
        The best amount at each cost of one answer.
    privacy_cost : float
        The present cost of one answer.
    limit : float
        From this cost on, nothing is told.
    """

    value: Floats
    cost: Floats
    left: Floats
    now: Floats
    told: float
    best: float
    best_left: float
    by_cost: Floats
    privacy_cost: float
    limit: float


def tailoring_figure() -> LiveFigure:
    """Return panels, layouts and marks."""
    blue, green = ROLES["customer"], ROLES["joint"]
    marks = (
        Mark(name="zero", kind="segments", panel="told", count=1, styles=(Style(),)),
        Mark(name="best", kind="segments", panel="told", count=1, styles=(Style(colour="muted", dashes=(2, 3)),)),
        *(
            Mark(
                name=f"curve {place}", kind="line", panel="told", count=TOLD.size, pinned=True,
                styles=(Style(colour=role.colour, dashes=role.dashes, width=2.4),),
            )
            for place, (_, role) in enumerate(CURVES)
        ),
        Mark(
            name="now", kind="points", panel="told", count=1, styles=(Style(colour=green.colour, marker="D"),),
            pinned=True, handles=(Handle(label="what the customer tells", x="information"),),
        ),
        Mark(name="names", kind="labels", panel="told", count=3, styles=(Style(shift=(8.0, 0.0)),)),
        Mark(name="best label", kind="labels", panel="told", count=1, styles=_EDGES),
        Mark(
            name="by cost", kind="line", panel="risk", count=COSTS.size, pinned=True,
            styles=(Style(colour=blue.colour, width=2.4),),
        ),
        Mark(name="limit", kind="segments", panel="risk", count=1, styles=(Style(colour="muted", dashes=(2, 3)),)),
        Mark(name="limit label", kind="labels", panel="risk", count=1, styles=_EDGES),
        Mark(name="told now", kind="points", panel="risk", count=1, styles=(Style(filled=False, marker="D"),)),
        Mark(
            name="risk now", kind="points", panel="risk", count=1, pinned=True,
            styles=(Style(colour=blue.colour, marker="o"),),
            handles=(Handle(label="cost of one answer", x="privacy_cost"),),
        ),
    )  # fmt: skip
    panels = (
        Panel(
            name="told", title="What telling brings and costs", xlim=(0, MOST), ylim=_VALUE,
            xlabel="customer tells (answers): move ◆", ylabel="value", xticks=(0, 4, 8, 12),
            yticks=(-0.5, 0, 0.5, 1, 1.5),
        ),
        Panel(
            name="risk", title="Best to tell, at each risk", xlim=(0, HIGHEST), ylim=(0, MOST),
            xlabel="data risk: cost of one answer\n● best, ◇ told now", ylabel="answers", xticks=(0, 0.2, 0.4, 0.6),
            yticks=(0, 4, 8, 12),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def tailoring_marks(found: Telling) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    curves = (found.value, found.cost, found.left)
    shown = [_inside(curve, *_VALUE) for curve in curves]
    last = [int(np.flatnonzero(~np.isnan(curve))[-1]) for curve in shown]  # all start at 0, inside
    ends = [float(np.clip(curves[i][at], *(_VALUE if at == TOLD.size - 1 else _LEAVING))) for i, at in enumerate(last)]
    best = found.best if 0 < found.best <= MOST else np.nan
    limit = found.limit if found.limit < HIGHEST else np.nan
    numbers = {
        "zero": np.array([[0.0, 0.0, MOST, 0.0, 1.0, 0.0]]),
        "best": np.array([[best, _VALUE[0], best, 1.36, 1.5, 0.0]]),
        **{f"curve {i}": np.column_stack([TOLD, curve]) for i, curve in enumerate(shown)},
        "now": np.array([[found.told, float(np.clip(found.now[2], *_VALUE)), 11.0, 0.0]]),
        "names": np.column_stack([TOLD[last], spread(ends, _GAP, _VALUE[0] + 0.06, 1.44), np.zeros(3)]),
        "best label": np.array([[best, 1.43, 0.0 if found.best < MOST / 2 else 1.0]]),
        "by cost": np.column_stack([COSTS, _inside(found.by_cost, 0.0, MOST)]),
        "limit": np.array([[limit, 0.0, limit, 11.0, 1.5, 0.0]]),
        "limit label": np.array([[limit, 11.5, 0.0 if found.limit < HIGHEST / 2 else 1.0]]),
        "told now": np.array([[found.privacy_cost, found.told, 10.0, 0.0]]),
        "risk now": np.array([[found.privacy_cost, min(found.best, MOST), 10.0, 0.0]]),
    }
    words = {
        "names": [name for name, _ in CURVES],
        "best label": [f"best {best:.1f}"],
        "limit label": ["tell nothing →"],
    }
    return numbers, words


def _inside(values: Floats, low: float, high: float) -> Floats:
    """Leave out what lies beyond the axis."""
    return np.where((values >= low) & (values <= high), values, np.nan)
