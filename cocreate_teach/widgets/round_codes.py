"""Codes of the classroom round: four digits and a letter that finds a slip, and how they are found in any text.

A code holds what a student puts in, from 0 to 9 each: time, information, ideas, data. Its letter is the rest of
3a + 2b + 4c + d after division by 23. Since 23 is a prime and the four weights differ, every single wrong digit, every
wrong letter and every swap of two digits gives a code that does not fit. The letters I and O are not used, because
they look like digits, and neither is Q. Digits without a letter (from paper) are accepted; a slip in them is not found.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cocreate_teach.errors import ParameterError

RESOURCES: Final = ("time", "information", "ideas", "data")
"""What a customer puts in, in the order of the digits (Text B; `models.CONSUMER_RESOURCES`)."""
MOST: Final = 9
LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
WEIGHTS: Final = (3, 2, 4, 1)

_FEWEST_DIGITS, _MOST_DIGITS, _MOST_LETTERS = 3, 6, 2  # an attempt at a code; longer numbers may be somebody's own
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212]")
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NO_CODES: Final = re.compile(
    r"\S+@\S+|\w+://\S+"  # addresses
    r"|(?<![\w.:-])\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?![\w-]|[:.]\d)"  # times
    r"|(?<![\w-])\d{1,4}([./-])\d{1,2}\1\d{1,4}(?![\w-])|(?<![\w-])\d+/\d+(?![\w-])"  # dates, 10/10
    rf"|\b{_MONTH}\.?\s+(?:\d{{1,2}}(?:[a-z]{2})?,?\s+)?(?:19|20)\d\d(?![\w-])",  # 25 November 2026
    re.IGNORECASE,
)
_SPELLED: Final = re.compile(r"(?<![\w-])(?<!\d )(\d)([ -])(\d)\2(\d)\2(\d)(?!\w)(?![ -]\d)")  # 5 3 8 2
_STUCK: Final = re.compile(r"(\d{4}-?[A-Za-z])(?=\d{4})")  # 5382-K1204-D, where a field has lost a line break
_WORD: Final = re.compile(r"\w+(?:-\w+)*")
_NEAR: Final = re.compile(r"[^\S\n\r]{0,2}[-,.:/]?[^\S\n\r]{0,2}")  # between digits and their letter
_LOOKS_LIKE: Final = str.maketrans({"O": "0", "o": "0", "I": "1", "i": "1", "l": "1"})
_AGAIN: Final = "ask for it again"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one code says, or why it does not fit.

    Parameters
    ----------
    place : int
        Which code of the text it is, from 1.
    text : str
        The code in its usual form: ``5382-K``, or ``5382`` without a letter.
    choices : tuple of four int, or None
        Time, information, ideas, data, from 0 to 9; None if the code does not fit.
    fault : str
        A sentence without its full stop, or nothing.
    """

    place: int
    text: str
    choices: tuple[int, ...] | None
    fault: str = ""

    @property
    def has_letter(self) -> bool:
        """Whether a letter vouches for the digits."""
        return self.choices is not None and "-" in self.text


def check_letter(choices: Sequence[int]) -> str:
    """Return the letter that belongs to four numbers from 0 to 9.

    Raises
    ------
    ParameterError
        If there are not four, or one is no whole number from 0 to 9.

    Examples
    --------
    >>> check_letter((5, 3, 8, 2)), check_letter((5, 8, 3, 2))
    ('K', 'Z')
    """
    if len(choices) != len(WEIGHTS) or any(one not in range(MOST + 1) for one in choices):
        raise ParameterError(
            f"a code holds {len(WEIGHTS)} whole numbers from 0 to {MOST}; got {tuple(choices)}; choose again"
        )
    return LETTERS[sum(weight * one for weight, one in zip(WEIGHTS, choices, strict=True)) % len(LETTERS)]


def code_of(choices: Sequence[int]) -> str:
    """Return the code of four numbers from 0 to 9.

    Examples
    --------
    >>> code_of((5, 3, 8, 2))
    '5382-K'
    """
    letter = check_letter(choices)
    return f"{''.join(str(int(one)) for one in choices)}-{letter}"


@lru_cache(maxsize=8)
def read_codes(text: str) -> tuple[Reading, ...]:
    """Find all codes in a text: in the lines of a chat, a list, a column of a table.

    Names, times, dates, addresses and numbers of other lengths are passed over. What looks like a code and is none is
    returned with its fault.

    Examples
    --------
    >>> [(one.text, one.choices) for one in read_codes("10:32 Ann: 5382-K, Ben (paper) 1204")]
    [('5382-K', (5, 3, 8, 2)), ('1204', (1, 2, 0, 4))]
    >>> read_codes("5382-K 5382-X")[1].fault
    'code 2, 5382-X: the letter does not fit the digits; ask for it again'
    """
    return tuple(_read(place, *attempt) for place, attempt in enumerate(_attempts(_plain(text)), start=1))


def tidy(text: str) -> str:
    """Return the codes of a text in their usual form, with those that do not fit, and nothing else.

    Examples
    --------
    >>> tidy("Ann Lee (1234567): 5382k; Ben  5382 x ... thanks!")
    '5382-K 5382-X'
    """
    return " ".join(reading.text for reading in read_codes(text))


def _plain(text: str) -> str:
    """Return a text with plain digits and dashes, without what holds digits and is no code."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    text = _DASHES.sub("-", text).replace("_", " ")
    text = _SPELLED.sub(r"\1\3\4\5", text)
    return _STUCK.sub(r"\1 ", _NO_CODES.sub(" \n ", text))


def _attempts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield what looks like a code: digits, letter, and how it was written."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        word = words[at].group()
        at += 1
        letters, digits = _count(word)
        if not word.isascii() or not _FEWEST_DIGITS <= digits <= _MOST_DIGITS or letters > _MOST_LETTERS:
            continue
        joined = word.replace("-", "")
        first, rest = joined[:4].translate(_LOOKS_LIKE), joined[4:].upper()
        if not re.fullmatch(r"[0-9]{4}", first) or not re.fullmatch(r"[A-Z]?", rest):
            yield "", "", word.upper()
        elif rest or "-" not in word:
            letter = rest or _letter_after(text, words, at, first)
            at += bool(letter and not rest)
            yield first, letter, ""
        # digits with a dash among them and no letter are a range, as in 11-25


def _letter_after(text: str, words: "list[re.Match[str]]", at: int, digits: str) -> str:
    """Return the letter that stands apart behind digits, as in ``5382 K``, or nothing."""
    if at >= len(words):
        return ""
    word = words[at].group().upper()
    if not re.fullmatch(r"[A-Z]", word) or not _NEAR.fullmatch(text[words[at - 1].end() : words[at].start()]):
        return ""
    is_word = word in "AI" and re.match(r"[^\S\n\r]+[^\W\d_]{2}", text[words[at].end() :])  # 5382 I think
    return "" if is_word and word != check_letter([int(one) for one in digits]) else word


def _count(word: str) -> tuple[int, int]:
    return sum(sign.isalpha() for sign in word), sum(sign.isdigit() for sign in word)


def _read(place: int, digits: str, letter: str, written: str) -> Reading:
    if written:
        count = _count(written)[1]
        what = f"it has {count} digits, a code has 4" if count != 4 else "a code has 4 digits, then a letter"
        return Reading(place, written, None, f"code {place}, {written}: {what}; {_AGAIN}")
    choices = tuple(int(one) for one in digits)
    if letter in ("", check_letter(choices)):
        return Reading(place, f"{digits}-{letter}".rstrip("-"), choices)
    text = f"{digits}-{letter}"
    what = "the letter does not fit the digits" if letter in LETTERS else f"no code has the letter {letter}"
    return Reading(place, text, None, f"code {place}, {text}: {what}; {_AGAIN}")
