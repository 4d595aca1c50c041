"""The classroom round in a real JupyterLab and a real Voila: a code is copied, and pasted among names in one box."""

import pytest

from tests.browser.servers import open_explorer
from tests.browser.test_explorers_in_browser import NOT_OURS

pytestmark = pytest.mark.browser
CHAT = "10:15 From Ann to Everyone: 5382-K\n10:16 From Ben to Everyone: 5382-X thanks\n1204"
PASTE = """(node, text) => {
    node.focus();
    document.execCommand('insertText', false, text);
}"""


def headline(explorer, text):
    """Wait until the explorer says this."""
    explorer.locator(".cc-headline").filter(has_text=text).wait_for(timeout=10_000)


def empty_round(page, server, kind):
    """Open a class without codes."""
    server.write("empty-round", "from cocreate_teach import widgets\nwidgets.class_round()")
    return open_explorer(page, server, kind, "empty-round")


def test_a_code_follows_the_choices_and_is_copied_by_keyboard(server, kind, open_page):
    """What is copied is what is shown, and the button says so in words."""
    page = open_page()
    explorer = open_explorer(page, server, kind, "investments")
    shown = explorer.locator(".cc-code-text")
    assert shown.text_content() == "5382-K"
    explorer.get_by_label("Time", exact=True).press("End")
    headline(explorer, "Your code is 9382-Y.")
    assert shown.text_content() == "9382-Y"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    explorer.get_by_role("button", name="Copy the code").press("Enter")
    explorer.locator(".cc-code-told").filter(has_text="Copied: 9382-Y").wait_for(timeout=5_000)
    assert page.evaluate("navigator.clipboard.readText()") == "9382-Y"
    assert explorer.get_by_role("status").text_content() == "Copied: 9382-Y"
    explorer.get_by_role("slider", name="data", exact=True).press("ArrowRight")
    headline(explorer, "Your code is 9383-Z.")
    explorer.locator("summary", has_text="On paper").press("Enter")
    assert explorer.locator(".cc-leaflet tr").count() == 4


def test_without_leave_to_copy_there_is_another_way_or_a_sentence(server, kind, open_page):
    """A page in a classroom network has no secure address, so that the browser may refuse."""
    page = open_page()
    explorer = open_explorer(page, server, kind, "investments")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    copy = explorer.get_by_role("button", name="Copy the code")
    copy.press("Enter")
    explorer.locator(".cc-code-told").filter(has_text="Copied: 5382-K").wait_for(timeout=5_000)
    assert page.evaluate("document.activeElement.textContent") == "Copy the code"
    page.evaluate("() => { document.execCommand = () => false; }")
    copy.press("Enter")
    explorer.locator(".cc-code-told").filter(has_text="copy it by hand").wait_for(timeout=5_000)


def test_a_chat_is_pasted_and_only_codes_stay(server, kind, open_page):
    """The picture follows while somebody types; the names go when they leave the field, and never come back."""
    page = open_page()
    explorer = empty_round(page, server, kind)
    headline(explorer, "No code yet.")
    field = explorer.get_by_role("textbox", name="Codes of the class")
    field.evaluate(PASTE, CHAT)
    headline(explorer, "2 codes: involvement ends at 0.15 in the median.")
    assert field.input_value() == CHAT  # nobody's text changes under their hands
    explorer.get_by_text("code 2, 5382-X: the letter does not fit the digits; ask for it again.").wait_for()
    field.press("Tab")
    page.wait_for_function("node => node.value === '5382-K 5382-X 1204'", arg=field.element_handle(), timeout=5_000)
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" 9090u")
    headline(explorer, "3 codes: ")
    field.press("Tab")
    page.wait_for_function("node => node.value.endsWith('9090-U')", arg=field.element_handle(), timeout=5_000)
    assert page.locator(".jp-Cell").count() <= 1
    assert [fault for fault in page.faults if not NOT_OURS.search(fault)] == []


def test_sliders_firms_and_looking_ahead_keep_the_codes(server, kind, open_page):
    """A known next step is drawn at once and holds the class; the kernel then says the same."""
    page = open_page()
    explorer = empty_round(page, server, kind)
    field = explorer.get_by_role("textbox", name="Codes of the class")
    slider = explorer.get_by_label("Trust at the start", exact=True)
    slider.focus()
    page.wait_for_timeout(800)
    slider.press("ArrowRight")  # drawn from what was looked ahead for
    page.wait_for_timeout(800)
    field.evaluate(PASTE, CHAT)
    headline(explorer, "2 codes: ")
    slider.focus()
    page.wait_for_timeout(800)
    for _ in range(3):
        slider.press("ArrowRight")
        headline(explorer, "2 codes: ")
    explorer.get_by_label("Scenario").select_option("burberry")
    headline(explorer, "2 codes: involvement ends at 0.28 in the median.")
    assert field.input_value() == "5382-K 5382-X 1204"
    explorer.get_by_role("button", name="Reset").press("Enter")
    headline(explorer, "No code yet.")
    assert field.input_value() == ""


def test_slips_are_saved_as_a_page_to_print(server, kind, open_page):
    """One file, without a network."""
    page = open_page()
    explorer = empty_round(page, server, kind)
    explorer.locator("summary", has_text="On paper").press("Enter")
    with page.expect_download() as download:
        explorer.get_by_role("button", name="Page of slips to print").press("Enter")
    assert download.value.suggested_filename == "class_round_slips.html"
    assert download.value.path().read_text(encoding="utf-8").count("<section>") == 8
