"""How long work says how far it is, so that whoever waits can see it or leave."""

from __future__ import annotations

from collections.abc import Callable

Tick = Callable[[float], object]
"""Called now and then with the share that is done, from 0 to 1; it may raise to stop the work."""


def silent(share: float) -> None:
    """The tick of whoever waits for the end."""


def part(tick: Tick, low: float, high: float) -> Tick:
    """The tick of a part of the work, which is done from one share to another.

    >>> part(print, 0.5, 1.0)(0.5)
    0.75
    """
    return lambda share: tick(low + (high - low) * share)
