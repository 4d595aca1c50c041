"""Draw the numbers of an exhibit in the house style: one look per status, names at the ends of curves."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

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
    from matplotlib.figure import Figure

    if settings["kind"] == "table":
        return None
    with theme():
        panels = len(settings["columns"]) if settings["kind"] == "panels" else 1
        size = (7.6, 2.1) if settings["kind"] in {"panels", "bars"} else (7.6, 4.1)
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.subplots(1, panels, squeeze=False)[0]
        if settings["kind"] == "panels":
            draw_panels(list(axes), numbers, settings)
        else:
            {"lines": draw_lines, "bars": draw_bars, "before_after": draw_before_after}[settings["kind"]](
                axes[0], numbers, settings
            )
        figure.suptitle(
            f"{settings['status']} data" if settings["status"] in {"synthetic", "real"} else settings["status"],
            x=0.995, ha="right", fontsize=10, color=INK,
            bbox={"facecolor": "white", "edgecolor": INK, "linewidth": 0.8, "boxstyle": "round,pad=0.3"},
        )  # fmt: skip
    return figure


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
        panel.set_title(str(measure).replace(", ", "\n"), fontsize=10)
        if panel is not axes[0]:
            panel.set_yticklabels([])


def draw_before_after(axes: "Axes", numbers: "pd.DataFrame", settings: Mapping[str, Any]) -> None:
    """Draw a line from before to after for each group, and what the treated group would have reached otherwise."""
    ends: list[tuple[float, float, str, str]] = []
    value = numbers.set_index(["quantity", "group"])
    treated = settings["treated"]
    for group in dict.fromkeys(numbers["group"]):
        if group == "difference":
            continue
        colour, marker, is_open = _look(str(group), settings)
        both = value.loc[[("before", group), ("after", group)]]
        spread = [both.estimate - both.low, both.high - both.estimate]
        axes.errorbar(
            [0, 1], both.estimate, yerr=spread, color=colour, marker=marker, linewidth=1.6, capsize=4, markersize=7,
            linestyle=(0, (4, 2)), markerfacecolor="white" if is_open else colour,
        )  # fmt: skip
        ends.append((1, float(both.estimate.iloc[1]), f"{group}: {value.estimate['change', group]:+.1f}", colour))
    other = next(group for group in dict.fromkeys(numbers["group"]) if group not in {treated, "difference"})
    start = float(value.estimate["before", treated])
    expected = start + float(value.estimate["change", other])
    axes.plot([0, 1], [start, expected], color=ROLES["reference"].colour, linestyle=(0, (1, 2)), linewidth=1.6)
    axes.annotate("", (1, float(value.estimate["after", treated])), (1, expected), arrowprops={"arrowstyle": "<->"})
    found = value.loc[("change", "difference")]
    ends.append((1, (expected + float(value.estimate["after", treated])) / 2,
                 f"difference of the changes:\n{found.estimate:.1f} ({found.low:.1f} to {found.high:.1f})", INK))  # fmt: skip
    ends.append((1, expected, "if it had changed like the others", ROLES["reference"].colour))
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
            arrowprops={"arrowstyle": "-", "color": colour, "shrinkA": 0, "shrinkB": 4, "color": colour, "linewidth": 0.8},
        )  # fmt: skip
