"""What turned a game that is over: the three decisions that moved its odds most, and how right the advisers were."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from game.insight.advisers import ADVISERS, record, standing
from game.insight.ticking import Tick, part, silent
from game.insight.turning_points import TurningPoint, turning_points
from game.play.match import Match

_kept: dict[str, tuple[Standing, ...]] = {}
"""The advisers' record of the game that was last asked about, by its save."""


@frozen
class Turned:
    """A decision, and the option that would have changed the odds most: `change` is how many in a hundred lucks."""

    turn: int
    title: str
    took: str
    instead: str
    change: str
    odds: str
    other: str


@frozen
class Standing:
    """How often what an adviser said of the option taken came true."""

    who: str
    text: str


@frozen
class TurnedPage:
    """The turning points, the largest first, and the advisers' record."""

    points: tuple[Turned, ...]
    standing: tuple[Standing, ...]


def turned(match: Match, tick: Tick = silent) -> TurnedPage | None:
    """What turned the game and who had seen it coming: seconds of work; None while the game goes on."""
    if match.outcome is None:
        return None
    points = turning_points(match, tick=part(tick, 0, 0.5))
    told = advised(match, part(tick, 0.5, 1))
    return TurnedPage(tuple(told_of(match, point) for point in points), told)


def advised(match: Match, tick: Tick = silent) -> tuple[Standing, ...]:
    """How right each adviser was: seconds of work, reckoned once for a game; empty while the game goes on."""
    if match.outcome is None:
        return ()
    key = match.dumps()
    told = _kept.get(key)
    if told is None:
        held = standing(record(match, tick=tick))
        told = tuple(Standing(adviser.office, _record(*held[adviser.id])) for adviser in ADVISERS)
        _kept.clear()
        _kept[key] = told
    return told


def told_of(match: Match, point: TurningPoint) -> Turned:
    """A turning point in words."""
    card = match.scenario.find("dilemma", point.dilemma)
    texts = {option.id: option.text for option in card.options}
    return Turned(
        point.turn,
        card.title,
        texts[point.taken],
        texts[point.instead],
        f"{point.change:.0f} in 100",
        odds(match, point.recorded.endings),
        odds(match, point.changed.endings),
    )


def odds(match: Match, endings: Mapping[str, float]) -> str:
    """The likeliest of these endings (per cent) in words, three at most; "" where none is told."""
    titles = {ending.id: ending.title for ending in match.scenario.endings}
    first = [pair for pair in sorted(endings.items(), key=lambda pair: -pair[1])[:3] if pair[1] >= 0.5]
    return ", ".join(f"{titles[name]} {share:.0f}" for name, share in first)


def _record(right: int, of: int, brier: float) -> str:
    return f"right {right} times of {of}; score {brier:.2f} (0 is best, a coin gets 0.25)" if of else "was never tried"
