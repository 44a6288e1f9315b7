"""The title, and the list of saved games; neither reads a scenario before its first frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game.tui.screens.face import BACK, DOCUMENTS, HELP, LAST, QUIT, Face
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import said

if TYPE_CHECKING:
    from game.play.sitting import SavedGame

CHOOSE = Key("", "↑ ↓", "move", "", "move the pointer; a digit jumps to its row", 6)
ENTER = Key("", "Enter", "choose", "", "choose the row with the pointer", 7)
ROWS = ("New game", "Resume a saved game", "Read the documents", "Help", "Quit")
RIVER = "≈" * 46
TITLE = Content("\n").join([
    Content.styled(RIVER, "$primary"),
    Content.styled("B E T W E E N   T W O   R I V E R S", "bold $accent"),
    Content.styled(RIVER, "$primary"),
])  # fmt: skip
UNDER = (
    "You run the Prime Minister's office in Baghdad. Washington holds your dollars, Tehran your power, "
    "and some of your armed men answer to neither of them, nor to you."
)


def told(saved: SavedGame, title: str = "") -> str:
    """A saved game in a few words."""
    played = f"{saved.turn} turn{'' if saved.turn == 1 else 's'} played"
    state = "over" if saved.ending else played
    return f"{title or saved.scenario}, seed {saved.seed}, {state}{', iron' if saved.iron else ''}"


class TitleScreen(Face[None]):
    """The first screen."""

    KEYS = (
        CHOOSE,
        ENTER,
        Key("n", "n", "new game", "new", "choose a scenario and begin", 4),
        Key("r", "r", "resume", "resume", "the games that are kept", 4),
        DOCUMENTS,
        HELP,
        QUIT,
    )

    def bar(self) -> Content:
        """The title stands in the middle, not in the bar."""
        return Content("")

    def body(self) -> Iterable[Widget]:
        """The title and what can be done."""
        yield Vertical(
            Static(TITLE, id="name", markup=False),
            Static(UNDER, id="under", markup=False),
            Menu([Item(str(n), said(text)) for n, text in enumerate(ROWS, 1)], id="main"),
            id="title",
        )

    def on_mount(self) -> None:
        """The menu has the keys; the saves are looked up after the first frame."""
        self.query_one(Menu).focus()
        self.call_after_refresh(self.run_worker, self._look, thread=True, exit_on_error=False)

    def on_screen_resume(self) -> None:
        """The saves may have changed."""
        if self.is_mounted:
            self.run_worker(self._look, thread=True, exit_on_error=False)

    def _look(self) -> None:
        from game.play.sitting import saved_games

        open_games = [saved for saved in saved_games(self.game.keep) if not saved.ending]
        self.game.call_from_thread(self._show_latest, open_games[:1])

    def _show_latest(self, latest: list[SavedGame]) -> None:
        note = f"  the last: {told(latest[0])}" if latest else "  none is open yet"
        rows = self.query_one(Menu).rows
        rows[1].become(Item("2", said("Resume a saved game", (note, "$foreground-muted"))))

    async def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Enter on a row."""
        actions = ("new", "resume", "documents", "help", "quit")
        if event.index is not None:
            await self.run_action(actions[event.index])

    def action_new(self) -> None:
        """Choose a scenario."""
        from game.tui.screens.new_game import ScenarioScreen

        self.game.push_screen(ScenarioScreen())

    def action_resume(self) -> None:
        """Choose a save."""
        self.game.push_screen(SavesScreen())


class SavesScreen(Face[None]):
    """The saved games, the latest first."""

    KEYS = (CHOOSE, ENTER, BACK, *LAST)
    TITLE = "Saved games"

    def body(self) -> Iterable[Widget]:
        """One row for each save."""
        from game.play.sitting import saved_games

        self.saves = saved_games(self.game.keep)
        self.titles = _titles({saved.scenario for saved in self.saves})
        if not self.saves:
            nothing = "No game has been saved yet. Esc goes back; New game begins one."
            yield Static(nothing, classes="note", markup=False)
        rows = [Item(str(i + 1) if i < 9 else " ", self._row(saved)) for i, saved in enumerate(self.saves)]
        yield Room(Menu(rows, start=0 if rows else None), focusable=False)

    def _row(self, saved: SavedGame) -> Content:
        text = told(saved, self.titles.get(saved.scenario, ""))
        return said(text, (f"   {saved.path.name}", "$foreground-muted"))

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one(Menu).focus()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Open the save."""
        if event.index is not None and self.saves:
            self.open(self.saves[event.index])

    def open(self, saved: SavedGame) -> None:
        """Resume it, or say why it cannot be."""
        from game.play.sitting import resume
        from game.world.problems import Diverged, Problems

        try:
            sitting = resume(saved.path)
        except (Problems, Diverged, OSError) as error:
            self.tell(str(error), title="This save cannot be opened", severity="error")
            return
        self.game.play(sitting)


def _titles(names: Iterable[str]) -> dict[str, str]:
    """The titles of scenarios by id, read without checking the scenario: the tutorial's first, then by their dates."""
    import tomllib

    from game.scenario.library import SITUATION, folder

    found = []
    for name in names:
        try:
            raw = tomllib.loads((folder("scenarios") / name / SITUATION).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        found.append((not raw.get("tutorial"), str(raw.get("begins", "")), name, str(raw.get("title", ""))))
    return {name: title for _, _, name, title in sorted(found)}
