"""What the picture of involvement says: headline, alternative text, key numbers, table."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach import models
from cocreate_teach.widgets.involvement_picture import GRID, PERIODS, Dyad, percent
from cocreate_teach.widgets.words import amount

_SIDES: Final = ("customer", "firm")
_SEEN: Final = 0.005  # a smaller difference does not show in two decimals
_FEW: Final = 0.10  # chance per period to leave, below which a side "stays"

Measure = Callable[[models.InvolvementState, models.InvolvementParameters], NDArray[np.float64]]
_MEASURES: Final[tuple[tuple[str, Measure], ...]] = (
    ("puts in", lambda state, _: state.investment),
    ("economic involvement", lambda state, _: state.economic),
    ("social involvement", lambda state, _: state.social),
    ("emotional involvement: likes the partner", lambda state, _: state.emotional),
    ("intention to stay", lambda state, _: state.intention),
    ("involvement", models.involvement),
    ("expectations met", lambda state, _: models.met_expectations(state)),
    ("risk", models.risk),
    ("willing to cooperate", models.willingness_to_cooperate),
    ("chance to leave in a period", models.exit_chance),
)


def headline(state: models.InvolvementState, parameters: models.InvolvementParameters, period: int) -> str:
    """Say the finding for the period that is looked at, in two short sentences (two lines above a still picture)."""
    customer, firm = (amount(one) for one in models.involvement(state, parameters))
    if period == 0:
        return "At the start nobody is involved yet, and all expectations are met."
    return f"Period {period}: customer involved {customer}, firm {firm}. {_finding(state, parameters)}"


def _finding(state: models.InvolvementState, parameters: models.InvolvementParameters) -> str:
    met = float(models.met_expectations(state)[0])
    leaves = float(models.exit_chance(state, parameters)[0])
    if met < 0.5:
        unhappy = f"The customer is unhappy ({percent(met)} of expectations met)"
        if leaves <= _FEW:
            few = "under 1%" if leaves < 0.01 else f"only {percent(leaves)}"
            return f"{unhappy}, yet {few} leave a period."
        return f"{unhappy}, and {percent(leaves)} leave a period."
    x = state.investment
    if not x.any():
        return "Neither puts anything in: benefits alone hold them."
    more = int(np.argmax(x))
    can_move = not np.any(parameters.pledging_back) and x[more] < 1
    if can_move and models.investment_slopes(parameters)[0][more] < -_SEEN:
        return f"More from the {_SIDES[more]} alone would in the end lower its own involvement."
    likes, liked = float(state.emotional[more]), float(state.emotional[1 - more])
    if x[more] - x[1 - more] < _SEEN:
        return "Both put in the same, and like each other the same."
    if liked - likes < _SEEN:
        return f"The {_SIDES[more]} puts in more; they like each other about the same."
    return f"The {_SIDES[more]} puts in more, but likes less ({amount(likes)}) than it is liked ({amount(liked)})."


def alternative_text(found: Dyad, state: models.InvolvementState, parameters: models.InvolvementParameters) -> str:
    """Say what the picture shows now."""
    x = found.invested[0]
    best = int(np.argmax(found.map))
    now = found.involved[found.period]
    told = [
        f"Involvement over {PERIODS} periods: the customer's goes from {amount(found.involved[0, 0])} to "
        f"{amount(found.involved[-1, 0])} and settles at {amount(found.settled[0])}; the firm's goes to "
        f"{amount(found.involved[-1, 1])} and settles at {amount(found.settled[1])}.",
        f"The share of the customer's expectations that is met goes from {amount(found.met[0, 0])} to "
        f"{amount(found.met[-1, 0])}.",
        f"In period {found.period} involvement is {amount(now[0])} and {amount(now[1])}; {percent(found.leaves)} of "
        "such customers leave.",
        f"On the map the customer puts in {amount(x[0])}, the firm {amount(x[1])}.",
    ]
    if np.abs(found.invested[-1] - x).max() >= _SEEN:
        told.append(f"They move to {amount(found.invested[-1, 0])} and {amount(found.invested[-1, 1])}.")
    told.append(
        f"Of the circles the largest, {amount(found.map[best])}, is where the customer puts in "
        f"{amount(GRID[best, 0])} and the firm {amount(GRID[best, 1])}."
    )
    return " ".join(told)


def key_numbers(
    state: models.InvolvementState, parameters: models.InvolvementParameters, period: int
) -> tuple[tuple[str, str], ...]:
    """Return involvement, credibility, proportionality, expectations and stability in the period looked at."""
    involved, met = models.involvement(state, parameters), models.met_expectations(state)
    lasts = float(models.expected_duration(state, parameters))
    duration = f"{lasts:.1f} periods" if lasts < 1000 else "more than 1,000 periods"
    return (
        (f"Customer's involvement, period {period}", amount(float(involved[0]), 3)),
        (f"Firm's involvement, period {period}", amount(float(involved[1]), 3)),
        ("Credibility: what both put in", f"{amount(float(models.credibility(state.investment)))} of 2"),
        ("Proportionality: smaller to larger", amount(float(models.proportionality(state.investment)))),
        ("Expectations met, customer and firm", f"{amount(met[0])} and {amount(met[1])}"),
        ("Lasts, if it stays as it is now", duration),
    )


def table(
    now: models.InvolvementState,
    settled: models.InvolvementState,
    parameters: models.InvolvementParameters,
    period: int,
) -> list[tuple[str, ...]]:
    """Return a row for each component and result, both sides now and in the end."""
    head = ("share", f"customer, period {period}", f"firm, period {period}", "customer, in the end", "firm, in the end")
    return [
        head,
        *(
            (what, *(amount(one, 3) for state in (now, settled) for one in np.asarray(measure(state, parameters))))
            for what, measure in _MEASURES
        ),
    ]
