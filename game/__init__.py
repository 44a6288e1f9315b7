"""*Between Two Rivers*: a text strategy game of Baghdad, Washington and Tehran. The public names, and nothing else.

>>> import game
>>> scenario = game.load("gaza-spillover")
>>> match = game.start(scenario, seed=7)
>>> quiet = next(option.id for option in match.dilemma.options if option.barred is None)
>>> match = match.play(quiet)
>>> match.turn
1
>>> match.undo().turn
0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.insight.simulation import columns as columns
    from game.insight.simulation import simulate as simulate
    from game.play.batch import Batch as Batch
    from game.play.endings import Outcome as Outcome
    from game.play.match import Match as Match
    from game.play.match import start as start
    from game.play.saves import loads as loads
    from game.scenario.checker import load as load
    from game.world.ledger import Line as Line
    from game.world.problems import Diverged as Diverged
    from game.world.problems import IllegalOrder as IllegalOrder
    from game.world.problems import Problem as Problem
    from game.world.problems import Problems as Problems

__version__ = "0.1.0"

_HOMES = {
    "Batch": "game.play.batch",
    "Diverged": "game.world.problems",
    "IllegalOrder": "game.world.problems",
    "Line": "game.world.ledger",
    "Match": "game.play.match",
    "Outcome": "game.play.endings",
    "Problem": "game.world.problems",
    "Problems": "game.world.problems",
    "columns": "game.insight.simulation",
    "load": "game.scenario.checker",
    "loads": "game.play.saves",
    "simulate": "game.insight.simulation",
    "start": "game.play.match",
}

__all__ = [*sorted(_HOMES), "__version__"]


def __getattr__(name: str) -> Any:
    """Resolve a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'game' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
