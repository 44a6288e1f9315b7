"""What named players did in very many games: endings, cards met, options offered and taken, any game as a Match."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import define, field

from game.insight.lookahead import legal_options
from game.insight.policies import many_orders, player
from game.insight.walk import Walk
from game.play.match import Match, start
from game.play.turn import begin, setting_of, start_values
from game.scenario.model import Scenario
from game.world.columns import Many, no_orders
from game.world.variables import UNIT

PER_CARD = 400


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


def trial(scenario: Scenario, name: str, games: int, seed: int, *, keep_states: bool = False) -> Trial:
    """Play so many games with a named player and note what it was offered and what it took."""
    w = fresh(scenario, games, seed)
    shape, most = (scenario.turns, games), max(len(card.options) for card in scenario.dilemmas)
    counts = [np.zeros((len(scenario.dilemmas), most), dtype=np.int64) for _ in range(2)]
    none = [np.full(shape, -1, dtype=np.int16) for _ in range(2)]
    ends = [np.zeros(games, dtype=np.int64) for _ in range(2)]
    found = Trial(scenario, name, seed, none[0], none[1], ends[0], ends[1], counts[0], counts[1], [])
    decide, walk = player(name), Walk(w, scenario.turns)
    while len(w) and w.turn < scenario.turns:
        card, option, begun = decide(w)
        _note(found, w, card, np.broadcast_to(option, (len(w),)), begun, keep_states)
        walk.turn(many_orders(w, (card, option, begun)))
        over, runs = w["ending"] > 0, w.runs.astype(np.int64)
        found.lasted[runs] = w.turn
        found.ended[runs[over]] = w["ending"][over] // UNIT
        if over.any():
            walk.keep(~over)
    return found


def fresh(scenario: Scenario, games: int, seed: int, given: Any = None, parameters: Any = None) -> Many:
    """So many games at their start."""
    setting, given = setting_of(scenario, parameters), given or {}
    first = np.array(start_values(setting, given), dtype=np.int32)
    runs = np.arange(games, dtype=np.uint64)
    w = Many(setting, seed, runs, np.repeat(first[:, None], games, axis=1), no_orders(games))
    begin(w, given)
    return w


def _note(found: Trial, w: Many, card: Any, option: Any, begun: dict[int, Any], keep_states: bool) -> None:
    runs, legal = w.runs.astype(np.int64), legal_options(w)
    found.card[w.turn, runs], found.option[w.turn, runs] = card, option
    np.add.at(found.taken, (card, option), 1)
    for j, row in enumerate(legal):
        found.offered[:, j] += np.bincount(card[row], minlength=len(found.offered))
    masks = {}
    for i, mask in begun.items():
        masks[i] = np.zeros(found.games, dtype=bool)
        masks[i][runs] = mask
    found.begun.append(masks)
    if keep_states:
        for i in np.unique(card):
            kept = found.states.setdefault(int(i), [])
            room = PER_CARD - len(kept)
            kept += [(w.turn, int(runs[k]), w.values[:, k].copy()) for k in np.flatnonzero(card == i)[:room]]
