"""Numbers in texts: computed from the tables and exhibits of the case, never typed.

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

    [numbers.effect]
    exhibit = 5
    column = "estimate"
    where = [{ column = "quantity", is = ["change"] }, { column = "group", is = ["difference"] }]
    take = "value"
    format = ".1f"
    status = "synthetic"
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from cocreate_teach.cases.files import entries, where_faults
from cocreate_teach.cases.formulas import circles, evaluate, in_order, names_in, parse_formula
from cocreate_teach.cases.taking import TAKES, Value, exhibit_columns, exhibit_of, is_at, rows_of, taken
from cocreate_teach.errors import CaseError

if TYPE_CHECKING:
    import pandas as pd

TEXTS: Final = ("case.md", "short.md", "teaching_note.md")
EXHIBIT_TEXTS: Final = ("title", "caption", "alt")
FROM_ROWS: Final = ("column", "where", "take", "by", "format", "status")
_PLACEHOLDER: Final = re.compile(r"\{\{([^{}]*)\}\}")


def needed_keys(entry: Mapping[str, Any]) -> dict[str, type]:
    """Return the keys that a number needs, each with its type."""
    origin = ("formula",) if "formula" in entry else (_origin(entry), "column", "take")
    keys: dict[str, type] = dict.fromkeys((*origin, *(("by",) if is_at(entry) else ()), "format", "status"), str)
    return keys | ({"exhibit": int} if "exhibit" in keys else {})


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
            yield from _source_faults(name, entry, raw, headers)
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


def compute(
    numbers: Mapping[str, Any],
    table: Callable[[str], "pd.DataFrame"],
    exhibits: Iterable[Mapping[str, Any]] = (),
) -> tuple[dict[str, str], list[str]]:
    """Compute the numbers; return each as formatted text, and one sentence for each that cannot be computed.

    Parameters
    ----------
    numbers : Mapping
        Entries in which `number_faults` found no fault.
    table : Callable
        Returns a table by its name.
    exhibits : iterable of Mapping
        The exhibits of the case, from which numbers may be taken, too.
    """
    frames: dict[tuple[object, object], pd.DataFrame] = {}
    values: dict[str, Value] = {}
    texts: dict[str, str] = {}
    faults: list[str] = []
    for name in in_order({name: entry.get("formula") for name, entry in numbers.items()}):
        if name not in numbers or not names_in(numbers[name].get("formula")) <= set(values):
            continue  # what it is made of has a fault of its own
        entry = numbers[name]
        try:
            if "formula" in entry:
                value: Value = evaluate(parse_formula(entry["formula"]), values)
            else:
                origin = (entry.get("exhibit"), entry.get("table"))
                if origin not in frames:  # thirty numbers of one exhibit are computed from one frame
                    frames[origin] = rows_of(entry, table, exhibits)
                value = taken(entry, frames[origin])
            texts[name], values[name] = _formatted(value, entry["format"]), value
        except CaseError as error:
            faults += [fault for fault in error.faults if fault not in faults]
        except ValueError as error:
            faults.append(f"case.toml: numbers.{name}{error}")
    return {name: texts[name] for name in numbers if name in texts}, faults


def _origin(entry: Mapping[str, Any]) -> str:
    return "exhibit" if "exhibit" in entry else "table"


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    if not known:
        return "case.toml does not declare; it declares no numbers: add one"
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else "choose one or add it"
    return f"case.toml does not declare; the numbers are {', '.join(known)}: {hint}"


def _source_faults(
    name: str, entry: Mapping[str, Any], raw: Mapping[str, Any], headers: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    place, origin, take = f"numbers.{name}", _origin(entry), entry.get("take")
    known = {origin, *FROM_ROWS} - ({"by"} if take in TAKES and not is_at(entry) else set())
    for key in entry:
        if key not in known:
            yield f"{place}.{key} has no meaning here; a number has {', '.join(needed_keys(entry))}, where: remove it"
    tables = dict(entries(raw.get("tables")))
    exhibits = [exhibit for _, exhibit in entries(raw.get("exhibits"))]
    found = exhibit_of(entry, exhibits)
    if origin == "exhibit" and isinstance(entry["exhibit"], int) and found is None:
        given = ", ".join(str(exhibit.get("number")) for exhibit in exhibits) or "none"
        yield f"{place}.exhibit is {entry['exhibit']!r}; the exhibits are {given}: choose one"
    elif origin == "table" and isinstance(entry.get("table"), str) and entry["table"] not in tables:
        yield f"{place}.table is {entry['table']!r}; the tables are {', '.join(tables) or 'none'}: choose one"
    if isinstance(take, str) and take not in TAKES:
        yield f"{place}.take is {take!r}; it must be one of {', '.join(TAKES)}: choose one"
    yield from where_faults(place, entry)
    columns = headers.get(str(entry.get("table"))) if origin == "table" else exhibit_columns(found or {})
    used = [(key, entry[key]) for key in ("column", "by") if isinstance(entry.get(key), str)]
    used += [(f"where.{i}", link["column"]) for i, link in entries(entry.get("where")) if "column" in link]
    for key, column in used:
        if columns is not None and column not in columns:
            yield f"{place}.{key} names the column {column!r}; the {origin} has {', '.join(columns)}: choose one"
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


def _formatted(value: Value, spec: str) -> str:
    try:
        return format(value, spec)
    except (ValueError, OverflowError):
        raise ValueError(f".format is {spec!r}, which does not fit {value!r}; change it") from None
