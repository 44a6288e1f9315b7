"""The game's own speeds: a batch, a played turn, memory, import, and a turn as the cards grow."""

from __future__ import annotations

import time

import attrs

import game
from benchmarks.clock import best, child, peak
from game.insight.policies import POLICIES, named
from game.play.compiling import PLAIN_TURNS, shelf_of
from game.scenario.model import Scenario

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
