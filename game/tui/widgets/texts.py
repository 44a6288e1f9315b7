"""Texts as Content, so that nothing the game says is ever read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HEAD = "bold $text-accent"
NOTE = "italic $foreground-muted"


def clean(text: str) -> str:
    """A text without what steers a terminal: control characters and the marks that turn the direction of writing.

    >>> clean("a\\x1b[31m b\\u202e")
    'a[31m b'
    """
    return STEERING.sub("", text)


def said(*parts: str | tuple[str, str]) -> Content:
    """Texts, each plain or with a style, as one Content.

    >>> said("Bill [C-38] ", ("[/]", "bold")).plain
    'Bill [C-38] [/]'
    """
    cleaned = (clean(part) if isinstance(part, str) else (clean(part[0]), part[1]) for part in parts)
    return Content.assemble(*cleaned)


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
