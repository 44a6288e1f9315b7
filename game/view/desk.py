"""The main screen: the dials, both capitals, the dilemma with its choices, and the agenda."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from game.insight.estimative import estimative
from game.play.match import Desk, Match, OnTheDesk
from game.scenario.model import QUESTIONS
from game.view.followed import FORCES, STANCES, Told, dispatches, report
from game.view.pending import Pending, pending
from game.view.readings import DIALS, RANKS, Reading, dated, long_date, reading
from game.world.problems import IllegalOrder
from game.world.variables import POSTURES, UNIT


@frozen
class Choice:
    """An option as a face shows it, numbered from 1."""

    number: int
    id: str
    text: str
    obey: str
    barred: str


@frozen
class AgendaItem:
    """An initiative on offer or running, numbered on from the first; `id` is what an order names."""

    number: int
    id: str
    title: str
    text: str
    terms: str
    barred: str


@frozen
class Screen:
    """Everything that the main screen shows."""

    title: str
    when: str
    date: str
    beyond: str
    capital: str
    dials: tuple[Reading, ...]
    washington: str
    tehran: str
    pending: tuple[Pending, ...]
    dispatches: tuple[Told, ...]
    desk: Desk | None
    question: str
    choices: tuple[Choice, ...]
    agenda: tuple[AgendaItem, ...]
    running: tuple[AgendaItem, ...]
    report: tuple[str, ...]


def screen(match: Match) -> Screen:
    """The main screen of a match."""
    scenario, upcoming = match.scenario, match.turn + 1
    day = scenario.when(min(upcoming, scenario.turns))
    desk = match.dilemma
    beyond = ""
    if scenario.horizon and day > scenario.horizon:
        beyond = f"past the documents, which end on {long_date(scenario.horizon)}"
    return Screen(
        title=scenario.title,
        when=f"turn {min(upcoming, scenario.turns)} of {scenario.turns}",
        date=dated(scenario, min(upcoming, scenario.turns)),
        beyond=beyond,
        capital=f"{match['capital']:.1f}",
        dials=tuple(reading(match, name) for name in DIALS),
        washington=_mood(match, "washington"),
        tehran=_mood(match, "tehran"),
        pending=tuple(pending(match)),
        dispatches=tuple(dispatches(match)),
        desk=desk,
        question=QUESTIONS.get(desk.question, "") if desk else "",
        choices=tuple(choice_of(i + 1, option) for i, option in enumerate(desk.options)) if desk else (),
        agenda=tuple(offers(match)),
        running=tuple(under_way(match)),
        report=report(match) if match.turns else (),
    )


def _mood(match: Match, capital: str) -> str:
    trust = reading(match, f"{capital}_trust")
    if capital == "washington":
        rank = RANKS[match.state["warning_rank"] // UNIT]
        return f"trusts you {trust.text}; " + (
            f"has warned you through {rank}" if rank != RANKS[0] else "has not warned you"
        )
    stance = POSTURES["tehran"][match.state["posture.tehran"] // UNIT]
    return f"trusts you {trust.text}; " + (STANCES[stance] if match.turns else "watches")


def choice_of(number: int, option: OnTheDesk) -> Choice:
    """An option as a face shows it."""
    # no finer than to ten in a hundred: the chance rests on things that are themselves seen only in bands
    obey = (
        f"{FORCES[option.to]} must obey: {estimative(round(option.obeyed / 10) * 10)}"
        if option.obeyed is not None
        else ""
    )
    return Choice(number, option.id, option.text, obey, option.barred or "")


def offers(match: Match) -> Iterator[AgendaItem]:
    """The five initiatives on offer, numbered from 1."""
    for i, offer in enumerate(match.initiatives):
        terms = f"costs {offer.price:g} of capital, lasts {offer.turns} turns; resisted by {offer.resisted_by}"
        yield AgendaItem(i + 1, offer.id, offer.title, offer.text, terms, offer.barred or "")


def under_way(match: Match) -> Iterator[AgendaItem]:
    """The initiatives running, as they may be stopped, numbered on from the offers."""
    for i, (it, left) in enumerate(match.running):
        terms = f"{left} turn{'' if left == 1 else 's'} left; stopping it costs {it.stop_price:g}"
        yield AgendaItem(len(match.initiatives) + i + 1, f"stop:{it.id}", it.title, it.text, terms, "")


def refused(match: Match, planned: tuple[str, ...]) -> IllegalOrder | None:
    """Why these initiatives cannot be ordered together this turn, or None if they can: the game is asked."""
    desk = match.dilemma
    option = next((option.id for option in desk.options if option.barred is None), None) if desk else None
    if option is None or not planned:
        return None
    try:
        match.play(option, *planned)
    except IllegalOrder as order:
        return order
    return None
