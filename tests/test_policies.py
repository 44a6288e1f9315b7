"""Players that are not people: what they choose is legal, the same for one game and for many, and knows no secret."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs
import numpy as np
import pytest

import game
from game.insight import futures, walk
from game.insight import lookahead as searching
from game.insight.lookahead import SEARCHERS, legal_options, value
from game.insight.policies import POLICIES, many_orders, player
from game.insight.trials import Trial, fresh, trial
from game.play.match import State
from game.play.turn import step

SCENARIO = game.load("gaza-spillover")
RUNS = 3


@cache
def short() -> Any:
    """The scenario cut to its first turns, for players that are slow."""
    return attrs.evolve(SCENARIO, hours=SCENARIO.hours[:4])


@pytest.fixture(autouse=True)
def few_futures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "GREEDY_FUTURES", 4)
    monkeypatch.setitem(SEARCHERS, "lookahead", lambda w: searching.lookahead(w, 4))


@pytest.mark.parametrize("name", sorted(SEARCHERS))
@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_run_k_of_a_batch_is_game_k_for_players_that_search(name: str, chunk: int) -> None:
    batch = game.simulate(short(), RUNS, 5, name, chunk=chunk)
    for run in range(RUNS):
        match = batch.match(run)
        assert match.outcome is not None
        assert [batch[v][run, match.turn] for v in ("dinar", "unrest")] == [match["dinar"], match["unrest"]]


@pytest.mark.parametrize("name", sorted(SEARCHERS))
def test_a_player_that_searches_knows_no_secret(name: str) -> None:
    match = game.start(SCENARIO, 5)
    held = list(match.state.held)
    for variable in SCENARIO.table.variables:
        if variable.is_secret:
            held[match.setting.layout.index[variable.name]] = variable.high
    twin = attrs.evolve(match, start=State(match.setting.layout, tuple(held)), seed=77)
    assert player(name)(twin.world) == player(name)(match.world)


def test_an_unknown_player_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(game.Problems, match="lookahead"):
        game.simulate(SCENARIO, 1, 1, "lokahead")


@pytest.mark.parametrize("name", [*POLICIES, *SEARCHERS])
def test_every_player_plays_every_game_to_an_ending(name: str) -> None:
    found = trial(short(), name, 4, 3)
    assert (found.ended > 0).all()
    assert sum(found.endings.values()) == pytest.approx(100)


def test_a_game_of_a_trial_can_be_played_again() -> None:
    found: Trial = trial(SCENARIO, "random", 6, 3)
    for run in range(6):
        match = found.match(run)
        assert match.outcome is not None
        ending = SCENARIO.endings[int(found.ended[run]) - 1].id
        assert (match.outcome.ending, match.turn) == (ending, found.lasted[run])


def test_legal_options_are_those_that_are_not_barred() -> None:
    w = fresh(SCENARIO, 12, 3)
    legal = legal_options(w)
    for run in range(12):
        desk = game.start(SCENARIO, 3, run).dilemma
        assert desk is not None
        expected = [option.barred is None for option in desk.options]
        assert legal[: len(expected), run].tolist() == expected
        assert not legal[len(expected) :, run].any()


def test_the_value_of_a_world_is_the_same_for_one_and_for_many() -> None:
    many = value(fresh(SCENARIO, 5, 3))
    assert [value(game.start(SCENARIO, 3, run).world) for run in range(5)] == np.asarray(many).tolist()


def test_searching_pays() -> None:
    good = {name: trial(SCENARIO, name, 60, 1).good for name in ("random", "greedy")}
    assert good["random"] < good["greedy"]


@pytest.mark.parametrize("turns", [0, 3, 8])
def test_a_compiled_walk_goes_where_the_rules_words_go(turns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    w = fresh(SCENARIO, 40, 9)
    for _ in range(turns):
        w.orders = many_orders(w, POLICIES["random"](w))
        step(w)
        w.keep(w["ending"] == 0)
    ends = []
    for is_worth in (False, True):
        monkeypatch.setattr(walk, "_is_worth", lambda *_, is_worth=is_worth: is_worth)
        many = futures.spread(w, 4)
        begin = {i: np.arange(len(many)) % 3 == i for i in range(2)}
        orders = futures.orders_of(many, np.zeros(len(many), dtype=np.int32), begin)
        ends.append(futures.play_on(many, orders, 99, [1, 99]))
    (plain, ended), (compiled, also) = ends
    assert (ended == also).all()
    assert all((plain[mark] == compiled[mark]).all() for mark in (1, 99))
