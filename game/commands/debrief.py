"""`baghdad debrief`: a game that is over, to be asked about, on the screen or line by line."""

from __future__ import annotations

from pathlib import Path

import click

from game.cli import has_terminal
from game.commands.play import in_lines, on_screen
from game.play.sitting import Sitting, resume
from game.world.problems import Problem, Problems


@click.command("debrief")
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--plain", "is_plain", is_flag=True, help="Line by line, for screen readers, pipes and plain terminals.")
def command(save: Path, is_plain: bool) -> int:
    """Open SAVE, a game that is over, at its ending.

    There it can be asked what turned it, what another choice would have done, how others saw it, how it goes under
    another assumption, and how good the predictions were.
    """
    if not is_plain and not has_terminal():
        raise click.UsageError("the screen needs a terminal; add --plain to read line by line")
    sitting = ended(save)
    try:
        return in_lines(sitting, sitting.match.scenario.id) if is_plain else on_screen(sitting)
    finally:
        sitting.close()


def ended(save: Path) -> Sitting:
    """The game of a save; raises Problems while it goes on."""
    sitting = resume(save)
    if sitting.match.outcome is None:
        sitting.close()
        fix = f"baghdad play {sitting.match.scenario.id} --seed {sitting.match.seed} --resume goes on with it"
        raise Problems([Problem(save.name, "the game is not over", "a game that has ended", fix)])
    return sitting
