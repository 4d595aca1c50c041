"""Importing the package costs almost nothing, and its public face is small."""

import subprocess
import sys

import pytest

import cocreate_teach

HEAVY = ("numpy", "pandas", "matplotlib", "seaborn", "scipy", "ipywidgets", "anywidget")


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_import_loads_none_of_the_heavy_packages():
    """A student waits for an import; the parts load when they are used."""
    loaded = run(f"import sys, cocreate_teach; print([m for m in {HEAVY!r} if m in sys.modules])")
    assert loaded == "[]"


def test_the_command_starts_without_the_heavy_packages():
    """`cocreate --help` answers at once."""
    loaded = run(f"import sys, cocreate_teach.cli; print([m for m in {HEAVY!r} if m in sys.modules])")
    assert loaded == "[]"


@pytest.mark.parametrize("name", cocreate_teach.__all__)
def test_every_public_name_can_be_reached(name):
    """What `__all__` promises is there, and `dir` shows it."""
    assert getattr(cocreate_teach, name) is not None
    assert name in dir(cocreate_teach)


def test_an_unknown_name_says_which_names_there_are():
    """A typing slip gets the list of what exists."""
    with pytest.raises(AttributeError, match="load_case"):
        cocreate_teach.lode_case  # noqa: B018
