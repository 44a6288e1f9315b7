"""What a face shows, as plain values: the TUI and plain mode draw from here alone, so plain mode lacks nothing.

Nothing here knows a terminal. A variable is told no more finely than `world.toml` lets it be seen; a secret is not told
at all until the game is over.
"""

from game.insight.estimative import estimative
from game.view import reading_room
from game.view.cabinet import Advice, Cabinet, Move, Outlook, cabinet
from game.view.compared import Compared, Course, Lucks, Past, Share, Step, both, in_words, other_lucks, otherwise, past
from game.view.contested import KINDS, Assumed, assumed, contest, under
from game.view.desk import AgendaItem, Choice, Screen, offers, refused, screen, under_way
from game.view.ending import Debrief, Decided, Taken, bill, course, debrief, filled
from game.view.followed import FORCES, STANCES, Told, dispatches, report
from game.view.others import Onlooker, Saw, onlookers
from game.view.pending import Pending, pending
from game.view.predicted import Expected, Predicted, Score, Stated, expected, scored, settled, understood
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
    dated,
    figure,
    long_date,
    places,
    reading,
    shown,
    size,
)
from game.view.turned import Standing, Turned, TurnedPage, advised, turned
from game.view.uses import UsedIn
from game.view.why import Because, CardSource, Explained, card_sources, explained, variables

__all__ = [
    "DIALS",
    "FORCES",
    "KINDS",
    "NAMED",
    "RANKS",
    "RUNGS",
    "STANCES",
    "Advice",
    "AgendaItem",
    "Assumed",
    "Because",
    "Cabinet",
    "CardSource",
    "Choice",
    "Compared",
    "Course",
    "Debrief",
    "Decided",
    "Dispute",
    "DisputeLine",
    "Document",
    "DocumentHead",
    "Expected",
    "Explained",
    "Happening",
    "Lucks",
    "Move",
    "Onlooker",
    "Outlook",
    "Past",
    "Pending",
    "Predicted",
    "Reading",
    "Saw",
    "Score",
    "Screen",
    "Share",
    "Standing",
    "Stated",
    "Step",
    "Taken",
    "Told",
    "ToldFact",
    "ToldSide",
    "Turned",
    "TurnedPage",
    "UsedIn",
    "advised",
    "assumed",
    "bill",
    "both",
    "cabinet",
    "card_sources",
    "contest",
    "course",
    "dated",
    "debrief",
    "dispatches",
    "estimative",
    "expected",
    "explained",
    "figure",
    "filled",
    "in_words",
    "long_date",
    "offers",
    "onlookers",
    "other_lucks",
    "otherwise",
    "past",
    "pending",
    "places",
    "reading",
    "reading_room",
    "refused",
    "report",
    "scored",
    "screen",
    "settled",
    "shown",
    "size",
    "turned",
    "under",
    "under_way",
    "understood",
    "variables",
]
