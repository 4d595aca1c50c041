"""Verify finds each planted fault, and two at once."""

import shutil
from pathlib import Path

import pytest

from cocreate_teach.authoring import Verified, release, verify
from cocreate_teach.authoring.building import MASTER, STUDENT, read_master
from cocreate_teach.authoring.cells import HINT
from cocreate_teach.authoring.structure import rubric_faults, same_faults, structure_faults
from cocreate_teach.authoring.verify import variant_faults
from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises import load_key
from cocreate_teach.notebooks import read_lesson
from tests.authoring.planting import edit, replace_in

ROOT = Path(__file__).parents[2]


def test_the_exercise_of_session_2_verifies():
    """With 200 variants: solvable, distinct, as hard as each other; solution and stub run in real kernels."""
    found = verify(ROOT / "exercises" / "02_inside_first")
    assert found == Verified("02_inside_first", auto_marks=12, memo_marks=8, questions=9, variants=200)


def delete(cell):
    return lambda cells, notebook: notebook["cells"].remove(cells[cell])


def twice(cell):
    return lambda cells, notebook: notebook["cells"].append(dict(cells[cell]))


def source(cell, text):
    return lambda cells, notebook: cells[cell].update(source=text)


def nbgrader(cell, **changed):
    return lambda cells, notebook: cells[cell]["metadata"]["nbgrader"].update(changed)


def moved(cell, to):
    def change(cells, notebook):
        notebook["cells"].remove(cells[cell])
        notebook["cells"].insert(to, cells[cell])

    return change


STRUCTURE = {
    "a check is missing": (delete("q1_check"), "question q1 must have one check cell; it has 0"),
    "an answer is missing": (delete("q2"), "question q2 must have one answer cell; it has 0"),
    "the set-up cell is missing": (delete("setup"), "must have one set-up cell; it has 0"),
    "the memo is missing": (delete("memo"), "has 0 memo cells"),
    "a cell is there twice": (twice("q1"), "grade_id 'q1' is there 2 times"),
    "other points than the key": (nbgrader("q1_check", points=7), "cell q1_check has other nbgrader metadata"),
    "an answer is locked": (nbgrader("q1", locked=True), "cell q1 has other nbgrader metadata"),
    "something of ours in nbgrader's metadata": (nbgrader("q1", ours=1), "cell q1 has other nbgrader metadata"),
    "an old schema": (nbgrader("setup", schema_version=2), "cell setup has other nbgrader metadata"),
    "another id": (nbgrader("q1", grade_id="q7"), "cell q1 has other nbgrader metadata"),
    "the check stands before the answer": (moved("q1_check", 3), "cells of q1 must stand in the order"),
    "another expectation than the key": (
        source("q1_check", 'ex.check("q1", q1, number(0, 1))'), "the check of q1 expects Number(low=0, high=1)"),
    "a check of another question": (
        source("q1_check", 'ex.check("q2", q2, choice("a", "b", "c"))'), "the check of q1 expects Choice"),
    "a check that is more than a line": (source("q1_check", "import os\nex"), "must be one line such as"),
    "an answer without solution marks": (source("q1", "q1 = 0.66"), "the answer q1 has no ### BEGIN SOLUTION"),
    "a memo without solution marks": (source("memo", "A text."), "the memo has no ### BEGIN SOLUTION"),
    "a mark without a partner": (source("q1", "### BEGIN SOLUTION\nq1 = 1"), "has no partner"),
    "two hints": (source("q1_text", f"{HINT} 1"), "question q1 must have 3 folded hints; it has 1"),
    "a question that the key does not know": (
        lambda cells, notebook: cells["q1"]["metadata"]["cocreate"].update(question="q9"),
        "belongs to question 'q9', which the key does not have"),
    "nbgrader's metadata without ours": (
        lambda cells, notebook: cells["q1"]["metadata"].pop("cocreate"), "cell q1 has nbgrader metadata but no role"),
}  # fmt: skip


@pytest.mark.parametrize(("plant", "sentence"), STRUCTURE.values(), ids=STRUCTURE.keys())
def test_a_fault_planted_in_the_master_is_told(own, plant, sentence):
    """One sentence that names the place."""
    key = load_key(own)
    assert structure_faults(read_master(own), key) == []
    edit(own / MASTER, plant)
    faults = structure_faults(read_master(own), key)
    assert any(sentence in fault for fault in faults), faults


FAIR = 'draw.integer("manager", 2, 9, base=2)'
KEYS = {
    "a right answer outside what is expected": (
        "expectation=number(-10, 10)", "expectation=number(0, 0.1)", "q1: the right answer is marked wrong"),
    "a wrong answer that is right": (
        'sum(given["lines"]) / 100, "You', 'back(given), "You', "counts as correct"),
    "two wrong answers that are the same": (
        "given[\"lines\"][0] / 200", 'sum(given["lines"]) / 100', "gets another message"),
    "a message that tells the answer": (
        '"This is one line only. She has three."', 'f"No, it is 0.66."', "gives the answer away"),
    "variants that cannot be solved": (
        'sum(given["lines"]) / 200', 'sum(given["lines"]) / (given["lines"][1] - 40)', "cannot be solved"),
    "a conclusion that changes": (
        'answer=lambda given: "b"', 'answer=lambda given: "b" if given["cost"] % 2 else "a"', "not fair"),
    "numbers that are harder for some": (FAIR, FAIR + " // 3", "decimals in the base variant"),
    "a sign that changes": (
        "return sum(given[\"lines\"]) / 200", 'return (sum(given["lines"]) - 250) / 200', "variant; not fair"),
    "all students with the same numbers": (
        "draw.", "Draw(draw.course, draw.exercise, '').", "200 of 201 variants are not distinct"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), KEYS.values(), ids=KEYS.keys())
def test_a_fault_planted_in_the_key_is_told(own, old, new, sentence):
    """The fairness check sees what 200 students would."""
    assert variant_faults(load_key(own), 200) == []
    replace_in(own / "key.py", old, new)
    faults = variant_faults(load_key(own), 200)
    assert any(sentence in fault for fault in faults), faults
    assert len(faults) < 30


def test_a_conclusion_that_the_author_names_is_held_too(own):
    """What no single answer shows."""
    replace_in(own / "key.py", "memo_marks=4", 'memo_marks=4, conclusion=lambda given: given["cost"] > 100')
    assert any("conclusion is" in fault for fault in variant_faults(load_key(own), 50))


def test_a_function_question_is_tried_with_its_own_reference(own):
    """A reference that gives no plain data could never be matched."""
    question = (
        'Question(id="f", marks=1, expectation=function("x"), answer=lambda given: lambda x: object(), '
        "calls=lambda given: [(1,)]),"
    )
    replace_in(own / "key.py", "QUESTIONS = (", f"QUESTIONS = (\n    {question}")
    replace_in(own / "key.py", "import Draw,", "import function, Draw,")
    assert any("cannot be sent" in fault for fault in variant_faults(load_key(own), 1))


def test_a_students_notebook_that_differs_from_the_master_is_told(own):
    """By a changed cell, or by another number of cells."""
    master = read_master(own)
    edit(own / STUDENT, source("q1", "q1 = 0.66"))
    assert "cell q1 differs" in "\n".join(same_faults(master, read_lesson(own / STUDENT)))
    edit(own / STUDENT, delete("q1"))
    assert "has 10 cells, the master without solutions 11" in "\n".join(same_faults(master, read_lesson(own / STUDENT)))


def cut(text):
    return text.split('[[criteria]]\nid = "evidence"')[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text.replace('2 = "The reason', 'two = "The reason'), "no words for level 2"),
        (cut, "give 2 marks, the key 4"),
        (lambda text: text.replace("marks = 4", "marks = "), "cannot be read"),
    ],
    ids=["level", "marks", "form"],
)
def test_a_rubric_that_does_not_fit_is_told(own, change, sentence):
    """Criteria, levels in words, and marks that add up."""
    key, path = load_key(own), own / "rubric.toml"
    assert list(rubric_faults(own, key)) == []
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert any(sentence in fault for fault in rubric_faults(own, key))
    path.unlink()
    assert any("rubric.toml is missing" in fault for fault in rubric_faults(own, key))


def test_a_cell_id_that_is_there_twice_is_told_by_verify_and_release(own, tmp_path):
    """Jupyter would replace one of them by a random id, and warn."""
    edit(own / MASTER, twice("table_1"))
    for attempt in (lambda: verify(own, variants=1), lambda: release(own, tmp_path / "out")):
        with pytest.raises(ExerciseError, match="cell id 'table_1' is there 2 times"):
            attempt()


def test_faults_of_all_files_are_told_at_once(own):
    """A wrong solution, an answered stub, an unfair key, a missing rubric: four files, one list."""
    edit(own / MASTER, source("q2", '### BEGIN SOLUTION\nq2 = "a"\n### END SOLUTION'))
    edit(own / STUDENT, source("q1", "q1 = 0.66"))
    replace_in(own / "key.py", 'answer=lambda given: "b"', 'answer=lambda given: "b" if given["cost"] < 100 else "c"')
    (own / "rubric.toml").unlink()
    with pytest.raises(ExerciseError) as caught:
        verify(own, variants=20)
    text = "\n".join(caught.value.faults)
    for part in (
        "solution.ipynb: q2 should be correct; the check says: q2: not yet.",
        "exercise.ipynb: q1 should be not attempted; the check says: q1: correct.",
        "exercise.ipynb: cell q1 differs from the master",
        "not fair",
        "rubric.toml is missing",
    ):
        assert part in text, text


def test_missing_notebooks_are_told_with_the_rest(own):
    """No fault hides another."""
    (own / MASTER).unlink()
    edit(own / STUDENT, source("q1", "1 / 0"))
    with pytest.raises(ExerciseError) as caught:
        verify(own, variants=1)
    text = "\n".join(caught.value.faults)
    assert "solution.ipynb does not exist" in text
    assert "exercise.ipynb: " in text
    assert "ZeroDivisionError" in text
    shutil.rmtree(own)
    with pytest.raises(ExerciseError, match=r"key\.py does not exist"):
        verify(own)
