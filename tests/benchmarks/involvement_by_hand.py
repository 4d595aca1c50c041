"""The involvement model as somebody would write it for one batch, without the package: prints a Markdown table.

Run it with ``python -m tests.benchmarks.involvement_by_hand`` on a quiet machine. The same equations, the same arrays
kept, no checks and no names. Goal: the package takes at most three times as long for 10,000 scenarios of 200 periods.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from cocreate_teach.models.involvement_dynamics import involvement_path
from cocreate_teach.models.involvement_state import InvolvementParameters

SCENARIOS, PERIODS, ROUNDS = 10_000, 200, 7


def by_hand(T, x, b, alt, v, rho, w, theta, tau, speeds, alpha, delta):
    """Return economic, social, emotional, intention, unmet, each (T+1, 2, N); x, b, tau are (2, N), the rest (N,)."""
    lE, lS, lA, ln = speeds
    E, S, A, n, g = np.zeros((5, T + 1, *x.shape))
    Et, At = b / (b + (1 + alt) * (1 - b)), v * (1 - rho) * x[::-1]
    nt = tau * 0.5 * (x[0] + x[1]) * x.min(axis=0) / x.max(axis=0)
    for t in range(T):
        J = (1 - theta + theta * n[t]) * (w[0] * E[t] + w[1] * S[t] + w[2] * A[t])
        E[t + 1] = E[t] + lE * (Et - E[t])
        S[t + 1] = S[t] + lS * (x - S[t])
        A[t + 1] = A[t] + lA * (At + v * rho * A[t, ::-1] - A[t])
        n[t + 1] = n[t] + ln * (nt - n[t])
        g[t + 1] = (1 - alpha * J[::-1]) * (g[t] + delta * (1 - g[t]))
    return E, S, A, n, g


def scenarios(number: int) -> tuple[InvolvementParameters, Callable[[int], tuple[np.ndarray, ...]]]:
    """Return the same random scenarios for both: parameters, and the batch by hand as a function of the periods."""
    rng = np.random.default_rng(1)
    x, b, tau = rng.uniform(0.01, 1, (3, number, 2))
    w = rng.dirichlet(np.ones(3), number)
    alt, v, rho, theta, alpha, delta = rng.uniform(0, 0.99, (6, number))
    speeds = rng.uniform(0.01, 1, (4, number))
    parameters = InvolvementParameters(
        investment=x, benefit_share=b, alternatives=alt, trust=v, reciprocity=rho, component_weights=w,
        intention_gate=theta, horizon=tau, economic_adjustment=speeds[0], social_adjustment=speeds[1],
        emotional_adjustment=speeds[2], intention_adjustment=speeds[3], adaptation=alpha, drift=delta,
    )  # fmt: skip
    first = [np.ascontiguousarray(sides.T) for sides in (x, b, tau, w)]
    return parameters, lambda periods: by_hand(
        periods, first[0], first[1], alt, v, rho, first[3], theta, first[2], speeds, alpha, delta
    )


def seconds(work: Callable[[], object]) -> float:
    """Return how long one run takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def peak(work: Callable[[], object]) -> float:
    """Return the largest memory of one run, in megabytes."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return most


def main() -> None:
    """Measure both in turns, so that a busy machine disturbs both alike."""
    parameters, hand = scenarios(SCENARIOS)
    ways: dict[str, Callable[[], object]] = {
        "by hand": lambda: hand(PERIODS),
        "package": lambda: involvement_path(parameters, PERIODS),
        "package, every=20": lambda: involvement_path(parameters, PERIODS, every=20),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, work in ways.items():
            times[name].append(seconds(work))
    alone = statistics.median(times["by hand"])
    print(f"{SCENARIOS:,} scenarios, {PERIODS} periods, median of {ROUNDS}\n")
    print("| way | seconds | times by hand | peak memory (MB) |\n|---|---|---|---|")
    for name, work in ways.items():
        took = statistics.median(times[name])
        print(f"| {name} | {took:.2f} | {took / alone:.2f} | {peak(work):.0f} |")


if __name__ == "__main__":
    main()
