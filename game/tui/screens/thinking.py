"""A page whose contents take seconds: reckoned in a thread, shown as they come, with how far it is; Esc leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.worker import Worker, WorkerState, get_current_worker

from game.tui.screens.face import Page
from game.tui.widgets.hang import Hang
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import said


class Left(Exception):
    """The page was closed while it was thought about."""


class ThinkingPage(Page):
    """A page that thinks; a subclass says what it works out and how that is shown."""

    THINKING: ClassVar[str] = "This takes a moment …"
    FAILED: ClassVar[str] = "This could not be worked out. The game itself is not touched."

    def work(self, tick: Any) -> Iterator[Any]:
        """What is worked out, piece by piece, in a thread; `tick` is given the share that is done."""
        yield from ()

    def parts(self, found: Any) -> Iterable[Widget]:
        """A piece as it is shown."""
        return ()

    def is_wanted(self) -> bool:
        """Is what was asked still of use?"""
        return True

    def paragraphs(self) -> Iterator[Widget]:
        """A line to wait by."""
        yield Hang(Content(""), Content(self.THINKING), id="thinking")

    def on_mount(self) -> None:
        """The work is done beside the screen."""
        super().on_mount()
        self.share = 0
        self.run_worker(self._think, thread=True, exclusive=True, group="thinking", exit_on_error=False)

    def _think(self) -> None:
        # what is shown is posted and not waited for, so that leaving never waits for a thread that waits for the screen
        worker = get_current_worker()

        def tick(share: float) -> None:
            if worker.is_cancelled:
                raise Left
            if int(share * 100) > self.share:
                self.share = int(share * 100)
                self.call_later(self._wait)

        try:
            for found in self.work(tick):
                tick(0.0)
                self.call_later(self._show, found)
            tick(0.0)
            self.call_later(self._done)
        except Left:
            return

    def _wait(self) -> None:
        if self.is_attached:
            self.query_one("#thinking", Hang).show(Content(""), said(f"{self.THINKING} {self.share} %"))

    async def _show(self, found: Any) -> None:
        """Show a piece, unless the page is closed or nobody wants it any more."""
        if self.is_attached and self.is_wanted():
            await self.query_one(Room).scroller.mount(*self.parts(found), before="#thinking")

    def _done(self) -> None:
        if self.is_attached and self.is_wanted():
            self.query_one("#thinking").display = False

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A failure says so; the page stays."""
        if event.state is WorkerState.ERROR and self.is_attached:
            self.query_one("#thinking", Hang).show(Content(""), Content(self.FAILED))
