"""Very many games at once, given a callable that decides; run k of a batch is game k, to the last thousandth.

A batch keeps only its endings and turns; a variable's course is got by playing the batch again while recording it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import define, field

from game.play.match import MOST_SEED, Match, start
from game.play.turn import begin, setting_of, start_values, step
from game.scenario.model import Scenario
from game.world.columns import Many, no_orders
from game.world.problems import Problem, Problems
from game.world.variables import UNIT

CHUNK = 16_384
Decide = Callable[[Any], Any]
"""Takes a world of many and returns its orders."""


@define(eq=False, slots=False)
class Batch:
    """Many games of one scenario under one policy.

    `endings` counts games by ending id (ids that never came are left out), `game_turns` sums the turns played.
    `batch[name]` is a float array (runs, turns + 1) in the variable's unit: column t is the world after turn t, 0 the
    start; an ended run repeats its last value.
    """

    scenario: Scenario = field(repr=False)
    runs: int
    seed: int
    policy: str
    given: Mapping[str, float]
    parameters: Mapping[str, float]
    decide: Decide | None = field(repr=False)
    replay: Callable[[int], Match] = field(repr=False)
    chunk: int = CHUNK
    ended: Any = field(default=None, repr=False)
    lasted: Any = field(default=None, repr=False)
    courses: dict[str, Any] = field(factory=dict, repr=False)

    @property
    def endings(self) -> dict[str, int]:
        """How many games came to each ending, in the order of the scenario."""
        counts = np.bincount(self.ended, minlength=len(self.scenario.endings) + 1)
        named = zip(self.scenario.endings, counts[1:], strict=False)
        return {ending.id: int(count) for ending, count in named if count}

    @property
    def game_turns(self) -> int:
        """Turns played over all runs."""
        return int(self.lasted.sum())

    def __getitem__(self, name: str) -> Any:
        if name not in self.courses:
            self.courses[name] = self._course(name)
        return self.courses[name]

    def _course(self, name: str) -> Any:
        course = np.zeros((self.runs, self.scenario.turns + 1))
        if self.decide is None:
            for run in range(self.runs):
                match = self.match(run)
                states = [match.start, *(turn.after for turn in match.turns)]
                row = [state[name] / UNIT for state in states]
                course[run] = row + row[-1:] * (self.scenario.turns + 1 - len(row))
        else:
            for w in _chunks(self):
                _record(self, w, name, course)
        course.setflags(write=False)
        return course

    def match(self, run: int) -> Match:
        """Run k as a Match, played again."""
        return self.replay(run)


def _chunks(batch: Batch) -> Iterator[Many]:
    setting = setting_of(batch.scenario, batch.parameters)
    values = np.array(start_values(setting, batch.given), dtype=np.int32)
    for first in range(0, batch.runs, batch.chunk):
        runs = np.arange(first, min(first + batch.chunk, batch.runs), dtype=np.uint64)
        block = np.repeat(values[:, None], len(runs), axis=1)
        w = Many(setting, batch.seed, runs, block, no_orders(len(runs)))
        begin(w, batch.given)
        yield w


def _record(batch: Batch, w: Many, name: str, course: Any) -> None:
    rows = w.runs.astype(np.int64)
    course[rows] = w[name][:, None] / UNIT
    for turn in _play_on(batch, w):
        course[w.runs.astype(np.int64), turn:] = w[name][:, None] / UNIT


def _play_on(batch: Batch, w: Many) -> Iterator[int]:
    """Play a chunk to its end; yields after each turn, before ended runs leave the columns."""
    assert batch.decide is not None
    for turn in range(1, batch.scenario.turns + 1):
        w.orders = batch.decide(w)
        step(w)
        yield turn
        going = w["ending"] == 0
        if not going.all():
            w.keep(going)
        if not len(w):
            return


def run_batch(batch: Batch) -> Batch:
    """Play every run of a batch to its ending and note how and when it ended."""
    batch.ended = np.zeros(batch.runs, dtype=np.int64)
    batch.lasted = np.zeros(batch.runs, dtype=np.int64)
    if batch.decide is None:
        order = {ending.id: i + 1 for i, ending in enumerate(batch.scenario.endings)}
        for run in range(batch.runs):
            match = batch.match(run)
            assert match.outcome is not None
            batch.ended[run], batch.lasted[run] = order[match.outcome.ending], match.turn
        return batch
    for w in _chunks(batch):
        for turn in _play_on(batch, w):
            over = w["ending"] > 0
            rows = w.runs[over].astype(np.int64)
            batch.ended[rows], batch.lasted[rows] = w["ending"][over] // UNIT, turn
    return batch


def checked(runs: int, seed: int) -> None:
    """Raise Problems for a number of runs or a seed that cannot be."""
    problems = []
    if isinstance(runs, bool) or not isinstance(runs, int) or runs < 1:
        problems.append(Problem("runs", f"this says {runs!r}", "a whole number from 1 up"))
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST_SEED:
        problems.append(Problem("seed", f"this says {seed!r}", "a whole number from 0 to 18446744073709551615"))
    if problems:
        raise Problems(problems)


def played(
    scenario: Scenario,
    seed: int,
    run: int,
    decide: Callable[[Match], tuple[str, ...]],
    given: Mapping[str, float],
    parameters: Mapping[str, float],
) -> Match:
    """One game played to its ending by a callable that takes a Match and returns (option, *initiatives)."""
    match = start(scenario, seed, run, given, parameters)
    while match.outcome is None:
        option, *initiatives = decide(match)
        match = match.play(option, *initiatives)
    return match
