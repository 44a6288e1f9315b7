"""Why something moved: the ledger's lines of a variable gathered by cause, down to rule, facts and paragraph.

Before the debrief a hidden cause shows as its public one and hidden variables are not told of. The explanation cannot
disagree with the game, because it is the game's own lines.
"""

from __future__ import annotations

from attrs import frozen

from game.play.match import Match, Turn, cause_of
from game.scenario.library import facts
from game.world.facts import Fact
from game.world.ledger import DERIVED, Cause
from game.world.variables import FACTIONS


@frozen
class Reason:
    """One cause of a change: the amount in thousandths and the registration behind it."""

    cause: Cause
    amount: int
    facts: tuple[Fact, ...]


def public(match: Match, name: str) -> Cause:
    """A cause as the player may know it: the public one until the game is over."""
    cause = cause_of(match.scenario.causes, name)
    return cause_of(match.scenario.causes, cause.public) if cause.public and match.outcome is None else cause


def why(match: Match, variable: str, turn: int | None = None) -> tuple[Reason, ...]:
    """What moved a variable on a turn (the last by default), the largest cause first; their amounts sum to its change.

    >>> import game
    >>> match = game.start(game.load("gaza-spillover"), seed=7)
    >>> match = match.play(match.dilemma.options[-1].id)
    >>> reasons = why(match, "waiver_days")
    >>> sum(reason.amount for reason in reasons) == match.state["waiver_days"] - match.start["waiver_days"]
    True
    """
    if not match.turns:
        return ()
    played = match.turns[(turn or match.turn) - 1]
    sums: dict[str, int] = {}
    for line in played.lines:
        if line.variable == variable:
            cause = public(match, line.cause)
            sums[cause.id] = sums.get(cause.id, 0) + line.amount
    reasons = [_reason(match, name, amount) for name, amount in sums.items() if amount]
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.amount)))


def _reason(match: Match, name: str, amount: int) -> Reason:
    cause = cause_of(match.scenario.causes, name)
    known = facts()
    return Reason(cause, amount, tuple(known[key] for key in cause.facts if key in known))


def behind(match: Match, variable: str, turn: int | None = None) -> tuple[tuple[str, Reason], ...]:
    """What lies behind a derived variable: (variable, reason) of the factions' own will for `militia_autonomy`."""
    if variable != "militia_autonomy":
        return ()
    found = [(f"{faction}_own", reason) for faction in FACTIONS for reason in why(match, f"{faction}_own", turn)]
    return tuple(sorted(found, key=lambda pair: -abs(pair[1].amount)))


def main_cause(match: Match, variable: str, turn: Turn) -> Cause | None:
    """The cause that did most to move a variable the way it went on a turn, or None if nothing did."""
    reasons = [reason for reason in why(match, variable, turn.number) if reason.cause.id != DERIVED.id]
    if variable == "militia_autonomy":
        reasons = [reason for _, reason in behind(match, variable, turn.number)]
    rose = turn.after[variable] > turn.before[variable]
    pushing = [reason for reason in reasons if (reason.amount > 0) == rose]
    return max(pushing, key=lambda reason: abs(reason.amount)).cause if pushing else None
