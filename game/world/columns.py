"""Many worlds: the same arithmetic over int32 columns, one row a variable, one column a run.

Run k of a column is game k: the words below give the same whole numbers as those of `One`, and a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import define, field, frozen

from game.world import luck
from game.world.counts import CELLS, columns
from game.world.ledger import DERIVED
from game.world.state import WHOLE, Mask, Orders, Setting, World, autonomy, grid, overdraft
from game.world.variables import UNIT

Column = Any
"""An int32 array (runs,), or a whole number where every run has the same."""


@frozen(eq=False)
class ManyOrders:
    """The orders of many games: card and option are int32 arrays (runs,), -1 for none; masks by initiative."""

    card: Column
    option: Column
    begin: Mapping[int, Mask] = field(factory=dict)
    stop: Mapping[int, Mask] = field(factory=dict)
    postures: Mapping[str, int] = field(factory=dict)
    injects: tuple[str, ...] = ()

    def chosen(self) -> Iterator[tuple[int, int, Mask]]:
        """Every (card, option) that some run chose, with where."""
        pairs = self.card.astype(np.int64) * 16 + self.option
        for pair in np.unique(pairs[self.card >= 0]):
            yield int(pair) // 16, int(pair) % 16, pairs == pair

    def begun(self) -> Iterator[tuple[int, Mask]]:
        """Every initiative begun, with where."""
        return iter(self.begin.items())

    def stopped(self) -> Iterator[tuple[int, Mask]]:
        """Every initiative stopped, with where."""
        return iter(self.stop.items())

    def posture(self, seat: str) -> int:
        """The posture ordered for a seat, or -1."""
        return self.postures.get(seat, -1)

    def injected(self, event: str) -> bool:
        """Is this event thrown in?"""
        return event in self.injects


def no_orders(runs: int) -> ManyOrders:
    """Nothing decided yet, in so many runs."""
    nothing = np.full(runs, -1, dtype=np.int32)
    return ManyOrders(nothing, nothing)


@define(eq=False)
class Many(World):
    """Many worlds: `values` int32 (variables, runs) in thousandths; `runs` uint64 (runs,), each column's run number."""

    setting: Setting
    seed: int
    runs: Any
    values: Any
    orders: Orders
    turn: int = 0
    cause: str = "start"
    change: dict[int, Any] = field(factory=dict)
    overlay: bool = False

    def __getitem__(self, name: str) -> Column:
        return self.values[self.setting.layout.index[name]]

    def __len__(self) -> int:
        return len(self.runs)

    # ---- words of arithmetic: see One

    @staticmethod
    def where(condition: Mask, a: Column, b: Column) -> Column:
        """a where the condition holds, else b."""
        return np.where(condition, np.int32(a) if isinstance(a, int) else a, np.int32(b) if isinstance(b, int) else b)

    @staticmethod
    def holds(condition: Mask) -> Mask:
        """A comparison as a named condition."""
        return condition

    @staticmethod
    def both(*conditions: Mask) -> Mask:
        """All of them hold."""
        return _fold(np.logical_and, conditions)

    @staticmethod
    def either(*conditions: Mask) -> Mask:
        """At least one holds."""
        return _fold(np.logical_or, conditions)

    @staticmethod
    def neither(*conditions: Mask) -> Mask:
        """Not one of them holds."""
        return np.logical_not(_fold(np.logical_or, conditions))

    @staticmethod
    def least(*xs: Column) -> Column:
        """The smallest."""
        return _fold(np.minimum, xs)

    @staticmethod
    def most(*xs: Column) -> Column:
        """The largest."""
        return _fold(np.maximum, xs)

    @staticmethod
    def share(x: Column, of: Column) -> Column:
        """`of` per cent of x; the product is widened."""
        return _wide(x, of, WHOLE)

    @staticmethod
    def times(x: Column, n: Column) -> Column:
        """x multiplied by n, both in thousandths; the product is widened."""
        return _wide(x, n, UNIT)

    @staticmethod
    def weighted(base: Column, *terms: tuple[Column, Column]) -> Column:
        """A base plus the sum of x multiplied by its n, all in thousandths; the sum is widened."""
        total = sum(np.asarray(x, dtype=np.int64) * n for x, n in terms)
        return np.asarray(base + total // UNIT).astype(np.int32)

    @staticmethod
    def ratio(x: Column, to: Column) -> Column:
        """x as thousandths of a per cent of another; 0 where there is nothing to compare with."""
        wide = np.asarray(x, dtype=np.int64) * WHOLE // np.maximum(to, 1)
        return np.where(np.asarray(to) > 0, wide, 0).astype(np.int32)

    def draw(self, name: str) -> Column:
        """A whole number from 0 to 999,999 for every run under this name, this turn."""
        return luck.draws(self.seed, self.runs, self.turn, name)

    def chance(self, name: str, percent: Column) -> Mask:
        """Does something of this many thousandths of a per cent happen?"""
        return self.draw(name) < percent * 10

    def count(self, name: str, rate: Column) -> Column:
        """A count, in thousandths, with this expected value in thousandths."""
        row = grid(self, rate, self.draw(f"{name}.between"))
        return columns()[row * CELLS + self.draw(name) // CELLS] * UNIT

    # ---- lines

    def line(self, variable: str, amount: Column, where: Mask = True) -> None:
        """Write one line in every run where the condition holds."""
        self._add(self.setting.layout.index[variable], amount, where)

    def shift(self, faction: str, giver: str, taker: str, amount: Column, where: Mask = True) -> None:
        """Move control of a faction from one holder to another."""
        index = self.setting.layout.index
        self._add(index[f"{faction}_{giver}"], 0 - amount, where)
        self._add(index[f"{faction}_{taker}"], amount, where)

    def _add(self, i: int, amount: Column, where: Mask) -> None:
        if where is False:
            return
        if i not in self.change:
            self.change[i] = np.zeros(len(self.runs), dtype=np.int32)
        self.change[i] += amount if where is True else np.where(where, amount, 0).astype(np.int32)

    def settle(self) -> None:
        """Apply the phase's lines, then what gave too much, then the limits, then what is derived."""
        layout, change = self.setting.layout, self.change
        self.change = {}
        for i, amount in change.items():
            self.values[i] += amount
        overdraft(self, lambda name: change.get(layout.index[name], 0))
        for i in change:
            if layout.variables[i].unit == "slot":
                continue
            np.clip(self.values[i], layout.variables[i].low, layout.variables[i].high, out=self.values[i])
        index = layout.index["militia_autonomy"]
        self.values[index] = autonomy(self)

    def correct(self, name: str, amount: Column, cause: str = DERIVED.id) -> None:
        """A correction at the end of a phase, applied at once."""
        self.values[self.setting.layout.index[name]] += amount

    def keep(self, staying: Mask) -> None:
        """Let the other runs leave; run numbers travel with those that stay."""
        self.values = np.ascontiguousarray(self.values[:, staying])
        self.runs = self.runs[staying]


def _fold(operation: Any, parts: Iterable[Any]) -> Any:
    first, *rest = parts
    for part in rest:
        first = operation(first, part)
    return first


def _wide(x: Column, y: Column, by: int) -> Column:
    return (np.asarray(x, dtype=np.int64) * y // by).astype(np.int32)
