"""Check a table against its dictionary, cell by cell, and say where it is damaged: table, row and column.

Rows are counted as a spreadsheet shows them: the heads of the columns are row 1. The file itself is read, as text, so
that what pandas would mend in silence (a cut row, another encoding, a byte order mark) is a fault here.
"""

import csv
import hashlib
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, Final

from cocreate_teach.cases.dictionary import Column, described

MOST: Final = 10  # faults of one table that are told
LONGEST: Final = 40  # letters of a value that are shown
BYTE_ORDER_MARK: Final = "\ufeff"


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def damage_faults(folder: Path, name: str, entry: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a table whose sha256 is not the one of ``case.toml``; nothing if it is the same.

    Parameters
    ----------
    folder : Path
        The case folder.
    name : str
        Name of the table.
    entry : Mapping
        Its entry in ``case.toml``.

    Returns
    -------
    list of str
        First that the bytes differ; then where, as `content_faults` finds it.
    """
    path = folder / "data" / entry["file"]
    got = sha256_of(path)
    if got == entry["sha256"]:
        return []
    columns = described(folder).get(entry["file"], ())
    found = content_faults(path, name, entry, columns) or [
        f"table {name}: each value is one that its column may hold, yet the bytes differ; restore data/{path.name}"
    ]
    return [damaged(name, path.name, expected=entry["sha256"], got=got), *found]


def damaged(name: str, file: str, *, expected: str, got: str) -> str:
    """Return the sentence for a table whose bytes are not those the case was written for."""
    return (
        f"case.toml: tables.{name}.sha256 is {expected[:12]}..., but data/{file} has {got[:12]}...: the file is "
        "damaged or was changed; restore it from the repository, or run prepare.py and record the new sha256"
    )


def content_faults(path: Path, name: str, entry: Mapping[str, Any], columns: Sequence[Column]) -> list[str]:
    """Return one sentence for each fault of a table, at most ``MOST`` and then how many more there are.

    Parameters
    ----------
    path : Path
        The CSV file, gzipped or not.
    name : str
        Name of the table, for the sentences.
    entry : Mapping
        Its entry in ``case.toml``: ``rows``, and ``key``, the columns that identify a row.
    columns : sequence of Column
        Its columns in the dictionary, in order; without any, only the form of the file is checked.
    """
    faults = _faults(path, f"restore data/{path.name}", entry, columns)
    told = [f"table {name}: {fault}" for fault in islice(faults, MOST)]
    more = sum(1 for _ in faults)
    return [*told, f"table {name}: ... and {more:,} more; restore data/{path.name}"] if more else told


def _faults(path: Path, restore: str, entry: Mapping[str, Any], columns: Sequence[Column]) -> Iterator[str]:
    content, broken = _unpacked(path)
    text = content.decode(errors="replace")
    yield from (f"{fault}; {restore}" for fault in _byte_faults(content, text, broken))
    text = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", " ")
    widths, unreadable = _widths(text)
    last = len(widths) + bool(unreadable)
    if unreadable:
        yield f"row {last:,} cannot be read: {unreadable}; {restore}"
    if last != entry["rows"] + 1:
        yield f"it ends with row {last:,}, the case was written for {entry['rows'] + 1:,} with the heads; {restore}"
    heads = next(csv.reader(io.StringIO(text, newline="")), [])
    other_heads = [*_head_faults(heads, [column.name for column in columns])] if columns else []
    yield from (f"{fault}; {restore}" for fault in other_heads)
    is_wrong = heads and set(widths) != {len(heads)}
    wrong = [(row, width) for row, width in enumerate(widths, start=1) if width != len(heads)] if is_wrong else []
    for row, width in wrong:
        cells = "1 cell" if width == 1 else f"{width} cells"
        column = heads[min(max(width, 1), len(heads)) - 1]
        yield f"row {row:,} has {cells}, the last in column {column}; it must have {len(heads)}: {restore}"
    if columns and not (unreadable or wrong or other_heads):
        yield from _cell_faults(text, restore, columns, entry["key"])


def _unpacked(path: Path) -> tuple[bytes, str]:
    """Return the content of a file as far as it can be unpacked, and what went wrong."""
    raw = path.read_bytes()
    if path.suffix != ".gz":
        return raw, ""
    unpack, parts = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), []
    try:
        for start in range(0, len(raw), 1024):  # piece by piece, so that a damage keeps what comes before it
            parts.append(unpack.decompress(raw[start : start + 1024]))
    except zlib.error as error:
        return b"".join(parts), f"unpacking fails: {error}"
    return b"".join(parts), "" if unpack.eof else "the packed file ends too early"


def _byte_faults(content: bytes, text: str, broken: str) -> Iterator[str]:
    if broken:
        row, column = _place(text, len(text))
        yield f"{broken}, at row {row:,}, {column}"
    if text.startswith(BYTE_ORDER_MARK):
        _, column = _place(text[1:], 0)
        yield f"row 1, {column} begins with a byte order mark; a table is UTF-8 without it"
    try:
        content.decode()
    except UnicodeDecodeError as error:
        row, column = _place(text, len(content[: error.start].decode()))
        yield f"row {row:,}, {column} has the byte {content[error.start]:#x}, which is no UTF-8"
    if "\r" in text:
        row, column = _place(text, text.index("\r"))
        yield f"row {row:,}, {column} has a carriage return; a row ends with a line feed alone"
    if text and not text.endswith("\n") and not broken:
        row, column = _place(text, len(text))
        yield f"row {row:,}, {column} ends without a line feed, as if the file were cut"


def _place(text: str, position: int) -> tuple[int, str]:
    """Return the row and the column in which a letter stands."""
    heads = next(csv.reader(io.StringIO(text, newline="")), [])
    before = list(csv.reader(io.StringIO(text[:position] + "|", newline="")))
    number = len(before[-1])
    return len(before), f"column {heads[number - 1]}" if number <= len(heads) else "after the last column"


def _widths(text: str) -> tuple[list[int], str]:
    """Return the number of cells of each row, and why the next one cannot be read."""
    if '"' not in text:  # a large table of numbers: ten times as fast
        return [line.count(",") + 1 for line in text.removesuffix("\n").split("\n")] if text else [], ""
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), strict=True):
            widths.append(len(cells))
    except csv.Error as error:
        return widths, str(error)
    return widths, ""


def _head_faults(heads: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    for number, (head, name) in enumerate(zip_longest(heads, names), start=1):
        if head is None:
            yield f"row 1: column {number} is missing; the dictionary says {name!r}"
        elif name is None:
            yield f"row 1: column {number} is {head!r}; the dictionary has only {len(names)} columns"
        elif head != name:
            swapped = ", so columns are swapped" if sorted(heads) == sorted(names) else ""
            yield f"row 1: column {number} is {head!r}, the dictionary says {name!r}{swapped}"


def _cell_faults(text: str, restore: str, columns: Sequence[Column], key: Sequence[str]) -> Iterator[str]:
    import pandas as pd  # here, so that looking at a case needs no pandas

    cells = pd.read_csv(io.StringIO(text), dtype=object, na_filter=False, skip_blank_lines=False)
    found = []
    for place, column in enumerate(columns):
        codes, values = pd.factorize(cells[column.name])  # each different value is judged once
        bad = {code: str(value) for code, value in enumerate(values) if not column.allows(value)}
        if bad:
            found += [(row, place, bad[code]) for row, code in enumerate(codes.tolist(), start=2) if code in bad]
    for row, place, value in sorted(found):
        column = columns[place]
        is_what = f"is {_shown(value)}" if value else "is empty"
        yield f"row {row:,}, column {column.name} {is_what}; it must be {column.rule}: mend the cell, or {restore}"
    if key and all(column in [*cells] for column in key):
        yield from _key_faults(cells[list(key)].itertuples(index=False, name=None), restore, key)


def _key_faults(keys: Iterator[tuple[str, ...]], restore: str, key: Sequence[str]) -> Iterator[str]:
    first: dict[tuple[str, ...], int] = {}
    for row, values in enumerate(keys, start=2):
        if first.setdefault(values, row) != row:
            shown, names = ", ".join(map(_shown, values)), ", ".join(key)
            place = f"rows {first[values]:,} and {row:,}, column {names}:"
            yield f"{place} both have {shown}; no two rows may have the same: remove one, or {restore}"


def _shown(value: str) -> str:
    return repr(value if len(value) <= LONGEST else value[:LONGEST] + "...")
