"""When it is over and why: the first ending, in written order, whose conditions hold."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from game.scenario.conditions import all_hold
from game.world.ledger import DEALER, Line
from game.world.variables import UNIT


@frozen
class Outcome:
    """How a game ended: the ending's id, the turn, and the lines that carried its conditions there."""

    ending: str
    turn: int
    because: tuple[Line, ...]


def verdict(w: Any) -> None:
    """Note the first ending that holds; an ending at the end waits for the last turn."""
    w.cause = DEALER.id
    open_ = w.holds(w["ending"] == 0)
    last = w.holds(w["turn"] >= w.scenario.turns * UNIT)
    for i, ending in enumerate(w.scenario.endings):
        now = last if ending.at == "end" else True
        reached = w.both(open_, now, all_hold(w, ending.when))
        w.line("ending", (i + 1) * UNIT, reached)
        open_ = w.both(open_, w.neither(reached))
