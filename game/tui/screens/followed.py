"""What followed from a turn: the report, then each dial that moved with its main cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalGroup
from textual.content import Content
from textual.widget import Widget

from game import view
from game.tui.screens.face import LAST, Page
from game.tui.widgets.dials import rung
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import heading, said

if TYPE_CHECKING:
    from game.play.match import Match

LABEL = 21


class FollowedPage(Page):
    """The consequences of the last turn."""

    KEYS = (
        Key("enter,space,escape", "Enter", "go on", "back", "go on", 9),
        Key("w", "w", "why", "why", "why anything moved, down to the paragraph", 7),
        *LAST,
    )

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match

    def bar(self) -> Content:
        """Which turn."""
        date = view.dated(self.match.scenario, self.match.turn)
        return said(("What followed", "bold"), f" · turn {self.match.turn} of {self.match.scenario.turns} · {date}")

    def body(self) -> Iterable[Widget]:
        """Report and dials."""
        yield Room(*self._parts(), id="page")

    def _parts(self) -> Iterator[Widget]:
        told = [Hang(Content("• "), said(sentence), classes="item") for sentence in view.report(self.match)]
        yield VerticalGroup(Hang(Content(""), heading("The report"), classes="head"), *told, id="told")
        head = Hang(Content(""), heading("The dials that moved, and why"), classes="head")
        yield VerticalGroup(head, *self._dials(), id="dials")

    def _dials(self) -> Iterator[Widget]:
        steady = []
        for name in view.DIALS:
            told = view.explained(self.match, name)
            if told.reading.change == "steady":
                steady.append(told.reading.label)
            else:
                yield Hang(*dial_row(told))
        if steady:
            yield Hang(Content("  "), said((f"Steady: {', '.join(steady)}.", "$foreground-muted")))

    def action_why(self) -> None:
        """The variables and their causes."""
        from game.tui.screens.why import VariablesScreen

        self.game.push_screen(VariablesScreen(self.match))


def dial_row(told: view.Explained) -> tuple[Content, Content]:
    """A dial's arrow, name, change and value in columns, and beside them its main causes."""
    now = told.reading
    arrow = now.arrow or ("▲" if now.change.startswith(("+", "up")) else "▼")
    value = f"{now.text} {rung(now)}" if now.name == "escalation" else now.text
    lead = said((f"{arrow} {now.label:<{LABEL}} ", "bold"), f"{now.change:>5} to {value:<11} ")
    causes = tuple(cause for _, cause in told.behind) or told.because
    alone = len(causes) == 1
    why = "; ".join(briefly(cause) + ("" if alone else f" ({cause.amount})") for cause in causes[:2])
    return lead, said((why, "$foreground-muted"))


def briefly(cause: view.Because) -> str:
    """A cause in few words; the option that was decided, whose id stands below its card's, is called that."""
    return "Your decision" if "/" in cause.rule else cause.title
