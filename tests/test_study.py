"""Study mode and plans: the odds of endings before a choice, and the agenda as part of the forecast, in both faces."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_plain import after, missing, talk
from test_tui import forecast_shown, playing, rendered, squeezed

import game
from game import printing, printing_cabinet, view
from game.play.sitting import begin, resume
from game.scenario.model import Scenario
from game.tui.screens.new_game import BriefingScreen


@pytest.fixture(scope="module")
def gaza() -> Scenario:
    return game.load("gaza-spillover")


def test_odds_are_told_in_study_mode_alone(gaza: Scenario) -> None:
    usual, study = (view.cabinet(game.start(gaza, 7, study=study)) for study in (False, True))
    assert all(option.odds == "" for option in usual.options)
    assert all(option.odds for option in study.options)
    assert [o.moves for o in usual.options] == [o.moves for o in study.options]
    assert missing(study, printing.lines(printing_cabinet.forecast(study))) == []


def test_study_mode_is_kept_in_the_save(gaza: Scenario, tmp_path: Path) -> None:
    sitting = begin(gaza, 7, study=True, keep=tmp_path)
    sitting.close()
    again = resume(sitting.save.path)
    again.close()
    assert again.match.study


def test_plain_mode_forecasts_with_the_agenda_that_is_named(gaza: Scenario, tmp_path: Path) -> None:
    sitting = begin(gaza, 7, study=True, keep=tmp_path)
    said = talk(sitting, "forecast", "forecast 2", "forecast 9", "forecast 1 2 3", "f 2 2")
    sitting.close()
    title = view.screen(sitting.match).agenda[1].title
    assert "Study mode" in said
    assert "endings in a hundred: " in after(said, "forecast")
    assert title not in after(said, "forecast")
    assert f"With the agenda you named: {title}." in after(said, "forecast 2")
    assert after(said, "forecast") != after(said, "forecast 2").replace(f"With the agenda you named: {title}.\n", "")
    assert '"9" is no agenda number' in after(said, "forecast 9")
    assert "at most two initiatives" in after(said, "forecast 1 2 3") or "too little" in after(said, "forecast 1 2 3")
    assert "named twice" in after(said, "f 2 2")
    assert sitting.match.turn == 0


async def test_the_screen_forecasts_with_what_is_planned(gaza: Scenario, tmp_path: Path) -> None:
    sitting = begin(gaza, 7, study=True, keep=tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        assert "study" in rendered(app)
        await pilot.press("a", "2", "enter", "escape")
        await pilot.press("f")
        await forecast_shown(pilot)
        assert "With what you mean to begin" in rendered(app)
        await pilot.press("pagedown")
        await pilot.pause()
        assert "Endings in a hundred: " in squeezed(rendered(app))


async def test_the_briefing_switches_study_mode(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        await app.push_screen(BriefingScreen(game.load("gaza-spillover")))
        await pilot.pause()
        assert "[ ] study" in rendered(app)
        await pilot.press("4", "enter")
        assert "[x] study" in rendered(app)
