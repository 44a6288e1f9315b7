"""`baghdad report`: the debrief of a class, made from its saves, as one page for any browser."""

from __future__ import annotations

import os
from pathlib import Path

import click
from attrs import asdict, evolve

from game.classroom.gathering import Played, gather
from game.cli import NO
from game.commands.common import as_json, on_terminal, print_json, scenario_option
from game.scenario.checker import load
from game.view.class_page import class_page
from game.world.problems import Problem, Problems


@click.command("report")
@click.argument("saves", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The page to write: FILE.html.")
@click.option("--unnamed", is_flag=True, help="Number the games instead of naming them by their files.")
@click.option("--quick", is_flag=True, help="Leave out what turned each game, which takes seconds for each.")
@scenario_option
@as_json
def command(
    saves: tuple[Path, ...], output: Path | None, unnamed: bool, quick: bool, where: str | None, as_json: bool
) -> int:
    """Write a class's debrief from its SAVES: files, or folders of them.

    A save that cannot be read is named with its reason, the rest is written, and the exit code is 1. All games are of
    one scenario. The page needs no network and prints well.
    """
    if output is None and not as_json:
        raise click.UsageError("say where the page goes: -o FILE.html (or --json)")
    games, refused = gather(saves, load(where) if where else None)
    for each in refused:
        click.echo(f"{each.name}: left out: {each.why}", err=True)
    if not games:
        raise Problems([Problem("report", "no game is left to report on", "at least one save of this game")])
    games = tuple(numbered(games)) if unnamed else games
    folder = Path(where) if where else None
    tick = on_terminal("what turned each game")
    page = class_page(games, refused, folder=folder, with_turned=not quick, tick=tick)
    tick(1)
    if as_json:
        print_json(asdict(page))
    if output is not None:
        from game.pages.report import report

        write(output, report(page))
        if not as_json:
            click.echo(f"Written: {output} ({len(games)} game{'s' if len(games) != 1 else ''}).")
    return NO if refused else 0


def numbered(games: tuple[Played, ...]) -> list[Played]:
    """The games with numbers for names."""
    return [evolve(each, name=f"Game {number}") for number, each in enumerate(games, 1)]


def write(path: Path, text: str) -> None:
    """Write a page whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
