"""References of a case: ``[3]`` in its texts, exhibits and dictionary leads to a source, and every source is used."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from cocreate_teach.cases.files import entries
from cocreate_teach.style import STATUSES

TEXTS: Final = ("case.md", "short.md", "teaching_note.md")
TO_BE_TRACED: Final = ("real", "published", "reported")  # others are ours, or say that nobody knows
_REFERENCE: Final = re.compile(r"\[(\d{1,3}(?:, ?\d{1,3})*)\](?!\()")  # [3] or [4, 6, 7]; a Markdown link is none
_FILE: Final = re.compile(r"\b[\w-]+\.(?:csv\.gz|csv|py)\b")
_LISTED: Final = re.compile(r"^(\d+)\. (.*)$", flags=re.MULTILINE)
_STATUS: Final = re.compile(rf"\b({'|'.join(name.capitalize() for name in STATUSES)})[.;]")


def references(text: str) -> list[int]:
    """Return the numbers of the sources that a text refers to.

    Examples
    --------
    >>> references("Reported [1]; a link [2](page.md); two sources [3, 12].")
    [1, 3, 12]
    """
    return [int(number) for group in _REFERENCE.findall(text) for number in group.split(",")]


def reference_faults(folder: Path, raw: Mapping[str, Any], headers: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Give one sentence per reference that leads nowhere, and per source that nothing refers to.

    Parameters
    ----------
    folder : Path
        The case folder.
    raw : Mapping
        The content of its ``case.toml``.
    headers : Mapping
        The column names of each table that is in order.
    """
    sources = [source for _, source in entries(raw.get("sources")) if isinstance(source.get("number"), int)]
    numbers = [source["number"] for source in sources]
    for number in sorted({n for n in numbers if numbers.count(n) > 1}):
        yield f"case.toml: sources: the number {number} is given twice; numbers must differ: choose another"
    texts = {
        name: (folder / name).read_text(encoding="utf-8", errors="replace")
        for name in TEXTS
        if (folder / name).is_file()
    }
    body, listed = _split(texts.get("case.md", ""))
    rows = _dictionary_rows(folder)
    places = {**texts, "case.md": body}
    places |= {f"case.toml: {place}": text for key, value in raw.items() if key != "sources"
               for place, text in _strings(key, value)}  # fmt: skip
    places |= {f"dictionary.csv: row {number} source": row["source"] for number, row in rows}
    used = set()
    for place, text in places.items():
        for number in references(text):
            used.add(number)
            if number not in numbers:
                known = ", ".join(map(str, numbers)) or "none"
                yield f"{place} refers to [{number}]; the sources have the numbers {known}: choose one, or add it"
    for _, table in entries(raw.get("tables")):
        used.update(number for number in _list(table.get("sources")) if isinstance(number, int))
    is_whole = raw.get("kind") == "tables" or {"case.md", "teaching_note.md"} <= set(texts)
    for number in numbers if is_whole else ():
        if number not in used:
            yield f"case.toml: sources: nothing refers to source [{number}]; refer to it, or remove it"
    if "case.md" in texts:
        yield from _list_faults(listed, sources)
    yield from _exhibit_faults(folder, raw)
    yield from _dictionary_faults(rows, raw, headers)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _split(text: str) -> tuple[str, str]:
    """Return the text before its list of sources, and the list."""
    body, _, listed = text.partition("\n## Sources")
    return body, listed


def _strings(place: str, value: object) -> Iterator[tuple[str, str]]:
    """Go through all texts of a part of case.toml with the place of each."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(f"{place}.{key}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _strings(f"{place}.{number}", inner)


def _list_faults(listed: str, sources: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Compare the section Sources of case.md with the sources of case.toml: the same numbers, the same status."""
    told = {int(number): line for number, line in _LISTED.findall(listed)}
    for source in sources:
        number = source["number"]
        if number not in told:
            yield f"case.md: the section Sources has no line {number}; case.toml has this source: add the line"
            continue
        found = _STATUS.search(told[number])
        if not found or found[1].lower() != source.get("status"):
            says = found[1].lower() if found else "none"
            yield (
                f"case.md: source {number} has the status {says}, but case.toml {source.get('status')!r}; "
                "make them the same"
            )
    for number in told:
        if number not in [source["number"] for source in sources]:
            yield f"case.md: the section Sources lists {number}, which case.toml does not have; add it there"


def _exhibit_faults(folder: Path, raw: Mapping[str, Any]) -> Iterator[str]:
    for place, exhibit in entries(raw.get("exhibits")):
        source = exhibit.get("source")
        if not isinstance(source, str) or references(source):
            continue
        if not any((folder / name).is_file() or (folder / "data" / name).is_file() for name in _FILE.findall(source)):
            yield (
                f"case.toml: exhibits.{place}.source is {source!r}; it must name a source such as [1], or a file of "
                "the case: add it"
            )


def _dictionary_rows(folder: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of the dictionary with their numbers; none if it cannot be read, which others say."""
    path = folder / "dictionary.csv"
    if not path.is_file():
        return []
    rows = list(csv.DictReader(path.read_text(encoding="utf-8", errors="replace").splitlines()))
    keys = ("file", "column", "status", "source")
    return [(i, row) for i, row in enumerate(rows, start=2) if all(isinstance(row.get(key), str) for key in keys)]


def _dictionary_faults(
    rows: Sequence[tuple[int, dict[str, str]]], raw: Mapping[str, Any], headers: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Ask of each column that is not ours where it is from: a source, another table, or the page that its row names."""
    heads = {table.get("file"): headers.get(name, ()) for name, table in entries(raw.get("tables"))}
    for number, row in rows:
        if row["status"] not in TO_BE_TRACED or references(row["source"]):
            continue
        if any(name in heads and name != row["file"] for name in _FILE.findall(row["source"])):
            continue
        columns = heads.get(row["file"], ())
        if not columns:
            continue  # a damaged table, which is told elsewhere
        if "page" in row["source"] and any("url" in column or "address" in column for column in columns):
            continue
        yield (
            f"dictionary.csv: row {number} source is {row['source']!r}, but {row['column']!r} of {row['file']} is "
            f"{row['status']}; it must lead to a source such as [1], to another table, or to the page named in the "
            "row, with a column of addresses: say so"
        )
