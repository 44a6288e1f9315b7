"""The public `simulate`: very many games, decided by a named player or by a callable of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import lru_cache
from typing import Any

import attrs
import numpy as np

from game.insight.policies import POLICIES, many_orders, named, player
from game.play.batch import CHUNK, Batch, Progress, checked, played, run_batch
from game.play.dealer import may_begin
from game.play.match import Match
from game.scenario.conditions import all_hold
from game.scenario.model import Scenario
from game.world.columns import Many, no_orders
from game.world.problems import IllegalOrder
from game.world.variables import UNIT

Player = Callable[[Match], tuple[str, ...]]


@attrs.frozen
class Columns:
    """A callable that decides for columns: see `columns`."""

    decide: Callable[[Any], Any]


def columns(decide: Callable[[Any], Any]) -> Columns:
    """Mark a policy that takes read-only columns and returns an int array (runs,) of option numbers.

    It is called with a mapping from variable name to an int32 array (runs,) in thousandths; besides the variables,
    `view["card"] // 1000 - 1` is the number of the card on the desk. It may return (options, {initiative id: mask}).
    """
    return Columns(decide)


def simulate(
    scenario: Scenario,
    runs: int,
    seed: int,
    policy: str | Player | Columns = "middle",
    values: Mapping[str, float] | None = None,
    parameters: Mapping[str, float] | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
    workers: Any = 1,
) -> Batch:
    """Play so many games and keep their endings.

    `policy` is a name (see `player`), a callable that takes a Match and returns (option, *initiatives), played game by
    game, or one marked `@game.columns`. Memory grows with `chunk`, which changes nothing else; `progress` is told how
    many runs are finished, and of how many; an interrupt leaves the batch of what is finished, marked `interrupted`.
    So many `workers` play it as processes that are kept alive, or an engine does that has `submit`, such as an executor
    or a dask client: with the same result (a callable must be picklable). Raises Problems.

    >>> import game
    >>> batch = game.simulate(game.load("gaza-spillover"), runs=20, seed=1, policy="middle")
    >>> sum(batch.endings.values()), batch["dinar"].shape
    (20, (20, 13))
    """
    checked(runs, seed)
    given, changed = dict(values or {}), dict(parameters or {})
    batch = batch_of(scenario, runs, seed, policy, given, changed, chunk)
    if type(workers) is int and workers == 1:
        return run_batch(batch, progress)
    from game.insight.workers import found

    with closing(found(batch, workers, policy)) as elsewhere:
        return run_batch(batch, progress, elsewhere)


def batch_of(
    scenario: Scenario,
    runs: int,
    seed: int,
    policy: str | Player | Columns,
    given: Mapping[str, float],
    changed: Mapping[str, float],
    chunk: int,
) -> Batch:
    """A batch that has not been played yet."""
    traced = None
    if isinstance(policy, str):
        choose = player(policy)
        traced = choose if policy in POLICIES else None
        name, many, one = policy, lambda w: many_orders(w, choose(w)), lambda match: named(match, choose)
    elif isinstance(policy, Columns):
        seen = policy
        name, many, one = "columns", lambda w: _column_orders(w, seen), lambda match: _as_one_column(match, seen)
    else:
        name, many, one = getattr(policy, "__name__", "own"), None, policy

    def replay(run: int) -> Match:
        return played(scenario, seed, run, one, given, changed)

    if many is None:
        replay = lru_cache(maxsize=runs)(replay)
    return Batch(scenario, runs, seed, name, given, changed, many, replay, chunk, traced)


class _View(Mapping[str, Any]):
    def __init__(self, w: Any) -> None:
        self.w = w

    def __getitem__(self, name: str) -> Any:
        column = self.w[name].view()
        column.setflags(write=False)
        return column

    def __iter__(self) -> Any:
        return iter(self.w.setting.layout.index)

    def __len__(self) -> int:
        return len(self.w.setting.layout)


def _column_orders(w: Any, policy: Columns) -> Any:
    answer = policy.decide(_View(w))
    options, begun = answer if isinstance(answer, tuple) else (answer, {})
    options = np.asarray(options, dtype=np.int32)
    card = w["card"] // UNIT - 1
    for i, dilemma in enumerate(w.scenario.dilemmas):
        here = card == i
        wrong = here & ((options < 0) | (options >= len(dilemma.options)))
        for j, option in enumerate(dilemma.options):
            wrong = wrong | (here & (options == j) & ~np.asarray(all_hold(w, option.needs)))
        if wrong.any():
            run = int(w.runs[wrong][0])
            raise IllegalOrder(
                str(options[wrong][0]), w.turn, [o.id for o in dilemma.options], f"run {run} cannot choose it"
            )
    place = w.scenario.place
    masks = {place[name]: np.asarray(mask) & np.asarray(may_begin(w, place[name])) for name, mask in begun.items()}
    return many_orders(w, (card, options, masks))


def _as_one_column(match: Match, policy: Columns) -> tuple[str, ...]:
    block = np.array(match.state.held, dtype=np.int32)[:, None]
    w = Many(match.setting, match.seed, np.array([match.run], dtype=np.uint64), block, no_orders(1), match.turn)
    orders = _column_orders(w, policy)
    chosen = match.scenario.dilemmas[int(orders.card[0])].options[int(orders.option[0])].id
    return (chosen, *(match.scenario.initiatives[i].id for i, mask in orders.begin.items() if mask[0]))
