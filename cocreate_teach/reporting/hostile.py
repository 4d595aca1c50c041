"""Texts that may come from a student, made harmless where they are shown in HTML."""

import unicodedata
from html import escape
from typing import Final

LONGEST: Final = 2_000
_TURNING: Final = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}  # signs that turn the direction of what follows


def harmless(text: str, limit: int = LONGEST) -> str:
    """Return a text as HTML that shows it and does nothing else.

    Escaped, also for attributes. Signs that cannot be seen but change what a reader sees (control signs, overrides of
    the direction, halves of surrogate pairs) are shown by their code; a text that is too long is cut, and says so.

    Examples
    --------
    >>> harmless("<script>" + chr(0x202E))
    '&lt;script&gt;⟨U+202E⟩'
    >>> harmless("abcdef", limit=3)
    'abc … (cut here; it has 6 characters)'
    """
    kept = text[:limit]
    told = f" … (cut here; it has {len(text):,} characters)" if len(text) > limit else ""
    return escape("".join(map(_seen, kept)), quote=True) + told


def _seen(sign: str) -> str:
    if sign in "\n\t":
        return sign
    code = ord(sign)
    if code in _TURNING or code & 0xFFFE == 0xFFFE or unicodedata.category(sign) in ("Cc", "Cs"):
        return f"⟨U+{code:04X}⟩"
    return sign


def sentence(text: str) -> str:
    """Return a note as a sentence: a capital first, a full stop last.

    Examples
    --------
    >>> sentence("locked cell setup was edited; the master's counts")
    "Locked cell setup was edited; the master's counts."
    """
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
