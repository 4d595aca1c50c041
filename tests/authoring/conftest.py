"""A private course, made once, copied for each test that breaks it."""

import shutil

import pytest

from cocreate_teach.authoring import new_course


@pytest.fixture(scope="session")
def made_course(tmp_path_factory):
    """Make a course as a lecturer would."""
    folder = tmp_path_factory.mktemp("private") / "course"
    new_course(folder)
    return folder


@pytest.fixture
def own(made_course, tmp_path):
    """Give a copy of its exercise, to be broken."""
    folder = tmp_path / "01_own"
    shutil.copytree(made_course / "exercises" / "01_own", folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder
