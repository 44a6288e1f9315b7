"""The run as the others saw it: turn by turn what each did, what it took to be so, and what was so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game import view
from game.tui.screens.face import BACK, LAST, Page
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import NOTE, heading, said

if TYPE_CHECKING:
    from game.play.match import Match

ABOUT = "It knows what it did and what it could see. ✗ marks a turn that it misread, and what was so."


class OthersPage(Page):
    """One onlooker at a time, the others to the left and right."""

    KEYS = (
        Key("left", "←", "before", "step(-1)", "the onlooker before", 7),
        Key("right", "→", "next", "step(1)", "the next onlooker", 7),
        *(Key(str(n), "", "", f"show({n - 1})", "", 0) for n in range(1, 6)),
        BACK,
        *LAST,
    )

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match, self.told, self.at = match, view.onlookers(match), 0

    def bar(self) -> Content:
        """As whom."""
        here = self.told[self.at]
        return said(("As others saw it", "bold"), f" · {here.who} {here.told}")

    def paragraphs(self) -> Iterator[Widget]:
        """Who there is, then the turns of the one that is shown."""
        here = self.told[self.at]
        yield Hang(Content(""), self._who())
        yield Hang(Content(""), said((ABOUT, NOTE)))
        yield Hang(Content(""), heading(f"{here.who}, turn by turn"), classes="head")
        width = max(len(row.did) for row in here.rows)
        for row in here.rows:
            lead = said((f"{row.turn:>4}  ", "bold"), f"{row.did:<{width}}  ", ("✗ " if row.was else "  ", "bold"))
            was = (f" In truth: {row.was}.", "bold") if row.was else ""
            yield Hang(lead, said(f"{row.read[:1].upper()}{row.read[1:]}.", was))

    def _who(self) -> Content:
        """The five, the one that is shown marked without colour."""
        parts: list[str | tuple[str, str]] = []
        for i, one in enumerate(self.told):
            text = f"{i + 1} {one.who}: {one.misread} misread"
            parts.append((f"[{text}]", "bold") if i == self.at else text)
            parts.append("   ")
        return said(*parts[:-1])

    async def action_step(self, by: int) -> None:
        """Another onlooker."""
        await self.action_show((self.at + by) % len(self.told))

    async def action_show(self, index: int) -> None:
        """One of the five."""
        self.at = index
        scroller = self.query_one(Room).scroller
        with self.game.batch_update():
            await scroller.remove_children()
            await scroller.mount(*self.paragraphs())
        self.query_one("#bar", Static).update(self.bar())
        scroller.scroll_home(animate=False)
