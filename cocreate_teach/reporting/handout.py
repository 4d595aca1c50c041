"""A printable case: one self-contained HTML page; `printing` makes the PDF of it.

Part A is printed alone unless somebody asks for more: students must not see Part B and its exhibits before they decide.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from cocreate_teach.cases import Case
from cocreate_teach.cases.reading import EPILOGUE
from cocreate_teach.cases.rendering import facts, stakeholder_table, status_mark
from cocreate_teach.errors import CaseError, CocreateError
from cocreate_teach.reporting.document import OWN_TEXTS, document
from cocreate_teach.style import STATUSES

PARTS: Final[dict[str, str]] = {
    "A": "Part A, before the decision",
    "B": "Part B, after the decision",
    "all": "Part A and Part B",
    "short": "Short version of both parts",
}
NOTE: Final = "Teaching note, for the lecturer only"
SHEET: Final = "handout.css"
DOTS: Final = 200  # an inch of a printed picture


def case_handout(case: Case, part: str = "A") -> str:
    """Return a case as a page to print: what is invented, the text, its exhibits and its sources.

    Parameters
    ----------
    case : Case
        A case or a vignette; a vignette has one part, which is printed whole.
    part : str
        One of `PARTS`.

    Raises
    ------
    CaseError
        If there is no such part, or if the case is tables without a story.
    """
    if part not in PARTS:
        raise CaseError(f"there is no part {part!r} to print; the parts are {', '.join(map(repr, PARTS))}: choose one")
    kind = PARTS[part] if case.has_parts else "Vignette"
    chosen = (part,) if part != "all" else ("A", "B") if case.has_parts else ("A",)
    texts = [str(case.reading(one)) for one in chosen]
    if part == "short":  # what is invented stands in its box already
        texts = [text.partition("\n\n")[2] if text.startswith("*") else text for text in texts]
    exhibits = [() if one == "short" else case.exhibits_of(one) for one in chosen]
    body = [_head(case, kind), _invented(case, [number for some in exhibits for number in some])]
    told = [(n, t) for n, t in facts(case) if n != "Question"]
    body.append(f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(text)}</dd>' for name, text in told)}</dl>")
    for text, numbers in zip(texts, exhibits, strict=True):
        body.append(f'<section class="part">{to_html(_raised(text))}{_exhibits(case, numbers)}</section>')
    body.append(f'<section class="sources">{to_html(_raised(str(case.reading("sources"))))}</section>')
    return _page(case, kind, body)


def note_handout(case: Case) -> str:
    """Return the teaching note as a page to print, with the stakeholders and the exhibits for the discussion.

    Raises
    ------
    CaseError
        If there is no teaching note.
    """
    text = case.teaching_note.partition("\n")[2].strip()
    body = [_head(case, NOTE), f'<section class="part">{to_html(text)}'.replace("<h1", "<h2")]
    body.append(f"<h2>Stakeholders</h2>{stakeholder_table(case)}")
    body.append(f"{_exhibits(case, case.exhibits_of(EPILOGUE)) if case.has_parts else ''}</section>")
    return _page(case, NOTE, body)


def _head(case: Case, kind: str) -> str:
    return (
        f'<header><p class="kind">{escape(kind)}</p><h1>{escape(case.title)}</h1>'
        f'<p class="question">{escape(case.question)}</p></header>'
    )


def _invented(case: Case, numbers: Sequence[int]) -> str:
    """Say at the top what is invented, and what the marks of the exhibits mean."""
    used = {case.exhibit(number).status for number in numbers}
    marks = "".join(f"<li>{status_mark(s)} {escape(told)}</li>" for s, told in STATUSES.items() if s in used)
    legend = f'<ul class="marks">{marks}</ul>' if marks else ""
    return f'<aside class="invented" aria-label="What is invented"><p>{escape(case.invented)}</p>{legend}</aside>'


def _exhibits(case: Case, numbers: Sequence[int]) -> str:
    shown = [case.exhibit(number) for number in numbers]
    if not shown:
        return ""
    pages = [scrolling("exhibit", x.to_html(heading="h3", dpi=DOTS), f"Exhibit {x.number}") for x in shown]
    return f"<h2>Exhibits</h2>{''.join(pages)}"


def _raised(markdown: str) -> str:
    """Take a part that fits under a heading of a lesson one level up."""
    return re.sub(r"^#(?=#)", "", markdown, flags=re.M)


def to_html(markdown: str) -> str:
    """Return Markdown as HTML; tags in it are shown as text, never obeyed."""
    try:
        import mistune
    except ImportError:
        raise CocreateError(
            "mistune is missing, so no handout can be written; pip install 'cocreate-teach[lab]'"
        ) from None
    html = mistune.create_markdown(escape=True, plugins=["table"])(markdown)
    with_scope = re.sub(r"<th\b", '<th scope="col"', str(html))
    return re.sub(r"<table>.*?</table>", lambda found: scrolling("wide", found[0], "Table"), with_scope, flags=re.S)


def scrolling(kind: str, html: str, label: str) -> str:
    """Let what is wider than a phone scroll in its own box, by keyboard, too."""
    return f'<div class="{kind}" role="group" tabindex="0" aria-label="{label}">{html}</div>'


def _page(case: Case, kind: str, body: Sequence[str]) -> str:
    foot = re.sub(r'[\\"<\n]', " ", f"{case.title} - {kind}")
    running = f'<style>@page{{@bottom-left{{content:"{foot}"}}}}</style>'
    title = f"{escape(case.title)} - {escape(kind)}"
    return document(title, f"<main>{''.join(body)}</main>", sheet=SHEET, head=running, allowed=OWN_TEXTS)
