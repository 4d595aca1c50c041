"""Download my work: what a reader has changed and saved, and nothing else."""

import io
import zipfile

import pytest

from cocreate_teach import my_work
from cocreate_teach.widgets import my_work as module


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Lay a course out beside a package that holds its originals."""
    originals, own = tmp_path / "package" / "_data", tmp_path / "course"
    for root in (originals, own):
        for name in ("notebooks/00_start.ipynb", "exercises/02_inside_first/exercise.ipynb"):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{name} as it came", encoding="utf-8")
    monkeypatch.setattr(module, "_PACKAGE", originals.parent)
    return own


def pressed(folder):
    """Press the button; return what it says, and the files in the download by name."""
    button, sent = my_work(folder), []
    button.send = lambda content, buffers=(): sent.append((content, buffers))
    button._on_message(button, {"do": "collect"}, [])
    ((content, buffers),) = sent
    if not buffers:
        return content["text"], {}
    with zipfile.ZipFile(io.BytesIO(buffers[0])) as packed:
        return content["text"], {name: packed.read(name).decode() for name in packed.namelist()}


def test_only_what_was_changed_goes_home(folder):
    """Fifteen notebooks that came with the package would hide the one that matters."""
    (folder / "exercises/02_inside_first/exercise.ipynb").write_text("my answers", encoding="utf-8")
    (folder / "notebooks" / "canvas.json").write_text("our canvas", encoding="utf-8")
    (folder / "exercises/02_inside_first/solution.ipynb").write_text("not a student's", encoding="utf-8")
    told, files = pressed(folder)
    assert files == {"exercises/02_inside_first/exercise.ipynb": "my answers", "notebooks/canvas.json": "our canvas"}
    assert "2 files (notebooks/canvas.json, exercises/02_inside_first/exercise.ipynb)" in told


def test_nothing_to_take_home_says_what_to_do(folder):
    """Who has forgotten to save reads it here, not at home."""
    assert pressed(folder) == (
        "Nothing of yours is saved here yet. Press Ctrl and S in the page that you have worked on, then this.",
        {},
    )


def test_too_much_for_one_piece_is_a_sentence_that_names_the_largest_file(folder, monkeypatch):
    """A browser that hangs would lose the work."""
    monkeypatch.setattr(module, "MOST", 5)
    (folder / "notebooks" / "film.ipynb").write_text("too long", encoding="utf-8")
    told, files = pressed(folder)
    assert files == {}
    assert "The largest file is notebooks/film.ipynb" in told


def test_a_link_that_leads_nowhere_does_not_keep_the_others_here(folder):
    """One broken file is no reason to lose the rest."""
    (folder / "notebooks" / "away.ipynb").symlink_to(folder / "gone.ipynb")
    (folder / "notebooks" / "mine.ipynb").write_text("mine", encoding="utf-8")
    assert list(pressed(folder)[1]) == ["notebooks/mine.ipynb"]


def test_the_course_is_found_from_a_notebook_inside_it(folder, monkeypatch):
    """A lesson runs in notebooks/, an exercise two folders down."""
    for place in (folder, folder / "notebooks", folder / "exercises" / "02_inside_first"):
        monkeypatch.chdir(place)
        assert my_work()._folder == folder


def test_the_saved_page_says_what_the_button_needs(folder):
    """Stable, so that nbval can compare it; no path of a machine."""
    button = my_work(folder)
    data, _ = button._repr_mimebundle_()
    assert data["text/plain"] == repr(button)
    assert str(folder) not in data["text/plain"] + button.advice
