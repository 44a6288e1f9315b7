"""What compiled columns call: draws, counts, cases and control given back, on rows that are kept and used again.

Every function gives, run by run, what the word of the same name in `game.world.state` gives for one game.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.lib.stride_tricks import as_strided

from game.world import luck
from game.world.columns import Many
from game.world.counts import CELLS, ROWS, STEPS, columns
from game.world.state import returned
from game.world.variables import UNIT

# the ufunc behind np.clip, without the wrapper that takes longer than a short row; another numpy may keep it elsewhere
clip = getattr(import_module("numpy._core.umath"), "clip", np.clip)

PIECE = 32_768
"""Draws are mixed in pieces that stay in the nearest cache."""
_SHIFTS = {by: np.array(by, dtype=np.uint64) for by in (27, 30, 31, 32)}
_FIRST, _SECOND = (np.array(by, dtype=np.uint64) for by in (luck.FIRST, luck.SECOND))
_SIDES, _CELLS = (np.array(by, dtype=np.uint64) for by in (luck.SIDES, CELLS))


@define(eq=False)
class Dice:
    """The draws of one turn for a block of runs: `offsets` uint64 (runs,) is what each run adds to every key."""

    seed: int
    offsets: Any
    turn: int = 0
    seasons: tuple[int, int] = (0, 0)
    mixed: list[Any] = field(factory=list)
    room: list[Any] = field(factory=list)

    def begin(self, turn: int) -> None:
        """Draw for another turn."""
        self.turn, self.seasons = turn, (luck.season(self.seed, turn), luck.season(self.seed, max(turn - 1, 0)))
        if not self.mixed:
            self.mixed = [np.empty(PIECE, dtype=np.uint64) for _ in range(2)]

    def all(self) -> Any:
        """The places of all runs."""
        return np.arange(len(self.offsets))

    def draw(self, name: int, out: Any, early: int = 0, first: int = 0, sides: Any = _SIDES) -> None:
        """One draw for every run from a first one on, into an int32 row; by the turn before, where it is made early."""
        key, offsets_ = np.array(luck.mix(self.seasons[early] ^ name), dtype=np.uint64), self.offsets[first:]
        for first in range(0, len(out), PIECE):
            offsets = offsets_[: len(out)][first : first + PIECE]
            x, y = self.mixed[0][: len(offsets)], self.mixed[1][: len(offsets)]
            np.add(offsets, key, x)
            _mix(x, y)
            np.right_shift(x, _SHIFTS[32], x)
            np.multiply(x, sides, x)
            np.right_shift(x, _SHIFTS[32], x)
            np.copyto(out[first : first + PIECE], x, casting="unsafe")

    def some(self, name: int, which: Any, early: int = 0, sides: Any = _SIDES) -> Any:
        """The same draw for some of the runs: an int32 row as long as their places."""
        x = self.offsets[which] + np.uint64(luck.mix(self.seasons[early] ^ name))
        _mix(x, np.empty_like(x))
        return ((x >> _SHIFTS[32]) * sides >> _SHIFTS[32]).astype(np.int32)

    def count(self, name: int, between: int, rate: Any, out: Any) -> None:
        """A count for every run, into an int32 row; drawn only where something is expected, where that is seldom."""
        rate = np.broadcast_to(rate, out.shape)
        expected = rate > 0
        if np.count_nonzero(expected) * 3 < len(out):
            which = np.flatnonzero(expected)
            out.fill(0)
            out[which] = self.some_count(name, between, rate[which], which)
            return
        for first in range(0, len(out), PIECE):
            self._piece(name, between, rate, out, first)

    def _piece(self, name: int, between: int, rate: Any, out: Any, first: int) -> None:
        """The counts of a piece of the runs; which of two rows of the table is taken is drawn where it matters."""
        out = out[first : first + PIECE]
        n = len(out)
        if not self.room:
            self.room = [np.empty(PIECE, dtype=dtype) for dtype in (np.int32, np.int32, np.int16)]
        packed, place, found = (row[:n] for row in self.room)
        np.take(_rows_of_rates(), rate[first : first + PIECE], out=packed, mode="clip")
        self.draw(name, out, first=first, sides=_CELLS)
        np.right_shift(packed, BITS, place)
        np.add(place, out, place)
        np.take(_counts(), place, out=found, mode="clip")
        unsure = np.flatnonzero((found & 1).astype(bool))
        np.right_shift(found, 1, found)
        if unsure.size:
            upper = self.some(between, unsure + first, sides=_CELLS) >= packed[unsure] & THRESHOLD
            found[unsure] = _counts()[place[unsure] + upper * CELLS] >> 1
        np.multiply(found, UNIT, out, dtype=np.int32)

    def some_count(self, name: int, between: int, rate: Any, which: Any) -> Any:
        """A count for some of the runs, by their rates."""
        packed = _rows_of_rates().take(rate, mode="clip")
        upper = self.some(between, which, sides=_CELLS) >= packed & THRESHOLD
        place = (packed >> BITS) + upper * np.int32(CELLS) + self.some(name, which, sides=_CELLS)
        return (_counts().take(place) >> 1) * np.int32(UNIT)


BITS, THRESHOLD = 10, (1 << 10) - 1
"""A packed rate is where its lower row begins in the table of counts, and in so many bits the thousandth of the draw
from which on the upper row counts."""


@cache
def _rows_of_rates() -> Any:
    """For every rate up to the largest, packed: see BITS. The arithmetic of `game.world.state.grid`."""
    rates = np.arange(STEPS[-1][1] + 1, dtype=np.int64)
    packed, start = np.zeros(len(rates), dtype=np.int64), 0
    for low, high, step in STEPS:
        here = rates >= low
        inside = rates[here] - low
        lacking = step - inside % step
        packed[here] = ((start + inside // step) * CELLS << BITS) + -(-lacking * CELLS // step)
        start += (high - low) // step
    packed[0] = CELLS
    packed[-1] = ((ROWS - 1) * CELLS << BITS) + CELLS
    return packed.astype(np.int32)


@cache
def _counts() -> Any:
    """The table of counts, doubled, plus 1 where the next row gives another, so that it matters which is taken."""
    counts = columns().reshape(ROWS, CELLS).astype(np.int16) * 2
    counts[:-1] += counts[1:] != counts[:-1]
    return counts.ravel()


def _mix(x: Any, y: Any) -> None:
    """Spread the bits of uint64 columns in place; `y` is room for it."""
    np.right_shift(x, _SHIFTS[30], y)
    np.bitwise_xor(x, y, x)
    np.multiply(x, _FIRST, x)
    np.right_shift(x, _SHIFTS[27], y)
    np.bitwise_xor(x, y, x)
    np.multiply(x, _SECOND, x)
    np.right_shift(x, _SHIFTS[31], y)
    np.bitwise_xor(x, y, x)


def cases(index: Any, top: int, kind: Any) -> tuple[Any, list[int]]:
    """The places of an index's values in order of value, and where each value from 0 to `top` begins.

    `kind` is an unsigned kind of number that holds every value; -1 becomes its largest.
    """
    short = index.astype(kind)
    order = np.argsort(short, kind="stable")
    counts = np.bincount(short, minlength=top + 2)[: top + 1]
    return order, [0, *np.cumsum(counts).tolist()]


@frozen(eq=False)
class Lines:
    """Lines by the cases of one number: for each the variable, the case and the amount; so many first ones put it."""

    variables: Any
    codes: list[int]
    amounts: Any
    puts: int


def in_one(values: Any) -> tuple[Any, int]:
    """All variables' rows as one row, and how far apart they begin."""
    stride = values.strides[0] // values.itemsize
    return as_strided(values, ((len(values) - 1) * stride + values.shape[1],), (values.itemsize,)), stride


def lines_of(values: Any, order: Any, starts: list[int], lines: Lines, by: int | None = None) -> tuple[Any, Any, Any]:
    """All values in one row, the places there that these lines move, and by how much, or `by` that much for all.

    `order` and `starts` are what `cases` gives.
    """
    flat, stride = in_one(values)
    found = [order[starts[code] : starts[code + 1]] for code in lines.codes]
    counts = np.array([len(runs) for runs in found])
    places = np.concatenate(found)
    places += np.repeat(lines.variables * stride, counts)
    amounts = np.repeat(lines.amounts, counts) if by is None else np.full(len(places), by, dtype=np.int32)
    if lines.puts:
        put = int(counts[: lines.puts].sum())
        amounts[:put] -= flat[places[:put]]
    return flat, places, amounts


def line_by(values: Any, index: Any, variables: Any, by: int) -> tuple[Any, Any, Any]:
    """All values in one row, the place there of the variable that each run's index names, if any, and by how much."""
    flat, stride = in_one(values)
    which = variables.take(index)
    return flat, which * stride + np.arange(len(index)), (which >= 0) * np.int32(by)


class SomeShares:
    """One faction's shares in some of the runs, as a world small enough to give control back in."""

    least, most, where = staticmethod(Many.least), staticmethod(Many.most), staticmethod(Many.where)

    def __init__(self, values: list[Any]) -> None:
        self.values = values

    def __getitem__(self, k: int) -> Any:
        return self.values[k]

    def correct(self, k: int, amount: Any, cause: str) -> None:
        """A correction, applied at once."""
        self.values[k] = self.values[k] + amount


def give_back(after: list[Any], before: list[Any]) -> None:
    """Give back control that was not there, in the rows of one faction's three shares after a phase."""
    low = np.minimum(np.minimum(after[0], after[1]), after[2])
    which = np.flatnonzero(low < 0)
    if which.size:
        now = [row[which] for row in after]
        gained = [row - was[which] for row, was in zip(now, before, strict=True)]
        world = SomeShares(now)
        returned(world, [0, 1, 2], gained.__getitem__)
        for row, value in zip(after, world.values, strict=True):
            row[which] = value
