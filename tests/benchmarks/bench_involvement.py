"""The involvement model (M1) over many runs: here, by hand in NumPy, with ``solve_ivp``, and in BPTK-Py.

Ours and the batch by hand run all scenarios at once, in turns. The others run one scenario after the other: some of
them are measured, and the time of all is computed from that. What should agree is compared.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from cocreate_teach.models.involvement_dynamics import involvement_path
from cocreate_teach.models.involvement_state import InvolvementParameters
from tests.benchmarks.involvement_by_hand import peak, scenarios
from tests.benchmarks.peers import run_alone
from tests.benchmarks.rows import Row

WHAT, OURS, BY_HAND = "involvement (M1)", "ours", "NumPy by hand"
BPTK_RUST, BPTK_PYTHON = "BPTK-Py, Rust engine", "BPTK-Py, Python engine"
PERIODS, ROUNDS = 200, 7
STATES = ("economic", "social", "emotional", "intention", "unmet")
SETTLED, CLOSE = 1e-6, 1e-4  # what counts as settled, and how close the continuous analogue must come to it


def measure(runs: int, some: int, folder: Path, python: Path | None, say: Callable[[str], None]) -> list[Row]:
    """Measure all ways; `some` is how many runs the slow ones are measured on."""
    parameters, by_hand = scenarios(runs)
    ways = {OURS: lambda: involvement_path(parameters, PERIODS), BY_HAND: lambda: by_hand(PERIODS)}
    path, hand = ways[OURS](), ways[BY_HAND]()
    for name, alone in zip(STATES, hand, strict=True):
        _must_agree(BY_HAND, np.moveaxis(getattr(path, name), 0, -1), alone, 1e-12)
    ours = np.concatenate([getattr(path, name)[:some] for name in STATES], axis=-1)  # (some, T+1, 10)
    del path, hand
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, work in ways.items():
            begin = time.process_time()
            work()
            times[name].append(time.process_time() - begin)
    seconds = {name: statistics.median(took) for name, took in times.items()}

    rows = [_row(runs, name, seconds[name], seconds[OURS], "peak of arrays", peak(ways[name])) for name in ways]
    given = constants(parameters, some)
    say("solve_ivp ...")
    for method in ("RK45", "LSODA"):
        took = statistics.mean(continuous(given, some, method, ours))
        note = f"solves the continuous analogue; extrapolated from {some} runs"
        rows.append(_row(runs, f"solve_ivp, {method}", took * runs, seconds[OURS], note))
    if python:
        say("BPTK-Py ...")
        rows += _bptk(runs, given, some, folder, python, ours, seconds[OURS])
    return rows


def constants(parameters: InvolvementParameters, some: int) -> dict[str, np.ndarray]:
    """Return the parameters of the first scenarios by the names of the BPTK-Py model, each (some,)."""
    named = {
        "alternatives": parameters.alternatives,
        "trust": parameters.trust,
        "reciprocity": parameters.reciprocity,
        "gate": parameters.intention_gate,
        "adaptation": parameters.adaptation,
        "drift": parameters.drift,
        "speed_E": parameters.economic_adjustment,
        "speed_S": parameters.social_adjustment,
        "speed_A": parameters.emotional_adjustment,
        "speed_n": parameters.intention_adjustment,
    }
    for name, value in (
        ("x", parameters.investment),
        ("b", parameters.benefit_share),
        ("tau", parameters.horizon),
    ):
        named |= {f"{name}_c": value[:, 0], f"{name}_p": value[:, 1]}
    for name, weight in zip("ESA", np.moveaxis(parameters.component_weights, -1, 0), strict=True):
        named[f"w_{name}"] = weight
    return {name: np.asarray(value)[:some] for name, value in named.items()}


def continuous(given: dict[str, np.ndarray], some: int, method: str, ours: np.ndarray) -> list[float]:
    """Solve dz/dt = (z of the next period) - z, run by run; return the seconds of each.

    The path is another one, where it settles is the same: compared for runs in which ours has settled.
    """
    from scipy.integrate import solve_ivp

    seconds, settled = [], 0
    for i in range(some):
        c = {name: float(value[i]) for name, value in given.items()}
        begin = time.process_time()
        solution = solve_ivp(
            slope(c), (0, PERIODS), np.zeros(10), method=method, t_eval=range(PERIODS + 1), rtol=1e-6, atol=1e-9
        )
        seconds.append(time.process_time() - begin)
        if np.abs(ours[i, -1] - ours[i, -PERIODS // 4]).max() < SETTLED:
            settled += 1
            _must_agree(f"solve_ivp, {method}", ours[i, -1], solution.y[:, -1], CLOSE)
    if not settled:
        raise SystemExit("void: no run has settled, so that solve_ivp was compared with nothing")
    return seconds


def slope(c: dict[str, float]) -> Callable[[float, Any], list[float]]:
    """Return the right-hand side for one run, in plain floats, which are faster than arrays of two."""
    v, rho, theta = c["trust"], c["reciprocity"], c["gate"]
    quality = 0.5 * (c["x_c"] + c["x_p"]) * min(c["x_c"], c["x_p"]) / max(c["x_c"], c["x_p"])
    economic = [c[f"b_{s}"] / (c[f"b_{s}"] + (1 + c["alternatives"]) * (1 - c[f"b_{s}"])) for s in "cp"]
    speed_e, speed_s, speed_a, speed_n = (c[f"speed_{name}"] for name in "ESAn")
    w_e, w_s, w_a, alpha, delta = c["w_E"], c["w_S"], c["w_A"], c["adaptation"], c["drift"]
    x_c, x_p, horizon_c, horizon_p = c["x_c"], c["x_p"], c["tau_c"], c["tau_p"]

    def change(_: float, z: Any) -> list[float]:
        e_c, e_p, s_c, s_p, a_c, a_p, n_c, n_p, g_c, g_p = z.tolist()
        j_c = (1 - theta + theta * n_c) * (w_e * e_c + w_s * s_c + w_a * a_c)
        j_p = (1 - theta + theta * n_p) * (w_e * e_p + w_s * s_p + w_a * a_p)
        return [
            speed_e * (economic[0] - e_c),
            speed_e * (economic[1] - e_p),
            speed_s * (x_c - s_c),
            speed_s * (x_p - s_p),
            speed_a * (v * ((1 - rho) * x_p + rho * a_p) - a_c),
            speed_a * (v * ((1 - rho) * x_c + rho * a_c) - a_p),
            speed_n * (horizon_c * quality - n_c),
            speed_n * (horizon_p * quality - n_p),
            (1 - alpha * j_p) * (g_c + delta * (1 - g_c)) - g_c,
            (1 - alpha * j_c) * (g_p + delta * (1 - g_p)) - g_p,
        ]

    return change


def _bptk(
    runs: int, given: dict[str, np.ndarray], some: int, folder: Path, python: Path, ours: np.ndarray, our_time: float
) -> list[Row]:
    np.savez(folder / "scenarios.npz", **given)
    at, few = [1, 10, PERIODS], max(2, some // 10)
    settings = {"scenarios": str(folder / "scenarios.npz"), "runs": some, "python_runs": few}
    try:
        measured = run_alone("peers_bptk", settings | {"periods": PERIODS, "at": at}, python)
    except RuntimeError as error:
        return [Row(what=WHAT, size=runs, tool=tool, note=f"failed: {error}") for tool in (BPTK_RUST, BPTK_PYTHON)]
    _must_agree(BPTK_RUST, ours[:, at], np.array(measured["states"]), 1e-9)
    _must_agree(BPTK_PYTHON, ours[:few, at], np.array(measured["python_states"]), 1e-9)
    ways = ((BPTK_RUST, "rust", some), (BPTK_PYTHON, "python", few))
    return [
        _row(runs, tool, measured[engine] * runs, our_time, f"extrapolated from {count} runs", measured["peak_mb"])
        for tool, engine, count in ways
    ]


def _must_agree(tool: str, ours: np.ndarray, theirs: np.ndarray, tolerance: float) -> None:
    apart = float(np.abs(ours - theirs).max())
    if not apart <= tolerance:
        raise SystemExit(f"void: {tool} differs from ours by {apart:.2g}, more than {tolerance:g}")


def _row(runs: int, tool: str, seconds: float, ours: float, note: str, memory: float | None = None) -> Row:
    return Row(
        what=WHAT,
        size=runs,
        tool=tool,
        seconds=seconds,
        per_second=runs * PERIODS / seconds,
        ratio_to_ours=seconds / ours,
        peak_mb=memory,
        note=note,
    )
