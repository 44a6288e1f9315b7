"""`baghdad debrief`: a game that is over, to be asked about, on the screen or line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from attrs import asdict

from game import view
from game.cli import has_terminal
from game.commands.common import as_json, print_json, scenario_option
from game.commands.play import in_lines, on_screen
from game.commands.replay import opened
from game.play.match import Match
from game.play.sitting import Sitting, resume, resume_command
from game.scenario.checker import load
from game.world.problems import Problem, Problems


@click.command("debrief")
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--plain", "is_plain", is_flag=True, help="Line by line, for screen readers, pipes and plain terminals.")
@scenario_option
@as_json
def command(save: Path, is_plain: bool, where: str | None, as_json: bool) -> int:
    """Open SAVE, a game that is over, at its ending.

    There it can be asked what turned it, what another choice would have done, how others saw it, how it goes under
    another assumption, and how good the predictions were.
    """
    if as_json:
        print_json(told(save, where))
        return 0
    if not is_plain and not has_terminal():
        raise click.UsageError("the screen needs a terminal; add --plain to read line by line")
    sitting = ended(save, where)
    try:
        return in_lines(sitting) if is_plain else on_screen(sitting)
    finally:
        sitting.close()


def told(save: Path, where: str | None = None) -> dict[str, Any]:
    """The debrief as plain values: the last page, the predictions scored, and who misread the run how often."""
    match = opened(save, where)
    page, score = view.debrief(match), view.scored(match)
    if page is None or score is None:
        raise unfinished(save, match, where)
    row: dict[str, Any] = {"save": str(save), "scenario": match.scenario.id, "seed": match.seed, "run": match.run}
    row |= asdict(page) | {"sources": [fact.key for fact in page.sources], "expected": asdict(score)}
    return row | {"misread": {one.id: one.misread for one in view.onlookers(match)}}


def ended(save: Path, where: str | None = None) -> Sitting:
    """The game of a save; raises Problems while it goes on."""
    sitting = resume(save, load(where) if where else None)
    sitting.called = where or ""
    if sitting.match.outcome is None:
        sitting.close()
        raise unfinished(save, sitting.match, where)
    return sitting


def unfinished(save: Path, match: Match, where: str | None) -> Problems:
    """A game that goes on has no debrief."""
    fix = f"{resume_command(match, where or '')} goes on with it"
    return Problems([Problem(save.name, "the game is not over", "a game that has ended", fix)])
