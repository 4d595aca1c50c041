"""Every lesson meets the same rules; nbval then holds its outputs to the library."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from cocreate_teach.notebooks import TAGS, normal_form, to_text

ROOT = Path(__file__).parents[1]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TAUGHT = [path for path in LESSONS if re.match(r"0[1-8]_", path.name)]  # not the start page, gallery, harder parts
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")


def read(path: Path):
    return nbformat.read(path, as_version=4)


def markdown(path: Path) -> str:
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def code_cells(path: Path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def by_name(paths):
    return pytest.mark.parametrize("path", paths, ids=[path.name for path in paths])


def test_the_lessons_are_there():
    """An empty folder would make every test below pass."""
    assert "00_start.ipynb" in {path.name for path in LESSONS}
    assert [path.name[:2] for path in TAUGHT] == [f"{number:02d}" for number in range(1, 9)]


@by_name(LESSONS)
def test_a_lesson_is_in_normal_form(path):
    """What is committed is what `make notebooks` writes."""
    assert path.read_text(encoding="utf-8") == to_text(normal_form(read(path)))


@by_name(LESSONS)
def test_every_code_cell_was_executed_in_order(path):
    """Without a count nbval compares nothing."""
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@by_name(LESSONS)
def test_code_is_short_folded_and_tagged_with_known_tags_only(path):
    """Business students read the text; who wants to look inside finds a few lines."""
    for cell in code_cells(path):
        assert len(cell.source.splitlines()) <= 12
        assert cell.metadata.get("jupyter", {}).get("source_hidden"), cell.source
        assert set(cell.metadata.get("tags", ())) <= set(TAGS)


@by_name(LESSONS)
def test_no_output_is_a_bare_number_or_an_error(path):
    """Numbers are formatted, and no lesson shows a traceback or a warning."""
    for cell in code_cells(path):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
            text = "".join(output.get("text", "")) + "".join(output.get("data", {}).get("text/plain", ""))
            assert "np.float64" not in text
            assert not re.search(r"\d\.\d{7,}", text)


@by_name(LESSONS)
def test_pictures_have_alternative_text(path):
    """No picture without words, in HTML or in Markdown."""
    shown = markdown(path) + "".join(
        "".join(output.get("data", {}).get("text/html", "")) for cell in code_cells(path) for output in cell.outputs
    )
    for tag in re.findall(r"<img\b[^>]*>", shown):
        assert re.search(r'alt="[^"]{10,}"', tag), tag[:80]
    assert not re.search(r"!\[\s*\]\(", shown)
    for cell in code_cells(path):
        for output in cell.outputs:
            kinds = output.get("data", {})
            assert "image/png" not in kinds or "<figure" in "".join(kinds["text/html"])


@by_name(LESSONS)
def test_headings_start_with_one_title_and_skip_no_level(path):
    """Screen readers move by headings."""
    text = re.sub(r"```.*?```", "", markdown(path), flags=re.S)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, flags=re.M)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@by_name(LESSONS)
def test_links_to_files_lead_somewhere(path):
    """A dead link is a dead end for somebody who learns alone."""
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", markdown(path)):
        if not target.startswith(("http:", "https:")):
            assert (path.parent / target).exists(), target


@by_name(LESSONS)
def test_links_to_the_glossary_meet_an_entry(path):
    """Each `GLOSSARY.md#term` is a heading there."""
    anchors = {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", GLOSSARY, flags=re.M)
    }
    for anchor in re.findall(r"GLOSSARY\.md#([\w\-]+)", markdown(path)):
        assert anchor in anchors


@by_name(TAUGHT)
def test_class_minutes_add_up_to_90(path):
    """A class session has 90 minutes; headings and metadata say the same."""
    planned = read(path).metadata.cocreate["minutes"]
    shown = re.findall(r"^## (\w+).*\((\d+) minutes\)$", markdown(path), flags=re.M)
    assert {part.lower(): int(minutes) for part, minutes in shown} == planned
    assert sum(planned.values()) == 90


@by_name(TAUGHT)
def test_concepts_of_a_lesson_stand_in_the_glossary_and_in_the_text(path):
    """The ids hold lesson, glossary and course texts together."""
    concepts = read(path).metadata.cocreate["concepts"]
    assert concepts
    text = markdown(path)
    for concept in concepts:
        assert re.search(rf"^### .*\({concept}\)$|\({concept}\)", GLOSSARY, flags=re.M), concept
        assert re.search(rf"\b{concept}\b", text), concept


@by_name(TAUGHT)
def test_a_lesson_has_all_its_parts(path):
    """Question, objectives, self-check, key points, summary, discussion, reading, sources."""
    text = markdown(path)
    headings = " | ".join(re.findall(r"^#+ (.+)$", text, flags=re.M)).lower()
    for part in (
        "before class", "hook", "input", "explorer", "case", "debrief", "assumes", "implies", "data show",
        "prove it wrong", "check yourself", "key points", "summary", "discuss", "glossary", "read next", "sources",
    ):  # fmt: skip
        assert part in headings, part
    assert 3 <= len(re.findall(r"<summary[^>]*>Answer", text)) <= 8
    assert "**Question.**" in text
    assert "verified" in text.lower()


@by_name(TAUGHT)
def test_the_summary_has_about_150_words(path):
    """Short enough to be read twice."""
    summary = re.search(r"^## Summary.*?$(.*?)^## ", markdown(path), flags=re.M | re.S)
    assert summary
    assert 120 <= len(summary[1].split()) <= 180


@by_name(LESSONS)
def test_sentences_are_short(path):
    """Many readers are not native speakers: about 20 words a sentence, and none beyond 40."""
    text = re.sub(r"<[^>]+>|\|.*\||`[^`]*`|\[([^\]]*)\]\([^)]*\)", r"\1", markdown(path))
    text = re.sub(r"^(#+ .*|[-*\d.]+ .*|.* · .*)$", "", text, flags=re.M)  # headings, lists, rows of links
    sentences = [s.split() for s in re.split(r"(?<=[.!?:])\s+|\n\n+", text) if len(s.split()) > 2]
    lengths = [len(words) for words in sentences]
    assert sum(lengths) / len(lengths) < 18
    assert max(lengths) <= 40, " ".join(max(sentences, key=len))


@by_name(TAUGHT)
def test_instructor_notes_exist(path):
    """Notes, board plan and timings live outside the notebook."""
    notes = ROOT / "docs" / "instructor" / f"{path.stem}.md"
    assert notes.is_file()
    assert "Board plan" in notes.read_text(encoding="utf-8")
