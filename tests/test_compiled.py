"""What is compiled is what was written: the same values and the same lines as the plain worlds, whatever is played."""

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
from game.insight import policies
from game.insight.policies import POLICIES, many_orders
from game.play.batch import Batch
from game.play.compiling import Shelf, code_of, compile_now, opening_of, program_of, shelf_of
from game.play.course import compiled, plain
from game.play.dealer import may_begin
from game.play.turn import begin, setting_of, start_values, step
from game.scenario.conditions import VariableCondition, all_hold
from game.scenario.model import Ending, Headlines, Scenario
from game.testing.laboratory import laboratory
from game.world.state import One, OneOrders, Setting
from game.world.symbols import start_symbols
from game.world.variables import UNIT


@cache
def gaza() -> Scenario:
    return game.load("gaza-spillover")


@cache
def odd() -> Scenario:
    """Spans that differ, months that turn, and an ending that comes early now and then."""
    headlines = Headlines("", "", "")
    early = Ending("by-lot", "By lot", "", headlines, (VariableCondition("author", 3), VariableCondition("turn", 2)))
    hours = (6, 168, 720, 24, 48, 336, 168, 168)
    return attrs.evolve(gaza(), hours=hours, endings=(early, *gaza().endings))


@cache
def blank() -> Scenario:
    return laboratory(gaza(), turns=4)


SCENARIOS: dict[str, Callable[[], Scenario]] = {"gaza": gaza, "odd": odd, "laboratory": blank}


@cache
def setting(name: str = "gaza") -> Setting:
    return setting_of(SCENARIOS[name]())


@cache
def quick(name: str = "gaza") -> Any:
    return compile_now(setting(name))


def orders_drawn(w: One, data: Any) -> OneOrders:
    """Any option that is not barred, and any initiatives begun and stopped."""
    card = w["card"] // UNIT - 1
    options = [j for j, option in enumerate(w.scenario.dilemmas[card].options) if all_hold(w, option.needs)]
    numbers = range(len(w.scenario.initiatives))
    begun = [i for i in numbers if may_begin(w, i) and data.draw(st.booleans())]
    stopped = [i for i, it in enumerate(w.scenario.initiatives) if w[f"running.{it.id}"] and data.draw(st.booleans())]
    return OneOrders(card, data.draw(st.sampled_from(options)), tuple(begun), tuple(stopped))


@settings(max_examples=12, deadline=None)
@given(st.data(), st.integers(0, 2**64 - 1), st.integers(0, 2**40))
@pytest.mark.parametrize("name", SCENARIOS)
def test_one_compiled_game_has_the_values_and_the_lines_of_a_plain_one(
    name: str, data: st.DataObject, seed: int, run: int
) -> None:
    unrest = data.draw(st.integers(0, 100))
    w = One(setting(name), seed, run, start_values(setting(name), {"unrest": unrest}))
    begin(w, {})
    while not w["ending"]:
        orders = orders_drawn(w, data)
        w = One(setting(name), seed, run, w.values, w.turn, orders)
        choice = code_of(orders.card, orders.option)
        values, book = quick(name)(tuple(w.values), w.turn, seed, run, choice, orders.begin, orders.stop)
        step(w)
        assert list(values) == w.values
        assert book == w.book


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_compiled_columns_have_every_value_of_plain_columns(name: str, policy: str) -> None:
    choose, runs = POLICIES[policy], np.arange(100, 400, dtype=np.uint64)
    values = np.array(start_values(setting(name)), dtype=np.int32)
    slow = plain(setting(name), 9, runs, {}, lambda w: many_orders(w, choose(w)))
    fast = compiled(setting(name), 9, choose, None, full=True)
    fast.begin(runs, values, {})
    place = np.arange(len(runs))
    assert (fast.w.values == slow.w.values).all()
    for _ in range(SCENARIOS[name]().turns):
        slow.turn()
        fast.turn()
        wrong = np.argwhere(fast.w.values[:, place] != slow.w.values)
        assert [setting(name).layout.variables[i].name for i in sorted(set(wrong[:, 0].tolist()))] == []
        over = slow.w["ending"] > 0
        place = place[~over]
        slow.thin(over)


def simulated(policy: Any, chunk: int, runs: int = 60, **given: Any) -> Batch:
    return game.simulate(odd(), runs, 4, policy, chunk=chunk, **given)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_compiled_batch_is_the_plain_batch_whatever_the_chunk(policy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.play.batch.is_worth", lambda *_: False)
    slow = simulated(policy, 4_096)
    assert len(slow.endings) > 1
    monkeypatch.setattr("game.play.batch.is_worth", lambda *_: True)
    for chunk in (1, 7, 64, 4_096):
        fast = simulated(policy, chunk, 60 if chunk > 1 else 5)
        n = fast.runs
        assert fast.ended.tolist() == slow.ended[:n].tolist()
        assert fast.lasted.tolist() == slow.lasted[:n].tolist()
    assert (fast["unrest"] == slow["unrest"]).all()
    assert (fast["militia_autonomy"] == slow["militia_autonomy"]).all()
    for run in (0, 17, 59):
        match = fast.match(run)
        assert (match.turn, match["unrest"]) == (fast.lasted[run], fast["unrest"][run, -1])


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**64 - 1), st.integers(0, 100), st.floats(0, 100), st.sampled_from(sorted(POLICIES)))
def test_any_start_gives_the_same_compiled_and_plain(seed: int, unrest: int, restraint: float, policy: str) -> None:
    given_, choose = {"unrest": unrest, "tehran_restraint": restraint, "strikes_deter": 1}, POLICIES[policy]
    runs, values = np.arange(40, dtype=np.uint64), np.array(start_values(setting(), given_), dtype=np.int32)
    slow = plain(setting(), seed, runs, given_, lambda w: many_orders(w, choose(w)))
    fast = compiled(setting(), seed, choose, None, full=True)
    fast.begin(runs, values, given_)
    for _ in range(3):
        slow.turn()
        fast.turn()
        assert (fast.w.values == slow.w.values).all()


def test_columns_ordered_from_outside_are_compiled_too(monkeypatch: pytest.MonkeyPatch) -> None:
    @game.columns
    def contrary(view: Any) -> Any:
        first = gaza().initiatives[0]
        begun = (view[f"running.{first.id}"] == 0) & (view["capital"] >= first.price * UNIT)
        return np.zeros(len(view["card"]), dtype=np.int32), {first.id: begun & (view["turn"] == UNIT)}

    found = []
    for worth in (False, True):
        monkeypatch.setattr("game.play.batch.is_worth", lambda *_, worth=worth: worth)
        found.append(simulated(contrary, 16))
    assert found[0].ended.tolist() == found[1].ended.tolist()
    assert (found[0]["capital"] == found[1]["capital"]).all()


def test_a_game_is_compiled_once_it_has_been_played_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    matches = []
    for turns in (10**9, 0):
        monkeypatch.setattr("game.play.compiling.PLAIN_TURNS", turns)
        match = game.start(odd(), seed=11)
        while match.outcome is None:
            match = match.play(*policies.named(match, POLICIES["random"]))
        matches.append(match)
    assert matches[0].turns == matches[1].turns
    assert [turn.book for turn in matches[0].turns] == [turn.book for turn in matches[1].turns]
    assert shelf_of(matches[1].setting).one is not None


def test_whatever_was_compiled_is_kept_for_the_same_numbers_and_for_no_others() -> None:
    other = setting_of(gaza(), {"iraq.dinar.rate": 7})
    assert shelf_of(setting()) is shelf_of(setting_of(gaza()))
    assert shelf_of(setting()) is not shelf_of(other)
    assert isinstance(shelf_of(other), Shelf)
    assert program_of(setting(), POLICIES["idle"], False) is program_of(setting_of(gaza()), POLICIES["idle"], False)


def test_a_lean_step_keeps_what_decides_how_games_end_and_no_more() -> None:
    lean, full = (program_of(setting(), POLICIES["middle"], full) for full in (False, True))
    assert set(lean.rows) < set(full.rows)
    assert setting().layout.index["ending"] in lean.rows
    assert set(opening_of(setting(), {}, lean).rows) <= set(full.rows)


def test_a_symbol_refuses_to_be_true_or_false() -> None:
    w = start_symbols(setting())
    with pytest.raises(TypeError, match="truth of a symbol"):
        bool(w["unrest"] > 3)


# ---- large batches


def test_progress_is_told_and_an_interrupt_leaves_what_is_finished() -> None:
    told: list[tuple[int, int]] = []

    def stop_after_two(done: int, runs: int) -> None:
        told.append((done, runs))
        if len(told) == 2:
            raise KeyboardInterrupt

    part = game.simulate(odd(), 50, 4, "middle", chunk=10, progress=stop_after_two)
    assert told == [(10, 50), (20, 50)]
    assert (part.runs, part.interrupted) == (20, True)
    whole = simulated("middle", 10, 20)
    assert (part.endings, part.game_turns, whole.interrupted) == (whole.endings, whole.game_turns, False)
    assert part.ended.tolist() == whole.ended.tolist()


def test_a_batch_too_large_to_keep_each_ending_tells_them_by_playing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    small = simulated("random", 16)
    monkeypatch.setattr("game.play.batch.KEPT", 10)
    large = simulated("random", 16)
    assert large.results == {}
    assert large.endings == small.endings
    assert large.ended.tolist() == small.ended.tolist()
    assert large.lasted.tolist() == small.lasted.tolist()


def test_two_processes_play_the_same_batch() -> None:
    alone, told = simulated("random", 16, 70), []
    for _ in range(2):
        together = simulated("random", 16, 70, workers=2, progress=lambda done, runs: told.append(done))
        assert (together.endings, together.game_turns) == (alone.endings, alone.game_turns)
        assert together.ended.tobytes() == alone.ended.tobytes()
        assert together.lasted.tobytes() == alone.lasted.tobytes()
    assert told == [16, 32, 48, 64, 70] * 2
    assert (together["dinar"] == alone["dinar"]).all()
