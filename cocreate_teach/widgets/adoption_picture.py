"""The picture of adoption: left who has adopted, right how pairs stand, both over time, with real surveys behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES, Role
from cocreate_teach.widgets.figure import Layout, LiveFigure, Mark, Panel, Style, spread
from cocreate_teach.widgets.scenarios import roles_of

Floats = NDArray[np.float64]

HORIZON: Final = 35
GRID: Final = np.linspace(0.0, HORIZON, 4 * HORIZON + 1)
STATES: Final = ("linked", "one-sided", "neither")
_LOOKS: Final = (ROLES["joint"], Role("ink", "o"), ROLES["reference"])
_GAP: Final = 0.075  # between two names, as a share of the axis
_KEY: Final = 2.2  # periods from the end of a curve to the marker before its name
_NOTE: Final = -0.25  # where the line on data stands, below the axis
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=286, boxes={"groups": (46, 28, 142, 196), "pairs": (314, 28, 120, 196)}),
    Layout(name="narrow", width=320, height=566, boxes={"groups": (48, 30, 176, 196), "pairs": (48, 314, 176, 196)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Surveys:
    """Real shares of one group; years without a survey are not in it.

    Parameters
    ----------
    group : str
        Whose.
    years, shares : array (n,)
        When, and which share had adopted.
    by_letter : array of bool (n,)
        Whether that survey went by letter: a break of the series.
    not_fielded : tuple of float
        Years that a page fills with the value of the year before, though nobody was asked.
    """

    group: str
    years: Floats
    shares: Floats
    by_letter: NDArray[np.bool_]
    not_fielded: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Adoption:
    """What the model found, and the data behind it.

    Parameters
    ----------
    shares : array (GRID.size, groups)
        Share of each group that has adopted; NaN for a group that is not in the pairs.
    states : array (GRID.size, 3)
        Shares of pairs, in the order of `STATES`.
    peak : int
        Place in `GRID` where most pairs are one-sided.
    elapsed : array (n,)
        Periods from the origin to each survey; empty without surveys.
    invented : array (periods, 2)
        Period and one-sided share in the invented network, or empty.
    is_within : bool
        Whether both of a pair belong to the group of the surveys.
    """

    shares: Floats
    states: Floats
    peak: int
    elapsed: Floats
    invented: Floats
    is_within: bool


def adoption_figure(stakeholders: Sequence[str], surveys: Surveys | None, invented: int) -> LiveFigure:
    """Return panels, layouts and marks for these groups, the surveys, and so many periods of an invented network."""
    roles = [ROLES[role] for role in roles_of(stakeholders).values()]
    marks = [
        *(_line(f"group {i}", "groups", role, marker=role.marker) for i, role in enumerate(roles)),
        *_names("groups", roles),
        Mark(name="peak line", kind="segments", panel="pairs", count=1, styles=(Style(colour="muted", dashes=(2, 3)),)),
        *(_line(f"state {i}", "pairs", role, marker=role.marker) for i, role in enumerate(_LOOKS)),
        *_names("pairs", _LOOKS),
        Mark(name="peak", kind="points", panel="pairs", count=1, styles=(Style(marker="o"),), pinned=True),
        Mark(
            name="peak label", kind="labels", panel="pairs", count=1,
            styles=tuple(Style(anchor=anchor, shift=(0, 12), bold=True) for anchor in ("start", "middle", "end")),
        ),
        Mark(name="note", kind="labels", panel="groups", count=1, styles=(Style(size=9.5, colour="muted"),)),
        Mark(name="pair note", kind="labels", panel="pairs", count=1, styles=(Style(size=9.5, colour="muted"),)),
    ]  # fmt: skip
    if surveys is not None:
        colour = ROLES[roles_of(stakeholders)[surveys.group]].colour
        for panel, own in (("groups", colour), ("pairs", "ink")):
            letters = int(surveys.by_letter.sum())
            marks += [
                _dots(f"{panel} interviews", panel, len(surveys.years) - letters, own, "o"),
                _dots(f"{panel} letters", panel, letters, own, "s"),
            ]
        marks.append(_dots("not fielded", "groups", len(surveys.not_fielded), "muted", "x"))
    if invented:
        marks.append(_dots("invented", "pairs", invented, "muted", "D"))
    panels = tuple(
        Panel(
            name=name, title=title, xlim=(0, HORIZON), ylim=(0, 1), xlabel="period", ylabel=label,
            xticks=(0, 10, 20, 30), yticks=(0, 0.5, 1),
        )
        for name, title, label in (
            ("groups", "Who has adopted", "share of group"), ("pairs", "How pairs stand", "share of pairs"),
        )
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=tuple(marks))


def adoption_marks(
    stakeholders: Sequence[str], found: Adoption, surveys: Surveys | None
) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    at, height = float(GRID[found.peak]), float(found.states[found.peak, 1])
    side = 0 if at < HORIZON / 3 else 1 if at < 2 * HORIZON / 3 else 2
    numbers = {
        **{f"group {i}": np.column_stack([GRID, found.shares[:, i]]) for i in range(len(stakeholders))},
        **{f"state {i}": np.column_stack([GRID, found.states[:, i]]) for i in range(len(STATES))},
        **_placed("groups", found.shares[-1]),
        **_placed("pairs", found.states[-1]),
        "peak line": np.array([[at, 0.0, at, height, 1.5, 0.0]]),
        "peak": np.array([[at, height, 9.0, 0.0]]),
        "peak label": np.array([[at, height, side]]),
        "note": np.array([[-9.0, _NOTE, 0.0]]),
        "pair note": np.array([[-9.0, _NOTE, 0.0]]),
    }
    notes = ["", ""]
    if surveys is not None:
        is_drawn = not np.isnan(found.shares[:, list(stakeholders).index(surveys.group)]).any()
        elapsed = np.where(is_drawn & (found.elapsed <= HORIZON), found.elapsed, np.nan)
        in_pairs = elapsed if found.is_within else np.full(len(elapsed), np.nan)
        two = 2.0 * surveys.shares * (1.0 - surveys.shares)
        for panel, when, share in (("groups", elapsed, surveys.shares), ("pairs", in_pairs, two)):
            for name, which in (("interviews", ~surveys.by_letter), ("letters", surveys.by_letter)):
                numbers[f"{panel} {name}"] = np.column_stack([when, share])[which]
        origin = surveys.years[0] - found.elapsed[0]
        gone = np.array(surveys.not_fielded, dtype=float)
        before = np.array([surveys.shares[surveys.years < year][-1] for year in gone])
        place = np.where(is_drawn & (gone - origin <= HORIZON), gone - origin, np.nan)
        numbers["not fielded"] = np.column_stack([place, before])
        if is_drawn:
            notes[0] = "surveys (published): ○ interviews, □ letters, × none"
        if found.is_within:
            notes[1] = "○ □ surveys, pairs by chance (derived)"
    if len(found.invented):
        notes[1] = "◇ invented network (synthetic)"
    words = {
        "groups names": list(stakeholders),
        "pairs names": list(STATES),
        "peak label": [f"period {at:.0f}: {100 * height:.0f}%"],
        "note": notes[:1],
        "pair note": notes[1:],
    }
    return numbers, words


def hidden(count: int) -> Floats:
    """Return numbers of `count` dots that are not drawn."""
    return np.full((count, 2), np.nan)


def _placed(panel: str, ends: Floats) -> Mapping[str, Floats]:
    """Stand the names, each behind its marker, where the curves end, apart from each other."""
    shown = ~np.isnan(ends)
    heights = np.full(len(ends), np.nan)
    heights[shown] = spread(ends[shown], _GAP, 0.03, 0.97)
    rows = np.arange(len(ends), dtype=float)
    return {
        f"{panel} keys": np.column_stack([np.full(len(ends), HORIZON + _KEY), heights, np.full(len(ends), 7.0), rows]),
        f"{panel} names": np.column_stack([np.full(len(ends), HORIZON), heights, np.zeros(len(ends))]),
    }


def _names(panel: str, roles: Sequence[Role]) -> tuple[Mark, Mark]:
    keys = tuple(Style(colour=role.colour, marker=role.marker) for role in roles)
    return (
        Mark(name=f"{panel} keys", kind="points", panel=panel, count=len(roles), styles=keys),
        Mark(name=f"{panel} names", kind="labels", panel=panel, count=len(roles), styles=(Style(shift=(17.0, 0.0)),)),
    )


def _line(name: str, panel: str, role: Role, *, marker: str) -> Mark:
    chosen = Style(colour=role.colour, dashes=role.dashes, marker=marker, every=20, width=2.4)
    return Mark(name=name, kind="line", panel=panel, count=GRID.size, styles=(chosen,), pinned=True)


def _dots(name: str, panel: str, count: int, colour: str, marker: str) -> Mark:
    chosen = Style(colour=colour, marker=marker, filled=False, size=6.0)
    return Mark(name=name, kind="dots", panel=panel, count=count, styles=(chosen,))
