"""Start a private course: a folder with an exercise of one's own, its key, and a roster. It never leaves its owner."""

import contextlib
from pathlib import Path
from typing import Any, Final

import nbformat

from cocreate_teach.authoring.building import MASTER, build
from cocreate_teach.authoring.cells import BEGIN, END, MEMO, make_cell, question_cells
from cocreate_teach.errors import ExerciseError
from cocreate_teach.notebooks import normal_form, to_text

EXERCISE: Final = "01_own"
README: Final = """\
# A private course

This folder holds keys. Keep it to yourself: no public repository, no folder that students can read.

- `exercises/01_own/` is an exercise to change: `solution.ipynb` (the master), `key.py` (numbers, answers, messages),
  `rubric.toml` (for the free text). `exercise.ipynb` is made from the master; do not edit it.
- `roster.csv` has one student per line. Replace the example.

1. Change the key and the master. Keep each question's id the same in both.
2. `cocreate verify exercises/01_own` builds nothing and tells everything that is wrong, all at once.
3. `cocreate release exercises/01_own --to release --roster roster.csv --course NAME` writes one notebook per student.
4. Collect the notebooks, one folder per student, and grade them with the same course name and roster.
"""
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


def new_course(folder: Path) -> tuple[Path, ...]:
    """Make a folder for a private course with one exercise that verifies.

    Parameters
    ----------
    folder : Path
        Must not exist, or be empty. Where the system can, only its owner may read it.

    Returns
    -------
    tuple of Path
        The files that were written.

    Raises
    ------
    ExerciseError
        If there is something in the folder already, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExerciseError(f"{folder} is not an empty folder; name a new one, so that nothing of yours is lost")
    exercise = folder / "exercises" / EXERCISE
    texts = {
        folder / "README.md": README,
        folder / "roster.csv": ROSTER,
        folder / ".gitignore": IGNORED,
        exercise / "key.py": Path(__file__).with_name("template_key.py").read_text(encoding="utf-8"),
        exercise / "rubric.toml": RUBRIC,
        exercise / MASTER: to_text(normal_form(_master())),
    }
    try:
        exercise.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(NotImplementedError):
            folder.chmod(0o700)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ExerciseError(f"cannot write {folder} ({error.strerror}); name another folder") from None
    build(exercise)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts))


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
