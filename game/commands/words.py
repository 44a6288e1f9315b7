"""`baghdad words`: the author's manual, printed from the tables that the loader and the checker read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from game.commands.common import as_json, print_json, print_lines
from game.scenario import words
from game.scenario.conditions import ANSWERS, ASK_STATES, HANDLINGS, PROMISE_STATES, Word
from game.scenario.model import DISPATCH_SURE, FORCES, QUESTIONS, TIERS
from game.world.variables import FACTIONS, HOLDERS, PARTIES, POSTURES, SEEN

TIER_MEANING = {
    "forced": "what last turn's events force",
    "due": "an ask or a promise is due",
    "thread": "it takes up something remembered",
    "open": "any time",
}


@click.command("words")
@as_json
def command(as_json: bool) -> None:
    """The author's manual: every condition and effect with an example, and every name a scenario may use."""
    if as_json:
        print_json(manual())
    else:
        print_lines(pages(manual()))


def manual() -> dict[str, Any]:
    """The vocabulary as plain values."""
    return {
        "conditions": entries(words.CONDITIONS),
        "effects": entries(words.EFFECTS),
        "seats": {seat: list(postures) for seat, postures in POSTURES.items()},
        "questions": dict(QUESTIONS),
        "tiers": {tier: TIER_MEANING[tier] for tier in TIERS},
        "forces": list(FORCES),
        "dispatches": list(DISPATCH_SURE),
        "asks": ["due", *ASK_STATES],
        "answers": list(ANSWERS),
        "promises": ["due", *PROMISE_STATES],
        "handlings": list(HANDLINGS),
        "factions": list(FACTIONS),
        "holders": list(HOLDERS),
        "parties": list(PARTIES),
        "seen": list(SEEN),
        "simple": list(words.SIMPLE),
    }


def entries(table: Mapping[str, type[Word]]) -> list[dict[str, str]]:
    """The words of a table."""
    return [{"word": word, "example": kind.example, "meaning": kind.meaning} for word, kind in table.items()]


NAMES = {
    "forces": "Who must obey an order (`order.to`)",
    "dispatches": "How sure a dispatch is (`sure`)",
    "asks": "How an ask may stand",
    "answers": "How an ask may be answered",
    "promises": "How a promise may stand",
    "handlings": "How a message may be handled",
    "factions": "The factions",
    "holders": "Who may hold control of a faction",
    "parties": "Who may ask, and to whom promises are given",
    "seen": "How finely a variable may be seen",
    "simple": "Effects that may stand in `later`, `chance`, initiatives, asks and promises",
}


def pages(manual: dict[str, Any]) -> Iterator[str]:
    """The manual in Markdown."""
    yield "# The words of a scenario"
    for title, intro in (
        ("conditions", "A list of conditions holds when all of them hold."),
        ("effects", "Effects act in the phase in which they are called."),
    ):
        yield from ("", f"## {title.capitalize()}", "", intro)
        for entry in manual[title]:
            yield from ("", f"### {entry['word']}", "", f"{entry['meaning'][:1].upper()}{entry['meaning'][1:]}.", "")
            yield from ("```toml", entry["example"], "```")
    yield from ("", "## Seats and their postures", "")
    yield from (f"- {seat}: {', '.join(postures)}" for seat, postures in manual["seats"].items())
    yield from ("", "## Questions that a dilemma may put", "")
    yield from (f"- {name}: {text}" for name, text in manual["questions"].items())
    yield from ("", "## Tiers, in the order in which they are dealt", "")
    yield from (f"- {name}: {text}" for name, text in manual["tiers"].items())
    yield from ("", "## Names", "")
    yield from (f"- {title}: {', '.join(manual[key])}" for key, title in NAMES.items())
