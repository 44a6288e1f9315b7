"""Pages of the reader's room: one fact, one disagreement with all its sides, one happening; and the way to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from game.tui.screens.face import BACK, LAST, Face
from game.tui.screens.listing import MOVE, OPEN
from game.tui.widgets.cursor import follow
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.scroll import Room
from game.tui.widgets.shelf import Sides
from game.tui.widgets.texts import NOTE, capital_first, heading, said
from game.view import reading_room

if TYPE_CHECKING:
    from game.play.match import Match
    from game.tui.app import Baghdad
    from game.view import DisputeLine, Happening, ToldSide
    from game.world.facts import Fact

BEFORE = Key("left", "←", "before", "step(-1)", "the one before", 6)
AFTER = Key("right", "→", "after", "step(1)", "the one after", 6)


def open_key(screen: Screen[Any], key: str) -> None:
    """Open a document, a fact or a disagreement over this screen."""
    kind = reading_room.what_is(key)
    if kind == "fact":
        screen.app.push_screen(FactPage(key))
    elif kind == "disagreement":
        screen.app.push_screen(DisputePage(key))
    elif kind == "document":
        from game.tui.screens.reading_lists import DocumentScreen

        screen.app.push_screen(DocumentScreen(key))


def beside(screen: Screen[Any]) -> Match | None:
    """The game that is open beside the room, which keeps some things for its debrief."""
    sitting = cast("Baghdad", screen.app).sitting
    return sitting.match if sitting is not None else None


def fact_item(fact: Fact, is_whole: bool = False, mark: str = "") -> Item:
    """A fact as a row to choose: what it says, then who says so; whole, also when and how surely."""
    told = f" {capital_first(fact.who)}; {fact.kind}."
    if is_whole:
        inferred = " (date inferred)" if fact.when_basis == "inferred" else ""
        when = f", {reading_room.dated(fact.when)}{inferred}" if fact.when else ""
        told = f" {capital_first(fact.who)}{when}; {fact.kind}, {fact.sure}."
    return Item(mark or fact.place, said(fact.text, (told, "$foreground-muted")))


def dispute_item(row: DisputeLine) -> Item:
    """A disagreement as a row to choose."""
    note = f"  {row.kind}{f'; {row.seems}' if row.seems else ''}"
    return Item("?", said(row.question, (note, "$foreground-muted")))


def field(name: str, text: str | Content) -> Hang:
    """A named line of a page."""
    body = text if isinstance(text, Content) else said(text)
    return Hang(said((f"{name:<10} ", "bold")), body)


class Leaf(Face[None]):
    """A page with rows to open and neighbours to the left and right."""

    KEYS: ClassVar[tuple[Key, ...]] = (OPEN, BEFORE, AFTER, BACK, *LAST)
    before, after = "", ""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.links: list[str] = []

    def body(self) -> Iterable[Widget]:
        """The page, filled when it is shown."""
        yield Room(id="page")

    def parts(self) -> Iterator[Widget]:
        """What the page says; sets `links`, the keys of its rows, and the neighbours."""
        yield from ()

    async def on_mount(self) -> None:
        """Fill it."""
        await self.turn()

    async def turn(self) -> None:
        """Show what `key` names."""
        room = self.query_one("#page", Room)
        self.links = []
        parts = list(self.parts())
        with self.game.batch_update():
            await room.scroller.remove_children()
            await room.scroller.mount(*parts)
        self.query_one("#bar", Static).update(self.bar())
        room.scroller.scroll_home(animate=False)
        menu = next(iter(self.query(Menu)), None)
        self.set_focus(menu or room.scroller, scroll_visible=False)
        if menu is None:
            follow(self.game, room.scroller)

    async def action_step(self, by: int) -> None:
        """The neighbour on this side."""
        key = self.before if by < 0 else self.after
        if key:
            self.key = key
            await self.turn()
        else:
            self.tell("That is the first one." if by < 0 else "That is the last one.")

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Open what a row names."""
        if event.index is not None and event.index < len(self.links):
            open_key(self, self.links[event.index])


class AboutPage(Leaf):
    """A document's head whole: what it is, what is known of its date, from where it looks, how far to trust it."""

    KEYS = (BACK, *LAST)

    def bar(self) -> Content:
        """Which document."""
        return said((f"About document {self.key}", "bold"))

    def parts(self) -> Iterator[Widget]:
        """Everything that the sheet says of the document itself."""
        head = reading_room.document(self.key).head
        yield Hang(Content(""), said((head.title, "bold")), classes="lead")
        rows = (
            ("Form", f"{head.form}; {head.paragraphs} paragraphs"),
            ("Date", f"{head.dated}. {head.date_note}"),
            ("Facts", f"{head.facts}: {head.kinds}"),
            ("Looks from", head.viewpoint),
            ("Not heard", head.missing_voices),
            ("Trust it", head.reliability),
        )
        yield from (field(name, text) for name, text in rows)


class FactPage(Leaf):
    """One fact: what it says, who says so, when and how surely, where it is disputed and where the game uses it."""

    KEYS = (
        OPEN,
        Key("left", "←", "fact before", "step(-1)", "the fact before in this document", 5),
        Key("right", "→", "fact after", "step(1)", "the fact after in this document", 5),
        Key("o", "o", "document", "document", "the whole document, at this paragraph", 4),
        BACK,
        *LAST,
    )

    def bar(self) -> Content:
        """Which fact."""
        return said(("Fact", "bold"), f" · {self.key}")

    def parts(self) -> Iterator[Widget]:
        """The fact, its particulars, its disagreements, its uses."""
        told = reading_room.fact(self.key, beside(self))
        fact, self.before, self.after = told.fact, told.before, told.after
        yield Hang(Content(""), said((fact.text, "bold")), classes="lead")
        yield field("Said by", capital_first(fact.who))
        if told.dated:
            yield field("When", f"{told.dated}; the date is {told.basis}")
        yield field("Kind", f"{reading_room.means(fact.kind)}; {reading_room.means(fact.sure)}")
        yield field("Where", f"document {fact.document}, paragraph {fact.paragraph} ({told.document})")
        if fact.repair:
            yield field("Repaired", fact.repair)
        if told.disputes:
            yield Hang(Content(""), heading("Where the documents disagree about it"), classes="head")
            self.links = [row.key for row in told.disputes]
            yield Menu([dispute_item(row) for row in told.disputes])
        yield Hang(Content(""), heading("Where the game uses it"), classes="head")
        for use in told.uses:
            where = f" in {use.scenario}" if use.scenario else ""
            yield Hang(Content("  • "), said((f"{use.label}{where}: ", "bold"), "; ".join(use.places)))
        if told.waits:
            yield Hang(Content("  "), said(f"{capital_first(told.waits)}."))

    def action_document(self) -> None:
        """Open the document at this paragraph."""
        from game.tui.screens.reading_lists import DocumentScreen

        told = reading_room.fact(self.key).fact
        self.game.push_screen(DocumentScreen(told.document, told.key))


class DisputePage(Leaf):
    """One disagreement: its question, what is at stake, and all its sides with their facts."""

    KEYS = (MOVE, OPEN, BEFORE, AFTER, BACK, *LAST)

    def bar(self) -> Content:
        """Which disagreement."""
        return said(("Disagreement", "bold"), f" · {self.key}")

    def parts(self) -> Iterator[Widget]:
        """Question, stakes, sides, how it stands."""
        told = reading_room.dispute(self.key, beside(self))
        self.before, self.after = told.before, told.after
        seems = f". {capital_first(told.seems)}." if told.seems else "."
        yield Hang(Content(""), said((told.question, "bold $text-accent")), classes="lead")
        yield Hang(Content(""), said((f"{capital_first(reading_room.means(told.kind))}{seems}", NOTE)))
        yield field("At stake", told.stakes)
        self.links = [fact.key for side in told.sides for fact in side.facts]
        yield Sides([self._side(n, len(told.sides), side) for n, side in enumerate(told.sides, 1)])
        if told.resolution:
            yield field("Settled?", told.resolution)
        if told.cards:
            yield field("Cards", "; ".join(told.cards) + ": there one acts while this is unsettled.")

    def _side(self, number: int, of: int, side: ToldSide) -> tuple[Widget, list[Item]]:
        head = said((f"Side {number} of {of}\n", "bold $text-accent"), (side.says, "bold"))
        return Hang(Content(""), head), [fact_item(fact, is_whole=True) for fact in side.facts]


class HappeningPage(Leaf):
    """One happening of the timeline: every fact that tells of it, and the disagreements that touch it."""

    KEYS = (MOVE, OPEN, BACK, *LAST)

    def __init__(self, told: Happening) -> None:
        super().__init__("")
        self.told = told

    def bar(self) -> Content:
        """When."""
        return said(("Timeline", "bold"), f" · {self.told.dated}, {self.told.basis}")

    def parts(self) -> Iterator[Widget]:
        """What happened, as each fact tells it."""
        told = self.told
        self.links = [*(fact.key for fact in told.facts), *(row.key for row in told.disputes)]
        count = len(told.facts)
        title = "One fact tells of it" if count == 1 else f"{count} facts tell of it"
        if told.disputes:
            title += "; ? marks where they disagree"
        yield Hang(Content(""), heading(title), classes="head")
        yield Menu([*(fact_item(fact, is_whole=True) for fact in told.facts), *map(dispute_item, told.disputes)])
