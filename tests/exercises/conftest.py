"""A small exercise in a folder of its own, beside which a notebook would run."""

import pytest

KEY = """
from cocreate_teach.exercises import Key, Question, Wrong, each_item, function, items, number

KEY = Key(
    name="01_small", title="A small exercise",
    variant=lambda draw: {
        "a": draw.integer("a", 2, 9),
        "exhibits": [{"title": "Numbers <1>.", "status": "illustrative", "columns": ["What", "Value"],
                      "rows": [["a & b", "2.5"], ["c", "-1.0"]]}],
    },
    questions=(
        Question(id="q1", marks=2, expectation=number(0, 10), answer=lambda given: given["a"],
                 wrong=(Wrong(lambda given: given["a"] + 1, "One too many."),), solution=lambda given: "Read it off."),
        Question(id="q2", marks=3, expectation=items("a", "b", "c"), answer=lambda given: ["a", "b"],
                 partial=each_item),
        Question(id="q3", marks=1, expectation=function("x"), answer=lambda given: lambda x: 2 * x,
                 calls=lambda given: [(1,), (3,)]),
        Question(id="q4", marks=1, expectation=number(0, 1), answer=lambda given: given["gone"]),
    ),
)
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make the folder of the small exercise the current one, with no other key in reach."""
    here = tmp_path / "01_small"
    here.mkdir()
    (here / "key.py").write_text(KEY)
    monkeypatch.chdir(here)
    monkeypatch.delenv("COCREATE_KEYS", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return here
