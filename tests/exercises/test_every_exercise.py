"""Every exercise of the course meets the same rules; what is particular to one stands in a test of its own."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from cocreate_teach.authoring import verify
from cocreate_teach.authoring.building import STUDENT, read_master
from cocreate_teach.authoring.cells import role_of
from cocreate_teach.exercises import decode, encode, load_key, mark
from cocreate_teach.exercises.leaks import gives_away
from cocreate_teach.notebooks import read_lesson

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path.parent for path in (ROOT / "exercises").glob("*/key.py"))
KEYS = {folder.name: load_key(folder) for folder in FOLDERS}
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
VARIANTS = 40
EVERY = pytest.mark.parametrize("name", KEYS)
QUESTIONS = pytest.mark.parametrize(
    ("key", "question"),
    [pytest.param(key, one, id=f"{name}-{one.id}") for name, key in KEYS.items() for one in key.questions],
)
FORMS = [{}, [["a"]], True, "no such text", -1e9, 10**39, [], ""]


@cache
def page_of(name):
    return read_lesson(ROOT / "exercises" / name / STUDENT)


@cache
def master_of(name):
    return read_master(ROOT / "exercises" / name)


def sources(page, role):
    """Return the texts of the cells of a role, with their question."""
    return [(role_of(cell)[1], cell.source) for cell in page.cells if role_of(cell)[0] == role]


def test_each_lesson_has_its_exercise():
    """A lesson ends with its exercise; an exercise without a lesson would teach nothing."""
    lessons = {path.stem for path in (ROOT / "notebooks").glob("0[1-8]_*.ipynb")}
    assert lessons == set(KEYS)


@EVERY
def test_it_verifies(name):
    """Solvable, distinct, as hard as each other; solution and stub run in real kernels."""
    key = KEYS[name]
    found = verify(ROOT / "exercises" / name, VARIANTS)
    assert (found.name, found.auto_marks, found.memo_marks, found.variants) == (name, 12, 8, VARIANTS)
    assert 6 <= found.questions == len(key.questions) <= 9


@pytest.mark.slow
@EVERY
def test_it_verifies_with_two_hundred_variants(name):
    """As many as a large course has students."""
    assert verify(ROOT / "exercises" / name).variants == 200


@EVERY
def test_questions_are_of_several_kinds_and_need_no_programming(name):
    """Numbers, letters, lists; what asks for code never carries more than a fifth of the marks."""
    questions = KEYS[name].questions
    assert len({type(one.expectation) for one in questions}) >= 3
    assert sum(one.marks for one in questions if one.is_function) <= 20 / 5


@QUESTIONS
def test_the_right_answer_is_correct_and_dots_are_not_attempted(key, question):
    """As it arrives: encoded and decoded."""
    for student in ("", *(f"s{number}" for number in range(10))):
        given = key.given(student=student)
        assert mark(question, decode(encode(question.answer(given))), given).status == "correct"
        assert mark(question, decode(encode(...)), given).status == "not_attempted"


@QUESTIONS
def test_likely_wrong_answers_get_their_own_message(key, question):
    """At least three for each question, all different, none with full marks, none that tells the answer."""
    for student in ("anna", "Ben", "s7"):
        given = key.given(student=student)
        assert len({wrong.message for wrong in question.wrong}) == len(question.wrong) >= 3
        for wrong in question.wrong:
            marked = mark(question, decode(encode(wrong.value(given))), given)
            assert marked.status in {"wrong", "partial"}
            assert marked.reason == wrong.message
            assert not gives_away(marked.reason, question, given)


@QUESTIONS
@pytest.mark.parametrize("value", FORMS, ids=str)
def test_an_answer_of_another_form_gets_a_sentence_that_tells_nothing(key, question, value):
    """Whatever is typed: wrong, with a reason, and the reason is not the answer."""
    given = key.given(student="anna")
    marked = mark(question, decode(encode(value)), given)
    assert (marked.status, marked.fraction) == ("wrong", 0)
    assert marked.reason
    assert not gives_away(marked.reason, question, given)


@QUESTIONS
def test_a_solution_explains(key, question):
    """After an honest attempt a student reads why."""
    assert len(question.solution(key.given())) > 10


@EVERY
def test_every_table_has_a_status_and_what_is_synthetic_says_so(name):
    """In the status and in the words of the title."""
    for table in KEYS[name].given().get("exhibits", ()):
        assert table["status"] in {"synthetic", "illustrative", "published", "real", "reported", "derived"}
        if table["status"] == "synthetic":
            assert re.search(r"[Mm]ade for this exercise|[Ii]nvented|[Ss]ynthetic", table["title"]), table["title"]


@EVERY
def test_the_page_says_that_it_is_practice_and_gives_three_hints_per_question(name):
    """Keys of a public repository are public; hints are folded."""
    page = page_of(name)
    assert "**This is practice.**" in page.cells[0].source
    texts = sources(page, "text")
    assert {question for question, _ in texts} >= {one.id for one in KEYS[name].questions}
    for question, text in texts:
        assert len(re.findall(r"<details><summary[^>]*>Hint", text)) == 3, question


@EVERY
def test_the_student_sees_no_solution(name):
    """Neither marks of the master, nor messages, nor the memos."""
    text = (ROOT / "exercises" / name / STUDENT).read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    for question in KEYS[name].questions:
        for wrong in question.wrong:
            assert wrong.message not in text
        ((_, answer),) = [one for one in sources(page_of(name), "answer") if one[0] == question.id]
        assert answer.startswith(f"{question.id} = ...  # replace the dots")
    assert "my_work()" in text  # nobody loses answers on Binder
    ((_, memo),) = sources(master_of(name), "memo")
    for paragraph in memo.split("\n\n"):
        assert len(paragraph) < 60 or paragraph not in text


@EVERY
def test_hints_do_not_give_the_base_variants_answer_away(name):
    """They lead to it."""
    texts = dict(sources(master_of(name), "text"))
    for question in KEYS[name].questions:
        hints = texts[question.id].split("<details>", 1)[1]
        hints = re.sub(r"(?i)(hint|questions?|tables?|rounds?|exhibits?) \d+", "", hints)
        assert not gives_away(hints, question, KEYS[name].given()), question.id


@EVERY
def test_two_model_memos_stand_at_different_levels(name):
    """A marker sees what earns full marks and what does not, and why."""
    ((_, memo),) = sources(master_of(name), "memo")
    levels = [int(level) for level in re.findall(r"\((\d) of 8\)", memo)]
    assert len(levels) >= 2
    assert levels[0] == 8
    assert 2 <= levels[1] <= 6


@EVERY
def test_concepts_stand_in_the_glossary_in_the_lesson_and_in_the_page(name):
    """The ids hold lesson, exercise and glossary together."""
    named = page_of(name).metadata.cocreate["concepts"]
    lesson = read_lesson(ROOT / "notebooks" / f"{name}.ipynb").metadata.cocreate["concepts"]
    assert {question.concept for question in KEYS[name].questions} <= set(named) <= set(lesson)
    assert all(f"({concept})" in GLOSSARY for concept in named)


@EVERY
def test_headings_of_the_page_begin_with_one_title_and_skip_no_level(name):
    """Screen readers move by headings."""
    cells = [cell.source for cell in page_of(name).cells if cell.cell_type == "markdown"]
    levels = [len(marks) for marks in re.findall(r"^(#+) ", "\n\n".join(cells), flags=re.M)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
