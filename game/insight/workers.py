"""Work shared out to processes that are kept alive, or to an engine of one's own: the same bytes, whoever does what.

An engine is anything with `submit(function, *arguments)` that returns a future: an executor, or a dask client. A
scenario is unpacked and compiled once in each process; results come back in the order in which they were asked for.
"""

from __future__ import annotations

import atexit
import copyreg
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import Any
from uuid import uuid4

from attrs import evolve

from game import __version__
from game.play.batch import Batch, results
from game.scenario.model import Scenario
from game.world.problems import IllegalOrder, Problem, Problems

Found = tuple[int, Any, Any]
"""The first run of a chunk, every run's ending and how long it lasted."""
Submit = Callable[..., Any]
Task = tuple[Any, ...]
"""A function and what it is given."""
_POOLS: dict[int, ProcessPoolExecutor] = {}

# an exception is made again from its message alone, which this one is not
copyreg.pickle(IllegalOrder, lambda error: (IllegalOrder, (error.asked, error.turn, error.legal, error.why)))


# ---- who works


def engine(workers: Any) -> tuple[Submit, int]:
    """How work is handed to so many processes, or to an engine, and how much of it at once; raises Problems.

    One process is this one, which does a task when its result is asked for.
    """
    if isinstance(workers, int) and not isinstance(workers, bool) and workers > 0:
        return (Later, 1) if workers == 1 else (pool(workers).submit, 2 * workers)
    if callable(getattr(workers, "submit", None)):
        return workers.submit, 2 * _places(workers)
    allowed = "a whole number from 1 up, or an engine with submit: an executor or a dask client"
    raise Problems([Problem("workers", f"this says {workers!r}", allowed)])


class Later:
    """A future that this process makes true when it is asked for."""

    def __init__(self, work: Callable[..., Any], *given: Any) -> None:
        self.work, self.given = work, given

    def result(self) -> Any:
        """Do it."""
        return self.work(*self.given)

    def cancel(self) -> bool:
        """Nothing has begun, so that nothing has to be stopped."""
        return True


def _places(workers: Any) -> int:
    """How much an engine can do at a time, as far as it tells: a dask client knows its workers' threads."""
    tell = getattr(workers, "nthreads", None)
    return max(sum(tell().values()) if callable(tell) else 0, os.cpu_count() or 1)


def pool(workers: int) -> ProcessPoolExecutor:
    """So many processes, started once and kept alive."""
    if workers not in _POOLS:
        _POOLS[workers] = ProcessPoolExecutor(workers, get_context("spawn"), _leave_interrupts_to_the_parent)
    return _POOLS[workers]


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@atexit.register
def _close() -> None:
    for each in _POOLS.values():
        each.shutdown(wait=False, cancel_futures=True)


# ---- what is sent to whom


def in_order(submit: Submit, tasks: Iterable[Task], ahead: int) -> Generator[Any]:
    """The result of every task, in order, with no more than so many handed out and waiting."""
    # dask takes tasks of the same arguments for one, and cancelling one call's would cancel another's
    call = uuid4().hex
    waiting: deque[Any] = deque()
    todo = iter(tasks)
    try:
        while True:
            while len(waiting) < ahead and (task := next(todo, None)) is not None:
                waiting.append(submit(_do, call, *task))
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _do(call: str, work: Callable[..., Any], *given: Any) -> Any:
    """One task of a call."""
    return work(*given)


def handed(scenario: Scenario, workers: Any) -> Any:
    """A scenario as a task may be given it: itself in this process, else as bytes."""
    return scenario if isinstance(workers, int) and workers == 1 else sent(scenario)


def taken(data: Any) -> Scenario:
    """A scenario as a task was given it; raises Problems."""
    return data if isinstance(data, Scenario) else received(data)


def sent(scenario: Scenario) -> bytes:
    """A scenario as bytes, the same whatever has been computed from it meanwhile."""
    return pickle.dumps((__version__, evolve(scenario)))


@lru_cache(maxsize=4)
def received(data: bytes) -> Scenario:
    """The scenario of such bytes, one in each process, so that it is compiled once; raises Problems."""
    version, scenario = pickle.loads(data)
    if version != __version__:
        what = f"a worker has version {__version__} of the game, who asks has {version}"
        raise Problems([Problem("workers", what, "the same version everywhere")])
    assert isinstance(scenario, Scenario)
    return scenario


# ---- a batch


def shares(runs: int, chunk: int) -> Iterator[tuple[int, int]]:
    """The runs of every chunk: the first and one past the last.

    >>> list(shares(10, 4))
    [(0, 4), (4, 8), (8, 10)]
    """
    return ((first, min(first + chunk, runs)) for first in range(0, runs, chunk))


def found(batch: Batch, workers: Any, policy: Any) -> Generator[Found]:
    """The results of all chunks of a batch in order, played by others.

    A policy that cannot be sent to another process raises what pickle raises.
    """
    submit, ahead = engine(workers)
    rest = pickle.dumps((batch.runs, batch.seed, policy, dict(batch.given), dict(batch.parameters), batch.chunk))
    scenario = sent(batch.scenario)
    tasks = ((play, scenario, rest, *share) for share in shares(batch.runs, batch.chunk))
    for chunks in in_order(submit, tasks, ahead):
        yield from chunks


def play(scenario: bytes, rest: bytes, first: int, last: int) -> list[Found]:
    """Some runs of a batch, in this process."""
    return list(results(_unpacked(scenario, rest), first, last))


@lru_cache(maxsize=4)
def _unpacked(scenario: bytes, rest: bytes) -> Batch:
    from game.insight.simulation import batch_of

    return batch_of(received(scenario), *pickle.loads(rest))
