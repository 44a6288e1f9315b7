"""Whatever is ordered, thrown in or set at the start: the invariants hold, and every game ends once."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import game
from game.scenario.library import bundled
from game.scenario.model import Scenario
from game.testing.invariants import INVARIANTS, breaches, breaches_of, random_game
from game.testing.strategies import loaded, matches, orders, played, seeds, values
from game.world.variables import FACTIONS

CHEAP = ("books", "limits", "control", "causes", "pending", "ending")
DEAR = tuple(invariant.id for invariant in INVARIANTS if invariant.id not in CHEAP)


@pytest.fixture(scope="module")
def gaza() -> Scenario:
    return game.load("gaza-spillover")


def test_every_invariant_has_an_id_and_a_sentence_of_its_own() -> None:
    assert len({invariant.id for invariant in INVARIANTS}) == len(INVARIANTS)
    assert all(invariant.check.__doc__ for invariant in INVARIANTS)
    assert set(CHEAP) < {invariant.id for invariant in INVARIANTS}


@settings(max_examples=70)
@given(matches())
def test_drawn_games_keep_their_books_and_end_once(match: game.Match) -> None:
    assert match.outcome is not None
    assert [ending.id for ending in match.scenario.endings].count(match.outcome.ending) == 1
    assert breaches(match, *CHEAP) == []


@settings(max_examples=6)
@given(matches())
def test_a_few_drawn_games_keep_every_other_invariant(match: game.Match) -> None:
    assert breaches(match, *DEAR) == []


@settings(max_examples=6)
@given(st.data(), matches(turns=3))
def test_a_game_broken_off_keeps_every_invariant(data: st.DataObject, match: game.Match) -> None:
    assert breaches(match) == []
    if match.outcome is None:
        assert played(match, data.draw(orders(match))).turn == match.turn + 1


def test_two_hundred_random_games_end_once_each(gaza: Scenario) -> None:
    endings: Counter[str] = Counter()
    for run in range(200):
        match = random_game(gaza, 2, run)
        assert match.outcome is not None
        assert match.outcome.turn == match.turn == len(match.turns) <= gaza.turns
        endings[match.outcome.ending] += 1
        assert breaches(match, "books", "limits", "control", "ending") == [], run
    assert sum(endings.values()) == 200
    assert set(endings) <= {ending.id for ending in gaza.endings}


@pytest.mark.parametrize("name", bundled())
def test_random_games_keep_every_invariant_with_no_hypothesis_at_all(name: str) -> None:
    assert breaches_of(game.load(name), games=6, seed=11) == []


@settings(max_examples=60)
@given(st.data(), seeds())
def test_any_start_value_of_any_tabled_variable_is_taken_as_given(data: st.DataObject, seed: int) -> None:
    scenario = loaded("gaza-spillover")
    given_values = data.draw(values(scenario, most=12))
    match = game.start(scenario, seed, values=given_values)
    for name, value in given_values.items():
        nothing_weighs = name == "militia_autonomy" and sum(match[f"{faction}_strength"] for faction in FACTIONS) < 1
        assert match[name] == pytest.approx(value, abs=0.0021 if name == "militia_autonomy" else 0) or nothing_weighs
    assert breaches(match, *CHEAP) == []


def test_pending_effects_of_one_name_are_one(gaza: Scenario) -> None:
    names = [name for name in gaza.layout.index if name.startswith("later.")]
    assert len(names) == len(set(names)) > 0
