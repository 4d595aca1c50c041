"""From a table to the few numbers that an exhibit shows.

Intervals are 95 % intervals. With a ``cluster`` column (branches), the mean of each cluster is one observation and
clusters count equally: advisers of one branch are not independent. A yes/no column gives a share and its Wilson
interval; anything else a mean and its t interval.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from itertools import pairwise
from math import sqrt
from typing import Any, Final

import pandas as pd

from cocreate_teach.cases.series import formatted_series, series_numbers

LEVEL: Final = 0.95
NO_DATA: Final = "no data"  # what an empty cell of an exhibit says


def aggregate(data: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return the numbers of an exhibit, unrounded.

    Parameters
    ----------
    data : DataFrame
        The table that the exhibit names.
    settings : Mapping
        The exhibit's entry in ``case.toml``; `schema.EXHIBIT_KINDS` says what each kind needs.

    Returns
    -------
    DataFrame
        ``table``: the chosen columns. ``lines``, ``bars``, ``panels``: one row per place and group with columns mean,
        low, high, n. ``before_after``: one row per quantity and group with columns estimate, low, high. ``series``:
        one row per line and place with columns x, series, value.
    """
    return _KINDS[settings["kind"]](_rows(data, settings), settings)


def estimate(values: pd.Series) -> tuple[float, float, float]:
    """Return mean, lower and upper end of the t interval of some numbers; without an interval for fewer than two."""
    from scipy import stats  # half a second: only those who want an interval pay for it

    mean, count = float(values.mean()), int(values.count())
    if count < 2:
        return mean, float("nan"), float("nan")
    half = float(stats.t.ppf(0.5 + LEVEL / 2, count - 1)) * float(values.std(ddof=1)) / sqrt(count)
    return mean, mean - half, mean + half


def share(successes: int, trials: int) -> tuple[float, float, float]:
    """Return a share with its Wilson interval.

    Examples
    --------
    >>> [round(x, 3) for x in share(5, 10)]
    [0.5, 0.237, 0.763]
    """
    from scipy import stats

    found = stats.binomtest(successes, trials).proportion_ci(LEVEL, method="wilson")
    return successes / trials, float(found.low), float(found.high)


def difference(first: pd.Series, second: pd.Series) -> tuple[float, float, float]:
    """Return the difference of two means with Welch's interval."""
    from scipy import stats

    test = stats.ttest_ind(first, second, equal_var=False)
    found = test.confidence_interval(LEVEL)
    return float(first.mean() - second.mean()), float(found.low), float(found.high)


def _rows(data: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Keep the rows asked for, sort ages into bins, and give values the names that readers see."""
    for link in settings.get("where", ()):
        column = data[link["column"]]
        keep = column.isin(link["is"]) if "is" in link else column.between(link["from"], link["to"])
        data = data[keep]
    data = data.copy()
    for link in settings.get("bins", ()):
        edges = link["edges"]
        names = [f"{low} to {high - 1}" for low, high in pairwise(edges)]
        data[link["column"]] = pd.cut(data[link["column"]], edges, right=False, labels=names).astype(object)
    labels = settings.get("labels", {})
    if "group" in settings:
        parts = [data[column].astype(str).map(lambda v: labels.get(v, v)) for column in settings["group"]]
        data["group"] = reduce(lambda left, right: left + ", " + right, parts)
    return data


def _summarise(rows: pd.DataFrame, y: str, settings: Mapping[str, Any]) -> tuple[float, float, float, int]:
    values = rows[y].dropna()
    if not pd.api.types.is_numeric_dtype(values):
        return *share(int(values.eq("yes").sum()), len(values)), len(values)
    if "cluster" in settings:
        clusters = rows.dropna(subset=[y]).groupby(settings["cluster"])
        values = clusters[y].sum() / clusters[settings["per"]].sum() if "per" in settings else clusters[y].mean()
    return *estimate(values), len(values)


def _cells(rows: pd.DataFrame, by: list[str], y: str, settings: Mapping[str, Any]) -> pd.DataFrame:
    found = []
    for keys, cell in rows.groupby(by, sort=True, observed=True):
        mean, low, high, n = _summarise(cell, y, settings)
        found.append({**dict(zip(by, keys, strict=True)), "mean": mean, "low": low, "high": high, "n": n})
    numbers = pd.DataFrame(found)
    order = settings.get("order")
    if order and "group" in by:
        numbers = numbers.sort_values("group", key=lambda g: g.map(order.index), kind="stable", ignore_index=True)
    return numbers


def _table(rows: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    columns: dict[str, str] = settings["columns"]
    return rows[list(columns)].rename(columns=columns).reset_index(drop=True)


def _lines(rows: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    numbers = _cells(rows, ["group", settings["x"]], settings["y"], settings)
    if settings.get("total"):  # one more line: all groups together
        everyone = _cells(rows.assign(group=settings["total"]), ["group", settings["x"]], settings["y"], settings)
        numbers = pd.concat([numbers, everyone], ignore_index=True)
    return numbers


def _bars(rows: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    return _cells(rows, ["group"], settings["y"], settings)


def _panels(rows: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    parts = [_cells(rows, ["group"], y, settings).assign(measure=label) for y, label in settings["columns"].items()]
    return pd.concat(parts, ignore_index=True)[["measure", "group", "mean", "low", "high", "n"]]


def _before_after(rows: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Compare what changed in the treated group with what changed in the other: difference in differences."""
    is_after = rows[settings["time"]] >= settings["start"]
    y, cluster, treated = settings["y"], settings["cluster"], settings["treated"]
    group = rows.groupby(cluster)["group"].first()
    before, after = (rows[mask].groupby(cluster)[y].mean().reindex(group.index) for mask in (~is_after, is_after))
    found = []
    for name in (treated, *sorted(set(group) - {treated})):
        for quantity, values in (("before", before), ("after", after), ("change", after - before)):
            found.append((quantity, name, *estimate(values[group == name])))
    for quantity, values in (("before", before), ("after", after), ("change", after - before)):
        found.append((quantity, "difference", *difference(values[group == treated], values[group != treated])))
    return pd.DataFrame(found, columns=["quantity", "group", "estimate", "low", "high"])


_KINDS: Final[dict[str, Callable[[pd.DataFrame, Mapping[str, Any]], pd.DataFrame]]] = {
    "table": _table,
    "lines": _lines,
    "bars": _bars,
    "panels": _panels,
    "before_after": _before_after,
    "series": series_numbers,
}


def formatted(numbers: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return the numbers as texts for a small table: estimates with their interval, one column per group."""
    if settings["kind"] == "table":
        columns = {}
        for name, column in numbers.items():
            own = {"decimals": _decimals(column), **settings}
            columns[name] = [_text(value, own) for value in column]
        return pd.DataFrame(columns, index=numbers.index)
    if settings["kind"] == "series":
        return formatted_series(numbers, settings, gap=NO_DATA)
    value, place = ("estimate", "quantity") if settings["kind"] == "before_after" else ("mean", settings.get("x"))
    place = {"panels": "measure", "bars": None}.get(settings["kind"], place)
    texts = numbers.assign(
        text=[
            f"{_text(row[value], settings)} ({_text(row.low, settings)} to {_text(row.high, settings)})"
            for _, row in numbers.iterrows()
        ]
    )
    if "shown" in settings:
        texts = texts[texts[place].isin(settings["shown"])]
    unit = settings.get("y_label", "")
    if place is None:
        texts["n"] = texts["n"].map(lambda n: f"{n:,}")
        return texts[["group", "text", "n"]].rename(columns={"group": "Group", "text": unit, "n": settings["n_label"]})
    head = settings.get("x_label", place.capitalize())
    wide = texts.pivot(index=place, columns="group", values="text")
    wide = wide.loc[list(dict.fromkeys(texts[place])), list(dict.fromkeys(texts["group"]))].fillna(NO_DATA)
    return wide.reset_index(names=head)


def _decimals(column: pd.Series) -> int:
    """Return how many decimals the numbers of a column need, at most two."""
    if not pd.api.types.is_float_dtype(column):
        return 0
    return next(d for d in (0, 1, 2) if d == 2 or (column.dropna().round(d) == column.dropna().round(2)).all())


def _text(value: object, settings: Mapping[str, Any]) -> str:
    if isinstance(value, float):
        if pd.isna(value):
            return ""
        return f"{100 * value:.1f}%" if settings.get("percent") else f"{value:.{settings.get('decimals', 2)}f}"
    return str(value)
