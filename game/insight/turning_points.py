"""How contingent a choice was: the same decisions under very many other lucks, and the three that turned the game.

One counterfactual alone misleads, so beside it stands the share of other lucks that end each way. Where a dilemma is
not dealt, or an option not legal, `middle` decides, in both branches alike, and is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from game.insight.policies import middle
from game.insight.ticking import Tick, part, silent
from game.play.dealer import RUNNING_MOST, may_begin, price, running
from game.play.match import Match
from game.world.problems import Problem, Problems
from game.world.variables import UNIT

LUCKS, SOME_LUCKS = 1_000, 256


@frozen
class Odds:
    """How many games in a hundred end each way, how many well, and on how many turns in a hundred `middle` decided."""

    endings: Mapping[str, float]
    good: float
    by_middle: float


@frozen
class Contingency:
    """The same game under other lucks, with either choice; `faced` is how many in a hundred met the dilemma."""

    lucks: int
    recorded: Odds
    changed: Odds
    faced: float


@frozen
class TurningPoint:
    """A decision and the option that changes the odds most: `change` is how many games in a hundred end otherwise."""

    turn: int
    dilemma: str
    taken: str
    instead: str
    change: float
    recorded: Odds
    changed: Odds


# ---- following a record, in one world or in many


class Record:
    """What a game decided, as a policy: its option where the dilemma is dealt and it is legal, else `middle`."""

    def __init__(self, match: Match) -> None:
        scenario, self.match = match.scenario, match
        self.wanted: dict[int, int] = {}
        for turn in match.turns:
            card = scenario.place[turn.dilemma]
            self.wanted[card] = [o.id for o in scenario.dilemmas[card].options].index(turn.orders.option)

    def option(self, w: Any) -> tuple[Any, Any]:
        """The option taken, and where it is not the recorded one."""
        from game.scenario.conditions import all_hold

        card, option, _ = middle(w)
        free = w.holds(card >= 0)
        for i, j in self.wanted.items():
            here = w.both(card == i, all_hold(w, w.scenario.dilemmas[i].options[j].needs))
            option, free = w.where(here, j, option), w.both(free, w.neither(here))
        return option, free

    def orders(self, w: Any, option: Any) -> Any:
        """The orders of a world of many: this option, and the initiatives, postures and injects of the turn."""
        import numpy as np

        from game.world.columns import ManyOrders
        from game.world.variables import POSTURES

        played = self.match.turns[w.turn].orders if w.turn < self.match.turn else None
        names = played.initiatives if played else ()
        begin, stop = _agenda(w, names)
        seats = {seat: POSTURES[seat].index(name) for seat, name in (played.postures if played else {}).items()}
        chosen = np.broadcast_to(np.asarray(option, dtype=np.int32), (len(w),))
        return ManyOrders(w["card"] // UNIT - 1, chosen, begin, stop, seats, played.injects if played else ())


def _agenda(w: Any, names: tuple[str, ...]) -> tuple[dict[int, Any], dict[int, Any]]:
    """Where each recorded initiative can be stopped or begun; what is stopped is paid for and makes room first."""
    from game.world.variables import thousandths

    left, room = w["capital"], RUNNING_MOST - running(w)
    begin: dict[int, Any] = {}
    stop: dict[int, Any] = {}
    for name in sorted(names, key=lambda name: not name.startswith("stop:")):
        i = w.scenario.place[name.removeprefix("stop:")]
        it = w.scenario.initiatives[i]
        stops = name.startswith("stop:")
        cost = thousandths(it.stop_price) if stops else price(it)
        may = w.both(w[f"running.{it.id}"] > 0) if stops else w.both(may_begin(w, i), room > 0)
        may = w.both(may, left >= cost)
        left, room = w.where(may, left - cost, left), room + w.where(may, 1 if stops else -1, 0)
        (stop if stops else begin)[i] = may
    return begin, stop


def _followed(
    w: Any, record: Record, choose: Callable[[Any, Any], Any], turns: int, tick: Tick = silent
) -> tuple[Any, Any, Any]:
    """Play to the end: how each world ended, the turns it lasted and those on which `middle` decided.

    `choose(w, option)` may change what the record says; `w.runs` must be the columns' numbers from 0.
    """
    import numpy as np

    from game.insight.walk import Walk

    walk = Walk(w, turns)
    n, place = len(w), np.arange(len(w))
    ended, lasted, middled = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for turn in range(turns):
        tick(turn / turns)
        option, free = record.option(w)
        orders = record.orders(w, choose(place, option))
        middled[place] += free
        lasted[place] += 1
        walk.turn(orders)
        over = w["ending"] > 0
        ended[place[over]] = w["ending"][over] // UNIT
        if over.any():
            walk.keep(~over)
            place = place[~over]
        if not len(place):
            break
    return ended, lasted, middled


def _odds(match: Match, ended: Any, lasted: Any, middled: Any) -> Odds:
    import numpy as np

    counts = np.bincount(ended, minlength=len(match.scenario.endings) + 1)[1:]
    pairs = list(zip(match.scenario.endings, counts, strict=True))
    named = {ending.id: 100 * int(count) / len(ended) for ending, count in pairs if count}
    good = 100 * sum(int(count) for ending, count in pairs if ending.good) / len(ended)
    return Odds(named, good, 100 * int(middled.sum()) / max(1, int(lasted.sum())))


# ---- the same decisions under other lucks


def contingency(match: Match, turn: int, option: str, lucks: int = LUCKS, tick: Tick = silent) -> Contingency:
    """How other lucks end, from the first turn on, with the decision of a past turn as it was and as changed.

    The other lucks are other runs of the same seed. Raises Problems for what cannot be asked.
    """
    import numpy as np

    card, instead = _asked(match, turn, option)
    changed = Record(match)
    changed.wanted[card] = instead
    recorded, faced = _other_lucks(match, Record(match), card, lucks, part(tick, 0, 0.5))
    other, _ = _other_lucks(match, changed, card, lucks, part(tick, 0.5, 1))
    return Contingency(lucks, recorded, other, 100 * int(np.sum(faced)) / lucks)


def _asked(match: Match, turn: int, option: str) -> tuple[int, int]:
    """The numbers of a past turn's card and of one of its options."""
    if not 1 <= turn <= match.turn:
        raise Problems([Problem("turn", f"this says {turn}", f"a turn from 1 to {match.turn}")])
    card = match.scenario.place[match.turns[turn - 1].dilemma]
    options = [each.id for each in match.scenario.dilemmas[card].options]
    if option not in options:
        raise Problems([Problem("option", f'this dilemma has no option "{option}"', ", ".join(options))])
    return card, options.index(option)


def _other_lucks(match: Match, record: Record, card: int, lucks: int, tick: Tick) -> tuple[Odds, Any]:
    """The odds of so many other runs under a record, and where its card was met."""
    import numpy as np

    from game.play.turn import begin, start_values
    from game.world.columns import Many, no_orders

    runs = np.arange(1, lucks + 1, dtype=np.uint64) + np.uint64(match.run)
    first = np.array(start_values(match.setting, match.given), dtype=np.int32)
    w = Many(match.setting, match.seed, runs, np.repeat(first[:, None], lucks, axis=1), no_orders(lucks))
    begin(w, match.given)
    met = np.zeros(lucks, dtype=bool)

    def choose(place: Any, option: Any) -> Any:
        met[place] |= w["card"] == (card + 1) * UNIT
        return option

    return _odds(match, *_followed(w, record, choose, match.scenario.turns, tick)), met


def turning_points(
    match: Match, lucks: int = SOME_LUCKS, most: int = 3, tick: Tick = silent
) -> tuple[TurningPoint, ...]:
    """The decisions that turned the game: those whose change moves the odds of endings most, the largest first.

    Each past decision is replaced by each other option that was legal, and the game is played on from there under the
    same other lucks; the secrets stay what they are.
    """
    found = []
    for turn in range(1, match.turn + 1):
        tick((turn - 1) / match.turn)
        if (point := _point(match, turn, lucks)) is not None:
            found.append(point)
    return tuple(sorted(found, key=lambda point: (-point.change, point.turn))[:most])


def _point(match: Match, turn: int, lucks: int) -> TurningPoint | None:
    """The alternative to a past decision that changes the odds most, or None if there was none."""
    import numpy as np

    from game.scenario.conditions import all_hold
    from game.world.columns import Many, no_orders
    from game.world.state import One

    played, record = match.turns[turn - 1], Record(match)
    card = match.scenario.find("dilemma", played.dilemma)
    then = One(match.setting, match.seed, match.run, list(played.before.held), turn - 1)
    legal = [j for j, option in enumerate(card.options) if all_hold(then, option.needs)]
    taken = record.wanted[match.scenario.place[card.id]]
    if len(legal) < 2:
        return None
    runs = np.tile(np.arange(1, lucks + 1, dtype=np.uint64) + np.uint64(match.run), len(legal))
    column = np.array(played.before.held, dtype=np.int32)[:, None]
    w = Many(match.setting, match.seed, runs, np.repeat(column, len(runs), axis=1), no_orders(len(runs)), turn - 1)
    first = np.repeat(np.array(legal, dtype=np.int32), lucks)

    def choose(place: Any, option: Any) -> Any:
        return first if w.turn == turn - 1 else option

    results = _followed(w, record, choose, match.scenario.turns - turn + 1)
    odds = {j: _odds(match, *(part[k * lucks : (k + 1) * lucks] for part in results)) for k, j in enumerate(legal)}
    others = [j for j in legal if j != taken]
    instead = max(others, key=lambda j: (distance(odds[taken], odds[j]), -j))
    names = [option.id for option in card.options]
    change = distance(odds[taken], odds[instead])
    return TurningPoint(turn, card.id, names[taken], names[instead], change, odds[taken], odds[instead])


def distance(one: Odds, other: Odds) -> float:
    """How many games in a hundred end otherwise: half the sum of the differences."""
    names = {**one.endings, **other.endings}
    return sum(abs(one.endings.get(name, 0.0) - other.endings.get(name, 0.0)) for name in names) / 2
