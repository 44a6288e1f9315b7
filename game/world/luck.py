"""Luck: every draw is a whole number from 0 to 999,999, a pure function of (seed, run, turn, name).

Choose otherwise, or add a rule, and every other die falls as before. The mixing is the finaliser of splitmix64
(Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"); names are hashed once by blake2b.
The key of (seed, turn, name) is mixed first and the run last, so that a column of runs costs one mix a draw.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Any

SIDES = 1_000_000
MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB


def mix(x: int) -> int:
    """Spread the bits of a 64-bit whole number.

    >>> mix(0), mix(1)
    (0, 6238072747940578789)
    """
    x = (x ^ (x >> 30)) * FIRST & MASK
    x = (x ^ (x >> 27)) * SECOND & MASK
    return x ^ (x >> 31)


@lru_cache(maxsize=65_536)
def named(name: str) -> int:
    """The 64-bit number of a draw's name, the same on every machine."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=4_096)
def season(seed: int, turn: int) -> int:
    """The number of one seed's turn, into which a draw's name is mixed."""
    return mix(mix((seed + GOLDEN) & MASK) ^ ((turn + 1) * SECOND & MASK))


def offset(run: int) -> int:
    """What a run adds to the key of every draw."""
    return (run + 1) * GOLDEN & MASK


def key(seed: int, turn: int, name: str) -> int:
    """The key of one named draw of one turn, before the run is mixed in."""
    return mix(season(seed, turn) ^ named(name))


def draw(seed: int, run: int, turn: int, name: str) -> int:
    """One draw: a whole number from 0 to 999,999.

    >>> draw(7, 0, 1, "kirkuk.casualty") == draw(7, 0, 1, "kirkuk.casualty")
    True
    >>> 0 <= draw(7, 0, 1, "kirkuk.casualty") < SIDES
    True
    """
    mixed = mix(key(seed, turn, name) + offset(run) & MASK)
    return (mixed >> 32) * SIDES >> 32


def draws(seed: int, runs: Any, turn: int, name: str) -> Any:
    """The same draw for a column of runs: uint64 array (n,) in, int32 array (n,) out."""
    import numpy as np

    x = (runs + np.uint64(1)) * np.uint64(GOLDEN) + np.uint64(key(seed, turn, name))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(FIRST)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(SECOND)
    x ^= x >> np.uint64(31)
    return ((x >> np.uint64(32)) * np.uint64(SIDES) >> np.uint64(32)).astype(np.int32)
