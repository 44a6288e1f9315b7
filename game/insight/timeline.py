"""What the documents tell, in the order in which it happened, from 1979 to 2023: one line for each happening.

A line holds the events of the sheets, and those figures and claims that are about a time of their own; what a document
says of its own present, opinions, relations and forecasts have no place in it. Two facts share a line only where their
dates are written alike and either a disagreement about one happening (a number, a label, a cause) cites both, or two
documents name it with at least two of the same words in their keys. Everything else stays apart: to tell one thing
twice is a lesser fault than to make two things one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from attrs import frozen

from game.scenario import library
from game.world.facts import Disagreement, Fact

DATED = ("figure", "claim")
"""Kinds that are told if they are about a time of their own; events always are."""
ONE_HAPPENING = ("number", "label", "cause")
"""Kinds of disagreement whose sides tell of one and the same happening."""
SHARED_WORDS = 2


@frozen
class Entry:
    """One happening: its span, the facts that tell of it, and the disagreements that touch it.

    `when` is the date as the sheets write it; `begins` and `ends` are its first and last possible day.
    """

    when: str
    begins: date
    ends: date
    facts: tuple[Fact, ...]
    disagreements: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What its first fact says."""
        return self.facts[0].text

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that tell of it, in order."""
        return tuple(sorted({fact.document for fact in self.facts}))

    @property
    def basis(self) -> str:
        """Whether a document states the date, or it was inferred: "stated" if any of its facts states it."""
        return "stated" if any(fact.when_basis == "stated" for fact in self.facts) else "inferred"

    @property
    def is_span(self) -> bool:
        """Does it take, or could it have been on, more than one day?"""
        return self.begins < self.ends


def first_day(when: str) -> date:
    """The first day of a date or span as the sheets write it.

    >>> first_day("2019-12-31/2020-01-02"), first_day("2021-11"), first_day("1979")
    (datetime.date(2019, 12, 31), datetime.date(2021, 11, 1), datetime.date(1979, 1, 1))
    """
    year, month, day = _numbers(when.split("/")[0])
    return date(year, month or 1, day or 1)


def last_day(when: str) -> date:
    """The last day of a date or span as the sheets write it.

    >>> last_day("2019-12-31/2020-01-02"), last_day("2020-02"), last_day("1979")
    (datetime.date(2020, 1, 2), datetime.date(2020, 2, 29), datetime.date(1979, 12, 31))
    """
    year, month, day = _numbers(when.split("/")[-1])
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _numbers(text: str) -> tuple[int, int, int]:
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    return year, month, day


def has_time_of_its_own(fact: Fact, written: date) -> bool:
    """Is a fact about a time of its own, and not about the present of a document written on this day?

    >>> told = library.facts()
    >>> has_time_of_its_own(told["003-p40-fatah-lost-28-of-48"], date(2022, 1, 14))
    True
    >>> has_time_of_its_own(told["003-p4-about-2500-in-iraq"], date(2022, 1, 14))
    False
    """
    if fact.kind == "event":
        return True
    present = "/" not in fact.when and first_day(fact.when) <= written <= last_day(fact.when)
    return fact.kind in DATED and not present


def subject(fact: Fact) -> frozenset[str]:
    """The words of a fact's key that name its subject.

    >>> sorted(subject(library.facts()["001-p8-contractor-killed"]))
    ['contractor', 'killed']
    """
    return frozenset(fact.key.split("-")[2:])


def merged(told: Iterable[Fact], disputes: Iterable[Disagreement]) -> tuple[Entry, ...]:
    """The facts as lines in the order of time: those of one happening together, each fact on one line only.

    The disagreements are asked in their written order, and a fact goes to the first that claims it.

    >>> facts = library.facts()
    >>> one, other = facts["000-p11-contractor-killed"], facts["001-p8-contractor-killed"]
    >>> [entry.documents for entry in merged([other, one], [])]
    [('000', '001')]
    """
    facts, rows = {fact.key: fact for fact in told}, list(disputes)
    groups: dict[str, list[Fact]] = {}
    home: dict[str, str] = {}
    for row in rows:
        if row.kind in ONE_HAPPENING:
            for keys in _alike(facts, (key for key in row.facts if key in facts and key not in home)):
                groups[keys[0]] = [facts[key] for key in keys]
                home |= dict.fromkeys(keys, keys[0])
    for fact in facts.values():
        if fact.key not in home:
            name = next((name for name, group in groups.items() if _same(fact, group)), fact.key)
            groups.setdefault(name, []).append(fact)
            home[fact.key] = name
    return tuple(sorted((_entry(group, rows) for group in groups.values()), key=_order))


def _alike(facts: Mapping[str, Fact], keys: Iterable[str]) -> list[list[str]]:
    """The keys gathered by date as written; a key alone with its date is left out."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(facts[key].when, []).append(key)
    return [group for group in found.values() if len(group) > 1]


def _same(fact: Fact, group: Iterable[Fact]) -> bool:
    return any(
        fact.when == other.when
        and fact.document != other.document
        and len(subject(fact) & subject(other)) >= SHARED_WORDS
        for other in group
    )


def _entry(group: Iterable[Fact], disputes: Iterable[Disagreement]) -> Entry:
    facts = tuple(sorted(group, key=lambda fact: (fact.kind != "event", fact.key)))
    keys = {fact.key for fact in facts}
    touching = tuple(row.key for row in disputes if keys & set(row.facts))
    when = facts[0].when
    return Entry(when, first_day(when), last_day(when), facts, touching)


def _order(entry: Entry) -> tuple[date, date, str]:
    return entry.begins, entry.ends, entry.facts[0].key


@cache
def timeline() -> tuple[Entry, ...]:
    """Every happening that the documents tell of, in the order of time.

    >>> timeline()[0].begins.year, timeline()[-1].begins.year
    (1979, 2023)
    >>> [entry.documents for entry in timeline() if "dead-in-the-strikes" in entry.disagreements]
    [('001', '002')]
    """
    told = (
        fact
        for sheet in library.sheets().values()
        for fact in sheet.facts
        if has_time_of_its_own(fact, date.fromisoformat(sheet.date))
    )
    return merged(told, library.disagreements().values())


def between(first: date, last: date) -> tuple[Entry, ...]:
    """The happenings that may have fallen, in whole or in part, between two days, both included.

    >>> [entry.when for entry in between(date(2012, 1, 1), date(2012, 12, 31)) if entry.basis == "stated"]
    ['2003/2022', '2012']
    """
    return tuple(entry for entry in timeline() if entry.begins <= last and entry.ends >= first)
