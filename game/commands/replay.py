"""`baghdad replay`: a save played again and compared with what it recorded, turn by turn, or as others saw it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from attrs import asdict

from game import printing_debrief, view
from game.cli import NO
from game.commands.common import as_json, print_json, print_lines, scenario_option
from game.insight.rashomon import ONLOOKERS
from game.play.match import Match
from game.play.saves import loads, parse, read
from game.scenario.checker import load
from game.scenario.model import Scenario
from game.world.problems import Diverged, Problem, Problems
from game.world.variables import UNIT


@click.command("replay")
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--as", "onlooker", type=click.Choice(ONLOOKERS), help="The run as one of these saw it; after the end.")
@scenario_option
@as_json
def command(save: Path, onlooker: str | None, where: str | None, as_json: bool) -> int:
    """Play SAVE again and say where it agrees; the first difference names its turn and variable.

    With --as, a game that is over is told turn by turn as somebody else saw it, with what was misread.
    """
    if onlooker is not None:
        seen_by(save, onlooker, where, as_json)
        return 0
    row = compared(save, where)
    if as_json:
        print_json(row)
    else:
        print_lines(spoken(row))
    return 0 if row["agrees"] else NO


def opened(save: Path, where: str | None) -> Match:
    """The game of a save, of a bundled scenario or of the one at this path; raises Problems and Diverged."""
    return loads(read(save), load(where) if where else None, save.name)


def seen_by(save: Path, onlooker: str, where: str | None, as_json: bool) -> None:
    """Tell a run as somebody else saw it; raises Problems while the game goes on."""
    match = opened(save, where)
    told = next((one for one in view.onlookers(match) if one.id == onlooker), None)
    if told is None:
        what = "the game is not over, and what others saw would tell what is hidden"
        raise Problems([Problem(save.name, what, "a game that has ended", "play it to its end first")])
    if as_json:
        row = {"save": str(save), "scenario": match.scenario.id, "seed": match.seed, "run": match.run}
        turns = [asdict(seen) | {"misread": bool(seen.was)} for seen in told.rows]
        print_json(row | {"as": onlooker, "misread": told.misread, "turns": turns})
    else:
        print_lines(printing_debrief.onlooker(told))


def compared(save: Path, where: str | None = None) -> dict[str, Any]:
    """What a replay shows; raises Problems if the file is no save."""
    text = read(save)
    saved = parse(text, save.name)
    scenario = load(where or saved["scenario"])
    row: dict[str, Any] = {"save": str(save), "scenario": scenario.id, "seed": saved["seed"], "run": saved["run"]}
    row |= {"agrees": True, "turns": [], "difference": None, "other_rules": "", "outcome": None}
    agreed, count = len(saved["turns"]), len(saved["turns"])
    try:
        match = loads(text, scenario, save.name)
    except Diverged as error:
        row |= {"agrees": False, "difference": difference(error, scenario)}
        agreed = error.turn - 1
    else:
        row |= {"agrees": not match.read_only, "other_rules": match.read_only}
        agreed = 0 if match.read_only else agreed
        if match.outcome:
            row["outcome"] = {"ending": match.outcome.ending, "turn": match.outcome.turn}
    row["turns"] = [turn(saved["turns"][i], i + 1, i < agreed, scenario) for i in range(count)]
    return row


def turn(saved: dict[str, Any], number: int, agrees: bool, scenario: Scenario) -> dict[str, Any]:
    """One turn: what was decided, and whether the replay reached it in agreement."""
    day = scenario.when(number).isoformat()
    orders = {key: saved[key] for key in ("dilemma", "option", "initiatives")}
    return {"turn": number, "date": day, **orders, "agrees": agrees}


def difference(error: Diverged, scenario: Scenario) -> dict[str, Any]:
    """The first difference; values of what a player may not see stay untold."""
    layout = scenario.layout
    found: dict[str, Any] = {"turn": error.turn, "variable": error.variable}
    if error.variable not in layout:
        return found | {"saved": error.saved, "replayed": error.replayed}
    if layout[error.variable].seen == "exact":
        found |= {"saved": in_unit(error.saved), "replayed": in_unit(error.replayed)}
    return found


def in_unit(value: object) -> object:
    """A recorded value in its unit."""
    return value / UNIT if isinstance(value, int) else value


def spoken(row: dict[str, Any]) -> Iterator[str]:
    """A replay in lines."""
    yield f"{row['scenario']}, seed {row['seed']}: {len(row['turns'])} turns."
    for one in row["turns"]:
        if one["agrees"]:
            begun = f"; {', '.join(one['initiatives'])}" if one["initiatives"] else ""
            yield f"Turn {one['turn']}: {one['dilemma']}: {one['option']}{begun}: agrees."
    if (found := row["difference"]) is not None:
        values = f": saved {found['saved']}, replayed {found['replayed']}" if "saved" in found else ""
        yield f"Turn {found['turn']}: differs first in {found['variable']}{values}."
        yield "The replay differs from the save."
    elif row["other_rules"]:
        yield f"Not comparable: {row['other_rules']}."
    else:
        if row["outcome"]:
            yield f"Ended on turn {row['outcome']['turn']}: {row['outcome']['ending']}."
        yield "The replay agrees with the save to the last thousandth."
