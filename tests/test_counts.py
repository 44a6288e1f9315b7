"""Counts: the committed table is the computed one, a higher rate never means fewer, and the mean is the rate."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import game
from game.play.turn import setting_of, start_values
from game.testing import count_table
from game.world.columns import Many, no_orders
from game.world.counts import CELLS, ROWS, STEPS, columns, rates, table
from game.world.state import One, Setting, grid
from game.world.variables import UNIT

MOST_RATE = STEPS[-1][1]
RATES = st.one_of(st.integers(-5_000, MOST_RATE + 50_000), st.sampled_from(rates()), st.integers(0, 6_000))


@cache
def setting() -> Setting:
    return setting_of(game.load("gaza-spillover"))


def one(seed: int = 1, run: int = 0) -> One:
    return One(setting(), seed, run, start_values(setting()), turn=1)


def many(runs: Any, seed: int = 1) -> Many:
    values = np.repeat(np.array(start_values(setting()), dtype=np.int32)[:, None], len(runs), axis=1)
    return Many(setting(), seed, runs, values, no_orders(len(runs)), 1)


def test_the_committed_table_is_the_computed_one() -> None:
    assert files("game.world").joinpath("counts.txt").read_text(encoding="utf-8") == count_table.text()


def test_the_table_has_a_full_row_for_every_rate_and_is_one_with_its_column() -> None:
    assert len(table()) == len(rates()) == ROWS
    assert {len(row) for row in table()} == {CELLS}
    assert columns().dtype == np.int32
    assert not columns().flags.writeable
    assert columns().tolist() == [count for row in table() for count in row]


def test_counts_rise_along_a_row_and_down_the_rows() -> None:
    cells = columns().reshape(ROWS, CELLS)
    assert (np.diff(cells, axis=1) >= 0).all()
    assert (np.diff(cells, axis=0) >= 0).all()


def test_the_mean_of_every_row_is_its_rate_within_a_hundredth() -> None:
    means = [sum(row) * UNIT / CELLS for row in table()]
    assert [rate for rate, mean in zip(rates(), means, strict=True) if abs(mean - rate) > rate / 100] == []


@pytest.mark.parametrize("row", [5, 10, 30, 50, 100, 150, ROWS - 1])
def test_the_spread_of_a_row_is_that_of_a_count(row: int) -> None:
    assert np.var(table()[row]) * UNIT == pytest.approx(rates()[row], rel=0.05)


@pytest.mark.parametrize("rate", [35, 150, 999, 1_000, 1_234, 4_950, 5_000, 7_300, 26_000, 63_000, 199_999])
def test_the_mean_of_many_draws_is_the_rate(rate: int) -> None:
    # the standard error of 400,000 draws stays below a third of the hundredth, or of the spread for small rates
    counted = many(np.arange(400_000, dtype=np.uint64)).count("attacks", rate)
    error = (rate * UNIT / 400_000) ** 0.5
    assert counted.mean() == pytest.approx(rate, abs=max(rate / 100, 4 * error))


@given(RATES, RATES, st.integers(0, 10**6), st.integers(0, 2**64 - 1))
def test_a_higher_rate_never_means_fewer(a: int, b: int, run: int, seed: int) -> None:
    low, high = sorted((a, b))
    world = one(seed, run)
    assert world.count("attacks", low) <= world.count("attacks", high)


@given(st.integers(0, 999_999))
def test_the_row_rises_with_the_rate_whatever_the_draw_between(between: int) -> None:
    world = one()
    rows = [grid(world, rate, between) for rate in range(-100, MOST_RATE + 6_000, 37)]
    assert rows == sorted(rows)
    assert rows[0] == 0
    assert rows[-1] == ROWS - 1


@given(st.sampled_from(range(ROWS)), st.integers(0, 999_999))
def test_a_rate_on_the_grid_takes_its_own_row(row: int, between: int) -> None:
    assert grid(one(), rates()[row], between) == row


@given(st.lists(RATES, min_size=1, max_size=30), st.integers(0, 2**64 - 1))
def test_a_number_and_a_column_count_the_same(asked: list[int], seed: int) -> None:
    column = many(np.arange(len(asked), dtype=np.uint64), seed).count("attacks", np.array(asked, dtype=np.int32))
    assert column.dtype == np.int32
    assert column.tolist() == [one(seed, run).count("attacks", rate) for run, rate in enumerate(asked)]


def test_nothing_expected_is_nothing_counted() -> None:
    assert {one(seed).count("attacks", rate) for seed in range(50) for rate in (0, -1, -10_000)} == {0}
