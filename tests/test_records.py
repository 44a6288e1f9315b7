"""Golden games: every bundled scenario has one, and the rules still give it."""

from __future__ import annotations

import pytest

from game.scenario.library import bundled
from game.testing.records import FOLDER, record


@pytest.mark.parametrize("name", bundled())
def test_the_golden_game_is_still_the_same(name: str) -> None:
    path = FOLDER / f"{name}.txt"
    assert path.is_file(), "a scenario without a record: python -m game.testing.records writes it"
    assert record(name) == path.read_text(encoding="utf-8"), (
        "outcomes changed: if that is meant, say so in CHANGELOG.md and run python -m game.testing.records"
    )


def test_no_record_is_left_of_a_scenario_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(bundled())
