"""An exhibit: a finding, the numbers behind it and its picture, declared in ``case.toml`` and drawn in one style."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from textwrap import wrap
from typing import Any, Final

import pandas as pd

from cocreate_teach.cases.aggregation import aggregate, formatted
from cocreate_teach.cases.drawing import draw
from cocreate_teach.cases.plain import WIDTH, text_table
from cocreate_teach.cases.rendering import number_table, status_mark
from cocreate_teach.picture import Picture, picture
from cocreate_teach.style import STATUSES

DOTS: Final = 110  # an inch of a picture on a screen


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
        return self._picture(DOTS)

    def _picture(self, dpi: int) -> Picture | None:
        figure = draw(self._numbers, self.settings)
        return None if figure is None else picture(figure, alt=self.alt, caption=self.caption, dpi=dpi)

    def to_html(self, *, heading: str = "p", dpi: int = DOTS) -> str:
        """Return the exhibit as HTML: title, figure with its alternative text, numbers as an accessible table.

        Parameters
        ----------
        heading : str
            Element of the title: ``"p"`` inside a lesson, ``"h3"`` in a page that lists exhibits.
        dpi : int
            Dots an inch of the picture; print needs more than a screen.
        """
        mark = status_mark(self.status)
        head = f"<{heading}>{mark} <strong>Exhibit {self.number}. {escape(self.title)}</strong></{heading}>"
        shown = self._picture(dpi)
        label = f"Exhibit {self.number}: the numbers ({self.status})"
        numbers = number_table(formatted(self._numbers, self.settings), caption=label)
        if shown is None:
            caption = f"<figcaption>{escape(self.caption)}</figcaption>"
            return f'<div>{head}<figure style="margin:0">{numbers}{caption}</figure></div>'
        return f"<div>{head}{shown.to_html()}{numbers}</div>"

    def to_text(self, width: int = WIDTH) -> str:
        """Return the exhibit as plain text: title, alternative text, numbers as an aligned table, caption."""
        told = [f"Exhibit {self.number} ({self.status}). {self.title}"]
        told += [] if self.settings["kind"] == "table" else [self.alt]
        parts = ["\n".join(wrap(" ".join(text.split()), width)) for text in (*told, self.caption)]
        return "\n\n".join([*parts[:-1], text_table(formatted(self._numbers, self.settings), width), parts[-1]])

    def __repr__(self) -> str:
        return f"Exhibit {self.number}. {self.title}\n{self.alt}\n{self.caption}"

    def _repr_html_(self) -> str:
        return self.to_html()
