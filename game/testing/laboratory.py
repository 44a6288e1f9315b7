"""A laboratory: a scenario whose cards do nothing, so that what moves is moved by the rules alone.

Take any scenario, keep its world, its numbers and its secrets, and strip every option, event, ask and promise of its
effects. Then move a driver, pair the luck and see what follows.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from game.insight.simulation import simulate
from game.scenario.effects import Effect
from game.scenario.model import Dilemma, Opening, Option, Order, Scenario
from game.world.variables import thousandths


def laboratory(
    scenario: Scenario,
    *,
    turns: int = 12,
    hours: int = 168,
    order: Order | None = None,
    effects: tuple[Effect, ...] = (),
) -> Scenario:
    """The world of a scenario with blank cards, each with one quiet option that may give one order or have effects.

    >>> import game
    >>> len(laboratory(game.load("gaza-spillover"), turns=3).dilemmas)
    3
    """
    quiet = Option("go-on", "Go on.", effects=effects, order=order, quiet=True)
    cards = tuple(
        Dilemma(f"blank-{i}", "Blank", "now-or-later", "open", (Opening("Nothing asks for you."),), (quiet,))
        for i in range(turns)
    )
    return attrs.evolve(
        scenario,
        id="laboratory",
        hours=(hours,) * turns,
        dilemmas=cards,
        initiatives=(),
        events=tuple(attrs.evolve(event, turn=None, effects=(), when=()) for event in scenario.events),
        asks=tuple(attrs.evolve(ask, met=(), failed=(), refused=()) for ask in scenario.asks),
        promises=(),
        endings=tuple(attrs.evolve(ending, when=(), at="end") for ending in scenario.endings[-1:]),
    )


def with_numbers(scenario: Scenario, numbers: Mapping[str, float]) -> Scenario:
    """The scenario with numbers of its rules set to anything, also outside their plausible ranges."""
    table = dict(scenario.table.numbers)
    for name, value in numbers.items():
        table[name] = attrs.evolve(table[name], value=thousandths(value))
    return attrs.evolve(scenario, table=attrs.evolve(scenario.table, numbers=table))


def effect_of(
    scenario: Scenario,
    driver: Mapping[str, tuple[float, float]],
    effect: str,
    *,
    turns: int,
    runs: int = 200,
    seed: int = 1,
    given: Mapping[str, float] | None = None,
) -> float:
    """How much higher a variable stands after so many turns, on the mean of paired runs, when drivers stand high.

    A driver is a variable at the start or a number of the rules; `given` holds for both sides.
    """
    means = []
    for side in (0, 1):
        moved = {name: span[side] for name, span in driver.items()}
        held = {**(given or {}), **moved}
        values = {name: value for name, value in held.items() if name in scenario.layout}
        numbers = {name: value for name, value in held.items() if name not in scenario.layout}
        batch = simulate(with_numbers(scenario, numbers), runs, seed, "idle", values=values)
        means.append(float(batch[effect][:, turns].mean()))
    return means[1] - means[0]
