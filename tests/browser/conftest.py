"""One Chromium and one server of each kind for all browser tests."""

from contextlib import ExitStack, contextmanager

import pytest

from tests.browser.servers import FLAGS, find_chromium, serve

CLASS = "Ann: 5382-K, Ben: 9090-U, Cem: 2041-A, Dora: 7763-T, on paper 1204 and 8865, Eve: 5382-X"
CELLS = {
    "class_round": f"from cocreate_teach import widgets\nwidgets.class_round({CLASS!r})",
    "investments": "from cocreate_teach import widgets\nwidgets.investments()",
    "funnel": "from cocreate_teach import widgets\nwidgets.funnel()",
    "ledger": "from cocreate_teach import widgets\nwidgets.ledger()",
    "loyalty": "from cocreate_teach import widgets\nwidgets.loyalty()",
    "word_of_mouth": "from cocreate_teach import widgets\nwidgets.word_of_mouth()",
    "adoption": "from cocreate_teach import widgets\nwidgets.adoption(case='healthcare_it')",
    "inequality": "from cocreate_teach import widgets\nwidgets.inequality()",
    "participation": "from cocreate_teach import widgets\nwidgets.participation(case='bank')",
    "voice": "from cocreate_teach import widgets\nwidgets.voice()",
    "stakeholders": "from cocreate_teach import widgets\nwidgets.stakeholders()",
    "involvement": "from cocreate_teach import widgets\nwidgets.involvement()",
    "business_model": "from cocreate_teach import widgets\nwidgets.business_model()",
    "value": "from cocreate_teach import widgets\nwidgets.value()",
    "scope": "from cocreate_teach import widgets\nwidgets.scope()",
    "tailoring": "from cocreate_teach import widgets\nwidgets.tailoring()",
}


# JupyterLab takes a minute a page, and a dark page is one more: in the ordinary tests these stand for all there.
# `make bench` opens the others, too.
SOME = ("participation", "stakeholders", "word_of_mouth")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the explorers that only long runs open in JupyterLab or in a dark page."""
    for item in items:
        given = item.callspec.params if hasattr(item, "callspec") else {}
        is_extra = given.get("kind") == "lab" or given.get("theme") == "dark"
        if is_extra and "kind" in given and given.get("name", SOME[0]) not in SOME:
            item.add_marker(pytest.mark.slow)


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


@contextmanager
def page_of(chromium, width=1280, height=900):
    """Open a page that collects what goes wrong in it, and close it."""
    context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(_told(message)) if message.type == "error" else None)
    yield page
    context.close()


@pytest.fixture
def open_page(chromium):
    """Open pages; they are closed after the test."""
    with ExitStack() as stack:
        yield lambda width=1280, height=900: stack.enter_context(page_of(chromium, width, height))


def _told(message):
    return f"{message.text} ({message.location.get('url', '')})"
