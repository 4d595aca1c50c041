"""How long a case takes to load after pandas: prints a Markdown table, and fails if one takes too long.

Run it with ``python -m tests.benchmarks.bench_cases``. Each round is a fresh process that has imported pandas. *Load*
is what a student waits for after ``load_case("bank")``; *all tables* reads and verifies every table as well; *all
numbers* computes every number of the texts.
"""

import statistics
import subprocess
import sys
from typing import Final

from cocreate_teach.cases import case_names

ROUNDS: Final = 5
GOAL_MS: Final = 300.0
ONE: Final = """
import sys, time
import pandas
start = time.perf_counter()
from cocreate_teach.cases import load_case
case = load_case(sys.argv[1])
loaded = time.perf_counter()
for name in case.table_names:
    case.table(name)
read = time.perf_counter()
case.numbers
print(loaded - start, read - start, time.perf_counter() - start)
"""


def measured(name: str) -> list[float]:
    """Return the median of load, with tables, and with numbers, each from the start, in ms."""
    rounds = []
    for _ in range(ROUNDS):
        command = [sys.executable, "-c", ONE, name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        rounds.append([1000 * float(value) for value in done.stdout.split()])
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def main() -> int:
    """Measure every case; return 1 if one of them misses the goal."""
    print("| case | load, ms | with all tables | with all numbers |\n|---|---|---|---|")
    slowest = 0.0
    for name in case_names():
        load, tables, numbers = measured(name)
        slowest = max(slowest, tables)
        print(f"| {name} | {load:.0f} | {tables:.0f} | {numbers:.0f} |")
    print(f"\nGoal: at most {GOAL_MS:.0f} ms with all tables; the slowest took {slowest:.0f} ms.")
    return 1 if slowest > GOAL_MS else 0


if __name__ == "__main__":
    sys.exit(main())
