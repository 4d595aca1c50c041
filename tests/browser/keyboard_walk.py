"""A walk through three explorers by keyboard alone, with what a screen reader is told at each step.

Run it with ``python -m tests.browser.keyboard_walk``: it writes docs/benchmarks/keyboard_walk.md. What is told comes
from Chromium's accessibility tree (role, name, value, state, description of what has the focus) and from the live
regions of the explorer, which a screen reader reads without being asked.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser.servers import FLAGS, Server, find_chromium, open_explorer, serve

FILE = Path(__file__).parents[2] / "docs" / "benchmarks" / "keyboard_walk.md"
SPOKEN_ROLES = {"ComboBoxSelect": "combo box", "combobox": "combo box", "spinbutton": "number field",
                "DisclosureTriangle": "disclosure triangle", "checkbox": "check box"}  # fmt: skip
STATES = {"expanded": ("collapsed", "expanded"), "pressed": ("not pressed", "pressed"),
          "checked": ("off", "on"), "invalid": ("", "invalid")}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Keys to press, or the name of what Tab leads to; which live region speaks then, if any."""

    keys: tuple[str, ...] = ()
    to: str = ""
    speaks: str = ""


def press(key: str, times: int = 1) -> Step:
    """Press a key that changes something to be announced."""
    return Step(keys=(key,) * times, speaks="status")


def quiet(key: str) -> Step:
    """Press a key that changes only what has the focus."""
    return Step(keys=(key,))


def overwrite(text: str) -> Step:
    """Type over a number, with a fault that is told at once."""
    return Step(keys=("Control+a", *text), speaks="alert")


def tab_to(name: str) -> Step:
    """Press Tab until this is reached."""
    return Step(to=name)


WALKS = {
    "participation": (
        tab_to("Scenario"), press("ArrowDown"),
        tab_to("Junior adviser: puts in"), press("End"),
        tab_to("Junior adviser: puts in, as a number"), overwrite("9"),
        tab_to("Reset"), press("Enter"),
        tab_to("Pin"), quiet("Enter"),
        tab_to("Show numbers"), quiet("Enter"),
        tab_to("Numbers behind the picture"),
    ),
    "stakeholders": (
        tab_to("Scenario"),
        tab_to("employee"), press("ArrowRight", 6), press("ArrowDown", 6), press("Home"),
    ),
    "adoption": (
        tab_to("Scenario"), press("ArrowDown"),
        tab_to("Reset"), press("Enter"),
        tab_to("Show numbers"), quiet("Enter"), tab_to("Numbers behind the picture"),
    ),
}  # fmt: skip


def told(page: Page) -> str:
    """Return what a screen reader says of the element that has the focus: name, role, value, states, description."""
    session = page.context.new_cdp_session(page)
    focused = session.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    node = session.send("Accessibility.getPartialAXTree", {"objectId": focused, "fetchRelatives": False})["nodes"][0]
    session.detach()
    role = _text(node, "role")
    # DevTools leave aria-valuetext empty; readers hear it in place of the value.
    text = page.evaluate("document.activeElement.getAttribute('aria-valuetext')") or _text(node, "value")
    known = {entry["name"]: entry["value"].get("value") for entry in node.get("properties", [])}
    parts = [_text(node, "name"), SPOKEN_ROLES.get(role, role), text]
    for state, (off, on) in STATES.items():
        if state in known and not (role == "slider" and state == "invalid"):
            parts.append(on if str(known[state]).lower() == "true" else off)
    return ", ".join(part for part in [*parts, _text(node, "description")] if part)


def _text(node: dict[str, Any], what: str) -> str:
    value = node.get(what, {}).get("value", "")
    return f"{value:.6g}" if isinstance(value, float | int) else str(value).strip()


def walk(explorer: Locator, steps: tuple[Step, ...]) -> Iterator[tuple[str, str, str]]:
    """Take the steps; yield the keys, what has the focus then, and what is announced."""
    page = explorer.page
    enter(explorer)
    for step in steps:
        before = explorer.get_by_role("status").text_content()
        count = 0
        while step.to and not told(page).startswith(f"{step.to}, "):
            page.keyboard.press("Tab")
            count += 1
            if count > 80:
                raise AssertionError(f"Tab does not lead to {step.to}; it is at {told(page)}")
        for key in step.keys:
            page.keyboard.press(key)
        said = ""
        if step.speaks == "alert":
            alert = explorer.get_by_role("alert").filter(has_text="must")
            alert.wait_for(timeout=10_000)
            said = f"At once: {alert.text_content()}"
        elif step.speaks:
            said = announced(explorer, before)
        pressed = step.keys or ("Tab",) * count
        same = len(pressed) > 1 and len(set(pressed)) == 1
        yield f"{pressed[0]} × {len(pressed)}" if same else ", ".join(pressed), told(page), said


def enter(explorer: Locator) -> None:
    """Walk from the page, or from the cell in JupyterLab, into the explorer."""
    page = explorer.page
    if page.locator(".jp-Notebook").count():
        page.keyboard.press("Escape")
    for _ in range(60):
        if explorer.evaluate("node => node.contains(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead into the explorer")


def announced(explorer: Locator, before: str | None) -> str:
    """Wait until the live region says the finding that stands above the picture, and nothing moves any more."""
    explorer.page.wait_for_function(
        """([node, before]) => {
            const said = node.querySelector('[role=status]').textContent;
            const now = ['.cc-headline', '.cc-key-numbers'].map(part => node.querySelector(part).textContent).join();
            if (now !== node.nowBefore) node.since = performance.now();
            node.nowBefore = now;
            return said !== before && said.startsWith(node.querySelector('.cc-headline').textContent)
                && performance.now() - node.since > 900;
        }""",
        arg=[explorer.element_handle(), before],
        timeout=20_000,
    )
    return str(explorer.get_by_role("status").text_content())


def transcript(page: Page, server: Server, kind: str) -> str:
    """Walk through the three explorers in one frontend; return the tables."""
    lines = []
    for name, steps in WALKS.items():
        server.write(f"walk-{name}", f"from cocreate_teach import widgets\nwidgets.{name}()")
        explorer = open_explorer(page, server, kind, f"walk-{name}")
        lines += ["", f"## {name.capitalize()}", "", "| keys | what has the focus | announced |", "|---|---|---|"]
        lines += [f"| {keys or 'Tab'} | {focus} | {said} |" for keys, focus, said in walk(explorer, steps)]
    return "\n".join(lines)


def document(walked: str) -> str:
    """Return the page."""
    return (
        "# By keyboard alone, and without seeing it\n\n"
        "Three explorers, walked through with the keyboard. The second column is what Chromium's accessibility tree\n"
        "says of the element with the focus: name, role, value, state, description. The third is what the live region\n"
        "says after the hand has rested. A screen reader reads both, in words of its own; none was used here.\n"
        "A test takes the same walk in JupyterLab and in Voila, and finds the same words.\n\n"
        "Made with `python -m tests.browser.keyboard_walk`.\n"
        f"{walked}\n"
    )


def main() -> None:
    """Walk in Voila and write the page."""
    path = find_chromium()
    if path is None:
        sys.exit("the walk needs Chromium: install the package chromium")
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright, serve("voila", Path(home)) as server:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        FILE.write_text(document(transcript(browser.new_page(), server, "voila")), encoding="utf-8")
        browser.close()


if __name__ == "__main__":
    main()
