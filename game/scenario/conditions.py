"""Conditions: what an author may ask of a world.

A condition reads a world through the world's own words, so the same one serves one game and a million. `say` puts it
in words; `slots` names the places it needs in the state; `names` lists what it refers to, by kind, for the checker.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from attrs import frozen

from game.world.state import Mask
from game.world.variables import POSTURES, UNIT, thousandths

ASK_STATES = ("open", "granted", "bargained", "stalled", "refused", "met", "failed")
"""States of an ask, from 1; 0 is not yet put."""
ON_THE_TABLE = (1, 2, 3, 4)
ANSWERS = {"grant": 2, "bargain": 3, "stall": 4, "refuse": 5}
PROMISE_STATES = ("open", "kept", "broken")
HANDLINGS = ("carried", "softened", "delayed", "leaked")

Referred = Iterator[tuple[str, str]]
"""(kind, name) pairs, such as ("variable", "unrest") or ("ask", "home-wages")."""


@frozen
class Word:
    """A condition or an effect."""

    word: ClassVar[str] = ""
    example: ClassVar[str] = ""
    meaning: ClassVar[str] = ""

    def names(self) -> Referred:
        """What this word refers to."""
        return iter(())

    def slots(self) -> Iterator[str]:
        """The places it needs in the state."""
        return iter(())


@frozen
class Condition(Word):
    """What may be asked of a world."""

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        raise NotImplementedError

    def say(self, label: Any) -> str:
        """In words; `label(kind, name)` names a thing."""
        raise NotImplementedError


@frozen
class VariableCondition(Condition):
    """A variable lies at or above, or at or below, a value in its unit."""

    word = "variable"
    example = '{ variable = "unrest", at_least = 40 }'
    meaning = "the variable lies there; at_most too, or both"

    variable: str
    at_least: float | None = None
    at_most: float | None = None

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        value, parts = w[self.variable], []
        if self.at_least is not None:
            parts.append(value >= thousandths(self.at_least))
        if self.at_most is not None:
            parts.append(value <= thousandths(self.at_most))
        return w.both(*parts) if parts else True

    def say(self, label: Any) -> str:
        """In words."""
        name = label("variable", self.variable)
        if self.at_least is not None and self.at_most is not None:
            return f"{name} between {self.at_least:g} and {self.at_most:g}"
        return f"{name} at {'least' if self.at_most is None else 'most'} {self._bound():g}"

    def _bound(self) -> float:
        bound = self.at_least if self.at_most is None else self.at_most
        return 0.0 if bound is None else bound

    def names(self) -> Referred:
        """The variable."""
        yield "variable", self.variable


@frozen
class MemoryCondition(Condition):
    """A card has remembered something, or has not."""

    word = "memory"
    example = '{ memory = "arrested-him", is = false }'
    meaning = "a card, event or initiative remembered it (or not)"

    memory: str
    is_: bool = True

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        kept = w.holds(w[f"memory.{self.memory}"] >= UNIT)
        return kept if self.is_ else w.neither(kept)

    def say(self, label: Any) -> str:
        """In words."""
        return f"{'' if self.is_ else 'not '}{label('memory', self.memory)}"

    def names(self) -> Referred:
        """The memory."""
        yield "memory", self.memory

    def slots(self) -> Iterator[str]:
        """Its place."""
        yield f"memory.{self.memory}"


@frozen
class PostureCondition(Condition):
    """A seat took this posture last turn."""

    word = "posture"
    example = '{ posture = "tehran", is = "loosen" }'
    meaning = "the seat took this posture last turn"

    posture: str
    is_: str

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        return w.holds(w[f"posture.{self.posture}"] == POSTURES[self.posture].index(self.is_) * UNIT)

    def say(self, label: Any) -> str:
        """In words."""
        return f"{self.posture} set on {self.is_}"

    def names(self) -> Referred:
        """The seat and its posture."""
        yield "seat", self.posture
        yield f"posture of {self.posture}", self.is_


@frozen
class AskCondition(Condition):
    """An ask stands so."""

    word = "ask"
    example = '{ ask = "washington-arrests", is = "due" }'
    meaning = "open, due (next turn or the one after), granted, bargained, stalled, refused, met or failed"

    ask: str
    is_: str

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        state = w[f"ask.{self.ask}.state"]
        if self.is_ == "due":
            return w.both(among(w, state, ON_THE_TABLE), w[f"ask.{self.ask}.due"] <= w["turn"] + 2 * UNIT)
        return w.holds(state == (ASK_STATES.index(self.is_) + 1) * UNIT)

    def say(self, label: Any) -> str:
        """In words."""
        return f"the ask “{label('ask', self.ask)}” is {self.is_}"

    def names(self) -> Referred:
        """The ask and its state."""
        yield "ask", self.ask
        yield "ask state", self.is_


@frozen
class PromiseCondition(Condition):
    """A promise stands so."""

    word = "promise"
    example = '{ promise = "wages-by-week-8", is = "broken" }'
    meaning = "open, due (next turn or the one after), kept or broken"

    promise: str
    is_: str

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        state = w[f"promise.{self.promise}.state"]
        if self.is_ == "due":
            return w.both(state == UNIT, w[f"promise.{self.promise}.due"] <= w["turn"] + 2 * UNIT)
        return w.holds(state == (PROMISE_STATES.index(self.is_) + 1) * UNIT)

    def say(self, label: Any) -> str:
        """In words."""
        return f"the promise “{label('promise', self.promise)}” is {self.is_}"

    def names(self) -> Referred:
        """The promise and its state."""
        yield "promise", self.promise
        yield "promise state", self.is_


@frozen
class InitiativeCondition(Condition):
    """An initiative runs, or has been carried through."""

    word = "initiative"
    example = '{ initiative = "pay-wages-first", is = "running" }'
    meaning = "running, or done"

    initiative: str
    is_: str

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        return w.holds(w[f"{self.is_}.{self.initiative}"] >= UNIT)

    def say(self, label: Any) -> str:
        """In words."""
        return f"“{label('initiative', self.initiative)}” is {self.is_}"

    def names(self) -> Referred:
        """The initiative and its state."""
        yield "initiative", self.initiative
        yield "initiative state", self.is_


@frozen
class EventCondition(Condition):
    """A dated or injected event has struck."""

    word = "event"
    example = '{ event = "burns-visit" }'
    meaning = "the event has struck"

    event: str

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        return w.holds(w[f"event.{self.event}"] >= UNIT)

    def say(self, label: Any) -> str:
        """In words."""
        return f"“{label('event', self.event)}” has happened"

    def names(self) -> Referred:
        """The event."""
        yield "event", self.event


@frozen
class AnyCondition(Condition):
    """At least one of several holds."""

    word = "any"
    example = '{ any = [{ memory = "a" }, { memory = "b" }] }'
    meaning = "at least one of them holds"

    any: tuple[Condition, ...] = ()

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        return w.either(*(part.holds(w) for part in self.any)) if self.any else False

    def say(self, label: Any) -> str:
        """In words."""
        return " or ".join(part.say(label) for part in self.any)

    def names(self) -> Referred:
        """What its parts name."""
        return (name for part in self.any for name in part.names())

    def slots(self) -> Iterator[str]:
        """What its parts need."""
        return (slot for part in self.any for slot in part.slots())


@frozen
class NoneCondition(Condition):
    """Not one of several holds."""

    word = "none"
    example = '{ none = [{ memory = "a" }] }'
    meaning = "not one of them holds"

    none: tuple[Condition, ...] = ()

    def holds(self, w: Any) -> Mask:
        """Where it holds."""
        return w.neither(*(part.holds(w) for part in self.none)) if self.none else True

    def say(self, label: Any) -> str:
        """In words."""
        return "not (" + " or ".join(part.say(label) for part in self.none) + ")"

    def names(self) -> Referred:
        """What its parts name."""
        return (name for part in self.none for name in part.names())

    def slots(self) -> Iterator[str]:
        """What its parts need."""
        return (slot for part in self.none for slot in part.slots())


def among(w: Any, state: Any, places: tuple[int, ...]) -> Mask:
    """Where a slot holds one of these whole numbers, which follow on each other."""
    return w.both(state >= places[0] * UNIT, state <= places[-1] * UNIT)


def all_hold(w: Any, conditions: tuple[Condition, ...]) -> Mask:
    """Where every condition of a list holds; an empty list always holds."""
    return w.both(*(condition.holds(w) for condition in conditions)) if conditions else True
