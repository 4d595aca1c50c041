"""A picture keeps its alternative text, whatever is written in it."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from cocreate_teach.picture import Picture, picture


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
