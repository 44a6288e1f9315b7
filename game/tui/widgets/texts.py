"""Texts as Content, so that nothing the game says is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

MUTED = "$foreground-muted"
STRONG = "bold"
HEAD = "bold $text-accent"
NOTE = "italic $foreground-muted"


def said(*parts: str | tuple[str, str]) -> Content:
    """Texts, each plain or with a style, as one Content.

    >>> said("Bill [C-38] ", ("[/]", "bold")).plain
    'Bill [C-38] [/]'
    """
    return Content.assemble(*parts)


def heading(text: str) -> Content:
    """A section's name."""
    return Content.styled(text, HEAD)


def columns(rows: Iterable[tuple[str, ...]], gap: int = 2) -> list[str]:
    """Rows of short texts aligned in columns: the first to the left, the others to the right.

    >>> columns([("turn", "power"), ("1", "74")])
    ['turn  power', '1        74']
    """
    table = list(rows)
    widths = [max(map(cell_len, cells)) for cells in zip(*table, strict=True)]
    lines = []
    for first, *rest in table:
        cells = [first + " " * (widths[0] - cell_len(first))]
        cells += [" " * (width - cell_len(text)) + text for width, text in zip(widths[1:], rest, strict=True)]
        lines.append((" " * gap).join(cells).rstrip())
    return lines


def capital_first(text: str) -> str:
    """The text with its first letter large.

    >>> capital_first("the ministry obeyed")
    'The ministry obeyed'
    """
    return text[:1].upper() + text[1:]
