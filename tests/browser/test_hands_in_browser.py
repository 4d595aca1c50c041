"""Handles, switches and slow runs in a real JupyterLab and a real Voila, by pointer and by keyboard."""

import re
from pathlib import Path

import pytest

from tests.browser.servers import open_explorer

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
CELL = f"""import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.widgets.tiny_topic import TinyTopic
from cocreate_teach.widgets.explorer import Explorer
Explorer(TinyTopic(seconds={{seconds}}))"""


def tiny(page, server, kind, seconds=2):
    """Open the explorer of the tiny topic."""
    server.write("tiny", CELL.format(seconds=seconds))
    return open_explorer(page, server, kind, "tiny")


def headline(explorer, text):
    """Wait until the explorer says this."""
    explorer.locator(".cc-headline").filter(has_text=text).wait_for(timeout=10_000)


def test_a_point_moves_by_keyboard_and_says_where_it_is(server, kind, open_page):
    """Arrows move it in both directions; a screen reader hears the names and values of both controls."""
    page = open_page()
    explorer = tiny(page, server, kind)
    handle = explorer.get_by_role("slider", name="customer", exact=True)
    assert handle.get_attribute("aria-valuetext") == "customer: power 0.2, customer: interest 0.6"
    handle.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
        page.wait_for_timeout(150)
    headline(explorer, "At 0.8, 0.4 of 10.")
    assert handle.get_attribute("aria-valuetext") == "customer: power 0.8, customer: interest 0.4"
    assert explorer.get_by_label("Customer: power", exact=True).input_value() == "0.8"
    assert page.locator(".jp-Cell").count() <= 1
    page.keyboard.press("Home")
    headline(explorer, "At 0, 0.4 of 10.")


def test_a_point_moves_by_pointer_and_stays_inside(server, kind, open_page):
    """Dragging beyond the axes stops at their ends; values fall on the steps of the sliders."""
    page = open_page()
    explorer = tiny(page, server, kind)
    handle = explorer.get_by_role("slider", name="customer", exact=True)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 900, steps=6)
    headline(explorer, re.compile(r"^At 0\.[3-5], 0 of 10\.$"))
    page.mouse.up()
    page.mouse.move(box["x"] + 200, box["y"])
    page.wait_for_timeout(200)
    headline(explorer, re.compile(r"^At 0\.[3-5], 0 of 10\.$"))


def test_a_link_is_switched_in_the_picture_and_in_the_list(server, kind, open_page):
    """Both show the same state, whichever was used."""
    page = open_page()
    explorer = tiny(page, server, kind)
    inside = explorer.get_by_role("switch", name="Link of the two")
    explorer.locator("summary", has_text="Links").click()
    box = explorer.get_by_role("checkbox", name="Linked")
    assert (inside.get_attribute("aria-checked"), box.is_checked()) == ("true", True)
    box.press("Space")
    explorer.locator(".cc-key-numbers").filter(has_text="linked0").wait_for()
    assert not inside.is_visible()
    box.press("Space")
    explorer.locator(".cc-key-numbers").filter(has_text="linked1").wait_for()
    inside.press("Enter")
    explorer.locator(".cc-key-numbers").filter(has_text="linked0").wait_for()
    assert not box.is_checked()


def test_slow_values_follow_on_release_and_very_slow_ones_on_run(server, kind, open_page):
    """Nothing computes while the hand moves; a run shows how far it is, can be cancelled, and ends in the picture."""
    page = open_page()
    explorer = tiny(page, server, kind)
    explorer.get_by_label("Size").select_option("100000")
    headline(explorer, "of 100000.")
    slider = explorer.get_by_label("Customer: power", exact=True)
    slider.evaluate("node => { node.value = 0.7; node.dispatchEvent(new Event('input', { bubbles: true })); }")
    page.wait_for_timeout(500)
    headline(explorer, "At 0.2, 0.6 of 100000.")
    slider.evaluate("node => node.dispatchEvent(new Event('change', { bubbles: true }))")
    headline(explorer, "At 0.7, 0.6 of 100000.")
    explorer.get_by_label("Size").select_option("1000000")
    run = explorer.get_by_role("button", name="Run", exact=True)
    run.wait_for()
    headline(explorer, "of 100000.")
    run.press("Enter")
    cancel = explorer.get_by_role("button", name="Cancel")
    cancel.wait_for()
    page.wait_for_function("node => node.value > 0.2", arg=explorer.locator("progress").element_handle(), timeout=5_000)
    assert page.evaluate("document.activeElement.textContent") == "Cancel"
    page.keyboard.press("Enter")
    run.wait_for()
    headline(explorer, "of 100000.")
    run.press("Enter")
    headline(explorer, "At 0.7, 0.6 of 1000000.")
    assert not cancel.is_visible()
    assert not run.is_visible()
