"""Do the tables of world.toml hold together?"""

from __future__ import annotations

from game.scenario.checks_draft import Draft
from game.world.variables import UNIT, Number, Variable

WIDEST = 1_000_000
"""Thousandths of more than about two million do not fit a column of 32 bits."""


def variables_start_in_their_range(draft: Draft) -> None:
    """A variable has room to move, and starts inside its range."""
    for part in draft.of(Variable):
        low, high, start = (value / UNIT for value in (part.value.low, part.value.high, part.value.start))
        if low >= high:
            part.problem("low", f"low {low:g} is not below high {high:g}", "low below high")
        elif not low <= start <= high:
            part.problem("start", f"this says {start:g}", f"{low:g} to {high:g}", f"{min(max(start, low), high):g}")
        for field, bound in (("low", low), ("high", high)):
            if abs(bound) > WIDEST:
                part.problem(field, f"this says {bound:g}", f"{-WIDEST:,} to {WIDEST:,}")


def numbers_lie_in_their_plausible_range(draft: Draft) -> None:
    """A number of the rules lies in the range that it calls plausible."""
    for part in draft.of(Number):
        low, high, value = (value / UNIT for value in (part.value.low, part.value.high, part.value.value))
        if low > high:
            part.problem("low", f"low {low:g} is above high {high:g}", "low no higher than high")
        elif not low <= value <= high:
            part.problem("value", f"this says {value:g}", f"{low:g} to {high:g}", f"{min(max(value, low), high):g}")


def numbers_are_whole_thousandths(draft: Draft) -> None:
    """A number of the rules is written no finer than it is reckoned with."""
    for part in draft.of(Number):
        row = part.file.raw["numbers"].get(part.value.name, {})
        for field in ("value", "low", "high"):
            written = row.get(field)
            if isinstance(written, float) and round(written, 3) != written:
                part.problem(field, f"this says {written!r}", "at most three decimals", f"{written:.3f}")


CHECKS = (variables_start_in_their_range, numbers_lie_in_their_plausible_range, numbers_are_whole_thousandths)
