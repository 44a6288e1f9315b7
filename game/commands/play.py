"""`baghdad play`: a new game or a saved one, on the screen or line by line."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import click

from game import plain
from game.cli import INTERRUPTED, has_terminal
from game.commands.common import as_options, drawn_seed, playable, seed_option, set_option, values_of
from game.play.sitting import Sitting, begin, folder, latest, resume, saved_games
from game.scenario.model import Scenario
from game.world.problems import Problem, Problems


@click.command("play")
@click.argument("scenario")
@seed_option
@click.option("--plain", "is_plain", is_flag=True, help="Line by line, for screen readers, pipes and plain terminals.")
@click.option("--iron", is_flag=True, help="Nothing can be taken back.")
@click.option("--study", is_flag=True, help="The cabinet's forecast tells the odds of endings too.")
@set_option
@click.option(
    "--resume", "is_resumed", is_flag=True, help="Go on with the game last played of this scenario (and seed)."
)
def command(
    scenario: str,
    seed: int | None,
    is_plain: bool,
    iron: bool,
    study: bool,
    settings: tuple[str, ...],
    is_resumed: bool,
) -> int:
    """Play SCENARIO: a bundled one by its id, or a folder.

    The game is saved after every turn.
    """
    if not is_plain and not has_terminal():
        raise click.UsageError("the screen needs a terminal; add --plain to play line by line")
    if is_resumed and (iron or study or settings):
        raise click.UsageError("a resumed game keeps its own settings; leave out --iron, --study and --set")
    values = values_of(settings)
    known = playable(scenario)
    drawn = drawn_seed() if seed is None else seed
    sitting = saved(known, seed) if is_resumed else new(known, drawn, values, iron, study)
    sitting.called = "" if scenario == known.id else scenario
    try:
        return in_lines(sitting) if is_plain else on_screen(sitting)
    finally:
        sitting.close()


def new(scenario: Scenario, seed: int, values: dict[str, float], iron: bool, study: bool) -> Sitting:
    """A new game, on disk."""
    try:
        return begin(scenario, seed, values, iron, study)
    except Problems as problems:
        raise as_options(problems) from None


def saved(scenario: Scenario, seed: int | None) -> Sitting:
    """The game last played of a scenario; raises Problems if there is none, or says why it cannot be read."""
    path = latest(scenario.id, seed) or unreadable(scenario, seed)
    if path is None:
        with_seed = "" if seed is None else f" with seed {seed}"
        what = f"no game of {scenario.id}{with_seed} is waiting to be gone on with"
        raise Problems([Problem(str(folder()), what, fix=f"baghdad play {scenario.id} starts a new one")])
    return resume(path, scenario)


def unreadable(scenario: Scenario, seed: int | None) -> Path | None:
    """The latest file that is called like a save of this scenario and cannot be read."""
    readable = {game.path for game in saved_games()}
    named = folder().glob(f"{scenario.id}-{'*' if seed is None else f'{seed}*'}.json")
    return max((path for path in named if path not in readable), key=lambda path: path.stat().st_mtime, default=None)


def on_screen(sitting: Sitting) -> int:
    """Play on the screen."""
    from game.tui.app import run

    return run(sitting)


class Stopped(Exception):
    """The process was told to end by the signal that it carries."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(number)


def in_lines(sitting: Sitting) -> int:
    """Play line by line; a signal ends it with the command that goes on."""
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    ends = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before: dict[Any, Any] = {number: signal.signal(number, _stop) for number in ends}
    try:
        return plain.play(sitting, sys.stdin.readline, written, echo=not sys.stdin.isatty())
    except (KeyboardInterrupt, Stopped) as stop:
        written(f"\nThe game is saved. To go on: {plain.how_to_resume(sitting)}\n")
        return 128 + int(stop.args[0]) if isinstance(stop, Stopped) else INTERRUPTED
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def written(text: str) -> None:
    """Write at once, so that a prompt without a line end is seen."""
    sys.stdout.write(text)
    sys.stdout.flush()
