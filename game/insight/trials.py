"""What named players did in very many games: endings, cards met, options offered and taken, any game as a Match.

A trial may be played in parts, by this process or by others; whole, it is the same however it was parted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import define, evolve, field

from game.insight.lookahead import legal_options
from game.insight.policies import many_orders, player
from game.insight.walk import Walk
from game.insight.workers import taken
from game.play.match import Match, start
from game.play.turn import begin, setting_of, start_values
from game.scenario.model import Scenario
from game.world.columns import Many, no_orders
from game.world.variables import UNIT

PER_CARD = 400
"""So many states of each card are kept; with fewer, trade-offs are noise."""


@define(eq=False)
class Trial:
    """Many games of one player: arrays by turn and run, -1 where a game was over; `ended` counts endings from 1."""

    scenario: Scenario = field(repr=False)
    player: str
    seed: int
    card: Any
    option: Any
    ended: Any
    lasted: Any
    offered: Any
    taken: Any
    begun: list[dict[int, Any]] = field(repr=False)
    states: dict[int, list[tuple[int, int, Any]]] = field(factory=dict, repr=False)

    @property
    def games(self) -> int:
        """How many games were played."""
        return len(self.ended)

    @property
    def endings(self) -> dict[str, float]:
        """How many games in a hundred came to each ending of the scenario, those that never came included."""
        counts = np.bincount(self.ended, minlength=len(self.scenario.endings) + 1)[1:]
        return {e.id: 100 * int(n) / self.games for e, n in zip(self.scenario.endings, counts, strict=True)}

    @property
    def good(self) -> float:
        """How many games in a hundred ended well."""
        return 100 * int(self.is_good.sum()) / self.games

    @property
    def is_good(self) -> Any:
        """Which games ended well: bool (runs,)."""
        return np.array([False, *(ending.good for ending in self.scenario.endings)])[self.ended]

    def shortest(self, which: Any) -> Match | None:
        """The shortest game of those marked, as a Match played again, or None if none is."""
        runs = np.flatnonzero(which)
        return self.match(int(runs[self.lasted[runs].argmin()])) if len(runs) else None

    def earliest(self, where: Any) -> Match | None:
        """The game that is first at a marked turn, up to and with it: bool (turns, runs); None if none is marked."""
        turns, runs = np.nonzero(where)
        return self.match(int(runs[0]), int(turns[0]) + 1) if len(turns) else None

    def match(self, run: int, turns: int | None = None) -> Match:
        """One of the games as a Match, whole or as far as so many turns."""
        match = start(self.scenario, self.seed, run)
        for turn in range(int(self.lasted[run]) if turns is None else turns):
            card = self.scenario.dilemmas[int(self.card[turn, run])]
            names = [self.scenario.initiatives[i].id for i, mask in self.begun[turn].items() if mask[run]]
            match = match.play(card.options[int(self.option[turn, run])].id, *names)
        return match


def trial(scenario: Scenario, name: str, games: int, seed: int, *, keep_states: bool = False, first: int = 0) -> Trial:
    """Play so many games, from the `first` on, with a named player and note what it was offered and what it took."""
    w = fresh(scenario, games, seed, first=first)
    shape, most = (scenario.turns, games), max(len(card.options) for card in scenario.dilemmas)
    counts = [np.zeros((len(scenario.dilemmas), most), dtype=np.int64) for _ in range(2)]
    none = [np.full(shape, -1, dtype=np.int16) for _ in range(2)]
    ends = [np.zeros(games, dtype=np.int64) for _ in range(2)]
    found = Trial(scenario, name, seed, none[0], none[1], ends[0], ends[1], counts[0], counts[1], [])
    decide, walk, place = player(name), Walk(w, scenario.turns), np.arange(games)
    while len(w) and w.turn < scenario.turns:
        card, option, begun = decide(w)
        _note(found, w, place, card, np.broadcast_to(option, (len(w),)), begun, keep_states)
        walk.turn(many_orders(w, (card, option, begun)))
        over = w["ending"] > 0
        found.lasted[place] = w.turn
        found.ended[place[over]] = w["ending"][over] // UNIT
        if over.any():
            walk.keep(~over)
            place = place[~over]
    return found


def part_of(given: Any, name: str, first: int, last: int, seed: int, keep_states: bool) -> Trial:
    """Some games of a trial, without the scenario, which whoever asked for them has."""
    found = trial(taken(given), name, last - first, seed, keep_states=keep_states, first=first)
    nothing: Any = None
    return evolve(found, scenario=nothing)


def whole(scenario: Scenario, parts: Sequence[Trial]) -> Trial:
    """The trial of which these are the parts, in the order of their games."""
    one, begun = parts[0], []
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts], axis=-1)
        for name in ("card", "option", "ended", "lasted")
    }
    for turn in range(max(len(part.begun) for part in parts)):
        masks = [part.begun[turn] if turn < len(part.begun) else {} for part in parts]
        named = sorted({i for each in masks for i in each})
        nowhere = [np.zeros(part.games, dtype=bool) for part in parts]
        begun.append(
            {i: np.concatenate([each.get(i, no) for each, no in zip(masks, nowhere, strict=True)]) for i in named}
        )
    states: dict[int, list[tuple[int, int, Any]]] = {}
    for card in sorted({card for part in parts for card in part.states}):
        kept = [state for part in parts for state in part.states.get(card, ())]
        states[card] = sorted(kept, key=lambda state: state[:2])[:PER_CARD]
    sums: dict[str, Any] = {name: sum(getattr(part, name) for part in parts) for name in ("offered", "taken")}
    return evolve(one, scenario=scenario, begun=begun, states=states, **joined, **sums)


def fresh(scenario: Scenario, games: int, seed: int, given: Any = None, parameters: Any = None, first: int = 0) -> Many:
    """So many games at their start, from the `first` on."""
    setting, given = setting_of(scenario, parameters), given or {}
    start_ = np.array(start_values(setting, given), dtype=np.int32)
    runs = np.arange(first, first + games, dtype=np.uint64)
    w = Many(setting, seed, runs, np.repeat(start_[:, None], games, axis=1), no_orders(games))
    begin(w, given)
    return w


def _note(found: Trial, w: Many, place: Any, card: Any, option: Any, begun: dict[int, Any], keep_states: bool) -> None:
    legal = legal_options(w)
    found.card[w.turn, place], found.option[w.turn, place] = card, option
    np.add.at(found.taken, (card, option), 1)
    for j, row in enumerate(legal):
        found.offered[:, j] += np.bincount(card[row], minlength=len(found.offered))
    masks = {}
    for i, mask in begun.items():
        masks[i] = np.zeros(found.games, dtype=bool)
        masks[i][place] = mask
    found.begun.append(masks)
    if keep_states:
        for i in np.unique(card):
            kept = found.states.setdefault(int(i), [])
            room = PER_CARD - len(kept)
            kept += [(w.turn, int(w.runs[k]), w.values[:, k].copy()) for k in np.flatnonzero(card == i)[:room]]
