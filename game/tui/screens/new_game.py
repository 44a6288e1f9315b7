"""Before a game: which scenario, and its briefing with the content note, the seed, iron and study mode."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from game.tui.screens.face import BACK, LAST, Face
from game.tui.screens.title import CHOOSE, ENTER
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.scroll import Room
from game.tui.widgets.texts import heading, said

if TYPE_CHECKING:
    from game.scenario.model import Scenario

SEEDS = 10_000


class ScenarioScreen(Face[None]):
    """The bundled scenarios."""

    KEYS = (CHOOSE, ENTER, BACK, *LAST)
    TITLE = "Choose a scenario"

    def body(self) -> Iterable[Widget]:
        """One row for each scenario that can be read."""
        from game.scenario.library import bundled
        from game.tui.screens.title import _titles

        titles = _titles(bundled())
        self.names = [*titles, *(name for name in bundled() if name not in titles)]
        rows = [Item(str(i + 1) if i < 9 else " ", said(titles.get(name) or name)) for i, name in enumerate(self.names)]
        yield Room(Menu(rows, start=0 if rows else None), focusable=False)

    def on_mount(self) -> None:
        """The list has the keys; the scenarios are read when the list stands."""
        self.query_one(Menu).focus()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        from game.scenario.checker import load
        from game.world.problems import Problems

        for index, name in enumerate(self.names):
            try:
                scenario = load(name)
            except Problems:
                continue
            self.game.call_from_thread(self._describe, index, scenario)

    def _describe(self, index: int, scenario: Scenario) -> None:
        if self.is_attached:
            row = self.query_one(Menu).rows[index]
            text = said((scenario.title, "bold"), "  ", (_facts(scenario), "$foreground-muted"))
            row.become(Item(row.item.mark, text))

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Read the briefing."""
        if event.index is None or not self.names:
            return
        from game.scenario.checker import load
        from game.world.problems import Problems

        try:
            scenario = load(self.names[event.index])
        except Problems as problems:
            self.tell(str(problems), title="This scenario cannot be played", severity="error")
            return
        self.game.push_screen(BriefingScreen(scenario))


def _facts(scenario: Scenario) -> str:
    from game.view import long_date

    kind = "the tutorial: " if scenario.tutorial else ""
    return f"{kind}{scenario.turns} turns, {long_date(scenario.begins)} to {long_date(scenario.ends)}"


class BriefingScreen(Face[None]):
    """The content note first, then the situation, then how to play it."""

    KEYS = (
        CHOOSE,
        Key("", "Enter", "choose", "", "on Begin: begin; on the others: change them", 7),
        BACK,
        *LAST,
    )

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self.scenario = scenario
        self.seed = secrets.randbelow(SEEDS)
        self.iron = self.study = False

    def bar(self) -> Content:
        """What it is and how long."""
        return said((self.scenario.title, "bold"), " · ", _facts(self.scenario))

    def body(self) -> Iterable[Widget]:
        """Note, briefing, and the four rows of the menu below them."""
        documents = ", ".join(self.scenario.documents)
        yield Room(
            Hang(Content(""), heading("Before you begin"), classes="head"),
            Hang(Content(""), said(self.scenario.content_note), classes="para"),
            Hang(Content(""), heading("The situation"), classes="head"),
            Hang(Content(""), said(self.scenario.briefing), classes="para"),
            Hang(Content(""), said((f"Drawn from document {documents}.", "$foreground-muted")), classes="para"),
        )
        yield Menu(self._rows(), id="begin")
        yield Input(str(self.seed), placeholder="a whole number", type="integer", id="seed")

    def _rows(self) -> list[Item]:
        iron = "[x] iron: nothing can be taken back" if self.iron else "[ ] iron: off, a turn can be taken back"
        odds = "the forecast tells the odds of endings"
        study = f"[x] study: {odds}" if self.study else "[ ] study: off, no odds of endings before the end"
        return [
            Item("1", said(("Begin", "bold"))),
            Item("2", said(f"seed {self.seed}", ("   the same seed deals the same luck again", "$foreground-muted"))),
            Item("3", said(iron)),
            Item("4", said(study)),
        ]

    def on_mount(self) -> None:
        """Enter begins."""
        self.query_one(Input).display = False
        self.query_one(Menu).focus()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Begin, change the seed, or switch a mode."""
        if event.index == 0:
            self._begin()
        elif event.index == 1:
            field = self.query_one(Input)
            field.display = True
            field.focus()
        elif event.index == 2:
            self.iron = not self.iron
            self._refresh_rows()
        elif event.index == 3:
            self.study = not self.study
            self._refresh_rows()

    def _refresh_rows(self) -> None:
        for row, item in zip(self.query_one(Menu).rows, self._rows(), strict=True):
            row.become(item)

    def action_back(self) -> None:
        """From the seed back to the rows, from the rows back to the scenarios."""
        field = self.query_one(Input)
        if field.display:
            field.display = False
            self.query_one(Menu).focus()
        else:
            super().action_back()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the seed if it is one."""
        from game.play.match import MOST_SEED

        text = event.value.strip()
        if not text.isdecimal() or int(text) > MOST_SEED:
            self.tell(f"A seed is a whole number from 0 to {MOST_SEED}.", severity="warning")
            return
        self.seed = int(text)
        self._refresh_rows()
        self.action_back()

    def _begin(self) -> None:
        from game.play.sitting import begin
        from game.world.problems import Problems

        try:
            sitting = begin(self.scenario, self.seed, iron=self.iron, study=self.study, keep=self.game.keep)
        except (Problems, OSError) as error:
            self.tell(str(error), title="The game cannot begin", severity="error")
            return
        self.game.play(sitting)
