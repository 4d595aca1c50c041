"""Figures of ``docs/benchmarks/models.csv``: ``python -m tests.benchmarks.bench_models_figure`` draws them again."""

import math
from pathlib import Path

import numpy as np

from cocreate_teach.picture import Picture, picture
from cocreate_teach.style import INK, ROLES, Role, theme
from tests.benchmarks import bench_involvement as m1
from tests.benchmarks import bench_word_of_mouth as wom
from tests.benchmarks.rows import Row, read_rows, three_digits

FOLDER = Path(__file__).parents[2] / "docs" / "benchmarks"
LARGE = 10**4  # from here on slopes are fitted: smaller sizes cost what every call costs
CAPTION = "Processor time, all ways in one run."
LINES = {
    wom.OURS: ROLES["customer"],
    wom.TOLD: ROLES["firm"],
    wom.ASKED: ROLES["joint"],
    "AgentPy, adopters tell": ROLES["other_1"],
    "AgentPy, contacts asked": ROLES["other_2"],
}


def slope(sizes: list[int], seconds: list[float]) -> float:
    """Return the slope of log cost against log size: 1 is linear cost."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def costs(rows: list[Row], tool: str, smallest: int = 0) -> tuple[list[int], list[float]]:
    """Return sizes and seconds for all periods of one tool; a run that was stopped early is scaled up."""
    found = [row for row in rows if row.what == wom.WHAT and row.tool == tool and row.seconds and row.size >= smallest]
    return [row.size for row in found], [row.size * wom.PERIODS / row.per_second for row in found]


def draw_costs(rows: list[Row]) -> Picture:
    """Return cost against size, both logarithmic, with the slope of each line."""
    from matplotlib.figure import Figure

    with theme():
        figure = Figure(figsize=(8, 5.4), layout="constrained")
        axes = figure.subplots()
        told = []
        for tool, role in LINES.items():
            sizes, seconds = costs(rows, tool)
            if not sizes:
                continue
            text = f"{tool}: {three_digits(seconds[-1])} s at {sizes[-1]:,}"
            large = costs(rows, tool, smallest=LARGE)
            if len(large[0]) > 1:
                text += f", slope {slope(*large):.2f}"
            _line(axes, sizes, seconds, role, text)
            told.append(text)
        axes.set(xscale="log", yscale="log", xlabel="stakeholders", ylabel=f"seconds for {wom.PERIODS} periods")
        axes.set_title("Word of mouth: cost against size")
        figure.legend(fontsize=9, loc="outside lower center", ncols=2)
        alt = "Cost of word of mouth against the number of stakeholders, both logarithmic. " + "; ".join(told) + "."
        return picture(figure, alt=alt, caption=f"{CAPTION} Slopes from {LARGE:,} on; 1 is linear cost.")


def draw_ratios(rows: list[Row]) -> Picture:
    """Return bars: how many times as long as the package each way takes for the involvement model."""
    from matplotlib.figure import Figure

    shown = [row for row in rows if row.what == m1.WHAT and row.ratio_to_ours]
    with theme():
        figure = Figure(figsize=(7, 0.6 + 0.5 * len(shown)), layout="constrained")
        axes = figure.subplots()
        ratios = [row.ratio_to_ours or math.nan for row in shown]
        colours = [ROLES["customer" if row.tool == m1.OURS else "reference"].colour for row in shown]
        axes.barh([row.tool for row in shown], ratios, color=colours, edgecolor=INK)
        for place, ratio in enumerate(ratios):
            axes.annotate(
                f"{three_digits(ratio)}", (ratio, place), xytext=(4, 0), textcoords="offset points", va="center"
            )
        axes.set(xscale="log", xlabel="times as long as ours (logarithmic)")
        axes.set_xlim(min(ratios) / 2, max(ratios) * 5)
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.set_title(f"Involvement (M1): {shown[0].size:,} runs of {m1.PERIODS} periods")
        told = "; ".join(f"{row.tool} {three_digits(ratio)}" for row, ratio in zip(shown, ratios, strict=True))
        return picture(figure, alt=f"Times as long as ours, for the involvement model: {told}.", caption=CAPTION)


def _line(axes, sizes: list[int], seconds: list[float], role: Role, label: str) -> None:
    style = {"color": role.colour, "marker": role.marker, "label": label}
    (line,) = axes.plot(sizes, seconds, **style)
    if role.dashes:
        line.set_dashes(role.dashes)


def pictures(rows: list[Row]) -> dict[str, Picture]:
    """Return the figures by file name."""
    return {"models_cost.png": draw_costs(rows), "models_involvement.png": draw_ratios(rows)}


if __name__ == "__main__":
    for name, drawn in pictures(read_rows(FOLDER / "models.csv")).items():
        (FOLDER / name).write_bytes(drawn.png)
