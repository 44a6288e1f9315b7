"""`python -m benchmarks [--full] [--write PAGE]`: the table of ratios.

With --full also ten million runs; with --write the table between the marks of PAGE is replaced by this run's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import game
from benchmarks import ours, screen, table
from benchmarks.peers import peers
from benchmarks.profile import where_time_goes
from benchmarks.table import Row
from game.scenario.model import Scenario

GOALS = {
    "python-chess, a random legal move": "45 times",
    "pgx on JAX's CPU, 2048": "past it",
    "pgx on JAX's CPU, Kuhn poker": "the aim: past it",
}


def batch_rows(turn: float, measured: dict[str, float]) -> Iterator[Row]:
    """A batch, alone and against each peer; `turn` is the seconds of a game-turn, the others those of a decision."""
    yield "batch, one core, `random`", f"{1 / turn / 1e6:.2f} M game-turns/s", "1.5 M; the aim: 8 M"
    for name, seconds in measured.items():
        yield f"… to {name} ({1 / seconds:,.0f}/s)", f"{seconds / turn:.2f} times", GOALS.get(name, "")


def turn_rows(scenario: Scenario, turn: float, chess: float | None) -> Iterator[Row]:
    """A played turn, and either turn with ten times as many cards."""
    alone, shown = ours.turns(scenario)
    in_moves = [f", {seconds / chess:.1f} python-chess moves" if chess else "" for seconds in (alone, shown)]
    yield "a played turn with its ledger", f"{1e6 * alone:.0f} µs{in_moves[0]}", "6 moves; the aim: 1"
    yield "… with dilemma and initiatives shown", f"{1e6 * shown:.0f} µs{in_moves[1]}", ""
    more = ours.tenfold(scenario)
    slower = ours.turns(more, 10)[0] / alone, ours.batch(more) / turn
    yield (
        "ten times as many cards",
        f"a played turn {slower[0]:.2f}, a batch's {slower[1]:.2f} times as long",
        "less than 2",
    )


def forecast_rows(scenario: Scenario) -> Iterator[Row]:
    """The forecast against `simulate`."""
    own, other = ours.forecasts(scenario)
    what = "forecast of all options, 512 futures each to the end, to `simulate` of as many game-turns"
    yield what, f"{own / other:.2f} times; {1e3 * own:.0f} ms", "1.5 times, 100 ms; the aim: 50 ms"


def memory_rows(full: bool) -> Iterator[Row]:
    """The most memory of ever larger batches, to that of the smallest."""
    held = {runs: ours.memory(runs) for runs in (10_000, 1_000_000, 10_000_000)[: 3 if full else 2]}
    last = list(held.values())[-1]
    told = ", ".join(f"{runs:,} runs {mebibytes:.0f} MiB" for runs, mebibytes in held.items())
    ratio = f"; the last {last / held[1_000_000]:.2f} times the one before" if full else ""
    yield "memory of a batch", told + ratio, "grows with the chunk, not with the runs"


def door_rows(scenario: Scenario) -> Iterator[Row]:
    """Import, compiling, the first frame, and a key."""
    own, numpy = ours.imports()
    yield "`import game`", f"{own / numpy:.2f} of numpy's", "half; the aim: a tenth"
    one, many = ours.compiling(scenario)
    yield "compiling", f"{one:.2f} s for single games, {many:.2f} s for a batch", ""
    if os.name != "posix":
        return
    frames = screen.first_frames()
    for name, what in (("title", "first frame, the title"), ("desk", "first frame, a game's desk")):
        measured = f"{frames[name] / frames['empty']:.2f} times an empty Textual program's {frames['empty']:.2f} s"
        yield what, measured, "1.5 times; the aim: 1.2"
    move, page = screen.frames_beyond()
    told = f"{move:.1f} frames to move in a list, {page:.1f} to lay a page over, beyond Textual's own"
    yield "a key to its effect", told, "2 frames"


def main() -> None:
    """Measure, print, and write if asked to."""
    load, scenario, full = os.getloadavg()[0], game.load(ours.NAME), "--full" in sys.argv
    measured = dict(peers())
    turn = ours.batch(scenario)
    rows = [
        *batch_rows(turn, measured),
        *turn_rows(scenario, turn, measured.get("python-chess, a random legal move")),
        *forecast_rows(scenario),
        *memory_rows(full),
        *door_rows(scenario),
    ]
    text = "\n".join(table.lines(load, rows))
    print(text)
    print("\nWhere a batch's time goes, in per cent:")
    for kind, share in where_time_goes():
        print(f"  {share:5.1f}  {kind}")
    if "--write" in sys.argv:
        table.write(Path(sys.argv[sys.argv.index("--write") + 1]), text)


if __name__ == "__main__":
    main()
