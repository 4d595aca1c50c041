"""The dictionary of a case: what each column of each table is, and which values it may hold."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from cocreate_teach.style import STATUSES

DICTIONARY_COLUMNS: Final = (
    "file", "column", "type", "unit", "description", "source", "status", "minimum", "maximum", "allowed", "required",
)  # fmt: skip
ANSWERS: Final = ("yes", "no")
_YEAR: Final = r"\d{4}(-(Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?))?"
# Per type: what a value looks like, what it is called, what a limit looks like (nothing: the type has no limits).
_TYPES: Final = {
    "integer": (re.compile(r"-?\d+", re.ASCII), "a whole number", r"-?\d+"),
    "number": (re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?", re.ASCII), "a number", r"-?\d+(\.\d+)?"),
    "date": (re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), "a day", r"\d{4}-\d\d-\d\d"),
    "period": (re.compile(f"{_YEAR}(/{_YEAR})?", re.ASCII), "a year, quarter, month or day", r"\d{4}"),
    "yes/no": (re.compile("yes|no"), "yes or no", ""),
    "text": (re.compile(".+", re.DOTALL), "a text", ""),
}
COLUMN_TYPES: Final = tuple(_TYPES)
MEANING: Final = (  # of the last four columns, for those whose dictionary lacks them
    "minimum and maximum hold the limits of numbers and dates, allowed the texts of a category as a|b|c, required yes "
    "or no (no: a cell may be empty)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """What the dictionary says about one column.

    Parameters
    ----------
    name, type, unit : str
        The head of the column, one of ``COLUMN_TYPES``, and the unit of its numbers.
    minimum, maximum : str
        The limits as the dictionary has them: numbers, days, or years for a ``period``; empty for texts.
    allowed : tuple of str
        The texts that a category has; empty if any text will do.
    required : bool
        Whether a cell must not be empty.
    """

    name: str
    type: str
    unit: str
    minimum: str
    maximum: str
    allowed: tuple[str, ...]
    required: bool

    @property
    def rule(self) -> str:
        """What a cell of the column must be, in words.

        Examples
        --------
        >>> Column(
        ...     name="age", type="integer", unit="years", minimum="18", maximum="99", allowed=(), required=True
        ... ).rule
        'a whole number from 18 to 99 (years)'
        """
        if self.allowed:
            return f"one of {', '.join(self.allowed)}"
        told = _TYPES[self.type][1]
        if self.minimum:
            told += f" from {self.minimum} to {self.maximum}"
        return f"{told} ({self.unit})" if self.unit else told

    def allows(self, value: str) -> bool:
        """Return whether a cell may hold this text.

        Examples
        --------
        >>> share = Column(
        ...     name="share", type="number", unit="share", minimum="0", maximum="1", allowed=(), required=False
        ... )
        >>> [share.allows(value) for value in ("0.5", "", "1.5", "1,5", "inf")]
        [True, True, False, False, False]
        """
        if not value:
            return not self.required
        if self.allowed:
            return value in self.allowed
        if not _TYPES[self.type][0].fullmatch(value):
            return False
        if self.type == "period":
            return all(self.minimum <= part[:4] <= self.maximum and _is_day(part) for part in value.split("/"))
        if self.type == "date":
            return self.minimum <= value <= self.maximum and _is_day(value)
        return self.type not in {"integer", "number"} or float(self.minimum) <= float(value) <= float(self.maximum)


def described(folder: Path) -> dict[str, tuple[Column, ...]]:
    """Return the columns of each file in the order of the dictionary; nothing if `dictionary_faults` has a fault."""
    if any(dictionary_faults(folder)):
        return {}
    found: dict[str, tuple[Column, ...]] = {}
    for row in _rows(folder)[1]:
        column = Column(
            name=row["column"], type=row["type"], unit=row["unit"], minimum=row["minimum"], maximum=row["maximum"],
            allowed=tuple(row["allowed"].split("|")) if row["allowed"] else (), required=row["required"] == "yes",
        )  # fmt: skip
        found[row["file"]] = (*found.get(row["file"], ()), column)
    return found


def dictionary_faults(folder: Path) -> Iterator[str]:
    """Give one sentence for each row of the dictionary that is not well-formed."""
    if not (folder / "dictionary.csv").is_file():
        return
    try:
        columns, rows = _rows(folder)
    except (UnicodeDecodeError, csv.Error) as error:
        yield f"dictionary.csv cannot be read: {error}; restore the file from the repository"
        return
    missing = [column for column in DICTIONARY_COLUMNS if column not in columns]
    if missing:
        yield f"dictionary.csv: the columns {', '.join(missing)} are missing; add them ({MEANING})"
        return
    seen = set()
    for number, row in enumerate(rows, start=2):
        place = f"dictionary.csv: row {number}"
        if None in row.values() or None in row:
            yield f"{place} has not {len(columns)} cells; add or remove separators, and quote texts with commas"
            continue
        if (row["file"], row["column"]) in seen:
            yield f"{place} describes {row['column']!r} of {row['file']} again; keep one row per column"
        seen.add((row["file"], row["column"]))
        for name, allowed in (("status", tuple(STATUSES)), ("type", COLUMN_TYPES), ("required", ANSWERS)):
            if row[name] not in allowed:
                yield f"{place} {name} is {row[name]!r}; it must be one of {', '.join(allowed)}: choose one"
        yield from (f"{place} {name} is empty; fill it" for name in ("description", "source") if not row[name])
        if row["type"] in COLUMN_TYPES:
            yield from (f"{place} {fault}" for fault in _limit_faults(row))


def column_faults(folder: Path, files: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Give one sentence for each column that the dictionary misses, invents or has in another place."""
    try:
        columns_there, rows = _rows(folder)
    except (UnicodeDecodeError, csv.Error):
        return  # dictionary_faults says so
    if not set(DICTIONARY_COLUMNS) <= set(columns_there):
        return
    for number, row in enumerate(rows, start=2):
        file, column = row["file"], row["column"]
        if file in files and column not in files[file]:
            yield f"dictionary.csv: row {number} describes {column!r}, which {file} does not have; remove the row"
        elif file not in files and not (folder / "data" / file).is_file():
            yield f"dictionary.csv: row {number} describes {file!r}, which is no table of the case; remove it"
    for file, columns in files.items():
        told = [row["column"] for row in rows if row["file"] == file]
        missing = [column for column in columns if column not in told]
        yield from (f"dictionary.csv: the column {c!r} of {file} is not described; add a row" for c in missing)
        if sorted(told) == sorted(columns) and told != list(columns):
            yield f"dictionary.csv: the rows of {file} are not in the order of its columns; the order must be " + (
                f"{', '.join(columns)}: move the rows"
            )


def _limit_faults(row: Mapping[str, str]) -> Iterator[str]:
    kind, limit = row["type"], _TYPES[row["type"]][2]
    for name in ("minimum", "maximum"):
        if limit and not re.fullmatch(limit, row[name], flags=re.ASCII):
            yield f"{name} is {row[name]!r}; a column of type {kind} needs {_limit_name(kind)}: write the limit"
        elif not limit and row[name]:
            yield f"{name} is {row[name]!r}; a column of type {kind} has no limits: leave it empty"
    if limit and all(re.fullmatch(limit, row[name], flags=re.ASCII) for name in ("minimum", "maximum")):
        low, high = row["minimum"], row["maximum"]
        if (float(low) > float(high)) if kind in {"integer", "number"} else low > high:
            yield f"minimum is {low!r}, above the maximum {high!r}; no value can be in order: exchange them"
    if kind in {"integer", "number"} and not row["unit"]:
        yield f"unit is empty; a column of type {kind} needs a unit: write it, or share, or see unit"
    if row["allowed"] and kind != "text":
        yield f"allowed is {row['allowed']!r}; a column of type {kind} has no list of texts: leave it empty"


def _limit_name(kind: str) -> str:
    return "a year" if kind == "period" else _TYPES[kind][1]


def _is_day(value: str) -> bool:
    """Return whether a day is in the calendar; what is less exact than a day passes."""
    if len(value) < len("2007-03-31"):
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _rows(folder: Path) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    path = folder / "dictionary.csv"
    if not path.is_file():
        return (), []
    reader = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return tuple(reader.fieldnames or ()), list(reader)
