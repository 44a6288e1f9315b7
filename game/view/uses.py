"""Where a fact is used in the game, in a reader's words: by titles and labels, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from attrs import frozen

from game.insight import sources
from game.play.match import Match
from game.rules import CAUSES
from game.scenario import library
from game.scenario.model import Scenario

USES = {
    "rule": "Rules",
    "variable": "Variables",
    "number": "Numbers",
    "start": "Where it starts",
    "initiative": "Initiatives",
    "card": "Cards",
    "dispatch": "Dispatches with the card",
    "option": "Options",
    "history": "What was really decided",
    "event": "Events",
    "ask": "Asks",
    "promise": "Promises",
    "message": "Messages",
    "ending": "Endings",
    "secret": "Secrets",
    "lesson": "The lesson",
}
"""Where a fact may be used, in the order in which it is told."""
KEPT = ("history", "secret")
"""What the debrief keeps until the game is over."""


@frozen
class UsedIn:
    """Where a fact is used: what kind of place, in which scenario ("" for all), and which places."""

    label: str
    scenario: str
    places: tuple[str, ...]


def uses_of(key: str, match: Match | None) -> Iterator[UsedIn]:
    """Where a fact is used in play, kind by kind, as far as it may be told beside this game."""
    found: dict[tuple[str, str], list[str]] = {}
    for use in sources.used(key):
        if use.is_in_play and not _is_kept(use, match):
            found.setdefault((use.kind, use.scenario), []).append(called(use))
    for kind, label in USES.items():
        for (other, scenario), places in found.items():
            if other == kind:
                yield UsedIn(label, _scenario(scenario).title if scenario else "", tuple(dict.fromkeys(places)))


def _is_kept(use: sources.Use, match: Match | None) -> bool:
    """Does the debrief of a game that is on keep this?"""
    if match is None or match.outcome is not None:
        return False
    return use.kind in KEPT or (use.kind == "variable" and match.setting.layout[use.name].is_secret)


def called(use: sources.Use) -> str:
    """A place as a reader knows it: by its title or text, with the name by which rules are asked for."""
    if use.kind == "rule":
        return f"{CAUSES[use.name].title} ({use.name})"
    if use.kind in ("variable", "secret", "start", "lesson"):
        return ", ".join(_labels().get(name, name) for name in use.name.split(", "))
    if use.kind == "number":
        return use.name
    card, _, option = use.name.partition("/")
    kind = {"dispatch": "dilemma", "card": "dilemma", "option": "dilemma", "history": "dilemma"}.get(use.kind, use.kind)
    scenario = _scenario(use.scenario or library.bundled()[0])
    value = scenario.find(kind, card)
    text = str(getattr(value, "title", "") or value.text)
    chosen: Iterable[Any] = (row.text for row in value.options if row.id == option) if option else ()
    return ": ".join(part.rstrip(".") for part in (text, *chosen))


@cache
def _labels() -> dict[str, str]:
    return {row.name: row.label for row in library.shared_world().variables}


@cache
def _scenario(name: str) -> Scenario:
    return library.gather(library.find(name))[0]
