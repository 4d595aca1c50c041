"""The environment of the peers, and how any way of computing is measured: alone in a fresh process.

Times are processor times. All ways use one thread, so that this is the elapsed time on a machine that does nothing
else, and is disturbed least on one that does.

The peers are pinned in ``peers-requirements.txt`` and never installed beside the package. Their environment is made at
the path in ``COCREATE_PEERS``, or in ``.venv-peers``, when the benchmark first needs it.
"""

import importlib
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PINS = Path(__file__).with_name("peers-requirements.txt")


def environment() -> Path:
    """Return the Python of the peers; make their environment if it is not there or its pins have changed.

    Raises
    ------
    RuntimeError
        With the words of pip, if a peer cannot be installed.
    """
    home = Path(os.environ.get("COCREATE_PEERS") or ROOT / ".venv-peers")
    python, ready = home / "bin" / "python", home / "ready"
    if not ready.exists() or ready.read_text() != PINS.read_text():
        if home.exists() and any(home.iterdir()) and not (home / "pyvenv.cfg").exists():
            raise RuntimeError(f"{home} is no environment of Python; name another folder in COCREATE_PEERS")
        venv.create(home, with_pip=True, clear=True)
        done = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "-r", PINS], capture_output=True, text=True, check=False
        )
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            raise RuntimeError("; ".join(errors) or done.stderr.strip())
        ready.write_text(PINS.read_text())
    return python


def versions(python: Path, names: list[str]) -> dict[str, str]:
    """Return what is installed, by name."""
    script = "import sys, importlib.metadata as m; print(*(m.version(name) for name in sys.argv[1:]))"
    done = subprocess.run([python, "-c", script, *names], capture_output=True, text=True, check=True)
    return dict(zip(names, done.stdout.split(), strict=True))


def run_alone(module: str, settings: dict[str, Any], python: Path | str = sys.executable) -> dict[str, Any]:
    """Run a module of this folder in a fresh process and return what it reported.

    Raises
    ------
    RuntimeError
        With the last line of its error.
    """
    command = [python, "-m", f"tests.benchmarks.{module}", json.dumps(settings)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"ended with code {done.returncode}"]
        raise RuntimeError(f"{module}: {lines[-1]}")
    reported: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return reported


def report(**numbers: Any) -> None:
    """Hand numbers to whoever started this process, with the largest memory it has used."""
    print(json.dumps(numbers | {"peak_mb": peak_mb()}))


def peak_mb() -> float:
    """Return the largest memory of this process in megabytes (10^6 bytes)."""
    try:  # what getrusage says includes the process that started this one
        lines = Path("/proc/self/status").read_text().splitlines()
        kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    except OSError:
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes * 1024 / 1e6


def report_steps(build: Callable[[dict[str, Any], int], Callable[[], float]], library: str) -> None:
    """Measure a model of stakeholders: set up, then period by period, as often as the settings say.

    `build(settings, seed)` returns a function that advances the model by one period and returns the share of adopters.
    A run ends early once it has taken `limit` seconds. The time to import the library does not count.
    """
    importlib.import_module(library)
    settings = json.loads(sys.argv[1])
    setups, totals = [], []
    for repeat in range(settings["repeats"]):
        begin = time.process_time()
        step = build(settings, settings["seed"] + repeat)
        setups.append(time.process_time() - begin)
        seconds, share = 0.0, [0.0]
        while len(share) <= settings["periods"] and seconds < settings["limit"]:
            begin = time.process_time()
            share.append(step())
            seconds += time.process_time() - begin
        totals.append(seconds)
        if seconds >= settings["limit"]:
            break
    report(setup=statistics.median(setups), seconds=statistics.median(totals), share=share, repeats=len(totals))


def links_of(settings: dict[str, Any]) -> list[list[int]]:
    """Return the numbers of the contacts of each stakeholder."""
    import numpy as np

    with np.load(settings["links"]) as links:
        offsets, contacts = links["offsets"].tolist(), links["contacts"].tolist()
    return [contacts[first:last] for first, last in itertools.pairwise(offsets)]


def graph_of(links: list[list[int]]) -> Any:
    """Return the links as a graph of networkx, which both peers build their spaces from."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(len(links)))
    graph.add_edges_from((i, j) for i, contacts in enumerate(links) for j in contacts if i < j)
    return graph
