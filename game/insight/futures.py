"""Futures of a world as its player may know it: what cannot be seen is drawn afresh, by luck of their own.

What is seen exactly is kept; what is seen as a band or an estimate is drawn within it, so better intelligence narrows
the draw; secrets are drawn as at the start of a game, and the cards not yet dealt are shuffled again. The luck depends
on what can be seen and on nothing else, so two worlds that differ only in secrets or in their luck to come have the
same futures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from game.insight.estimative import interval
from game.insight.policies import many_orders
from game.insight.walk import Walk
from game.play.dealer import on_offer
from game.rules import PHASES
from game.scenario.conditions import all_hold
from game.world import luck
from game.world.columns import Many, no_orders
from game.world.state import WHOLE, Setting
from game.world.variables import FACTIONS, HOLDERS, POSTURES, UNIT, thousandths

THINNED_BY = 4
"""Ended futures leave where they are one in so many."""
DRAWS = 24
"""So often is a future drawn again that would be over already."""
SEED = luck.named("forecast")
"""The seed of every future; which futures they are is in their run numbers."""


def block(w: Any) -> Many:
    """One world or many as a block of its own: what is done to it changes nothing elsewhere."""
    if isinstance(w, Many):
        return Many(w.setting, w.seed, w.runs, w.values.copy(), w.orders, w.turn)
    column = np.array(w.values, dtype=np.int32)[:, None]
    return Many(w.setting, w.seed, np.array([w.run], dtype=np.uint64), column, no_orders(1), w.turn)


def _is_seen(setting: Setting, name: str) -> bool:
    """Is this slot known to the player? Places in the pack and what the factions intend are not."""
    return not name.startswith("place.") and name not in {f"posture.{faction}" for faction in FACTIONS}


def seen(w: Many) -> Any:
    """What can be seen of each world: int64 (things, worlds); a band or an estimate by its middle."""
    sight, rows = w["intelligence"], []
    for variable in w.setting.layout:
        if variable.unit == "slot":
            if _is_seen(w.setting, variable.name):
                rows.append(w[variable.name].astype(np.int64))
        elif not variable.is_secret:
            low, high = interval(w, variable, w[variable.name], sight)
            rows.append(low.astype(np.int64) + high)
    rows += [on_offer(w, i).astype(np.int64) for i in range(len(w.scenario.initiatives))]
    return np.array(rows)


def luck_of(w: Many) -> Any:
    """The first run number of each world's futures: uint64 (worlds,), a hash of what can be seen of it."""
    rows = seen(w).astype(np.uint64)
    mix: Callable[[Any], Any] = luck.mix  # its arithmetic is the same on columns of uint64
    keys = mix(np.arange(1, len(rows) + 1, dtype=np.uint64) * np.uint64(luck.named(w.scenario.id) | 1))
    return mix(mix(rows + keys[:, None]).sum(axis=0, dtype=np.uint64))


def spread(w: Any, futures: int) -> Many:
    """So many futures of each world, side by side: future k of world i is column i * futures + k."""
    worlds = block(w)
    first = luck_of(worlds)
    runs = (first[:, None] + np.arange(futures, dtype=np.uint64)).ravel()
    values = np.repeat(worlds.values, futures, axis=1)
    many = Many(worlds.setting, SEED, runs, values, no_orders(len(runs)), worlds.turn)
    _draw_again(many)
    return many


def _draw_again(w: Many) -> None:
    """Draw what is unseen until no future is over already: that the game goes on is known."""
    was, over = w.values.copy(), np.ones(len(w), dtype=bool)
    for time in range(DRAWS):
        some = Many(w.setting, w.seed, w.runs[over], was[:, over], w.orders, w.turn)
        _draw_unseen(some, f".{time}" if time else "")
        w.values[:, over] = some.values
        over[over] = _is_over(some)
        if not over.any():
            break


def _is_over(w: Many) -> Any:
    """Where an ending that can come at any time holds already."""
    over = np.zeros(len(w), dtype=bool)
    for ending in w.scenario.endings:
        if ending.at == "any":
            over |= all_hold(w, ending.when)
    return over


def _draw_unseen(w: Many, time: str) -> None:
    """Draw afresh, within what is known, everything that the player cannot see."""
    index, sight = w.setting.layout.index, w["intelligence"].copy()
    for variable in w.setting.layout.tabled():
        row = index[variable.name]
        if variable.name in w.scenario.hidden:
            w.values[row] = _hidden(w, variable.name, variable.unit)
        elif variable.is_secret:
            w.values[row] = variable.start
        elif variable.seen != "exact" and variable.name != "militia_autonomy":
            low, high = interval(w, variable, w.values[row], sight)
            w.values[row] = low + w.draw(f"forecast.{variable.name}{time}") // UNIT * (high - low) // UNIT
    for card in w.scenario.dilemmas:
        w.values[index[f"place.{card.id}"]] = w.draw(f"place.{card.id}")
    for faction in FACTIONS:
        _whole(w, faction)
        w.values[index[f"posture.{faction}"]] = 0
    w.settle()
    _take_stances(w)


def _hidden(w: Many, name: str, unit: str) -> Any:
    span, die = w.scenario.hidden[name], w.draw(f"hidden.{name}")
    low, high = thousandths(span.low), thousandths(span.high)
    return np.where(die >= 500_000, high, low) if unit == "coin" else low + die // UNIT * (high - low) // UNIT


def _whole(w: Many, faction: str) -> None:
    """The three shares of control, drawn one by one, make a whole again."""
    index = w.setting.layout.index
    rows = [index[f"{faction}_{holder}"] for holder in HOLDERS]
    shares = w.values[rows].astype(np.int64)
    shares = shares * WHOLE // np.maximum(shares.sum(axis=0), 1)
    shares[2] = WHOLE - shares[0] - shares[1]
    w.values[rows] = shares.astype(np.int32)


def _take_stances(w: Many) -> None:
    """What each faction intends follows from the ambition that was drawn for it."""
    assert set(FACTIONS) <= POSTURES.keys()
    for _, rules in PHASES:
        for rule in rules:
            if rule.cause.id == "militias.postures":
                rule(w)
    w.settle()


def orders_of(w: Many, option: Any, begin: dict[int, Any] | None = None) -> Any:
    """The orders by which every world takes this option (a number or a column) of the card on its desk."""
    return many_orders(w, (w["card"] // UNIT - 1, option, begin or {}))


def play_on(
    w: Many, orders: Any, turns: int, marks: Iterable[int] = (), wanted: Iterable[int] | None = None
) -> tuple[dict[int, Any], Any]:
    """Play these orders and then `middle`: the values after each marked turn, and how each future ended.

    The values are int32 (variables, futures), those of an ended future its last; only the `wanted` rows are filled, if
    they are named. An ending is a number from 1, or 0.
    """
    turns, marks = min(turns, w.scenario.turns - w.turn), set(marks)
    walk, place = Walk(w, turns), np.arange(len(w))
    over, ended = np.zeros(len(w), dtype=bool), np.zeros(len(w), dtype=np.int16)
    held, shots = np.empty_like(w.values), {}
    which = range(len(w.values)) if wanted is None else sorted(set(wanted))
    for turn in range(1, turns + 1):
        walk.turn(orders if turn == 1 else None)
        now = (w["ending"] > 0) & ~over
        if now.any():
            ended[place[now]] = w["ending"][now] // UNIT
            _hold(held, place, w, now, which)
            over |= now
        if turn in marks or turn == turns or over.all():
            _hold(held, place, w, ~over, which)
            shots[turn] = held.copy() if turn < turns and not over.all() else held
        if over.all():
            break
        if np.count_nonzero(over) * THINNED_BY >= len(over):
            place = place[~over]
            walk.keep(~over)
            over = np.zeros(len(w), dtype=bool)
    latest = shots[max(shots)]
    return {mark: shots.get(mark, latest) for mark in marks}, ended


def _hold(held: Any, place: Any, w: Many, some: Any, which: Iterable[int]) -> None:
    """Note the values of some worlds at their places."""
    whole = bool(some.all())
    if whole and len(place) == held.shape[1]:
        for i in which:
            held[i] = w.values[i]
        return
    at = np.flatnonzero(some)
    to = place[at]
    for i in which:
        held[i, to] = w.values[i].take(at)
