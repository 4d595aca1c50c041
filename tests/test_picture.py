"""A picture keeps its alternative text, whatever is written in it."""

from html.parser import HTMLParser
from io import BytesIO

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from cocreate_teach.picture import Picture, picture
from cocreate_teach.style import ROLES


class Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.alts: list[str | None] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "img":
            self.alts.append(dict(attrs)["alt"])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_survives_as_alternative_text_and_opens_no_tag(alt, caption):
    """Quotes and angle brackets in a caption are text, not markup."""
    parser = Images()
    parser.feed(Picture(b"png", alt, caption).to_html())
    assert parser.alts == [alt]
    assert parser.tags == ["figure", "img", "figcaption"]


def test_the_same_figure_gives_the_same_bytes():
    """A lesson written twice is the same file."""

    def png() -> bytes:
        figure = Figure(figsize=(2, 1))
        figure.subplots().plot([0, 1], [1, 0])
        return picture(figure, alt="a line falls", caption="").png

    assert png() == png()
    assert png().startswith(b"\x89PNG")


def test_readers_without_html_get_the_words():
    """A text-only reader gets alternative text and caption."""
    shown = Picture(b"png", "a line falls", "Figure 1")._repr_mimebundle_()
    assert shown["text/plain"] == "a line falls\nFigure 1"


def test_a_small_picture_keeps_the_colours_that_mean_something():
    """A few orange points among many colours must not become red: orange is the firm, red is a warning."""
    figure = Figure(figsize=(4, 3))
    axes = figure.subplots()
    axes.imshow(np.random.default_rng(1).random((30, 30)), cmap="Reds")
    axes.text(5, 5, "firm", color=ROLES["firm"].colour, fontweight="bold")
    small = picture(figure, alt="a text on many reds", caption="made for this test", colours=48)
    shown = np.asarray(Image.open(BytesIO(small.png)).convert("RGB")).astype(int)
    wanted = np.array([int(ROLES["firm"].colour[at : at + 2], 16) for at in (1, 3, 5)])
    assert np.abs(shown - wanted).sum(axis=-1).min() < 24
