"""The footer: the keys that work here, as many as fit, Help and Quit always among them; each can be clicked."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

GAP = "  "


@frozen
class Key:
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
        parts = []
        for key in fit(self.keys, self.content_size.width):
            click = Style.from_meta({"@click": f"screen.{key.action}"})
            text = Content.assemble((key.shown, "bold $text-accent"), (f" {key.label}", ""))
            parts.append(text.stylize(click) if key.action else text)
        return Content(GAP).join(parts)
