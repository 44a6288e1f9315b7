"""Facts to choose from: Enter on one opens it in the reader's room, from wherever it is cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from game.tui.widgets.menu import Item, Menu
from game.tui.widgets.texts import capital_first, said

if TYPE_CHECKING:
    from game.world.facts import Fact


def fact_text(fact: Fact, before: str = "") -> Content:
    """A fact: where it stands, what it says, who says so, when, of what kind and how surely."""
    from game.view.reading_room import dated

    place = f"Document {fact.document}, paragraph {fact.paragraph}: "
    when = f", {dated(fact.when)}{' (date inferred)' if fact.when_basis == 'inferred' else ''}" if fact.when else ""
    kind = f"{'an' if fact.kind[:1] in 'aeio' else 'a'} {fact.kind}"
    told = f"\n{capital_first(fact.who)}{when}; {kind}, {fact.sure}. {fact.key}"
    return said((f"{before}\n" if before else "", "italic"), (place, "bold"), fact.text, (told, "$foreground-muted"))


class Facts(Menu):
    """A list of facts; each may have a line before it that says what it stands behind."""

    def __init__(self, facts: Iterable[tuple[str, Fact]], id: str | None = None) -> None:
        held = list(facts)
        self.keys = [fact.key for _, fact in held]
        super().__init__([Item("", fact_text(fact, before)) for before, fact in held], id=id)

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Open the fact."""
        event.stop()
        if event.index is not None:
            from game.tui.screens.reading_pages import open_key

            open_key(self.screen, self.keys[event.index])
