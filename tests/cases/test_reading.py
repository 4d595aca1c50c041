"""A case is read in parts: Part B must not be seen before the decision of Part A."""

import shutil

import pytest

from cocreate_teach import load_case
from cocreate_teach.errors import CaseError
from tests.cases.stories import STORIES


@pytest.mark.parametrize("name", STORIES)
def test_parts_follow_each_other_and_share_nothing(name):
    """Part A ends where Part B begins; together they are the case without its lists."""
    case = load_case(name)
    first, second, sources = (str(case.reading(part)) for part in ("A", "B", "sources"))
    assert first.startswith("### Part A")
    assert second.startswith("### Part B")
    assert sources.startswith("### Sources")
    body = case.text
    for part in (first, second, sources):
        for line in filter(None, part.splitlines()):
            assert line.lstrip("# ") in body
    assert "# Part B" not in first
    assert not set(filter(None, first.splitlines())) & set(filter(None, second.splitlines()))


@pytest.mark.parametrize("name", STORIES)
def test_no_heading_of_a_part_rises_above_a_lessons_sections(name):
    """Inside a lesson a part stands under a heading of level two."""
    for part in ("A", "B", "sources", "short"):
        for line in load_case(name).reading(part)._repr_markdown_().splitlines():
            assert not line.startswith(("# ", "## "))


def test_an_unknown_part_names_the_parts():
    """A slip is one sentence with what there is."""
    with pytest.raises(CaseError, match="'A', 'B', 'sources', 'short'"):
        load_case("bank").reading("C")


def test_a_heading_that_is_gone_is_named(tmp_path):
    """An edited case says which heading it lost."""
    shutil.copytree(load_case("bank").folder, tmp_path / "bank")
    text = tmp_path / "bank" / "case.md"
    text.write_text(text.read_text(encoding="utf-8").replace("## Part B", "## Later"), encoding="utf-8")
    with pytest.raises(CaseError, match="'## Part B' is missing"):
        load_case("bank", root=tmp_path).reading("B")
