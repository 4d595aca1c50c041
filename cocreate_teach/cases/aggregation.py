"""From a table to the few numbers that an exhibit shows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd


def aggregate(data: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return the numbers of an exhibit, unrounded; see `schema.EXHIBIT_KINDS` for the settings of each kind."""
    columns: dict[str, str] = settings["columns"]
    return data[list(columns)].rename(columns=columns)


def formatted(numbers: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return the numbers as texts, floats with the decimals the exhibit asks for."""
    return numbers.astype(str)
