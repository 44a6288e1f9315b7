"""The Textual face, driven by its keys as a player would, in both design sizes."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from game import view
from game.play.match import Match, start
from game.play.sitting import Sitting, begin, resume, saved_games
from game.scenario.checker import load
from game.scenario.library import bundled
from game.tui.app import Baghdad
from game.tui.screens.agenda import AgendaScreen
from game.tui.screens.cabinet import FAILED, THINKING, CabinetPage
from game.tui.screens.desk import DeskScreen
from game.tui.screens.ending import DebriefPage, EndingScreen
from game.tui.screens.face import Face
from game.tui.screens.followed import FollowedPage
from game.tui.screens.help import HelpPage
from game.tui.screens.new_game import BriefingScreen, ScenarioScreen
from game.tui.screens.pages import PendingPage, SourcesPage
from game.tui.screens.title import SavesScreen, TitleScreen
from game.tui.screens.why import CausePage, CausesScreen, VariablesScreen
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key, fit
from game.tui.widgets.menu import Menu
from game.tui.widgets.scroll import Room

SMALL, LARGE = (80, 24), (120, 40)
SCENARIO = "gaza-spillover"
HOSTILE = "[/] [b]a[/b] [@click=app.quit]x[/] \\[ ]] 'q' \"d\" 漢字かな عربي שלום e\u0301 \x1b[31m \u202e ${x}"


def sat(keep: Path, seed: int = 7, iron: bool = False) -> Sitting:
    return begin(load(SCENARIO), seed, iron=iron, keep=keep)


@asynccontextmanager
async def playing(
    sitting: Sitting | None, keep: Path, size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[Baghdad, Pilot[None]]]:
    app = Baghdad(sitting, keep)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield app, pilot
    finally:
        for held in (sitting, app.sitting):
            if held is not None:
                held.close()


def face(app: Baghdad) -> Face[Any]:
    assert isinstance(app.screen, Face)
    return app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys without Pilot's sleeps, which cost more than the game."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot._wait_for_screen()


def rendered(app: Baghdad) -> str:
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def squeezed(text: str) -> str:
    return " ".join(text.split())


async def wait_for(pilot: Pilot[None], kind: type[Face[Any]]) -> None:
    """Until such a screen is shown and has the keys."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        screen = pilot.app.screen
        if isinstance(screen, kind) and screen.is_mounted and (screen.focused or kind is not DeskScreen):
            await pilot._wait_for_screen()
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{kind.__name__} never came; {pilot.app.screen} is shown")


async def decide(pilot: Pilot[None], sitting: Sitting) -> None:
    """Choose the first open option by its digit, and go on past the report."""
    desk = sitting.match.dilemma
    assert desk is not None
    number = next(i for i, option in enumerate(desk.options, 1) if option.barred is None)
    await press(pilot, str(number), "enter")
    await wait_for(pilot, FollowedPage)
    await press(pilot, "enter")


def first_option(sitting: Sitting) -> str:
    assert sitting.match.dilemma is not None
    return next(option.id for option in sitting.match.dilemma.options if option.barred is None)


def assert_nothing_is_hidden_in_silence(app: Baghdad) -> None:
    room = app.screen.query_one("#middle", Room)
    last = app.screen.query_one("#options", Menu).rows[-1]
    hidden = last.region.bottom > room.scroller.region.bottom
    assert hidden == room.hint.display
    assert not hidden or "below: PgDn" in rendered(app)


# ---- a whole game


@pytest.mark.parametrize(
    ("size", "name"), [(SMALL, "gaza-spillover"), (LARGE, "gaza-spillover"), (SMALL, "first-week")]
)
async def test_a_whole_game_by_keys(tmp_path: Path, size: tuple[int, int], name: str) -> None:
    async with playing(None, tmp_path, size) as (app, pilot):
        assert isinstance(app.screen, TitleScreen)
        await pilot.press("enter")
        await wait_for(pilot, ScenarioScreen)
        assert isinstance(app.screen, ScenarioScreen)
        assert sorted(app.screen.names) == bundled()
        assert app.screen.names[0] == "first-week"
        await pilot.press(str(app.screen.names.index(name) + 1), "enter")
        await wait_for(pilot, BriefingScreen)
        assert " ".join(load(name).content_note.split()[:5]) in squeezed(rendered(app))
        await pilot.press("2", "enter")
        app.screen.query_one(Input).value = "7"
        await pilot.press("enter", "1", "enter")
        await wait_for(pilot, DeskScreen)
        assert app.sitting is not None
        while app.sitting.match.outcome is None:
            await wait_for(pilot, DeskScreen)
            assert_nothing_is_hidden_in_silence(app)
            await decide(pilot, app.sitting)
        await wait_for(pilot, EndingScreen)
        told = view.debrief(app.sitting.match)
        assert told is not None
        said = squeezed(face(app).text())
        for text in (told.title.upper(), told.sentence, *(head for _, head in told.headlines), *dict(told.bill)):
            assert squeezed(text) in said
        await pilot.press("enter")
        await wait_for(pilot, DebriefPage)
        said = squeezed(face(app).text())
        for text in (
            *dict(told.secrets),
            *(decided.title for decided in told.decided),
            *(d.chosen for d in told.decided),
        ):
            assert squeezed(text) in said
        assert saved_games(tmp_path)[0].ending == "over"
        await pilot.press("escape", "n")
        await wait_for(pilot, TitleScreen)


async def test_a_saved_game_goes_on_from_the_title(tmp_path: Path) -> None:
    first = sat(tmp_path)
    first.play(first_option(first))
    first.close()
    async with playing(None, tmp_path) as (app, pilot):
        await pilot.press("r")
        await wait_for(pilot, SavesScreen)
        assert "Gaza Spill-over, seed 7, 1 turn played" in rendered(app)
        await pilot.press("enter")
        await wait_for(pilot, DeskScreen)
        assert "turn 2 of 12" in rendered(app)


async def test_a_save_in_another_window_is_refused_in_words(tmp_path: Path) -> None:
    other = sat(tmp_path)
    async with playing(None, tmp_path) as (app, pilot):
        await pilot.press("r", "enter")
        await pilot.pause()
        assert isinstance(app.screen, SavesScreen)
        assert "another window is playing this game" in squeezed(rendered(app))
    other.close()


# ---- every key does what the footer says


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("a", AgendaScreen),
        ("w", VariablesScreen),
        ("s", SourcesPage),
        ("f", CabinetPage),
        ("p", PendingPage),
        ("r", FollowedPage),
        ("question_mark", HelpPage),
        ("f1", HelpPage),
    ],
)
async def test_each_key_opens_its_screen_and_escape_closes_it(tmp_path: Path, key: str, kind: type[Face[Any]]) -> None:
    sitting = sat(tmp_path)
    sitting.play(first_option(sitting))
    async with playing(sitting, tmp_path) as (app, pilot):
        await pilot.press(key)
        await wait_for(pilot, kind)
        assert squeezed(rendered(app))
        await pilot.press("escape")
        await wait_for(pilot, DeskScreen)


def faces(kind: type[Face[Any]] = Face) -> Iterator[type[Face[Any]]]:
    yield kind
    for below in kind.__subclasses__():
        yield from faces(below)


def test_every_advertised_key_has_an_action() -> None:
    for face in faces():
        for key in face.KEYS:
            name = key.action.partition("(")[0]
            assert not name or hasattr(face, f"action_{name}"), (face, key)


def test_the_footer_fits_and_keeps_help_and_quit() -> None:
    for face in faces():
        for width in range(60, 201):
            shown = fit(face.KEYS, width - 2)
            assert sum(len(key.text) for key in shown) + 2 * (len(shown) - 1) <= width - 2
            assert {"?", "q"} <= {key.shown for key in shown}, face


def test_a_footer_too_narrow_keeps_what_matters() -> None:
    keys = [Key("a", "a", "agenda", "", "", 3), Key("q", "q", "quit", "", "", 9)]
    assert [key.shown for key in fit(keys, 3)] == ["q"]


async def test_the_palette_knows_the_keys(tmp_path: Path) -> None:
    async with playing(sat(tmp_path), tmp_path) as (app, pilot):
        titles = [command.title for command in app.get_system_commands(app.screen)]
        for name in ("Agenda (a)", "Why (w)", "Sources (s)", "Forecast (f)", "Undo (u)", "Help (?)", "Quit (q)"):
            assert name in titles
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"sources", "enter")
        await wait_for(pilot, SourcesPage)


async def test_quit_asks_nothing(tmp_path: Path) -> None:
    async with playing(sat(tmp_path), tmp_path) as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert app.return_code == 0
        assert not app.is_running or app._exit


# ---- deciding


async def test_a_slip_costs_nothing(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        await pilot.press("enter", "enter")
        assert "First choose" in rendered(app)
        await pilot.press("2", "3", "1")
        assert sitting.match.turn == 0
        assert "▸ 1" in rendered(app)
        assert "Enter decides 1" in rendered(app)
        await pilot.press("down")
        assert "▸ 2" in rendered(app)


async def test_the_mouse_needs_two_clicks(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        row = app.screen.query_one("#options", Menu).rows[0]
        await pilot.click(row)
        assert (sitting.match.turn, "▸ 1" in rendered(app)) == (0, True)
        await pilot.click(row)
        await wait_for(pilot, FollowedPage)
        assert sitting.match.turn == 1


async def test_a_footer_key_can_be_clicked(tmp_path: Path) -> None:
    async with playing(sat(tmp_path), tmp_path) as (app, pilot):
        await pilot.click("Keys", offset=(rendered(app).splitlines()[-1].index("s sources"), 0))
        await wait_for(pilot, SourcesPage)


async def test_a_barred_option_says_why(tmp_path: Path) -> None:
    scenario = load(SCENARIO)
    matches = (start(scenario, seed).dilemma for seed in range(200))
    seed, desk = next((i, d) for i, d in enumerate(matches) if d is not None and any(o.barred for o in d.options))
    number = next(i for i, option in enumerate(desk.options, 1) if option.barred)
    sitting = sat(tmp_path, seed)
    async with playing(sitting, tmp_path, LARGE) as (app, pilot):
        await pilot.press(str(number), "enter")
        assert squeezed(str(desk.options[number - 1].barred).rstrip(".")) in squeezed(rendered(app))
        assert sitting.match.turn == 0


async def test_undo_takes_back_and_iron_refuses(tmp_path: Path) -> None:
    for iron in (False, True):
        sitting = sat(tmp_path, 7, iron)
        async with playing(sitting, tmp_path) as (app, pilot):
            before = sitting.match.state.digest
            await decide(pilot, sitting)
            await wait_for(pilot, DeskScreen)
            await pilot.press("u")
            await pilot.pause()
            assert sitting.match.turn == int(iron)
            assert (sitting.match.state.digest == before) is not iron
            assert ("iron mode" in rendered(app)) is iron
        again = resume(sitting.save.path)
        assert again.match.turn == int(iron)
        again.close()


async def test_a_full_disk_leaves_the_turn_unplayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = sat(tmp_path)

    def full(match: object) -> None:
        raise OSError(28, "No space left on device")

    async with playing(sitting, tmp_path) as (app, pilot):
        monkeypatch.setattr(sitting.save, "write", full)
        desk = sitting.match.dilemma
        assert desk is not None
        number = next(i for i, option in enumerate(desk.options, 1) if option.barred is None)
        await pilot.press(str(number), "enter")
        await pilot.pause()
        assert "no space left on device" in squeezed(rendered(app)).replace("▌ ", "")
        assert isinstance(app.screen, DeskScreen)
        assert sitting.match.turn == 0


async def test_the_agenda_orders_and_stops(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    open_ones = [i for i, offer in enumerate(sitting.match.initiatives) if offer.barred is None]
    first = sitting.match.initiatives[open_ones[0]]
    async with playing(sitting, tmp_path) as (app, pilot):
        await pilot.press("a", str(open_ones[0] + 1), "enter")
        assert f"{open_ones[0] + 1} [x] {first.title}" in rendered(app)
        await pilot.press("escape")
        assert f"begin {first.title}" in rendered(app)
        await decide(pilot, sitting)
        assert sitting.match.turns[0].orders.initiatives == (first.id,)
        await wait_for(pilot, DeskScreen)
        await pilot.press("a", "6", "space")
        assert "6 [x] Stop" in rendered(app)


async def test_the_agenda_refuses_in_words(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path, LARGE) as (app, pilot):
        await pilot.press("a", *(key for n in "12345" for key in (n, "enter")))
        await pilot.pause()
        assert rendered(app).count("[x]") <= 2
        assert "That cannot be begun now" in rendered(app)


# ---- the cabinet


async def forecast_shown(pilot: Pilot[None]) -> CabinetPage:
    await wait_for(pilot, CabinetPage)
    page = pilot.app.screen
    assert isinstance(page, CabinetPage)
    await pilot.app.workers.wait_for_complete()
    end = time.monotonic() + 20
    while THINKING in rendered(pilot.app) or page.query_one("#thinking").display:  # type: ignore[arg-type]
        assert time.monotonic() < end, "what was found is never shown"
        await pilot.pause(0.01)
    return page


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_forecast_shows_options_and_advisers(tmp_path: Path, size: tuple[int, int]) -> None:
    sitting = sat(tmp_path)
    told = view.cabinet(sitting.match)
    async with playing(sitting, tmp_path, size) as (app, pilot):
        await press(pilot, "f")
        said = squeezed((await forecast_shown(pilot)).text())
        for pick in told.advice:
            assert f"option {pick.number}: {pick.text} ({pick.chance})" in said
        for option in told.options:
            assert squeezed(option.text) in said
            assert all(f"{move.label} {move.direction}, {move.sure}" in said for move in option.moves)
        assert "The advisers" in rendered(app)
        assert not app.screen.query_one("#thinking").display


async def test_the_screen_answers_while_the_cabinet_thinks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, asked = threading.Event(), view.cabinet

    def slow(match: Match, planned: tuple[str, ...]) -> view.Cabinet:
        assert go_on.wait(20)
        return asked(match, planned)

    monkeypatch.setattr(view, "cabinet", slow)
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        try:
            await press(pilot, "f")
            await wait_for(pilot, CabinetPage)
            page = app.screen
            assert THINKING in rendered(app)
            await press(pilot, "question_mark")
            await wait_for(pilot, HelpPage)
            await press(pilot, "escape")
            sitting.play(first_option(sitting))
        finally:
            go_on.set()
        await app.workers.wait_for_complete()
        await pilot._wait_for_screen()
        assert isinstance(page, CabinetPage)
        assert page.told is None, "what was reckoned for another turn is not shown"


async def test_a_forecast_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(match: Match) -> view.Cabinet:
        raise ArithmeticError

    monkeypatch.setattr(view, "cabinet", fail)
    async with playing(sat(tmp_path), tmp_path) as (app, pilot):
        await press(pilot, "f")
        await wait_for(pilot, CabinetPage)
        end = time.monotonic() + 10
        while FAILED not in rendered(app) and time.monotonic() < end:
            await pilot.pause(0.02)
        assert FAILED in rendered(app)
        await press(pilot, "escape")
        await wait_for(pilot, DeskScreen)


# ---- why and where from


async def test_why_reaches_facts(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        await decide(pilot, sitting)
        await wait_for(pilot, DeskScreen)
        await pilot.press("w", "3", "enter")
        await wait_for(pilot, CausesScreen)
        reasons = view.explained(sitting.match, "waiver_days").because
        said = squeezed(face(app).text())
        for reason in reasons:
            assert squeezed(reason.title) in said
            assert reason.amount in said
        await pilot.press("enter")
        await wait_for(pilot, CausePage)
        said = squeezed(face(app).text())
        assert reasons[0].rule in said
        for fact in reasons[0].facts:
            assert squeezed(fact.text) in said
            assert f"paragraph {fact.paragraph}" in said
        await pilot.press("escape", "left")
        assert "no turn before" in rendered(app)


async def test_every_variable_is_listed_and_can_be_found(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        await pilot.press("w")
        await wait_for(pilot, VariablesScreen)
        said = face(app).text()
        for reading in view.variables(sitting.match):
            assert reading.label in said
        assert "red line" not in said
        await pilot.press("slash", *"dinar", "enter")
        await pilot.pause()
        assert "The dinar" in rendered(app)
        assert "Blacklist" not in rendered(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Blacklist" in face(app).text()


# ---- nothing is cut


async def everything(app: Baghdad, pilot: Pilot[None], room: Room) -> str:
    """What is seen while the room is scrolled from top to bottom."""
    seen = []
    for top in range(0, int(room.scroller.max_scroll_y) + 1):
        room.scroller.scroll_to(y=top, animate=False, force=True, immediate=True)
        await pilot.pause()
        seen.append(rendered(app))
    return "\n".join(seen)


def longest(sitting: Sitting) -> view.Screen:
    """The main screen with the longest card of the scenario, five options, three dispatches and a full agenda."""
    shown = view.screen(sitting.match)
    card = max(sitting.match.scenario.dilemmas, key=lambda c: max(len(o.text) for o in c.openings))
    text = max((opening.text for opening in card.openings), key=len)
    options = sorted((o.text for c in sitting.match.scenario.dilemmas for o in c.options), key=len)[-5:]
    told = sorted((d for c in sitting.match.scenario.dilemmas for d in c.dispatches), key=lambda d: len(d.text))[-3:]
    assert shown.desk is not None
    return attrs.evolve(
        shown,
        desk=attrs.evolve(shown.desk, title=card.title, text=text),
        choices=tuple(
            view.Choice(i, f"o{i}", text, "the counter-terrorism service must obey: about even (50 in 100)", "")
            for i, text in enumerate(options, 1)
        ),
        dispatches=tuple(view.Told(d.text, d.who or "somebody", d.sure, ()) for d in told),
        running=tuple(
            view.AgendaItem(i, "x", "Dinner with the leagues' deputies", "", "3 turns left; x", "") for i in (6, 7)
        ),
        washington="trusts you 40–50; has sent the director of the CIA",
    )


@pytest.mark.parametrize("size", [(60, 20), SMALL, LARGE])
async def test_the_longest_card_can_be_read_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path, size) as (app, pilot):
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        await desk.show(longest(sitting))
        await pilot.pause()
        room = desk.query_one("#middle", Room)
        assert room.hint.display == (room.scroller.max_scroll_y > 0)
        seen = await everything(app, pilot, room)
        for part in room.query(Hang):
            for line in part.rows(part.size.width):
                assert line.plain.rstrip() in seen
        for text in (
            "Pressure",
            "Waiver",
            "Dollars",
            "Power",
            "Street",
            "Escalation",
            "Own will",
            "Attacks",
            "capital 6.0 of 12",
        ):
            assert text in squeezed(seen)
        for text in ("director of the CIA", "watches", "? help", "q quit"):
            assert text in seen
        if size != LARGE:
            assert squeezed("Dinner with the leagues' deputies, 3 turns left; Dinner") in squeezed(seen)


async def test_hostile_text_is_shown_as_it_is(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    shown = longest(sitting)
    assert shown.desk is not None
    bad = attrs.evolve(
        shown,
        title=HOSTILE,
        desk=attrs.evolve(shown.desk, title=HOSTILE, text=HOSTILE),
        choices=(view.Choice(1, "o", HOSTILE, HOSTILE, HOSTILE),),
        dispatches=(view.Told(HOSTILE, HOSTILE, HOSTILE, ()),),
        report=(HOSTILE,),
        pending=(view.Pending(HOSTILE, "next turn", "ask"),),
        running=(view.AgendaItem(6, "x", HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    )
    async with playing(sitting, tmp_path, LARGE) as (app, pilot):
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        await desk.show(bad)
        desk.tell(HOSTILE, title=HOSTILE)
        await pilot.pause()
        said = rendered(app)
        for text in ("[/] [b]a[/b] [@click=app.quit]x[/]", "漢字かな", "${x}"):
            assert text in squeezed(said)
        assert not {"\x1b", "\u202e"} & set(said)


# ---- terminals


async def test_a_window_too_small_says_so_and_recovers(tmp_path: Path) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path) as (app, pilot):
        await pilot.resize_terminal(50, 15)
        await pilot.pause()
        assert "This window is too small" in rendered(app)
        assert "Pressure" not in rendered(app)
        await pilot.press("1", "enter", "a", "u")
        assert (sitting.match.turn, isinstance(app.screen, DeskScreen)) == (0, True)
        await pilot.resize_terminal(80, 24)
        await pilot.pause(0.1)
        assert "too small" not in rendered(app)
        await pilot.press("1")
        assert "▸ 1" in rendered(app)


async def test_the_cursor_stands_at_the_pointer(tmp_path: Path) -> None:
    async with playing(sat(tmp_path), tmp_path) as (app, pilot):
        for key in ("1", "2"):
            await pilot.press(key)
            await pilot.pause()
            row = app.screen.query_one("#options", Menu).rows[int(key) - 1]
            assert app.cursor_position == row.region.offset


def test_the_title_needs_no_engine() -> None:
    code = "import sys, game.tui.app, game.tui.screens.title as t; t.TitleScreen; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "attrs", "cattrs", "game.play.match", "game.scenario.library", "game.view"} & set(loaded)


DESK = """
import sys
from pathlib import Path
from typing import Any
from game.play.sitting import begin
from game.scenario.checker import load
from game.scenario.library import bundled
from game.tui.app import run
{extra}
sys.exit(run(begin(load("gaza-spillover"), 7, keep=Path({keep!r})), Path({keep!r})))
"""


def in_a_terminal(keep: Path, keys: bytes, signal: int = 0, extra: str = "", **env: str) -> tuple[int, str]:
    """Play in a real terminal of 80x24: the exit code and all that was written."""
    import fcntl
    import pty
    import select
    import struct
    import termios

    main, sub = pty.openpty()
    fcntl.ioctl(sub, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TEXTUAL_THEME")}
    environment = {**clean, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
    code = DESK.format(keep=str(keep), extra=extra)
    child = subprocess.Popen([sys.executable, "-c", code], stdin=sub, stdout=sub, stderr=sub, env=environment)
    os.close(sub)
    written, left, end, pause = b"", [bytes([key]) for key in keys], time.monotonic() + 30, 0.0
    while time.monotonic() < end:
        if select.select([main], [], [], 0.05)[0]:
            try:
                piece = os.read(main, 65536)
            except OSError:
                break
            written += piece
        if b"quit" in written and time.monotonic() > pause:
            pause = time.monotonic() + 0.5
            if left:
                os.write(main, left.pop(0))
            elif signal:
                child.send_signal(signal)
                signal = 0
        if child.poll() is not None and not select.select([main], [], [], 0)[0]:
            break
    child.wait(5)
    os.close(main)
    return child.returncode, written.decode(errors="replace")


COLOUR = re.compile(r"\x1b\[[0-9;:]*(?<![0-9])(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m:]")
terminal = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@terminal
def test_no_color_is_honoured_and_an_empty_one_is_not(tmp_path: Path) -> None:
    code, written = in_a_terminal(tmp_path, b"2q", NO_COLOR="1")
    assert code == 0
    assert "▸ 2" in written
    assert not COLOUR.search(written)
    code, written = in_a_terminal(tmp_path, b"q", NO_COLOR="")
    assert COLOUR.search(written)


@terminal
@pytest.mark.parametrize("signal", [15, 1])
def test_a_signal_restores_the_terminal(tmp_path: Path, signal: int) -> None:
    code, written = in_a_terminal(tmp_path, b"", signal)
    assert code == 128 + signal
    assert "\x1b[?1049l" in written
    assert "\x1b[?25h" in written
    assert "baghdad play gaza-spillover --seed 7 --resume" in written


@terminal
def test_an_error_shows_no_traceback(tmp_path: Path) -> None:
    bad = "def bad(self): raise RuntimeError('boom [/b]')"
    extra = f"import game.tui.screens.desk as d\n{bad}\nd.DeskScreen.action_why = bad"
    code, written = in_a_terminal(tmp_path, b"w", extra=extra)
    assert code == 1
    assert "Traceback" not in written
    assert "RuntimeError: boom [/b]" in written
    assert "gaza-spillover-7.json" in written
    assert "\x1b[?1049l" in written
    assert "Traceback" in (tmp_path / "last-error.txt").read_text()
