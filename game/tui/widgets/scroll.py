"""A room for long text: it scrolls, and says in words how much is above and below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


def hint_of(above: int, below: int) -> str:
    """What the hint says.

    >>> hint_of(0, 3)
    '▼ 3 lines below: PgDn'
    """
    parts = []
    if above:
        parts.append(f"▲ {above} line{'s' * (above > 1)} above: PgUp")
    if below:
        parts.append(f"▼ {below} line{'s' * (below > 1)} below: PgDn")
    return "   ".join(parts)


class Scroller(VerticalScroll):
    """The part that scrolls."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The hint changes with every line."""
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def on_resize(self) -> None:
        """More or less room."""
        self._tell()

    def _tell(self) -> None:
        if isinstance(self.parent, Room):
            self.parent.tell()


class Room(Vertical):
    """A Scroller with its hint; the hint takes a row only where the text does not fit."""

    DEFAULT_CSS = """
    Room { height: 1fr; width: 1fr; }
    Room > Scroller { height: 1fr; scrollbar-size-vertical: 1; }
    Room > .hint { height: 1; display: none; text-align: right; }
    """

    def __init__(self, *children: Widget, focusable: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        self.scroller = Scroller(*children, can_focus=focusable)
        self.hint = Static(classes="hint", markup=False)

    def compose(self) -> ComposeResult:
        """The text and the hint below it."""
        yield self.scroller
        yield self.hint

    def on_mount(self) -> None:
        """More or less text changes the hint as scrolling does."""
        self.watch(self.scroller, "virtual_size", self.tell)

    def on_resize(self) -> None:
        """The room itself has changed."""
        self.tell()

    def tell(self) -> None:
        """Say how much is out of sight."""
        text, room = self.scroller.virtual_size.height, self.size.height
        self.hint.display = text > room > 0
        above = round(self.scroller.scroll_y)
        below = max(0, text - above - (room - 1))
        self.hint.update(Content(hint_of(above, below)))
