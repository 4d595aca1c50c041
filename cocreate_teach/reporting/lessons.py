"""Where a lesson explains a concept: the section to reread."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cocreate_teach import launch

_IN_BRACKETS: Final = re.compile(r"\s*\((?:\d+ minutes|at home[^)]*|[A-Z]\d+(?:, [A-Z]\d+)*)\)\s*$")
_NUMBER: Final = re.compile(r"^\d+\.\s+")


@dataclass(frozen=True, slots=True)
class Lesson:
    """Title and sections of a lesson, in order: each heading with the text below it."""

    title: str
    sections: tuple[tuple[str, str], ...] = ()

    def section_of(self, concept: str) -> str:
        """Return the heading of the section that explains a concept, such as A12; empty if there is none.

        The section whose heading names the concept, or else the first whose text does.
        """
        if not concept:
            return ""
        names_it = re.compile(rf"(?<!\w){re.escape(concept)}(?!\w)")
        for heading, _ in self.sections:
            if names_it.search(heading):
                return _plain(heading)
        return next((_plain(heading) for heading, text in self.sections if names_it.search(text)), "")


def find_lesson(exercise: str, folder: Path | None = None) -> Lesson:
    """Return the lesson that has the same name as an exercise; one without title and sections if there is none.

    A private course may have exercises without a lesson of ours: then a page names the concept only.
    """
    folder = launch.lessons_folder() if folder is None else folder
    path = folder / f"{exercise}.ipynb"
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        title = str(notebook["metadata"]["cocreate"]["title"])
        return Lesson(title, tuple(_sections(notebook["cells"])))
    except (OSError, ValueError, KeyError, TypeError):
        return Lesson("")


def _sections(cells: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for cell in cells:
        if cell["cell_type"] != "markdown":
            continue
        for line in "".join(cell["source"]).splitlines():
            if re.match(r"#{2,4} ", line):
                found.append((line.lstrip("# ").strip(), ""))
            elif found:
                found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
    return found


def _plain(heading: str) -> str:
    """Return a heading without its number, concepts and minutes."""
    return _NUMBER.sub("", _IN_BRACKETS.sub("", heading))
