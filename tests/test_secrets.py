"""What the player sees keeps the secret: another author or another hidden type alone changes no view."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import game
from game import view
from game.play.match import Match, State
from game.world.variables import UNIT

SCENARIO = game.load("gaza-spillover")
SECRETS = [variable for variable in SCENARIO.table.variables if variable.is_secret]


def played(seed: int, turns: int) -> Match:
    match = game.start(SCENARIO, seed)
    while match.turn < turns and match.dilemma:
        legal = [option.id for option in match.dilemma.options if option.barred is None]
        match = match.play(legal[seed % len(legal)])
    return match


def swapped(match: Match, name: str, value: int) -> Match:
    """The same history with one secret changed in every state that a view can read."""
    i = match.setting.layout.index[name]

    def other(state: State) -> State:
        return State(state.layout, (*state.held[:i], value, *state.held[i + 1 :]))

    turns = tuple(attrs.evolve(t, before=other(t.before), after=other(t.after)) for t in match.turns)
    return attrs.evolve(match, start=other(match.start), turns=turns)


def everything(match: Match) -> list[Any]:
    told = [view.screen(match), view.variables(match), view.card_sources(match), view.assumed(match)]
    told += [view.expected(match, {}), view.past(match), view.onlookers(match)]
    return told + [view.explained(match, dial) for dial in view.DIALS if match.turns]


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 400),
    turns=st.integers(0, 9),
    secret=st.sampled_from(SECRETS),
    at=st.integers(0, 1000),
)
def test_a_secret_alone_changes_no_view(seed: int, turns: int, secret: Any, at: int) -> None:
    match = played(seed, turns)
    if match.outcome is not None:
        return
    value = secret.low + (secret.high - secret.low) * at // 1000 // UNIT * UNIT
    assert everything(swapped(match, secret.name, value)) == everything(match)


@pytest.mark.parametrize("secret", SECRETS, ids=[secret.name for secret in SECRETS])
def test_a_secret_is_named_nowhere_before_the_debrief(secret: Any) -> None:
    match = played(3, 4)
    assert secret.name not in {reading.name for reading in view.variables(match)}
    reading = view.reading(match, secret.name)
    assert (reading.text, reading.change) == ("not known", "steady")


def test_the_debrief_reveals_what_the_scenario_drew() -> None:
    match = played(3, 99)
    last = view.debrief(match)
    assert last is not None
    assert len(last.secrets) == len(SCENARIO.hidden)
    assert {reading.name for reading in view.variables(match)} >= set(SCENARIO.hidden)


def test_a_hidden_cause_shows_as_its_public_one() -> None:
    from game.insight.explain import public

    match = played(3, 2)
    assert public(match, "militias.author").id == "militias.attacks"
    assert public(match, "washington.blame").id == "militias.attacks"


def test_a_banded_variable_is_told_no_finer_than_its_band() -> None:
    match = played(5, 3)
    for reading in view.variables(match):
        if reading.seen == "band":
            assert "–" in reading.text, reading
            assert reading.change in {"up", "down", "steady"}
        if reading.seen == "estimate":
            assert reading.text.startswith("about "), reading
