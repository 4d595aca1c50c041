"""A whole class is graded: each student gets the marks of the untouched questions and a plain sentence."""

import json

import pytest

from cocreate_teach import grading
from tests.grading import sums_exercise
from tests.grading.class_of_thirty import CLASS
from tests.grading.conftest import QUICK, by_question, processes_that_name


@pytest.fixture(scope="module")
def results(exercise, tmp_path_factory):
    """Grade the class once with two workers."""
    folder = tmp_path_factory.mktemp("class")
    for student, handed in CLASS.items():
        sums_exercise.hand_in(folder, student, handed.data)
    steps = []
    to = tmp_path_factory.mktemp("results")
    summary = grading.grade(folder, exercise, to, workers=2, limits=QUICK, progress=lambda *step: steps.append(step))
    found = {student: json.loads((to / student / f"{sums_exercise.NAME}.json").read_text()) for student in CLASS}
    return found, summary, steps, to


@pytest.mark.parametrize("student", CLASS)
def test_each_student_gets_the_marks_of_the_untouched_questions(results, student):
    """One bad cell, whatever it does, costs its own question at most."""
    result, handed = results[0][student], CLASS[student]
    for question, (status, marks) in by_question(result).items():
        if question == "memo":
            assert (status, marks) == ("manual", None)
            continue
        full = sums_exercise.MARKS[question] if status == "correct" else 0.0
        assert (question, status, marks) == (question, handed.statuses[question], handed.marks.get(question, full))
    assert result["marks"] == sum(marks or 0 for _, marks in by_question(result).values())
    assert result["max_marks"] == 12


@pytest.mark.parametrize("student", CLASS)
def test_each_student_gets_a_plain_sentence(results, student):
    """A mark without its reason teaches nothing; a sentence is one line that ends."""
    result, handed = results[0][student], CLASS[student]
    reasons = {entry["id"]: entry["reason"] for entry in result["questions"]}
    assert handed.says in reasons["q2"]
    for entry in result["questions"]:
        assert bool(entry["reason"]) or entry["status"] == "correct"
        assert "\n" not in entry["reason"]
        assert "Traceback" not in entry["reason"]


@pytest.mark.parametrize("student", CLASS)
def test_only_what_is_odd_is_warned_about(results, student):
    """Honest work must never be suspected, and a locked cell that was touched must be named."""
    warnings, handed = results[0][student]["warnings"], CLASS[student]
    assert len(warnings) == len(handed.warns), warnings
    for part in handed.warns:
        assert any(part in warning for warning in warnings), warnings


def test_every_student_is_counted_once(results):
    """The summary, the progress and the gradebook speak of the same class."""
    found, summary, steps, to = results
    assert set(summary.graded) == set(CLASS)
    assert [done for done, _, _ in steps] == list(range(1, len(CLASS) + 1))
    assert all(total == len(CLASS) and rate > 0 for _, total, rate in steps)
    rows = (to / "gradebook.csv").read_text().splitlines()
    assert len(rows) == len(CLASS) + 1
    assert {row.split(",")[0] for row in rows[1:]} == set(CLASS)
    assert {result["sandbox"] for result in found.values()} == {"bubblewrap"}


def test_nothing_outlives_the_batch(graded, still_running):
    """A process that a student's cell leaves behind would meet the next student, or the lecturer."""
    seen = []
    names = ("staying", "deaf", "exiting")
    found = graded(
        {name: CLASS[name].data for name in names},
        progress=lambda *_: seen.append(len(processes_that_name(str(graded.folder.parent)))),
    )
    assert found["staying"]["marks"] == 8
    assert min(seen) > 0, "the look at /proc must see the sandbox while it runs"
    assert still_running() == []


def test_the_sandbox_has_no_user_who_owns_anything(graded):
    """Even outside its namespaces a child must be nobody in particular, as root and as an ordinary user."""
    probe = "import os\nq2 = f'{os.getuid()} {os.getgid()} {os.getgroups()}'"
    reason = graded({"ana": sums_exercise.notebook_cells({"q2": probe})})["ana"]["questions"][1]["reason"]
    assert '"1000 1000 [' in reason
