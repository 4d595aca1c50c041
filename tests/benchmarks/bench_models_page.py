"""Rows as a page: ``docs/benchmarks/models.md``, goals and ratios first."""

import os
import platform
import textwrap
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cocreate_teach.picture import Picture
from tests.benchmarks import bench_involvement as m1
from tests.benchmarks import bench_word_of_mouth as wom
from tests.benchmarks.bench_models_figure import LARGE, costs, slope
from tests.benchmarks.rows import NOT_INSTALLED, Row, three_digits


@dataclass(frozen=True)
class Goal:
    """A goal set before measuring, and what came out; `is_met` is None if this run did not measure it."""

    words: str
    measured: str = "not measured"
    is_met: bool | None = None


def goals(rows: list[Row]) -> list[Goal]:
    """Compare with the goals, which are never moved; where there are two ways to read one, both are shown."""
    by = {(row.what, row.tool, row.size): row for row in rows}
    found = []
    for tool in (wom.SPACE, wom.ASKED, wom.TOLD):
        row = by.get((wom.WHAT, tool, 10**5))
        words = f"at least 100 times as fast as {tool}, at 100,000"
        found.append(_goal(words, row and row.ratio_to_ours, 100, None, "{:.0f} times"))
    million = by.get((wom.WHAT, wom.OURS, 10**6))
    words = "at least 20 million stakeholder-steps a second, at 1,000,000"
    found.append(_goal(words, million and million.per_second, 20e6, None, "{:,.0f}"))
    for what, how in ((wom.WHAT, "on given links"), (wom.WITH_NETWORK, "when it makes the network, too")):
        row = by.get((what, wom.OURS, 10**6))
        found.append(_goal(f"less than 400 MB at 1,000,000, {how}", row and row.peak_mb, None, 400, "{:.0f} MB"))
    hand = next((row.ratio_to_ours for row in rows if row.tool == m1.BY_HAND), None)
    found.append(_goal("M1 at most 3 times as long as NumPy by hand", hand and 1 / hand, None, 3, "{:.2f} times"))
    sizes, seconds = costs(rows, wom.OURS, smallest=LARGE)
    exponent = slope(sizes, seconds) if len(sizes) > 2 else None
    found.append(_goal("cost at most linear from 10,000 to 1,000,000: slope up to 1.1", exponent, None, 1.1, "{:.2f}"))
    return found


def _goal(words: str, value: float | None, least: float | None, most: float | None, shown: str) -> Goal:
    if value is None:
        return Goal(words)
    return Goal(words, shown.format(value), (least is None or value >= least) and (most is None or value <= most))


def page(rows: list[Row], pictures: dict[str, Picture], versions: dict[str, str], load: str) -> str:
    """Return the whole page."""
    lines = [
        "# Measurements of the models",
        "",
        _paragraph(
            "Made by `python -m tests.benchmarks.bench_models`, all ways side by side in one run: "
            f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, load {load} before the run; "
            f"{', '.join(f'{name} {number}' for name, number in versions.items())}. Times are processor times, with "
            "one thread. The rows are in `models.csv`."
        ),
        "",
        *(f"**Not installed**: {row.tool}: {row.note}\n" for row in rows if row.what == NOT_INSTALLED),
        "## Goals",
        "",
        "| goal | measured | met |",
        "|---|---|---|",
    ]
    verdicts = {True: "yes", False: "**no**", None: ""}
    lines += [f"| {goal.words} | {goal.measured} | {verdicts[goal.is_met]} |" for goal in goals(rows)]
    lines += ["", "## Word of mouth (M3)", "", *_word_of_mouth(rows), "", *_shown("models_cost.png", pictures)]
    lines += ["## Involvement (M1)", "", *_involvement(rows), "", *_shown("models_involvement.png", pictures)]
    return "\n".join(lines).rstrip() + "\n"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _paragraph(text: str) -> str:
    return textwrap.fill(text, width=150, break_long_words=False, break_on_hyphens=False)


def _shown(name: str, pictures: dict[str, Picture]) -> list[str]:
    drawn = pictures[name]
    return [f"![{drawn.alt}]({name})", "", drawn.caption, ""]


def _word_of_mouth(rows: list[Row]) -> list[str]:
    found = [row for row in rows if row.what == wom.WHAT]
    by = {(row.tool, row.size): row for row in found}
    sizes, tools = sorted({row.size for row in found}), list(dict.fromkeys(row.tool for row in found))
    setup = {(row.tool, row.size): row for row in rows if row.what == wom.SETTING_UP}
    lines = [
        _paragraph(
            f"The same small world for all ({wom.CONTACTS} contacts each, {wom.REWIRING:.0%} rewired), {wom.PERIODS} "
            f"periods, p = {wom.RULE['innovation']}, q = {wom.RULE['imitation']}. In each period everybody decides by "
            "the share of its contacts who had adopted before, all at the same time. *Contacts asked*: everybody asks "
            "its contacts in each period, as such models are usually written. *Adopters tell*: each adopter tells its "
            "contacts once, and they count; this is also how the package does it. *Network*: contacts are found in the "
            "tool's own network, as in its examples. The adoption curves of all tools agree within sampling error "
            f"({wom.SIGMAS} standard deviations); otherwise the run stops with a message."
        ),
        "",
        "Times as long as ours, by number of stakeholders:",
        "",
        f"| tool | {' | '.join(f'{size:,}' for size in sizes)} |",
        f"|---|{'---|' * len(sizes)}",
    ]
    for tool in tools:
        ratios = (_number(by.get((tool, size)), "ratio_to_ours") for size in sizes)
        lines.append(f"| {tool} | {' | '.join(ratios)} |")
    lines += [
        "",
        "| stakeholders | tool | seconds | steps a second | peak MB | setting up, seconds | note |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in sorted(found, key=lambda row: row.size):
        shown = [_number(row, name) for name in ("seconds", "per_second", "peak_mb")]
        made = _number(setup.get((row.tool, row.size)), "seconds")
        lines.append(f"| {row.size:,} | {row.tool} | {' | '.join(shown)} | {made} | {row.note} |")
    for row in rows:
        if row.what == wom.WITH_NETWORK:
            took, most = _number(row, "seconds"), _number(row, "peak_mb")
            lines += ["", f"A process of ours that also makes the network of {row.size:,}: {took} s, {most} MB."]
    return lines


def _involvement(rows: list[Row]) -> list[str]:
    found = [row for row in rows if row.what == m1.WHAT]
    lines = [
        _paragraph(
            f"{found[0].size:,} runs of {m1.PERIODS} periods, each with its own random parameters. NumPy by hand and "
            "both engines of BPTK-Py give our numbers to rounding; otherwise the run stops with a message. `solve_ivp` "
            "solves a differential equation: another path, but it settles at the same place, and that is compared."
        ),
        "",
        "| tool | times as long as ours | seconds | run-periods a second | peak MB | note |",
        "|---|---|---|---|---|---|",
    ]
    for row in found:
        shown = [_number(row, name) for name in ("ratio_to_ours", "seconds", "per_second", "peak_mb")]
        lines.append(f"| {row.tool} | {' | '.join(shown)} | {row.note} |")
    return lines


def _number(row: Row | None, name: str) -> str:
    return "" if row is None else three_digits(getattr(row, name))
