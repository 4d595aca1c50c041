"""The wheel as users install it: small, with every case, without a key."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIMIT = 3_300_000  # bytes, with eight lessons and their pictures
CASES = 1_500_000  # bytes of the cases in it


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel with the installed hatchling: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_stays_small(wheel):
    """Students install it on hotel networks, and Binder on every start."""
    assert wheel.stat().st_size < LIMIT
    with zipfile.ZipFile(wheel) as archive:
        assert sum(one.compress_size for one in archive.infolist() if "/_data/cases/" in one.filename) < CASES


def test_the_wheel_holds_every_file_that_a_case_is_loaded_from(wheel):
    """A case that works in a clone and not after pip install would be found by the first student."""
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for path in (ROOT / "cases").rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert f"cocreate_teach/_data/{path.relative_to(ROOT)}" in inside


def test_the_wheel_holds_every_lesson_and_exercise_with_each_picture_once(wheel):
    """A lesson shows its pictures before it has run; twice would make the wheel a third larger."""
    paths = [*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("exercises/*/exercise.ipynb")]
    assert len(paths) > 16
    with zipfile.ZipFile(wheel) as archive:
        for path in paths:
            inside = archive.read(f"cocreate_teach/_data/{path.relative_to(ROOT)}").decode()
            ours = path.read_text(encoding="utf-8")
            assert inside.count("<img") == (0 if path.name == "09_explorers.ipynb" else ours.count("<img"))
            assert '"image/png"' not in inside
            assert [cell["source"] for cell in json.loads(inside)["cells"]] == [
                cell["source"] for cell in json.loads(ours)["cells"]
            ]


def test_no_key_and_no_master_is_in_the_wheel(wheel):
    """What grades an exercise stays with the lecturer."""
    with zipfile.ZipFile(wheel) as archive:
        files = [Path(name) for name in archive.namelist() if "/_data/" in name]
    assert not {"key.py", "solution.ipynb", "rubric.toml"} & {path.name for path in files}
