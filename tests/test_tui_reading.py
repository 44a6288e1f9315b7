"""The reader's room in the Textual face, by its keys and by the mouse, in both design sizes."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import attrs
import pytest
import test_tui
from test_tui import HOSTILE, LARGE, SMALL, decide, face, playing, rendered, sat, squeezed, wait_for
from textual.pilot import Pilot
from textual.widgets import Input

from game import view
from game.scenario import library
from game.tui.app import Baghdad
from game.tui.screens.desk import DeskScreen
from game.tui.screens.ending import DebriefPage, EndingScreen
from game.tui.screens.pages import SourcesPage
from game.tui.screens.reading import ReadingRoom
from game.tui.screens.reading_lists import DisputesScreen, DocumentScreen, FindScreen, TimelineScreen
from game.tui.screens.reading_pages import AboutPage, DisputePage, FactPage, HappeningPage
from game.tui.screens.title import TitleScreen
from game.tui.screens.why import CausePage, CausesScreen, VariablesScreen
from game.tui.widgets.hang import Hang
from game.tui.widgets.menu import Menu
from game.tui.widgets.rows import LongMenu
from game.tui.widgets.scroll import Room
from game.tui.widgets.shelf import Column
from game.view import reading_room

BOTH = pytest.mark.parametrize("size", [SMALL, LARGE])


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys, each with time for what it sets going."""
    for key in keys:
        await test_tui.press(pilot, key)
        await pilot.pause()


async def room(app: Baghdad, pilot: Pilot[None]) -> ReadingRoom:
    """The reader's room once its sheets are read."""
    await press(pilot, "d")
    await wait_for(pilot, ReadingRoom)
    end = time.monotonic() + 20
    while time.monotonic() < end and not app.screen.query(Column):
        await asyncio.sleep(0.01)
    await pilot.pause()
    assert isinstance(app.screen, ReadingRoom)
    return app.screen


async def seen(app: Baghdad, pilot: Pilot[None]) -> str:
    """What is seen while the page is scrolled from top to bottom."""
    scroller, rows = app.screen.query_one(Room).scroller, list[str]()
    for top in range(0, int(scroller.max_scroll_y) + 1, max(1, scroller.size.height - 2)):
        scroller.scroll_to(y=top, animate=False, force=True, immediate=True)
        await pilot.pause()
        rows.append(rendered(app))
    scroller.scroll_end(animate=False, force=True, immediate=True)
    await pilot.pause()
    return "\n".join([*rows, rendered(app)])


def hanging(app: Baghdad) -> list[str]:
    """Every line of the paragraphs of a screen, as it must be seen."""
    return [line.plain.strip() for part in app.screen.query(Hang) for line in part.rows(part.size.width)]


# ---- the shelf


@BOTH
async def test_the_documents_stand_on_the_shelf_and_nothing_is_cut(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(None, tmp_path, size) as (app, pilot):
        await room(app, pilot)
        columns = list(app.screen.query(Column))
        beside = {column.region.y for column in columns} == {columns[0].region.y}
        assert beside is (size == LARGE)
        said = await seen(app, pilot)
        assert [line for line in hanging(app) if line not in said] == []
        for head in reading_room.documents():
            assert f"document {head.id}" in said


@BOTH
async def test_arrows_and_digits_choose_a_document(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(None, tmp_path, size) as (app, pilot):
        await room(app, pilot)
        assert "▸ 1  document 000" in rendered(app)
        await press(pilot, "right")
        assert "▸ 2  document 001" in rendered(app)
        await press(pilot, "5")
        assert "▸ 5  document 004" in rendered(app)
        await press(pilot, "enter")
        await wait_for(pilot, DocumentScreen)
        assert "Document 004 · all paragraphs, all kinds · 34 facts" in rendered(app)
        await press(pilot, "escape")
        await wait_for(pilot, ReadingRoom)
        await press(pilot, "escape")
        await wait_for(pilot, TitleScreen)


async def test_the_title_has_a_row_for_it(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        await press(pilot, "3")
        assert "▸ 3 Read the documents" in rendered(app)
        await press(pilot, "enter")
        await wait_for(pilot, ReadingRoom)


async def test_the_mouse_opens_documents_and_facts(tmp_path: Path) -> None:
    async with playing(None, tmp_path, LARGE) as (app, pilot):
        await room(app, pilot)
        await pilot.click(app.screen.query(Column)[4])
        await wait_for(pilot, DocumentScreen)
        menu = app.screen.query_one(LongMenu)
        await pilot.click(menu, offset=(10, menu.tops[2]))
        await wait_for(pilot, FactPage)
        assert "004-p1-embassy-rockets" in rendered(app)


# ---- one document


async def test_a_document_by_paragraph_and_by_kind(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        app.push_screen(DocumentScreen("003"))
        await wait_for(pilot, DocumentScreen)
        assert all(fact.text in face(app).text() for fact in library.sheets()["003"].facts)
        await press(pilot, *["right"] * 10)
        assert "Paragraph 10 holds no fact: " in squeezed(rendered(app))
        await press(pilot, *["left"] * 10, "k")
        assert "all paragraphs, events only · 12 facts" in rendered(app)
        await press(pilot, *"kkkkkk")
        assert "all kinds · 76 facts" in rendered(app)
        await press(pilot, "i")
        await wait_for(pilot, AboutPage)
        assert squeezed(library.sheets()["003"].date_note) in squeezed(face(app).text())


async def test_a_search_narrows_a_document_and_escape_widens_it(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        app.push_screen(DocumentScreen("004"))
        await wait_for(pilot, DocumentScreen)
        await press(pilot, "slash", *"waiver", "enter")
        keys = [entry.key for entry in app.screen.shown]  # type: ignore[attr-defined]
        assert keys
        assert all("waiver" in f"{library.facts()[key].text} {key}".casefold() for key in keys)
        await press(pilot, "escape")
        assert len(app.screen.shown) == 34  # type: ignore[attr-defined]
        await press(pilot, "escape")
        await wait_for(pilot, TitleScreen)


# ---- facts and disagreements


@BOTH
async def test_a_fact_is_told_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(None, tmp_path, size) as (app, pilot):
        app.push_screen(FactPage("004-p2-waivers"))
        await wait_for(pilot, FactPage)
        told, said = reading_room.fact("004-p2-waivers"), squeezed(face(app).text())
        shown = await seen(app, pilot)
        assert [line for line in hanging(app) if line not in shown] == []
        for text in (told.fact.text, told.dated, told.document, *(place for use in told.uses for place in use.places)):
            assert squeezed(text) in said
        await press(pilot, "right", "left", "left")
        assert told.before in rendered(app)
        await press(pilot, "right", "enter")
        await wait_for(pilot, DisputePage)
        assert "help-or-whip" in rendered(app)
        await press(pilot, "enter")
        await wait_for(pilot, FactPage)
        await press(pilot, "o")
        await wait_for(pilot, DocumentScreen)
        assert "▸ p2" in rendered(app)


async def test_the_first_and_the_last_fact_say_so(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        app.push_screen(FactPage(library.sheets()["000"].facts[0].key))
        await wait_for(pilot, FactPage)
        await press(pilot, "left")
        assert "That is the first one." in rendered(app)


@BOTH
@pytest.mark.parametrize("key", ["do-strikes-deter", "why-the-guards-stood-aside"])
async def test_a_disagreement_shows_all_its_sides(tmp_path: Path, size: tuple[int, int], key: str) -> None:
    async with playing(None, tmp_path, size) as (app, pilot):
        app.push_screen(DisputePage(key))
        await wait_for(pilot, DisputePage)
        await pilot.pause()
        sides = list(app.screen.query(".side"))
        assert len(sides) == len(library.disagreements()[key].sides)
        assert (len({side.region.y for side in sides}) == 1) is (size == LARGE)
        shown = await seen(app, pilot)
        assert [line for line in hanging(app) if line not in shown] == []
        facts = [fact.key for side in reading_room.dispute(key).sides for fact in side.facts]
        await press(pilot, *["down"] * len(facts), "enter")
        await wait_for(pilot, FactPage)
        assert facts[-1] in rendered(app)


async def test_the_disagreements_by_kind_and_word(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        await room(app, pilot)
        await press(pilot, "d")
        await wait_for(pilot, DisputesScreen)
        assert f"{len(library.disagreements())}, all kinds" in rendered(app)
        await press(pilot, "k")
        assert "of the kind number (how many)" in rendered(app)
        await press(pilot, "slash", *"wounded", "enter", "enter")
        await wait_for(pilot, DisputePage)
        assert "wounded-in-the-strikes" in rendered(app)


# ---- the timeline, and finding


async def test_the_timeline_by_year(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        await room(app, pilot)
        await press(pilot, "t")
        await wait_for(pilot, TimelineScreen)
        await press(pilot, "right")
        assert "▸   2003: " in rendered(app)
        entries = reading_room.timeline()
        shared = next(i for i, entry in enumerate(entries) if len(entry.facts) > 1)
        menu = app.screen.query_one(LongMenu)
        menu.action_point(shared)
        await press(pilot, "enter")
        await wait_for(pilot, HappeningPage)
        said = squeezed(face(app).text())
        assert all(squeezed(fact.text) in said for fact in entries[shared].facts)
        await press(pilot, "enter")
        await wait_for(pilot, FactPage)
        assert entries[shared].facts[0].key in rendered(app)


async def test_words_are_found_everywhere(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        await room(app, pilot)
        await press(pilot, "slash")
        await wait_for(pilot, FindScreen)
        await pilot.pause()
        assert isinstance(app.focused, Input)
        await press(pilot, *"waiver whip")
        assert "0 facts, 1 disagreements" in rendered(app)
        await press(pilot, "enter", "enter")
        await wait_for(pilot, DisputePage)
        await press(pilot, "escape")
        await wait_for(pilot, FindScreen)
        await press(pilot, "escape")
        await wait_for(pilot, ReadingRoom)


# ---- from the game and back


async def test_from_a_cards_source_to_the_fact_and_back(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        first = next(source.fact for source in view.card_sources(sitting.match) if source.fact)
        await press(pilot, "s")
        await wait_for(pilot, SourcesPage)
        await press(pilot, "enter")
        await wait_for(pilot, FactPage)
        assert first.key in rendered(app)
        await press(pilot, "escape")
        await wait_for(pilot, SourcesPage)
        await press(pilot, "escape")
        await wait_for(pilot, DeskScreen)
        assert sitting.match.turn == 0


async def test_from_why_to_the_fact_and_back(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        await decide(pilot, sitting)
        await wait_for(pilot, DeskScreen)
        cause = view.explained(sitting.match, "waiver_days").because[0]
        await press(pilot, "w")
        await wait_for(pilot, VariablesScreen)
        await press(pilot, "3", "enter")
        await wait_for(pilot, CausesScreen)
        await press(pilot, "enter")
        await wait_for(pilot, CausePage)
        await press(pilot, "enter")
        await wait_for(pilot, FactPage)
        assert cause.facts[0].key in rendered(app)
        await press(pilot, "escape")
        await wait_for(pilot, CausePage)
        await press(pilot, "escape", "escape")
        await wait_for(pilot, VariablesScreen)


async def test_the_room_is_in_the_palette_and_in_the_help(tmp_path: Path) -> None:
    async with playing(sat(tmp_path), tmp_path) as (app, pilot):
        assert "Documents (d)" in [command.title for command in app.get_system_commands(app.screen)]
        await press(pilot, "question_mark")
        await pilot.pause()
        assert "the reader's room" in face(app).text()


async def test_the_room_keeps_the_secrets_of_a_game_that_is_on(tmp_path: Path) -> None:
    async with playing(sat(tmp_path), tmp_path) as (app, pilot):
        for key in ("004-p4-pursuit-order", "001-p19-strikes-did-not-deter"):
            app.push_screen(FactPage(key))
            await wait_for(pilot, FactPage)
            said = face(app).text()
            assert "What was really decided" not in said
            assert "Secrets in" not in said


async def test_the_debrief_says_what_was_taken_for_granted(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    while sitting.match.outcome is None and sitting.match.dilemma is not None:
        sitting.play(next(option.id for option in sitting.match.dilemma.options if option.barred is None))
    async with playing(sitting, tmp_path) as (app, pilot):
        await wait_for(pilot, EndingScreen)
        await press(pilot, "enter")
        await wait_for(pilot, DebriefPage)
        page, said = view.debrief(sitting.match), squeezed(face(app).text())
        assert page is not None
        assert page.taken
        for taken in page.taken:
            for text in (taken.question, taken.took, *(says for says, _ in taken.sides), taken.resolution):
                assert squeezed(text) in said
        await press(pilot, "d")
        await wait_for(pilot, ReadingRoom)


# ---- texts and terminals


async def test_hostile_texts_are_shown_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fact = attrs.evolve(library.facts()["004-p2-waivers"], text=HOSTILE, who=HOSTILE, repair=HOSTILE)
    told = attrs.evolve(reading_room.fact(fact.key), fact=fact)
    monkeypatch.setattr(reading_room, "fact", lambda key, match=None: told)
    whole: Any = attrs.evolve(reading_room.document("004"), facts=(fact,))
    monkeypatch.setattr(reading_room, "document", lambda *asked, **rest: whole)
    async with playing(None, tmp_path, LARGE) as (app, pilot):
        for screen in (FactPage(fact.key), DocumentScreen("004")):
            app.push_screen(screen)
            await wait_for(pilot, type(screen))
            said = rendered(app)
            for text in ("[/] [b]a[/b] [@click=app.quit]x[/]", "漢字かな", "${x}"):
                assert text in squeezed(said)
            assert not {"\x1b", "\u202e"} & set(said)


async def test_another_width_wraps_the_lists_anew(tmp_path: Path) -> None:
    async with playing(None, tmp_path, LARGE) as (app, pilot):
        app.push_screen(TimelineScreen())
        await wait_for(pilot, TimelineScreen)
        menu = app.screen.query_one(LongMenu)
        wide = len(menu.lines)
        await press(pilot, "down", "down")
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert len(menu.lines) > wide
        assert all(line.cell_length <= SMALL[0] for line in menu.lines)
        assert "▸   2003: " in rendered(app)


async def test_the_cursor_stands_at_the_pointer_of_a_long_list(tmp_path: Path) -> None:
    async with playing(None, tmp_path) as (app, pilot):
        app.push_screen(DocumentScreen("004"))
        await wait_for(pilot, DocumentScreen)
        for _ in range(9):
            await press(pilot, "down")
        await pilot.pause()
        row = rendered(app).splitlines()[app.cursor_position.y]
        assert row[app.cursor_position.x :].startswith("▸")
        assert isinstance(app.focused, Menu)
