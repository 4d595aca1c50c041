"""The live figure: a frame drawn once by matplotlib, marks on it that follow the model.

The frame (axes, grid, titles) is drawn once per layout to SVG in the house look. The marks are declared once, with a
fixed style, and get new numbers as float32 bytes plus a few short strings; the browser moves them
(``explorer.js``), and `LiveFigure.to_png` draws the same marks with matplotlib for readers without a kernel.
All lengths (widths, marker sizes, offsets, margins) are in points; the frame's own unit is the point, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Kind = Literal["line", "area", "dots", "points", "boxes", "segments", "labels"]

WHOLE: Final = ("line", "area", "dots")  # one style for all items, drawn as one path: cheap for many items
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "line": ("x", "y"),
    "area": ("x", "y"),
    "dots": ("x", "y"),
    "points": ("x", "y", "size", "style"),
    "boxes": ("x0", "y0", "x1", "y1", "style"),
    "segments": ("x0", "y0", "x1", "y1", "width", "style"),
    "labels": ("x", "y", "style"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How a mark looks. A mark has one or more styles; the last column of its numbers says which one applies.

    Parameters
    ----------
    colour : str
        A hex colour, or ``"ink"``, ``"muted"``, ``"warning"``: colours that follow a light or dark page.
    dashes : tuple of float
        Dash pattern in points; empty for a full line.
    filled : bool
        False draws boxes and points hollow.
    marker : str
        One of ``o s D ^ v x``; on a line, a marker on every `every`-th point.
    width : float
        Line width in points.
    anchor : str
        ``"start"``, ``"middle"`` or ``"end"``: which part of a label sits on its point.
    shift : tuple of float
        Offset of a label in points, right and up.
    size : float
        Font size, and size of a dot, in points.
    opacity : float
        Of what fills an area.
    """

    colour: str = "ink"
    dashes: tuple[float, ...] = ()
    filled: bool = True
    marker: str = ""
    every: int = 1
    width: float = 1.0
    anchor: str = "start"
    shift: tuple[float, float] = (0.0, 0.0)
    size: float = 11.0
    bold: bool = False
    opacity: float = 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Handle:
    """What a hand on a point changes: the controls of its place (``x``, ``y``), or one switch.

    In the browser it is a target of 24 pixels that takes the pointer and the keyboard. `label` says whose it is.
    """

    label: str
    x: str = ""
    y: str = ""
    switch: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Something that moves: `count` items of one kind on one panel.

    ``pinned``: also drawn for a pinned scenario. ``handles``: one for each item of kind ``points``, or none.
    """

    name: str
    kind: Kind
    panel: str
    count: int
    styles: tuple[Style, ...]
    pinned: bool = False
    handles: tuple[Handle, ...] = ()

    def __post_init__(self) -> None:
        if self.handles and (self.kind != "points" or len(self.handles) != self.count):
            raise ValueError(f"mark {self.name} has {len(self.handles)} handles; it needs one for each of its points")


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One pair of axes. Without ``axes`` it is an empty field from ``xlim`` to ``ylim``.

    ``xlog``, ``ylog``: a logarithmic scale; limits and numbers stay in units of the data, above 0.
    """

    name: str
    title: str
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    xlabel: str = ""
    ylabel: str = ""
    xticks: tuple[float, ...] | None = None
    yticks: tuple[float, ...] | None = None
    axes: bool = True
    xlog: bool = False
    ylog: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Where the panels stand: ``boxes[panel] = (left, top, width, height)`` in points from the upper left corner."""

    name: str
    width: float
    height: float
    boxes: Mapping[str, tuple[float, float, float, float]]


@dataclass(frozen=True, kw_only=True)
class LiveFigure:
    """Panels, layouts (widest first) and marks of one explorer."""

    panels: tuple[Panel, ...]
    layouts: tuple[Layout, ...]
    marks: tuple[Mark, ...]

    def pack(self, numbers: Mapping[str, ArrayLike], texts: Mapping[str, Sequence[str]]) -> tuple[bytes, list[str]]:
        """Return the numbers of all marks as float32 bytes and the strings of all labels, both in order of declaration.

        Parameters
        ----------
        numbers : mapping
            For each mark an array of shape (count, columns of its kind). NaN hides an item.
        texts : mapping
            For each mark of kind ``labels`` its ``count`` strings.

        Raises
        ------
        ValueError
            If an array or a list of strings has not the declared size (a fault of the explorer, not of its user).
        """
        parts: list[NDArray[np.float32]] = []
        words: list[str] = []
        for mark in self.marks:
            array = np.asarray(numbers[mark.name], dtype=np.float32)
            shape = (mark.count, len(COLUMNS[mark.kind]))
            if array.shape != shape:
                raise ValueError(f"mark {mark.name} needs numbers of shape {shape}; got {array.shape}")
            parts.append(array.ravel())
            if mark.kind == "labels":
                own = list(texts[mark.name])
                if len(own) != mark.count:
                    raise ValueError(f"mark {mark.name} needs {mark.count} strings; got {len(own)}")
                words += own
        return np.concatenate(parts).tobytes(), words

    def unpack(self, data: bytes, words: Sequence[str]) -> list[tuple[Mark, NDArray[np.float32], list[str]]]:
        """Undo `pack`: each mark with its numbers and strings."""
        array = np.frombuffer(data, dtype=np.float32)
        found: list[tuple[Mark, NDArray[np.float32], list[str]]] = []
        at = word = 0
        for mark in self.marks:
            columns = len(COLUMNS[mark.kind])
            own = array[at : at + mark.count * columns].reshape(mark.count, columns)
            at += mark.count * columns
            used = mark.count if mark.kind == "labels" else 0
            found.append((mark, own, list(words[word : word + used])))
            word += used
        return found

    @cached_property
    def for_browser(self) -> dict[str, Any]:
        """Everything the browser needs once: the frames, the panels' limits and the marks with their styles."""
        from cocreate_teach.widgets.still import frame_svg

        return {
            "frames": [
                {
                    "name": layout.name,
                    "width": layout.width,
                    "height": layout.height,
                    "boxes": {name: list(box) for name, box in layout.boxes.items()},
                    "svg": frame_svg(self, layout),
                }
                for layout in self.layouts
            ],
            "panels": {
                panel.name: {"xlim": panel.xlim, "ylim": panel.ylim, "xlog": panel.xlog, "ylog": panel.ylog}
                for panel in self.panels
            },
            "marks": [asdict(mark) | {"columns": len(COLUMNS[mark.kind])} for mark in self.marks],
        }


def spread(heights: ArrayLike, gap: float, low: float, high: float) -> NDArray[np.float64]:
    """Move label heights apart until neighbours keep `gap`, inside [low, high], keeping their order.

    Parameters
    ----------
    heights : array_like, shape (n,)
        Where the labels would like to stand, in data units.
    gap : float
        Smallest distance, in data units; shrunk where n labels do not fit.

    Returns
    -------
    ndarray, shape (n,)

    Examples
    --------
    >>> [round(float(h), 2) for h in spread([0.5, 0.5, 0.9], 0.1, 0.0, 1.0)]
    [0.45, 0.55, 0.9]
    """
    wanted = np.asarray(heights, dtype=float)
    count = len(wanted)
    if count == 0:
        return wanted
    gap = min(gap, (high - low) / max(count - 1, 1))
    order = np.argsort(wanted, kind="stable")
    # Least squares with neighbours at least `gap` apart: pool adjacent violators after taking the gaps out.
    pools: list[list[float]] = []  # each pool: mean, size
    for place, item in enumerate(order):
        pools.append([float(wanted[item]) - place * gap, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, size = pools.pop()
            pools[-1] = [(pools[-1][0] * pools[-1][1] + mean * size) / (pools[-1][1] + size), pools[-1][1] + size]
    flat = np.concatenate([np.full(int(size), mean) for mean, size in pools])
    placed = np.clip(flat, low, high - (count - 1) * gap) + np.arange(count) * gap
    result = np.empty(count)
    result[order] = placed
    return result
