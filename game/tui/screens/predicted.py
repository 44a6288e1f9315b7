"""What you expected and what came: every prediction scored, and the advisers' record beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget

from game import view
from game.tui.screens.thinking import ThinkingPage
from game.tui.screens.turning import advisers
from game.tui.widgets.hang import Hang
from game.tui.widgets.texts import NOTE, capital_first, heading, said

if TYPE_CHECKING:
    from game.play.match import Match

HOW = "At the desk press e before you decide: a prediction is scored two turns later, or at the end."


class PredictedPage(ThinkingPage):
    """The player's predictions and the advisers' record."""

    THINKING = "The advisers' words are held against what came …"

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match

    def bar(self) -> Content:
        """Which game."""
        return said(
            ("What you expected, and what came", "bold"), f" · {self.match.scenario.title}, seed {self.match.seed}"
        )

    def work(self, tick: Any) -> Iterator[view.Score | None]:
        """The advisers' forecasts are made again."""
        yield view.scored(self.match, tick)

    def parts(self, found: view.Score | None) -> Iterable[Widget]:
        """Score, rows, words, advisers."""
        return _told(found) if found is not None else ()


def _told(found: view.Score) -> Iterator[Widget]:
    yield Hang(Content(""), heading("How good a judge you were"), classes="head")
    if found.rows:
        yield Hang(Content("• "), said((f"Your score is {found.score}. ", "bold"), found.verdict))
    else:
        yield Hang(Content("• "), said(f"{found.verdict} {HOW}"))
    for line in found.bands:
        yield Hang(Content("• "), said(line))
    yield from advisers(found.advisers)
    if found.rows:
        yield Hang(Content(""), said(("They are scored by the same rule, on what they said of your choices.", NOTE)))
        yield Hang(Content(""), heading("Prediction by prediction"), classes="head")
    for row in found.rows:
        text = said((f"{row.label} {row.said}. ", "bold"), f"{capital_first(row.came)}: you had given that {row.sure}.")
        yield Hang(Content(f"{row.turn:>4}  "), text)
