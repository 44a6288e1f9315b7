"""`python -m benchmarks [--full]`: the table of ratios; with --full also ten million runs."""

from __future__ import annotations

import os
import platform
import sys

import numpy as np

import game
from benchmarks import ours
from benchmarks.peers import peers
from benchmarks.profile import where_time_goes


def main() -> None:
    """Measure and print."""
    scenario = game.load(ours.NAME)
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"load average before: {os.getloadavg()[0]:.1f}")
    measured = dict(peers())
    chess = measured.get("python-chess, a random legal move")
    turn = ours.batch(scenario)
    print(f"\nbatch, random policy: {1 / turn:,.0f} game-turns/s on one core")
    for name, seconds in measured.items():
        print(f"  {seconds / turn:10.2f} x  {name} ({1 / seconds:,.0f}/s)")
    alone, shown = ours.turns(scenario)
    print(f"\na played turn: {1e6 * alone:.0f} us; with its dilemma and initiatives shown {1e6 * shown:.0f} us")
    if chess:
        print(f"  {alone / chess:.1f} and {shown / chess:.1f} python-chess moves")
    more = ours.tenfold(scenario)
    print(f"\nten times as many cards: a batch's turn {ours.batch(more, 65_536) / turn:.2f} x as long,", end=" ")
    print(f"a played turn {ours.turns(more, 10)[0] / alone:.2f} x")
    for runs in (10_000, 1_000_000, 10_000_000)[: 3 if "--full" in sys.argv else 2]:
        print(f"memory at {runs:,} runs: {ours.memory(runs):.0f} MiB")
    own, numpy = ours.imports()
    print(f"\nimport game: {own / numpy:.2f} of numpy's import")
    one, many = ours.compiling(scenario)
    print(f"compiling: {one:.2f} s for single games, {many:.2f} s for a batch")
    print("\nwhere a batch's time goes, in per cent:")
    for kind, share in where_time_goes():
        print(f"  {share:5.1f}  {kind}")


if __name__ == "__main__":
    main()
