"""The picture of the stakeholders: left the power-interest map, right what engagement is left of each interest."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.models import POWER_INTEREST_CELLS
from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style, spread
from cocreate_teach.widgets.scenarios import roles_of
from cocreate_teach.widgets.words import amount

Floats = NDArray[np.float64]

_BAND: Final = 0.12  # above and below the map, for the names of its cells
_GAP: Final = 0.08  # between two names, as a share of the axis
_LETTER: Final = 0.029  # width of a letter, as a share of the axis
_BESIDE: Final = 0.045  # from a point to its name
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=306, boxes={"map": (46, 30, 206, 216), "bars": (362, 30, 122, 216)}),
    Layout(name="narrow", width=320, height=598, boxes={"map": (46, 30, 250, 216), "bars": (116, 340, 164, 198)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """What was set and what the model found; arrays hold one number for each of the k stakeholders.

    Parameters
    ----------
    names : tuple of str
        In the order of the bars.
    power, interest, engagement : array (k,)
        Engagement is that after it has settled.
    is_internal : tuple of bool
        Who belongs to the organisation.
    threshold : float
        Border between low and high on the map.
    loser : str
        Whose name is printed bold, or "".
    """

    names: tuple[str, ...]
    power: Floats
    interest: Floats
    engagement: Floats
    is_internal: tuple[bool, ...]
    threshold: float
    loser: str


def control_name(what: str, who: str) -> str:
    """Return the name of a control: `power_junior_adviser`."""
    return f"{what}_{who.replace(' ', '_')}"


def stakeholders_figure(names: Sequence[str]) -> LiveFigure:
    """Return panels, layouts and marks for these stakeholders."""
    k = len(names)
    roles = [ROLES[role] for role in roles_of(names).values()]
    people = tuple(
        Style(colour=role.colour, marker=role.marker.replace("x", "D"), filled=filled)
        for filled in (True, False)
        for role in roles
    )
    muted = Style(colour="muted", dashes=(3, 3))
    corners = tuple(Style(colour="muted", size=10.5, anchor=anchor) for anchor in ("start", "end"))
    text = partial(Style, size=10.5)
    marks = (
        Mark(name="silent", kind="area", panel="map", count=4, styles=(Style(colour="muted", opacity=0.13),)),
        Mark(name="borders", kind="segments", panel="map", count=2, styles=(muted,)),
        Mark(name="cells", kind="labels", panel="map", count=4, styles=corners),
        Mark(name="leaders", kind="segments", panel="map", count=k, styles=(Style(colour="muted"),)),
        Mark(
            name="names", kind="labels", panel="map", count=k,
            styles=(
                text(), text(anchor="end"),
                text(bold=True), text(bold=True, anchor="end"),
            ),
        ),
        Mark(
            name="people", kind="points", panel="map", count=k, styles=people, pinned=True,
            handles=tuple(Handle(label=who, x=control_name("interest", who), y=control_name("power", who))
                          for who in names),
        ),
        Mark(
            name="left", kind="boxes", panel="bars", count=k,
            styles=tuple(Style(colour=role.colour, width=0.8) for role in roles), pinned=True,
        ),
        Mark(
            name="full", kind="boxes", panel="bars", count=k,
            styles=(Style(colour="ink", filled=False, dashes=(3, 2), width=1.2),),
        ),
        Mark(
            name="rows", kind="labels", panel="bars", count=k,
            styles=tuple(text(anchor="end", shift=(-6.0, 0.0), bold=bold) for bold in (False, True)),
        ),
        Mark(name="amounts", kind="labels", panel="bars", count=k, styles=(text(shift=(5.0, 0.0)),)),
    )  # fmt: skip
    panels = (
        Panel(
            name="map", title="Power and interest: move the points", xlim=(0, 1), ylim=(-_BAND, 1 + _BAND),
            xlabel="interest in the outcome (share)\nfilled: inside; hollow: outside", ylabel="power (share)",
            xticks=(0, 0.5, 1), yticks=(0, 0.5, 1),
        ),
        Panel(
            name="bars", title="Engagement left", xlim=(0, 1), ylim=(-0.6, k - 0.4), yticks=(),
            xlabel="engagement (share)\ndashed: interest", xticks=(0, 0.5, 1),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def stakeholders_marks(found: Circle) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    k = len(found.names)
    edge, place, none = found.threshold, np.arange(k), np.zeros(k)
    rows = (k - 1.0 - place)[:, np.newaxis] + np.array([-0.32, 0.32])
    is_bold = np.array([name == found.loser for name in found.names], dtype=float)
    heights, to_left = _place_names(found)
    beside = np.where(to_left, -_BESIDE, _BESIDE)
    leaders = np.column_stack([
        found.interest, found.power, found.interest + 0.85 * beside, heights, np.full(k, 0.8), none,
    ])  # fmt: skip
    leaders[np.abs(heights - found.power) < 0.03] = np.nan
    band = _BAND / 2
    numbers = {
        "silent": np.array([[edge, 0.0], [1.0, 0.0], [1.0, edge], [edge, edge]]),
        "borders": np.array([[edge, 0.0, edge, 1.0, 1.5, 0.0], [0.0, edge, 1.0, edge, 1.5, 0.0]]),
        "cells": np.array([[0.02, -band, 0], [0.98, -band, 1], [0.02, 1 + band, 0], [0.98, 1 + band, 1]]),
        "leaders": leaders,
        "names": np.column_stack([found.interest + beside, heights, to_left + 2 * is_bold]),
        "people": np.column_stack([
            found.interest, found.power, np.full(k, 11.0), place + k * ~np.array(found.is_internal),
        ]),
        "left": np.column_stack([none, rows[:, 0], found.engagement, rows[:, 1], place]),
        "full": np.column_stack([none, rows[:, 0], found.interest, rows[:, 1], none]),
        "rows": np.column_stack([none, rows.mean(axis=1), is_bold]),
        "amounts": np.column_stack([found.interest, rows.mean(axis=1), none]),
    }  # fmt: skip
    words = {
        "cells": list(POWER_INTEREST_CELLS),
        "names": list(found.names),
        "rows": list(found.names),
        "amounts": [amount(left) for left in found.engagement],
    }
    return numbers, words


def _place_names(found: Circle) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the height of each name, no two alike, and whether it stands to the left: where it covers fewer points."""
    heights = spread(found.power, _GAP, 0.03, 0.97)
    width = _BESIDE + _LETTER * np.array([len(name) for name in found.names])
    is_near = np.abs(found.power - heights[:, np.newaxis]) < _GAP / 2
    is_near &= ~np.eye(len(found.names), dtype=bool)  # a name never covers its own point
    beyond = found.interest - found.interest[:, np.newaxis]
    covers_right = (is_near & (beyond >= 0) & (beyond < width[:, np.newaxis])).sum(axis=1)
    covers_left = (is_near & (beyond <= 0) & (-beyond < width[:, np.newaxis])).sum(axis=1)
    outside = 100.0  # worse than any number of covered points
    right = covers_right + outside * np.maximum(found.interest + width - 1.1, 0)
    left = covers_left + outside * np.maximum(width - found.interest, 0)
    return heights, np.where(right == left, found.interest > 0.5, left < right)
