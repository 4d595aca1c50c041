"""What the explorer of adoption says: the finding, the text of the picture, key numbers and table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cocreate_teach.widgets.adoption_picture import GRID, HORIZON, Adoption, Surveys
from cocreate_teach.widgets.words import amount, listed

KNOWN_UNTIL: Final = 2008  # the last survey that the fitted curves of the case have seen
_SEEN: Final = 0.05  # periods: smaller differences would be shown as 0.0
_TOLD: Final = (0, 5, 10, 15, 20, 25, 30, 35)


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """How long a pair takes, on average, in periods: until it is linked, and of that one-sided."""

    unlinked: float
    one_sided: float


def headline(found: Adoption, now: Waiting, start: Waiting, origin: float | None) -> str:
    """Say when most pairs are one-sided, and what the moved sliders did to the time that pairs take."""
    linked, one_sided, _ = 100 * found.states[found.peak]
    at = float(GRID[found.peak])
    when = f"period {at:.0f}" + (f" ({origin + at:.0f})" if origin is not None and found.is_within else "")
    sooner, longer = start.unlinked - now.unlinked, now.one_sided - start.one_sided
    is_moved = max(abs(sooner), abs(longer)) >= _SEEN
    if found.peak == GRID.size - 1:
        first = f"One-sided pairs still rise in {when}: {one_sided:.0f} in 100."
    elif is_moved:
        first = f"One-sided pairs peak in {when}: {one_sided:.0f} in 100."
    else:
        first = f"One-sided pairs are most frequent in {when}: {one_sided:.0f} in 100."
    if not is_moved:
        return f"{first} {'By then' if found.peak < GRID.size - 1 else 'Only'} {linked:.0f} in 100 are linked."
    joint = "but" if sooner * longer > 0 and min(abs(sooner), abs(longer)) >= _SEEN else "and"
    linking = f"{_periods(sooner)} {'sooner' if sooner > 0 else 'later'}" if abs(sooner) >= _SEEN else "as soon"
    amounts = _rounded(longer) if abs(sooner) >= _SEEN else _periods(longer)
    waiting = f"{amounts} {'longer' if longer > 0 else 'shorter'}" if abs(longer) >= _SEEN else "as long"
    return f"{first} Against the scenario: linked {linking} {joint} one-sided {waiting}."


def _periods(difference: float) -> str:
    shown = _rounded(difference)
    return f"{shown} period{'' if shown == '1.0' else 's'}"


def _rounded(difference: float) -> str:
    return amount(abs(difference), 1 if abs(difference) < 10 else 0)


def alternative_text(
    stakeholders: Sequence[str],
    found: Adoption,
    pairs: str,
    now: Waiting,
    surveys: Surveys | None,
    origin: float | None,
) -> str:
    """Say what both panels show."""
    drawn = [i for i in range(len(stakeholders)) if not np.isnan(found.shares[0, i])]
    half = [f"{stakeholders[i]} {_half(found.shares[:, i])}" for i in drawn]
    linked, one_sided, neither = (amount(share) for share in found.states[found.peak])
    text = (
        f"Left, shares that have adopted over {HORIZON} periods; half of the group has adopted: {listed(half)}. "
        f"Right, shares of {pairs}: in period {GRID[found.peak]:.0f} one-sided {one_sided}, linked {linked}, "
        f"neither side {neither}; in period {HORIZON} linked {amount(found.states[-1, 0])}, "
        f"one-sided {amount(found.states[-1, 1])}. On average a pair is linked after {amount(now.unlinked)} periods, "
        f"{amount(now.one_sided)} of them one-sided."
    )
    if surveys is not None and origin is not None and stakeholders.index(surveys.group) in drawn:
        text += (
            f" Dots: surveys of {surveys.group} (published), from {100 * surveys.shares[0]:.0f}% in "
            f"{surveys.years[0]:.0f} to {100 * surveys.shares[-1]:.0f}% in {surveys.years[-1]:.0f}, "
            f"with period 0 as the year {origin:.0f}; the way of asking changed in "
            f"{surveys.years[surveys.by_letter][0]:.0f}."
        )
    if len(found.invented):
        most = found.invented[np.argmax(found.invented[:, 1])]
        text += f" Diamonds: an invented network (synthetic), with most one-sided pairs in period {most[0]:.0f}."
    return text


def _half(share: np.ndarray) -> str:
    reached = np.flatnonzero(share >= 0.5)
    return f"in period {GRID[reached[0]]:.0f}" if len(reached) else f"not by period {HORIZON}"


def key_numbers(found: Adoption, now: Waiting, misses: tuple[float, float] | None) -> tuple[tuple[str, str], ...]:
    """Return the numbers that a lesson asks for."""
    numbers = [
        ("Period in which one-sided pairs are most frequent", f"{GRID[found.peak]:.0f}"),
        ("One-sided pairs then", f"{amount(found.states[found.peak, 1], 3)}"),
        ("Periods until a pair is linked, on average", amount(now.unlinked, 2)),
        ("Periods of it one-sided, on average", amount(now.one_sided, 2)),
    ]
    if misses is not None:
        numbers += [
            (f"Curve and surveys apart, to {KNOWN_UNTIL}", f"{amount(misses[0], 1)} points"),
            (f"Curve and surveys apart, after {KNOWN_UNTIL}", f"{amount(misses[1], 1)} points"),
        ]
    return tuple(numbers)


def table(stakeholders: Sequence[str], found: Adoption) -> list[tuple[str, ...]]:
    """Return the shares every five periods; a group that is not in the pairs has a dash."""
    rows = [("period", *stakeholders, "linked", "one-sided", "neither side")]
    for period in _TOLD:
        at = int(np.searchsorted(GRID, period))
        shares = ["-" if np.isnan(share) else amount(share, 3) for share in found.shares[at]]
        rows.append((str(period), *shares, *(amount(share, 3) for share in found.states[at])))
    return rows
