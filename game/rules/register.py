"""How a rule is registered, and the few shapes that most rules share.

A rule is arithmetic over a world. It reads the world as it stood when its phase began and may only write lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import frozen

from game.world.ledger import Cause
from game.world.state import WHOLE, Number

Run = Callable[[Any], None]


@frozen
class Rule:
    """A rule and its one registration, from which ledger, explanation, manual and coverage come."""

    cause: Cause
    run: Run

    def __call__(self, w: Any) -> None:
        """Let the rule write its lines under its own name."""
        w.cause = self.cause.id
        self.run(w)


ROOMS: dict[str, list[Rule]] = {}


def room_of(module: str) -> str:
    """The actor's room in which a module stands.

    >>> room_of("game.rules.washington_leverage")
    'washington'
    """
    return module.rpartition(".")[2].partition("_")[0]


def rule(
    name: str,
    title: str,
    systems: Iterable[str] = (),
    facts: Iterable[str] = (),
    assumption: str = "",
    public: str = "",
    ordered: bool = False,
) -> Callable[[Run], Run]:
    """Register a function as the rule `room.name`; the room is the module it stands in.

    What an `ordered` rule writes is the work of the player's orders alone, done by others.
    """

    def register(run: Run) -> Run:
        room = room_of(run.__module__)
        kind = "order" if ordered else "rule"
        cause = Cause(f"{room}.{name}", kind, title, tuple(facts), assumption, tuple(systems), public, room)
        ROOMS.setdefault(room, []).append(Rule(cause, run))
        return run

    return register


def weigh(w: Any, name: str, **terms: Number) -> Number:
    """The number `name.base` plus each term times its number `name.term`, in thousandths, rounded down once."""
    return w.weighted(w.n(f"{name}.base"), *((value, w.n(f"{name}.{term}")) for term, value in terms.items()))


def toward(w: Any, variable: str, target: Number, rate: str, where: Any = True) -> None:
    """Close the gap to a target at a daily rate; the target is kept within the variable's range."""
    limits = w.setting.layout[variable]
    goal = w.least(w.most(target, limits.low), limits.high)
    w.line(variable, w.share(goal - w[variable], w.over_days(rate)), where)


def over(w: Any, rate: str, weight: Number) -> Number:
    """The share of a stock that a daily rate moves over the span when only so much of it applies (points of weight).

    1-exp(-p) for p = rate x weight x days, as 2p/(2+p): near enough, and the same by the day and by the month.
    """
    p = w.daily(w.share(w.n(rate), weight))
    return w.least(w.ratio(2 * p, 2 * WHOLE + p), WHOLE)


def above(w: Any, x: Number, floor: Number) -> Number:
    """How far x lies above a floor, or 0."""
    return w.most(0, x - floor)


def points(w: Any, x: Number) -> Number:
    """x kept between 0 and 100 points."""
    return w.least(w.most(x, 0), WHOLE)


def decide(w: Any, seat: str, index: Number) -> Number:
    """Take a posture: the one ordered for the seat, else the one its rule chose; returns it as an index."""
    ordered = w.orders.posture(seat)
    taken = w.where(ordered >= 0, ordered, index)
    w.line(f"posture.{seat}", taken * 1_000 - w[f"posture.{seat}"])
    return taken


def rung(w: Any, score: Number, *floors: Number) -> Number:
    """How many of these rising floors the score has reached."""
    return sum(w.where(score >= floor, 1, 0) for floor in floors)


def by_index(w: Any, index: Number, *values: Number) -> Number:
    """The value that stands at an index."""
    found: Number = 0
    for i, value in enumerate(values):
        found = w.where(index == i, value, found)
    return found
