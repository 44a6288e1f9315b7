"""Contest the model: the scenario's assumptions, numbered, and your own game again under another value of one."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from game.insight.contest import Assumption, assumptions, replay_under
from game.insight.what_if import WhatIf
from game.play.match import Match
from game.rules import CAUSES
from game.view.compared import Compared, both
from game.world.problems import Problem, Problems, nearest
from game.world.variables import UNIT, Variable

KINDS = {
    "claim": "the claim of the whole game",
    "coin": "a coin: the game's luck decides it",
    "secret": "a secret: drawn within its range",
    "number": "a number of the rules",
}

SERVES = {
    "asks": ("calendar.asks", ""),
    "baghdad.obedience": ("baghdad.orders", ""),
    "baghdad.obeyed": ("baghdad.orders", "if obeyed,"),
    "baghdad.refused": ("baghdad.orders", "if refused,"),
    "calendar.compare_notes": ("calendar.promises", "compare notes"),
    "calendar.demand": ("calendar.season", ""),
    "militias.arsenal": ("militias.mode", "arsenal"),
    "militias.ceiling": ("militias.attacks", "ceiling"),
    "militias.eager": ("militias.attacks", "will to"),
    "militias.heat": ("militias.attacks", "heat"),
    "militias.posture": ("militias.postures", ""),
    "region.bombs": ("region.car-bombs", ""),
    "region.isis": ("region.islamic-state", ""),
    "tehran.chain": ("tehran.men-in-the-hashed", ""),
    "washington.anger": ("washington.posture", "anger"),
}
"""The rule that numbers serve whose names do not begin with it, and the words that tell them from others of it."""


@frozen
class Assumed:
    """An assumption as it may be contested: `now` is what your game had and `span` what may be tried.

    `text` says what it means, and `reason` what a number leans on. `other` names the other side of a coin, "" for what
    is not one; `value`, `low` and `high` are in `unit`, and `value` is None for what is not told yet.
    """

    number: int
    kind: str
    name: str
    title: str
    text: str
    now: str
    span: str
    other: str = ""
    value: float | None = None
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    reason: str = ""


def assumed(match: Match) -> tuple[Assumed, ...]:
    """Every assumption of the scenario, the claim first; what was drawn in secret is told in the debrief alone.

    >>> import game
    >>> assumed(game.start(game.load("gaza-spillover"), seed=7))[0].kind
    'claim'
    """
    every = assumptions(match.scenario)
    return tuple(
        evolve(_assumed(match, one), low=one.low, high=one.high, unit=one.unit, reason=one.reason) for one in every
    )


def _assumed(match: Match, one: Assumption) -> Assumed:
    if one.kind == "claim":
        text = "It has no number to turn. baghdad balance lets players that always please one capital try it."
        return Assumed(one.number, one.kind, "", one.text, text, "", "")
    if one.kind == "number":
        value = match.parameters.get(one.name, one.value)
        now = _figure(value, one.unit)
        return Assumed(one.number, one.kind, one.name, _title(one), _sentence(one.text), now, _span(one), value=value)
    variable, drawn = match.setting.layout[one.name], None if match.outcome is None else match.start[one.name] / UNIT
    if one.kind == "secret":
        now = "not known" if drawn is None else _figure(drawn, one.unit)
        text = _sentence(variable.what)
        return Assumed(one.number, one.kind, one.name, variable.label, text, now, _span(one), value=drawn)
    sides = coin(variable)
    now, other = ("not known", "") if drawn is None else (sides[int(drawn)], sides[1 - int(drawn)])
    text = f"Either {sides[1]}, or {sides[0]}. The documents disagree, so each game draws it."
    return Assumed(one.number, one.kind, one.name, variable.label, text, now, "0 or 1", other, drawn)


def coin(variable: Variable) -> dict[int, str]:
    """What each side of a coin means."""
    parts = (part.split(": ", 1) for part in variable.what.split("; "))
    return {int(side): meaning for side, meaning in parts}


def _sentence(phrase: str) -> str:
    return f"{phrase[:1].upper()}{phrase[1:]}."


def _title(one: Assumption) -> str:
    """A number by the title of the rule that it serves: the longest that begins its name, or that of the table."""
    parts = one.name.split(".")
    for i in range(len(parts), 0, -1):
        name = ".".join(parts[:i])
        rule, words = SERVES.get(name, (name.replace("_", "-"), ""))
        if rule in CAUSES:
            rest = " ".join((words, *parts[i:])).strip().replace("_", " ")
            return f"{CAUSES[rule].title}: {rest}"
    return " ".join(parts).replace("_", " ").capitalize()


def _figure(value: float, unit: str) -> str:
    return f"{value:g} {unit}".strip()


def _span(one: Assumption) -> str:
    return f"{one.low:g} to {one.high:g} {one.unit}".strip()


def contest(match: Match, changes: Mapping[str, float]) -> Compared:
    """Your own game again under other assumptions, by name; raises Problems for what is none or is out of range.

    Only a game that is over can be contested: an answer before that would tell its secrets.
    """
    found = under(match, changes)
    known = {one.name: one for one in assumptions(match.scenario)}
    told = {each.name: each for each in assumed(match) if each.name in changes}
    taken = "; ".join(f"{told[name].title} {told[name].now}" for name in changes)
    instead = "; ".join(f"{told[name].title} {_meant(match, known[name], value)}" for name, value in changes.items())
    return both(found, taken, instead)


def under(match: Match, changes: Mapping[str, float]) -> WhatIf:
    """The same, as the game and its other line."""
    if match.outcome is None:
        what = "the game is not over, and the answer would tell what is hidden"
        raise Problems([Problem("assume", what, "a game that has ended", "play it to its end first")])
    if match.read_only:
        raise Problems([Problem("assume", match.read_only, "a game of these rules")])
    known = {one.name: one for one in assumptions(match.scenario) if one.name}
    problems = []
    for name, value in changes.items():
        one = known.get(name)
        if one is None:
            near = nearest(name, known)
            problems.append(Problem(f"assume {name}", "no assumption is called so", "a name of the list", near or ""))
        elif not one.low <= value <= one.high or (one.kind == "coin" and value not in (0, 1)):
            allowed = "0 or 1" if one.kind == "coin" else _span(one)
            problems.append(Problem(f"assume {name}", f"this says {value:g}", allowed))
    if problems:
        raise Problems(problems)
    numbers = {name: value for name, value in changes.items() if known[name].kind == "number"}
    return replay_under(match, numbers, {name: value for name, value in changes.items() if name not in numbers})


def _meant(match: Match, one: Assumption, value: float) -> str:
    """A value in words."""
    if one.kind == "coin":
        return coin(match.setting.layout[one.name])[int(value)]
    return _figure(value, one.unit)
