"""Read and check the files of a case folder: its tables, and the columns that exhibits and keys name."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cocreate_teach.cases.contents import content_faults, damage_faults
from cocreate_teach.cases.dictionary import column_faults, described, dictionary_faults

if TYPE_CHECKING:
    import pandas as pd

CHECKED_KEYS: Final[dict[str, type]] = {"sha256": str, "rows": int, "key": list}  # what a table is checked against
COLUMN_SETTINGS: Final = ("x", "y", "per", "group", "time", "cluster", "columns")  # settings that name columns


def header_of(path: Path) -> tuple[tuple[str, ...], str]:
    """Return the column names of a CSV file, gzipped or not; and why it cannot be read, if it cannot."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            first = lines.readline().decode("utf-8-sig")
        heads = tuple(next(csv.reader([first]), ()))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        return (), str(error)
    return heads, "" if heads else "it has no heads of columns"


def entries(section: object) -> list[tuple[str, dict[str, Any]]]:
    """Return the well-formed entries of a section with the place of each: a name or a position from 1."""
    if isinstance(section, Mapping):
        return [(str(key), entry) for key, entry in section.items() if isinstance(entry, dict)]
    if isinstance(section, list):
        return [(str(i), entry) for i, entry in enumerate(section, start=1) if isinstance(entry, dict)]
    return []


def table_headers(
    folder: Path, raw: Mapping[str, Any], *, hashes: bool
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return the column names of each table that is in order, and one sentence for each that is not."""
    headers: dict[str, tuple[str, ...]] = {}
    faults = []
    columns = described(folder)
    for name, table in entries(raw.get("tables")):
        if not isinstance(table.get("file"), str):
            continue
        path = folder / "data" / table["file"]
        if not path.is_file():
            place = f"case.toml: tables.{name}.file"
            faults.append(f"{place} is {table['file']!r}; there is no such file in data/: restore it")
            continue
        known = columns.get(table["file"], ())
        header, unreadable = header_of(path)
        if all(isinstance(table.get(key), kind) for key, kind in CHECKED_KEYS.items()):
            as_told = header == tuple(column.name for column in known)
            found = damage_faults(folder, name, table) if hashes or not as_told else []
            if hashes and not found:
                found = content_faults(path, name, table, known if as_told else ())
            if found:
                faults += found
                continue
        elif hashes:
            continue  # case.toml lacks what the table is checked against, and that is told
        if unreadable:
            faults.append(f"data/{table['file']} cannot be read: {unreadable}; restore the file from the repository")
        else:
            headers[name] = header
    return headers, faults


def file_faults(folder: Path, raw: Mapping[str, Any], headers: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Give one sentence per fault of the dictionary and of the columns that exhibits name."""
    files = {table["file"]: headers[name] for name, table in entries(raw.get("tables")) if name in headers}
    yield from dictionary_faults(folder)
    yield from column_faults(folder, files)
    for name, table in entries(raw.get("tables")):
        key = table.get("key")
        for column in key if isinstance(key, list) and name in headers else ():
            if column not in headers[name]:
                known = ", ".join(headers[name])
                yield f"case.toml: tables.{name}.key names the column {column!r}; the table has {known}: choose one"
    for place, exhibit in entries(raw.get("exhibits")):
        columns = headers.get(str(exhibit.get("table")))
        if columns is not None:
            yield from _column_faults(f"case.toml: exhibits.{place}", exhibit, columns)


def read_table(path: Path) -> "pd.DataFrame":
    """Return a table; only an empty cell is missing, the text NA is a text."""
    import pandas as pd  # checking a case without reading its tables needs no pandas

    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def where_faults(place: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """Give one sentence per condition on rows that is not well-formed."""
    given = entry.get("where", [])
    if not isinstance(given, list) or not all(isinstance(link, dict) for link in given):
        yield f"{place}.where is {given!r}; it must be a list of tables with column and is, or from and to: change it"
        return
    for i, link in entries(given):
        if "column" not in link or ("is" not in link and not {"from", "to"} <= set(link)):
            yield f"{place}.where.{i} has {', '.join(link)}; it needs column with is, or with from and to: add them"
        elif "is" in link and not isinstance(link["is"], list):
            yield f"{place}.where.{i}.is is {link['is']!r}; it must be a list: write [{link['is']!r}]"


def _column_faults(place: str, exhibit: Mapping[str, Any], columns: tuple[str, ...]) -> Iterator[str]:
    used = [(key, exhibit[key]) for key in COLUMN_SETTINGS if key in exhibit]
    used += [("where", link.get("column")) for _, link in entries(exhibit.get("where"))]
    for key, value in used:
        for column in value if isinstance(value, list | dict) else [value]:
            if column not in columns:
                yield f"{place}.{key} names the column {column!r}; the table has {', '.join(columns)}: choose one"
