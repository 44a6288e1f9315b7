"""Readings: a variable as it may be seen, in words and figures, no more finely than world.toml allows."""

from __future__ import annotations

from attrs import frozen

from game.play.match import Match
from game.scenario.library import facts
from game.scenario.model import Scenario
from game.world.variables import UNIT, Variable

DIALS = (
    "washington_pressure",
    "tehran_pressure",
    "waiver_days",
    "dollar_flow",
    "electricity",
    "militia_autonomy",
    "attacks",
    "unrest",
    "escalation",
)
"""The nine dials of the main screen."""
RUNGS = ((20, "quiet"), (40, "friction"), (60, "reprisals"), (80, "siege"), (100, "the brink"))
RANKS = ("nobody", "the ambassador", "the secretaries", "the director of the CIA")
NAMED = {"warning_rank": RANKS, "mode": ("nothing", "rockets", "drones", "a suicide bomb")}
"""Variables whose whole numbers have names."""


@frozen
class Reading:
    """A variable as it may be seen: `text` and `change` in words or figures, `level` from 0 to 1 for a bar."""

    name: str
    label: str
    unit: str
    text: str
    change: str
    arrow: str
    level: float
    what: str
    seen: str


def reading(match: Match, name: str, turn: int | None = None) -> Reading:
    """A variable after a turn (the last by default; 0 is the start), with its change since the turn before."""
    variable = match.setting.layout[name]
    states = [match.start, *(played.after for played in match.turns)]
    at = len(states) - 1 if turn is None else turn
    now, before = states[at], states[max(at - 1, 0)]
    text, value = shown(match, variable, now[name], now["intelligence"])
    _, old = shown(match, variable, before[name], before["intelligence"])
    level = (value - variable.low) / (variable.high - variable.low)
    moved = value - old
    arrow = "▲" if moved > 40 else "▼" if moved < -40 else ""
    return Reading(
        name, variable.label, variable.unit, text, _change(moved, variable), arrow, level, variable.what, variable.seen
    )


def is_open(match: Match) -> bool:
    """Has the debrief begun, after which everything is told exactly?"""
    return match.outcome is not None


def shown(match: Match, variable: Variable, value: int, sight: int) -> tuple[str, int]:
    """A value as it may be seen, with the figure behind the words: exact, a band, or a round estimate."""
    if variable.is_secret and not is_open(match):
        return "not known", 0
    if variable.name in NAMED:
        return NAMED[variable.name][value // UNIT], value
    if variable.seen == "exact" or is_open(match):
        return figure(value / UNIT, variable.unit), value
    if variable.seen == "estimate":
        step = 10 if sight < 34 * UNIT else 5
        near = (value + step * UNIT // 2) // (step * UNIT) * step
        return f"about {near}", near * UNIT
    width = 20 if sight < 34 * UNIT else 10
    low = min(value // (width * UNIT) * width, 100 - width)
    return f"{low}–{low + width}", low * UNIT + width * UNIT // 2


def figure(value: float, unit: str) -> str:
    """A figure with the unit that a reader needs.

    >>> figure(17.2, "days"), figure(82.04, "% of normal"), figure(1999.6, "persons"), figure(41.26, "points")
    ('17 days', '82 %', '2,000', '41')
    """
    if unit.startswith("%"):
        return f"{value:.0f} %"
    if unit == "days":
        return f"{value:.0f} days"
    if unit == "points" and abs(value) <= 12 and value % 1:
        return f"{value:.1f}"
    return f"{value:,.0f}"


def _change(moved: int, variable: Variable) -> str:
    if variable.seen == "exact":
        return f"{moved / UNIT:+.1f}" if abs(moved) >= 50 else "steady"
    return "steady" if not moved else "up" if moved > 0 else "down"


def size(amount: int, variable: Variable, exact: bool) -> str:
    """An amount no finer than the variable may be seen: a figure, or a word."""
    if exact:
        return f"{amount / UNIT:+.1f}"
    strength = next(
        (word for most, word in ((800, "a little "), (3_000, ""), (10**9, "a lot ")) if abs(amount) <= most), ""
    )
    return strength + ("up" if amount > 0 else "down")


def long_date(day: object) -> str:
    """A date as it is read: 9 October 2023."""
    return f"{day:%-d %B %Y}" if hasattr(day, "strftime") else str(day)


HOURS = ("night", "morning", "afternoon", "evening")
"""The quarters of a day, by the hour at which they begin: 0, 6, 12, 18."""


def dated(scenario: Scenario, turn: int) -> str:
    """The date of a turn as it is read, with the time of day where a turn is shorter than a day.

    >>> import game
    >>> siege = game.load("embassy-siege")
    >>> dated(siege, 1), dated(siege, 6)
    ('27 December 2019', '31 December 2019, morning')
    """
    day, hour = long_date(scenario.when(turn)), sum(scenario.hours[: turn - 1]) % 24
    return day if scenario.hours[turn - 1] >= 24 else f"{day}, {HOURS[hour // 6]}"


def counted(thousandths: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> counted(1000, "American"), counted(3000, "militiaman", "militiamen")
    ('1 American', '3 militiamen')
    """
    count = thousandths // UNIT
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def places(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Fact keys as a reader cites them.

    >>> places(("004-p2-waivers",))
    ('004 p2',)
    """
    known = facts()
    return tuple(dict.fromkeys(known[key].place for key in keys if key in known))
