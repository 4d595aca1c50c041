"""What a blind reader hears on the way through three explorers is what the page about it says."""

import re

import pytest

from tests.browser.conftest import page_of
from tests.browser.keyboard_walk import FILE, WALKS, document, transcript

pytestmark = pytest.mark.browser


def rows():
    """Return the rows of the page that has been written, as lists of cells."""
    return [[cell.strip() for cell in line.strip("|").split("|")]
            for line in FILE.read_text(encoding="utf-8").splitlines() if re.match(r"\| (?!keys)", line)]  # fmt: skip


def test_the_walk_says_the_same_today_in_both_frontends(chromium, server, kind):
    """Names, roles, values, descriptions and announcements, with all numbers."""
    with page_of(chromium) as page:
        assert document(transcript(page, server, kind)) == FILE.read_text(encoding="utf-8")


def test_each_step_has_words():
    """A step after which a screen reader stays silent would leave a reader in the dark."""
    assert len(rows()) == sum(len(steps) for steps in WALKS.values())
    steps = [step for steps in WALKS.values() for step in steps]
    for (_, focus, said), step in zip(rows(), steps, strict=True):
        assert re.match(r"\w.+, (combo box|slider|number field|button|region|switch)", focus), focus
        assert bool(said) == bool(step.speaks), said
