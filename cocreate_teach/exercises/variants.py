"""Variants: each student's own numbers, drawn from a hash, so that they are the same on every machine and version.

A draw is SHA-256 of course, exercise, student and the draw's name. A library's generator is not used: its stream may
change between versions, and a mark must not.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Option = TypeVar("Option")


def normalise(student: str) -> str:
    """Return a student's id in its one spelling: composed characters, lower case, single spaces, none at the ends.

    Examples
    --------
    >>> normalise("  Anna.MÜLLER ")
    'anna.müller'
    """
    composed = unicodedata.normalize("NFKC", student).casefold()
    return " ".join(unicodedata.normalize("NFKC", composed).split())


@dataclass(frozen=True, slots=True)
class Draw:
    """The draws of one student in one exercise of one course.

    Parameters
    ----------
    course, exercise : str
        Names.
    student : str
        Normalised here. Empty: the base variant, which takes the first option of each choice, the lowest (or the
        stated) whole number, and every order as it is given.

    Examples
    --------
    >>> Draw("practice", "02_inside_first", "").choice("cost", [1.1, 1.2])
    1.1
    >>> Draw("practice", "02_inside_first", "anna").integer("n", 1, 100) == Draw(
    ...     "practice", "02_inside_first", " Anna ").integer("n", 1, 100)
    True
    """

    course: str
    exercise: str
    student: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "student", normalise(self.student))

    @property
    def is_base(self) -> bool:
        """Whether this is the base variant."""
        return not self.student

    def choice(self, name: str, options: Sequence[Option]) -> Option:
        """Return one of the options; the base variant takes the first.

        Raises
        ------
        ValueError
            If there is no option.
        """
        if not options:
            raise ValueError(f"draw {name!r} has no options; give at least one")
        return options[0] if self.is_base else options[self._number(name) % len(options)]

    def integer(self, name: str, low: int, high: int, *, base: int | None = None) -> int:
        """Return a whole number from `low` to `high`, both included; the base variant takes `base`, or else `low`.

        Raises
        ------
        ValueError
            If `high` is below `low`.
        """
        if high < low:
            raise ValueError(f"draw {name!r} goes from {low} to {high}; give the lower number first")
        if self.is_base:
            return low if base is None else base
        return low + self._number(name) % (high - low + 1)

    def order(self, name: str, items: Sequence[Option]) -> tuple[Option, ...]:
        """Return the items in a drawn order; the base variant keeps the order given."""
        if self.is_base:
            return tuple(items)
        places = sorted(range(len(items)), key=lambda place: (self._number(f"{name}/{place}"), place))
        return tuple(items[place] for place in places)

    def _number(self, name: str) -> int:
        """Return 256 bits as a number; against them, the remainder of a division favours nobody."""
        spelled = json.dumps([self.course, self.exercise, self.student, name], ensure_ascii=True)
        return int.from_bytes(hashlib.sha256(spelled.encode("ascii")).digest(), "big")


def variant_digest(given: Mapping[str, Any]) -> str:
    """Return 64 hexadecimal digits that tell a variant's data apart; the same data give the same digits."""
    spelled = json.dumps(given, ensure_ascii=True, sort_keys=True, allow_nan=False)
    return hashlib.sha256(spelled.encode("ascii")).hexdigest()
