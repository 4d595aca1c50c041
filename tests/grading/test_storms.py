"""Large classes and long attacks; slow, so they run with ``make bench``."""

import json
import os
import random
import signal
import threading
from pathlib import Path

import pytest

from cocreate_teach import grading
from tests.grading import sums_exercise
from tests.grading.class_of_thirty import CLASS
from tests.grading.conftest import QUICK
from tests.grading.sums_exercise import NAME, notebook_cells

pytestmark = pytest.mark.slow
LIVELY = ("right", "half-right", "wrong", "untouched", "crashing", "split", "check-deleted", "stripped", "segfaulting")


def strike(place, stop, killed):
    """Kill one of this test's sandboxes at random moments until told to stop."""
    draw = random.Random(7)
    while not stop.wait(draw.uniform(0.5, 4)):
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if any(place.encode() in word for word in words):
                found.append(int(entry.name))
        if found:
            try:
                os.kill(draw.choice(found), signal.SIGKILL)
                killed.append(1)
            except ProcessLookupError:
                continue


def test_a_thousand_submissions_with_workers_killed_at_random_get_the_undisturbed_marks(
    exercise, tmp_path, own_temporary_folder, still_running
):
    """Marks must depend on the work alone, whatever the machine goes through."""
    folder = tmp_path / "submissions"
    for number in range(1000):
        sums_exercise.hand_in(folder, f"s{number:04}", CLASS[LIVELY[number % len(LIVELY)]].data)
    grading.grade(folder, exercise, tmp_path / "undisturbed", workers=2)
    stop, killed = threading.Event(), []
    thread = threading.Thread(target=strike, args=(str(own_temporary_folder), stop, killed))
    thread.start()
    try:
        summary = grading.grade(folder, exercise, tmp_path / "disturbed", workers=2)
    finally:
        stop.set()
        thread.join()
    assert len(killed) > 5
    assert summary.faults == ()
    for number in range(1000):
        one, other = (
            json.loads((tmp_path / run / f"s{number:04}" / f"{NAME}.json").read_text())
            for run in ("undisturbed", "disturbed")
        )
        assert one["questions"] == other["questions"]
    assert still_running() == []


STORM = """
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
"""
ENDLESS = """
import os, signal
for number in range(1, 64):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass
"""


@pytest.mark.parametrize("source", [STORM, ENDLESS])
def test_a_fork_storm_ends_with_its_submission(graded, still_running, source):
    """Thirty processes that fork and ignore signals are gone when the next student is graded."""
    results = graded({"ana": notebook_cells({"q1": "q1 = 42", "q2": source}), "ben": CLASS["right"].data}, limits=QUICK)
    assert results["ana"]["marks"] == 2
    assert results["ben"]["marks"] == 8
    assert still_running() == []


def test_a_flood_on_the_channel_is_cut_off(graded):
    """A gigabyte of messages must not reach the lecturer's memory."""
    flood = "import os\nblock = b'x' * 10_000_000\nfor _ in range(100):\n    os.write(3, block)"
    results = graded({"ana": notebook_cells({"q1": "q1 = 42", "q2": flood}), "ben": CLASS["right"].data})
    assert "sent more than a submission may" in results["ana"]["questions"][1]["reason"]
    assert results["ana"]["marks"] == 2
    assert results["ben"]["marks"] == 8
