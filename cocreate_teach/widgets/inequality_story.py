"""What the explorer of inequality says: the finding, the text of the picture, key numbers and table."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from cocreate_teach.widgets.inequality_picture import EDITS, Concentration, RealMonth
from cocreate_teach.widgets.words import amount

TOLD: Final = (0.001, 0.007, 0.01, 0.02, 0.1, 0.5)
_DOMINATES: Final = 0.25  # share of one person from which the headline speaks of it
_UNEQUAL: Final = 5  # below so many times an equal share the headline tells the equal share
_HUNDRED: Final = int(np.flatnonzero(EDITS == 100)[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Numbers of one run.

    Parameters
    ----------
    contributors : int
        People who made at least one edit.
    gini, gini_all, gini_long : float
        Among contributors; with those who never edit; among contributors in the long run.
    first, first_mean : float
        Share of the first editor in this run, and its mean over all runs.
    told : array
        What the most active shares `TOLD` of the people hold.
    """

    contributors: int
    gini: float
    gini_all: float
    gini_long: float
    first: float
    first_mean: float
    told: np.ndarray


def headline(found: Concentration, run: Run, real: RealMonth | None) -> str:
    """Say what the most active hold, and what decides it."""
    top, held = f"{100 * found.top:g}%", f"{100 * found.top_held:.0f} of 100 edits"
    if found.readers >= 0.005:
        return (
            f"If {100 * found.readers:.0f} in 100 people never edit, the most active {top} make {held}. "
            f"Gini: {amount(run.gini)} among contributors, {amount(run.gini_all)} among all."
        )
    first = f"The most active {top} of {run.contributors:,} contributors make {held}"
    said = None if real is None else _said(found, real)
    if said is not None:
        return f"{first}; talks said {said}. Nobody here is better than others."
    if run.first >= _DOMINATES:
        return f"{first}. The first editor alone makes {100 * run.first:.0f}: by chance, not talent."
    if found.top_held < _UNEQUAL * found.top:
        return f"{first}. With equal shares it would be {100 * found.top:g}."
    return f"{first}. Yet nobody in this model is better than others."


def _said(found: Concentration, real: RealMonth) -> str | None:
    same = np.flatnonzero(np.abs(real.said_people - found.top) < 1e-6)
    return f"{100 * real.said_edits[same[0]]:g}" if len(same) else None


def alternative_text(found: Concentration, run: Run, real: RealMonth | None) -> str:
    """Say what both panels show."""
    counted = f"Of all people, {100 * found.readers:.0f} in 100 never edit. " if found.readers >= 0.005 else ""
    text = (
        f"Left, a Lorenz curve below the line of equal shares, Gini coefficient {amount(run.gini_all, 3)}: the least "
        f"active half makes {100 * (1.0 - float(run.told[-1])):.0f} of 100 edits, the most active "
        f"{100 * found.top:g}% make {100 * found.top_held:.0f}. {counted}Right, on two logarithmic axes, "
        f"{run.contributors:,} contributors: {100 * found.tail[1]:.0f} in 100 make at least two edits, "
        f"{100 * found.tail[_HUNDRED]:.1f} at least 100; in the long run {100 * found.long_run[1]:.0f} and "
        f"{100 * found.long_run[_HUNDRED]:.1f}."
    )
    if real is not None:
        text += (
            f" Circles: {real.label}, real; {100 * real.share[real.at_least >= 100][0]:.1f} in 100 editors made "
            "at least 100 edits. Diamonds: what was said in talks (published)."
        )
    return text


def key_numbers(found: Concentration, run: Run, real: RealMonth | None) -> tuple[tuple[str, str], ...]:
    """Return the numbers that a lesson asks for."""
    first = [f"{amount(100 * share, 1)}%" for share in (run.first, run.first_mean)]
    numbers = [
        ("Edits made by the most active", f"{amount(100 * found.top_held, 1)}%"),
        ("Gini, contributors only", amount(run.gini, 3)),
        ("Gini, with those who never edit", amount(run.gini_all, 3)),
        ("Gini, contributors in the long run", amount(run.gini_long, 3)),
        ("The first editor: this run, mean of runs", ", ".join(first)),
    ]
    if real is not None:
        numbers.append((f"The most active, {real.label}", f"about {amount(100 * real_held(found, real), 0)}%"))
    return tuple(numbers)


def real_held(found: Concentration, real: RealMonth, top: float | None = None) -> float:
    """Return what the most active share of the people held in the real month: by a line between two classes."""
    share = (found.top if top is None else top) / (1.0 - found.readers)
    return 1.0 - float(np.interp(max(1.0 - share, 0.0), real.people, real.edits))


def table(found: Concentration, run: Run, real: RealMonth | None) -> list[tuple[str, ...]]:
    """Return what some shares of the most active hold."""
    head = ("most active share of people", "share of edits, this run")
    rows: list[tuple[str, ...]] = [head if real is None else (*head, f"{real.label}, about")]
    for top, held in zip(TOLD, run.told, strict=True):
        row = (f"{100 * top:g}%", f"{amount(100 * float(held), 1)}%")
        rows.append(row if real is None else (*row, f"{amount(100 * real_held(found, real, top), 0)}%"))
    return rows
