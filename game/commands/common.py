"""What several commands share: `--json`, `--set`, a seed from the system, and a scenario by its name."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from game.insight.ticking import Tick
from game.scenario import library
from game.scenario.checker import load
from game.scenario.model import Scenario
from game.world.problems import Problem, Problems

MOST_SEED = 2**64 - 1
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
seed_option = click.option(
    "--seed", type=click.IntRange(0, MOST_SEED), help="The game's luck, 0 to 2**64-1; drawn and printed if not given."
)
set_option = click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="Start a variable elsewhere; may be repeated."
)
scenario_option = click.option(
    "--scenario", "where", metavar="PATH", help="The folder of the save's scenario, if it is not a bundled one."
)
workers_option = click.option(
    "--workers", type=click.IntRange(1), help="How many processes share the work; it changes no result."
)
cluster_option = click.option(
    "--cluster", "address", metavar="ADDRESS", help="Share it with a dask cluster: tcp://…; needs the cluster extra."
)


@contextmanager
def workforce(workers: int | None, address: str | None, usual: int) -> Iterator[Any]:
    """Who does the work: so many processes, the usual number, or the cluster at an address; raises Problems."""
    if address is None:
        yield usual if workers is None else workers
        return
    if workers is not None:
        raise click.UsageError("--workers and --cluster exclude each other")
    from game.insight.cluster import cluster

    with cluster(address) as client:
        yield client


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def told(step: str) -> None:
    """Say on standard error what is being done."""
    click.echo(f"… {step}", err=True)


def in_tenths(what: str, say: Callable[[str], None] = told) -> Callable[[int, int], None]:
    """Something to be told how much is done, and of how much, that says so at every tenth before the last."""
    said = 0

    def progress(done: int, of: int) -> None:
        nonlocal said
        if said < 10 * done // of < 10:
            said = 10 * done // of
            say(f"{done:,} of {of:,} {what}")

    return progress


def on_terminal(what: str) -> Tick:
    """Something to be told the share that is done, that shows it on a terminal and takes it away at the end."""

    def tick(share: float) -> None:
        if sys.stderr.isatty():
            told = f"{what}: {100 * share:.0f} % "
            click.echo("\r" + (told if share < 1 else " " * (len(told) + 1) + "\r"), err=True, nl=False)

    return tick


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(rows: Iterable[str]) -> None:
    """Print rows."""
    for row in rows:
        click.echo(row)


def drawn_seed() -> int:
    """A seed that the system draws, short enough to be told to somebody."""
    return int.from_bytes(os.urandom(4))


def values_of(settings: Iterable[str]) -> dict[str, float]:
    """The values of `--set NAME=VALUE`; raises Problems for what is no number.

    >>> values_of(["dinar=40", "unrest=12.5"])
    {'dinar': 40.0, 'unrest': 12.5}
    """
    values, problems = {}, []
    for setting in settings:
        name, equals, value = setting.partition("=")
        try:
            values[name.strip()] = float(value)
        except ValueError:
            values[name.strip()] = math.nan
        if not equals or not math.isfinite(values[name.strip()]):
            problems.append(Problem(f"--set {setting}", "this is no setting", "NAME=VALUE with a number", "dinar=40"))
    if problems:
        raise Problems(problems)
    return values


def as_options(problems: Problems) -> Problems:
    """The problems of values with the option that gave them as their place."""
    return Problems(
        Problem(p.where.replace("values.", "--set ", 1), p.what, p.allowed, p.fix) for p in problems.problems
    )


def every_scenario() -> Iterator[Scenario]:
    """Every bundled scenario as far as it can be read, playable or not."""
    return (library.gather(library.find(name))[0] for name in library.bundled())


def playable(name: str) -> Scenario:
    """The scenario of this id or path; raises Problems."""
    return load(name)


def plain_problem(problem: Problem) -> dict[str, str]:
    """A problem as JSON holds it."""
    return {"where": problem.where, "what": problem.what, "allowed": problem.allowed, "fix": problem.fix}


def table(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Rows as `label: value` lines with an empty line between them."""
    for i, row in enumerate(rows):
        if i:
            yield ""
        yield from (f"{label}: {value}" for label, value in row.items() if value not in ("", None))
