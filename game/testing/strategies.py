"""Hypothesis strategies for whoever tests rules or scenarios: settings, orders, whole games, legal by construction.

Each is a function with keyword-only defaults; what it draws shrinks towards the first option and nothing besides.
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from game.play.match import MOST_SEED, Match, PlayedOrders, start
from game.scenario.checker import load
from game.scenario.model import Scenario
from game.world.variables import FACTIONS, HOLDERS, POSTURES, UNIT

_SHARES = {f"{faction}_{holder}" for faction in FACTIONS for holder in HOLDERS}


loaded = cache(load)
"""A scenario by its id or path, read once for every example."""


def seeds() -> SearchStrategy[int]:
    """Every seed a game accepts."""
    return st.integers(0, MOST_SEED)


@st.composite
def values(draw: DrawFn, scenario: Scenario, *, most: int = 6) -> dict[str, float]:
    """Start values of up to so many tabled variables, each anywhere in its range, in its unit.

    Of a faction at most one share of control is set, so that the others can make room, and none with militia_autonomy.
    """
    tabled = {variable.name: variable for variable in scenario.layout.tabled()}
    chosen: list[str] = draw(st.lists(st.sampled_from(sorted(tabled)), max_size=most, unique=True))
    found: dict[str, float] = {}
    if "militia_autonomy" in chosen:
        chosen = [name for name in chosen if name not in _SHARES]
    for name in chosen:
        faction = name.rpartition("_")[0]
        if name in _SHARES and any(f"{faction}_{holder}" in found for holder in HOLDERS):
            continue
        found[name] = draw(st.integers(tabled[name].low, tabled[name].high)) / UNIT
    return found


@st.composite
def orders(
    draw: DrawFn, match: Match, *, initiatives: bool = True, postures: bool = True, injects: bool = True
) -> PlayedOrders:
    """Legal orders for the turn at hand; the match must not be over."""
    assert match.dilemma is not None, "a game that is over takes no orders"
    option = draw(st.sampled_from([option.id for option in match.dilemma.options if option.barred is None]))
    agenda = draw(_agenda(match)) if initiatives else ()
    seats: dict[str, str] = {}
    if postures and draw(st.integers(0, 3)) == 3:
        seats = draw(st.fixed_dictionaries({}, optional={s: st.sampled_from(names) for s, names in POSTURES.items()}))
    thrown: list[str] = []
    events = [event.id for event in match.scenario.events]
    if injects and events and draw(st.integers(0, 3)) == 3:
        thrown = draw(st.lists(st.sampled_from(events), max_size=2, unique=True))
    return PlayedOrders(option, agenda, seats, tuple(thrown))


@st.composite
def _agenda(draw: DrawFn, match: Match) -> tuple[str, ...]:
    """Initiatives to stop and to begin that capital and room allow together."""
    left, room = match["capital"], 2 - len(match.running)
    wanted: list[str] = []
    for running, _ in match.running:
        if running.stop_price <= left and draw(st.integers(0, 3)) == 3:
            wanted, left, room = [*wanted, f"stop:{running.id}"], left - running.stop_price, room + 1
    for offer in match.initiatives:
        fits = offer.barred is None and offer.price <= left and room > 0
        if fits and draw(st.booleans()):
            wanted, left, room = [*wanted, offer.id], left - offer.price, room - 1
    return tuple(wanted)


def played(match: Match, decided: PlayedOrders) -> Match:
    """The game one turn further under these orders."""
    return match.play(
        decided.option,
        *decided.initiatives,
        postures=decided.postures,
        injects=decided.injects,
        prediction=decided.prediction,
    )


@st.composite
def matches(
    draw: DrawFn,
    scenario: Scenario | str = "gaza-spillover",
    *,
    turns: int | None = None,
    settings: bool = True,
    initiatives: bool = True,
    postures: bool = True,
    injects: bool = True,
) -> Match:
    """A game played so many turns (all by default, fewer if it ends) under legal orders."""
    world = loaded(scenario) if isinstance(scenario, str) else scenario
    given = draw(values(world)) if settings else {}
    match = start(world, draw(seeds()), draw(st.integers(0, 1_000_000)), given)
    for _ in range(world.turns if turns is None else turns):
        if match.outcome is not None:
            break
        match = played(
            match, draw(orders(match, initiatives=initiatives, postures=postures, injects=injects), label="orders")
        )
    return match
