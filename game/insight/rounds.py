"""All games that a scenario is judged by, shared out among workers; the same games, whoever plays which part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

from attrs import field, frozen

from game.insight.lookahead import SEARCHERS
from game.insight.trade_offs import SETS, Signs, lesson_effect, read_signs
from game.insight.trials import Trial, part_of, whole
from game.insight.workers import Task, engine, handed, in_order, shares
from game.scenario.model import Scenario

PART, SEARCHED = 5_000, 500
"""So many games are one task; of a player that searches, so many."""
KEEPER = "random"
"""The player whose states are kept."""


@frozen
class Rounds:
    """Every player's games and the lesson's effects by setting; after an interrupt, the games that were finished."""

    trials: dict[str, Trial]
    signs: list[tuple[str, float]] = field(factory=list)
    interrupted: bool = False


def rounds(
    scenario: Scenario,
    players: Sequence[str],
    games: int,
    seed: int,
    has_lesson: bool,
    told: Callable[[str], None],
    workers: Any,
) -> Rounds:
    """Play so many games with every player, and ask for the lesson in every setting; raises Problems."""
    submit, ahead = engine(workers)
    given = handed(scenario, workers)
    plan = list(_plan(players, games))
    tasks: list[Task] = [(part_of, given, name, first, last, seed, name == KEEPER) for name, first, last in plan]
    settings = range(SETS + 1 if has_lesson else 0)
    tasks += [(lesson_effect, given, seed, k) for k in settings]
    parts: dict[str, list[Trial]] = {name: [] for name in players}
    effects: list[Signs] = []
    try:
        with closing(in_order(submit, tasks, ahead)) as results:
            for name, first, last in plan:
                told(f"{name}: games {first + 1:,} to {last:,} of {games:,}")
                parts[name].append(next(results))
            for k in settings:
                told(f"the lesson: setting {k + 1} of {len(settings)}")
                effects.append(next(results))
    except KeyboardInterrupt:
        trials = {name: whole(scenario, each) for name, each in parts.items() if each}
        return Rounds(trials, interrupted=True)
    trials = {name: whole(scenario, each) for name, each in parts.items()}
    return Rounds(trials, read_signs(effects) if has_lesson else [])


def _plan(players: Sequence[str], games: int) -> Iterator[tuple[str, int, int]]:
    """Who plays which games, the longest tasks first, so that none is waited for alone in the end."""
    order = list(SEARCHERS)
    for name in sorted(players, key=lambda name: -order.index(name) if name in order else 1):
        for first, last in shares(games, SEARCHED if name in SEARCHERS else PART):
            yield name, first, last
