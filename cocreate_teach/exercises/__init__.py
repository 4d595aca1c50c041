"""Exercises, beside the student: open one, see one's own data, check an answer, see what is done.

>>> number(0, 1).fault("0.5")
'"0.5" is a text. Type the number without quotation marks and without a unit.'
"""

from cocreate_teach.exercises.answers import LIMITS, Limits, Table, decode, encode
from cocreate_teach.exercises.exercise import Exercise, exercise
from cocreate_teach.exercises.expectations import (
    Expectation,
    choice,
    function,
    items,
    number,
    table,
    text,
    whole,
)
from cocreate_teach.exercises.keys import Given, Key, Question, Wrong, load_key
from cocreate_teach.exercises.marking import Called, Marked, each_cell, each_item, each_place, mark, mark_calls
from cocreate_teach.exercises.roster import Student, read_roster, student_faults
from cocreate_teach.exercises.setup_cell import with_variant
from cocreate_teach.exercises.variants import Draw, normalise, variant_digest

__all__ = [
    "LIMITS",
    "Called",
    "Draw",
    "Exercise",
    "Expectation",
    "Given",
    "Key",
    "Limits",
    "Marked",
    "Question",
    "Student",
    "Table",
    "Wrong",
    "choice",
    "decode",
    "each_cell",
    "each_item",
    "each_place",
    "encode",
    "exercise",
    "function",
    "items",
    "load_key",
    "mark",
    "mark_calls",
    "normalise",
    "number",
    "read_roster",
    "student_faults",
    "table",
    "text",
    "variant_digest",
    "whole",
    "with_variant",
]
