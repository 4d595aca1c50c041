"""Start: where lessons are, a folder of one's own, JupyterLab on the start page, and what this machine lacks."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from cocreate_teach.errors import CocreateError

START_PAGE = "00_start.ipynb"


def lessons_folder() -> Path:
    """Return the folder of the lessons: inside the installed package, or the repository's ``notebooks/``."""
    package = Path(__file__).parent
    installed = package / "_data" / "notebooks"
    return installed if installed.is_dir() else package.parent / "notebooks"


def is_checkout() -> bool:
    """Say whether the package runs from a clone of the repository."""
    return (Path(__file__).parents[1] / "pyproject.toml").is_file()


@dataclass(frozen=True, slots=True)
class Copied:
    """What `copy_lessons` did, as file names: new ones, and those of yours that differ and were left alone."""

    new: tuple[str, ...]
    kept: tuple[str, ...]


def copy_lessons(to: Path) -> Copied:
    """Copy the lessons and what they link to, laid out as in the repository; never touch a file that is there.

    Raises
    ------
    CocreateError
        If the folder cannot be made or written.
    """
    new: list[str] = []
    kept: list[str] = []
    wanted = [(page, to / "notebooks" / page.name) for page in sorted(lessons_folder().glob("*.ipynb"))]
    home = lessons_folder().parent
    pages = [home / "docs" / "models.md", *sorted(home.glob("docs/models/*.md"))]
    linked = [home / "GLOSSARY.md", *pages, *sorted(home.glob("exercises/*/exercise.ipynb"))]
    wanted += [(page, to / page.relative_to(home)) for page in linked if page.is_file()]  # lessons lead there
    try:
        for source, target in wanted:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copyfile(source, target)
                new.append(target.name)
            elif target.read_bytes() != source.read_bytes():
                kept.append(target.name)
    except OSError as error:
        raise CocreateError(
            f"cannot write the lessons to {to} ({error.strerror}); name another folder: cocreate lab FOLDER"
        ) from None
    return Copied(tuple(new), tuple(kept))


def has_display() -> bool:
    """Say whether a browser window can open here."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def lab_command(folder: Path, *, extra: tuple[str, ...] = ()) -> list[str]:
    """Return the command that opens JupyterLab in `folder` on the start page.

    As root it allows root; without a display it opens no browser, and JupyterLab prints the address instead. Our
    settings (`lab_settings/overrides.json`) ask nobody about news on a projector, and open the glossary as a page.
    """
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    command.append(f"--LabApp.app_settings_dir={Path(__file__).parent / 'lab_settings'}")
    command.append(f"--LabApp.default_url=/lab/tree/notebooks/{START_PAGE}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    if not has_display():
        command.append("--no-browser")
    return [*command, *extra]


def run_in_place(command: list[str]) -> int:
    """Become this command, so that Ctrl-C reaches it alone; on Windows, which cannot, run it and wait."""
    if sys.platform == "win32":
        return subprocess.call(command)
    os.execv(command[0], command)


def find_chromium() -> str | None:
    """Return the path of Chromium, or of a browser built on it that prints pages alike; None if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    return next((found for name in names if (found := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that this machine has or lacks, and what does not work without it."""

    name: str
    is_there: bool
    detail: str


def examine() -> tuple[Finding, ...]:
    """Look at what this machine has: the parts of the package, and Chromium."""
    findings = []
    for package, without in (
        ("jupyterlab", "cocreate lab does not start: pip install 'cocreate-teach[lab]'"),
        ("voila", "explorers cannot be shown as dashboards: pip install 'cocreate-teach[lab]'"),
        ("nbclient", "cocreate notebooks does not run: pip install 'cocreate-teach[lab]'"),
        ("bibtexparser", "sources of cases are not held against the bibliography: pip install 'cocreate-teach[lab]'"),
    ):
        has = find_spec(package) is not None
        findings.append(Finding(package, has, _version(package) if has else without))
    chromium = find_chromium()
    without = "handouts are HTML without PDF, browser tests are skipped: apt-get install chromium"
    findings.append(Finding("chromium", chromium is not None, chromium or without))
    return tuple(findings)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "version unknown"
