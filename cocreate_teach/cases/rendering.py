"""What a case and its numbers look like in a notebook: HTML and Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from cocreate_teach.cases.aggregation import NO_DATA
from cocreate_teach.cases.drawing import HATCHED
from cocreate_teach.style import STATUS_COLOURS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from cocreate_teach.cases.case import Case


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a case as Markdown, its headings one level down, so that it fits under a heading of the lesson."""

    markdown: str

    def __str__(self) -> str:
        return self.markdown

    def _repr_markdown_(self) -> str:
        return self.markdown


def status_mark(status: str) -> str:
    """Return a status as a small mark: grey or blue edge, or hatched; the word itself is always there."""
    edge = STATUS_COLOURS[status]
    ground = f"border-left:0.7em solid {edge}"
    if status in HATCHED:  # a grey that shows on light and on dark pages
        ground = "background:repeating-linear-gradient(135deg,transparent 0 5px,rgba(128,128,128,.45) 5px 6px)"
    return f'<span style="border:1px solid;padding:0 0.4em;font-size:0.85em;{ground}">{escape(status)}</span>'


def number_table(frame: "pd.DataFrame", *, caption: str) -> str:
    """Return a frame of texts as an accessible HTML table: caption, column heads, a head for each row."""
    sides = ["left" if place == 0 or _is_prose(frame.iloc[:, place]) else "right" for place in range(frame.shape[1])]
    styles = [f'style="text-align:{side};vertical-align:top"' for side in sides]
    names = zip(frame.columns, styles, strict=True)
    head = "".join(f'<th scope="col" {style}>{escape(str(column))}</th>' for column, style in names)
    rows = []
    for row in frame.itertuples(index=False, name=None):
        first, *others = (escape(str(value)) for value in row)
        cells = "".join(f"<td {style}>{value}</td>" for value, style in zip(others, styles[1:], strict=True))
        rows.append(f'<tr><th scope="row" {styles[0]}>{first}</th>{cells}</tr>')
    return (
        f'<table style="margin-top:0.8em"><caption style="caption-side:top;text-align:left">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _is_prose(column: "pd.Series") -> bool:
    """Tell texts, read from the left, from numbers, compared from the right."""
    told = [str(value) for value in column if str(value) not in {"", NO_DATA}]
    return not all(value.lstrip("-")[:1].isdigit() and len(value) < 40 for value in told)


def _facts(case: "Case") -> list[tuple[str, str]]:
    place = ("Where and when", f"{case.place}; {case.period}")
    if case.kind == "tables":
        return [("Question", case.question), place]
    return [
        ("Question", case.question),
        ("Who decides", case.protagonist),
        ("Decision", case.decision),
        ("By when", case.deadline),
        place,
    ]


def _exhibits(case: "Case") -> Iterator[str]:
    for entry in sorted(case.metadata.get("exhibits", ()), key=lambda exhibit: int(exhibit["number"])):
        yield f"Exhibit {entry['number']} ({entry['status']}): {case.fill(entry['title'])}"


def _tables_by_status(case: "Case") -> Iterator[tuple[str, str]]:
    """Give the tables by status; where there is no story, readers start from the names of the tables."""
    for status, meaning in STATUSES.items():
        tables = [(name, entry) for name, entry in case.metadata["tables"].items() if entry["status"] == status]
        files = [f"{name}: {x['description']}" if case.kind == "tables" else x["description"] for name, x in tables]
        if files:
            yield f"{status} ({meaning})", "; ".join(files)


def case_markdown(case: "Case") -> str:
    """Return the case at a glance as Markdown."""
    facts = [f"- **{name}:** {text}" for name, text in _facts(case)]
    exhibits = [f"- {line}" for line in _exhibits(case)]
    tables = [f"- **{status}:** {text}" for status, text in _tables_by_status(case)]
    parts = [[f"**{case.title}**"], facts]
    parts += [["**Exhibits**"], exhibits] if exhibits else []
    parts += [["**Where the numbers come from**"], tables]
    return "\n\n".join("\n".join(part) for part in parts)


def case_html(case: "Case") -> str:
    """Return the case at a glance as HTML."""
    facts = "".join(f"<dt><strong>{escape(n)}</strong></dt><dd>{escape(t)}</dd>" for n, t in _facts(case))
    exhibits = "".join(f"<li>{escape(line)}</li>" for line in _exhibits(case))
    tables = "".join(f"<li><strong>{escape(s)}:</strong> {escape(t)}</li>" for s, t in _tables_by_status(case))
    shown = f"<p><strong>Exhibits</strong></p><ul>{exhibits}</ul>" if exhibits else ""
    return (
        f"<div><p><strong>{escape(case.title)}</strong></p><dl>{facts}</dl>{shown}"
        f"<p><strong>Where the numbers come from</strong></p><ul>{tables}</ul></div>"
    )
