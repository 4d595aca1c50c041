"""The picture of inequality: left a Lorenz curve, right how many made at least so many edits; a real month behind."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Layout, LiveFigure, Mark, Panel, Style

Floats = NDArray[np.float64]

PEOPLE: Final = np.concatenate([np.linspace(0.0, 0.9, 46), 1.0 - np.geomspace(0.0975, 1e-4, 36), [1.0]])
EDITS: Final = np.unique(np.round(np.geomspace(1.0, 1e6, 73)))
_LOWEST: Final = 5e-6  # of the right panel
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=286, boxes={"lorenz": (46, 28, 180, 204), "tail": (306, 28, 196, 204)}),
    Layout(name="narrow", width=320, height=566, boxes={"lorenz": (48, 30, 240, 204), "tail": (62, 316, 226, 204)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RealMonth:
    """One real month of a wiki.

    Parameters
    ----------
    people, edits : array (n,)
        Points of the Lorenz curve: share of the editors, the least active first, and share of the edits.
    at_least, share : array (m,)
        Numbers of edits, and the share of the editors who made at least so many.
    said_people, said_edits : array (k,)
        Statements on the most active: which share of the people, and which share of the edits.
    label : str
        Which month.
    """

    people: Floats
    edits: Floats
    at_least: Floats
    share: Floats
    said_people: Floats
    said_edits: Floats
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Concentration:
    """What the run gave.

    Parameters
    ----------
    held : array (PEOPLE.size,)
        Lorenz curve over `PEOPLE`.
    tail, long_run : array (EDITS.size,)
        Share of the contributors with at least `EDITS`: in this run, and in the long run.
    top, top_held : float
        Share of the most active people, and what they hold.
    readers : float
        Share of all people who never edit.
    """

    held: Floats
    tail: Floats
    long_run: Floats
    top: float
    top_held: float
    readers: float


def inequality_figure(real: RealMonth | None) -> LiveFigure:
    """Return panels, layouts and marks; with a real month its dots lie behind."""
    run, grey = ROLES["customer"].colour, ROLES["reference"].colour
    marks = [
        Mark(name="equal", kind="line", panel="lorenz", count=2, styles=(Style(colour=grey, dashes=(1, 2), width=2),)),
        Mark(
            name="top", kind="segments", panel="lorenz", count=1,
            styles=(Style(colour=ROLES["firm"].colour),),
        ),
        Mark(
            name="lorenz", kind="line", panel="lorenz", count=PEOPLE.size, pinned=True,
            styles=(Style(colour=run, width=2.4),),
        ),
        Mark(name="top point", kind="points", panel="lorenz", count=1, styles=(Style(marker="o"),), pinned=True),
        Mark(name="top label", kind="labels", panel="lorenz", count=1,
             styles=(Style(anchor="end", bold=True, shift=(-6, 0)),)),
        Mark(name="equal label", kind="labels", panel="lorenz", count=1,
             styles=(Style(anchor="end", colour="muted", size=10, shift=(-5, 3)),)),
        Mark(
            name="long run", kind="line", panel="tail", count=EDITS.size, styles=(Style(dashes=(6, 3), width=1.6),),
        ),
        Mark(
            name="run", kind="line", panel="tail", count=EDITS.size, pinned=True,
            styles=(Style(colour=run, width=2.4),),
        ),
        Mark(
            name="curves", kind="labels", panel="tail", count=2,
            styles=(Style(shift=(7, 8), bold=True), Style(anchor="end", shift=(-7, -8))),
        ),
    ]  # fmt: skip
    if real is not None:
        note = (Style(size=10, colour="ink"),)
        marks += [
            _dots("real lorenz", "lorenz", len(real.people), "o"),
            _dots("said", "lorenz", len(real.said_people), "D"),
            Mark(name="lorenz notes", kind="labels", panel="lorenz", count=2, styles=note),
            _dots("real tail", "tail", len(real.at_least), "o"),
            Mark(name="tail note", kind="labels", panel="tail", count=1, styles=(Style(size=10, anchor="end"),)),
        ]
    panels = (
        Panel(
            name="lorenz", title="Who makes the edits", xlim=(0, 1), ylim=(0, 1),
            xlabel="share of people, least active first", ylabel="share of all edits",
            xticks=(0, 0.5, 1), yticks=(0, 0.5, 1),
        ),
        Panel(
            name="tail", title="How many make many", xlim=(1, 1e6), ylim=(_LOWEST, 1.5), xlabel="edits",
            ylabel="share with at least so many", xticks=(1, 100, 10_000), yticks=(0.0001, 0.01, 1),
            xlog=True, ylog=True,
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=tuple(marks))


def inequality_marks(found: Concentration, real: RealMonth | None) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    at, below = 1.0 - found.top, 1.0 - found.top_held
    tail, long_run = (np.where(share >= _LOWEST, share, np.nan) for share in (found.tail, found.long_run))
    run_at, long_at = _last(found.tail, 0.1), _last(found.long_run, 3e-4)
    numbers = {
        "equal": np.array([[0.0, 0.0], [1.0, 1.0]]),
        "equal label": np.array([[0.42, 0.42, 0.0]]),
        "lorenz": np.column_stack([PEOPLE, found.held]),
        "top": np.array([[at, below, at, 1.0, 4.0, 0.0]]),
        "top point": np.array([[at, below, 9.0, 0.0]]),
        "top label": np.array([[at, min(max((1.0 + below) / 2.0, 0.07), 0.95), 0.0]]),
        "long run": np.column_stack([EDITS, long_run]),
        "run": np.column_stack([EDITS, tail]),
        "curves": np.array([
            [EDITS[run_at], found.tail[run_at], 0.0], [EDITS[long_at], found.long_run[long_at], 1.0],
        ]),
    }  # fmt: skip
    words = {
        "top label": [f"top {100 * found.top:g}%: {100 * found.top_held:.0f}%"],
        "equal label": ["all alike"],
        "curves": ["this run", "long run"],
    }
    if real is not None:
        inside = 1.0 - found.readers
        numbers |= {
            "real lorenz": np.column_stack([found.readers + inside * real.people, real.edits]),
            "said": np.column_stack([1.0 - inside * real.said_people, 1.0 - real.said_edits]),
            "lorenz notes": np.array([[0.03, 0.95, 0.0], [0.03, 0.86, 0.0]]),
            "real tail": np.column_stack([real.at_least, real.share]),
            "tail note": np.array([[8e5, 0.75, 0.0]]),
        }
        words |= {
            "lorenz notes": [f"○ {real.label} (derived)", "◇ said in talks (published)"],
            "tail note": [f"○ {real.label} (real)"],
        }
    return numbers, words


def _last(shares: Floats, least: float) -> int:
    """Return the last place where at least so many are left."""
    return int(np.flatnonzero(shares >= least)[-1])


def _dots(name: str, panel: str, count: int, marker: str) -> Mark:
    chosen = Style(colour="ink", marker=marker, filled=False, size=6.0)
    return Mark(name=name, kind="dots", panel=panel, count=count, styles=(chosen,))
