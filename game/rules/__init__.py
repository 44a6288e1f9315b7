"""How the world moves: one room for each actor, and the order in which the rooms act.

Rule 1: every rule reads the world as it stood when its phase began. Rule 2: a rule may only write ledger lines.
Open the folder and you see the cast; Washington, which has most to move, has a second room for its instruments.
"""

from game.rules import baghdad, calendar, iraq, militias, region, tehran, washington, washington_leverage
from game.rules.register import ROOMS, Rule, room_of
from game.world.ledger import EVERYWHERE, Cause

CAST = (calendar, baghdad, tehran, militias, washington, washington_leverage, iraq, region)
PHASES: tuple[tuple[str, tuple[Rule, ...]], ...] = tuple(
    (room, tuple(ROOMS[room])) for room in dict.fromkeys(room_of(module.__name__) for module in CAST)
)
"""The phases in their order, each with its rules."""
CAUSES: dict[str, Cause] = {cause.id: cause for cause in EVERYWHERE} | {
    rule.cause.id: rule.cause for _, rules in PHASES for rule in rules
}
"""Every cause that the rules register, by id."""
