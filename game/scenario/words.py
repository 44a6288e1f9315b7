"""The closed vocabulary: every word an author may use, in two tables.

`baghdad words` prints the author's manual from them, and the loader, the checker and the schema read nothing else.
"""

from __future__ import annotations

from game.scenario import conditions, effects
from game.scenario.conditions import Word

CONDITIONS: dict[str, type[Word]] = {
    kind.word: kind
    for kind in (
        conditions.VariableCondition,
        conditions.MemoryCondition,
        conditions.PostureCondition,
        conditions.AskCondition,
        conditions.PromiseCondition,
        conditions.InitiativeCondition,
        conditions.EventCondition,
        conditions.AnyCondition,
        conditions.NoneCondition,
    )
}
EFFECTS: dict[str, type[Word]] = {
    kind.word: kind
    for kind in (
        effects.VariableEffect,
        effects.ShiftEffect,
        effects.RememberEffect,
        effects.ForgetEffect,
        effects.PromiseEffect,
        effects.AnswerEffect,
        effects.MessageEffect,
        effects.LaterEffect,
        effects.ChanceEffect,
    )
}
SIMPLE = ("variable", "shift", "remember", "forget")
"""The effects that may be post-dated, left to chance, or belong to an initiative, an ask or a promise."""
