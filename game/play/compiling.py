"""Steps compiled for a setting, kept for every game and batch that is played under the same numbers.

Compiling takes as long as some hundreds of plain turns, so a setting is compiled once it has been played that much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from weakref import finalize

from attrs import define, field

from game.play.turn import begin, step
from game.world.compiled import Step, compile_one
from game.world.state import Setting
from game.world.symbols import CODES, SymbolOrders, Symbols, start_symbols

if TYPE_CHECKING:
    from game.world.vectors import Program

Choose = Callable[[Any], tuple[Any, Any, dict[int, Any]]]
"""A policy as arithmetic over a world: card, option, and where each initiative is begun."""

PLAIN_TURNS = 100
"""So many turns of single games are played plainly before a setting is compiled."""
MOST_SHELVES = 64


@define(eq=False)
class Shelf:
    """What is compiled for one scenario under one set of numbers."""

    plays: int = 0
    one: Step | None = None
    many: dict[Any, Any] = field(factory=dict)


SHELVES: dict[Any, Shelf] = {}


def shelf_of(setting: Setting) -> Shelf:
    """The shelf of a setting, the same for every setting of this scenario with these numbers."""
    found = setting.made.get("shelf")
    if found is None:
        key = (id(setting.scenario), tuple(setting.numbers.items()))
        if key not in SHELVES:
            while len(SHELVES) >= MOST_SHELVES:
                SHELVES.pop(next(iter(SHELVES)))
            SHELVES[key] = Shelf()
            finalize(setting.scenario, SHELVES.pop, key, None)
        found = setting.made["shelf"] = SHELVES[key]
    assert isinstance(found, Shelf)
    return found


def compiled_step(setting: Setting) -> Step | None:
    """The compiled step of one game, or None as long as too little has been played to be worth it."""
    shelf = shelf_of(setting)
    shelf.plays += 1
    if shelf.one is None and shelf.plays > PLAIN_TURNS:
        shelf.one = compile_now(setting)
    return shelf.one


def compile_now(setting: Setting) -> Step:
    """Record a step of this setting and compile it for one game."""
    w = start_symbols(setting)
    w.orders = SymbolOrders(w)
    step(w)
    return compile_one(w)


def code_of(card: int, option: int) -> int:
    """A choice as one number."""
    return card * CODES + option


# ---- many games


def program_of(setting: Setting, choose: Choose | None, full: bool) -> Program:
    """The compiled step of columns under a policy, or under orders from outside where it is None.

    A full step keeps every variable right, a lean one only what the next step and the ending need.
    """
    from game.world.vectors import Program, compile_many

    shelf = shelf_of(setting)
    key = (choose, full)
    if key not in shelf.many:
        w = start_symbols(setting, branchless=True)
        if choose is None:
            begun = {i: w.graph.node("begin", (i,), 0, 1, True) for i in range(len(setting.scenario.initiatives))}
            w.orders = SymbolOrders(w, None, begun)
        else:
            card, option, begun = choose(w)
            w.orders = SymbolOrders(w, w.graph.add(w.graph.mul(card, CODES), option), begun)
        step(w)
        shelf.many[key] = compile_many(w, range(len(setting.layout)) if full else needed(w))
    found = shelf.many[key]
    assert isinstance(found, Program)
    return found


def opening_of(setting: Setting, given: Mapping[str, float], following: Program) -> Program:
    """The compiled start of columns, up to the first card, where these variables were set."""
    from game.world.vectors import Program, compile_many

    shelf = shelf_of(setting)
    key = ("begin", frozenset(given) & frozenset(setting.scenario.hidden), following.rows)
    if key not in shelf.many:
        w = start_symbols(setting, turn=False, branchless=True)
        begin(w, given)
        shelf.many[key] = compile_many(w, following.rows)
    found = shelf.many[key]
    assert isinstance(found, Program)
    return found


def needed(w: Symbols) -> set[int]:
    """The variables whose values after a step decide, in that step or a later one, how the game ends."""
    found = {w.setting.layout.index["ending"]}
    while True:
        more = found | w.graph.inputs([w.values[i] for i in found])
        if more == found:
            return found
        found = more


def is_known(setting: Setting, choose: Choose | None, full: bool) -> bool:
    """Is the step of columns compiled already?"""
    return (choose, full) in shelf_of(setting).many
