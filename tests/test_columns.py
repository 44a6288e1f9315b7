"""One world or many: every word of arithmetic gives the same whole numbers, and run k of a batch is game k."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import game
from game.insight.policies import POLICIES
from game.play.batch import Batch
from game.play.turn import setting_of, start_values
from game.scenario.conditions import VariableCondition
from game.scenario.library import bundled
from game.scenario.model import Ending, Headlines, Scenario
from game.testing.strategies import loaded
from game.world.columns import Many, no_orders
from game.world.state import One, Setting
from game.world.variables import FACTIONS, HOLDERS, UNIT

BIG = 2**31 - 1
SMALL = st.integers(-(10**6), 10**6)
RUNS = 9
"""No multiple of seven, so that a last chunk is not full."""


@cache
def gaza() -> Scenario:
    return game.load("gaza-spillover")


@cache
def by_lot() -> Scenario:
    """A scenario whose games end early now and then: when a die makes the third faction the author."""
    headlines = Headlines("", "", "")
    early = Ending("by-lot", "By lot", "", headlines, (VariableCondition("author", 3), VariableCondition("turn", 2)))
    return attrs.evolve(gaza(), endings=(early, *gaza().endings))


@cache
def setting() -> Setting:
    return setting_of(gaza())


def one(run: int = 0) -> One:
    return One(setting(), 5, run, start_values(setting()), turn=2)


def many(runs: int = 1) -> Many:
    values = np.repeat(np.array(start_values(setting()), dtype=np.int32)[:, None], runs, axis=1)
    return Many(setting(), 5, np.arange(runs, dtype=np.uint64), values, no_orders(runs), 2)


def column(numbers: list[int]) -> Any:
    return np.array(numbers, dtype=np.int32)


# ---- words of arithmetic

Word = Callable[..., Any]
NUMBERS: dict[str, tuple[Word, Any]] = {
    "plus": (lambda w, x, y: x + y, (SMALL, SMALL)),
    "minus": (lambda w, x, y: x - y, (SMALL, SMALL)),
    "floor division": (lambda w, x, y: x // w.most(1, y), (SMALL, SMALL)),
    "floor division by a constant": (lambda w, x, y: x // 24 + y // 1_000, (SMALL, SMALL)),
    "where": (lambda w, x, y: w.where(x > y, x, y * 2), (SMALL, SMALL)),
    "where of constants": (lambda w, x, y: w.where(x == y, 3, 0 - 7), (SMALL, SMALL)),
    "least and most": (lambda w, x, y: w.least(x, y, 500) - w.most(x, 0, y), (SMALL, SMALL)),
    "share": (lambda w, x, y: w.share(x, y), (st.integers(-BIG, BIG), st.integers(-100_000, 100_000))),
    "times": (lambda w, x, y: w.times(x, y), (st.integers(-(10**8), 10**8), st.integers(-20_000, 20_000))),
    "weighted": (
        lambda w, x, y: w.weighted(7, (x, 1_500), (y, 0 - 250), (x, 3)),
        (st.integers(-(10**8), 10**8), SMALL),
    ),
    "ratio": (lambda w, x, y: w.ratio(x, y), (st.integers(-(10**4), 10**4), st.integers(-10, 10**6))),
    "daily": (lambda w, x, y: w.daily(x) + y, (SMALL, SMALL)),
    "count": (lambda w, x, y: w.count("attacks", w.least(x, y)), (SMALL, SMALL)),
    "both": (lambda w, x, y: w.where(w.both(x > 0, y > 0, x > y), 1, 0), (SMALL, SMALL)),
    "either": (lambda w, x, y: w.where(w.either(x > 0, y > 0), 1, 0), (SMALL, SMALL)),
    "neither": (lambda w, x, y: w.where(w.neither(x > 0, y > 0), 1, 0), (SMALL, SMALL)),
    "holds": (lambda w, x, y: w.where(w.holds(x >= y), 1, 0), (SMALL, SMALL)),
    "chance": (lambda w, x, y: w.where(w.chance("tanker", x), x, y), (st.integers(-10, 100_010), SMALL)),
    "draw": (lambda w, x, y: w.draw("tanker") // 10 + x - y, (SMALL, SMALL)),
    "over days": (lambda w, x, y: w.share(x - y, w.over_days("iraq.dinar.rate")), (SMALL, SMALL)),
}
"""Each word as arithmetic over a world and two numbers, with the numbers it may meet."""


@settings(max_examples=40)
@given(st.data())
@pytest.mark.parametrize("name", NUMBERS)
def test_a_word_gives_the_same_on_a_number_and_on_a_column(name: str, data: st.DataObject) -> None:
    word, numbers = NUMBERS[name]
    pairs = data.draw(st.lists(st.tuples(*numbers), min_size=1, max_size=8))
    xs, ys = (column([pair[i] for pair in pairs]) for i in (0, 1))
    alone = [word(one(run), x, y) for run, (x, y) in enumerate(pairs)]
    together = np.broadcast_to(word(many(len(pairs)), xs, ys), (len(pairs),))
    assert together.tolist() == alone
    assert all(type(number) is int for number in alone)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_word_stays_in_int32_columns(name: str) -> None:
    assert NUMBERS[name][0](many(3), column([1, 2, 3]), column([4, 0, 6])).dtype == np.int32


def test_floor_division_goes_down_on_both_sides_of_nought() -> None:
    assert [One.share(-1, 50_000), One.times(-1, 500), One.ratio(-1, 3)] == [-1, -1, -33_334]
    minus = column([-1])
    together = [Many.share(minus, 50_000), Many.times(minus, 500), Many.ratio(minus, 3)]
    assert [found.tolist() for found in together] == [[-1], [-1], [-33_334]]


def test_nothing_to_compare_with_is_a_ratio_of_nought() -> None:
    assert [One.ratio(5, 0), One.ratio(5, -2)] == [0, 0]
    assert Many.ratio(column([5, 5]), column([0, -2])).tolist() == [0, 0]


# ---- lines, limits and control

LINES = st.lists(
    st.tuples(
        st.sampled_from(["dinar", "unrest", "capital", "blacklist"]), st.integers(-300_000, 300_000), st.booleans()
    ),
    max_size=8,
)
SHIFTS = st.lists(
    st.tuples(st.sampled_from(FACTIONS), st.permutations(HOLDERS), st.integers(0, 150_000), st.booleans()), max_size=6
)


@given(st.lists(st.tuples(LINES, SHIFTS), min_size=1, max_size=4))
def test_a_phase_settles_the_same_on_a_number_and_on_a_column(phases: list[tuple[Any, Any]]) -> None:
    alone, other, together = one(), one(1), many(2)
    for lines, shifts in phases:
        worlds: list[tuple[Any, Any]] = [(alone, True), (other, False), (together, np.array([True, False]))]
        for w, here in worlds:
            for variable, amount, holds in lines:
                w.line(variable, amount, here if holds else w.neither(here))
            for faction, (giver, taker, _), amount, holds in shifts:
                w.shift(faction, giver, taker, amount, here if holds else w.neither(here))
            w.settle()
        assert together.values.T.tolist() == [alone.values, other.values]
        for faction in FACTIONS:
            shares = [alone[f"{faction}_{holder}"] for holder in HOLDERS]
            assert sum(shares) == 100_000
            assert min(shares) >= 0
    totals = [0] * len(alone.values)
    for i, amount, _ in alone.book:
        totals[i] += amount
    assert [was + moved for was, moved in zip(one().values, totals, strict=True)] == alone.values


def test_an_overdraft_returns_from_the_larger_taker_first_and_ties_go_by_written_order() -> None:
    w = one()
    for holder, share in zip(HOLDERS, (20_000, 30_000, 50_000), strict=True):
        w.values[setting().layout.index[f"leagues_{holder}"]] = share
    w.shift("leagues", "tehran", "baghdad", 15_000)
    w.shift("leagues", "tehran", "own", 15_000)
    w.settle()
    assert [w[f"leagues_{holder}"] for holder in HOLDERS] == [0, 35_000, 65_000]
    w.shift("leagues", "baghdad", "tehran", 20_000)
    w.shift("leagues", "baghdad", "own", 30_000)
    w.settle()
    assert [w[f"leagues_{holder}"] for holder in HOLDERS] == [20_000, 0, 80_000]


# ---- run k is game k


@game.columns
def contrary(view: Any) -> Any:
    """The first or second option as the waiver runs, and wages first where there is capital for it."""
    options = np.zeros(len(view["card"]), dtype=np.int32)
    long = view["waiver_days"] > 30_000
    for i, card in enumerate(gaza().dilemmas):
        free = [j for j, option in enumerate(card.options) if not option.needs]
        options = np.where(view["card"] // UNIT - 1 == i, np.where(long, free[0], free[-1]), options)
    first = gaza().initiatives[0]
    few = sum((view[f"running.{it.id}"] > 0).astype(int) for it in gaza().initiatives) < 2
    return options, {first.id: few & (view["capital"] >= first.price * UNIT)}


def stubborn(match: game.Match) -> tuple[str, ...]:
    """The last option that is not barred, and whatever single initiative can be begun."""
    assert match.dilemma is not None
    legal = [option.id for option in match.dilemma.options if option.barred is None]
    begun = [offer.id for offer in match.initiatives if offer.barred is None]
    return (legal[-1], *begun[:1])


PLAYERS: dict[str, Any] = {**dict.fromkeys(POLICIES), "contrary": contrary, "stubborn": stubborn}
WATCHED = ("militia_autonomy", "unrest")


def simulated(player: str, chunk: int) -> Batch:
    policy = PLAYERS[player] or player
    return game.simulate(by_lot(), RUNS, 3, policy, {"unrest": 30}, chunk=chunk)


@pytest.mark.parametrize("player", PLAYERS)
def test_run_k_of_a_batch_is_game_k_whatever_the_chunk(player: str) -> None:
    batch = simulated(player, 7)
    matches = [batch.match(run) for run in range(RUNS)]
    for name in WATCHED:
        course = batch[name]
        assert course.shape == (RUNS, by_lot().turns + 1)
        assert not np.isnan(course).any()
        for run, match in enumerate(matches):
            states = [match.start, *(turn.after for turn in match.turns)]
            row = [state[name] / UNIT for state in states]
            assert course[run].tolist() == row + row[-1:] * (by_lot().turns + 1 - len(row)), (name, run)
    outcomes = [match.outcome for match in matches]
    assert [batch.ended[k] - 1 for k in range(RUNS)] == [
        [ending.id for ending in by_lot().endings].index(outcome.ending) for outcome in outcomes if outcome
    ]
    assert batch.game_turns == sum(match.turn for match in matches)
    for chunk in (1, 64):
        other = simulated(player, chunk)
        assert (other.endings, other.game_turns) == (batch.endings, batch.game_turns)
        assert other.ended.tolist() == batch.ended.tolist()
        assert other.lasted.tolist() == batch.lasted.tolist()
    assert (simulated(player, 64)["unrest"] == batch["unrest"]).all()


@settings(max_examples=4)
@given(st.sampled_from(bundled()), st.sampled_from(sorted(POLICIES)), st.integers(0, 2**64 - 1), st.data())
def test_any_variable_of_any_batch_is_that_of_the_game(name: str, policy: str, seed: int, data: st.DataObject) -> None:
    scenario = loaded(name)
    batch = game.simulate(scenario, 3, seed, policy, chunk=2)
    run = data.draw(st.integers(0, 2))
    match = batch.match(run)
    assert match.seed == seed
    assert match.run == run
    for name in data.draw(st.lists(st.sampled_from(sorted(scenario.layout.index)), min_size=2, max_size=2)):
        assert batch[name][run, match.turn] == match[name]


@pytest.mark.parametrize("name", ["by lot", *bundled()])
def test_a_batch_large_enough_to_be_compiled_is_its_games_too(name: str) -> None:
    scenario = by_lot() if name == "by lot" else loaded(name)
    batch = game.simulate(scenario, 6_000, 9, "random")
    halves = game.simulate(scenario, 6_000, 9, "random", chunk=2_500)
    assert batch.ended.tolist() == halves.ended.tolist()
    assert batch.lasted.tolist() == halves.lasted.tolist()
    for run in (0, 1, 2_499, 2_500, 4_999, 5_999, *range(7, 6_000, 997)):
        match = batch.match(run)
        for name in ("militia_autonomy", "hardliners_own", "iraqi_dead"):
            assert batch[name][run, match.turn] == match[name], (name, run)
            assert batch[name][run, 1] == match.turns[0].after[name] / UNIT, (name, run)


def test_ended_runs_leave_the_columns_and_the_others_stay_themselves() -> None:
    batch = game.simulate(by_lot(), 60, 4, "random", chunk=17)
    assert len({int(turns) for turns in batch.lasted}) > 3, "this scenario should end some games early and not others"
    assert len(batch.endings) > 1
    for run in range(0, 60, 7):
        assert batch.match(run).turn == batch.lasted[run]


def test_a_column_policy_that_chooses_what_is_not_there_is_refused() -> None:
    @game.columns
    def reckless(view: Any) -> Any:
        return np.full(len(view["card"]), 99)

    with pytest.raises(game.IllegalOrder, match="cannot choose it"):
        game.simulate(gaza(), 4, 1, reckless)


def test_a_column_policy_cannot_write_into_the_world() -> None:
    @game.columns
    def meddling(view: Any) -> Any:
        view["dinar"][:] = 0

    with pytest.raises(ValueError, match="read-only"):
        game.simulate(gaza(), 4, 1, meddling)
