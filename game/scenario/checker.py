"""Is a scenario playable, possible and sourced? Every check is a row of CHECKS; all problems come in one run.

A check is a small function that notes problems on the files of a draft; its name says what it holds against the
scenario. Files that are no TOML at all are reported alone: what the others say could not be judged without them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game.scenario import (
    checks_cards,
    checks_form,
    checks_situation,
    checks_sources,
    checks_words,
    checks_world,
    library,
)
from game.scenario.checks_draft import Draft
from game.scenario.model import Scenario
from game.world.problems import Problem, Problems

Check = Callable[[Draft], None]
CHECKS: tuple[Check, ...] = (
    *checks_form.CHECKS,
    *checks_words.CHECKS,
    *checks_cards.CHECKS,
    *checks_situation.CHECKS,
    *checks_sources.CHECKS,
    *checks_world.CHECKS,
)


def check(path: Path) -> tuple[Scenario, list[Problem]]:
    """A scenario and everything that is wrong with it, in the order of its files."""
    scenario, source = library.gather(path)
    if all(file.raw for file in source.all()):
        draft = Draft(scenario, source)
        for one in CHECKS:
            one(draft)
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
