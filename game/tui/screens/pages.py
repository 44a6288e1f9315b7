"""Pages to read at the desk: what is pending, and the sources of the card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from game import view
from game.tui.screens.face import BACK, DOCUMENTS, LAST, Page
from game.tui.widgets.facts import Facts
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.texts import NOTE, capital_first, heading, said

if TYPE_CHECKING:
    from game.play.match import Match
    from game.world.facts import Fact

READ = Key("", "Enter", "read the fact", "", "open the fact with the pointer in the reader's room", 7)
KINDS = {
    "answer": "Washington's answer",
    "ask": "What is asked of you",
    "promise": "What you promised",
    "later": "What you set in motion",
    "proof": "What a grant was given for",
}


def fact_rows(fact: Fact) -> Iterator[Widget]:
    """A fact: where it stands, what it says, who says so, when and how surely."""
    place = f"document {fact.place.split()[0]}, paragraph {fact.paragraph}"
    yield Hang(Content("  • "), said((f"{capital_first(place)}: ", "bold"), fact.text))
    when = f", {fact.when}" + (" (date inferred)" if fact.when_basis == "inferred" else "") if fact.when else ""
    kind = f"{'an' if fact.kind[:1] in 'aeio' else 'a'} {fact.kind}"
    told = f"{capital_first(fact.who)}{when}; {kind}, {fact.sure}. {fact.key}"
    yield Hang(Content("    "), said((told, "$foreground-muted")))


class PendingPage(Page):
    """What will come due, in the order of its kinds."""

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match

    def bar(self) -> Content:
        """Which turn it is."""
        return said(("Pending", "bold"), f" · turn {self.match.turn + 1} of {self.match.scenario.turns}")

    def paragraphs(self) -> Iterator[Widget]:
        """Each thing with its day."""
        found = list(view.pending(self.match))
        for kind, title in KINDS.items():
            rows = [item for item in found if item.kind == kind]
            if rows:
                yield Hang(Content(""), heading(title), classes="head")
            for item in rows:
                yield Hang(Content("• "), said((f"{capital_first(item.due)}: ", "bold"), item.text), classes="item")
        if not found:
            yield Hang(Content(""), Content("Nothing is due that you know of. The asks come with the first weeks."))


class SourcesPage(Page):
    """The facts behind the card on the desk, each to be opened, and what it assumes."""

    KEYS = (READ, DOCUMENTS, BACK, *LAST)

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match

    def bar(self) -> Content:
        """Which card."""
        desk = self.match.dilemma
        return said(("Sources", "bold"), f" · {desk.title}" if desk else "")

    def paragraphs(self) -> Iterator[Widget]:
        """Facts first, then assumptions."""
        found = view.card_sources(self.match)
        facts = [source for source in found if source.fact]
        assumed = [source for source in found if source.assumption]
        yield Hang(Content(""), heading("From the documents"), classes="head")
        if facts:
            yield Facts((f"Behind {source.about}", source.fact) for source in facts if source.fact)
        else:
            yield Hang(Content("  "), Content("Nothing on this card is taken from a document."))
        if assumed:
            yield Hang(Content(""), heading("Assumed, not documented"), classes="head")
        for source in assumed:
            yield Hang(Content("  • "), said((f"{capital_first(source.about)}: ", "bold"), source.assumption))
        told = "What was really decided at the time is told in the debrief."
        yield Hang(Content(""), said((told, NOTE)), classes="head")
