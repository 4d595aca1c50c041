"""What honest students do in notebooks works in the grader as it does on their own machine."""

import pytest

from tests.grading.class_of_thirty import place, solved
from tests.grading.conftest import by_question
from tests.grading.sums_exercise import code, notebook_cells

HABITS = {
    "time-magic": "%time q2 = 'b'",
    "cell-magic": "%%capture said\nq2 = 'b'\nprint('hello')",
    "inline-plots": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nq2 = 'b'",
    "last-value": "'b'\n",
    "await": "import asyncio\nawait asyncio.sleep(0)\nq2 = 'b'",
    "display": "from IPython.display import display, Markdown\ndisplay(Markdown('**x**'), pd.DataFrame())\nq2 = 'b'",
    "help": "ex.check?\nq2 = 'b'",
    "warnings": "import warnings\nwarnings.warn('old')\nimport sys\nprint('x', file=sys.stderr)\nq2 = 'b'",
    "threads": "from threading import Thread\nt = Thread(target=print)\nt.start()\nt.join()\nq2 = 'b'",
    "files": "open('mine.csv', 'w').write('n\\n1')\nq2 = 'b' if len(pd.read_csv('mine.csv')) else 'a'",
    "progress": "ex.progress()\nex.check('q2', 'b')\nq2 = 'b'",
    "own-function": "def choose():\n    return 'b'\nq2 = choose()",
    "numpy-text": "import numpy as np\nq2 = np.array(['b'])[0]",
}


@pytest.fixture(scope="module")
def results(exercise, tmp_path_factory):
    import json

    from cocreate_teach import grading
    from tests.grading import sums_exercise

    folder, to = tmp_path_factory.mktemp("habits"), tmp_path_factory.mktemp("results")
    for name, source in HABITS.items():
        cells = solved(q2=source)
        if name == "last-value":
            cells.insert(place(cells, "q2") + 1, code("q2 = _"))
        cells.insert(0, code("import pandas as pd"))
        sums_exercise.hand_in(folder, name, sums_exercise.notebook(cells))
    grading.grade(folder, exercise, to, workers=2)
    return {name: json.loads((to / name / f"{sums_exercise.NAME}.json").read_text()) for name in HABITS}


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_of_notebooks_costs_nothing(results, name):
    """A mark must not depend on whether somebody uses a magic or a plot."""
    assert (by_question(results[name])["q2"], results[name]["warnings"]) == (("correct", 1.0), [])
    assert results[name]["marks"] == 8


def test_pip_and_shell_lines_fail_alone(graded):
    """There is nothing to install from inside; the rest of the notebook goes on."""
    cells = notebook_cells({"q1": "q1 = 42"})
    cells[1:1] = [code("!ls /"), code("%pip install something"), code("import not_installed")]
    result = graded({"ana": cells})["ana"]
    assert by_question(result)["q1"] == ("correct", 2.0)


def test_what_is_drawn_at_random_is_the_same_in_every_run(graded):
    """A mark that changes when it is given again cannot be defended."""
    source = "import random, numpy as np\nq2 = f'{random.random()} {np.random.rand()} {hash(\"x\")}'"
    first = graded({"ana": notebook_cells({"q2": source})})["ana"]["questions"][1]["reason"]
    second = graded({"ana": notebook_cells({"q2": source})}, force=True)["ana"]["questions"][1]["reason"]
    assert first == second
    assert "0." in first
