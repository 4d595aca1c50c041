"""What the explorer of word of mouth says: the finding, the text of the picture, key numbers and table."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.widgets.word_of_mouth_picture import PERIODS, Talk
from cocreate_teach.widgets.words import amount

_NEAR: Final = 3  # in 100: what differs less is called about the same
_TOLD: Final = (0, 2, 5, 8, 10, 12, 15, 18, 20, 25, 30)
_NETWORKS: Final = {
    "ring": "a ring of neighbours",
    "bridges": "a ring of neighbours with a few bridges",
    "random": "a network of links at random",
    "hubs": "a network with a few hubs",
    "all": "a network in which everybody talks to everybody",
}


def headline(talk: Talk) -> str:
    """Say how many have adopted, and what difference the network, or what adopters say, makes."""
    now = f"{_hundred(talk.share[0, talk.period])} in 100 have adopted"
    everybody, nobody = (_about(path[talk.period]) for path in (talk.everybody, talk.nobody))
    when = f"After {talk.period} period{'' if talk.period == 1 else 's'}"
    if talk.innovation == 0:
        return "Nobody starts, so nobody has anything to pass on: 0 in 100 adopt."
    if talk.period == 0:
        return "At the start nobody has adopted. Look at a later period."
    if talk.recommendation * talk.imitation == 0:
        return f"{when} {now}, each alone: no word of others counts."
    if talk.recommendation < 0:
        return f"{when} {now}. If adopters did not warn, {nobody} would have."
    if talk.network == "all":
        return f"{when} {now}. Without word of mouth {nobody} would have."
    if abs(100 * float(talk.everybody[talk.period] - talk.share[0, talk.period])) < _NEAR:
        return f"{when} {now}. Who talks to whom hardly matters then: {everybody} if everybody talked to everybody."
    return f"{when} {now}. If everybody talked to everybody, {everybody} would have."


def alternative_text(talk: Talk) -> str:
    """Say what both panels show."""
    at = talk.period
    text = (
        f"Left, share of {talk.size:,} stakeholders who have adopted over {PERIODS} periods, on "
        f"{_NETWORKS[talk.network]}: {amount(talk.share[0, at], 3)} in period {at}, "
        f"{amount(talk.share[0, -1], 3)} in period {PERIODS}; half have adopted {_half(talk.share[0])}. "
        f"If everybody talked to everybody: {amount(talk.everybody[at], 3)} in period {at}. "
        f"If nobody talked: {amount(talk.nobody[at], 3)}."
    )
    if len(talk.share) > 1:
        text += f" With other luck, {len(talk.share)} runs range from {_span(talk.share[:, at])} in period {at}."
    has = int(((talk.adopted_in >= 0) & (talk.adopted_in <= at)).sum())
    shown = len(talk.adopted_in)
    return f"{text} Right, {shown} of the stakeholders as dots: {has} of these have adopted by period {at}."


def key_numbers(talk: Talk) -> tuple[tuple[str, str], ...]:
    """Return the numbers that a lesson asks for."""
    at = talk.period
    numbers = [
        (f"Adopters in period {at}", f"{round(talk.share[0, at] * talk.size):,} of {talk.size:,}"),
        ("Share", amount(talk.share[0, at], 3)),
        ("Share if everybody talked to everybody", amount(talk.everybody[at], 3)),
        ("Share if nobody talked", amount(talk.nobody[at], 3)),
        ("Half have adopted", _half(talk.share[0])),
    ]
    if talk.exact is not None:
        numbers.insert(2, ("Share on an endless ring, exactly", amount(talk.exact[at], 3)))
    if len(talk.share) > 1:
        numbers.append((f"Share in {len(talk.share)} runs with other luck", _span(talk.share[:, at])))
    return tuple(numbers)


def table(talk: Talk) -> list[tuple[str, ...]]:
    """Return the shares in some of the periods, and in the present one."""
    rows: list[tuple[str, ...]] = [("period", "this network", "lowest run", "highest run", "all talk to all", "nobody")]
    for at in sorted({*_TOLD, talk.period}):
        shares = (talk.share[0, at], talk.share[:, at].min(), talk.share[:, at].max())
        rows.append((str(at), *(amount(share, 3) for share in (*shares, talk.everybody[at], talk.nobody[at]))))
    return rows


def _hundred(share: float) -> str:
    """Say a share as "so many in 100", without calling few nobody."""
    return "fewer than 1" if 0 < share < 0.005 else f"{100 * share:.0f}"


def _about(share: float) -> str:
    told = _hundred(share)
    return told if told.startswith("fewer") else f"about {told}"


def _half(path: NDArray[np.float64]) -> str:
    reached = np.flatnonzero(path >= 0.5)
    return f"in period {reached[0]}" if len(reached) else f"not by period {PERIODS}"


def _span(shares: NDArray[np.float64]) -> str:
    return f"{amount(shares.min(), 3)} to {amount(shares.max(), 3)}"
