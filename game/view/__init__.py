"""What a face shows, as plain values: the TUI and plain mode draw from here alone, so plain mode lacks nothing.

Nothing here knows a terminal. A variable is told no more finely than `world.toml` lets it be seen; a secret is not told
at all until the game is over.
"""

from game.insight.estimative import estimative
from game.view import reading_room
from game.view.cabinet import Advice, Cabinet, Move, Outlook, cabinet
from game.view.desk import AgendaItem, Choice, Screen, offers, screen, under_way
from game.view.ending import Debrief, Decided, Taken, bill, course, debrief, filled
from game.view.followed import FORCES, STANCES, Told, dispatches, report
from game.view.pending import Pending, pending
from game.view.reading_room import (
    Dispute,
    DisputeLine,
    Document,
    DocumentHead,
    Happening,
    ToldFact,
    ToldSide,
)
from game.view.readings import (
    DIALS,
    NAMED,
    RANKS,
    RUNGS,
    Reading,
    figure,
    long_date,
    places,
    reading,
    shown,
    size,
)
from game.view.turned import Standing, Turned, TurnedPage, turned
from game.view.uses import UsedIn
from game.view.why import Because, CardSource, Explained, card_sources, explained, variables

__all__ = [
    "DIALS",
    "FORCES",
    "NAMED",
    "RANKS",
    "RUNGS",
    "STANCES",
    "Advice",
    "AgendaItem",
    "Because",
    "Cabinet",
    "CardSource",
    "Choice",
    "Debrief",
    "Decided",
    "Dispute",
    "DisputeLine",
    "Document",
    "DocumentHead",
    "Explained",
    "Happening",
    "Move",
    "Outlook",
    "Pending",
    "Reading",
    "Screen",
    "Standing",
    "Taken",
    "Told",
    "ToldFact",
    "ToldSide",
    "Turned",
    "TurnedPage",
    "UsedIn",
    "bill",
    "cabinet",
    "card_sources",
    "course",
    "debrief",
    "dispatches",
    "estimative",
    "explained",
    "figure",
    "filled",
    "long_date",
    "offers",
    "pending",
    "places",
    "reading",
    "reading_room",
    "report",
    "screen",
    "shown",
    "size",
    "turned",
    "under_way",
    "variables",
]
