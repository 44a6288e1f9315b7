"""The footer: the keys that work here, as many as fit, Help and Quit always among them; each can be clicked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

GAP = "  "


class Key(NamedTuple):
    """A key of a screen: `keys` as Textual names them, `shown` as it is written, `label`, `action`, what it does.

    `weight` says how long it stays when the footer is narrow: 9 stays always, 0 is never shown there.
    """

    keys: str
    shown: str
    label: str
    action: str
    what: str
    weight: int = 5

    @property
    def text(self) -> str:
        """The key as the footer writes it."""
        return f"{self.shown} {self.label}"


def fit(keys: Iterable[Key], width: int) -> list[Key]:
    """The keys that fit in one row, in their order; the lightest go first, those of weight 9 never.

    >>> [key.shown for key in fit([Key("a", "a", "agenda", "", "", 1), Key("q", "q", "quit", "", "", 9)], 10)]
    ['q']
    """
    left = [key for key in keys if key.weight]
    while sum(cell_len(key.text) + len(GAP) for key in left) - len(GAP) > width:
        light = min(left, key=lambda key: key.weight)
        if light.weight == 9:
            break
        left.remove(light)
    return left


class Keys(Widget):
    """The last row of a screen."""

    DEFAULT_CSS = "Keys { height: 1; width: 1fr; dock: bottom; padding: 0 1; }"

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__()
        self.keys = tuple(keys)

    def show(self, keys: Iterable[Key]) -> None:
        """Other keys from now on."""
        self.keys = tuple(keys)
        self.refresh()

    def render(self) -> Content:
        """The row."""
        parts = [Content.assemble((key.shown, "bold $text-accent"), f" {key.label}") for key in self._fitting()]
        return Content(GAP).join(parts)

    def _fitting(self) -> list[Key]:
        return fit(self.keys, self.content_size.width)

    async def on_click(self, event: events.Click) -> None:
        """The mouse may press a key too."""
        at = event.x - self.gutter.left
        for key in self._fitting():
            if 0 <= at < cell_len(key.text) and key.action:
                await self.screen.run_action(key.action)
            at -= cell_len(key.text) + len(GAP)
