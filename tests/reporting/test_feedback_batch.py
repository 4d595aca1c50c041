"""A run over a folder: every sound result gets its page, whatever lies beside it; a killed run goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cocreate_teach.errors import GradingError
from cocreate_teach.reporting import feedback
from tests.reporting.made_results import EXERCISE, Shape, made, memo, put, question

CLASS = ["anna", "bob", "carla", "dan", "eve"]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('{"student": "bob", "ques', ["is cut off or damaged: it is not JSON; grade again"]),
        ("[1]", ["is no result of cocreate grade: it has no list of questions; take it out of the folder, "
                 "or grade again"]),
        ("[" * 100_000, ["is cut off or damaged: it is not JSON; grade again"]),
        ("9" * 10_000, ["is cut off or damaged: it is not JSON; grade again"]),
        ('{"questions": NaN}', ["is cut off or damaged: it is not JSON; grade again"]),
        ("x" * 4_000_001, ["is no result of cocreate grade: it has 4,000,001 bytes, at most 4,000,000 are "
                            "allowed; grade again"]),
        (made("bob", questions=()), ["questions is empty; a result has at least one; grade again"]),
        (made("eve"), ['student is "eve", but the folder is "bob"\'s; grade again']),
        (made("bob", exercise="03"), [f'exercise is "03", but the file is named "{EXERCISE}.json"; grade again']),
        (made("bob", marks=99), ["marks is 99, but the marks of its questions add up to 1.5; grade again"]),
        (made("bob", questions=(question(), question(max_marks=2.0)), max_marks=4),
         ['question "q1" is there 2 times; grade again', "max_marks is 4, but its questions have 3; grade again"]),
    ],
)  # fmt: skip
def test_a_damaged_or_foreign_result_is_a_sentence_and_the_others_get_their_pages(results, pages, text, faults):
    """One bad file costs one page."""
    for student in ("anna", "carla"):
        put(results, made(student))
    put(results, text, "bob")
    summary = feedback(results, pages)
    assert summary.written == (f"anna/{EXERCISE}", f"carla/{EXERCISE}")
    assert list(summary.faults) == [f"bob/{EXERCISE}.json: {fault}" for fault in faults]
    assert "bob" not in (pages / "index.html").read_text(encoding="utf-8")


def test_all_faults_of_a_file_are_told_at_once(results, pages):
    """Each with its place, the value and what is allowed."""
    entries = ["q1", question(status="great", max_marks="1"), question("q2", marks=3, status="wrong"),
               question("q3", marks=None, status="correct"), {"id": "q4", "marks": 10**400, "max_marks": 1.0},
               question("q5", marks=0, max_marks=0, status="wrong", reason=None)]  # fmt: skip
    put(results, made("bob", questions=(), marks=True, warnings="oops", course=7) | {"questions": entries})
    put(results, made())
    told = "\n".join(feedback(results, pages).faults).replace(f"bob/{EXERCISE}.json: ", "").replace("; grade again", "")
    statuses = "correct, partial, wrong, not_attempted, error, manual"
    assert told.split("\n") == [
        'questions[0] must be an object; got "q1"',
        "questions[0].max_marks must be above 0; got 0",
        f'questions[1].status must be one of {statuses}; got "great"',
        'questions[1].max_marks must be a number, 0 or more; got "1"',
        "questions[1].marks must be between 0 and 0; got 1",
        "questions[2].marks must be between 0 and 1; got 3",
        "questions[3].marks is null, which only a question with status manual may have",
        "questions[4].status is missing",
        "questions[4].marks must be a number, 0 or more; got a very large whole number",
        "questions[5].max_marks must be above 0; got 0",
        "questions[5].reason must be a text; got None",
        "course must be a text; got 7",
        "marks must be a number, 0 or more; got True",
        'warnings must be a list of texts; got "oops"',
    ]


@pytest.mark.parametrize("student", ["a<b", " x", "Anna", "Anna;", "con", "-rf", "index.html", "\u202egnorw"])
def test_a_folder_that_is_no_student_id_gets_no_page(results, pages, student):
    """Ids are data; none becomes a path that surprises."""
    put(results, made(student))
    put(results, made())
    summary = feedback(results, pages)
    assert len(summary.faults) == 1
    assert "change the id" in summary.faults[0]
    assert summary.faults[0].isprintable()
    assert sorted(path.name for path in pages.iterdir()) == ["anna", "index.html"]


def test_a_name_that_is_not_utf8_gets_a_sentence(results, pages):
    """A download from elsewhere may hold any bytes."""
    try:
        (results / os.fsdecode(b"\xff")).mkdir()
    except OSError:
        pytest.skip("this file system allows names in UTF-8 only")
    (results / os.fsdecode(b"\xff") / f"{EXERCISE}.json").write_text("{}")
    put(results, made())
    summary = feedback(results, pages)
    assert summary.written == (f"anna/{EXERCISE}",)
    assert len(summary.faults) == 1
    assert summary.faults[0].isprintable()


def test_the_same_results_give_the_same_bytes_and_are_up_to_date(results, pages, tmp_path):
    """A second run writes nothing; a page that somebody changed is written again; force writes all."""
    for student in CLASS:
        put(results, made(student))
    feedback(results, pages)
    feedback(results, tmp_path / "again")
    assert files(pages) == files(tmp_path / "again")
    changed = pages / "bob" / f"{EXERCISE}.html"
    changed.write_text(changed.read_text(encoding="utf-8")[:100], encoding="utf-8")
    summary = feedback(results, pages)
    assert summary.written == (f"bob/{EXERCISE}",)
    assert len(summary.up_to_date) == 4
    assert len(feedback(results, pages, force=True).written) == 5


def test_a_result_that_cannot_be_read_is_a_sentence(results, pages):
    """A folder that is named like a result, for example."""
    put(results, made())
    (results / "bob" / f"{EXERCISE}.json").mkdir(parents=True)
    summary = feedback(results, pages)
    assert summary.faults == (f"bob/{EXERCISE}.json: cannot be read (Is a directory); grade again",)
    assert summary.written == (f"anna/{EXERCISE}",)


def test_a_page_from_before_is_named_when_its_result_is_damaged_now(results, pages):
    """Nobody hands out old marks unaware."""
    put(results, made())
    feedback(results, pages)
    put(results, "{", "anna")
    told = feedback(results, pages).faults
    assert [fault.split(": ")[1] for fault in told][-1] == "the page that is there is from an earlier run"
    assert len(told) == 2


def test_a_mark_that_a_person_gives_later_makes_a_new_page(results, pages):
    """Only for that student."""
    for student in CLASS:
        put(results, made(student))
    feedback(results, pages)
    put(results, made("dan", questions=(question(), memo(marks=5.0))))
    assert feedback(results, pages).written == (f"dan/{EXERCISE}",)


@pytest.mark.parametrize("moment", ["between two pages", "before a page is in its place"])
def test_a_killed_run_leaves_whole_pages_and_the_next_one_does_the_rest(results, pages, tmp_path, moment):
    """No half page, no page twice, nothing left over, and the same bytes as undisturbed."""
    for student in CLASS:
        put(results, made(student))
    code = f"""
import os, signal, sys
from pathlib import Path
from cocreate_teach.reporting import feedback
def die(done=3, *rest):
    if done == 3: os.kill(os.getpid(), signal.SIGKILL)
place = Path.replace
seen = []
def replace(path, to):
    seen.append(to)
    if len(seen) == 4: die()
    return place(path, to)
late = {moment == "before a page is in its place"}
if late: Path.replace = replace
feedback(Path(sys.argv[1]), Path(sys.argv[2]), progress=None if late else die)
"""
    killed = subprocess.run([sys.executable, "-c", code, str(results), str(pages)], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    left = [path for path in files(pages) if path.split("/")[-1].startswith(".")]
    assert len(left) == (1 if "before" in moment else 0)
    summary = feedback(results, pages)
    assert len(summary.up_to_date) == 3
    assert summary.written == (f"dan/{EXERCISE}", f"eve/{EXERCISE}")
    feedback(results, tmp_path / "undisturbed")
    assert files(pages) == files(tmp_path / "undisturbed")


def test_progress_counts_every_result_and_gives_a_rate(results, pages):
    """A bar needs done, total and pages per second, also for what fails."""
    for student in CLASS:
        put(results, made(student))
    put(results, "{", "frank")
    seen = []
    feedback(results, pages, progress=lambda *told: seen.append(told))
    assert [told[:2] for told in seen] == [(n, 6) for n in range(1, 7)]
    assert all(told[2] > 0 for told in seen)


def test_the_list_for_the_lecturer_leads_to_every_page_and_names_no_marks(results, pages):
    """Ids with spaces and signs lead there, too."""
    for student in ("anna", "zoë+1@uni example"):
        put(results, made(student))
    feedback(results, pages)
    shape = Shape((pages / "index.html").read_text(encoding="utf-8"))
    links = [found["href"] for tag, found in shape.elements if tag == "a"]
    assert links == [f"anna/{EXERCISE}.html", f"zo%C3%AB%2B1%40uni%20example/{EXERCISE}.html"]
    assert "of 7" not in shape.text


def test_without_results_the_run_says_what_to_do(results, pages):
    """Also if the folder is not there."""
    for folder in (results, results / "nowhere"):
        with pytest.raises(GradingError, match=r"holds no results .* grade first: cocreate grade"):
            feedback(folder, pages)
    assert not pages.exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(results, tmp_path):
    """Not one for each student."""
    put(results, made())
    (tmp_path / "file").write_text("")
    with pytest.raises(GradingError, match=r"cannot make .* name another folder"):
        feedback(results, tmp_path / "file" / "pages")


def test_a_page_that_cannot_be_written_costs_only_itself(results, pages):
    """A file where a folder should be."""
    put(results, made())
    put(results, made("bob"))
    pages.mkdir()
    (pages / "anna").write_text("mine")
    (pages / "index.html").mkdir()
    summary = feedback(results, pages)
    assert summary.written == (f"bob/{EXERCISE}",)
    assert [fault.split(": ")[0] for fault in summary.faults] == [f"anna/{EXERCISE}.json", "index.html"]
    assert (pages / "anna").read_text() == "mine"
