"""The same run as Washington, Tehran or a faction saw it, and what each misread: for the debrief alone.

Each onlooker knows what it did and what it could see; whom it blamed, what it took the other side to want, and what
it thought Baghdad had done are set beside what was so.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from game.play.match import Match, Turn
from game.world.variables import FACTIONS, POSTURES, UNIT

ONLOOKERS = ("washington", "tehran", *FACTIONS)


@frozen
class Seen:
    """One turn as an onlooker saw it: its act, what it read in events, and what was so ("" where it read rightly)."""

    turn: int
    act: str
    read: str
    was: str


def seen_by(match: Match, onlooker: str) -> tuple[Seen, ...]:
    """Every turn of a finished game as one of ONLOOKERS saw it; nothing before the end, for it tells secrets."""
    if match.outcome is None:
        return ()
    return tuple(_seen(match, turn, onlooker) for turn in match.turns)


def misread(match: Match) -> dict[str, int]:
    """On how many turns each onlooker read events wrongly."""
    return {name: sum(bool(seen.was) for seen in seen_by(match, name)) for name in ONLOOKERS}


def _seen(match: Match, turn: Turn, onlooker: str) -> Seen:
    after = turn.after
    act = POSTURES[onlooker][after[f"posture.{onlooker}"] // UNIT]
    reading = {"washington": _washington, "tehran": _tehran}.get(onlooker, _faction)
    read, was = next(((read, was) for read, was in reading(turn, onlooker) if read), ("nothing that concerned it", ""))
    return Seen(turn.number, act, read, was)


def _washington(turn: Turn, _: str) -> Iterator[tuple[str, str]]:
    """Whom it blames for the shot that counted, and whether a refused order looked like unwillingness."""
    after = turn.after
    if after["attacks_now"] and after["washington_blames"]:
        blamed, fired = (FACTIONS[after[name] // UNIT - 1] for name in ("washington_blames", "author"))
        yield f"the {blamed} fired", "" if blamed == fired else f"the {fired} fired"
    if after["order_now"] == 2 * UNIT:
        yield "Baghdad would not act", "the order was given and refused"
    if after["tehran_restraint"] > 60 * UNIT and after["attacks_now"]:
        yield "Tehran ordered it", "Tehran had told its men to hold back"


def _tehran(turn: Turn, _: str) -> Iterator[tuple[str, str]]:
    """Whether its own hand moved the men, and what it takes Baghdad's pursuit to mean."""
    before, after = turn.before, turn.after
    fired = {faction: after[f"{faction}_fired"] for faction in FACTIONS}
    most = max(fired, key=lambda faction: fired[faction])
    if fired[most]:
        own = after[f"{most}_own"] > after[f"{most}_tehran"]
        yield f"the {most} answered to their commanders", "they fired of their own will" if own else ""
    if after["washington_trust"] > before["washington_trust"] + 2 * UNIT:
        pleased = after["tehran_trust"] < before["tehran_trust"]
        yield "Baghdad turned to Washington", "" if pleased else "Baghdad gave Tehran as much"


def _faction(turn: Turn, faction: str) -> Iterator[tuple[str, str]]:
    """Whether it reads American strikes as meant for it, and Baghdad's orders as betrayal."""
    after = turn.after
    if after["strikes_now"]:
        mine = after["author"] == (FACTIONS.index(faction) + 1) * UNIT
        yield "the Americans struck the resistance", "" if mine else "it was struck for what others fired"
    if turn.before["strikes_now"] and not after["strikes_now"]:
        deters = after["strikes_deter"] > 0
        yield "the Americans tire", "strikes do deter in this game" if deters else ""
    if after["order_now"] == UNIT:
        yield "Baghdad obeys Washington", "the order was Baghdad's own"
