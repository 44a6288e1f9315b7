"""Words of estimative probability, always with the number behind them, and how finely a variable may be seen.

The words are those of Sherman Kent's ladder in the bands that intelligence services use today.
"""

from __future__ import annotations

from typing import Any

from game.world.variables import UNIT, Variable

WORDS = (
    (5, "almost no chance"),
    (20, "very unlikely"),
    (45, "unlikely"),
    (55, "about even"),
    (80, "likely"),
    (95, "very likely"),
)
KEEN = 34 * UNIT
"""From this much `intelligence` on bands and estimates are half as wide."""


def word(percent: float) -> str:
    """A chance in a word.

    >>> word(70), word(99)
    ('likely', 'almost certain')
    """
    return next((word for most, word in WORDS if percent <= most), "almost certain")


def estimative(percent: float) -> str:
    """A chance in words of estimative probability, with the number behind it.

    >>> estimative(70)
    'likely (70 in 100)'
    """
    return f"{word(percent)} ({percent:.0f} in 100)"


def interval(w: Any, variable: Variable, value: Any, sight: Any) -> tuple[Any, Any]:
    """From where to where a value lies as far as it can be seen, in thousandths; the two are one where it is exact.

    `w` gives the words of arithmetic, `sight` is `intelligence`; value and sight are whole numbers or columns of them.
    """
    if variable.seen == "exact":
        return value, value
    if variable.seen == "hidden":
        return variable.low + 0 * value, variable.high + 0 * value
    if variable.seen == "band":
        wide, narrow = 20 * UNIT, 10 * UNIT
        low = w.where(sight < KEEN, value // wide * wide, value // narrow * narrow)
        width = w.where(sight < KEEN, wide, narrow)
        low = w.least(low, 100 * UNIT - width)
        return low, low + width
    wide, narrow = 10 * UNIT, 5 * UNIT
    near = w.where(sight < KEEN, (value + wide // 2) // wide * wide, (value + narrow // 2) // narrow * narrow)
    half = w.where(sight < KEEN, wide // 2, narrow // 2)
    return w.most(variable.low, near - half), w.least(variable.high, near + half)
