"""One look for lessons, cases, explorers and reports.

Roles have fixed colours everywhere, from seaborn's colour-blind palette, and each role has a marker and a line style
of its own, so that a black-and-white print still reads. Statuses have fixed colours, too: what a text reports is grey,
real or published data are blue, and what is synthetic is hatched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Role:
    """How one kind of stakeholder is drawn: colour, marker (matplotlib's letter) and dashes (in points)."""

    colour: str
    marker: str
    dashes: tuple[float, ...] = ()


INK: Final = "#262626"
GRID: Final = "#d0d0d0"
WARNING: Final = "#b3261e"

ROLES: Final[dict[str, Role]] = {
    "customer": Role("#0173b2", "o"),
    "firm": Role("#de8f05", "s", (6, 2)),
    "joint": Role("#029e73", "D", (8, 2, 2, 2)),
    "other_1": Role("#cc78bc", "^", (2, 1.5)),
    "other_2": Role("#ca9161", "v", (4, 1.5)),
    "reference": Role("#949494", "x", (1, 2)),
}

STATUS_COLOURS: Final[dict[str, str]] = {
    "real": ROLES["customer"].colour,
    "published": ROLES["customer"].colour,
    "derived": ROLES["customer"].colour,
    "reported": ROLES["reference"].colour,
    "unverified": ROLES["reference"].colour,
    "synthetic": "#ffffff",  # hatched; see SYNTHETIC_HATCH
    "illustrative": "#ffffff",
}
SYNTHETIC_HATCH: Final = "////"

STATUSES: Final[dict[str, str]] = {
    "real": "a data file, copied",
    "published": "transcribed from a cited publication",
    "derived": "computed from real or published numbers",
    "reported": "a course text or second-hand claim",
    "unverified": "from memory, not checked",
    "synthetic": "made by a script with a stated seed",
    "illustrative": "a parameter chosen to show a behaviour",
}


@contextmanager
def theme() -> Iterator[None]:
    """Draw inside this block in the house look (seaborn's white grid, matplotlib's copy of it: no seaborn import)."""
    import matplotlib as mpl
    from matplotlib import style

    ours: Any = {
        "font.family": "DejaVu Sans",
        "font.size": 11,
        "axes.titlesize": 12,
        "axes.titlelocation": "left",
        "axes.labelsize": 11,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "grid.color": GRID,
        "hatch.linewidth": 0.6,
        "svg.fonttype": "none",
        "svg.hashsalt": "cocreate",
    }
    with style.context("seaborn-v0_8-whitegrid"), mpl.rc_context(ours):
        yield
