"""Lessons: run them in a fresh kernel and write them in one normal form.

The normal form keeps what a reader sees (text, code, outputs, counts) and drops what changes from run to run: widget
state, model ids, time stamps, the kernel's version. A lesson written twice is the same file, byte for byte.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat

from cocreate_teach.errors import NotebookError
from cocreate_teach.writing import write_whole

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
TAGS = ("nbval-ignore-output", "raises-exception")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_KEPT_METADATA = ("cocreate", "nbgrader", "tags")


def lesson_paths(folder: Path) -> tuple[Path, ...]:
    """Return the lessons of a folder in the order in which they are taught.

    Raises
    ------
    NotebookError
        If the folder holds no notebook.
    """
    found = tuple(sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith(".")))
    if not found:
        raise NotebookError(f"{folder} holds no notebook; name a folder with lessons, such as notebooks")
    return found


def read_lesson(path: Path) -> Any:
    """Read a notebook.

    Raises
    ------
    NotebookError
        If the file is missing or is not a notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookError(f"{path} does not exist; name a notebook or a folder of notebooks") from None
    except (ValueError, KeyError, AttributeError, nbformat.validator.ValidationError) as error:
        raise NotebookError(f"{path} is not a notebook ({error}); restore it, for instance with git checkout") from None


def normal_form(notebook: Any) -> Any:
    """Return a copy of a notebook in the normal form.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Not modified.

    Returns
    -------
    nbformat.NotebookNode
        Kernel, tags, folded sources and our own metadata only; no widget state, no model ids; outputs of cells
        tagged ``nbval-ignore-output`` emptied. Applying it twice changes nothing.
    """
    metadata = {"kernelspec": KERNEL}
    if "cocreate" in notebook.metadata:
        metadata["cocreate"] = notebook.metadata["cocreate"]
    cells = [_normal_cell(cell) for cell in notebook.cells]
    return nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _normal_cell(cell: Any) -> dict[str, Any]:
    metadata = {key: cell.metadata[key] for key in _KEPT_METADATA if cell.metadata.get(key)}
    if cell.metadata.get("jupyter", {}).get("source_hidden"):
        metadata["jupyter"] = {"source_hidden": True}
    kept: dict[str, Any] = {"cell_type": cell.cell_type, "id": cell.id, "metadata": metadata, "source": cell.source}
    if cell.cell_type == "code":
        ignored = "nbval-ignore-output" in metadata.get("tags", ())
        kept["execution_count"] = cell.execution_count
        kept["outputs"] = [] if ignored else [_normal_output(output) for output in _merged(cell.outputs)]
    return kept


def _merged(outputs: Iterable[Any]) -> list[dict[str, Any]]:
    """Join pieces of one stream, which arrive cut at random places."""
    merged: list[dict[str, Any]] = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            merged.append(dict(output))
    return merged


def _normal_output(output: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in output.items() if key != "transient"}
    if "data" in kept:
        kept["data"] = {kind: value for kind, value in kept["data"].items() if kind != WIDGET_VIEW}
        kept["metadata"] = {}
    return kept


def to_text(notebook: Any) -> str:
    """Return the one spelling of a notebook file: sorted keys, one space of indent, a newline at the end."""
    split = nbformat.v4.rwbase.split_lines(nbformat.from_dict(notebook))
    return json.dumps(split, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def execute(notebook: Any, *, folder: Path, timeout: int = 300) -> Any:
    """Run a notebook from top to bottom in a fresh kernel.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Not modified.
    folder : Path
        Where the kernel runs.
    timeout : int
        Seconds allowed for one cell.

    Returns
    -------
    nbformat.NotebookNode
        With outputs and counts from 1.

    Raises
    ------
    NotebookError
        If a cell raises or takes too long; says which one.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    run = nbformat.from_dict(notebook)
    client = NotebookClient(
        run,
        timeout=timeout,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": folder}},
        extra_arguments=["--log-level=ERROR"],
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        done = [n for n, cell in enumerate(run.cells) if cell.cell_type == "code" and cell.get("execution_count")]
        place = f"cell {done[-1] + 1}" if done else "the first code cell"
        raise NotebookError(f"{place} does not run: {_reason(error)}") from None
    return run


def _reason(error: Exception) -> str:
    """Say in one line what a cell raised."""
    raised = getattr(error, "ename", None)
    if raised:
        return f"{raised}: {getattr(error, 'evalue', '')}".splitlines()[0]
    return str(error).splitlines()[0]


def write_lessons(
    paths: Iterable[Path], *, check: bool = False, report: Callable[[str], None] = lambda line: None
) -> tuple[Path, ...]:
    """Execute lessons and write them in normal form; return those whose file changed (or would change).

    Parameters
    ----------
    paths : iterable of Path
        Lessons.
    check : bool
        Write nothing, only tell.
    report : callable
        Receives one line per lesson, as it is done.

    Raises
    ------
    NotebookError
        With one sentence for each lesson that does not run; the others are written all the same.
    """
    changed: list[Path] = []
    faults: list[str] = []
    for path in paths:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        try:
            after = to_text(normal_form(execute(normal_form(read_lesson(path)), folder=path.parent)))
        except NotebookError as error:
            faults.extend(f"{path.name}: {fault}" for fault in error.faults)
            report(f"{path.name}: does not run")
            continue
        is_same = after == before
        if not is_same:
            changed.append(path)
            if not check:
                write_whole(path, after)
        report(f"{path.name}: {'unchanged' if is_same else 'would change' if check else 'written'}")
    if faults:
        raise NotebookError(faults)
    return tuple(changed)
