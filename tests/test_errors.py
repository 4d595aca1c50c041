"""Errors are sentences: all faults at once, and no traceback in a notebook."""

import inspect
from io import StringIO

import pytest

from cocreate_teach import errors


def exceptions() -> list[type[errors.CocreateError]]:
    return [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, errors.CocreateError)]


def test_the_tree_in_the_docstring_is_complete():
    """The module docstring is the map of all exceptions."""
    for exception in exceptions():
        assert exception.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("exception", exceptions())
def test_all_faults_are_carried(exception):
    """Two faults make one exception with two sentences."""
    error = exception(["first", "second"])
    assert error.faults == ("first", "second")
    assert str(error) == "first\nsecond"


def test_a_notebook_shows_the_sentence_and_no_traceback(monkeypatch):
    """IPython shows only what the error says about itself."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)  # IPython warns if another environment is active
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shown = StringIO()
    shell._showtraceback = lambda etype, evalue, stb: shown.write(shell.InteractiveTB.stb2text(stb))  # type: ignore[method-assign]
    try:
        shell.run_cell("from cocreate_teach.errors import CaseError\nraise CaseError('there is no case bnak')")
    finally:
        InteractiveShell.clear_instance()
    assert shown.getvalue().strip() == "CaseError: there is no case bnak"
