"""Is a scenario playable, possible and sourced? Every check is a row of CHECKS; all problems come in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from game.scenario import library
from game.scenario.library import Source
from game.scenario.model import Scenario
from game.world.problems import Problem, Problems

Check = Callable[[Scenario, Source], Iterator[None]]
CHECKS: tuple[Check, ...] = ()


def check(path: Path) -> tuple[Scenario, list[Problem]]:
    """A scenario and everything that is wrong with it, in the order of its files."""
    scenario, source = library.gather(path)
    for one in CHECKS:
        for _ in one(scenario, source):
            pass
    return scenario, source.problems()


def load(name: str | Path) -> Scenario:
    """A scenario by its bundled id or a path; raises Problems, all of them at once.

    >>> load("gaza-spillover").turns
    12
    """
    scenario, problems = check(library.find(name))
    if problems:
        raise Problems(problems)
    return scenario
