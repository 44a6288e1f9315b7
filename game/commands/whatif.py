"""`baghdad whatif`: a past turn decided otherwise, under the same luck; both lines, and how contingent that is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from game import view
from game.commands.common import as_json, print_json, print_lines
from game.commands.replay import read
from game.insight.turning_points import LUCKS, Contingency, contingency
from game.insight.what_if import WhatIf, what_if
from game.play.match import Match
from game.play.saves import loads


@click.command("whatif")
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--turn", type=click.IntRange(1), required=True, help="The turn to decide otherwise, from 1.")
@click.option("--option", required=True, help="The option's id.")
@click.option("--lucks", type=click.IntRange(1), default=LUCKS, show_default=True, help="How many other lucks.")
@as_json
def command(save: Path, turn: int, option: str, lucks: int, as_json: bool) -> None:
    """Decide a past turn of SAVE otherwise, with the same luck, and say where the two lines part.

    Once the game is over it also says how other lucks end with either choice.
    """
    match = loads(read(save), name=save.name)
    found = what_if(match, turn, option)
    odds = contingency(match, turn, option, lucks) if match.outcome else None
    row = compared(found, odds)
    if as_json:
        print_json(row)
    else:
        print_lines(spoken(row, match))


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


def spoken(row: dict[str, Any], match: Match) -> Iterator[str]:
    """The comparison in lines."""
    yield f"{row['scenario']}, seed {row['seed']}, turn {row['turn']}, {row['dilemma']}:"
    yield f"You chose {row['taken']}; instead {row['instead']}."
    where = row["parted"]
    if where is None:
        yield "Nothing that can be seen would have been different."
    else:
        label = match.setting.layout[where["variable"]].label
        yield f"The lines part on turn {where['turn']}: {label}: {where['recorded']}, instead {where['changed']}."
    yield from (f"{name}: {ended(row[side])}" for name, side in (("As it was", "recorded"), ("Instead", "changed")))
    for name in view.DIALS:
        ends = [row[side]["turns"][-1]["dials"][name] for side in ("recorded", "changed")]
        yield f"{match.setting.layout[name].label}: {ends[0]}, instead {ends[1]}"
    if row["by_middle"]:
        yield f"Turns that the player called middle decided instead: {', '.join(map(str, row['by_middle']))}."
    yield from (f"Turn {each['turn']}: {each['initiative']} could not begin." for each in row["dropped"])
    yield from other_lucks(row)


def ended(side: dict[str, Any]) -> str:
    """How one line ended."""
    outcome = side["outcome"]
    return f"{outcome['ending']} on turn {outcome['turn']}" if outcome else f"goes on after turn {len(side['turns'])}"


def other_lucks(row: dict[str, Any]) -> Iterator[str]:
    """How other lucks end with either choice."""
    odds = row["other_lucks"]
    if odds is None:
        yield "How other lucks end is told when the game is over."
        return
    yield f"In {odds['lucks']:,} other lucks ({odds['met_the_dilemma']:.0f} in 100 met this dilemma):"
    names = {**odds["recorded"]["endings"], **odds["changed"]["endings"]}
    for name in names:
        shares = [odds[side]["endings"].get(name, 0.0) for side in ("recorded", "changed")]
        yield f"{name}: {shares[0]:.1f} %, instead {shares[1]:.1f} %"
    middled = [odds[side]["decided_by_middle"] for side in ("recorded", "changed")]
    yield f"Turns that middle decided there: {middled[0]:.0f} %, instead {middled[1]:.0f} %"
