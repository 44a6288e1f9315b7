"""Menus whose rows stand beside each other in a wide window: the documents, and the sides of a disagreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widget import Widget

from game.tui.widgets.cursor import follow
from game.tui.widgets.menu import POINTER, Item, Menu, Row
from game.tui.widgets.scroll import Scroller


class Column(Row):
    """A row of paragraphs; beside others each paragraph begins where theirs does."""

    def __init__(self, index: int, parts: Sequence[Content]) -> None:
        self.parts = list(parts)
        super().__init__(index, Item("", Content("\n\n").join(self.parts)))

    def point(self, here: bool) -> None:
        """Show or hide the pointer."""
        self.set_class(here, "-here")
        self.lead = Content.styled(f"{POINTER if here else ' '} ", "bold")
        self.refresh()

    def rows(self, width: int) -> list[Content]:
        """The paragraphs in lines, in columns each as tall as the tallest of its neighbours."""
        shelf, edge = self.parent, self.lead.cell_length
        beside = shelf.beside if isinstance(shelf, Shelf) else []
        if isinstance(shelf, Shelf) and beside:
            width = shelf.size.width // len(beside) - 1  # alike for all, so that they wrap alike
        room = max(8, width - edge)
        lines: list[Content] = []
        for i, part in enumerate(self.parts):
            mine = part.wrap(room)
            tall = max((len(other.parts[i].wrap(room)) for other in beside), default=len(mine))
            lines += [*mine, *[Content("")] * (tall - len(mine)), Content("")]
        return lines[:-1]


class Shelf(Menu):
    """Rows beside each other in a wide window, one below another in a narrow one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "before", show=False),
        Binding("right", "move(1)", "after", show=False),
        Binding("up", "line(-1)", "up", show=False),
        Binding("down", "line(1)", "down", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__((), id=id)

    @property
    def is_wide(self) -> bool:
        """Do the rows stand beside each other?"""
        return self.is_attached and self.screen.has_class("-wide")

    @property
    def beside(self) -> list[Column]:
        """The rows, if they stand beside each other."""
        return [row for row in self.rows if isinstance(row, Column)] if self.is_wide else []

    async def stand(self, columns: Iterable[Sequence[Content]]) -> None:
        """Other rows instead of these."""
        self.rows = [Column(i, parts) for i, parts in enumerate(columns)]
        self.at = 0
        await self.remove_children()
        await self.mount(*self.rows)
        self.show()

    def show(self) -> None:
        """Point at the highlighted row; one below another, bring it into sight."""
        for row in self.rows:
            if row.has_class("-here") is not (row.index == self.at):
                row.point(row.index == self.at)
        if self.at is not None and self.rows and not self.is_wide:
            self.rows[self.at].scroll_visible(animate=False, immediate=True, top=True)
        self.on_focus()

    def action_line(self, by: int) -> None:
        """Up and down: another row, or where they stand beside each other, the text."""
        if not self.is_wide:
            self.action_move(by)
            return
        scroller = next((part for part in self.ancestors if isinstance(part, Scroller)), None)
        if scroller is not None:
            scroller.scroll_relative(y=by, animate=False)


class Sides(Menu):
    """What each side says, in a wide window beside each other, and below it the facts to choose from."""

    def __init__(self, groups: Iterable[tuple[Widget, Sequence[Item]]], id: str | None = None) -> None:
        super().__init__((), id=id)
        self.sides: list[VerticalGroup] = []
        for head, items in groups:
            rows = [Row(len(self.rows) + i, item) for i, item in enumerate(items)]
            self.rows += rows
            self.sides.append(VerticalGroup(head, *rows, classes="side"))

    def compose(self) -> Iterable[Widget]:
        """The sides."""
        return self.sides

    def show(self) -> None:
        """Point at the highlighted row; a page opens at its top all the same."""
        for row in self.rows:
            if row.has_class("-here") is not (row.index == self.at):
                row.point(row.index == self.at)
        if self.at:
            self.rows[self.at].scroll_visible(animate=False, immediate=True)
        if self.rows and self.has_focus:
            follow(self.app, self.rows[self.at or 0])
