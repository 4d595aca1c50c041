"""Inside the sandbox: the zygote. It imports what notebooks need, once, and forks one confined child per submission.

It never sees a key and never reads a submission: it is handed the child's end of a channel and passes it on. Its own
channel (descriptor 0) carries small JSON messages: ``start`` and ``kill`` in, ``ready`` and ``ended`` out.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from cocreate_teach.grading import child, confine

TICK = 0.1  # seconds between two looks at the memory of everything a submission has started


def main() -> None:
    """Serve until the other end closes the channel; called as ``python -c`` inside bubblewrap."""
    modules: list[str] = json.loads(sys.argv[1])  # any further argument is for readers of a process list
    confine.enter_worker()
    first = os.fork()  # the child of this fork is the first process of the zygote's own PID namespace
    if first:
        os.waitpid(first, 0)
        os._exit(0)
    for name in modules:
        with contextlib.suppress(ImportError):  # a cell that needs it says so
            import_module(name)
    shell = child.make_shell()
    gc.collect()
    gc.freeze()  # so that a collection in a child does not copy every page
    channel = socket.socket(fileno=0)
    home = os.open("/proc/self/ns/pid", os.O_RDONLY)
    base = confine.mapped_bytes()
    channel.send(json.dumps({"ready": sys.version.split()[0]}).encode())
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, 65536, 4)
        if not message:
            os._exit(0)
        order = json.loads(message)
        if "start" not in order or len(descriptors) != 1:  # a kill that came after the end
            continue
        started = time.monotonic()
        confine.unshare(confine.CLONE_NEWPID)
        process = os.fork()
        if process == 0:
            _become_child(descriptors[0], order["start"], base, shell, started)
        confine.return_to_pid_namespace(home)
        os.close(descriptors[0])
        _watch(channel, process, int(order["start"]["memory"]))


def _become_child(channel: int, limits: dict[str, Any], base: int, shell: Any, started: float) -> None:
    try:
        os.dup2(channel, 3)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        os.closerange(4, 4096)
        forked = time.monotonic()
        confine.enter_child(disk=int(limits["disk"]))
        confine.drop_privileges()
        confine.limit_resources(
            address_space=base + int(limits["memory"]),
            cpu_seconds=int(limits["cpu_seconds"]),
            disk=int(limits["disk"]),
            files=int(limits["files"]),
            processes=int(limits["processes"]),
        )
        confine.filter_system_calls()
        confined = time.monotonic()
        child.serve(3, 3, shell, {"fork": forked - started, "namespaces": confined - forked})
    finally:
        os._exit(0)


def _watch(channel: socket.socket, process: int, memory: int) -> None:
    """Wait for the child, kill it when told or when its processes hold too much memory, and say how it ended."""
    descriptor = os.pidfd_open(process)
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    poll.register(channel, select.POLLIN)
    reason = ""
    while True:
        events = dict(poll.poll(TICK * 1000))
        if descriptor in events:
            break
        if channel.fileno() in events:
            if not channel.recv(65536):
                os._exit(0)  # the coordinator is gone; the kernel ends everything in this namespace
            os.kill(process, signal.SIGKILL)
        elif not events and not reason and _resident() > memory:
            reason = "memory"
            os.kill(process, signal.SIGKILL)
    # returns only when every process of the child's namespace is gone
    _, status, usage = os.wait4(process, 0)
    os.close(descriptor)
    code = os.waitstatus_to_exitcode(status)
    ended = {"ended": code, "reason": reason, "cpu": usage.ru_utime + usage.ru_stime}
    channel.send(json.dumps(ended).encode())


def _resident() -> int:
    """Return the bytes of memory of its own that the submission's processes hold.

    They are the processes one PID namespace deeper than this one; pages shared with the zygote count once per
    process, so the zygote's own are taken off each.
    """
    mine, theirs = 0, []
    for process in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in process.read_text().splitlines() if ":" in line)
        except OSError:
            continue  # it ended meanwhile
        depth = len(fields["NSpid"].split())  # bubblewrap's processes 1, the zygote 2, a submission's 3
        kilobytes = int(fields.get("VmRSS", "0 kB").split()[0])
        if depth == 2:
            mine = kilobytes
        elif depth > 2:
            theirs.append(kilobytes)
    return sum(max(0, kilobytes - mine) for kilobytes in theirs) * 1024
