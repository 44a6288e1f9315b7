"""Batches played by several processes that are kept alive: the same bytes, whoever plays which chunk.

A process gets a batch once, as bytes, compiles it once and then plays chunk after chunk of it; the results come back
in the order of the runs.
"""

from __future__ import annotations

import atexit
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import Any

from game.play.batch import Batch, results

Found = tuple[int, Any, Any]
"""The first run of a chunk, every run's ending and how long it lasted."""
_POOLS: dict[int, ProcessPoolExecutor] = {}


def packed(scenario: Any, runs: int, seed: int, policy: Any, given: Any, parameters: Any, chunk: int) -> bytes:
    """A batch as bytes; a policy that cannot be sent to another process raises what pickle raises."""
    return pickle.dumps((scenario, runs, seed, policy, given, parameters, chunk))


@lru_cache(maxsize=4)
def _unpacked(data: bytes) -> Batch:
    from game.insight.policies import batch_of

    return batch_of(*pickle.loads(data))


def play(data: bytes, first: int, last: int) -> list[Found]:
    """Some runs of a batch, in this process."""
    return list(results(_unpacked(data), first, last))


def shares(runs: int, chunk: int) -> Iterator[tuple[int, int]]:
    """The runs of every chunk: the first and one past the last.

    >>> list(shares(10, 4))
    [(0, 4), (4, 8), (8, 10)]
    """
    return ((first, min(first + chunk, runs)) for first in range(0, runs, chunk))


def in_processes(data: bytes, runs: int, chunk: int, workers: int) -> Iterator[Found]:
    """The results of all chunks in order, played by so many processes."""
    return in_order(pool(workers).submit, data, runs, chunk, 2 * workers)


def in_order(submit: Callable[..., Any], data: bytes, runs: int, chunk: int, ahead: int) -> Iterator[Found]:
    """The results in the order of the runs, with no more than so many chunks waiting: an executor's or a cluster's."""
    waiting: deque[Future[list[Found]]] = deque()
    todo = shares(runs, chunk)
    try:
        while True:
            while len(waiting) < ahead and (share := next(todo, None)) is not None:
                waiting.append(submit(play, data, *share))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


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
