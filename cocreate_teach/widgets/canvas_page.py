"""A canvas for readers without a kernel: one HTML fragment for saved notebooks, one page of A4 to print.

Every text is escaped; pictures are data of the page; nothing is loaded from elsewhere.
"""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from cocreate_teach.widgets.canvas_board import PAGES, Board, Box, Result
from cocreate_teach.widgets.canvas_file import in_base64

TITLE: Final = "Canvas of value co-creation"
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page_html(board: Board) -> str:
    """Return the canvas as a page to print: two pages of boxes, then what was kept, with pictures and sources."""
    rules = Path(__file__).with_name("canvas_page.css").read_text(encoding="utf-8")
    name = f"{escape(board.group)}: " if board.group else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name}{TITLE}</title><style>{rules}</style></head>\n"
        f"<body><main>{board_html(board)}</main></body></html>\n"
    )


def board_html(board: Board) -> str:
    """Return the content of a canvas, for saved notebooks and for the page to print."""
    group = escape(board.group) or "________________________________"
    numbered = list(enumerate(board.results, start=1))
    parts = []
    for number, page in enumerate(PAGES, start=1):
        boxes = "".join(_box_html(box, board.answers.get(box.name, ""), numbered) for box in page.boxes)
        head = (
            f"<header><h2>{number}. {escape(page.title)}</h2><p>{TITLE}. Group: <b dir='auto'>{group}</b></p></header>"
        )
        parts.append(f'<section class="sheet">{head}<div class="boxes">{boxes}</div></section>')
    if numbered:
        kept = "".join(_result_html(number, result) for number, result in numbered)
        parts.append(f'<section class="kept"><h2>Results of explorers</h2>{kept}</section>')
    return "".join(parts)


def _box_html(box: Box, answer: str, numbered: Sequence[tuple[int, Result]]) -> str:
    said = _lines(answer, "answer") if answer.strip() else f'<p class="hint">{escape(box.hint)}</p>'
    kept = "".join(
        f"<li>Result {number}: {escape(result.headline)}"
        + (f" <i dir='auto'>{escape(result.remark)}</i>" if result.remark else "")
        + "</li>"
        for number, result in numbered
        if result.box == box.name
    )
    return f'<section class="box"><h3>{escape(box.question)}</h3>{said}{f"<ul>{kept}</ul>" if kept else ""}</section>'


def _result_html(number: int, result: Result) -> str:
    data = in_base64(result.png)
    picture = f'<img alt="{escape(result.alt)}" src="data:image/png;base64,{data}"/>' if data else _lines(result.alt)
    return (
        f'<article class="result"><h3>Result {number}: {escape(result.title)}</h3>'
        f"<p><b>{escape(result.headline)}</b></p>{_lines(result.remark, 'remark') if result.remark else ''}{picture}"
        f"{_pairs_html('Key numbers', result.key_numbers)}{_pairs_html('Moved by hand', result.settings)}"
        f'<p class="note">{escape(result.note)} {escape(result.assumption)}</p></article>'
    )


def _pairs_html(caption: str, pairs: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(label)}</th><td>{escape(text)}</td></tr>' for label, text in pairs)
    return f"<table><caption>{caption}</caption><tbody>{rows}</tbody></table>" if rows else ""


def _lines(text: str, kind: str = "") -> str:
    lines = "<br/>".join(escape(line) for line in text.strip().splitlines())
    return f"<p class='{kind}' dir='auto'>{lines}</p>"


def board_text(board: Board) -> Iterator[str]:
    """Give the canvas as lines of text."""
    yield f"{TITLE}{f', group {board.group}' if board.group else ''}: {board.progress}"
    for page in PAGES:
        for box in page.boxes:
            if answer := board.answers.get(box.name, "").strip():
                yield f"{box.question} {answer}"
    for number, result in enumerate(board.results, start=1):
        yield f"Result {number}: {result.title} {result.headline}"
