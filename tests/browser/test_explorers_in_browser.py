"""Every explorer in a real JupyterLab and a real Voila: drawn, moved by keyboard alone, readable by everybody."""

import re
import statistics
from importlib.resources import files
from io import StringIO

import pytest

from tests.browser.conftest import CELLS
from tests.browser.servers import open_explorer

pytestmark = pytest.mark.browser

EXPLORERS = pytest.mark.parametrize("name", sorted(CELLS))
FIRST_NUMBERS = {"participation": "2.20", "voice": "0.593"}
NOT_OURS = re.compile(r"ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|favicon|/static/|cdn")


def faults_of_ours(page):
    """Errors on the console that do not come from the page around the explorer (icons and mathematics from afar)."""
    return [fault for fault in page.faults if not NOT_OURS.search(fault)]


def state_of(explorer):
    """Return what picture, text and numbers are now."""
    return explorer.evaluate(
        """node => ({
            picture: [...node.querySelector('.cc-marks').children]
                .filter(mark => mark.style.display !== 'none')
                .map(mark => ['d', 'x', 'y', 'fill', 'stroke-width'].map(name => mark.getAttribute(name)).join(' ')
                    + mark.textContent).join('|'),
            text: node.querySelector('svg[role=img]').getAttribute('aria-label'),
            headline: node.querySelector('.cc-headline').textContent,
            numbers: node.querySelector('.cc-key-numbers').textContent + node.querySelector('.cc-table').textContent,
        })"""
    )


def wait_for_change(page, explorer, before):
    """Wait until the text of the picture differs from what it was."""
    page.wait_for_function(
        "([node, before]) => node.querySelector('svg[role=img]').getAttribute('aria-label') !== before",
        arg=[explorer.element_handle(), before["text"]],
        timeout=10_000,
    )


@EXPLORERS
def test_each_control_works_by_keyboard_alone_and_moves_picture_and_text(server, kind, open_page, name):
    """A reader without a mouse explores everything; in JupyterLab no shortcut of the notebook gets in the way."""
    page = open_page()
    explorer = open_explorer(page, server, kind, name)
    cells = page.locator(".jp-Cell").count()
    first = state_of(explorer)
    explorer.locator("summary").focus()
    page.keyboard.press("Enter")
    for slider in explorer.locator("input[type=range]").all():
        before = start_again(page, explorer, name)
        slider.focus()
        page.keyboard.press("End" if slider.input_value() != slider.get_attribute("max") else "Home")
        _changed(page, explorer, before, slider.get_attribute("id"))
    for field in explorer.locator("input[type=number]").all():
        before = start_again(page, explorer, name)
        field.focus()
        key = "ArrowDown" if float(field.input_value()) > float(field.get_attribute("min")) else "ArrowUp"
        for _ in range(8):
            page.keyboard.press(key)
        page.wait_for_timeout(300)
        _changed(page, explorer, before, field.get_attribute("aria-label"))
    for choice in explorer.locator("select").all():
        if choice.locator("option").count() < 2:
            continue
        chosen = choice.input_value()
        choice.focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_function(
            "([node, before]) => node.value !== before", arg=[choice.element_handle(), chosen], timeout=5_000
        )
    assert start_again(page, explorer, name) == first
    assert page.locator(".jp-Cell").count() == cells
    assert faults_of_ours(page) == []


def start_again(page, explorer, name):
    """Reset by keyboard, and wait until the first picture is back."""
    explorer.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    first = FIRST_NUMBERS[name]
    explorer.locator(".cc-key-numbers").filter(has_text=first).wait_for()
    page.wait_for_timeout(150)
    return state_of(explorer)


def _changed(page, explorer, before, what):
    """Numbers follow each control; picture and text, too, but for experience, which has a number only."""
    page.wait_for_function(
        """([node, before]) => node.querySelector('.cc-key-numbers').textContent
            + node.querySelector('.cc-table').textContent !== before""",
        arg=[explorer.element_handle(), before["numbers"]],
        timeout=10_000,
    )
    after = state_of(explorer)
    if not re.search(r"diversity|variety|experience", what, re.I):
        assert after["picture"] != before["picture"], what
        assert after["text"] != before["text"], what


@EXPLORERS
def test_text_is_announced_after_the_hand_rests(server, kind, open_page, name):
    """A screen reader hears the finding once, politely, and not at every step."""
    page = open_page()
    explorer = open_explorer(page, server, kind, name)
    spoken = explorer.get_by_role("status")
    assert spoken.text_content() == ""
    explorer.locator("input[type=range]").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert spoken.text_content() == ""
    page.wait_for_function("node => node.textContent !== ''", arg=spoken.element_handle(), timeout=5_000)
    assert spoken.text_content().startswith(state_of(explorer)["headline"])


def test_bad_number_shows_a_sentence_and_the_picture_stays(server, kind, open_page):
    """The alert names the range; Reset clears it."""
    page = open_page()
    explorer = open_explorer(page, server, kind, "participation")
    before = state_of(explorer)
    explorer.get_by_label("Junior adviser: puts in, as a number").fill("9")
    alert = explorer.locator("[role=alert]")
    alert.filter(has_text="must be between 0 and 2 (value); got 9").wait_for()
    assert state_of(explorer) == before
    explorer.get_by_role("button", name="Reset").click()
    alert.filter(has_text=re.compile("^$")).wait_for(state="attached")


def test_pinned_scenario_stays_in_grey_beside_the_next(server, kind, open_page):
    """Compare before and after in one picture and one table."""
    page = open_page()
    explorer = open_explorer(page, server, kind, "participation")
    explorer.get_by_role("button", name="Pin").click()
    before = state_of(explorer)
    explorer.get_by_label("Scenario").select_option("after")
    wait_for_change(page, explorer, before)
    row = explorer.locator(".cc-key-numbers tr", has_text="Value created together")
    assert row.locator("td").all_text_contents() == ["8.00", "4.00"]
    assert explorer.locator(".cc-pinned path").count() == 4
    explorer.get_by_role("button", name="Unpin").click()
    explorer.locator(".cc-pinned path").first.wait_for(state="hidden")


@EXPLORERS
def test_downloads_hold_picture_and_numbers(server, kind, open_page, name):
    """The PNG is a picture of useful size; the CSV says values, numbers, source and assumption."""
    page = open_page()
    explorer = open_explorer(page, server, kind, name)
    contents = {}
    for form in ("PNG", "CSV"):
        with page.expect_download() as download:
            explorer.get_by_role("button", name=f"Download {form}").click()
        assert download.value.suggested_filename == f"{name}.{form.lower()}"
        contents[form] = download.value.path().read_bytes()
    assert contents["PNG"].startswith(b"\x89PNG")
    assert int.from_bytes(contents["PNG"][16:20]) >= 1200  # pixels wide
    import csv

    rows = list(csv.reader(StringIO(contents["CSV"].decode("utf-8-sig"))))
    assert ["scenario", explorer.get_by_label("Scenario").input_value()] in rows
    shown = explorer.locator(".cc-key-numbers tr").first
    assert [shown.locator("th").text_content(), shown.locator("td").first.text_content()] in rows
    assert {"source", "assumption"} <= {row[0] for row in rows if row}


@pytest.mark.parametrize("theme", ["light", "dark"], indirect=True)
@EXPLORERS
def test_axe_finds_nothing_to_object_to(server, kind, theme, open_page, name):
    """WCAG 2.2 A and AA inside our output: as it opens, with everything unfolded, and with a fault shown."""
    page = open_page()
    explorer = open_explorer(page, server, kind, name)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))

    def violations():
        return page.evaluate(
            """async (tags) => (await axe.run('section.cc', {runOnly: tags}))
                .violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 200)).join(' | ')}`)""",
            ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        )

    assert violations() == []
    explorer.locator("summary").click()
    explorer.get_by_role("button", name="Show numbers").click()
    explorer.get_by_role("button", name="Pin").click()
    explorer.locator("input[type=number]").first.fill("99")
    explorer.get_by_role("alert").filter(has_text="99").wait_for()
    assert violations() == []
    dark = explorer.evaluate("node => node.dataset.dark")
    assert dark == ("true" if theme == "dark" else "false")


@EXPLORERS
def test_targets_are_large_enough_for_a_thumb(server, kind, open_page, name):
    """WCAG 2.2 asks for 24 pixels."""
    page = open_page()
    explorer = open_explorer(page, server, kind, name)
    explorer.locator("summary").click()
    for target in explorer.locator("input, select, button, summary").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24, target.evaluate("node => node.outerHTML")


@pytest.mark.parametrize("kind", ["voila"], indirect=True)
@EXPLORERS
def test_phone_needs_no_scrolling_sideways(server, kind, open_page, name):
    """At 375 pixels controls stand above the picture, the panels below each other (JupyterLab is not for phones)."""
    page = open_page(width=375, height=800)
    explorer = open_explorer(page, server, kind, name)
    explorer.get_by_role("button", name="Pin").click()
    explorer.get_by_role("button", name="Show numbers").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    controls, picture = explorer.locator("form").bounding_box(), explorer.locator("svg[role=img]").bounding_box()
    assert controls["y"] + controls["height"] <= picture["y"]
    assert picture["x"] >= 0
    assert picture["x"] + picture["width"] <= 375
    assert picture["height"] > picture["width"]


@EXPLORERS
def test_picture_follows_the_hand(server, kind, open_page, name, capsys):
    """Sixty moves by keyboard: each arrives; the delay is printed, not asserted (a busy machine proves nothing)."""
    page = open_page()
    explorer = open_explorer(page, server, kind, name)
    delays = move_and_measure(page, explorer, 60)
    assert len(delays) == 60
    ordered = sorted(delays)
    with capsys.disabled():
        median, p95 = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
        print(f"\n{name} in {kind}: {median:.0f} ms median, {p95:.0f} ms p95 from key to picture, 60 moves")  # noqa: T201


def move_and_measure(page, explorer, moves):
    """Move the first slider and return the milliseconds from each input to the changed picture."""
    explorer.locator("input[type=range]").first.focus()
    return page.evaluate(MEASURE, [moves, "section.cc input[type=range]", "section.cc .cc-marks"])


MEASURE = """async ([moves, slider, picture]) => {
    const range = document.querySelector(slider);
    const watched = document.querySelector(picture);
    const delays = [];
    let up = true;
    for (let i = 0; i < moves; i++) {
        if (range.value === range.max) up = false;
        if (range.value === range.min) up = true;
        const changed = new Promise((done, failed) => {
            const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now()); });
            watch.observe(watched, {subtree: true, childList: true, attributes: true, characterData: true});
            setTimeout(() => failed(new Error(`move ${i} changed nothing in 5 s`)), 5000);
        });
        const from = performance.now();
        if (up) range.stepUp(); else range.stepDown();
        range.dispatchEvent(new Event('input', {bubbles: true}));
        delays.push(await changed - from);
        await new Promise((done) => setTimeout(done, 60));
    }
    return delays;
}"""
