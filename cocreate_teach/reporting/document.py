"""A self-contained HTML page without scripts: a policy in it lets nothing run and nothing load."""

import base64
import hashlib
from pathlib import Path
from typing import Final

from cocreate_teach import style

# Styles and pictures that stand in a page of our own texts; pages with texts of others allow their sheet alone.
OWN_TEXTS: Final = "style-src 'unsafe-inline'; img-src data:"
_LIGHT: Final = {"ink": style.INK, "quiet": "#595959", "page": "#ffffff", "card": "#f4f4f4", "line": style.GRID,
                 "link": "#0b57d0", "warning": style.WARNING}  # fmt: skip
_DARK: Final = {"ink": "#ececec", "quiet": "#b8b8b8", "page": "#151515", "card": "#242424", "line": "#4a4a4a",
                "link": "#8ab4f8", "warning": "#f2847c"}  # fmt: skip


def document(title: str, body: str, *, sheet: str, head: str = "", allowed: str = "") -> str:
    """Return a page.

    Parameters
    ----------
    title, body, head : str
        HTML.
    sheet : str
        File beside this module with the rules of the page; it may use the house colours (``var(--ink)``).
    allowed : str
        What its policy allows beside ``sheet``; by default nothing.
    """
    rules = _sheet(sheet)
    if not allowed:
        allowed = f"style-src 'sha256-{base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode('ascii')}'"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
        f'<meta name="color-scheme" content="light dark">{head}<title>{title}</title>'
        f"<style>{rules}</style></head>\n<body>{body}</body></html>\n"
    )


def _sheet(name: str) -> str:
    roles = {name: role.colour for name, role in style.ROLES.items()}
    light, dark = ("".join(f"--{name}:{colour};" for name, colour in one.items()) for one in (_LIGHT, _DARK))
    fixed = "".join(f"--{name}:{colour};" for name, colour in roles.items())
    rules = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return (
        f":root{{color-scheme:light dark;{fixed}{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{rules}"
    )
