"""The pages that show all explorers leave none out, and say what the library says."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat

from cocreate_teach import widgets
from tests.widgets.explorers_page import PAGE, table

GALLERY = Path(__file__).parents[2] / "notebooks" / "09_explorers.ipynb"


def test_the_gallery_shows_every_explorer_with_two_lines():
    """One that is not there is compared by nothing when a number changes."""
    cells = nbformat.read(GALLERY, as_version=4).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    assert sorted(code) == sorted(f"from cocreate_teach import widgets\n\nwidgets.{name}()" for name in widgets.__all__)
    for before, cell in pairwise(cells):
        assert cell.cell_type != "code" or "*Look for:*" in before.source


def test_the_gallery_stays_small():
    """Each picture is stored twice; beyond 1.5 MB a page on the web takes too long to open."""
    assert GALLERY.stat().st_size < 1_500_000


def test_the_table_of_explorers_is_what_the_library_has():
    """Questions, models, cases and assumptions are read from the explorers (renew: see explorers_page)."""
    found = re.search(r"(?m)^\| explorer .*\n(?:\|.*\n)+", PAGE.read_text(encoding="utf-8"))
    assert found
    assert found[0] == table()
