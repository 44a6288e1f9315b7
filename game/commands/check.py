"""`baghdad check`: every problem of a scenario, or of the sheets, at once; and trial games that keep the books."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from game.cli import NO
from game.commands.common import as_json, plain_problem, print_json
from game.play.match import Match, Turn, start
from game.scenario import library
from game.scenario.checker import check
from game.scenario.checks_seeds import check_seeds, is_seeds
from game.scenario.model import Scenario
from game.world.problems import IllegalOrder, Problem, Problems
from game.world.variables import FACTIONS, HOLDERS, UNIT

SEED = 1
CONTENTS = ("documents", "facts", "disagreements")


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--play", "games", type=click.IntRange(0), default=0, help="Play so many random games too.")
@as_json
def command(paths: tuple[str, ...], games: int, as_json: bool) -> int:
    """Check every scenario, or folder of sheets, named by a PATH.

    A PATH is a scenario's folder, its scenario.toml or a bundled id, or a folder such as seeds/, or one file of that.
    """
    rows = []
    for path in [Path(path) if is_seeds(Path(path)) else library.find(path) for path in paths]:
        rows.append(checked_seeds(path) if is_seeds(path) else checked(path, games))
        if not as_json:
            tell(rows[-1])
    if as_json:
        print_json(rows)
    return NO if any(row["problems"] for row in rows) else 0


def checked_seeds(path: Path) -> dict[str, Any]:
    """What is wrong with the sheets of the documents and their disagreements."""
    counts, problems = check_seeds(path)
    return {"path": str(path), **counts, "sound": not problems, "problems": [plain_problem(one) for one in problems]}


def checked(path: Path, games: int) -> dict[str, Any]:
    """What is wrong with a scenario, first on paper and then in play."""
    scenario, problems = check(path)
    played = 0
    if not problems and games:
        played, problems = games, list(trials(scenario, games))
    return {
        "path": str(path),
        "scenario": scenario.id,
        "playable": not problems,
        "problems": [plain_problem(problem) for problem in problems],
        "turns": scenario.turns,
        "dilemmas": len(scenario.dilemmas),
        "endings": len(scenario.endings),
        "games_played": played,
    }


def tell(row: dict[str, Any]) -> None:
    """Print what was found, and the verdict last."""
    for problem in row["problems"]:
        click.echo(str(Problem(**problem)))
    count = len(row["problems"])
    if count:
        verdict = "Not playable." if "playable" in row else "Not sound."
        click.echo(f"{count} error{'s' * (count > 1)}. {verdict}")
        return
    if "sound" in row:
        found = (f"{row[name]} {name if row[name] != 1 else name[:-1]}" for name in CONTENTS if row[name])
        click.echo(f"{row['path']}: sound. {', '.join(found)}.")
        return
    size = f"{row['turns']} turns, {row['dilemmas']} dilemmas, {row['endings']} endings"
    games = row["games_played"]
    held = f" {games} random game{'s' * (games > 1)} kept the books, the limits and the control sums." if games else ""
    click.echo(f"{row['scenario']}: playable. {size}.{held}")


# ---- trial games


def trials(scenario: Scenario, games: int) -> Iterator[Problem]:
    """What random games break, the first ten at most."""
    found: list[Problem] = []
    for run in range(games):
        progress(run, games)
        found += [Problem(f"{scenario.id}  seed {SEED}, run {run}", what) for what in trial(scenario, run)]
        if len(found) >= 10:
            break
    return iter(found[:10])


def progress(done: int, games: int) -> None:
    """Say on a terminal how far the trial games are."""
    if sys.stderr.isatty() and done % 10 == 0:
        click.echo(f"\rgame {done} of {games} ", err=True, nl=False)


def trial(scenario: Scenario, run: int) -> Iterator[str]:
    """One random game: its books, limits, control sums, and that it comes to one ending."""
    from game.insight.policies import POLICIES, named

    try:
        match = start(scenario, SEED, run)
        while match.outcome is None and match.turn < scenario.turns and match.dilemma is not None:
            match = match.play(*named(match, POLICIES["random"]))
    except (IllegalOrder, Problems) as error:
        yield f"the game cannot be played on: {error}"
        return
    for turn in match.turns:
        yield from unlawful(turn)
    if match.outcome is None:
        yield f"no ending holds after turn {match.turn}" if match.turn == scenario.turns else no_card(match)


def no_card(match: Match) -> str:
    """What to say when the pack runs dry."""
    return f"no dilemma is eligible on turn {match.turn + 1}"


def unlawful(turn: Turn) -> Iterator[str]:
    """Where a turn breaks the books, the limits or the control sums."""
    sums = dict(turn.before)
    for line in turn.lines:
        sums[line.variable] += line.amount
    for variable in turn.after.layout:
        value = turn.after[variable.name]
        if sums[variable.name] != value:
            yield f"turn {turn.number}: {variable.name} is {value}, its lines say {sums[variable.name]}"
        if not variable.low <= value <= variable.high:
            yield f"turn {turn.number}: {variable.name} is {value / UNIT:g}, outside its range"
    for faction in FACTIONS:
        total = sum(turn.after[f"{faction}_{holder}"] for holder in HOLDERS)
        if total != 100 * UNIT:
            yield f"turn {turn.number}: control of the {faction} sums to {total / UNIT:g}, not 100"
