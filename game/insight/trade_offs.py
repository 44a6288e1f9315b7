"""What each option gains and costs in the end, by paired luck, and whether the lesson outlives its assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from typing import Any

import numpy as np

from game.insight.futures import orders_of, play_on
from game.insight.lookahead import legal_options
from game.insight.policies import many_orders, middle
from game.insight.trials import fresh
from game.insight.workers import Task, engine, handed, in_order, taken
from game.play.turn import setting_of, step
from game.scenario.model import Scenario
from game.world import luck
from game.world.columns import Many, no_orders
from game.world.variables import UNIT

SETS, RUNS = 8, 128
FEW = 12
"""Options are compared on at least so many states in which both are legal."""

State = tuple[int, int, Any]
"""Turn, run and the values of a world with the card on its desk."""


def gains(
    scenario: Scenario, seed: int, states: dict[int, list[State]], workers: Any = 1
) -> Iterator[tuple[int, str, str, tuple[float, float, float]]]:
    """(card, worse, better, by how much) for every pair of options of which one is at least as good for all three.

    Each option is chosen in the same states, with the same luck, and continued by `middle`; compared are the mean
    changes to the end: trust minus pressure for each capital, and legitimacy at home. The states of each turn are one
    task of the `workers`.
    """
    ends = _ends(scenario, seed, states, workers)
    for card in sorted(states):
        options = scenario.dilemmas[card].options
        for a, b in permutations(range(len(options)), 2):
            both = ~np.isnan(ends[card][a, :, 0]) & ~np.isnan(ends[card][b, :, 0])
            if both.sum() < FEW:
                continue
            by = (ends[card][b, both] - ends[card][a, both]).mean(axis=0)
            if (by >= 0).all() and by.any():
                yield card, options[a].id, options[b].id, (float(by[0]), float(by[1]), float(by[2]))


def _ends(scenario: Scenario, seed: int, states: dict[int, list[State]], workers: Any) -> dict[int, Any]:
    """How each option ends in each state of its card, in points: (options, states, 3), NaN where it was barred."""
    most = max(len(card.options) for card in scenario.dilemmas)
    ends = {card: np.full((most, len(kept), 3), np.nan) for card, kept in states.items()}
    turns = sorted({turn for kept in states.values() for turn, _, _ in kept})
    places = [[(card, k) for card, kept in states.items() for k in range(len(kept)) if kept[k][0] == t] for t in turns]
    submit, ahead = engine(workers)
    given, tasks = handed(scenario, workers), list[Task]()
    for turn, here in zip(turns, places, strict=True):
        values = np.stack([states[card][k][2] for card, k in here], axis=1)
        runs = np.array([states[card][k][1] for card, k in here], dtype=np.uint64)
        tasks.append((ends_from, given, seed, turn, runs, values))
    with closing(in_order(submit, tasks, ahead)) as results:
        for here, ended in zip(places, results, strict=True):
            for column, (card, k) in enumerate(here):
                ends[card][:, k] = ended[:, column]
    return ends


def ends_from(given: Any, seed: int, turn: int, runs: Any, values: Any) -> Any:
    """How each option ends in some states of one turn: (options, states, 3), NaN where it was barred."""
    scenario = taken(given)
    setting, n = setting_of(scenario), len(runs)
    legal = legal_options(Many(setting, seed, runs, values, no_orders(n), turn))
    most = len(legal)
    option = np.where(legal, np.arange(most)[:, None], legal.argmax(axis=0)).astype(np.int32)
    w = Many(setting, seed, np.tile(runs, most), np.tile(values, most), no_orders(most * n), turn)
    shots, _ = play_on(w, orders_of(w, option.ravel()), 10**6, [10**6])
    return np.where(legal[:, :, None], _three(setting, shots[10**6]).reshape(most, n, 3), np.nan)


def _three(setting: Any, values: Any) -> Any:
    """Trust minus pressure for either capital, and legitimacy, in points: (worlds, 3)."""
    index = setting.layout.index
    parts = [values[index[f"{c}_trust"]] - values[index[f"{c}_pressure"]] for c in ("washington", "tehran")]
    return np.stack([*parts, values[index["legitimacy"]]], axis=1) / UNIT


# ---- the lesson


def lesson_signs(scenario: Scenario, seed: int) -> list[tuple[str, float]]:
    """(setting, effect) of the lesson's driver, high against low, on paired luck.

    The settings are the numbers as written, `SETS` draws of every number within its range, and either side of each
    coin; the effect is the mean difference over all turns, in the effect's unit.
    """
    return read_signs([lesson_effect(scenario, seed, k) for k in range(SETS + 1)])


Signs = tuple[float, dict[tuple[str, int], float]]
"""The effect in one setting over all its runs, and over those of either side of each coin."""


def read_signs(effects: list[Signs]) -> list[tuple[str, float]]:
    """(setting, effect) from the effects in the settings, the numbers as written first."""
    found = [(f"parameter set {k}" if k else "as written", effect) for k, (effect, _) in enumerate(effects)]
    by_coin = dict.fromkeys(effects[0][1], 0.0)
    for _, coins in effects:
        for coin, effect in coins.items():
            by_coin[coin] += effect / len(effects)
    return found + [(f"{name} {'yes' if side else 'no'}", effect) for (name, side), effect in by_coin.items()]


def lesson_effect(given: Any, seed: int, k: int) -> Signs:
    """The effect under the numbers as written (k = 0) or under their k-th draw."""
    scenario = taken(given)
    parameters = drawn_numbers(scenario, seed, k) if k else {}
    low, high, coins = _courses(scenario, seed, parameters)
    moved, by_coin = high - low, {}
    for name, column in coins.items():
        for side in (0, 1):
            by_coin[name, side] = float(moved[column == side * UNIT].mean())
    return float(moved.mean()), by_coin


def drawn_numbers(scenario: Scenario, seed: int, k: int) -> dict[str, float]:
    """Every number of the rules drawn within its plausible range, for the k-th time."""
    drawn = {}
    for number in scenario.table.numbers.values():
        die = luck.draw(seed, k, 0, f"balance.{number.name}")
        drawn[number.name] = (number.low + die * (number.high - number.low) // luck.SIDES) / UNIT
    return drawn


def _courses(scenario: Scenario, seed: int, parameters: dict[str, float]) -> tuple[Any, Any, dict[str, Any]]:
    """The effect's mean over the turns of each run with the driver low and high, and the runs' coins.

    Low and high are a quarter and three quarters of the driver's range.
    """
    assert scenario.lesson is not None, "only a scenario with a lesson is asked"
    driver = scenario.lesson.driver
    scale = scenario.layout[driver] if driver in scenario.layout else scenario.table.numbers[driver]
    levels = [(scale.low + (scale.high - scale.low) * quarters // 4) / UNIT for quarters in (1, 3)]
    if driver in scenario.layout:
        low, high = (fresh(scenario, RUNS, seed, {driver: level}, parameters) for level in levels)
        values, runs = np.concatenate([low.values, high.values], axis=1), np.concatenate([low.runs, high.runs])
        both = [Many(low.setting, seed, runs, values, no_orders(len(runs)))]
    else:
        both = [fresh(scenario, RUNS, seed, None, {**parameters, driver: level}) for level in levels]
    coins = {name: both[0][name][:RUNS].copy() for name in scenario.hidden if scenario.layout[name].unit == "coin"}
    means = np.concatenate([_means(w, scenario.lesson.effect) for w in both])
    return means[:RUNS], means[RUNS:], coins


def _means(w: Many, name: str) -> Any:
    """The mean of a variable over the turns of each world under `middle`, in its unit; an ended world stays."""
    turns, place = w.scenario.turns, np.arange(len(w))
    total, held = np.zeros(len(w)), w[name] / UNIT
    for _ in range(turns):
        if len(w):
            w.orders = many_orders(w, middle(w))
            step(w)
            held[place] = w[name] / UNIT
            going = w["ending"] == 0
            w.keep(going)
            place = place[going]
        total += held
    return total / turns
