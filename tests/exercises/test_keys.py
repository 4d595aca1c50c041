"""A key is loaded with all its faults told at once, and draws variants that survive a journey through JSON."""

import hashlib

import pytest

from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises import Key, Question, function, load_key, number

GOOD = """
from cocreate_teach.exercises import Key, Question, number
KEY = Key(name="k", title="K", variant=lambda draw: {"pair": (1, draw.integer("n", 2, 9))}, memo_marks=8,
          questions=(Question(id="q1", marks=2.5, expectation=number(0, 9), answer=lambda given: given["pair"][1]),))
"""


def folder(tmp_path, source):
    (tmp_path / "key.py").write_text(source)
    return tmp_path


def test_a_key_is_loaded_with_the_digest_of_its_file(tmp_path):
    """A result names the key that marked it."""
    key = load_key(folder(tmp_path, GOOD))
    assert (key.name, key.marks, key.max_marks) == ("k", 2.5, 10.5)
    assert key.digest == hashlib.sha256(GOOD.encode()).hexdigest()
    assert key.given() == {"pair": [1, 2]}
    assert key.question("q1").answer(key.given()) == 2


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("x = 1", "must define KEY"),
        ("1 / 0", "ZeroDivisionError"),
        ("def (", "SyntaxError"),
        (GOOD + "KEY = Key(name='k', title='', variant=KEY.variant, questions=())", "no question"),
    ],
)
def test_a_broken_key_gets_a_sentence(tmp_path, source, sentence):
    """No traceback of somebody else's file."""
    with pytest.raises(ExerciseError, match=sentence):
        load_key(folder(tmp_path, source))


def test_a_missing_key_gets_a_sentence(tmp_path):
    """It names the file that is looked for."""
    with pytest.raises(ExerciseError, match=r"key\.py does not exist"):
        load_key(tmp_path)


def test_all_faults_of_a_key_are_told_at_once(tmp_path):
    """A name twice, no marks, a name that Python does not allow, a function without calls."""
    source = GOOD + (
        "from cocreate_teach.exercises import function\nfrom dataclasses import replace\n"
        "q = KEY.questions[0]\nf = replace(q, id='f', expectation=function())\n"
        "KEY = replace(KEY, questions=(q, q, replace(q, id='q 2', marks=0), f))"
    )
    with pytest.raises(ExerciseError) as caught:
        load_key(folder(tmp_path, source))
    text = "\n".join(caught.value.faults)
    assert len(caught.value.faults) == 4
    for part in ("'q1' is there 2 times", "'q 2' must be a name", "marks must be above 0", "needs calls"):
        assert part in text


def test_a_variant_that_json_cannot_spell_is_refused():
    """It has to travel inside a notebook."""
    question = Question(id="q1", marks=1, expectation=number(0, 1), answer=lambda given: 0)
    for data in ({"a": {1, 2}}, {"a": float("nan")}):
        key = Key(name="k", title="K", variant=lambda draw, data=data: data, questions=(question,))
        with pytest.raises(ExerciseError, match="JSON cannot spell"):
            key.given()


def test_an_unknown_question_is_told_with_those_that_exist():
    """A slip in a check cell."""
    question = Question(id="q1", marks=1, expectation=function("x"), answer=lambda g: abs, calls=lambda g: [(1,)])
    key = Key(name="k", title="K", variant=lambda draw: {}, questions=(question,))
    with pytest.raises(ExerciseError, match="it has q1"):
        key.question("q7")
    assert question.is_function
