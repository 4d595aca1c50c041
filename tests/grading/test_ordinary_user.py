"""The same class, the same cheats, graded by a user who is not root."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def test_an_ordinary_user_grades_the_class_and_withstands_the_cheats(request):
    """Lecturers are not root; where these tests run as root, they are run once more as nobody."""
    if os.geteuid() != 0:
        return  # then every other test of this folder has run as an ordinary user
    place = Path(tempfile.mkdtemp(prefix="ordinary-user-"))  # pytest's own folder is closed to others
    request.addfinalizer(lambda: shutil.rmtree(place))
    shutil.chown(place, 65534, 65534)
    names = ("test_class_of_thirty.py", "test_cheats.py", "test_sandbox.py")
    tests = [str(HERE / name) for name in names]
    options = ["-q", "-x", "-p", "no:cacheprovider", "--no-header", f"--basetemp={place / 'own'}"]
    script = ["unshare", "--mount", "sh", str(HERE / "as_ordinary_user.sh"), sys.base_prefix]
    environment = {"PATH": os.environ["PATH"], "HOME": str(place), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [*script, sys.executable, "-m", "pytest", *options, *tests],
        cwd=HERE.parents[1],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "passed" in done.stdout
