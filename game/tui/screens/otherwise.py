"""What if: a past turn, another option, the same luck; both lines beside each other and the odds of other lucks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game import view
from game.tui.screens.desk import option_text
from game.tui.screens.face import BACK, LAST, Face
from game.tui.screens.thinking import ThinkingPage
from game.tui.screens.title import CHOOSE
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.plots import both
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import NOTE, columns, heading, said

if TYPE_CHECKING:
    from game.play.match import Match


class PastScreen(Face[None]):
    """Every turn of the game, to choose the one that shall go otherwise."""

    KEYS = (
        CHOOSE,
        Key("", "Enter", "its options", "", "what could have been chosen there", 7),
        BACK,
        *LAST,
    )

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match, self.past = match, view.past(match)

    def bar(self) -> Content:
        """Which game."""
        return said(("What if?", "bold"), f" · {self.match.scenario.title}, seed {self.match.seed} · choose a turn")

    def body(self) -> Iterable[Widget]:
        """A row for each turn."""
        yield Room(Menu([self._item(turn) for turn in self.past]), focusable=False)

    def _item(self, turn: view.Past) -> Item:
        text = said((f"{turn.title}: ", "bold"), turn.chosen, (f"  {turn.date}", "$foreground-muted"))
        return Item(f"{turn.turn:>2}", text)

    def on_mount(self) -> None:
        """The turns have the keys."""
        self.query_one(Menu).focus()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """The options of the turn."""
        if event.index is not None:
            self.game.push_screen(InsteadScreen(self.match, self.past[event.index]))


class InsteadScreen(Face[None]):
    """The card of a past turn, to choose another option."""

    KEYS = (
        CHOOSE,
        Key("", "Enter", "play it again", "", "the same game and the same luck with this option", 7),
        BACK,
        *LAST,
    )

    def __init__(self, match: Match, turn: view.Past) -> None:
        super().__init__()
        self.match, self.turn = match, turn

    def bar(self) -> Content:
        """Which turn."""
        return said(("What if?", "bold"), f" · turn {self.turn.turn}, {self.turn.title} · {self.turn.date}")

    def body(self) -> Iterable[Widget]:
        """The card, then its options."""
        yield Static(said(self.turn.text), classes="note", markup=False)
        yield Room(Menu([self._item(choice) for choice in self.turn.choices]), focusable=False)

    def _item(self, choice: view.Choice) -> Item:
        taken = choice.number == self.turn.taken
        note = said((" [you chose this]" if taken else "", "italic"))
        return Item(str(choice.number), option_text(choice) + note, taken or bool(choice.barred))

    def on_mount(self) -> None:
        """The options have the keys."""
        self.query_one(Menu).focus()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Play the game again, or say why not."""
        if event.index is None:
            return
        choice = self.turn.choices[event.index]
        if choice.number == self.turn.taken:
            self.tell("This is what you chose; choose another one.")
        elif choice.barred:
            self.tell(choice.barred, title=f"Option {choice.number} was not open", severity="warning")
        else:
            match, turn = self.match, self.turn.turn
            self.game.push_screen(
                ComparedPage(
                    match,
                    lambda: view.otherwise(match, turn, choice.id),
                    lambda tick: view.other_lucks(match, turn, choice.id, tick=tick),
                )
            )


class ComparedPage(ThinkingPage):
    """Both lines, and after a while the odds of other lucks if they are asked for."""

    THINKING = "1,000 other lucks are played with either choice; Esc leaves it …"

    def __init__(
        self, match: Match, compare: Callable[[], view.Compared], lucks: Callable[[Any], view.Lucks] | None = None
    ) -> None:
        super().__init__()
        self.match, self.compare, self.lucks = match, compare, lucks
        self.about = ""

    def bar(self) -> Content:
        """What was changed."""
        return said(("What if?", "bold"), f" · {self.about or self.match.scenario.title}")

    def work(self, tick: Any) -> Iterator[view.Compared | view.Lucks]:
        """The two lines, then the odds."""
        yield self.compare()
        if self.lucks is not None:
            yield self.lucks(tick)

    def parts(self, found: view.Compared | view.Lucks) -> Iterable[Widget]:
        """Whatever has come."""
        if isinstance(found, view.Lucks):
            return [*_lucks(found)]
        self.about = found.about
        self.query_one("#bar", Static).update(self.bar())
        if found.part:  # below the odds, which are still to come
            each = 2 if self.size.width >= 80 else 1
            self.query_one(Room).scroller.mount(*_courses(found, each), *_steps(found))
        return [*_head(found)]


def _head(found: view.Compared) -> Iterator[Widget]:
    """What was changed, where the lines part, how they end."""
    yield Hang(said(("As it was:  ", "bold")), said(found.taken))
    yield Hang(said(("Instead:    ", "bold")), said(found.instead))
    parted = found.parted or "nowhere: nothing that is measured would have been different"
    yield Hang(said(("They part:  ", "bold")), said(f"{parted}."))
    yield Hang(said(("The end:    ", "bold")), said(found.ending, ("; instead ", "bold"), found.other_ending))
    for note in found.notes:
        yield Hang(Content("            "), said((note, NOTE)))


def _courses(found: view.Compared, each: int) -> Iterator[Widget]:
    """The dials of both lines, drawn on one scale; a mark stands before the turn on which they part."""
    yield Hang(Content(""), heading("The dials, as it was and instead; │ is where they part"), classes="head")
    width = max(len(course.label) for course in found.courses)
    for course in found.courses:
        upper, lower = both(course.values, course.other, found.part, each)
        if course.values == course.other:
            yield Hang(said((f"  {course.label:<{width}}  ", "bold"), f"{upper}  "), said(f"{course.end} both times"))
            continue
        yield Hang(said((f"  {course.label:<{width}}  ", "bold"), f"{upper}  "), said(course.end))
        yield Hang(Content(f"  {'instead':>{width}}  {lower}  "), said((course.other_end, "bold")))


def _steps(found: view.Compared) -> Iterator[Widget]:
    """The turns on which another card came or another choice was made."""
    differing = [step for step in found.steps if not step.is_same]
    if not differing:
        yield Hang(Content(""), said(("Every card and every choice were the same.", NOTE)), classes="head")
        return
    yield Hang(Content(""), heading("The turns that went otherwise"), classes="head")
    for step in differing:
        by = " (middle decided)" if step.middled else ""
        was = said((f"{step.title}: ", "bold"), step.chosen) if step.title else said("Your game was over.")
        instead = said("It was over.")
        if step.other_title:
            instead = said((f"{step.other_title}: ", "bold"), step.other, (by, "italic"))
        yield Hang(said((f"{step.turn:>4}  ", "bold"), "as it was  "), was)
        yield Hang(Content("      instead    "), instead)


def _lucks(found: view.Lucks) -> Iterator[Widget]:
    """The odds of either choice, and what must be known to read them."""
    yield Hang(Content(""), heading(found.top), classes="head")
    rows = [("", "as it was", "instead"), *((share.title, share.was, share.other) for share in found.shares)]
    for i, line in enumerate(columns(rows)):
        yield Hang(Content("  "), said((line, "" if i else "bold")))
    for note in found.notes:
        yield Hang(Content("  "), said((note, NOTE)))
