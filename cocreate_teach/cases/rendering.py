"""What a case and its numbers look like in a notebook: HTML and Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from cocreate_teach.style import STATUSES

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


def number_table(frame: "pd.DataFrame", *, caption: str) -> str:
    """Return a frame of texts as an accessible HTML table: caption, column heads, a head for each row."""
    head = "".join(f'<th scope="col">{escape(str(column))}</th>' for column in frame.columns)
    rows = []
    for _, row in frame.iterrows():
        first, *others = (escape(str(value)) for value in row)
        rows.append(f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{value}</td>" for value in others) + "</tr>")
    return (
        f'<table><caption style="caption-side:top;text-align:left">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _facts(case: "Case") -> list[tuple[str, str]]:
    return [
        ("Question", case.question),
        ("Who decides", case.protagonist),
        ("Decision", case.decision),
        ("By when", case.deadline),
        ("Where and when", f"{case.place}; {case.period}"),
    ]


def _exhibits(case: "Case") -> Iterator[str]:
    for entry in sorted(case.metadata["exhibits"], key=lambda exhibit: int(exhibit["number"])):
        yield f"Exhibit {entry['number']} ({entry['status']}): {entry['title']}"


def _tables_by_status(case: "Case") -> Iterator[tuple[str, str]]:
    for status, meaning in STATUSES.items():
        files = [f"{entry['description']}" for entry in case.metadata["tables"].values() if entry["status"] == status]
        if files:
            yield f"{status} ({meaning})", "; ".join(files)


def case_markdown(case: "Case") -> str:
    """Return the case at a glance as Markdown."""
    facts = [f"- **{name}:** {text}" for name, text in _facts(case)]
    exhibits = [f"- {line}" for line in _exhibits(case)]
    tables = [f"- **{status}:** {text}" for status, text in _tables_by_status(case)]
    parts = [[f"**{case.title}**"], facts, ["**Exhibits**"], exhibits, ["**Where the numbers come from**"], tables]
    return "\n\n".join("\n".join(part) for part in parts)


def case_html(case: "Case") -> str:
    """Return the case at a glance as HTML."""
    facts = "".join(f"<dt><strong>{escape(n)}</strong></dt><dd>{escape(t)}</dd>" for n, t in _facts(case))
    exhibits = "".join(f"<li>{escape(line)}</li>" for line in _exhibits(case))
    tables = "".join(f"<li><strong>{escape(s)}:</strong> {escape(t)}</li>" for s, t in _tables_by_status(case))
    return (
        f"<div><p><strong>{escape(case.title)}</strong></p><dl>{facts}</dl><p><strong>Exhibits</strong></p>"
        f"<ul>{exhibits}</ul><p><strong>Where the numbers come from</strong></p><ul>{tables}</ul></div>"
    )
