"""A list to open rows from, narrowed by a search; with a line below it, if wanted, on the row with the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.widget import Widget
from textual.widgets import Input, Static

from game.tui.screens.face import BACK, LAST, Face
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.rows import LongMenu
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import said
from game.view import reading_room

MOVE = Key("", "↑ ↓", "move", "", "move the pointer; a digit jumps to its row", 5)
OPEN = Key("", "Enter", "open", "", "open the row with the pointer", 7)
FIND = Key("slash", "/", "find", "find", "show only what holds some words", 6)


class Entry(NamedTuple):
    """A row of a list: what it opens, how it is shown, and the words by which it is found."""

    key: str
    item: Item
    words: str


class Listing(Face[None]):
    """Rows to open, narrowed by a search."""

    KEYS: ClassVar[tuple[Key, ...]] = (MOVE, OPEN, FIND, BACK, *LAST)
    PLACEHOLDER = "words that it holds; Enter keeps, Esc shows all"

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Entry] = []

    def entries(self) -> Sequence[Entry]:
        """Every row under the filters that are set."""
        return ()

    def note(self) -> str:
        """A line above the rows, "" for none."""
        return ""

    @property
    def sought(self) -> str:
        """The words that are looked for."""
        return next((field.value for field in self.query("#find").results(Input)), "")

    def body(self) -> Iterable[Widget]:
        """The search, the note, the rows."""
        yield Input(placeholder=self.PLACEHOLDER, id="find")
        yield Static(id="note", classes="note", markup=False)
        yield Room(LongMenu(), focusable=False)

    async def on_mount(self) -> None:
        """Fill the rows."""
        await self.narrow()
        self.begin()

    def begin(self) -> None:
        """The rows have the keys."""
        self.query_one(Menu).focus()

    async def narrow(self, start: int = 0) -> None:
        """Show the rows that the filters and the search leave."""
        words = self.sought
        self.shown = [entry for entry in self.entries() if reading_room.holds(words, entry.words)]
        self.query_one("#bar", Static).update(self.bar())
        note = self.note() or ("" if self.shown else "Nothing here holds these words.")
        line = self.query_one("#note", Static)
        line.update(said(note))
        line.display = bool(note)
        await self.query_one(Menu).fill([entry.item for entry in self.shown], start if self.shown else None)

    def text(self) -> str:
        """The rows too."""
        rows = (f"{entry.item.mark} {entry.item.text.plain}".strip() for entry in self.shown)
        return "\n".join([super().text(), *rows])

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Open a row."""
        if event.index is not None and event.index < len(self.shown):
            self.open(self.shown[event.index])

    def open(self, entry: Entry) -> None:
        """Open what the row names."""

    def action_find(self) -> None:
        """Open the search."""
        field = self.query_one("#find", Input)
        field.display = True
        field.focus()

    async def on_input_changed(self) -> None:
        """Narrow the list."""
        await self.narrow()

    def on_input_submitted(self) -> None:
        """Keep what was found."""
        self.query_one(Menu).focus()

    def action_back(self) -> None:
        """From a search back to the whole list, from the list back."""
        field = self.query_one("#find", Input)
        if not field.display:
            super().action_back()
            return
        field.display = False
        field.value = ""
        self.query_one(Menu).focus()


class Described(Listing):
    """A listing that says below its rows what the one with the pointer is."""

    def describe(self, entry: Entry) -> str:
        """What this row is."""
        return ""

    def body(self) -> Iterable[Widget]:
        """The listing and the line below it."""
        yield from super().body()
        yield Static(id="detail", markup=False)

    async def narrow(self, start: int = 0) -> None:
        """Other rows, and what the first of them is."""
        await super().narrow(start)
        self._describe(start)

    def on_menu_moved(self, event: Menu.Moved) -> None:
        """Say what it is."""
        self._describe(event.index)

    def _describe(self, index: int | None) -> None:
        here = self.shown[index] if index is not None and index < len(self.shown) else None
        self.query_one("#detail", Static).update(said(self.describe(here) if here else ""))
