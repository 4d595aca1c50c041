"""A handout and a case at a glance, on a screen: readable by everybody, in light and dark, and on a phone."""

import pytest

from cocreate_teach import load_case
from cocreate_teach.reporting.handout import case_handout, note_handout
from tests.browser.test_lesson_pages import violations

pytestmark = pytest.mark.browser


def glance(case):
    """Return what a notebook shows, in the least page that can hold it, with all that is folded open."""
    shown = case._repr_html_().replace("<details>", "<details open>")
    head = (
        '<title>Case</title><meta name="viewport" content="width=device-width"><style>:root{color-scheme:light dark}'
        "body{background:Canvas;color:CanvasText}a{color:LinkText}</style>"
    )
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><main><h1>Case</h1>{shown}</main></body></html>'


PAGES = {"handout": case_handout, "note": note_handout, "glance": glance}


@pytest.mark.parametrize("kind", PAGES)
def test_a_case_on_a_screen_has_no_accessibility_fault_and_fits_a_phone(chromium, open_page, tmp_path, kind):
    """Axe finds nothing of WCAG 2.2 A or AA in either theme; at 375 px only a table scrolls, in its own box."""
    html = PAGES[kind](load_case("burberry"))
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    page = open_page(width=375, height=812)
    page.goto((tmp_path / "page.html").as_uri())
    assert page.faults == []  # nothing that the policy of the page forbids
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.set_content(html.replace('http-equiv="Content-Security-Policy"', 'name="policy"'))  # axe is a script
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == [], theme
