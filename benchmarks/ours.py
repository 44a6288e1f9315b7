"""The game's own speeds: a batch, a played turn, the forecast, memory, import, and a turn as the cards grow."""

from __future__ import annotations

import time
from typing import Any

import attrs
import numpy as np

import game
from benchmarks.clock import best, child, peak
from game.insight import futures
from game.insight.forecast import FUTURES, forecast
from game.insight.policies import POLICIES, middle, named
from game.play.compiling import PLAIN_TURNS, is_known, shelf_of
from game.scenario.model import Scenario
from game.world.columns import Many

NAME = "gaza-spillover"


def batch(scenario: Scenario, runs: int = 262_144, policy: str = "random") -> float:
    """Seconds a game-turn of a large batch on one core, compiling aside."""
    game.simulate(scenario, 16_384, 1, policy)
    return best(lambda: game.simulate(scenario, runs, 1, policy).game_turns, 4)


def turns(scenario: Scenario, games: int = 40) -> tuple[float, float]:
    """Seconds of a played turn: `play` alone, and with the dilemma and the initiatives shown before it."""
    match = game.start(scenario, seed=1)
    first = next(option.id for option in match.dilemma.options if option.barred is None) if match.dilemma else ""
    while shelf_of(match.setting).plays <= PLAIN_TURNS + 1:
        match.play(first)
    alone, shown = [], []
    for seed in range(games):
        match = game.start(scenario, seed=seed)
        while match.outcome is None:
            orders = named(match, POLICIES["random"])
            began = time.process_time()
            match = match.play(*orders)
            played = time.process_time()
            _ = (match.dilemma, match.initiatives)
            alone.append(played - began)
            shown.append(time.process_time() - began)
    return sorted(alone)[len(alone) // 4], sorted(shown)[len(shown) // 4]


def forecasts(scenario: Scenario, tries: int = 9) -> tuple[float, float]:
    """Seconds of the forecast of all options to the game's end, and of as many game-turns played by `simulate`.

    Both on one core, compiled and warm, in turns.
    """
    desk = game.start(scenario, seed=7)
    options = [option for option in desk.dilemma.options if option.barred is None] if desk.dilemma else []
    runs = FUTURES * len(options)
    while not is_known(desk.setting, middle, True):
        futures.play_on(*opening(desk, len(options)), scenario.turns)
    forecast(desk, whole=True)
    batch_turns = game.simulate(scenario, runs, 1, "middle").game_turns
    game.simulate(scenario, 16_384, 1, "middle")
    own, other = [], []
    for _ in range(tries):
        match = attrs.evolve(desk)
        began = time.process_time()
        forecast(match, whole=True)
        between = time.process_time()
        game.simulate(scenario, runs, 1, "middle")
        own.append(between - began)
        other.append(time.process_time() - between)
    return min(own), min(other) * turns_of_futures(desk, len(options)) / batch_turns


def opening(match: game.Match, options: int) -> tuple[Many, Any]:
    """The futures of every option side by side, and the orders that take them."""
    present = futures.spread(match.world, FUTURES)
    tiled = np.tile(present.runs, options), np.tile(present.values, options)
    w = Many(present.setting, present.seed, *tiled, present.orders, match.turn)
    return w, futures.orders_of(w, np.repeat(np.arange(options, dtype=np.int32), FUTURES))


def turns_of_futures(match: game.Match, options: int) -> int:
    """How many game-turns the futures of a whole forecast last."""
    left = match.scenario.turns - match.turn
    ended = [futures.play_on(*opening(match, options), turns)[1] for turns in range(1, left)]
    return options * FUTURES + sum(int((each == 0).sum()) for each in ended)


def tenfold(scenario: Scenario) -> Scenario:
    """The same scenario with ten times as many cards: each stands in it ten times under different ids."""
    copies = [attrs.evolve(card, id=f"{card.id}-{k}") for k in range(1, 10) for card in scenario.dilemmas]
    return attrs.evolve(scenario, dilemmas=(*scenario.dilemmas, *copies))


def memory(runs: int) -> float:
    """The most memory of a process that simulates so many runs, in MiB."""
    return peak(f"import game; game.simulate(game.load({NAME!r}), {runs}, 1, 'random')")


def imports() -> tuple[float, float]:
    """Seconds of `import game` and of `import numpy`, each in a fresh Python, less an empty one."""
    empty = child("pass")
    return child("import game") - empty, child("import numpy") - empty


def compiling(scenario: Scenario) -> tuple[float, float]:
    """Seconds to compile the step of one game and the steps of a batch, in this process."""
    from game.play.compiling import compile_now, opening_of, program_of
    from game.play.turn import setting_of

    fresh = attrs.evolve(scenario)
    setting = setting_of(fresh)
    began = time.process_time()
    compile_now(setting)
    one = time.process_time()
    opening_of(setting, {}, program_of(setting, POLICIES["random"], False))
    return one - began, time.process_time() - one
