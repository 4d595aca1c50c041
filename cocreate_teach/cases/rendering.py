"""What a case and its numbers look like in a notebook: HTML that takes its colours from a light or a dark page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final

from cocreate_teach.cases.aggregation import NO_DATA
from cocreate_teach.cases.drawing import HATCHED
from cocreate_teach.style import STATUS_COLOURS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from cocreate_teach.cases.case import Case

SHORT: Final = 12  # characters of a cell that stays on one line
_WIDE: Final = "overflow-x:auto;max-width:100%"  # a wide table scrolls in its own box, also on a phone


def status_mark(status: str) -> str:
    """Return a status as a small mark: grey or blue edge, or hatched; the word itself is always there."""
    edge = STATUS_COLOURS[status]
    ground = f"border-left:0.7em solid {edge}"
    if status in HATCHED:  # a grey that shows on light and on dark pages
        ground = "background:repeating-linear-gradient(135deg,transparent 0 5px,rgba(128,128,128,.45) 5px 6px)"
    return f'<span style="border:1px solid;padding:0 0.4em;font-size:0.85em;{ground}">{escape(status)}</span>'


def number_table(frame: "pd.DataFrame", *, caption: str) -> str:
    """Return a frame of texts as an accessible HTML table: caption, column heads, a head for each row."""
    cells = frame.map(lambda value: escape(str(value)))
    sides = ["left" if place == 0 or is_prose(frame.iloc[:, place]) else "right" for place in range(frame.shape[1])]
    for place, side in enumerate(sides):  # a short cell, such as a date, is not cut at its hyphen
        if frame.iloc[:, place].map(lambda value: len(str(value))).max() <= SHORT:
            sides[place] = f"{side};white-space:nowrap"
    names = [str(name) for name in frame.columns]
    return _table(names, cells.itertuples(index=False, name=None), sides, caption)


def is_prose(column: "pd.Series") -> bool:
    """Tell texts, read from the left, from numbers, compared from the right."""
    told = [str(value) for value in column if str(value) not in {"", NO_DATA}]
    return not all(value.lstrip("-")[:1].isdigit() and len(value) < 40 for value in told)


def _table(names: Sequence[str], rows: Iterable[Sequence[str]], sides: Sequence[str], caption: str) -> str:
    """Return a table of cells that are HTML; the first of each row is its head."""
    styles = [f'style="text-align:{side};vertical-align:top"' for side in sides]
    columns = zip(names, (side.partition(";")[0] for side in sides), strict=True)  # heads may take several lines
    head = "".join(
        f'<th scope="col" style="text-align:{side};vertical-align:top">{escape(name)}</th>' for name, side in columns
    )
    body = []
    for first, *others in rows:
        cells = "".join(f"<td {style}>{value}</td>" for value, style in zip(others, styles[1:], strict=True))
        body.append(f'<tr><th scope="row" {styles[0]}>{first}</th>{cells}</tr>')
    return (
        f'<table style="margin-top:0.8em"><caption style="caption-side:top;text-align:left">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def facts(case: "Case") -> list[tuple[str, str]]:
    """Return what a lecturer asks first, each with its name."""
    found = [("Question", case.question)]
    if case.kind != "tables":
        found += [("Who decides", case.protagonist), ("Decision", case.decision), ("By when", case.deadline)]
    found.append(("Where and when", f"{case.place}; {case.period}"))
    known = {"session": "Session of the course", "minutes": "Minutes in class"}
    found += [(name, str(case.metadata[key])) for key, name in known.items() if key in case.metadata]
    return found


def exhibit_lists(case: "Case") -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Give the exhibits in the order in which a class meets them, as a title and entries of ``case.toml``."""
    entries = {int(entry["number"]): entry for entry in case.metadata.get("exhibits", ())}
    titles = {
        "A": "Exhibits of Part A",
        "B": "Exhibits of Part B: their titles give the outcome away",
        "epilogue": "Exhibits for the discussion after the decision",
    }
    if not case.has_parts:
        titles = {"A": "Exhibits"}
    for part, title in titles.items():
        found = [entries[number] for number in case.exhibits_of(part)]
        if found:
            yield title, found


def case_html(case: "Case") -> str:
    """Return the case at a glance as HTML: what a lecturer needs to decide whether to use it."""
    told = "".join(f"<dt><strong>{escape(n)}</strong></dt><dd>{escape(t)}</dd>" for n, t in facts(case))
    parts = [f"<p><strong>{escape(case.title)}</strong></p>"]
    if case.invented:
        parts.append(f"<p><em>{escape(case.invented)}</em></p>")
    parts.append(f"<dl>{told}</dl>")
    for place, (title, entries) in enumerate(exhibit_lists(case)):
        items = "".join(
            f"<li>{status_mark(x['status'])} Exhibit {x['number']}: {escape(case.fill(x['title']))}</li>"
            for x in entries
        )
        shown = f'<ul style="list-style:none;padding-left:0">{items}</ul>'
        parts.append(_folded(title, shown) if place else f"<p><strong>{escape(title)}</strong></p>{shown}")
    if case.kind != "tables":
        parts += [stakeholder_table(case), _timeline(case)]
    return f'<div style="max-width:60em">{"".join(parts)}{_tables(case)}{_sources(case)}</div>'


def _folded(title: str, shown: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{shown}</details>"


def _wide(table: str, label: str) -> str:
    return f'<div style="{_WIDE}" role="region" tabindex="0" aria-label="{escape(label)}">{table}</div>'


def stakeholder_table(case: "Case") -> str:
    """Return who has a stake, with power, interest and the status of these numbers."""
    rows = [
        (escape(f"{x['name']} (inside)" if x["is_internal"] else x["name"]), escape(x["role"]), f"{x['power']:g}",
         f"{x['interest']:g}", status_mark(x["status"]))
        for x in case.metadata["stakeholders"]
    ]  # fmt: skip
    names = ("Who", "What they do and want", "Power", "Interest", "Status")
    caption = "Stakeholders: power and interest as shares, 0 to 1"
    return _wide(_table(names, rows, ("left", "left", "right", "right", "left"), caption), "Stakeholders")


def _timeline(case: "Case") -> str:
    rows = [(escape(x["when"]), escape(x["what"]), status_mark(x["status"])) for x in case.metadata["timeline"]]
    table = _table(("When", "What", "Status"), rows, ("left",) * 3, "Timeline, to the end of the case")
    return _folded(f"Timeline: {len(rows)} events, to the end of the case", _wide(table, "Timeline"))


def _tables(case: "Case") -> str:
    kinds = [status for status in STATUSES if any(x["status"] == status for x in case.metadata["tables"].values())]
    rows = [
        (escape(name), escape(x["description"]), f"{x['rows']:,}", status_mark(x["status"]))
        for name, x in case.metadata["tables"].items()
    ]
    table = _table(("Table", "What is in it", "Rows", "Status"), rows, ("left", "left", "right", "left"), "Tables")
    words = "".join(f"<li>{status_mark(kind)} {escape(STATUSES[kind])}</li>" for kind in kinds)
    legend = f'<ul style="list-style:none;padding-left:0">{words}</ul>'
    return _folded(f"Tables: {len(rows)}, with the status of each", legend + _wide(table, "Tables"))


def _sources(case: "Case") -> str:
    rows = []
    for x in case.metadata["sources"]:
        cited, address = escape(x["citation"]), x["address"]
        if address.startswith(("http://", "https://")):
            cited += f' <a href="{escape(address, quote=True)}">{escape(address.split("/")[2])}</a>'
        seen = "yes" if x["verified"] else "no"
        rows.append((str(x["number"]), cited, escape(x["licence"]), seen, status_mark(x["status"])))
    names = ("No.", "Source", "Licence", "Verified", "Status")
    table = _table(names, rows, ("left",) * 5, "Sources: verified means that we read the page or the file ourselves")
    return _folded(f"Sources: {len(rows)}, with licence", _wide(table, "Sources"))
