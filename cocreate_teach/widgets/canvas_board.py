"""The board of a group: ten questions on two pages, its answers, and results kept from explorers.

Plain data; a change gives a new board.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets.words import listed


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """One question of the canvas, and the explorers whose results belong there first."""

    name: str
    question: str
    hint: str
    fits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Some boxes under one title."""

    title: str
    boxes: tuple[Box, ...]


PAGES: Final = (
    Page(
        title="What we create together",
        boxes=(
            Box(
                name="idea",
                question="What do we want to create together?",
                hint="One product or service, and the decision that somebody has to take.",
            ),
            Box(
                name="with_whom",
                question="With whom, and who is absent?",
                hint="Name the stakeholders. Who has little power and much interest?",
                fits=("stakeholders",),
            ),
            Box(
                name="inside",
                question="Who inside the firm must take part first?",
                hint="Feedback, input and a say: who gets which?",
                fits=("participation", "voice", "business_model"),
            ),
            Box(
                name="each_side",
                question="What does each side put in?",
                hint="Time, information, ideas, risk; people, technology, knowledge.",
                fits=("ledger", "tailoring", "investments"),
            ),
            Box(
                name="value",
                question="Who creates value, and who captures it?",
                hint="Where does value arise, and who gets how much of it?",
                fits=("value",),
            ),
        ),
    ),
    Page(
        title="Whether it holds",
        boxes=(
            Box(
                name="over_time",
                question="Why would both sides stay?",
                hint="Involvement, proportion and trust after a year.",
                fits=("involvement", "loyalty", "class_round"),
            ),
            Box(
                name="outward",
                question="How do we talk about it, and what if an answer is bad?",
                hint="The channel, the weakest stage, and a plan for an angry review.",
                fits=("funnel", "word_of_mouth"),
            ),
            Box(
                name="risks",
                question="What could go wrong?",
                hint="Who pays while others gain? Who is left out?",
                fits=("adoption", "inequality"),
            ),
            Box(
                name="refusal",
                question="When should we not co-create?",
                hint="Three conditions under which you would refuse.",
                fits=("scope",),
            ),
            Box(
                name="evidence",
                question="What evidence would convince us?",
                hint="What you would measure, and which result would change your mind.",
            ),
        ),
    ),
)
BOXES: Final[Mapping[str, Box]] = MappingProxyType({box.name: box for page in PAGES for box in page.boxes})


def fitting_box(explorer: str) -> str:
    """Return the box to which results of an explorer belong first.

    Examples
    --------
    >>> fitting_box("scope"), fitting_box("of my own")
    ('refusal', 'idea')
    """
    return next((box.name for box in BOXES.values() if explorer in box.fits), next(iter(BOXES)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What an explorer showed when the group kept it.

    Parameters
    ----------
    box, remark : str
        Where it was put, and what the group says about it.
    title, headline, note, assumption : str
        Question, finding, status with source, and what the model assumes.
    key_numbers, settings : sequence of (label, text)
        Numbers as shown; the controls that were moved by hand.
    png, alt : bytes, str
        The picture, or nothing, and the text that stands for it.
    """

    box: str
    remark: str = ""
    title: str
    headline: str
    key_numbers: Sequence[tuple[str, str]] = ()
    settings: Sequence[tuple[str, str]] = ()
    note: str
    assumption: str
    alt: str
    png: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """Group, answers by box, and results in the order in which they were kept."""

    group: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    results: tuple[Result, ...] = ()

    def write(self, texts: Mapping[str, str]) -> "Board":
        """Return a board with these texts: answers by the name of their box, and ``group``.

        Raises
        ------
        ParameterError
            With one sentence per name that no box has.
        """
        unknown = [name for name in texts if name != "group" and name not in BOXES]
        if unknown:
            raise ParameterError([_no_box(name) for name in unknown])
        answers = dict(self.answers) | {name: text for name, text in texts.items() if name != "group"}
        kept = {name: answers[name] for name in BOXES if answers.get(name)}
        return replace(self, group=texts.get("group", self.group), answers=kept)

    def answered(self) -> int:
        """Return the number of boxes with an answer."""
        return sum(bool(text.strip()) for text in self.answers.values())

    @property
    def progress(self) -> str:
        """How far the group is.

        Examples
        --------
        >>> Board(answers={"risks": "Nobody comes."}).progress
        '1 of 10 boxes has an answer; no result is kept.'
        """
        answered, kept = self.answered(), len(self.results)
        have = "has" if answered == 1 else "have"
        results = {0: "no result is kept", 1: "1 result is kept"}.get(kept, f"{kept} results are kept")
        return f"{answered} of {len(BOXES)} boxes {have} an answer; {results}."


def check_box(name: str) -> str:
    """Return the name of a box, or raise `ParameterError` with the names that there are."""
    if name not in BOXES:
        raise ParameterError(_no_box(name))
    return name


def _no_box(name: object) -> str:
    return f"there is no box {str(name)[:40]!r}; the boxes are {listed(list(BOXES))}: choose one"
