"""`baghdad simulate`: very many games with a named player, and how they ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from game.commands.common import (
    as_json,
    as_options,
    drawn_seed,
    playable,
    print_json,
    print_lines,
    seed_option,
    set_option,
    values_of,
)
from game.insight.policies import simulate
from game.play.batch import Batch
from game.world.problems import Problems


@click.command("simulate")
@click.argument("scenario")
@click.option("--runs", type=click.IntRange(1), default=1_000, show_default=True, help="How many games.")
@click.option("--policy", default="middle", show_default=True, help="Who plays: idle, random, middle, history, …")
@seed_option
@set_option
@as_json
def command(scenario: str, runs: int, policy: str, seed: int | None, settings: tuple[str, ...], as_json: bool) -> None:
    """Play SCENARIO many times with a named player and count the endings."""
    known, values = playable(scenario), values_of(settings)
    try:
        batch = simulate(known, runs, drawn_seed() if seed is None else seed, policy, values)
    except Problems as problems:
        raise as_options(problems) from None
    if as_json:
        print_json(counted(batch))
    else:
        print_lines(spoken(counted(batch)))


def counted(batch: Batch) -> dict[str, Any]:
    """How a batch ended."""
    good = {ending.id for ending in batch.scenario.endings if ending.good}
    return {
        "scenario": batch.scenario.id,
        "runs": batch.runs,
        "seed": batch.seed,
        "policy": batch.policy,
        "values": dict(batch.given),
        "endings": batch.endings,
        "good": sum(count for name, count in batch.endings.items() if name in good),
        "game_turns": batch.game_turns,
    }


def spoken(row: dict[str, Any]) -> Iterator[str]:
    """A batch in lines, the most frequent ending first."""
    runs = row["runs"]
    yield f"{row['scenario']}: {runs:,} games by {row['policy']}, seed {row['seed']}."
    yield f"Turns played: {row['game_turns']:,}."
    yield from (f"Set: {name} = {value:g}." for name, value in row["values"].items())
    for name, count in sorted(row["endings"].items(), key=lambda pair: -pair[1]):
        yield f"{name}: {count:,} ({100 * count / runs:.1f} %)"
    yield f"Good endings: {row['good']:,} ({100 * row['good'] / runs:.1f} %)"
