"""The checker process: the only one that holds a key. Answers come in as JSON lines, marks go out.

It is started as ``python -m cocreate_teach.grading.checker FOLDER SECONDS`` and never meets a submission: only answers
as text, which it decodes strictly. A broken or huge answer costs its own question.
"""

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

from cocreate_teach.errors import AnswerError, CocreateError
from cocreate_teach.exercises import LIMITS, Called, Key, Limits, Marked, decode, encode, load_key, mark, mark_calls

MEMORY: Final = 2_000_000_000  # bytes of address space
KEY_LIMITS: Final = Limits(bytes=900_000, values=100_000)


class TooLong(BaseException):
    """The time for one answer is over; not an `Exception`, so that nothing catches it on the way."""


class Checker:
    """Answer requests about one key.

    Parameters
    ----------
    key : Key
        Of the exercise.
    """

    def __init__(self, key: Key) -> None:
        self.key = key
        self._given = lru_cache(maxsize=256)(self._draw)

    def _draw(self, course: str, student: str) -> dict[str, Any]:
        return self.key.given(course=course, student=student)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the reply to one request; see the methods for what can be asked."""
        known: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "about": self.about,
            "given": self.given,
            "mark": self.mark,
            "calls": self.calls,
            "mark_calls": self.mark_calls,
        }
        return known[request["ask"]](request)

    def about(self, _: dict[str, Any]) -> dict[str, Any]:
        """Say what is asked and how much it counts; nothing of what is right."""
        questions = [
            {"id": question.id, "marks": question.marks, "function": question.is_function, "concept": question.concept}
            for question in self.key.questions
        ]
        return {
            "name": self.key.name,
            "title": self.key.title,
            "digest": self.key.digest,
            "questions": questions,
            "memo_marks": self.key.memo_marks,
        }

    def given(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the data of a student's rightful variant."""
        return {"given": self._given(request["course"], request["student"])}

    def mark(self, request: dict[str, Any]) -> dict[str, Any]:
        """Mark one plain answer, given as JSON text."""
        question = self.key.question(request["question"])
        try:
            value = decode(request["value"], LIMITS)
        except AnswerError as error:
            return _spelled(Marked("wrong", 0.0, _sentence(error)))
        if question.is_function and value is not ...:
            return _spelled(Marked("wrong", 0.0, "This is not a function. Define one with def."))
        return _spelled(mark(question, value, self._given(request["course"], request["student"])))

    def calls(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments with which a function is called: a list of calls, each a list of JSON texts."""
        question = self.key.question(request["question"])
        given = self._given(request["course"], request["student"])
        calls = question.calls(given) if question.calls else ()
        return {"calls": [[encode(argument, KEY_LIMITS) for argument in arguments] for arguments in calls]}

    def mark_calls(self, request: dict[str, Any]) -> dict[str, Any]:
        """Mark a function by what its calls returned: JSON texts, or None where one gave nothing usable."""
        question = self.key.question(request["question"])
        results = [self._called(text) for text in request["results"]]
        return _spelled(mark_calls(question, results, self._given(request["course"], request["student"])))

    def _called(self, text: str | None) -> Called:
        if text is None:
            return Called(error="the function raised an error, ran too long or returned no plain value.")
        try:
            return Called(value=decode(text, LIMITS))
        except AnswerError:  # its sentence may quote what the function was given
            return Called(error="the function returned no plain value.")


def _spelled(marked: Marked) -> dict[str, Any]:
    return {"status": marked.status, "fraction": marked.fraction, "reason": marked.reason}


def _sentence(error: CocreateError) -> str:
    text = error.faults[0]
    return f"{text[:1].upper()}{text[1:]}."


def main() -> None:
    """Serve until the input ends."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a key prints does not reach the channel
    limit_process()
    try:
        checker = Checker(load_key(folder))
    except CocreateError as error:
        replies.write(json.dumps({"faults": list(error.faults)}) + "\n")
        return
    serve(checker, sys.stdin, replies, seconds)


def serve(checker: Checker, requests: Iterable[str], replies: IO[str], seconds: float) -> None:
    """Answer each request, one JSON line for one."""
    for line in requests:
        reply = answer_in_time(checker, json.loads(line), seconds)
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def answer_in_time(checker: Checker, request: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Return the reply, or a fault if the key failed or the time was over."""
    has_alarm = hasattr(signal, "setitimer")

    def stop(*_: object) -> None:
        raise TooLong

    if has_alarm:
        signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return checker.answer(request)
    except TooLong:
        return {"fault": f"checking this answer took longer than {seconds:g} s and was stopped"}
    except Exception as error:
        return {"fault": f"the check itself failed ({type(error).__name__}); it is not your fault: tell your lecturer"}
    finally:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)


def limit_process() -> None:
    """Bound this process's memory, files and core dumps where the system can."""
    with contextlib.suppress(ImportError):
        import resource

        for kind, value in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, 64),
        ):
            resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    main()
