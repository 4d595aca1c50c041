"""The picture of the scope: left what the customer's effort leaves, right what the customer's information leaves."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Layout, LiveFigure, Mark, Panel, Style
from cocreate_teach.widgets.words import amount

Floats = NDArray[np.float64]

EFFORT: Final = np.linspace(0.0, 1.0, 201)
SIGNALS: Final = np.linspace(0.0, 10.0, 101)
_GAIN: Final = (-0.3, 0.85)  # of the axes: the built-in products fit; what a hand moves beyond is cut
_NET: Final = (-0.22, 0.7)
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=292, boxes={"effort": (48, 30, 196, 206), "signals": (304, 30, 196, 206)}),
    Layout(name="narrow", width=320, height=574, boxes={"effort": (50, 30, 250, 200), "signals": (50, 316, 250, 200)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What the models found.

    Parameters
    ----------
    gain : array (EFFORT.size,)
        What both have together beyond what they have apart, at each effort of `EFFORT`.
    net : array (SIGNALS.size,)
        Net value of information to the customer, at each number of `SIGNALS`.
    best_effort, best_gain, best_signals, best_net : float
        Where the two are largest, and how large.
    """

    gain: Floats
    net: Floats
    best_effort: float
    best_gain: float
    best_signals: float
    best_net: float


def scope_figure() -> LiveFigure:
    """Return panels, layouts and marks."""
    joint, customer = ROLES["joint"], ROLES["customer"]
    above = tuple(
        Style(anchor=anchor, shift=(right, up), bold=True, size=10.5)
        for anchor, right, up in (("start", 6.0, 11.0), ("middle", 0.0, 13.0), ("end", 6.0, 13.0))
    )
    zero = Style(colour="muted", dashes=(3, 3))
    marks = tuple(
        mark
        for panel, role, curve in (("effort", joint, EFFORT), ("signals", customer, SIGNALS))
        for mark in (
            Mark(name=f"{panel} zero", kind="segments", panel=panel, count=1, styles=(zero,)),
            Mark(
                name=f"{panel} curve", kind="line", panel=panel, count=curve.size, pinned=True,
                styles=(Style(colour=role.colour, width=2.4, dashes=role.dashes),),
            ),
            Mark(
                name=f"{panel} best", kind="points", panel=panel, count=1, pinned=True,
                styles=(Style(colour=role.colour, marker=role.marker),),
            ),
            Mark(name=f"{panel} word", kind="labels", panel=panel, count=1, styles=above),
        )
    )  # fmt: skip
    panels = (
        Panel(
            name="effort", title="How much effort to ask for?", xlim=(0, 1), ylim=_GAIN,
            xlabel="customer's effort (share)", ylabel="gain over staying apart (value)",
            xticks=(0, 0.5, 1), yticks=(0, 0.5),
        ),
        Panel(
            name="signals", title="How much information?", xlim=(0, float(SIGNALS[-1])), ylim=_NET,
            xlabel="information disclosed (pieces)", ylabel="net value to customer",
            xticks=(0, 5, 10), yticks=(0, 0.5),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def scope_marks(found: Scope) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks; what lies outside the axes is left out."""
    numbers: dict[str, Floats] = {}
    words: dict[str, list[str]] = {}
    for panel, along, height, best, most, (low, high), decimals in (
        ("effort", EFFORT, found.gain, found.best_effort, found.best_gain, _GAIN, 2),
        ("signals", SIGNALS, found.net, found.best_signals, found.best_net, _NET, 1),
    ):
        right = float(along[-1])
        is_shown = low <= most <= high and best <= right
        at, tall = min(best, right), high - low
        top = high - (0.08 if is_shown else 0.14) * tall
        numbers |= {
            f"{panel} zero": np.array([[0.0, 0.0, right, 0.0, 1.4, 0.0]]),
            f"{panel} curve": np.column_stack([
                along, np.where((height >= low) & (height <= high), height, np.nan),
            ]),
            f"{panel} best": np.array([[at if is_shown else np.nan, most, 10.0, 0.0]]),
            f"{panel} word": np.array([
                [at, np.clip(most, low + 0.03 * tall, top), np.searchsorted([0.3, 0.7], at / right)],
            ]),
        }  # fmt: skip
        beyond = "" if is_shown else f" (value {amount(most)})"
        words[f"{panel} word"] = [f"best {amount(best, decimals)}{beyond}"]
    return numbers, words
