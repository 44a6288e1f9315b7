"""A menu of very many rows, drawn by one widget: it opens and moves as fast as a short one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.visual import Visual

from game.tui.widgets.cursor import follow
from game.tui.widgets.menu import POINTER, Item, Menu
from game.tui.widgets.scroll import Scroller


class LongMenu(Menu):
    """A menu whose rows are lines of its own and not widgets."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"long-menu--here"}
    DEFAULT_CSS = "LongMenu { height: auto; width: 1fr; }"

    def __init__(self, items: Iterable[Item] = (), start: int | None = 0, id: str | None = None) -> None:
        super().__init__((), start, id=id)
        self.items = list(items)
        self.lines: list[Content] = []
        self.tops: list[int] = []
        self.wrapped = 0

    async def fill(self, items: Iterable[Item], start: int | None = 0) -> None:
        """Other rows instead of these."""
        self.items, self.at, self.wrapped = list(items), start, 0
        self.refresh(layout=True)
        self.call_after_refresh(self.show)

    def wrap(self, width: int) -> None:
        """The rows in lines that fit."""
        if width == self.wrapped:
            return
        self.wrapped, self.lines, self.tops = width, [], []
        for item in self.items:
            lead = Content.styled(f"  {item.mark} ", "bold")
            first, *rest = item.text.wrap(max(8, width - lead.cell_length)) or [Content("")]
            blank = Content(" " * lead.cell_length)
            self.tops.append(len(self.lines))
            self.lines += [lead + first, *(blank + line for line in rest)]

    def region_of(self, index: int) -> Region:
        """Where a row stands in this widget."""
        end = self.tops[index + 1] if index + 1 < len(self.tops) else len(self.lines)
        return Region(0, self.tops[index], max(1, self.size.width), end - self.tops[index])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows wrap to."""
        self.wrap(width)
        return len(self.lines)

    def render_line(self, y: int) -> Strip:
        """One line; the pointer stands before the first of the row that is highlighted."""
        width = self.size.width
        self.wrap(width)
        if y >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        line, is_here = self.lines[y], self.at is not None and self._row_at(y) == self.at
        if is_here and y == self.tops[self._row_at(y)]:
            line = Content.styled(POINTER, "bold") + line[1:]
        style = self.get_visual_style("long-menu--here") if is_here else self.visual_style
        return Visual.to_strips(self, line, width, 1, style, pad=True)[0]

    def _row_at(self, y: int) -> int:
        return bisect_right(self.tops, y) - 1

    def show(self) -> None:
        """Bring the highlighted row into sight and the terminal's cursor to it."""
        self.refresh()
        scroller = self.parent
        if self.at is not None and self.at < len(self.tops) and isinstance(scroller, Scroller):
            region = self.region_of(self.at).translate(self.virtual_region.offset)
            scroller.scroll_to_region(region, animate=False, force=True, immediate=True)
        self.on_focus()

    def on_focus(self) -> None:
        """The terminal's cursor goes to the highlighted row."""
        if self.has_focus and self.tops:
            follow(self.app, self, self.tops[min(self.at or 0, len(self.tops) - 1)])

    def action_move(self, by: int) -> None:
        """One row up or down."""
        if self.items:
            last = len(self.items) - 1
            self.action_point(min(last, max(0, (-1 if self.at is None else self.at) + by)))

    def action_point(self, index: int) -> None:
        """Highlight a row."""
        if index < len(self.items):
            self.at = index
            self.show()
            self.post_message(self.Moved(self, index))

    def on_click(self, event: events.Click) -> None:
        """The mouse chooses a row."""
        event.stop()
        if 0 <= event.y < len(self.lines):
            self.focus(scroll_visible=False)
            self.action_point(self._row_at(event.y))
            self.action_choose()
