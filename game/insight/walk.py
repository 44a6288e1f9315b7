"""A block of worlds that moves from wherever it stands: compiled where enough is played, else in the rules' words.

Both ways give the same values; a batch begins at the start of a game, a walk in the midst of it.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from game.insight.policies import many_orders, middle
from game.play.batch import WORTH
from game.play.compiling import is_known, program_of
from game.play.turn import step
from game.world import luck, rows
from game.world.columns import Many
from game.world.symbols import CODES
from game.world.vectors import Room

_kept = threading.local()
"""The rows of a compiled step, used again by the next walk of the same thread."""


class Walk:
    """The worlds `w` on their way; `w.values` are theirs and change in place."""

    def __init__(self, w: Many, turns: int) -> None:
        self.w = w
        self.dice = rows.Dice(w.seed, (w.runs + np.uint64(1)) * np.uint64(luck.GOLDEN))
        self.room: Room | None = None
        if _is_worth(w, turns):
            spare: dict[str, Any] = _kept.__dict__.setdefault("spare", {})
            self.room = Room(np.ascontiguousarray(w.values), spare)
            self.w.values = self.room.values

    def turn(self, orders: Any = None) -> None:
        """One turn under these orders, or under `middle`."""
        plain = orders is not None and (orders.stop or orders.postures or orders.injects)
        if self.room is None or plain:
            self.w.orders = many_orders(self.w, middle(self.w)) if orders is None else orders
            step(self.w)
            return
        program = program_of(self.w.setting, middle if orders is None else None, True)
        self.room.step(program, self.dice, self.w.turn + 1, None if orders is None else self._coded(orders))
        self.w.turn += 1

    def _coded(self, orders: Any) -> tuple[Any, list[Any]]:
        nowhere = np.zeros(len(self.w), dtype=bool)
        begun = [orders.begin.get(i, nowhere) for i in range(len(self.w.scenario.initiatives))]
        return orders.card * np.int32(CODES) + orders.option, begun

    def keep(self, staying: Any) -> None:
        """Let the other worlds leave."""
        self.w.keep(staying)
        if self.room is not None:
            self.room.values, self.dice.offsets = self.w.values, self.dice.offsets[staying]


def _is_worth(w: Many, turns: int) -> bool:
    """Is the step compiled already, or has so much been played under this setting that compiling pays?"""
    if is_known(w.setting, middle, True):
        return True
    played: int = w.setting.made.get("walked", 0) + len(w) * turns
    w.setting.made["walked"] = played
    return played >= WORTH
