"""What you expect: a prediction for any of the nine dials, written down before the turn and scored in the debrief."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game import view
from game.tui.screens.face import LAST, Face
from game.tui.screens.title import CHOOSE
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import said

if TYPE_CHECKING:
    from game.play.match import Match

STEP = 10
NEXT: dict[view.Stated, view.Stated] = {"": "up", "up": "down", "down": ""}
LABEL, NOW = 22, 12


class ExpectScreen(Face[dict[str, view.Stated]]):
    """The nine dials, each with what you expect of it."""

    KEYS = (
        CHOOSE,
        Key("", "Enter", "up or not", "", "up for sure, not up for sure, or nothing; a digit jumps to its row", 7),
        Key("right", "→", "likelier", "chance(1)", "that it will be higher: ten in a hundred likelier, from even", 7),
        Key("left", "←", "less likely", "chance(-1)", "that it will be higher: ten in a hundred less likely", 7),
        Key("delete,backspace", "Del", "erase", "erase", "take the prediction of this row back", 6),
        Key("escape,e", "Esc", "done", "back", "back to the desk with what is written", 8),
        *LAST,
    )

    def __init__(self, match: Match, written: dict[str, view.Stated]) -> None:
        super().__init__()
        self.match, self.written = match, dict(written)

    def bar(self) -> Content:
        """By when it is settled."""
        turns = f"turn {self.match.turn + 1} of {self.match.scenario.turns}"
        return said(("What you expect", "bold"), f" · {turns} · settled after turn {view.settled(self.match)}")

    def body(self) -> Iterable[Widget]:
        """What to do, and the rows."""
        note = (
            f"After turn {view.settled(self.match)}, will it be higher than now? Enter: up, not up, or nothing. "
            "→ and ←: a chance in 100. It changes nothing in the game; the debrief tells how good a judge you were."
        )
        yield Static(said(note), classes="note", markup=False)
        yield Room(Menu(self._rows()), focusable=False)

    def _rows(self) -> list[Item]:
        return [
            Item(
                str(row.number), said((f"{row.label:<{LABEL}}", "bold"), f"{row.now:<{NOW}}", (row.said or "–", "bold"))
            )
            for row in view.expected(self.match, self.written)
        ]

    def on_mount(self) -> None:
        """The rows have the keys."""
        self.query_one(Menu).focus()

    def _write(self, change: dict[str, view.Stated]) -> None:
        self.written = {name: stated for name, stated in (self.written | change).items() if stated != ""}
        for row, item in zip(self.query_one(Menu).rows, self._rows(), strict=True):
            row.become(item)

    @property
    def here(self) -> str:
        """The dial with the pointer."""
        return view.DIALS[self.query_one(Menu).at or 0]

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Up, not up, nothing in turn."""
        if event.index is not None:
            name = view.DIALS[event.index]
            self._write({name: NEXT.get(self.written.get(name, ""), "")})

    def action_chance(self, by: int) -> None:
        """A chance in steps, from even."""
        stated = self.written.get(self.here, "")
        now = {"": 50, "up": 100, "down": 0}[stated] if isinstance(stated, str) else stated
        self._write({self.here: min(100, max(0, now + by * STEP))})

    def action_erase(self) -> None:
        """Nothing is expected of this dial."""
        self._write({self.here: ""})

    def action_back(self) -> None:
        """Back to the desk with what is written."""
        self.dismiss(self.written)


def _row(row: view.Expected) -> Content:
    return said((f"{row.label:<{LABEL}}", "bold"), f"{row.now:<{NOW}}", (row.said or "–", "bold"))
