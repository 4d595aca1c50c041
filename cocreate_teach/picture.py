"""A still picture that keeps its alternative text everywhere a notebook is shown."""

import base64
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, the text that stands for it, and its caption.

    ``widgets.Image`` and matplotlib's own display lose the alternative text in JupyterLab, Voila and nbconvert;
    ``<figure><img alt=...><figcaption>`` keeps it.
    """

    png: bytes
    alt: str
    caption: str

    def to_html(self) -> str:
        """Return the picture as one self-contained ``<figure>``."""
        data = base64.b64encode(self.png).decode("ascii")
        return (
            f'<figure style="margin:0"><img style="max-width:100%;height:auto" alt="{escape(self.alt, quote=True)}" '
            f'src="data:image/png;base64,{data}"/><figcaption>{escape(self.caption)}</figcaption></figure>'
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Give notebooks the figure with its text, and the text alone to those who show no HTML."""
        return {"text/html": self.to_html(), "text/plain": f"{self.alt}\n{self.caption}"}


def picture(figure: "Figure", *, alt: str, caption: str, dpi: int = 110, colours: int = 256) -> Picture:
    """Render a matplotlib figure (made with ``matplotlib.figure.Figure``, never pyplot) to a `Picture`.

    The PNG has a palette of at most 256 colours: a third of the bytes, which a saved lesson carries twice.
    """
    from PIL import Image

    drawn, small = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=dpi)
    full = Image.open(drawn).convert("RGB")
    # The octree keeps a colour that only a few points have: a median cut makes an orange label a red one.
    palette = full.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette.save(small, format="png", optimize=True)
    return Picture(png=small.getvalue(), alt=alt, caption=caption)
