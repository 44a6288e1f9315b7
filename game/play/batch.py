"""Very many games at once, given a callable that decides; run k of a batch is game k, to the last thousandth.

A batch keeps only its endings and turns; a variable's course is got by playing the batch again while recording it.
Runs are played in chunks, so that memory grows with the chunk and not with the runs, and the chunks' results merge
into the same batch whatever their size and whoever played them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import define, evolve, field

from game.play.compiling import Choose, is_known
from game.play.course import Course, compiled, plain
from game.play.match import MOST_SEED, Match, start
from game.play.turn import setting_of, start_values
from game.scenario.model import Scenario
from game.world.problems import Problem, Problems
from game.world.state import Setting
from game.world.variables import UNIT

CHUNK = 65_536
WORTH = 25_000
"""From so many game-turns on a batch is compiled; compiling takes as long as playing so many plainly."""
KEPT = 1_000_000
"""Of so many runs a batch keeps each one's ending; of more it keeps the counts, and plays again to tell."""
Decide = Callable[[Any], Any]
"""Takes a world of many and returns its orders."""
Progress = Callable[[int, int], None]
"""Told how many runs are finished, and of how many."""


@define
class Tally:
    """How many games came to each ending (by its number from 1; 0 is none), and the turns they played."""

    counts: Any
    turns: int = 0

    def add(self, ended: Any, lasted: Any) -> None:
        """Count some more games."""
        self.counts += np.bincount(ended, minlength=len(self.counts))
        self.turns += int(lasted.sum())


@define(eq=False, slots=False)
class Batch:
    """Many games of one scenario under one policy.

    `endings` counts games by ending id (ids that never came are left out), `game_turns` sums the turns played.
    `batch[name]` is a float array (runs, turns + 1) in the variable's unit: column t is the world after turn t, 0 the
    start; an ended run repeats its last value. `interrupted` tells that fewer runs were played than were asked for.
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
    choose: Choose | None = field(default=None, repr=False)
    tally: Tally | None = field(default=None, repr=False)
    interrupted: bool = False
    courses: dict[str, Any] = field(factory=dict, repr=False)
    results: dict[str, Any] = field(factory=dict, repr=False)

    @property
    def endings(self) -> dict[str, int]:
        """How many games came to each ending, in the order of the scenario."""
        assert self.tally is not None
        named = zip(self.scenario.endings, self.tally.counts[1:], strict=False)
        return {ending.id: int(count) for ending, count in named if count}

    @property
    def game_turns(self) -> int:
        """Turns played over all runs."""
        assert self.tally is not None
        return self.tally.turns

    @property
    def ended(self) -> Any:
        """The number of each run's ending, from 1 in the order of the scenario: int64 (runs,)."""
        return self._result("ended")

    @property
    def lasted(self) -> Any:
        """How many turns each run lasted: int64 (runs,)."""
        return self._result("lasted")

    def _result(self, name: str) -> Any:
        if not self.results:
            again = evolve(self, results={}, courses={}, tally=None)
            run_batch(again, keep=True)
            self.results.update(again.results)
        return self.results[name].astype(np.int64)

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
            for part in played_chunks(self, full=True):
                part.record(name, course)
        course.setflags(write=False)
        return course

    def match(self, run: int) -> Match:
        """Run k as a Match, played again."""
        return self.replay(run)


@define(eq=False)
class Part:
    """A chunk of a batch, begun: the runs from `first` on, and where each column of the course stands among them."""

    course: Course
    first: int
    size: int
    turns: int

    def play(self) -> Iterator[tuple[int, Any, Any]]:
        """Play to the end; after each turn: its number, the places of the columns, and which of them had not ended."""
        place, over = np.arange(self.size), np.zeros(self.size, dtype=bool)
        for turn in range(1, self.turns + 1):
            self.course.turn()
            yield turn, place, ~over
            over = self.course.w["ending"] > 0
            staying = self.course.thin(over)
            if staying is not None:
                place, over = place[staying], over[staying]
            if over.all():
                return

    def results(self) -> tuple[Any, Any]:
        """Every run's ending and how many turns it lasted: uint8 and uint16 (size,)."""
        ended, lasted = np.zeros(self.size, dtype=np.uint8), np.zeros(self.size, dtype=np.uint16)
        for turn, place, open_ in self.play():
            now = np.flatnonzero(open_ & (self.course.w["ending"] > 0))
            ended[place[now]] = self.course.w["ending"][now] // UNIT
            lasted[place[now]] = turn
        return ended, lasted

    def record(self, name: str, course: Any) -> None:
        """Write a variable's course into a float array (runs, turns + 1)."""
        rows = course[self.first : self.first + self.size]
        rows[:] = self.course.w[name][:, None] / UNIT
        for turn, place, open_ in self.play():
            going = np.flatnonzero(open_)
            rows[place[going], turn:] = (self.course.w[name][going] / UNIT)[:, None]


def played_chunks(batch: Batch, full: bool = False, first: int = 0, last: int | None = None) -> Iterator[Part]:
    """The runs of a batch in chunks, each begun; the rows of one are used again for the next."""
    setting, end = setting_of(batch.scenario, batch.parameters), batch.runs if last is None else last
    values = np.array(start_values(setting, batch.given), dtype=np.int32)
    quick = None
    if is_worth(setting, batch, full):
        quick = compiled(setting, batch.seed, batch.choose, batch.decide, full)
    for start_run in range(first, end, batch.chunk):
        runs = np.arange(start_run, min(start_run + batch.chunk, end), dtype=np.uint64)
        course: Course
        if quick is None:
            course = plain(setting, batch.seed, runs, batch.given, batch.decide)
        else:
            quick.begin(runs, values, batch.given)
            course = quick
        yield Part(course, start_run, len(runs), batch.scenario.turns)


def is_worth(setting: Setting, batch: Batch, full: bool) -> bool:
    """Is the batch compiled already, or so large that compiling pays?"""
    return is_known(setting, batch.choose, full) or batch.runs * batch.scenario.turns >= WORTH


def results(batch: Batch, first: int, last: int) -> Iterator[tuple[int, Any, Any]]:
    """From run `first` up to `last`, chunk by chunk: the first run, every run's ending and how long it lasted."""
    if batch.decide is not None:
        for part in played_chunks(batch, first=first, last=last):
            yield (part.first, *part.results())
        return
    order = {ending.id: i + 1 for i, ending in enumerate(batch.scenario.endings)}
    for run in range(first, last):
        match = batch.match(run)
        assert match.outcome is not None
        ended = np.array([order[match.outcome.ending]], dtype=np.uint8)
        yield run, ended, np.array([match.turn], dtype=np.uint16)


def run_batch(
    batch: Batch,
    progress: Progress | None = None,
    source: Iterator[tuple[int, Any, Any]] | None = None,
    keep: bool = False,
) -> Batch:
    """Play every run of a batch and count how it ended; an interrupt leaves the batch of what is finished.

    `source` yields the results of chunks in the order of their runs where others play them.
    """
    batch.tally = Tally(np.zeros(len(batch.scenario.endings) + 1, dtype=np.int64))
    kept: dict[str, list[Any]] = {"ended": [], "lasted": []}
    done = 0
    try:
        for _, ended, lasted in source or results(batch, 0, batch.runs):
            batch.tally.add(ended, lasted)
            done += len(ended)
            if keep or batch.runs <= KEPT:
                kept["ended"].append(ended)
                kept["lasted"].append(lasted)
            if progress is not None:
                progress(done, batch.runs)
    except KeyboardInterrupt:
        if not done:
            raise
        batch.runs, batch.interrupted = done, True
    if keep or kept["ended"]:
        batch.results = {name: np.concatenate(parts) for name, parts in kept.items()}
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
