"""What the picture of the ledger says: headline, alternative text, key numbers, table."""

from cocreate_teach import models
from cocreate_teach.widgets.ledger_picture import CUSTOMER, FIRM, Ledger
from cocreate_teach.widgets.words import amount


def headline(found: Ledger) -> str:
    """Say who gains how much at this price, or who refuses it, and which prices work."""
    lowest, highest, price = (amount(number, 3) for number in (*found.limits, found.price))
    price = f"a price of {price.rstrip('0').rstrip('.')}"
    if not any(found.refuses):
        customer, firm = (amount(gain) for gain in found.left - found.alone)
        return (
            f"At a price of {amount(found.price)} the customer is better off by {customer}, the firm by {firm}. "
            f"Prices from {lowest} to {highest} work."
        )
    both = all(found.refuses)
    who = "Both refuse" if both else "The customer refuses" if found.refuses[CUSTOMER] else "The firm refuses"
    if not found.has_price:
        return f"{who} {price}. No price works: the firm needs {lowest}, {_at_most(found)}."
    limit = f"it pays at most {highest}" if found.refuses[CUSTOMER] else f"it needs at least {lowest}"
    return f"{who} {price}: {limit}. Prices from {lowest} to {highest} work."


def _at_most(found: Ledger) -> str:
    highest = found.limits[1]
    if highest < 0:
        return f"the customer would have to be paid {amount(-highest, 3)}"
    return f"the customer pays {amount(highest, 3)} at most"


def alternative_text(found: Ledger) -> str:
    """Say what the picture shows now."""
    refuses = [name for name, refused in zip(("customer", "firm"), found.refuses, strict=True) if refused]
    end = (
        f"At this price the {' and the '.join(refuses)} would be better off alone: there is no deal."
        if refuses
        else "Both agree."
    )
    return (
        f"The customer puts in time, information and ideas worth {amount(found.effort)}, a risk of telling personal "
        f"data of {amount(found.risk)} and a price of {amount(found.price)}, and gets value in use of "
        f"{amount(found.value)}: {amount(found.left[CUSTOMER])} is left; alone it has {amount(found.alone[CUSTOMER])}. "
        f"The firm puts in people, networks and communication worth {amount(found.firm)} and gets the price: "
        f"{amount(found.left[FIRM])} is left; alone it has {amount(found.alone[FIRM])}. Four more gains of the firm "
        f"are named, not measured: customer knowledge, a market, expected values, ways of delivery. "
        f"The firm needs a price of {amount(found.limits[0], 3)}, {_at_most(found)}. {end}"
    )


def key_numbers(found: Ledger, investment: tuple[float, float]) -> tuple[tuple[str, str], ...]:
    """Return both gains, both limits of the price, and how much and how evenly both put in."""
    gains = found.left - found.alone
    no_deal = any(found.refuses)
    told = [f"would be {amount(gain)}: no deal" if no_deal else amount(gain, 3) for gain in gains]
    both = amount(float(models.credibility(investment)))
    highest = amount(abs(float(found.limits[1])), 3)
    return (
        ("Customer gains, against being alone", told[CUSTOMER]),
        ("Firm gains, against being alone", told[FIRM]),
        ("Firm needs a price of at least", amount(found.limits[0], 3)),
        ("Customer pays at most", highest if found.limits[1] >= 0 else f"nothing: must be paid {highest}"),
        ("Credibility: what both put in, of 2", both),
        ("Proportionality: smaller to larger", amount(float(models.proportionality(investment)))),
    )


def table(found: Ledger, lines: tuple[models.LedgerLine, ...]) -> list[tuple[str, ...]]:
    """Return every line of the ledger, if both agree on the price, under a row of column heads."""
    names = {"consumer": "customer", "producer": "firm"}
    price = amount(found.price, 3)
    amounts = {
        ("consumer", "puts in"): [amount(found.effort, 3), amount(found.risk, 3), price],
        ("consumer", "gets"): [amount(found.value, 3), amount(found.alone[CUSTOMER], 3)],
        ("producer", "puts in"): [amount(found.firm, 3)],
        ("producer", "gets"): [price, amount(found.alone[FIRM], 3)],
    }
    rows = []
    for line in lines:
        known = amounts[line.side, line.entry]
        rows.append(
            (names[line.side], line.entry, line.what, "named, not measured" if line.amount is None else known.pop(0))
        )
    left = [(name, "is left", "", amount(found.left[side])) for side, name in enumerate(("customer", "firm"))]
    return [("side", "entry", "what", "value, if both agree"), *rows, *left]
