"""`baghdad whatif`: a game again with another choice or another assumption; both lines, and how contingent that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from attrs import asdict

from game import printing_debrief, view
from game.commands.common import as_json, on_terminal, print_json, print_lines, scenario_option, values_of
from game.commands.replay import opened
from game.insight.turning_points import LUCKS, Contingency, contingency
from game.insight.what_if import WhatIf, what_if
from game.play.match import Match
from game.world.problems import Problem, Problems

LATER = "How other lucks end is told when the game is over."


@click.command("whatif")
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--turn", type=click.IntRange(1), help="The turn to decide otherwise; alone it lists its options.")
@click.option("--option", help="The option, by its number or id.")
@click.option("--lucks", type=click.IntRange(1), default=LUCKS, show_default=True, help="How many other lucks.")
@click.option("--assume", "assumed", multiple=True, metavar="NAME=VALUE", help="Another assumption; may be repeated.")
@click.option("--assumptions", "listed", is_flag=True, help="List what can be assumed, the claim of the game first.")
@scenario_option
@as_json
def command(
    save: Path,
    turn: int | None,
    option: str | None,
    lucks: int,
    assumed: tuple[str, ...],
    listed: bool,
    where: str | None,
    as_json: bool,
) -> None:
    """Play SAVE again with one thing changed, and say where the two lines part.

    That is a past turn decided otherwise under the same luck, or, once the game is over, another assumption of the
    model. Once the game is over it also says how other lucks end with either choice. Alone it lists the turns.
    """
    if (turn is not None or option is not None) + bool(assumed) + listed > 1:
        raise click.UsageError("a turn, --assume and --assumptions each stand alone")
    if option is not None and turn is None:
        raise click.UsageError("--option needs --turn")
    match = opened(save, where)
    if listed:
        rows, lines = assumptions(match)
    elif assumed:
        rows, lines = under(match, changes(assumed))
    elif turn is None or option is None:
        rows, lines = turns(match, turn)
    else:
        rows, lines = otherwise(match, turn, option, lucks)
    if as_json:
        print_json(rows)
    else:
        print_lines(lines)


Told = tuple[Any, Iterable[str]]
"""What is found: as JSON holds it, and in lines."""


def assumptions(match: Match) -> Told:
    """What can be assumed."""
    told = view.assumed(match)
    return [asdict(one) for one in told], [row for one in told for row in one_assumption(one)]


def turns(match: Match, turn: int | None) -> Told:
    """The turns that could have gone otherwise, or the options of one of them."""
    past = view.past(match)
    if turn is not None and turn > len(past):
        raise Problems([Problem("--turn", f"this says {turn}", f"a turn from 1 to {len(past)}")])
    wanted = [one for one in past if turn in (None, one.turn)]
    lines = printing_debrief.past(wanted) if turn is None else printing_debrief.instead(wanted[0])
    return [asdict(one) for one in wanted], [line for line in lines if not line.startswith("Which turn")]


def otherwise(match: Match, turn: int, option: str, lucks: int) -> Told:
    """Both lines of another choice, and how other lucks end with either if the game is over."""
    past = view.past(match)
    if turn <= len(past):
        choices = {str(choice.number): choice.id for choice in past[turn - 1].choices}
        option = choices.get(option, option)
    found = what_if(match, turn, option)
    tick = on_terminal("other lucks")
    odds = contingency(match, turn, option, lucks, tick) if match.outcome else None
    tick(1)
    lines = view.both(found)
    told = printing_debrief.lucks(view.in_words(match, odds)) if odds else [LATER]
    return compared(found, odds), [*printing_debrief.head(lines), *told, *printing_debrief.both(lines)]


def under(match: Match, values: dict[str, float]) -> Told:
    """Both lines of another assumption."""
    try:
        lines, found = view.contest(match, values), view.under(match, values)
    except Problems as problems:
        rows = problems.problems
        raise Problems([Problem(f"--{p.where}", p.what, p.allowed, p.fix) for p in rows]) from None
    was = {one.name: one.value for one in view.assumed(match) if one.name in values}
    row = {"assume": values, "was": was, **compared(found, None)}
    for name in ("turn", "dilemma", "taken", "instead", "other_lucks"):
        del row[name]
    return row, [*printing_debrief.head(lines), *printing_debrief.both(lines)]


def changes(assumed: Iterable[str]) -> dict[str, float]:
    """The values of `--assume NAME=VALUE`; raises Problems for what is no number.

    >>> changes(["strikes_deter=1"])
    {'strikes_deter': 1.0}
    """
    try:
        return values_of(assumed)
    except Problems as problems:
        rows = problems.problems
    example = "strikes_deter=1"
    raise Problems([Problem(p.where.replace("--set", "--assume"), p.what, p.allowed, example) for p in rows])


def one_assumption(one: view.Assumed) -> Iterator[str]:
    """An assumption in a line, with the name by which it is set."""
    side = f", {one.span}" if one.kind == "coin" else ""
    yield printing_debrief.line(one) + (f" Name: {one.name}{side}." if one.name else "")


def compared(found: WhatIf, odds: Contingency | None) -> dict[str, Any]:
    """Both lines as plain values, no finer than the recorded game may show them."""
    match = found.recorded
    row: dict[str, Any] = {"scenario": match.scenario.id, "seed": match.seed, "run": match.run}
    row |= {"turn": found.turn, "dilemma": found.dilemma, "taken": found.taken, "instead": found.instead}
    row["parted"] = parted(found)
    row["by_middle"] = list(found.by_middle)
    row["dropped"] = [{"turn": turn, "initiative": name} for turn, name in found.dropped]
    row |= {"recorded": line(match, match), "changed": line(match, found.changed)}
    row["other_lucks"] = contingent(odds) if odds else None
    return row


def parted(found: WhatIf) -> dict[str, Any] | None:
    """Where the lines part."""
    if found.parted is None:
        return None
    name, match = found.parted.variable, found.recorded
    row = {"turn": found.parted.turn, "variable": name}
    return row | {
        "recorded": shown(match, match, name, found.parted.turn),
        "changed": shown(match, found.changed, name, found.parted.turn),
    }


def shown(match: Match, of: Match, name: str, turn: int) -> str:
    """A variable of one line after a turn, as the recorded game lets it be seen."""
    after = of.turns[min(turn, of.turn) - 1].after
    return view.shown(match, match.setting.layout[name], after[name], after["intelligence"])[0]


def line(match: Match, of: Match) -> dict[str, Any]:
    """The turns of one line with its dials, and how it ended."""
    turns = [
        {
            "turn": turn.number,
            "dilemma": turn.dilemma,
            "option": turn.orders.option,
            "dials": {name: shown(match, of, name, turn.number) for name in view.DIALS},
        }
        for turn in of.turns
    ]
    ended = {"ending": of.outcome.ending, "turn": of.outcome.turn} if of.outcome else None
    return {"turns": turns, "outcome": ended}


def contingent(odds: Contingency) -> dict[str, Any]:
    """How other lucks end, in per cent."""
    row: dict[str, Any] = {"lucks": odds.lucks, "met_the_dilemma": odds.faced}
    for name, side in (("recorded", odds.recorded), ("changed", odds.changed)):
        row[name] = {"endings": dict(side.endings), "good": side.good, "decided_by_middle": side.by_middle}
    return row
