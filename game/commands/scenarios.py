"""`baghdad scenarios`: what comes with the game."""

from __future__ import annotations

from typing import Any

import click

from game.commands.common import as_json, print_json, print_lines, table
from game.scenario import library
from game.scenario.checker import check
from game.view import long_date


@click.command("scenarios")
@as_json
def command(as_json: bool) -> None:
    """The scenarios that come with the game."""
    rows = [described(name) for name in library.bundled()]
    if as_json:
        print_json(rows)
    else:
        print_lines(table(map(spoken, rows)))


def described(name: str) -> dict[str, Any]:
    """One scenario: what it is, and how many problems keep it from being played."""
    scenario, problems = check(library.find(name))
    turns = scenario.turns
    return {
        "id": name,
        "title": scenario.title,
        "begins": scenario.begins.isoformat(),
        "turns": turns,
        "dilemmas": len(scenario.dilemmas),
        "tutorial": scenario.tutorial,
        "documents": list(scenario.documents),
        "content_note": scenario.content_note,
        "playable": not problems,
        "problems": len(problems),
    }


def spoken(row: dict[str, Any]) -> dict[str, str]:
    """One scenario in lines."""
    from datetime import date

    count = row["problems"]
    unplayable = f"not playable: {count} problem{'s' * (count > 1)}; baghdad check {row['id']} names them"
    return {
        row["id"]: row["title"],
        "Begins": long_date(date.fromisoformat(row["begins"])),
        "Length": f"{row['turns']} turns, {row['dilemmas']} dilemmas" + (": the tutorial" if row["tutorial"] else ""),
        "Documents": ", ".join(row["documents"]),
        "Content note": row["content_note"],
        "State": unplayable if count else "",
    }
