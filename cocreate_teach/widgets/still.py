"""Draw the live figure with matplotlib: its frame to SVG, the whole picture to PNG for readers without a kernel.

Only ``matplotlib.figure.Figure``, never pyplot: callbacks may run beside other cells.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach import picture, style
from cocreate_teach.widgets.figure import Layout, LiveFigure, Mark, Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patheffects import AbstractPathEffect

HEADLINE: Final = 40.0  # points above the panels of a still picture
MUTED: Final = "#5f5f5f"
PAGE_COLOURS: Final = {"ink": style.INK, "muted": MUTED, "warning": style.WARNING}
THEMED: Final = {style.INK: "var(--cc-ink)", style.GRID: "var(--cc-grid)", MUTED: "var(--cc-muted)"}


def _axes(live: LiveFigure, layout: Layout) -> "tuple[Figure, dict[str, Axes]]":
    from matplotlib.figure import Figure
    from matplotlib.ticker import NullLocator

    figure = Figure(figsize=(layout.width / 72, layout.height / 72), dpi=72)
    found: dict[str, Axes] = {}
    for panel in live.panels:
        left, top, width, height = layout.boxes[panel.name]
        rectangle = (
            left / layout.width,
            1 - (top + height) / layout.height,
            width / layout.width,
            height / layout.height,
        )
        axes = figure.add_axes(rectangle)
        axes.set_xscale("log" if panel.xlog else "linear")
        axes.set_yscale("log" if panel.ylog else "linear")
        axes.set(xlim=panel.xlim, ylim=panel.ylim, xlabel=panel.xlabel, ylabel=panel.ylabel)
        for axis, is_log in ((axes.xaxis, panel.xlog), (axes.yaxis, panel.ylog)):
            if is_log:
                axis.set_major_formatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}")
                axis.set_minor_locator(NullLocator())
        axes.set_title(panel.title, fontsize=11.5, fontweight="bold", pad=8)
        axes.patch.set_alpha(0)
        axes.tick_params(pad=6)
        if panel.xticks is not None:
            axes.set_xticks(panel.xticks)
        if panel.yticks is not None:
            axes.set_yticks(panel.yticks)
            if not panel.yticks:
                axes.spines["left"].set_visible(False)
        if not panel.axes:
            axes.set_xticks([])
            axes.set_yticks([])
            for spine in axes.spines.values():
                spine.set_visible(False)
        found[panel.name] = axes
    return figure, found


def frame_svg(live: LiveFigure, layout: Layout) -> str:
    """Return the empty frame of one layout as an ``<svg>`` element whose colours follow the page's theme."""
    buffer = StringIO()
    with style.theme():
        figure, _ = _axes(live, layout)
        figure.patch.set_alpha(0)
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    # Left out: what would reach beyond this picture (a style for the whole page, ids) and what it does not need.
    text = re.sub(r"<metadata>.*?</metadata>|<defs>.*?</defs>", "", text, flags=re.S)
    text = re.sub(r""" (id|clip-path|xmlns:xlink)="[^"]*"| transform="rotate\(-0 [^"]*\)\"""", "", text)
    text = text.replace("font-family: 'DejaVu Sans'; ", "")
    for colour, variable in THEMED.items():
        text = text.replace(colour, variable)
    return re.sub(r">\s+<", "><", text).strip()


def to_picture(
    live: LiveFigure,
    data: bytes,
    words: Sequence[str],
    *,
    alt: str,
    headline: str,
    caption: str,
    pinned: bytes | None = None,
) -> picture.Picture:
    """Return the picture as it is now, in its widest layout under its headline, with the text that stands for it."""
    from matplotlib import rc_context

    layout = live.layouts[0]
    boxes = {name: (left, top + HEADLINE, width, height) for name, (left, top, width, height) in layout.boxes.items()}
    taller = Layout(name=layout.name, width=layout.width, height=layout.height + HEADLINE, boxes=boxes)
    with style.theme(), rc_context({"lines.scale_dashes": False}):  # as in the browser: dashes in points
        figure, axes = _axes(live, taller)
        figure.patch.set_facecolor("white")
        if pinned is not None:
            for mark, numbers, _ in live.unpack(pinned, words):
                if mark.pinned:
                    grey = replace(mark, styles=tuple(_greyed(chosen) for chosen in mark.styles))
                    draw_mark(axes[mark.panel], grey, numbers, ())
        for mark, numbers, own in live.unpack(data, words):
            draw_mark(axes[mark.panel], mark, numbers, own)
        lines = textwrap.fill(headline, width=int(layout.width / 7.8))
        figure.text(8 / taller.width, 1 - 8 / taller.height, lines, va="top", fontsize=12.5, fontweight="bold")
        # A notebook holds it twice, and the wheel all notebooks: a dozen flat colours and their edges fit into 48.
        return picture.picture(figure, alt=alt, caption=caption, dpi=110, colours=48)


def _greyed(chosen: Style) -> Style:
    grey = style.ROLES["reference"].colour
    return replace(chosen, colour=grey, dashes=(2, 2), filled=False, width=1.6, marker="" if not chosen.marker else "o")


def draw_mark(axes: "Axes", mark: Mark, numbers: NDArray[np.float32], words: Sequence[str]) -> None:
    """Draw one mark on its axes; items with NaN are left out."""
    chosen = mark.styles[0]
    if mark.kind == "area":
        known = numbers[~np.isnan(numbers).any(axis=1)]
        axes.fill(known[:, 0], known[:, 1], color=_colour(chosen), alpha=chosen.opacity, linewidth=0, clip_on=False)
        return
    if mark.kind == "dots":
        axes.plot(
            numbers[:, 0], numbers[:, 1], linestyle="none", marker=chosen.marker or "o", markersize=chosen.size,
            markerfacecolor=_colour(chosen) if chosen.filled else "none", markeredgecolor=_colour(chosen),
            markeredgewidth=0 if chosen.filled else 1.2, clip_on=False,
        )  # fmt: skip
        return
    if mark.kind == "line":
        axes.plot(
            numbers[:, 0], numbers[:, 1], color=_colour(chosen), linewidth=chosen.width, linestyle=_dashes(chosen),
            marker=chosen.marker or None, markevery=chosen.every, markersize=6, markeredgecolor=style.INK,
            markeredgewidth=0.6, clip_on=False,
        )  # fmt: skip
        return
    for place, item in enumerate(numbers):
        if np.isnan(item).any():
            continue
        chosen = mark.styles[int(item[-1])]
        if mark.kind == "points":
            _draw_point(axes, item, chosen)
        elif mark.kind == "boxes":
            _draw_box(axes, item, chosen)
        elif mark.kind == "segments":
            axes.plot(item[[0, 2]], item[[1, 3]], color=_colour(chosen), linewidth=item[4], linestyle=_dashes(chosen),
                      solid_capstyle="butt", clip_on=False)  # fmt: skip
        else:
            axes.annotate(
                words[place], (float(item[0]), float(item[1])), chosen.shift, textcoords="offset points",
                ha={"start": "left", "middle": "center", "end": "right"}[chosen.anchor], va="center",
                fontsize=chosen.size, color=_colour(chosen), fontweight="bold" if chosen.bold else "normal",
                annotation_clip=False, path_effects=_halo(),
            )  # fmt: skip


def _halo() -> "list[AbstractPathEffect]":
    from matplotlib.patheffects import Normal, Stroke

    return [Stroke(linewidth=3, foreground="white"), Normal()]


def _draw_point(axes: "Axes", item: NDArray[np.float32], chosen: Style) -> None:
    axes.plot(
        [item[0]], [item[1]], marker=chosen.marker or "o", markersize=float(item[2]), linestyle="none", clip_on=False,
        markerfacecolor=_colour(chosen) if chosen.filled else "white",
        markeredgecolor=style.INK if chosen.filled else _colour(chosen),
        markeredgewidth=0.8 if chosen.filled else 1.5,
    )  # fmt: skip


def _draw_box(axes: "Axes", item: NDArray[np.float32], chosen: Style) -> None:
    from matplotlib.patches import Rectangle

    x0, y0, x1, y1 = (float(value) for value in item[:4])
    axes.add_patch(
        Rectangle(
            (x0, y0), x1 - x0, y1 - y0, facecolor=_colour(chosen) if chosen.filled else "none",
            edgecolor=style.INK if chosen.filled else _colour(chosen), linewidth=chosen.width,
            linestyle=_dashes(chosen), clip_on=False, zorder=2,
        )
    )  # fmt: skip


def _colour(chosen: Style) -> str:
    return PAGE_COLOURS.get(chosen.colour, chosen.colour)


def _dashes(chosen: Style) -> str | tuple[float, tuple[float, ...]]:
    return (0, chosen.dashes) if chosen.dashes else "-"
