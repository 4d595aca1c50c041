"""What a student reads: marks, words with signs, advice; whatever a student wrote does nothing."""

import base64
import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate_teach.grading.submission import UNSANDBOXED
from cocreate_teach.reporting import feedback
from cocreate_teach.reporting.hostile import harmless
from tests.reporting.made_results import EXERCISE, ONE_OF_EACH, Shape, made, memo, put, question

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>body{display:none}</style>",
    "' onmouseover='alert(1)",
    "<!-- <meta http-equiv=refresh content=0;url=//x.example> -->",
    "]]></p></main></html>",
    "&lt;script&gt; &amp;#60;",
    "a\0b\x1b[2J\x07",
    "mark \u202e01 out of 01\u2066 \u200f",
    "\ud800 half of a pair \ufffe",
    "x" * 50_000,
    "{0} %s ${x} {{7*7}}",
]
hostile_texts = st.one_of(
    st.text(), st.sampled_from(HOSTILE), st.text(st.sampled_from("<>\"'&/=`\0\u202e\ud800 axs!-\n"), max_size=60)
)


def page_of(result, results, pages):
    put(results, result)
    summary = feedback(results, pages)
    assert summary.faults == ()
    return (pages / result["student"] / f"{EXERCISE}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("status", "sign", "word"),
    [("correct", "✓", "correct"), ("partial", "◐", "partly"), ("wrong", "✗", "not yet"),
     ("not_attempted", "○", "not attempted"), ("error", "!", "could not be checked"),
     ("manual", "✎", "will be marked by a person")],
)  # fmt: skip
def test_each_status_is_a_word_with_a_sign(results, pages, status, sign, word):
    """Colour alone says nothing to many readers; a screen reader hears the word and not the sign."""
    page = page_of(made(), results, pages)
    assert re.search(rf'class="{status}">.*?aria-hidden="true">{re.escape(sign)}</span>{word}</p>', page)


def test_marks_and_reasons_are_those_of_the_result(results, pages):
    """Marks so far, marks of each question, and the reason in the checker's words."""
    text = Shape(page_of(made(), results, pages)).text
    assert "1.5 of 7 marks so far. A person will give up to 8 marks more: Memo." in text
    assert "Question 2 ◐ partly 0.5 of 2 A part of this is right." in text
    assert "Question 3 ✗ not yet 0 of 1 You counted whole lines." in text
    assert "Memo ✎ will be marked by a person open, of 8" in text
    assert "Memo: your text as it was handed in My memo." in text


def test_a_memo_that_a_person_has_marked_counts(results, pages):
    """Then nothing is open."""
    text = Shape(page_of(made(questions=(question(), memo(marks=6.0))), results, pages)).text
    assert "7 of 9 marks" in text
    assert "so far" not in text
    assert "marked by a person 6 of 8" in text


def test_what_the_result_knows_beyond_the_reason_stays_out(results, pages):
    """Hidden expectations, inputs and the variant are for the lecturer, even if a result file holds them."""
    secret = "hidden-expectation-4711"
    entry = question(status="wrong", marks=0.0, expected=secret, answer=secret, calls=[secret])
    result = made(questions=(entry,), given={"a": secret}, key=secret, variant=secret, versions={"x": secret})
    assert secret not in page_of(result, results, pages)


def test_a_missing_sandbox_and_warnings_are_told_in_sentences(results, pages):
    """Once, and in words for a student."""
    edited = "locked cell q3_check was edited; the master's counts"
    text = Shape(page_of(made(sandbox="none", warnings=[UNSANDBOXED, edited]), results, pages)).text
    assert text.count("without a sandbox") == 1
    assert "Locked cell q3_check was edited; the master's counts." in text
    assert "The master is your lecturer's own copy" in text


def test_without_warnings_there_is_no_such_part(results, pages):
    """Honest work reads no suspicion."""
    assert "noticed" not in page_of(made(), results, pages)


def test_a_thousand_warnings_are_not_a_thousand_lines(results, pages):
    """The page stays readable, and says how many more there are."""
    text = Shape(page_of(made(warnings=[f"note {n}" for n in range(1000)]), results, pages)).text
    assert "And 970 more of this kind." in text
    assert "Note 30" not in text


def test_practice_says_that_it_is_practice(results, pages):
    """Its key is public; a private course's is not."""
    assert "This is practice" in page_of(made(course="practice"), results, pages)
    assert "This is practice" not in page_of(made("bob"), results, pages)


@settings(deadline=None)
@given(text=hostile_texts)
def test_hostile_text_changes_only_text(tmp_path_factory, text):
    """Wherever a student's words can stand, the page keeps exactly the elements that harmless words give it."""
    folder = tmp_path_factory.mktemp("hostile")

    def shape_with(words):
        questions = (
            question("q1", 0.0, 1.0, "error", f"x{words}", "A12"),
            question("q2", 0.0, 1.0, "wrong", f"y{words}", f"z{words}"),
            memo(text=f"m{words}"),
        )
        result = made(questions=questions, course=f"c{words}", warnings=[f"w{words}"],
                      hashes={"submission": f"h{words}"})  # fmt: skip
        page = page_of(result, folder / "results", folder / "pages")
        assert not re.search(r"[\0\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
        return Shape(page)

    assert shape_with(text).skeleton == shape_with("harmless").skeleton


def test_a_very_long_text_is_cut_and_says_so():
    """A page of 50,000 letters helps nobody."""
    assert harmless("x" * 50_000) == "x" * 2_000 + " … (cut here; it has 50,000 characters)"


def test_a_page_allows_no_script_and_nothing_from_elsewhere(results, pages):
    """The policy allows one style sheet, by its hash, and the page asks for nothing else."""
    page = page_of(made(), results, pages)
    shape = Shape(page)
    policy = next(found["content"] for tag, found in shape.elements if found.get("http-equiv"))
    sheet = page.split("<style>")[1].split("</style>")[0]
    allowed = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    tags = {tag for tag, _ in shape.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "form", "input", "base", "a", "svg"}
    assert not any(
        name.startswith("on") or name in {"style", "src", "href"} for _, found in shape.elements for name in found
    )
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_each_question_is_called_as_in_the_exercise(results, pages):
    """``q1`` is Question 1; another id stays, with a capital."""
    text = Shape(page_of(made(questions=(question("q12"), question("price"))), results, pages)).text
    assert "Question 12 ✓" in text
    assert "Price ✓" in text


def test_one_of_each_covers_every_status():
    """Or the tests above would miss one."""
    from cocreate_teach.exercises.marking import WORDS

    assert {one["status"] for one in ONE_OF_EACH} == set(WORDS)
