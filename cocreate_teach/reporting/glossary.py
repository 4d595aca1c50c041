"""The glossary as a table: term, concept, explanation, and an empty column for the reader's own language."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cocreate_teach import launch

HEADS: Final = ("term", "concept", "explanation", "in my language")
_ENTRY: Final = re.compile(
    r"^### (?P<term>.+?)(?: \((?P<ids>[AB]\d+(?:, [AB]\d+)*)\))?\n(?P<text>.*?)(?=^#|\Z)", re.M | re.S
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, the ids of the concepts it belongs to, and its explanation in Markdown."""

    term: str
    concepts: tuple[str, ...]
    text: str


def entries(path: Path | None = None) -> tuple[Entry, ...]:
    """Return the entries of a glossary, ours by default, in its order."""
    path = launch.lessons_folder().parent / "GLOSSARY.md" if path is None else path
    return tuple(
        Entry(found["term"], tuple(found["ids"].split(", ")) if found["ids"] else (), found["text"].strip())
        for found in _ENTRY.finditer(path.read_text(encoding="utf-8"))
    )


def concept_names() -> dict[str, str]:
    """Return the name of each concept, by its id; A before B, in order of number."""
    found: dict[str, str] = {}
    for entry in entries():
        for id in entry.concepts if len(entry.concepts) == 1 else ():
            found.setdefault(id, entry.term)
    return dict(sorted(found.items(), key=lambda item: (item[0][0], int(item[0][1:]))))


def glossary_csv() -> str:
    """Return the glossary as CSV that spreadsheets read, explanations as plain text on one line."""
    page = io.StringIO()
    table = csv.writer(page, lineterminator="\r\n")
    table.writerow(HEADS)
    for entry in entries():
        plain = re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", entry.text)
        plain = " ".join(re.sub(r"(?<!\w)[*`]+|[*`]+(?!\w)", "", plain).split())
        table.writerow([entry.term, " ".join(entry.concepts), plain, ""])
    return f"\ufeff{page.getvalue()}"
