"""A list to choose from: arrows, digits or the mouse highlight a row, Enter or a second click chooses it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.message import Message

from game.tui.widgets.cursor import follow
from game.tui.widgets.hang import Hang

POINTER = "▸"


class Item(NamedTuple):
    """One row: what stands in its gutter (a number, a mark) and its text; `quiet` draws it pale."""

    mark: str
    text: Content
    quiet: bool = False


class Row(Hang):
    """A row of a menu; the pointer before it shows that it is highlighted, without colour."""

    def __init__(self, index: int, item: Item) -> None:
        super().__init__(Content(""), item.text, classes="quiet" if item.quiet else None)
        self.index, self.item = index, item
        self.point(False)

    def point(self, here: bool) -> None:
        """Show or hide the pointer."""
        self.set_class(here, "-here")
        self.lead = Content.assemble((f"{POINTER if here else ' '} {self.item.mark} ", "bold"))
        self.refresh()

    def become(self, item: Item) -> None:
        """Show another item in this row."""
        self.item = item
        self.set_class(item.quiet, "quiet")
        self.body = item.text
        self.point(self.has_class("-here"))
        self.refresh(layout=True)

    def on_click(self, event: events.Click) -> None:
        """The mouse says which row."""
        event.stop()
        self.post_message(Menu.Clicked(self.index))


class Menu(VerticalGroup, can_focus=True):
    """Rows of which one may be highlighted; a careful menu needs a second click to choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("enter", "choose", "choose", show=False),
        *(Binding(str(n), f"point({n - 1})", f"row {n}", show=False) for n in range(1, 10)),
    ]

    class Clicked(Message):
        """A row was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Moved(Message):
        """Another row is highlighted."""

        def __init__(self, menu: Menu, index: int | None) -> None:
            super().__init__()
            self.menu, self.index = menu, index

    class Chosen(Message):
        """A row was chosen; `index` is None if none was highlighted."""

        def __init__(self, menu: Menu, index: int | None) -> None:
            super().__init__()
            self.menu, self.index = menu, index

    def __init__(
        self, items: Iterable[Item], start: int | None = 0, careful: bool = False, id: str | None = None
    ) -> None:
        self.rows = [Row(i, item) for i, item in enumerate(items)]
        super().__init__(*self.rows, id=id)
        self.at, self.careful = start, careful

    def on_mount(self) -> None:
        """Point at the first row, if one is to be highlighted."""
        self.show()

    async def fill(self, items: Iterable[Item], start: int | None = 0) -> None:
        """Other rows instead of these."""
        self.rows = [Row(i, item) for i, item in enumerate(items)]
        self.at = start
        await self.remove_children()
        await self.mount(*self.rows)
        self.show()

    def show(self) -> None:
        """Point at the highlighted row, bring it into sight and the terminal's cursor to it."""
        for row in self.rows:
            if row.has_class("-here") is not (row.index == self.at):
                row.point(row.index == self.at)
        if self.at is not None and self.rows:
            self.rows[self.at].scroll_visible(animate=False, immediate=True)
        self.on_focus()

    def on_focus(self) -> None:
        """The terminal's cursor goes to the highlighted row."""
        if self.rows and self.has_focus:
            follow(self.app, self.rows[self.at or 0])

    def action_move(self, by: int) -> None:
        """One row up or down; from no row at all, to the first or the last."""
        if not self.rows:
            return
        last = len(self.rows) - 1
        start = -1 if by > 0 else last + 1
        self.action_point(min(last, max(0, (start if self.at is None else self.at) + by)))

    def action_point(self, index: int) -> None:
        """Highlight a row."""
        if index < len(self.rows):
            self.at = index
            self.show()
            self.post_message(self.Moved(self, index))

    def action_choose(self) -> None:
        """Choose the highlighted row."""
        self.post_message(self.Chosen(self, self.at))

    def on_menu_clicked(self, event: Clicked) -> None:
        """A click highlights; on the highlighted row, or in a menu that needs no care, it chooses."""
        event.stop()
        self.focus()
        again = event.index == self.at
        self.action_point(event.index)
        if again or not self.careful:
            self.action_choose()
