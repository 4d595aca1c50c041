"""A class made by a script: what each of its students handed in, and what each deserves."""

import json
from dataclasses import dataclass, field

from tests.grading.sums_exercise import MARKS, RIGHT, code, notebook, notebook_cells, text

ALL = dict.fromkeys(MARKS, "correct")
OTHERS = {"q1": "correct", "q3": "correct", "q4": "correct", "q5": "correct"}  # q2 is where things happen


@dataclass(frozen=True)
class Handed:
    """One submission: the file, the status of each question, and parts of sentences that must be there.

    `says` are parts of the reason of q2, `warns` of the warnings; without `warns` there must be no warning at all.
    """

    data: bytes
    statuses: dict[str, str]
    says: str = ""
    warns: tuple[str, ...] = ()
    marks: dict[str, float] = field(default_factory=dict)  # of questions that are partly right


def solved(**changed: str) -> list[dict]:
    return notebook_cells({**RIGHT, **changed})


def in_q2(source: str, says: str, status: str = "error", warns: tuple[str, ...] = ()) -> Handed:
    return Handed(notebook(solved(q2=source)), {**OTHERS, "q2": status}, says, warns)


def without(cells: list[dict], label: str) -> list[dict]:
    return [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") != label]


def place(cells: list[dict], label: str) -> int:
    return next(i for i, c in enumerate(cells) if c["metadata"].get("nbgrader", {}).get("grade_id") == label)


def changed(label: str, **values: object) -> list[dict]:
    cells = solved()
    cells[place(cells, label)] |= values
    return cells


def relabelled(label: str, **values: object) -> list[dict]:
    cells = solved()
    cells[place(cells, label)]["metadata"]["nbgrader"] |= values
    return cells


def twice(label: str) -> list[dict]:
    cells = solved()
    return [*cells[: place(cells, label)], cells[place(cells, label)], *cells[place(cells, label) :]]


def moved_to_the_end(label: str) -> list[dict]:
    cells = solved()
    return [*without(cells, label), cells[place(cells, label)]]


def split_answer() -> list[dict]:
    cells = solved(q1="part = ex.given['a']")
    second = code("q1 = part + ex.given['b']", "q1", "answer", "q1", locked=False, solution=True)
    at = place(cells, "q1")
    return [*cells[: at + 1], second, *cells[at + 1 :]]


def stripped() -> list[dict]:
    return [{**cell, "metadata": {}} for cell in solved()]


def with_big_output() -> bytes:
    cells = solved()
    cells[place(cells, "q2")]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 100_000_000}]
    return notebook(cells)


def answered_below() -> list[dict]:
    cells = notebook_cells({name: answer for name, answer in RIGHT.items() if name != "q2"})
    return [*cells, code("q2 = 'b'")]


DEAF = """
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
STAYS = """
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(600)
q2 = "b"
"""
NETWORK = """
import urllib.request
q2 = urllib.request.urlopen("http://127.0.0.1:80/answer", timeout=1).read()
"""

CLASS: dict[str, Handed] = {
    "right": Handed(notebook(solved()), ALL),
    "half-right": Handed(
        notebook(notebook_cells({"q1": RIGHT["q1"], "q2": "q2 = 'a'", "q3": "q3 = ['x']"})),
        {"q1": "correct", "q2": "wrong", "q3": "partial", "q4": "not_attempted", "q5": "not_attempted"},
        "This is not the answer yet",
        marks={"q3": 1.0},
    ),
    "wrong": Handed(
        notebook(
            notebook_cells(
                {"q1": "q1 = 8", "q2": "q2 = 'z'", "q3": "q3 = 'v, w'", "q4": "q4 = 3", "q5": "q5 = lambda n: n"}
            )
        ),
        dict.fromkeys(MARKS, "wrong"),
        "not one of the options",
    ),
    "untouched": Handed(
        notebook(notebook_cells({})), dict.fromkeys(MARKS, "not_attempted"), "The dots are still there"
    ),
    "crashing": in_q2("q2 = 1 / 0", "the cell stopped with ZeroDivisionError: division by zero"),
    "mistyped": in_q2("q2 = 'b", "the cell stopped with SyntaxError"),
    "looping": in_q2("while True: pass", "the cell ran longer than 2.5 s and was stopped"),
    "deaf": in_q2(DEAF, "the cell ran longer than 2.5 s and was stopped"),
    "exiting": in_q2("import os\nos._exit(0)", "the cell ended Python itself"),
    "sys-exiting": in_q2("import sys\nsys.exit(3)", "the cell stopped with SystemExit"),
    "segfaulting": in_q2("import ctypes\nctypes.string_at(0)", "crashed Python (segmentation fault)"),
    "aborting": in_q2("import os\nos.abort()", "crashed Python"),
    "too-deep": in_q2("def f(): return f()\nf()", "RecursionError"),
    "closing": in_q2("import os\nos.closerange(0, 200)", "the cell"),
    "killing": in_q2("import os\nos.kill(-1, 9)", "ProcessLookupError"),
    "printing": in_q2("for _ in range(1000): print('x' * 100_000)\nq2 = 'b'", "", "correct"),
    "hungry": in_q2("block = b'x' * 4_000_000_000\nq2 = 'b'", "MemoryError"),
    "disk-filling": in_q2("open('big', 'wb').write(b'x' * 100_000_000)", "OSError"),
    "networking": in_q2(NETWORK, "Operation not permitted"),
    "staying": in_q2(STAYS, "", "correct"),
    "check-deleted": Handed(notebook(without(solved(), "q2_check")), ALL, warns=("q2_check was deleted",)),
    "check-renamed": Handed(
        notebook(relabelled("q2_check", grade_id="q2_mine")), ALL, warns=("q2_check was renamed to 'q2_mine'",)
    ),
    "check-duplicated": Handed(notebook(twice("q2_check")), ALL, warns=("q2_check is there 2 times",)),
    "check-edited": Handed(notebook(changed("q2_check", source="print('ok')")), ALL, warns=("q2_check was edited",)),
    "check-moved": Handed(notebook(moved_to_the_end("q2_check")), ALL, warns=("q2_check was moved",)),
    "setup-deleted": Handed(notebook(without(solved(), "setup")), ALL, warns=("setup was deleted",)),
    "points-edited": Handed(notebook(relabelled("q2_check", points=500)), ALL, warns=("points of q2_check",)),
    "split": Handed(notebook(split_answer()), ALL),
    "stripped": Handed(notebook(stripped()), ALL, warns=("labels of the cells are missing",)),
    "answered-below": Handed(notebook(answered_below()), ALL),
    "answer-deleted": Handed(notebook(without(solved(), "q2")), {**OTHERS, "q2": "error"}, "no cell gives q2 a value"),
    "big-file": Handed(with_big_output(), ALL),
    "other-python": Handed(
        json.dumps(
            {
                **json.loads(notebook([*solved(), text("my notes")])),
                "metadata": {
                    "kernelspec": {"name": "python3.8", "display_name": "Old", "language": "python"},
                    "language_info": {"name": "python", "version": "3.8.1"},
                },
            }
        ).encode(),
        ALL,
    ),
    "truncated": Handed(
        notebook(solved())[:2000], dict.fromkeys(MARKS, "error"), "cut off or damaged", ("not readable",)
    ),
    "empty": Handed(b"", dict.fromkeys(MARKS, "error"), "The file is empty", ("not readable",)),
    "no-notebook": Handed(b"[1, 2]", dict.fromkeys(MARKS, "error"), "JSON but not a notebook", ("not readable",)),
    "a-picture": Handed(b"\x89PNG\xff\xfe", dict.fromkeys(MARKS, "error"), "not a notebook", ("not readable",)),
}
