"""What can be wrong, and how it is said: where, what, what is allowed, what to do.

Nothing here prints. A reader gathers problems and raises them all at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from attrs import frozen


@frozen
class Problem:
    """One thing that is wrong with an input.

    >>> print(Problem("cards.toml:12  dilemmas[0].tier", 'this says "opn"', "forced, due, thread or open", "open"))
    cards.toml:12  dilemmas[0].tier
      this says "opn"
      allowed: forced, due, thread or open
      try: open
    """

    where: str
    what: str
    allowed: str = ""
    fix: str = ""

    def __str__(self) -> str:
        rows = [self.where, f"  {self.what}"]
        if self.allowed:
            rows.append(f"  allowed: {self.allowed}")
        if self.fix:
            rows.append(f"  try: {self.fix}")
        return "\n".join(rows)


class Problems(Exception):
    """Every problem of one input, in the order of the file.

    >>> try:
    ...     raise Problems([Problem("a.toml:1", "it is empty")])
    ... except Problems as problems:
    ...     print(problems)
    a.toml:1
      it is empty
    1 problem.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        rows = [str(problem) for problem in self.problems]
        return "\n".join([*rows, f"{count} problem{'' if count == 1 else 's'}."])


class IllegalOrder(ValueError):
    """An order that this turn does not allow; nothing has changed.

    Attributes: `asked` what was asked, `turn` the turn (turns played), `legal` what was legal, `why` the reason.

    >>> print(IllegalOrder("dance", 3, ("hold", "arrest"), "this dilemma has no such option"))
    turn 3: "dance" is not possible: this dilemma has no such option. Legal here: hold, arrest
    """

    def __init__(self, asked: str, turn: int, legal: Iterable[str], why: str) -> None:
        self.asked, self.turn, self.legal, self.why = asked, turn, tuple(legal), why
        choice = ", ".join(self.legal) or "nothing"
        super().__init__(f'turn {turn}: "{asked}" is not possible: {why}. Legal here: {choice}')


class Diverged(ValueError):
    """A save whose replay differs from what it recorded.

    Attributes: `turn` the first turn that differs, `variable` the first variable, `saved` and `replayed` its values.

    >>> print(Diverged(4, "dinar", 51.0, 50.5))
    turn 4: the replay differs from the save first in dinar: saved 51.0, replayed 50.5
    """

    def __init__(self, turn: int, variable: str, saved: object, replayed: object) -> None:
        self.turn, self.variable, self.saved, self.replayed = turn, variable, saved, replayed
        super().__init__(
            f"turn {turn}: the replay differs from the save first in {variable}: saved {saved}, replayed {replayed}"
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word closest to this one, or "" if none is near.

    >>> nearest("oil_prize", ["oil_price", "dinar"])
    'oil_price'
    """
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
