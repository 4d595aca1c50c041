"""What the measurement of the explorers leaves in docs/benchmarks: a table, a picture and a page."""

import csv
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure

from cocreate_teach.style import INK, ROLES, theme

FOLDER: Final = Path(__file__).parents[2] / "docs" / "benchmarks"
GOALS: Final = {"lab": 50.0, "voila": 35.0}
NAMES: Final = {"lab": "JupyterLab", "voila": "Voila"}


@dataclass(frozen=True)
class Row:
    """One explorer in one frontend: median and 95th percentile, ours and the baseline's, in ms."""

    explorer: str
    frontend: str
    median_ms: float
    p95_ms: float
    baseline_median_ms: float
    baseline_p95_ms: float


def write(rows: Sequence[Row], messages: Mapping[str, tuple[float, float]], grew: Mapping[str, float]) -> None:
    """Write latency.csv, latency.png and latency.md."""
    with (FOLDER / "latency.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([field.name for field in fields(Row)])
        table.writerows([value if isinstance(value, str) else f"{value:.1f}" for value in astuple(row)] for row in rows)
    draw(rows, messages)
    (FOLDER / "latency.md").write_text(page(rows, messages, grew), encoding="utf-8")


def draw(rows: Sequence[Row], messages: Mapping[str, tuple[float, float]]) -> None:
    """Draw the 95th percentiles, one panel a frontend."""
    kinds = list(dict.fromkeys(row.frontend for row in rows))
    with theme():
        figure = Figure(figsize=(8, 1.6 + 0.28 * len(rows) / len(kinds)), layout="constrained")
        for axes, kind in zip(figure.subplots(1, len(kinds), squeeze=False)[0], kinds, strict=True):
            own = [row for row in rows if row.frontend == kind][::-1]
            for place, row in enumerate(own):
                axes.plot([row.p95_ms, row.baseline_p95_ms], [place, place], color="0.8", linewidth=1, zorder=1)
                for value, role in ((row.p95_ms, "customer"), (row.baseline_p95_ms, "firm")):
                    axes.plot(value, place, color=ROLES[role].colour, marker=ROLES[role].marker, markersize=6)
            axes.axvline(GOALS[kind], color=INK, linewidth=1, linestyle="--")
            axes.axvline(messages[kind][1], color="0.5", linewidth=1, linestyle=":")
            axes.set(xscale="log", xlim=(5, 2000), title=NAMES[kind], xlabel="ms, 95th percentile")
            axes.set_yticks(range(len(own)), [row.explorer for row in own] if kind == kinds[0] else [""] * len(own))
            axes.set_xticks([10, 100, 1000], ["10", "100", "1,000"])
        figure.suptitle("blue circle: live figure; orange square: interactive_output + seaborn; dashed: goal; "
                        "dotted: messages alone", fontsize=9)  # fmt: skip
        figure.savefig(FOLDER / "latency.png", dpi=110)


def page(rows: Sequence[Row], messages: Mapping[str, tuple[float, float]], grew: Mapping[str, float]) -> str:
    """Return the Markdown page."""
    lines = [
        "# From slider to pixels",
        "",
        f"{date.today().isoformat()}, {os.cpu_count()} cores, Python {platform.python_version()}, JupyterLab "
        f"{version('jupyterlab')}, Voila {version('voila')}, load at the end {os.getloadavg()[0]:.1f}.",
        "Made with `python -m tests.benchmarks.bench_explorers`, everything in one run, 50 moves each.",
        "",
        "From a key press on a slider to the first frame that the browser paints after the picture has changed:",
        "median / 95th percentile in ms. The baseline draws the same picture from the same numbers with",
        "`interactive_output`, pyplot and seaborn. *Messages alone* is a slider that draws nothing: what the road",
        "from browser to kernel and back costs.",
        "",
        "![95th percentile of each explorer in both frontends, beside the baseline and the goal](latency.png)",
        "",
        "| explorer | frontend | live figure | baseline | baseline / ours (p95) | goal met |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        met = "yes" if row.p95_ms <= GOALS[row.frontend] else f"no, by {row.p95_ms - GOALS[row.frontend]:.0f} ms"
        lines.append(
            f"| {row.explorer} | {NAMES[row.frontend]} | {row.median_ms:.0f} / {row.p95_ms:.0f} "
            f"| {row.baseline_median_ms:.0f} / {row.baseline_p95_ms:.0f} "
            f"| {row.baseline_p95_ms / row.p95_ms:.1f} | {met} |"
        )
    lines += [f"| *messages alone* | {NAMES[kind]} | {a:.0f} / {b:.0f} | | | |" for kind, (a, b) in messages.items()]
    worst = max(grew.values())
    lines += [
        "",
        f"Goals: 95th percentile at most {GOALS['lab']:.0f} ms in JupyterLab and {GOALS['voila']:.0f} ms in Voila.",
        "",
        f"Memory after 1,000 moves, in a plain process: at most {worst:+.1f} MB ("
        + ", ".join(f"{name} {value:+.1f}" for name, value in grew.items())
        + ").",
        "",
    ]
    return "\n".join(lines)
