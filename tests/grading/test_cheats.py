"""No cheat raises a mark; each is first seen to raise one where code and key share a process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.grading import sums_exercise
from tests.grading.cheats import CHEATS
from tests.grading.conftest import by_question


def cheating(name):
    cheat = CHEATS[name]
    return sums_exercise.notebook_cells({cheat.question: cheat.source})


@pytest.fixture(scope="module")
def really_graded(exercise, tmp_path_factory):
    """Grade all cheats, and a neighbour with the right answers, as one class."""
    from cocreate_teach import grading

    folder, results = tmp_path_factory.mktemp("cheats"), tmp_path_factory.mktemp("results")
    for name in CHEATS:
        sums_exercise.hand_in(folder, name, sums_exercise.notebook(cheating(name)))
    sums_exercise.hand_in(
        folder, "neighbour", sums_exercise.notebook(sums_exercise.notebook_cells(sums_exercise.RIGHT))
    )
    grading.grade(folder, exercise, results, workers=2)
    names = [*CHEATS, "neighbour"]
    return {name: json.loads((results / name / f"{sums_exercise.NAME}.json").read_text()) for name in names}


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_works_where_code_and_key_share_a_process(name, exercise, tmp_path):
    """Otherwise its failure below would prove nothing."""
    path = sums_exercise.hand_in(tmp_path, "ana", sums_exercise.notebook(cheating(name)))
    neighbour = sums_exercise.notebook_cells(sums_exercise.RIGHT)
    sums_exercise.hand_in(tmp_path, "neighbour", sums_exercise.notebook(neighbour))
    result = tmp_path / "result.json"
    command = [sys.executable, str(Path(__file__).with_name("naive_grader.py")), str(path), str(exercise), str(result)]
    subprocess.run(command, check=False, timeout=60, env=dict(os.environ), capture_output=True)
    assert json.loads(result.read_text()).get(CHEATS[name].question, 0) > 0


@pytest.mark.parametrize("name", CHEATS)
def test_the_same_cheat_raises_no_mark_here(name, really_graded):
    """Untouched work has no marks, so a cheat without one right answer has none either."""
    result = really_graded[name]
    statuses = {question: status for question, (status, _) in by_question(result).items()}
    assert result["marks"] == 0
    assert "correct" not in statuses.values()
    assert "partial" not in statuses.values()


def test_cheats_cost_nobody_else_anything(really_graded):
    """They ran in the same batch as an honest neighbour, who keeps every mark."""
    assert really_graded["neighbour"]["marks"] == 8
    assert really_graded["neighbour"]["warnings"] == []


def test_an_error_cannot_carry_hidden_inputs_out(graded):
    """Its type and message are the student's to choose, and feedback is read by the next one."""
    source = "def q5(n):\n    raise type(f'Got{n}', (Exception,), {})(f'the input was {n}')"
    returned = "def q5(n):\n    return {f'input {n}': n, 'object': f'{n}'}"
    printed = "def q5(n):\n    open('/student/kept', 'a').write(f'{n} ')\n    return open('/student/kept').read()"
    for number, body in enumerate((source, returned, printed)):
        result = graded({f"ana{number}": sums_exercise.notebook_cells({"q5": body})})[f"ana{number}"]
        assert by_question(result)["q5"] == ("wrong", 0.0)
        assert "711" not in json.dumps(result["questions"])
        assert "711" not in json.dumps(result["warnings"])
