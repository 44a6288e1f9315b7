"""`baghdad variables`: everything that is measured, as world.toml and a scenario set it."""

from __future__ import annotations

from typing import Any

import click

from game.commands.common import as_json, playable, print_json, print_lines
from game.play.turn import setting_of, start_values
from game.printing import SEEN, closed
from game.scenario.library import facts, shared_world
from game.scenario.model import Scenario
from game.world.variables import UNIT, Variable


@click.command("variables")
@click.argument("scenario", required=False)
@as_json
def command(scenario: str | None, as_json: bool) -> None:
    """Everything that is measured: name, unit, range, start, how it is seen, facts or assumption.

    With a SCENARIO the starts are that scenario's.
    """
    known = playable(scenario) if scenario else None
    table = known.table if known else shared_world()
    starts = start_values(setting_of(known)) if known else [variable.start for variable in table.variables]
    rows = [described(v, start / UNIT, known) for v, start in zip(table.variables, starts, strict=False)]
    if as_json:
        print_json(rows)
    else:
        print_lines(spoken(row) for row in rows)


def described(variable: Variable, start: float, scenario: Scenario | None) -> dict[str, Any]:
    """One variable; what a scenario sets at its start has that scenario's reasons."""
    reason = (variable.facts, variable.assumption)
    if scenario and variable.name in scenario.start:
        notes = [note for note in scenario.starts if variable.name in note.variables]
        reason = next(((note.facts, note.assumption) for note in notes), reason)
    row: dict[str, Any] = {
        "name": variable.name,
        "label": variable.label,
        "unit": variable.unit,
        "low": variable.low / UNIT,
        "high": variable.high / UNIT,
        "start": start,
        "seen": variable.seen,
        "what": variable.what,
        "facts": list(reason[0]),
        "assumption": reason[1],
    }
    if scenario and variable.name in scenario.hidden:
        span = scenario.hidden[variable.name]
        row |= {"start": None, "drawn_from": [span.low, span.high]}
        row |= {"facts": list(span.facts), "assumption": span.assumption}
    return row


def spoken(row: dict[str, Any]) -> str:
    """One variable in a line."""
    known, start = facts(), row["start"]
    begins = f"starts at {start:g}" if start is not None else "drawn from {:g} to {:g}".format(*row["drawn_from"])
    places = ", ".join(dict.fromkeys(known[key].place for key in row["facts"] if key in known))
    why = f" From {places}." if places else ""
    assumed = f" Assumed: {closed(row['assumption'])}" if row["assumption"] else ""
    span = f"{row['low']:g} to {row['high']:g} {row['unit']}"
    return f"{row['name']}: {row['what']}; {span}, {begins}, {SEEN[row['seen']]}.{why}{assumed}"
