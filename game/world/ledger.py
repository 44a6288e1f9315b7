"""The ledger: the lines that change the world, and the register of their causes.

Every change of every variable is a line; after == before + the sum of the lines, exactly, always. A cause is registered
once; the ledger, the explanation, the manual and the list of covered systems all come from that one registration.
"""

from __future__ import annotations

from attrs import frozen


@frozen
class Line:
    """One change: a whole number of thousandths of a variable, its cause and the facts behind it.

    >>> Line("dinar", -1500, "iraq.dinar", ("004-p2-reserves",)).amount
    -1500
    """

    variable: str
    amount: int
    cause: str
    facts: tuple[str, ...] = ()


@frozen
class Cause:
    """Why a line was written: a rule, an option, an event, an initiative, a limit.

    `kind` is one of KINDS; `public` is the id under which a player sees it before the debrief ("" = its own).
    """

    id: str
    kind: str
    title: str
    facts: tuple[str, ...] = ()
    assumption: str = ""
    systems: tuple[str, ...] = ()
    public: str = ""
    room: str = ""


KINDS = (
    "rule",
    "option",
    "order",
    "initiative",
    "event",
    "ask",
    "promise",
    "later",
    "limit",
    "dealer",
    "start",
    "inject",
)

LIMIT = Cause("limit", "limit", "The limit of the scale", assumption="A scale ends where world.toml says it ends.")
OVERDRAFT = Cause(
    "limit.control",
    "limit",
    "Control that was not there to give",
    assumption="Nobody can lose control that it does not hold.",
)
DERIVED = Cause(
    "militias.own-will",
    "rule",
    "The militias' own will, weighed by strength",
    facts=("003-p36-tehran-control-weaker",),
    assumption="The weight of a faction in the whole is its strength.",
    systems=("S13",),
    room="militias",
)
DEALER = Cause(
    "dealer", "dealer", "The next question on the desk", assumption="The dealer's order is drawn at the start."
)
HIDDEN = Cause(
    "hidden",
    "start",
    "What this game's luck decided at the start",
    assumption="Secrets are drawn within the scenario's ranges.",
)
EVERYWHERE = (LIMIT, OVERDRAFT, DERIVED, DEALER, HIDDEN)
