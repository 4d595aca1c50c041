"""The picture of the value spheres: left what is left after costs, right where value arises and who gets it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style, spread
from cocreate_teach.widgets.words import amount

Floats = NDArray[np.float64]

GIVE: Final = np.linspace(0.0, 1.0, 1001)
"""The customer's investments that are computed; each twentieth is drawn."""
_DRAWN: Final = slice(None, None, 20)
_COUNT: Final = GIVE[_DRAWN].size
_LEFT: Final = (-0.25, 1.5)  # of the value axes; what lies beyond is not drawn (left) or cut there (right)
_RIGHT: Final = (0.0, 1.5)
CURVES: Final = (("both", "joint"), ("customer", "customer"), ("firm", "firm"))
_ROWS: Final = ("firm's sphere", "together", "customer alone", "customer captures", "firm captures", "price")
_BARS: Final = ("firm", "joint", "customer", "customer", "firm")
_GAP: Final = 0.13  # between two labels, in units of value
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=290, boxes={"left": (46, 28, 152, 212), "bars": (300, 28, 212, 216)}),
    Layout(name="narrow", width=320, height=560, boxes={"left": (46, 30, 190, 190), "bars": (20, 296, 284, 216)}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spheres:
    """What the model found.

    Parameters
    ----------
    surplus : array (GIVE.size,)
        Value realised minus both costs, at each investment of the customer.
    captured : array (GIVE.size, 2)
        What customer and firm capture there.
    best : float
        The customer's investment with the largest surplus.
    give : float
        The present one.
    now : array (3,)
        Surplus, captured by the customer, captured by the firm: at the present investment.
    values : array (3,)
        Value of the firm's sphere (potential), of the joint one, of the customer's.
    used : float
        Used part of the firm's sphere, in units of value.
    prices : array (3,)
        Lowest and highest acceptable price and the agreed one; NaN without a deal.
    """

    surplus: Floats
    captured: Floats
    best: float
    give: float
    now: Floats
    values: Floats
    used: float
    prices: Floats


def value_figure() -> LiveFigure:
    """Return panels, layouts and marks."""
    roles = [ROLES[role] for _, role in CURVES]
    points = tuple(Style(colour=role.colour, marker=role.marker) for role in roles)
    rows = len(_ROWS)
    marks = (
        Mark(name="zero", kind="segments", panel="left", count=1, styles=(Style(colour="ink"),)),
        Mark(name="best", kind="segments", panel="left", count=1, styles=(Style(colour="muted", dashes=(2, 3)),)),
        *(
            Mark(
                name=f"curve {place}", kind="line", panel="left", count=_COUNT, pinned=True,
                styles=(Style(colour=role.colour, dashes=role.dashes, width=2.4),),
            )
            for place, role in enumerate(roles)
        ),
        Mark(name="captured now", kind="points", panel="left", count=2, styles=points),
        Mark(
            name="surplus now", kind="points", panel="left", count=1, styles=points, pinned=True,
            handles=(Handle(label="what the customer puts in", x="customer"),),
        ),
        Mark(name="names", kind="labels", panel="left", count=3, styles=(Style(shift=(8.0, 0.0)),)),
        Mark(
            name="best label", kind="labels", panel="left", count=1,
            styles=(
                Style(anchor="start", colour="muted", shift=(4.0, 0.0)),
                Style(anchor="end", colour="muted", shift=(-4.0, 0.0)),
            ),
        ),
        Mark(
            name="potential", kind="boxes", panel="bars", count=1,
            styles=(Style(colour=ROLES["firm"].colour, filled=False, dashes=(3, 2), width=1.5),),
        ),
        Mark(
            name="bars", kind="boxes", panel="bars", count=len(_BARS), pinned=True,
            styles=tuple(Style(colour=ROLES[role].colour) for role in _BARS),
        ),
        Mark(name="price range", kind="segments", panel="bars", count=1, styles=(Style(colour="muted"),)),
        Mark(name="price", kind="points", panel="bars", count=1, styles=(Style(marker="D"),)),
        Mark(name="rows", kind="labels", panel="bars", count=rows, styles=(Style(bold=True),)),
        Mark(name="sums", kind="labels", panel="bars", count=rows, styles=(Style(anchor="end"),)),
    )  # fmt: skip
    panels = (
        Panel(
            name="left", title="Left after costs, and who has it", xlim=(0, 1), ylim=_LEFT,
            xlabel="customer puts in (share): move ◆", ylabel="value", xticks=(0, 0.5, 1), yticks=(0, 0.5, 1, 1.5),
        ),
        Panel(
            name="bars", title="Value now: where, for whom", xlim=_RIGHT, ylim=(rows - 0.55, -0.62),
            xlabel="value", xticks=(0, 0.5, 1, 1.5), yticks=(),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def value_marks(found: Spheres) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    curves = np.vstack([found.surplus, found.captured.T])  # (3, GIVE.size)
    best = float(np.max(found.surplus))
    lengths = np.array([found.used, *found.values[1:], found.now[1], found.now[2]])
    at = np.arange(len(_BARS), dtype=float)
    is_used = found.values[0] - found.used < 0.005
    lowest, highest, agreed = np.clip(found.prices, *_RIGHT)
    cut = np.clip(lengths, *_RIGHT)
    numbers = {
        "zero": np.array([[0.0, 0.0, 1.0, 0.0, 1.0, 0.0]]),
        "best": np.array([[found.best, _LEFT[0], found.best, 1.36, 1.5, 0.0]]),
        **{f"curve {i}": np.column_stack([GIVE, _inside(curve)])[_DRAWN] for i, curve in enumerate(curves)},
        "captured now": np.column_stack([np.full(2, found.give), _inside(found.now[1:]), np.full(2, 8.0), [1.0, 2.0]]),
        "surplus now": np.array([[found.give, float(np.clip(found.now[0], *_LEFT)), 11.0, 0.0]]),
        "names": np.column_stack([np.ones(3), spread(curves[:, -1], _GAP, _LEFT[0] + 0.06, 1.44), np.zeros(3)]),
        "best label": np.array([[found.best, 1.42, 0.0 if found.best < 0.5 else 1.0]]),
        "potential": np.array([[0.0, -0.06, np.nan if is_used else min(float(found.values[0]), _RIGHT[1]), 0.3, 0.0]]),
        "bars": np.column_stack([np.zeros(len(_BARS)), at - 0.06, cut, at + 0.3, at]),
        "price range": np.array([[lowest, 5.12, highest, 5.12, 5.0, 0.0]]),
        "price": np.array([[agreed, 5.12, 9.0, 0.0]]),
        "rows": np.column_stack([np.zeros(len(_ROWS)), np.arange(len(_ROWS)) - 0.3, np.zeros(len(_ROWS))]),
        "sums": np.column_stack([np.full(len(_ROWS), _RIGHT[1]), np.arange(len(_ROWS)) - 0.3, np.zeros(len(_ROWS))]),
    }
    firm = amount(found.used) if is_used else f"{amount(found.used)} of {amount(found.values[0])} used"
    price = "no deal" if np.isnan(agreed) else " ".join(
        (amount(found.prices[2]), "between", amount(found.prices[0]), "and", amount(found.prices[1]))
    )  # fmt: skip
    words = {
        "names": [name for name, _ in CURVES],
        "best label": [f"best {found.best:.2f}" if best > _LEFT[0] else ""],
        "rows": list(_ROWS),
        "sums": [firm, *(amount(value) for value in lengths[1:]), price],
    }
    return numbers, words


def _inside(values: Floats) -> Floats:
    """Leave out what lies beyond the axis."""
    return np.where((values >= _LEFT[0]) & (values <= _LEFT[1]), values, np.nan)
