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


@dataclass(frozen=True)
class Found:
    """What one run has measured beside the rows.

    ``asked``: explorer and frontend -> median and 95th percentile in ms where nothing is looked ahead for.
    ``messages``: frontend -> the same of a slider that draws nothing.
    ``grew``: explorer -> megabytes in 1,000 moves of a plain process; ``kernels``: of a kernel, moved in a browser.
    """

    rows: Sequence[Row]
    asked: Mapping[tuple[str, str], tuple[float, float]]
    messages: Mapping[str, tuple[float, float]]
    grew: Mapping[str, float]
    kernels: Mapping[str, float]


def write(found: Found) -> None:
    """Write latency.csv, latency.png and latency.md."""
    with (FOLDER / "latency.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([field.name for field in fields(Row)])
        for row in found.rows:
            table.writerow([value if isinstance(value, str) else f"{value:.1f}" for value in astuple(row)])
    draw(found)
    (FOLDER / "latency.md").write_text(page(found), encoding="utf-8")


def draw(found: Found) -> None:
    """Draw the 95th percentiles, one panel a frontend."""
    rows = found.rows
    kinds = list(dict.fromkeys(row.frontend for row in rows))
    with theme():
        figure = Figure(figsize=(8, 1.6 + 0.28 * len(rows) / len(kinds)), layout="constrained")
        for axes, kind in zip(figure.subplots(1, len(kinds), squeeze=False)[0], kinds, strict=True):
            own = [row for row in rows if row.frontend == kind][::-1]
            for place, row in enumerate(own):
                axes.plot([row.p95_ms, row.baseline_p95_ms], [place, place], color="0.8", linewidth=1, zorder=1)
                asked = found.asked[row.explorer, row.frontend][1]
                axes.plot(asked, place, color=ROLES["customer"].colour, marker=ROLES["customer"].marker, markersize=6,
                          markerfacecolor="white")  # fmt: skip
                for value, role in ((row.p95_ms, "customer"), (row.baseline_p95_ms, "firm")):
                    axes.plot(value, place, color=ROLES[role].colour, marker=ROLES[role].marker, markersize=6)
            axes.axvline(GOALS[kind], color=INK, linewidth=1, linestyle="--")
            axes.axvline(found.messages[kind][1], color="0.5", linewidth=1, linestyle=":")
            axes.set(xscale="log", xlim=(5, 2000), title=NAMES[kind], xlabel="ms, 95th percentile")
            axes.set_yticks(range(len(own)), [row.explorer for row in own] if kind == kinds[0] else [""] * len(own))
            axes.set_xticks([10, 100, 1000], ["10", "100", "1,000"])
        figure.suptitle("blue circle: live figure (hollow: nothing looked ahead for); orange square: "
                        "interactive_output + seaborn; dashed: goal; dotted: messages alone", fontsize=9)  # fmt: skip
        figure.savefig(FOLDER / "latency.png", dpi=110)


def page(found: Found) -> str:
    """Return the Markdown page."""
    lines = [
        "# From slider to pixels",
        "",
        f"{date.today().isoformat()}, {os.cpu_count()} cores, Python {platform.python_version()}, JupyterLab "
        f"{version('jupyterlab')}, Voila {version('voila')}, load at the end {os.getloadavg()[0]:.1f}.",
        "Made with `python -m tests.benchmarks.bench_explorers`, everything in one run: 60 moves of",
        "each explorer, 20 of its baseline (so that its 95th percentile is its slowest move).",
        "",
        "From a key press on a slider to the first frame that the browser paints after the picture has changed:",
        "median / 95th percentile in ms, one step of the slider at a time, from one end to the other and back, with",
        "50 ms of rest after each picture. The explorer asks the kernel for the next steps before they are taken",
        "(*live figure*). *Not looked ahead*: the same with these questions held back, as for a jump to a far value.",
        "The baseline draws the same picture from the same numbers with `interactive_output`, pyplot and seaborn.",
        "*Messages alone* is a slider that draws nothing: what the road from browser to kernel and back costs.",
        "",
        "![95th percentile of each explorer in both frontends, beside the baseline and the goal](latency.png)",
        "",
        "| explorer | frontend | live figure | not looked ahead | baseline | baseline / ours (p95) | goal met |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in found.rows:
        goal = GOALS[row.frontend]
        met = "yes" if row.p95_ms <= goal else f"no, by {row.p95_ms - goal:.0f} ms"
        asked = found.asked[row.explorer, row.frontend]
        lines.append(
            f"| {row.explorer} | {NAMES[row.frontend]} | {row.median_ms:.0f} / {row.p95_ms:.0f} "
            f"| {asked[0]:.0f} / {asked[1]:.0f} | {row.baseline_median_ms:.0f} / {row.baseline_p95_ms:.0f} "
            f"| {row.baseline_p95_ms / row.p95_ms:.1f} | {met} |"
        )
    for kind, (median, p95) in found.messages.items():
        lines.append(f"| *messages alone* | {NAMES[kind]} | | {median:.0f} / {p95:.0f} | | | |")
    lines += [
        "",
        f"Goals: 95th percentile at most {GOALS['lab']:.0f} ms in JupyterLab and {GOALS['voila']:.0f} ms in Voila.",
        "",
        f"Memory after 1,000 moves, in a plain process: at most {max(found.grew.values()):+.1f} MB.",
        f"({_listed(found.grew)}.)",
        f"In a kernel of Voila, with a hand in a browser: {_listed(found.kernels)} MB.",
        "",
    ]
    return "\n".join(lines)


def _listed(megabytes: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:+.1f}" for name, value in megabytes.items())
