"""Word of mouth, here and in Mesa and AgentPy: the same links, the same rule, the same number of periods.

A comparison of different results would be void: the adoption curves of all tools must agree within sampling error.
"""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np

from cocreate_teach.models.networks import small_world_network
from cocreate_teach.models.word_of_mouth import WordOfMouthParameters, sample_word_of_mouth
from tests.benchmarks.peers import run_alone
from tests.benchmarks.rows import Row

WHAT, SETTING_UP, WITH_NETWORK = "word of mouth", "word of mouth, setting up", "word of mouth, network made as well"
OURS = "ours"
TOLD = "Mesa, adopters tell"
ASKED = "Mesa, contacts asked"
SPACE = "Mesa, network space"
PEERS = {  # tool: module, style, largest size
    TOLD: ("peers_mesa", "tell", 10**6),
    ASKED: ("peers_mesa", "ask", 10**6),
    SPACE: ("peers_mesa", "space", 10**5),
    "AgentPy, adopters tell": ("peers_agentpy", "tell", 10**6),
    "AgentPy, contacts asked": ("peers_agentpy", "ask", 10**6),
    "AgentPy, network": ("peers_agentpy", "space", 10**5),
}
RULE = {"innovation": 0.03, "imitation": 0.38}
CONTACTS, REWIRING, PERIODS, SEED = 8, 0.1, 20, 1
SIGMAS = 5  # how far two curves may lie apart, in standard deviations of their difference


def measure(sizes: list[int], folder: Path, python: Path | None, limit: float, say: Callable[[str], None]) -> list[Row]:
    """Measure every tool at every size; without `python`, ours alone."""
    rows = []
    spread = deviation(min(10_000, max(sizes)))
    for size in sizes:
        links = folder / f"links{size}.npz"
        network = small_world_network(size, CONTACTS, REWIRING, rng=np.random.default_rng(SEED))
        np.savez(links, offsets=network.offsets, contacts=network.contacts)
        del network
        settings = RULE | {"links": str(links), "periods": PERIODS, "seed": SEED, "limit": limit}
        ours = run_alone("ours_word_of_mouth", settings | {"repeats": 15})
        rows += [_row(size, OURS, ours, ours["times"]), _setup(size, OURS, ours)]
        for tool, (module, style, largest) in PEERS.items() if python else ():
            if size > largest:
                rows.append(Row(what=WHAT, size=size, tool=tool, note=f"left out above {largest:,} stakeholders"))
                continue
            say(f"{tool}, {size:,} stakeholders ...")
            try:
                told = settings | {"style": style, "repeats": 3 if size <= 10**5 else 1}
                theirs = run_alone(module, told, python)
            except RuntimeError as error:
                rows.append(Row(what=WHAT, size=size, tool=tool, note=f"failed: {error}"))
                continue
            check_agreement(size, tool, ours["share"], theirs["share"], spread)
            rows += [_row(size, tool, theirs, ours["times"]), _setup(size, tool, theirs)]
        links.unlink()
    return rows


def measure_with_network(size: int) -> Row:
    """Measure a process that makes the network, too: the largest memory that anybody sees."""
    made = {"size": size, "contacts": CONTACTS, "rewiring": REWIRING, "periods": PERIODS, "seed": SEED, "repeats": 1}
    ours = run_alone("ours_word_of_mouth", RULE | made)
    seconds = ours["setup"] + ours["seconds"]
    note = f"network {ours['setup']:.1f} s"
    return Row(what=WITH_NETWORK, size=size, tool=OURS, seconds=seconds, peak_mb=ours["peak_mb"], note=note)


def deviation(size: int, runs: int = 60) -> np.ndarray:
    """Return the standard deviation of the share after each period, times the square root of the size."""
    rng = np.random.default_rng(SEED)
    network = small_world_network(size, CONTACTS, REWIRING, rng=rng)
    paths = sample_word_of_mouth(network, WordOfMouthParameters(**RULE), PERIODS, rng=rng, runs=runs)
    return paths.share.std(axis=0, ddof=1) * math.sqrt(size)


def check_agreement(size: int, tool: str, ours: list[float], theirs: list[float], spread: np.ndarray) -> None:
    """Compare two adoption curves, period by period.

    Raises
    ------
    SystemExit
        If they lie further apart than chance explains: then the tools do not compute the same, and times mean nothing.
    """
    apart = np.abs(np.array(ours[: len(theirs)]) - theirs)
    allowed = SIGMAS * math.sqrt(2 / size) * spread[: len(theirs)] + 1 / size
    if (apart > allowed).any():
        period = int(np.argmax(apart - allowed))
        raise SystemExit(
            f"void: after period {period} of {size:,} stakeholders {tool} has {theirs[period]:.4f} adopters and ours "
            f"{ours[period]:.4f}; chance explains at most {allowed[period]:.4f}"
        )


def _row(size: int, tool: str, measured: dict, our_times: list[float]) -> Row:
    done = len(measured["share"]) - 1
    return Row(
        what=WHAT,
        size=size,
        tool=tool,
        seconds=measured["seconds"],
        per_second=size * done / measured["seconds"],
        ratio_to_ours=1.0 if tool == OURS else measured["seconds"] / our_times[done],
        peak_mb=measured["peak_mb"],
        note="" if done == PERIODS else f"stopped after {done} of {PERIODS} periods; compared with ours up to there",
    )


def _setup(size: int, tool: str, measured: dict) -> Row:
    return Row(what=SETTING_UP, size=size, tool=tool, seconds=measured["setup"])
