"""One step: the phases in their order, then the verdict, then the next card. The only way forward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.play.dealer import deal, set_places
from game.play.endings import verdict
from game.rules import PHASES
from game.scenario.model import Scenario
from game.world.ledger import HIDDEN
from game.world.problems import Problem, Problems, nearest
from game.world.state import One, Setting, autonomy
from game.world.variables import FACTIONS, HOLDERS, UNIT, thousandths

WHOLE = 100 * UNIT


def setting_of(scenario: Scenario, parameters: Mapping[str, float] | None = None) -> Setting:
    """The numbers, spans and layout under which a scenario runs; raises Problems for an unknown number."""
    numbers = {number.name: number.value for number in scenario.table.numbers.values()}
    problems = []
    for given in (scenario.numbers, parameters or {}):
        for name, value in given.items():
            if name not in numbers:
                problems.append(
                    Problem(
                        f"parameters.{name}",
                        f'no number is called "{name}"',
                        "a number of world.toml",
                        nearest(name, numbers),
                    )
                )
            numbers[name] = thousandths(value)
    if problems:
        raise Problems(problems)
    return Setting(scenario.layout, numbers, scenario.hours, scenario)


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
    shares = [f"{faction}_{holder}" for faction in FACTIONS for holder in HOLDERS]
    for faction in FACTIONS:
        names = [f"{faction}_{holder}" for holder in HOLDERS]
        _fit(state, layout.index, names, [name for name in names if name in given])
    if "militia_autonomy" in given and not set(shares) & given.keys():
        _free(setting, state, thousandths(given["militia_autonomy"]))
    world = One(setting, 0, 0, state)
    state[layout.index["militia_autonomy"]] = autonomy(world)
    return state


def _unsettable(layout: Any, given: Mapping[str, float]) -> Any:
    tabled = [variable.name for variable in layout.tabled()]
    for name, value in given.items():
        where = f"values.{name}"
        if name not in layout or layout[name].unit == "slot":
            yield Problem(where, f'no variable is called "{name}"', "a variable of world.toml", nearest(name, tabled))
        elif isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            yield Problem(where, f"this says {value!r}", "a number")
        elif not layout[name].low <= thousandths(value) <= layout[name].high:
            low, high = layout[name].low / UNIT, layout[name].high / UNIT
            fix = f"{min(max(value, low), high):g}"
            yield Problem(where, f"this says {value:g}", f"{low:g} to {high:g} {layout[name].unit}", fix)
    for faction in FACTIONS:
        parts = [given[f"{faction}_{holder}"] for holder in HOLDERS if f"{faction}_{holder}" in given]
        if (len(parts) == len(HOLDERS) and sum(parts) != 100) or (len(parts) == 2 and sum(parts) > 100):
            yield Problem(
                f"values.{faction}_*", f"these shares sum to {sum(parts):g}", "shares of control that sum to 100"
            )


def _fit(state: list[int], index: Mapping[str, int], names: list[str], fixed: list[str]) -> None:
    """Let the shares that were not set fill what those that were set leave, in proportion, to the last thousandth."""
    free = [name for name in names if name not in fixed] or names[-1:]
    left = WHOLE - sum(state[index[name]] for name in names if name not in free)
    old = sum(state[index[name]] for name in free)
    for name in free[:-1]:
        part = left * state[index[name]] // old if old else left // len(free)
        state[index[name]] = part
    state[index[free[-1]]] = WHOLE - sum(state[index[name]] for name in names if name != free[-1])


def _free(setting: Setting, state: list[int], goal: int) -> None:
    """Scale every faction's own will so that the weighted whole is the goal, as near as a thousandth allows."""
    layout = setting.layout
    owns = [layout.index[f"{faction}_own"] for faction in FACTIONS]
    old, low, high = [state[i] for i in owns], 0, 2 * UNIT
    while high - low > 1:
        # up to UNIT own will is scaled down from where it stands to nothing; above it, the rest is scaled up to all
        middle = (low + high) // 2
        _scale(setting, state, owns, old, middle)
        low, high = (middle, high) if autonomy(One(setting, 0, 0, state)) <= goal else (low, middle)
    _scale(setting, state, owns, old, low)


def _scale(setting: Setting, state: list[int], owns: list[int], old: list[int], level: int) -> None:
    for faction, i, own in zip(FACTIONS, owns, old, strict=True):
        state[i] = own * level // UNIT if level <= UNIT else own + (WHOLE - own) * (level - UNIT) // UNIT
        names = [f"{faction}_{holder}" for holder in HOLDERS]
        _fit(state, setting.layout.index, names, [f"{faction}_own"])


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
