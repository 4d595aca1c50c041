"""The picture of voice: left engagement over time, right co-creation inside and outside over centralisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES, Role
from cocreate_teach.widgets.figure import Layout, LiveFigure, Mark, Panel, Style, spread
from cocreate_teach.widgets.scenarios import roles_of

Floats = NDArray[np.float64]

PERIODS: Final = 12
GRID: Final = np.linspace(0.0, 1.0, 41)
CURVES: Final = (("inside", "firm"), ("outside, possible", "customer"), ("outside, real", "joint"))
_GAP: Final = 0.068  # between two labels, as a share of the axis
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=286, boxes={"time": (42, 28, 128, 208), "centre": (298, 28, 104, 208)}),
    Layout(name="narrow", width=320, height=560, boxes={"time": (44, 30, 176, 200), "centre": (44, 310, 166, 200)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Voices:
    """What the model found.

    Parameters
    ----------
    path : array (PERIODS + 1, k)
        Engagement of each stakeholder over time.
    inside, possible, real : array (GRID.size,)
        Co-creation inside, possible and real co-creation outside, settled, at each centralisation of `GRID`.
    centralisation : float
        The present one.
    now : array (3,)
        Inside, possible and real at the present centralisation.
    """

    path: Floats
    inside: Floats
    possible: Floats
    real: Floats
    centralisation: float
    now: Floats


def voice_figure(stakeholders: Sequence[str]) -> LiveFigure:
    """Return panels, layouts and marks for these stakeholders."""
    people = [ROLES[role] for role in roles_of(stakeholders).values()]
    curves = [ROLES[role] for _, role in CURVES]
    end = Style(shift=(7.0, 0.0))
    marks = (
        *(_line(f"path {i}", "time", PERIODS + 1, role, every=3) for i, role in enumerate(people)),
        Mark(name="people", kind="labels", panel="time", count=len(people), styles=(end,)),
        Mark(name="present", kind="segments", panel="centre", count=1, styles=(Style(colour="muted", dashes=(2, 3)),)),
        *(_line(f"curve {i}", "centre", GRID.size, role, every=0) for i, role in enumerate(curves)),
        Mark(
            name="now", kind="points", panel="centre", count=len(curves), pinned=True,
            styles=tuple(Style(colour=role.colour, marker=role.marker) for role in curves),
        ),
        Mark(name="curves", kind="labels", panel="centre", count=len(curves), styles=(end,)),
        Mark(
            name="here", kind="labels", panel="centre", count=1,
            styles=(
                Style(anchor="start", colour="muted", size=9.5, shift=(4.0, 0.0)),
                Style(anchor="end", colour="muted", size=9.5, shift=(-4.0, 0.0)),
            ),
        ),
    )  # fmt: skip
    panels = (
        Panel(
            name="time", title="Engagement, period by period", xlim=(0, PERIODS), ylim=(0, 1),
            xlabel="period", ylabel="engagement (share)", xticks=(0, 3, 6, 9, 12),
        ),
        Panel(
            name="centre", title="Co-creation, once settled", xlim=(0, 1), ylim=(0, 1),
            xlabel="centralisation of decisions", ylabel="co-creation (share)", xticks=(0, 0.5, 1),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def voice_marks(stakeholders: Sequence[str], found: Voices) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    k = len(stakeholders)
    curves = np.array([found.inside, found.possible, found.real])
    count = len(CURVES)
    at = found.centralisation
    people_at = spread(found.path[-1], _GAP, 0.02, 0.98)
    numbers = {
        **{f"path {i}": np.column_stack([np.arange(PERIODS + 1), found.path[:, i]]) for i in range(k)},
        **{f"curve {i}": np.column_stack([GRID, curve]) for i, curve in enumerate(curves)},
        "people": np.column_stack([np.full(k, PERIODS), people_at, np.zeros(k)]),
        "present": np.array([[at, 0.0, at, 1.0, 1.5, 0.0]]),
        "now": np.column_stack([np.full(count, at), found.now, np.full(count, 9.0), np.arange(count)]),
        "curves": np.column_stack([np.ones(count), spread(curves[:, -1], _GAP, 0.02, 0.98), np.zeros(count)]),
        "here": np.array([[at, 0.97, 0.0 if at <= 0.5 else 1.0]]),
    }
    words = {
        "people": list(stakeholders),
        "curves": [label for label, _ in CURVES],
        "here": [f"now {at:.2f}"],
    }
    return numbers, words


def _line(name: str, panel: str, count: int, role: Role, *, every: int) -> Mark:
    marker = role.marker if every else ""
    chosen = Style(colour=role.colour, dashes=role.dashes, marker=marker, every=max(every, 1), width=2.4)
    return Mark(name=name, kind="line", panel=panel, count=count, styles=(chosen,), pinned=True)
