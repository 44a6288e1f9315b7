"""What a key may say, as tables: its words, its range, its length. The checker and the schema read nothing else.

`kind` is the class whose field it is; fields are named as in Python, so `from` is `from_`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from game.scenario import conditions, effects, files
from game.scenario.conditions import ANSWERS, ASK_STATES, HANDLINGS, PROMISE_STATES
from game.scenario.model import (
    DISPATCH_SURE,
    FORCES,
    QUESTIONS,
    TIERS,
    Ask,
    Dilemma,
    Dispatch,
    Ending,
    Event,
    Initiative,
    Lesson,
    Message,
    Opening,
    Option,
    Order,
    Promise,
)
from game.world.facts import BASES, DISPUTES, FORMS, KINDS, SURE, Disagreement, Empty, Fact
from game.world.variables import FACTIONS, HOLDERS, PARTIES, POSTURES, SEEN, Variable

CAPITALS = PARTIES[:2]
"""Those between whom messages go."""

Table = Mapping[tuple[type, str], Any]

CHOICES: Mapping[tuple[type, str], Iterable[str]] = {
    (Dilemma, "question"): QUESTIONS,
    (Dilemma, "tier"): TIERS,
    (Dispatch, "sure"): DISPATCH_SURE,
    (Order, "to"): FORCES,
    (Ask, "by"): PARTIES,
    (Promise, "to"): PARTIES,
    (Message, "from_"): CAPITALS,
    (Message, "to"): CAPITALS,
    (Ending, "at"): ("any", "end"),
    (Lesson, "sign"): ("up", "down"),
    (Variable, "seen"): SEEN,
    (files.WrittenVariable, "seen"): SEEN,
    (conditions.PostureCondition, "posture"): POSTURES,
    (conditions.AskCondition, "is_"): ("due", *ASK_STATES),
    (conditions.PromiseCondition, "is_"): ("due", *PROMISE_STATES),
    (conditions.InitiativeCondition, "is_"): ("running", "done"),
    (effects.ShiftEffect, "shift"): FACTIONS,
    (effects.ShiftEffect, "from_"): HOLDERS,
    (effects.ShiftEffect, "to"): HOLDERS,
    (effects.AnswerEffect, "with_"): ANSWERS,
    (effects.MessageEffect, "handling"): HANDLINGS,
    (files.WrittenSheet, "form"): FORMS,
    (files.WrittenSheet, "date_basis"): BASES,
    (Fact, "kind"): KINDS,
    (Fact, "sure"): SURE,
    (Fact, "when_basis"): BASES,
    (Disagreement, "kind"): DISPUTES,
}
"""The words that a key takes."""

RANGES: Mapping[tuple[type, str], tuple[float, float | None]] = {
    (Order, "difficulty"): (0, 100),
    (Initiative, "price"): (1, 4),
    (Initiative, "stop_price"): (0, 4),
    (Initiative, "turns"): (1, None),
    (Ask, "turns"): (1, None),
    (Promise, "turns"): (1, None),
    (Event, "turn"): (1, None),
    (effects.LaterEffect, "turns"): (1, None),
    (effects.ChanceEffect, "chance"): (0, 100),
    (Fact, "paragraph"): (1, None),
    (Empty, "paragraph"): (1, None),
    (files.WrittenSheet, "paragraphs"): (1, None),
}
"""From how much to how much; None is no upper end."""

TURNS = ((Ask, "turns"), (Promise, "turns"), (Event, "turn"), (effects.LaterEffect, "turns"))
"""What must fall within the game."""

SIZES: Mapping[tuple[type, str], tuple[int, int | None]] = {
    (Dilemma, "openings"): (1, 3),
    (Dilemma, "dispatches"): (0, 3),
    (Dilemma, "options"): (3, 5),
    (files.InitiativesFile, "initiatives"): (5, None),
    (files.SituationFile, "spans"): (1, None),
    (files.SituationFile, "endings"): (1, None),
    (Disagreement, "sides"): (2, 4),
    (effects.LaterEffect, "effects"): (1, None),
    (conditions.AnyCondition, "any"): (1, None),
    (conditions.NoneCondition, "none"): (1, None),
}
"""How many of a kind there may be."""

WORDS: Mapping[tuple[type, str], int] = {
    (Opening, "text"): 60,
    (Dispatch, "text"): 18,
    (Option, "text"): 14,
    (Option, "takes"): 14,
    (Event, "text"): 18,
    (files.SituationFile, "briefing"): 150,
}
"""At most so many words."""

REFERENCES: Mapping[tuple[type, str], str] = {
    (conditions.AskCondition, "ask"): "asks",
    (conditions.PromiseCondition, "promise"): "promises",
    (conditions.InitiativeCondition, "initiative"): "initiatives",
    (conditions.EventCondition, "event"): "events",
    (effects.PromiseEffect, "promise"): "promises",
    (effects.AnswerEffect, "answer"): "asks",
    (effects.MessageEffect, "message"): "messages",
}
"""Keys that name something that a file declares."""

VARIABLES = (
    (conditions.VariableCondition, "variable"),
    (effects.VariableEffect, "variable"),
    (Lesson, "driver"),
    (Lesson, "effect"),
)
"""Keys that name a variable."""

NAMES = (
    *((kind, "id") for kind in (Dilemma, Option, Initiative, Ask, Promise, Message, Event, Ending)),
    (conditions.MemoryCondition, "memory"),
    (effects.RememberEffect, "remember"),
    (effects.ForgetEffect, "forget"),
    (effects.LaterEffect, "later"),
    (effects.ChanceEffect, "name"),
)
"""Keys that hold a name: lower case, words joined by hyphens."""
NAME = "[a-z0-9]+(-[a-z0-9]+)*"

FACT_KEY = "[0-9]{3}-p[0-9]+-[a-z0-9]+(-[a-z0-9]+)*"
"""Document, paragraph, slug."""

SIMPLE_ONLY: Mapping[type, tuple[str, ...]] = {
    effects.LaterEffect: ("effects",),
    effects.ChanceEffect: ("effects", "otherwise"),
    Initiative: ("start", "each", "done"),
    Ask: ("met", "failed", "refused"),
    Promise: ("kept", "broken", "exposed"),
}
"""Keys whose effects are of the simple words only."""

COUNTED = (
    "attacks",
    "attacks_now",
    "attacks_total",
    "recent_attacks",
    *(f"{side}_dead{now}" for side in ("american", "iraqi", "militia") for now in ("", "_now")),
    "strikes",
    "strikes_now",
    "commanders_dead",
    "militia_autonomy",
    "lit_days",
    "dark_days",
    "attribution",
    "mode",
    "author",
    "washington_blames",
    *(f"{faction}_fired" for faction in FACTIONS),
    "order_now",
    "grant_days",
    "demand",
    "turn",
)
"""Variables that the rules count or derive: no effect may move them."""
SHARES = {faction: tuple(f"{faction}_{holder}" for holder in HOLDERS) for faction in FACTIONS}
"""The shares of control of each faction, which only a shift moves."""


def key(field: str) -> str:
    """A field as it is written.

    >>> key("from_"), key("when_basis")
    ('from', 'when_basis')
    """
    return field.removesuffix("_")
