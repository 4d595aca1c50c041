"""Read and check the files of a case folder: tables, their sha256, the dictionary, the columns that exhibits name."""

import csv
import gzip
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cocreate_teach.style import STATUSES

if TYPE_CHECKING:
    import pandas as pd

DICTIONARY_COLUMNS: Final = ("file", "column", "type", "unit", "description", "source", "status")
COLUMN_TYPES: Final = ("integer", "number", "text", "yes/no")
COLUMN_SETTINGS: Final = ("x", "y", "per", "group", "time", "cluster", "columns")  # settings that name columns


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def header_of(path: Path) -> tuple[str, ...]:
    """Return the column names of a CSV file, gzipped or not."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        first = lines.readline().decode("utf-8-sig")
    return tuple(next(csv.reader([first]), ()))


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
    for name, table in entries(raw.get("tables")):
        if not isinstance(table.get("file"), str):
            continue
        path = folder / "data" / table["file"]
        if not path.is_file():
            place = f"case.toml: tables.{name}.file"
            faults.append(f"{place} is {table['file']!r}; there is no such file in data/: restore it")
            continue
        if hashes and isinstance(table.get("sha256"), str) and sha256_of(path) != table["sha256"]:
            faults.append(damaged(name, table["file"], expected=table["sha256"], got=sha256_of(path)))
            continue
        try:
            headers[name] = header_of(path)
        except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
            faults.append(f"data/{table['file']} cannot be read: {error}; restore the file from the repository")
    return headers, faults


def file_faults(folder: Path, raw: Mapping[str, Any], headers: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Give one sentence per fault of the dictionary and of the columns that exhibits name."""
    files = {table["file"]: headers[name] for name, table in entries(raw.get("tables")) if name in headers}
    yield from _dictionary_faults(folder, files)
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


def damaged(name: str, file: str, *, expected: str, got: str) -> str:
    """Return the sentence for a table whose bytes are not those the case was written for."""
    return (
        f"case.toml: tables.{name}.sha256 is {expected[:12]}..., but data/{file} has {got[:12]}...: the file is "
        "damaged or was changed; restore it from the repository, or run prepare.py and record the new sha256"
    )


def _column_faults(place: str, exhibit: Mapping[str, Any], columns: tuple[str, ...]) -> Iterator[str]:
    used = [(key, exhibit[key]) for key in COLUMN_SETTINGS if key in exhibit]
    used += [("where", link.get("column")) for _, link in entries(exhibit.get("where"))]
    for key, value in used:
        for column in value if isinstance(value, list | dict) else [value]:
            if column not in columns:
                yield f"{place}.{key} names the column {column!r}; the table has {', '.join(columns)}: choose one"


def _dictionary_faults(folder: Path, files: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    path = folder / "dictionary.csv"
    if not path.is_file():
        return
    try:
        reader = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        yield f"dictionary.csv cannot be read: {error}; restore the file from the repository"
        return
    missing = [column for column in DICTIONARY_COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        yield f"dictionary.csv: the columns {', '.join(missing)} are missing; add them"
        return
    described: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, start=2):
        key = (row["file"], row["column"])
        if key in described:
            yield f"dictionary.csv: row {number} describes {key[1]!r} of {key[0]} again; keep one row per column"
        described[key] = number
        if row["file"] in files and row["column"] not in files[row["file"]]:
            yield f"dictionary.csv: row {number} describes {key[1]!r}, which {key[0]} does not have; remove the row"
        elif row["file"] not in files and not (folder / "data" / row["file"]).is_file():
            yield f"dictionary.csv: row {number} describes {row['file']!r}, which is no table of the case; remove it"
        for name, allowed in (("status", tuple(STATUSES)), ("type", COLUMN_TYPES)):
            if row[name] not in allowed:
                choice = ", ".join(allowed)
                yield f"dictionary.csv: row {number} {name} is {row[name]!r}; it must be one of {choice}: choose one"
        yield from (
            f"dictionary.csv: row {number} {c} is empty; fill it" for c in ("description", "source") if not row[c]
        )
    for file, columns in files.items():
        for column in columns:
            if (file, column) not in described:
                yield f"dictionary.csv: the column {column!r} of {file} is not described; add a row"
