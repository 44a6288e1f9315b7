"""No intermediate of any rule, of the dealer, of an ending or of a named player leaves its int32 column."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import game
from game.insight.policies import POLICIES
from game.play.dealer import deal
from game.play.endings import verdict
from game.play.turn import begin, setting_of, start_values
from game.rules import PHASES
from game.rules.register import Rule
from game.scenario.library import bundled
from game.testing.invariants import random_game
from game.world.intervals import NARROW, SLOT, UNSURE, Intervals, Leak, Span, every_world, hull
from game.world.ledger import Cause
from game.world.state import One, Setting
from game.world.variables import UNIT

STEPS: dict[str, Callable[[Any], Any]] = {rule.cause.id: rule for _, rules in PHASES for rule in rules}
STEPS |= {"the verdict": verdict, "the dealer": deal, "the start": lambda w: begin(w, {})}
STEPS |= {f"the player {name}": decide for name, decide in POLICIES.items()}


@cache
def setting(name: str = "gaza-spillover") -> Setting:
    return setting_of(game.load(name))


def leak(step: Callable[[Any], Any], as_set: bool, month: int = 1, scenario: str = "gaza-spillover") -> str:
    w = every_world(setting(scenario), month, as_set)
    try:
        step(w)
        w.settle()
    except Leak as found:
        return f"{w.cause}: {found}"
    return ""


@pytest.mark.parametrize("scenario", bundled())
@pytest.mark.parametrize("name", STEPS)
def test_nothing_leaves_its_column_wherever_the_variables_are(name: str, scenario: str) -> None:
    assert leak(STEPS[name], as_set=True, scenario=scenario) == ""


@pytest.mark.parametrize("scenario", bundled())
@pytest.mark.parametrize("name", STEPS)
def test_nothing_leaves_its_column_wherever_the_numbers_are_plausible(name: str, scenario: str) -> None:
    assert leak(STEPS[name], as_set=False, scenario=scenario) == ""


@pytest.mark.parametrize("month", range(1, 13))
def test_nothing_leaves_its_column_in_any_month(month: int) -> None:
    assert leak(STEPS["calendar.season"], as_set=False, month=month) == ""


@pytest.mark.parametrize("scenario", bundled())
@pytest.mark.parametrize("phase", [name for name, _ in PHASES])
def test_the_lines_of_a_whole_phase_and_its_corrections_fit_together(phase: str, scenario: str) -> None:
    def whole(w: Any) -> None:
        for rule in dict(PHASES)[phase]:
            rule(w)

    assert leak(whole, as_set=True, scenario=scenario) == ""


def test_slots_hold_in_play_what_the_proof_takes_them_to_hold() -> None:
    slots = [variable.name for variable in setting().layout if variable.unit == "slot"]
    for run in range(30):
        match = random_game(setting().scenario, 21, run)
        for state in (match.start, *(turn.after for turn in match.turns)):
            assert [name for name in slots if not SLOT[0] <= state[name] <= SLOT[1]] == []


def test_the_whole_of_what_a_column_holds_fits_its_column() -> None:
    for variable in setting().layout:
        assert NARROW[0] <= variable.low <= variable.high <= NARROW[1], variable.name


# ---- a proof that finds nothing must be able to find something

LEAKS: dict[str, Callable[[Any], Any]] = {
    "a product of two variables": lambda w: w.line("unrest", w["us_troops"] * w["unrest"] // UNIT),
    "a product with a number": lambda w: w.line("unrest", w["iraqi_dead"] * 1_000),
    "a share that is no share": lambda w: w.line("unrest", w.share(w["iraqi_dead"], w["us_troops"] * 100)),
    "a divisor that can be nought": lambda w: w.line("unrest", w["electricity"] // w["demand_gap"]),
    "lines that are too much together": lambda w: [w.line("capital", 1_500_000_000) for _ in range(2)],
    "a side of where that is never taken for long": lambda w: w.where(w["unrest"] > 99, w["attacks"] * 20_000, 0),
}


@pytest.mark.parametrize("planted", LEAKS)
def test_a_planted_leak_is_found_and_named(planted: str) -> None:
    def run(w: Any) -> None:
        LEAKS[planted](w)

    class Named(Intervals):
        def __getitem__(self, name: str) -> Span:
            return Span(0, 100_000) if name == "demand_gap" else super().__getitem__(name)

    whole = every_world(setting())
    w = Named(setting(), whole.orders)
    with pytest.raises(Leak):
        Rule(Cause("planted", "rule", "Planted"), run)(w)
    assert w.cause == "planted"


# ---- whatever one world gives lies in what the proof gives

RANGE = st.tuples(st.integers(-(10**5), 10**5), st.integers(-(10**5), 10**5)).map(lambda ends: Span(*sorted(ends)))
WORDS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "plus and minus": lambda w, x, y: x + y - 3 - (7 - x),
    "product": lambda w, x, y: 2 * x * 3 - y * 4,
    "floor division": lambda w, x, y: x // w.most(1, y) + 9 // w.most(2, x),
    "where": lambda w, x, y: w.where(w.both(x > y, x >= 0, w.neither(y == 5, y <= -7)), x, y - 1),
    "either": lambda w, x, y: w.where(w.either(x < y, x == 3), 1, w.where(w.holds(x <= 4), x, 2)),
    "neither": lambda w, x, y: w.where(w.neither(x < 0, y < 0), 1, 0),
    "least and most": lambda w, x, y: w.least(x, y, 17) - w.most(x, 3),
    "share": lambda w, x, y: w.share(x, y),
    "times": lambda w, x, y: w.times(x, y),
    "weighted": lambda w, x, y: w.weighted(5, (x, w.n("iraq.dinar.rate")), (y, 0 - 700)),
    "month": lambda w, x, y: x - w.monthly("calendar.demand"),
    "ratio": lambda w, x, y: w.ratio(x // 10, w.most(y, 10)),
    "daily": lambda w, x, y: w.daily(x) + w.share(y, w.over_days("iraq.dinar.rate")),
    "count": lambda w, x, y: w.count("attacks", x) + y,
    "luck": lambda w, x, y: w.where(w.chance("tanker", x), w.draw("tanker"), y),
    "number": lambda w, x, y: w.n("iraq.dinar.rate") + w["dinar"] - x,
}


@pytest.mark.parametrize("name", WORDS)
@given(data=st.data(), a=RANGE, b=RANGE, seed=st.integers(0, 99))
def test_a_word_of_one_world_lies_within_the_word_of_all(
    name: str, data: st.DataObject, a: Span, b: Span, seed: int
) -> None:
    x, y = data.draw(st.integers(a.low, a.high)), data.draw(st.integers(b.low, b.high))
    one = WORDS[name](One(setting(), seed, 0, start_values(setting()), turn=1), x, y)
    every = hull([WORDS[name](every_world(setting()), a, b)])
    assert every.low <= one <= every.high


@given(st.lists(st.sampled_from([True, False, UNSURE]), min_size=1, max_size=4))
def test_what_is_unsure_stays_unsure_until_the_rest_decides(parts: list[Any]) -> None:
    w = Intervals
    sides = [[part] if part is not UNSURE else [True, False] for part in parts]
    worlds: list[list[bool]] = [[]]
    for side in sides:
        worlds = [[*world, value] for world in worlds for value in side]
    for word, judged in ((w.both, all), (w.either, any), (w.neither, lambda x: not any(x))):
        answers = {judged(world) for world in worlds}
        assert word(*parts) is (answers.pop() if len(answers) == 1 else UNSURE)
