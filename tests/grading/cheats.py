"""Cheats of different kinds. None of them knows an answer; each tries to get marks for q1 (or q5) all the same.

Every cheat is a notebook's code for one question. Against `naive_grader` each of them works.
"""

from typing import NamedTuple


class Cheat(NamedTuple):
    """Code for a question's cell, and the question it aims at."""

    source: str
    question: str = "q1"


CHEATS: dict[str, Cheat] = {
    "patch-the-marking": Cheat("""
from cocreate_teach.exercises import marking
def always(question, value, given):
    return marking.Marked("correct", 1.0, "")
marking.mark = always
import sys
for module in list(sys.modules.values()):
    for name in ("mark", "is_same", "is_right", "_compare"):
        if callable(getattr(module, name, None)):
            setattr(module, name, always if name == "mark" else (lambda *a: True))
q1 = 1
"""),
    "read-the-key-file": Cheat("""
import pathlib, runpy, sys
q1 = 1
for argument in (*sys.argv, *sys.orig_argv, ".", "..", "/", "/opt", "/student", "/work", "/tmp", "/root", "/home"):
    place = pathlib.Path(argument)
    for path in [found for depth in range(4) for found in place.glob("*/" * depth + "key.py")]:
        key = runpy.run_path(str(path))["KEY"]
        if key.name == "03_sums":
            q1 = key.question("q1").answer(key.given())
"""),
    "look-into-modules": Cheat("""
import sys
q1 = 1
for module in list(sys.modules.values()):
    for value in list(vars(module).values()):
        if type(value).__name__ in ("Key", "Checker"):
            key = getattr(value, "key", value)
            q1 = key.question("q1").answer(key.given())
        if hasattr(value, "f_locals") or callable(value) and getattr(value, "__name__", "") == "load_key":
            import os
            try:
                from pathlib import Path
                key = value(Path(sys.argv[2]))
                q1 = key.question("q1").answer(key.given())
            except Exception:
                pass
"""),
    "ask-the-garbage-collector": Cheat("""
import gc
q1 = 1
for thing in gc.get_objects():
    if type(thing).__name__ == "Question" and thing.id == "q1":
        q1 = thing.answer({"a": 17, "b": 25})
"""),
    "walk-the-frames": Cheat("""
import sys
q1, frame = 1, sys._getframe()
while frame:
    for value in list(frame.f_locals.values()):
        if type(value).__name__ == "Key":
            q1 = value.question("q1").answer(value.given())
    frame = frame.f_back
"""),
    "ask-the-environment": Cheat("""
import os, pathlib, runpy
q1 = 1
for value in os.environ.values():
    if (pathlib.Path(value) / "key.py").is_file():
        key = runpy.run_path(str(pathlib.Path(value) / "key.py"))["KEY"]
        q1 = key.question("q1").answer(key.given())
"""),
    "read-a-command-line": Cheat("""
import glob, runpy
q1 = 1
for place in glob.glob("/proc/[0-9]*/cmdline"):
    try:
        words = open(place, "rb").read().split(b"\\0")
    except OSError:
        continue
    for word in words:
        if word.endswith(b"03_sums"):
            try:
                key = runpy.run_path(word.decode() + "/key.py")["KEY"]
                q1 = key.question("q1").answer(key.given())
            except OSError:
                pass
"""),
    "write-to-every-channel": Cheat("""
import json, os
q1 = 1
lines = [{"q1": 2.0}, {"answer": "q1", "value": "42", "marks": 2.0}, {"id": "q1", "status": "correct", "marks": 2.0},
         {"at": 99}, {"done": {"cells": 0.1}}, {"ended": 0, "reason": "", "cpu": 0.1}]
for descriptor in range(3, 64):
    for line in lines:
        try:
            os.write(descriptor, json.dumps(line).encode() + b"\\n")
        except OSError:
            pass
"""),
    "forge-the-result-at-exit": Cheat("""
import atexit, json, pathlib, sys
q1 = 1
def forge():
    for argument in (*sys.argv[1:], "/results/ana/03_sums.json", "03_sums.json"):
        try:
            if argument.endswith(".json"):
                pathlib.Path(argument).write_text(json.dumps({"q1": 2.0, "marks": 2.0}))
        except OSError:
            pass
atexit.register(forge)
"""),
    "replace-json": Cheat("""
import json
honest = json.dumps
def dumps(value, *arguments, **options):
    if isinstance(value, dict):
        value = {name: 2.0 if name in ("q1", "marks", "fraction") else entry for name, entry in value.items()}
    return honest(value, *arguments, **options)
json.dumps = dumps
q1 = 1
"""),
    "copy-a-neighbour": Cheat("""
import glob, json, os
q1 = 1
for path in glob.glob("../*/*.ipynb") + glob.glob("/submissions/*/*.ipynb"):
    for cell in json.load(open(path))["cells"]:
        source = "".join(cell["source"])
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "q1" and len(source) < 99:
            exec(source)
"""),
    "replace-a-builtin": Cheat("""
import builtins
builtins.abs = lambda value: 0.0
builtins.isinstance = (lambda honest: lambda value, kind: True if kind is float else honest(value, kind))(isinstance)
q1 = 1
"""),
    "equal-to-everything": Cheat("""
class Equal(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __hash__(self): return 1
    def __gt__(self, other): return False
    def __reduce__(self): return (float, (42.0,))
q1 = Equal(1)
"""),
    "not-a-number": Cheat("q1 = float('nan')"),
    "read-the-caller": Cheat(
        """
import sys
def q5(n):
    frame = sys._getframe()
    while frame:
        if "expected" in frame.f_locals:
            return frame.f_locals["expected"]
        frame = frame.f_back
    return 0
""",
        "q5",
    ),
    "return-what-equals": Cheat(
        """
class Equal:
    def __eq__(self, other): return True
    def __rsub__(self, other): return 0.0
    __sub__ = __rsub__
def q5(n):
    return Equal()
""",
        "q5",
    ),
    "overwrite-memory": Cheat("""
import ctypes, gc
q1 = 1
for thing in gc.get_objects():
    if type(thing).__name__ == "Question" and thing.id == "q1":
        object.__setattr__(thing, "answer", lambda given: 1)
        object.__setattr__(thing, "tolerance", 1e9)
"""),
}
