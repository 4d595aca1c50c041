"""How much one submission may use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one submission.

    Parameters
    ----------
    cell_seconds : float
        Wall time of one cell; the child is killed and restarted without the cell.
    budget_seconds : float
        Wall time of the whole submission, restarts included; also its limit of CPU seconds per process.
    memory : int
        Bytes on top of what the interpreter has loaded: address space per process, resident for all together.
    disk : int
        Bytes of the private home, and of one file.
    files, processes : int
        Open files of a process; processes and threads at one time.
    restarts : int
        How often a child may be started again after a fatal cell.
    call_seconds : float
        Wall time of one call of a student's function.
    answer_seconds : float
        Time the checker may spend on one answer.
    said : int
        Bytes a child may send.
    """

    cell_seconds: float = 10.0
    budget_seconds: float = 60.0
    memory: int = 1_500_000_000
    disk: int = 64_000_000
    files: int = 256
    processes: int = 32
    restarts: int = 12
    call_seconds: float = 5.0
    answer_seconds: float = 5.0
    said: int = 8_000_000
