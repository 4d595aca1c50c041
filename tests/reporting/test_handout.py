"""A case on paper: Part A alone unless asked, what is invented at the top, and a PDF where Chromium is installed."""

import re
import shutil
from html import unescape
from itertools import pairwise

import pytest

from cocreate_teach import launch, load_case
from cocreate_teach.errors import CaseError, CocreateError
from cocreate_teach.reporting import handout, printing
from cocreate_teach.reporting.handout import PARTS, case_handout, note_handout
from tests.cases.stories import STORIES

NEEDS_CHROMIUM = pytest.mark.skipif(
    launch.find_chromium() is None, reason="a PDF needs Chromium: install the package chromium"
)


def text_of(html: str) -> str:
    """Return what a reader sees, as one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S))).split())


@pytest.fixture(scope="module", params=STORIES)
def story(request):
    """Return a case with its handout of Part A."""
    case = load_case(request.param)
    return case, case_handout(case)


def test_students_get_part_a_and_nothing_of_part_b(story):
    """Titles of later exhibits give the outcome away."""
    case, html = story
    text = text_of(html)
    for number in case.exhibit_numbers:
        assert (f"Exhibit {number}. " in text) == (number in case.exhibits_of("A"))
    headings = re.findall(r"^#+ (.+)$", str(case.reading("B")), flags=re.M)
    assert headings
    for heading in headings:
        assert f">{heading}</h" not in html


def test_what_is_invented_stands_above_the_story(story):
    """A page that is copied without its lecturer still says so; statuses are words, not colours alone."""
    case, html = story
    text = text_of(html)
    first = " ".join(case.invented.split()[:12])
    assert text.index(first) < text.index(str(case.reading("A")).splitlines()[0].lstrip("# "))
    for number in case.exhibits_of("A"):
        assert f">{case.exhibit(number).status}</span>" in html


def test_a_handout_is_one_accessible_page_without_scripts(story):
    """It opens from a memory stick: nothing is loaded, headings go down by one, every picture has its text."""
    _, html = story
    assert '<html lang="en"' in html
    assert html.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert all(low <= high + 1 for high, low in pairwise(levels))
    assert re.findall(r"<img (?![^>]*alt=\"[^\"]{20,})", html) == []
    assert re.findall(r"<th(?![^>]*scope=)[ >]", html) == []
    assert not re.search(r"<script|<link|@import|src=\"(?!data:)|\{\{", html)
    assert len(html) < 1_500_000


@pytest.mark.parametrize("name", STORIES)
def test_all_parts_and_the_note_stay_small(name):
    """A page that is sent by mail."""
    case = load_case(name)
    whole, note = case_handout(case, "all"), note_handout(case)
    assert len(whole) < 1_500_000
    for number in (*case.exhibits_of("A"), *case.exhibits_of("B")):
        assert f"Exhibit {number}. " in text_of(whole)
    for number in case.exhibits_of("epilogue"):
        assert f"Exhibit {number}. " in text_of(note)
        assert f"Exhibit {number}. " not in text_of(whole)
    assert "for the lecturer only" in note
    assert "for the lecturer only" not in whole


def test_the_short_version_says_what_is_invented_once():
    """Its own first lines say it in other words; the box at the top is enough."""
    case = load_case("burberry")
    text = text_of(case_handout(case, "short"))
    _, own, first, *_ = case.short_version.split("\n\n")
    assert case.invented[:60] in text
    assert own.strip("*")[:60] not in text
    assert first[:60] in text


def test_tags_in_a_text_are_shown_and_not_obeyed(tmp_path):
    """A lecturer's own case may hold a tag by accident; the page has no script of anybody."""
    shutil.copytree(load_case("burberry").folder, tmp_path / "burberry")
    path = tmp_path / "burberry" / "case.md"
    path.write_text(path.read_text(encoding="utf-8").replace("### The example", "### The <script>x()</script> example"))
    html = case_handout(load_case("burberry", root=tmp_path))
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_tables_and_unknown_parts_are_refused_in_one_sentence():
    """What there is to print is said."""
    with pytest.raises(CaseError, match="tables without a story"):
        case_handout(load_case("reference"))
    with pytest.raises(CaseError, match=f"there is no part 'C' to print; the parts are .*{next(iter(PARTS))}"):
        case_handout(load_case("burberry"), "C")


def test_without_chromium_the_page_is_written_all_the_same(tmp_path, monkeypatch):
    """HTML prints from any browser; what is lacking is one sentence with what to install."""
    monkeypatch.setattr(printing, "find_chromium", lambda: None)
    written = printing.write_handouts({tmp_path / "a": "<p>one</p>"})
    assert written.new == (tmp_path / "a.html",)
    assert "apt-get install chromium" in written.lacking
    with pytest.raises(CocreateError, match="Chromium is missing"):
        printing.write_handouts({tmp_path / "b": "<p>one</p>"}, "pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_all_taken_files_are_named_before_anything_is_written(tmp_path):
    """Two files in the way are two sentences, and the third is not written."""
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("mine")
    pages = {tmp_path / name: "<p>ours</p>" for name in ("a", "b", "c")}
    with pytest.raises(CocreateError) as caught:
        printing.write_handouts(pages, "html")
    assert len(caught.value.faults) == 2
    assert not (tmp_path / "c.html").exists()
    assert len(printing.write_handouts(pages, "html", force=True).new) == 3


def test_a_browser_that_hangs_or_fails_is_told_in_a_sentence(tmp_path, monkeypatch):
    """Nothing waits for ever; the HTML is there already."""
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(printing, "find_chromium", lambda: str(program))
    monkeypatch.setattr(printing, "LONGEST", 0.5)
    with pytest.raises(CocreateError, match=r"a\.pdf was not written: .* did not print in 0\.5 s"):
        printing.write_handouts({tmp_path / "a": "<p>one</p>"})
    assert (tmp_path / "a.html").is_file()
    program.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(CocreateError, match="ended with status 3 and no PDF"):
        printing.write_handouts({tmp_path / "b": "<p>one</p>"})
    assert not list(tmp_path.glob("*.pdf"))


@NEEDS_CHROMIUM
@pytest.mark.browser
def test_a_pdf_is_tagged_has_a_title_and_is_left_when_nothing_changed(tmp_path):
    """A4, with a structure for screen readers; a second run changes nothing."""
    case = load_case("burberry")
    written = handout(case, tmp_path / "a.pdf")
    assert [path.name for path in written.new] == ["a.pdf"]
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Lang (en)", b"/MarkInfo"):
        assert mark in data
    both = handout(case, tmp_path, part="short")
    assert [path.name for path in both.new] == ["burberry_short.html", "burberry_short.pdf"]
    again = handout(case, tmp_path, part="short")
    assert (again.new, len(again.up_to_date)) == ((), 2)
    with pytest.raises(CocreateError, match="is there already"):
        handout(case, tmp_path / "a.pdf", part="B")
    assert (tmp_path / "a.pdf").read_bytes() == data
