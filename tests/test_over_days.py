"""Spans of days: the share that closes is exact, and one turn of a month is thirty turns of a day, or nearly."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import game
from game.play.turn import setting_of, start_values
from game.rules import PHASES
from game.rules.register import Rule
from game.world import luck
from game.world.state import WHOLE, One, Setting, closing

RULES = {rule.cause.id: rule for _, rules in PHASES for rule in rules}

# ---- the closed share


@given(st.integers(0, WHOLE), st.integers(1, 30))
def test_the_share_that_closes_in_whole_days_is_exact(rate: int, days: int) -> None:
    left = Fraction(WHOLE - rate, WHOLE) ** days * WHOLE
    assert abs(closing(rate, 24 * days) - (WHOLE - left)) <= Fraction(1, 2)


@given(st.integers(0, WHOLE), st.integers(1, 720))
def test_the_share_that_closes_in_any_hours_is_exact(rate: int, hours: int) -> None:
    with localcontext() as context:
        context.prec = 60
        left = (Decimal(WHOLE - rate) / WHOLE) ** (Decimal(hours) / 24) if rate < WHOLE else Decimal(0)
        assert abs(closing(rate, hours) - (1 - left) * WHOLE) <= Decimal("0.5") + Decimal("1e-40")


@given(st.integers(0, WHOLE - 1), st.integers(1, 719))
def test_more_hours_or_a_higher_rate_never_close_less(rate: int, hours: int) -> None:
    assert closing(rate, hours) <= closing(rate, hours + 1)
    assert closing(rate, hours) <= closing(rate + 1, hours)


def test_nothing_closes_nothing_and_all_closes_all() -> None:
    assert {closing(0, hours) for hours in range(6, 721)} == {0}
    assert {closing(WHOLE, hours) for hours in range(6, 721)} == {WHOLE}


# ---- one turn of a month against thirty of a day

WORLDS = 24
SLACK = 60
"""Thousandths: thirty times what rounding down may lose on two lines."""

EXCEPTIONS = {
    "calendar.new-turn": "it counts turns",
    "washington.red-line": "it answers each death once, on the turn on which it is told",
    "iraq.both-condemned": "it answers each strike once, on the turn on which it is carried out",
    "washington.warnings": "a higher rank warns on a turn of its own, so a month of days has room for more ranks",
    "militias.march": "the gate that a crowd wears down is what holds the crowd: by the day it gives way meanwhile",
    "region.rivals": "what presses is itself moving: by the day it is still on its way",
}
"""Rules that differ by their nature, with the reason; a test holds that each still differs."""


@cache
def setting(hours: int) -> Setting:
    whole = setting_of(game.load("gaza-spillover"))
    return Setting(whole.layout, whole.numbers, (hours,), whole.scenario)


def somewhere(world: int, hours: int) -> One:
    """A world whose tabled variables lie anywhere in their ranges, each by its own die."""
    values = start_values(setting(hours))
    for i, variable in enumerate(setting(hours).layout):
        if variable.unit != "slot":
            width = variable.high - variable.low
            values[i] = variable.low + luck.draw(world, 0, 0, variable.name) * width // 1_000_000
    return One(setting(hours), world, 0, values, turn=1)


@attrs.define(eq=False)
class Undrawn(One):
    """A world that notices when a die is thrown."""

    thrown: bool = False

    def draw(self, name: str) -> int:
        self.thrown = True
        return 0


def moved(rule: Rule, world: int, hours: int, turns: int) -> dict[str, int]:
    """What a rule by itself moves in so many turns; nothing if it throws a die."""
    at = somewhere(world, hours)
    w = Undrawn(at.setting, at.seed, at.run, list(at.values), at.turn)
    for _ in range(turns):
        rule(w)
        w.settle()
    if w.thrown:
        return {}
    names = [variable.name for variable in w.setting.layout]
    return {
        name: now - was
        for name, was, now in zip(names, at.values, w.values, strict=True)
        if now != was and name != "militia_autonomy"
    }


def differences(rule: Rule) -> list[str]:
    found = []
    for world in range(WORLDS):
        month, days = moved(rule, world, 720, 1), moved(rule, world, 24, 30)
        for name in month.keys() | days.keys():
            a, b = month.get(name, 0), days.get(name, 0)
            if abs(a - b) > max(SLACK, abs(b) // 4, abs(a) // 4):
                found.append(f"world {world}: {name} moves by {a} in a month and by {b} in thirty days")
    return found


@pytest.mark.parametrize("name", sorted(RULES.keys() - EXCEPTIONS.keys()))
def test_a_month_is_thirty_days(name: str) -> None:
    assert differences(RULES[name]) == []


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_an_exception_is_one(name: str) -> None:
    assert differences(RULES[name]) != []


def test_some_rules_move_something_here() -> None:
    silent = [name for name, rule in RULES.items() if not any(moved(rule, world, 720, 1) for world in range(WORLDS))]
    assert len(silent) < len(RULES) / 3, silent
