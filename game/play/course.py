"""The course of a block of games: begun together, played on turn by turn, thinned as they end.

A plain course speaks the rules over numpy columns; a compiled one runs the step that was written once for its setting
and is worth writing for many games only. Both give the same values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import define, field

from game.play.compiling import Choose, opening_of, program_of
from game.play.turn import begin, start_values, step
from game.world import luck, rows
from game.world.columns import Many, no_orders
from game.world.state import Setting
from game.world.symbols import CODES
from game.world.vectors import Program, Room

THINNED_BY = 4
"""Ended runs leave a compiled course when they are one in so many of its columns."""


@define(eq=False)
class Plain:
    """A course in the words of the rules."""

    w: Many
    decide: Any

    def turn(self) -> None:
        """Decide and play one turn of every run."""
        self.w.orders = self.decide(self.w)
        step(self.w)

    def thin(self, ended: Any) -> Any:
        """Let ended runs leave; returns where the others stood, or None where all stayed."""
        if not ended.any():
            return None
        self.w.keep(~ended)
        return np.flatnonzero(~ended)


@define(eq=False)
class Compiled:
    """A course by compiled steps, in rows that are used again for the next block of runs."""

    setting: Setting
    seed: int
    program: Program
    decide: Any
    block: Any = None
    w: Many = field(default=None)
    room: Room = field(default=None)
    dice: rows.Dice = field(default=None)

    def begin(self, runs: Any, values: Any, given: Mapping[str, float]) -> None:
        """Begin so many runs from the same start, each with its own luck."""
        n = len(runs)
        if self.block is None or self.block.shape[1] < n:
            self.block = np.empty((len(values), n), dtype=np.int32)
        self.block[:, :n] = values[:, None]
        self.dice = rows.Dice(self.seed, (runs + np.uint64(1)) * np.uint64(luck.GOLDEN))
        self.room = Room(self.block[:, :n], {} if self.room is None else self.room.spare)
        self.w = Many(self.setting, self.seed, runs, self.room.values, no_orders(0))
        self.room.step(opening_of(self.setting, given, self.program), self.dice, 0)

    def turn(self) -> None:
        """Decide and play one turn of every run."""
        self.room.step(self.program, self.dice, self.w.turn + 1, self._ordered())
        self.w.turn += 1

    def _ordered(self) -> Any:
        if self.decide is None:
            return None
        orders = self.decide(self.w)
        nowhere = np.zeros(len(self.w), dtype=bool)
        begun = [orders.begin.get(i, nowhere) for i in range(len(self.setting.scenario.initiatives))]
        return orders.card * CODES + orders.option, begun

    def thin(self, ended: Any) -> Any:
        """Let ended runs leave where they are many enough; returns where the others stood, or None."""
        if np.count_nonzero(ended) * THINNED_BY < len(ended):
            return None
        staying = np.flatnonzero(~ended)
        n = len(staying)
        for i in self.program.rows:
            self.block[i, :n] = self.room.values[i].take(staying)
        self.room.values = self.w.values = self.block[:, :n]
        self.w.runs, self.dice.offsets = self.w.runs[staying], self.dice.offsets[staying]
        return staying


Course = Plain | Compiled


def plain(setting: Setting, seed: int, runs: Any, given: Mapping[str, float], decide: Any) -> Plain:
    """A plain course of these runs, begun."""
    values = np.array(start_values(setting, given), dtype=np.int32)
    w = Many(setting, seed, runs, np.repeat(values[:, None], len(runs), axis=1), no_orders(len(runs)))
    begin(w, given)
    return Plain(w, decide)


def compiled(setting: Setting, seed: int, choose: Choose | None, decide: Any, full: bool) -> Compiled:
    """A compiled course, not begun: under a policy, or under what a callable decides for columns."""
    program = program_of(setting, choose, full or choose is None)
    return Compiled(setting, seed, program, None if choose is not None else decide)
