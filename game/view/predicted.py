"""Predictions: what the player writes down of a dial before a turn, and in the debrief how good a judge that was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from game.insight.advisers import calibration
from game.insight.estimative import WORDS as LADDER_WORDS
from game.insight.estimative import estimative, word
from game.insight.forecast import AHEAD, STEADY
from game.insight.ticking import Tick, silent
from game.play.match import Match
from game.view.readings import DIALS, Reading, dated, figure, reading
from game.view.turned import Standing, advised
from game.world.problems import nearest
from game.world.variables import UNIT

Stated = int | str
"""A prediction of one dial: the chance in per cent that it will be higher, or "up" or "down"."""
WORDS = {
    **dict.fromkeys(("up", "higher", "rise", "rises"), "up"),
    **dict.fromkeys(("down", "lower", "fall", "falls"), "down"),
    **dict.fromkeys(("none", "nothing"), ""),
}
HOW = "For example: expect attacks up, or with a chance in 100: expect attacks 70."
LADDER = [name for _, name in LADDER_WORDS] + [word(100)]
"""The words for a chance, the smallest first."""
COIN, NEAR, FEW = 0.25, 0.05, 5
"""What a coin scores, how close to it counts as no better, and below how many predictions luck may have scored them."""


@frozen
class Expected:
    """A dial on which a prediction can be written: its number, how it stands, and what is written down ("" nothing)."""

    number: int
    name: str
    label: str
    now: str
    said: str


@frozen
class Predicted:
    """One prediction against what came; `sure` is the chance in per cent that was given to what came."""

    turn: int
    date: str
    label: str
    said: str
    came: str
    sure: str


@frozen
class Score:
    """All predictions of a game, their score with what it means, how often each word came true, the advisers beside."""

    rows: tuple[Predicted, ...]
    score: str
    verdict: str
    bands: tuple[str, ...]
    advisers: tuple[Standing, ...]


def said(stated: object) -> str:
    """A prediction in words.

    >>> said("up"), said(70), said(50)
    ('up', 'up: likely (70 in 100)', 'up: about even (50 in 100)')
    """
    if isinstance(stated, str):
        return {"up": "up", "down": "not up"}.get(stated, "")
    return f"up: {estimative(float(stated))}" if isinstance(stated, int | float) else ""


def settled(match: Match) -> int:
    """The turn after which this turn's predictions are settled."""
    return min(match.turn + AHEAD, match.scenario.turns)


def expected(match: Match, written: Mapping[str, Stated]) -> tuple[Expected, ...]:
    """The nine dials, numbered, with what is written down of each."""
    rows = (reading(match, name) for name in DIALS)
    return tuple(
        Expected(i, row.name, row.label, row.text, said(written.get(row.name))) for i, row in enumerate(rows, 1)
    )


# ---- written in words


def understood(match: Match, words: Sequence[str]) -> dict[str, Stated] | str:
    """What words such as `attacks 70 unrest up` predict ("" takes one back), or a sentence on what is wrong.

    A dial is called by its number, its name or its label.

    >>> import game
    >>> match = game.start(game.load("gaza-spillover"), seed=7)
    >>> understood(match, "attacks 70 8 up".split())
    {'attacks': 70, 'unrest': 'up'}
    """
    dials = [reading(match, name) for name in DIALS]
    found: dict[str, Stated] = {}
    called: list[str] = []
    for part in words:
        stated = _stated(part) if called else None
        if stated is None:
            called.append(part)
            continue
        name = _dial(dials, " ".join(called))
        if name not in DIALS:
            return name
        if isinstance(stated, int) and not 0 <= stated <= 100:
            return f"{stated} is no chance: it runs from 0 in 100, surely not, to 100, surely."
        found[name], called = stated, []
    if called:
        name = _dial(dials, " ".join(called))
        return f"How likely is it that it will be higher? {HOW}" if name in DIALS else name
    return found


def _stated(text: str) -> Stated | None:
    bare = text.lower().rstrip("%.,")
    return int(bare) if bare.lstrip("-").isdecimal() else WORDS.get(bare)


def _dial(dials: Sequence[Reading], called: str) -> str:
    """The name of a dial by its number, name or label, or a sentence if there is none."""
    names = {str(i): row.name for i, row in enumerate(dials, 1)}
    names |= {row.name: row.name for row in dials} | {row.label.lower(): row.name for row in dials}
    key = called.lower()
    found = names.get(key) or names.get(key.replace(" ", "_"))
    if found is None:
        near = nearest(key, names)
        return f"No dial is called “{called}”." + (f" Did you mean {near}?" if near else " Say expect for the nine.")
    return found


# ---- scored


def scored(match: Match, tick: Tick = silent) -> Score | None:
    """What was predicted, what came and how good a judge that was: seconds of work; None while the game goes on."""
    if match.outcome is None:
        return None
    told = calibration(match)
    rows = tuple(_row(match, each.turn, each.variable, each.chance_up, each.rose) for each in told.scored)
    bands = tuple(
        f"When you said {name}, it rose {rose} time{'' if rose == 1 else 's'} of {of}."
        for name, rose, of in sorted(told.bands, key=lambda band: LADDER.index(band[0]))
    )
    if not rows:
        return Score((), "", "You wrote down no prediction in this game.", (), advised(match, tick))
    return Score(rows, f"{told.brier:.2f}", _verdict(told.brier, len(rows)), bands, advised(match, tick))


def _row(match: Match, turn: int, name: str, chance: float, rose: bool) -> Predicted:
    variable = match.setting.layout[name]
    last = min(turn - 1 + AHEAD, match.turn)
    before, after = match.turns[turn - 1].before[name], match.turns[last - 1].after[name]
    way = "up" if rose else "down" if after - before <= -STEADY else "steady"
    figures = [figure(value / UNIT, variable.unit) for value in (before, after)]
    came = f"{way} after turn {last}: {figures[0]} to {figures[1]}"
    given = match.turns[turn - 1].orders.prediction[name]
    sure = chance if rose else 100 - chance
    date = dated(match.scenario, turn)
    return Predicted(turn, date, variable.label, said(given), came, f"{sure:.0f} in 100")


def _verdict(brier: float, count: int) -> str:
    """A score in words."""
    if brier < COIN - NEAR:
        how = "You judged better than a coin."
    elif brier <= COIN + NEAR:
        how = "A coin would have judged about as well."
    else:
        how = "A coin would have judged better: you were surer than you had reason to be."
    few = " From so few predictions little can be concluded." if count < FEW else ""
    return f"0 is perfect, {COIN} is what a coin would score, 1 is sure and wrong every time. {how}{few}"
