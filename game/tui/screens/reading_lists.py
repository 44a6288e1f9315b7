"""Lists of the reader's room: the facts of a document, the disagreements, the timeline, and what a search finds."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from game.tui.screens.face import BACK, LAST, Face
from game.tui.screens.listing import FIND, MOVE, OPEN, Entry, Listing
from game.tui.screens.reading_pages import AboutPage, HappeningPage, dispute_item, fact_item, open_key
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.texts import said
from game.view import Happening, reading_room
from game.world.facts import DISPUTES, KINDS, Fact

MOST = 40
"""So many of what a search over everything finds are shown."""


class Opening(Listing):
    """A listing whose rows are facts, disagreements or documents."""

    def open(self, entry: Entry) -> None:
        """Open what the row names."""
        open_key(self, entry.key)


def of_fact(fact: Fact) -> Entry:
    """A fact as a row of its document."""
    words = f"{fact.text} {fact.who} {fact.kind} {fact.key}"
    return Entry(fact.key, fact_item(fact, mark=f"{f'p{fact.paragraph}':<3}"), words)


class DocumentScreen(Opening):
    """The facts of one document, of one paragraph or one kind if that is wanted."""

    KEYS = (
        MOVE,
        OPEN,
        Key("left", "← →", "paragraph", "paragraph(-1)", "the paragraph before; left of the first come all", 5),
        Key("right", "→", "paragraph after", "paragraph(1)", "the paragraph after", 0),
        Key("i", "i", "about it", "about", "what the document is, how it is dated and how far it may be trusted", 4),
        Key("k", "k", "kind", "kind", "only events, figures, relations, claims, predictions, opinions; then all", 5),
        FIND,
        BACK,
        *LAST,
    )

    def __init__(self, name: str, key: str = "") -> None:
        super().__init__()
        self.name_, self.first = name, key
        self.paragraph, self.kind = 0, ""
        self.told = reading_room.document(name)

    def bar(self) -> Content:
        """Which document, and what of it."""
        head = self.told.head
        part = f"paragraph {self.paragraph} of {self.told.paragraphs}" if self.paragraph else "all paragraphs"
        kind = f"{self.kind}s only" if self.kind else "all kinds"
        count = len(self.shown)
        return said((f"Document {head.id}", "bold"), f" · {part}, {kind} · {count} fact{'' if count == 1 else 's'}")

    def entries(self) -> Sequence[Entry]:
        """The facts under paragraph and kind."""
        return [of_fact(fact) for fact in self._asked().facts]

    def _asked(self) -> reading_room.Document:
        return reading_room.document(self.name_, self.paragraph or None, self.kind)

    def note(self) -> str:
        """The title, or why a paragraph holds no fact."""
        empty = [f"Paragraph {number} holds no fact: {why}" for number, why in self._asked().empty if self.paragraph]
        return " ".join(empty) or f"{self.told.head.title}. {self.told.head.kinds}."

    def begin(self) -> None:
        """Begin at the fact that was asked for."""
        super().begin()
        keys = [entry.key for entry in self.shown]
        if self.first in keys:
            self.query_one(Menu).action_point(keys.index(self.first))

    async def action_paragraph(self, by: int) -> None:
        """Another paragraph; before the first and after the last stand all of them."""
        self.paragraph = (self.paragraph + by) % (self.told.paragraphs + 1)
        await self.narrow()

    def action_about(self) -> None:
        """What the document is."""
        self.game.push_screen(AboutPage(self.name_))

    async def action_kind(self) -> None:
        """The next kind; after the last all of them."""
        self.kind = following(self.kind, KINDS)
        await self.narrow()


def following(word: str, words: Sequence[str]) -> str:
    """The word after this one, "" after the last.

    >>> following("", ("event", "figure")), following("figure", ("event", "figure"))
    ('event', '')
    """
    row = ("", *words)
    return row[(row.index(word) + 1) % len(row)]


class DisputesScreen(Opening):
    """Where the documents contradict each other or themselves."""

    KEYS = (
        MOVE,
        OPEN,
        Key("k", "k", "kind", "kind", f"only one kind: {', '.join(DISPUTES)}; then all", 5),
        FIND,
        BACK,
        *LAST,
    )

    def __init__(self) -> None:
        super().__init__()
        self.kind = ""

    def bar(self) -> Content:
        """How many, of what kind."""
        kind = f"of the kind {reading_room.means(self.kind)}" if self.kind else "all kinds"
        return said(("Where the documents disagree", "bold"), f" · {len(self.shown)}, {kind}")

    def entries(self) -> Sequence[Entry]:
        """Those of the kind."""
        rows = reading_room.disputes(self.kind)
        return [Entry(row.key, dispute_item(row), f"{row.question} {row.kind} {row.key}") for row in rows]

    async def action_kind(self) -> None:
        """The next kind; after the last all of them."""
        self.kind = following(self.kind, DISPUTES)
        await self.narrow()


class TimelineScreen(Opening):
    """What the documents tell, in the order in which it happened."""

    KEYS = (
        MOVE,
        OPEN,
        Key("left", "← →", "year", "year(-1)", "to the first line of the year before", 5),
        Key("right", "→", "year after", "year(1)", "to the first line of the year after", 0),
        FIND,
        BACK,
        *LAST,
    )

    def __init__(self) -> None:
        super().__init__()
        self.told = reading_room.timeline()

    def bar(self) -> Content:
        """From when to when."""
        years = f"{self.told[0].year} to {self.told[-1].year}"
        return said(("Timeline", "bold"), f" · {years} · {len(self.shown)} lines; ? marks what is disputed")

    def entries(self) -> Sequence[Entry]:
        """A line for each happening."""
        return [Entry(str(i), _line(told), _words(told)) for i, told in enumerate(self.told)]

    def open(self, entry: Entry) -> None:
        """The fact, or the happening if there is more to it."""
        told = self.told[int(entry.key)]
        if len(told.facts) == 1:
            open_key(self, told.facts[0].key)
        else:
            self.game.push_screen(HappeningPage(told))

    def action_year(self, by: int) -> None:
        """To the first line of another year."""
        menu = self.query_one(Menu)
        years = [self.told[int(entry.key)].year for entry in self.shown]
        if menu.at is None or not years:
            return
        now = years[menu.at]
        wanted = [year for year in dict.fromkeys(years) if (year > now if by > 0 else year < now)]
        if wanted:
            menu.action_point(years.index(wanted[0] if by > 0 else wanted[-1]))


def _line(told: Happening) -> Item:
    places = ", ".join(dict.fromkeys(fact.place for fact in told.facts))
    inferred = ", date inferred" if told.basis == "inferred" else ""
    text = said((f"{told.dated}: ", "bold"), told.text, (f" [{places}{inferred}]", "$foreground-muted"))
    return Item("?" if told.disputes else " ", text)


def _words(told: Happening) -> str:
    return " ".join([told.dated, *(f"{fact.text} {fact.who} {fact.key}" for fact in told.facts)])


class FindScreen(Opening):
    """What holds some words, in all documents and disagreements."""

    PLACEHOLDER = "words; Enter goes to what was found, Esc back"

    def bar(self) -> Content:
        """How much was found."""
        facts, disputes = reading_room.find(self.sought)
        found = f" · {len(facts)} facts, {len(disputes)} disagreements" if self.sought.strip() else ""
        return said(("Find in the documents", "bold"), found)

    def entries(self) -> Sequence[Entry]:
        """Disagreements first, then facts; as many as can be looked through."""
        facts, disputes = reading_room.find(self.sought)
        rows = [Entry(row.key, dispute_item(row), self.sought) for row in disputes]
        return [*rows, *(Entry(fact.key, fact_item(fact), self.sought) for fact in facts)][:MOST]

    def note(self) -> str:
        """What to do, or how many more there are."""
        facts, disputes = reading_room.find(self.sought)
        more = len(facts) + len(disputes) - MOST
        if not self.sought.strip():
            return "Type a word, or several that must all be there. A ? stands before a disagreement."
        return f"{more} more are not shown; add a word." if more > 0 else ""

    def begin(self) -> None:
        """The search has the keys."""
        self.call_after_refresh(self.action_find)

    def action_back(self) -> None:
        """Back to where one was."""
        Face.action_back(self)
