"""Every explorer in a real JupyterLab and a real Voila: drawn, moved by keyboard alone, readable by everybody.

Opening a page takes longer than any check, so all checks of an explorer in one frontend share a page; each begins with
the explorer as it opened.
"""

import csv
import re
import statistics
from importlib.resources import files
from io import StringIO

import pytest

from cocreate_teach import widgets
from tests.browser.conftest import CELLS, page_of
from tests.browser.servers import open_explorer

pytestmark = pytest.mark.browser

NOT_OURS = re.compile(r"ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|favicon|/static/|cdn")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WITHOUT_SLIDER = {"canvas"}
STATE = """node => ({
    picture: [...node.querySelector('.cc-marks').children]
        .filter(mark => mark.style.display !== 'none')
        .map(mark => ['d', 'x', 'y', 'fill', 'stroke-width'].map(name => mark.getAttribute(name)).join(' ')
            + mark.textContent).join('|'),
    text: node.querySelector('svg[role=img]').getAttribute('aria-label'),
    headline: node.querySelector('.cc-headline').textContent,
    numbers: node.querySelector('.cc-key-numbers').textContent + node.querySelector('.cc-table').textContent,
})"""
UNTIL = """([node, known, same, quiet]) => {
    const now = JSON.stringify((STATE)(node));
    if ((now === known) !== same || now !== node.stateBefore) node.steadySince = performance.now();
    node.stateBefore = now;
    return (now === known) === same && performance.now() - node.steadySince >= quiet;
}""".replace("STATE", STATE)


def state_of(explorer):
    """Return what picture, text and numbers are now."""
    return explorer.evaluate(STATE)


def wait_until(explorer, state, *, same, quiet=100):
    """Wait until the explorer shows this state (or another one), and has rested for some milliseconds."""
    known = explorer.evaluate("(node, state) => JSON.stringify(state)", state)
    arguments = [explorer.element_handle(), known, same, quiet]
    explorer.page.wait_for_function(UNTIL, arg=arguments, timeout=10_000)
    return state_of(explorer)


@pytest.fixture(scope="module", params=sorted(CELLS))
def name(request):
    """Show this explorer."""
    return request.param


@pytest.fixture(scope="module")
def opened(chromium, server, kind, name):
    """Open an explorer, once for all checks of it in this frontend; with its first state."""
    with page_of(chromium) as page:
        explorer = open_explorer(page, server, kind, name)
        assert explorer.get_by_role("status").text_content() == ""  # nobody has moved anything
        yield explorer, state_of(explorer)


@pytest.fixture(scope="module")
def opened_participation(chromium, server, kind):
    """Open the explorer of participation, for checks that need its numbers."""
    with page_of(chromium) as page:
        explorer = open_explorer(page, server, kind, "participation")
        yield explorer, state_of(explorer)


@pytest.fixture
def explorer(opened):
    """Return the explorer as it opened: nothing unfolded, pinned or moved."""
    return as_opened(*opened)


@pytest.fixture
def participation(opened_participation):
    """Return the explorer of participation as it opened."""
    return as_opened(*opened_participation)


def as_opened(explorer, first):
    """Fold, unpin and reset an explorer."""
    explorer.page.set_viewport_size({"width": 1280, "height": 900})
    explorer.evaluate("node => node.querySelectorAll('details[open]').forEach(one => { one.open = false; })")
    for button in (explorer.get_by_role("button", name="Unpin"), explorer.locator("button[aria-expanded=true]")):
        if button.count():
            button.click()
    start_again(explorer, first)
    return explorer


def start_again(explorer, first):
    """Reset by keyboard, and wait until the first picture is back."""
    explorer.get_by_role("button", name="Reset").focus()
    explorer.page.keyboard.press("Enter")
    return wait_until(explorer, first, same=True)


def test_no_explorer_is_left_out():
    """One that is not named here would be seen by nobody."""
    assert set(CELLS) - WITHOUT_SLIDER == set(widgets.__all__) - WITHOUT_SLIDER


def test_each_control_works_by_keyboard_alone_and_moves_picture_and_text(explorer):
    """A reader without a mouse explores everything; in JupyterLab no shortcut of the notebook gets in the way."""
    page = explorer.page
    cells = page.locator(".jp-Cell").count()
    first = state_of(explorer)
    for fold in explorer.locator("summary").all():
        fold.focus()
        page.keyboard.press("Enter")
    for pair in explorer.locator(".cc-pair").all():
        slider, field = pair.locator("input[type=range]"), pair.locator("input[type=number]")
        what = field.get_attribute("aria-label")
        can_fall = float(field.input_value()) > float(field.get_attribute("min"))
        field.focus()
        for _ in range(8):
            page.keyboard.press("ArrowDown" if can_fall else "ArrowUp")
        lower = _changed(explorer, first, what)
        slider.focus()
        page.keyboard.press("End" if can_fall else "Home")
        _changed(explorer, lower, what)
        assert slider.input_value() == slider.get_attribute("max" if can_fall else "min")
        assert start_again(explorer, first) == first
    for choice in explorer.locator("select").all():
        if choice.locator("option").count() < 2:
            continue
        chosen = choice.input_value()
        choice.focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_function(
            "([node, before]) => node.value !== before", arg=[choice.element_handle(), chosen], timeout=5_000
        )
        page.wait_for_timeout(150)
    assert start_again(explorer, first) == first
    assert page.locator(".jp-Cell").count() == cells
    assert [fault for fault in page.faults if not NOT_OURS.search(fault)] == []  # icons and formulas come from afar


def _changed(explorer, before, what):
    """Numbers follow each control; picture and text, too, but for experience, which has a number only."""
    after = wait_until(explorer, before, same=False)
    assert after["numbers"] != before["numbers"], what
    if not re.search(r"diversity|variety|experience", what, re.I):
        assert after["picture"] != before["picture"], what
        assert after["text"] != before["text"], what
    return after


def test_text_is_announced_after_the_hand_rests(explorer):
    """A screen reader hears the finding once, politely, and not at every step."""
    page = explorer.page
    spoken = explorer.get_by_role("status")
    page.wait_for_timeout(900)  # what came before is said by now
    before = spoken.text_content()
    explorer.locator("input[type=range]").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert spoken.text_content() == before
    page.wait_for_function(
        "([node, before]) => node.textContent !== before", arg=[spoken.element_handle(), before], timeout=5_000
    )
    assert spoken.text_content().startswith(state_of(explorer)["headline"])


def test_downloads_hold_picture_and_numbers(explorer, name):
    """The PNG is a picture of useful size; the CSV says values, numbers, source and assumption."""
    contents = {}
    for form in ("PNG", "CSV"):
        with explorer.page.expect_download() as download:
            explorer.get_by_role("button", name=f"Download {form}").click()
        assert download.value.suggested_filename == f"{name}.{form.lower()}"
        contents[form] = download.value.path().read_bytes()
    assert contents["PNG"].startswith(b"\x89PNG")
    assert int.from_bytes(contents["PNG"][16:20]) >= 1200  # pixels wide
    rows = list(csv.reader(StringIO(contents["CSV"].decode("utf-8-sig"))))
    assert ["scenario", explorer.get_by_label("Scenario").input_value()] in rows
    shown = explorer.locator(".cc-key-numbers tr").first
    assert [shown.locator("th").text_content(), shown.locator("td").first.text_content()] in rows
    assert {"source", "assumption"} <= {row[0] for row in rows if row}


def test_axe_finds_nothing_to_object_to(explorer, kind):
    """WCAG 2.2 A and AA inside our output, in light and, where a page can change its theme, in dark."""
    assert_axe_is_content(explorer, dark=False)
    if kind == "lab":
        change = "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })"
        explorer.page.evaluate(change, "JupyterLab Dark")
        explorer.page.locator("section.cc[data-dark=true]").wait_for()
        assert_axe_is_content(explorer, dark=True)
        explorer.page.evaluate(change, "JupyterLab Light")
        explorer.page.locator("section.cc[data-dark=false]").wait_for()


def assert_axe_is_content(explorer, *, dark):
    """Let axe look at the explorer: as it opens, with everything unfolded, and with a fault shown."""
    explorer.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    look = """async (node, tags) => { const found = await axe.run(node, {runOnly: tags}); return [found.passes.length,
        found.violations.map(one => `${one.id}: ${one.nodes.map(part => part.html.slice(0, 200)).join(' | ')}`)]; }"""

    def violations():
        passed, found = explorer.evaluate(look, RULES)
        assert passed > 10  # it did look
        return found

    assert explorer.evaluate("node => node.dataset.dark") == str(dark).lower()
    assert violations() == []
    explorer.evaluate("node => node.querySelectorAll('details').forEach(one => { one.open = true; })")
    for button in ("Show numbers", "Pin"):
        there = explorer.get_by_role("button", name=button, exact=True)
        if there.count() and there.get_attribute("aria-expanded") != "true":
            there.click()
    explorer.locator("input[type=number]").first.fill("99999")
    explorer.get_by_role("alert").filter(has_text="99999").wait_for()
    assert violations() == []


def test_targets_are_large_enough_for_a_thumb(explorer):
    """WCAG 2.2 asks for 24 pixels; Run and Cancel are hidden where nothing is slow."""
    small = explorer.evaluate(
        """node => {
            node.querySelectorAll('details').forEach(one => { one.open = true; });
            const targets = [...node.querySelectorAll('input, select, button, summary')]
                .filter(one => one.checkVisibility());
            return [targets.length, targets.filter(one => {
                const { width, height } = one.getBoundingClientRect();
                return Math.min(width, height) < 24;
            }).map(one => one.outerHTML)];
        }"""
    )
    assert small[0] > 8
    assert small[1] == []


@pytest.mark.parametrize("kind", ["voila"], indirect=True)
def test_phone_needs_no_scrolling_sideways(explorer):
    """At 375 pixels controls stand above the picture, the panels below each other (JupyterLab is not for phones)."""
    page = explorer.page
    page.set_viewport_size({"width": 375, "height": 800})
    page.wait_for_function(
        """node => { const { width, height } = node.querySelector('svg[role=img]').getBoundingClientRect();
            return height > width; }""",
        arg=explorer.element_handle(),
    )
    explorer.get_by_role("button", name="Pin").click()
    explorer.get_by_role("button", name="Show numbers").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    controls, picture = explorer.locator("form").bounding_box(), explorer.locator("svg[role=img]").bounding_box()
    assert controls["y"] + controls["height"] <= picture["y"]
    assert picture["x"] >= 0
    assert picture["x"] + picture["width"] <= 375
    buttons, headline = explorer.get_by_role("button", name="Reset"), explorer.locator(".cc-headline")
    buttons.evaluate("node => node.scrollIntoView({ block: 'end' })")
    said, control = headline.bounding_box(), buttons.bounding_box()
    assert 0 <= said["y"] <= said["y"] + said["height"] < control["y"]  # a hand sees what it changes


HOLD_BACK = """() => {
    const send = WebSocket.prototype.send;
    const waiting = [];
    WebSocket.prototype.send = function (message) { waiting.push([this, message]); };
    window.letGo = () => {
        WebSocket.prototype.send = send;
        for (const [socket, message] of waiting) socket.send(message);
        return waiting.length;
    };
}"""


def test_the_next_steps_are_drawn_before_the_kernel_hears_of_them(explorer):
    """What lies a few steps away has been looked ahead for: a kernel far away, as on Binder, makes no hand wait."""
    page = explorer.page
    slider = explorer.locator("input[type=range]").first
    first = state_of(explorer)
    slider.focus()
    page.wait_for_timeout(1000)
    key = "ArrowRight" if slider.input_value() != slider.get_attribute("max") else "ArrowLeft"
    page.evaluate(HOLD_BACK)
    for _ in range(4):
        page.keyboard.press(key)
    before = state_of(explorer)
    assert page.evaluate("() => window.letGo()") > 0
    assert before["picture"] != first["picture"]
    assert before["numbers"] != first["numbers"]
    page.wait_for_timeout(700)
    assert state_of(explorer) == before  # the kernel says the same


def test_picture_follows_the_hand(explorer, kind, name, capsys):
    """Thirty moves, each arrives; the delay is printed, not asserted (a busy machine proves nothing)."""
    explorer.locator("input[type=range]").first.focus()
    delays = sorted(explorer.evaluate(MEASURE, 30))
    assert len(delays) == 30
    with capsys.disabled():
        median, p95 = statistics.median(delays), delays[int(0.95 * len(delays))]
        print(f"\n{name} in {kind}: {median:.0f} ms median, {p95:.0f} ms p95 from key to picture, 30 moves")  # noqa: T201


MEASURE = """async (node, moves) => {
    const range = node.querySelector('input[type=range]');
    const watched = node.querySelector('.cc-marks');
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


def test_bad_number_shows_a_sentence_and_the_picture_stays(participation):
    """The alert names the range; Reset clears it."""
    before = state_of(participation)
    participation.get_by_label("Junior adviser: puts in, as a number").fill("9")
    alert = participation.locator("[role=alert]")
    alert.filter(has_text="must be between 0 and 2 (value); got 9").wait_for()
    assert state_of(participation) == before
    participation.get_by_role("button", name="Reset").click()
    alert.filter(has_text=re.compile("^$")).wait_for(state="attached")


def test_pinned_scenario_stays_in_grey_beside_the_next(participation):
    """Compare before and after in one picture and one table."""
    participation.get_by_role("button", name="Pin").click()
    before = state_of(participation)
    participation.get_by_label("Scenario").select_option("after")
    wait_until(participation, before, same=False)
    row = participation.locator(".cc-key-numbers tr", has_text="Value created together")
    assert row.locator("td").all_text_contents() == ["8.00", "4.00"]
    assert participation.locator(".cc-pinned path").count() == 4
    participation.get_by_role("button", name="Unpin").click()
    participation.locator(".cc-pinned path").first.wait_for(state="hidden")


@pytest.mark.parametrize("kind", ["voila"], indirect=True)
def test_a_wrong_preset_is_a_sentence_in_the_page(chromium, server, kind):
    """Who misspells a preset reads which ones there are, and no traceback."""
    server.write("wrong", "from cocreate_teach import widgets\nwidgets.participation(preset='midday')")
    with page_of(chromium) as page:
        page.goto(f"{server.address}/voila/render/wrong.ipynb")
        page.get_by_text("has no preset 'midday' for this explorer; it has before, after").wait_for(timeout=60_000)
        assert "Traceback" not in page.locator("body").text_content()


@pytest.mark.parametrize("kind", ["voila"], indirect=True)
@pytest.mark.parametrize("theme", ["dark"], indirect=True)
def test_axe_finds_nothing_to_object_to_in_a_dark_page(opened):
    """A page of Voila keeps its theme, so that dark is a page of its own."""
    assert_axe_is_content(opened[0], dark=True)
