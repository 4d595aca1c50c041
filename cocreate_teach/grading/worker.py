"""The coordinator's side of a worker: start a zygote in its sandbox (or none), open children, hear how they ended.

A child is a channel of JSON lines. Whoever writes on its other end is the student's code: lines are read with caps and
believed as little as an exam paper.
"""

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final, Protocol

from cocreate_teach.grading import sandbox
from cocreate_teach.grading.limits import Limits

START_SECONDS: Final = 60.0
END_SECONDS: Final = 20.0  # for the kernel to take a whole namespace down
PRELOADED: Final = ("numpy", "pandas", "IPython", "cocreate_teach.exercises")


class WorkerDied(Exception):
    """The worker itself is gone or deaf; its submission has to be graded again by another."""


class NeverStarted(WorkerDied):
    """The worker ended before it could open any child."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: exit status (negative: a signal), ``memory`` if the zygote stopped it, CPU seconds."""

    code: int
    reason: str = ""
    cpu: float = 0.0


class Child(Protocol):
    """One running submission."""

    def send(self, message: dict[str, Any]) -> None:
        """Send one message; nothing happens if nobody listens any more."""

    def receive(self, seconds: float) -> bytes | None:
        """Return the next line, b"" at the end of the channel, None when the time is over."""

    def end(self) -> Ended:
        """Kill what is left and say how it ended."""


class Worker(Protocol):
    """What opens children, one at a time."""

    def open(self, limits: Limits) -> Child:
        """Start a child."""

    def close(self) -> None:
        """End the worker and everything in it."""


class SandboxedChild:
    """A child behind a socket; the zygote tells how it ended."""

    def __init__(self, channel: socket.socket, zygote: socket.socket, longest: int) -> None:
        self._channel, self._zygote, self._longest = channel, zygote, longest
        self._buffer = bytearray()

    def send(self, message: dict[str, Any]) -> None:
        """Send one message; a child that reads nothing is left to its deadline."""
        self._channel.settimeout(5)
        with contextlib.suppress(OSError):
            self._channel.sendall(json.dumps(message).encode() + b"\n")

    def receive(self, seconds: float) -> bytes | None:
        """Return the next line, b"" at the end, or what is there if it is more than a child may say in all."""
        deadline = time.monotonic() + seconds
        while (cut := self._buffer.find(b"\n")) < 0:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            self._channel.settimeout(left)
            try:
                data = self._channel.recv(262144)
            except TimeoutError:
                return None
            except OSError:
                return b""
            if not data:
                return b""
            self._buffer += data
            if len(self._buffer) > self._longest:
                return bytes(self._buffer)
        line = bytes(self._buffer[: cut + 1])
        del self._buffer[: cut + 1]
        return line

    def end(self) -> Ended:
        """Kill the child's PID namespace and wait until the kernel has emptied it."""
        self._channel.close()
        try:
            self._zygote.send(b'{"kill": true}')
            self._zygote.settimeout(END_SECONDS)
            message = self._zygote.recv(65536)
        except OSError as error:
            raise WorkerDied(f"no word from the worker ({error})") from None
        if not message:
            raise WorkerDied("the worker ended")
        told = json.loads(message)
        return Ended(int(told["ended"]), str(told["reason"]), float(told["cpu"]))


class SandboxedWorker:
    """A zygote inside bubblewrap.

    Parameters
    ----------
    package : Path
        Folder made by `sandbox.copy_package`.
    modules : sequence of str
        What the zygote imports before the first submission.
    """

    def __init__(self, package: Path, modules: Sequence[str] = PRELOADED) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [*sandbox.bubblewrap_command(package), *sandbox.python_command(modules, str(package))]
        self._process = subprocess.Popen(
            command,
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=self._complaints,
            close_fds=True,
            process_group=0,
        )
        theirs.close()
        self._is_ready = False

    def _wait_ready(self) -> None:
        self._channel.settimeout(START_SECONDS)
        try:
            message = self._channel.recv(65536)
        except OSError:
            message = b""
        if not message:
            self._complaints.seek(0)
            lines = self._complaints.read().decode(errors="replace").strip().splitlines() or ["no reason given"]
            self.close()
            raise NeverStarted(f"the sandboxed worker does not start ({lines[-1][:300]}); {sandbox.CHOICES}")
        self._is_ready = True

    def open(self, limits: Limits) -> SandboxedChild:
        """Have the zygote fork a child.

        Raises
        ------
        WorkerDied
            If the zygote is gone, or never started.
        """
        if not self._is_ready:
            self._wait_ready()
        ours, theirs = socket.socketpair()
        bounds = asdict(limits) | {"cpu_seconds": int(limits.budget_seconds) + 1}
        try:
            socket.send_fds(self._channel, [json.dumps({"start": bounds}).encode()], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise WorkerDied(f"the worker is gone ({error})") from None
        finally:
            theirs.close()
        return SandboxedChild(ours, self._channel, limits.said)

    def close(self) -> None:
        """End bubblewrap; the kernel ends everything in its PID namespace."""
        self._channel.close()
        with contextlib.suppress(ProcessLookupError):  # while it starts, its second process dies with the group only
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._complaints.close()


class SpawnedChild:
    """A child without a sandbox: a process of its own, pipes, a thread that reads."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", home: "tempfile.TemporaryDirectory[str]", longest: int
    ) -> None:
        self._process, self._home, self._longest = process, home, longest
        self._lines: queue.Queue[bytes] = queue.Queue(maxsize=1000)
        threading.Thread(target=self._read, args=(process.stdout,), daemon=True).start()

    def _read(self, pipe: IO[bytes]) -> None:
        total = 0
        with contextlib.suppress(ValueError, OSError):
            while total < self._longest and (line := pipe.readline(self._longest)):
                total += len(line)
                self._lines.put(line)
        self._lines.put(b"")

    def send(self, message: dict[str, Any]) -> None:
        """Send one message."""
        with contextlib.suppress(OSError, ValueError):
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()

    def receive(self, seconds: float) -> bytes | None:
        """Return the next line."""
        try:
            return self._lines.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None

    def end(self) -> Ended:
        """Kill the process; what it has started itself is not known here and stays."""
        if self._process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
        self._process.kill()
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
        with contextlib.suppress(OSError):  # what the child has started may still write there
            self._home.cleanup()
        return Ended(code)


class SpawnedWorker:
    """Start a new Python process per child: the explicit choice ``sandbox="none"``."""

    def open(self, limits: Limits) -> SpawnedChild:
        """Start a process that runs `child.main`."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        home = tempfile.TemporaryDirectory(prefix="cocreate-home-")
        places = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR"), home.name)
        command = [sys.executable, "-c", "from cocreate_teach.grading.child import main; main()"]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, **places, "MPLBACKEND": "agg", "PYTHONHASHSEED": "0"},
            cwd=home.name,
        )
        return SpawnedChild(process, home, limits.said)

    def close(self) -> None:
        """Nothing stays open between children."""
