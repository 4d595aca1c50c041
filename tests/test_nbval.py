"""A number that changes in the library fails the lesson: nbval compares what readers see."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGED_LIBRARY = """
import cocreate_teach.models.participation as model
as_it_was = model.shapley_values
model.shapley_values = lambda *given: as_it_was(*given) * 1.01
"""


def test_a_changed_number_in_the_library_fails_the_lesson(tmp_path):
    """One per cent more in the Shapley values, and the strict comparison of session 2 fails on its explorer."""
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "changed.py").write_text(CHANGED_LIBRARY)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--nbval", "--rootdir", str(ROOT)]
    command += [
        "--nbval-sanitize-with",
        str(ROOT / "tests" / "nbval.cfg"),
        str(ROOT / "notebooks/02_inside_first.ipynb"),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "IPYTHONDIR": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout[-2000:]
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 1, failed
    assert "mismatch 'text/html'" in done.stdout
    assert "gets back 1.52" in done.stdout  # 1.50, and one per cent
