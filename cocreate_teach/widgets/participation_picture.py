"""The picture of participation: left who works with whom, right what each gets back and puts in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Layout, LiveFigure, Mark, Panel, Style
from cocreate_teach.widgets.scenarios import roles_of
from cocreate_teach.widgets.words import amount

Floats = NDArray[np.float64]

LIMITS: Final = (-0.75, 4.0)  # of the value axis; what lies beyond is cut there, its number stands beside it
_NODE: Final = 22.0
_THICKNESS: Final = 3.0  # points per unit of synergy
_DIAMOND: Final = np.array([(0.0, 0.5), (0.5, 1.0), (0.5, 0.0), (1.0, 0.5)])
STAYS, LEFT, CONFLICT = range(3)

_LINKS: Final = (
    Style(colour=ROLES["joint"].colour),
    Style(colour="muted", dashes=(1, 3)),
    Style(colour="warning", dashes=(5, 3)),
)
_LINK_LABELS: Final = (
    Style(anchor="middle", size=10.5),
    Style(anchor="middle", size=10.5, colour="muted"),
    Style(anchor="middle", size=10.5, colour="warning", bold=True),
)
_GONE_NODE: Final = Style(colour="muted", filled=False, marker="o")
_GONE_BAR: Final = Style(colour="muted", filled=False, dashes=(3, 2), width=1.5)
_ROWS: Final = (Style(bold=True), Style(bold=True, colour="muted"))
_SUMS: Final = (Style(anchor="end"), Style(anchor="end", colour="warning", bold=True))
_LAYOUTS: Final = (
    Layout(name="wide", width=512, height=286, boxes={"circle": (2, 28, 224, 232), "value": (244, 28, 262, 214)}),
    Layout(name="narrow", width=320, height=530, boxes={"circle": (16, 28, 288, 224), "value": (12, 290, 296, 200)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """What the model found, for one set of values; all arrays of shape (m,), synergy and transfer (m, m)."""

    back: Floats
    opening: Floats
    cost: Floats
    round: NDArray[np.int64]
    synergy: Floats
    transfer: Floats


def participation_figure(stakeholders: Sequence[str]) -> LiveFigure:
    """Return panels, layouts and marks for these stakeholders."""
    m = len(stakeholders)
    pairs = m * (m - 1) // 2
    roles = [ROLES[role] for role in roles_of(stakeholders).values()]
    nodes = [Style(colour=role.colour, marker=role.marker) for role in roles]
    bars = [Style(colour=role.colour) for role in roles]
    marks = (
        Mark(name="links", kind="segments", panel="circle", count=pairs, styles=_LINKS),
        Mark(name="nodes", kind="points", panel="circle", count=m, styles=(*nodes, _GONE_NODE)),
        Mark(name="link labels", kind="labels", panel="circle", count=pairs, styles=_LINK_LABELS),
        Mark(
            name="names",
            kind="labels",
            panel="circle",
            count=m,
            styles=_node_labels(m, 19.0, "ink", bold=True),
        ),
        Mark(
            name="leaving",
            kind="labels",
            panel="circle",
            count=m,
            styles=_node_labels(m, 33.0, "warning", beneath=22.0),
        ),
        Mark(name="bars", kind="boxes", panel="value", count=m, styles=(*bars, _GONE_BAR), pinned=True),
        Mark(name="costs", kind="segments", panel="value", count=m, styles=(Style(),)),
        Mark(name="opening", kind="points", panel="value", count=m, styles=(Style(marker="D", filled=False),)),
        Mark(name="rows", kind="labels", panel="value", count=m, styles=_ROWS),
        Mark(name="sums", kind="labels", panel="value", count=m, styles=_SUMS),
    )
    panels = (
        Panel(
            name="circle", title="Value that each pair adds", xlim=(-0.58, 1.58), ylim=(-0.25, 1.32),
            axes=False,
        ),
        Panel(
            name="value", title="Gets back (bar), puts in (upright line)", xlim=LIMITS, ylim=(m - 0.45, -0.62),
            xlabel="value   (◇ while everybody takes part)", xticks=(0, 1, 2, 3, 4), yticks=(),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def participation_marks(stakeholders: Sequence[str], circle: Circle) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    m = len(stakeholders)
    places = _places(m)
    gone = circle.round > 0
    rows = np.arange(m, dtype=float)
    links, link_labels, link_words = _links(places, circle)
    own_or_left = np.where(gone, m, rows)
    clipped = np.clip(circle.back, *LIMITS)
    moved = gone.any() & ~gone & (np.abs(circle.opening - circle.back) > 0.005)
    which = gone.astype(float)
    numbers = {
        "links": links,
        "link labels": link_labels,
        "nodes": np.column_stack([places, np.where(gone, _NODE - 4, _NODE), own_or_left]),
        "names": np.column_stack([places, rows]),
        "leaving": np.column_stack([places, np.where(gone, rows, np.nan)]),
        "bars": np.column_stack([np.zeros(m), rows - 0.14, clipped, rows + 0.26, own_or_left]),
        "costs": np.column_stack([circle.cost, rows - 0.2, circle.cost, rows + 0.32, np.full(m, 3.0), np.zeros(m)]),
        "opening": np.column_stack([
            np.where(moved, np.clip(circle.opening, *LIMITS), np.nan), rows + 0.06, np.full(m, 8.0), np.zeros(m),
        ]),
        "rows": np.column_stack([np.full(m, LIMITS[0]), rows - 0.34, which]),
        "sums": np.column_stack([np.full(m, LIMITS[1]), rows - 0.34, which]),
    }  # fmt: skip
    words = {
        "link labels": link_words,
        "names": list(stakeholders),
        "leaving": [f"leaves in round {number}" for number in circle.round],
        "rows": list(stakeholders),
        "sums": [
            f"gets {amount(back)}, puts in {amount(cost)}" for back, cost in zip(circle.back, circle.cost, strict=True)
        ],
    }
    return numbers, words


def _links(places: Floats, circle: Circle) -> tuple[Floats, Floats, list[str]]:
    segments, labels, words = [], [], []
    for i, j in combinations(range(len(places)), 2):
        worth = float(circle.synergy[i, j])
        paid = float(circle.transfer[i, j] + circle.transfer[j, i])
        shown = abs(worth) >= 0.005 or paid >= 0.005
        gone = bool(circle.round[i] or circle.round[j])
        which = CONFLICT if worth < 0 else LEFT if gone else STAYS
        width = 1.5 if gone else max(1.2, _THICKNESS * abs(worth))
        middle = places[i] * 0.5 + places[j] * 0.5
        segments.append([*places[i], *places[j], width if shown else np.nan, which])
        labels.append([*middle, which if shown else np.nan])
        words.append(amount(worth) + (f" (pays {amount(paid)})" if paid >= 0.005 else ""))
    return np.array(segments), np.array(labels), words


def _places(m: int) -> Floats:
    if m == len(_DIAMOND):
        return _DIAMOND
    angles = np.pi - 2 * np.pi * np.arange(m) / m
    return np.column_stack([0.5 + 0.5 * np.cos(angles), 0.5 + 0.5 * np.sin(angles)])


def _node_labels(
    m: int, distance: float, colour: str, *, beneath: float = 0.0, bold: bool = False
) -> tuple[Style, ...]:
    """Stand outside the circle: above its upper nodes, below its lower ones; on its sides aside, or `beneath`."""
    styles = []
    for x, y in _places(m):
        if abs(y - 0.5) < 0.3:
            shift = (0.0, -beneath) if beneath else (24.0 * (2 * x - 1), distance)
        else:
            shift = (0.0, distance if y > 0.5 else -distance)
        styles.append(Style(colour=colour, bold=bold, anchor="middle", shift=shift, size=11 if bold else 10.5))
    return tuple(styles)
