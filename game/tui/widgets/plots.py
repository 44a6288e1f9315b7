"""The course of a variable as one row of block characters; the numbers always stand in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"


def blocks(values: Sequence[float], width: int) -> str:
    """The values as blocks from their least to their most, each stretched alike to fill at most `width` cells.

    >>> blocks([0, 50, 100], 6)
    '▁▁▅▅██'
    >>> blocks([3, 3], 2)
    '▁▁'
    """
    if not values:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    each = max(1, min(3, width // len(values)))
    return "".join(BLOCKS[round((value - low) / span * (len(BLOCKS) - 1))] * each for value in values[-width:])


def both(one: Sequence[float], other: Sequence[float], part: int, each: int = 2) -> tuple[str, str]:
    """Two courses as blocks on one scale, with a mark before the turn on which they part (0: none).

    >>> both([0, 50, 100], [0, 50, 0], 2, 1)
    ('▁▅│█', '▁▅│▁')
    """
    values = [*one, *other]
    low, high = min(values), max(values)
    span = (high - low) or 1.0

    def drawn(course: Sequence[float]) -> str:
        cells = [BLOCKS[round((value - low) / span * (len(BLOCKS) - 1))] * each for value in course]
        if 0 < part <= len(cells):
            cells.insert(part, "│")
        long = max(len(one), len(other))
        return "".join(cells) + " " * (each * (long - len(course)))

    return drawn(one), drawn(other)
