"""Two players that search and know no secret: `greedy` takes the best next turn, `lookahead` the best of whole futures.

Both decide for one game and for columns of games alike, from futures as `game.insight.futures` draws them, so what
they do depends only on what can be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from game.insight.policies import Choice
from game.play.dealer import RUNNING_MOST, may_begin, price, running
from game.scenario.conditions import AnyCondition, Condition, NoneCondition, VariableCondition, all_hold
from game.scenario.model import Ending, Scenario
from game.world.variables import UNIT, thousandths

FULL = 10 * UNIT
"""A margin counts up to so many points; one below nought counts STEEP times."""
STEEP = 4
GREEDY_FUTURES, LOOKAHEAD_FUTURES = 8, 12
MOST_OPTIONS = 5
LEAST = -(2**62)
"""The score of what may not be done."""
BLOCK = 32_768
"""About so many futures are played side by side."""
GOOD = 100 * UNIT
"""What a good ending is worth beside the value of the world in which it comes."""


# ---- the value of a world: a declared function of what can be seen


def margin(w: Any, condition: Condition) -> Any:
    """How far inside a condition the world stands, in thousandths of a hundredth of its range; below 0 outside."""
    if isinstance(condition, VariableCondition) and w.setting.layout[condition.variable].unit != "slot":
        return _of_variable(w, condition)
    if isinstance(condition, AnyCondition) and condition.any:
        return w.most(*(margin(w, part) for part in condition.any))
    if isinstance(condition, NoneCondition) and condition.none:
        return 0 - w.most(*(margin(w, part) for part in condition.none))
    return w.where(condition.holds(w), FULL, 0 - FULL)


def _of_variable(w: Any, condition: VariableCondition) -> Any:
    variable, value, parts = w.setting.layout[condition.variable], w[condition.variable], []
    if condition.at_least is not None:
        parts.append(value - thousandths(condition.at_least))
    if condition.at_most is not None:
        parts.append(thousandths(condition.at_most) - value)
    width = max(1, (variable.high - variable.low) // UNIT)
    return w.least(*parts) * 100 // width if parts else FULL


def worth(w: Any, ending: Ending) -> Any:
    """How well the world stands towards one ending: inside a good one, or clear of a bad one."""
    timeless = [c for c in ending.when if not _is_of_time(c)]
    margins = [margin(w, condition) for condition in timeless]
    if not margins:
        return 0
    if ending.good:
        return sum(steep(w, each) for each in margins) // len(margins)
    return steep(w, 0 - w.least(*margins))


def _is_of_time(condition: Condition) -> bool:
    parts = condition.any if isinstance(condition, AnyCondition) else (condition,)
    return any(isinstance(part, VariableCondition) and part.variable == "turn" for part in parts)


def steep(w: Any, points: Any) -> Any:
    """A margin as it counts: up to FULL, and steeply below nought."""
    return w.least(points, FULL) + (STEEP - 1) * w.least(points, 0)


def value(w: Any) -> Any:
    """The value of a world: the sum of how it stands towards every ending that has conditions."""
    return sum(worth(w, ending) for ending in w.scenario.endings)


def weighed(scenario: Scenario) -> list[int] | None:
    """The rows that `value` reads, or None where an ending asks for more than variables."""
    names = [pair for ending in scenario.endings for condition in ending.when for pair in condition.names()]
    if any(kind != "variable" for kind, _ in names):
        return None
    return [scenario.layout.index[name] for _, name in names]


# ---- searching


def greedy(w: Any) -> Choice:
    """The option after which the next turn's world has the highest value, on the mean of a few futures."""
    return _search(w, GREEDY_FUTURES, 1, agenda=False)


def lookahead(w: Any, futures: int = LOOKAHEAD_FUTURES) -> Choice:
    """The option, then the initiative, whose futures, continued by `middle`, end best."""
    return _search(w, futures, 10**6, agenda=True)


SEARCHERS: dict[str, Callable[[Any], Choice]] = {"greedy": greedy, "lookahead": lookahead}
"""The players that search, by name."""


def _search(w: Any, futures: int, turns: int, *, agenda: bool) -> Choice:
    import numpy as np

    from game.insight.futures import block

    worlds = block(w)
    each = max(1, BLOCK // (futures * MOST_OPTIONS))
    parts = [_part(worlds, slice(i, i + each), futures, turns, agenda) for i in range(0, len(worlds), each)]
    option = np.concatenate([part[0] for part in parts])
    begun = {i: _joined(parts, i) for i in sorted({i for part in parts for i in part[1]})}
    card = worlds["card"] // UNIT - 1
    if hasattr(w, "runs"):
        return card, option, begun
    return int(card[0]), int(option[0]), {i: bool(mask[0]) for i, mask in begun.items()}


def _joined(parts: list[tuple[Any, dict[int, Any]]], i: int) -> Any:
    """Where an initiative is begun, over all parts."""
    import numpy as np

    return np.concatenate([part[1].get(i, np.zeros(len(part[0]), dtype=bool)) for part in parts])


def _part(worlds: Any, which: slice, futures: int, turns: int, agenda: bool) -> tuple[Any, dict[int, Any]]:
    from game.insight.futures import spread
    from game.world.columns import Many

    w = Many(worlds.setting, worlds.seed, worlds.runs[which], worlds.values[:, which], worlds.orders, worlds.turn)
    score = partial(_score, spread(w, futures), futures, min(turns, w.scenario.turns - w.turn))
    option, best = _best_option(w, score)
    return option, _best_agenda(w, option, best, score) if agenda else {}


def _best_option(w: Any, score: Callable[..., Any]) -> tuple[Any, Any]:
    """The option whose futures score highest in each world, the first of equals, and its score."""
    import numpy as np

    legal = legal_options(w)
    option, who = np.nonzero(legal)
    scores = np.full(legal.shape, LEAST)
    scores[option, who] = score(who, option, np.full(len(who), -1))
    return scores.argmax(axis=0), scores.max(axis=0)


def legal_options(w: Any) -> Any:
    """Where each option number may be chosen: bool (options, worlds)."""
    import numpy as np

    legal = np.zeros((max(len(card.options) for card in w.scenario.dilemmas), len(w)), dtype=bool)
    card = w["card"] // UNIT - 1
    for i, dilemma in enumerate(w.scenario.dilemmas):
        here = card == i
        if here.any():
            for j, option in enumerate(dilemma.options):
                legal[j] |= here & all_hold(w, option.needs)
    return legal


def affordable(w: Any) -> Any:
    """Where each initiative may be begun at once: bool (initiatives, worlds)."""
    import numpy as np

    room = running(w) < RUNNING_MOST
    rows = [may_begin(w, i) & (w["capital"] >= price(it)) & room for i, it in enumerate(w.scenario.initiatives)]
    return np.array(rows).reshape(len(rows), len(w))


def _best_agenda(w: Any, option: Any, best: Any, score: Callable[..., Any]) -> dict[int, Any]:
    """With the option chosen: the one initiative, of those that can be begun, that does better than none."""
    import numpy as np

    may = affordable(w)
    initiative, who = np.nonzero(may)
    if not len(who):
        return {}
    scores = np.full(may.shape, LEAST)
    scores[initiative, who] = score(who, option[who], initiative)
    taken = np.where(scores.max(axis=0) > best, scores.argmax(axis=0), -1)
    return {int(i): taken == i for i in np.unique(taken[taken >= 0])}


def _score(present: Any, futures: int, turns: int, who: Any, option: Any, initiative: Any) -> Any:
    """How each candidate does, summed over its world's futures: int64 (candidates,).

    Candidate c is world `who[c]` with `option[c]` and, unless it is -1, the initiative begun.
    """
    import numpy as np

    from game.insight.futures import orders_of, play_on
    from game.world.columns import Many

    columns = (who[:, None] * futures + np.arange(futures)).ravel()
    w = Many(
        present.setting,
        present.seed,
        present.runs[columns],
        present.values.take(columns, axis=1),
        present.orders,
        present.turn,
    )
    begun = np.repeat(initiative, futures)
    begin = {int(i): begun == i for i in np.unique(initiative[initiative >= 0])}
    orders = orders_of(w, np.repeat(option, futures), begin)
    shots, ended = play_on(w, orders, turns, [turns], weighed(present.scenario))
    last = Many(present.setting, 0, present.runs, shots[turns], present.orders, present.turn)
    good = np.array([0, *(GOOD if ending.good else -GOOD for ending in present.scenario.endings)])
    scores = value(last).astype(np.int64) + good[ended]
    return scores.reshape(len(who), futures).sum(axis=1)
