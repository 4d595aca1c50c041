"""A case is read in parts: Part B must not be seen before the decision of Part A."""

import re
import shutil

import pandas as pd
import pytest

from cocreate_teach import load_case
from cocreate_teach.cases import case_names
from cocreate_teach.cases.plain import case_text, part_text, text_table
from cocreate_teach.cases.reading import mentioned
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
    body = case.narrative
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


@pytest.mark.parametrize("name", STORIES)
def test_every_exhibit_is_mentioned_and_belongs_to_one_part(name):
    """An exhibit that no text mentions is decoration; one of Part B must not be seen with Part A."""
    case = load_case(name)
    parts = [case.exhibits_of(part) for part in ("A", "B", "epilogue")]
    assert sorted(number for numbers in parts for number in numbers) == list(case.exhibit_numbers)
    assert set(case.exhibit_numbers) <= set(mentioned(case.narrative))
    assert parts[0] and parts[1]
    assert set(parts[0]) == set(mentioned(str(case.reading("A"))))
    assert not set(parts[1]) & set(mentioned(str(case.reading("A"))))
    assert not set(parts[2]) & set(mentioned(str(case.reading("B"))))


def test_ranges_lists_and_repetitions_of_exhibits_are_understood():
    """Authors write Exhibits 4, 5 and 6, Exhibits 9 to 11, and Exhibit 4 once more; a year is no exhibit."""
    assert mentioned("Exhibits 4, 5, and 6; Exhibits 9 to 11 (exhibit 4) in 2009. Exhibition 7.") == [
        4,
        5,
        6,
        9,
        10,
        11,
    ]


def test_an_unknown_part_has_no_exhibits():
    """A slip is one sentence with what there is."""
    with pytest.raises(CaseError, match="has no exhibits of 'C'; its parts are 'A', 'B', 'epilogue': choose one"):
        load_case("bank").exhibits_of("C")


@pytest.mark.parametrize("name", STORIES)
def test_what_gives_the_outcome_away_is_folded_or_left_out(name):
    """A student who looks at the case in class sees the titles of Part A only."""
    case = load_case(name)
    html, text = case._repr_html_(), " ".join(str(case).split())
    opened = re.sub(r"<details>.*?</details>", "", html, flags=re.S)
    for number in case.exhibit_numbers:
        title = case.exhibit(number).title
        assert (f"Exhibit {number}: " in opened) == (number in case.exhibits_of("A"))
        assert f"Exhibit {number}: " in html
        assert (title in text) == (number in case.exhibits_of("A"))


@pytest.mark.parametrize("name", case_names())
def test_a_case_at_a_glance_has_what_a_lecturer_decides_by(name):
    """People with power and interest, tables with their rows, sources with licence, and nothing from outside."""
    case = load_case(name)
    html, text = case._repr_html_(), " ".join(str(case).split())
    assert html.count("<details>") == html.count("</details>")
    assert len(re.findall("<caption[ >]", html)) == html.count("<table")
    assert html.count('<th scope="row"') == html.count("<tr>") - html.count("<thead>")
    assert not re.search(r"(?:src|srcset)=|<script|<style|url\(", html)
    for table in case.table_names:
        assert f"{len(case.table(table)):,}" in html
        assert f"({len(case.table(table)):,} rows)" in text
    for licence in case.sources["licence"]:
        assert " ".join(licence.split()) in text
    if case.kind != "tables":
        for who in case.stakeholders["name"]:
            assert who in text and who in html
        assert case.invented and " ".join(case.invented.split()) in text


@pytest.mark.parametrize("name", case_names())
@pytest.mark.parametrize("width", [60, 140])
def test_plain_text_keeps_to_the_width_of_the_terminal(name, width):
    """A line that the terminal breaks cannot be read as a table."""
    case = load_case(name)
    texts = [case_text(case, width), *(case.exhibit(n).to_text(max(width, 80)) for n in case.exhibit_numbers)]
    texts += [part_text(case, "A", width)] if case.kind != "tables" else []
    limits = [width, *[max(width, 80)] * len(case.exhibit_numbers), width]
    for text, limit in zip(texts, limits[: len(texts)], strict=True):
        assert max(map(len, text.splitlines())) <= limit
        assert not re.search(r"\bnan\b|\{\{|<td", text)


def test_cells_of_a_text_table_go_on_below_and_numbers_stand_right():
    """Worked by hand: 20 characters for two columns and a gap of two."""
    frame = pd.DataFrame({"who": ["a long name of it", "b"], "n": ["1.5", "no data"]})
    assert text_table(frame, 20).splitlines() == [
        "who                n",
        "-----------  -------",
        "a long name      1.5",
        "of it",
        "b            no data",
    ]


def test_the_dictionary_tells_the_columns_of_one_table_or_of_all():
    """`case.dictionary("clients_full")` is what a reader types first; a slip names the nearest table."""
    case = load_case("bank")
    one = case.dictionary("clients_full")
    assert list(one["column"]) == list(case.table("clients_full"))
    assert "file" not in one
    every = case.dictionary()
    assert set(every["table"]) == set(case.table_names)
    assert (every["table"] == "clients_full").sum() == len(one)
    with pytest.raises(CaseError, match=r"no table 'clients'; it has .*: did you mean 'clients_"):
        case.dictionary("clients")
