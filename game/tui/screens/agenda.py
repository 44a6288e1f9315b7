"""The agenda: what is on offer and what runs, ticked for this turn; the game itself says what cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from game.tui.widgets.texts import capital_first, said

if TYPE_CHECKING:
    from game.play.match import Match


class AgendaScreen(Face[tuple[str, ...]]):
    """Up to two initiatives run at once; ticking one here orders it with this turn's option."""

    KEYS = (
        CHOOSE,
        Key("", "Enter", "tick", "", "tick or untick the row with the pointer; a digit jumps to its row", 7),
        Key("space", "Space", "tick", "tick", "the same as Enter", 0),
        Key("escape,a", "Esc", "done", "back", "back to the desk with what is ticked", 8),
        *LAST,
    )

    def __init__(self, match: Match, planned: tuple[str, ...]) -> None:
        super().__init__()
        self.match, self.planned = match, planned
        self.items = [*view.offers(match), *view.under_way(match)]

    def bar(self) -> Content:
        """How much can be spent."""
        return said(("Agenda", "bold"), f" · capital {self.match['capital']:.1f} of 12 · at most two run at once")

    def body(self) -> Iterable[Widget]:
        """The rows, and a note above them."""
        yield Static(
            "What you tick begins, or stops, with the option that you decide this turn.", classes="note", markup=False
        )
        yield Room(Menu(self._rows()), focusable=False)

    def _rows(self) -> list[Item]:
        return list(self._each())

    def _each(self) -> Iterator[Item]:
        for item in self.items:
            ticked = "[x]" if item.id in self.planned else "[ ]"
            stop = "Stop: " if item.id.startswith("stop:") else ""
            text = said(
                (f"{stop}{item.title}", "bold"),
                f"  {item.text}",
                (f" {capital_first(item.terms)}.", "$text-secondary"),
                (f" Not now: {item.barred}" if item.barred else "", "italic"),
            )
            yield Item(f"{item.number} {ticked}", text, bool(item.barred))

    def on_mount(self) -> None:
        """The rows have the keys."""
        self.query_one(Menu).focus()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Enter ticks."""
        if event.index is not None:
            self._toggle(self.items[event.index].id)

    def action_tick(self) -> None:
        """Space ticks."""
        self.query_one(Menu).action_choose()

    def _toggle(self, name: str) -> None:
        if name in self.planned:
            wished = tuple(other for other in self.planned if other != name)
        else:
            wished = (*self.planned, name)
        if (refused := view.refused(self.match, wished)) and name not in self.planned:
            self.tell(capital_first(refused.why) + ".", title="That cannot be begun now", severity="warning")
            return
        if refused:  # what was left leaned on what was unticked: a slot or the capital that a stop had freed
            wished = ()
            self.tell(f"{capital_first(refused.why)}; all ticks are taken away.", severity="warning")
        self.planned = wished
        for row, item in zip(self.query_one(Menu).rows, self._rows(), strict=True):
            row.become(item)

    def action_back(self) -> None:
        """Back to the desk with what is ticked."""
        self.dismiss(self.planned)
