"""What a child says is believed only as far as it is that student's answer."""

import json
import time

import pytest

from cocreate_teach.grading.limits import Limits
from cocreate_teach.grading.plan import Step
from cocreate_teach.grading.running import run_plan
from cocreate_teach.grading.worker import Ended, WorkerDied

STEPS = (
    Step(-1, code="setup"),
    Step(0, code="q1 = 1"),
    Step(0, question="q1"),
    Step(1, code="q2 = 2"),
    Step(1, question="q2", is_function=True),
)
DONE = Ended(0)
QUICK = Limits(cell_seconds=0.3, budget_seconds=2, call_seconds=0.2, said=10_000, restarts=3)


class Script:
    """A child that says what a test wrote down: JSON messages, raw bytes, or None for silence."""

    def __init__(self, lines, ended):
        self.lines, self.ended, self.sent = list(lines), ended, []

    def send(self, message):
        self.sent.append(message)

    def receive(self, seconds):
        line = self.lines.pop(0) if self.lines else b""
        if line is None:
            time.sleep(max(0, seconds))
            return None
        return line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n"

    def end(self):
        return self.ended


class Scripts:
    """A worker whose children follow scripts, one after the other; the last one again and again."""

    def __init__(self, *scripts, ended=DONE):
        self.scripts, self.ended, self.children = list(scripts), ended, []

    def open(self, limits):
        lines = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        self.children.append(Script(lines, self.ended))
        return self.children[-1]

    def close(self):
        """Nothing to end."""


def run(*scripts, steps=STEPS, limits=QUICK, calls=(), ended=DONE):
    worker = Scripts(*scripts, ended=ended)
    return run_plan(worker, steps, limits, lambda question: list(calls)), worker


HONEST = [
    {"at": 0}, {"at": 1}, {"at": 2}, {"answer": "q1", "value": "1"}, {"at": 3}, {"at": 4},
    {"answer": "q2", "function": True}, {"done": {"cells": 0.1, "fork": 0.2}},
]  # fmt: skip


def test_an_honest_child_is_understood():
    """Answers, functions and timings arrive where they belong."""
    outcome, worker = run([*HONEST, {"result": 0, "value": "5"}, {"called": 0}], calls=[["3"]])
    assert (outcome.values, outcome.functions, outcome.returns) == ({"q1": "1"}, {"q2"}, {"q2": ["5"]})
    assert outcome.timings["cells"] == 0.1
    assert outcome.restarts == 0
    assert worker.children[0].sent[1]["arguments"] == ["3"]


def test_the_first_answer_stands():
    """A later cell must not put another answer in place of one that was given."""
    twice = [{"at": 0}, {"at": 2}, {"answer": "q1", "value": "1"}, {"answer": "q1", "value": "2"}]
    outcome, _ = run([*twice, {"at": 4}, {"done": {}}])
    assert outcome.values == {"q1": "1"}


def test_an_untouched_answer_does_not_stand():
    """Somebody may have answered in a cell below the check."""
    steps = (*STEPS, Step(9, question="q1"))
    untouched = {"answer": "q1", "value": '{"not_attempted": true}'}
    outcome, _ = run([{"at": 2}, untouched, {"at": 5}, {"answer": "q1", "value": "7"}, {"done": {}}], steps=steps)
    assert outcome.values == {"q1": "7"}


def test_an_answer_counts_only_where_it_is_asked_for():
    """Another cell's code shares the channel and could answer for it."""
    elsewhere = [{"answer": "q1", "value": "9"}, {"at": 2}, {"answer": "q2", "function": True}]
    outcome, _ = run([{"at": 1}, *elsewhere, {"at": 4}, {"answer": "q2", "value": "3"}, {"done": {}}])
    assert outcome.values == {"q2": "3"}
    assert outcome.functions == set()


@pytest.mark.parametrize(
    "noise",
    [
        b"\n", b"{\n", b"[]\n", b"3\n", b'"at"\n', b"\xff\xfe\n", b"[" * 3000 + b"\n", b"9" * 4500 + b"\n",
        {"at": [1]}, {"at": {"a": 1}}, {"at": -1}, {"at": 99}, {"at": True}, {"at": 1.5}, {"at": None},
        {"answer": ["q1"], "value": "3"}, {"answer": {"q1": 1}}, {"raised": 0, "fault": 3}, {"done": 3},
        {"answer": "q1", "value": 3}, {"answer": "q1", "function": 1}, {"result": 0, "value": "3"}, {"called": 0},
    ],
)  # fmt: skip
def test_noise_on_the_channel_changes_nothing(noise):
    """Student code may write there whatever it likes; the coordinator must neither stop nor believe it."""
    outcome, _ = run(
        [{"at": 0}, {"at": 1}, noise, {"at": 2}, {"answer": "q1", "value": "1"}, noise, {"at": 4}, {"done": {}}]
    )
    assert outcome.values == {"q1": "1"}
    assert outcome.functions == set()
    assert outcome.restarts == 0


def test_a_child_that_claims_to_be_done_early_gains_nothing():
    """Only after the last step are the plain answers complete."""
    outcome, _ = run([{"at": 0}, {"done": {}}, *HONEST[1:]], calls=[])
    assert outcome.values == {"q1": "1"}


def test_too_much_noise_ends_the_child():
    """A flood must not fill the lecturer's memory."""
    outcome, worker = run(
        [{"at": 0}, {"at": 1}, b"x" * 20_000 + b"\n", *HONEST[2:]], [{"at": 0}, {"at": 4}, {"done": {}}]
    )
    assert outcome.fatal == {1: "it sent more than a submission may"}
    assert len(worker.children) == 2


def test_a_fatal_cell_is_left_out_when_the_child_starts_again():
    """A crash costs its own question; the ones before it are not asked twice."""
    first = [{"at": 0}, {"at": 1}, {"at": 2}, {"answer": "q1", "value": "1"}, {"at": 3}]
    second = [{"at": 0}, {"at": 1}, {"at": 2}, {"answer": "q1", "value": "5"}, {"at": 4}, {"done": {}}]
    outcome, worker = run(first, second, ended=Ended(-11))
    assert outcome.fatal == {3: "the cell crashed Python (segmentation fault)"}
    assert outcome.values == {"q1": "1"}
    assert [step["n"] for step in worker.children[1].sent[0]["steps"]] == [0, 1, 2, 4]


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        (Ended(3), "ended Python itself (exit status 3)"),
        (Ended(-6), "crashed Python (signal 6)"),
        (Ended(-9, cpu=5.0), "stopped by the system"),
        (Ended(-9, "memory"), "used more than 1.5 GB"),
    ],
)
def test_how_a_child_ended_is_said_in_words(ended, sentence):
    """A number of a signal helps no student of business."""
    outcome, _ = run([{"at": 0}, {"at": 1}], [{"at": 0}, {"at": 4}, {"done": {}}], ended=ended)
    assert sentence in outcome.fatal[1]


def test_a_silent_cell_is_stopped_at_its_time():
    """One loop costs its own time, not the class's."""
    outcome, _ = run([{"at": 0}, {"at": 1}, None], [{"at": 0}, {"at": 4}, {"done": {}}])
    assert outcome.fatal == {1: "the cell ran longer than 0.3 s and was stopped"}


def test_all_cells_together_have_one_budget():
    """Many slow cells must not hold up the class either."""
    limits = Limits(cell_seconds=5, budget_seconds=0.5)
    outcome, _ = run([{"at": 0}, {"at": 1}, None], limits=limits)
    assert outcome.unfinished == "the notebook ran longer than 0.5 s in all"


def test_restarts_are_limited():
    """Each cell may be fatal; a hundred of them are not worth a hundred starts."""
    steps = tuple(Step(n, code="x") for n in range(10))
    outcome, worker = run(*[[{"at": n}] for n in range(10)], steps=steps)
    assert "more than 3 cells" in outcome.unfinished
    assert len(worker.children) == 4


def test_a_child_that_never_begins_is_the_workers_fault():
    """No student's code had run, so it must not cost a mark."""
    with pytest.raises(WorkerDied):
        run([])


def test_a_call_that_hangs_costs_itself_and_the_others_are_asked_again():
    """The child has to be killed; a new one answers the calls that are left."""
    again = [*HONEST, {"result": 0, "value": "8"}, {"called": 0}]
    outcome, worker = run([*HONEST, None], again, calls=[["1"], ["2"]])
    assert outcome.returns == {"q2": [None, "8"]}
    assert worker.children[1].sent[1]["arguments"] == ["2"]


def test_a_call_cannot_answer_for_another():
    """It has seen its own inputs only, but it could have kept an answer for later."""
    outcome, _ = run([*HONEST, {"result": 0, "value": "6"}, {"result": 1, "value": "5"}, {"result": 1, "value": "7"},
                      {"called": 1}, {"result": 0, "raised": True}, {"called": 0}], calls=[["1"], ["2"]])  # fmt: skip
    assert outcome.returns == {"q2": ["5", None]}


def test_control_characters_of_a_message_are_removed():
    """What a student wrote is shown to people, on terminals, too."""
    outcome, _ = run([{"at": 1}, {"raised": 1, "fault": "a\x1b[31m\u202eb\ud800"}, {"at": 4}, {"done": {}}])
    assert outcome.raised[1].isprintable()


def test_a_cell_during_which_somebody_else_killed_the_child_is_tried_once_more():
    """The system's out-of-memory killer is not the student's fault, the second time at the same cell it may be."""
    killed = [{"at": 0}, {"at": 1}, {"at": 2}, {"answer": "q1", "value": "1"}, {"at": 3}]
    whole = [*killed, {"at": 4}, {"answer": "q2", "value": "2"}, {"done": {}}]
    outcome, worker = run(killed, whole, ended=Ended(-9))
    assert (outcome.fatal, outcome.values) == ({}, {"q1": "1", "q2": "2"})
    assert len(worker.children) == 2
    outcome, _ = run(killed, killed, whole, ended=Ended(-9))
    assert list(outcome.fatal) == [3]


def test_a_call_during_which_somebody_else_killed_the_child_is_tried_once_more():
    """The same for functions."""
    answer = [{"result": 0, "value": "5"}, {"called": 0}]
    outcome, worker = run(HONEST, [*HONEST, *answer], calls=[["3"]], ended=Ended(-9))
    assert outcome.returns == {"q2": ["5"]}
    assert worker.children[1].sent[1]["arguments"] == ["3"]
