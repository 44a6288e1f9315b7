"""`baghdad sources`: the documents, their facts, where each is used, where they disagree, and what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import attrs
import click

from game import printing_room, view
from game.commands.common import as_json, print_json, print_lines
from game.insight import sources
from game.insight.timeline import between, timeline
from game.printing import closed
from game.scenario import library
from game.scenario.library import facts, sheets
from game.world.facts import Disagreement, Fact, Sheet
from game.world.problems import Problem, Problems


@click.command("sources")
@click.argument("key", required=False)
@click.option("--unused", "asked", flag_value="unused", help="Facts that nothing in play uses, and what they wait for.")
@click.option("--disagreements", "asked", flag_value="disagreements", help="Where the documents contradict each other.")
@click.option("--timeline", "asked", flag_value="timeline", help="What the documents tell, in the order of time.")
@as_json
def command(key: str | None, asked: str | None, as_json: bool) -> None:
    """The documents; with KEY one of them (004), its facts (004-p2 or 004-p2-waivers) or a disagreement.

    With --unused or --disagreements KEY may be a document, with --timeline a year.
    """
    rows, lines = ASKED[asked](key.strip().replace(" ", "-") if key else "")
    if as_json:
        print_json(rows)
    else:
        print_lines(lines)


Rows = tuple[list[dict[str, Any]], Iterable[str]]
"""What is printed as JSON, and the same in lines."""


def by_key(key: str) -> Rows:
    """The documents, the facts under a key, or a disagreement; raises Problems with the nearest key."""
    if not key:
        heads = {head.id: head for head in view.reading_room.documents()}
        return [document(sheet) for sheet in sheets().values()], (
            row for sheet in sheets() for row in printing_room.head(heads[sheet])
        )
    if key in library.disagreements():
        row = library.disagreements()[key]
        return [disagreement(row)], printing_room.dispute(view.reading_room.dispute(key))
    found = cited(key)
    return [used(fact) for fact in found], (row for fact in found for row in of_fact(fact, len(found) == 1))


def cited(key: str) -> list[Fact]:
    """The facts under a key, a paragraph or a document; raises Problems with the nearest key if there are none."""
    known = facts()
    found = [known[key]] if key in known else [fact for name, fact in known.items() if name.startswith(f"{key}-")]
    if not found:
        raise view.reading_room.unknown(key)
    return found


def document(sheet: Sheet) -> dict[str, Any]:
    """A document's sheet with its facts counted by kind, and how many of each are used in play."""
    skipped = ("facts", "empty")
    row = attrs.asdict(sheet, filter=lambda field, value: field.name not in skipped, recurse=False)
    counted = [count for count in sources.counts() if count.document == sheet.id]
    kinds = {count.kind: {"facts": count.facts, "used": count.used} for count in counted}
    empty = [attrs.asdict(paragraph) for paragraph in sheet.empty]
    return row | {"facts": len(sheet.facts), "used": sum(c.used for c in counted), "kinds": kinds, "empty": empty}


def used(fact: Fact) -> dict[str, Any]:
    """A fact with where it is used, the disagreements that cite it, and what it waits for if nothing uses it."""
    uses = sources.used(fact.key)
    return attrs.asdict(fact) | {
        "place": fact.place,
        "used": [str(use) for use in uses if use.is_in_play],
        "disagreements": [use.name for use in uses if not use.is_in_play],
        "waits_for": None if sources.is_used(fact.key) else sources.waits_for(fact),
    }


def of_fact(fact: Fact, is_whole: bool) -> Iterator[str]:
    """A fact whole, or as one of several."""
    if is_whole:
        yield from printing_room.fact(view.reading_room.fact(fact.key))
        return
    row = used(fact)
    yield printing_room.line(fact)
    waits = f"nothing yet; it waits for {row['waits_for']}"
    yield f"  Used in: {', '.join(row['used']) or waits}."
    if row["disagreements"]:
        yield f"  Disputed: {', '.join(row['disagreements'])}."


def unused(key: str) -> Rows:
    """The facts that nothing in play uses, with the scenario that each waits for."""
    if key and key not in sheets():
        raise view.reading_room.unknown(key)
    waiting = [row for row in sources.unused() if key in ("", row.fact.document)]
    rows = [used(row.fact) | {"is_bundled": row.is_bundled} for row in waiting]

    def lines() -> Iterator[str]:
        yield f"{len(waiting)} facts are not used in play."
        for name in dict.fromkeys(row.scenario for row in waiting):
            mine = [row.fact for row in waiting if row.scenario == name]
            yield f"Waiting for {name}: {len(mine)}."
            yield from (f"  {fact.key}: {closed(fact.text)}" for fact in mine)

    return rows, lines()


def disagreement(row: Disagreement) -> dict[str, Any]:
    """A disagreement with the cards that make the player act while it is unsettled."""
    return attrs.asdict(row) | {"cards": [str(use) for use in sources.unsettled().get(row.key, ())]}


def disagreements(key: str) -> Rows:
    """All disagreements, or those that cite a document."""
    if key and key not in sheets():
        raise view.reading_room.unknown(key)
    found = [row for row in library.disagreements().values() if not key or any(k.startswith(key) for k in row.facts)]
    told = {row.key: row for row in view.reading_room.disputes()}
    return [disagreement(row) for row in found], (printing_room.dispute_line(told[row.key]) for row in found)


def happenings(key: str) -> Rows:
    """The timeline, or one year of it."""
    if key and not (key.isdecimal() and 1 <= int(key) <= 9999):
        raise Problems([Problem(key, "this is no year", "a year such as 2019")])
    year = int(key) if key else None
    found = between(date(year, 1, 1), date(year, 12, 31)) if year else timeline()
    rows = [
        {
            "when": entry.when,
            "begins": entry.begins.isoformat(),
            "ends": entry.ends.isoformat(),
            "basis": entry.basis,
            "text": entry.text,
            "facts": [fact.key for fact in entry.facts],
            "disagreements": list(entry.disagreements),
        }
        for entry in found
    ]
    return rows, printing_room.timeline(year)


ASKED = {None: by_key, "unused": unused, "disagreements": disagreements, "timeline": happenings}
