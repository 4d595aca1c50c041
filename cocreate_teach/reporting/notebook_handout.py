"""A lesson or an exercise on paper: the saved notebook as one page to print, for a class without machines.

What is folded on a screen stands at the end: answers of the self-check, hints. Code is left out; an answer is a line.
"""

import re
from html import escape
from typing import Any, Final

from cocreate_teach import launch
from cocreate_teach.errors import CocreateError
from cocreate_teach.notebooks import read_lesson
from cocreate_teach.reporting.document import OWN_TEXTS, document
from cocreate_teach.reporting.handout import SHEET, scrolling, to_html
from cocreate_teach.reporting.module import Session

STOP: Final = "**Stop here.**"
MEMO_LINES: Final = 28
_FOLDED: Final = re.compile(r"<details><summary[^>]*>(?P<name>[^<]+)</summary>\s*(?P<text>.*?)\s*</details>", re.S)
_NO_WAY: Final = re.compile(r'<a href="(?!https?://|#)[^"]*">(.*?)</a>', re.S)  # paper leads to no other file
_KEYS: Final = re.compile(r"\*\*How to answer\*\*\n+(?:\d+\. .*\n)+")  # keys to press
_LINE: Final = '<p class="write">{} <span></span></p>'


def lesson_handout(session: Session) -> str:
    """Return the lesson of a session as HTML; what comes after *Stop here* begins on a new page, to hand out later."""
    body: list[str] = []
    answers: list[str] = []
    for cell in read_lesson(launch.lessons_folder() / f"{session.name}.ipynb").cells:
        if cell.cell_type == "code":
            body += [_shown(output) for output in cell.outputs]
            continue
        answers += [found["text"] for found in _FOLDED.finditer(cell.source)]
        before, stop, after = _FOLDED.sub("", cell.source).partition(STOP)
        told, _, later = after.partition("\n\n")
        body += [to_html(before + stop + told), '<hr class="later">', to_html(later)] if stop else [to_html(before)]
    body.append(_last("Answers to the self-check", [f"**{n}.** {text}" for n, text in enumerate(answers, start=1)]))
    return _page(f"Session {session.number}. {session.title}", body)


def exercise_handout(session: Session) -> str:
    """Return the exercise of a session as HTML, with the numbers of the base variant.

    Raises
    ------
    CocreateError
        If the exercise is not there.
    """
    path = launch.lessons_folder().parent / "exercises" / session.name / "exercise.ipynb"
    if not path.is_file():
        raise CocreateError(f"session {session.number} has no exercise at {path}; take the lesson")
    body: list[str] = []
    hints: list[str] = []
    for cell in read_lesson(path).cells:
        role = cell.metadata.get("cocreate", {}).get("role", "")
        name = cell.metadata.get("cocreate", {}).get("question", "")
        if role in ("setup", "check"):
            continue
        if role == "answer":
            body.append(_LINE.format(f"Your answer ({escape(name)}):"))
        elif role == "memo":
            body.append(_LINE.format("") * MEMO_LINES)
            break  # what follows is about the screen
        elif cell.cell_type == "code":
            body += [_shown(output) for output in cell.outputs]
        else:
            found = [f"*{fold['name']}.* {fold['text']}" for fold in _FOLDED.finditer(cell.source)]
            if found:
                heading = re.search(r"^#+ ([^(\n]+)", cell.source, flags=re.M)
                hints.append("\n\n".join([f"### {heading[1].strip() if heading else name}", *found]))
            body.append(to_html(_KEYS.sub("", _FOLDED.sub("", cell.source))))
    body.append(_last("Hints", hints))
    return _page(f"Exercise {session.number}. {session.title}", body)


def _last(title: str, texts: list[str]) -> str:
    """Return what stands on a page of its own at the end."""
    return '<section class="later">' + to_html("\n\n".join([f"## {title}", *texts])) + "</section>"


def _shown(output: Any) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        return scrolling("exhibit", "".join(data["text/html"]), "Exhibit")
    return to_html("".join(data["text/markdown"])) if "text/markdown" in data else ""


def _page(title: str, body: list[str]) -> str:
    foot = re.sub(r'[\\"<\n]', " ", title)
    running = f'<style>@page{{@bottom-left{{content:"{foot}"}}}}</style>'
    text = _NO_WAY.sub(r"\1", "".join(body))
    return document(escape(title), f"<main>{text}</main>", sheet=SHEET, head=running, allowed=OWN_TEXTS)
