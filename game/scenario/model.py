"""A scenario as frozen values: the situation, its cards, and the layout of the state that they need.

Nothing here reads files or judges; `loader` makes these values and `checker` judges them. `where` on a value is the
line of its file, for messages; it takes no part in equality.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from game.scenario.conditions import Condition, Word
from game.scenario.effects import Effect, LaterEffect
from game.world.ledger import Cause
from game.world.variables import PARTIES, POSTURES, UNIT, Layout, Number, Variable, slot

QUESTIONS = {
    "whom-to-believe": "whom to believe?",
    "who-will-obey": "who will obey?",
    "what-to-promise": "what to promise?",
    "whose-loss": "whose loss?",
    "now-or-later": "now or later?",
    "public-or-private": "public or private?",
    "which-capital": "which capital?",
}
TIERS = ("forced", "due", "thread", "open")
FORCES = ("army", "counter-terrorism", "gate-guards", "hashed-command", "ministry")
DISPATCH_SURE = ("reported", "claimed", "disputed", "assumed")


@frozen
class Opening:
    """How a dilemma begins, in a world where `when` holds."""

    text: str
    when: tuple[Condition, ...] = ()


@frozen
class Dispatch:
    """What reached the desk: who says so and how sure."""

    text: str
    who: str
    sure: str
    facts: tuple[str, ...] = ()
    assumption: str = ""
    when: tuple[Condition, ...] = ()


@frozen
class Order:
    """Who must obey, how hard it is (0 to 100), and what follows either way."""

    to: str
    task: str
    difficulty: float
    obeyed: tuple[Effect, ...] = ()
    disobeyed: tuple[Effect, ...] = ()


@frozen
class Option:
    """One answer to a dilemma; `takes` is what it takes for granted where the dilemma names a disagreement."""

    id: str
    text: str
    effects: tuple[Effect, ...] = ()
    order: Order | None = None
    needs: tuple[Condition, ...] = ()
    barred: str = ""
    quiet: bool = False
    history: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    assumption: str = ""
    takes: str = ""

    @property
    def orders(self) -> tuple[Order, ...]:
        """Its order, if it gives one."""
        return () if self.order is None else (self.order,)

    def all_effects(self) -> tuple[Effect, ...]:
        """Its own effects and those of its order."""
        if self.order is None:
            return self.effects
        return (*self.effects, *self.order.obeyed, *self.order.disobeyed)


@frozen
class Dilemma:
    """A card: a question that must be answered with one of its options, perhaps while a disagreement is unsettled."""

    id: str
    title: str
    question: str
    tier: str
    openings: tuple[Opening, ...]
    options: tuple[Option, ...]
    dispatches: tuple[Dispatch, ...] = ()
    facts: tuple[str, ...] = ()
    assumption: str = ""
    systems: tuple[str, ...] = ()
    iraqi_voice: bool = False
    disagreement: str = ""

    @property
    def is_always_eligible(self) -> bool:
        """Has it an opening without a condition?"""
        return any(not opening.when for opening in self.openings)


@frozen
class Initiative:
    """Something to carry through over several turns, paid in capital and resisted by somebody."""

    id: str
    title: str
    text: str
    price: float
    turns: int
    resisted_by: str
    stop_price: float = 1
    start: tuple[Effect, ...] = ()
    each: tuple[Effect, ...] = ()
    done: tuple[Effect, ...] = ()
    needs: tuple[Condition, ...] = ()
    barred: str = ""
    systems: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    assumption: str = ""

    def all_effects(self) -> tuple[Effect, ...]:
        """Everything it does."""
        return (*self.start, *self.each, *self.done)


@frozen
class Ask:
    """What a capital or a constituency wants, by when, or else."""

    id: str
    by: str
    text: str
    turns: int
    met_when: tuple[Condition, ...]
    met: tuple[Effect, ...] = ()
    failed: tuple[Effect, ...] = ()
    refused: tuple[Effect, ...] = ()
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class Promise:
    """What was promised to whom, by when and who heard; it may contradict another."""

    id: str
    to: str
    text: str
    turns: int
    heard_by: tuple[str, ...]
    kept_when: tuple[Condition, ...]
    kept: tuple[Effect, ...] = ()
    broken: tuple[Effect, ...] = ()
    against: tuple[str, ...] = ()
    exposed: tuple[Effect, ...] = ()
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class Message:
    """A message entrusted to Baghdad."""

    id: str
    from_: str
    to: str
    text: str
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class Event:
    """Something that strikes on a turn, or that a teacher throws in."""

    id: str
    title: str
    text: str
    turn: int | None = None
    who: str = ""
    when: tuple[Condition, ...] = ()
    effects: tuple[Effect, ...] = ()
    systems: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class Headlines:
    """The same ending as three capitals print it."""

    washington: str
    tehran: str
    baghdad: str


@frozen
class Ending:
    """When it is over, and what that means."""

    id: str
    title: str
    sentence: str
    headlines: Headlines
    when: tuple[Condition, ...] = ()
    at: str = "any"
    good: bool = False
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class Range:
    """The range from which each game draws a secret, in the secret's unit."""

    low: float
    high: float
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class StartNote:
    """Why some variables start where they do."""

    variables: tuple[str, ...]
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class Lesson:
    """What the scenario teaches: moving the driver moves the effect in this direction."""

    driver: str
    effect: str
    sign: str
    text: str
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class WorldTable:
    """The shared tables: variables and the numbers of the rules."""

    variables: tuple[Variable, ...]
    numbers: Mapping[str, Number]


@define(frozen=True, slots=False)
class Scenario:
    """A scenario whole: the situation, the cards, the initiatives and the world's tables.

    `content` is the hash of the parsed values that decide outcomes, not of prose. A tutorial is asked less: that all
    of it can be reached.
    """

    id: str
    title: str
    begins: date
    hours: tuple[int, ...]
    briefing: str
    content_note: str
    documents: tuple[str, ...]
    start: Mapping[str, float]
    starts: tuple[StartNote, ...]
    hidden: Mapping[str, Range]
    asks: tuple[Ask, ...]
    promises: tuple[Promise, ...]
    messages: tuple[Message, ...]
    events: tuple[Event, ...]
    endings: tuple[Ending, ...]
    dilemmas: tuple[Dilemma, ...]
    initiatives: tuple[Initiative, ...]
    table: WorldTable = field(repr=False)
    lesson: Lesson | None = None
    horizon: date | None = None
    tutorial: bool = False
    numbers: Mapping[str, float] = field(factory=dict)
    content: str = field(default="", repr=False)

    @property
    def turns(self) -> int:
        """How many turns it lasts."""
        return len(self.hours)

    def when(self, turn: int) -> date:
        """The first day of a turn (1 is the first; 0 means the start)."""
        return self.begins + timedelta(hours=sum(self.hours[: max(turn - 1, 0)]))

    @property
    def ends(self) -> date:
        """The last day of the last turn."""
        return self.begins + timedelta(hours=sum(self.hours) - 1)

    def ask(self, name: str) -> Ask:
        """The ask of this id."""
        return self._by_id["ask", name]  # type: ignore[no-any-return]

    def promise(self, name: str) -> Promise:
        """The promise of this id."""
        return self._by_id["promise", name]  # type: ignore[no-any-return]

    def find(self, kind: str, name: str) -> Any:
        """A dilemma, initiative, ask, promise, message, event or ending by its id, or None."""
        return self._by_id.get((kind, name))

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Any]:
        kinds: dict[str, tuple[Any, ...]] = {
            "ask": self.asks,
            "promise": self.promises,
            "message": self.messages,
            "event": self.events,
            "ending": self.endings,
            "dilemma": self.dilemmas,
            "initiative": self.initiatives,
        }
        return {(kind, value.id): value for kind, values in kinds.items() for value in values}

    @cached_property
    def place(self) -> dict[str, int]:
        """The number of each dilemma and initiative in its written order."""
        written: tuple[tuple[Any, ...], ...] = (self.dilemmas, self.initiatives)
        return {value.id: i for values in written for i, value in enumerate(values)}

    @cached_property
    def laters(self) -> tuple[tuple[LaterEffect, str], ...]:
        """Every post-dated effect with the id of the cause that declares it, one of a name."""
        found: dict[str, tuple[LaterEffect, str]] = {}
        for cause, effect in self.effects():
            if isinstance(effect, LaterEffect):
                found.setdefault(effect.later, (effect, cause))
        return tuple(found.values())

    def effects(self) -> Iterator[tuple[str, Effect]]:
        """(cause id, effect) for every effect that stands on a card, an initiative, an ask, a promise or an event."""
        for card in self.dilemmas:
            for option in card.options:
                yield from ((option_cause(card, option), effect) for effect in option.all_effects())
        for initiative in self.initiatives:
            yield from ((f"initiative.{initiative.id}", effect) for effect in initiative.all_effects())
        for ask in self.asks:
            yield from ((f"ask.{ask.id}", effect) for effect in (*ask.met, *ask.failed, *ask.refused))
        for promise in self.promises:
            yield from ((f"promise.{promise.id}", e) for e in (*promise.kept, *promise.broken, *promise.exposed))
        for event in self.events:
            yield from ((f"event.{event.id}", effect) for effect in event.effects)

    def conditions(self) -> Iterator[Condition]:
        """Every condition that stands anywhere in it."""
        for card in self.dilemmas:
            for opening in card.openings:
                yield from opening.when
            for dispatch in card.dispatches:
                yield from dispatch.when
            for option in card.options:
                yield from option.needs
        for initiative in self.initiatives:
            yield from initiative.needs
        for ask in self.asks:
            yield from ask.met_when
        for promise in self.promises:
            yield from promise.kept_when
        for event in self.events:
            yield from event.when
        for ending in self.endings:
            yield from ending.when

    @cached_property
    def layout(self) -> Layout:
        """The order of the state: the tabled variables, then every slot that rules, cards and the dealer need."""
        names: dict[str, None] = dict.fromkeys(["turn", "card", "ending"])
        names.update(dict.fromkeys(f"posture.{seat}" for seat in POSTURES))
        for ask in self.asks:
            names.update(dict.fromkeys([f"ask.{ask.id}.state", f"ask.{ask.id}.due"]))
        names.update(dict.fromkeys(f"asked.{party}" for party in PARTIES))
        for promise in self.promises:
            names.update(dict.fromkeys([f"promise.{promise.id}.state", f"promise.{promise.id}.due"]))
        names.update(dict.fromkeys(f"message.{message.id}" for message in self.messages))
        names.update(dict.fromkeys(f"event.{event.id}" for event in self.events))
        for initiative in self.initiatives:
            names.update(dict.fromkeys(f"{part}.{initiative.id}" for part in ("running", "done", "place")))
        for card in self.dilemmas:
            names.update(dict.fromkeys([f"dealt.{card.id}", f"place.{card.id}"]))
        words: list[Word] = [*(effect for _, effect in self.effects()), *self.conditions()]
        names.update(dict.fromkeys(name for word in words for name in word.slots()))
        return Layout((*self.table.variables, *(slot(name) for name in names)))

    @cached_property
    def causes(self) -> dict[str, Cause]:
        """The causes that this scenario's own values register, by id."""
        return {cause.id: cause for cause in scenario_causes(self)}


def option_cause(card: Dilemma, option: Option) -> str:
    """The id of an option as a cause.

    >>> option_cause(Dilemma("gate", "", "", "open", (), ()), Option("hold", ""))
    'gate/hold'
    """
    return f"{card.id}/{option.id}"


def scenario_causes(scenario: Scenario) -> Iterator[Cause]:
    """Every option, order, initiative, event, ask and promise as a cause, with the facts it stands on."""
    for card in scenario.dilemmas:
        for option in card.options:
            facts = option.facts or option.history or card.facts
            title, assumption = f"{card.title}: {option.text}", option.assumption or card.assumption
            name = option_cause(card, option)
            yield Cause(name, "option", title, facts, assumption, card.systems)
            if option.order:
                title = f"{card.title}: the order to {option.order.task}"
                yield Cause(f"{name}/order", "order", title, facts, assumption, card.systems)
    for kind in ("initiatives", "events", "asks", "promises"):
        for value in getattr(scenario, kind):
            title = getattr(value, "title", value.text)
            systems = getattr(value, "systems", ())
            yield Cause(f"{kind[:-1]}.{value.id}", kind[:-1], title, value.facts, value.assumption, systems)
    for later, cause in scenario.laters:
        yield Cause(f"later.{later.later}", "later", later.what, (), f"It follows from {cause}.")


def whole(turns: int) -> int:
    """Turns as thousandths, as slots hold them.

    >>> whole(3)
    3000
    """
    return turns * UNIT
