"""`baghdad simulate`: very many games with a named player, and how they ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from game.cli import INTERRUPTED
from game.commands.common import (
    as_json,
    as_options,
    cluster_option,
    drawn_seed,
    in_tenths,
    playable,
    print_json,
    print_lines,
    seed_option,
    set_option,
    values_of,
    workers_option,
    workforce,
)
from game.insight.simulation import simulate
from game.play.batch import Batch
from game.world.problems import Problems


@click.command("simulate")
@click.argument("scenario")
@click.option("--runs", type=click.IntRange(1), default=1_000, show_default=True, help="How many games.")
@click.option("--policy", default="middle", show_default=True, help="Who plays: idle, random, middle, history, …")
@seed_option
@set_option
@workers_option
@cluster_option
@as_json
def command(
    scenario: str,
    runs: int,
    policy: str,
    seed: int | None,
    settings: tuple[str, ...],
    workers: int | None,
    address: str | None,
    as_json: bool,
) -> int:
    """Play SCENARIO many times with a named player and count the endings; an interrupt counts what is finished."""
    known, values = playable(scenario), values_of(settings)
    seed = drawn_seed() if seed is None else seed
    try:
        with workforce(workers, address, usual=1) as who:
            batch = simulate(known, runs, seed, policy, values, progress=in_tenths("games"), workers=who)
    except Problems as problems:
        raise as_options(problems) from None
    if as_json:
        print_json(counted(batch))
    else:
        print_lines(spoken(counted(batch)))
    return INTERRUPTED if batch.interrupted else 0


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
        "interrupted": batch.interrupted,
    }


def spoken(row: dict[str, Any]) -> Iterator[str]:
    """A batch in lines, the most frequent ending first."""
    runs = row["runs"]
    if row["interrupted"]:
        yield "Interrupted; these are the games that were finished:"
    yield f"{row['scenario']}: {runs:,} games by {row['policy']}, seed {row['seed']}."
    yield f"Turns played: {row['game_turns']:,}."
    yield from (f"Set: {name} = {value:g}." for name, value in row["values"].items())
    for name, count in sorted(row["endings"].items(), key=lambda pair: -pair[1]):
        yield f"{name}: {count:,} ({100 * count / runs:.1f} %)"
    yield f"Good endings: {row['good']:,} ({100 * row['good'] / runs:.1f} %)"
