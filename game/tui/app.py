"""The app: it opens the first screen, carries a sitting from screen to screen, and leaves the terminal as it was."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from game.tui import leaving
from game.tui.screens.face import Face

if TYPE_CHECKING:
    from game.play.sitting import Sitting

RIVERS = Theme(
    "two-rivers",
    primary="#4f9fc0",
    secondary="#d8a657",
    accent="#e3b566",
    foreground="#e8e3d8",
    background="#0e151c",
    surface="#141e28",
    panel="#1b2935",
    warning="#e0a458",
    error="#e07a68",
    success="#93b97c",
    variables={"gauge": "#2a5670", "trough": "#18232e", "footer-background": "#141e28"},
)
PLAIN = {"gauge": "ansi_default", "trough": "ansi_default"}


class Baghdad(App[None]):
    """Between Two Rivers in a terminal. With a sitting it opens at the desk, without one at the title."""

    CSS_PATH = "baghdad.tcss"
    TITLE = "Between Two Rivers"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012, Textual declares it so
        (0, "-tiny"), (60, "-narrow"), (80, "-normal"), (110, "-wide"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-short"), (30, "-tall")]  # noqa: RUF012, the same
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "help_quit", "quit", show=False)]

    def __init__(self, sitting: Sitting | None = None, keep: Path | None = None) -> None:
        no_color = leaving.no_color()
        super().__init__(ansi_color=True if no_color else None)
        self.sitting, self.keep = sitting, keep
        self.failure: BaseException | None = None
        self.register_theme(RIVERS)
        if no_color:
            self.theme = "ansi-dark"
        elif "TEXTUAL_THEME" not in os.environ:
            self.theme = RIVERS.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of the gauges for themes that name none."""
        if self.current_theme.ansi:
            return PLAIN
        return {"gauge": "#35556b", "trough": "#00000000"} if self.current_theme.dark else {
            "gauge": "#b5d3e2", "trough": "#00000000"
        }  # fmt: skip

    def get_default_screen(self) -> Screen[Any]:
        """The desk of the sitting, or the title."""
        if self.sitting is not None:
            return self._face_of(self.sitting)
        from game.tui.screens.title import TitleScreen

        return TitleScreen()

    def _face_of(self, sitting: Sitting) -> Screen[Any]:
        if sitting.match.outcome is not None:
            from game.tui.screens.ending import EndingScreen

            return EndingScreen(sitting)
        from game.tui.screens.desk import DeskScreen

        return DeskScreen(sitting)

    def on_load(self) -> None:
        """Signals restore the terminal, from before the first frame."""
        leaving.catch_signals(self)

    # ---- going from screen to screen

    def go(self, screen: Screen[Any]) -> None:
        """Show a screen instead of all that are open; the first one stays below, out of sight."""
        with self.batch_update():
            while len(self.screen_stack) > 1:
                self.pop_screen()
            self.push_screen(screen)

    def play(self, sitting: Sitting) -> None:
        """Sit down at a game, or read its ending if it is over."""
        if self.sitting is not None and self.sitting is not sitting:
            self.sitting.close()
        self.sitting = sitting
        self.go(self._face_of(sitting))

    def to_title(self) -> None:
        """Leave the game that is open, which is saved, and show the title."""
        from game.tui.screens.title import TitleScreen

        if self.sitting is not None:
            self.sitting.close()
            self.sitting = None
        self.go(TitleScreen())

    def leave(self, code: int = 0) -> None:
        """End the app; the save is already on disk."""
        self.exit(return_code=code)

    async def action_quit(self) -> None:
        """Leave (ctrl+q)."""
        self.leave()

    def action_help_quit(self) -> None:
        """Leave (ctrl+c): nothing can be lost, so nothing is asked."""
        self.leave()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: every key of the screen, then Textual's own."""
        if isinstance(screen, Face):
            yield from screen.commands()
        if self.sitting is not None:
            yield SystemCommand("Back to the title", "leave this game, which is saved", self.to_title)
        for command in super().get_system_commands(screen):
            if command.title in ("Theme", "Screenshot", "Maximize", "Minimize"):
                yield command

    # ---- when something goes wrong

    def _handle_exception(self, error: Exception) -> None:
        """No traceback for the player: the terminal is restored and `run` says what happened."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.failure = self.failure or error
        self._return_code = 1
        self._close_messages_no_wait()


def run(sitting: Sitting | None = None, keep: Path | None = None) -> int:
    """Play in this terminal and return the exit code: 0, 1 after an error, 128+n after signal n.

    Without a sitting the title screen opens. How to resume is printed at the end, what went wrong on standard error.
    """
    app = Baghdad(sitting, keep)
    try:
        app.run()
    except KeyboardInterrupt:
        app._return_code = 130
    except Exception as error:
        app.failure = app.failure or error
    last = app.sitting
    if last is not None:
        last.close()
    with contextlib.suppress(OSError):  # after a hang-up nobody reads it
        if app.failure is not None:
            print(leaving.apology(app.failure, last, keep), file=sys.stderr)
        elif last is not None:
            print(leaving.farewell(last), flush=True)
    return 1 if app.failure is not None else app.return_code or 0
