"""The last pages: the ending with its headlines and bill; the debrief with secrets, decisions and the dials' course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalGroup
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from game import view
from game.play.match import Match
from game.tui.screens.face import BACK, DOCUMENTS, LAST, Page
from game.tui.screens.pages import fact_rows
from game.tui.widgets.hang import Hang
from game.tui.widgets.keys import Key
from game.tui.widgets.plots import blocks
from game.tui.widgets.texts import capital_first, columns, heading, said
from game.world.problems import IllegalOrder

if TYPE_CHECKING:
    from game.play.sitting import Sitting

HEADS = ("Wash.", "Tehran", "Waiver", "Dollars", "Power", "Will", "Attacks", "Street", "Ladder")


class EndingScreen(Page):
    """How it ended."""

    KEYS = (
        Key("enter,d", "Enter", "debrief", "debrief", "the secrets, the decisions, the dials turn by turn", 8),
        Key("w", "w", "why", "why", "why anything moved, down to the paragraph", 6),
        Key("u", "u", "undo", "undo", "take the last turn back", 5),
        Key("n,escape", "n", "title", "title", "back to the title, for another game", 7),
        *LAST,
    )

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        debrief = view.debrief(sitting.match)
        assert debrief is not None, "a game that goes on has no ending"
        self.told = debrief

    def bar(self) -> Content:
        """Which game, how long."""
        match = self.sitting.match
        return said((match.scenario.title, "bold"), f" · over after turn {self.told.turn} of {match.scenario.turns}")

    def paragraphs(self) -> Iterator[Widget]:
        """Title, sentence, headlines, bill, what brought it about."""
        told = self.told
        verdict = "A good ending" if told.good else "A bad ending"
        yield Static(said((told.title.upper(), "bold $text-accent")), id="ending-title", markup=False)
        yield Static(said((verdict, "italic")), id="ending-verdict", markup=False)
        yield Static(said(told.sentence), id="ending-sentence", markup=False)
        papers = [
            VerticalGroup(
                Static(said((where.upper(), "bold $foreground-muted")), markup=False),
                Static(said((text, "bold")), markup=False),
                classes="paper",
            )
            for where, text in told.headlines
        ]
        yield Horizontal(*papers, id="papers")
        yield from _table("The bill", told.bill)
        if told.because:
            yield Hang(Content(""), heading("What brought it about"), classes="head")
            for line in told.because:
                yield Hang(Content("  • "), said(line))

    def action_debrief(self) -> None:
        """The rest of the last page."""
        self.game.push_screen(DebriefPage(self.sitting.match))

    def action_why(self) -> None:
        """The variables and their causes, the secrets among them."""
        from game.tui.screens.why import VariablesScreen

        self.game.push_screen(VariablesScreen(self.sitting.match))

    def action_title(self) -> None:
        """Another game."""
        self.game.to_title()

    def action_undo(self) -> None:
        """Take the last turn back and sit down again."""
        from game.tui.screens.desk import unsaved

        try:
            self.sitting.undo()
        except IllegalOrder as order:
            self.tell(capital_first(order.why) + ".", severity="warning")
        except OSError as error:
            self.tell(unsaved(error), title="Nothing was taken back", severity="error")
        else:
            self.game.play(self.sitting)


class DebriefPage(Page):
    """What was hidden, what was decided, and how the dials went."""

    KEYS = (
        BACK,
        Key("w", "w", "why", "why", "why anything moved", 4),
        Key("t", "t", "turning", "turning", "what turned the game, and how right the advisers were", 7),
        Key("i", "i", "what if", "otherwise", "what if you had chosen otherwise, on any turn, under the same luck", 7),
        Key("o", "o", "others", "others", "the run as Washington, Tehran and each faction saw it and misread it", 7),
        Key("c", "c", "contest", "contest", "contest the model: change an assumption, play your game again", 7),
        Key("e", "e", "expect", "expected", "what you predicted, what came, and how good a judge you were", 7),
        DOCUMENTS,
        *LAST,
    )

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match
        debrief = view.debrief(match)
        assert debrief is not None, "a game that goes on has no debrief"
        self.told = debrief

    def bar(self) -> Content:
        """Which game."""
        return said(("Debrief", "bold"), f" · {self.match.scenario.title}, seed {self.match.seed} · {self.told.title}")

    def paragraphs(self) -> Iterator[Widget]:
        """Where to go on, secrets, decisions, plots, table, sources."""
        told = self.told
        yield from _further(self.KEYS)
        yield from _table("What you could not know", told.secrets)
        yield Hang(Content(""), heading("What you decided, and what the documents report"), classes="head")
        for decided in told.decided:
            yield from _decision(decided)
        if told.taken:
            title = "What each choice took for granted, while the documents disagreed"
            yield Hang(Content(""), heading(title), classes="head")
        for taken in told.taken:
            yield from _granted(taken)
        yield from _plots(self.match)
        yield Hang(Content(""), heading("Where this ending comes from"), classes="head")
        for fact in told.sources:
            yield from fact_rows(fact)
        if told.assumption:
            yield Hang(Content("  • "), said(("Assumed: ", "bold"), told.assumption))

    def action_why(self) -> None:
        """The variables and their causes."""
        from game.tui.screens.why import VariablesScreen

        self.game.push_screen(VariablesScreen(self.match))

    def action_turning(self) -> None:
        """The decisions that turned the game."""
        from game.tui.screens.turning import TurningPage

        self.game.push_screen(TurningPage(self.match))

    def action_otherwise(self) -> None:
        """Another option on a past turn."""
        from game.tui.screens.otherwise import PastScreen

        if not self._is_only_read():
            self.game.push_screen(PastScreen(self.match))

    def _is_only_read(self) -> bool:
        """Say so if other rules made this game, which then cannot be played again."""
        if self.match.read_only:
            self.tell(f"{capital_first(self.match.read_only)}.", severity="warning")
        return bool(self.match.read_only)

    def action_others(self) -> None:
        """The run as others saw it."""
        from game.tui.screens.others import OthersPage

        self.game.push_screen(OthersPage(self.match))

    def action_contest(self) -> None:
        """The model's assumptions."""
        from game.tui.screens.contest import AssumptionsScreen

        if not self._is_only_read():
            self.game.push_screen(AssumptionsScreen(self.match))

    def action_expected(self) -> None:
        """The player's predictions."""
        from game.tui.screens.predicted import PredictedPage

        self.game.push_screen(PredictedPage(self.match))


def _further(keys: Iterable[Key]) -> Iterator[Widget]:
    """What else can be asked about a game that is over, each with its key."""
    yield Hang(Content(""), heading("Ask further"), classes="head")
    for key in keys:
        if key.action in ("turning", "otherwise", "others", "contest", "expected"):
            yield Hang(said((f"  {key.shown}  ", "bold $text-accent")), said(key.what))


def _table(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[Widget]:
    pairs = list(rows)
    if not pairs:
        return
    width = max(len(name) for name, _ in pairs)
    yield Hang(Content(""), heading(title), classes="head")
    for name, text in pairs:
        yield Hang(said((f"  {name:<{width}}  ", "bold")), said(text))


def _decision(decided: view.Decided) -> Iterator[Widget]:
    obeyed = f" ({decided.obeyed})" if decided.obeyed else ""
    text = said((f"{decided.date}, {decided.title}: ", "bold"), f"{decided.chosen}{obeyed}")
    yield Hang(Content(f"{decided.turn:>4}  "), text)
    if decided.history:
        yield Hang(Content("      "), said((capital_first(decided.history), "italic $text-secondary")))


def _granted(taken: view.Taken) -> Iterator[Widget]:
    """What a choice took for granted, and what the documents say on either side."""
    question = said((f"{taken.title}: ", "bold"), f"{taken.question} ", (taken.key, "$foreground-muted"))
    yield Hang(Content(f"{taken.turn:>4}  "), question)
    yield Hang(Content("      "), said(("You took for granted: ", "italic"), taken.took))
    for says, cited in taken.sides:
        yield Hang(Content("      • "), said(says, (f" [{', '.join(cited)}]", "$foreground-muted")))
    if taken.resolution:
        yield Hang(Content("      "), said((taken.resolution, "italic $text-secondary")))


def _plots(match: Match) -> Iterator[Widget]:
    """Each dial's course in blocks, then all of them in numbers."""
    yield Hang(Content(""), heading("The dials: first → last (least to most)"), classes="head")
    courses = {name: view.course(match, name) for name in view.DIALS}
    labels = {name: match.setting.layout[name].label for name in view.DIALS}
    width = max(len(label) for label in labels.values())
    for name, values in courses.items():
        ends = f"{values[0]:.0f} → {values[-1]:.0f} ({min(values):.0f} to {max(values):.0f})"
        lead = said((f"  {labels[name]:<{width}}  ", "bold"), (blocks(values, 26), "$text-primary"), "  ")
        yield Hang(lead, said(ends))
    yield Hang(Content(""), heading("The same in numbers; turn 0 is the start"), classes="head")
    rows: list[tuple[str, ...]] = [("turn", *HEADS)]
    rows += [(str(turn), *(f"{courses[name][turn]:.0f}" for name in view.DIALS)) for turn in range(match.turn + 1)]
    for i, line in enumerate(columns(rows)):
        yield Hang(Content("  "), said((line, "bold" if not i else "")))
