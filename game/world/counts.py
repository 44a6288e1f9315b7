"""Counts: one draw inverted in a committed table of whole numbers, so a higher rate never means fewer.

Row i of `counts.txt` is the Poisson distribution of one rate, cut into 1,000 equal cells of the draw; a row lists the
first count and how many cells each count from there on takes. Rates lie on a grid that is finer where they are small.
`game.testing.count_table` makes the file; a test compares them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

CELLS = 1_000
STEPS = ((0, 1_000, 10), (1_000, 5_000, 100), (5_000, 25_000, 500), (25_000, 200_000, 5_000))
"""(from, to, step) in thousandths of an expected count."""
ROWS = sum((high - low) // step for low, high, step in STEPS) + 1


def rates() -> list[int]:
    """The rate of every row, in thousandths.

    >>> rates()[:3], len(rates()) == ROWS
    ([0, 10, 20], True)
    """
    grid = [rate for low, high, step in STEPS for rate in range(low, high, step)]
    return [*grid, STEPS[-1][1]]


@cache
def table() -> tuple[tuple[int, ...], ...]:
    """Counts by row (rate) and cell (draw // 1,000): ROWS tuples of CELLS whole numbers.

    >>> rates()[100], table()[100][500]
    (1000, 1)
    """
    text = files("game.world").joinpath("counts.txt").read_text(encoding="utf-8")
    return tuple(_spread([int(word) for word in row.split()]) for row in text.splitlines() if not row.startswith("#"))


def _spread(row: list[int]) -> tuple[int, ...]:
    first, *cells = row
    return tuple(first + k for k, width in enumerate(cells) for _ in range(width))


@cache
def columns() -> Any:
    """The same table as one flat int32 array of ROWS * CELLS."""
    import numpy as np

    flat = np.array(table(), dtype=np.int32).ravel()
    flat.setflags(write=False)
    return flat
