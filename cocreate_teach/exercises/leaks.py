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
    places = [_place(sentence.casefold(), word) for word in named]
    if isinstance(right, tuple) and places != sorted(places):
        return False  # an order is told only by naming the items in it
    return bool(named) and -1 not in places


def _place(sentence: str, word: str) -> int:
    """Return where a word stands, -1 if nowhere."""
    pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
    if len(word) == 1:
        pattern = rf"""["'“”]{re.escape(word)}["'“”]|\b(?:option|answer|letter) {re.escape(word)}\b"""
    found = re.search(pattern, sentence)
    return found.start() if found else -1
