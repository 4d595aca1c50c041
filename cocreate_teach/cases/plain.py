"""What a case and its numbers look like as plain text: on a terminal, and to those who print a case."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from cocreate_teach.cases.rendering import exhibit_lists, facts, is_prose
from cocreate_teach.style import STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from cocreate_teach.cases.case import Case

WIDTH: Final = 80  # of a terminal of which nothing is known
GAP: Final = 2  # between two columns
NARROWEST: Final = 8  # of a column that gives way to others


def text_table(frame: "pd.DataFrame", width: int = WIDTH) -> str:
    """Return a frame of texts as an aligned table; texts too long for their column go on below.

    Examples
    --------
    >>> import pandas as pd
    >>> print(text_table(pd.DataFrame({"who": ["sales", "service"], "answered": ["5.0", "16.5"]})))
    who      answered
    -------  --------
    sales         5.0
    service      16.5
    """
    heads = [" ".join(str(name).split()) for name in frame.columns]
    texts = [[" ".join(str(value).split()) for value in frame.iloc[:, place]] for place in range(frame.shape[1])]
    natural = [max(map(len, [head, *column]), default=1) for head, column in zip(heads, texts, strict=True)]
    widths = _shared(natural, width - GAP * (len(heads) - 1))
    is_left = [place == 0 or is_prose(frame.iloc[:, place]) for place in range(len(heads))]
    lines = list(_row(heads, widths, is_left))
    lines.append((" " * GAP).join("-" * width for width in widths))
    for cells in zip(*texts, strict=True):
        lines += _row(cells, widths, is_left)
    return "\n".join(lines)


def _shared(natural: Sequence[int], room: int) -> list[int]:
    """Take from the widest column until all fit, but leave each what it needs to be read."""
    widths = list(natural)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], is_left: Sequence[bool]) -> Iterator[str]:
    parts = [wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for line in range(max(map(len, parts))):
        told = (part[line] if line < len(part) else "" for part in parts)
        aligned = zip(told, widths, is_left, strict=True)
        yield (" " * GAP).join(f"{text:<{w}}" if left else f"{text:>{w}}" for text, w, left in aligned).rstrip()


def paragraphs(markdown: str, width: int = WIDTH) -> str:
    """Return Markdown wrapped to a width: paragraphs and list items flow, headings and tables stay on their line."""
    lines: list[str] = []
    for line in markdown.splitlines():
        item = re.match(r"\d+\. |[-*] ", line)
        hang = " " * (len(item[0]) if item else 0)
        flows = bool(line) and not line.startswith(("#", "|"))
        lines += wrap(line, width, subsequent_indent=hang, break_on_hyphens=False) if flows else [line]
    return "\n".join(lines)


def exhibit_titles(case: "Case", entries: Iterable[Mapping[str, Any]], width: int = WIDTH) -> list[str]:
    """Return number, status and title of exhibits as lines."""
    found = [(f"Exhibit {x['number']} ({x['status']}): ", case.fill(x["title"])) for x in entries]
    return [line for mark, told in found for line in _hung(mark, told, width, indent=4)]


def case_text(case: "Case", width: int = WIDTH) -> str:
    """Return the case at a glance as plain text: what a lecturer needs to decide whether to use it."""
    parts = [[*wrap(case.title, width), "=" * min(len(case.title), width)]]
    if case.invented:
        parts.append(wrap(case.invented, width))
    parts.append([line for name, told in facts(case) for line in _hung(f"{name}: ", told, width)])
    for place, (title, entries) in enumerate(exhibit_lists(case)):
        numbers = ", ".join(str(x["number"]) for x in entries)
        parts.append(wrap(f"{title}: {numbers}", width) if place else [title, *exhibit_titles(case, entries, width)])
    if case.kind != "tables":
        people = case.stakeholders[["name", "role", "power", "interest", "status"]].map(str)
        parts.append(["Stakeholders (power and interest as shares, 0 to 1)", text_table(people, width)])
    parts.append(["Tables", *_tables(case, width)])
    parts.append(["Licences of the sources", *_licences(case, width)])
    return "\n\n".join("\n".join(part) for part in parts)


def part_text(case: "Case", part: str, width: int = WIDTH) -> str:
    """Return a part as plain text, with the titles of its exhibits.

    Raises
    ------
    CaseError
        If there is no such part.
    """
    text = paragraphs(str(case.reading(part)), width)
    numbers = case.exhibits_of(part) if part in {"A", "B"} else ()
    entries = [entry for entry in case.metadata["exhibits"] if entry["number"] in numbers] if numbers else []
    return "\n\n".join([text, "\n".join(exhibit_titles(case, entries, width))]) if entries else text


def table_of_case(case: "Case", name: str, width: int = WIDTH, rows: int = 5) -> str:
    """Return what a table is, what its columns mean, and its first rows.

    Raises
    ------
    CaseError
        If there is no such table, or if it is damaged.
    """
    frame, entry = case.table(name), case.metadata["tables"][name]
    told = f"{name} ({entry['status']}, {len(frame):,} rows): {entry['description']}"
    meaning = case.dictionary(name)[["column", "unit", "description", "status"]]
    first = frame.head(rows).astype(object).where(frame.head(rows).notna(), "").map(str)
    shown = first.T.set_axis([f"row {i}" for i in range(1, len(first) + 1)], axis=1).reset_index(names="column")
    return "\n\n".join(["\n".join(wrap(told, width)), text_table(meaning, width), text_table(shown, width)])


def _licences(case: "Case", width: int) -> Iterator[str]:
    sources = case.sources
    for licence, rows in sources.groupby("licence", sort=False):
        yield from wrap(f"[{', '.join(map(str, rows['number']))}] {licence}", width, subsequent_indent="    ")
    unread = ", ".join(map(str, sources[~sources["verified"]]["number"]))
    yield from wrap(f"Not verified: [{unread}]. The others we read ourselves." if unread else "We read all.", width)


def _tables(case: "Case", width: int) -> Iterator[str]:
    for status, meaning in STATUSES.items():
        found = [(name, x) for name, x in case.metadata["tables"].items() if x["status"] == status]
        if found:
            yield from wrap(f"{status}: {meaning}", width)
        for name, entry in found:
            yield from _hung(f"  {name}: ", f"{entry['description']} ({entry['rows']:,} rows)", width, indent=4)


def _hung(mark: str, told: str, width: int, *, indent: int | None = None) -> list[str]:
    """Return a name and its text, the following lines under the beginning of the text or indented."""
    hang = min(len(mark), 18) if indent is None else indent
    return wrap(mark + " ".join(told.split()), width, subsequent_indent=" " * hang, break_on_hyphens=False)
