"""Ranges of worlds: the same arithmetic over intervals, to prove that no intermediate of a rule leaves its columns.

Every variable lies anywhere in its range, every number of the rules anywhere where it is plausible, every span and
every draw anywhere; what a rule then computes is an interval that holds all it could ever compute. A sum, difference
or product that leaves int32, or a widened product that leaves int64, raises `Leak`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field, frozen

from game.world.counts import table
from game.world.luck import SIDES
from game.world.state import WHOLE, Mask, Setting, World, closing, overdraft
from game.world.variables import UNIT, Variable

NARROW = (-(2**31), 2**31 - 1)
WIDE = (-(2**63), 2**63 - 1)
SLOT = (0, 1_000_000)
"""What a slot holds in play: places below a million, turns and codes below a thousand."""
HOURS = (6, 720)


class Leak(ArithmeticError):
    """An intermediate that could leave its column."""


@frozen(eq=False)
class Unsure:
    """A condition that holds in some of the worlds and not in others."""


UNSURE = Unsure()


def _lasting(low: int, high: int, what: str, within: tuple[int, int] = NARROW) -> Span:
    if low < within[0] or high > within[1]:
        raise Leak(f"{what} reaches from {low:,} to {high:,}")
    return Span(low, high)


def span(x: Any) -> Span:
    """A whole number or an interval as an interval."""
    return x if isinstance(x, Span) else Span(int(x), int(x))


@frozen(eq=False, repr=False)
class Span:
    """Every whole number from `low` to `high`.

    >>> Span(-3, 4) * 2 - 1, Span(-3, 4) // 2
    ([-7 … 7], [-2 … 2])
    >>> Span(0, 10**6) * 10**4
    Traceback (most recent call last):
    game.world.intervals.Leak: [0 … 1,000,000] * [10,000 … 10,000] reaches from 0 to 10,000,000,000
    """

    low: int
    high: int

    def __repr__(self) -> str:
        return f"[{self.low:,} … {self.high:,}]"

    def __add__(self, other: Any) -> Span:
        o = span(other)
        return _lasting(self.low + o.low, self.high + o.high, f"{self} + {o}")

    __radd__ = __add__

    def __sub__(self, other: Any) -> Span:
        o = span(other)
        return _lasting(self.low - o.high, self.high - o.low, f"{self} - {o}")

    def __rsub__(self, other: Any) -> Span:
        return span(other) - self

    def __mul__(self, other: Any) -> Span:
        return product(self, other)

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> Span:
        o = span(other)
        if o.low < 1:
            raise Leak(f"{self} // {o} may divide by nought or less")
        parts = [end // by for end in (self.low, self.high) for by in (o.low, o.high)]
        return Span(min(parts), max(parts))

    def __rfloordiv__(self, other: Any) -> Span:
        return span(other) // self

    def _compared(self, always: bool, never: bool) -> Mask:
        return True if always else False if never else UNSURE

    def __lt__(self, other: Any) -> Mask:
        o = span(other)
        return self._compared(self.high < o.low, self.low >= o.high)

    def __le__(self, other: Any) -> Mask:
        o = span(other)
        return self._compared(self.high <= o.low, self.low > o.high)

    def __gt__(self, other: Any) -> Mask:
        return span(other) < self

    def __ge__(self, other: Any) -> Mask:
        return span(other) <= self

    def __eq__(self, other: object) -> Mask:
        if not isinstance(other, Span | int):
            return False
        o = span(other)
        return self._compared(self.low == self.high == o.low == o.high, self.high < o.low or o.high < self.low)

    __hash__ = None  # type: ignore[assignment]


def product(x: Any, y: Any, within: tuple[int, int] = NARROW) -> Span:
    """Every product of two intervals."""
    a, b = span(x), span(y)
    ends = [p * q for p in (a.low, a.high) for q in (b.low, b.high)]
    return _lasting(min(ends), max(ends), f"{a} * {b}", within)


def hull(parts: Iterable[Any]) -> Span:
    """The smallest interval that holds them all."""
    spans = [span(part) for part in parts]
    return Span(min(s.low for s in spans), max(s.high for s in spans))


@frozen
class EveryOrder:
    """Whatever could be ordered, all at once: each option, initiative, stop, posture and inject, perhaps."""

    options: tuple[tuple[int, int], ...]
    initiatives: int

    def chosen(self) -> Iterator[tuple[int, int, Mask]]:
        """Every option of every card, perhaps."""
        return ((card, option, UNSURE) for card, option in self.options)

    def begun(self) -> Iterator[tuple[int, Mask]]:
        """Every initiative, perhaps."""
        return ((i, UNSURE) for i in range(self.initiatives))

    stopped = begun

    def posture(self, seat: str) -> Span:
        """Any posture, or none."""
        return Span(-1, 3)

    def injected(self, event: str) -> Mask:
        """Perhaps it is."""
        return UNSURE


@define(eq=False)
class Intervals(World):
    """Every world at once: each variable anywhere in its range as a phase begins; `change` sums what it writes.

    Numbers of the rules lie anywhere where they are plausible, or stay `as_set`.
    """

    setting: Setting
    orders: Any
    turn: Any = field(factory=lambda: Span(1, 1_000))
    cause: str = "start"
    of_month: int = 1
    as_set: bool = False
    change: dict[str, Span] = field(factory=dict)
    ends: dict[str, Span] = field(factory=dict)

    def __getitem__(self, name: str) -> Span:
        return self.ends.get(name) or ranged(self.setting.layout[name])

    def n(self, name: str) -> Any:
        """A number of the rules, as it is set or anywhere where it is plausible."""
        own = self.setting.numbers[name]
        number = self.setting.scenario.table.numbers[name]
        return Span(own, own) if self.as_set else Span(min(number.low, own), max(number.high, own))

    @property
    def hours(self) -> Any:
        """Any span."""
        return Span(*HOURS)

    @property
    def month(self) -> int:
        """The month under proof."""
        return self.of_month

    def over_days(self, rate: str) -> Any:
        """The share that closes, over any span at any plausible rate."""
        rates = self.n(rate)
        return Span(closing(rates.low, HOURS[0]), closing(rates.high, HOURS[1]))

    # ---- words of arithmetic: see One

    @staticmethod
    def where(condition: Mask, a: Any, b: Any) -> Span:
        """Either side, or both."""
        return hull([a, b]) if condition is UNSURE else span(a if condition else b)

    @staticmethod
    def holds(condition: Mask) -> Mask:
        """A comparison as a named condition."""
        return condition

    @staticmethod
    def both(*conditions: Mask) -> Mask:
        """All of them hold."""
        return False if any(c is False for c in conditions) else all(c is True for c in conditions) or UNSURE

    @staticmethod
    def either(*conditions: Mask) -> Mask:
        """At least one holds."""
        return any(c is True for c in conditions) or (any(c is UNSURE for c in conditions) and UNSURE)

    @classmethod
    def neither(cls, *conditions: Mask) -> Mask:
        """Not one of them holds."""
        found = cls.either(*conditions)
        return UNSURE if found is UNSURE else not found

    @staticmethod
    def least(*xs: Any) -> Span:
        """The smallest."""
        spans = [span(x) for x in xs]
        return Span(min(s.low for s in spans), min(s.high for s in spans))

    @staticmethod
    def most(*xs: Any) -> Span:
        """The largest."""
        spans = [span(x) for x in xs]
        return Span(max(s.low for s in spans), max(s.high for s in spans))

    @staticmethod
    def share(x: Any, of: Any) -> Span:
        """`of` per cent of x."""
        return _narrowed(product(x, of, WIDE) // WHOLE, f"{of!r} per cent of {x!r}")

    @staticmethod
    def times(x: Any, n: Any) -> Span:
        """x multiplied by n, both in thousandths."""
        return _narrowed(product(x, n, WIDE) // UNIT, f"{x!r} times {n!r}")

    @staticmethod
    def weighted(base: Any, *terms: tuple[Any, Any]) -> Span:
        """A base plus the sum of x multiplied by its n, all in thousandths."""
        total = span(0)
        for x, n in terms:
            part = product(x, n, WIDE)
            total = _lasting(total.low + part.low, total.high + part.high, f"weighted {x!r} by {n!r}", WIDE)
        return span(base) + _narrowed(total // UNIT, "a weighted sum")

    @classmethod
    def ratio(cls, x: Any, to: Any) -> Span:
        """x as thousandths of a per cent of another."""
        return _narrowed(product(x, WHOLE, WIDE) // cls.most(to, 1), f"the ratio of {x!r} to {to!r}")

    def draw(self, name: str) -> Span:
        """Any draw."""
        return Span(0, SIDES - 1)

    def chance(self, name: str, percent: Any) -> Mask:
        """Perhaps it happens."""
        return self.draw(name) < span(percent) * 10

    def count(self, name: str, rate: Any) -> Span:
        """Any count of the table."""
        # what the table's row is found by: see `grid`
        span(rate) + UNIT
        return Span(0, max(max(row) for row in table()) * UNIT)

    # ---- lines

    def line(self, variable: str, amount: Any, where: Mask = True) -> None:
        """Add to what the phase may move a variable by; every sum of its lines must fit, whichever of them come."""
        if where is not False:
            self.change[variable] = self.change.get(variable, Span(0, 0)) + hull([0, amount])
            self[variable] + self.change[variable]

    def shift(self, faction: str, giver: str, taker: str, amount: Any, where: Mask = True) -> None:
        """Move control: two opposite lines."""
        self.line(f"{faction}_{giver}", 0 - span(amount), where)
        self.line(f"{faction}_{taker}", amount, where)

    def correct(self, name: str, amount: Any, cause: str) -> None:
        """Correct at the end of a phase."""
        self.line(name, amount)

    def settle(self) -> None:
        """Prove the corrections of the phase where its lines have left it; the next begins anywhere again."""
        moved, self.change = self.change, {}
        self.ends = {name: self[name] + change for name, change in moved.items()}
        overdraft(self, lambda name: moved.get(name, Span(0, 0)))
        self.ends, self.change = {}, {}


def ranged(variable: Variable) -> Span:
    """Where a variable may lie: its scale, or what its slot holds in play."""
    return Span(*SLOT) if variable.unit == "slot" else Span(variable.low, variable.high)


def _narrowed(found: Span, what: str) -> Span:
    return _lasting(found.low, found.high, what)


def every_world(setting: Setting, month: int = 1, as_set: bool = False) -> Intervals:
    """Every world of a scenario at once, in one month of the year."""
    scenario = setting.scenario
    options = tuple((i, j) for i, card in enumerate(scenario.dilemmas) for j in range(len(card.options)))
    return Intervals(setting, EveryOrder(options, len(scenario.initiatives)), of_month=month, as_set=as_set)
