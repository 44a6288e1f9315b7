"""The kit catches: small bugs planted in the engine are seen, each by the invariant that is there for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

import attrs
import pytest

import game
import game.play.endings
import game.play.match
import game.play.saves
import game.play.turn
import game.rules
from game.play.compiling import Shelf, compile_now
from game.rules import PHASES
from game.rules.register import Rule
from game.scenario.model import Scenario
from game.testing import invariants
from game.testing.invariants import INVARIANTS, breaches, random_game
from game.world import luck
from game.world.columns import Many
from game.world.ledger import LIMIT, Cause
from game.world.state import One
from game.world.variables import UNIT

Patch = pytest.MonkeyPatch


@cache
def gaza() -> Scenario:
    return game.load("gaza-spillover")


def play_on(turns: int = 12) -> game.Match:
    """A game that calls on everything: postures, an inject, initiatives, post-dated effects."""
    match = game.start(gaza(), 6, 1)
    while match.outcome is None and match.turn < turns:
        assert match.dilemma is not None
        legal = [option.id for option in match.dilemma.options if option.barred is None]
        begun = [offer.id for offer in match.initiatives if offer.barred is None][:1] if not match.running else []
        thrown = (gaza().events[-1].id,) if match.turn == 2 else ()
        seats = {"tehran": "unleash"} if match.turn == 1 else {}
        match = match.play(legal[match.turn % len(legal)], *begun, postures=seats, injects=thrown)
    return match


def with_rule(patch: Patch, run: Callable[[Any], None], cause: Cause | None = None, phase: int = 3) -> None:
    """Put one more rule into a phase, wherever the phases are read."""
    more = Rule(cause or Cause("planted", "rule", "Planted", assumption="It is planted."), run)
    phases = tuple((name, (*rules, more) if i == phase else rules) for i, (name, rules) in enumerate(PHASES))
    for module in (game.play.turn, invariants):
        patch.setattr(module, "PHASES", phases)
    known = {} if cause is not None else {"planted": more.cause}
    patch.setattr(invariants, "CAUSES", game.rules.CAUSES | known)


def lost_line(patch: Patch) -> None:
    settle = One.settle

    def losing(w: One) -> None:
        settle(w)
        w.book[-2:-1] = []

    patch.setattr(One, "settle", losing)


def made_up_line(patch: Patch) -> None:
    settle = One.settle

    def adding(w: One) -> None:
        settle(w)
        w.book.append((0, 1, LIMIT.id))

    patch.setattr(One, "settle", adding)


def unclipped_value(patch: Patch) -> None:
    correct = One._correct

    def careless(w: One, i: int, amount: int, cause: str) -> None:
        if cause != LIMIT.id:
            correct(w, i, amount, cause)

    patch.setattr(One, "_correct", careless)
    with_rule(patch, lambda w: w.line("unrest", 60 * UNIT))


def control_leak(patch: Patch) -> None:
    shift = One.shift

    def leaking(w: One, faction: str, giver: str, taker: str, amount: int, where: bool = True) -> None:
        shift(w, faction, giver, taker, amount, where)
        w.line(f"{faction}_{taker}", 0 - 1, where)

    patch.setattr(One, "shift", leaking)


def unknown_cause(patch: Patch) -> None:
    with_rule(patch, lambda w: w.line("unrest", UNIT), Cause("nobody", "rule", "", assumption="None."))


def unsourced_cause(patch: Patch) -> None:
    bare = Cause("bare", "rule", "Bare")
    with_rule(patch, lambda w: w.line("unrest", UNIT), bare)
    patch.setattr(invariants, "CAUSES", game.rules.CAUSES | {"bare": bare})


def fact_that_is_nowhere(patch: Patch) -> None:
    invented = Cause("planted", "rule", "Planted", ("999-p1-invented",))
    with_rule(patch, lambda w: w.line("unrest", UNIT))
    patch.setattr(invariants, "CAUSES", game.rules.CAUSES | {"planted": invented})


def skipped_fact(patch: Patch) -> None:
    patch.setattr(game.play.match, "cause_of", lambda causes, name: Cause(name, "rule", ""))


def never_falls_due(patch: Patch) -> None:
    line = One.line

    def keeping(w: One, variable: str, amount: int, where: bool = True) -> None:
        if not (variable.startswith("later.") and amount < 0):
            line(w, variable, amount, where)

    patch.setattr(One, "line", keeping)


def no_ending(patch: Patch) -> None:
    patch.setattr(game.play.turn, "verdict", lambda w: None)


def last_ending_first(patch: Patch) -> None:
    patch.setattr(
        game.play.turn, "verdict", lambda w: w.line("ending", len(gaza().endings) * UNIT, w["turn"] >= 5 * UNIT)
    )


def bars_forgotten(patch: Patch) -> None:
    option = game.Match._option

    def open_to_all(match: game.Match, written: Any) -> Any:
        return attrs.evolve(option(match, written), barred=None)

    patch.setattr(game.Match, "_option", open_to_all)


def price_forgotten(patch: Patch) -> None:
    agenda = game.Match._agenda

    def free(match: game.Match, names: tuple[str, ...]) -> Any:
        place = match.scenario.place
        return tuple(place[name] for name in names if name in place), () if names else agenda(match, names)[1]

    patch.setattr(game.Match, "_agenda", free)


def prediction_not_saved(patch: Patch) -> None:
    orders = game.play.saves._orders
    patch.setattr(game.play.saves, "_orders", lambda turn: {**orders(turn), "prediction": "none"})


def changed_replay(patch: Patch) -> None:
    replay = game.play.saves._replay

    def other(match: game.Match, row: Any) -> game.Match:
        played = replay(match, row)
        last = played.turns[-1]
        return attrs.evolve(played, turns=(*played.turns[:-1], attrs.evolve(last, book=last.book[:-1])))

    patch.setattr(game.play.saves, "_replay", other)


def undo_too_far(patch: Patch) -> None:
    patch.setattr(game.Match, "undo", lambda match: attrs.evolve(match, turns=match.turns[:-2]))


def shared_luck(patch: Patch) -> None:
    """One stream of dice for all, as in a module-level generator."""
    stream = count()
    patch.setattr(luck, "draw", lambda seed, run, turn, name: luck.mix(seed + next(stream)) % luck.SIDES)


def luck_by_order(patch: Patch) -> None:
    """Each die hangs on how many were thrown before it that turn, though the whole turn repeats."""
    thrown: dict[Any, int] = {}
    draw, step = luck.draw, game.play.turn.step

    def counted(seed: int, run: int, turn: int, name: str) -> int:
        thrown[turn] = thrown.get(turn, 0) + 1
        return draw(seed, run, turn, f"{name}.{thrown[turn]}")

    def fresh(w: Any) -> None:
        thrown.clear()
        step(w)

    patch.setattr(luck, "draw", counted)
    patch.setattr(game.play.match, "step", fresh)


def row_rounds_otherwise(patch: Patch) -> None:
    patch.setattr(Many, "share", staticmethod(lambda x, of: (x * (of / 100_000)).astype("int32")))


def row_forgets_a_limit(patch: Patch) -> None:
    patch.setattr(Many, "most", staticmethod(lambda *xs: xs[-1]))


def a_rule_reads_what_another_has_written(patch: Patch) -> None:
    with_rule(patch, lambda w: w.line("unrest", len(getattr(w, "phase", ()))))


def a_rule_writes_past_the_ledger(patch: Patch) -> None:
    def run(w: Any) -> None:
        w.values[w.setting.layout.index["unrest"]] += 1

    with_rule(patch, run)


def an_event_known_before_it_strikes(patch: Patch) -> None:
    def run(w: Any) -> None:
        dated = sum(1 for event in w.scenario.events if event.turn is not None)
        w.line("unrest", dated)

    with_rule(patch, run)


def an_event_that_moves_another_rule(patch: Patch) -> None:
    def run(w: Any) -> None:
        w.line("unrest", sum(1 for event in w.scenario.events if event.turn == w.turn))

    with_rule(patch, run, phase=0)


def a_rule_that_reads_a_title(patch: Patch) -> None:
    with_rule(patch, lambda w: w.line("unrest", len(w.scenario.dilemmas[0].title)))


def a_hash_of_prose(patch: Patch) -> None:
    patch.setattr(
        invariants, "content_hash", lambda scenario: scenario.content + scenario.title[:0] + scenario.title[-1:]
    )


def miscompiled(patch: Patch) -> None:
    compiled = compile_now

    def careless(setting: Any) -> Any:
        step = compiled(setting)

        def wrong(*asked: Any) -> Any:
            values, book = step(*asked)
            return (*values[:5], values[5] + 1, *values[6:]), book

        return wrong

    patch.setattr(invariants, "compile_now", careless)
    patch.setattr(invariants, "shelf_of", lambda setting: Shelf())


PLANTED: dict[Callable[[Patch], None], tuple[str, ...]] = {
    lost_line: ("books",),
    made_up_line: ("books",),
    a_rule_writes_past_the_ledger: ("books",),
    unclipped_value: ("limits",),
    control_leak: ("control",),
    unknown_cause: ("causes",),
    unsourced_cause: ("causes",),
    fact_that_is_nowhere: ("causes",),
    skipped_fact: ("causes",),
    never_falls_due: ("pending",),
    no_ending: ("ending",),
    last_ending_first: ("ending",),
    bars_forgotten: ("orders",),
    price_forgotten: ("orders",),
    prediction_not_saved: ("round-trip",),
    changed_replay: ("round-trip",),
    undo_too_far: ("undo",),
    shared_luck: ("undo",),
    luck_by_order: ("luck", "order"),
    row_rounds_otherwise: ("row",),
    row_forgets_a_limit: ("row",),
    miscompiled: ("compiled",),
    a_rule_reads_what_another_has_written: ("luck", "order"),
    an_event_known_before_it_strikes: ("events",),
    an_event_that_moves_another_rule: ("events",),
    a_rule_that_reads_a_title: ("words",),
    a_hash_of_prose: ("words",),
}
"""Each planted bug, and the invariants that must see it."""


@cache
def barred_in() -> int:
    """The first seed whose random game meets an option that is barred."""
    return next(seed for seed in range(200) if met_a_bar(random_game(gaza(), seed, 2)))


def met_a_bar(match: game.Match) -> bool:
    while match.turn:
        match = match.undo()
        assert match.dilemma is not None
        if any(option.barred is not None for option in match.dilemma.options):
            return True
    return False


def seen(invariant: str) -> bool:
    """Whether this invariant sees the bug in a game, or cannot even repeat the game."""
    matches = play_on(), random_game(gaza(), 4, 2), random_game(gaza(), barred_in(), 2)
    try:
        return any(breaches(match, invariant) for match in matches)
    except (game.Diverged, game.IllegalOrder):
        return True


@pytest.fixture(autouse=True)
def _plainly_played(monkeypatch: Patch) -> None:
    """Bugs are planted in the rules as they are written, so games here are played from those."""
    monkeypatch.setattr(game.play.match, "compiled_step", lambda setting: None)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_caught(plant: Callable[[Patch], None], monkeypatch: Patch) -> None:
    plant(monkeypatch)
    for invariant in PLANTED[plant]:
        assert seen(invariant), invariant


@pytest.mark.parametrize("invariant", [invariant.id for invariant in INVARIANTS])
def test_every_invariant_catches_something_planted_and_nothing_that_is_not(invariant: str) -> None:
    assert any(invariant in caught for caught in PLANTED.values())
    assert breaches(play_on(), invariant) == []
