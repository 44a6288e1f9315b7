"""One step: the phases in their order, then the verdict, then the next card. The only way forward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from game.play.dealer import deal, set_places
from game.play.endings import verdict
from game.rules import PHASES
from game.scenario.model import Scenario
from game.world.ledger import HIDDEN
from game.world.problems import Problem, Problems, nearest
from game.world.state import One, Setting, autonomy
from game.world.variables import FACTIONS, HOLDERS, UNIT, Layout, Number, Variable, thousandths

WHOLE = 100 * UNIT
FINE = 10**9


def setting_of(scenario: Scenario, parameters: Mapping[str, float] | None = None) -> Setting:
    """The numbers, spans and layout under which a scenario runs; raises Problems for a number that cannot be set."""
    table, given = scenario.table.numbers, dict(parameters or {})
    problems = [*_unknown_numbers(table, scenario.numbers), *_unknown_numbers(table, given)]
    problems += [p for name, value in given.items() if name in table for p in _misfit("parameters", table[name], value)]
    if problems:
        raise Problems(problems)
    numbers = {number.name: number.value for number in table.values()}
    numbers |= {name: thousandths(value) for name, value in (*scenario.numbers.items(), *given.items())}
    return Setting(scenario.layout, numbers, scenario.hours, scenario)


def _unknown_numbers(table: Mapping[str, Number], given: Mapping[str, float]) -> Iterator[Problem]:
    for name in given:
        if name not in table:
            what, fix = f'no number is called "{name}"', nearest(name, table)
            yield Problem(f"parameters.{name}", what, "a number of world.toml", fix)


def _misfit(kind: str, scale: Variable | Number, value: object) -> Iterator[Problem]:
    """Yield the problem with a value for a variable or number, if it has one."""
    where, low, high = f"{kind}.{scale.name}", scale.low / UNIT, scale.high / UNIT
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        yield Problem(where, f"this says {value!r}", f"a number from {low:g} to {high:g} {scale.unit}")
    elif not low <= value <= high:
        fix = f"{min(max(value, low), high):g}"
        yield Problem(where, f"this says {value:g}", f"{low:g} to {high:g} {scale.unit}", fix)


def start_values(setting: Setting, values: Mapping[str, float] | None = None) -> list[int]:
    """The state at the start in thousandths, before its secrets are drawn; raises Problems for what cannot be set.

    Setting `militia_autonomy` rescales own control; setting one share of control rescales the other two.
    """
    layout, scenario, given = setting.layout, setting.scenario, dict(values or {})
    problems = list(_unsettable(layout, given))
    if problems:
        raise Problems(problems)
    state = [variable.start for variable in layout]
    for name, value in (*scenario.start.items(), *given.items()):
        state[layout.index[name]] = thousandths(value)
    for faction in FACTIONS:
        names = shares(faction)
        _fit(state, layout.index, names, [name for name in names if name in given])
    if "militia_autonomy" in given:
        state = _free(setting, state, thousandths(given["militia_autonomy"]))
    world = One(setting, 0, 0, state)
    state[layout.index["militia_autonomy"]] = autonomy(world)
    return state


def _unsettable(layout: Layout, given: Mapping[str, float]) -> Iterator[Problem]:
    tabled = {variable.name: variable for variable in layout.tabled()}
    for name, value in given.items():
        if name in tabled:
            yield from _misfit("values", tabled[name], value)
        else:
            what, fix = f'no variable is called "{name}"', nearest(name, tabled)
            yield Problem(f"values.{name}", what, "a variable of world.toml", fix)
    for faction in FACTIONS:
        named = [tabled[name] for name in shares(faction) if name in given]
        whole = sum(thousandths(given[v.name]) for v in named if not any(_misfit("values", v, given[v.name])))
        if whole > WHOLE or (len(named) == len(HOLDERS) and whole != WHOLE):
            what = f"these shares sum to {whole / UNIT:g}"
            yield Problem(f"values.{faction}_*", what, "shares of control that sum to 100")
    own = [name for faction in FACTIONS for name in shares(faction) if name in given]
    if own and "militia_autonomy" in given:
        what = f"{own[0]} is set too, and the militias' own will follows from it"
        yield Problem("values.militia_autonomy", what, "either the whole or shares of control")


def shares(faction: str) -> list[str]:
    """Name the three shares of control of a faction.

    >>> shares("leagues")
    ['leagues_tehran', 'leagues_baghdad', 'leagues_own']
    """
    return [f"{faction}_{holder}" for holder in HOLDERS]


def _fit(state: list[int], index: Mapping[str, int], names: list[str], fixed: list[str]) -> None:
    """Let the shares that were not set fill what those that were set leave, in proportion, to the last thousandth."""
    free = [name for name in names if name not in fixed] or names[-1:]
    left = WHOLE - sum(state[index[name]] for name in names if name not in free)
    old = sum(state[index[name]] for name in free)
    for name in free[:-1]:
        part = left * state[index[name]] // old if old else left // len(free)
        state[index[name]] = part
    state[index[free[-1]]] = WHOLE - sum(state[index[name]] for name in names if name != free[-1])


def _free(setting: Setting, state: list[int], goal: int) -> list[int]:
    """Scale every faction's own will so that the weighted whole is the goal, as near as a thousandth allows."""
    low, high = 0, 2 * FINE
    while high - low > 1:
        middle = (low + high) // 2
        free = autonomy(One(setting, 0, 0, _scaled(setting, state, middle)))
        low, high = (low, middle) if free >= goal else (middle, high)
    sides = [_scaled(setting, state, level) for level in (low, high)]
    return min(sides, key=lambda side: abs(int(autonomy(One(setting, 0, 0, side))) - goal))


def _scaled(setting: Setting, state: list[int], level: int) -> list[int]:
    """Own will between none of it (level 0), what it is (FINE) and all there is (2 * FINE)."""
    scaled, index = list(state), setting.layout.index
    for faction in FACTIONS:
        i = index[f"{faction}_own"]
        more = (WHOLE - state[i]) * (level - FINE) // FINE
        scaled[i] = state[i] * level // FINE if level <= FINE else state[i] + more
        _fit(scaled, index, shares(faction), [f"{faction}_own"])
    return scaled


def begin(w: Any, given: Mapping[str, float]) -> None:
    """Draw the secrets that were not set, give every card its place, and deal the first card."""
    w.cause = HIDDEN.id
    for name, span in w.scenario.hidden.items():
        low, high, die = thousandths(span.low), thousandths(span.high), w.draw(f"hidden.{name}")
        coin = w.setting.layout[name].unit == "coin"
        drawn = w.where(die >= 500_000, high, low) if coin else low + die // 1_000 * (high - low) // 1_000
        w.line(name, drawn - w[name], name not in given)
    set_places(w)
    w.settle()
    deal(w)
    w.settle()


def step(w: Any) -> None:
    """One turn of one world or of many: its orders are already in it."""
    w.turn += 1
    for _, rules in PHASES:
        for rule in rules:
            rule(w)
        w.settle()
    verdict(w)
    w.settle()
    deal(w)
    w.settle()
