"""What an explorer is about: the topic says what can be changed, and what each set of values looks like and means."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from numpy.typing import ArrayLike

from cocreate_teach.widgets.controls import Control, Scenario, Values
from cocreate_teach.widgets.figure import LiveFigure

Pace: TypeAlias = Literal["live", "release", "run"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What one set of values looks like and means.

    Parameters
    ----------
    numbers, texts : mapping
        For each mark its numbers, for each mark of labels its strings (`LiveFigure.pack`).
    headline, alt : str
        The finding, and the text that stands for the picture.
    key_numbers : sequence of (label, text)
        Formatted, in the order of reading.
    table : sequence of rows
        The numbers behind the picture; the first row holds the column heads.
    code : str
        A short text to hand on, shown with a button that copies it; nothing if there is none.
    cautions : sequence of str
        Sentences on what was left out of the picture, each shown on a line of its own.
    """

    numbers: Mapping[str, ArrayLike]
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headline: str
    alt: str
    key_numbers: Sequence[tuple[str, str]]
    table: Sequence[Sequence[str]]
    code: str = ""
    cautions: Sequence[str] = ()


class Topic(Protocol):
    """What an explorer is about; the first scenario holds the values it starts and resets with."""

    @property
    def name(self) -> str:
        """Short name, for the downloads."""

    @property
    def title(self) -> str:
        """The question."""

    @property
    def assumption(self) -> str:
        """One sentence: "This model assumes ..."."""

    @property
    def figure(self) -> LiveFigure:
        """Panels and marks."""

    @property
    def controls(self) -> Sequence[Control]:
        """In the order in which a reader would ask; the first is the choice of a scenario."""

    @property
    def scenarios(self) -> Sequence[Scenario]:
        """Named values."""

    def scene(self, values: Values) -> Scene:
        """Compute the picture and its texts for checked values."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaflet:
    """How to do the same without a computer: a heading to unfold, a sentence, a small table, a page to print."""

    title: str
    text: str
    rows: Sequence[Sequence[str]]
    page: str = ""


@runtime_checkable
class TopicWithLeaflet(Topic, Protocol):
    """A topic that also works on paper."""

    @property
    def leaflet(self) -> Leaflet:
        """What stands on paper."""


@runtime_checkable
class PacedTopic(Topic, Protocol):
    """A topic with values that take longer than a hand waits."""

    def pace(self, values: Values) -> Pace:
        """Say when to compute: while a slider moves, on release, or when the reader presses Run."""

    def effort(self, values: Values) -> str:
        """Say before a run what it takes: "1,000,000 stakeholders take some seconds"."""

    def run(self, values: Values, progress: Callable[[float, str], None]) -> Scene:
        """Compute the scene; call `progress(share, text)` often: it ends the run when the reader cancels."""
