"""The cabinet's page: what each option is expected to move and whom the advisers would follow, reckoned in a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game import view
from game.tui.screens.thinking import ThinkingPage
from game.tui.widgets.hang import Hang
from game.tui.widgets.texts import NOTE, capital_first, heading, said

if TYPE_CHECKING:
    from game.play.sitting import Sitting

THINKING = "The cabinet is thinking …"
NOTHING = "There is nothing to decide, so nothing is forecast."
FAILED = "The cabinet could not agree on a forecast. The game itself is not touched."
ABOUT = "Shares of 512 futures that know no secret and go on by middle ways. “45–52” is where eight in ten of them end."


class CabinetPage(ThinkingPage):
    """What the cabinet expects of each option, and the four advisers' picks."""

    THINKING, FAILED = THINKING, FAILED

    def __init__(self, sitting: Sitting, planned: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.sitting, self.match, self.planned = sitting, sitting.match, planned
        self.told: view.Cabinet | None = None

    def bar(self) -> Content:
        """Which turn, and how far ahead."""
        turns = f" · turn {self.match.turn + 1} of {self.match.scenario.turns}"
        return said(("The cabinet", "bold"), turns, f" · {self.told.until}" if self.told else "")

    def work(self, tick: Any) -> Iterator[view.Cabinet]:
        """The futures are played."""
        yield view.cabinet(self.match, self.planned)

    def is_wanted(self) -> bool:
        """Is it still the same turn?"""
        return self.sitting.match is self.match

    def parts(self, found: view.Cabinet) -> Iterable[Widget]:
        """What was found."""
        self.told = found
        self.query_one("#bar", Static).update(self.bar())
        return _told(found)


def _told(told: view.Cabinet) -> Iterator[Widget]:
    """The advisers first, then what comes anyway, then option by option."""
    if not told.options:
        yield Hang(Content(""), Content(NOTHING))
        return
    yield Hang(Content(""), heading("The advisers"), classes="head")
    for pick in told.advice:
        yield _pick(pick)
    if told.planned:
        yield Hang(
            Content(""), said("With what you mean to begin: ", (", ".join(told.planned), "bold")), classes="head"
        )
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
        if option.odds:
            yield Hang(Content("   "), said("Endings in a hundred: ", (option.odds, "bold")))
    yield Hang(Content(""), said((ABOUT, NOTE)), classes="head")


def _pick(pick: view.Advice) -> Hang:
    cause = f" {pick.because.rstrip('.')}." if pick.because else ""
    parts = (f"{pick.text}", (f" ({pick.chance}){'.' if not cause else ':'}{cause}", "$foreground-muted"))
    return Hang(Content("• "), said((f"{capital_first(pick.who)}, option {pick.number}: ", "bold"), *parts))


def _move(move: view.Move) -> Hang:
    arrow = {"up": "▲", "down": "▼"}.get(move.direction, " ")
    reach = (f": {move.reach}", "bold") if move.reach else ""
    return Hang(Content(f"   {arrow} "), said(f"{move.label} {move.direction}, {move.sure}", reach))
