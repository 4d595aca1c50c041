"""Numbers in texts: computed from the tables of the case, never typed.

``case.toml`` declares a number; ``{{peak}}`` in a text stands for it::

    [numbers.peak]
    table = "editors"
    column = "active"
    where = [{ column = "year", from = 2001, to = 2016 }]
    take = "max"
    format = ",.0f"
    status = "derived"

    [numbers.growth]
    formula = "peak / start - 1"
    format = ".1%"
    status = "derived"
"""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cocreate_teach.cases.files import entries, where_faults
from cocreate_teach.cases.formulas import circles, evaluate, in_order, names_in, parse_formula
from cocreate_teach.errors import CaseError

if TYPE_CHECKING:
    import pandas as pd

Value: TypeAlias = int | float | str

TEXTS: Final = ("case.md", "short.md", "teaching_note.md")
EXHIBIT_TEXTS: Final = ("title", "caption", "alt")
TAKES: Final = ("value", "max", "min", "sum", "mean", "count", "first", "last", "at_max", "at_min")
NUMERIC: Final = ("max", "min", "sum", "mean")  # ways to take that need a column of numbers
FROM_TABLE: Final = ("table", "column", "where", "take", "by")
_PLACEHOLDER: Final = re.compile(r"\{\{([^{}]*)\}\}")


def needed_keys(entry: Mapping[str, Any]) -> dict[str, type]:
    """Return the keys that a number needs, each with its type."""
    origin = ("formula",) if "formula" in entry else ("table", "column", "take")
    return dict.fromkeys((*origin, *(("by",) if _is_at(entry) else ()), "format", "status"), str)


def placeholders(text: str) -> list[tuple[int, str]]:
    """Return the numbers that a text names, each with its line.

    Examples
    --------
    >>> placeholders("At most {{peak}} editors, from {{ start }}.")
    [(1, 'peak'), (1, 'start')]
    """
    lines = enumerate(text.split("\n"), start=1)
    return [(i, found.strip()) for i, line in lines for found in _PLACEHOLDER.findall(line)]


def fill(text: str, numbers: Callable[[], Mapping[str, str]]) -> str:
    """Return a text with its numbers in place; they are asked for only if the text names one."""
    if not placeholders(text):
        return text
    known = numbers()
    unknown = [
        f"a text has {{{{{name}}}}}, which {_unknown(name, known)}"
        for _, name in placeholders(text)
        if name not in known
    ]
    if unknown:
        raise CaseError(unknown)
    return _PLACEHOLDER.sub(lambda match: known[match[1].strip()], text)


def number_faults(raw: Mapping[str, Any], headers: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Give one sentence per fault of the declared numbers that can be seen without reading a table.

    Parameters
    ----------
    raw : Mapping
        The content of ``case.toml``.
    headers : Mapping
        Column names of each table that can be read.
    """
    section = raw.get("numbers", {})
    if not isinstance(section, dict):
        yield f"numbers is {section!r}; it must hold one table per number, such as [numbers.peak]: change it"
        return
    for name, entry in section.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            yield f"numbers.{name} is no name; use small letters, digits and _, a letter first: change it"
        if not isinstance(entry, dict):
            yield f"numbers.{name} is {entry!r}; it must be a table with table, column and take, or formula: change it"
        elif "formula" in entry:
            yield from _formula_faults(name, entry, section)
        else:
            yield from _source_faults(name, entry, dict(entries(raw.get("tables"))), headers)
    for circle in circles({name: entry.get("formula") for name, entry in entries(section)}):
        yield f"numbers.{circle[0]}.formula needs itself: {' needs '.join(circle)}; take one of them from a table"


def text_faults(numbers: Mapping[str, Any], texts: Mapping[str, str], *, all_there: bool) -> Iterator[str]:
    """Give one sentence for each name that is not declared, and for each number that nobody uses.

    Parameters
    ----------
    numbers : Mapping
        The declared numbers.
    texts : Mapping
        Each text by its place: a file, or ``case.toml: exhibits.1.title``.
    all_there : bool
        Whether no text is missing; without all of them nobody can say that a number is unused.
    """
    used = set()
    for place, text in texts.items():
        for line, name in placeholders(text):
            used.add(name)
            if name not in numbers:
                yield f"{place}: line {line} has {{{{{name}}}}}, which {_unknown(name, numbers)}"
        for line, rest in enumerate(_PLACEHOLDER.sub("", text).split("\n"), start=1):
            if "{{" in rest:
                yield f"{place}: line {line} has {{{{ without its }}}}; a number is named like {{{{peak}}}}: close it"
    for _, entry in entries(numbers):
        used |= names_in(entry.get("formula"))
    for name in numbers if all_there else ():
        if name not in used:
            yield f"case.toml: numbers.{name} is used in no text and no formula; use it or remove it"


def compute(numbers: Mapping[str, Any], table: Callable[[str], "pd.DataFrame"]) -> tuple[dict[str, str], list[str]]:
    """Compute the numbers; return each as formatted text, and one sentence for each that cannot be computed.

    Parameters
    ----------
    numbers : Mapping
        Entries in which `number_faults` found no fault.
    table : Callable
        Returns a table by its name.
    """
    values: dict[str, Value] = {}
    texts: dict[str, str] = {}
    faults: list[str] = []
    for name in in_order({name: entry.get("formula") for name, entry in numbers.items()}):
        if name not in numbers or not names_in(numbers[name].get("formula")) <= set(values):
            continue  # what it is made of has a fault of its own
        entry = numbers[name]
        try:
            data = None if "formula" in entry else table(entry["table"])
        except CaseError as error:
            faults += [fault for fault in error.faults if fault not in faults]
            continue
        try:
            value = evaluate(parse_formula(entry["formula"]), values) if data is None else _taken(entry, data)
            texts[name], values[name] = _formatted(value, entry["format"]), value
        except ValueError as error:
            faults.append(f"case.toml: numbers.{name}{error}")
    return {name: texts[name] for name in numbers if name in texts}, faults


def _is_at(entry: Mapping[str, Any]) -> bool:
    return entry.get("take") in ("at_max", "at_min")


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    if not known:
        return "case.toml does not declare; it declares no numbers: add one"
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else "choose one or add it"
    return f"case.toml does not declare; the numbers are {', '.join(known)}: {hint}"


def _source_faults(
    name: str, entry: Mapping[str, Any], tables: Mapping[str, Any], headers: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    place, table, take = f"numbers.{name}", entry.get("table"), entry.get("take")
    known = {*FROM_TABLE, "format", "status"} - ({"by"} if take in TAKES and not _is_at(entry) else set())
    for key in entry:
        if key not in known:
            yield f"{place}.{key} has no meaning here; a number has {', '.join(needed_keys(entry))}, where: remove it"
    if isinstance(table, str) and table not in tables:
        yield f"{place}.table is {table!r}; the tables are {', '.join(tables) or 'none'}: choose one"
    if isinstance(take, str) and take not in TAKES:
        yield f"{place}.take is {take!r}; it must be one of {', '.join(TAKES)}: choose one"
    yield from where_faults(place, entry)
    columns = headers.get(str(table))
    used = [(key, entry[key]) for key in ("column", "by") if isinstance(entry.get(key), str)]
    used += [(f"where.{i}", link["column"]) for i, link in entries(entry.get("where")) if "column" in link]
    for key, column in used:
        if columns is not None and column not in columns:
            yield f"{place}.{key} names the column {column!r}; the table has {', '.join(columns)}: choose one"
    yield from _format_faults(place, entry)


def _formula_faults(name: str, entry: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    place = f"numbers.{name}"
    for key in entry:
        if key not in {"formula", "format", "status"}:
            yield f"{place}.{key} has no meaning beside a formula; a formula has format and status: remove it"
    yield from _format_faults(place, entry)
    if not isinstance(entry["formula"], str):
        return
    try:
        parse_formula(entry["formula"])
    except ValueError as error:
        yield f"{place}{error}"
    for part in sorted(names_in(entry["formula"]) - set(known)):
        yield f"{place}.formula names {part}, which {_unknown(part, {n: 0 for n in known if n != name})}"


def _format_faults(place: str, entry: Mapping[str, Any]) -> Iterator[str]:
    spec = entry.get("format")
    if isinstance(spec, str) and not any(_fits(value, spec) for value in (1, 1.0, "a")):
        yield f"{place}.format is {spec!r}; it must be a Python format such as ',.0f' or '.1%': change it"


def _fits(value: Value, spec: str) -> bool:
    try:
        format(value, spec)
    except ValueError:
        return False
    return True


def _taken(entry: Mapping[str, Any], data: "pd.DataFrame") -> Value:
    """Take one value from a table; a ValueError continues the sentence that begins with its place."""
    from pandas.api.types import is_numeric_dtype

    take, rows = entry["take"], _kept(data, entry.get("where", ()))
    told = f" takes {take} of {entry['column']!r}"
    if take == "value" and len(rows) != 1:
        raise ValueError(f"{told}, but {len(rows)} rows are left where one is meant; change where, or take another way")
    for column in [entry["by"]] if _is_at(entry) else [entry["column"]] if take in NUMERIC else []:
        if not is_numeric_dtype(rows[column]):
            raise ValueError(f"{told}, but {column!r} holds texts; choose a column of numbers, or another way to take")
    if _is_at(entry):
        by = rows[entry["by"]]
        rows = rows[by == (by.max() if take == "at_max" else by.min())]
        if rows[entry["column"]].nunique(dropna=False) > 1:
            raise ValueError(f"{told} by {entry['by']!r}, but {len(rows)} rows tie; narrow where until one is left")
    values = rows[entry["column"]]
    found: Any = None
    if take == "count":
        found = int(values.count())
    elif take in NUMERIC and values.count():  # the sum of nothing is no number of a case
        found = getattr(values, take)()
    elif take not in NUMERIC and len(values):
        found = values.iloc[-1 if take == "last" else 0]
    if found is None or found != found or not len(rows):
        raise ValueError(f"{told}, but there is no value in the rows that are left; change where or the column")
    plain: Value = found.item() if hasattr(found, "item") else found
    return plain


def _kept(data: "pd.DataFrame", where: Any) -> "pd.DataFrame":
    for i, link in enumerate(where, start=1):
        column = data[link["column"]]
        try:
            data = data[column.isin(link["is"]) if "is" in link else column.between(link["from"], link["to"])]
        except TypeError:
            raise ValueError(f".where.{i} compares {link['column']!r} with values of another kind; change it") from None
    return data


def _formatted(value: Value, spec: str) -> str:
    try:
        return format(value, spec)
    except (ValueError, OverflowError):
        raise ValueError(f".format is {spec!r}, which does not fit {value!r}; change it") from None
