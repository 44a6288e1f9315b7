"""What turned a game that is over, reckoned in a thread: three decisions, and how right the advisers were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.worker import Worker, WorkerState, get_current_worker

from game import view
from game.tui.screens.face import Page
from game.tui.widgets.hang import Hang
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import NOTE, capital_first, heading, said

if TYPE_CHECKING:
    from game.play.match import Match

THINKING = "Every decision is played again another way, in 256 other lucks; this takes some seconds …"
FAILED = "The turning points could not be found. The game itself is not touched."
ABOUT = "Each figure is how many in a hundred other lucks end so, after the same decisions as far as they can be taken."


class TurningPage(Page):
    """The turning points and the advisers' record."""

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match
        self.told: view.TurnedPage | None = None

    def bar(self) -> Content:
        """Which game."""
        return said(("What turned the game", "bold"), f" · {self.match.scenario.title}, seed {self.match.seed}")

    def paragraphs(self) -> Iterator[Widget]:
        """A line to wait by, until the lucks are played."""
        yield Hang(Content(""), Content(THINKING), id="thinking")

    def on_mount(self) -> None:
        """The lucks are played beside the screen."""
        super().on_mount()
        self.run_worker(self._think, thread=True, exclusive=True, group="turning", exit_on_error=False)

    def _think(self) -> None:
        worker = get_current_worker()
        told = view.turned(self.match)
        if told is not None and not worker.is_cancelled:
            self.game.call_from_thread(self._show, told)

    def _show(self, told: view.TurnedPage) -> None:
        if self.is_attached:
            self.told = told
            self.query_one("#thinking").display = False
            self.query_one(Room).scroller.mount(*_told(told))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A failure says so; the page stays."""
        if event.state is WorkerState.ERROR and self.is_attached:
            self.query_one("#thinking", Hang).show(Content(""), Content(FAILED))


def _told(told: view.TurnedPage) -> Iterator[Widget]:
    """The decisions, the largest first, then the record."""
    for i, point in enumerate(told.points, 1):
        title = said((f"Turn {point.turn}, {point.title}: {point.change}", "bold"))
        yield Hang(said((f"{i}  ", "bold $text-accent")), title, classes="head")
        yield Hang(Content("   "), said(("You chose: ", "italic"), point.took, (f" [{point.odds}]", "bold")))
        yield Hang(Content("   "), said(("Instead: ", "italic"), point.instead, (f" [{point.other}]", "bold")))
    if not told.points:
        yield Hang(Content(""), Content("No decision of this game could have been another."))
    yield Hang(Content(""), heading("How right the advisers were"), classes="head")
    for each in told.standing:
        yield Hang(Content("• "), said((f"{capital_first(each.who)}: ", "bold"), each.text))
    yield Hang(Content(""), said((ABOUT, NOTE)), classes="head")
