"""Download my work in a real page: one button, one file, and a sentence that a screen reader hears."""

import io
import zipfile

import pytest

from tests.browser.conftest import page_of
from tests.browser.servers import open_cell

pytestmark = pytest.mark.browser
CELL = "from cocreate_teach import my_work\nmy_work()"


def test_one_press_takes_everything_home(chromium, server, kind):
    """By keyboard; the answers are in the file, and the page says which files it holds."""
    server.write("my_work", CELL)
    server.write("my_answers", "q1 = 42  # mine")
    with page_of(chromium) as page:
        open_cell(page, server, kind, "my_work", "section.cc button")
        button = page.get_by_role("button", name="Download my work")
        button.focus()
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename.startswith("my-work-20")
        with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as packed:
            assert "q1 = 42  # mine" in packed.read("notebooks/my_answers.ipynb").decode()
        page.get_by_role("status").filter(has_text="files (").wait_for()
