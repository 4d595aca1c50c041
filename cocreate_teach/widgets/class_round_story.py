"""What the picture of a class says: headline, alternative text, key numbers, table, and the codes that do not fit."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate_teach.widgets.round_codes import RESOURCES, Reading
from cocreate_teach.widgets.round_curves import APART, MOST_IN_ALL, PERIODS, VOLUMES, Curves
from cocreate_teach.widgets.round_picture import counts_of
from cocreate_teach.widgets.words import amount

_TOLD: Final = 40  # sentences on codes that do not fit
_REFERENCE: Final = (0, 9, 18, 27, 36)  # sums in the table before anybody has handed in a code
_HALF: Final = 0.5


def headline(curves: Curves, chosen: NDArray[np.int64], readings: Sequence[Reading]) -> str:
    """Say the finding, in at most two lines above a still picture."""
    wrong = len(readings) - len(chosen)
    if not len(chosen):
        low, high = possible(curves)
        none = f"No code fits yet, {wrong} {_do(wrong)} not." if wrong else "No code yet."
        return f"{none} With this firm, involvement can end between {low} and {high}."
    ends = curves.ends[chosen.sum(axis=1), 0]
    n = len(chosen)
    start = f"{_codes(n)}: involvement ends at {amount(np.median(ends))}{' in the median' if n > 1 else ''}."
    return " ".join([start, _asymmetry(curves, chosen), *([f"{_codes(wrong)} {_do(wrong)} not fit."] if wrong else [])])


def _asymmetry(curves: Curves, chosen: NDArray[np.int64]) -> str:
    apart = curves.apart[chosen.sum(axis=1)]
    more, less = int((apart >= APART).sum()), int((apart <= -APART).sum())
    if not more and not less:
        return "Nobody is clearly more or less involved than the firm."
    what, count = ("more", more) if more >= less else ("less", less)
    return f"{count} of {len(chosen)} {'is' if count == 1 else 'are'} clearly {what} involved than the firm."


def alternative_text(curves: Curves, chosen: NDArray[np.int64]) -> str:
    """Say what the picture shows now."""
    low, high = possible(curves)
    grey = f"The grey area, what is possible with this firm, ends between {low} and {high}"
    if not len(chosen):
        return (
            f"Involvement over {PERIODS} periods, without any student yet. {grey}; the firm puts in {curves.firm:.2f}."
        )
    sums = chosen.sum(axis=1)
    ends = curves.ends[sums]
    asymmetric = int((np.abs(curves.apart[sums]) >= APART).sum())
    medians = ", ".join(
        f"{name} {np.median(column):g} (from {column.min()} to {column.max()})"
        for name, column in zip(RESOURCES, chosen.T, strict=True)
    )
    return (
        f"Involvement of {len(chosen)} students over {PERIODS} periods, a thin curve for each sum of numbers; they end "
        f"between {amount(ends[:, 0].min())} and {amount(ends[:, 0].max())}. The thick curve of the class median ends "
        f"at {amount(np.median(ends[:, 0]))}, that of the firm at {amount(np.median(ends[:, 1]))}. Curves of "
        f"{asymmetric} students are dashed: asymmetric. {grey}. Circles show how many chose each number; medians: "
        f"{medians}."
    )


def key_numbers(curves: Curves, chosen: NDArray[np.int64], readings: Sequence[Reading]) -> tuple[tuple[str, str], ...]:
    """Return numbers of codes, median, spread, asymmetry and medians of the choices."""
    n, wrong = len(chosen), len(readings) - len(chosen)
    bare = sum(reading.choices is not None and not reading.has_letter for reading in readings)
    sums = chosen.sum(axis=1)
    ends, apart = curves.ends[sums], curves.apart[sums]
    low, high = possible(curves)
    return (
        ("Codes", str(n)),
        ("Median involvement in the end", amount(np.median(ends[:, 0])) if n else "-"),
        ("Middle half of the class", _between(np.quantile(ends[:, 0], [0.25, 0.75])) if n else "-"),
        ("Lowest and highest of the class", _between(np.sort(ends[:, 0])[[0, -1]]) if n else "-"),
        ("Possible with this firm", f"{low} to {high}"),
        ("Involved above one half in the end", _of(int((ends[:, 0] > _HALF).sum()), n)),
        (f"At least {APART:.2f} more involved than the firm", _of(int((apart >= APART).sum()), n)),
        (f"At least {APART:.2f} less involved than the firm", _of(int((apart <= -APART).sum()), n)),
        ("Put in more than the firm", _of(int((VOLUMES[sums] > curves.firm).sum()), n)),
        ("Median of " + ", ".join(RESOURCES), ", ".join(f"{one:g}" for one in np.median(chosen, axis=0)) if n else "-"),
        ("Without a check letter (paper)", str(bare)),
        ("Codes that do not fit", str(wrong)),
    )


def table(curves: Curves, chosen: NDArray[np.int64]) -> list[tuple[str, ...]]:
    """Return a row for each sum that somebody chose (or five of them), then how often each number was chosen."""
    students = np.bincount(chosen.sum(axis=1), minlength=MOST_IN_ALL + 1)
    sums = np.flatnonzero(students).tolist() if len(chosen) else list(_REFERENCE)
    head = (
        f"put in together, of {MOST_IN_ALL}", "students", "involvement in the end", "the firm's involvement",
        "expectations met", "leave in a period",
    )  # fmt: skip
    return [
        head,
        *(
            (
                str(one), str(students[one]), *(amount(end, 3) for end in curves.ends[one]),
                amount(curves.met[one], 3), amount(curves.leaves[one], 3),
            )
            for one in sums
        ),
        *(
            (f"{name}: students who chose 0, 1, ... 9", " ".join(str(count) for count in counts), "", "", "", "")
            for name, counts in zip(RESOURCES, counts_of(chosen), strict=True)
        ),
    ]  # fmt: skip


def cautions(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return one sentence for each code that does not fit."""
    faults = [f"{reading.fault}." for reading in readings if reading.fault]
    rest = len(faults) - _TOLD
    return (*faults[:_TOLD], *([f"{rest} more do not fit."] if rest > 0 else []))


def possible(curves: Curves) -> tuple[str, str]:
    """Return the lowest and the highest involvement in the end that a student can reach with this firm."""
    return amount(curves.ends[:, 0].min()), amount(curves.ends[:, 0].max())


def _between(pair: NDArray[np.float64]) -> str:
    return f"{amount(pair[0])} to {amount(pair[1])}"


def _of(count: int, n: int) -> str:
    return f"{count} of {n}"


def _codes(count: int) -> str:
    return "1 code" if count == 1 else f"{count} codes"


def _do(count: int) -> str:
    return "does" if count == 1 else "do"
