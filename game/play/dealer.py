"""The dealer: which card comes next, and which initiatives are on offer.

First what last turn's events force, then asks and promises due, then an open thread, then the rest; inside a tier by a
place that each card draws in its own name at turn 0, so that adding a card moves no other. Each card is dealt once.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from game.scenario.conditions import all_hold
from game.scenario.model import TIERS
from game.world.ledger import DEALER
from game.world.variables import UNIT, thousandths

TIER, PACK = 1_000_000, 512
"""A rank is tier and place, times PACK, plus the card's number: ranks of all cards differ and fit 32 bits.

It is negative, the lowest first, so that 0 is no card.
"""
OFFERED, RUNNING_MOST, STRIDE = 5, 2, 3


def set_places(w: Any) -> None:
    """At turn 0: every card and every initiative draws its place."""
    w.cause = DEALER.id
    for card in w.scenario.dilemmas:
        w.line(f"place.{card.id}", w.draw(f"place.{card.id}"))
    names = [initiative.id for initiative in w.scenario.initiatives]
    drawn = [w.draw(f"place.{name}") for name in names]
    places: list[Any] = list(reversed(range(len(names))))
    for i, j in combinations(range(len(names)), 2):
        first = w.where(drawn[i] <= drawn[j], 1, 0)
        places[i], places[j] = places[i] - first, places[j] + first
    for name, place in zip(names, places, strict=True):
        w.line(f"place.{name}", place * UNIT)


def opens(w: Any, card: Any) -> Any:
    """Where some opening of a card holds."""
    return w.either(*(all_hold(w, opening.when) for opening in card.openings))


def deal(w: Any) -> None:
    """Put the next card on the desk, where the game goes on."""
    w.cause = DEALER.id
    goes_on = w.holds(w["ending"] == 0)
    cards = w.scenario.dilemmas
    ranks = []
    for i, card in enumerate(cards):
        rank = ((TIERS.index(card.tier) - len(TIERS)) * TIER + w[f"place.{card.id}"]) * PACK + i + 1
        ranks.append(w.where(w.both(w[f"dealt.{card.id}"] == 0, opens(w, card)), rank, 0))
    best = w.least(0, *ranks)
    chosen = w.where(goes_on, w.most(0, w.least(best - best // PACK * PACK, len(cards))), 0)
    w.line("card", chosen * UNIT - w["card"])
    for i, card in enumerate(cards):
        w.line(f"dealt.{card.id}", w["turn"] + UNIT, w.holds(chosen == i + 1))


def on_offer(w: Any, i: int) -> Any:
    """Where an initiative is among the five on offer this turn: the places move on by three a turn."""
    place, count = w[f"place.{w.scenario.initiatives[i].id}"], len(w.scenario.initiatives)
    moved = STRIDE * (w["turn"] // UNIT)
    moved = moved - count * (moved // max(1, count))
    first = (count - moved) * UNIT
    come_round = w.both(place >= first, place < first + OFFERED * UNIT)
    return w.either(place < (OFFERED - moved) * UNIT, come_round)


def running(w: Any) -> Any:
    """How many initiatives are running."""
    return sum(w.where(w[f"running.{initiative.id}"] > 0, 1, 0) for initiative in w.scenario.initiatives)


def may_begin(w: Any, i: int) -> Any:
    """Where an initiative may be begun, capital and room on the agenda aside."""
    initiative = w.scenario.initiatives[i]
    new = w.both(w[f"running.{initiative.id}"] == 0, w[f"done.{initiative.id}"] == 0)
    return w.both(on_offer(w, i), new, all_hold(w, initiative.needs))


def price(initiative: Any) -> int:
    """What an initiative costs, in thousandths of a point of capital."""
    return thousandths(initiative.price)
