"""The same run as the others saw it, and what each misread: told in the debrief alone."""

from __future__ import annotations

from attrs import frozen

from game.insight.rashomon import ONLOOKERS, seen_by
from game.play.match import Match
from game.view.readings import dated

WHO = {
    "washington": "Washington",
    "tehran": "Tehran",
    "hardliners": "The hardliners",
    "leagues": "The leagues",
    "institutionals": "The institutionals",
}
DID = {
    "patient": "waited",
    "press": "pressed",
    "squeeze": "squeezed",
    "leash": "told its men to stand down",
    "cosmetic": "let its men fire for show",
    "loosen": "loosened its hold",
    "unleash": "let its men loose",
    "lie-low": "lay low",
    "posture": "paraded",
    "harass": "harassed",
    "strike": "struck",
}
"""What an onlooker itself did, in its posture's word."""


@frozen
class Saw:
    """One turn as an onlooker saw it: what it did, what it took to be so, what was so ("" if it read rightly)."""

    turn: int
    date: str
    did: str
    read: str
    was: str


@frozen
class Onlooker:
    """The whole run as one of them saw it; `misread` counts the turns that it read wrongly, `told` says so."""

    id: str
    who: str
    rows: tuple[Saw, ...]
    misread: int
    told: str


def onlookers(match: Match) -> tuple[Onlooker, ...]:
    """The run as Washington, Tehran and each faction saw it; nothing while the game goes on.

    >>> import game
    >>> onlookers(game.start(game.load("gaza-spillover"), seed=7))
    ()
    """
    return tuple(_onlooker(match, name) for name in ONLOOKERS) if match.outcome else ()


def _onlooker(match: Match, name: str) -> Onlooker:
    rows = tuple(
        Saw(seen.turn, dated(match.scenario, seen.turn), _did(name, seen.act), seen.read, seen.was)
        for seen in seen_by(match, name)
    )
    wrong = sum(bool(row.was) for row in rows)
    verb = "misread" if wrong else "misread none of"
    told = f"{verb} {f'{wrong} of ' if wrong else ''}{len(rows)} turns"
    return Onlooker(name, WHO[name], rows, wrong, told)


def _did(name: str, act: str) -> str:
    return "readied its answer" if (name, act) == ("washington", "strike") else DID[act]
