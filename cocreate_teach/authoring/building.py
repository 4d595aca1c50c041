"""From the master to what students open: the same notebook without solutions, both executed and in normal form."""

import ast
import warnings
from pathlib import Path
from typing import Any, Final

import nbformat

from cocreate_teach.authoring.cells import BEGIN, END, role_of
from cocreate_teach.errors import ExerciseError, NotebookError
from cocreate_teach.exercises import expectations
from cocreate_teach.exercises.expectations import Expectation
from cocreate_teach.exercises.keys import Given, Key, load_key
from cocreate_teach.exercises.setup_cell import with_variant
from cocreate_teach.notebooks import execute, normal_form, read_lesson, to_text
from cocreate_teach.writing import write_whole

MASTER: Final = "solution.ipynb"
STUDENT: Final = "exercise.ipynb"
EMPTY_MEMO: Final = "*Replace this line with your text.*"
_CONSTRUCTORS: Final = {constructor.__name__: constructor for constructor in expectations.CONSTRUCTORS}


def read_master(folder: Path) -> Any:
    """Read the master of an exercise's folder.

    Raises
    ------
    ExerciseError
        If it is missing or not a notebook.
    """
    return read_notebook(folder / MASTER)


def read_notebook(path: Path) -> Any:
    """Read one of the two notebooks; ids that are there twice are told by `structure.id_faults`, not by a warning.

    Raises
    ------
    ExerciseError
        If it is missing or not a notebook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read_lesson(path)
    except NotebookError as error:
        raise ExerciseError(error.faults) from None


def read_check(source: str) -> tuple[str, Expectation]:
    """Read a check cell: the question's id and the visible expectation. Nothing is evaluated.

    Raises
    ------
    ExerciseError
        If it is not one line such as ``ex.check("q1", q1, number(0, 10))``.

    Examples
    --------
    >>> read_check('ex.check("q1", q1, number(0, 10))')
    ('q1', Number(low=0, high=10))
    """
    fault = f'the check must be one line such as ex.check("q1", q1, number(0, 10)); got {source[:80]!r}'
    try:
        tree = ast.parse(source.strip(), mode="eval").body
        if not isinstance(tree, ast.Call) or ast.unparse(tree.func) != "ex.check" or tree.keywords:
            raise ExerciseError(fault)
        id, variable, expected = tree.args
        if not isinstance(expected, ast.Call) or not isinstance(expected.func, ast.Name):
            raise ExerciseError(fault)
        arguments = [ast.literal_eval(argument) for argument in expected.args]
        settings = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in expected.keywords}
        name = str(ast.literal_eval(id))
        if ast.unparse(variable) != name:
            raise ExerciseError(f"{fault}; id and variable must be the same name")
        made: Expectation = _CONSTRUCTORS[expected.func.id](*arguments, **settings)
    except (SyntaxError, ValueError, TypeError, KeyError):
        raise ExerciseError(fault) from None
    return name, made


def without_solution(source: str) -> tuple[str, int]:
    """Return a source without what stands between the solution marks, and how many solutions were taken out.

    Raises
    ------
    ExerciseError
        If a mark has no partner.
    """
    kept: list[str] = []
    is_solution, count = False, 0
    for line in source.splitlines():
        mark = line.strip()
        if mark in (BEGIN, END):
            if is_solution == (mark == BEGIN):
                raise ExerciseError(f"{mark} has no partner; each solution stands between {BEGIN} and {END}")
            is_solution = mark == BEGIN
            count += is_solution
        elif not is_solution:
            kept.append(line)
    if is_solution:
        raise ExerciseError(f"{BEGIN} has no partner; each solution stands between {BEGIN} and {END}")
    return "\n".join(kept).strip("\n"), count


def student_version(master: Any) -> Any:
    """Return a copy of the master without solutions and outputs: dots to replace, and room for the memo.

    Raises
    ------
    ExerciseError
        If a solution mark has no partner, or a cell that holds a solution is no answer: all faults at once.
    """
    prompts = {}
    for cell in master.cells:
        role, question = role_of(cell)
        if role == "check":
            prompts[question] = read_check(cell.source)[1].prompt
    made = nbformat.from_dict(master)
    faults: list[str] = []
    for cell in made.cells:
        role, question = role_of(cell)
        try:
            cell.source, count = without_solution(cell.source)
        except ExerciseError as error:
            faults.extend(f"cell {cell.id}: {fault}" for fault in error.faults)
            continue
        if count and role not in ("answer", "memo"):
            faults.append(f"cell {cell.id}: holds a solution but is no answer and no memo; give it that role")
        if role == "answer":
            dots = f"{question} = ...  # replace the dots: {prompts.get(question, 'your answer')}"
            cell.source = "\n".join(part for part in (cell.source, dots) if part)
        elif role == "memo":
            cell.source = cell.source or EMPTY_MEMO
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if faults:
        raise ExerciseError(faults)
    return made


def for_student(notebook: Any, key: Key, *, course: str, student: str, given: Given) -> Any:
    """Return a copy whose set-up cell carries this course, student and variant.

    Raises
    ------
    ExerciseError
        If there is not exactly one set-up cell, or it has no line ``ex = exercise(...)``.
    """
    made = nbformat.from_dict(notebook)
    found = [cell for cell in made.cells if role_of(cell)[0] == "setup"]
    if len(found) != 1:
        raise ExerciseError(f"an exercise must have one set-up cell; this one has {len(found)}")
    found[0].source = with_variant(found[0].source, name=key.name, course=course, student=student, given=given)
    return made


def build(folder: Path, *, check: bool = False) -> tuple[Path, ...]:
    """Execute the master, make the student's notebook from it, and write both in normal form.

    Parameters
    ----------
    folder : Path
        Of the exercise, with ``solution.ipynb`` and ``key.py``.
    check : bool
        Write nothing, only tell.

    Returns
    -------
    tuple of Path
        The files that changed, or would change. Building twice changes nothing.

    Raises
    ------
    ExerciseError
        If the folder's files are broken.
    NotebookError
        If a notebook does not run.
    """
    folder = folder.resolve()
    key = load_key(folder)
    master = for_student(normal_form(read_master(folder)), key, course="practice", student="", given=key.given())
    changed = []
    for name, notebook in ((MASTER, master), (STUDENT, student_version(master))):
        after = to_text(normal_form(run_in_kernel(notebook, folder)))
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != after:
            changed.append(path)
            if not check:
                write_whole(path, after)
    return tuple(changed)


def run_in_kernel(notebook: Any, folder: Path) -> Any:
    """Run a notebook in a fresh kernel; once more if the kernel does not come up, as when two grab the same port.

    Raises
    ------
    NotebookError
        If a cell does not run, or no kernel comes up.
    """
    for _ in range(2):
        try:
            return execute(notebook, folder=folder)
        except RuntimeError as error:
            reason = str(error) or type(error).__name__
    raise NotebookError(f"no kernel comes up ({reason}); run it again on a machine with less to do")
