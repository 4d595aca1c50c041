"""Write handouts: the pages, and a PDF of each through Chromium; nothing that is there is lost."""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cocreate_teach.cases import Case
from cocreate_teach.errors import CocreateError
from cocreate_teach.launch import find_chromium
from cocreate_teach.reporting.handout import case_handout, note_handout
from cocreate_teach.reporting.module import Session
from cocreate_teach.reporting.notebook_handout import exercise_handout, lesson_handout
from cocreate_teach.writing import write_whole

FORMATS: Final = ("html", "pdf", "both")
LONGEST: Final = 120  # seconds that Chromium gets for one page
NO_CHROMIUM: Final = "Chromium is missing, so no PDF was written; install it (apt-get install chromium)"


@dataclass(frozen=True, slots=True)
class Written:
    """What `write_handouts` did: files written, files found up to date, and a sentence if a PDF could not be made."""

    new: tuple[Path, ...]
    up_to_date: tuple[Path, ...]
    lacking: str


def handout(
    case: Case,
    to: Path,
    *,
    part: str = "A",
    formats: str | None = None,
    teaching_note: bool = False,
    force: bool = False,
) -> Written:
    """Write a case to print: ``burberry_part_a.html`` and ``.pdf``.

    Parameters
    ----------
    case : Case
        The case.
    to : Path
        A folder, or a file that ends with ``.html`` or ``.pdf``.
    part : str
        One of `handout.PARTS`.
    formats : str, optional
        One of `FORMATS`; by default as the file ends, or both.
    teaching_note : bool
        Also write the note for the lecturer, beside it.
    force : bool
        Replace files of another content that are there already.

    Raises
    ------
    CocreateError
        As `case_handout`, `note_handout` and `write_handouts`.
    """
    kinds = {"A": "_part_a", "B": "_part_b", "all": "_parts_a_b", "short": "_short"}
    folder, name, formats = _place(to, case.name + (kinds.get(part, "") if case.has_parts else ""), formats)
    pages = {folder / name: case_handout(case, part)}
    if teaching_note:
        pages[folder / f"{case.name}_teaching_note"] = note_handout(case)
    return write_handouts(pages, formats or "both", force=force)


def session_handout(
    session: Session, to: Path, *, exercise: bool = False, formats: str | None = None, force: bool = False
) -> Written:
    """Write the lesson of a session to print, or its exercise: ``02_inside_first_lesson.html`` and ``.pdf``.

    Raises
    ------
    CocreateError
        As `exercise_handout` and `write_handouts`.
    """
    kind, page = ("exercise", exercise_handout) if exercise else ("lesson", lesson_handout)
    folder, name, formats = _place(to, f"{session.name}_{kind}", formats)
    return write_handouts({folder / name: page(session)}, formats or "both", force=force)


def write_handouts(pages: Mapping[Path, str], formats: str = "both", *, force: bool = False) -> Written:
    """Write pages, and print each.

    Parameters
    ----------
    pages : Mapping
        The HTML of each, by its path without ending.
    formats : str
        One of `FORMATS`. With ``"both"`` and no Chromium the HTML is written all the same.
    force : bool
        Replace files of another content that are there already.

    Raises
    ------
    CocreateError
        If a file of another content is there, if a folder cannot be written, or if a PDF alone is asked for and
        cannot be made. Nothing is written before the first two are known.
    """
    chromium = find_chromium()
    if formats == "pdf" and chromium is None:
        raise CocreateError(f"{NO_CHROMIUM}, or take --format html")
    wants_html, wants_pdf = formats != "pdf", formats != "html" and chromium is not None
    new: list[Path] = []
    kept: list[Path] = []
    for stem, text in pages.items():
        page, printed = _beside(stem, "html"), _beside(stem, "pdf")
        is_same = page.is_file() and page.read_bytes() == text.encode()
        if wants_html:
            (kept if is_same else new).append(page)
        if wants_pdf:
            is_printed = is_same and printed.is_file() and printed.stat().st_mtime >= page.stat().st_mtime
            (kept if is_printed and not force else new).append(printed)
    taken = [path for path in new if path.exists() and not force]
    if taken:
        told = "is there already, with another content; name another with --to, or replace it with --force"
        raise CocreateError([f"{path} {told}" for path in taken])
    try:
        for stem, text in pages.items():
            if (page := _beside(stem, "html")) in new:
                write_whole(page, text)
            if chromium is not None and (printed := _beside(stem, "pdf")) in new:
                _print(chromium, text, printed)
    except OSError as error:
        raise CocreateError(
            f"cannot write to {stem.parent} ({error.strerror}); name another folder with --to"
        ) from None
    lacking = f"{NO_CHROMIUM}. The HTML prints from any browser" if formats == "both" and chromium is None else ""
    return Written(tuple(new), tuple(kept), lacking)


def _place(to: Path, name: str, formats: str | None) -> tuple[Path, str, str | None]:
    """Return folder, name and formats; `to` is a folder, or a file whose name and ending say them."""
    ending = to.suffix.lower().removeprefix(".")
    return (to.parent, to.stem, formats or ending) if ending in FORMATS else (to, name, formats)


def _beside(stem: Path, ending: str) -> Path:
    return stem.with_name(f"{stem.name}.{ending}")


def _print(chromium: str, text: str, to: Path) -> None:
    """Let Chromium print a page into a file of its own, which then takes its place."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cocreate-", ignore_cleanup_errors=True) as folder:
        page, printed = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(text, encoding="utf-8")
        command = [
            chromium, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium refuses to start as root with it; the page has no scripts
        try:
            silent = subprocess.DEVNULL
            ended = subprocess.run(command, stdin=silent, stdout=silent, stderr=silent, timeout=LONGEST)
            told = f"ended with status {ended.returncode} and no PDF"
        except subprocess.TimeoutExpired:
            told = f"did not print in {LONGEST} s"
        if not printed.is_file():
            raise CocreateError(f"{to.name} was not written: {chromium} {told}; print the HTML from any browser")
        whole = to.with_name(f".{to.name}.{os.getpid()}")
        whole.write_bytes(printed.read_bytes())
        whole.replace(to)
