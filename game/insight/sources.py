"""Where each fact of the documents is used in the game, and which scenario the unused ones wait for.

A use is a rule, a row of the shared tables or a part of a bundled scenario that names the fact's key. A disagreement
names facts too, but moves nothing: a fact that stands only there is still unused in play.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from attrs import frozen

from game.insight.timeline import first_day, last_day
from game.rules import CAUSES
from game.scenario import library
from game.scenario.model import Scenario
from game.world.facts import KINDS, Fact
from game.world.problems import Problem, Problems, nearest

DISAGREEMENT = "disagreement"


@frozen
class Use:
    """One place that names a fact: its kind, its name, and the scenario in which it stands ("" = shared by all)."""

    kind: str
    name: str
    scenario: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.scenario}/{self.name}" if self.scenario else f"{self.kind} {self.name}"

    @property
    def is_in_play(self) -> bool:
        """Does it stand in a rule, a table or a scenario?"""
        return self.kind != DISAGREEMENT


@frozen
class Waiting:
    """A fact that nothing in play uses, the scenario that it waits for, and whether that one is bundled already."""

    fact: Fact
    scenario: str
    is_bundled: bool


@frozen
class Count:
    """How many facts of a kind a document holds, and how many of them are used in play."""

    document: str
    kind: str
    facts: int
    used: int


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """Every use by the key of its fact, each once: rules, tables, the scenarios by id, then the disagreements.

    >>> {use.kind for use in uses()["004-p2-waivers"]} >= {"rule", "card"}
    True
    """
    found: dict[str, dict[Use, None]] = {}
    for use, keys in _everywhere():
        for key in keys:
            found.setdefault(key, {})[use] = None
    return {key: tuple(places) for key, places in found.items()}


def used(key: str) -> tuple[Use, ...]:
    """Where a fact is used, empty if nowhere; raises Problems if there is no such fact.

    >>> [str(use) for use in used("002-p5-toll-24") if not use.is_in_play][0]
    'disagreement dead-in-the-strikes'
    """
    known = library.facts()
    if key not in known:
        fix = nearest(key, known)
        raise Problems([Problem(key, "no fact is called so", "a key of seeds/, such as 004-p2-waivers", fix)])
    return uses().get(key, ())


def is_used(key: str) -> bool:
    """Is a fact used in play?

    >>> is_used("004-p2-waivers")
    True
    """
    return any(use.is_in_play for use in used(key))


def unused() -> tuple[Waiting, ...]:
    """Every fact that nothing in play uses, in the order of the sheets, with the scenario that it waits for.

    >>> all(not is_used(row.fact.key) for row in unused())
    True
    """
    built = set(library.bundled())
    facts = [fact for key, fact in library.facts().items() if not is_used(key)]
    return tuple(Waiting(fact, waits_for(fact), waits_for(fact) in built) for fact in facts)


ACCORD_LEFT = date(2018, 1, 1)
"""The year in which Washington left the nuclear accord: what happened before it is background."""
SIEGE = date(2019, 12, 27), date(2020, 1, 5)
"""The first and the last day of the embassy siege as a scenario."""


def waits_for(fact: Fact) -> str:
    """The scenario in which a fact belongs, by its document and its date alone; nobody has weighed it one by one.

    004 belongs to `gaza-spillover`, 003 to `shadow-war`, 001 to `embassy-siege`. A fact of 000 or 002 belongs to
    `maximum-pressure` if it begins after 2017 and before 27 December 2019, and of 000 to `outcast` if it begins in 2020
    and reaches past the siege, as its forecasts do; whatever else they tell, old background too, to `embassy-siege`.

    >>> told = library.facts()
    >>> [waits_for(told[key]) for key in ("002-p8-tankers", "002-p4-roof-flags", "000-p8-lean-years-begin")]
    ['maximum-pressure', 'embassy-siege', 'outcast']
    """
    if fact.document in ("001", "003", "004"):
        return {"001": "embassy-siege", "003": "shadow-war", "004": "gaza-spillover"}[fact.document]
    begins, ends = first_day(fact.when), last_day(fact.when)
    if ACCORD_LEFT <= begins < SIEGE[0]:
        return "maximum-pressure"
    if fact.document == "000" and begins.year == 2020 and ends > SIEGE[1]:
        return "outcast"
    return "embassy-siege"


@cache
def unsettled() -> Mapping[str, tuple[Use, ...]]:
    """The cards that make the player act while a disagreement is unsettled, by its key.

    >>> unsettled()["help-or-whip"][0].kind
    'card'
    """
    found: dict[str, list[Use]] = {}
    for name in library.bundled():
        for card in library.gather(library.find(name))[0].dilemmas:
            if card.disagreement:
                found.setdefault(card.disagreement, []).append(Use("card", card.id, name))
    return {key: tuple(cards) for key, cards in found.items()}


@cache
def counts() -> tuple[Count, ...]:
    """How many facts each document holds of each kind, and how many are used in play; kinds that it lacks are left out.

    >>> sum(row.facts for row in counts()) == len(library.facts())
    True
    """
    facts = library.facts().values()
    every = Counter((fact.document, fact.kind) for fact in facts)
    played = Counter((fact.document, fact.kind) for fact in facts if is_used(fact.key))
    cells = [(document, kind) for document in library.sheets() for kind in KINDS]
    return tuple(Count(*cell, every[cell], played[cell]) for cell in cells if every[cell])


Keys = tuple[str, ...]


def _everywhere() -> Iterator[tuple[Use, Keys]]:
    yield from ((Use("rule", cause.id), cause.facts) for cause in CAUSES.values())
    table = library.shared_world()
    yield from ((Use("variable", row.name), row.facts) for row in table.variables)
    yield from ((Use("number", row.name), row.facts) for row in table.numbers.values())
    for name in library.bundled():
        yield from of_scenario(library.gather(library.find(name))[0])
    yield from ((Use(DISAGREEMENT, row.key), row.facts) for row in library.disagreements().values())


def of_scenario(scenario: Scenario) -> Iterator[tuple[Use, Keys]]:
    """Every part of a scenario that may name facts, with those it names; initiatives are shared by all scenarios."""
    yield from ((Use("initiative", row.id), row.facts) for row in scenario.initiatives)
    own: dict[str, Iterable[tuple[str, Keys]]] = {
        "card": ((card.id, card.facts) for card in scenario.dilemmas),
        "dispatch": ((card.id, row.facts) for card in scenario.dilemmas for row in card.dispatches),
        "option": ((f"{card.id}/{row.id}", row.facts) for card in scenario.dilemmas for row in card.options),
        "history": ((f"{card.id}/{row.id}", row.history) for card in scenario.dilemmas for row in card.options),
        "event": ((row.id, row.facts) for row in scenario.events),
        "ask": ((row.id, row.facts) for row in scenario.asks),
        "promise": ((row.id, row.facts) for row in scenario.promises),
        "message": ((row.id, row.facts) for row in scenario.messages),
        "ending": ((row.id, row.facts) for row in scenario.endings),
        "start": ((", ".join(row.variables), row.facts) for row in scenario.starts),
        "secret": ((name, row.facts) for name, row in scenario.hidden.items()),
        "lesson": ((row.driver, row.facts) for row in [scenario.lesson] if row),
    }
    for kind, rows in own.items():
        yield from ((Use(kind, name, scenario.id), keys) for name, keys in rows)
