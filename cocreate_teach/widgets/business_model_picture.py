"""The picture of a business model: left the network, right the chain of steps and what can be counted."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.business_model_network import ACTIVITIES, CHAIN, LINKS, STAKEHOLDERS, control_name
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style
from cocreate_teach.widgets.scenarios import roles_of

Floats = NDArray[np.float64]

MOST: Final = 400.0  # of what an activity can handle, and of demand
SHARES: Final = ("links across borders", "links with answer", "near the customer", "spread of control")
_WIDE: Final = np.array(
    [250.0, 262.0]
)  # the network in points: the same in both layouts, so that arrows keep their form
_LAYOUTS: Final = (
    Layout(
        name="wide", width=520, height=332,
        boxes={"net": (22, 30, 250, 262), "chain": (384, 30, 96, 106), "shares": (384, 202, 96, 88)},
    ),
    Layout(
        name="narrow", width=320, height=676,
        boxes={"net": (35, 30, 250, 262), "chain": (130, 352, 140, 112), "shares": (130, 534, 140, 92)},
    ),
)  # fmt: skip
_AT: Final = {
    "set terms": (0.5, 0.85), "carry large risks": (0.13, 0.80), "check applications": (0.87, 0.48),
    "train advisers": (0.13, 0.46), "advise": (0.5, 0.42), "run the platform": (0.13, 0.13),
    "plan own life": (0.74, 0.13),
}  # fmt: skip
_BELOW, _ABOVE, _LEFT = range(3)  # where the name of an activity stands: away from the heads of arrows
_NAMED: Final = np.array([{"set terms": _ABOVE, "advise": _LEFT}.get(name, _BELOW) for name in ACTIVITIES])
_TURN: Final = {("plan own life", "set terms"): 0.6, ("set terms", "train advisers"): 0.55}
_LABEL: Final = 115.0  # cases that the label behind a bar covers, in the layout where it covers most
_ASIDE, _NODE, _HEAD = 6.0, 14.0, 8.0  # points: between the two lines of a pair; a node's radius; an arrow's head


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What was set and what the model found.

    Parameters
    ----------
    capability : array (4,)
        In the order of `CHAIN`.
    demand : float
    bottleneck : str
        Name of the activity.
    has_link : array (m,)
        In the order of `LINKS`.
    shares : array (4,)
        In the order of `SHARES`.
    """

    capability: Floats
    demand: float
    bottleneck: str
    has_link: NDArray[np.bool_]
    shares: Floats


def business_model_figure() -> LiveFigure:
    """Return panels, layouts and marks."""
    owners = {row["owner"]: None for row in ACTIVITIES.values()}
    roles = [ROLES[roles_of(STAKEHOLDERS)[owner]] for owner in owners]
    line = (Style(), Style(colour="muted"), Style(colour="muted", dashes=(1.5, 3)))  # across a border, inside, absent
    text = partial(Style, size=10.5)
    end = text(anchor="end", shift=(-6.0, 0.0))
    grey = Style(colour=ROLES["reference"].colour, width=0.8)
    marks = (
        Mark(name="links", kind="segments", panel="net", count=len(LINKS), styles=line, pinned=True),
        Mark(name="heads", kind="segments", panel="net", count=2 * len(LINKS), styles=line),
        Mark(
            name="ring", kind="points", panel="net", count=1,
            styles=(Style(colour="warning", marker="o", filled=False),),
        ),
        Mark(
            name="activities", kind="points", panel="net", count=len(ACTIVITIES),
            styles=tuple(Style(colour=role.colour, marker=role.marker.replace("x", "D")) for role in roles),
        ),
        Mark(
            name="names", kind="labels", panel="net", count=len(ACTIVITIES),
            styles=tuple(
                text(anchor=anchor, shift=(right, up), bold=bold)
                for bold in (False, True)
                for anchor, right, up in (("middle", 0.0, -18.0), ("middle", 0.0, 30.0), ("end", -10.0, 33.0))
            ),
        ),
        Mark(
            name="owners", kind="labels", panel="net", count=len(ACTIVITIES),
            styles=tuple(
                Style(colour="muted", size=9.5, anchor=anchor, shift=(right, up))
                for anchor, right, up in (("middle", 0.0, -30.0), ("middle", 0.0, 18.0), ("end", -10.0, 21.0))
            ),
        ),
        Mark(
            name="switches", kind="points", panel="net", count=len(LINKS),
            styles=(Style(marker="o"), Style(colour="muted", marker="o", filled=False)),
            handles=tuple(Handle(label=f"Link: {source} to {target}", switch=control_name("link", source, target))
                          for source, target in LINKS),
        ),
        Mark(name="chain", kind="boxes", panel="chain", count=len(CHAIN), pinned=True,
             styles=(grey, Style(colour="warning", width=0.8))),
        Mark(name="steps", kind="labels", panel="chain", count=len(CHAIN),
             styles=(end, text(anchor="end", shift=(-6.0, 0.0), bold=True))),
        Mark(name="demand", kind="segments", panel="chain", count=1, styles=(Style(dashes=(3, 2)),)),
        Mark(name="amounts", kind="labels", panel="chain", count=len(CHAIN),
             styles=tuple(text(shift=(4.0, 0.0), bold=bold) for bold in (False, True))),
        Mark(name="wanted", kind="labels", panel="chain", count=1,
             styles=tuple(text(anchor=anchor, shift=(shift, 0.0))
                          for anchor, shift in (("start", 4.0), ("end", -4.0)))),
        Mark(name="shares", kind="boxes", panel="shares", count=len(SHARES), pinned=True, styles=(grey,)),
        Mark(name="measures", kind="labels", panel="shares", count=len(SHARES), styles=(end,)),
        Mark(name="parts", kind="labels", panel="shares", count=len(SHARES),
             styles=(text(shift=(4.0, 0.0)),)),
    )  # fmt: skip
    rows = len(CHAIN)
    panels = (
        Panel(
            name="net", title="Who does what: switch links on and off", xlim=(0, 1), ylim=(0, 1), axes=False,
        ),
        Panel(
            name="chain", title="Capability", xlim=(0, MOST), ylim=(-0.6, rows + 0.3), yticks=(),
            xticks=(0, MOST / 2, MOST), xlabel="cases per period",
        ),
        Panel(
            name="shares", title="Shares", xlim=(0, 1), ylim=(-0.6, len(SHARES) - 0.4), yticks=(), xticks=(0, 0.5, 1),
            xlabel="share",
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def business_model_marks(found: Reading) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    lines, heads, middles = _ways()
    owner = {name: row["owner"] for name, row in ACTIVITIES.items()}
    is_inside = np.array([owner[source] == owner[target] for source, target in LINKS])
    which = np.where(found.has_link, is_inside.astype(int), 2)
    owners = list(dict.fromkeys(owner.values()))
    places = np.array([_AT[name] for name in ACTIVITIES])
    is_weakest = np.array([name == found.bottleneck for name in CHAIN], dtype=float)
    rows = np.arange(len(CHAIN))[::-1, np.newaxis] + np.array([-0.34, 0.34])
    parts = np.arange(len(SHARES))[::-1, np.newaxis] + np.array([-0.32, 0.32])
    is_crossed = (found.capability <= found.demand) & (found.demand <= found.capability + _LABEL)
    behind = np.where(is_crossed, found.demand, found.capability)  # the line of what is wanted crosses no number
    none, zero = np.zeros(len(CHAIN)), np.zeros(len(SHARES))
    drawn = np.column_stack([heads, np.full(2 * len(LINKS), 1.6), np.repeat(which, 2)])
    drawn[np.repeat(~found.has_link, 2)] = np.nan
    numbers = {
        "links": np.column_stack([lines, np.where(found.has_link, 1.8, 1.2), which]),
        "heads": drawn,
        "ring": np.array([[*_AT[found.bottleneck], 27.0, 0.0]]),
        "activities": np.column_stack([
            places, np.full(len(places), 15.0), [owners.index(owner[name]) for name in ACTIVITIES],
        ]),
        "names": np.column_stack([places, _NAMED + 3 * np.array([name == found.bottleneck for name in ACTIVITIES])]),
        "owners": np.column_stack([places, _NAMED]),
        "switches": np.column_stack([middles, np.where(found.has_link, 8.0, 9.0), ~found.has_link]),
        "chain": np.column_stack([none, rows[:, 0], found.capability, rows[:, 1], is_weakest]),
        "steps": np.column_stack([none, rows.mean(axis=1), is_weakest]),
        "amounts": np.column_stack([behind, rows.mean(axis=1), is_weakest]),
        "demand": np.array([[found.demand, -0.6, found.demand, len(CHAIN) + 0.3, 1.6, 0.0]]),
        "wanted": np.array([[found.demand, len(CHAIN) - 0.1, float(found.demand > MOST / 2)]]),
        "shares": np.column_stack([zero, parts[:, 0], found.shares, parts[:, 1], zero]),
        "measures": np.column_stack([zero, parts.mean(axis=1), zero]),
        "parts": np.column_stack([found.shares, parts.mean(axis=1), zero]),
    }  # fmt: skip
    words = {
        "names": list(ACTIVITIES),
        "owners": list(owner.values()),
        "steps": list(CHAIN),
        "amounts": [f"{able:.0f}" for able in found.capability],
        "wanted": [f"wanted: {found.demand:.0f}"],
        "measures": list(SHARES),
        "parts": [f"{share:.2f}" for share in found.shares],
    }
    return numbers, words


@cache
def _ways() -> tuple[Floats, Floats, Floats]:
    """Return the lines (m, 4), the two strokes of each arrow's head (2m, 4) and the places of the switches (m, 2)."""
    lines, heads, middles = [], [], []
    for source, target in LINKS:
        start, stop = (np.array(_AT[name]) * _WIDE for name in (source, target))
        along = (stop - start) / np.hypot(*(stop - start))
        across = np.array([along[1], -along[0]])  # to the right of whoever walks along
        is_pair = (target, source) in LINKS
        start, stop = (end + is_pair * _ASIDE * across for end in (start, stop))
        tip = stop - (_NODE + 1) * along
        lines.append([start + _NODE * along, tip])
        heads += [[tip, tip - _HEAD * along + side * 0.5 * _HEAD * across] for side in (-1, 1)]
        share = _TURN.get((source, target), 0.65 if is_pair else 0.5)
        middles.append(start + share * (stop - start))
    return (
        (np.array(lines) / _WIDE).reshape(-1, 4),
        (np.array(heads) / _WIDE).reshape(-1, 4),
        np.array(middles) / _WIDE,
    )
