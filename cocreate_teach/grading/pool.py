"""The workers and checkers of a batch: one of each per thread, started when first needed, ended together."""

import ast
import contextlib
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cocreate_teach.grading import sandbox as sandboxes
from cocreate_teach.grading.checking import Checking
from cocreate_teach.grading.intake import Cell
from cocreate_teach.grading.submission import Task
from cocreate_teach.grading.worker import PRELOADED, SandboxedWorker, SpawnedWorker, Worker


def preloaded(master: Sequence[Cell]) -> tuple[str, ...]:
    """Return what the zygote imports: what every notebook needs and what this master's code imports."""
    names = list(PRELOADED)
    for cell in master:
        if cell.kind == "code":
            with contextlib.suppress(SyntaxError, ValueError):
                for node in ast.walk(ast.parse(cell.source)):
                    if isinstance(node, ast.Import):
                        names += [alias.name for alias in node.names]
                    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                        names.append(node.module)
    return tuple(dict.fromkeys(names))


class Pool:
    """Workers and checkers, one of each per thread, started together and ended together."""

    def __init__(self, task: Task, exercise: Path, count: int) -> None:
        self.task, self.exercise, self.count = task, exercise, count
        self._folder = tempfile.TemporaryDirectory(prefix="cocreate-grading-")
        self.package = Path(self._folder.name) / "package"
        self._modules = preloaded(task.master)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[Worker | Checking] = []
        self.digest = ""

    def __enter__(self) -> "Pool":
        try:
            if self.task.sandbox != "none":
                self.package.mkdir()
                sandboxes.copy_package(self.package)
            # the first pair is started here, so that a key or a sandbox that cannot start stops the batch at once
            self._spare_worker: Worker | None = self._keep(self._new_worker())
            self._spare_checking: Checking | None = self._keep(self._new_checking())
            self.digest = self._spare_checking.about.digest
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._open:
            each.close()
        self._folder.cleanup()

    def _keep(self, each: Any) -> Any:
        with self._lock:
            self._open.append(each)
        return each

    def _new_worker(self) -> Worker:
        if self.task.sandbox == "none":
            return SpawnedWorker()
        return SandboxedWorker(self.package, self._modules)

    def _new_checking(self) -> Checking:
        return Checking(self.exercise, seconds=self.task.limits.answer_seconds)

    def pair(self) -> tuple[Worker, Checking]:
        """Return this thread's worker and checker."""
        if not hasattr(self._local, "worker"):
            with self._lock:
                worker, self._spare_worker = self._spare_worker, None
                checking, self._spare_checking = self._spare_checking, None
            self._local.worker = worker or self._keep(self._new_worker())
            self._local.checking = checking or self._keep(self._new_checking())
        return self._local.worker, self._local.checking

    def replace_worker(self) -> None:
        """Start another worker for this thread."""
        old = self._local.worker
        with self._lock:
            self._open.remove(old)
        old.close()
        self._local.worker = self._keep(self._new_worker())
