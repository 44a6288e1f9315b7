"""The help: the keys of the screen it was opened from, how a turn goes, and what the nine dials are."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from game.tui.screens.face import Page
from game.tui.widgets.hang import Hang, Hangs
from game.tui.widgets.keys import Key
from game.tui.widgets.texts import heading, said

ABOUT = (
    "You run the Prime Minister's office in Baghdad. You need Washington's dollars and waiver, and Tehran's power and "
    "restraint; both press you, and some of your own armed men answer to neither. Hold out to the last turn with the "
    "country in one piece."
)
TURN = (
    ("Read", "the dispatches: what happened, who says so, how sure."),
    ("Decide", "the dilemma: highlight an option, then Enter. Where somebody must obey, the odds stand beside it."),
    ("Agenda", "at most two initiatives run at once, for some turns, paid in political capital; somebody resists."),
    ("Expect", "if you like, write down how a dial will go; the debrief tells how good a judge you were."),
    ("Pending", "asks, promises and what you set in motion come due on the turn that is named."),
    ("Why", "every change has its causes, down to rule and paragraph of a document, or says that it is assumed."),
)
SIGNS = (
    ("▲2.4 ▼2.4", "how much a dial moved last turn; nothing there means that it was steady."),
    ("28 of 100", "points: the most there can be is 100."),
    ("40–50", "a band: you see no closer. Better intelligence narrows it."),
    ("about 30", "an estimate by your services."),
    ("friction", "the ladder's rung: quiet to 20, friction to 40, reprisals to 60, siege to 80, then the brink."),
    ("likely (70 in 100)", "how often, in a hundred such cases, the order would be obeyed."),
)
AFTER = (
    "When it is over the debrief tells what was hidden. There you may ask what turned the game, what another choice "
    "on any turn would have done, how Washington, Tehran and each faction saw the run, and how your game goes under "
    "another assumption of the model."
)
SAVING = "Every turn is on disk before you see what came of it. Leaving asks nothing; the command to go on is printed."


class HelpPage(Page):
    """What the keys do and what the words mean."""

    TITLE = "Help"

    def __init__(self, keys: tuple[Key, ...]) -> None:
        super().__init__()
        self.explained = keys

    def paragraphs(self) -> Iterator[Widget]:
        """Keys, turn, dials, signs, saving."""
        yield Hang(Content(""), Content(ABOUT), classes="para")
        yield from _section("Keys here", [(key.shown, key.what) for key in self.explained if key.shown])
        yield from _section("Everywhere", [("ctrl+p", "all of this as a list to search"), ("Tab", "the next part")])
        yield from _section("A turn", TURN)
        yield from _section("The nine dials", list(_dials()))
        yield from _section("How they are written", SIGNS)
        yield from _section("After the end", [("", AFTER)])
        yield from _section("Saving", [("", SAVING)])


def _section(title: str, rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Iterator[Widget]:
    width = max(len(name) for name, _ in rows)
    yield Hang(Content(""), heading(title), classes="head")
    gutters = (said(("  " + (f"{name:<{width}}  " if width else ""), "bold")) for name, _ in rows)
    yield Hangs([(gutter, said(what)) for gutter, (_, what) in zip(gutters, rows, strict=True)])


def _dials() -> Iterator[tuple[str, str]]:
    from game.scenario.library import shared_world
    from game.view import DIALS

    known = {variable.name: variable for variable in shared_world().variables}
    for name in DIALS:
        if name in known:
            unit = known[name].unit
            yield known[name].label, f"{known[name].what} ({unit})."
