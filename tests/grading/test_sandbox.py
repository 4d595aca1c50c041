"""What a child of the zygote can see and do: next to nothing."""

import json
import os
import platform
import shutil
import struct
import time

import pytest

from cocreate_teach import grading
from cocreate_teach.errors import GradingError
from cocreate_teach.grading import confine, sandbox
from cocreate_teach.grading.worker import SandboxedWorker
from tests.grading import sums_exercise
from tests.grading.class_of_thirty import solved
from tests.grading.conftest import QUICK, by_question
from tests.grading.sums_exercise import notebook_cells


def probe(graded, body, **options):
    """Run code in the sandbox; return the text that it left in `said`, as the reason of a wrong answer shows it."""
    cells = notebook_cells({"q2": f"{body}\nq2 = said"})
    return graded({"ana": cells}, **options)["ana"]["questions"][1]["reason"]


def test_a_child_sees_neither_home_nor_checkout_nor_submissions(graded):
    """A key that cannot be reached cannot be read: the search below walks every folder there is."""
    body = """
import os
hits, places = [], 0
for place, folders, names in os.walk("/"):
    places += 1
    is_foreign = place.startswith(("/opt/packages/", "/usr/lib")) or "/site-packages/" in place
    if not is_foreign or "cocreate_teach" in place:
        hits += [name for name in names + folders if name in ("key.py", "rubric.toml", ".git", "exercises.toml")
                 or name.endswith((".ipynb", "pyproject.toml", "teaching_note.md"))]
said = f"{len(hits)} hits {places > 500} {hits[:3]}"
"""
    limits = grading.Limits(cell_seconds=30, budget_seconds=40)
    assert "0 hits True []" in probe(graded, body, limits=limits)


def test_the_private_copy_of_the_package_holds_no_key(tmp_path):
    """The package is copied, and a checkout holds keys beside it."""
    sandbox.copy_package(tmp_path)
    names = {path.name for path in tmp_path.rglob("*")}
    assert "zygote.py" in names
    assert not names & set(sandbox.SECRET_NAMES)
    assert not {name for name in names if name.endswith(".ipynb")}
    assert "teaching_note.md" not in names


def test_a_sandbox_that_is_closed_while_it_starts_leaves_nothing(tmp_path, own_temporary_folder, still_running):
    """A batch in which all is up to date ends before its worker has begun."""
    package = own_temporary_folder / "package"
    package.mkdir()
    sandbox.copy_package(package)
    for pause in (number * 0.0002 for number in range(60)):
        worker = SandboxedWorker(package)
        time.sleep(pause)
        worker.close()
    assert still_running() == []


def test_a_child_sees_a_clean_environment(graded, monkeypatch):
    """Environments carry tokens and paths."""
    monkeypatch.setenv("COCREATE_KEYS", "/secret/place")
    body = "import os\nsaid = ' '.join(sorted(os.environ))[:250]"
    reason = probe(graded, body)
    assert "COCREATE_KEYS" not in reason
    assert "IPYTHONDIR" in reason


def test_a_child_sees_no_other_process(graded):
    """With /proc it could look at the command line, the memory and the channels of others."""
    body = """
import os
try:
    os.kill(os.getppid() or 99999, 0); parent = "reached"
except OSError as error:
    parent = type(error).__name__
said = f"{os.listdir('/proc')} {os.getpid()} {parent}"
"""
    assert "[] 1 ProcessLookupError" in probe(graded, body)


def test_a_child_has_no_capability_and_cannot_get_one(graded):
    """Capabilities are what is left of root in a namespace."""
    body = """
import ctypes
libc = ctypes.CDLL(None)
header, data = ctypes.create_string_buffer(b"\\x22\\x05\\x08\\x20\\0\\0\\0\\0"), ctypes.create_string_buffer(24)
got = libc.capget(header, data)
bounding = sum(libc.prctl(23, number, 0, 0, 0) == 1 for number in range(41))
said = f"{got} {sum(data.raw)} {bounding} {libc.prctl(39, 0, 0, 0, 0)} {libc.prctl(21, 0, 0, 0, 0)}"
"""
    assert "0 0 0 1 2" in probe(graded, body)  # no capability, none in the bounding set, no_new_privs, a filter


@pytest.mark.parametrize("name", [name for name, numbers in confine.DENIED.items() if numbers[0] is not None])
def test_denied_system_calls_fail(name, denied_calls):
    """Each call of the deny-list, made with harmless arguments, must fail with EPERM and not with anything else."""
    assert denied_calls[name] == 1


@pytest.fixture(scope="module")
def denied_calls(exercise, tmp_path_factory):
    """Make every denied call in one child; return the error number of each."""
    if platform.machine() != "x86_64":
        pytest.skip("the numbers below are those of x86_64")
    numbers = {name: pair[0] for name, pair in confine.DENIED.items() if pair[0] is not None}
    body = f"""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
said = ""
for number in {list(numbers.values())}:
    ctypes.set_errno(0)
    result = libc.syscall(number, -1, 0, 0, 0, 0, 0)
    said += "1" if result < 0 and ctypes.get_errno() == 1 else "0"
q2 = said
"""
    folder, results = tmp_path_factory.mktemp("calls"), tmp_path_factory.mktemp("results")
    sums_exercise.hand_in(folder, "ana", sums_exercise.notebook(notebook_cells({"q2": body})))
    grading.grade(folder, exercise, results, workers=1, limits=QUICK)
    result = json.loads((results / "ana" / f"{sums_exercise.NAME}.json").read_text())
    shown = result["questions"][1]["reason"].split('"')[1]
    assert len(shown) == len(numbers)
    return dict(zip(numbers, map(int, shown), strict=True))


def test_new_namespaces_and_networks_are_refused(graded):
    """Clone with namespace flags is how a process gets capabilities back."""
    body = """
import ctypes, socket
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall(56, 0x10000000, 0, 0, 0, 0)
first = ctypes.get_errno()
try:
    socket.socket(); second = "reached"
except OSError as error:
    second = type(error).__name__
pair = socket.socketpair()
said = f"{first} {second} {pair[0].fileno() > 0}"
"""
    if platform.machine() != "x86_64":
        body = body.replace("syscall(56", "syscall(220")
    assert "1 PermissionError True" in probe(graded, body)


def test_nothing_is_left_for_the_next_child(graded):
    """What one submission writes must be gone when the next one looks."""
    body = """
import os
places = [os.path.join(folder, "left") for folder in ("/student", "/student/tmp", "/tmp", "/dev/shm", os.getcwd())]
said = " ".join("seen" if os.path.exists(place) else "none" for place in places)
for place in places:
    open(place, "w").write("x")
"""
    cells = notebook_cells({"q2": f"{body}\nq2 = said"})
    results = graded({"ana": cells, "ben": cells})
    for student in ("ana", "ben"):
        assert '"none none none none none"' in results[student]["questions"][1]["reason"]


def test_memory_is_counted_over_all_processes_of_a_submission(graded, still_running):
    """Each process keeps below its own limit, but together they would fill the machine."""
    body = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        block = bytearray(b"x" * 90_000_000)
        time.sleep(5)
        os._exit(0)
time.sleep(5)
said = "b"
"""
    limits = grading.Limits(cell_seconds=4, budget_seconds=20, memory=200_000_000)
    assert "used more than 0.2 GB of memory" in probe(graded, body, limits=limits)
    assert still_running() == []


def test_processes_are_limited(graded):
    """A fork in a loop meets its limit and the next submission does not notice."""
    body = """
import os, time
count = 0
try:
    while count < 500:
        if os.fork() == 0:
            time.sleep(600)
        count += 1
except OSError:
    pass
said = "b" if 10 < count < 40 else str(count)
"""
    results = graded({"ana": notebook_cells({"q2": f"{body}\nq2 = said"}), "ben": solved()})
    assert by_question(results["ana"])["q2"] == ("correct", 1.0)
    assert results["ben"]["marks"] == 8


def test_without_bubblewrap_one_sentence_names_the_choices(graded, monkeypatch):
    """Nothing falls back silently: no sandbox, no grading, unless somebody says so."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(GradingError) as error:
        graded({"ana": solved()})
    assert len(error.value.faults) == 1
    for choice in ("apt-get install bubblewrap", "WSL2", "container", "sandbox='none'"):
        assert choice in error.value.faults[0]
    assert not (graded.results / "ana").exists()


def test_elsewhere_the_sentence_names_the_system(monkeypatch):
    """Windows and macOS have no bubblewrap."""
    monkeypatch.setattr(sandbox.sys, "platform", "win32")
    assert "needs Linux and this is win32" in sandbox.problem()


def test_where_bubblewrap_fails_its_reason_is_told(tmp_path, monkeypatch):
    """Some machines forbid user namespaces; the reason helps whoever may change that."""
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert "No permissions to create new namespace" in sandbox.problem()
    assert "sandbox='none'" in sandbox.problem()


def test_a_sandbox_in_order_is_no_problem():
    """The counterpart of the sentences above."""
    assert sandbox.problem() == ""


def test_the_filter_is_known_for_two_architectures_and_refused_elsewhere():
    """A filter with another architecture's numbers would deny the wrong calls."""
    for machine, architecture in (("x86_64", 0xC000003E), ("aarch64", 0xC00000B7)):
        program = confine.filter_program(machine)
        lines = [struct.unpack("=HBBI", program[i : i + 8]) for i in range(0, len(program), 8)]
        assert lines[1][3] == architecture
        assert lines[-1] == (0x06, 0, 0, 0x7FFF0000)
        column = 0 if machine == "x86_64" else 1
        compared = {line[3] for line in lines if line[0] == 0x15}
        assert {pair[column] for pair in confine.DENIED.values()} - {None} <= compared
    with pytest.raises(OSError, match="riscv64"):
        confine.filter_program("riscv64")
