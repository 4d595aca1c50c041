"""The picture of the ledger: left what both sides put in, right what they get, below the price between its limits."""

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style
from cocreate_teach.widgets.words import amount

Floats = NDArray[np.float64]

MOST: Final = 1.6  # of the axes; what lies beyond is cut there, its number stands beside it
CUSTOMER, FIRM = range(2)
_PUTS_IN: Final = (
    ("time, information, ideas", 0.0, CUSTOMER),
    ("risk of telling personal data", 1.0, CUSTOMER),
    ("price", 2.0, CUSTOMER),
    ("people, networks, communication", 3.7, FIRM),
)
_GETS: Final = (("value in use", 0.0, CUSTOMER), ("price", 3.7, FIRM))
_LEFT: Final = ((2.0, CUSTOMER), (6.25, FIRM))
_UNMEASURED: Final = ("named, not measured:", "customer knowledge, a market,", "expected values, ways of delivery")
_HEADS: Final = (-0.78, 2.92)
_ROWS: Final = (6.75, -1.1)
_ABOVE: Final = 0.25  # of a bar: where its label stands
_THICK: Final = 0.3
_LAYOUTS: Final = (
    Layout(
        name="wide", width=520, height=394,
        boxes={"in": (8, 26, 244, 230), "out": (268, 26, 244, 230), "price": (20, 314, 480, 38)},
    ),
    Layout(
        name="narrow", width=320, height=690,
        boxes={"in": (12, 26, 296, 230), "out": (12, 316, 296, 230), "price": (20, 610, 280, 38)},
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """What both sides put in and get if they agree on the price.

    Parameters
    ----------
    effort, risk : float
        What the customer puts in: time, information and ideas; the risk of telling personal data.
    price : float
        The one that is set.
    firm : float
        What the firm puts in.
    value : float
        Value in use.
    left : array (2,)
        What is left for customer and firm if they agree.
    alone : array (2,)
        What they have without a deal.
    limits : array (2,)
        Lowest price that the firm accepts, highest that the customer accepts.
    """

    effort: float
    risk: float
    price: float
    firm: float
    value: float
    left: Floats
    alone: Floats
    limits: Floats

    @property
    def has_price(self) -> bool:
        """Whether some price suits both."""
        return bool(self.limits[0] <= self.limits[1])

    @property
    def refuses(self) -> tuple[bool, bool]:
        """Whether the customer and whether the firm is better off alone at this price."""
        return bool(self.price > self.limits[1]), bool(self.price < self.limits[0])


def ledger_figure() -> LiveFigure:
    """Return panels, layouts and marks."""
    text = partial(Style, size=10.5)
    roles = (ROLES["customer"], ROLES["firm"])
    bars = (
        *(Style(colour=role.colour) for role in roles),
        *(Style(colour=role.colour, filled=False, dashes=(3, 2), width=1.6) for role in roles),
    )
    head = (Style(bold=True, size=11.0), Style(bold=True, size=11.0, anchor="end"))
    sums = (text(), text(colour="warning", bold=True))
    sides = tuple(Style(colour=role.colour, marker=role.marker) for role in roles)
    marks = (
        Mark(name="heads in", kind="labels", panel="in", count=2, styles=head),
        Mark(name="puts in", kind="boxes", panel="in", count=len(_PUTS_IN), styles=bars, pinned=True),
        Mark(name="in", kind="labels", panel="in", count=len(_PUTS_IN), styles=(text(anchor="end"),)),
        Mark(name="heads out", kind="labels", panel="out", count=2, styles=head),
        Mark(name="gets", kind="boxes", panel="out", count=len(_GETS), styles=bars, pinned=True),
        Mark(name="out", kind="labels", panel="out", count=len(_GETS), styles=(text(),)),
        Mark(name="left", kind="boxes", panel="out", count=2, styles=bars, pinned=True),
        Mark(name="alone", kind="segments", panel="out", count=2, styles=(Style(),)),
        Mark(name="sums", kind="labels", panel="out", count=2, styles=sums),
        Mark(
            name="frame", kind="boxes", panel="out", count=1,
            styles=(Style(colour="muted", filled=False, dashes=(2, 3)),),
        ),
        Mark(
            name="unmeasured", kind="labels", panel="out", count=len(_UNMEASURED),
            styles=(text(colour="muted", shift=(5.0, 0.0)),),
        ),
        Mark(
            name="range", kind="segments", panel="price", count=1,
            styles=(Style(colour=ROLES["joint"].colour), Style(colour="warning", dashes=(3, 3))),
        ),
        Mark(name="limits", kind="points", panel="price", count=2, styles=sides, pinned=True),
        Mark(
            name="price", kind="points", panel="price", count=1, styles=(Style(marker="D"),),
            handles=(Handle(label="the price", x="price"),),
        ),
        Mark(
            name="prices", kind="labels", panel="price", count=3,
            styles=tuple(
                text(bold=bold, anchor=anchor, shift=(shift, 0.0))
                for bold in (False, True)
                for anchor, shift in (("start", -4.0), ("end", 4.0))
            ),
        ),
    )  # fmt: skip
    panels = (
        Panel(name="in", title="Puts in", xlim=(MOST, 0), ylim=_ROWS, xticks=(0.5, 1, 1.5), yticks=(), xlabel="value"),
        Panel(
            name="out", title="Gets (upright line: has alone)", xlim=(0, MOST), ylim=_ROWS, xticks=(0, 0.5, 1, 1.5),
            yticks=(), xlabel="value",
        ),
        Panel(
            name="price", title="", xlim=(0, MOST), ylim=(-1.0, 1.0), yticks=(), xticks=(0, 0.5, 1, 1.5),
            xlabel="price: move ◆ (value)",
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def ledger_marks(found: Ledger) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    is_off = 2.0 * any(found.refuses)  # what would be, if they agreed
    given = np.array([found.effort, found.risk, found.price, found.firm])
    got = np.array([found.value, found.price])
    is_worse = np.array(found.refuses, dtype=float)
    lowest, highest = np.clip(found.limits, 0.0, MOST)
    prices = np.array([found.price, *found.limits])
    shown = np.clip(prices, 0.0, MOST)
    is_right = (shown > MOST / 2).astype(float)
    left_rows = np.array([row for row, _ in _LEFT])
    numbers = {
        "heads in": np.array([[MOST, _HEADS[0], 0.0], [MOST, _HEADS[1], 0.0]]),
        "puts in": _bars(given, _PUTS_IN, is_off),
        "in": np.column_stack([np.zeros(4), [row - _ABOVE for _, row, _ in _PUTS_IN], np.zeros(4)]),
        "heads out": np.array([[0.0, _HEADS[0], 0.0], [0.0, _HEADS[1], 0.0]]),
        "gets": _bars(got, _GETS, is_off),
        "out": np.column_stack([np.zeros(2), [row - _ABOVE for _, row, _ in _GETS], np.zeros(2)]),
        "left": _bars(found.left, tuple(("", row, side) for row, side in _LEFT), is_off),
        "alone": np.column_stack([
            np.clip(found.alone, 0, MOST), left_rows - 0.05, np.clip(found.alone, 0, MOST), left_rows + _THICK + 0.05,
            np.full(2, 3.0), np.zeros(2),
        ]),
        "sums": np.column_stack([np.zeros(2), left_rows - _ABOVE, is_worse]),
        "frame": np.array([[0.0, 4.15, MOST, 5.6, 0.0]]),
        "unmeasured": np.column_stack([np.zeros(3), [4.44, 4.87, 5.3], np.zeros(3)]),
        "range": np.array([[lowest, 0.05, highest, 0.05, 5.0 if found.has_price else 2.0, float(not found.has_price)]]),
        "limits": np.array([[highest, 0.05, 9.0, CUSTOMER], [lowest, 0.05, 9.0, FIRM]]),
        "price": np.array([[found.price, 0.05, 10.0, 0.0]]),
        "prices": np.column_stack([shown, [0.8, -0.62, 1.65], is_right + 2.0 * np.array([1.0, 0.0, 0.0])]),
    }  # fmt: skip
    words = {
        "heads in": ["Customer", "Firm"],
        "in": [f"{what} {amount(value)}" for (what, _, _), value in zip(_PUTS_IN, given, strict=True)],
        "heads out": ["Customer", "Firm"],
        "out": [f"{what} {amount(value)}" for (what, _, _), value in zip(_GETS, got, strict=True)],
        "sums": [
            f"is left {amount(left)}, alone {amount(alone)}"
            for left, alone in zip(found.left, found.alone, strict=True)
        ],
        "unmeasured": list(_UNMEASURED),
        "prices": [
            f"price {amount(found.price)}",
            f"firm: at least {amount(found.limits[0], 3)}",
            f"customer: at most {amount(found.limits[1], 3)}"
            if found.limits[1] >= 0
            else f"customer: must be paid {amount(-found.limits[1], 3)}",
        ],
    }
    return numbers, words


def _bars(lengths: Floats, rows: tuple[tuple[str, float, int], ...], is_off: float) -> Floats:
    """Return boxes from zero; what is not above zero has none."""
    tops = np.array([row for _, row, _ in rows])
    ends = np.where(lengths > 0, np.minimum(lengths, MOST), np.nan)
    sides = np.array([float(side) for _, _, side in rows])
    return np.column_stack([np.zeros(len(rows)), tops, ends, tops + _THICK, sides + is_off])
