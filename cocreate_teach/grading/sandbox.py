"""Bubblewrap around the zygote: what it can see, and whether this machine can do it.

Visible, read-only: the interpreter, its packages, the system's libraries and a private copy of this package without
keys. Nothing else: no home, no network, no checkout, no submission, no environment.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cocreate_teach.errors import GradingError

PACKAGE_PLACE: Final = "/opt/cocreate"
SYSTEM_LIBRARIES: Final = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/lib32",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
)
SECRET_NAMES: Final = ("key.py", "rubric.toml", "solution.ipynb")
ENVIRONMENT: Final = {
    "HOME": "/student",
    "TMPDIR": "/student/tmp",
    "MPLCONFIGDIR": "/student/matplotlib",
    "MPLBACKEND": "agg",
    "IPYTHONDIR": "/student/ipython",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "0",  # the same marks from every run
    "OPENBLAS_NUM_THREADS": "1",  # one thread, so that forking is safe
    "OMP_NUM_THREADS": "1",
}
CHOICES: Final = (
    "install bubblewrap (apt-get install bubblewrap), or grade inside WSL2 or a Linux container, "
    "or choose sandbox='none' (--sandbox none) and read every notebook before you run it"
)


def copy_package(to: Path) -> None:
    """Copy this package's files, without anything that could be a key, into a folder that any user may read."""
    source = Path(__file__).parents[1]
    hidden = shutil.ignore_patterns("__pycache__", ".*", "notebooks", *SECRET_NAMES)
    target = to / "cocreate_teach"
    shutil.copytree(source, target, ignore=hidden, dirs_exist_ok=True)
    cases = source.parent / "cases"
    if cases.is_dir() and not (target / "_data" / "cases").is_dir():  # a checkout: lay it out as the wheel does
        private = shutil.ignore_patterns("__pycache__", ".*", "teaching_note.md", "raw", "*.py")
        shutil.copytree(cases, target / "_data" / "cases", ignore=private)
    for folder, _, names in os.walk(to):
        Path(folder).chmod(0o755)
        for name in names:
            (Path(folder) / name).chmod(0o644)


def package_folders() -> dict[str, str]:
    """Return the folders of installed packages (never a checkout), each with its place inside the sandbox.

    Inside, a folder of the interpreter or of the system keeps its path; any other one, such as a virtual environment's,
    gets a path of its own, since the environment may lie anywhere, below /tmp or in a home.
    """
    known = (sysconfig.get_path("platlib"), sysconfig.get_path("purelib"))
    used = [place for place in sys.path if place.endswith(("/site-packages", "/dist-packages"))]
    kept = tuple(f"{place}/" for place in (*SYSTEM_LIBRARIES, f"{sys.base_prefix}/lib"))
    folders = dict.fromkeys((*known, *used))
    return {place: place if place.startswith(kept) else f"/opt/packages/{n}" for n, place in enumerate(folders)}


def python_command(modules: Sequence[str], label: str = "") -> list[str]:
    """Return the command that starts the zygote inside the sandbox; a process list shows `label`."""
    packages = [PACKAGE_PLACE, *package_folders().values()]
    code = f"import sys; sys.path[:0] = {packages!r}; from cocreate_teach.grading.zygote import main; main()"
    return [os.path.realpath(sys.executable), "-P", "-s", "-S", "-B", "-c", code, json.dumps(list(modules)), label]


def bubblewrap_command(package: Path) -> list[str]:
    """Return bubblewrap's command line up to the program it runs.

    Parameters
    ----------
    package : Path
        Folder made by `copy_package`.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise GradingError(f"the sandbox is missing on this machine (bwrap is not installed); {CHOICES}")
    command = [program, "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    if os.geteuid() == 0:  # the zygote gives root up itself, since it needs a user id that owns nothing
        command += ["--cap-drop", "ALL"]
        for capability in ("CAP_SETUID", "CAP_SETGID"):
            command += ["--cap-add", capability]
    else:
        command += ["--unshare-user"]
    interpreter = os.path.realpath(sys.executable)
    library = f"{sys.base_prefix}/lib"
    seen: list[str] = []
    shown = {place: place for place in (*SYSTEM_LIBRARIES, library, interpreter)} | package_folders()
    for place, inside in shown.items():
        if Path(place).is_symlink():  # /lib -> usr/lib
            command += ["--symlink", str(Path(place).readlink()), inside]
        elif Path(place).exists() and not any(inside.startswith(other + "/") or inside == other for other in seen):
            command += [*_open_parents(inside), "--ro-bind", place, inside]
            seen.append(inside)
    command += [*_open_parents(PACKAGE_PLACE), "--ro-bind", str(package), PACKAGE_PLACE]
    for place, inside in package_folders().items():
        if Path(place, "cocreate_teach").is_dir():  # the copy takes its place: the installed one has lecturers' notes
            command += ["--ro-bind", f"{package}/cocreate_teach", f"{inside}/cocreate_teach"]
    command += ["--proc", "/proc", "--dev", "/dev", "--dir", "/student", "--symlink", "/student/tmp", "/tmp"]
    command += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]
    for name, value in ENVIRONMENT.items():
        command += ["--setenv", name, value]
    return command


def _open_parents(place: str) -> list[str]:
    """Folders above a bind, which bubblewrap would otherwise make for its own user alone."""
    above = [str(parent) for parent in reversed(Path(place).parents) if str(parent) != "/"]
    return [word for parent in above for word in ("--perms", "0755", "--dir", parent)]


def problem() -> str:
    """Say in one sentence why this machine cannot sandbox, and what the choices are; empty if it can."""
    if not sys.platform.startswith("linux"):
        return f"the sandbox needs Linux and this is {sys.platform}; {CHOICES}"
    if shutil.which("bwrap") is None:
        return f"the sandbox is missing on this machine (bwrap is not installed); {CHOICES}"
    trial = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"]
    outcome = subprocess.run(trial, capture_output=True, text=True, check=False)
    if outcome.returncode:
        said = outcome.stderr.strip().splitlines()[-1:] or ["no reason given"]
        return f"bubblewrap cannot make a sandbox here ({said[0]}); allow user namespaces, or {CHOICES}"
    return ""
