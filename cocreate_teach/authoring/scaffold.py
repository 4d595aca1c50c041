"""Start a private course: a folder with exercises of one's own, their keys, and a roster. It never leaves its owner."""

import contextlib
import re
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import nbformat

from cocreate_teach.authoring.building import MASTER, STUDENT, build
from cocreate_teach.authoring.cells import BEGIN, END, MEMO, make_cell, question_cells
from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises.roster import read_roster
from cocreate_teach.notebooks import normal_form, read_lesson, to_text
from cocreate_teach.writing import write_whole

EXERCISE: Final = "01_own"
COPIED: Final = """
**Before you use a copied exercise for marks, change it.** The exercises that come with the package are public, and so
are their answers. The name of the course gives every student other numbers, but the way to the answer is the same.
Change the wording, replace at least two questions, and rewrite the memo. Then say on the first page what counts and
until when.
"""
PRACTICE: Final = re.compile(r"\*\*This is practice\.\*\* [^\n]*")
COUNTS: Final = "**This exercise counts.** Your lecturer says how much, and until when."
ROSTER: Final = "student,name\ns001,An Example\n"
IGNORED: Final = "# marks and submissions are personal data\nresults/\nsubmissions/\nrelease/\n"
RUBRIC: Final = """\
# Criteria of the free text: 0 to 2 marks each; a mark is a description met, not an impression.
title = "Your opinion"
question = "memo"
marks = 4

[[criteria]]
id = "argument"
name = "Argument"
[criteria.levels]
0 = "No clear position, or no reason."
1 = "A clear position with one reason."
2 = "The reason also holds against the best other position."

[[criteria]]
id = "evidence"
name = "Evidence"
[criteria.levels]
0 = "Cites nothing."
1 = "Cites a table or an exhibit with its status."
2 = "Cites it, says what it cannot show, and what would change the writer's mind."
"""


def new_course(
    folder: Path, *, copies: Sequence[Path] = (), handbook: str = "", roster: Path | None = None
) -> tuple[Path, ...]:
    """Make a folder for a private course: exercises that verify, a roster, a secret name, and what to do with them.

    Parameters
    ----------
    folder : Path
        Must not exist, or be empty. Where the system can, only its owner may read it.
    copies : sequence of Path
        Folders of exercises to begin with, with their keys; without any there is one small exercise to change.
    handbook : str
        Written as ``handbook.md``.
    roster : Path, optional
        Copied as ``roster.csv`` after it was read; without one there is an example.

    Returns
    -------
    tuple of Path
        The files that were written.

    Raises
    ------
    ExerciseError
        If there is something in the folder already, or it cannot be written; if an exercise to copy has no key, or
        the roster cannot be read.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExerciseError(f"{folder} is not an empty folder; name a new one, so that nothing of yours is lost")
    if without := [one.name for one in copies if not (one / "key.py").is_file()]:
        told = "is not here with its key: keys are not in the installed package; run this in a clone of the repository"
        raise ExerciseError([f"exercise {name} {told}" for name in without])
    if roster is not None:
        read_roster(roster)
    own = folder / "exercises" / EXERCISE
    course = f"{re.sub(r'[^a-z0-9]+', '-', folder.name.lower()).strip('-') or 'course'}-{secrets.token_hex(4)}"
    first = copies[0].name if copies else EXERCISE
    about = " `handbook.md` is for your students: correct it." if handbook else ""
    texts = {
        folder / "README.md": _template("readme.md").format(
            course=course, first=first, handbook=about, copied=COPIED if copies else ""
        ),
        folder / "roster.csv": ROSTER if roster is None else roster.read_text(encoding="utf-8-sig"),
        folder / ".gitignore": IGNORED,
    }
    if handbook:
        texts[folder / "handbook.md"] = handbook
    if not copies:
        texts[own / "key.py"] = _template("key.py")
        texts[own / "rubric.toml"] = RUBRIC
        texts[own / MASTER] = to_text(normal_form(_master()))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(NotImplementedError):
            folder.chmod(0o700)
        for path, text in texts.items():
            write_whole(path, text)
        for one in copies:
            _copy(one, folder / "exercises" / one.name)
    except OSError as error:
        raise ExerciseError(f"cannot write {folder} ({error.strerror}); name another folder") from None
    if not copies:
        build(own)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts))


def _template(name: str) -> str:
    return Path(__file__).with_name(f"template_{name}").read_text(encoding="utf-8")


def _copy(exercise: Path, to: Path) -> None:
    """Copy an exercise; its pages no longer say that it is practice."""
    for name in (MASTER, STUDENT, "key.py", "rubric.toml"):
        to.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(exercise / name, to / name)
    for name in (MASTER, STUDENT):
        notebook = read_lesson(to / name)
        for cell in notebook.cells:
            cell.source = PRACTICE.sub(COUNTS, cell.source)
        write_whole(to / name, to_text(normal_form(notebook)))


def _master() -> Any:
    setup = (
        "from cocreate_teach import exercise\nfrom cocreate_teach.exercises import choice, items, number, whole\n\n"
        f'ex = exercise("{EXERCISE}")\nex'
    )
    first = question_cells(
        "q1",
        points=2,
        text="## Question 1 (2 marks)\n\nHow much does the employee get back? Each of two people receives half of what "
        "they create together.",
        hints=(
            "Which rows are lines between two people?",
            "She receives one half of each.",
            "Add all three, divide by 2.",
        ),
        solution="0.66",
        check="number(-10, 10)",
    )
    second = question_cells(
        "q2",
        points=2,
        text="## Question 2 (2 marks)\n\nDoes she go on taking part?\n\n"
        "- **a**: yes\n- **b**: no\n- **c**: one cannot say",
        hints=("What does she get back?", "What does she put in?", "Compare the two."),
        solution='"b"',
        check='choice("a", "b", "c")',
    )
    cells = [
        make_cell("prose", "# An exercise of your own\n\nReplace the dots with your answers.", id="title"),
        make_cell("setup", setup),
        make_cell("show", "ex.exhibit(1)", id="table_1"),
        *first,
        *second,
        make_cell(
            "prose", "## Your opinion (4 marks)\n\nShould the firm pay her more? 100 to 150 words.", id="opinion"
        ),
        make_cell("memo", f"{BEGIN}\nA text that would get full marks.\n{END}", question=MEMO, points=4),
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata={"cocreate": {"title": "An exercise of your own"}})
