"""The main screen: the dials, what happened, the dilemma with its options, and what runs beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game import view
from game.tui.screens.face import DOCUMENTS, LAST, Face
from game.tui.widgets.dials import Dials
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import NOTE, capital_first, heading, said
from game.world.problems import IllegalOrder, Problems

if TYPE_CHECKING:
    from game.play.sitting import Sitting


class DeskScreen(Face[None]):
    """The desk of the Prime Minister's office."""

    KEYS = (
        Key("", "1-5", "choose", "", "highlight an option; ↑ ↓ and the mouse do it too", 6),
        Key("", "Enter", "decide", "", "play the turn with the highlighted option", 8),
        Key("a", "a", "agenda", "agenda", "begin or stop initiatives", 4),
        Key("w", "w", "why", "why", "why anything moved, down to the paragraph", 7),
        Key("s", "s", "sources", "sources", "the sources of the card on the desk", 5),
        Key("f", "f", "forecast", "forecast", "what the cabinet expects of each option, and the advisers' picks", 2),
        Key("p", "p", "pending", "pending", "what will come due", 3),
        Key("r", "r", "report", "report", "what followed from the last turn", 4),
        Key("e", "e", "expect", "expect", "write a prediction down; the debrief says how good a judge you were", 6),
        Key("u", "u", "undo", "undo", "take the last turn back", 7),
        DOCUMENTS,
        *LAST,
    )

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.planned: tuple[str, ...] = ()
        self.written: dict[str, view.Stated] = {}
        self.view = view.screen(sitting.match)

    # ---- what stands where

    def bar(self) -> Content:
        """Scenario, turn, date, capital, mode."""
        shown = self.view
        parts: list[str | tuple[str, str]] = [(shown.title, "bold"), f" · {shown.when} · {shown.date}"]
        parts.append((f" · capital {shown.capital} of 12", "bold"))
        return said(
            *parts, " · iron" if self.sitting.match.iron else "", " · study" if self.sitting.match.study else ""
        )

    def body(self) -> Iterable[Widget]:
        """The strip of dials; below it the card, and beside it, in a wide window, what else is known."""
        yield Dials(self.view)
        yield Horizontal(
            Vertical(
                Middle(
                    Vertical(*self._news(), id="news"),
                    Menu(self._options(), start=None, careful=True, id="options"),
                    focusable=False,
                    id="middle",
                ),
                Static(self._line(), id="line", markup=False),
                id="left",
            ),
            Room(Vertical(*self._aside(), id="aside-text"), focusable=False, id="aside"),
            id="columns",
        )

    def footer(self) -> tuple[Key, ...]:
        """The first key says how many options there are, the second what Enter decides."""
        at, count = self._chosen(), len(self.view.choices)
        first = Key("", f"1-{count}", "choose", "", "", 6 if at is None else 4)
        second = Key("", "Enter", f"decides {at + 1}", "", "", 8) if at is not None else Key("", "", "", "", "", 0)
        return (first, second, *self.KEYS[2:])

    def _chosen(self) -> int | None:
        menus = self.query("#options").results(Menu) if self.is_mounted else ()
        return next((menu.at for menu in menus), None)

    def _news(self) -> Iterator[Widget]:
        """Dispatches, the card's title and question, its text."""
        shown = self.view
        if shown.beyond:
            yield Hang(Content("! "), said((f"This turn lies {shown.beyond}.", NOTE)))
        for told in shown.dispatches:
            source = ", ".join(part for part in (told.who, told.sure) if part)
            yield Hang(Content("• "), said(told.text, (f" ({source})" if source else "", "$foreground-muted")))
        if shown.desk is not None:
            note = f" · {capital_first(shown.question)}" if shown.question else ""
            title = said((shown.desk.title, "bold $text-accent"), (note, "$text-accent"))
            yield Hang(Content(""), title, id="card-title")
            yield Hang(Content(""), said(shown.desk.text), id="card-text")

    def _options(self) -> list[Item]:
        return [Item(str(choice.number), option_text(choice), bool(choice.barred)) for choice in self.view.choices]

    def _line(self) -> Content:
        """One line: the agenda and what is pending."""
        return agenda_line(self.view, self._titles(), self._expected())

    def _expected(self) -> list[str]:
        """What is predicted this turn, in words."""
        rows = view.expected(self.sitting.match, self.written)
        return [f"{row.label} {row.said}" for row in rows if row.said]

    def _titles(self) -> list[str]:
        titles = {item.id: item.title for item in (*self.view.agenda, *self.view.running)}
        return [f"{'stop' if name.startswith('stop:') else 'begin'} {titles.get(name, name)}" for name in self.planned]

    def _aside(self) -> Iterator[Widget]:
        """For wide windows: last turn, agenda, pending in full."""
        shown = self.view
        if shown.report:
            yield Hang(Content(""), heading("What followed last turn (r)"), classes="head")
            for sentence in shown.report:
                if not sentence.startswith("Pending, "):  # it stands below in full
                    yield Hang(Content("· "), said(sentence))
        if self.written:
            yield Hang(Content(""), heading("What you expect (e)"), classes="head")
        for text in self._expected():
            yield Hang(Content("▸ "), said(f"{text}, after turn {view.settled(self.sitting.match)}."))
        yield Hang(Content(""), heading("Pending (p)"), classes="head")
        for pending in shown.pending:
            yield Hang(Content("· "), said((f"{capital_first(pending.due)}: ", "bold"), pending.text))
        if not shown.pending:
            yield Hang(Content("· "), Content("Nothing is due that you know of."))
        yield Hang(Content(""), heading("Agenda (a)"), classes="head")
        for item in shown.running:
            yield Hang(Content("· "), said((item.title, "bold"), f": {item.terms}."))
        for title in self._titles():
            yield Hang(Content("▸ "), said(f"This turn: {title}."))
        if not shown.running and not self.planned:
            yield Hang(Content("· "), said(f"Nothing runs; {len(shown.agenda)} initiatives are on offer."))

    # ---- keeping it up to date

    def on_mount(self) -> None:
        """The options have the keys."""
        self.query_one("#options", Menu).focus()
        if self.sitting.match.read_only:
            self.tell(capital_first(self.sitting.match.read_only) + ".", severity="warning")

    async def update(self) -> None:
        """Show the match as it stands now."""
        await self.show(view.screen(self.sitting.match))

    async def show(self, shown: view.Screen) -> None:
        """Show these values."""
        self.view = shown
        self.query_one("#bar", Static).update(self.bar())
        self.query_one(Dials).show(self.view)
        news, aside = self.query_one("#news"), self.query_one("#aside-text")
        with self.game.batch_update():
            await news.remove_children()
            await news.mount(*self._news())
            await aside.remove_children()
            await aside.mount(*self._aside())
            await self.query_one("#options", Menu).fill(self._options(), start=None)
        self.query_one("#line", Static).update(self._line())
        self.query_one(Middle).scroller.scroll_home(animate=False)
        self.query_one(Middle).air()
        self._show_footer()

    def _show_footer(self) -> None:
        from game.tui.widgets.keys import Keys

        self.query_one(Keys).show(self.footer())

    def on_menu_moved(self, event: Menu.Moved) -> None:
        """The footer says what Enter now decides; an old message is in the way."""
        self.game.clear_notifications()
        self._show_footer()

    # ---- playing

    async def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Enter on an option plays the turn; without an option it only says what to do."""
        if event.index is None:
            self.tell(f"First choose: 1 to {len(self.view.choices)}, or the arrows. Enter then decides.")
            return
        choice = self.view.choices[event.index]
        if choice.barred:
            self.tell(choice.barred, title=f"Option {choice.number} is not open", severity="warning")
            return
        await self._play(choice.id)

    async def _play(self, option: str) -> None:
        try:
            self.sitting.play(option, *self.planned, prediction=self.written or None)
        except IllegalOrder as order:
            self.tell(capital_first(order.why) + ".", title="That cannot be done", severity="warning")
            return
        except Problems as problems:
            self.tell(str(problems), title="That cannot be done", severity="error")
            return
        except OSError as error:
            self.tell(unsaved(error), title="The turn was not played", severity="error")
            return
        self.planned, self.written = (), {}
        self.game.clear_notifications()
        await self.update()
        self.action_report()

    async def action_undo(self) -> None:
        """Take the last turn back; in iron mode say that nothing is."""
        try:
            self.sitting.undo()
        except IllegalOrder as order:
            self.tell(capital_first(order.why) + ".", severity="warning")
            return
        except OSError as error:
            self.tell(unsaved(error), title="Nothing was taken back", severity="error")
            return
        self.planned, self.written = (), {}
        await self.update()
        self.tell(f"Turn {self.sitting.match.turn + 1} is yours again.")

    # ---- the other screens

    def action_agenda(self) -> None:
        """Choose initiatives."""
        from game.tui.screens.agenda import AgendaScreen

        if self.view.desk is not None:
            self.game.push_screen(AgendaScreen(self.sitting.match, self.planned), self._plan)

    async def _plan(self, planned: tuple[str, ...] | None) -> None:
        if planned is not None:
            self.planned = planned
            await self._show_plans()

    def action_expect(self) -> None:
        """Write predictions down."""
        from game.tui.screens.expect import ExpectScreen

        if self.view.desk is not None:
            self.game.push_screen(ExpectScreen(self.sitting.match, self.written), self._expect)

    async def _expect(self, written: dict[str, view.Stated] | None) -> None:
        if written is not None:
            self.written = written
            await self._show_plans()

    async def _show_plans(self) -> None:
        self.query_one("#line", Static).update(self._line())
        aside = self.query_one("#aside-text")
        await aside.remove_children()
        await aside.mount(*self._aside())

    def action_why(self) -> None:
        """The variables and their causes."""
        from game.tui.screens.why import VariablesScreen

        self.game.push_screen(VariablesScreen(self.sitting.match))

    def action_sources(self) -> None:
        """The sources of the card."""
        from game.tui.screens.pages import SourcesPage

        self.game.push_screen(SourcesPage(self.sitting.match))

    def action_forecast(self) -> None:
        """What the cabinet expects, and the advisers' picks."""
        from game.tui.screens.cabinet import CabinetPage

        self.game.push_screen(CabinetPage(self.sitting, self.planned))

    def action_pending(self) -> None:
        """What will come due."""
        from game.tui.screens.pages import PendingPage

        self.game.push_screen(PendingPage(self.sitting.match))

    def action_report(self) -> None:
        """What followed from the last turn, and after the last one the ending."""
        from game.tui.screens.followed import FollowedPage

        if self.sitting.match.turns:
            self.game.push_screen(FollowedPage(self.sitting.match), self._after_report)
        else:
            self.tell("No turn has been played yet.")

    def _after_report(self, _: None) -> None:
        if self.sitting.match.outcome is not None:
            self.game.play(self.sitting)


class Middle(Room):
    """The room of the card."""

    def on_mount(self) -> None:
        """The first card."""
        self.call_after_refresh(self.air)

    def on_resize(self) -> None:
        """Another window, or another row below it: the blank rows are counted again."""
        self.call_after_refresh(self.air)

    def air(self) -> None:
        """Blank rows between the parts of the card where they cost nothing."""
        options = self.query_one(Menu)
        rows = sum(len(part.rows(self.size.width - 2)) for part in self.query(Hang))
        spare = self.size.height - rows
        for name, least in (("-air-1", 1), ("-air-2", 2), ("-air-3", 3 + len(options.rows))):
            self.set_class(spare >= least, name)
        options.show()


def option_text(choice: view.Choice) -> Content:
    """An option with who must obey, or why it is barred."""
    parts: list[str | tuple[str, str]] = [choice.text]
    if choice.obey:
        parts.append((f" {capital_first(choice.obey)}.", "italic $text-secondary"))
    if choice.barred:
        parts.append((f" [not open: {choice.barred.rstrip('.')}]", "italic"))
    return said(*parts)


def agenda_line(screen: view.Screen, planned: Iterable[str], expected: Iterable[str] = ()) -> Content:
    """The agenda, the pending list and what is predicted in one line."""
    running = [f"{item.title}, {item.terms.partition(';')[0]}" for item in screen.running]
    doing = [*running, *(f"▸ {title}" for title in planned)]
    agenda = "; ".join(doing) or f"{len(screen.agenda)} on offer, none runs"
    due = f"{len(screen.pending)}, first {first_due(screen.pending)}" if screen.pending else "nothing"
    key = "bold $text-accent"
    rows = list(expected)
    foreseen = rows[0] if len(rows) == 1 else f"{len(rows)} written" if rows else ""
    rest: tuple[str | tuple[str, str], ...] = (("e", key), f" expect: {foreseen}") if foreseen else ()
    return said(("a", key), f" agenda: {agenda}   ", ("p", key), f" pending: {due}{'   ' if rest else ''}", *rest)


def first_due(pending: Iterable[view.Pending]) -> str:
    """When the first of them falls due."""

    def place(due: str) -> tuple[bool, int]:
        return due != "next turn", int(due.split()[-1]) if due[-1:].isdigit() else 0

    return min((item.due for item in pending), key=place)


def unsaved(error: OSError) -> str:
    """What to say when the disk refuses."""
    what = error.strerror or str(error)
    return f"The save could not be written ({what.lower()}), so nothing has changed. Make room and try again."
