"""Counts over time as plain lines, and any curve of one column against another: numbers, table and picture.

For tables that are counts of everybody: there is no sample, so there is no interval. A gap in a column stays a gap.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from cocreate_teach.errors import CaseError
from cocreate_teach.style import INK, ROLES, STATUS_COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BASE: Final = 100.0  # what each line has at the place that ``base`` names
EVERY: Final = 12  # a marker on each twelfth point: one a year for months
LINE_HEIGHT: Final = 0.065  # of a name beside a line, as a share of the height of the axes
LEAD: Final = "lead"  # id of what leads from a line to its name
NAMES_AT: Final = 1.04  # where names begin, as a share of the width of the axes
_LOOKS: Final = ("customer", "firm", "joint", "other_1", "other_2", "reference")


def series_numbers(rows: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return the points of each line.

    Parameters
    ----------
    rows : DataFrame
        The rows of the table that the exhibit asks for; with ``group`` in the settings it has a column ``group``.
    settings : Mapping
        ``x`` names a column of numbers or of days (``2007-03-01``), ``columns`` maps columns to names. With ``group``
        and one column, each group is a line. ``base`` makes each line 100 at that x.

    Returns
    -------
    DataFrame
        Columns x, series, value; lines in the order of the settings, points in the order of x.

    Raises
    ------
    CaseError
        If no row is left, if ``group`` comes with several columns, or if a line has no value, or 0, at ``base``.
    """
    x, names = settings["x"], settings["columns"]
    if rows.empty:
        raise CaseError("where leaves no row of the table; a series needs at least one: change where")
    if "group" in settings:
        if len(names) != 1:
            given = ", ".join(names)
            raise CaseError(f"columns names {given}; a series with group needs exactly one column: keep one")
        (column,) = names
        long = pd.DataFrame({"x": rows[x], "series": rows["group"], "value": rows[column]})
        order = settings.get("order") or sorted(set(long["series"]))
    else:
        parts = [pd.DataFrame({"x": rows[x], "series": name, "value": rows[c]}) for c, name in names.items()]
        long, order = pd.concat(parts, ignore_index=True), list(names.values())
    rank = {name: i for i, name in enumerate(order)}
    long = long.astype({"value": float}).sort_values(
        ["series", "x"], key=lambda v: v.map(rank) if v.name == "series" else v, kind="stable", ignore_index=True
    )
    if "base" not in settings:
        return long
    start = long[long["x"] == settings["base"]].set_index("series")["value"]
    for name in order:
        if not start.get(name, 0) > 0:
            raise CaseError(f"base is {settings['base']!r}; {name!r} has no value above 0 there: choose another place")
    long["value"] *= BASE / long["series"].map(start)
    return long


def formatted_series(numbers: pd.DataFrame, settings: Mapping[str, Any], *, gap: str) -> pd.DataFrame:
    """Return one row of texts for each x that ``shown`` lists and one column per line."""
    is_text = isinstance(numbers["x"].iloc[0], str)
    kept = numbers[(numbers["x"] if is_text else numbers["x"].round(9)).isin(settings["shown"])]
    wide = kept.pivot(index="x", columns="series", values="value")[list(dict.fromkeys(numbers["series"]))]
    decimals = settings.get("decimals", 0)

    def told(value: float, is_percent: bool) -> str:
        if pd.isna(value):
            return gap
        return f"{100 * value:.{max(decimals, 1)}f}%" if is_percent else f"{value:,.{decimals}f}"

    texts = wide.map(lambda value: told(value, bool(settings.get("percent"))))
    heads = (
        [told(x, bool(settings.get("x_percent"))) for x in wide.index]
        if not is_text
        else _days(list(wide.index), set(numbers["x"]))
    )
    return texts.set_axis(heads).rename_axis(columns=None).reset_index(names=settings["x_label"])


def _days(shown: Sequence[str], every: Collection[str]) -> list[str]:
    """Return days as a reader needs them: years where every day of the lines falls into one month, else months."""
    is_yearly = len({day[5:7] for day in every}) == 1
    return [day[:4] if is_yearly else day[:7] for day in shown]


def draw_series(axes: "Axes", numbers: pd.DataFrame, settings: Mapping[str, Any], *, is_dashed: bool) -> None:
    """Draw one line per series: its name at its end, a marker here and there, so that it reads without colour."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

    if settings.get("log"):
        axes.set_yscale("log")
    ends = []
    second_hand = STATUS_COLOURS["reported"]  # a reported or unverified line is grey; its marker tells it apart
    is_grey = STATUS_COLOURS[settings["status"]] == second_hand
    for i, (name, rows) in enumerate(numbers.groupby("series", sort=False)):
        look = settings.get("looks", {}).get(name, {})
        role = ROLES[look.get("role", _LOOKS[i % len(_LOOKS)])]
        colour = second_hand if is_grey and "role" not in look else role.colour
        places, values = [place(x) for x in rows["x"]], list(rows["value"])
        axes.plot(
            places, values, color=colour, linewidth=look.get("width", 1.7), marker=role.marker, markersize=5,
            markevery=(i * 3 % EVERY, EVERY) if len(values) > 2 * EVERY else None,
            markerfacecolor="white" if look.get("hollow") else colour, linestyle=(0, (4, 2)) if is_dashed else "-",
        )  # fmt: skip
        known = rows.dropna(subset=["value"])
        ends.append((place(known["x"].iloc[-1]), float(known["value"].iloc[-1]), str(name), colour, role.marker))
    if not settings.get("log"):
        axes.set_ylim(bottom=0)
    by_day = isinstance(numbers["x"].iloc[0], str)
    if by_day:
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    elif settings.get("x_percent"):
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f}%"))
    as_percent = FuncFormatter(lambda value, _: f"{100 * value:.0f}%")
    as_number = FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 or value == 0 else f"{value:g}")
    axes.yaxis.set_major_formatter(as_percent if settings.get("percent") else as_number)
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel(settings["x_label"])
    axes.set_ylabel(settings["y_label"])
    axes.grid(visible=False, axis="x")
    for mark in settings.get("marks", ()):
        at = place(mark["x"])
        axes.axvline(at, color=INK, linewidth=0.9, linestyle=":")
        side = mark.get("side", "right")  # of its line on which the label stands
        axes.text(
            at, 1.01, mark["label"], transform=axes.get_xaxis_transform(), fontsize=9, va="bottom",
            ha={"right": "left", "left": "right"}[side],
        )  # fmt: skip
    name_lines(axes, ends)


def place(x: object) -> float:
    """Return where an x is drawn: a number as it is, a day as its year and the months gone by.

    Examples
    --------
    >>> place("2007-07-01"), place(0.25)
    (2007.5, 0.25)
    """
    if isinstance(x, str):
        return int(x[:4]) + (int(x[5:7]) - 1) / 12
    return float(x)  # type: ignore[arg-type]


def name_lines(axes: "Axes", ends: Sequence[tuple[float, float, str, str, str]]) -> None:
    """Write each name right of the end of its line, as near to its height as the others allow, on any scale.

    A dotted lead with the marker of the line leads there: a lead is no data, and names are found without colour.
    """
    axes.autoscale_view()  # settles the limits
    to_axes = axes.transData + axes.transAxes.inverted()
    wanted = []
    for x, y, name, colour, marker in ends:
        right, height = to_axes.transform((x, y))
        wanted.append((float(height), float(right), name, colour, marker))
    wanted.sort()
    sizes = [LINE_HEIGHT * (1 + name.count("\n")) for _, _, name, *_ in wanted]
    for height, (y, x, name, colour, marker) in zip(apart([y for y, *_ in wanted], sizes), wanted, strict=True):
        axes.text(NAMES_AT, height, name, transform=axes.transAxes, va="center", fontsize=10, color=INK)
        axes.plot(
            [x + 0.008, NAMES_AT - 0.02], [y, height], transform=axes.transAxes, color=colour, linewidth=0.8,
            linestyle=(0, (1, 2)), marker=marker, markersize=4, markevery=[1], clip_on=False, gid=LEAD,
        )  # fmt: skip


def apart(heights: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Return heights in the same order that are far enough apart, moved as little as possible, none above 1.

    Names that would overlap form a block; a block lies around the mean of what its names wanted.

    Examples
    --------
    >>> [round(h, 2) for h in apart([0.1, 0.5, 0.5], [0.1, 0.1, 0.1])]
    [0.1, 0.45, 0.55]
    """
    below = [0.0]  # how far each name is above the first one when all touch
    for low, high in pairwise(sizes):
        below.append(below[-1] + (low + high) / 2)
    blocks: list[list[float]] = []
    for height, offset in zip(heights, below, strict=True):
        blocks.append([height - offset])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    starts = [fmean(block) for block in blocks for _ in block]
    return [min(start + offset, 1 - (below[-1] - offset)) for start, offset in zip(starts, below, strict=True)]
