"""Draw the numbers of an exhibit in the house style: one look per status, names at the ends of curves."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from cocreate_teach.cases.series import draw_series
from cocreate_teach.style import INK, ROLES, STATUS_COLOURS, SYNTHETIC_HATCH, theme

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

HATCHED: Final = ("synthetic", "illustrative")


def draw(numbers: "pd.DataFrame", settings: Mapping[str, Any]) -> "Figure | None":
    """Return the picture of an exhibit; None for the kind that is a table.

    Parameters
    ----------
    numbers : DataFrame
        What `aggregation.aggregate` returned for these settings.
    settings : Mapping
        The exhibit's entry in ``case.toml``.
    """
    if settings["kind"] == "table":
        return None
    from matplotlib.figure import Figure

    with theme():
        panels = len(settings["columns"]) if settings["kind"] == "panels" else 1
        size = (7.6, 2.1) if settings["kind"] in {"panels", "bars"} else (7.6, 4.1)
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.subplots(1, panels, squeeze=False)[0]
        if settings["kind"] == "panels":
            draw_panels(list(axes), numbers, settings)
        elif settings["kind"] == "series":
            draw_series(axes[0], numbers, settings, is_dashed=settings["status"] in HATCHED)
        else:
            {"lines": draw_lines, "bars": draw_bars, "before_after": draw_before_after}[settings["kind"]](
                axes[0], numbers, settings
            )
        draw_tag(figure, settings.get("tag", f"{settings['status']} data"), settings["status"])
    return figure


def draw_tag(figure: "Figure", tag: str, status: str) -> None:
    """Write the status into a corner, in a grey, blue or hatched box: a picture is copied without its caption."""
    from matplotlib.patheffects import withStroke

    is_hatched = status in HATCHED
    edge = ROLES["reference"].colour if is_hatched else STATUS_COLOURS[status]
    frame = {
        "facecolor": "white", "edgecolor": edge, "linewidth": 0.8 if is_hatched else 2.2, "boxstyle": "round,pad=0.3",
        "hatch": SYNTHETIC_HATCH if is_hatched else None,
    }  # fmt: skip
    written = figure.suptitle(tag, x=0.985, ha="right", fontsize=10, color=INK, bbox=frame)
    written.set_path_effects([withStroke(linewidth=4, foreground="white")])


def draw_lines(axes: "Axes", numbers: "pd.DataFrame", settings: Mapping[str, Any]) -> None:
    """Draw one curve with its interval per group; synthetic curves are dashed."""
    x, places = settings["x"], sorted(set(numbers[settings["x"]]))
    at = {place: i if isinstance(place, str) else place for i, place in enumerate(places)}
    ends: list[tuple[float, float, str, str]] = []
    for group, rows in numbers.groupby("group", sort=False):
        colour, marker, is_open = _look(str(group), settings)
        where = [at[place] for place in rows[x]]
        axes.fill_between(where, rows.low, rows.high, color=colour, alpha=0.13, linewidth=0)
        axes.plot(
            where, rows["mean"], color=colour, marker=marker, markersize=5, linewidth=1.6,
            linestyle=(0, (4, 2)) if settings["status"] in HATCHED else "-",
            markerfacecolor="white" if is_open else colour,
        )  # fmt: skip
        ends.append((where[-1], float(rows["mean"].iloc[-1]), str(group), colour))
    _percent(axes.yaxis, settings)
    if settings.get("percent"):
        axes.set_ylim(bottom=0)
    if isinstance(places[0], str):
        axes.set_xticks(range(len(places)), places)
    axes.set_xlabel(settings["x_label"])
    axes.set_ylabel(settings["y_label"])
    axes.grid(visible=False, axis="x")
    for mark in settings.get("marks", ()):
        axes.axvline(mark["x"] - 0.5, color=INK, linewidth=0.9, linestyle=":")
        axes.text(mark["x"] - 0.4, 1.01, mark["label"], transform=axes.get_xaxis_transform(), fontsize=9, va="bottom")
    name_ends(axes, ends)


def draw_bars(axes: "Axes", numbers: "pd.DataFrame", settings: Mapping[str, Any]) -> None:
    """Draw one horizontal bar with its interval per group."""
    _bars(axes, numbers, settings)
    _percent(axes.xaxis, settings)
    axes.set_xlabel(settings["y_label"])


def draw_panels(axes: Sequence["Axes"], numbers: "pd.DataFrame", settings: Mapping[str, Any]) -> None:
    """Draw one small panel of bars per measure, side by side: each measure has its own unit."""
    for panel, (measure, rows) in zip(axes, numbers.groupby("measure", sort=False), strict=True):
        _bars(panel, rows, settings)
        panel.set_title("\n".join(str(measure).rsplit(", ", 1)), fontsize=10)
        panel.set_xticks([])
        panel.set_xlim(right=float(rows.high.max()) * 1.5)
        if panel is not axes[0]:
            panel.set_yticklabels([])


def draw_before_after(axes: "Axes", numbers: "pd.DataFrame", settings: Mapping[str, Any]) -> None:
    """Draw a line from before to after for each group, and what the treated group would have reached otherwise."""
    found = {(row[0], row[1]): row[2:] for row in numbers.itertuples(index=False, name=None)}
    treated = settings["treated"]
    groups = [group for group in dict.fromkeys(numbers["group"]) if group != "difference"]
    ends: list[tuple[float, float, str, str]] = []
    for group in groups:
        colour, marker, is_hollow = _look(str(group), settings)
        both = numbers[(numbers["group"] == group) & (numbers["quantity"] != "change")]
        axes.errorbar(
            [0, 1], both.estimate, yerr=[both.estimate - both.low, both.high - both.estimate], color=colour,
            marker=marker, markersize=7, markerfacecolor="white" if is_hollow else colour, capsize=4, linewidth=1.6,
            linestyle=(0, (4, 2)) if settings["status"] in HATCHED else "-",
        )  # fmt: skip
        name = f"{group}: {found['change', group][0]:+.1f}"
        ends.append((1, found["after", group][0], name, colour))
    other = next(group for group in groups if group != treated)
    start, end = found["before", treated][0], found["after", treated][0]
    expected = start + found["change", other][0]
    grey = ROLES["reference"].colour
    axes.plot([0, 1], [start, expected], color=grey, linestyle=(0, (1, 2)), linewidth=1.6)
    axes.annotate("", (1, end), (1, expected), arrowprops={"arrowstyle": "<->"})
    gap, low, high = found["change", "difference"]
    name = f"difference of the changes:\n{gap:.1f} ({low:.1f} to {high:.1f})"
    ends += [(1, (expected + end) / 2, name, INK), (1, expected, "if it had changed like the others", grey)]
    axes.set_xticks([0, 1], settings["x_ticks"])
    axes.set_xlim(-0.15, 1.05)
    axes.set_ylabel(settings["y_label"])
    axes.grid(visible=False, axis="x")
    name_ends(axes, ends)


def _bars(axes: "Axes", rows: "pd.DataFrame", settings: Mapping[str, Any]) -> None:
    is_hatched = settings["status"] in HATCHED
    places = range(len(rows))[::-1]
    colours = [_look(str(group), settings)[0] for group in rows["group"]]
    axes.barh(
        places, rows["mean"], height=0.6, edgecolor=colours, linewidth=1.2,
        color=["white"] * len(rows) if is_hatched else colours, hatch=SYNTHETIC_HATCH if is_hatched else None,
    )  # fmt: skip
    spread = [rows["mean"] - rows.low, rows.high - rows["mean"]]
    axes.errorbar(rows["mean"], places, xerr=spread, color=INK, capsize=4, linestyle="none", linewidth=1.2)
    for place, mean, high in zip(places, rows["mean"], rows.high, strict=True):
        axes.annotate(
            f"{100 * mean:.0f}%" if settings.get("percent") else f"{mean:.1f}",
            (high, place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=10,
        )
    axes.set_xlim(0, float(rows.high.max()) * 1.3)
    axes.set_yticks(places, rows["group"])
    axes.grid(visible=False, axis="y")


def _look(group: str, settings: Mapping[str, Any]) -> tuple[str, str, bool]:
    """Return the colour, the marker and whether the marker is hollow for a group."""
    look = settings.get("looks", {}).get(group, {})
    status = STATUS_COLOURS[settings["status"]]
    role = ROLES.get(look.get("role", ""))
    colour = role.colour if role else (INK if status == "#ffffff" else status)
    return colour, look.get("marker") or (role.marker if role else "o"), bool(look.get("hollow"))


def _percent(axis: "Axis", settings: Mapping[str, Any]) -> None:
    if settings.get("percent"):
        axis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")


def name_ends(axes: "Axes", ends: Sequence[tuple[float, float, str, str]]) -> None:
    """Write each name beside the end of its curve, moved apart where two would overlap."""
    low, high = axes.get_ylim()
    gap = (high - low) * 0.055
    placed: list[tuple[float, float, float, str, str]] = []
    floor = -float("inf")
    for x, y, name, colour in sorted(ends, key=lambda end: end[1]):
        height = gap * (1 + name.count("\n"))
        middle = max(y, floor + height / 2)
        floor = middle + height / 2 + gap * 0.15
        placed.append((x, y, middle, name, colour))
    right = max(x for x, *_ in ends)
    for x, y, middle, name, colour in placed:
        axes.annotate(
            name, (x, y), xytext=(right + (axes.get_xlim()[1] - axes.get_xlim()[0]) * 0.03, middle), color=INK,
            textcoords="data", va="center", fontsize=10, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "shrinkA": 0, "shrinkB": 4, "linewidth": 0.8},
        )  # fmt: skip
