"""The module as its own metadata tell it: sessions, minutes, objectives, and where each concept is taught."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cocreate_teach import launch
from cocreate_teach.errors import CocreateError

TAUGHT: Final = "0[1-8]_*.ipynb"
COURSE_TEXTS: Final = {"A": ("The Support of Value Co-creation", 40), "B": ("Co-creating values with customers", 16)}
IN_CLASS: Final = ("hook", "input", "explorer", "case", "debrief")


@dataclass(frozen=True, slots=True)
class Session:
    """One session of 90 minutes, as its lesson and its exercise say.

    Parameters
    ----------
    number : int
        1 to 8.
    name : str
        Of the lesson's file and of the exercise's folder.
    minutes, home_minutes, exercise_minutes : mapping, int, int
        In class by section; at home before class; at home for the exercise.
    exercise_concepts : tuple of str
        Empty where the exercise is not there.
    """

    number: int
    name: str
    title: str
    question: str
    objectives: tuple[str, ...]
    concepts: tuple[str, ...]
    minutes: Mapping[str, int]
    home_minutes: int
    exercise_minutes: int
    exercise_concepts: tuple[str, ...]


def sessions(numbers: Sequence[int] | None = None) -> tuple[Session, ...]:
    """Return the sessions, all or those with these numbers, in the order given.

    Raises
    ------
    CocreateError
        If there is no session of a number.
    """
    every = {session.number: session for session in map(_read, sorted(launch.lessons_folder().glob(TAUGHT)))}
    wanted = list(every) if numbers is None else list(numbers)
    if unknown := [number for number in wanted if number not in every]:
        known = ", ".join(map(str, every))
        raise CocreateError(
            [f"there is no session {number}; the sessions are {known}: choose among them" for number in unknown]
        )
    return tuple(every[number] for number in wanted)


def _read(path: Path) -> Session:
    ours, text = _notebook(path)
    exercise = path.parents[1] / "exercises" / path.stem / "exercise.ipynb"
    theirs = _notebook(exercise)[0] if exercise.is_file() else {}
    listed = re.search(r"After this lesson you can\n+((?:\d+\. .+\n)+)", text)
    question = re.search(r"\*\*Question\.\*\* (.+)", text)
    return Session(
        number=int(path.name[:2]),
        name=path.stem,
        title=ours["title"],
        question=question[1] if question else "",
        objectives=tuple(re.findall(r"^\d+\. (.+?)[;.]?$", listed[1], flags=re.M)) if listed else (),
        concepts=tuple(ours["concepts"]),
        minutes={part: int(ours["minutes"][part]) for part in IN_CLASS},
        home_minutes=int(ours["home_minutes"]),
        exercise_minutes=int(theirs.get("home_minutes", 0)),
        exercise_concepts=tuple(theirs.get("concepts", ())),
    )


def _notebook(path: Path) -> tuple[dict[str, Any], str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    texts = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return notebook["metadata"]["cocreate"], "\n\n".join(texts)
