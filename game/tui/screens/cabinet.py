"""The cabinet's page: what each option is expected to move and whom the advisers would follow, reckoned in a thread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from game import view
from game.tui.screens.face import Page
from game.tui.widgets.hang import Hang
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import NOTE, capital_first, heading, said

if TYPE_CHECKING:
    from game.play.sitting import Sitting

THINKING = "The cabinet is thinking …"
NOTHING = "There is nothing to decide, so nothing is forecast."
FAILED = "The cabinet could not agree on a forecast. The game itself is not touched."
ABOUT = "Shares of 512 futures that know no secret and go on by middle ways. “45–52” is where eight in ten of them end."


class CabinetPage(Page):
    """What the cabinet expects of each option, and the four advisers' picks."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting, self.match = sitting, sitting.match
        self.told: view.Cabinet | None = None

    def bar(self) -> Content:
        """Which turn, and how far ahead."""
        turns = f" · turn {self.match.turn + 1} of {self.match.scenario.turns}"
        return said(("The cabinet", "bold"), turns, f" · {self.told.until}" if self.told else "")

    def paragraphs(self) -> Iterator[Widget]:
        """A line to wait by, until the futures are played."""
        yield Hang(Content(""), Content(THINKING), id="thinking")

    def on_mount(self) -> None:
        """The futures are played beside the screen."""
        super().on_mount()
        self.run_worker(self._think, thread=True, exclusive=True, group="cabinet", exit_on_error=False)

    def _think(self) -> None:
        worker = get_current_worker()
        told = view.cabinet(self.match)
        if not worker.is_cancelled:
            self.game.call_from_thread(self._show, told)

    def _show(self, told: view.Cabinet) -> None:
        """Show what was found, unless the page is closed or the turn is another by now."""
        if not self.is_attached or self.sitting.match is not self.match:
            return
        self.told = told
        self.query_one("#bar", Static).update(self.bar())
        self.query_one("#thinking").display = False
        self.query_one(Room).scroller.mount(*_told(told))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A forecast that fails says so; the page stays."""
        if event.state is WorkerState.ERROR and self.is_attached:
            self.query_one("#thinking", Hang).show(Content(""), Content(FAILED))


def _told(told: view.Cabinet) -> Iterator[Widget]:
    """The advisers first, then what comes anyway, then option by option."""
    if not told.options:
        yield Hang(Content(""), Content(NOTHING))
        return
    yield Hang(Content(""), heading("The advisers"), classes="head")
    for pick in told.advice:
        yield _pick(pick)
    if told.anyway:
        yield Hang(Content(""), heading(f"Whatever you choose, {told.until}"), classes="head")
    for each in told.anyway:
        yield _move(each)
    for option in told.options:
        title = said((option.text, "bold"))
        yield Hang(said((f"{option.number}  ", "bold $text-accent")), title, classes="head")
        for each in option.moves:
            yield _move(each)
        if not option.moves:
            yield Hang(Content("   "), Content("No other dial is expected to move."))
    yield Hang(Content(""), said((ABOUT, NOTE)), classes="head")


def _pick(pick: view.Advice) -> Hang:
    cause = f" {pick.because.rstrip('.')}." if pick.because else ""
    parts = (f"{pick.text}", (f" ({pick.chance}){'.' if not cause else ':'}{cause}", "$foreground-muted"))
    return Hang(Content("• "), said((f"{capital_first(pick.who)}, option {pick.number}: ", "bold"), *parts))


def _move(move: view.Move) -> Hang:
    arrow = {"up": "▲", "down": "▼"}.get(move.direction, " ")
    reach = (f": {move.reach}", "bold") if move.reach else ""
    return Hang(Content(f"   {arrow} "), said(f"{move.label} {move.direction}, {move.sure}", reach))
