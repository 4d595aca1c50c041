"""An exhibit: a finding, the numbers behind it and its picture, declared in ``case.toml`` and drawn in one style."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

import pandas as pd

from cocreate_teach.cases.aggregation import aggregate, formatted
from cocreate_teach.cases.drawing import draw
from cocreate_teach.cases.rendering import number_table, status_mark
from cocreate_teach.picture import Picture, picture
from cocreate_teach.style import STATUSES


@dataclass(frozen=True, repr=False, eq=False)
class Exhibit:
    """One exhibit of a case.

    Parameters
    ----------
    settings : Mapping
        Its entry in ``case.toml``: number, kind, title, caption, alt, source, status and the settings of its kind.
    data : DataFrame
        The table it is computed from.
    """

    settings: Mapping[str, Any]
    data: pd.DataFrame

    @property
    def number(self) -> int:
        """Its number in the case."""
        return int(self.settings["number"])

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        return str(self.settings["title"])

    @property
    def status(self) -> str:
        """Where its numbers come from: one of ``style.STATUSES``."""
        return str(self.settings["status"])

    @property
    def caption(self) -> str:
        """What is shown, with its status and source."""
        status = f"{self.status.capitalize()}: {STATUSES[self.status]}."
        return f"{self.settings['caption']} {status} Source: {self.settings['source']}"

    @property
    def alt(self) -> str:
        """The text that stands for the picture."""
        return str(self.settings["alt"])

    @property
    def table(self) -> pd.DataFrame:
        """The numbers behind the picture, unrounded."""
        return self._numbers.copy()

    @cached_property
    def _numbers(self) -> pd.DataFrame:
        return aggregate(self.data, self.settings)

    @property
    def picture(self) -> Picture | None:
        """The picture; None for an exhibit that is a table."""
        figure = draw(self._numbers, self.settings)
        return None if figure is None else picture(figure, alt=self.alt, caption=self.caption)

    def to_html(self) -> str:
        """Return the exhibit as HTML: title, figure with its alternative text, numbers as an accessible table."""
        mark = status_mark(self.status)
        head = f"<p>{mark} <strong>Exhibit {self.number}. {escape(self.title)}</strong></p>"
        shown = self.picture
        label = f"Exhibit {self.number}: the numbers ({self.status})"
        numbers = number_table(formatted(self._numbers, self.settings), caption=label)
        if shown is None:
            caption = f"<figcaption>{escape(self.caption)}</figcaption>"
            return f'<div>{head}<figure style="margin:0">{numbers}{caption}</figure></div>'
        return f"<div>{head}{shown.to_html()}{numbers}</div>"

    def __repr__(self) -> str:
        return f"Exhibit {self.number}. {self.title}\n{self.alt}\n{self.caption}"

    def _repr_html_(self) -> str:
        return self.to_html()
