"""What is measured: variables with unit, range and how finely a player sees them; numbers of the rules; the layout.

Everything is held in whole thousandths of its unit. A layout gives every variable and every slot (a memory, a due
date, a place in the pack) its index; slots are variables too, so the ledger covers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

UNIT = 1_000
SEEN = ("exact", "band", "estimate", "hidden")
FACTIONS = ("hardliners", "leagues", "institutionals")
HOLDERS = ("tehran", "baghdad", "own")
PARTIES = ("washington", "tehran", "home")
POSTURES = {
    "washington": ("patient", "press", "squeeze", "strike"),
    "tehran": ("leash", "cosmetic", "loosen", "unleash"),
    **dict.fromkeys(FACTIONS, ("lie-low", "posture", "harass", "strike")),
}
"""The seats, and among which named postures each decides every turn."""


def thousandths(value: float) -> int:
    """A value in its unit as whole thousandths.

    >>> thousandths(2.5)
    2500
    """
    return round(value * UNIT)


@frozen
class Variable:
    """One variable: `low`, `high` and `start` in thousandths of `unit`; `seen` is one of SEEN."""

    name: str
    label: str
    unit: str
    low: int
    high: int
    start: int
    seen: str = "exact"
    what: str = ""
    facts: tuple[str, ...] = ()
    assumption: str = ""

    @property
    def is_secret(self) -> bool:
        """Hidden from the player until the debrief."""
        return self.seen == "hidden"


@frozen
class Number:
    """One number of the rules, in thousandths of `unit`, with the range in which it is plausible."""

    name: str
    unit: str
    value: int
    low: int
    high: int
    what: str
    facts: tuple[str, ...] = ()
    assumption: str = ""


SLOT_HIGH = 1_000_000
SLOT_MOST = 1_000


def slot(name: str) -> Variable:
    """A place in the state that is not a tabled variable: 0 to 1,000, never shown as a dial.

    The rules set it to values in this range only, so no phase has to correct it.
    """
    return Variable(name, name, "slot", 0, SLOT_MOST * UNIT, 0, "hidden")


@frozen
class Layout:
    """The order of every variable and slot of a scenario.

    >>> layout = Layout((Variable("dinar", "The dinar", "points", 0, 100_000, 60_000), slot("memory.x")))
    >>> layout.index["memory.x"], "dinar" in layout, len(layout)
    (1, True, 2)
    """

    variables: tuple[Variable, ...]
    index: dict[str, int] = field(init=False, repr=False, eq=False)

    @index.default
    def _numbered(self) -> dict[str, int]:
        return {variable.name: i for i, variable in enumerate(self.variables)}

    def __contains__(self, name: str) -> bool:
        return name in self.index

    def __len__(self) -> int:
        return len(self.variables)

    def __iter__(self) -> Iterator[Variable]:
        return iter(self.variables)

    def __getitem__(self, name: str) -> Variable:
        return self.variables[self.index[name]]

    def tabled(self) -> Iterable[Variable]:
        """The variables of world.toml, without the slots."""
        return (variable for variable in self.variables if variable.unit != "slot")
