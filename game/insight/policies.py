"""Players that are not people, by name, and the public `simulate`.

A named policy is arithmetic over a world, like a rule, so it decides for one game and for a million alike; it draws by
names outside the game's own, and ties go by written order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import attrs

from game.play.batch import CHUNK, Batch, Progress, checked, played, run_batch
from game.play.dealer import RUNNING_MOST, may_begin, price, running
from game.play.match import Match
from game.scenario.conditions import all_hold
from game.scenario.effects import VariableEffect
from game.scenario.model import Dilemma, Option, Scenario
from game.world.problems import Problem, Problems, nearest
from game.world.variables import UNIT, thousandths

Choice = tuple[Any, Any, dict[int, Any]]
"""Card and option as whole numbers (or columns of them), and where each initiative is begun."""
Player = Callable[[Match], tuple[str, ...]]


def leaning(option: Option, capital: str) -> int:
    """What an option declares for a capital, in thousandths: the change of its trust minus that of its pressure.

    What an order brings when it is obeyed counts; what follows refusal does not.
    """
    effects = (*option.effects, *(option.order.obeyed if option.order else ()))
    signs = {f"{capital}_trust": 1, f"{capital}_pressure": -1}
    moved = [effect for effect in effects if isinstance(effect, VariableEffect)]
    return sum(signs.get(effect.variable, 0) * thousandths(effect.by) for effect in moved)


def _pick(w: Any, score: Callable[[Dilemma], list[int]]) -> Choice:
    """On every card the first unbarred option with the highest score."""
    card, option = w["card"] // UNIT - 1, 0
    for i, dilemma in enumerate(w.scenario.dilemmas):
        best, chosen = -(10**9), 0
        for j, (each, value) in enumerate(zip(dilemma.options, score(dilemma), strict=True)):
            better = w.both(all_hold(w, each.needs), value > best)
            best, chosen = w.where(better, value, best), w.where(better, j, chosen)
        option = w.where(card == i, chosen, option)
    return card, option, {}


def idle(w: Any) -> Choice:
    """The one option that each dilemma marks quiet; no initiatives."""
    return _pick(w, lambda card: [int(option.quiet) for option in card.options])


def washington_first(w: Any) -> Choice:
    """The largest declared effect on Washington's trust minus its pressure."""
    return _pick(w, lambda card: [leaning(option, "washington") for option in card.options])


def tehran_first(w: Any) -> Choice:
    """The largest declared effect on Tehran's trust minus its pressure."""
    return _pick(w, lambda card: [leaning(option, "tehran") for option in card.options])


def _middling(option: Option) -> int:
    return -abs(leaning(option, "washington") - leaning(option, "tehran"))


def middle(w: Any) -> Choice:
    """The smallest difference of what it declares for the two capitals."""
    return _pick(w, lambda card: [_middling(option) for option in card.options])


def history(w: Any) -> Choice:
    """The option marked as the documented choice of the time, else the middle."""
    return _pick(w, lambda card: [10**8 if option.history else _middling(option) for option in card.options])


def random(w: Any) -> Choice:
    """Uniform over unbarred options; each affordable initiative at even odds, up to two running."""
    card, option = w["card"] // UNIT - 1, 0
    die = w.draw("policy.option")
    for i, dilemma in enumerate(w.scenario.dilemmas):
        may = [w.where(all_hold(w, each.needs), 1, 0) for each in dilemma.options]
        place, chosen, seen = die * sum(may) // 1_000_000, 0, 0
        for j, open_ in enumerate(may):
            chosen = w.where(w.both(open_ == 1, seen == place), j, chosen)
            seen = seen + open_
        option = w.where(card == i, chosen, option)
    return card, option, _at_even_odds(w)


def _at_even_odds(w: Any) -> dict[int, Any]:
    left, room, taken = w["capital"], RUNNING_MOST - running(w), {}
    for i, initiative in enumerate(w.scenario.initiatives):
        may = w.both(may_begin(w, i), left >= price(initiative), room > 0)
        taken[i] = w.both(may, w.chance(f"policy.initiative.{initiative.id}", 50 * UNIT))
        left, room = w.where(taken[i], left - price(initiative), left), w.where(taken[i], room - 1, room)
    return taken


POLICIES: dict[str, Callable[[Any], Choice]] = {
    "idle": idle,
    "random": random,
    "washington-first": washington_first,
    "tehran-first": tehran_first,
    "middle": middle,
    "history": history,
}
"""The named players."""


def player(name: str) -> Callable[[Any], Choice]:
    """The named player: one of POLICIES, or one that searches (`greedy`, `lookahead`); raises Problems."""
    from game.insight.lookahead import SEARCHERS

    known = {**POLICIES, **SEARCHERS}
    if name not in known:
        raise Problems([Problem("policy", f'no player is called "{name}"', ", ".join(known), nearest(name, known))])
    return known[name]


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
    from contextlib import closing

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


def named(match: Match, decide: Callable[[Any], Choice]) -> tuple[str, ...]:
    """What a named policy decides in one game: (option id, *initiative ids)."""
    card, option, begun = decide(match.world)
    chosen = match.scenario.dilemmas[card].options[option].id
    return (chosen, *(match.scenario.initiatives[i].id for i, taken in begun.items() if taken))


def many_orders(w: Any, choice: Choice) -> Any:
    """The same decision as orders of a world of many."""
    import numpy as np

    from game.world.columns import ManyOrders

    card, option, begun = choice
    return ManyOrders(card, np.broadcast_to(np.asarray(option, dtype=np.int32), card.shape), begun)


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
    import numpy as np

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
            from game.world.problems import IllegalOrder

            run = int(w.runs[wrong][0])
            raise IllegalOrder(
                str(options[wrong][0]), w.turn, [o.id for o in dilemma.options], f"run {run} cannot choose it"
            )
    place = w.scenario.place
    masks = {place[name]: np.asarray(mask) & np.asarray(may_begin(w, place[name])) for name, mask in begun.items()}
    return many_orders(w, (card, options, masks))


def _as_one_column(match: Match, policy: Columns) -> tuple[str, ...]:
    import numpy as np

    from game.world.columns import Many, no_orders

    block = np.array(match.state.held, dtype=np.int32)[:, None]
    w = Many(match.setting, match.seed, np.array([match.run], dtype=np.uint64), block, no_orders(1), match.turn)
    orders = _column_orders(w, policy)
    chosen = match.scenario.dilemmas[int(orders.card[0])].options[int(orders.option[0])].id
    return (chosen, *(match.scenario.initiatives[i].id for i, mask in orders.begin.items() if mask[0]))
