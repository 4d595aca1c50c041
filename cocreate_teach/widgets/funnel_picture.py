"""The picture of the funnel: left the stages, right the loop round by round, and the best of many ideas."""

import math
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style

Floats = NDArray[np.float64]

ROUNDS: Final = 6  # of the loop, after the first
IDEAS: Final = np.unique(np.geomspace(1, 2e6, 160).round())
"""Numbers of ideas on the curve of everybody."""
CREATIVE: Final = np.unique(np.geomspace(1, 200, 60).round())
"""Numbers of ideas on the curve of creative customers."""
MOST: Final = 4e6  # people, end of the axis of the funnel
_CUT: Final = 2.0  # times the people of the first round; higher bars are cut there
_TOP: Final = 32.0  # of the axis of quality
_STAGES: Final = 5
PLAIN, WEAK, INVENTED, WEAK_INVENTED = range(4)  # looks of a bar; what is synthetic is hollow and dashed
_JOINT: Final = ROLES["joint"].colour
_LAYOUTS: Final = (
    Layout(
        name="wide", width=520, height=336,
        boxes={"funnel": (8, 28, 290, 256), "loop": (356, 28, 156, 104), "ideas": (356, 202, 156, 90)},
    ),
    Layout(
        name="narrow", width=320, height=720,
        boxes={"funnel": (14, 28, 292, 260), "loop": (60, 366, 236, 112), "ideas": (60, 560, 236, 108)},
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Funnel:
    """What was set and what the model found.

    Parameters
    ----------
    stages : tuple of str
        Names of the five stages.
    reached : array (5,)
        People expected at each stage.
    conversion : array (4,)
        Share of a stage that goes on to the next.
    point : array (4,)
        What one point more at each step adds at the end, people.
    newcomers : array (ROUNDS + 1,)
        New people in each round of the loop, per person of the first round.
    gain, together : float
        Loop gain, and people ever reached; infinite if the loop grows by itself.
    virality : float
        People whom everyone who comes through brings.
    needed : float
        The virality with which the loop begins to grow by itself; infinite if nobody comes through.
    asked : int
        Creative customers who are asked for an idea.
    better : float
        How many times better their ideas are on average.
    best : array (2,)
        Quality of the best idea of all who suggest, and of the best idea of the creative; a usual idea has 1.
    curves : pair of arrays
        The same over `IDEAS` and `CREATIVE`.
    full : float
        People who would come through if all departments did their part.
    is_synthetic : bool
        Whether the scenario is.
    """

    stages: tuple[str, ...]
    reached: Floats
    conversion: Floats
    point: Floats
    newcomers: Floats
    gain: float
    together: float
    virality: float
    needed: float
    asked: int
    better: float
    best: Floats
    curves: tuple[Floats, Floats]
    full: float
    is_synthetic: bool

    @property
    def weakest(self) -> tuple[int, ...]:
        """Places of the stages with the smallest conversion, 1 to 4."""
        return tuple(int(at) + 1 for at in np.flatnonzero(self.conversion == self.conversion.min()))

    @property
    def suggested(self) -> int:
        """Ideas that are suggested, as a whole number."""
        return round(float(self.reached[2]))


def funnel_figure() -> LiveFigure:
    """Return panels, layouts and marks."""
    text = partial(Style, size=10.5)
    everybody, creative = ROLES["customer"], ROLES["other_1"]
    dashed = partial(Style, filled=False, dashes=(3, 2), width=1.6)
    marks = (
        Mark(
            name="silhouette", kind="area", panel="funnel", count=2 * _STAGES + 2,
            styles=(Style(colour=_JOINT, opacity=0.13),),
        ),
        Mark(
            name="stages", kind="boxes", panel="funnel", count=_STAGES, pinned=True,
            styles=(
                Style(colour=_JOINT), Style(colour="warning"), dashed(colour=_JOINT), dashed(colour="warning"),
            ),
        ),
        Mark(name="counts", kind="labels", panel="funnel", count=_STAGES, styles=(text(bold=True),)),
        Mark(
            name="rates", kind="labels", panel="funnel", count=_STAGES - 1,
            styles=(text(anchor="end"), text(anchor="end", colour="warning", bold=True)),
        ),
        Mark(
            name="origin", kind="labels", panel="funnel", count=1, styles=(text(anchor="end", colour="muted"),),
        ),
        Mark(name="rounds", kind="boxes", panel="loop", count=ROUNDS + 1, pinned=True,
             styles=(Style(colour=_JOINT), dashed(colour=_JOINT))),
        Mark(name="new", kind="labels", panel="loop", count=ROUNDS + 1, styles=(Style(size=9.0, anchor="middle"),)),
        Mark(name="loop", kind="labels", panel="loop", count=2, styles=(text(), text(bold=True))),
        Mark(name="everybody", kind="line", panel="ideas", count=len(IDEAS),
             styles=(Style(colour=everybody.colour, width=2.4),)),
        Mark(name="creative", kind="line", panel="ideas", count=len(CREATIVE), pinned=True,
             styles=(Style(colour=creative.colour, dashes=creative.dashes, width=2.4),)),
        Mark(name="best of all", kind="points", panel="ideas", count=1,
             styles=(Style(colour=everybody.colour, marker=everybody.marker),)),
        Mark(name="best of creative", kind="points", panel="ideas", count=1,
             styles=(Style(colour=creative.colour, marker=creative.marker),),
             handles=(Handle(label="creative customers who are asked", x="asked"),)),
        Mark(name="curves", kind="labels", panel="ideas", count=2,
             styles=(text(anchor="end", shift=(0.0, 9.0)), text(shift=(6.0, 4.0)))),
        Mark(name="best", kind="labels", panel="ideas", count=2, styles=(text(),)),
    )  # fmt: skip
    panels = (
        Panel(
            name="funnel", title="Who goes on to the next stage", xlim=(1, MOST), ylim=(_STAGES - 0.45, -0.6),
            xlabel="people (each mark: 100 times as many)\nin brackets: what one point more adds at the end",
            xticks=(1, 100, 10_000, 1_000_000), yticks=(), xlog=True,
        ),
        Panel(
            name="loop", title="The loop, once started", xlim=(-0.6, ROUNDS + 0.6), ylim=(0, 3.3),
            xlabel="round", ylabel="new, per 100", xticks=tuple(range(ROUNDS + 1)), yticks=(),
        ),
        Panel(
            name="ideas", title="The best of many ideas", xlim=(1, 2e6), ylim=(0, _TOP), xlog=True,
            xlabel="number of ideas", ylabel="quality", xticks=(1, 100, 10_000), yticks=(0, 10, 20),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def funnel_marks(found: Funnel) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    rows = np.arange(float(_STAGES))
    wide = np.clip(found.reached, 1.0, MOST)
    is_weak = np.array([at in found.weakest and len(found.weakest) < 4 for at in range(_STAGES)])
    ends = np.repeat(wide, 2)
    edge = np.column_stack([ends, (rows[:, np.newaxis] + [0.0, 0.3]).ravel()])
    rounds = np.arange(ROUNDS + 1.0)
    height = np.minimum(found.newcomers, _CUT)
    is_cut = found.newcomers > _CUT
    is_told = found.newcomers >= 0.005
    is_beyond = np.append(False, is_cut[:-1]) & is_cut  # only the first cut bar says how high it would be
    grows = float(found.gain >= 1)
    points = [(found.suggested, found.best[0]), (found.asked, found.best[1])]
    numbers = {
        "silhouette": np.vstack([[[1.0, 0.0]], edge, [[1.0, _STAGES - 0.7]]]),
        "stages": np.column_stack([
            np.ones(_STAGES), rows, np.where(found.reached > 1, wide, np.nan), rows + 0.3,
            is_weak + 2 * found.is_synthetic,
        ]),
        "counts": np.column_stack([np.ones(_STAGES), rows - 0.22, np.zeros(_STAGES)]),
        "rates": np.column_stack([np.full(4, MOST), rows[1:] - 0.22, is_weak[1:]]),
        "origin": np.array([[MOST, -0.22, 0.0 if found.is_synthetic else np.nan]]),
        "rounds": np.column_stack([
            rounds - 0.36, np.zeros(ROUNDS + 1), rounds + 0.36, np.where(found.newcomers > 0, height, np.nan),
            np.full(ROUNDS + 1, float(found.is_synthetic)),
        ]),
        "new": np.column_stack([rounds, np.where(is_told, height + 0.17, np.nan), np.zeros(ROUNDS + 1)]),
        "loop": np.array([[-0.5, 3.12, grows], [-0.5, 2.7, grows]]),
        "everybody": np.column_stack([IDEAS, found.curves[0]]),
        "creative": np.column_stack([CREATIVE, found.curves[1]]),
        "best of all": np.array([[points[0][0] or np.nan, points[0][1], 9.0, 0.0]]),
        "best of creative": np.array([[*points[1], 10.0, 0.0]]),
        "curves": np.array([[IDEAS[-1], found.curves[0][-1], 0.0], [CREATIVE[-1], found.curves[1][-1], 1.0]]),
        "best": np.array([[1.2, 30.0, 0.0], [1.2, 25.4, 0.0]]),
    }  # fmt: skip
    words = {
        "counts": [f"{name} {quantity(count)}" for name, count in zip(found.stages, found.reached, strict=True)],
        "rates": [_rate(found, at, is_weak=bool(is_weak[at])) for at in range(1, _STAGES)],
        "origin": ["synthetic numbers"],
        "new": [
            "↑" if beyond else f"{100 * share:.0f}" if share < 9.995 else ">999"
            for share, beyond in zip(found.newcomers, is_beyond, strict=True)
        ],
        "loop": [
            f"each round {found.gain:.2f} times" if found.gain < 999 else "each round more than 999 times",
            "in all: no end" if grows else f"in all {quantity(found.together)}",
        ],
        "curves": ["all", "creative"],
        "best": [
            f"{quantity(found.suggested)} of all: {found.best[0]:.1f}" if found.suggested else "nobody suggests",
            f"{found.asked} creative: {found.best[1]:.1f}",
        ],
    }
    return numbers, words


def percent(share: float) -> str:
    """Format a share as a percentage that a reader can say.

    Examples
    --------
    >>> percent(0.2), percent(0.00086), percent(1e-6)
    ('20.0%', '0.09%', '<0.01%')
    """
    if 0 < share < 1e-4:
        return "<0.01%"
    return f"{100 * share:.{1 if share >= 0.01 or share == 0 else 2}f}%"


def quantity(number: float) -> str:
    """Format people or ideas: whole numbers where they are large, decimals where they are few.

    Examples
    --------
    >>> quantity(1_049_443), quantity(1.93), quantity(0.3), quantity(25_000_000)
    ('1,049,443', '1.9', '0.30', '25.0 million')
    """
    if number >= 1e9:
        return "over 1,000 million"
    if number >= 1e7:
        return f"{number / 1e6:,.1f} million"
    if number >= 10 or math.isclose(number, round(number)):
        return f"{number:,.0f}"
    if number < 0.01:
        return "<0.01"
    return f"{number:.{1 if number >= 1 else 2}f}"


def _rate(found: Funnel, at: int, *, is_weak: bool) -> str:
    share = found.conversion[at - 1]
    more = f" (+{quantity(found.point[at - 1])})" if share <= 0.99 else ""
    return f"{'weakest ' if is_weak else ''}{percent(share)}{more}"
