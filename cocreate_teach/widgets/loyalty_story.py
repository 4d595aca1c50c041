"""What the explorer of loyalty says: the finding, the text of the picture, key numbers and table."""

import math
from typing import Final

import numpy as np

from cocreate_teach.widgets.loyalty_picture import GRID, Customer, Survey
from cocreate_teach.widgets.words import amount, listed

_DECIMALS: Final = (3, 2, 3, 3, 2)  # of the columns of the table
_SILENT: Final = 0.005  # what is said more softly would be shown as 0.00


def headline(customer: Customer) -> str:
    """Say what kind of customer this is, and what lock-in or barrier make of it."""
    now, unlocked, unhindered = (_cases(value) for value in customer.again)
    if customer.quadrant == "spurious loyalty":
        if customer.needed > 0:
            return (
                f"Captive: does not like the firm, yet buys again in {now} of 100 cases. Without lock-in: {unlocked}."
            )
        return f"Does not like the firm, yet buys again in {now} of 100 cases. No lock-in is needed for that."
    if customer.quadrant == "loyalty":
        told = "Without lock-in" if customer.needed > 0 else "Even without lock-in"
        return f"Loyal: likes the firm and buys again in {now} of 100 cases. {told}: {unlocked}."
    if customer.quadrant == "latent loyalty":
        told = f"Without the barrier: {unhindered}" if customer.barrier > 0 else "That does not count as often"
        return f"Likes the firm, and buys again in {now} of 100 cases. {told}."
    first = f"Not loyal: does not like the firm and buys again in {now} of 100 cases."
    if customer.needed > 1:
        return f"{first} No lock-in would be enough."
    if customer.needed - customer.lock_in < _SILENT:
        return f"{first} A little more lock-in would make this customer look loyal."
    return f"{first} Lock-in of {amount(customer.needed)} would make this customer look loyal."


def alternative_text(customer: Customer, survey: Survey) -> str:
    """Say what the three panels show."""
    answers = [f"{answer} {amount(value)}" for answer, value in zip(survey.answers, survey.correlations, strict=True)]
    return (
        f"Left, probability of buying again over expectations that are met: from {amount(customer.curve[0])} if none "
        f"are met to {amount(customer.curve[-1])} if all are; without lock-in from {amount(customer.free[0])} to "
        f"{amount(customer.free[-1])}. This customer: met {amount(customer.met)}, buys again "
        f"{amount(customer.again[0])}, without lock-in {amount(customer.again[1])}; {customer.quadrant}. "
        f"Often means {amount(customer.threshold)} or more. Right, what this customer says: {said(customer)}. "
        f"Below, correlations with met expectations among {survey.persons} real customers ({survey.status}): "
        f"{listed(answers)}."
    )


def key_numbers(customer: Customer, survey: Survey) -> tuple[tuple[str, str], ...]:
    """Return the numbers that a lesson asks for."""
    needed = "none needed" if customer.needed == 0 else "not possible"
    if 0 < customer.needed <= 1:
        needed = amount(math.ceil(100 * customer.needed - 1e-9) / 100)  # rounded up: the number shown is enough
    real = [f"{answer} {amount(value)}" for answer, value in zip(survey.answers, survey.correlations, strict=True)]
    return (
        ("Kind of loyalty", customer.quadrant),
        ("Probability of buying again", amount(customer.again[0], 3)),
        ("Without lock-in", amount(customer.again[1], 3)),
        ("Lock-in from which buying again is often", needed),
        ("What this customer says", said(customer)),
        (f"Real survey of {survey.persons} ({survey.status}): goes with met expectations", "; ".join(real)),
    )


def table(customer: Customer) -> list[tuple[str, ...]]:
    """Return this customer, and the same one with every tenth of expectations met, under a row of column heads."""
    rows: list[tuple[str, ...]] = [("met", "attitude", "buys again", "without lock-in", "says", "kind of loyalty")]
    own = (customer.met, customer.attitude, *customer.again[:2], customer.said)
    grid = np.column_stack([GRID, customer.involved, customer.curve, customer.free, customer.words])[::4]
    for numbers, kind in zip((own, *grid), (customer.quadrant, *customer.quadrants[::4]), strict=True):
        rows.append((*(amount(number, places) for number, places in zip(numbers, _DECIMALS, strict=True)), kind))
    return rows


def said(customer: Customer) -> str:
    """Say whether this customer praises or warns, and how strongly."""
    if abs(customer.said) < _SILENT:
        return "nothing"
    return f"{'recommends' if customer.said > 0 else 'warns'}, strength {amount(abs(customer.said))}"


def _cases(probability: float) -> str:
    return f"{100 * probability:.0f}"
