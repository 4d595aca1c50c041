"""The canvas in a real JupyterLab and a real Voila: typed, filled, saved and opened again, by keyboard alone, too."""

import json
from importlib.resources import files

import pytest

from cocreate_teach import widgets
from cocreate_teach.widgets import canvas_file
from tests.browser.servers import open_cell
from tests.browser.test_explorers_in_browser import NOT_OURS, RULES

pytestmark = pytest.mark.browser

CELL = """from cocreate_teach import widgets
explorer = widgets.scope()
widgets.canvas(explorer, widgets.value(){more})"""


def open_canvas(page, server, kind, name="canvas", more=""):
    """Open a notebook with a canvas of two explorers."""
    server.write(name, CELL.format(more=more))
    open_cell(page, server, kind, name, "section.cc-canvas")
    return page.locator("section.cc-canvas").first


def box(canvas, question):
    """Return the field of an answer."""
    return canvas.get_by_role("textbox", name=question, exact=True)


def told(canvas, text):
    """Wait until the canvas says this to everybody."""
    canvas.get_by_role("status").filter(has_text=text).wait_for(timeout=20_000)


def keep(canvas, explorer, text="Added to"):
    """Keep what an explorer shows."""
    canvas.get_by_label("Keep what this explorer shows now").select_option(label=explorer)
    canvas.get_by_role("button", name="Add", exact=True).click()
    told(canvas, text)


def test_a_canvas_is_filled_saved_and_opened_again(server, kind, open_page):
    """What was typed, kept, remarked and moved comes back; what was removed and undone, too."""
    page = open_page()
    file = f"group-{kind}.json"
    path = server.notebooks / file
    canvas = open_canvas(page, server, kind, "canvas-file", f", file={file!r}")
    canvas.get_by_label("Group").fill("Blue <b>")
    box(canvas, "What could go wrong?").fill("Nobody comes.\n<script>alert(1)</script>")
    keep(canvas, "Where does value arise, and who gets it?", "Added to “Who creates value, and who captures it?”")
    keep(canvas, "When not to co-create, and how far to go?", "Added to “When should we not co-create?”")
    cards = canvas.locator("article")
    assert cards.count() == 2
    cards.first.get_by_label("Remark on this result").fill("Half of it.")
    cards.last.get_by_label("Box of this result").select_option("risks")
    told(canvas, "Moved to “What could go wrong?”.")
    kept = canvas.get_by_role("group", name="Results kept here: What could go wrong?").locator("article")
    assert kept.count() == 1
    kept.get_by_role("button", name="Remove").click()
    told(canvas, "Removed: ")
    assert cards.count() == 1
    assert page.evaluate("document.activeElement.textContent") == "Undo removing"
    page.keyboard.press("Enter")
    told(canvas, "Brought back: ")
    assert cards.count() == 2
    assert canvas.locator(".cc-progress").text_content() == "1 of 10 boxes has an answer; 2 results are kept."
    canvas.locator(".cc-state").filter(has_text=f"Everything is kept in {file}.").wait_for()
    saved = canvas_file.read_board(path.read_bytes(), file)
    assert (saved.group, saved.answers) == ("Blue <b>", {"risks": "Nobody comes.\n<script>alert(1)</script>"})
    assert [(result.box, result.remark) for result in saved.results] == [("value", "Half of it."), ("risks", "")]
    assert all(result.png.startswith(canvas_file.PNG) for result in saved.results)
    assert [fault for fault in page.faults if not NOT_OURS.search(fault)] == []
    again = open_canvas(page, server, kind, "canvas-file", f", file={file!r}")
    assert again.get_by_label("Group").input_value() == "Blue <b>"
    assert box(again, "What could go wrong?").input_value() == saved.answers["risks"]
    assert again.locator("article img").evaluate_all("all => all.map(one => one.alt)") == [
        result.alt for result in saved.results
    ]
    assert again.locator("article img").first.evaluate("one => one.naturalWidth") > 500


def test_downloads_reopen_and_print(server, kind, open_page, tmp_path):
    """The browser's file is the file that Python reads; a hostile one is refused, and the canvas stays."""
    page = open_page()
    canvas = open_canvas(page, server, kind)
    box(canvas, "What do we want to create together?").fill("A coat “made” to measure")
    keep(canvas, "When not to co-create, and how far to go?")
    canvas.get_by_label("Remark on this result").fill("Ours.")
    with page.expect_download() as download:
        canvas.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "canvas.json"
    content = download.value.path().read_bytes()
    board = canvas_file.read_board(content, "canvas.json")
    assert board.answers == {"idea": "A coat “made” to measure"}
    assert (board.results[0].remark, board.results[0].headline) == ("Ours.", widgets.scope().headline)
    told(canvas, "canvas.json is in your downloads; Open brings it back.")
    with page.expect_download() as download:
        canvas.get_by_role("button", name="Page to print").click()
    assert download.value.suggested_filename == "canvas.html"
    assert "A coat “made” to measure" in download.value.path().read_text()
    box(canvas, "What do we want to create together?").fill("Another")
    chooser = canvas.locator("input[type=file]")
    hostile = tmp_path / "hostile.json"
    hostile.write_text(json.dumps(json.loads(content) | {"group": 1, "answers": {"x": "y"}}))
    chooser.set_input_files(hostile)
    canvas.get_by_role("alert").filter(has_text="hostile.json: group is 1; it must be a text").wait_for()
    assert box(canvas, "What do we want to create together?").input_value() == "Another"
    theirs = tmp_path / "theirs.json"
    theirs.write_bytes(content)
    chooser.set_input_files(theirs)
    told(canvas, "Opened theirs.json.")
    assert box(canvas, "What do we want to create together?").input_value() == "A coat “made” to measure"
    assert canvas.locator("[role=alert]").text_content() == ""
    canvas.get_by_role("button", name="Undo opening").click()
    told(canvas, "The canvas of before is back")
    assert box(canvas, "What do we want to create together?").input_value() == "Another"
    assert [fault for fault in page.faults if not NOT_OURS.search(fault)] == []


@pytest.mark.parametrize("kind", ["lab"], indirect=True)
def test_save_says_where_and_asks_before_it_replaces(server, kind, open_page):
    """A second group with the same file name keeps the first one's work."""
    (server.notebooks / "ours.json").write_text("notes of somebody else")
    page = open_page()
    canvas = open_canvas(page, server, kind)
    box(canvas, "What could go wrong?").fill("Nothing")
    canvas.locator(".cc-state").filter(has_text="Not saved yet: Save or Download keeps it.").wait_for()
    canvas.get_by_label("File", exact=True).fill("ours")  # the ending is added
    canvas.get_by_role("button", name="Save", exact=True).click()
    canvas.get_by_role("alert").filter(has_text="ours.json is there already").wait_for()
    canvas.get_by_role("button", name="Replace it, keep the other beside it").click()
    told(canvas, f"Saved in {server.notebooks.resolve() / 'ours.json'}.")
    assert canvas_file.read_board((server.notebooks / "ours.json").read_bytes(), "").answers == {"risks": "Nothing"}
    assert (server.notebooks / "ours-before-1.json").read_text() == "notes of somebody else"
    assert not canvas.get_by_role("button", name="Replace it").is_visible()


def test_the_canvas_is_filled_by_keyboard_alone(server, kind, open_page):
    """Tab, letters, arrows and Enter; in JupyterLab no shortcut of the notebook gets in the way."""
    page = open_page()
    canvas = open_canvas(page, server, kind)
    cells = page.locator(".jp-Cell").count()
    canvas.get_by_label("Group").focus()
    page.keyboard.type("abdxyz")

    def tab_to(name):
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent")
            if focused == name:
                return
        raise AssertionError(f"Tab does not reach {name}")

    tab_to("Keep what this explorer shows now")
    page.keyboard.press("ArrowDown")
    tab_to("In the box")
    assert canvas.get_by_label("In the box").input_value() == "value"
    tab_to("Add")
    page.keyboard.press("Enter")
    told(canvas, "Added to “Who creates value")
    tab_to("With whom, and who is absent?")
    page.keyboard.type("dd, a customer")
    tab_to("Numbers, source and assumption")
    page.keyboard.press("Enter")
    canvas.locator("article table").first.wait_for()
    tab_to("Remark on this result")
    page.keyboard.type("j k")
    tab_to("Box of this result")
    page.keyboard.press("ArrowDown")
    told(canvas, "Moved to “Why would both sides stay?”.")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Box of this result"
    tab_to("Remove")
    page.keyboard.press("Enter")
    told(canvas, "Removed: ")
    page.keyboard.press("Enter")
    told(canvas, "Brought back: ")
    assert page.evaluate("document.activeElement.textContent") == "Download"
    assert canvas.get_by_label("Group").input_value() == "abdxyz"
    assert box(canvas, "With whom, and who is absent?").input_value() == "dd, a customer"
    assert canvas.get_by_label("Remark on this result").input_value() == "j k"
    assert page.locator(".jp-Cell").count() == cells


@pytest.mark.parametrize("theme", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_to_object_to_and_targets_are_large(server, kind, theme, open_page):
    """WCAG 2.2 A and AA, empty and filled, with a fault shown; 24 pixels for a thumb."""
    page = open_page()
    canvas = open_canvas(page, server, kind)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))

    def violations():
        return page.evaluate(
            """async (tags) => (await axe.run('section.cc-canvas', {runOnly: tags}))
                .violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 200)).join(' | ')}`)""",
            RULES,
        )

    assert violations() == []
    keep(canvas, "When not to co-create, and how far to go?")
    canvas.locator("summary").click()
    canvas.locator("input[type=file]").set_input_files(
        [{"name": "bad.json", "mimeType": "application/json", "buffer": b"{"}]
    )
    canvas.get_by_role("alert").filter(has_text="bad.json cannot be read").wait_for()
    assert violations() == []
    assert canvas.evaluate("node => node.dataset.dark") == ("true" if theme == "dark" else "false")
    for target in canvas.locator("input, select, button, summary, textarea").all():
        if target.is_visible():
            size = target.bounding_box()
            assert min(size["width"], size["height"]) >= 24, target.evaluate("node => node.outerHTML")


@pytest.mark.parametrize("kind", ["voila"], indirect=True)
def test_phone_needs_no_scrolling_sideways(server, kind, open_page):
    """At 375 pixels one box below the other, with long words, too."""
    page = open_page(width=375, height=800)
    canvas = open_canvas(page, server, kind)
    box(canvas, "What could go wrong?").fill("Donaudampfschifffahrtsgesellschaft" * 4)
    keep(canvas, "When not to co-create, and how far to go?")
    canvas.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert not canvas.get_by_role("button", name="Save", exact=True).is_visible()
    canvas.locator(".cc-state").filter(has_text="Not saved yet: Download keeps it.").wait_for()
    picture = canvas.locator("article img").bounding_box()
    assert picture["x"] >= 0
    assert picture["x"] + picture["width"] <= 375
