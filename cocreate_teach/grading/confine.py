"""Inside the sandbox: namespaces, limits and the system-call filter. Linux only; no student code has run yet.

Used by the zygote (once) and by each child (once, before the first cell). What bubblewrap cannot do for a process
that is already running is done here with the system calls themselves: see namespaces(7), user_namespaces(7),
seccomp(2), capabilities(7).
"""

import ctypes
import os
import platform
import resource
import struct
from pathlib import Path
from typing import Any, Final

NOBODY: Final = 65534
STUDENT: Final = 1000  # the user id that student code sees
HOME: Final = "/student"

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
_NAMESPACES: Final = 0x7E020080  # any of the flags above, and the time namespace
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 0x2, 0x4, 0x8, 0x4000, 0x40000
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 4, 22, 24, 38

# System calls that no exercise needs and that have opened kernels before: x86_64 number, aarch64 number.
DENIED: Final[dict[str, tuple[int | None, int | None]]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "execve": (59, 221),
    "execveat": (322, 281),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "syslog": (103, 116),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "personality": (135, 92),
    "move_pages": (279, 239),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "memfd_create": (319, 279),  # this and the next three hold memory that no limit of a process counts
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "socket": (41, 198),  # socketpair stays: asyncio needs it, and it reaches nobody
}
_ARCHITECTURES: Final = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_CLONE: Final = (56, 220)
_CLONE3: Final = (435, 435)

_libc: Any = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags` for fresh ones."""
    _call("unshare", ctypes.c_int(flags))


def return_to_pid_namespace(descriptor: int) -> None:
    """Let later forks be born in this PID namespace again."""
    _call("setns", ctypes.c_int(descriptor), ctypes.c_int(CLONE_NEWPID))


def _mount_empty(place: str, options: str) -> None:
    flags = ctypes.c_ulong(_MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    _call("mount", b"tmpfs", place.encode(), b"tmpfs", flags, options.encode())


def _map_identity(process: int, outside_user: int, outside_group: int) -> None:
    """Give the one user of a new user namespace its number; `process` is an open /proc/self."""
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{STUDENT} {outside_user} 1"),
        ("gid_map", f"{STUDENT} {outside_group} 1"),
    ):
        descriptor = os.open(name, os.O_WRONLY, dir_fd=process)
        os.write(descriptor, text.encode())
        os.close(descriptor)


def enter_worker() -> None:
    """Make the zygote an unprivileged user with a user, mount and PID namespace of its own (from the next fork on).

    Raises
    ------
    OSError
        If this machine does not allow user namespaces.
    """
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)  # else /proc/self would stay root's
    user, group = os.getuid(), os.getgid()
    process = os.open("/proc/self", os.O_RDONLY | os.O_DIRECTORY)
    unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID)
    _map_identity(process, user, group)
    os.close(process)
    _call("mount", None, b"/", None, ctypes.c_ulong(_MS_REC | _MS_PRIVATE), None)
    _mount_empty(HOME, "size=16m,mode=0700")  # what imports want to write; each child covers it with its own
    Path(HOME, "tmp").mkdir()


def enter_child(*, disk: int) -> None:
    """Give the calling process a mount, network, IPC and host-name namespace, empty folders, then a user namespace.

    Parameters
    ----------
    disk : int
        Size in bytes of the private home, which is also the working folder.
    """
    unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS)
    user, group = os.getuid(), os.getgid()
    process = os.open("/proc/self", os.O_RDONLY | os.O_DIRECTORY)
    _mount_empty("/proc", "size=4k,mode=0555")  # no process can be looked at, not even by number
    _mount_empty("/dev/shm", f"size={disk},mode=1777")
    _mount_empty(HOME, f"size={disk},mode=0700")
    unshare(CLONE_NEWUSER)  # last: the mounts above now belong to a namespace in which the child has no power
    _map_identity(process, user, group)
    os.close(process)
    Path(HOME, "tmp").mkdir()
    os.chdir(HOME)


def drop_privileges() -> None:
    """Give up every capability for good."""
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    number = 0
    while _libc.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0) == 0:  # fails after the kernel's last one
        number += 1
    header = struct.pack("=Ii", 0x20080522, 0)  # version 3, this process
    _call("capset", header, struct.pack("=6I", 0, 0, 0, 0, 0, 0))


def mapped_bytes() -> int:
    """Return how much address space this process has mapped."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def limit_resources(*, address_space: int, cpu_seconds: int, disk: int, files: int, processes: int) -> None:
    """Set the kernel's limits on this process and everything it starts; sizes in bytes."""
    for kind, value in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, disk),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def filter_program(machine: str) -> bytes:
    """Return the filter as BPF: denied calls fail with EPERM, new namespaces too; a foreign architecture dies.

    Raises
    ------
    OSError
        If the machine's architecture is not known here.
    """
    if machine not in _ARCHITECTURES:
        raise OSError(f"no system-call filter for {machine}; use one of {', '.join(_ARCHITECTURES)}")
    audit, column = _ARCHITECTURES[machine]
    kill, allow, permission, missing = 0x80000000, 0x7FFF0000, 0x00050001, 0x00050026
    load, equal, at_least, any_bit, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    program = [(load, 0, 0, 4), (equal, 1, 0, audit), (answer, 0, 0, kill), (load, 0, 0, 0)]
    if machine == "x86_64":  # the x32 numbers of the same calls
        program += [(at_least, 0, 1, 0x40000000), (answer, 0, 0, permission)]
    for numbers in DENIED.values():
        number = numbers[column]
        if number is not None:
            program += [(equal, 0, 1, number), (answer, 0, 0, permission)]
    program += [(equal, 0, 1, _CLONE3[column]), (answer, 0, 0, missing)]  # its flags lie in memory: glibc falls back
    program += [(equal, 0, 3, _CLONE[column]), (load, 0, 0, 16), (any_bit, 0, 1, _NAMESPACES)]
    program += [(answer, 0, 0, permission), (answer, 0, 0, allow)]
    return b"".join(struct.pack("=HBBI", *line) for line in program)


def filter_system_calls() -> None:
    """Install the filter; it holds for this process and everything it starts."""
    code = filter_program(platform.machine())
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    _call("prctl", _PR_SET_SECCOMP, 2, program, 0, 0)
