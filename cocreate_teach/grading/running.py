"""Run one submission's plan in children, start again after a fatal cell, keep the first answer to each question."""

import json
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cocreate_teach.grading.limits import Limits
from cocreate_teach.grading.plan import Step
from cocreate_teach.grading.worker import Child, Ended, Worker, WorkerDied

LONGEST_SENTENCE: Final = 400
UNTOUCHED: Final = '{"not_attempted": true}'


@dataclass(slots=True)
class Outcome:
    """What a submission said, question by question; nothing here is believed beyond being the student's.

    `values` are the plain answers as JSON text, `functions` the questions with a function, `returns` what its calls
    gave (None: nothing usable), `faults` why an answer could not be sent; `raised` and `fatal` hold the sentence of
    steps that raised or ended Python.
    """

    values: dict[str, str] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    returns: dict[str, list[str | None]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    raised: dict[int, str] = field(default_factory=dict)
    fatal: dict[int, str] = field(default_factory=dict)
    unfinished: str = ""
    timings: dict[str, float] = field(default_factory=dict)
    restarts: int = 0

    def has_answer(self, question: str) -> bool:
        """Say whether there is an answer that stands."""
        return question in self.functions or self.values.get(question, UNTOUCHED) != UNTOUCHED


Calls = Callable[[str], Sequence[list[str]]]


def run_plan(worker: Worker, steps: Sequence[Step], limits: Limits, calls_of: Calls) -> Outcome:
    """Run the steps, then the calls of functions; restart without a step that was fatal, within one budget.

    Parameters
    ----------
    worker : Worker
        Opens children.
    steps : sequence of Step
        From `plan.make_plan`.
    limits : Limits
        Of this submission.
    calls_of : callable
        Of a question; returns the arguments of its calls. It is asked only when all plain answers are frozen.

    Raises
    ------
    WorkerDied
        If the worker, not the submission, is the reason that nothing came back.
    """
    run = _Run(steps, limits, calls_of)
    while True:
        opened = time.monotonic()
        child = worker.open(limits)
        fatal_step, why = run.follow(child)
        ended = child.end()
        run.outcome.timings["cpu"] = run.outcome.timings.get("cpu", 0.0) + ended.cpu
        run.outcome.timings["child"] = run.outcome.timings.get("child", 0.0) + time.monotonic() - opened
        if run.is_finished:
            return run.outcome
        if fatal_step == -1 and not run.is_late:  # no student's code had run
            raise WorkerDied("a child ended before the first cell")
        is_foreign = not why and _is_killed_from_outside(ended, limits)
        if not (is_foreign and run.spare(fatal_step)):
            run.give_up(fatal_step, why or _ending(ended, limits))
        if run.is_over:
            return run.outcome


class _Run:
    """The state that survives restarts."""

    def __init__(self, steps: Sequence[Step], limits: Limits, calls_of: Calls) -> None:
        self.outcome = Outcome()
        self.steps, self.limits, self.calls_of = steps, limits, calls_of
        self.deadline = time.monotonic() + limits.budget_seconds
        self.is_finished = self.is_over = False
        self.spared: set[int | None] = set()
        self.asking: tuple[str, int, list[str]] | None = None
        self.calls: list[tuple[str, int, list[str]]] | None = None  # question, place, arguments; None: not yet asked

    def follow(self, child: Child) -> tuple[int | None, str]:
        """Follow one child to its end; return the step (None: a call) at which it stopped, and why if that is known."""
        outcome, limits = self.outcome, self.limits
        wanted = [(number, step) for number, step in enumerate(self.steps) if number not in outcome.fatal]
        child.send({"steps": [step.spelled(number) for number, step in wanted]})
        numbers = {number for number, _ in wanted}
        at, last = -1, max(numbers, default=-1)
        until, said = self._until(limits.cell_seconds + 5), 0  # starting is not the first cell's time
        while True:
            line = child.receive(until - time.monotonic())
            if line is None:
                return at, _too_long(limits, is_budget=self.is_late)
            said += len(line)
            if not line or said > limits.said:
                return at, "" if said <= limits.said else "it sent more than a submission may"
            message = _read(line)
            step = message.get("at")
            if type(step) is int and step in numbers and step > at:
                at = step
                until = self._until(limits.cell_seconds)
            elif at >= 0:
                self._note(message, at)
            if "done" in message and at == last:
                self._note_timings(message["done"])
                return self._follow_calls(child)

    def _until(self, seconds: float) -> float:
        return min(time.monotonic() + seconds, self.deadline)

    def _note(self, message: dict[str, Any], at: int) -> None:
        """Keep what a child says about its answers; the first one that is an answer stands."""
        outcome, question = self.outcome, message.get("answer")
        if "raised" in message:
            outcome.raised.setdefault(at, _sentence(message.get("fault")))
        known = self.steps[at].question
        if not known or question != known or outcome.has_answer(known):
            return
        if isinstance(message.get("value"), str):
            outcome.values[known] = message["value"]
        elif message.get("function") is True and self.steps[at].is_function:
            outcome.functions.add(known)
        elif "fault" in message:
            outcome.faults.setdefault(known, _sentence(message["fault"]))

    def _note_timings(self, told: object) -> None:
        for name in ("start", "fork", "namespaces", "cells"):
            value = told.get(name) if isinstance(told, dict) else None
            if isinstance(value, float) and 0 <= value < 1e6:
                self.outcome.timings[name] = round(value, 6)

    def _follow_calls(self, child: Child) -> tuple[int | None, str]:
        """Ask for the calls of functions, one at a time; from here on no plain answer is taken."""
        if self.calls is None:
            self.calls = []
            for question in sorted(self.outcome.functions):
                asked = self.calls_of(question)
                self.outcome.returns[question] = [None] * len(asked)
                self.calls += [(question, place, arguments) for place, arguments in enumerate(asked)]
        while self.calls:
            self.asking = self.calls.pop(0)
            question, place, arguments = self.asking
            number = len(self.calls)  # counts down, so that it is never the same
            seconds = self.limits.call_seconds
            child.send({"call": number, "question": question, "arguments": arguments, "seconds": seconds})
            until, result = self._until(seconds + 1), None
            while True:
                line = child.receive(until - time.monotonic())
                if not line:
                    return None, ""
                message = _read(line)
                if message.get("result") == number and result is None:
                    result = message
                elif message.get("called") == number:
                    break
            value = result.get("value") if result else None
            self.outcome.returns[question][place] = value if isinstance(value, str) else None
        self.is_finished = True
        return None, ""

    def spare(self, step: int | None) -> bool:
        """Try a step (None: a call) again, once, after something outside the sandbox has killed the child."""
        if step in self.spared or self.is_late:
            return False
        self.spared.add(step)
        if step is None and self.asking and self.calls is not None:
            self.calls.insert(0, self.asking)
        return True

    @property
    def is_late(self) -> bool:
        """Whether the budget is spent."""
        return time.monotonic() >= self.deadline

    def give_up(self, step: int | None, why: str) -> None:
        """Leave out the step that was fatal, and say when there is no time or start left."""
        if step is not None and step >= 0:
            self.outcome.fatal[step] = why
        self.outcome.restarts += 1
        if self.is_late:
            self.outcome.unfinished = f"the notebook ran longer than {self.limits.budget_seconds:g} s in all"
        elif self.outcome.restarts > self.limits.restarts:
            self.outcome.unfinished = f"more than {self.limits.restarts} cells ended Python or ran too long"
        self.is_over = bool(self.outcome.unfinished)


def _read(line: bytes) -> dict[str, Any]:
    """Return a message; what is no JSON object is an empty one."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def _sentence(text: object) -> str:
    """Return a student's text in one line without control characters."""
    plain = text if isinstance(text, str) else ""
    plain = plain.encode("utf-8", errors="replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else " " for sign in plain[:LONGEST_SENTENCE])


def _too_long(limits: Limits, *, is_budget: bool) -> str:
    if is_budget:
        return f"the notebook ran longer than {limits.budget_seconds:g} s in all and was stopped"
    return f"the cell ran longer than {limits.cell_seconds:g} s and was stopped"


def _is_killed_from_outside(ended: Ended, limits: Limits) -> bool:
    """Say whether somebody else killed the child: student code, first in its PID namespace, cannot kill itself so."""
    return ended.code == -9 and not ended.reason and ended.cpu < limits.budget_seconds


def _ending(ended: Ended, limits: Limits) -> str:
    """Say how a child ended, as a sentence about the cell at which it did."""
    if ended.reason == "memory":
        return f"the cell used more than {limits.memory / 1e9:g} GB of memory and was stopped"
    if ended.code == -signal.SIGSEGV:
        return "the cell crashed Python (segmentation fault)"
    if ended.code == -getattr(signal, "SIGXCPU", 24) or ended.code == -9:
        return "the cell was stopped by the system (out of time or memory)"
    if ended.code < 0:
        return f"the cell crashed Python (signal {-ended.code})"
    return f"the cell ended Python itself (exit status {ended.code})"
