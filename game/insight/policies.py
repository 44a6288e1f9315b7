"""Players that are not people, by name.

A named policy is arithmetic over a world, like a rule, so it decides for one game and for a million alike; it draws by
names outside the game's own, and ties go by written order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.play.dealer import RUNNING_MOST, may_begin, price, running
from game.play.match import Match
from game.scenario.conditions import all_hold
from game.scenario.effects import VariableEffect
from game.scenario.model import Dilemma, Option
from game.world.problems import Problem, Problems, nearest
from game.world.variables import UNIT, thousandths

Choice = tuple[Any, Any, dict[int, Any]]
"""Card and option as whole numbers (or columns of them), and where each initiative is begun."""


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
    card, die, count = w["card"] // UNIT - 1, w.draw("policy.option"), 0
    may = [[w.where(all_hold(w, each.needs), 1, 0) for each in card.options] for card in w.scenario.dilemmas]
    for i, open_ in enumerate(may):
        count = w.where(card == i, sum(open_), count)
    place = die * count // 1_000_000
    option = place
    for i, dilemma in enumerate(w.scenario.dilemmas):
        if any(each.needs for each in dilemma.options):
            option = w.where(card == i, _nth(w, may[i], place), option)
    return card, option, _at_even_odds(w)


def _nth(w: Any, may: list[Any], place: Any) -> Any:
    """The option that stands at a place among those which are open."""
    chosen, seen = 0, 0
    for j, open_ in enumerate(may):
        chosen = w.where(w.both(open_ == 1, seen == place), j, chosen)
        seen = seen + open_
    return chosen


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
