"""Check a case folder and report all its faults at once, each with its place.

The format is data: which keys ``case.toml`` needs, of which type. A fault reads
``case.toml: tables.advisers.sha256 is missing; ...``.
"""

import csv
import gzip
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cocreate_teach.errors import CaseError
from cocreate_teach.style import STATUSES

FILES: Final = ("case.toml", "case.md", "short.md", "teaching_note.md", "dictionary.csv")
DICTIONARY_COLUMNS: Final = ("file", "column", "type", "unit", "description", "source", "status")
COLUMN_TYPES: Final = ("integer", "number", "text", "yes/no")
NAMES: Final[dict[type, str]] = {str: "a text", float: "a number", int: "a whole number", bool: "true or false"}

CASE_KEYS: Final[dict[str, type]] = dict.fromkeys(
    ("title", "question", "period", "place", "protagonist", "decision", "deadline"), str
)
STAKEHOLDER_KEYS: Final[dict[str, type]] = {
    "name": str, "role": str, "power": float, "interest": float, "is_internal": bool, "status": str,
}  # fmt: skip
TIMELINE_KEYS: Final[dict[str, type]] = {"when": str, "what": str, "status": str}
SOURCE_KEYS: Final[dict[str, type]] = {
    "number": int, "citation": str, "licence": str, "address": str, "status": str, "verified": bool,
}  # fmt: skip
TABLE_KEYS: Final[dict[str, type]] = {"file": str, "sha256": str, "status": str, "description": str}
PRESET_KEYS: Final[dict[str, type]] = {"model": str, "label": str, "status": str, "source": str}
EXHIBIT_KEYS: Final[dict[str, type]] = {
    "number": int, "kind": str, "table": str, "title": str, "caption": str, "alt": str, "source": str, "status": str,
}  # fmt: skip
# Per kind of exhibit: the settings it needs, and which settings name columns of its table.
EXHIBIT_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "table": ("columns",),
    "lines": ("x", "y", "group", "x_label", "y_label"),
    "bars": ("y", "group", "y_label", "n_label"),
    "panels": ("columns", "group"),
    "before_after": ("time", "start", "y", "group", "treated", "cluster", "x_ticks", "y_label"),
}
COLUMN_SETTINGS: Final = (
    "x",
    "y",
    "per",
    "group",
    "time",
    "cluster",
    "columns",
)  # settings that name columns of the table


def check_case(folder: Path, *, hashes: bool = True) -> None:
    """Check one case folder.

    Parameters
    ----------
    folder : Path
        The folder that holds ``case.toml``.
    hashes : bool
        Also compare the sha256 of every table with the one in ``case.toml``.

    Raises
    ------
    CaseError
        With one sentence for each fault.
    """
    faults = [
        f"{name} is missing in {folder.name}/; restore the file" for name in FILES if not (folder / name).is_file()
    ]
    if (folder / "case.toml").is_file():
        try:
            raw = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(f"case.toml cannot be read: {error}; mend that place")
        else:
            faults += [f"case.toml: {fault}" for fault in _metadata_faults(raw)]
            faults += _file_faults(folder, raw, hashes=hashes)
    if faults:
        raise CaseError(faults)


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def header_of(path: Path) -> tuple[str, ...]:
    """Return the column names of a CSV file, gzipped or not."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        first = lines.readline().decode("utf-8-sig")
    return tuple(next(csv.reader([first]), ()))


def _metadata_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    yield from _keys("", raw, CASE_KEYS)
    for section, keys in (("stakeholders", STAKEHOLDER_KEYS), ("timeline", TIMELINE_KEYS), ("sources", SOURCE_KEYS)):
        yield from _entries(section, raw.get(section), keys)
    for section, keys in (("tables", TABLE_KEYS), ("presets", PRESET_KEYS)):
        yield from _entries(section, raw.get(section), keys)
    yield from _entries("exhibits", raw.get("exhibits"), EXHIBIT_KEYS)
    yield from _exhibit_faults(raw)
    for name, preset in _pairs(raw.get("presets")):
        yield from _preset_faults(f"presets.{name}", preset)


def _pairs(entries: object) -> list[tuple[str, dict[str, Any]]]:
    """Return the well-formed entries of a section with the place of each: a name or a position from 1."""
    if isinstance(entries, Mapping):
        return [(str(key), entry) for key, entry in entries.items() if isinstance(entry, dict)]
    if isinstance(entries, list):
        return [(str(i), entry) for i, entry in enumerate(entries, start=1) if isinstance(entry, dict)]
    return []


def _entries(section: str, entries: object, keys: Mapping[str, type]) -> Iterator[str]:
    found = _pairs(entries)
    if not found:
        yield f"{section} is missing or empty; add at least one entry with {', '.join(keys)}"
    for place, entry in found:
        yield from _keys(f"{section}.{place}.", entry, keys)


def _keys(place: str, entry: Mapping[str, Any], keys: Mapping[str, type]) -> Iterator[str]:
    for key, kind in keys.items():
        value = entry.get(key)
        if value is None:
            yield f"{place}{key} is missing; it must be {NAMES[kind]}: add it"
        elif not _is(value, kind):
            yield f"{place}{key} is {value!r}; it must be {NAMES[kind]}: change it"
        elif key == "status" and value not in STATUSES:
            yield f"{place}status is {value!r}; it must be one of {', '.join(STATUSES)}: choose one"
        elif key in {"power", "interest"} and not 0 <= value <= 1:
            yield f"{place}{key} is {value!r}; it must be between 0 and 1 (share): change it"


def _is(value: object, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _exhibit_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    tables = dict(_pairs(raw.get("tables")))
    seen: list[object] = []
    for place, exhibit in _pairs(raw.get("exhibits")):
        number, kind, table = exhibit.get("number"), exhibit.get("kind"), exhibit.get("table")
        if number is not None and number in seen:
            yield f"exhibits.{place}.number is {number!r}, which is taken; numbers must differ: choose another"
        seen.append(number)
        if isinstance(kind, str) and kind not in EXHIBIT_KINDS:
            yield f"exhibits.{place}.kind is {kind!r}; it must be one of {', '.join(EXHIBIT_KINDS)}: choose one"
        for setting in EXHIBIT_KINDS.get(str(kind), ()):
            if setting not in exhibit:
                yield f"exhibits.{place}.{setting} is missing; an exhibit of kind {kind!r} needs it: add it"
        if isinstance(table, str) and table not in tables:
            yield f"exhibits.{place}.table is {table!r}; the tables are {', '.join(tables) or 'none'}: choose one"


def _preset_faults(place: str, preset: Mapping[str, Any]) -> Iterator[str]:
    names = preset.get("stakeholders")
    if not isinstance(names, list) or not names:
        yield f"{place}.stakeholders is {names!r}; it must be a list of names: add it"
        return
    for key in ("cost", "power", "interest", "is_internal"):
        given = preset.get(key)
        if isinstance(given, dict) and set(given) != set(names):
            yield f"{place}.{key} is given for {', '.join(given)}; it must be given for {', '.join(names)}: match them"
    for key in ("synergy", "transfer"):
        for i, link in _pairs(preset.get(key)):
            ends = link.get("between")
            if not isinstance(ends, list) or len(ends) != 2 or not set(ends) <= set(names) or ends[0] == ends[1]:
                yield f"{place}.{key}.{i}.between is {ends!r}; it must be two different names of {', '.join(names)}"
            if not _is(link.get("value"), float):
                yield f"{place}.{key}.{i}.value is {link.get('value')!r}; it must be a number: change it"


def _file_faults(folder: Path, raw: Mapping[str, Any], *, hashes: bool) -> Iterator[str]:
    headers: dict[str, tuple[str, ...]] = {}
    for name, table in _pairs(raw.get("tables")):
        if not isinstance(table.get("file"), str):
            continue
        path = folder / "data" / table["file"]
        if not path.is_file():
            yield f"case.toml: tables.{name}.file is {table['file']!r}; there is no such file in data/: restore it"
            continue
        if hashes and isinstance(table.get("sha256"), str) and sha256_of(path) != table["sha256"]:
            yield damaged(name, table["file"], expected=table["sha256"], got=sha256_of(path))
            continue
        try:
            headers[name] = header_of(path)
        except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
            yield f"data/{table['file']} cannot be read: {error}; restore the file from the repository"
    files = {table["file"]: headers[name] for name, table in _pairs(raw.get("tables")) if name in headers}
    yield from _dictionary_faults(folder, files)
    for place, exhibit in _pairs(raw.get("exhibits")):
        columns = headers.get(str(exhibit.get("table")))
        if columns is not None:
            yield from _column_faults(f"case.toml: exhibits.{place}", exhibit, columns)


def damaged(name: str, file: str, *, expected: str, got: str) -> str:
    """Return the sentence for a table whose bytes are not those the case was written for."""
    return (
        f"case.toml: tables.{name}.sha256 is {expected[:12]}..., but data/{file} has {got[:12]}...: the file is "
        "damaged or was changed; restore it from the repository, or run prepare.py and record the new sha256"
    )


def _column_faults(place: str, exhibit: Mapping[str, Any], columns: tuple[str, ...]) -> Iterator[str]:
    used = [(key, exhibit[key]) for key in COLUMN_SETTINGS if key in exhibit]
    used += [("where", link.get("column")) for _, link in _pairs(exhibit.get("where"))]
    for key, value in used:
        for column in value if isinstance(value, list | dict) else [value]:
            if column not in columns:
                yield f"{place}.{key} names the column {column!r}; the table has {', '.join(columns)}: choose one"


def _dictionary_faults(folder: Path, files: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    path = folder / "dictionary.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [column for column in DICTIONARY_COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            yield f"dictionary.csv: the columns {', '.join(missing)} are missing; add them"
            return
        rows = list(reader)
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
        if row["status"] not in STATUSES:
            yield f"dictionary.csv: row {number} status is {row['status']!r}; it must be one of {', '.join(STATUSES)}"
        if row["type"] not in COLUMN_TYPES:
            yield f"dictionary.csv: row {number} type is {row['type']!r}; it must be one of {', '.join(COLUMN_TYPES)}"
        yield from (
            f"dictionary.csv: row {number} {c} is empty; fill it" for c in ("description", "source") if not row[c]
        )
    for file, columns in files.items():
        for column in columns:
            if (file, column) not in described:
                yield f"dictionary.csv: the column {column!r} of {file} is not described; add a row"
