"""One world: the arithmetic in which rules are written, over plain whole numbers.

A rule reads the world as it stood when its phase began and may only write lines; `settle` applies them at the end of
the phase, corrects what passed a limit (each correction a line) and derives what is derived. `game.world.columns` is
the same arithmetic over many worlds, `game.world.intervals` over ranges; the three share every word below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import gcd
from typing import Any, Protocol

from attrs import define, field, frozen

from game.world import luck
from game.world.counts import CELLS, STEPS, table
from game.world.ledger import DERIVED, LIMIT, OVERDRAFT
from game.world.variables import FACTIONS, HOLDERS, UNIT, Layout

Number = Any
"""A whole number in One, an int32 column in Many, an interval in the proof."""
Mask = Any
"""A bool in One, a bool column in Many, certain or not in the proof."""

WHOLE = 100_000
"""All of it: 100 %, in thousandths of a per cent."""
SHARE_STEP = 10
"""The share that closes over a turn is a multiple of this, so that its product with points fits 32 bits."""


@frozen(eq=False)
class Setting:
    """What the rules of one scenario read besides the state: layout, numbers, spans in hours, the scenario itself.

    `shares` holds for each (hours, rate) the share 1-(1-r)^days, to the nearest hundredth of a per cent; `made` keeps
    what has been compiled for this setting.
    """

    layout: Layout
    numbers: Mapping[str, int]
    spans: tuple[int, ...]
    scenario: Any
    shares: dict[tuple[int, str], int] = field(factory=dict)
    made: dict[str, Any] = field(factory=dict, repr=False)

    def over(self, hours: int, rate: str) -> int:
        """The share of a gap that closes in so many hours at a daily rate given in per cent."""
        found = self.shares.get((hours, rate))
        if found is None:
            exact = closing(self.numbers[rate], hours)
            found = self.shares[hours, rate] = (exact + SHARE_STEP // 2) // SHARE_STEP * SHARE_STEP
        return found


def closing(rate: int, hours: int) -> int:
    """1-(1-r)^days for a rate in thousandths of a per cent a day, as thousandths of a per cent, rounded exactly.

    >>> closing(10_000, 24), closing(10_000, 48), closing(10_000, 6)
    (10000, 19000, 2600)
    """
    # what is left, k, is the largest whole number with (k - 1/2) / WHOLE <= (left / WHOLE) ** (hours / 24), both sides
    # raised to the power that makes the exponent whole
    left, days, root = WHOLE - rate, hours // gcd(hours, 24), 24 // gcd(hours, 24)
    goal, whole = (2 * WHOLE) ** root * left**days, WHOLE**days
    low, high = 0, WHOLE + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if (2 * middle - 1) ** root * whole <= goal else (low, middle)
    return WHOLE - low


class Orders(Protocol):
    """What was decided this turn, as the rules ask for it."""

    def chosen(self) -> Iterator[tuple[int, int, Mask]]:
        """(card, option, where) for every option chosen."""

    def begun(self) -> Iterator[tuple[int, Mask]]:
        """(initiative, where) for every initiative begun."""

    def stopped(self) -> Iterator[tuple[int, Mask]]:
        """(initiative, where) for every initiative stopped early."""

    def posture(self, seat: str) -> int:
        """The posture ordered for a seat, as an index, or -1 where its rule decides."""

    def injected(self, event: str) -> bool:
        """Is this event thrown in by the teacher?"""


@frozen
class OneOrders:
    """The orders of one game for one turn."""

    card: int = -1
    option: int = -1
    begin: tuple[int, ...] = ()
    stop: tuple[int, ...] = ()
    postures: Mapping[str, int] = field(factory=dict)
    injects: tuple[str, ...] = ()

    def chosen(self) -> Iterator[tuple[int, int, Mask]]:
        """The one option chosen."""
        return iter(((self.card, self.option, True),) if self.card >= 0 else ())

    def begun(self) -> Iterator[tuple[int, Mask]]:
        """The initiatives begun."""
        return ((i, True) for i in self.begin)

    def stopped(self) -> Iterator[tuple[int, Mask]]:
        """The initiatives stopped."""
        return ((i, True) for i in self.stop)

    def posture(self, seat: str) -> int:
        """The posture ordered for a seat, or -1."""
        return self.postures.get(seat, -1)

    def injected(self, event: str) -> bool:
        """Is this event thrown in?"""
        return event in self.injects


class World:
    """What one world and many share: the reading of numbers, spans and whoever decides."""

    setting: Setting
    orders: Orders
    turn: int
    cause: str

    def n(self, name: str) -> int:
        """A number of the rules, in thousandths of its unit."""
        return self.setting.numbers[name]

    @property
    def scenario(self) -> Any:
        """The scenario whose cards, asks and events the rules read."""
        return self.setting.scenario

    @property
    def hours(self) -> int:
        """The span of this turn in hours."""
        spans = self.setting.spans
        return spans[min(max(self.turn, 1), len(spans)) - 1]

    @property
    def month(self) -> int:
        """The month in which this turn begins, 1 to 12."""
        return int(self.setting.scenario.when(max(self.turn, 1)).month)

    def monthly(self, name: str) -> int:
        """The number `name.month_1` to `name.month_12` of this turn's month."""
        return self.n(f"{name}.month_{self.month}")

    def over_days(self, rate: str) -> int:
        """The share of a gap that closes over this turn's span, in thousandths of a per cent."""
        return self.setting.over(self.hours, rate)

    def daily(self, amount: Number) -> Number:
        """An amount a day, over this turn's span."""
        return amount * self.hours // 24


@define(eq=False)
class One(World):
    """One world: `values` in thousandths by the layout's index, and the lines of the phase being written."""

    setting: Setting
    seed: int
    run: int
    values: list[int]
    turn: int = 0
    orders: Orders = field(factory=OneOrders)
    cause: str = "start"
    book: list[tuple[int, int, str]] = field(factory=list)
    phase: list[tuple[int, int, str]] = field(factory=list)
    overlay: bool = False

    def __getitem__(self, name: str) -> int:
        return self.values[self.setting.layout.index[name]]

    # ---- words of arithmetic

    @staticmethod
    def where(condition: bool, a: int, b: int) -> int:
        """a where the condition holds, else b; both sides are computed."""
        return a if condition else b

    @staticmethod
    def holds(condition: bool) -> bool:
        """A comparison as a named condition."""
        return condition

    @staticmethod
    def both(*conditions: bool) -> bool:
        """All of them hold."""
        return all(conditions)

    @staticmethod
    def either(*conditions: bool) -> bool:
        """At least one holds."""
        return any(conditions)

    @staticmethod
    def neither(*conditions: bool) -> bool:
        """Not one of them holds."""
        return not any(conditions)

    @staticmethod
    def least(*xs: int) -> int:
        """The smallest."""
        return min(xs)

    @staticmethod
    def most(*xs: int) -> int:
        """The largest."""
        return max(xs)

    @staticmethod
    def share(x: int, of: int) -> int:
        """`of` per cent of x; the product is widened."""
        return x * of // WHOLE

    @staticmethod
    def times(x: int, n: int) -> int:
        """x multiplied by n, both in thousandths; the product is widened."""
        return x * n // UNIT

    @staticmethod
    def weighted(base: int, *terms: tuple[int, int]) -> int:
        """A base plus the sum of x multiplied by its n, all in thousandths; rounded down once, the sum is widened."""
        return base + sum(x * n for x, n in terms) // UNIT

    @staticmethod
    def ratio(x: int, to: int) -> int:
        """x as thousandths of a per cent of another; 0 where there is nothing to compare with."""
        return x * WHOLE // to if to > 0 else 0

    def draw(self, name: str) -> int:
        """A whole number from 0 to 999,999 under this name, this turn."""
        return luck.draw(self.seed, self.run, self.turn, name)

    def chance(self, name: str, percent: int) -> bool:
        """Does something of this many thousandths of a per cent happen?"""
        return self.draw(name) < percent * 10

    def count(self, name: str, rate: int) -> int:
        """A count, in thousandths, with this expected value in thousandths; a higher rate never gives fewer."""
        row = grid(self, rate, self.draw(f"{name}.between"))
        return table()[row][self.draw(name) // CELLS] * UNIT

    # ---- lines

    def line(self, variable: str, amount: int, where: bool = True) -> None:
        """Write one line: so many thousandths onto a variable, where the condition holds."""
        if where and amount:
            self.phase.append((self.setting.layout.index[variable], amount, self.cause))

    def shift(self, faction: str, giver: str, taker: str, amount: int, where: bool = True) -> None:
        """Move control of a faction from one holder to another: two opposite lines of one whole amount."""
        if where and amount:
            index = self.setting.layout.index
            self.phase.append((index[f"{faction}_{giver}"], -amount, self.cause))
            self.phase.append((index[f"{faction}_{taker}"], amount, self.cause))

    def settle(self) -> None:
        """Apply the phase's lines, then what gave too much, then the limits, then what is derived."""
        values, variables = self.values, self.setting.layout.variables
        gains: dict[int, int] = {}
        for i, amount, _ in self.phase:
            values[i] += amount
            gains[i] = gains.get(i, 0) + amount
        self.book += self.phase
        self.phase = []
        overdraft(self, lambda name: gains.get(self.setting.layout.index[name], 0))
        for i in sorted(gains):
            if variables[i].unit != "slot":
                self._correct(i, min(max(values[i], variables[i].low), variables[i].high) - values[i], LIMIT.id)
        index = self.setting.layout.index["militia_autonomy"]
        self._correct(index, autonomy(self) - values[index], DERIVED.id)

    def _correct(self, i: int, amount: int, cause: str) -> None:
        if amount:
            self.values[i] += amount
            self.book.append((i, amount, cause))

    def correct(self, name: str, amount: int, cause: str) -> None:
        """A correction at the end of a phase: applied at once, and a line."""
        self._correct(self.setting.layout.index[name], amount, cause)


def grid(w: Any, rate: Number, between: Number) -> Number:
    """The row of the table of counts for a rate in thousandths.

    A rate between two rows takes the upper one as often as it lies above the lower: `between` is a draw for that.
    """
    start, row = 0, 0
    for low, high, step in STEPS:
        inside = w.least(rate, high) - low + between // 1_000 * step // 1_000
        row = w.where(rate >= low, start + w.least(w.most(inside, 0), high - low) // step, row)
        start += (high - low) // step
    return row


def overdraft(w: Any, gained: Any) -> None:
    """Give back control that a holder did not have, from this phase's takers, the larger first, then as written."""
    for faction in FACTIONS:
        returned(w, [f"{faction}_{holder}" for holder in HOLDERS], gained)


def returned(w: Any, names: Sequence[Any], gained: Any) -> None:
    """Give back what the holders of one faction's control did not have."""
    for i, name in enumerate(names):
        first, second = (*names[:i], *names[i + 1 :])
        short = w.most(0, 0 - w[name])
        a, b = w.most(0, gained(first)), w.most(0, gained(second))
        from_first = w.where(a >= b, w.least(short, a), w.most(0, short - b))
        from_second = short - from_first
        w.correct(name, short, OVERDRAFT.id)
        w.correct(first, 0 - from_first, OVERDRAFT.id)
        w.correct(second, 0 - from_second, OVERDRAFT.id)


def autonomy(w: Any) -> Number:
    """The factions' own will weighted by their strength, in thousandths of a point."""
    strengths = [w[f"{faction}_strength"] for faction in FACTIONS]
    parts = [w.share(w[f"{faction}_own"], strength) for faction, strength in zip(FACTIONS, strengths, strict=True)]
    return w.ratio(sum(parts), sum(strengths))
