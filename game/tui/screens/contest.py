"""Contest the model: its assumptions, and your own game played again under another value of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from game import view
from game.tui.screens.face import BACK, LAST, Face
from game.tui.screens.listing import FIND, MOVE, OPEN, Described, Entry
from game.tui.screens.otherwise import ComparedPage
from game.tui.screens.title import CHOOSE
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import capital_first, said

if TYPE_CHECKING:
    from game.play.match import Match

NOTE = "Choose one and play your own game again under another value of it."
KINDS = ("", "coin", "secret", "number")


class AssumptionsScreen(Described):
    """Every assumption, numbered, the claim of the whole game first."""

    KEYS = (
        MOVE,
        OPEN,
        FIND,
        Key("k", "k", "kind", "kind", "only the coins, only the secrets, only the numbers; then all", 6),
        BACK,
        *LAST,
    )
    PLACEHOLDER = "words or a number; Enter keeps, Esc shows all"

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match, self.told, self.kind = match, view.assumed(match), ""

    def bar(self) -> Content:
        """How many."""
        kind = f", {self.kind}s only" if self.kind else ""
        return said(("Contest the model", "bold"), f" · {len(self.shown)} of {len(self.told)} assumptions{kind}")

    def note(self) -> str:
        """What to do."""
        return NOTE if self.shown else ""

    def entries(self) -> Sequence[Entry]:
        """Those of the kind."""
        rows = [one for one in self.told if self.kind in ("", one.kind)]
        return [Entry(str(one.number), _item(one), _words(one)) for one in rows]

    def describe(self, entry: Entry) -> str:
        """What it stands for."""
        one = self.told[int(entry.key) - 1]
        return f"{capital_first(view.KINDS[one.kind])}. {one.text} {one.name}"

    def open(self, entry: Entry) -> None:
        """The values that can be tried."""
        self.game.push_screen(AssumptionScreen(self.match, self.told[int(entry.key) - 1]))

    async def action_kind(self) -> None:
        """The next kind; after the last all of them."""
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]
        await self.narrow()


def _item(one: view.Assumed) -> Item:
    now = f"  {one.now}" + (f" ({one.span})" if one.kind in ("secret", "number") else "") if one.now else ""
    return Item(
        f"{one.number:>3}", said((one.title, "bold" if one.kind == "claim" else ""), (now, "$foreground-muted"))
    )


def _words(one: view.Assumed) -> str:
    return f"{one.number} {one.kind} {one.title} {one.text} {one.name} {one.now}"


class AssumptionScreen(Face[None]):
    """One assumption: what your game had, and the values to try."""

    KEYS = (
        CHOOSE,
        Key("", "Enter", "play it again", "", "your own game and your own decisions under this value", 7),
        BACK,
        *LAST,
    )

    def __init__(self, match: Match, one: view.Assumed) -> None:
        super().__init__()
        self.match, self.one = match, one
        self.values = _values(one)

    def bar(self) -> Content:
        """Which one."""
        return said(("Contest the model", "bold"), f" · assumption {self.one.number}")

    def body(self) -> Iterable[Widget]:
        """What it is, then the values; the last row takes one that is typed."""
        one = self.one
        yield Hang(Content(" "), said((one.title, "bold $text-accent")), classes="head")
        yield Hang(Content(" "), said(f"{capital_first(view.KINDS[one.kind])}. {one.text}"))
        if one.name:
            span = "" if one.kind == "coin" else f" Plausible: {one.span}."
            yield Hang(Content(" "), said("In your game: ", (one.now, "bold"), f".{span} {one.name}"))
        if one.reason:
            yield Hang(Content(" "), said((f"Assumed: {one.reason}", "$foreground-muted")))
        rows = [Item(str(i), said(text)) for i, (text, _) in enumerate(self.values, 1)]
        yield Room(Menu(rows, start=0 if rows else None), focusable=False)
        yield Input(placeholder=f"{one.span}; Enter plays, Esc leaves it", id="find")

    def on_mount(self) -> None:
        """The values have the keys."""
        self.query_one(Menu).focus()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Play again under this value, or ask for one."""
        if event.index is None or not self.values:
            return
        value = self.values[event.index][1]
        if value is None:
            field = self.query_one(Input)
            field.display = True
            field.focus()
        else:
            self._try(value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the value if it is one."""
        try:
            value = float(event.value.strip().replace(",", "."))
        except ValueError:
            value = float("nan")
        if not self.one.low <= value <= self.one.high:
            self.tell(f"It can be {self.one.span}.", severity="warning")
            return
        self.action_back()
        self._try(value)

    def _try(self, value: float) -> None:
        match, name = self.match, self.one.name
        self.game.clear_notifications()
        self.game.push_screen(ContestedPage(match, lambda: view.contest(match, {name: value})))

    def action_back(self) -> None:
        """From the typed value back to the rows, from the rows back."""
        field = self.query_one(Input)
        if not field.display:
            super().action_back()
            return
        field.display = False
        self.query_one(Menu).focus()


def _values(one: view.Assumed) -> list[tuple[str, float | None]]:
    """What can be tried: the other side of a coin; else both ends of the range, and a value of one's own."""
    if one.kind == "claim":
        return []
    if one.kind == "coin":
        return [(f"The other side: {one.other}", 1 - (one.value or 0))]
    ends = [("The lowest", one.low), ("The highest", one.high)]
    rows: list[tuple[str, float | None]] = [(f"{which}: {value:g} {one.unit}", value) for which, value in ends]
    return [*rows, ("Another value …", None)]


class ContestedPage(ComparedPage):
    """Your game under another assumption, beside how it was."""

    THINKING = "Your game is played again …"

    def bar(self) -> Content:
        """What is contested."""
        return said(("Contest the model", "bold"), f" · {self.about or self.match.scenario.title}")
