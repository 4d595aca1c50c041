"""One model over many scenarios, in turn or by many workers at once, with the same numbers either way.

It *assumes* that a result depends on its scenario and its own random generator alone. Every scenario gets a child
generator, drawn in the order of the scenarios before any of them runs; so it does not matter who runs it, or when.
Scenarios that differ in numbers alone are faster as a leading axis of one call; this is for all others.
"""

import copy
import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from typing import Any, Final, TypeAlias, TypeVar, overload

import numpy as np

from cocreate_teach.errors import CocreateError, ParameterError
from cocreate_teach.models.parameters import random_generator
from cocreate_teach.models.progress import Progress, is_stopped

_Name = TypeVar("_Name", bound=Hashable)
_Result = TypeVar("_Result")
_Job: TypeAlias = tuple[Any, np.random.Generator | None]  # a scenario and the generator that belongs to it
_Outcome: TypeAlias = tuple[list[_Result], Exception | None]  # what is done, and what went wrong after it
_SUBMISSIONS: Final = 512  # at most: each costs time; enough of them to keep many workers busy to the end


@overload
def sweep(
    model: Callable[..., _Result],
    scenarios: Mapping[_Name, Any],
    *,
    rng: np.random.Generator | None = None,
    executor: Executor | None = None,
    progress: Progress = None,
) -> dict[_Name, _Result]: ...


@overload
def sweep(
    model: Callable[..., _Result],
    scenarios: Sequence[Any],
    *,
    rng: np.random.Generator | None = None,
    executor: Executor | None = None,
    progress: Progress = None,
) -> list[_Result | None]: ...


def sweep(
    model: Callable[..., _Result],
    scenarios: Mapping[_Name, Any] | Sequence[Any],
    *,
    rng: np.random.Generator | None = None,
    executor: Executor | None = None,
    progress: Progress = None,
) -> dict[_Name, _Result] | list[_Result | None]:
    """Run a model once per scenario.

    Parameters
    ----------
    model : callable
        Called as ``model(scenario)``, or ``model(scenario, rng=generator)`` if `rng` is given. For worker processes it
        must be defined at the top level of a module.
    scenarios : sequence or mapping of name to scenario
        What `model` takes: parameters, or anything else.
    rng : numpy.random.Generator
        Its children, one per scenario (``rng.spawn``), are what the model draws from.
    executor : concurrent.futures.Executor
        Who runs the scenarios: threads, processes, or a cluster (``client.get_executor()`` of Dask). None: here, in
        turn. It stays open.
    progress : callable
        Called as ``progress(done, total)`` as scenarios finish. If it returns False, those that wait are cancelled.

    Returns
    -------
    list or dict
        Results in the order of the scenarios: a list for a sequence, a dict for a mapping. After a stop, everything
        that has finished: the list holds None at the places of the others, the dict lacks their names.

    Raises
    ------
    ParameterError
        If `scenarios`, `rng` or `executor` is of a wrong kind, or worker processes cannot find `model`.
    CocreateError
        If a scenario fails: the sentence names it, ``__cause__`` is the original error. Those that wait are cancelled.

    Examples
    --------
    >>> from cocreate_teach.models import ENGAGEMENT_EXAMPLE, engagement_equilibrium
    >>> from dataclasses import replace
    >>> scenarios = {"open": replace(ENGAGEMENT_EXAMPLE, centralisation=0), "as now": ENGAGEMENT_EXAMPLE}
    >>> for name, engagement in sweep(engagement_equilibrium, scenarios).items():
    ...     print(f"{name}: mean engagement {engagement.mean():.3f}")
    open: mean engagement 0.660
    as now: mean engagement 0.510
    """
    jobs, labels = _jobs(scenarios, rng)
    results: dict[int, _Result] = {}
    if executor is None:
        for place, job in enumerate(jobs):
            done, error = _run(model, [job])
            if error is not None:
                raise _failed(labels[place], error) from error
            results[place] = done[0]
            if is_stopped(progress, place + 1, len(jobs)):
                break
    elif isinstance(executor, Executor):
        _run_by_workers(model, jobs, labels, executor, progress, results)
    else:
        raise ParameterError(
            f"executor must be one of concurrent.futures, or None; got {type(executor).__name__}; "
            "with Dask pass client.get_executor()"
        )
    if isinstance(scenarios, Mapping):
        return {name: results[place] for place, name in enumerate(scenarios) if place in results}
    return [results.get(place) for place in range(len(jobs))]


def _jobs(scenarios: Any, rng: np.random.Generator | None) -> tuple[list[_Job], list[str]]:
    """Return jobs in the order of the scenarios, and what messages call them."""
    if isinstance(scenarios, str) or not isinstance(scenarios, Iterable):
        raise ParameterError(
            f"scenarios must be a sequence, or a mapping of name to scenario; got {type(scenarios).__name__}; "
            "write [scenario] for a single one"
        )
    if isinstance(scenarios, Mapping):
        values, labels = list(scenarios.values()), [f"scenario {name!r}" for name in scenarios]
    else:
        values = list(scenarios)
        labels = [f"scenario at position {place}" for place in range(len(values))]
    if rng is None:
        return [(value, None) for value in values], labels
    try:
        children = random_generator(rng).spawn(len(values))
    except TypeError as error:  # its bits come from a legacy source, which has no children
        raise ParameterError("rng must be able to spawn children; write rng=np.random.default_rng(1)") from error
    return list(zip(values, children, strict=True)), labels


def _run(model: Callable[..., _Result], jobs: Sequence[_Job]) -> _Outcome[_Result]:
    """Run some scenarios in turn, up to the first that fails; return what is done, and the error."""
    results: list[_Result] = []
    for scenario, generator in jobs:
        try:
            results.append(model(scenario) if generator is None else model(scenario, rng=generator))
        except Exception as error:
            return results, error
    return results, None


def _run_elsewhere(model: Callable[..., _Result], jobs: Sequence[_Job]) -> _Outcome[_Result]:
    """Run some scenarios for somebody else: an error that cannot be built anew on the other side comes as words.

    Otherwise it would break a pool of processes, and nobody would know which scenario it was.
    """
    results, error = _run(model, jobs)
    try:
        copy.copy(error)
    except Exception:
        error = RuntimeError(f"{type(error).__name__}: {error}")
    return results, error


def _run_by_workers(
    model: Callable[..., _Result],
    jobs: list[_Job],
    labels: list[str],
    executor: Executor,
    progress: Progress,
    results: dict[int, _Result],
) -> None:
    """Fill in results by place. Whatever happens, nothing keeps waiting in the executor."""
    length = max(1, math.ceil(len(jobs) / _SUBMISSIONS))
    started: dict[Future[_Outcome[_Result]], int] = {}
    failures: dict[int, Exception] = {}

    def collect(future: Future[_Outcome[_Result]]) -> None:
        first = started[future]
        try:
            done, error = future.result()
        except Exception as unsent:
            raise _lost(model, labels[first : first + length], unsent) from unsent
        results.update(enumerate(done, first))
        if error is not None:
            failures[first + len(done)] = error

    try:
        for first in range(0, len(jobs), length):
            started[_submit(executor, model, jobs[first : first + length], labels[first:])] = first
        for future in as_completed(started):
            collect(future)
            if failures or is_stopped(progress, len(results), len(jobs)):
                break
    finally:
        for future in started:
            future.cancel()
    if len(results) < len(jobs):
        for future in started:
            if not future.cancelled():  # it was running already
                collect(future)
    if failures:
        first = min(failures)
        raise _failed(labels[first], failures[first]) from failures[first]


def _submit(
    executor: Executor, model: Callable[..., _Result], jobs: list[_Job], labels: list[str]
) -> Future[_Outcome[_Result]]:
    try:
        return executor.submit(_run_elsewhere, model, jobs)
    except BrokenExecutor as error:
        raise _lost(model, labels[:1], error) from error
    except RuntimeError as error:
        raise ParameterError(f"the executor takes no more work ({error}); make a new one") from error


def _failed(label: str, error: Exception) -> CocreateError:
    return CocreateError(f"{label} failed: {type(error).__name__}: {error}")


def _lost(model: Callable[..., Any], labels: list[str], error: Exception) -> CocreateError:
    """Return why workers could not run some scenarios, or could not send their results."""
    name = getattr(model, "__qualname__", type(model).__qualname__)
    is_local = ("<lambda>" in name or "<locals>" in name) and name in str(error)
    if is_local or (isinstance(error, BrokenExecutor) and getattr(model, "__module__", "") == "__main__"):
        return ParameterError(
            f"worker processes cannot find the model {name}; define it at the top level of a module (a .py file), "
            "or use threads: concurrent.futures.ThreadPoolExecutor"
        )
    whose = labels[0] if len(labels) == 1 else f"{labels[0]} or one of the {len(labels) - 1} after it"
    why = "a worker ended" if isinstance(error, BrokenExecutor) else "a scenario or its result cannot be sent"
    return CocreateError(f"{whose} failed: {why}: {type(error).__name__}: {error}")
