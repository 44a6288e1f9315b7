"""Steps compiled for a setting, kept for every game and batch that is played under the same numbers.

Compiling takes as long as some hundreds of plain turns, so a setting is compiled once it has been played that much.
"""

from __future__ import annotations

from typing import Any
from weakref import finalize

from attrs import define, field

from game.play.turn import step
from game.world.compiled import Step, compile_one
from game.world.state import Setting
from game.world.symbols import CODES, SymbolOrders, start_symbols

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
