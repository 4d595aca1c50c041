"""One Chromium and one server of each kind for all browser tests."""

import pytest

from tests.browser.servers import FLAGS, find_chromium, serve

CELLS = {
    "participation": "from cocreate_teach import widgets\nwidgets.participation(case='bank')",
    "voice": "from cocreate_teach import widgets\nwidgets.voice()",
}


@pytest.fixture(scope="session")
def chromium():
    """Drive Debian's Chromium by Playwright."""
    path = find_chromium()
    if path is None:
        pytest.skip("the browser tests need Chromium: install the package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=["voila", "lab"])
def kind(request):
    """Show an explorer here."""
    return request.param


@pytest.fixture(scope="session")
def theme(request):
    """Show the page in this theme; light unless a test asks for both."""
    return getattr(request, "param", "light")


@pytest.fixture(scope="session")
def server(chromium, kind, theme, tmp_path_factory):
    """Run a server with a notebook for each explorer."""
    with serve(kind, tmp_path_factory.mktemp(f"{kind}-{theme}"), theme) as running:
        for name, cell in CELLS.items():
            running.write(name, cell)
        yield running


@pytest.fixture
def open_page(chromium):
    """Open pages that collect what goes wrong in them; closed after the test."""
    contexts = []

    def open_one(width=1280, height=900):
        context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(_told(message)) if message.type == "error" else None)
        return page

    yield open_one
    for context in contexts:
        context.close()


def _told(message):
    return f"{message.text} ({message.location.get('url', '')})"
