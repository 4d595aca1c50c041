"""The normal form of lessons: what a reader sees stays, what changes from run to run goes."""

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import notebooks
from cocreate_teach.errors import NotebookError


def small_lesson(source: str = "1 + 1", **metadata):
    cell = nbformat.v4.new_code_cell(source, metadata=metadata)
    cell["id"] = "one"
    return nbformat.v4.new_notebook(
        cells=[cell], metadata={"language_info": {"name": "python", "version": "3.11.7"}, "cocreate": {"title": "t"}}
    )


def written(tmp_path, notebook, name="01_small.ipynb"):
    path = tmp_path / name
    nbformat.write(notebook, path)
    return path


def test_a_lesson_written_twice_is_the_same_file(tmp_path):
    """Time stamps, ids and versions of a run do not reach the file."""
    path = written(tmp_path, small_lesson("print('a')\nprint('b')\n1 + 1"))
    assert notebooks.write_lessons([path]) == (path,)
    first = path.read_bytes()
    assert notebooks.write_lessons([path]) == ()
    assert path.read_bytes() == first


def test_the_normal_form_keeps_what_readers_see_and_drops_the_rest():
    """Tags, folded sources and our metadata stay; scroll positions, language version and widget views go."""
    notebook = small_lesson(
        tags=["raises-exception"], jupyter={"source_hidden": True, "outputs_hidden": True}, scrolled=True
    )
    data = {"text/plain": "2", notebooks.WIDGET_VIEW: {"model_id": "abc"}}
    notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", data, metadata={"x": 1})]
    normal = notebooks.normal_form(notebook)
    assert normal.cells[0].metadata == {"tags": ["raises-exception"], "jupyter": {"source_hidden": True}}
    assert normal.cells[0].outputs[0]["data"] == {"text/plain": "2"}
    assert set(normal.metadata) == {"kernelspec", "cocreate"}
    assert notebook.cells[0].metadata.scrolled  # the one given is not modified


def test_outputs_that_nbval_ignores_are_emptied():
    """An output that no test compares would go stale unseen."""
    notebook = small_lesson(tags=["nbval-ignore-output"])
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", name="stdout", text="12:05")]
    assert notebooks.normal_form(notebook).cells[0].outputs == []


@given(st.lists(st.tuples(st.sampled_from(["stdout", "stderr"]), st.text(max_size=5)), max_size=8))
def test_the_normal_form_is_stable_and_loses_no_text(pieces):
    """However a stream was cut into pieces, its text stays, and normalising twice changes nothing."""
    notebook = small_lesson()
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", name=name, text=text) for name, text in pieces]
    once = notebooks.normal_form(notebook)
    assert notebooks.normal_form(once) == once
    for stream in ("stdout", "stderr"):
        kept = "".join(o["text"] for o in once.cells[0].outputs if o["name"] == stream)
        assert kept == "".join(text for name, text in pieces if name == stream)


def test_check_writes_nothing_and_names_what_would_change(tmp_path):
    """`--check` only tells."""
    path = written(tmp_path, small_lesson())
    before = path.read_bytes()
    assert notebooks.write_lessons([path], check=True) == (path,)
    assert path.read_bytes() == before


def test_all_lessons_that_do_not_run_are_named_at_once_and_the_others_are_written(tmp_path):
    """One broken lesson hides no other, and loses nothing."""
    bad = written(tmp_path, small_lesson("1 / 0"), "01_bad.ipynb")
    worse = tmp_path / "02_worse.ipynb"
    worse.write_text("{", encoding="utf-8")
    good = written(tmp_path, small_lesson(), "03_good.ipynb")
    before = bad.read_bytes()
    with pytest.raises(NotebookError) as caught:
        notebooks.write_lessons([bad, worse, good])
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["01_bad.ipynb", "02_worse.ipynb"]
    assert "ZeroDivisionError" in caught.value.faults[0]
    assert bad.read_bytes() == before
    assert notebooks.read_lesson(good).cells[0].execution_count == 1


def test_a_missing_lesson_and_an_empty_folder_get_a_sentence(tmp_path):
    """No traceback for a slip in a path."""
    with pytest.raises(NotebookError, match="does not exist"):
        notebooks.read_lesson(tmp_path / "none.ipynb")
    with pytest.raises(NotebookError, match="holds no notebook"):
        notebooks.lesson_paths(tmp_path)
