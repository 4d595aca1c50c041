"""What the grading tests share: a small exercise, a class to grade, and a look at what is still running."""

import json
import os
import tempfile
import time
from pathlib import Path

import pytest

from cocreate_teach import grading
from tests.grading import sums_exercise

QUICK = grading.Limits(cell_seconds=2.5, budget_seconds=40, call_seconds=1, answer_seconds=5)


@pytest.fixture(scope="session")
def exercise(tmp_path_factory):
    """Return the folder of the small exercise."""
    return sums_exercise.write_exercise(tmp_path_factory.mktemp("exercises"))


@pytest.fixture
def own_temporary_folder(tmp_path, monkeypatch):
    """Make this test's processes recognisable: their command lines name this folder."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def graded(exercise, tmp_path, own_temporary_folder):
    """Return a function that grades notebooks, given as cells or bytes by student, and returns their results."""

    def run(notebooks, **options):
        folder, results = tmp_path / "submissions", tmp_path / "results"
        for student, cells in notebooks.items():
            data = cells if isinstance(cells, bytes) else sums_exercise.notebook(cells)
            path = folder / student / f"{sums_exercise.NAME}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        options = {"workers": 1, "limits": QUICK} | options
        run.summary = grading.grade(folder, exercise, results, **options)
        found = {}
        for student in notebooks:
            path = results / student / f"{sums_exercise.NAME}.json"
            found[student] = json.loads(path.read_text()) if path.exists() else None
        return found

    run.folder, run.results = tmp_path / "submissions", tmp_path / "results"
    return run


@pytest.fixture
def still_running(own_temporary_folder):
    """Return a function that lists what this test's batches have left running."""

    def look():
        deadline = time.monotonic() + 5
        while (left := processes_that_name(str(own_temporary_folder))) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left

    return look


def processes_that_name(text):
    """Return command lines of running processes that hold a text."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if text in line and int(place.name) != os.getpid():
            found.append(line)
    return found


def by_question(result):
    """Return status and marks by question."""
    return {entry["id"]: (entry["status"], entry["marks"]) for entry in result["questions"]}
