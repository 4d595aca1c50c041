"""Draw the numbers of an exhibit in the house style."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def draw(numbers: "pd.DataFrame", settings: Mapping[str, Any]) -> "Figure | None":
    """Return the picture of an exhibit; None for the kinds that are tables."""
    return None
