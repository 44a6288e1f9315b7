"""Why: from a variable to the causes of its last change, from a cause to its rule, facts and assumption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game import view
from game.tui.screens.face import BACK, DOCUMENTS, LAST, Face, Page
from game.tui.screens.listing import FIND, Described, Entry
from game.tui.screens.pages import READ
from game.tui.screens.title import CHOOSE
from game.tui.widgets.facts import Facts
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import heading, said

if TYPE_CHECKING:
    from game.play.match import Match

SEEN = {
    "exact": "You see it exactly.",
    "band": "You see only a band; better intelligence narrows it.",
    "estimate": "Your services estimate it; better intelligence narrows the estimate.",
    "hidden": "It was hidden until the game was over.",
}


class VariablesScreen(Described):
    """Every variable that may be seen, the nine dials first."""

    KEYS = (
        CHOOSE,
        Key("", "Enter", "its causes", "", "what moved it", 7),
        FIND,
        BACK,
        *LAST,
    )
    PLACEHOLDER = "a word of its name or meaning; Enter keeps, Esc shows all"

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match
        known = view.variables(match)
        dials = [view.reading(match, name) for name in view.DIALS]
        self.readings = {row.name: row for row in (*dials, *(row for row in known if row.name not in view.DIALS))}

    def bar(self) -> Content:
        """What the list is."""
        turn = f"after turn {self.match.turn}" if self.match.turns else "before the first turn"
        return said(("Why?", "bold"), f" · {len(self.readings)} variables {turn}, the nine dials first")

    def entries(self) -> Sequence[Entry]:
        """One row each."""
        rows = enumerate(self.readings.values(), 1)
        return [
            Entry(row.name, Item(str(i) if i < 10 else " ", _row(row)), f"{row.label} {row.what}") for i, row in rows
        ]

    def describe(self, entry: Entry) -> str:
        """What the variable is."""
        row = self.readings[entry.key]
        return f"{row.label}: {row.what} ({row.unit}). {SEEN.get(row.seen, '')}"

    def open(self, entry: Entry) -> None:
        """Drill down."""
        self.game.push_screen(CausesScreen(self.match, entry.key))


def _row(reading: view.Reading) -> Content:
    change = "" if reading.change == "steady" else f"{reading.arrow or ' '} {reading.change.lstrip('+-')}"
    value = f"{reading.text} a month" if reading.name == "attacks" else reading.text
    return said((f"{reading.label:<36} ", "bold"), f"{value:<14} ", change)


class CausesScreen(Face[None]):
    """What moved one variable on one turn."""

    KEYS = (
        CHOOSE,
        Key("", "Enter", "its sources", "", "the rule, the facts and the assumption behind a cause", 7),
        Key("left", "←", "turn before", "turn(-1)", "the turn before", 6),
        Key("right", "→", "turn after", "turn(1)", "the turn after", 6),
        BACK,
        *LAST,
    )

    def __init__(self, match: Match, name: str) -> None:
        super().__init__()
        self.match, self.name_ = match, name
        self.at = match.turn
        self._explain()

    def _explain(self) -> None:
        self.told = view.explained(self.match, self.name_, self.at or None)
        self.causes = [(None, cause) for cause in self.told.because]
        self.causes += [(label, cause) for label, cause in self.told.behind]  # type: ignore[misc]

    def bar(self) -> Content:
        """Which variable and turn."""
        turn = f"turn {self.at} of {self.match.turn} played" if self.at else "before the first turn"
        return said(("Why?", "bold"), f" · {self.told.reading.label} · {turn}")

    def body(self) -> Iterable[Widget]:
        """What it is and where it stands, then its causes."""
        yield Hang(Content(""), self._summary(), id="summary")
        yield Room(Menu(self._rows(), start=0 if self.causes else None), focusable=False)

    def _summary(self) -> Content:
        now = self.told.reading
        change = "steady" if now.change == "steady" else f"{now.arrow} {now.change}"
        parts: list[str | tuple[str, str]] = [(now.label, "bold"), f": {now.what}. ", (f"{now.text}", "bold")]
        parts += [f", {change} on this turn. " if self.at else ". ", (SEEN.get(now.seen, ""), "$foreground-muted")]
        if self.at and not self.causes:
            parts.append(" Nothing moved it enough to tell.")
        if not self.at:
            parts.append(" Nothing has moved yet: play a turn first.")
        return said(*parts)

    def _rows(self) -> list[Item]:
        rows = []
        width = max((len(cause.amount) for _, cause in self.causes), default=0)
        for i, (label, cause) in enumerate(self.causes):
            behind = f"{label}: " if label else ""
            cited = ", ".join(dict.fromkeys(fact.place for fact in cause.facts)) or "assumed"
            text = said(f"{behind}{cause.title}  ", (f"{cause.rule} [{cited}]", "$foreground-muted"))
            rows.append(Item(f"{i + 1 if i < 9 else '':>1} {cause.amount:>{width}}", text))
        return rows

    def on_mount(self) -> None:
        """The causes have the keys."""
        self.query_one(Menu).focus()

    async def action_turn(self, by: int) -> None:
        """Another turn of the game so far."""
        at = self.at + by
        if not 1 <= at <= self.match.turn:
            self.tell("That is the last turn played." if by > 0 else "There is no turn before that.")
            return
        self.at = at
        self._explain()
        self.query_one("#bar", Static).update(self.bar())
        self.query_one("#summary", Hang).show(Content(""), self._summary())
        await self.query_one(Menu).fill(self._rows(), start=0 if self.causes else None)

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Drill down to the sources."""
        if event.index is not None:
            self.game.push_screen(CausePage(self.told, self.causes[event.index][1]))


class CausePage(Page):
    """One cause: its rule, the facts with document and paragraph, what is assumed."""

    KEYS = (READ, DOCUMENTS, BACK, *LAST)

    def __init__(self, told: view.Explained, cause: view.Because) -> None:
        super().__init__()
        self.told, self.cause = told, cause

    def bar(self) -> Content:
        """Which cause of what."""
        return said(("Why?", "bold"), f" · {self.told.reading.label} · {self.cause.title}")

    def paragraphs(self) -> Iterator[Widget]:
        """Amount and rule, facts, assumption, the mechanisms it serves."""
        cause = self.cause
        amount = f"{cause.title}: {cause.amount} on turn {self.told.turn}."
        yield Hang(Content(""), said((amount, "bold")))
        yield Hang(Content(""), said("Rule or event: ", (cause.rule, "bold"), "."))
        if cause.systems:
            yield Hang(Content(""), said(f"Mechanisms served: {', '.join(cause.systems)}."))
        yield Hang(Content(""), heading("Facts"), classes="head")
        if cause.facts:
            yield Facts(("", fact) for fact in cause.facts)
        else:
            yield Hang(Content("  "), Content("No document stands behind this one."))
        if cause.assumption or not cause.facts:
            yield Hang(Content(""), heading("Assumed"), classes="head")
            yield Hang(Content("  "), said(cause.assumption or "It follows from the other numbers of the game."))
