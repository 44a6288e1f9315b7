"""What every screen has: title row, keys in footer, palette and help, and a sentence when the window is too small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from game.tui.widgets.keys import Key, Keys
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import clean, said

if TYPE_CHECKING:
    from game.tui.app import Baghdad

T = TypeVar("T")
LEAST = (60, 20)
TOO_SMALL = (
    f"This window is too small: the game needs {LEAST[0]} columns and {LEAST[1]} rows. Make it larger; nothing is lost."
)
HELP = Key("question_mark,f1", "?", "help", "help", "this page: the keys, the dials, how a turn goes", 9)
QUIT = Key("q", "q", "quit", "quit", "leave; every turn is already saved", 9)
COPY = Key("y", "y", "copy", "copy", "copy the text of this screen", 1)
BACK = Key("escape", "Esc", "back", "back", "go back", 8)
DOCUMENTS = Key("d", "d", "documents", "documents", "the reader's room: documents, facts, disagreements, timeline", 2)
PAGE_KEYS = (
    Key("pagedown", "PgDn", "further", "page(1)", "further down", 0),
    Key("pageup", "PgUp", "back up", "page(-1)", "further up", 0),
)
LAST = (*PAGE_KEYS, COPY, HELP, QUIT)
"""The keys with which every screen that is read ends."""


class Face(Screen[T]):
    """A screen of the game. A subclass names its KEYS; bindings, footer, palette and help come from them."""

    KEYS: ClassVar[tuple[Key, ...]] = (HELP, QUIT)
    TITLE: ClassVar[str | None] = ""

    def __init_subclass__(cls, **rest: Any) -> None:
        """Bind the keys that the class names."""
        if "KEYS" in cls.__dict__:
            cls.BINDINGS = [Binding(key.keys, key.action, key.what, show=False) for key in cls.KEYS if key.action]
        super().__init_subclass__(**rest)

    @property
    def game(self) -> Baghdad:
        """The app, as what it is."""
        return cast("Baghdad", self.app)

    def compose(self) -> ComposeResult:
        """Title row, body, footer, and what is shown instead of them in a window too small."""
        yield Static(self.bar(), id="bar", markup=False)
        with Vertical(id="body"):
            yield from self.body()
        yield Keys(self.footer())
        yield Static(Content(TOO_SMALL), id="too-small", markup=False)

    def bar(self) -> Content:
        """The title row."""
        return said(self.TITLE or "")

    def body(self) -> Iterable[Widget]:
        """The parts between title row and footer."""
        return ()

    def footer(self) -> tuple[Key, ...]:
        """The keys for the footer."""
        return self.KEYS

    @property
    def is_too_small(self) -> bool:
        """Is the window below the least size?"""
        return self.size.width < LEAST[0] or self.size.height < LEAST[1]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a window too small only leaving works: nobody should play blind."""
        if self.is_too_small and action != "quit" and any(key.action == action for key in self.KEYS):
            return False
        return super().check_action(action, parameters)

    def commands(self) -> Iterable[SystemCommand]:
        """What the palette offers here: every key of the screen."""
        for key in self.KEYS:
            if key.shown and key.action and not key.action.startswith("page"):
                name = f"{key.label[:1].upper()}{key.label[1:]} ({key.shown})"
                yield SystemCommand(name, key.what, lambda action=key.action: self.call_later(self.run_action, action))

    def on_resize(self) -> None:
        """Back from a window too small, the keys go where they went."""
        if not self.is_too_small and self.focused is None:
            self.call_after_refresh(self.take_keys)

    def take_keys(self) -> None:
        """The first part that can have the keys has them."""
        if self.focused is None:
            self.screen.focus_next("Menu, Scroller")

    # ---- what the keys do everywhere

    def action_help(self) -> None:
        """Open the help for this screen."""
        from game.tui.screens.help import HelpPage

        if not isinstance(self, HelpPage):
            self.game.push_screen(HelpPage(self.KEYS))

    def action_documents(self) -> None:
        """Go into the reader's room."""
        from game.tui.screens.reading import ReadingRoom

        self.game.push_screen(ReadingRoom())

    def action_quit(self) -> None:
        """Leave the game."""
        self.game.leave()

    def action_back(self) -> None:
        """Close this screen."""
        if len(self.game.screen_stack) > 1:
            self.dismiss(None)

    def action_copy(self) -> None:
        """Copy what the screen says."""
        self.game.copy_to_clipboard(self.text())
        self.tell("The text of this screen is on the clipboard, if this terminal allows it.")

    def action_page(self, by: int) -> None:
        """Scroll a page: the first room of the screen that can."""
        for room in self.query(Room):
            scroller = room.scroller
            left = scroller.max_scroll_y - scroller.scroll_y if by > 0 else scroller.scroll_y
            if room.display and left > 0:
                scroller.scroll_relative(y=by * max(1, scroller.size.height - 1), animate=False)
                return

    def tell(self, text: str, title: str = "", severity: str = "information") -> None:
        """A message on the screen, never read as markup."""
        self.notify(clean(text), title=clean(title), severity=cast(Any, severity), markup=False, timeout=6)

    def text(self) -> str:
        """All that the screen says, also what is scrolled away, as plain text."""
        from game.tui.widgets.hang import Hang

        lines = [str(self.bar())]
        for widget in self.query("#body *").results(Widget):
            if isinstance(widget, Hang):
                lines.append(widget.text())
            elif isinstance(widget, Static) and not widget.has_class("hint"):
                lines.append(str(widget.visual))
        return "\n".join(line for line in lines if line.strip())


class Page(Face[None]):
    """A page to read: paragraphs in a room that scrolls."""

    KEYS: ClassVar[tuple[Key, ...]] = (BACK, *LAST)

    def paragraphs(self) -> Iterable[Widget]:
        """What the page says."""
        return ()

    def body(self) -> Iterable[Widget]:
        """The paragraphs, scrolling."""
        yield Room(*self.paragraphs(), id="page")

    def on_mount(self) -> None:
        """The arrows scroll at once; a list on the page has the keys instead."""
        from game.tui.widgets.cursor import follow
        from game.tui.widgets.menu import Menu

        scroller = self.query_one(Room).scroller
        menu = next(iter(self.query(Menu)), None)
        (menu or scroller).focus()
        if menu is None:
            follow(self.game, scroller)
