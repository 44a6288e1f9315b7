"""`baghdad sources`: the documents, their facts, and where in rules, numbers, variables and cards each is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import click

from game.commands.common import as_json, every_scenario, print_json, print_lines
from game.printing import closed
from game.rules import CAUSES
from game.scenario.library import facts, shared_world, sheets
from game.scenario.model import Scenario
from game.world.facts import Sheet
from game.world.problems import Problem, Problems, nearest


@click.command("sources")
@click.argument("key", required=False)
@as_json
def command(key: str | None, as_json: bool) -> None:
    """The documents; with KEY (004, 004-p2 or 004-p2-waivers) its facts and where each is used."""
    rows = [document(sheet) for sheet in sheets().values()] if key is None else cited(key)
    if as_json:
        print_json(rows)
    elif key is None:
        print_lines(row for one in rows for row in of_document(one))
    else:
        print_lines(row for one in rows for row in of_fact(one))


def document(sheet: Sheet) -> dict[str, Any]:
    """A document's sheet without its facts."""
    skipped = ("facts", "empty")
    row = attrs.asdict(sheet, filter=lambda field, value: field.name not in skipped, recurse=False)
    return row | {"facts": len(sheet.facts)}


def cited(key: str) -> list[dict[str, Any]]:
    """The facts under a key, a paragraph or a document; raises Problems with the nearest key if there are none."""
    known = facts()
    word = key.strip().replace(" ", "-")
    found = [known[word]] if word in known else [fact for name, fact in known.items() if name.startswith(f"{word}-")]
    if not found:
        problem = Problem(key, "no fact is called so", "a key of seeds/, such as 004-p2-waivers", nearest(word, known))
        raise Problems([problem])
    used = uses()
    return [attrs.asdict(fact) | {"place": fact.place, "used": used.get(fact.key, [])} for fact in found]


def uses() -> dict[str, list[str]]:
    """Where each fact is used: rules, variables, numbers, then the parts of every scenario."""
    found: dict[str, list[str]] = {}
    for place, keys in [*of_the_world(), *(pair for scenario in every_scenario() for pair in of_scenario(scenario))]:
        for key in keys:
            where = found.setdefault(key, [])
            if place not in where:
                where.append(place)
    return found


def of_the_world() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(place, facts) for the rules and the shared tables."""
    yield from ((f"rule {cause.id}", cause.facts) for cause in CAUSES.values())
    table = shared_world()
    yield from ((f"variable {variable.name}", variable.facts) for variable in table.variables)
    yield from ((f"number {number.name}", number.facts) for number in table.numbers.values())


def of_scenario(scenario: Scenario) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(place, facts) for what stands in a scenario's files."""
    yield from ((f"initiative {value.id}", value.facts) for value in scenario.initiatives)
    for card in scenario.dilemmas:
        yield f"card {scenario.id}/{card.id}", card.facts
        yield from ((f"card {scenario.id}/{card.id}", part.facts) for part in card.dispatches)
        yield from ((f"card {scenario.id}/{card.id}", (*part.facts, *part.history)) for part in card.options)
    for kind in ("asks", "promises", "messages", "events", "endings"):
        for value in getattr(scenario, kind):
            yield f"{kind[:-1]} {scenario.id}/{value.id}", value.facts
    yield from ((f"start {scenario.id}/{', '.join(note.variables)}", note.facts) for note in scenario.starts)
    yield from ((f"secret {scenario.id}/{name}", span.facts) for name, span in scenario.hidden.items())
    if scenario.lesson:
        yield f"lesson {scenario.id}", scenario.lesson.facts


def of_document(row: dict[str, Any]) -> Iterator[str]:
    """A document in lines."""
    yield f"{row['id']}: {row['title']}."
    yield f"Form: {row['form']}. Date: {row['date']}, {row['date_basis']}. Facts: {row['facts']}."
    yield f"Viewpoint: {closed(row['viewpoint'])}"
    yield f"Not heard in it: {closed(row['missing_voices'])}"
    yield f"Reliability: {closed(row['reliability'])}"


def of_fact(row: dict[str, Any]) -> Iterator[str]:
    """A fact in lines."""
    when = f", {row['when']} ({row['when_basis']})" if row["when"] else ""
    yield f"{row['key']}: {closed(row['text'])}"
    yield f"Place: {row['place']}. Said by: {row['who'] or 'nobody named'}{when}. A {row['kind']}, {row['sure']}."
    yield f"Used in: {', '.join(row['used']) or 'nothing yet'}."
