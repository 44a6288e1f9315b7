"""The door to workers on other machines: a dask.distributed scheduler at an address, as an engine for `workers`.

Needs dask.distributed, the `cluster` extra, and the same version of the game on every worker.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from game.world.problems import Problem, Problems

PATIENCE = 10
"""So many seconds may pass until a scheduler answers, and as many until it has a worker."""


@contextmanager
def cluster(address: str) -> Iterator[Any]:
    """A client of the scheduler at an address such as tcp://10.0.0.5:8786, closed in the end; raises Problems."""
    try:
        from distributed import Client, KilledWorker
        from distributed.comm import CommClosedError
        from distributed.core import connect
    except ImportError:
        raise _problem("dask.distributed is not installed", "pip install 'between-two-rivers[cluster]'") from None

    async def knock() -> None:
        (await connect(address, timeout=PATIENCE)).abort()

    # a client that finds nobody leaves a thread behind that complains later; a knock leaves nothing
    try:
        asyncio.run(knock())
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _problem(f"no scheduler answers at {address}: {error}", "dask scheduler, on the machine named") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise _problem(f"the scheduler at {address} has no workers", f"dask worker {address}") from None
        try:
            yield client
        except (CancelledError, CommClosedError, KilledWorker) as error:
            raise _problem(f"the cluster at {address} broke down: {error}", "the same again") from None
        except ModuleNotFoundError as error:
            raise _problem(f"a worker lacks {error.name}", "pip install between-two-rivers, on every worker") from None


def _problem(what: str, fix: str) -> Problems:
    return Problems([Problem("--cluster", what, "the address of a dask scheduler, such as tcp://10.0.0.5:8786", fix)])
