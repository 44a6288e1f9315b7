"""Odds before a choice: what the cabinet expects of each option, from futures that know no secret.

Every option is played in the same futures, by the same luck, and goes on with the policy `middle`. In play a forecast
tells direction, size and how sure; the odds of endings are for study and for the debrief.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from attrs import field, frozen

from game.insight.estimative import estimative
from game.play.match import Match
from game.world.problems import Problem, Problems
from game.world.variables import UNIT

FUTURES, AHEAD = 512, 2
STEADY = 50
"""A change of less than so many thousandths is none."""


@frozen
class Expected:
    """What an option is expected to do to a variable, in its unit.

    `now` is the present as far as it can be seen and `change` the mean change from it; one future in ten ends below
    `low` and one in ten above `high`; `up` and `down` are the shares of futures, in per cent, in which it rises and
    falls.
    """

    variable: str
    now: float
    change: float
    low: float
    high: float
    up: float
    down: float

    @property
    def direction(self) -> str:
        """Where it goes in most futures: up, down or steady."""
        best = max(self.up, self.down, 100 - self.up - self.down)
        return "up" if best == self.up else "down" if best == self.down else "steady"

    @property
    def sure(self) -> float:
        """The share of futures, in per cent, in which it goes there."""
        return max(self.up, self.down, 100 - self.up - self.down)

    @property
    def words(self) -> str:
        """Direction and how sure, in words of estimative probability with the number behind them."""
        return f"{self.direction}, {estimative(self.sure)}"


@frozen
class OptionForecast:
    """What is expected of one option; `endings` is the share of each ending in per cent, empty in play."""

    option: str
    expected: Mapping[str, Expected] = field(repr=False)
    endings: Mapping[str, float] = field(factory=dict)
    good: float = 0.0


@frozen
class Forecast:
    """The forecast of every unbarred option, so many turns ahead of `turn`, from so many futures."""

    turn: int
    ahead: int
    futures: int
    options: tuple[OptionForecast, ...]

    def __getitem__(self, option: str) -> OptionForecast:
        return next(each for each in self.options if each.option == option)


def forecast(
    match: Match,
    *,
    futures: int = FUTURES,
    ahead: int = AHEAD,
    whole: bool = False,
    variables: Iterable[str] | None = None,
    initiatives: Iterable[str] = (),
) -> Forecast:
    """What the cabinet expects of each unbarred option, `ahead` turns ahead; none after an ending.

    `variables` names what is told (every one that is no secret by default), `initiatives` what is begun besides; with
    `whole` the futures are played to their end and give the odds of endings. Raises Problems for a secret.

    >>> import game
    >>> told = forecast(game.start(game.load("gaza-spillover"), seed=7), futures=8, variables=["dinar"])
    >>> [option.expected["dinar"].direction in ("up", "down", "steady") for option in told.options]
    [True, True, True, True]
    """
    names, begun = tuple(_told(match, variables)), tuple(initiatives)
    key = ("forecast", futures, ahead, whole, names, begun)
    return kept(match, key, lambda: _forecast(match, futures, ahead, whole, names, begun))


Made = TypeVar("Made")


def kept(match: Match, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """What is asked again of the same match is not made again; it is kept with the match and goes with it."""
    made: dict[tuple[Any, ...], Any] = match.__dict__.setdefault("asked", {})
    if key not in made:
        made[key] = make()
    found: Made = made[key]
    return found


def _forecast(
    match: Match, futures: int, ahead: int, whole: bool, names: tuple[str, ...], initiatives: tuple[str, ...]
) -> Forecast:
    desk = match.dilemma
    if desk is None:
        return Forecast(match.turn, ahead, futures, ())
    legal = [i for i, option in enumerate(desk.options) if option.barred is None]
    left = match.scenario.turns - match.turn
    near = min(ahead, left)
    rows = [match.setting.layout.index[name] for name in names]
    now, then, ended = _played(match, futures, legal, near, left if whole else near, initiatives, rows)
    told = []
    for k, i in enumerate(legal):
        part = slice(k * futures, (k + 1) * futures)
        expected = _expected(names, now[rows], then[rows, part])
        odds, good = _odds(match, ended[part]) if whole else ({}, 0.0)
        told.append(OptionForecast(desk.options[i].id, expected, odds, good))
    return Forecast(match.turn, ahead, futures, tuple(told))


def _told(match: Match, variables: Iterable[str] | None) -> list[str]:
    seen = [v.name for v in match.setting.layout.tabled() if not v.is_secret]
    names = seen if variables is None else list(variables)
    problems = [Problem("variables", f'"{n}" cannot be foretold', "a variable that may be seen") for n in names]
    problems = [problem for problem, name in zip(problems, names, strict=True) if name not in seen]
    if problems:
        raise Problems(problems)
    return names


def _played(
    match: Match, futures: int, legal: list[int], ahead: int, turns: int, initiatives: Iterable[str], rows: list[int]
) -> tuple[Any, Any, Any]:
    """The futures' present, their values `ahead` turns on, option after option, and how they ended."""
    import numpy as np

    from game.insight.futures import block, orders_of, play_on, spread
    from game.world.columns import Many

    present = spread(block(match.world), futures)
    n = len(legal)
    w = Many(
        present.setting, present.seed, np.tile(present.runs, n), np.tile(present.values, n), present.orders, match.turn
    )
    begun = {match.scenario.place[name]: np.ones(len(w), dtype=bool) for name in initiatives}
    orders = orders_of(w, np.repeat(np.array(legal, dtype=np.int32), futures), begun)
    shots, ended = play_on(w, orders, turns, [ahead], rows)
    return present.values, shots[ahead], ended


def _expected(names: Sequence[str], now: Any, then: Any) -> dict[str, Expected]:
    """What each variable is expected to do: all sums are of whole numbers, so that no rounding depends on order."""
    import numpy as np

    count = now.shape[1]
    moved = then.astype(np.int64) - now
    ordered = np.sort(then, axis=1)
    low, high = ordered[:, (count - 1) // 10], ordered[:, count - 1 - (count - 1) // 10]
    up, down = (moved >= STEADY).sum(axis=1), (moved <= -STEADY).sum(axis=1)
    sums, present = moved.sum(axis=1), now.sum(axis=1, dtype=np.int64)
    return {
        name: Expected(
            name,
            int(present[i]) / count / UNIT,
            int(sums[i]) / count / UNIT,
            int(low[i]) / UNIT,
            int(high[i]) / UNIT,
            100 * int(up[i]) / count,
            100 * int(down[i]) / count,
        )
        for i, name in enumerate(names)
    }


def _odds(match: Match, ended: Any) -> tuple[dict[str, float], float]:
    import numpy as np

    counts = np.bincount(ended, minlength=len(match.scenario.endings) + 1)
    pairs = list(zip(match.scenario.endings, counts[1:], strict=True))
    good = sum(int(count) for ending, count in pairs if ending.good)
    return {e.id: 100 * int(count) / len(ended) for e, count in pairs if count}, 100 * good / len(ended)
