"""What the picture of the value spheres says: headline, alternative text, key numbers, table."""

from typing import Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets.value_picture import Spheres
from cocreate_teach.widgets.words import amount

_SEEN: Final = 0.005  # what is smaller does not show in two decimals


def headline(found: Spheres, parameters: models.SphereParameters, power: float) -> str:
    """Say the finding in one or two short sentences."""
    alone = models.individual_use(parameters)
    if found.values[1] < _SEEN:
        almost = "Nothing is created together: this is exchange, not co-creation."
        return (
            f"{almost if found.values[1] == 0 else 'Almost nothing is created together.'} "
            f"Alone the customer has {amount(alone[0])}, the firm {amount(alone[1])}."
        )
    share = f"{100 * found.values[1] / found.values.sum():.0f}%"
    if not _is_deal(found):
        return (
            f"No deal, although {share} of the value would arise together: "
            f"after costs {amount(found.now[0])} is left, alone they have {amount(float(alone.sum()))}."
        )
    return f"{share} of the value arises together. {_best(found, power)}"


def _best(found: Spheres, power: float) -> str:
    whom = "for both and for the firm" if power < 1 else "for both"
    if abs(found.best - found.give) < 0.05:
        return f"Best {whom}: the customer puts in {amount(found.best)}, about as now."
    if found.best > 1 - _SEEN:
        return f"Best {whom}: the customer puts in all it can."
    return f"Best {whom}: the customer puts in {amount(found.best)}, not {amount(found.give)}."


def alternative_text(found: Spheres, parameters: models.SphereParameters) -> str:
    """Say what the picture shows now."""
    firm, together, customer = (amount(value) for value in found.values)
    used = "" if found.values[0] - found.used < _SEEN else f", of which {amount(found.used)} is used"
    told = [
        f"When the customer puts in more, from 0 to 1, what is left after costs goes from {amount(found.surplus[0])} "
        f"to {amount(found.surplus[-1])}; it is largest, {amount(found.surplus.max())}, at {amount(found.best)}.",
        f"Now the customer puts in {amount(found.give)}: the firm's sphere holds {firm}{used}, {together} arises "
        f"together and {customer} with the customer alone.",
        f"After costs {amount(found.now[0])} is left.",
    ]
    if _is_deal(found):
        lowest, highest, agreed = (amount(price) for price in found.prices)
        told.append(
            f"The customer captures {amount(found.now[1])}, the firm {amount(found.now[2])}, at a price of {agreed} "
            f"between {lowest} and {highest}."
        )
    else:
        alone = models.individual_use(parameters)
        told.append(f"There is no deal; alone the customer has {amount(alone[0])}, the firm {amount(alone[1])}.")
    return " ".join(told)


def key_numbers(found: Spheres) -> tuple[tuple[str, str], ...]:
    """Return the joint share, what is left, who captures what, the price, and the best investment."""
    total = float(found.values.sum())
    share = f"{100 * found.values[1] / total:.1f}%" if total > 0 else "no value at all"
    price = amount(found.prices[2], 3) if _is_deal(found) else "no deal"
    return (
        ("Share of value that arises together", share),
        ("Left after costs, for both", amount(found.now[0])),
        ("Customer captures", amount(found.now[1], 3)),
        ("Firm captures", amount(found.now[2], 3)),
        ("Agreed price", price),
        ("Best for both: customer puts in", amount(found.best, 3)),
    )


def table(found: Spheres, parameters: models.SphereParameters) -> list[tuple[str, ...]]:
    """Return a row for each part of value, under a row of column heads."""
    costs, alone = models.sphere_costs(parameters), models.individual_use(parameters)
    lowest, highest, agreed = (amount(price, 3) if _is_deal(found) else "no deal" for price in found.prices)
    lines = (
        ("value of the firm's sphere, potential", found.values[0]),
        ("of which used", found.used),
        ("value that arises together", found.values[1]),
        ("value with the customer alone", found.values[2]),
        ("costs of the customer", costs[0]),
        ("costs of the firm", costs[1]),
        ("without a deal: customer", alone[0]),
        ("without a deal: firm", alone[1]),
        ("customer captures", found.now[1]),
        ("firm captures", found.now[2]),
    )
    return [
        ("what", "value"),
        *((what, amount(float(value), 3)) for what, value in lines),
        ("left after costs", amount(found.now[0])),
        ("lowest price that the firm accepts", lowest),
        ("highest price that the customer accepts", highest),
        ("agreed price", agreed),
    ]


def _is_deal(found: Spheres) -> bool:
    return not np.isnan(found.prices).any()
