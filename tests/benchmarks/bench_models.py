"""The models beside Mesa, AgentPy, BPTK-Py, NumPy by hand and ``solve_ivp``, in one run: prints Markdown.

Run it with ``python -m tests.benchmarks.bench_models`` on a quiet machine; it takes about half an hour and writes
``docs/benchmarks``. ``--quick`` takes small sizes and writes nothing unless ``--output`` names a folder;
``--no-peers`` leaves out what is not installed beside the package.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import bench_involvement, bench_word_of_mouth, peers
from tests.benchmarks.bench_models_figure import FOLDER, pictures
from tests.benchmarks.bench_models_page import page
from tests.benchmarks.rows import NOT_INSTALLED, Row, write_rows

PEERS = ["mesa", "agentpy", "bptk-py"]


def say(line: str) -> None:
    """Say how far the run is, apart from the result."""
    sys.stderr.write(line + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the page, and write rows, page and figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes")
    parser.add_argument("--no-peers", action="store_true", help="without Mesa, AgentPy and BPTK-Py")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds after which a run of a peer is stopped")
    parser.add_argument("--output", type=Path, help="folder to write to")
    chosen = parser.parse_args(arguments)
    sizes = [10**3, 10**4] if chosen.quick else [10**3, 10**4, 10**5, 10**6]
    runs, some = (300, 10) if chosen.quick else (10_000, 50)
    output = chosen.output or (None if chosen.quick else FOLDER)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    versions = {"Python": platform.python_version()} | {name: version(name) for name in ("numpy", "scipy")}
    python, failed = None, []
    if not chosen.no_peers:
        try:
            python = peers.environment()
            versions |= peers.versions(python, PEERS)
        except RuntimeError as error:
            failed = [Row(what=NOT_INSTALLED, size=0, tool=", ".join(PEERS), note=str(error))]

    with tempfile.TemporaryDirectory() as folder:
        rows = bench_word_of_mouth.measure(sizes, Path(folder), python, chosen.limit, say)
        rows.append(bench_word_of_mouth.measure_with_network(sizes[-1]))
        rows += bench_involvement.measure(runs, some, Path(folder), python, say)
    rows += failed
    drawn = pictures(rows)
    text = page(rows, drawn, versions, load)
    sys.stdout.write(text)
    if output:
        output.mkdir(parents=True, exist_ok=True)
        write_rows(rows, output / "models.csv")
        (output / "models.md").write_text(text, encoding="utf-8")
        for name, one in drawn.items():
            (output / name).write_bytes(one.png)


if __name__ == "__main__":
    main()
