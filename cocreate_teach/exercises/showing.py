"""What a student sees: a result, a table of one's own data, the progress. HTML with words, never colour alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from cocreate_teach.exercises.marking import WORDS

_SIGNS: Final[dict[str, str]] = {"correct": "✓", "partial": "◐", "wrong": "✗", "not_attempted": "○"}
VISIBLE: Final = "visible checks passed"
_NUMBERS: Final = "text-align:right;vertical-align:top;padding:0.2em 0.6em"
_TEXTS: Final = "text-align:left;vertical-align:top;padding:0.2em 0.6em"


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of HTML and the plain text that says the same."""

    html: str
    plain: str

    def __repr__(self) -> str:
        return self.plain

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain}


def result(question: str, status: str, reason: str) -> Page:
    """Return the result of one check."""
    word = _word(status)
    sign = _SIGNS.get(status, "·")
    plain = f"{question}: {word}." + (f" {reason}" if reason else "")
    html = (
        f'<p role="status" style="border-left:0.3em solid;padding-left:0.6em"><span aria-hidden="true">{sign}</span> '
        f"<strong>{escape(question)}: {escape(word)}.</strong> {escape(reason)}</p>"
    )
    return Page(html, plain)


def message(title: str, text: str) -> Page:
    """Return a titled paragraph."""
    return Page(f"<div><p><strong>{escape(title)}</strong></p><p>{escape(text)}</p></div>", f"{title}\n{text}")


def data_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, caption: str) -> Page:
    """Return a table with a caption, column heads and a head for each row; numbers stand right."""
    sides = [_TEXTS if place == 0 or not _is_numeric(rows, place) else _NUMBERS for place in range(len(columns))]
    head = "".join(
        f'<th scope="col" style="{side}">{escape(str(name))}</th>' for name, side in zip(columns, sides, strict=True)
    )
    lines = []
    for row in rows:
        cells = [escape(str(cell)) for cell in row]
        first = f'<th scope="row" style="{_TEXTS}">{cells[0]}</th>'
        rest = "".join(f'<td style="{side}">{cell}</td>' for cell, side in zip(cells[1:], sides[1:], strict=True))
        lines.append(f"<tr>{first}{rest}</tr>")
    html = (
        f'<table><caption style="caption-side:top;text-align:left">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )
    plain = "\n".join([caption, *(" | ".join(str(cell) for cell in row) for row in [columns, *rows])])
    return Page(html, plain)


def exhibit(number: int, data: Mapping[str, Any]) -> Page:
    """Return a table of the student's variant with its number, title and status."""
    caption = f"Table {number}. {data['title']} Status: {data['status']}. {data.get('caption', '')}".strip()
    return data_table(data["columns"], data["rows"], caption=caption)


def progress(states: Mapping[str, tuple[str, str]], *, is_graded_here: bool) -> Page:
    """Return what is done, question by question."""
    done = sum(status in {"correct", VISIBLE} for status, _ in states.values())
    rows = [
        (question, f"{_SIGNS.get(status, '·')} {_word(status)}", marks) for question, (status, marks) in states.items()
    ]
    what = "are correct" if is_graded_here else "passed their visible checks"
    return data_table(("Question", "Result", "Marks"), rows, caption=f"{done} of {len(states)} questions {what}.")


def _word(status: str) -> str:
    return next((word for name, word in WORDS.items() if name == status), status)


def _is_numeric(rows: Sequence[Sequence[Any]], place: int) -> bool:
    cells = [str(row[place]) for row in rows]
    return all(cell.lstrip("+-−")[:1].isdigit() and len(cell) < 20 for cell in cells if cell)
