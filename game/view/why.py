"""Why something moved, and on what the card on the desk stands."""

from __future__ import annotations

from attrs import frozen

from game.insight.explain import Reason, behind, why
from game.play.match import Match
from game.scenario.library import facts
from game.view.readings import Reading, is_open, reading, size
from game.world.facts import Fact


@frozen
class Because:
    """One cause of a change, as it may be told."""

    title: str
    amount: str
    rule: str
    facts: tuple[Fact, ...]
    assumption: str
    systems: tuple[str, ...]


@frozen
class Explained:
    """Why a variable moved on a turn."""

    reading: Reading
    turn: int
    because: tuple[Because, ...]
    behind: tuple[tuple[str, Because], ...]


def explained(match: Match, name: str, turn: int | None = None) -> Explained:
    """Why a variable moved on a turn: causes with their amounts, rule, facts and assumption."""
    at = turn or match.turn
    exact = match.setting.layout[name].seen == "exact" or is_open(match)
    because = tuple(_because(match, name, reason, exact) for reason in why(match, name, at) if abs(reason.amount) >= 20)
    inner = tuple(
        (match.setting.layout[v].label, _because(match, v, reason, is_open(match)))
        for v, reason in behind(match, name, at)[:8]
    )
    return Explained(reading(match, name, at), at, because, inner)


def _because(match: Match, name: str, reason: Reason, exact: bool) -> Because:
    cause, amount = reason.cause, reason.amount
    text = size(amount, match.setting.layout[name], exact)
    return Because(cause.title, text, cause.id, reason.facts, cause.assumption, cause.systems)


def variables(match: Match) -> tuple[Reading, ...]:
    """Every variable that may be seen, in the order of world.toml; the secrets too once the game is over."""
    tabled = [v for v in match.setting.layout.tabled() if is_open(match) or not v.is_secret]
    return tuple(reading(match, variable.name) for variable in tabled if variable.name != "order_now")


@frozen
class CardSource:
    """A fact behind the card on the desk, or what it assumes."""

    about: str
    fact: Fact | None
    assumption: str


def card_sources(match: Match) -> tuple[CardSource, ...]:
    """The sources of the card on the desk: its facts, those of its dispatches, and what is assumed.

    What was really decided at the time is kept for the debrief.
    """
    card = match.card
    if card is None:
        return ()
    known = facts()
    found = [CardSource("the card", known[key], "") for key in card.facts if key in known]
    for dispatch in card.dispatches:
        found += [CardSource("a dispatch", known[key], "") for key in dispatch.facts if key in known]
        if dispatch.assumption:
            found.append(CardSource("a dispatch", None, dispatch.assumption))
    if card.assumption:
        found.append(CardSource("the card", None, card.assumption))
    return tuple(dict.fromkeys(found))
