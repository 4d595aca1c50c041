"""A copy of the bank case that a test may damage."""

import shutil
from pathlib import Path

import pytest

from cocreate_teach.cases.loading import cases_root


@pytest.fixture
def damaged_root(tmp_path: Path) -> Path:
    """Return a folder of cases that holds a copy of the bank case, for the test to damage."""
    shutil.copytree(cases_root() / "bank", tmp_path / "cases" / "bank")
    return tmp_path / "cases"
