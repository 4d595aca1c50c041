"""The threat model names tests; they must exist."""

import re
from pathlib import Path

from tests.grading.cheats import CHEATS
from tests.grading.class_of_thirty import CLASS

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "threat-model.md").read_text(encoding="utf-8")


def test_every_test_that_the_threat_model_names_exists():
    """A promise that points to nothing is no promise."""
    code = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    files = {path.name for path in HERE.iterdir()}
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 15
    assert {name for name in named if f"def {name}(" not in code} == set()
    assert set(re.findall(r"`(\w+\.py)`", PAGE)) - {"key.py"} <= files
    students = re.findall(r"`([a-z-]+)`(?:, `[a-z-]+`)* in `class_of_thirty.py`", PAGE)
    assert students
    assert set(students) <= set(CLASS)


def test_the_threat_model_counts_its_cheats():
    """The number in the text is the number of the tests."""
    assert len(CHEATS) == 17
    assert "seventeen cheats" in PAGE
