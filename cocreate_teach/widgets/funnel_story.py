"""What the picture of the funnel says: headline, alternative text, key numbers, table."""

import math

from cocreate_teach.widgets.funnel_picture import Funnel, percent, quantity
from cocreate_teach.widgets.words import listed


def headline(found: Funnel) -> str:
    """Say how many come through, where the weakest step is, and what the loop does."""
    start = quantity(found.reached[0])
    if found.reached[-1] == 0:
        return f"Nobody of {start} comes through: the step to {_weakest(found)} lets nobody pass. No loop can start."
    through = f"{quantity(found.reached[-1])} of {start} come through."
    steps = (
        f"All steps are alike ({percent(found.conversion[0])})."
        if len(found.weakest) == 4
        else f"Weakest step: to {_weakest(found)} ({percent(found.conversion.min())})."
    )
    return f"{through} {steps} {_loop(found)}"


def _weakest(found: Funnel) -> str:
    return listed([f"'{found.stages[at]}'" for at in found.weakest])


def _loop(found: Funnel) -> str:
    if found.virality == 0:
        made, full = quantity(found.reached[-1]), quantity(found.full)
        return "There is no loop." if made == full else f"With all departments: {full}."
    if found.gain >= 1:
        return "The loop grows by itself."
    start, end = quantity(found.reached[0]), quantity(found.together)
    if start == end:
        return "The loop adds almost nobody."
    return f"The loop turns {start} into {end}."


def alternative_text(found: Funnel) -> str:
    """Say what the picture shows now."""
    names = found.stages
    told = [
        f"Of {quantity(found.reached[0])} people in the stage '{names[0]}', "
        + ", ".join(
            f"{quantity(found.reached[at])} go on to '{names[at]}' ({percent(found.conversion[at - 1])})"
            for at in range(1, 5)
        )
        + "."
    ]
    if found.is_synthetic:
        told.append("The numbers of this scenario are synthetic: invented by a script.")
    gains = listed([f"{quantity(found.point[at - 1])} at '{names[at]}'" for at in range(1, 5)])
    told.append(f"One point more would add at the end: {gains}.")
    if quantity(found.full) != quantity(found.reached[-1]):
        told.append(f"If all departments did their part, {quantity(found.full)} would come through.")
    rounds = ", ".join(_share(share) for share in found.newcomers[:4])
    end = "without end" if found.gain >= 1 else f"{quantity(found.together)} people in all"
    told.append(f"For 100 people at the start the loop brings, round by round, {rounds} and so on: {end}.")
    ideas = (
        f"The best of {quantity(found.suggested)} ideas is {found.best[0]:.1f} times as good as a usual one"
        if found.suggested
        else "Nobody suggests anything"
    )
    told.append(
        f"{ideas}; the best of {found.asked} from creative customers, {found.better:.1f} times as good on average, "
        f"reaches {found.best[1]:.1f}."
    )
    return " ".join(told)


def _share(share: float) -> str:
    return f"{100 * share:.0f}" if share < 9.995 else "more than 999"


def key_numbers(found: Funnel) -> tuple[tuple[str, str], ...]:
    """Return who comes through, the weakest step, the loop gain and what it would need, and both best ideas."""
    weakest = found.weakest[0]
    share = found.conversion[weakest - 1]
    none = "nobody comes through"
    return (
        (f"Come through to '{found.stages[-1]}'", f"{quantity(found.reached[-1])} of {quantity(found.reached[0])}"),
        ("Weakest step", "none: all alike" if len(found.weakest) == 4 else f"to {_weakest(found)}, {percent(share)}"),
        ("One point more there adds at the end", quantity(found.point[weakest - 1]) if share <= 0.99 else "no room"),
        ("Loop gain: new people per person", _gain(found)),
        ("To grow by itself, each must bring", none if math.isinf(found.needed) else _enough(found.needed)),
        (
            "Best idea: of all, of the creative",
            f"{found.best[0]:.1f} of {quantity(found.suggested)}, {found.best[1]:.1f} of {found.asked}",
        ),
    )


def _enough(needed: float) -> str:
    """Round up: so many are enough."""
    parts = 1 if needed >= 10 else 10
    return quantity(math.ceil(parts * needed * (1 - 1e-12)) / parts)


def _gain(found: Funnel) -> str:
    if found.gain >= 1:
        return f"{found.gain:.3f}: grows by itself"
    return f"{found.gain:.3f}: settles at {quantity(found.together)}"


def table(found: Funnel) -> list[tuple[str, ...]]:
    """Return a row for each stage, then for the loop, under a row of column heads."""
    rows = [
        (
            f"stage '{found.stages[at]}'",
            quantity(found.reached[at]),
            percent(found.conversion[at - 1]) if at else "",
            quantity(found.reached[at - 1] - found.reached[at]) if at else "",
            quantity(found.point[at - 1]) if at else "",
        )
        for at in range(5)
    ]
    full = (f"'{found.stages[-1]}' if all departments did their part", quantity(found.full), "", "", "")
    rounds = [
        (f"round {at} of the loop: new, per 100", _share(share), "", "", "") for at, share in enumerate(found.newcomers)
    ]
    ideas = [
        (f"best of {quantity(found.suggested)} ideas of all", f"{found.best[0]:.2f}", "", "", ""),
        (
            f"best of {found.asked} ideas of the creative ({found.better:.1f} times as good)",
            f"{found.best[1]:.2f}", "", "", "",
        ),
    ]  # fmt: skip
    return [
        ("what", "number", "share that goes on", "lost at this step", "one point more adds"),
        *rows,
        full,
        *rounds,
        *ideas,
    ]
