"""The cases that we ship, which of them tell a story, and how a test runs their scripts.

Read from the files, so that a damaged case fails in its own test and not here.
"""

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

from cocreate_teach.cases import case_names
from cocreate_teach.cases.loading import cases_root
from cocreate_teach.cases.schema import kind_of


def kind(name: str) -> str:
    """Return the kind of a case that we ship."""
    return kind_of(tomllib.loads((cases_root() / name / "case.toml").read_text(encoding="utf-8")))


STORIES = [name for name in case_names() if kind(name) == "case"]


def prepare(folder: Path) -> subprocess.CompletedProcess:
    """Run prepare.py --check of a case folder."""
    command = [sys.executable, "-B", str(folder / "prepare.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def script(case: str, name: str) -> ModuleType:
    """Import a script of a case folder; cases have scripts of the same names, so that none stays imported."""
    folder = cases_root() / case
    kept = {other: sys.modules.pop(other, None) for other in ("synthetic", "prepare")}
    sys.path.insert(0, str(folder))
    try:
        specification = importlib.util.spec_from_file_location(f"{case}_{name}", folder / f"{name}.py")
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop("synthetic", None)
        sys.modules.update({other: module for other, module in kept.items() if module is not None})
    return module
