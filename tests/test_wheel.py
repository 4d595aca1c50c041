"""The wheel as users install it: small, with every case, without a key."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIMIT = 3_000_000  # bytes


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel with the installed hatchling: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_with_all_cases_is_under_three_megabytes(wheel):
    """Students install it on hotel networks, and Binder on every start."""
    assert wheel.stat().st_size < LIMIT


def test_the_wheel_holds_every_file_that_a_case_is_loaded_from(wheel):
    """A case that works in a clone and not after pip install would be found by the first student."""
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for path in (ROOT / "cases").rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert f"cocreate_teach/_data/{path.relative_to(ROOT)}" in inside


def test_no_key_and_no_master_is_in_the_wheel(wheel):
    """What grades an exercise stays with the lecturer."""
    with zipfile.ZipFile(wheel) as archive:
        files = [Path(name) for name in archive.namelist() if "/_data/" in name]
    assert not {"key.py", "solution.ipynb", "rubric.toml"} & {path.name for path in files}
