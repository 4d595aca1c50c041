"""The checker trusts no answer, gives away no answer, and does not stop for one."""

import io
import json
import os
import signal
import time

import pytest

from cocreate_teach.errors import GradingError
from cocreate_teach.exercises import load_key
from cocreate_teach.grading.checker import Checker, answer_in_time, serve
from cocreate_teach.grading.checking import Checking
from tests.grading import sums_exercise


@pytest.fixture
def checker(exercise):
    return Checker(load_key(exercise))


@pytest.fixture
def checking(exercise):
    process = Checking(exercise, seconds=1)
    yield process
    process.close()


def asked(checker, **request):
    return checker.answer({"course": "practice", "student": "", **request})


def test_what_the_coordinator_is_told_holds_no_answer(checker):
    """The coordinator knows questions and marks; it must not know what is right."""
    about = asked(checker, ask="about")
    assert about["questions"][0] == {"id": "q1", "marks": 2, "function": False, "concept": ""}
    assert set(about) == {"name", "title", "digest", "questions", "memo_marks"}


def test_an_answer_is_marked_on_the_rightful_variant(checker):
    """Ana's right answer is not the base variant's."""
    given = asked(checker, ask="given", student="ana")["given"]
    value = json.dumps(given["a"] + given["b"])
    assert asked(checker, ask="mark", question="q1", value=value, student="ana")["status"] == "correct"
    assert asked(checker, ask="mark", question="q1", value=value)["status"] == "wrong"


@pytest.mark.parametrize(
    "value",
    [
        "NaN", "Infinity", '{"number": "nan"}', '{"number": "inf"}', "1e999", "9" * 5000, "9" * 200_000, "[" * 5000,
        '{"dict": {"a": 1, "a": 2}}', '{"not_attempted": true, "marks": 2}', '{"marks": 2.0}', '{"status": "correct"}',
        "", "42 42", "{'a': 42}", '"42"', "true", "[42]", '{"dict": {"__class__": "float", "value": 42}}', "null",
        '"\\ud800"', "__import__('os').getcwd()", '{"table": {"columns": ["n"], "rows": [[42]]}}',
    ],
)  # fmt: skip
def test_no_odd_value_is_right(checker, value):
    """Whatever arrives as text is an answer or it is refused; none of these is 42."""
    told = asked(checker, ask="mark", question="q1", value=value)
    assert told["fraction"] == 0
    assert told["status"] in ("wrong", "error")
    assert told["reason"].endswith(".")
    assert "42" in value or "42" not in told["reason"]


def test_a_value_for_a_function_question_is_no_function(checker):
    """A function arrives as what its calls returned, never as a value."""
    assert "not a function" in asked(checker, ask="mark", question="q5", value="3")["reason"]
    assert asked(checker, ask="mark", question="q5", value='{"not_attempted": true}')["status"] == "not_attempted"


def test_results_of_calls_are_marked_and_hidden_inputs_stay_hidden(checker):
    """Feedback that echoes an input would tell the next student what to prepare for."""
    right = asked(checker, ask="mark_calls", question="q5", results=["728", "57", "14"])
    assert (right["status"], right["fraction"]) == ("correct", 1)
    for results in ([None, "57", "14"], ["728"], ['{"x": 711}', '"711"', "NaN"], [], ["1", "2", "3", "4"]):
        told = asked(checker, ask="mark_calls", question="q5", results=results)
        assert told["fraction"] < 1
        assert "711" not in told["reason"]


def test_a_check_that_hangs_costs_its_own_question(tmp_path):
    """One expensive answer must not stop the class."""
    folder = sums_exercise.write_exercise(tmp_path)
    slow = (folder / "key.py").read_text().replace('lambda given: "b"', "lambda given: [None for _ in iter(int, 1)]")
    (folder / "key.py").write_text(slow)
    request = {"ask": "mark", "question": "q2", "value": '"a"', "course": "c", "student": ""}
    started = time.monotonic()
    told = answer_in_time(Checker(load_key(folder)), request, 0.2)
    assert "took longer than 0.2 s" in told["fault"]
    assert time.monotonic() - started < 2


def test_a_request_that_fails_is_a_fault_and_not_the_students(checker):
    """The checker must go on serving."""
    told = answer_in_time(checker, {"ask": "mark", "question": "q99", "value": "1", "course": "c", "student": ""}, 1)
    assert "not your fault" in told["fault"]


def test_requests_are_answered_line_by_line(checker):
    """What `main` does with the process's own input and output."""
    replies = io.StringIO()
    request = {"ask": "mark", "question": "q2", "value": '"b"', "course": "c", "student": ""}
    serve(checker, [json.dumps(request) + "\n", json.dumps({"ask": "about"}) + "\n"], replies, 1)
    first, second = map(json.loads, replies.getvalue().splitlines())
    assert (first["status"], second["name"]) == ("correct", "03_sums")


def test_a_checker_that_hangs_beyond_its_own_alarm_is_replaced(checking, monkeypatch):
    """Code that never returns to Python does not hear the alarm."""
    os.kill(checking._process.pid, signal.SIGSTOP)
    told = checking._ask({"ask": "about"}, 0.3)
    assert "started again" in told["fault"]
    assert checking.given("practice", "") == sums_exercise.GIVEN


def test_the_process_answers_like_the_object(checking, checker):
    """JSON lines in, JSON lines out, and nothing else on the way."""
    assert checking.about.name == "03_sums"
    assert [question.is_function for question in checking.about.questions] == [False, False, False, False, True]
    assert checking.given("practice", "ana") == asked(checker, ask="given", student="ana")["given"]
    assert checking.calls("q5", "practice", "") == [["711"], ["40"], ["-3"]]
    assert checking.ask({"ask": "mark", "question": "q2", "value": '"b"', "course": "c", "student": ""}) == {
        "status": "correct", "fraction": 1.0, "reason": "",
    }  # fmt: skip


def test_a_checker_that_ends_is_started_again(checking):
    """A crash costs one question, not the batch."""
    checking._process.kill()
    assert "started again" in checking.ask({"ask": "about"})["fault"]
    assert checking.given("practice", "") == sums_exercise.GIVEN


def test_a_key_that_prints_does_not_disturb(tmp_path):
    """Whoever writes a key may leave a print in it."""
    folder = sums_exercise.write_exercise(tmp_path)
    (folder / "key.py").write_text("print('{}')\n" + (folder / "key.py").read_text())
    process = Checking(folder, seconds=1)
    assert process.given("practice", "") == sums_exercise.GIVEN
    process.close()


def test_a_key_that_does_not_load_stops_the_batch_with_its_faults(tmp_path):
    """Nobody can be graded without a key; the author has to know why."""
    folder = sums_exercise.write_exercise(tmp_path)
    (folder / "key.py").write_text("KEY = 3")
    with pytest.raises(GradingError, match="must define KEY"):
        Checking(folder, seconds=1)


def test_a_variant_that_cannot_be_drawn_is_named(tmp_path):
    """It is the key's fault, and no student is marked on somebody else's data instead."""
    folder = sums_exercise.write_exercise(tmp_path)
    broken = (folder / "key.py").read_text().replace('draw.integer("a", 1, 1000, base=17)', "object()")
    (folder / "key.py").write_text(broken)
    process = Checking(folder, seconds=1)
    with pytest.raises(GradingError, match="variant of ana cannot be drawn"):
        process.given("practice", "ana")
    process.close()
