"""The command: what a user types, what is printed, and the exit status."""

import re
import shutil
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from cocreate_teach import cases, cli, launch


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_help_teaches_by_example(capsys):
    """Somebody who types `--help` sees commands to copy."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    for example in ("cocreate lab", "cocreate case bank", "cocreate handout case bank", "cocreate doctor"):
        assert example in shown


COMMANDS = (
    "lab", "cases", "case", "handout", "notebooks", "doctor", "verify", "build", "release", "grade", "feedback", "new",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(capsys, command):
    """Every command has a help of its own."""
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    assert stopped.value.code == 0
    assert f"usage: cocreate {command}" in capsys.readouterr().out


def test_cases_are_listed_with_their_questions(capsys):
    """The list tells what each case asks."""
    status, out, _ = run(capsys, "cases")
    assert status == 0
    for name in cases.case_names():
        assert name in out
        assert cases.load_case(name).question in out


def test_one_case_shows_its_exhibits(capsys):
    """`cocreate case bank` is the case at a glance, in plain text; `--check` reads its files."""
    status, out, _ = run(capsys, "case", "bank")
    assert status == 0
    assert "Exhibit 1 (reported): " in out
    assert "**" not in out
    assert "<" not in out
    assert run(capsys, "case", "bank", "--check") == (0, "bank: in order\n", "")


def test_tables_without_a_story_are_shown_by_name_and_status(capsys):
    """`cocreate case reference` has no protagonist and no exhibit; it names its tables, and has no part."""
    status, out, _ = run(capsys, "case", "reference")
    assert status == 0
    assert "\n  ecsi_items: " in out
    assert "Who decides" not in out
    assert "Exhibits" not in out
    status, out, err = run(capsys, "case", "reference", "--part", "A")
    assert (status, out) == (1, "")
    assert "tables without a story" in err


def test_a_case_is_read_part_by_part_exhibit_by_exhibit_and_table_by_table(capsys, monkeypatch):
    """A lecturer reads it on the terminal, as wide as that is."""
    monkeypatch.setenv("COLUMNS", "100")
    case = cases.load_case("burberry")
    status, out, _ = run(capsys, "case", "burberry", "--part", "A")
    assert status == 0
    assert out.startswith("### Part A")
    assert "Exhibit 5 (synthetic): " in out
    assert "Exhibit 6 (" not in out
    status, out, _ = run(capsys, "case", "burberry", "--exhibit", "1")
    assert status == 0
    for text in (case.exhibit(1).alt, case.exhibit(1).caption):
        assert " ".join(text.split()) in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 100
    status, out, _ = run(capsys, "case", "burberry", "--table", "followers")
    assert status == 0
    for column in case.table("followers").columns:
        assert f"\n{column[:20]}" in out


def test_pictures_and_tables_are_copied_and_nothing_is_lost(capsys, tmp_path):
    """A file of the user's own stays unless the user says otherwise."""
    case = cases.load_case("bank")
    png, table = tmp_path / "one.png", tmp_path / "clients.csv"
    assert run(capsys, "case", "bank", "--exhibit", "2", "--to", str(png))[0] == 0
    assert png.read_bytes().startswith(b"\x89PNG")
    assert run(capsys, "case", "bank", "--table", "clients_full", "--to", str(table))[0] == 0
    pd.testing.assert_frame_equal(pd.read_csv(table), case.table("clients_full"))
    table.write_text("mine")
    status, out, err = run(capsys, "case", "bank", "--table", "facts", "--to", str(table))
    assert (status, out, table.read_text()) == (1, "", "mine")
    assert "--force" in err
    assert run(capsys, "case", "bank", "--table", "facts", "--to", str(table), "--force")[0] == 0
    file = case.metadata["tables"]["facts"]["file"]
    assert table.read_bytes() == (case.folder / "data" / file).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--exhibit", "42"), "it has the exhibits 1, 2"),
        (("--table", "clients"), "did you mean 'clients_"),
        (("--part", "C"), "its parts are 'A', 'B', 'sources', 'short'"),
        (("--to", "x.png"), "add --exhibit NUMBER or --table NAME"),
        (("--exhibit", "1", "--to", "x.png"), "is a table and has no picture"),
        (("--exhibit", "2", "--to", "x.gif"), "is written as .png"),
        (("--table", "facts", "--to", "no/where.csv"), "name another file"),
    ],
)
def test_a_slip_about_a_case_gets_one_sentence(capsys, tmp_path, monkeypatch, arguments, told):
    """What is wrong, what there is, what to do: on stderr, with status 1."""
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "case", "bank", *arguments)
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    assert told in err


def test_a_handout_is_written_once_and_then_unchanged(capsys, tmp_path):
    """Part A alone by default; a file of another content is not overwritten."""
    arguments = ("handout", "case", "burberry", "--format", "html", "--to", str(tmp_path))
    page = tmp_path / "burberry_part_a.html"
    assert run(capsys, *arguments)[:2] == (0, f"{page}: written\n")
    assert run(capsys, *arguments)[:2] == (0, f"{page}: unchanged\n")
    page.write_text("mine")
    status, _, err = run(capsys, *arguments)
    assert (status, page.read_text()) == (1, "mine")
    assert "--force" in err
    assert run(capsys, *arguments, "--force")[0] == 0
    assert "Part A" in page.read_text(encoding="utf-8")


def test_an_unknown_case_gets_one_sentence(capsys):
    """A slip names what there is, on stderr, with status 1 and no traceback."""
    status, out, err = run(capsys, "case", "bnak")
    assert (status, out) == (1, "")
    assert err.startswith("cocreate: ")
    assert "bank" in err
    assert "Traceback" not in err


def test_check_reads_every_file_of_a_case(capsys, tmp_path, monkeypatch):
    """A damaged table is found before class, and `--check` says so."""
    assert run(capsys, "cases", "--check")[0] == 0
    shutil.copytree(cases.load_case("bank").folder, tmp_path / "bank")
    table = next((tmp_path / "bank" / "data").glob("clients_sample*"))
    table.write_bytes(table.read_bytes() + b"\n")
    monkeypatch.setattr("cocreate_teach.cases.loading.cases_root", lambda: tmp_path)
    status, _, err = run(capsys, "cases", "--check")
    assert status == 1
    assert table.name in err


def test_notebooks_are_written_once_and_then_unchanged(capsys, tmp_path):
    """The second run changes nothing; `--check` tells the difference by its status."""
    cell = nbformat.v4.new_code_cell("print(1 + 1)")
    path = tmp_path / "01_small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    assert run(capsys, "notebooks", "--check", str(path))[0] == 1
    status, out, _ = run(capsys, "notebooks", str(tmp_path))
    assert (status, out) == (0, "01_small.ipynb: written\n")
    status, out, _ = run(capsys, "notebooks", "--check", str(path))
    assert (status, out) == (0, "01_small.ipynb: unchanged\n")


def test_a_notebook_that_is_not_there_gets_one_sentence(capsys, tmp_path):
    """A slip in a path is one line."""
    status, _, err = run(capsys, "notebooks", str(tmp_path / "none.ipynb"))
    assert status == 1
    assert len(err.splitlines()) == 1


def test_the_doctor_lists_what_is_there_and_what_is_missing(capsys, monkeypatch, tmp_path):
    """A missing program is no error of the command; it is what was asked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    status, out, _ = run(capsys, "doctor")
    assert status == 0
    assert re.search(r"missing +chromium", out)
    assert re.search(r"missing +sandbox: .*apt-get install bubblewrap", out)
    assert re.search(r"ok +jupyterlab", out)


@pytest.mark.parametrize("folder", [None, "mine"])
def test_lab_opens_the_start_page(capsys, monkeypatch, tmp_path, folder):
    """In a clone the repository itself opens; with a folder named, the lessons are copied there first."""
    started: list[list[str]] = []
    monkeypatch.setattr(launch, "run_in_place", lambda command: started.append(command) or 0)
    monkeypatch.chdir(tmp_path)
    cli.main(["lab", *([folder] if folder else []), "--port", "8999"])
    assert started[0][0] == sys.executable
    assert any(argument.endswith("00_start.ipynb") for argument in started[0])
    assert "--ServerApp.port=8999" in started[0]
    root = next(argument.split("=", 1)[1] for argument in started[0] if "root_dir" in argument)
    assert (Path(root) / "notebooks" / launch.START_PAGE).is_file()
    assert (Path(root) == tmp_path / "mine") is (folder is not None)


def test_lab_says_which_lessons_are_the_students_own(capsys, monkeypatch, tmp_path):
    """An update names what it left alone."""
    monkeypatch.setattr(launch, "run_in_place", lambda command: 0)
    cli.main(["lab", str(tmp_path)])
    (tmp_path / "notebooks" / "02_inside_first.ipynb").write_text("my notes")
    capsys.readouterr()
    cli.main(["lab", str(tmp_path)])
    out = capsys.readouterr().out
    assert "02_inside_first.ipynb is yours" in out
    assert (tmp_path / "notebooks" / "02_inside_first.ipynb").read_text() == "my notes"


def test_an_interrupt_ends_the_command_quietly(capsys, monkeypatch):
    """Ctrl-C prints a sentence, not a traceback."""

    def interrupted(options):
        raise KeyboardInterrupt

    monkeypatch.setattr("cocreate_teach.cli.lessons._doctor", interrupted)
    assert cli.main(["doctor"]) == 130
    assert "stopped" in capsys.readouterr().err


def test_an_exercise_goes_from_release_to_feedback(capsys, tmp_path):
    """The lecturer's whole way, typed as in the README: verify, release, grade, grade again, feedback."""
    exercise = str(launch.lessons_folder().parent / "exercises" / "02_inside_first")
    status, out, _ = run(capsys, "verify", exercise, "--variants", "20")
    assert (status, "is in order" in out) == (0, True)
    (tmp_path / "roster.csv").write_text("student,name\nanna,Anna A.\nbo,Bo B.\n")
    roster = ("--roster", str(tmp_path / "roster.csv"), "--course", "spring")
    status, out, _ = run(capsys, "release", exercise, "--to", str(tmp_path / "out"), *roster)
    assert (status, out) == (0, f"2 notebooks written to {tmp_path / 'out'}\n")
    assert run(capsys, "release", exercise, "--to", str(tmp_path / "out"), *roster)[0] == 1  # nothing is overwritten
    shutil.rmtree(tmp_path / "out" / "bo")
    batch = (str(tmp_path / "out"), "--exercise", exercise, "--to", str(tmp_path / "results"), *roster)
    status, out, err = run(capsys, "grade", *batch, "--sandbox", "none")
    assert status == 0
    assert "1 graded" in out
    assert "bo: handed nothing in" in out
    assert "ran with your rights" in out
    assert "1/1" in err
    assert "0 graded" in run(capsys, "grade", *batch, "--sandbox", "none")[1]
    status, out, _ = run(capsys, "feedback", str(tmp_path / "results"), "--to", str(tmp_path / "pages"))
    assert status == 0
    assert "<h1" in (tmp_path / "pages" / "anna" / "02_inside_first.html").read_text(encoding="utf-8")


def test_a_course_of_ones_own_starts_with_an_exercise_that_verifies(capsys, tmp_path):
    """`cocreate new course` writes what the next command accepts."""
    status, out, _ = run(capsys, "new", "course", str(tmp_path / "mine"))
    assert status == 0
    assert "README.md" in out
    exercise = next((tmp_path / "mine" / "exercises").iterdir())
    assert run(capsys, "build", str(exercise), "--check") == (0, "unchanged\n", "")
    assert run(capsys, "verify", str(exercise), "--variants", "20")[0] == 0
    assert run(capsys, "new", "course", str(tmp_path / "mine"))[0] == 1


@pytest.mark.parametrize("tty", [True, False])
def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(capsys, monkeypatch, tty):
    """A log file gets a few lines, a person a bar with rate and time left."""
    from cocreate_teach.cli.parts import show_progress

    monkeypatch.setattr(sys.stderr, "isatty", lambda: tty)
    for done in range(1, 31):
        show_progress(done, 30, 10.0)
    shown = capsys.readouterr().err
    assert "10.0 per second" in shown
    assert ("█" in shown) is tty
    assert shown.count("\n") == (1 if tty else 10)
