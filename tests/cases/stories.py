"""The cases that tell a story; the others hold tables.

Read from the files, so that a damaged case fails in its own test and not here.
"""

import tomllib

from cocreate_teach.cases import case_names
from cocreate_teach.cases.loading import cases_root
from cocreate_teach.cases.schema import kind_of


def kind(name: str) -> str:
    """Return the kind of a case that we ship."""
    return kind_of(tomllib.loads((cases_root() / name / "case.toml").read_text(encoding="utf-8")))


STORIES = [name for name in case_names() if kind(name) == "case"]
