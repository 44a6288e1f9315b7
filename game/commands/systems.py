"""`baghdad systems`: the mechanisms that the documents describe, and where in the game each one works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from game.commands.common import as_json, every_scenario, print_json, print_lines
from game.rules import CAUSES
from game.scenario.library import systems
from game.scenario.model import Scenario


@click.command("systems")
@as_json
def command(as_json: bool) -> None:
    """The mechanisms that the documents describe: which work, and where (rules, cards, events, initiatives)."""
    found = places()
    rows: list[dict[str, Any]] = [
        {"id": s.id, "title": s.title, "where": found.get(s.id, []), "sources": s.sources, "inferred": s.inferred}
        for s in systems().values()
    ]
    if as_json:
        print_json(rows)
        return
    print_lines(f"{row['id']} {row['title']}: {', '.join(row['where']) or 'nowhere yet'}." for row in rows)
    working = sum(bool(row["where"]) for row in rows)
    click.echo(f"{working} of {len(rows)} systems work.")


def places() -> dict[str, list[str]]:
    """Where each system works: ids of rules, initiatives, cards and events."""
    found: dict[str, list[str]] = {}
    for name, system in [*rules(), *(pair for scenario in every_scenario() for pair in written(scenario))]:
        where = found.setdefault(system, [])
        if name not in where:
            where.append(name)
    return found


def rules() -> Iterator[tuple[str, str]]:
    """(rule id, system id) for every rule."""
    return ((cause.id, system) for cause in CAUSES.values() for system in cause.systems)


def written(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """(place, system id) for what the cards, events and initiatives of a scenario serve."""
    for initiative in scenario.initiatives:
        yield from ((f"initiative.{initiative.id}", system) for system in initiative.systems)
    for card in scenario.dilemmas:
        yield from ((f"{scenario.id}/{card.id}", system) for system in card.systems)
    for event in scenario.events:
        yield from ((f"{scenario.id}/event.{event.id}", system) for system in event.systems)
