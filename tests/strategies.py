"""Random parameters for property tests.

Numbers are eighths: sums and halves of them are exact, so that a test meets ties and not rounding.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from cocreate_teach.models import EngagementParameters, ParticipationParameters, Range, ranges


def eighths(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers between low and high, both included, in steps of 1/8."""
    return st.integers(int(low * 8), int(high * 8)).map(lambda count: count / 8)


@st.composite
def participation_games(
    draw: st.DrawFn,
    *,
    stakeholders: st.SearchStrategy[int] = st.integers(1, 5),  # noqa: B008
    lowest_synergy: float = 0.0,
    pays: bool = False,
) -> ParticipationParameters:
    """Participation games; with `pays`, transfers of at most half the (positive) synergy of a pair."""
    m = draw(stakeholders)
    pairs = [(i, j) for i in range(m) for j in range(i)]
    synergy, transfer = np.zeros((m, m)), np.zeros((m, m))
    for i, j in pairs:
        synergy[i, j] = synergy[j, i] = draw(eighths(lowest_synergy, 3))
        if pays and synergy[i, j] > 0:
            giver, receiver = draw(st.permutations([i, j]))
            transfer[giver, receiver] = draw(st.sampled_from([0, 0.5, 1])) * synergy[i, j] / 2
    return ParticipationParameters(
        stakeholders=tuple("abcdefghijkl"[:m]),
        stand_alone=np.array(draw(st.lists(eighths(-1, 1), min_size=m, max_size=m))),
        synergy=synergy,
        cost=np.array(draw(st.lists(eighths(0, 3), min_size=m, max_size=m))),
        transfer=transfer,
    )


@st.composite
def engagement_parameters(draw: st.DrawFn, **fixed: Any) -> EngagementParameters:
    """Engagement of two to five stakeholders, the first inside, the last outside."""
    k = draw(st.integers(2, 5))
    shares = st.lists(eighths(0, 1), min_size=k, max_size=k).map(np.array)
    drawn = {
        "stakeholders": tuple("abcde"[:k]),
        "power": draw(shares),
        "interest": draw(shares),
        "is_internal": (True, *draw(st.lists(st.booleans(), min_size=k - 2, max_size=k - 2)), False),
        "centralisation": draw(eighths(0, 1)),
        "adjustment": draw(eighths(0, 1)),
        "experience_floor": draw(eighths(0, 1)),
        "leverage": draw(eighths(0, 5)),
    }
    return EngagementParameters(**(drawn | fixed))


def values_in(allowed: Range) -> st.SearchStrategy[Any]:
    """Any value of a range, its two ends often; an array with its last axis where the range has one."""
    if allowed.whole:
        number: st.SearchStrategy[Any] = st.integers(int(allowed.low), int(allowed.high))
    else:
        number = st.floats(allowed.low, allowed.high, allow_subnormal=False)
    number = number | st.sampled_from([allowed.low, allowed.high])
    if not allowed.each:
        return number
    length = len(allowed.each)
    return st.lists(number, min_size=length, max_size=length).map(lambda values: np.array(values, dtype=float))


def parameters_of(kind: type[Any], **fixed: Any) -> st.SearchStrategy[Any]:
    """Parameters drawn from the whole range that their class declares; `fixed` are values or strategies."""
    drawn = {name: values_in(allowed) for name, allowed in ranges(kind).items() if name not in fixed}
    given = {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in fixed.items()}
    return st.builds(kind, **drawn, **given)
