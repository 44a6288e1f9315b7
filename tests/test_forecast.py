"""The forecast knows no secret, is the same for the same sight, and its stated ranges hold what comes."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import game
from game import view
from game.insight import advisers, estimative
from game.insight.forecast import Forecast, forecast
from game.insight.futures import block, orders_of, play_on, spread
from game.insight.policies import POLICIES, many_orders, middle, named, random
from game.insight.trials import fresh
from game.play.match import Match, State
from game.play.turn import step
from game.scenario.model import Scenario
from game.world.columns import Many
from game.world.state import One
from game.world.variables import UNIT

SCENARIO = game.load("gaza-spillover")
SECRETS = [variable for variable in SCENARIO.table.variables if variable.is_secret]
UNDEALT = [f"place.{card.id}" for card in SCENARIO.dilemmas]
INTENTIONS = [f"posture.{faction}" for faction in ("hardliners", "leagues", "institutionals")]


@cache
def played(seed: int, turns: int) -> Match:
    match = game.start(SCENARIO, seed)
    while match.turn < turns and match.dilemma:
        match = match.play(*named(match, random))
    return match


def with_other(match: Match, changes: dict[str, int], seed: int) -> Match:
    """The same game as far as it can be seen: other secrets, and another luck to come."""
    held = list(match.state.held)
    for name, value in changes.items():
        held[match.setting.layout.index[name]] = value
    state = State(match.setting.layout, tuple(held))
    if not match.turns:
        return attrs.evolve(match, start=state, seed=seed)
    return attrs.evolve(match, turns=(*match.turns[:-1], attrs.evolve(match.turns[-1], after=state)), seed=seed)


@st.composite
def other_secrets(draw: st.DrawFn) -> dict[str, int]:
    changes = {v.name: draw(st.integers(v.low // UNIT, v.high // UNIT)) * UNIT for v in SECRETS if draw(st.booleans())}
    changes |= {name: draw(st.integers(0, 999_999)) for name in draw(st.lists(st.sampled_from(UNDEALT), max_size=8))}
    return changes | {name: draw(st.integers(0, 3)) * UNIT for name in INTENTIONS if draw(st.booleans())}


@settings(max_examples=15)
@given(st.integers(0, 30), st.integers(0, 8), other_secrets(), st.integers(0, 2**64 - 1))
def test_worlds_that_differ_only_in_secrets_or_future_luck_forecast_alike(
    seed: int, turns: int, changes: dict[str, int], other: int
) -> None:
    match = played(seed, turns)
    twin = with_other(match, changes, other)
    assert repr(forecast(twin, futures=16)) == repr(forecast(match, futures=16))
    told, retold = (forecast(m, futures=8, whole=True) for m in (match, twin))
    assert told == retold


@settings(max_examples=15)
@given(st.integers(0, 30), st.integers(0, 8), st.data())
def test_a_value_hidden_inside_its_band_changes_no_forecast(seed: int, turns: int, data: st.DataObject) -> None:
    match = played(seed, turns)
    vague = [v for v in SCENARIO.table.variables if v.seen in ("band", "estimate") and v.name != "militia_autonomy"]
    variable = data.draw(st.sampled_from(vague))
    low, high = estimative.interval(One, variable, match.state[variable.name], match.state["intelligence"])
    at = data.draw(st.integers(low, high - 1))
    was = [o.barred for o in match.dilemma.options] if match.dilemma else []
    twin = with_other(match, {variable.name: at}, match.seed)
    if match.dilemma is None or twin.dilemma is None or [o.barred for o in twin.dilemma.options] != was:
        return
    assert forecast(twin, futures=16) == forecast(match, futures=16)


def test_hidden_types_that_are_set_at_the_start_are_not_read() -> None:
    lenient, strict = (game.start(SCENARIO, 7, values={"washington_red_line": red}) for red in (30, 70))
    assert forecast(lenient, futures=16) == forecast(strict, futures=16)


@pytest.mark.parametrize("variable", [v for v in SCENARIO.table.variables if v.seen in ("band", "estimate")], ids=str)
def test_what_is_drawn_lies_where_the_face_says_it_lies(variable: Any) -> None:
    match = played(2, 0)
    for sight in (20 * UNIT, 60 * UNIT):
        for value in (0, 4_999, 5_000, 37_500, 81_234, 99_999, 100_000):
            low, high = estimative.interval(One, variable, value, sight)
            assert low <= value <= high
            told = {view.shown(match, variable, v, sight)[0] for v in (low, value, max(low, high - 1))}
            assert len(told) == 1, (value, told)


def test_better_intelligence_narrows_the_draw() -> None:
    blind, keen = (game.start(SCENARIO, 7, values={"intelligence": sight}) for sight in (10, 80))
    spans = []
    for match in (blind, keen):
        now = spread(match.world, 256)["washington_trust"]
        spans.append(int(now.max() - now.min()))
    assert spans[0] > 1.7 * spans[1]


def test_no_unseen_value_is_kept_but_all_that_is_seen_is() -> None:
    w = spread(played(4, 3).world, 64)
    for variable in SCENARIO.table.variables:
        if variable.seen == "exact":
            assert set(w[variable.name].tolist()) == {played(4, 3).state[variable.name]}
        elif variable.name in SCENARIO.hidden:
            assert len(set(w[variable.name].tolist())) > 1


def test_that_the_game_goes_on_is_known() -> None:
    match = game.start(SCENARIO, 7, values={"legitimacy": 26})
    now = spread(match.world, 256)["legitimacy"]
    assert 25 * UNIT < now.min() < now.max() <= 30 * UNIT


def test_the_shares_of_control_stay_whole() -> None:
    w = spread(played(4, 3).world, 64)
    for faction in ("hardliners", "leagues", "institutionals"):
        assert set(sum(w[f"{faction}_{holder}"] for holder in ("tehran", "baghdad", "own")).tolist()) == {100_000}


def test_options_share_their_futures_and_barred_ones_are_left_out() -> None:
    match = played(7, 0)
    told = forecast(match, futures=32)
    desk = match.dilemma
    assert desk is not None
    assert [each.option for each in told.options] == [o.id for o in desk.options if o.barred is None]
    assert len({each.expected["dinar"].now for each in told.options}) == 1


def test_odds_of_endings_are_told_only_when_asked_for() -> None:
    match = played(7, 2)
    assert not any(each.endings for each in forecast(match, futures=8).options)
    for each in forecast(match, futures=8, whole=True).options:
        assert sum(each.endings.values()) == pytest.approx(100)


def test_a_secret_is_not_foretold_and_an_ended_game_has_no_forecast() -> None:
    with pytest.raises(game.Problems, match="tehran_patience"):
        forecast(played(7, 0), variables=["tehran_patience"])
    over = played(3, 99)
    assert forecast(over).options == ()
    assert advisers.picks(over) == ()


def test_the_same_match_asked_again_does_not_play_its_futures_again(monkeypatch: pytest.MonkeyPatch) -> None:
    match = played(9, 2)
    told, advised = forecast(match, futures=16), advisers.picks(match)
    drawn: list[int] = []
    monkeypatch.setattr("game.insight.futures.spread", lambda w, futures: drawn.append(futures))
    assert forecast(match, futures=16) is told
    assert advisers.picks(match) == advised
    assert drawn == []
    with pytest.raises(AttributeError):
        forecast(match, futures=17)
    with pytest.raises(AttributeError):
        forecast(attrs.evolve(match), futures=16)
    assert drawn == [17, 16]


def test_an_initiative_begun_besides_is_part_of_the_forecast() -> None:
    match = played(7, 0)
    begun = next(offer.id for offer in match.initiatives if offer.barred is None)
    with_it, without = (forecast(match, futures=16, initiatives=names) for names in ([begun], []))
    price = next(offer.price for offer in match.initiatives if offer.id == begun)
    for one, other in zip(with_it.options, without.options, strict=True):
        assert other.expected["capital"].change - one.expected["capital"].change == pytest.approx(price, abs=0.5)


def test_the_words_are_those_of_the_faces() -> None:
    for percent in range(101):
        assert estimative.estimative(percent) == view.estimative(percent)


# ---- advisers


def test_advisers_recommend_what_may_be_chosen_in_at_most_ten_words() -> None:
    for turns in (0, 3, 6):
        match = played(7, turns)
        desk = match.dilemma
        assert desk is not None
        found = advisers.picks(match)
        assert [pick.adviser for pick in found] == [adviser.id for adviser in advisers.ADVISERS]
        for pick in found:
            assert pick.option in {o.id for o in desk.options if o.barred is None}
            assert len(pick.said(match.setting.layout[pick.variable].label).split()) <= 10


def test_advice_knows_no_secret() -> None:
    match = played(5, 4)
    twin = with_other(match, {v.name: v.high for v in SECRETS}, 99)
    assert advisers.picks(twin, forecast(twin, futures=32)) == advisers.picks(match, forecast(match, futures=32))


def test_a_record_holds_what_was_said_against_what_came() -> None:
    match = played(5, 6)
    said = advisers.record(match, futures=16)
    assert len(said) == 4 * (match.turn - 1)
    for right, count, brier in advisers.standing(said).values():
        assert 0 <= right <= count == match.turn - 1
        assert 0 <= brier <= 1


def test_predictions_are_scored_against_what_came() -> None:
    match = game.start(SCENARIO, 7)
    for prediction in ({"waiver_days": "down"}, {"waiver_days": 90}, None, {"nonsense": 10, "dinar": 400}):
        match = match.play(*named(match, middle), prediction=prediction)
    found = advisers.calibration(match)
    assert [(each.turn, each.chance_up, each.rose) for each in found.scored] == [(1, 0, False), (2, 90, False)]
    assert found.brier == pytest.approx((0 + 0.81) / 2)


# ---- calibration


def coverage(games: int, futures: int, turns: int, seed: int) -> tuple[float, dict[str, float]]:
    """How often the stated range of 80 % holds what comes two turns on, over games that random play brought there."""
    seen = [v.name for v in SCENARIO.table.variables if not v.is_secret]
    rows = [SCENARIO.layout.index[name] for name in seen]
    held, asked = np.zeros(len(rows)), np.zeros(len(rows))
    for turn in range(turns):
        w = fresh(SCENARIO, games // turns, seed + turn)
        for _ in range(turn):
            w.orders = many_orders(w, random(w))
            step(w)
            w.keep(w["ending"] == 0)
        option = np.asarray(POLICIES["random"](w)[1])
        low, high, undecided = stated(w, option, futures, rows)
        real = block(w)
        came = play_on(real, orders_of(real, option), 2, [2])[0][2][rows]
        held += ((came >= low) & (came <= high) & undecided).sum(axis=1)
        asked += undecided.sum(axis=1)
    each = {name: held[i] / asked[i] for i, name in enumerate(seen) if asked[i] >= games // 2}
    return float(held.sum() / asked.sum()), each


def stated(w: Many, option: Any, futures: int, rows: list[int]) -> tuple[Any, Any, Any]:
    """The stated ranges of each world, as `forecast` states them, and where something is undecided."""
    many = spread(w, futures)
    shots, _ = play_on(many, orders_of(many, np.repeat(option, futures)), 2, [2])
    then = np.sort(shots[2][rows].reshape(len(rows), len(w), futures), axis=2)
    tenth = (futures - 1) // 10
    return then[:, :, tenth], then[:, :, futures - 1 - tenth], then[:, :, 0] != then[:, :, -1]


def test_stated_ranges_hold_what_comes() -> None:
    share, _ = coverage(games=240, futures=64, turns=6, seed=500)
    assert 0.73 <= share <= 0.87


@pytest.mark.slow
def test_stated_ranges_hold_what_comes_over_two_thousand_games() -> None:
    share, _ = coverage(games=2_000, futures=256, turns=10, seed=900)
    assert 0.75 <= share <= 0.85


def test_the_forecast_of_one_game_is_that_of_a_column_of_games() -> None:
    matches = [played(seed, 3) for seed in (1, 2)]
    values = np.array([match.state.held for match in matches], dtype=np.int32).T
    first = block(matches[0].world)
    w = Many(first.setting, 0, np.zeros(2, dtype=np.uint64), values, first.orders, 3)
    many = spread(w, 8)
    for k, match in enumerate(matches):
        alone = spread(match.world, 8)
        part = slice(8 * k, 8 * k + 8)
        assert (alone.runs == many.runs[part]).all()
        assert (alone.values == many.values[:, part]).all()


def test_a_forecast_says_where_a_variable_goes_and_how_sure() -> None:
    told: Forecast = forecast(played(7, 0), futures=32, variables=["waiver_days"])
    first = told.options[0].expected["waiver_days"]
    assert (first.direction, first.sure, first.change) == ("down", 100, -14)
    assert first.words == "down, almost certain (100 in 100)"
    assert isinstance(SCENARIO, Scenario)
