"""Does a sentence give the right answer away? Asked of every message before an exercise is released."""

import re
from typing import Any

from cocreate_teach.exercises.keys import Given, Question

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def gives_away(sentence: str, question: Question, given: Given) -> bool:
    """Say whether a sentence names the right number, the right option, or all the right items.

    A single letter counts only in quotation marks or after *option* or *answer*: "a" is also an English word.
    """
    if question.is_function:
        return False
    right: Any = question.expectation.read(question.answer(given))
    if isinstance(right, int | float):
        numbers = [float(found.replace(",", ".")) for found in _NUMBER.findall(sentence)]
        return any(abs(found - right) <= question.tolerance for found in numbers)
    named = [right] if isinstance(right, str) else [str(item) for item in right]
    return bool(named) and all(_names(sentence.casefold(), word) for word in named)


def _names(sentence: str, word: str) -> bool:
    if len(word) > 1:
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence) is not None
    return (
        re.search(rf"""["'“”]{re.escape(word)}["'“”]|\b(?:option|answer|letter) {re.escape(word)}\b""", sentence)
        is not None
    )
