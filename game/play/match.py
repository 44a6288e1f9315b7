"""A game as a frozen value with its history: `play` gives a new Match, `undo` an earlier one; no file is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from typing import Any

from attrs import define, evolve, field, frozen

from game.play.compiling import code_of, compiled_step
from game.play.dealer import RUNNING_MOST, may_begin, on_offer, price
from game.play.endings import Outcome
from game.play.turn import begin, setting_of, start_values, step
from game.rules import CAUSES
from game.rules.baghdad import obedience
from game.scenario.conditions import all_hold
from game.scenario.model import Dilemma, Dispatch, Option, Scenario
from game.world.ledger import Cause, Line
from game.world.problems import IllegalOrder, Problem, Problems
from game.world.state import One, OneOrders, Setting
from game.world.variables import POSTURES, UNIT, Layout, thousandths

MOST_SEED = 2**64 - 1
Book = tuple[tuple[int, int, str], ...]


@frozen
class State(Mapping[str, int]):
    """Every variable and slot by name, in whole thousandths; `held` is the same in the layout's order."""

    layout: Layout = field(repr=False)
    held: tuple[int, ...]

    def __getitem__(self, name: str) -> int:
        return self.held[self.layout.index[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.layout.index)

    def __len__(self) -> int:
        return len(self.held)

    @property
    def digest(self) -> str:
        """A short hash of the whole state."""
        return blake2b(",".join(map(str, self.held)).encode(), digest_size=8).hexdigest()


@frozen
class PlayedOrders:
    """What was decided on a turn, as it is saved."""

    option: str
    initiatives: tuple[str, ...] = ()
    postures: Mapping[str, str] = field(factory=dict)
    injects: tuple[str, ...] = ()
    prediction: Any = None


@define(frozen=True, slots=False)
class Turn:
    """One turn played: its dilemma and orders, the world before and after, and the lines between."""

    number: int
    dilemma: str
    orders: PlayedOrders
    before: State = field(repr=False)
    after: State = field(repr=False)
    book: Book = field(repr=False)
    causes: Mapping[str, Cause] = field(repr=False, eq=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every change of this turn; after == before + the sum of their amounts, exactly."""
        names = [variable.name for variable in self.before.layout]
        return tuple(
            Line(names[i], amount, cause, cause_of(self.causes, cause).facts) for i, amount, cause in self.book
        )


@frozen
class OnTheDesk:
    """An option on the desk: `barred` is None or says why not; `obeyed` is the chance in per cent, or None."""

    id: str
    text: str
    barred: str | None
    obeyed: float | None = None
    to: str = ""


@frozen
class Desk:
    """The dilemma of this turn, in the opening that fits the world."""

    id: str
    title: str
    question: str
    text: str
    dispatches: tuple[Dispatch, ...]
    options: tuple[OnTheDesk, ...]


@frozen
class Offer:
    """An initiative on offer: its price in capital, for how many turns, and who will resist it."""

    id: str
    title: str
    text: str
    price: float
    turns: int
    resisted_by: str
    barred: str | None


def cause_of(causes: Mapping[str, Cause], name: str) -> Cause:
    """The registration of a cause by its id."""
    return causes.get(name) or CAUSES.get(name) or Cause(name, "rule", name)


@define(frozen=True, slots=False)
class Match:
    """A game: scenario, seed, run, what was set, and the turns played.

    `seed` is a whole number from 0 to 2**64-1, `run` from 0 up. Values are read in their units: `match["dinar"]`.
    """

    scenario: Scenario = field(repr=False)
    seed: int
    run: int
    given: Mapping[str, float]
    parameters: Mapping[str, float]
    setting: Setting = field(repr=False, eq=False)
    start: State = field(repr=False)
    turns: tuple[Turn, ...] = field(default=(), repr=False)
    read_only: str = ""
    iron: bool = False
    study: bool = False

    # ---- reading

    def __getitem__(self, name: str) -> float:
        return self.state[name] / UNIT

    @property
    def state(self) -> State:
        """The world as it stands."""
        return self.turns[-1].after if self.turns else self.start

    @property
    def turn(self) -> int:
        """Turns played; 0 at the start."""
        return len(self.turns)

    @cached_property
    def world(self) -> One:
        """The world as a One, for reading conditions; changing it changes nothing here."""
        return One(self.setting, self.seed, self.run, list(self.state.held), self.turn)

    @property
    def card(self) -> Dilemma | None:
        """The card on the desk, or None after an ending."""
        i = self.state["card"] // UNIT - 1
        known = 0 <= i < len(self.scenario.dilemmas)
        return self.scenario.dilemmas[i] if known and not self.state["ending"] else None

    @cached_property
    def dilemma(self) -> Desk | None:
        """The dilemma on the desk with its options, or None after an ending."""
        card = self.card
        if card is None:
            return None
        opening = next((o for o in card.openings if all_hold(self.world, o.when)), card.openings[-1])
        dispatches = tuple(d for d in card.dispatches if all_hold(self.world, d.when))
        options = tuple(self._option(option) for option in card.options)
        return Desk(card.id, card.title, card.question, opening.text, dispatches, options)

    def _option(self, option: Option) -> OnTheDesk:
        barred = None if all_hold(self.world, option.needs) else option.barred or "It cannot be done now."
        if option.order is None:
            return OnTheDesk(option.id, option.text, barred)
        chance = obedience(self.world, option.order.to, option.order.difficulty) / UNIT
        return OnTheDesk(option.id, option.text, barred, chance, option.order.to)

    @cached_property
    def initiatives(self) -> tuple[Offer, ...]:
        """The initiatives on offer this turn; none after an ending."""
        if self.card is None:
            return ()
        world, written = self.world, self.scenario.initiatives
        return tuple(self._offer(i) for i in range(len(written)) if on_offer(world, i))

    def _offer(self, i: int) -> Offer:
        it = self.scenario.initiatives[i]
        barred = None
        if self.state[f"running.{it.id}"] > 0:
            barred = "It is running already."
        elif self.state[f"done.{it.id}"] > 0:
            barred = "It has been carried through."
        elif not may_begin(self.world, i):
            barred = it.barred or "It cannot be begun now."
        elif self.state["capital"] < price(it):
            barred = f"It costs {it.price:g} of capital; you have {self.state['capital'] / UNIT:.1f}."
        elif len(self.running) >= RUNNING_MOST:
            barred = "Two initiatives are running; one must end or be stopped first."
        return Offer(it.id, it.title, it.text, it.price, it.turns, it.resisted_by, barred)

    @cached_property
    def running(self) -> tuple[tuple[Any, int], ...]:
        """(initiative, turns left) for each one running."""
        pairs = ((it, self.state[f"running.{it.id}"] // UNIT) for it in self.scenario.initiatives)
        return tuple((it, left) for it, left in pairs if left > 0)

    @cached_property
    def outcome(self) -> Outcome | None:
        """None, or how it ended: the ending's id, the turn and the lines behind it."""
        i = self.state["ending"] // UNIT - 1
        if not 0 <= i < len(self.scenario.endings):
            return None
        ending = self.scenario.endings[i]
        weighed = {name for part in ending.when for kind, name in part.names() if kind == "variable"}
        lines = [line for turn in self.turns[-2:] for line in turn.lines if line.variable in weighed]
        lines.sort(key=lambda line: -abs(line.amount))
        return Outcome(ending.id, self.turn, tuple(lines[:6]))

    # ---- playing

    def play(
        self,
        option: str,
        *initiatives: str,
        postures: Mapping[str, str] | None = None,
        injects: tuple[str, ...] = (),
        prediction: Any = None,
    ) -> Match:
        """One turn further: an option's id, then initiative ids to begin (`stop:<id>` stops one).

        `postures` seats somebody else for this turn ({"tehran": "loosen"}), `injects` throws in events by id,
        `prediction` is kept with the turn. Raises IllegalOrder, after which nothing has changed.
        """
        orders = PlayedOrders(option, initiatives, dict(postures or {}), tuple(injects), prediction)
        coded = self._code(orders)
        card = self.scenario.dilemmas[coded.card].id
        values, book = self._step(coded)
        after = State(self.setting.layout, values)
        turn = Turn(self.turn + 1, card, orders, self.state, after, book, self.scenario.causes)
        return evolve(self, turns=(*self.turns, turn))

    def _step(self, coded: OneOrders) -> tuple[tuple[int, ...], Book]:
        """The values and lines of the turn: compiled where it is worth it, plain where others sit at the table."""
        fast = None if coded.postures or coded.injects else compiled_step(self.setting)
        if fast is not None:
            choice = code_of(coded.card, coded.option)
            values, book = fast(self.state.held, self.turn, self.seed, self.run, choice, coded.begin, coded.stop)
            return values, tuple(book)
        world = One(self.setting, self.seed, self.run, list(self.state.held), self.turn, coded)
        step(world)
        return tuple(world.values), tuple(world.book)

    def undo(self) -> Match:
        """The game before its last turn; raises IllegalOrder at the start, in iron mode and if it can only be read."""
        if self.read_only:
            raise IllegalOrder("undo", self.turn, (), self.read_only)
        if self.iron:
            raise IllegalOrder("undo", self.turn, (), "this game is played in iron mode: nothing is taken back")
        if not self.turns:
            raise IllegalOrder("undo", 0, (), "no turn has been played yet")
        return evolve(self, turns=self.turns[:-1])

    def _code(self, orders: PlayedOrders) -> OneOrders:
        card = self.card
        if self.read_only:
            raise IllegalOrder(orders.option, self.turn, (), self.read_only)
        if card is None:
            raise IllegalOrder(orders.option, self.turn, (), "the game is over")
        names = [option.id for option in card.options]
        if orders.option not in names:
            raise IllegalOrder(orders.option, self.turn, self._legal(card), "this dilemma has no such option")
        chosen = names.index(orders.option)
        if not all_hold(self.world, card.options[chosen].needs):
            why = self._option(card.options[chosen]).barred or ""
            raise IllegalOrder(orders.option, self.turn, self._legal(card), why.rstrip("."))
        start, stop = self._agenda(orders.initiatives)
        seats = {seat: self._posture(seat, name) for seat, name in orders.postures.items()}
        events = [event.id for event in self.scenario.events]
        for name in orders.injects:
            if name not in events:
                raise IllegalOrder(name, self.turn, events, "no event is called so")
        return OneOrders(self.scenario.place[card.id], chosen, start, stop, seats, orders.injects)

    def _legal(self, card: Dilemma) -> list[str]:
        return [option.id for option in card.options if all_hold(self.world, option.needs)]

    def _posture(self, seat: str, name: str) -> int:
        if seat not in POSTURES:
            raise IllegalOrder(seat, self.turn, POSTURES, "nobody sits there")
        if name not in POSTURES[seat]:
            raise IllegalOrder(name, self.turn, POSTURES[seat], f"{seat} has no such posture")
        return POSTURES[seat].index(name)

    def _agenda(self, names: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The initiatives begun and stopped, by number; what is stopped is paid for and makes room first."""
        if not names:
            return (), ()
        place, running = self.scenario.place, [it.id for it, _ in self.running]
        offers = {offer.id: offer for offer in self.initiatives}
        legal = [n for n, offer in offers.items() if offer.barred is None] + [f"stop:{name}" for name in running]
        left, room, start, stop = self.state["capital"], RUNNING_MOST - len(running), [], []
        for name in sorted(names, key=lambda name: not name.startswith("stop:")):
            bare = name.removeprefix("stop:")
            it = self.scenario.find("initiative", bare)
            if names.count(name) > 1:
                raise IllegalOrder(name, self.turn, legal, "it is named twice")
            if name.startswith("stop:"):
                if bare not in running:
                    raise IllegalOrder(name, self.turn, legal, "it is not running")
                cost, room = thousandths(it.stop_price), room + 1
                stop.append(place[bare])
            else:
                if bare not in offers:
                    raise IllegalOrder(name, self.turn, legal, "it is not on offer this turn")
                why = offers[bare].barred
                if why is not None and not may_begin(self.world, place[bare]):
                    raise IllegalOrder(name, self.turn, legal, why.rstrip("."))
                cost, room = price(it), room - 1
                start.append(place[bare])
            left -= cost
            if left < 0:
                raise IllegalOrder(
                    name, self.turn, legal, f"it costs {cost / UNIT:g} of capital and too little is left"
                )
            if room < 0:
                raise IllegalOrder(name, self.turn, legal, "at most two initiatives run at once")
        return tuple(start), tuple(stop)

    # ---- keeping

    def dumps(self) -> str:
        """The game as the text of a save: JSON without a clock, the same bytes for the same game."""
        from game.play.saves import dumps

        return dumps(self)


def start(
    scenario: Scenario,
    seed: int,
    run: int = 0,
    values: Mapping[str, float] | None = None,
    parameters: Mapping[str, float] | None = None,
    iron: bool = False,
    study: bool = False,
) -> Match:
    """A new game of a scenario.

    `values` sets variables of the table in their units, `parameters` numbers of the rules; in iron mode nothing can be
    undone, in study mode the cabinet's forecast tells the odds of endings too. Raises Problems.

    >>> import game
    >>> match = game.start(game.load("gaza-spillover"), seed=7)
    >>> match.turn, match.outcome
    (0, None)
    """
    problems = []
    for name, number in (("seed", seed), ("run", run)):
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST_SEED:
            problems.append(Problem(name, f"this says {number!r}", "a whole number from 0 to 18446744073709551615"))
    if problems:
        raise Problems(problems)
    setting = setting_of(scenario, parameters)
    given = dict(values or {})
    world = One(setting, seed, run, start_values(setting, given))
    begin(world, given)
    first = State(setting.layout, tuple(world.values))
    return Match(scenario, seed, run, given, dict(parameters or {}), setting, first, iron=iron, study=study)
