"""The pictures of the classroom round: left involvement over time, right what was chosen of each resource.

`investments_figure` shows one student, `class_figure` a whole class: a thin curve for each sum that somebody chose.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style, spread
from cocreate_teach.widgets.round_codes import MOST, RESOURCES
from cocreate_teach.widgets.round_curves import APART, MOST_IN_ALL, PERIODS, Curves

Floats = NDArray[np.float64]

_TOP: Final = 0.9
_EVERY: Final = 2  # a thin curve has a point in each second period
_GAP: Final = 0.052
_ROWS: Final = np.arange(len(RESOURCES), 0.0, -1.0)
_LARGEST: Final = 13.0  # points: diameter of a circle for the number that most chose
_CUSTOMER, _FIRM = ROLES["customer"], ROLES["firm"]
_THIN: Final = (
    ("alike", Style(colour=_CUSTOMER.colour, width=0.9)),
    ("asymmetric", Style(colour=ROLES["other_1"].colour, width=0.9, dashes=(4, 2))),
)
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=340, boxes={"time": (40, 28, 222, 262), "choices": (362, 28, 148, 262)}),
    Layout(name="narrow", width=320, height=600, boxes={"time": (42, 30, 178, 250), "choices": (36, 362, 260, 190)}),
)
_YOU: Final = tuple(Handle(label=name, x=name) for name in RESOURCES)  # each moves along its row


def _panels(time: str, choices: str, below: str) -> tuple[Panel, Panel]:
    return (
        Panel(
            name="time", title=time, xlim=(0, PERIODS), ylim=(0, _TOP), xlabel=below, ylabel="involvement (share)",
            xticks=(0, 10, 20, 30, 40), yticks=(0, 0.3, 0.6, 0.9),
        ),
        Panel(
            name="choices", title=choices, xlim=(-0.6, MOST + 0.6), ylim=(0.5, len(RESOURCES) + 0.75),
            xlabel="0: nothing, 9: all one could", xticks=(0, 3, 6, 9), yticks=(),
        ),
    )  # fmt: skip


def _common() -> tuple[Mark, ...]:
    """Return the marks of both pictures: what is possible, both thick curves, names."""
    return (
        Mark(
            name="possible", kind="area", panel="time", count=2 * (PERIODS + 1),
            styles=(Style(colour=ROLES["reference"].colour, opacity=0.22),),
        ),
        Mark(name="rows", kind="labels", panel="choices", count=len(RESOURCES), styles=(Style(size=10),)),
    )  # fmt: skip


def _thick() -> tuple[Mark, ...]:
    return (
        Mark(
            name="firm", kind="line", panel="time", count=PERIODS + 1, pinned=True,
            styles=(Style(colour=_FIRM.colour, dashes=_FIRM.dashes, marker=_FIRM.marker, every=8, width=2.4),),
        ),
        Mark(
            name="student", kind="line", panel="time", count=PERIODS + 1, pinned=True,
            styles=(Style(colour=_CUSTOMER.colour, marker=_CUSTOMER.marker, every=8, width=2.8),),
        ),
        Mark(name="ends", kind="labels", panel="time", count=3, styles=(Style(shift=(10.0, 0.0)),)),
    )  # fmt: skip


def investments_figure() -> LiveFigure:
    """Return panels, layouts and marks for one student; the four points can be moved."""
    points = Mark(
        name="chosen", kind="points", panel="choices", count=len(RESOURCES), pinned=True,
        styles=(Style(colour=_CUSTOMER.colour, marker=_CUSTOMER.marker),), handles=_YOU,
    )  # fmt: skip
    panels = _panels("How involved you become", "You put in: move ●", "period (grey: what is possible)")
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=(*_common(), *_thick(), points))


def class_figure() -> LiveFigure:
    """Return panels, layouts and marks for a class."""
    thin = tuple(
        Mark(name=f"{kind} {place}", kind="line", panel="time", count=PERIODS // _EVERY + 1, styles=(style,))
        for kind, style in _THIN
        for place in range(MOST_IN_ALL + 1)
    )
    counts = Mark(
        name="counts", kind="points", panel="choices", count=len(RESOURCES) * (MOST + 1),
        styles=(Style(colour=_CUSTOMER.colour, marker="o"),),
    )  # fmt: skip
    middle = Mark(name="middle", kind="segments", panel="choices", count=len(RESOURCES), styles=(Style(),), pinned=True)
    below = "period (dashed: asymmetric;\ngrey: what is possible)"
    panels = _panels("Each student, and the class", "What the class puts in", below)
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=(*_common(), *thin, *_thick(), counts, middle))


def _shared(curves: Curves, heights: tuple[float, ...]) -> dict[str, Floats]:
    """Return the numbers of the marks of both pictures, with names at these heights (NaN: no name)."""
    periods = np.arange(PERIODS + 1.0)
    low, high = curves.involved[..., 0].min(axis=0), curves.involved[..., 0].max(axis=0)
    labels = np.full((3, 3), np.nan)
    shown = ~np.isnan(heights)
    labels[shown, 0], labels[shown, 2] = PERIODS, 0.0
    labels[shown, 1] = spread(np.asarray(heights)[shown], _GAP, 0.03, _TOP - 0.03)
    return {
        "possible": np.vstack([np.column_stack([periods, low]), np.column_stack([periods, high])[::-1]]),
        "rows": np.column_stack([np.full(len(RESOURCES), -0.4), _ROWS + 0.47, np.zeros(len(RESOURCES))]),
        "ends": labels,
    }


def _line(values: Floats) -> Floats:
    return np.column_stack([np.arange(PERIODS + 1.0), values])


def investments_marks(curves: Curves, chosen: tuple[int, ...]) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks for one student."""
    own = curves.involved[sum(chosen)]
    numbers = _shared(curves, (float(own[-1, 0]) + 1e-6, float(own[-1, 1]), np.nan)) | {
        "firm": _line(own[:, 1]),
        "student": _line(own[:, 0]),
        "chosen": np.column_stack([np.array(chosen), _ROWS, np.full(len(RESOURCES), 12.0), np.zeros(len(RESOURCES))]),
    }
    return numbers, {"rows": list(RESOURCES), "ends": ["you", "the firm", ""]}


def class_marks(curves: Curves, chosen: NDArray[np.int64]) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks for the choices (n, 4) of a class; n may be 0."""
    sums = chosen.sum(axis=1)
    there = np.bincount(sums, minlength=MOST_IN_ALL + 1) > 0
    asymmetric = np.abs(curves.apart) >= APART
    periods = np.arange(0.0, PERIODS + 1, _EVERY)
    numbers: dict[str, Floats] = {}
    for (kind, _), is_kind in zip(_THIN, (~asymmetric, asymmetric), strict=True):
        for place in range(MOST_IN_ALL + 1):
            heights = curves.involved[place, ::_EVERY, 0] if there[place] and is_kind[place] else np.nan
            numbers[f"{kind} {place}"] = np.column_stack([periods, np.broadcast_to(heights, periods.shape)])
    if len(chosen):
        median = np.median(curves.involved[sums], axis=0)
        numbers |= _shared(curves, (float(median[-1, 0]) + 1e-6, float(median[-1, 1]), np.nan))
    else:
        median = np.full((PERIODS + 1, 2), np.nan)
        numbers |= _shared(curves, (np.nan, np.nan, float(curves.ends[:, 0].max())))
    counts = counts_of(chosen)
    size = _LARGEST * np.sqrt(counts / max(counts.max(), 1))
    x, y = np.meshgrid(np.arange(MOST + 1.0), _ROWS)
    circles = np.stack([x, y, np.where(counts > 0, size, np.nan), np.zeros_like(x)], axis=-1)
    middles = np.median(chosen, axis=0) if len(chosen) else np.full(len(RESOURCES), np.nan)
    numbers |= {
        "firm": _line(median[:, 1]),
        "student": _line(median[:, 0]),
        "counts": circles.reshape(-1, 4),
        "middle": np.column_stack(
            [middles, _ROWS - 0.3, middles, _ROWS + 0.3, np.full(len(RESOURCES), 2.4), np.zeros(len(RESOURCES))]
        ),
    }
    return numbers, {"rows": list(RESOURCES), "ends": ["class median", "the firm", "possible"]}


def counts_of(chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many chose each number of each resource, (4, 10), from the choices (n, 4)."""
    return np.array([np.bincount(column, minlength=MOST + 1) for column in chosen.T], dtype=np.int64)
