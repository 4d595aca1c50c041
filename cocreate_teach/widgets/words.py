"""Small pieces of plain English."""

import re
from collections.abc import Sequence
from typing import Final

_COUNTS: Final = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def listed(names: Sequence[str], nobody: str = "nobody") -> str:
    """Join names as a reader would say them.

    Examples
    --------
    >>> listed(["customer", "junior adviser", "management"])
    'customer, junior adviser and management'
    """
    if not names:
        return nobody
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def count(number: int) -> str:
    """Say a small count as a word.

    Examples
    --------
    >>> count(3), count(12)
    ('three', '12')
    """
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def capital(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def with_minus(text: str) -> str:
    """Write the numbers of a sentence or a label as the axes do; tables keep the hyphen, which spreadsheets can read.

    Examples
    --------
    >>> with_minus("a well-known loss: -0.25")
    'a well-known loss: −0.25'
    """
    return re.sub(r"(?<!\w)-(?=\d)", "−", text)


def amount(value: float, decimals: int = 2) -> str:
    """Format a value, without a negative zero.

    Examples
    --------
    >>> amount(-0.001), amount(0.754)
    ('0.00', '0.75')
    """
    rounded = round(float(value), decimals)
    return f"{rounded + 0.0:.{decimals}f}"
