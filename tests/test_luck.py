"""Luck is uniform, independent between neighbours, the same on a number and on a column, and never changes."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.world import luck
from game.world.luck import SIDES, draw, draws

RUNS, CELLS = 40_000, 100
WIDE = 6.0
"""Standard deviations that a sum of squares may lie from its mean: beyond one in a hundred million."""
MOST = 2**64 - 1

AXES: dict[str, Callable[[int], int]] = {
    "seeds": lambda k: draw(k, 0, 1, "kirkuk.casualty"),
    "high seeds": lambda k: draw(MOST - k, 0, 1, "kirkuk.casualty"),
    "runs": lambda k: draw(7, k, 1, "kirkuk.casualty"),
    "turns": lambda k: draw(7, 0, k, "kirkuk.casualty"),
    "names": lambda k: draw(7, 0, 1, f"attack.{k}"),
}


def chi_square(cells: Sequence[int]) -> float:
    """How many standard deviations the sum of squares lies from its mean, for equally likely cells."""
    expected = sum(cells) / len(cells)
    freedom = len(cells) - 1
    return (sum((cell - expected) ** 2 / expected for cell in cells) - freedom) / math.sqrt(2 * freedom)


@pytest.mark.parametrize("axis", AXES)
def test_uniform_along(axis: str) -> None:
    counts = Counter(AXES[axis](k) * CELLS // SIDES for k in range(RUNS))
    assert set(counts) == set(range(CELLS))
    assert abs(chi_square(list(counts.values()))) < WIDE


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("step", [1, 2, 1024])
def test_neighbours_are_independent_along(axis: str, step: int) -> None:
    side = 16
    values = [AXES[axis](k) * side // SIDES for k in range(RUNS + step)]
    pairs = Counter(zip(values, values[step:], strict=False))
    cells = [pairs[a, b] for a, b in itertools.product(range(side), range(side))]
    assert abs(chi_square(cells)) < WIDE


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ((7, 1, "attacks.leagues"), (8, 1, "attacks.leagues")),
        ((7, 1, "attacks.leagues"), (7, 2, "attacks.leagues")),
        ((7, 1, "attacks.leagues"), (7, 1, "attacks.leagues.between")),
        ((0, 0, "a"), (1, 0, "a")),
        ((MOST, 1, "a"), (0, 1, "a")),
        ((0, 1, "a"), (1, 0, "a")),
    ],
)
def test_whole_columns_of_neighbours_are_independent(here: tuple[int, int, str], there: tuple[int, int, str]) -> None:
    runs = np.arange(200_000, dtype=np.uint64)
    side = 32
    a, b = (draws(seed, runs, turn, name).astype(np.int64) * side // SIDES for seed, turn, name in (here, there))
    assert abs(chi_square(np.bincount(a * side + b, minlength=side * side).tolist())) < WIDE


def test_a_column_of_runs_is_uniform_to_the_last_digits() -> None:
    column = draws(1, np.arange(400_000, dtype=np.uint64), 3, "strike.dead")
    for cells in (column // 10_000, column % 100):
        assert abs(chi_square(np.bincount(cells, minlength=100).tolist())) < WIDE


def test_no_bit_of_the_run_shows_in_the_draw() -> None:
    runs = np.arange(100_000, dtype=np.uint64)
    high = draws(1, runs, 1, "x") >= SIDES // 2
    for bit in range(10):
        odd = (runs >> np.uint64(bit)) & np.uint64(1) == 1
        assert abs(int(high[odd].sum()) * 2 - int(odd.sum())) < WIDE * math.sqrt(int(odd.sum()))


@given(st.integers(0, MOST), st.integers(0, MOST), st.integers(0, 1000), st.text(max_size=20))
def test_a_number_and_a_column_draw_the_same_within_range(seed: int, run: int, turn: int, name: str) -> None:
    column = draws(seed, np.array([run], dtype=np.uint64), turn, name)
    assert column.dtype == np.int32
    assert draw(seed, run, turn, name) == column[0]
    assert 0 <= column[0] < SIDES


GOLDEN = {
    (0, 0, 0, ""): 664829,
    (7, 0, 1, "kirkuk.casualty"): 722855,
    (7, 1, 1, "kirkuk.casualty"): 257935,
    (7, 0, 2, "kirkuk.casualty"): 505355,
    (8, 0, 1, "kirkuk.casualty"): 156889,
    (7, 0, 1, "region.war"): 442050,
    (MOST, MOST, 12, "obey.army"): 586666,
    (12_345, 9_999, 11, "policy.option"): 482542,
    (1, 2, 3, "Bagdad – بغداد"): 86096,
}
"""Draws as they were when saves were first written: if one changes, every save and every recorded game changes."""


def test_golden_draws() -> None:
    assert {asked: draw(*asked) for asked in GOLDEN} == GOLDEN


def test_the_hash_seed_of_python_changes_nothing() -> None:
    code = "from game.world.luck import draw; print(draw(7, 0, 1, 'kirkuk.casualty'))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("0", "1")
    }
    assert said == {str(draw(7, 0, 1, "kirkuk.casualty"))}


def test_mixing_loses_nothing() -> None:
    numbers = [k * 0x0123456789ABCDEF % 2**64 for k in range(20_000)] + list(range(20_000))
    assert len({luck.mix(number) for number in numbers}) == len(set(numbers))
    assert len({luck.named(f"name {k}") for k in range(20_000)}) == 20_000
