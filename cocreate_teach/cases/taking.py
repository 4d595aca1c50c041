"""Where a number comes from, and how one value is taken from the rows there.

A number comes from a table, or from the numbers of an exhibit: its means, intervals and differences. The texts of an
exhibit are no part of its numbers, so that its caption may name a number that is taken from the same exhibit.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

Value: TypeAlias = int | float | str

TAKES: Final = ("value", "max", "min", "sum", "mean", "count", "first", "last", "at_max", "at_min")
NUMERIC: Final = ("max", "min", "sum", "mean")  # ways to take that need a column of numbers
_SUMMARY: Final = ("mean", "low", "high", "n")


def is_at(entry: Mapping[str, Any]) -> bool:
    """Whether a number is the value at the place where another column is largest or smallest."""
    return entry.get("take") in ("at_max", "at_min")


def exhibit_of(entry: Mapping[str, Any], exhibits: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the exhibit that a number is taken from; None if it names none that exists."""
    return next((found for found in exhibits if found.get("number") == entry.get("exhibit")), None)


def table_of(entry: Mapping[str, Any], exhibits: Iterable[Mapping[str, Any]]) -> str:
    """Return the name of the table that a number is taken from, through an exhibit or without one."""
    found = (exhibit_of(entry, exhibits) or {}) if "exhibit" in entry else entry
    return str(found.get("table"))


def exhibit_columns(exhibit: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the columns that the numbers of an exhibit have; None if its settings do not say.

    Examples
    --------
    >>> exhibit_columns({"kind": "bars"})
    ('group', 'mean', 'low', 'high', 'n')
    """
    named = exhibit.get("columns")
    return {
        "table": tuple(named.values()) if isinstance(named, dict) else None,
        "lines": ("group", str(exhibit.get("x")), *_SUMMARY),
        "bars": ("group", *_SUMMARY),
        "panels": ("measure", "group", *_SUMMARY),
        "before_after": ("quantity", "group", "estimate", "low", "high"),
        "series": ("x", "series", "value"),
    }.get(str(exhibit.get("kind")))


def rows_of(
    entry: Mapping[str, Any], table: "Callable[[str], pd.DataFrame]", exhibits: Iterable[Mapping[str, Any]]
) -> "pd.DataFrame":
    """Return what a number is taken from.

    Raises
    ------
    ValueError
        If the exhibit cannot be computed; the text continues the sentence that begins with the number's place.
    CaseError
        As `table` raises it, or as the exhibit does.
    """
    from cocreate_teach.cases.aggregation import aggregate  # pandas: only those who compute a number pay for it

    found = exhibit_of(entry, exhibits) if "exhibit" in entry else None
    if found is None:
        return table(entry["table"])
    data = table(found["table"])
    try:
        return aggregate(data, found)
    except (LookupError, TypeError, ValueError, AttributeError) as error:  # settings that do not fit the table
        told = f"{type(error).__name__}: {error}"
        raise ValueError(f".exhibit is {entry['exhibit']}, which cannot be computed ({told}); mend it") from None


def taken(entry: Mapping[str, Any], data: "pd.DataFrame") -> Value:
    """Take one value from the rows; a ValueError continues the sentence that begins with its place."""
    from pandas.api.types import is_numeric_dtype

    take, rows = entry["take"], _kept(data, entry.get("where", ()))
    told = f" takes {take} of {entry['column']!r}"
    if take == "value" and len(rows) != 1:
        raise ValueError(f"{told}, but {len(rows)} rows are left where one is meant; change where, or take another way")
    for column in [entry["by"]] if is_at(entry) else [entry["column"]] if take in NUMERIC else []:
        if not is_numeric_dtype(rows[column]):
            raise ValueError(f"{told}, but {column!r} holds texts; choose a column of numbers, or another way to take")
    if is_at(entry):
        by = rows[entry["by"]]
        rows = rows[by == (by.max() if take == "at_max" else by.min())]
        if rows[entry["column"]].nunique(dropna=False) > 1:
            raise ValueError(f"{told} by {entry['by']!r}, but {len(rows)} rows tie; narrow where until one is left")
    values = rows[entry["column"]]
    found: Any = None
    if take == "count":
        found = int(values.count())
    elif take in NUMERIC and values.count():  # the sum of nothing is no number of a case
        found = getattr(values, take)()
    elif take not in NUMERIC and len(values):
        found = values.iloc[-1 if take == "last" else 0]
    if found is None or found != found or not len(rows):
        raise ValueError(f"{told}, but there is no value in the rows that are left; change where or the column")
    plain: Value = found.item() if hasattr(found, "item") else found
    return plain


def _kept(data: "pd.DataFrame", where: Any) -> "pd.DataFrame":
    for i, link in enumerate(where, start=1):
        column = data[link["column"]]
        try:
            data = data[column.isin(link["is"]) if "is" in link else column.between(link["from"], link["to"])]
        except TypeError:
            raise ValueError(f".where.{i} compares {link['column']!r} with values of another kind; change it") from None
    return data
