"""Lessons as pages: readable by everybody, in light and dark, on a projector and on a phone."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from tests.browser.servers import serve

pytestmark = pytest.mark.browser

LESSONS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page):
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", LESSONS, ids=[path.name for path in LESSONS])
def test_a_lesson_as_a_page_has_no_accessibility_fault(chromium, open_page, tmp_path, path, theme):
    """Axe finds nothing of WCAG 2.2 A or AA, headings are in order, and no picture is without its text."""
    from nbconvert import HTMLExporter

    html, _ = HTMLExporter(exclude_input=True, exclude_output_prompt=True, theme=theme).from_filename(str(path))
    assert "No description has been provided" not in html
    (tmp_path / "lesson.html").write_text(html, encoding="utf-8")
    page = open_page()
    page.goto((tmp_path / "lesson.html").as_uri())
    page.wait_for_selector("h1")
    assert violations(page) == []


def test_a_lesson_fits_a_phone(chromium, open_page, tmp_path):
    """At 375 px in Voila the page does not scroll sideways; a wide table scrolls in its own box."""
    lesson = next(path for path in LESSONS if path.name == "02_inside_first.ipynb")
    with serve("voila", tmp_path / "home") as server:
        shutil.copy(lesson, server.notebooks)
        page = open_page(width=375, height=812)
        page.goto(f"{server.address}/voila/render/{lesson.name}")
        page.wait_for_selector("section.cc svg[role=img]", timeout=90_000)
        page.wait_for_function("document.querySelectorAll('figure img').length >= 5", timeout=60_000)
        sideways = page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter(node => {
                if (node.getBoundingClientRect().right <= innerWidth + 1) return false;
                for (let box = node.parentElement; box; box = box.parentElement)
                    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(box).overflowX)
                        && box.getBoundingClientRect().right <= innerWidth + 1) return false;
                return true;
            }).map(node => node.outerHTML.slice(0, 120))"""
        )
        assert sideways == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
