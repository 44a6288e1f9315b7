"""What will come due: answers, asks, promises and whatever was post-dated."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from game.play.match import Match
from game.scenario.conditions import ON_THE_TABLE
from game.world.variables import PARTIES, UNIT


@frozen
class Pending:
    """Something that will come due: what, when, and of what kind."""

    text: str
    due: str
    kind: str


def pending(match: Match) -> Iterator[Pending]:
    """What will come due: Washington's answer, asks, promises, what was post-dated, the price of a long waiver."""
    state, scenario = match.state, match.scenario
    if state["answer_pending"]:
        yield Pending("Washington has said that it will answer", "next turn", "answer")
    for party in PARTIES:
        for ask in scenario.asks:
            if ask.by == party and state[f"ask.{ask.id}.state"] // UNIT in ON_THE_TABLE:
                who = "Home" if party == "home" else party.title()
                yield Pending(f"{who} asks: {ask.text}", _by(match, state[f"ask.{ask.id}.due"]), "ask")
    for promise in scenario.promises:
        if state[f"promise.{promise.id}.state"] == UNIT:
            heard = ", ".join(promise.heard_by)
            yield Pending(
                f"You promised: {promise.text} Heard by {heard}.",
                _by(match, state[f"promise.{promise.id}.due"]),
                "promise",
            )
    for later, _ in scenario.laters:
        if state[f"later.{later.later}"] and not later.hidden:
            yield Pending(later.what, _by(match, state[f"later.{later.later}"]), "later")
    if state["proof_due"]:
        yield Pending("Washington's long waiver was granted for quiet", _by(match, state["proof_due"]), "proof")


def _by(match: Match, due: int) -> str:
    turn = due // UNIT
    if turn > match.scenario.turns:
        return "after the last turn"
    return "next turn" if turn <= match.turn + 1 else f"by turn {turn}"
