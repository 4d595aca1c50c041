"""One model over many scenarios: the same numbers whoever runs them, and a sentence whenever one fails."""

import math
import multiprocessing
import os
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import CocreateError, ParameterError
from cocreate_teach.models import ENGAGEMENT_EXAMPLE, EngagementParameters, engagement_path
from cocreate_teach.models import sweeping as module
from cocreate_teach.models.bass import BassParameters, bass_path
from cocreate_teach.models.sweeping import sweep

SCENARIOS = [BassParameters(innovation=0.01 * k, imitation=[0.2, 0.4]) for k in range(1, 8)]


def noisy_path(parameters, *, rng):
    time.sleep(0.2 * (0.08 - parameters.innovation))  # later scenarios finish first
    return bass_path(parameters, 5) + rng.normal(size=6)


def squared(number):
    return number * number


def slowly(number):
    time.sleep(0.05)
    return number


def drawn(_, *, rng):
    return rng.random()


def as_sent(parameters):
    return parameters


def fails_at_three(number):
    if number == 3:
        raise ValueError("three is too much")
    return number


class TwoWords(Exception):
    """Cannot be built anew from its one message, which would break a process pool."""

    def __init__(self, first, second):
        super().__init__(f"{first} {second}")


def fails_oddly(number):
    if number == 3:
        raise TwoWords("odd", "error")
    return number


def gives_a_lock(_):
    return threading.Lock()


def ends_its_process(_):
    os._exit(1)


class Later(Executor):
    """Keeps so many tasks and then runs the last first: the worst order of completion, without any chance in it."""

    def __init__(self, keeps):
        self.keeps, self.waiting, self.full = keeps, [], threading.Event()
        threading.Thread(target=self.run, daemon=True).start()

    def submit(self, fn, /, *args, **kwargs):
        task = (Future(), fn, args, kwargs)
        self.waiting.append(task)
        if len(self.waiting) == self.keeps:
            self.full.set()
        elif len(self.waiting) > self.keeps:
            self.finish(*task)
        return task[0]

    def run(self):
        self.full.wait(10)
        for task in reversed(self.waiting[: self.keeps]):
            self.finish(*task)

    def finish(self, future, fn, args, kwargs):
        if future.set_running_or_notify_cancel():
            future.set_result(fn(*args, **kwargs))


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture
def threads():
    with ThreadPoolExecutor(3) as pool:
        yield pool


def same(first, second):
    return [np.asarray(a).tobytes() for a in first] == [np.asarray(b).tobytes() for b in second]


def test_serial_threads_and_processes_give_the_same_numbers_bit_for_bit(threads, processes):
    """Each scenario has its own generator, so it does not matter who draws, or when."""
    serial = sweep(noisy_path, SCENARIOS, rng=np.random.default_rng(7))
    assert len(serial) == 7
    assert not same(serial, sweep(noisy_path, SCENARIOS, rng=np.random.default_rng(8)))
    for executor in (threads, processes, Later(keeps=7)):
        assert same(serial, sweep(noisy_path, SCENARIOS, rng=np.random.default_rng(7), executor=executor))


def test_each_scenario_draws_from_its_own_child_in_order():
    """Child i belongs to scenario i: what it draws can be drawn again alone."""
    expected = [child.random() for child in np.random.default_rng(5).spawn(4)]
    assert sweep(drawn, [None] * 4, rng=np.random.default_rng(5)) == expected
    assert len(set(expected)) == 4


@given(st.integers(0, 60), st.integers(1, 9))
def test_numbers_do_not_depend_on_how_many_scenarios_are_sent_at_once(count, submissions):
    """Cheap scenarios travel together; results keep their places, and progress counts scenarios, not pieces."""
    pieces = math.ceil(count / math.ceil(count / submissions)) if count else 0
    executor, seen = Later(keeps=max(1, pieces)), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SUBMISSIONS", submissions)
        rng = np.random.default_rng(1)
        result = sweep(drawn, range(count), rng=rng, executor=executor, progress=lambda *at: seen.append(at))
    assert result == sweep(drawn, range(count), rng=np.random.default_rng(1))
    assert len(executor.waiting) == len(seen) == pieces <= submissions
    assert seen[-1:] == [(count, count)] * bool(count)


def test_ten_thousand_cheap_scenarios_are_sent_in_some_hundred_pieces(processes):
    """One message each would cost more than the work."""
    counts = []
    result = sweep(squared, range(10_000), executor=processes, progress=lambda done, _: counts.append(done))
    assert result == [number * number for number in range(10_000)]
    assert counts == sorted(counts)
    assert 200 < len(counts) <= 512
    assert counts[-1] == 10_000


def test_a_mapping_gives_a_mapping_in_its_order_and_a_sequence_a_list(threads):
    """Names come back with their results."""
    named = {"wide": 4, "narrow": 2}
    for executor in (None, threads):
        assert list(sweep(squared, named, executor=executor).items()) == [("wide", 16), ("narrow", 4)]
        assert sweep(squared, (4, 2), executor=executor) == [16, 4]
        assert sweep(squared, np.array([4, 2]), executor=executor) == [16, 4]


def test_no_scenarios_give_no_results(threads):
    """And nobody is told of progress that there is none of."""
    called = []
    for executor in (None, threads):
        assert sweep(squared, [], executor=executor, progress=lambda *numbers: called.append(numbers)) == []
        assert sweep(drawn, {}, rng=np.random.default_rng(1), executor=executor) == {}
    assert called == []


def test_progress_counts_the_scenarios_that_are_done(threads):
    """Once after each piece of work, up to the total."""
    for executor in (None, threads):
        seen = []
        sweep(squared, range(4), executor=executor, progress=lambda done, total, seen=seen: seen.append((done, total)))
        assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_stop_keeps_what_is_done_and_its_place():
    """A list keeps places with None, a mapping lacks the names that were not reached."""
    assert sweep(squared, [5, 6, 7], progress=lambda done, _: done < 2) == [25, 36, None]
    assert sweep(squared, {"a": 5, "b": 6, "c": 7}, progress=lambda done, _: done < 2) == {"a": 25, "b": 36}
    assert sweep(squared, [5, 6], progress=lambda done, _: done < 2) == [25, 36]


def test_a_stop_cancels_those_that_wait_and_loses_none_that_runs():
    """One worker: the first has finished, the second runs until the sweep has stopped, the third never starts."""
    second_runs, stopped = threading.Event(), threading.Event()
    ran = []

    def waits(number):
        ran.append(number)
        if number == 1:
            second_runs.set()
            assert stopped.wait(20)
        return number * 10

    def stop(done, _):
        assert second_runs.wait(20)
        threading.Timer(0.1, stopped.set).start()
        return False

    with ThreadPoolExecutor(1) as pool:
        assert sweep(waits, range(3), executor=pool, progress=stop) == [0, 10, None]
    assert ran == [0, 1]


@pytest.mark.parametrize("where", ["serial", "threads", "processes"])
def test_an_error_names_its_scenario_and_keeps_the_original(where, request):
    """By name in a mapping, by position in a sequence; the cause is the model's own error."""
    executor = None if where == "serial" else request.getfixturevalue(where)
    with pytest.raises(CocreateError, match=r"^scenario 'greedy' failed: ValueError: three is too much$") as caught:
        sweep(fails_at_three, {"modest": 1, "greedy": 3}, executor=executor)
    assert isinstance(caught.value.__cause__, ValueError)
    with pytest.raises(CocreateError, match="scenario at position 2 failed: ValueError: three"):
        sweep(fails_at_three, [1, 2, 3, 4], executor=executor)
    assert sweep(squared, [2], executor=executor) == [4]


def test_an_error_in_the_middle_of_a_piece_is_named_exactly(monkeypatch):
    """Position 3 of pieces of four: the second in the first piece is not the third."""
    monkeypatch.setattr(module, "_SUBMISSIONS", 2)
    with pytest.raises(CocreateError, match="scenario at position 5 failed"):
        sweep(fails_at_three, [0, 1, 2, 2, 2, 3, 2], executor=Later(keeps=2))


def test_of_several_errors_the_first_scenario_is_named():
    """Position 1 fails at once, position 0 later: the message does not depend on who was faster."""
    both = threading.Barrier(2)

    def fails(pause):
        both.wait(20)
        time.sleep(pause)
        raise ValueError(pause)

    with ThreadPoolExecutor(2) as pool, pytest.raises(CocreateError, match=r"position 0 failed: ValueError: 0\.2"):
        sweep(fails, [0.2, 0.0], executor=pool)


def test_an_error_cancels_those_that_wait():
    """Nothing keeps running in the background after the message."""
    ran = []

    def fails_first(number):
        ran.append(number)
        raise KeyError(number)

    with ThreadPoolExecutor(1) as pool, pytest.raises(CocreateError, match="position 0 failed: KeyError"):
        sweep(fails_first, range(50), executor=pool)
    assert len(ran) < 50


def test_an_error_that_cannot_travel_still_names_its_scenario(processes, threads):
    """Its words come instead, and the pool lives on; where nothing travels the error itself is the cause."""
    for executor in (processes, threads):
        with pytest.raises(CocreateError, match="scenario at position 3 failed: RuntimeError: TwoWords: odd error"):
            sweep(fails_oddly, range(5), executor=executor)
    assert sweep(squared, [2], executor=processes) == [4]
    with pytest.raises(CocreateError, match="scenario at position 3 failed: TwoWords: odd error") as caught:
        sweep(fails_oddly, range(5))
    assert isinstance(caught.value.__cause__, TwoWords)


def test_an_error_of_progress_comes_through_and_cancels_the_rest():
    """A broken progress bar must not leave workers busy."""
    executor = Later(keeps=3)

    def broken(done, total):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sweep(squared, range(3), executor=executor, progress=broken)
    with pytest.raises(ZeroDivisionError):
        sweep(squared, range(3), progress=broken)


def test_a_local_function_for_processes_is_answered_by_a_sentence(processes):
    """Threads take it; processes cannot find it by name."""

    def local(number):
        return number

    for model in (lambda number: number, local):
        with pytest.raises(ParameterError, match="define it at the top level of a module"):
            sweep(model, [1, 2, 3], executor=processes)
        with ThreadPoolExecutor(1) as pool:
            assert sweep(model, [1, 2, 3], executor=pool) == [1, 2, 3]
    assert sweep(squared, [2], executor=processes) == [4]


def test_what_cannot_be_sent_is_answered_by_a_sentence(processes, monkeypatch):
    """A scenario that holds a lock, or a result that is one; which of a piece it was, nobody can know."""
    with pytest.raises(CocreateError, match="scenario 'locked' failed: a scenario or its result cannot be sent"):
        sweep(squared, {"locked": threading.Lock()}, executor=processes)
    with pytest.raises(CocreateError, match="scenario at position 0 failed: a scenario or its result cannot be sent"):
        sweep(gives_a_lock, [1], executor=processes)
    monkeypatch.setattr(module, "_SUBMISSIONS", 1)
    with pytest.raises(CocreateError, match=r"^scenario at position 0 or one of the 2 after it failed"):
        sweep(squared, [1, threading.Lock(), 3], executor=processes)


def test_a_worker_that_ends_is_answered_by_a_sentence():
    """Out of memory looks like this: no answer for ever is the alternative."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        with pytest.raises(CocreateError, match="failed: a worker ended"):
            sweep(ends_its_process, [1, 2], executor=pool)
        with pytest.raises(CocreateError, match="failed: a worker ended"):
            sweep(squared, [1, 2], executor=pool)


def test_a_model_of_a_notebook_that_spawned_workers_cannot_find_is_answered_by_a_sentence(monkeypatch):
    """Spawned workers import the module of the model, and a notebook is none."""
    monkeypatch.setattr(ends_its_process, "__module__", "__main__")
    error = module._lost(ends_its_process, ["scenario 1"], module.BrokenExecutor("ended"))
    assert isinstance(error, ParameterError)
    assert "top level of a module" in str(error)


def test_an_executor_that_is_closed_is_answered_by_a_sentence():
    """Used after its with block."""
    with ThreadPoolExecutor(1) as pool:
        pass
    with pytest.raises(ParameterError, match="takes no more work"):
        sweep(squared, [1], executor=pool)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rng": 3}, "rng must be a random generator of numpy; got 3"),
        ({"executor": object()}, r"executor must be one of concurrent\.futures, or None; got object"),
        ({"executor": ThreadPoolExecutor}, "got type"),
        ({"scenarios": ENGAGEMENT_EXAMPLE}, r"got EngagementParameters; write \[scenario\]"),
        ({"scenarios": "abc"}, "got str"),
    ],
)
def test_wrong_arguments_are_answered_by_a_sentence(wrong, sentence):
    """And say what to write instead."""
    with pytest.raises(ParameterError, match=sentence):
        sweep(squared, **({"scenarios": [1]} | wrong))


def test_a_generator_without_children_is_answered_by_a_sentence():
    """Its bits come from elsewhere than a seed sequence."""
    legacy = np.random.Generator(np.random.RandomState(1)._bit_generator)
    with pytest.raises(ParameterError, match="able to spawn"):
        sweep(drawn, [1], rng=legacy)


def test_parameters_survive_the_trip_between_processes(processes):
    """Frozen, slotted, with arrays: all fields come back, and give the same path."""
    sent = {
        "bass": BassParameters(innovation=np.linspace(0.01, 0.05, 5), imitation=0.4),
        "engagement": replace(ENGAGEMENT_EXAMPLE, centralisation=np.array([0.0, 0.5])),
    }
    back = sweep(as_sent, sent, executor=processes)
    for name, parameters in sent.items():
        assert type(back[name]) is type(parameters)
        for field in fields(parameters):
            before, after = (getattr(one, field.name) for one in (parameters, back[name]))
            assert type(before) is type(after)
            assert np.array_equal(before, after)
    assert isinstance(back["engagement"], EngagementParameters)
    assert np.array_equal(engagement_path(back["engagement"], 4), engagement_path(sent["engagement"], 4))


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_numbers_bit_for_bit():
    """Two worker processes on this machine; a cluster of machines is the same executor."""
    from distributed import Client, LocalCluster

    serial = sweep(noisy_path, SCENARIOS, rng=np.random.default_rng(7))
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        executor = client.get_executor(pure=False)
        assert same(serial, sweep(noisy_path, SCENARIOS, rng=np.random.default_rng(7), executor=executor))
        assert sweep(squared, range(2_000), executor=executor) == [number * number for number in range(2_000)]
        with pytest.raises(CocreateError, match="scenario 'greedy' failed: ValueError: three is too much"):
            sweep(fails_at_three, {"modest": 1, "greedy": 3}, executor=executor)
        with pytest.raises(CocreateError, match="position 3 failed: RuntimeError: TwoWords: odd error"):
            sweep(fails_oddly, range(5), executor=executor)
        stopped = sweep(slowly, range(200), executor=executor, progress=lambda done, _: done < 5)
        finished = [number for number in range(200) if stopped[number] is not None]
        assert 5 <= len(finished) < 200
        assert all(stopped[number] == number for number in finished)
        with pytest.raises(ParameterError, match=r"client\.get_executor"):
            sweep(squared, [1], executor=client)
