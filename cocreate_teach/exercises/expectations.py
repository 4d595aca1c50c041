"""What a student may know about an answer before it is marked: a number in a range, a letter, items, words, a table.

Each expectation says in one sentence what does not fit it, and never what is right.
"""

import math
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cocreate_teach.exercises.answers import Table


def shown(value: object, limit: int = 60) -> str:
    """Return plain data as a short text for a sentence."""
    if type(value) is int and value.bit_length() > 200:
        return "a very large whole number"
    text = value if type(value) is str else repr(value)
    text = " ".join("".join(sign for sign in text if unicodedata.category(sign)[0] != "C" or sign == " ").split())
    cut = text if len(text) <= limit else text[: limit - 3] + "..."
    return f'"{cut}"' if type(value) is str else cut


def _word(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Expectation(ABC):
    """The visible part of a check; compares equal to another with the same settings."""

    __slots__ = ()

    def fault(self, value: Any) -> str | None:
        """Return one sentence on what does not fit, or None; `value` is plain data (see `answers.decode`)."""
        return self._fault(value)

    def read(self, value: Any) -> Any:
        """Return the value in the form in which answers are compared; only for values without a fault."""
        return self._read(value)

    @property
    def prompt(self) -> str:
        """What to put in place of the dots, with an example."""
        return self._prompt()

    @abstractmethod
    def _fault(self, value: Any) -> str | None: ...

    @abstractmethod
    def _read(self, value: Any) -> Any: ...

    @abstractmethod
    def _prompt(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Number(Expectation):
    """A number from `low` to `high`."""

    low: float
    high: float

    def _fault(self, value: Any) -> str | None:
        if type(value) in (list, tuple):
            return f"This is {len(value)} values, not one number. Write decimals with a point, not with a comma."
        if type(value) is str:
            return f"{shown(value)} is a text. Type the number without quotation marks and without a unit."
        if type(value) not in (int, float) or (type(value) is float and not math.isfinite(value)):
            return f"{shown(value)} is not a number. Type {self.prompt}."
        if not self.low <= value <= self.high:
            return f"{shown(value)} lies outside the possible values, {self.low:g} to {self.high:g}. Check the unit."
        return None

    def _read(self, value: Any) -> float:
        return float(value)

    def _prompt(self) -> str:
        return "a number with a point, such as 2.5"


@dataclass(frozen=True, slots=True)
class Whole(Expectation):
    """A whole number from `low` to `high`; 3.0 counts as 3."""

    low: int
    high: int

    def _fault(self, value: Any) -> str | None:
        sentence = Number(self.low, self.high).fault(value)
        if sentence is None and value != int(value):
            return f"{shown(value)} is not a whole number. Type {self.prompt}."
        return sentence

    def _read(self, value: Any) -> int:
        return int(value)

    def _prompt(self) -> str:
        return f"a whole number from {self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Choice(Expectation):
    """One of some options, typed as text; capitals and spaces around do not matter."""

    options: tuple[str, ...]

    def _fault(self, value: Any) -> str | None:
        if type(value) in (list, tuple):
            return f"This is a list. Type one option only, {self.prompt}."
        if type(value) is not str:
            return f"{shown(value)} is not a text. Type {self.prompt}."
        if _word(value) not in map(_word, self.options):
            return f"{shown(value)} is not one of the options ({', '.join(self.options)}). Type {self.prompt}."
        return None

    def _read(self, value: Any) -> str:
        return _word(value)

    def _prompt(self) -> str:
        return f'one option in quotation marks, such as "{self.options[0]}"'


@dataclass(frozen=True, slots=True)
class Items(Expectation):
    """Some of the options, each once; `size` of them if given; in an order that counts, or not."""

    options: tuple[str, ...]
    size: int | None = None
    ordered: bool = False

    def _words(self, value: Any) -> list[str] | None:
        entries = value.split(",") if type(value) is str else value
        if type(entries) not in (list, tuple) or any(type(entry) not in (str, int) for entry in entries):
            return None
        return [_word(str(entry)) for entry in entries if type(entry) is int or _word(entry)]

    def _fault(self, value: Any) -> str | None:
        words = self._words(value)
        if words is None:
            return f"{shown(value)} is not a list of texts. Type {self.prompt}."
        if not words:
            return f"The list is empty. Type {self.prompt}."
        options = set(map(_word, self.options))
        unknown = [word for word in words if word not in options]
        if unknown:
            return f"{shown(unknown[0])} is not one of the options ({', '.join(self.options)}). Check the spelling."
        twice = [word for word in words if words.count(word) > 1]
        if twice:
            return f"{shown(twice[0])} stands there {words.count(twice[0])} times. Name each item once."
        if self.size is not None and len(words) != self.size:
            return f"There are {len(words)} items. The question asks for {self.size}."
        return None

    def _read(self, value: Any) -> tuple[str, ...] | frozenset[str]:
        words = self._words(sorted(value) if isinstance(value, frozenset | set) else value) or []
        return tuple(words) if self.ordered else frozenset(words)

    def _prompt(self) -> str:
        example = ", ".join(f'"{option}"' for option in self.options[-2:])
        return f"a list in square brackets, such as [{example}]"


@dataclass(frozen=True, slots=True)
class Text(Expectation):
    """A text of `least` to `most` words; capitals and spaces do not matter."""

    least: int
    most: int

    def _fault(self, value: Any) -> str | None:
        if type(value) is not str:
            return f"{shown(value)} is not a text. Type {self.prompt}."
        words = len(value.split())
        if not self.least <= words <= self.most:
            return f"The text has {words} words. Write {self.least} to {self.most}."
        return None

    def _read(self, value: Any) -> str:
        return _word(value)

    def _prompt(self) -> str:
        length = f"{self.most} word" if self.least == self.most == 1 else f"{self.least} to {self.most} words"
        return f'{length} in quotation marks, such as "trust"'


@dataclass(frozen=True, slots=True)
class TableOf(Expectation):
    """A table with at least these columns, in any order of columns."""

    columns: tuple[str, ...]

    def _fault(self, value: Any) -> str | None:
        if type(value) is not Table:
            return f"{shown(value)} is not a table. Type {self.prompt}."
        missing = [name for name in self.columns if name not in value.columns]
        if missing:
            return f"The table has no column {', '.join(map(shown, missing))}. It has {', '.join(value.columns)}."
        return None

    def _read(self, value: Any) -> tuple[tuple[Any, ...], ...]:
        places = [value.columns.index(name) for name in self.columns]
        return tuple(tuple(row[place] for place in places) for row in value.rows)

    def _prompt(self) -> str:
        return f"a table (DataFrame) with the columns {', '.join(self.columns)}"


@dataclass(frozen=True, slots=True)
class Function(Expectation):
    """A function of these arguments; it is called, and what it returns is marked."""

    arguments: tuple[str, ...]

    def _fault(self, value: Any) -> str | None:
        return None if callable(value) else f"{shown(value)} is not a function. Type {self.prompt}."

    def _read(self, value: Any) -> Any:
        return value

    def _prompt(self) -> str:
        return f"a function of ({', '.join(self.arguments)})"


def number(low: float, high: float) -> Number:
    """Expect a number from `low` to `high`, both included."""
    return Number(low, high)


def whole(low: int, high: int) -> Whole:
    """Expect a whole number from `low` to `high`, both included."""
    return Whole(low, high)


def choice(*options: str) -> Choice:
    """Expect one of the options."""
    return Choice(options)


def items(*options: str, size: int | None = None, ordered: bool = False) -> Items:
    """Expect a list of some of the options: `size` of them if given, in an order that counts if `ordered`."""
    return Items(options, size, ordered)


def text(least: int, most: int) -> Text:
    """Expect a text of `least` to `most` words."""
    return Text(least, most)


def table(*columns: str) -> TableOf:
    """Expect a table with these columns."""
    return TableOf(columns)


def function(*arguments: str) -> Function:
    """Expect a function of these arguments."""
    return Function(arguments)


CONSTRUCTORS: Sequence[Any] = (number, whole, choice, items, text, table, function)
