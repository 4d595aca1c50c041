"""A batch can be stopped, resumed, repeated and disturbed, and every mark is the same."""

import csv
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cocreate_teach import grading
from cocreate_teach.errors import ExerciseError, GradingError
from cocreate_teach.exercises import load_key
from tests.grading import sums_exercise
from tests.grading.class_of_thirty import CLASS, solved
from tests.grading.conftest import by_question, processes_that_name
from tests.grading.sums_exercise import NAME, RIGHT, code, notebook_cells


def same(result):
    """Return a result without what differs between two runs."""
    return {name: value for name, value in result.items() if name != "timings"}


def test_what_is_up_to_date_is_not_graded_again(graded):
    """A batch that was stopped goes on where it was."""
    first = graded({"ana": solved(), "ben": notebook_cells({})})
    path = graded.results / "ana" / f"{NAME}.json"
    before = path.stat().st_mtime_ns
    again = graded({"ana": solved(), "ben": notebook_cells({"q2": "q2 = 'b'"})})
    assert (graded.summary.graded, graded.summary.up_to_date) == (("ben",), ("ana",))
    assert path.stat().st_mtime_ns == before
    assert again["ana"] == first["ana"]
    assert again["ben"]["marks"] == 1


@pytest.mark.parametrize("change", ["key", "course", "sandbox", "limits", "master", "force"])
def test_whatever_a_mark_depends_on_makes_it_out_of_date(graded, exercise, tmp_path, change):
    """An old mark under a new key would be wrong and look right."""
    place = sums_exercise.write_exercise(tmp_path / "own")

    def once(**options):
        sums_exercise_folder = tmp_path / "submissions"
        return grading.grade(sums_exercise_folder, place, tmp_path / "results", **({"workers": 1} | options))

    sums_exercise.hand_in(tmp_path / "submissions", "ana", sums_exercise.notebook(solved()))
    assert once().graded == ("ana",)
    assert once().graded == ()
    options = {}
    if change == "key":
        (place / "key.py").write_text((place / "key.py").read_text() + "\n# changed\n")
    elif change == "master":
        (place / "solution.ipynb").write_bytes(sums_exercise.notebook(solved()[:-1]))
    else:
        options = {
            "course": {"course": "another"},
            "sandbox": {"sandbox": "none"},
            "limits": {"limits": grading.Limits(cell_seconds=9)},
            "force": {"force": True},
        }[change]
    assert once(**options).graded == ("ana",)


def test_a_persons_marks_survive_until_their_text_changes(graded):
    """Sixty memos in an evening are not read twice because a key had a typing error."""
    graded({"ana": notebook_cells(RIGHT, memo="First.")})
    path = graded.results / "ana" / f"{NAME}.json"
    result = json.loads(path.read_text())
    memo = next(entry for entry in result["questions"] if entry["id"] == "memo")
    assert (memo["marks"], memo["text"], result["marks"]) == (None, "First.", 8)
    memo |= {"marks": 3, "reason": "Good.", "criteria": {"concept": 2}}
    path.write_text(json.dumps(result))
    kept = graded({"ana": notebook_cells(RIGHT, memo="First.")}, force=True)["ana"]
    assert graded.summary.graded == ("ana",)
    assert kept["questions"][-1] | {"marks": 3, "reason": "Good.", "criteria": {"concept": 2}} == kept["questions"][-1]
    assert kept["marks"] == 11
    changed = graded({"ana": notebook_cells(RIGHT, memo="Second.")})["ana"]
    assert changed["questions"][-1]["marks"] is None
    assert changed["warnings"] == ["memo changed since it was given 3 marks; mark it again"]
    assert changed["marks"] == 8


def test_an_untouched_memo_is_told_from_a_written_one(graded):
    """Whoever marks sixty memos opens those that are there."""
    results = graded({"ana": notebook_cells({}), "ben": notebook_cells({}, memo="Mine.")})
    assert "no text yet" in results["ana"]["questions"][-1]["reason"]
    assert results["ben"]["questions"][-1]["reason"] == "To be marked by a person."


def test_a_damaged_result_is_made_anew(graded):
    """A full disk may leave half a file behind that another program wrote."""
    first = graded({"ana": solved()})["ana"]
    (graded.results / "ana" / f"{NAME}.json").write_text('{"questions": [')
    assert same(graded({"ana": solved()})["ana"]) == same(first)


BATCH = """
import sys, tempfile
from pathlib import Path
from cocreate_teach import grading
tempfile.tempdir = sys.argv[4]
places = [Path(argument) for argument in sys.argv[1:4]]
grading.grade(*places, workers=2, limits=grading.Limits(cell_seconds=2.5, budget_seconds=40),
              progress=lambda *step: print(*step, flush=True))
"""


def test_a_batch_killed_at_any_moment_is_resumed(exercise, tmp_path, own_temporary_folder, still_running):
    """A power cut in the middle must leave whole results, no process, and nothing to grade twice."""
    names = ["looping", "right", "staying", "deaf", "crashing", "half-right", "segfaulting", "wrong"]
    folder, results = tmp_path / "submissions", tmp_path / "results"
    for name in names:
        sums_exercise.hand_in(folder, name, CLASS[name].data)
    command = [sys.executable, "-c", BATCH, *map(str, (folder, exercise, results, own_temporary_folder))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for _ in range(3):
        process.stdout.readline()
    assert processes_that_name(str(own_temporary_folder))
    process.kill()
    process.communicate()
    assert still_running() == []
    done = {path.parent.name: json.loads(path.read_text()) for path in results.glob("*/*.json")}
    assert 3 <= len(done) < len(names)
    quick = grading.Limits(cell_seconds=2.5, budget_seconds=40)
    summary = grading.grade(folder, exercise, results, workers=2, limits=quick)
    assert set(summary.up_to_date) == set(done)
    assert set(summary.graded) == set(names) - set(done)
    whole = tmp_path / "undisturbed"
    grading.grade(folder, exercise, whole, workers=1, limits=quick)
    for name in names:
        paths = [place / name / f"{NAME}.json" for place in (results, whole)]
        assert same(json.loads(paths[0].read_text())) == same(json.loads(paths[1].read_text()))


def test_ctrl_c_ends_a_batch_and_everything_it_started(exercise, tmp_path, own_temporary_folder, still_running):
    """Whoever stops a batch wants the machine back."""
    folder, results = tmp_path / "submissions", tmp_path / "results"
    for name in ("looping", "deaf"):
        sums_exercise.hand_in(folder, name, CLASS[name].data)
    command = [sys.executable, "-c", BATCH, *map(str, (folder, exercise, results, own_temporary_folder))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert still_running() == []


def kill_a_worker(place, killed):
    """Wait until a worker of this test has been at work for a second, then kill its bubblewrap."""
    deadline = time.monotonic() + 30
    while not killed and time.monotonic() < deadline:
        time.sleep(0.5)
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if words[0].endswith(b"bwrap") and any(place.encode() in word for word in words):
                    time.sleep(1)
                    os.kill(int(entry.name), signal.SIGKILL)
                    killed.append(entry.name)
            except OSError:
                continue


def test_a_worker_that_dies_costs_a_retry_and_never_a_mark(graded, own_temporary_folder, still_running):
    """The out-of-memory killer picks whom it likes; marks must not depend on it."""
    names = ["right", "half-right", "looping", "wrong", "crashing"]
    undisturbed = graded({name: CLASS[name].data for name in names})
    killed: list[str] = []
    striker = threading.Thread(target=kill_a_worker, args=(str(own_temporary_folder), killed))
    striker.start()
    again = graded({name: CLASS[name].data for name in names}, force=True)
    striker.join()
    assert killed
    assert graded.summary.faults == ()
    assert {name: same(result) for name, result in again.items()} == {
        name: same(result) for name, result in undisturbed.items()
    }
    assert still_running() == []


def test_a_roster_decides_whose_variant_counts(graded, exercise, tmp_path):
    """In a rostered course a blank or foreign id is graded on the rightful variant and flagged."""
    roster = tmp_path / "roster.csv"
    roster.write_text("student,name\nana,Ana A.\nben,=HYPERLINK(1)\ncleo,Cleo C.\ndora,Dora D.\n")
    given = {name: load_key(exercise).given(course="bank", student=name) for name in ("ana", "ben", "cleo")}
    answers = {name: {"q1": f"q1 = {data['a'] + data['b']}"} for name, data in given.items()}
    results = graded(
        {
            "ana": notebook_cells(answers["ana"], student="Ana ", course="bank", given=given["ana"]),
            "ben": notebook_cells(answers["ben"], student="", course="bank"),
            "cleo": notebook_cells(answers["ana"], student="ana", course="bank", given=given["ana"]),
            "stranger": notebook_cells({}),
        },
        roster=roster,
        course="bank",
    )
    assert [results[name]["marks"] for name in given] == [2, 2, 0]
    assert results["ana"]["warnings"] == []
    assert results["ben"]["warnings"] == [
        "the notebook has no student id; it was graded on the variant of ben, whose folder it is in"
    ]
    assert "is of student 'ana'; it was graded on the variant of cleo" in results["cleo"]["warnings"][0]
    assert results["stranger"] is None
    assert any("'stranger' is no student of the roster" in fault for fault in graded.summary.faults)
    assert graded.summary.missing == ("dora",)
    rows = list(csv.DictReader((graded.results / "gradebook.csv").read_text().splitlines()))
    assert [row["student"] for row in rows] == ["ana", "ben", "cleo", "dora"]
    assert rows[1]["name"] == "'=HYPERLINK(1)"
    assert (rows[3]["marks"], rows[0]["marks"], rows[0]["to_mark"]) == ("", "2.0", "1")


def test_data_of_another_variant_in_the_first_cell_are_named(graded, exercise, tmp_path):
    """Whoever edits the data to an easy case is marked on the real one, and told so."""
    roster = tmp_path / "roster.csv"
    roster.write_text("student\nana\n")
    cells = notebook_cells({"q1": "q1 = 0"}, student="ana", given={"a": 0, "b": 0})
    result = graded({"ana": cells}, roster=roster)["ana"]
    assert result["marks"] == 0
    assert result["warnings"] == [
        "the data in the first cell are not this student's; answers were marked on the rightful data"
    ]


def test_without_a_roster_a_notebook_of_somebody_else_is_flagged(graded):
    """The base variant is normal then, and another student's name is not."""
    results = graded({"ana": notebook_cells({}, student="ben"), "ben": notebook_cells({})})
    assert "is of student 'ben', its folder of ana" in results["ana"]["warnings"][0]
    assert results["ben"]["warnings"] == []


def test_another_exercises_notebook_is_named(graded):
    """Everything is not found then, and the reason is one sentence away."""
    cells = notebook_cells({})
    cells[0]["source"] = cells[0]["source"].replace("03_sums", "02_inside_first")
    assert "opens the exercise '02_inside_first', not 03_sums" in graded({"ana": cells})["ana"]["warnings"][0]


def test_a_file_of_unreasonable_size_is_not_read(graded, tmp_path):
    """A sparse file of a terabyte costs its sender nothing and the lecturer's memory everything."""
    path = sums_exercise.hand_in(tmp_path / "submissions", "ana", b"")
    with path.open("r+b") as file:
        file.truncate(10**12)
    sums_exercise.hand_in(tmp_path / "submissions", "closed", b"{}").chmod(0)
    results = graded({"ben": solved()})
    assert results["ben"]["marks"] == 8
    reason = json.loads((graded.results / "ana" / f"{NAME}.json").read_text())["questions"][0]["reason"]
    assert reason == "The file has 1,000,000 MB, at most 300 MB are read; clear the outputs and save."


def test_a_key_that_does_not_load_leaves_nothing_behind(tmp_path, own_temporary_folder, still_running):
    """The batch stops before anything is run, and its folder and processes are gone."""
    place = sums_exercise.write_exercise(tmp_path / "own")
    (place / "key.py").write_text("1 / 0")
    sums_exercise.hand_in(tmp_path / "submissions", "ana", sums_exercise.notebook(solved()))
    with pytest.raises(GradingError, match="does not run"):
        grading.grade(tmp_path / "submissions", place, tmp_path / "results")
    assert still_running() == []
    assert list(own_temporary_folder.iterdir()) == []


def test_a_sandbox_that_never_starts_stops_the_batch(graded, monkeypatch):
    """The reason is the machine's, so no student gets a result for it."""
    from cocreate_teach.grading import worker

    broken = ["bwrap", "--ro-bind", "/", "/", "sh", "-c", "echo no such thing >&2; exit 3"]
    monkeypatch.setattr(worker.sandbox, "bubblewrap_command", lambda package: broken)
    with pytest.raises(GradingError, match="no such thing"):
        graded({"ana": solved()})
    assert not (graded.results / "ana").exists()


def test_work_added_to_the_first_cell_is_run(graded):
    """An import put there is needed below; the line that opens the exercise stays the master's."""
    cells = solved(q2="q2 = letter")
    cells[0]["source"] += "\nletter = 'b'"
    result = graded({"ana": cells})["ana"]
    assert result["marks"] == 8
    assert result["warnings"] == ["locked cell setup was edited; the master's counts"]


def test_a_cell_between_questions_that_crashes_is_named(graded):
    """It answers nothing, so no reason of a question would tell."""
    cells = [*solved()[:3], code("import os\nos._exit(1)"), *solved()[3:]]
    result = graded({"ana": cells})["ana"]
    assert result["marks"] == 8
    assert result["warnings"] == ["cell 4 was left out: the cell ended Python itself (exit status 1)"]


def test_answers_that_cannot_be_sent_are_told_why(graded):
    """An open file or a class is no answer, and a notebook that never ends has no later ones."""
    cells = notebook_cells({"q1": "q1 = object()", "q2": "import time\ntime.sleep(60)", "q3": "q3 = ['x', 'y']"})
    limits = grading.Limits(cell_seconds=30, budget_seconds=3)
    questions = {entry["id"]: entry for entry in graded({"ana": cells}, limits=limits)["ana"]["questions"]}
    assert questions["q1"]["reason"].startswith("The answer is a object, which cannot be sent")
    assert "ran longer than 3 s in all" in questions["q2"]["reason"]
    assert "ran longer than 3 s in all" in questions["q3"]["reason"]


def test_a_check_that_takes_too_long_is_not_the_students_fault(tmp_path):
    """The reason says so, and the rest of the class is graded."""
    place = sums_exercise.write_exercise(tmp_path / "own")
    key = (place / "key.py").read_text().replace('lambda given: "b"', "lambda given: [None for _ in iter(int, 1)]")
    (place / "key.py").write_text(key)
    sums_exercise.hand_in(tmp_path / "submissions", "ana", sums_exercise.notebook(solved()))
    limits = grading.Limits(answer_seconds=0.3)
    grading.grade(tmp_path / "submissions", place, tmp_path / "results", limits=limits)
    result = json.loads((tmp_path / "results" / "ana" / f"{NAME}.json").read_text())
    assert by_question(result)["q2"] == ("error", 0.0)
    assert "Checking this answer took longer than 0.3 s" in result["questions"][1]["reason"]
    assert result["marks"] == 7


def test_hostile_names_and_files_reach_no_path(graded, tmp_path):
    """Names come from zip files and students; a link could lead to a key."""
    folder = tmp_path / "submissions"
    for name in ("-rf", "a\nb", "con", "x" * 80, ".hidden"):
        sums_exercise.hand_in(folder, name, sums_exercise.notebook(solved()))
    (folder / "linked").mkdir()
    (folder / "linked" / f"{NAME}.ipynb").symlink_to(folder / "con" / f"{NAME}.ipynb")
    (folder / "elsewhere").symlink_to(tmp_path)
    (folder / "pipe").mkdir()
    os.mkfifo(folder / "pipe" / f"{NAME}.ipynb")
    (folder / "misnamed").mkdir()
    (folder / "misnamed" / "draft.ipynb").write_bytes(b"{}")
    results = graded({"ana": solved()})
    assert results["ana"]["marks"] == 8
    assert len(graded.summary.faults) == 5
    assert all("\n" not in fault for fault in graded.summary.faults)
    written = {path.parent.name: json.loads(path.read_text()) for path in graded.results.glob("*/*.json")}
    assert set(written) == {"ana", "linked", "pipe", "misnamed"}
    reasons = {name: result["questions"][0]["reason"] for name, result in written.items()}
    assert "is a link" in reasons["linked"]
    assert "not an ordinary file" in reasons["pipe"]
    assert "the folder has draft.ipynb" in reasons["misnamed"]


def test_the_same_student_twice_is_not_guessed(graded, tmp_path):
    """Which of two is the right one only a person can say; neither is silently dropped."""
    sums_exercise.hand_in(tmp_path / "submissions", "ANA", sums_exercise.notebook(solved()))
    graded({"ana": solved()})
    assert any("are the same student" in fault for fault in graded.summary.faults)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"workers": 0}, "workers must be a whole number from 1; got 0"),
        ({"workers": True}, "workers must be a whole number"),
        ({"sandbox": "maybe"}, "sandbox must be 'require' or 'none'; got 'maybe'"),
    ],
)
def test_options_that_make_no_sense_are_refused(graded, options, sentence):
    """One sentence before anything is run."""
    with pytest.raises(GradingError, match=sentence):
        graded({"ana": solved()}, **options)


def test_folders_that_are_not_there_are_named(exercise, tmp_path):
    """A mistyped path is the commonest fault of all."""
    with pytest.raises(GradingError, match="is not a folder"):
        grading.grade(tmp_path / "nowhere", exercise, tmp_path / "results")
    with pytest.raises(GradingError, match="holds no folder of a student"):
        grading.grade(tmp_path, exercise, tmp_path / "results")
    sums_exercise.hand_in(tmp_path, "ana", b"")
    with pytest.raises(ExerciseError, match=r"solution\.ipynb"):
        grading.grade(tmp_path, tmp_path / "nothing", tmp_path / "results")


def test_without_a_sandbox_marks_are_the_same_and_every_result_says_so(graded):
    """The explicit choice for machines without one; nobody may overlook it later."""
    names = ["right", "half-right", "crashing", "exiting", "looping"]
    inside = graded({name: CLASS[name].data for name in names})
    outside = graded({name: CLASS[name].data for name in names}, sandbox="none")
    for name in names:
        assert by_question(outside[name]) == by_question(inside[name])
        assert outside[name]["sandbox"] == "none"
        assert "without a sandbox" in outside[name]["warnings"][0]
        assert inside[name]["sandbox"] == "bubblewrap"
    assert graded.summary.warned == tuple(sorted(names))


def test_one_worker_and_three_give_the_same_marks(graded):
    """Scale must not change a mark."""
    class_of_six = {
        name: CLASS[name].data for name in ("right", "half-right", "wrong", "untouched", "split", "stripped")
    }
    one = {name: same(result) for name, result in graded(class_of_six).items()}
    three = {name: same(result) for name, result in graded(class_of_six, workers=3, force=True).items()}
    assert one == three
