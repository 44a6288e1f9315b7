"""Effects: what an author may do to a world, each through the world's own lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from game.scenario.conditions import ANSWERS, HANDLINGS, ON_THE_TABLE, Referred, Word, among
from game.world.state import Mask
from game.world.variables import UNIT, thousandths


@frozen
class Effect(Word):
    """What may be done to a world."""

    def apply(self, w: Any, where: Mask) -> None:
        """Write its lines where the mask holds."""
        raise NotImplementedError


@frozen
class VariableEffect(Effect):
    """Moves a variable this turn."""

    word = "variable"
    example = '{ variable = "legitimacy", by = -3 }'
    meaning = "moves the variable this turn, in its unit"

    variable: str
    by: float

    def apply(self, w: Any, where: Mask) -> None:
        """Write its line."""
        w.line(self.variable, thousandths(self.by), where)

    def names(self) -> Referred:
        """The variable."""
        yield "variable", self.variable


@frozen
class ShiftEffect(Effect):
    """Moves control of a faction from one holder to another."""

    word = "shift"
    example = '{ shift = "leagues", from = "tehran", to = "baghdad", by = 4 }'
    meaning = "control of a faction changes hands, in points"

    shift: str
    from_: str
    to: str
    by: float

    def apply(self, w: Any, where: Mask) -> None:
        """Write its two lines."""
        w.shift(self.shift, self.from_, self.to, thousandths(self.by), where)

    def names(self) -> Referred:
        """The faction and the two holders."""
        yield "faction", self.shift
        yield "holder", self.from_
        yield "holder", self.to


@frozen
class RememberEffect(Effect):
    """Keeps something in mind for later cards."""

    word = "remember"
    example = '{ remember = "arrested-him" }'
    meaning = "a memory that cards, events and endings can read"

    remember: str

    def apply(self, w: Any, where: Mask) -> None:
        """Write its line."""
        place = f"memory.{self.remember}"
        w.line(place, UNIT - w[place], where)

    def names(self) -> Referred:
        """The memory, as set."""
        yield "memory set", self.remember

    def slots(self) -> Iterator[str]:
        """Its place."""
        yield f"memory.{self.remember}"


@frozen
class ForgetEffect(Effect):
    """Drops a memory."""

    word = "forget"
    example = '{ forget = "arrested-him" }'
    meaning = "the memory is dropped"

    forget: str

    def apply(self, w: Any, where: Mask) -> None:
        """Write its line."""
        place = f"memory.{self.forget}"
        w.line(place, 0 - w[place], where)

    def names(self) -> Referred:
        """The memory."""
        yield "memory", self.forget

    def slots(self) -> Iterator[str]:
        """Its place."""
        yield f"memory.{self.forget}"


@frozen
class PromiseEffect(Effect):
    """Gives a promise that the scenario declares."""

    word = "promise"
    example = '{ promise = "wages-by-week-8" }'
    meaning = "gives the promise; it falls due after its own number of turns"

    promise: str

    def apply(self, w: Any, where: Mask) -> None:
        """Write its lines: open, and due so many turns from now."""
        state, due = f"promise.{self.promise}.state", f"promise.{self.promise}.due"
        turns = w.scenario.promise(self.promise).turns * UNIT
        w.line(state, UNIT - w[state], where)
        w.line(due, w["turn"] + turns - w[due], where)

    def names(self) -> Referred:
        """The promise."""
        yield "promise given", self.promise


@frozen
class AnswerEffect(Effect):
    """Answers an ask."""

    word = "answer"
    example = '{ answer = "washington-arrests", with = "bargain" }'
    meaning = "grant, bargain, stall or refuse; only an ask on the table can be answered"

    answer: str
    with_: str

    def apply(self, w: Any, where: Mask) -> None:
        """Write its lines, where the ask is on the table."""
        state, due = f"ask.{self.answer}.state", f"ask.{self.answer}.due"
        asked = w.both(where, among(w, w[state], ON_THE_TABLE))
        w.line(state, ANSWERS[self.with_] * UNIT - w[state], asked)
        grace = {"grant": "asks.grace_granted", "bargain": "asks.grace_bargained", "stall": "asks.grace_stalled"}
        if self.with_ in grace:
            w.line(due, w["turn"] + w.n(grace[self.with_]) - w[due], asked)
        else:
            for effect in w.scenario.ask(self.answer).refused:
                effect.apply(w, asked)

    def names(self) -> Referred:
        """The ask and the answer."""
        yield "ask", self.answer
        yield "answer", self.with_


@frozen
class MessageEffect(Effect):
    """Handles a message entrusted to Baghdad."""

    word = "message"
    example = '{ message = "blinken-to-tehran", handling = "carried" }'
    meaning = "carried, softened, delayed or leaked; what was done can come out"

    message: str
    handling: str

    def apply(self, w: Any, where: Mask) -> None:
        """Write its line; the rules of both capitals read it."""
        place = f"message.{self.message}"
        w.line(place, (HANDLINGS.index(self.handling) + 1) * UNIT - w[place], where)

    def names(self) -> Referred:
        """The message and how it is handled."""
        yield "message", self.message
        yield "handling", self.handling


@frozen
class LaterEffect(Effect):
    """Effects that fall due some turns from now, under a name; starting it again restarts it."""

    word = "later"
    example = '{ later = "inquiry", turns = 3, what = "The inquiry reports", effects = [{ remember = "reported" }] }'
    meaning = "post-dated effects; at most one of a name is pending; hidden = true keeps it off the list"

    later: str
    turns: int
    what: str
    effects: tuple[Effect, ...]
    hidden: bool = False

    def apply(self, w: Any, where: Mask) -> None:
        """Write its due date."""
        place = f"later.{self.later}"
        w.line(place, w["turn"] + self.turns * UNIT - w[place], where)

    def names(self) -> Referred:
        """The name, and what its effects name."""
        yield "later", self.later
        for effect in self.effects:
            yield from effect.names()

    def slots(self) -> Iterator[str]:
        """The due date, and what its effects need."""
        yield f"later.{self.later}"
        for effect in self.effects:
            yield from effect.slots()


@frozen
class ChanceEffect(Effect):
    """Luck under its own name."""

    word = "chance"
    example = '{ chance = 30, name = "leak", effects = [{ variable = "capital", by = -1 }], otherwise = [] }'
    meaning = "so many times in a hundred the effects, else the others"

    chance: float
    name: str
    effects: tuple[Effect, ...]
    otherwise: tuple[Effect, ...] = ()

    def apply(self, w: Any, where: Mask) -> None:
        """Draw once and apply one side."""
        happens = w.chance(f"card.{self.name}", thousandths(self.chance))
        for effect in self.effects:
            effect.apply(w, w.both(where, happens))
        for effect in self.otherwise:
            effect.apply(w, w.both(where, w.neither(happens)))

    def names(self) -> Referred:
        """The draw's name, and what its effects name."""
        yield "chance", self.name
        for effect in (*self.effects, *self.otherwise):
            yield from effect.names()

    def slots(self) -> Iterator[str]:
        """What its effects need."""
        return (slot for effect in (*self.effects, *self.otherwise) for slot in effect.slots())
