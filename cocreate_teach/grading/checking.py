"""The coordinator's side of the checker: start it, ask it, start another if it hangs. It holds no key itself."""

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from cocreate_teach.errors import GradingError

START_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is worth, and whether it asks for a function."""

    id: str
    marks: float
    is_function: bool
    concept: str


@dataclass(frozen=True, slots=True)
class About:
    """What the coordinator may know of a key."""

    name: str
    title: str
    digest: str
    questions: tuple[Asked, ...]
    memo_marks: float


class Checking:
    """A checker process and the requests to it.

    Parameters
    ----------
    folder : Path
        Of the exercise, with its ``key.py``.
    seconds : float
        Time for one answer.

    Raises
    ------
    GradingError
        If the key does not load, with its faults.
    """

    def __init__(self, folder: Path, *, seconds: float) -> None:
        self._folder, self._seconds = folder, seconds
        self._start()
        told = self._ask({"ask": "about"}, START_SECONDS)
        if "questions" not in told:
            self.close()
            raise GradingError(told.get("faults") or f"{folder}/key.py did not load within {START_SECONDS:g} s")
        questions = tuple(
            Asked(entry["id"], float(entry["marks"]), bool(entry["function"]), entry["concept"])
            for entry in told["questions"]
        )
        self.about = About(told["name"], told["title"], told["digest"], questions, float(told["memo_marks"]))

    def _start(self) -> None:
        command = [sys.executable, "-m", "cocreate_teach.grading.checker", str(self._folder), str(self._seconds)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._replies: queue.Queue[str] = queue.Queue()
        assert self._process.stdout is not None
        reading = threading.Thread(target=_read, args=(self._process.stdout, self._replies), daemon=True)
        reading.start()

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it ended: the reply says so
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        try:
            line = self._replies.get(timeout=seconds)
        except queue.Empty:
            line = ""
        if not line:
            self.close()
            self._start()
            return {"fault": "checking this answer stopped the checker; it was started again"}
        reply = json.loads(line)
        return reply if isinstance(reply, dict) else {}

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the reply to a request, or ``{"fault": sentence}``."""
        return self._ask(request, 2 * self._seconds + 5)

    def given(self, course: str, student: str) -> dict[str, Any]:
        """Return a student's rightful data.

        Raises
        ------
        GradingError
            If the key cannot draw them.
        """
        told = self.ask({"ask": "given", "course": course, "student": student})
        if "fault" in told:
            raise GradingError(
                f"{self.about.name}: the variant of {student or 'the base'} cannot be drawn: {told['fault']}"
            )
        return dict(told["given"])

    def calls(self, question: str, course: str, student: str) -> Sequence[list[str]]:
        """Return the arguments of each call of a student's function, as JSON texts; none if the key fails."""
        told = self.ask({"ask": "calls", "question": question, "course": course, "student": student})
        return list(told.get("calls", ()))

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()


def _read(pipe: IO[str], replies: "queue.Queue[str]") -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in pipe:
            replies.put(line)
    replies.put("")
