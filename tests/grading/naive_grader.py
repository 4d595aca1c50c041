"""A grader as many are: it runs the notebook in its own process and then the tests, with the key at hand.

``python naive_grader.py SUBMISSION EXERCISE RESULT``. It serves one purpose: each cheat of the tests must raise marks
here, or its failure against the real grader would show nothing.
"""

import json
import os
import sys
from pathlib import Path

from cocreate_teach.exercises import load_key, marking


def is_right(value, right):
    """Compare as a hand-written test does."""
    if isinstance(right, int | float):
        return not abs(value - right) > 0.005
    return value == right


def main():
    notebook, exercise, result = (Path(argument) for argument in sys.argv[1:4])
    os.environ["COURSE_KEYS"] = str(exercise)
    os.chdir(notebook.parent)
    log = (result.parent / "log").open("w+")  # stays open, as logs do
    key = load_key(exercise)
    given = key.given()
    namespace = {}
    marks = {question.id: 0.0 for question in key.questions}
    for cell in json.loads(notebook.read_text())["cells"]:
        if cell["cell_type"] != "code":
            continue
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        try:
            if not name.endswith("_check"):
                exec(cell["source"], namespace)
                continue
            question = key.question(name.removesuffix("_check"))
            value = namespace.get(question.id)
            if value is ...:
                continue
            if question.calls:
                tries = []
                for arguments in question.calls(given):
                    expected = question.answer(given)(*arguments)
                    tries.append(is_right(value(*arguments), expected))
                right = all(tries)
            else:
                right = is_right(value, question.answer(given)) or marking.mark(question, value, given).fraction == 1
            marks[question.id] = question.marks * bool(right)
        except BaseException:
            continue
    log.seek(0)
    for line in log:
        marks |= json.loads(line)
    result.write_text(json.dumps(marks))


if __name__ == "__main__":
    main()
