"""Folders of results and pages."""

import pytest


@pytest.fixture
def results(tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    return folder


@pytest.fixture
def pages(tmp_path):
    return tmp_path / "pages"
