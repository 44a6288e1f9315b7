"""What must always hold: one function for each invariant, over a played game, and the table that names them all.

No Hypothesis is needed, so `baghdad check PATH --play 200` can run them on a teacher's machine. A check takes a Match
and yields a sentence for every breach; it changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs
import numpy as np

from game.insight.policies import POLICIES, named
from game.play.compiling import code_of, compile_now, shelf_of
from game.play.dealer import deal
from game.play.endings import verdict
from game.play.match import Match, Turn, start
from game.play.saves import loads
from game.play.turn import begin, start_values, step
from game.rules import CAUSES, PHASES
from game.rules.register import Rule
from game.scenario.conditions import all_hold
from game.scenario.library import content_hash, facts
from game.scenario.model import Scenario
from game.testing.wording import reworded
from game.world import luck
from game.world.columns import Many, ManyOrders, no_orders
from game.world.problems import IllegalOrder
from game.world.state import WHOLE, One, OneOrders
from game.world.variables import FACTIONS, HOLDERS, POSTURES, UNIT

Check = Callable[[Match], Iterator[str]]


@attrs.frozen
class Invariant:
    """One thing that must hold of every game; `check` yields a sentence for each breach."""

    id: str
    title: str
    check: Check


# ---- the state and its ledger


def books_balance(match: Match) -> Iterator[str]:
    """Before and all lines of a turn make after, for every variable; every turn begins where the last one ended."""
    before = match.start
    for turn in match.turns:
        if turn.before != before:
            yield f"turn {turn.number}: it does not begin where turn {turn.number - 1} ended"
        sums: Counter[str] = Counter()
        for line in turn.lines:
            sums[line.variable] += line.amount
        for name in turn.after:
            short = turn.after[name] - turn.before[name] - sums[name]
            if short:
                yield f"turn {turn.number}: {name} moved by {short} thousandths that no line tells of"
        before = turn.after


def limits_hold(match: Match) -> Iterator[str]:
    """Every variable lies within its scale at the start and after every turn."""
    for number, state in enumerate([match.start, *(turn.after for turn in match.turns)]):
        for variable in state.layout:
            if not variable.low <= state[variable.name] <= variable.high:
                yield f"turn {number}: {variable.name} is {state[variable.name]}, past its scale"


def control_sums(match: Match) -> Iterator[str]:
    """The three shares of control of every faction sum to exactly all of it."""
    for number, state in enumerate([match.start, *(turn.after for turn in match.turns)]):
        for faction in FACTIONS:
            whole = sum(state[f"{faction}_{holder}"] for holder in HOLDERS)
            if whole != WHOLE:
                yield f"turn {number}: control of the {faction} sums to {whole}"


def causes_known(match: Match) -> Iterator[str]:
    """Every line has a registered cause, which stands on facts that exist or on an assumption."""
    known = CAUSES | match.scenario.causes
    for turn in match.turns:
        for line in turn.lines:
            cause = known.get(line.cause)
            if cause is None:
                yield f"turn {turn.number}: nobody registered the cause {line.cause} of a line on {line.variable}"
            elif not cause.facts and not cause.assumption:
                yield f"turn {turn.number}: {line.cause} has neither facts nor an assumption"
            elif line.facts != cause.facts or not set(line.facts) <= facts().keys():
                yield f"turn {turn.number}: a line of {line.cause} cites facts that are not its own or not in the seeds"


def one_pending(match: Match) -> Iterator[str]:
    """Of what is post-dated at most one of a name is pending, it lies ahead, and once due it is gone."""
    names = [variable.name for variable in match.start.layout]
    if len(names) != len(set(names)):
        yield "two places of the state have one name"
    for turn in match.turns:
        for name in names:
            due = turn.after[name] if name.startswith("later.") else 0
            if due and due < turn.number * UNIT:
                yield f"turn {turn.number}: {name} was due on turn {due // UNIT} and is still pending"


def ends_once(match: Match) -> Iterator[str]:
    """A game ends with one ending, the first in written order that holds, by the last turn, and then stands still."""
    over = [turn.number for turn in match.turns if turn.after["ending"]]
    if match.outcome is None:
        if match.turn >= match.scenario.turns or over:
            yield f"turn {match.turn}: the game should be over and is not"
        return
    if over != [match.turn] or match.turn > match.scenario.turns:
        yield f"turn {match.turn}: an ending stands on turns {over} of {match.scenario.turns}"
    last = match.turn >= match.scenario.turns
    world = One(match.setting, match.seed, match.run, list(match.state.held), match.turn)
    endings = (e.id for e in match.scenario.endings if (last or e.at != "end") and all_hold(world, e.when))
    if next(endings, None) != match.outcome.ending:
        yield f"turn {match.turn}: {match.outcome.ending} is not the first ending that holds"
    if match.dilemma is not None or match.initiatives or not _refuses(match, "anything"):
        yield f"turn {match.turn}: something can still be decided after the end"


# ---- the doors


def _refuses(match: Match, option: str, *initiatives: str, **rest: Any) -> bool:
    """Whether this order is refused."""
    try:
        match.play(option, *initiatives, **rest)
    except IllegalOrder:
        return True
    return False


def legal_orders(match: Match) -> Iterator[str]:
    """On every turn each legal order is accepted, every other is refused, and nothing has changed by asking."""
    for past in _moments(match):
        desk = past.dilemma
        if desk is None:
            continue
        before = past.dumps()
        card = past.scenario.find("dilemma", desk.id)
        for option, written in zip(desk.options, card.options, strict=True):
            barred = not all_hold(past.world, written.needs)
            if barred is (option.barred is None):
                yield f"turn {past.turn}: {desk.id}/{option.id} says {option.barred!r} of itself"
            if _refuses(past, option.id) is not barred:
                yield f"turn {past.turn}: {desk.id}/{option.id} is {'accepted' if barred else 'refused'}"
        quiet = next((option.id for option in desk.options if option.barred is None), "")
        for offer in past.initiatives:
            if _refuses(past, quiet, offer.id) is not (offer.barred is not None):
                yield f"turn {past.turn}: the initiative {offer.id} says {offer.barred!r} and does otherwise"
        nonsense: list[dict[str, Any]] = [{"postures": {"nobody": "strike"}}, {"postures": {"tehran": "sulk"}}]
        accepted = [rest for rest in (*nonsense, {"injects": ("nothing",)}) if not _refuses(past, quiet, **rest)]
        if accepted or not _refuses(past, "nothing") or not _refuses(past, quiet, "nothing"):
            yield f"turn {past.turn}: an order that nobody knows is accepted {accepted}"
        if past.dumps() != before:
            yield f"turn {past.turn}: asking has changed the game"


def _moments(match: Match) -> Iterator[Match]:
    return (attrs.evolve(match, turns=match.turns[:k]) for k in range(match.turn + 1))


def round_trip(match: Match) -> Iterator[str]:
    """A save read back is the same game and makes the same bytes."""
    text = match.dumps()
    again = loads(text, match.scenario)
    if again != match:
        yield f"turn {match.turn}: the game read back from its save is another"
    if again.dumps() != text:
        yield f"turn {match.turn}: the save written again has other bytes"


def undo_is_exact(match: Match) -> Iterator[str]:
    """Undo gives the game before the turn, and the same orders then give the same game."""
    for past in _moments(attrs.evolve(match, iron=False)):
        if past.turn:
            undone = past.undo()
            if undone.state != past.turns[-1].before or undone.turns != past.turns[:-1]:
                yield f"turn {past.turn}: undo does not lead back to the turn before"
            if _repeat(undone, past.turns[-1]) != past:
                yield f"turn {past.turn}: the same orders after undo lead elsewhere"


# ---- one world or many


def coded(scenario: Scenario, turn: Turn) -> OneOrders:
    """The orders of a turn as the rules read them."""
    place, orders = scenario.place, turn.orders
    card = place[turn.dilemma]
    option = [each.id for each in scenario.dilemmas[card].options].index(orders.option)
    begun = tuple(place[name] for name in orders.initiatives if not name.startswith("stop:"))
    stopped = tuple(place[name[5:]] for name in orders.initiatives if name.startswith("stop:"))
    seats = {seat: POSTURES[seat].index(name) for seat, name in orders.postures.items()}
    return OneOrders(card, option, begun, stopped, seats, orders.injects)


def row_is_game(match: Match) -> Iterator[str]:
    """The same orders on a column between two other games give the same game, to the last thousandth."""
    runs = np.array([(match.run + k) % 2**64 for k in (2**64 - 1, 0, 1)], dtype=np.uint64)
    values = np.array(start_values(match.setting, match.given), dtype=np.int32)
    w = Many(match.setting, match.seed, runs, np.repeat(values[:, None], 3, axis=1), no_orders(3))
    begin(w, match.given)
    if tuple(w.values[:, 1].tolist()) != match.start.held:
        yield "turn 0: the column does not start where the game does"
    here = np.array([False, True, False])
    for turn in match.turns:
        one = coded(match.scenario, turn)
        card, option = np.where(here, one.card, -1).astype(np.int32), np.where(here, one.option, 0).astype(np.int32)
        begun, stopped = dict.fromkeys(one.begin, here), dict.fromkeys(one.stop, here)
        w.orders = ManyOrders(card, option, begun, stopped, one.postures, one.injects)
        step(w)
        names = zip(turn.after, w.values[:, 1].tolist(), turn.after.held, strict=True)
        wrong = [name for name, column, alone in names if column != alone]
        if wrong:
            yield f"turn {turn.number}: the column differs from the game first in {wrong[0]}"
            return


def compiled_is_plain(match: Match) -> Iterator[str]:
    """What is compiled for these rules writes the same lines as the rules themselves."""
    shelf = shelf_of(match.setting)
    shelf.one = shelf.one or compile_now(match.setting)
    for turn in match.turns:
        one = coded(match.scenario, turn)
        if one.postures or one.injects:
            continue
        choice = code_of(one.card, one.option)
        values, book = shelf.one(turn.before.held, turn.number - 1, match.seed, match.run, choice, one.begin, one.stop)
        plain = _world(match, turn)
        plain.turn -= 1
        step(plain)
        if tuple(values) != tuple(plain.values) or Counter(book) != Counter(plain.book):
            yield f"turn {turn.number}: compiled, the same rules lead elsewhere"


# ---- rules, luck and words


def _world(match: Match, turn: Turn, without: str = "") -> One:
    """The world as a turn begins, with its orders in it, all but one event."""
    orders = coded(match.scenario, turn)
    orders = attrs.evolve(orders, injects=tuple(name for name in orders.injects if name != without))
    return One(match.setting, match.seed, match.run, list(turn.before.held), turn.number, orders)


def _same(match: Match, turn: Turn, world: One) -> bool:
    """Whether this world, after the verdict and the dealer, is where the turn ended."""
    for last in (verdict, deal):
        last(world)
        world.settle()
    return tuple(world.values) == turn.after.held


def shuffled(rules: Iterable[Rule], salt: int) -> list[Rule]:
    """The rules of a phase in another order, the same on every machine."""
    return sorted(rules, key=lambda rule: luck.draw(salt, 0, 0, rule.cause.id))


def order_is_nothing(match: Match) -> Iterator[str]:
    """The order of the rules within a phase decides nothing."""
    for turn in match.turns:
        world = _world(match, turn)
        for _, rules in PHASES:
            for rule in shuffled(rules, turn.number):
                rule(world)
            world.settle()
        if not _same(match, turn, world):
            yield f"turn {turn.number}: another order of the rules within a phase leads elsewhere"


def luck_is_local(match: Match) -> Iterator[str]:
    """Whatever rule is left out, every other rule of its phase writes the same lines: no die hangs on another."""
    for turn in match.turns:
        world = _world(match, turn)
        for name, rules in PHASES:
            alone = {rule.cause.id: _lines_of(world, [rule]) for rule in rules}
            left_out = rules[turn.number % len(rules)]
            rest = _lines_of(world, [rule for rule in rules if rule is not left_out])
            if rest != [line for id_, lines in alone.items() if id_ != left_out.cause.id for line in lines]:
                yield f"turn {turn.number}: in the phase {name} a rule hangs on another, or on its dice"
            for rule in rules:
                rule(world)
            world.settle()
        if not _same(match, turn, world):
            yield f"turn {turn.number}: the phases one after the other do not make the turn"


def _lines_of(world: One, rules: Iterable[Rule]) -> list[tuple[int, int, str]]:
    """What these rules alone would write."""
    trial = attrs.evolve(world, values=list(world.values), book=[], phase=[])
    for rule in rules:
        rule(trial)
    return trial.phase


def events_are_local(match: Match) -> Iterator[str]:
    """Had an event not struck, the game would be the same until then, and would then lack the event's own lines."""
    for event in match.scenario.events:
        struck = match.state[f"event.{event.id}"] // UNIT
        events = tuple(attrs.evolve(e, turn=None) if e is event else e for e in match.scenario.events)
        poorer = attrs.evolve(match.scenario, events=events)
        again = start(poorer, match.seed, match.run, match.given, match.parameters)
        for turn in match.turns[: max(struck - 1, 0)]:
            again = _repeat(again, turn)
            if again.state.held != turn.after.held:
                yield f"turn {turn.number}: the game knows of the event {event.id} before it strikes"
        if struck:
            turn = match.turns[struck - 1]
            without = _lines_of(_world(again, turn, event.id), PHASES[0][1])
            with_it = _lines_of(_world(match, turn), PHASES[0][1])
            if without != [line for line in with_it if line[2] != f"event.{event.id}"]:
                yield f"turn {struck}: the event {event.id} moves lines that are not its own"


def _repeat(match: Match, turn: Turn) -> Match:
    orders = turn.orders
    return match.play(
        orders.option,
        *orders.initiatives,
        postures=orders.postures,
        injects=orders.injects,
        prediction=orders.prediction,
    )


def words_are_words(match: Match) -> Iterator[str]:
    """Other prose, the same numbers and the same content hash."""
    other = reworded(match.scenario)
    if content_hash(other) != match.scenario.content:
        yield "other words give another content hash"
    again = start(other, match.seed, match.run, match.given, match.parameters)
    for turn in match.turns:
        again = _repeat(again, turn)
        if again.state.held != turn.after.held:
            yield f"turn {turn.number}: other words give other numbers"
            return


INVARIANTS: tuple[Invariant, ...] = (
    Invariant("books", "The books balance", books_balance),
    Invariant("limits", "Limits hold", limits_hold),
    Invariant("control", "Control sums to all of it", control_sums),
    Invariant("causes", "Every line has a known cause", causes_known),
    Invariant("pending", "At most one of a name is pending", one_pending),
    Invariant("ending", "Every game ends once", ends_once),
    Invariant("orders", "Legal orders are accepted, others change nothing", legal_orders),
    Invariant("round-trip", "A save read back is the same game", round_trip),
    Invariant("undo", "Undo and the same orders make the same game", undo_is_exact),
    Invariant("row", "Run k of a batch is game k", row_is_game),
    Invariant("compiled", "What is compiled is what is written", compiled_is_plain),
    Invariant("order", "The order of rules within a phase decides nothing", order_is_nothing),
    Invariant("luck", "Luck is local to a rule", luck_is_local),
    Invariant("events", "Luck is local to an event", events_are_local),
    Invariant("words", "Words decide nothing", words_are_words),
)
"""Everything that must hold of every game."""


def breaches(match: Match, *only: str) -> list[str]:
    """Every breach of the invariants (or of those named) by a game, each with the invariant's title."""
    checked = [invariant for invariant in INVARIANTS if not only or invariant.id in only]
    return [f"{invariant.title}: {breach}" for invariant in checked for breach in invariant.check(match)]


def random_game(scenario: Scenario, seed: int, run: int = 0) -> Match:
    """A game played to its ending (or past the turns it should have) by the player called random."""
    match = start(scenario, seed, run)
    while match.outcome is None and match.turn < scenario.turns:
        option, *initiatives = named(match, POLICIES["random"])
        match = match.play(option, *initiatives)
    return match


def breaches_of(scenario: Scenario, games: int = 200, seed: int = 0) -> list[str]:
    """Play so many random games and list every breach, with the game in which it came.

    >>> import game
    >>> breaches_of(game.load("gaza-spillover"), games=1)
    []
    """
    found = []
    for run in range(games):
        match = random_game(scenario, seed, run)
        found += [f"seed {seed}, run {run}: {breach}" for breach in breaches(match)]
    return found
