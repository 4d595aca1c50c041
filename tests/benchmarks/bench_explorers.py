"""From slider to pixels, and what a thousand moves leave in memory: writes docs/benchmarks/latency.{csv,md,png}.

Run it with ``python -m tests.benchmarks.bench_explorers`` on a quiet machine. The delay goes from the input event of
the slider to the first frame the browser paints after the picture has changed. Each explorer is measured as it is, with
its questions about the next steps held back, beside ``interactive_output`` with seaborn on the same picture, and beside
a slider that draws nothing (messages alone), in the same run. Goals: p95 at most 50 ms in JupyterLab and 35 ms in
Voila; less than 5 MB of kernel memory in 1,000 moves.
"""

import math
import os
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from cocreate_teach import widgets
from cocreate_teach.widgets.controls import Slider
from tests.benchmarks import latency_page
from tests.benchmarks.latency_page import Found, Row
from tests.benchmarks.slow_notebook import MESSAGES, seaborn_cell
from tests.browser.servers import FLAGS, Server, find_chromium, open_cell, serve

MOVES, THEIR_MOVES, WARM_UP, MEMORY_MOVES, MEMORY_WARM_UP = 60, 20, 5, 1000, 200
IN_A_KERNEL = ("participation", "involvement", "inequality")
UNMEASURED = ("canvas", "class_round")  # answers and codes are typed, not slid
LIVE = ".cc svg[role=img]"
MOVE = """async ([moves, pause]) => {
    const { watched, isNew } = window.watching();
    const delays = [];
    for (let i = 0; i < moves; i++) {
        const painted = new Promise((done) => {
            const watch = new MutationObserver(() => {
                if (!isNew()) return;
                watch.disconnect();
                requestAnimationFrame(() => { const c = new MessageChannel();
                    c.port1.onmessage = () => done(performance.now()); c.port2.postMessage(0); });
            });
            watch.observe(watched, {subtree: true, childList: true, attributes: true, characterData: true});
            setTimeout(() => { watch.disconnect(); done(NaN); }, 3000); // a step that changes nothing is not measured
        });
        const from = performance.now();
        window.moveOnce(i);
        delays.push(await painted - from);
        await new Promise((done) => setTimeout(done, pause));
    }
    return delays;
}"""
OURS = """() => {
    const range = document.querySelector('.cc input[type=range]');
    window.watching = () => ({ watched: document.querySelector('.cc .cc-marks'), isNew: () => true });
    window.moveOnce = (i) => {
        if (range.value === range.max) window.down = true;
        if (range.value === range.min) window.down = false;
        if (window.down) range.stepDown(); else range.stepUp();
        range.dispatchEvent(new Event('input', { bubbles: true }));
    };
}"""
HOLD_BACK = """() => {
    const send = WebSocket.prototype.send;
    const text = (message) => typeof message === 'string' ? message : new TextDecoder().decode(message);
    WebSocket.prototype.send = function (message) {
        if (!/"do": ?"ahead"/.test(text(message))) send.call(this, message);
    };
}"""
THEIRS = """() => {
    const handle = document.querySelector('.noUi-handle');
    const area = document.querySelector('.jupyter-widgets-output-area, .widget-output');
    let shown = '';
    window.watching = () => ({ watched: area, isNew: () => {
        const image = area.querySelector('img');
        if (!image || image.src === shown) return false;
        shown = image.src;
        return true;
    } });
    window.moveOnce = (i) => {
        shown = area.querySelector('img')?.src ?? '';
        const at = (name) => Number(handle.getAttribute(`aria-value${name}`));
        if (at('now') >= at('max')) window.down = true;
        if (at('now') <= at('min')) window.down = false;
        handle.dispatchEvent(new KeyboardEvent('keydown',
            { key: window.down ? 'ArrowLeft' : 'ArrowRight', bubbles: true, cancelable: true }));
    };
}"""


def measure(page: Page, script: str, moves: int) -> tuple[float, float]:
    """Return median and 95th percentile of the delay in milliseconds."""
    page.evaluate(script)
    page.evaluate(MOVE, [WARM_UP, 50])
    delays = sorted(delay for delay in page.evaluate(MOVE, [moves, 50]) if not math.isnan(delay))
    if len(delays) < 0.8 * moves:
        raise RuntimeError(f"only {len(delays)} of {moves} moves changed the picture; choose another slider")
    return statistics.median(delays), delays[int(0.95 * len(delays))]


def bench(browser: Browser, server: Server, kind: str, name: str) -> tuple[Row, tuple[float, float]]:
    """Measure one explorer with and without its looking ahead, and the same picture made with seaborn."""
    server.write(f"{name}-ours", f"from cocreate_teach import widgets\nwidgets.{name}()")
    server.write(f"{name}-seaborn", seaborn_cell(name))
    ours = opened(browser, server, kind, f"{name}-ours", OURS, LIVE, MOVES)
    asked = opened(browser, server, kind, f"{name}-ours", OURS, LIVE, MOVES, prepare=HOLD_BACK)
    theirs = opened(browser, server, kind, f"{name}-seaborn", THEIRS, ".noUi-handle", THEIR_MOVES)
    return Row(name, kind, *ours, *theirs), asked


def opened(
    browser: Browser, server: Server, kind: str, notebook: str, script: str, shown: str, moves: int, prepare: str = ""
) -> tuple[float, float]:
    """Open a notebook and measure it."""
    for _ in range(3):  # now and then a page of the baseline does not open in Voila
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        try:
            open_cell(page, server, kind, notebook, shown)
            break
        except TimeoutError:
            page.close()
    page.wait_for_timeout(1000)
    if prepare:
        page.evaluate(prepare)
    found = measure(page, script, moves)
    page.close()
    return found


def resident(process: int | str) -> float:
    """Return the megabytes that a process holds in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def grown_kernel(browser: Browser, server: Server, name: str) -> float:
    """Return the megabytes by which a kernel of Voila grows while a hand moves an explorer 1,000 times."""
    number = server.notebooks / f"{name}.pid"
    server.write(
        f"{name}-memory",
        f"import os, pathlib\nfrom cocreate_teach import widgets\n"
        f"pathlib.Path({str(number)!r}).write_text(str(os.getpid()))\nwidgets.{name}()",
    )
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    open_cell(page, server, "voila", f"{name}-memory", LIVE)
    page.evaluate(OURS)
    kernel = number.read_text()
    page.evaluate(MOVE, [MEMORY_WARM_UP, 5])
    start = resident(kernel)
    page.evaluate(MOVE, [MEMORY_MOVES, 5])
    grew = resident(kernel) - start
    page.close()
    return grew


def grown(name: str) -> float:
    """Return the megabytes by which a process grows in 1,000 moves of an explorer."""
    import gc

    explorer = getattr(widgets, name)()
    control = next(control for control in explorer._topic.controls if isinstance(control, Slider))
    start = 0.0
    for move in range(MEMORY_MOVES + MEMORY_WARM_UP):
        if move == MEMORY_WARM_UP:
            gc.collect()
            start = resident("self")
        explorer.set_state(
            {
                "values": dict(explorer.values)
                | {control.name: control.low + (control.high - control.low) * (move % 50) / 50}
            }
        )
    gc.collect()
    return resident("self") - start


def main() -> None:
    """Measure everything; write the table, the figure and the page of figures."""
    path = find_chromium()
    if path is None:
        sys.exit("the benchmark needs Chromium: install the package chromium")
    names = sys.argv[1:] or [name for name in widgets.__all__ if name not in UNMEASURED]
    rows: list[Row] = []
    asked: dict[tuple[str, str], tuple[float, float]] = {}
    messages: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for kind in ("lab", "voila"):
            with serve(kind, Path(folder) / kind) as server:
                server.write("messages", MESSAGES)
                messages[kind] = opened(browser, server, kind, "messages", OURS, LIVE, MOVES)
                print(f"messages alone in {kind}: {messages[kind][0]:.0f} / {messages[kind][1]:.0f} ms", flush=True)
                for name in names:
                    row, asked[name, kind] = bench(browser, server, kind, name)
                    rows.append(row)
                    print(row, "asked", asked[name, kind], flush=True)
                if kind == "voila":
                    kernels = {name: grown_kernel(browser, server, name) for name in IN_A_KERNEL}
        browser.close()
    grew = {name: grown(name) for name in names}
    latency_page.write(Found(rows, asked, messages, grew, kernels))


if __name__ == "__main__":
    main()
