"""Makes the committed table of counts from exact fractions; run `python -m game.testing.count_table` to print it."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby

from game.world.counts import CELLS, rates


def _masses(rate: Fraction) -> list[Fraction]:
    """Poisson masses up to a common factor, until they no longer matter."""
    masses: list[Fraction] = []
    term, k = Fraction(1), 0
    while k <= rate or term * 10**9 > max(masses):
        masses.append(term)
        k += 1
        term = term * rate / k
    return masses


def row(rate: int) -> list[int]:
    """First count, then the cells of each count from there on, for a rate in thousandths.

    >>> row(0)
    [0, 1000]
    >>> sum(row(1000)[1:])
    1000
    """
    if rate == 0:
        return [0, CELLS]
    masses = [round(m * 10**30) for m in _masses(Fraction(rate, 1000))]
    whole, below, k, counts = sum(masses), masses[0], 0, []
    for cell in range(CELLS):
        while below * 2 * CELLS <= whole * (2 * cell + 1):
            k += 1
            below += masses[k]
        counts.append(k)
    widths = {count: len(list(group)) for count, group in groupby(counts)}
    first, last = min(widths), max(widths)
    return [first, *(widths.get(count, 0) for count in range(first, last + 1))]


def text() -> str:
    """The whole file."""
    head = "# first count, then how many of 1000 cells each count from there on takes; one row a rate"
    return "\n".join([head, *(" ".join(map(str, row(rate))) for rate in rates())]) + "\n"


if __name__ == "__main__":
    print(text(), end="")
