"""Submissions per second, here and with ``nbgrader autograde`` on the same notebooks: prints Markdown tables.

Run it with ``python -m tests.benchmarks.bench_grading`` on a quiet machine. nbgrader gets an environment of its
own (its pins differ), or is named with ``--nbgrader PYTHON``. The submissions are of session 2's exercise: right, half
right and untouched in turn, run once so that they hold real outputs, none of them looping. Goals: 50 times nbgrader's
rate with one worker, 100 times with two, and 15 submissions per second and core.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

from cocreate_teach import grading
from cocreate_teach.grading import sandbox
from cocreate_teach.grading.intake import read_cells
from cocreate_teach.grading.limits import Limits
from cocreate_teach.grading.marks import read_result, write_result
from cocreate_teach.grading.plan import Step
from cocreate_teach.grading.pool import preloaded
from cocreate_teach.grading.running import run_plan
from cocreate_teach.grading.worker import SandboxedWorker

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "exercises" / "02_inside_first"
NAME = EXERCISE.name
NBGRADER = "nbgrader==0.9.6"


def say(line: str = "") -> None:
    """Print one line now."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def make_submissions(folder: Path, count: int) -> None:
    """Write right, half right and untouched notebooks in turn, each run once in a kernel."""
    import nbformat
    from nbclient import NotebookClient

    kinds = []
    for answered in (9, 5, 0):
        page = nbformat.read(EXERCISE / "solution.ipynb", as_version=4)
        stub = nbformat.read(EXERCISE / "exercise.ipynb", as_version=4)
        blank = {cell.metadata.nbgrader.grade_id: cell for cell in stub.cells if "nbgrader" in cell.metadata}
        for cell in page.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            question = cell.metadata.get("cocreate", {}).get("question", "")
            if name in blank and (not question.startswith("q") or int(question[1:]) > answered):
                cell.source = blank[name].source
        NotebookClient(page, timeout=120, kernel_name="python3").execute(cwd=tempfile.gettempdir())
        kinds.append(nbformat.writes(page))
    for number in range(count):
        place = folder / f"s{number:03}" / f"{NAME}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(kinds[number % len(kinds)], encoding="utf-8")


def nbgrader_python(given: str | None) -> str:
    """Return a Python that has nbgrader; make an environment if none is named."""
    if given:
        return given
    place = Path(tempfile.gettempdir()) / "cocreate-bench-nbgrader"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
        packages = [NBGRADER, "ipykernel", "numpy", "pandas"]
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    return str(python)


def spent() -> float:
    """Return processor seconds of this process and of everything it has waited for."""
    return sum(os.times()[:4])


def run_nbgrader(python: str, submissions: Path, course: Path) -> tuple[float, float, dict[str, dict[str, float]]]:
    """Run ``nbgrader autograde`` on all submissions; return seconds, processor seconds, marks by student."""
    source = course / "source" / NAME
    source.mkdir(parents=True)
    shutil.copy(EXERCISE / "solution.ipynb", source / f"{NAME}.ipynb")
    for path in submissions.glob("*/*.ipynb"):
        place = course / "submitted" / path.parent.name / NAME
        place.mkdir(parents=True)
        shutil.copy(path, place)
    path = f"{Path(python).parent}:{os.environ['PATH']}"  # nbgrader starts alembic by its name
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COCREATE_KEYS": str(EXERCISE.parent)}
    options = {"cwd": course, "env": environment, "check": True, "capture_output": True, "text": True}
    subprocess.run([python, "-m", "nbgrader", "generate_assignment", NAME, "--force"], **options)  # type: ignore[call-overload]
    started, before = time.monotonic(), spent()
    subprocess.run([python, "-m", "nbgrader", "autograde", NAME, "--force"], **options)  # type: ignore[call-overload]
    seconds, processor = time.monotonic() - started, spent() - before
    code = (
        "import json; from nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db') as book:\n"
        f"    print(json.dumps({{s.student.id: {{g.name: g.auto_score for n in s.notebooks for g in n.grades}}"
        f" for s in book.assignment_submissions({NAME!r})}}))"
    )
    told = subprocess.run([python, "-c", code], **options)  # type: ignore[call-overload]
    return seconds, processor, json.loads(told.stdout.splitlines()[-1])


def run_ours(submissions: Path, results: Path, workers: int) -> tuple[float, float, float]:
    """Grade all submissions; return seconds in all, seconds until the first one was done, and processor seconds.

    Processor time is the coordinator's, the checkers' and the children's; the zygotes' (start and forks) is not known.
    """
    started, before, steps = time.monotonic(), spent(), []
    grading.grade(
        submissions, EXERCISE, results, workers=workers, force=True, progress=lambda *_: steps.append(time.monotonic())
    )
    children = sum((read_result(path) or {})["timings"]["cpu"] for path in results.glob("*/*.json"))
    return time.monotonic() - started, steps[0] - started, spent() - before + children


def compare_marks(results: Path, theirs: dict[str, dict[str, float]]) -> int:
    """Return how many automatic marks differ between the two."""
    different = 0
    for student, marks in theirs.items():
        result = read_result(results / student / f"{NAME}.json")
        assert result is not None
        for entry in result["questions"]:
            if entry["status"] != "manual":
                different += abs(entry["marks"] - (marks[f"{entry['id']}_check"] or 0)) > 1e-6
    return different


def layers(results: Path) -> dict[str, float]:
    """Return milliseconds per submission and layer, medians over the class."""
    found = [read_result(path) or {} for path in results.glob("*/*.json")]
    told = {
        name: statistics.median(result["timings"][name] for result in found) * 1000
        for name in ("read", "fork", "namespaces", "cells", "child", "run", "check")
    }
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        for result in found:
            write_result(Path(folder) / result["student"] / f"{NAME}.json", result)
        told["write"] = (time.monotonic() - started) / len(found) * 1000
    return told


def ipython_share(code_cells: int) -> float:
    """Return milliseconds that as many empty cells take: IPython's own part of a submission."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "package"
        package.mkdir()
        sandbox.copy_package(package)
        worker = SandboxedWorker(package, preloaded(read_cells((EXERCISE / "solution.ipynb").read_bytes())))
        steps = tuple(Step(number, code="pass") for number in range(code_cells))
        outcomes = [run_plan(worker, steps, Limits(), lambda _: []) for _ in range(30)]
        worker.close()
    return statistics.median(outcome.timings["cells"] for outcome in outcomes) * 1000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nbgrader", metavar="PYTHON", help="a Python that has nbgrader")
    parser.add_argument("--submissions", type=int, default=60)
    options = parser.parse_args(arguments)
    count = options.submissions
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as folder:
        place = Path(folder)
        make_submissions(place / "submissions", count)
        ours = {workers: [run_ours(place / "submissions", place / f"results{workers}", workers)] for workers in (1, 2)}
        costs = layers(place / "results1")
        own_cells = sum(cell.kind == "code" and cell.role != "check" for cell in
                    read_cells((EXERCISE / "solution.ipynb").read_bytes()))  # fmt: skip
        costs["of which IPython"] = ipython_share(own_cells)
        python = nbgrader_python(options.nbgrader)
        seconds, processor, marks = run_nbgrader(python, place / "submissions", place / "course")
        for workers, runs in ours.items():  # once more after nbgrader, so that the machine's other work is shared out
            runs.append(run_ours(place / "submissions", place / f"results{workers}", workers))
        different = compare_marks(place / "results1", marks)
    rate = count / seconds
    say(
        f"\n{count} submissions of {NAME} with real outputs; start-up included; "
        "ours: mean of a run before and a run after nbgrader's. "
        f"Load of the machine over 5 minutes: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors.\n"
    )
    say("| grader | seconds | submissions/s | times nbgrader | without start-up, /s | processor ms each |")
    say("|---|---|---|---|---|---|")
    say(f"| {NBGRADER} autograde | {seconds:.1f} | {rate:.2f} | 1 | | {processor / count * 1000:.0f} |")
    for workers, runs in ours.items():
        total, first, own = (statistics.mean(values) for values in zip(*runs, strict=True))
        steady = (count - 1) / (total - first)
        cells = (f"{total:.2f}", f"{count / total:.1f}", f"{count / total / rate:.0f}", f"{steady:.1f}")
        say(f"| {workers} worker(s) | {' | '.join(cells)} | {own / count * 1000:.0f} |")
    say(f"\nAutomatic marks that differ: {different} of {count * 9}.\n")
    rest = costs["child"] - costs["fork"] - costs["namespaces"] - costs["cells"]
    say("| layer (one worker) | ms per submission |")
    say("|---|---|")
    for name, value in (
        ("read and align", costs["read"]),
        ("fork", costs["fork"]),
        ("namespaces, limits, filter", costs["namespaces"]),
        ("cells and answers", costs["cells"]),
        ("- of which IPython itself", costs["of which IPython"]),
        ("channel, and the end of the namespaces", rest),
        ("check", costs["check"]),
        ("write", costs["write"]),
    ):
        say(f"| {name} | {value:.1f} |")


if __name__ == "__main__":
    main()
