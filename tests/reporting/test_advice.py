"""One strength, one thing to fix, what to reread: the same rule for everybody."""

import json
import runpy
from pathlib import Path

import pytest

from cocreate_teach.reporting.advice import advise
from cocreate_teach.reporting.lessons import Lesson, find_lesson
from cocreate_teach.reporting.result import read_sound
from tests.reporting.made_results import made, memo, put, question

ROOT = Path(__file__).parents[2]
SECTIONS = (
    ("Input: five ideas (15 minutes)", "Also A12."),
    ("4. Nobody pays for nothing (A12)", "As A8 says."),
    ("Case: train or pair? (35 minutes)", "From Text A (A11)."),
    ("Later", "A12 and A8"),
)
LESSON = Lesson("Bank", SECTIONS)
CUT = "The file is cut off."
RIGHT = question("q1", 1.0, 1.0)
DOTS = "The dots are still there."


def advice(results, *questions, lesson=LESSON):
    return advise(read_sound(put(results, made(questions=questions)))[0], lesson)


@pytest.mark.parametrize(
    ("questions", "strength"),
    [
        ((RIGHT, question("q2", 2.0, 2.0)), "All 2 questions that were checked are right."),
        ((RIGHT,), "Your answer is right."),
        ((RIGHT, question("q2", 2.0, 2.0), question("q3", 0.0, 1.0, "wrong", concept="A11")),
         "All 2 questions about “Nobody pays for nothing” are right."),
        ((RIGHT, question("q2", 2.0, 2.0, concept="A11"), question("q3", 0.0, 1.0, "wrong")),
         "Question 2 is right (2 marks). It is about “Case: train or pair?”."),
        ((question("q1", 0.2, 1.0, "partial"), question("q2", 1.0, 2.0, "partial")),
         "Question 2 is right in part: 1 of 2 marks."),
        ((question("q1", 0.0, 1.0, "wrong"), question("q2", 0.0, 1.0, "not_attempted")),
         "You tried 1 of 2 questions. None is right yet, but each note below says where to go on."),
        ((question("q1", 0.0, 1.0, "error"), memo()), "There is no checked answer yet, so there is nothing to praise."),
    ],
)  # fmt: skip
def test_the_strength_is_the_most_that_is_true(results, questions, strength):
    """All, a whole idea, the heaviest right answer, a part of one, or the attempt; never invented praise."""
    assert advice(results, *questions).strength == strength


@pytest.mark.parametrize(
    ("questions", "fix"),
    [
        ((RIGHT,), "Nothing in the questions that were checked."),
        ((memo(),), "Nothing was checked by itself here."),
        ((question("q1", 0.0, 5.0, "not_attempted", DOTS), question("q2", 0.0, 1.0, "wrong", "Halve it."),
          question("q3", 0.0, 2.0, "wrong", "Double it.")), "Question 3: Double it."),
        ((question("q1", 0.5, 3.0, "partial", "One is missing."), question("q2", 0.0, 9.0, "error", "It stopped.")),
         "Question 1: One is missing."),
        ((question("q1", 0.0, 1.0, "not_attempted", DOTS), question("q2", 0.0, 2.0, "not_attempted", DOTS)),
         "2 questions were not attempted. Begin with Question 2."),
        ((question("q1", 0.0, 1.0, "error", CUT), question("q2", 0.0, 1.0, "error", CUT)),
         "2 questions, for the same reason: The file is cut off."),
        ((question("q1", 0.0, 1.0, "wrong"),), "Question 1: this is not right yet."),
    ],
)  # fmt: skip
def test_the_fix_is_the_costliest_thought_before_any_gap(results, questions, fix):
    """A wrong thought is put right before a gap is filled; among thoughts the one that cost most marks."""
    assert advice(results, *questions).fix == fix


def test_reread_names_the_sections_that_cost_most_marks_first(results):
    """A heading that names the idea wins over a text that mentions it; an idea without a section keeps its id."""
    told = advice(
        results,
        question("q1", 0.0, 1.0, "wrong"),
        question("q2", 0.0, 3.0, "wrong", concept="A11"),
        question("q3", 1.5, 2.0, "partial", concept="B7"),
        question("q4", 0.0, 9.0, "error", concept="A8"),
    )
    assert told.reread == (
        "“Case: train or pair?” (A11)",
        "“Nobody pays for nothing” (A12)",
        "what the course says about B7",
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (RIGHT, "Nothing: all that was checked is right."),
        (question("q1", 0.0, 1.0, "error"), "Nothing yet. First put right what stopped your work from being checked."),
        (question("q1", 0.0, 1.0, "wrong", concept=""),
         "The hints below each question in the exercise say where to look."),
    ],
)  # fmt: skip
def test_without_a_section_a_sentence_says_what_instead(results, asked, told):
    """Never an empty box."""
    found = advice(results, asked)
    assert (found.reread, found.no_reread) == ((), told)


def test_a_concept_is_no_pattern_and_no_part_of_another():
    """``A1`` is not ``A12``; signs of a foreign concept are taken as they are."""
    assert LESSON.section_of("A1") == ""
    assert LESSON.section_of(".*") == ""
    assert LESSON.section_of("") == ""


@pytest.mark.parametrize("folder", sorted((ROOT / "exercises").glob("*/key.py")), ids=lambda path: path.parent.name)
def test_every_concept_of_a_key_has_a_section_in_its_lesson(folder):
    """Otherwise a page would say what to reread without saying where."""
    lesson = find_lesson(folder.parent.name)
    concepts = {question.concept for question in runpy.run_path(str(folder))["KEY"].questions} - {""}
    assert concepts
    assert {concept: lesson.section_of(concept) for concept in concepts if not lesson.section_of(concept)} == {}


@pytest.mark.parametrize(
    "text", [None, "{", "[]", '{"cells": []}', json.dumps({"metadata": {"cocreate": {"title": "x"}}, "cells": [1]})]
)
def test_an_exercise_without_a_lesson_of_ours_gives_no_fault(tmp_path, text):
    """A private course has exercises of its own."""
    if text is not None:
        (tmp_path / "own.ipynb").write_text(text, encoding="utf-8")
    assert find_lesson("own", tmp_path) == Lesson("")
