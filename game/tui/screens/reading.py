"""The reader's room: the documents side by side, and from there to facts, disagreements, the timeline, the search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game.tui.screens.face import BACK, LAST, Face
from game.tui.screens.reading_lists import DisputesScreen, DocumentScreen, FindScreen, TimelineScreen
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Menu
from game.tui.widgets.scroll import Room
from game.tui.widgets.shelf import Shelf
from game.tui.widgets.texts import capital_first, said
from game.view import DocumentHead, reading_room

WAIT = "The sheets are being read …"


def column(number: int, head: DocumentHead) -> Sequence[Content]:
    """A document's head in paragraphs, the same ones for each."""
    return (
        said((f"{number}  document {head.id}\n", "bold $text-accent"), (head.title, "bold")),
        said(
            f"{capital_first(head.form)}\n{head.dated}\n{head.paragraphs} paragraphs\n", ("Facts: ", "bold"), head.facts
        ),
        said(("Looks from: ", "bold"), head.viewpoint),
        said(("Not heard: ", "bold"), head.missing_voices),
        said(("To be trusted: ", "bold"), head.reliability),
    )


class ReadingRoom(Face[None]):
    """The documents beside each other in a wide window, one below another in a narrow one."""

    KEYS = (
        Key("", "← →", "move", "", "another document; one below another, ↑ ↓ too", 4),
        Key("", "Enter", "its facts", "", "the facts of the document with the pointer", 7),
        Key("d", "d", "disagreements", "disputes", "where the documents contradict each other", 6),
        Key("t", "t", "timeline", "timeline", "what they tell, in the order in which it happened", 6),
        Key("slash", "/", "find", "find", "find words in all of them", 6),
        BACK,
        *LAST,
    )

    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[DocumentHead, ...] = ()

    def bar(self) -> Content:
        """How much there is to read."""
        return said(("The reader's room", "bold"), f" · {len(self.heads)} documents" if self.heads else "")

    def body(self) -> Iterable[Widget]:
        """The shelf, empty until the sheets are read."""
        yield Static(WAIT, id="wait", classes="note", markup=False)
        yield Room(Shelf(), focusable=False)

    def on_mount(self) -> None:
        """The sheets are read beside the first frame."""
        self.query_one(Shelf).focus()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        from game.world.problems import Problems

        try:
            heads = reading_room.documents()
        except Problems as problems:
            self.game.call_from_thread(self.tell, str(problems), title="The sheets cannot be read", severity="error")
            return
        self.game.call_from_thread(self._show, heads)

    def _show(self, heads: tuple[DocumentHead, ...]) -> None:
        if not self.is_attached:
            return
        self.heads = heads
        self.query_one("#wait").display = False
        self.query_one("#bar", Static).update(self.bar())
        columns = [column(i, head) for i, head in enumerate(heads, 1)]
        self.call_next(self.query_one(Shelf).stand, columns)

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """The facts of a document."""
        if event.index is not None and event.index < len(self.heads):
            self.game.push_screen(DocumentScreen(self.heads[event.index].id))

    def on_resize(self) -> None:
        """Beside each other or below: the pointer stays where it was."""
        self.call_after_refresh(self.query_one(Shelf).show)

    def action_disputes(self) -> None:
        """Where the documents disagree."""
        self.game.push_screen(DisputesScreen())

    def action_timeline(self) -> None:
        """In the order of time."""
        self.game.push_screen(TimelineScreen())

    def action_find(self) -> None:
        """Find words."""
        self.game.push_screen(FindScreen())
