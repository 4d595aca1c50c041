"""The classroom round without a computer: what is asked, and slips of paper to print and cut."""

from html import escape
from typing import Final

from cocreate_teach.widgets.round_codes import MOST, RESOURCES
from cocreate_teach.widgets.topic import Leaflet

ASKED: Final = {
    "time": "Hours for talks, tests, waiting, learning how it works",
    "information": "What I tell about my needs and my life",
    "ideas": "Wishes, proposals, complaints that help",
    "data": "What I let them store and use about me",
}
"""What each number stands for (Text B: the customer's investments)."""
HOW: Final = (
    "You are a customer of the firm of this round. Circle one number in each row, from 0 (nothing) to 9 (all you "
    "could), and write the four numbers in a row, like 5382. No name is needed."
)
_SLIPS: Final = 8
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_RULES: Final = """
@page { size: A4; margin: 10mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #262626; background: #fff; font: 9.5pt/1.3 "DejaVu Sans", Verdana, Arial, sans-serif; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(90mm, 1fr)); }
section { border: 0.2mm dashed #767676; padding: 4mm; break-inside: avoid; min-height: 68mm; }
h2 { font-size: 11pt; margin: 0 0 1mm; }
p { margin: 0 0 2mm; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2mm; }
th { text-align: left; padding: 1mm 2mm 1mm 0; }
td { text-align: center; padding: 1mm; font-size: 11pt; }
.code b { display: inline-block; width: 8mm; height: 8mm; border: 0.3mm solid #262626; vertical-align: middle; }
"""


def leaflet(*, to_print: bool = False) -> Leaflet:
    """Return what an explorer of the round says about paper; `to_print` adds the page of slips."""
    return Leaflet(
        title="On paper",
        text=HOW,
        rows=tuple((name, *(str(number) for number in range(MOST + 1))) for name in RESOURCES),
        page=slips_html() if to_print else "",
    )


def slips_html() -> str:
    """Return a page of A4 with eight slips to print and cut; it loads nothing.

    Examples
    --------
    >>> slips_html().count("<section>")
    8
    """
    numbers = "".join(f"<td>{number}</td>" for number in range(MOST + 1))
    rows = "".join(f'<tr><th scope="row">{escape(name)}</th>{numbers}</tr>' for name in RESOURCES)
    asked = "; ".join(f"<b>{escape(name)}</b>: {escape(text.lower())}" for name, text in ASKED.items())
    slip = (
        f"<section><h2>What do you put in?</h2><p>{escape(HOW)}</p><table>{rows}</table>"
        f'<p class="code">My code: {"<b></b>" * len(RESOURCES)}</p><p>{asked}.</p></section>'
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Slips for the classroom round</title><style>{_RULES}</style></head>\n"
        f"<body><main>{slip * _SLIPS}</main></body></html>\n"
    )
