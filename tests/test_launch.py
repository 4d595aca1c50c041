"""Starting: lessons are copied without touching what is a student's, and the command fits the machine."""

import json
import os
import stat
from pathlib import Path

import pytest

from cocreate_teach import launch
from cocreate_teach.errors import CocreateError


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "00_start.ipynb").write_text("start")
    (folder / "02_inside_first.ipynb").write_text("new text")
    monkeypatch.setattr(launch, "lessons_folder", lambda: folder)
    return folder


def test_lessons_are_copied_once(lessons, tmp_path):
    """A second start copies nothing and reports nothing."""
    first = launch.copy_lessons(tmp_path / "mine")
    second = launch.copy_lessons(tmp_path / "mine")
    assert first.new == ("00_start.ipynb", "02_inside_first.ipynb")
    assert (second.new, second.kept) == ((), ())


def test_a_students_work_is_never_overwritten(lessons, tmp_path):
    """An update leaves a changed lesson alone and names it."""
    mine = tmp_path / "mine"
    launch.copy_lessons(mine)
    (mine / "notebooks" / "02_inside_first.ipynb").write_text("my notes")
    again = launch.copy_lessons(mine)
    assert again.kept == ("02_inside_first.ipynb",)
    assert (mine / "notebooks" / "02_inside_first.ipynb").read_text() == "my notes"


def test_a_folder_that_cannot_be_made_gets_a_sentence(lessons, tmp_path):
    """Naming a file where a folder is needed is told in one sentence."""
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CocreateError, match="name another folder"):
        launch.copy_lessons(tmp_path / "taken" / "inside")


def test_without_a_display_no_browser_is_started(monkeypatch, tmp_path):
    """On a server the address is printed and nothing hangs."""
    monkeypatch.setattr(launch.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "--no-browser" in launch.lab_command(tmp_path)
    monkeypatch.setenv("DISPLAY", ":0")
    assert "--no-browser" not in launch.lab_command(tmp_path)


def test_what_lessons_link_to_comes_along(tmp_path):
    """Glossary, models and exercises lie where the lessons expect them; keys and masters stay behind."""
    copied = launch.copy_lessons(tmp_path)
    assert {"GLOSSARY.md", "models.md", "exercise.ipynb"} <= set(copied.new)
    assert (tmp_path / "exercises" / "02_inside_first" / "exercise.ipynb").is_file()
    assert not list(tmp_path.rglob("key.py")) + list(tmp_path.rglob("solution.ipynb"))


@pytest.mark.parametrize("user, is_allowed", [(0, True), (1000, False)])
def test_root_is_allowed_only_when_we_are_root(monkeypatch, tmp_path, user, is_allowed):
    """In a container the user is root, and JupyterLab would refuse."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--allow-root" in launch.lab_command(tmp_path)) is is_allowed


def test_the_start_page_opens_first(lessons, tmp_path):
    """The address leads to the start page, in a clone and in a folder of one's own."""
    launch.copy_lessons(tmp_path / "mine")
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start.ipynb" in launch.lab_command(tmp_path / "mine")


def test_jupyterlab_is_given_our_settings(tmp_path):
    """No question about news on a projector, and links to the glossary open as a page to read."""
    given = next(a.split("=", 1)[1] for a in launch.lab_command(tmp_path) if a.startswith("--LabApp.app_settings_dir"))
    settings = json.loads((Path(given) / "overrides.json").read_text())
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]["markdown"] == "Markdown Preview"


def test_the_doctor_says_what_is_missing_and_what_then_does_not_work(monkeypatch, tmp_path):
    """A missing program is named with its consequence and its cure."""
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = {finding.name: finding.detail for finding in launch.examine() if not finding.is_there}
    assert set(missing) == {"chromium"}
    assert "apt-get install" in missing["chromium"]
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert all(finding.is_there for finding in launch.examine())


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_the_command_replaces_ours_or_is_waited_for(monkeypatch, platform):
    """Ctrl-C must reach JupyterLab, not us; Windows cannot replace a process, so there we wait for it."""
    calls = []
    monkeypatch.setattr(launch.sys, "platform", platform)
    monkeypatch.setattr(launch.os, "execv", lambda program, command: calls.append(("replace", program)))
    monkeypatch.setattr(launch.subprocess, "call", lambda command: calls.append(("wait", command[0])) or 7)
    status = launch.run_in_place(["program", "argument"])
    assert calls == [("wait" if platform == "win32" else "replace", "program")]
    assert status == (7 if platform == "win32" else None)
