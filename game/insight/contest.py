"""What one may contest: the scenario's assumptions, numbered, with the range in which each is plausible.

`replay_under` plays your own game again under another one. Assumption 1 has no number to turn: it is the claim of the
whole game, and it is printed first.
"""

from __future__ import annotations

from attrs import frozen

from game.insight.what_if import replay_under as replay_under
from game.scenario.model import Scenario
from game.world.variables import UNIT

CLAIM = "That balance between the two capitals beats choosing one of them."


@frozen
class Assumption:
    """One assumption: `name` is what `replay_under` takes ("" for the claim), with its value and range in `unit`.

    `kind` is claim, coin (the game's luck decides it), secret (drawn within its range) or number; `reason` is what a
    number leans on, where `text` says what it does.
    """

    number: int
    kind: str
    name: str
    text: str
    unit: str = ""
    value: float = 0.0
    low: float = 0.0
    high: float = 0.0
    reason: str = ""


def assumptions(scenario: Scenario) -> tuple[Assumption, ...]:
    """Every assumption of a scenario that can be contested: the claim, the coins and secrets, then the numbers.

    >>> import game
    >>> first, second, *rest = assumptions(game.load("gaza-spillover"))
    >>> first.number, first.kind, second.kind
    (1, 'claim', 'coin')
    """
    found = [("claim", "", CLAIM, "", 0.0, 0.0, 0.0, "")]
    spans = sorted(scenario.hidden.items(), key=lambda pair: scenario.layout[pair[0]].unit != "coin")
    for name, span in spans:
        variable = scenario.layout[name]
        kind = "coin" if variable.unit == "coin" else "secret"
        text = f"{variable.label}: {variable.what or span.assumption}"
        found.append((kind, name, text, variable.unit, scenario.start.get(name, 0.0), span.low, span.high, ""))
    for number in scenario.table.numbers.values():
        if number.assumption:
            value = scenario.numbers.get(number.name, number.value / UNIT)
            low, high = number.low / UNIT, number.high / UNIT
            found.append(("number", number.name, number.what, number.unit, value, low, high, number.assumption))
    return tuple(Assumption(i + 1, *rest) for i, rest in enumerate(found))
