"""Inside the sandbox: run one submission's cells in order and stream its answers as JSON lines.

This process belongs to the student's code as soon as the first cell runs: nothing it says is believed beyond being
that student's answers. Without a sandbox (an explicit choice) the same code runs in a process started for it.
"""

import contextlib
import io
import json
import os
import random
import signal
import sys
import time
from typing import Any

LONGEST_MESSAGE = 300
LONGEST_ANSWER = 1_000_000


def make_shell() -> Any:
    """Return IPython's shell without history, colours, display or tracebacks, ready to be forked."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Quiet(DisplayHook):
        """Keep the last value as ``_`` and show nothing."""

        def __call__(self, result: Any = None) -> None:
            if result is not None and self.shell is not None:
                self.shell.user_ns["_"] = result

    class Shell(InteractiveShell):
        """IPython that neither formats values nor tracebacks."""

        displayhook_class = Quiet

        def showtraceback(self, *_: Any, **__: Any) -> None:
            """Show nothing: the error is reported as data."""

        showsyntaxerror = showtraceback

        def enable_gui(self, gui: Any = None) -> None:
            """Open no window."""

    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    settings.InteractiveShell.cache_size = 0
    settings.InteractiveShell.xmode = "Minimal"
    shell: Any = Shell.instance(config=settings)
    shell.run_cell("pass", store_history=False)  # the first cell pays for what IPython loads late
    return shell


def serve(incoming: int, outgoing: int, shell: Any, timings: dict[str, float]) -> None:
    """Read the plan, run it, then answer calls of functions until told to stop.

    Parameters
    ----------
    incoming, outgoing : int
        Descriptors of the channel to the coordinator; JSON lines both ways.
    shell : IPython shell
        From `make_shell`.
    timings : dict
        Seconds spent on each layer before; returned with those of the cells.
    """
    lines = os.fdopen(os.dup(incoming), "rb")
    plan = json.loads(lines.readline())

    def say(**message: Any) -> None:
        data = memoryview(json.dumps(message).encode() + b"\n")
        while data:
            data = data[os.write(outgoing, data) :]

    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), os.fdopen(1, "w"), os.fdopen(2, "w")  # both lead nowhere
    random.seed(0)  # what is drawn without a seed is the same in every run, so that a mark can be given again
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    started = time.monotonic()
    functions: dict[str, Any] = {}
    for step in plan["steps"]:
        number = step["n"]
        say(at=number)
        if "code" in step:
            fault = run_cell(shell, step["code"], is_plain=step["plain"])
            if fault:
                say(raised=number, fault=fault)
        else:
            record(step, shell.user_ns, functions, say)
    say(done={**timings, "cells": time.monotonic() - started})
    for line in lines:
        call = json.loads(line)
        answer_call(call, functions, say)


def run_cell(shell: Any, code: str, *, is_plain: bool = False) -> str:
    """Run one cell; return what it raised as ``Type: message``, or nothing.

    The master's set-up is plain Python as a rule, and IPython would take longer to read its data than Python to run it.
    """
    if is_plain:
        with contextlib.suppress(SyntaxError):  # it holds a magic: IPython reads it
            program = compile(code, "<set-up>", "exec")
            try:
                exec(program, shell.user_ns)
            except Exception as raised:
                return describe(raised)
            return ""
    outcome = shell.run_cell(code, store_history=False)
    error = outcome.error_before_exec or outcome.error_in_exec
    return describe(error) if error is not None else ""


def describe(error: BaseException) -> str:
    """Return type and message of an error in one short line, whatever its ``__str__`` does."""
    try:
        message = f"{type(error).__name__}: {error}"
    except BaseException:  # a message that cannot be shown
        message = "an error without a readable message"
    return " ".join(message.split())[:LONGEST_MESSAGE]


def record(step: dict[str, Any], namespace: dict[str, Any], functions: dict[str, Any], say: Any) -> None:
    """Send the answer to one question: its value as text, or why there is none."""
    from cocreate_teach.exercises.answers import encode

    question = step["record"]
    if question not in namespace:
        say(answer=question, missing=True)  # the coordinator knows what its cell raised
        return
    value = namespace[question]
    if step.get("function") and callable(value):
        functions[question] = value
        say(answer=question, function=True)
        return
    try:
        text = encode(value)
        if len(text) > LONGEST_ANSWER:
            raise ValueError(f"the answer is longer than {LONGEST_ANSWER:,} characters; give a shorter one")
    except Exception as error:
        say(answer=question, fault=" ".join(str(error).split())[:LONGEST_MESSAGE])
        return
    say(answer=question, value=text)


def answer_call(call: dict[str, Any], functions: dict[str, Any], say: Any) -> None:
    """Call a student's function in a fork of its own, so that one call never sees another."""
    if not hasattr(os, "fork"):
        _call_here(call, functions, say)
        return
    process = os.fork()
    if process == 0:
        try:
            _call_here(call, functions, say)
        finally:
            os._exit(0)
    deadline = time.monotonic() + float(call["seconds"])
    while os.waitpid(process, os.WNOHANG)[0] == 0:
        if time.monotonic() > deadline:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            break
        time.sleep(0.0005)
    say(called=call["call"])


def _call_here(call: dict[str, Any], functions: dict[str, Any], say: Any) -> None:
    from cocreate_teach.exercises.answers import decode, encode

    try:
        value = functions[call["question"]](*[decode(text) for text in call["arguments"]])
        text = encode(value)
        if len(text) > LONGEST_ANSWER:
            raise ValueError("too long")
    except BaseException:  # which error it was stays here: its message could carry the hidden inputs out
        say(result=call["call"], raised=True)
        return
    say(result=call["call"], value=text)


def main() -> None:
    """Serve without a sandbox: the channel is the standard input and output of this process."""
    incoming, outgoing = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    started = time.monotonic()
    shell = make_shell()
    serve(incoming, outgoing, shell, {"start": time.monotonic() - started})
