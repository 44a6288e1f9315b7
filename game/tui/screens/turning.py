"""What turned a game that is over, reckoned in a thread: three decisions, and how right the advisers were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget

from game import view
from game.tui.screens.thinking import ThinkingPage
from game.tui.widgets.hang import Hang
from game.tui.widgets.texts import NOTE, capital_first, heading, said

if TYPE_CHECKING:
    from game.play.match import Match

THINKING = "Every decision is played again another way, in 256 other lucks; this takes some seconds …"
FAILED = "The turning points could not be found. The game itself is not touched."
ABOUT = "Each figure is how many in a hundred other lucks end so, after the same decisions as far as they can be taken."


class TurningPage(ThinkingPage):
    """The turning points and the advisers' record."""

    THINKING, FAILED = THINKING, FAILED

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match

    def bar(self) -> Content:
        """Which game."""
        return said(("What turned the game", "bold"), f" · {self.match.scenario.title}, seed {self.match.seed}")

    def work(self, tick: Any) -> Iterator[view.TurnedPage | None]:
        """The lucks are played."""
        yield view.turned(self.match, tick)

    def parts(self, found: view.TurnedPage | None) -> Iterable[Widget]:
        """The decisions, the largest first, then the record."""
        return _told(found) if found is not None else ()


def _told(told: view.TurnedPage) -> Iterator[Widget]:
    """The decisions, the largest first, then the record."""
    for i, point in enumerate(told.points, 1):
        title = said((f"Turn {point.turn}, {point.title}: {point.change}", "bold"))
        yield Hang(said((f"{i}  ", "bold $text-accent")), title, classes="head")
        yield Hang(Content("   "), said(("You chose: ", "italic"), point.took, (f" [{point.odds}]", "bold")))
        yield Hang(Content("   "), said(("Instead: ", "italic"), point.instead, (f" [{point.other}]", "bold")))
    if not told.points:
        yield Hang(Content(""), Content("No decision of this game could have been another."))
    yield from advisers(told.standing)
    yield Hang(Content(""), said((ABOUT, NOTE)), classes="head")


def advisers(standing: Iterable[view.Standing]) -> Iterator[Widget]:
    """The advisers' record."""
    yield Hang(Content(""), heading("How right the advisers were"), classes="head")
    for each in standing:
        yield Hang(Content("• "), said((f"{capital_first(each.who)}: ", "bold"), each.text))
