"""The cabinet's page as values: few words, no figure for what is seen coarsely, nothing about the other secrets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import game
from game import view
from game.play.match import Match


@pytest.fixture(scope="module")
def matches() -> tuple[Match, ...]:
    return tuple(some(game.start(game.load("gaza-spillover"), seed=11)))


def some(match: Match) -> Iterator[Match]:
    while match.dilemma is not None:
        yield match
        match = match.play(next(option.id for option in match.dilemma.options if option.barred is None))


def test_an_adviser_says_ten_words_at_most(matches: tuple[Match, ...]) -> None:
    for match in matches:
        told = view.cabinet(match)
        assert len(told.advice) == 4
        assert all(len(pick.text.split()) <= 10 for pick in told.advice)


def test_every_open_option_has_three_moves_at_most(matches: tuple[Match, ...]) -> None:
    for match in matches:
        told, desk = view.cabinet(match), match.dilemma
        assert desk is not None
        assert [(each.number, each.id) for each in told.options] == [
            (i, option.id) for i, option in enumerate(desk.options, 1) if option.barred is None
        ]
        assert all(len(each.moves) <= 3 for each in told.options)
        assert len(told.anyway) <= 3


def test_what_is_seen_coarsely_has_no_figure(matches: tuple[Match, ...]) -> None:
    seen = {each.label: each.seen for match in matches[:1] for each in view.screen(match).dials}
    for match in matches:
        told = view.cabinet(match)
        for move in (*told.anyway, *(move for option in told.options for move in option.moves)):
            assert bool(move.reach) == (seen[move.label] == "exact")


def test_the_longest_labels_leave_room_for_the_mechanism() -> None:
    from game.insight.advisers import ADVISERS, Pick
    from game.view.cabinet import _advice

    match = game.start(game.load("gaza-spillover"), seed=7)
    assert match.dilemma is not None
    first = match.dilemma.options[0].id
    for adviser in ADVISERS:
        for name in adviser.want:
            pick = Pick(adviser.id, first, name, "steady", 99.0, None)
            assert len(_advice(match, pick, {first: 1}).text.split()) <= 10


def test_after_an_ending_there_is_nothing_to_forecast(matches: tuple[Match, ...]) -> None:
    last = matches[-1]
    assert last.dilemma is not None
    last = last.play(next(option.id for option in last.dilemma.options if option.barred is None))
    assert last.outcome is not None
    told = view.cabinet(last)
    assert (told.anyway, told.options, told.advice) == ((), (), ())
