"""What turned a game: told after the end in both faces, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

import game
from game import plain, view
from game.play.match import Match
from game.play.sitting import begin
from game.tui.app import Baghdad
from game.tui.screens.turning import TurningPage


@pytest.fixture(scope="module")
def over() -> Match:
    match = game.start(game.load("gaza-spillover"), seed=7)
    while match.dilemma is not None:
        match = match.play(next(option.id for option in match.dilemma.options if option.barred is None))
    return match


@pytest.fixture(scope="module")
def told(over: Match) -> view.TurnedPage:
    page = view.turned(over)
    assert page is not None
    return page


def test_nothing_is_told_before_the_end() -> None:
    assert view.turned(game.start(game.load("gaza-spillover"), seed=7)) is None


def test_plain_mode_tells_it_after_the_end(
    over: Match, told: view.TurnedPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "turned", lambda match, tick=None: told)
    sitting = begin(over.scenario, seed=7, keep=tmp_path)
    sitting.match = over
    lines, said = iter(["turning\n"]), list[str]()
    assert plain.play(sitting, lambda: next(lines, ""), said.append, echo=True) == 0
    sitting.close()
    heard = "".join(said).split("> turning\n", 1)[1]
    for point in told.points:
        for part in (point.title, point.took, point.instead, point.change, point.odds, point.other):
            assert part in heard
    assert all(each.text in heard for each in told.standing)
    assert 1 <= len(told.points) <= 3
    assert len(told.standing) == 4


async def test_the_page_shows_it_when_it_is_found(
    over: Match, told: view.TurnedPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "turned", lambda match, tick=None: told)
    app = Baghdad(None, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        page = TurningPage(over)
        await app.push_screen(page)
        await app.workers.wait_for_complete()
        await pilot.pause()
        said = " ".join(page.text().split())
        for point in told.points:
            assert all(part in said for part in (point.title, point.took, point.instead, point.odds, point.other))
        assert all(each.text in said for each in told.standing)
