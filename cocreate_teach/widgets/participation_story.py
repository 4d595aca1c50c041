"""What the picture of participation says: headline, alternative text, key numbers, table."""

from collections.abc import Sequence

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets.participation_picture import Circle
from cocreate_teach.widgets.words import amount, capital, count, listed


def headline(stakeholders: Sequence[str], circle: Circle, parameters: models.ParticipationParameters) -> str:
    """Say the finding in one or two short sentences."""
    left = [i for i in np.argsort(circle.round, kind="stable") if circle.round[i]]
    together = amount(_value(parameters))
    if not left:
        return f"All {count(len(stakeholders))} take part and create {together} together."
    first = left[0]
    if len(left) == 1:
        leaving = (
            f"The {stakeholders[first]} leaves: gets back {amount(circle.back[first])}, "
            f"puts in {amount(circle.cost[first])}."
        )
    else:
        leaving = f"{capital(listed([stakeholders[i] for i in left]))} leave."
    staying = len(stakeholders) - len(left)
    if staying == 0:
        rounds = int(circle.round.max())
        return f"Nobody stays: the circle falls apart in {count(rounds)} round{'s' if rounds > 1 else ''}."
    verb = "stays and creates" if staying == 1 else "stay and create"
    return f"{leaving} {capital(count(staying))} {verb} {together}{' together' if staying > 1 else ''}."


def alternative_text(stakeholders: Sequence[str], circle: Circle, parameters: models.ParticipationParameters) -> str:
    """Say what the picture shows now."""
    told = []
    for i in np.argsort(np.where(circle.round, circle.round, len(stakeholders) + 1), kind="stable"):
        does = f"leaves in round {circle.round[i]}" if circle.round[i] else "stays"
        told.append(
            f"The {stakeholders[i]} {does}: gets back {amount(circle.back[i])}, puts in {amount(circle.cost[i])}."
        )
    inside = circle.round == 0
    links = [
        f"{stakeholders[i]} and {stakeholders[j]} {amount(circle.synergy[i, j])}"
        for i in range(len(stakeholders))
        for j in range(i + 1, len(stakeholders))
        if abs(circle.synergy[i, j]) >= 0.005
    ]
    who = f"{capital(count(int(inside.sum())))} of {count(len(stakeholders))} stakeholders stay"
    worth = f"Value added by each pair: {', '.join(links)}." if links else "No pair adds value."
    return f"{' '.join(told)} {who}; together they create {amount(_value(parameters))}. {worth}"


def key_numbers(
    stakeholders: Sequence[str], parameters: models.ParticipationParameters, *, payer: str
) -> tuple[tuple[str, str], ...]:
    """Return who stays, value, net value, net value if all stayed, and the smallest payment that would keep all."""
    circle = models.participation_equilibrium(parameters)
    staying = [name for name, inside in zip(stakeholders, circle, strict=True) if inside]
    return (
        ("Who stays", listed(staying)),
        ("Value created together", amount(_value(parameters))),
        ("Net value: created minus put in", amount(float(models.net_value(parameters, circle)))),
        ("Net value if all stayed", amount(float(models.net_value(parameters)))),
        ("Smallest payment that keeps the first to leave", _smallest_payment(stakeholders, parameters, payer)),
    )


def table(
    stakeholders: Sequence[str], circle: Circle, parameters: models.ParticipationParameters
) -> list[tuple[str, ...]]:
    """Return a row for each stakeholder, under a row of column heads."""
    rows: list[tuple[str, ...]] = [("stakeholder", "gets back", "puts in", "if all stayed", "enthusiasm", "leaves")]
    for i, (name, keen) in enumerate(zip(stakeholders, models.enthusiasm(parameters), strict=True)):
        leaves = f"in round {circle.round[i]}" if circle.round[i] else "no"
        rows.append(
            (name, amount(circle.back[i]), amount(circle.cost[i]), amount(circle.opening[i]), amount(keen), leaves)
        )
    return rows


def _value(parameters: models.ParticipationParameters) -> float:
    return float(models.coalition_value(parameters, models.participation_equilibrium(parameters)))


def _smallest_payment(stakeholders: Sequence[str], parameters: models.ParticipationParameters, payer: str) -> str:
    rounds = models.leaving_round(parameters)
    if not rounds.any():
        return "none needed: all stay"
    missing = models.surplus(parameters)
    first = stakeholders[int(np.argmin(np.where(rounds == 1, missing, np.inf)))]
    if first == payer:
        return f"not possible: the {payer}, who would pay, is the first to leave"
    smallest = models.smallest_transfer(parameters, giver=payer, receiver=first)
    kept = models.participation_equilibrium(
        models.with_transfer(parameters, giver=payer, receiver=first, amount=smallest)
    )
    leaving = [name for name, stays in zip(stakeholders, kept, strict=True) if not stays]
    if not leaving:
        return f"{amount(float(smallest))} from the {payer} to the {first}"
    who = "everybody" if len(leaving) == len(stakeholders) else listed(leaving)
    return f"no payment works: {amount(float(smallest))} from the {payer} would make {who} leave"
