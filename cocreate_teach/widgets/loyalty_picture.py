"""The picture of loyalty: left who buys again, right what is said and, below, correlations of a real survey."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.style import ROLES
from cocreate_teach.widgets.figure import Handle, Layout, LiveFigure, Mark, Panel, Style, spread
from cocreate_teach.widgets.words import amount

Floats = NDArray[np.float64]

GRID: Final = np.linspace(0.0, 1.0, 41)
INDIFFERENT: Final = 0.5  # met expectations at which the customer neither likes nor dislikes the firm
CORNERS: Final = ("spurious loyalty", "loyalty", "no loyalty", "latent loyalty")  # upper left to lower right
_PLACES: Final = ((0.0, 1.09), (1.0, 1.09), (0.0, -0.09), (1.0, -0.09))
_GAP: Final = 0.085
_LAYOUTS: Final = (
    Layout(name="wide", width=520, height=290,
           boxes={"again": (46, 28, 168, 204), "says": (352, 28, 92, 80), "survey": (330, 166, 178, 84)}),
    Layout(name="narrow", width=320, height=606,
           boxes={"again": (48, 30, 178, 204), "says": (78, 302, 140, 84), "survey": (48, 470, 240, 84)}),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """What real customers answered.

    Parameters
    ----------
    answers : tuple of str
        What was asked.
    correlations : array (n,)
        Of each with the answer about met expectations.
    persons, status
        How many were asked, and where the numbers come from.
    """

    answers: tuple[str, ...]
    correlations: Floats
    persons: int
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """What the model found.

    Parameters
    ----------
    met, lock_in, barrier, emotional, threshold : float
        Of this customer; `threshold` is the probability of buying again that counts as often.
    again : array (3,)
        Probability of buying again: as it is, without lock-in, without lock-in and barrier.
    attitude, said : float
        From -1 (dislike) to 1 (liking), and what this customer says, from -1 (warns) to 1 (recommends).
    quadrant : str
        One of `models.QUADRANTS`.
    needed : float
        Lock-in from which this customer buys again often; above 1 if none suffices.
    curve, free, words, involved : array (GRID.size,)
        Over met expectations: buying again with and without lock-in; what is said, and if fully involved.
    quadrants : tuple of str
        Over met expectations.
    """

    met: float
    lock_in: float
    barrier: float
    emotional: float
    threshold: float
    again: Floats
    attitude: float
    said: float
    quadrant: str
    needed: float
    curve: Floats
    free: Floats
    words: Floats
    involved: Floats
    quadrants: tuple[str, ...]


def loyalty_figure(survey: Survey) -> LiveFigure:
    """Return panels, layouts and marks, with a bar for each answer of the survey."""
    answers = len(survey.answers)
    own, muted = ROLES["customer"].colour, Style(colour="muted", dashes=(2, 3))
    dot = Style(colour=own, marker="o")
    corners = tuple(
        Style(size=10.5, anchor=anchor, bold=bold, colour=colour, shift=(shift, 0.0))
        for anchor, shift in (("start", 4.0), ("end", -2.0))
        for bold, colour in ((False, "muted"), (True, "ink"), (True, "warning"))
    )
    marks = (
        Mark(name="here", kind="area", panel="again", count=4, styles=(Style(colour=own, opacity=0.14),)),
        Mark(name="captive", kind="area", panel="again", count=4, styles=(Style(colour="warning", opacity=0.16),)),
        Mark(name="limits", kind="segments", panel="again", count=2, styles=(muted,)),
        _line("free", "again", "muted", (5, 3)),
        _line("curve", "again", own, (), is_pinned=True),
        Mark(name="effect", kind="segments", panel="again", count=1, styles=(Style(),)),
        Mark(name="unlocked", kind="points", panel="again", count=1,
             styles=(Style(colour="muted", filled=False, marker="o"),)),
        Mark(name="customer", kind="points", panel="again", count=1, styles=(dot,), pinned=True,
             handles=(Handle(label="This customer: expectations that are met", x="met"),)),
        Mark(name="corners", kind="labels", panel="again", count=4, styles=corners),
        Mark(name="curves", kind="labels", panel="again", count=2, styles=(
            Style(shift=(9.0, 0.0), bold=True), Style(shift=(9.0, 0.0)),
        )),
        Mark(name="silence", kind="segments", panel="says", count=1, styles=(muted,)),
        _line("involved", "says", "muted", (5, 3)),
        _line("words", "says", own, (), is_pinned=True),
        Mark(name="says", kind="points", panel="says", count=1, styles=(dot,), pinned=True),
        Mark(name="voices", kind="labels", panel="says", count=4, styles=(
            Style(shift=(9.0, 0.0), bold=True, size=10.5), Style(shift=(9.0, 0.0), size=10.5),
            Style(shift=(-6.0, 0.0), anchor="end", size=10.5),
        )),
        Mark(name="bars", kind="boxes", panel="survey", count=answers, styles=(Style(colour=own),)),
        Mark(name="answers", kind="labels", panel="survey", count=answers, styles=(Style(size=10.5),)),
        Mark(name="correlations", kind="labels", panel="survey", count=answers,
             styles=(Style(size=10.5, shift=(5.0, -1.0)),)),
    )  # fmt: skip
    panels = (
        Panel(
            name="again", title="Does this customer buy again?", xlim=(0, 1), ylim=(-0.16, 1.16),
            xlabel="expectations that are met (share)", ylabel="probability", xticks=(0, 0.5, 1), yticks=(0, 0.5, 1),
        ),
        Panel(
            name="says", title="What this customer says", xlim=(0, 1), ylim=(-1, 1), xlabel="met (share)",
            xticks=(0, 0.5, 1), yticks=(),
        ),
        Panel(
            name="survey", title=f"Real survey ({survey.status})", xlim=(0, 1), ylim=(answers - 0.35, -0.65),
            xlabel=f"correlation with “met” (n = {survey.persons})", xticks=(0, 0.5, 1), yticks=(),
        ),
    )  # fmt: skip
    return LiveFigure(panels=panels, layouts=_LAYOUTS, marks=marks)


def loyalty_marks(customer: Customer, survey: Survey) -> tuple[dict[str, Floats], dict[str, list[str]]]:
    """Return the numbers and the strings of all marks."""
    met, now, unlocked = customer.met, float(customer.again[0]), float(customer.again[1])
    own = CORNERS.index(customer.quadrant)
    left, right = (INDIFFERENT, 1.0) if own % 2 else (0.0, INDIFFERENT)
    low, high = (customer.threshold, 1.0) if own < 2 else (0.0, customer.threshold)
    corner = np.array([[left, low], [right, low], [right, high], [left, high]])
    is_captive = customer.quadrant == "spurious loyalty"
    nowhere = np.full((4, 2), np.nan)
    looks = [3 * (place % 2) + (place == own) * (2 if is_captive else 1) for place in range(4)]
    rows = np.arange(len(survey.answers), dtype=float)
    nought = np.zeros(len(rows))
    ends = spread([customer.curve[-1], customer.free[-1] - 1e-6], _GAP, 0.0, 1.0)  # with lock-in on top where they meet
    numbers = {
        "here": nowhere if is_captive else corner,
        "captive": corner if is_captive else nowhere,
        "limits": np.array([
            [INDIFFERENT, 0.0, INDIFFERENT, 1.0, 1.2, 0.0],
            [0.0, customer.threshold, 1.0, customer.threshold, 1.2, 0.0],
        ]),
        "free": np.column_stack([GRID, customer.free]),
        "curve": np.column_stack([GRID, customer.curve]),
        "effect": np.array([[met, unlocked, met, now, 3.0, 0.0]]),
        "unlocked": np.array([[met, unlocked, 8.0, 0.0]]),
        "customer": np.array([[met, now, 12.0, 0.0]]),
        "corners": np.column_stack([_PLACES, looks]),
        "curves": np.column_stack([[1.0, 1.0], ends, [0.0, 1.0]]),
        "silence": np.array([[0.0, 0.0, 1.0, 0.0, 1.2, 0.0]]),
        "involved": np.column_stack([GRID, customer.involved]),
        "words": np.column_stack([GRID, customer.words]),
        "says": np.array([[met, customer.said, 10.0, 0.0]]),
        "voices": np.array([
            [1.0, min(float(customer.words[-1]), 0.48), 0.0], [1.0, 0.8, 1.0], [0.0, 0.9, 2.0], [0.0, -0.9, 2.0],
        ]),
        "bars": np.column_stack([nought, rows + 0.06, survey.correlations, rows + 0.38, nought]),
        "answers": np.column_stack([nought, rows - 0.28, nought]),
        "correlations": np.column_stack([survey.correlations, rows + 0.22, nought]),
    }  # fmt: skip
    words = {
        "corners": list(CORNERS),
        "curves": [f"lock-in {amount(customer.lock_in)}", "no lock-in"],
        "voices": ["this one", "if involved", "praise", "warning"],
        "answers": list(survey.answers),
        "correlations": [amount(value) for value in survey.correlations],
    }
    return numbers, words


def _line(name: str, panel: str, colour: str, dashes: tuple[float, ...], *, is_pinned: bool = False) -> Mark:
    chosen = Style(colour=colour, dashes=dashes, width=2.4 if is_pinned else 1.6)
    return Mark(name=name, kind="line", panel=panel, count=GRID.size, styles=(chosen,), pinned=is_pinned)
