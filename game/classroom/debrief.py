"""What a class did, as plain values: how its games ended, where it divided, and where games of one luck parted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from attrs import frozen

from game.classroom.gathering import Played
from game.scenario.model import Dilemma, Scenario

MOST_PAIRS = 12


@frozen
class Division:
    """A dilemma that games of the class met: for each option, in written order, the games that took it."""

    dilemma: Dilemma
    takers: tuple[tuple[str, ...], ...]

    @property
    def met(self) -> int:
        """How many games met it."""
        return sum(map(len, self.takers))

    @property
    def divided(self) -> int:
        """How many pairs of games chose differently: much where many met it and no choice drew most of them."""
        alike = sum(len(names) * (len(names) - 1) for names in self.takers)
        return (self.met * (self.met - 1) - alike) // 2


@frozen
class SameLuck:
    """Two games of one seed: the turn on which they first decided differently, or None, and what each did there."""

    first: str
    second: str
    turn: int | None
    dilemma: str = ""
    options: tuple[str, str] = ("", "")


@frozen
class ClassDebrief:
    """The games of a class, what they divided on (most first), and the pairs that shared their luck."""

    scenario: Scenario
    games: tuple[Played, ...]
    endings: tuple[tuple[str, tuple[str, ...]], ...]
    going_on: tuple[str, ...]
    divisions: tuple[Division, ...]
    same_luck: tuple[SameLuck, ...]


def debrief(games: Sequence[Played]) -> ClassDebrief:
    """What a class did; its games, at least one, are of one scenario."""
    scenario = games[0].match.scenario
    ended = {
        ending.id: tuple(each.name for each in games if each.match.outcome and each.match.outcome.ending == ending.id)
        for ending in scenario.endings
    }
    reached = sorted(((name, names) for name, names in ended.items() if names), key=lambda pair: -len(pair[1]))
    going_on = tuple(each.name for each in games if each.match.outcome is None)
    divisions = sorted(_divisions(scenario, games), key=lambda each: (-each.divided, -each.met))
    pairs = tuple(_same_luck(games))[:MOST_PAIRS]
    return ClassDebrief(scenario, tuple(games), tuple(reached), going_on, tuple(divisions), pairs)


def _divisions(scenario: Scenario, games: Sequence[Played]) -> Iterator[Division]:
    for card in scenario.dilemmas:
        takers: dict[str, list[str]] = {option.id: [] for option in card.options}
        for each in games:
            for turn in each.match.turns:
                if turn.dilemma == card.id and turn.orders.option in takers:
                    takers[turn.orders.option].append(each.name)
        if any(takers.values()):
            yield Division(card, tuple(map(tuple, takers.values())))


def _same_luck(games: Sequence[Played]) -> Iterator[SameLuck]:
    for one, other in combinations(games, 2):
        a, b = one.match, other.match
        if (a.seed, a.run, dict(a.given), dict(a.parameters)) == (b.seed, b.run, dict(b.given), dict(b.parameters)):
            yield _parted(one, other)


def _parted(one: Played, other: Played) -> SameLuck:
    for a, b in zip(one.match.turns, other.match.turns, strict=False):
        if (a.dilemma, a.orders.option, a.orders.initiatives) != (b.dilemma, b.orders.option, b.orders.initiatives):
            return SameLuck(one.name, other.name, a.number, a.dilemma, (a.orders.option, b.orders.option))
    return SameLuck(one.name, other.name, None)
