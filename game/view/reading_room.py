"""The reader's room: the documents side by side, their facts one by one, where they disagree, and what happened when.

While a game is on, nothing is told here that its debrief keeps: what was really decided, what is hidden, and which card
makes the player act on a disagreement.
"""

from __future__ import annotations

from collections import Counter

from attrs import frozen

from game.insight import sources
from game.insight.timeline import Entry, first_day, last_day
from game.insight.timeline import timeline as every_entry
from game.play.match import Match
from game.scenario import library
from game.view.uses import UsedIn, called, uses_of
from game.world.facts import KINDS, Disagreement, Fact, Sheet
from game.world.problems import Problem, Problems, nearest

MEANS = {
    "event": "something that happened",
    "figure": "a number",
    "relation": "what hangs on what",
    "claim": "what somebody says is so",
    "prediction": "what somebody expects",
    "opinion": "what somebody thinks of it",
    "reported": "told as fact",
    "attributed": "told as somebody's word",
    "hedged": "told with a doubt",
    "number": "how many",
    "label": "what to call it",
    "cause": "why it happened",
    "judgement": "what to make of it",
    "over-time": "it changed as time passed",
    "itself": "a document against itself",
}
"""What the words of the sheets mean."""


@frozen
class DocumentHead:
    """What a document is: its form and date, from where it looks, whom it does not let speak, and what it holds."""

    id: str
    title: str
    form: str
    dated: str
    date_note: str
    viewpoint: str
    missing_voices: str
    reliability: str
    paragraphs: str
    facts: str
    kinds: str


@frozen
class Document:
    """A document with those of its facts that were asked for, and the paragraphs that hold none with their reasons."""

    head: DocumentHead
    facts: tuple[Fact, ...]
    empty: tuple[tuple[int, str], ...]
    paragraphs: int


@frozen
class DisputeLine:
    """A disagreement in a line."""

    key: str
    kind: str
    question: str
    seems: str


@frozen
class ToldFact:
    """One fact whole; `before` and `after` are the keys of its neighbours in the document, "" at the ends."""

    fact: Fact
    document: str
    dated: str
    basis: str
    uses: tuple[UsedIn, ...]
    waits: str
    disputes: tuple[DisputeLine, ...]
    before: str
    after: str


@frozen
class ToldSide:
    """What one side of a disagreement says, and the facts that say it."""

    says: str
    facts: tuple[Fact, ...]


@frozen
class Dispute:
    """A disagreement whole; `cards` are those that make the player act on it, once no game is on."""

    key: str
    kind: str
    question: str
    stakes: str
    seems: str
    sides: tuple[ToldSide, ...]
    resolution: str
    cards: tuple[str, ...]
    before: str
    after: str


@frozen
class Happening:
    """One line of the timeline: when, what, and the facts that tell of it with the disagreements that touch it."""

    year: int
    dated: str
    basis: str
    text: str
    facts: tuple[Fact, ...]
    disputes: tuple[DisputeLine, ...]


def dated(when: str) -> str:
    """A date or span of the sheets in words.

    >>> dated("2019-12-31/2020-01-02"), dated("2023-10-07/2023-12-11"), dated("2022-01-01/2022-01-14")
    ('31 December 2019 to 2 January 2020', '7 October to 11 December 2023', '1 to 14 January 2022')
    >>> dated("2023-12"), dated("2003/2022"), dated("2021/2021-03")
    ('December 2023', '2003 to 2022', '2021 to March 2021')
    """
    first, last = (_day(part).split() for part in (when.split("/")[0], when.split("/")[-1]))
    return _span(first, last) if "/" in when else " ".join(first)


def _span(first: list[str], last: list[str]) -> str:
    """From one date to another, what both end with said once; a date keeps at least its first word."""
    left = list(first)
    for one, other in zip(reversed(first[1:]), reversed(last), strict=False):
        if one != other:
            break
        left.pop()
    return f"{' '.join(left)} to {' '.join(last)}"


def _day(text: str) -> str:
    form = ("%Y", "%B %Y", "%-d %B %Y")[text.count("-")]
    return f"{first_day(text):{form}}" if text else ""


def means(word: str) -> str:
    """A word of the sheets with its meaning.

    >>> means("hedged")
    'hedged (told with a doubt)'
    """
    return f"{word} ({MEANS[word]})" if word in MEANS else word


# ---- documents


def documents() -> tuple[DocumentHead, ...]:
    """The heads of all documents."""
    return tuple(_head(sheet) for sheet in library.sheets().values())


def _head(sheet: Sheet) -> DocumentHead:
    count = Counter(fact.kind for fact in sheet.facts)
    used = sum(sources.is_used(fact.key) for fact in sheet.facts)
    return DocumentHead(
        sheet.id,
        sheet.title,
        f"{sheet.form}, {'read in translation' if sheet.translated else 'not translated'}",
        f"{dated(sheet.date)}, {sheet.date_basis}",
        sheet.date_note,
        sheet.viewpoint,
        sheet.missing_voices,
        sheet.reliability,
        str(sheet.paragraphs),
        f"{len(sheet.facts)}, of which the game uses {used}",
        ", ".join(f"{count[kind]} {kind}{'s' * (count[kind] > 1)}" for kind in KINDS if count[kind]),
    )


def document(name: str, paragraph: int | None = None, kind: str = "") -> Document:
    """A document with its facts, of one paragraph or one kind if that is asked for; raises Problems if there is none.

    >>> [fact.key for fact in document("004", paragraph=7).facts][0]
    '004-p7-limited-role'
    """
    sheet = library.sheets().get(name)
    if sheet is None:
        raise unknown(name)
    facts = (f for f in sheet.facts if paragraph in (None, f.paragraph) and kind in ("", f.kind))
    empty = ((row.paragraph, row.why) for row in sheet.empty if paragraph in (None, row.paragraph) and not kind)
    return Document(_head(sheet), tuple(facts), tuple(empty), sheet.paragraphs)


def unknown(key: str) -> Problems:
    """What to say to a key that nothing is called by."""
    known = [*library.sheets(), *library.facts(), *library.disagreements()]
    allowed = "a document such as 004, a fact such as 004-p2-waivers, or a disagreement such as help-or-whip"
    return Problems([Problem(key, "no document, fact or disagreement is called so", allowed, nearest(key, known))])


def what_is(key: str) -> str:
    """What a key names: "document", "fact", "disagreement", or "" for nothing.

    >>> what_is("004"), what_is("004-p2-waivers"), what_is("help-or-whip"), what_is("005")
    ('document', 'fact', 'disagreement', '')
    """
    known = {**dict.fromkeys(library.disagreements(), "disagreement"), **dict.fromkeys(library.facts(), "fact")}
    return "document" if key in library.sheets() else known.get(key, "")


# ---- one fact


def fact(key: str, match: Match | None = None) -> ToldFact:
    """One fact whole, as it may be told beside this game; raises Problems if there is none."""
    found = library.facts().get(key)
    if found is None:
        raise unknown(key)
    sheet = library.sheets()[found.document]
    before, after = _neighbours([fact.key for fact in sheet.facts], key)
    uses = tuple(uses_of(key, match))
    return ToldFact(
        found,
        f"{sheet.form}, {dated(sheet.date)}: {sheet.title}",
        dated(found.when) if found.when else "",
        found.when_basis,
        uses,
        "" if uses else _unused(found),
        tuple(_line(row) for row in library.disagreements().values() if key in row.facts),
        before,
        after,
    )


def _neighbours(keys: list[str], key: str) -> tuple[str, str]:
    at = keys.index(key)
    return keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""


def _unused(fact: Fact) -> str:
    """Why no use of a fact is told."""
    if sources.is_used(fact.key):
        return "something that the debrief tells once this game is over"
    scenario = sources.waits_for(fact)
    is_bundled = scenario in library.bundled()
    return f"nothing in play; it belongs to {scenario}{'' if is_bundled else ', a scenario that is not yet built'}"


# ---- disagreements


def disputes(kind: str = "") -> tuple[DisputeLine, ...]:
    """All disagreements in a line each, or those of one kind."""
    return tuple(_line(row) for row in library.disagreements().values() if kind in ("", row.kind))


def _line(row: Disagreement) -> DisputeLine:
    return DisputeLine(row.key, row.kind, row.question, _seems(row))


def _seems(row: Disagreement) -> str:
    return "" if row.real else "it only looks like a contradiction"


def dispute(key: str, match: Match | None = None) -> Dispute:
    """A disagreement with all its sides, as it may be told beside this game; raises Problems if there is none."""
    rows, known = library.disagreements(), library.facts()
    row = rows.get(key)
    if row is None:
        raise unknown(key)
    before, after = _neighbours(list(rows), key)
    is_on = match is not None and match.outcome is None
    cards = () if is_on else tuple(called(use) for use in sources.unsettled().get(key, ()))
    sides = tuple(ToldSide(side.says, tuple(known[name] for name in side.facts)) for side in row.sides)
    return Dispute(key, row.kind, row.question, row.stakes, _seems(row), sides, row.resolution, cards, before, after)


# ---- the timeline, and finding


def timeline(year: int | None = None) -> tuple[Happening, ...]:
    """What the documents tell in the order of time; with a year, what may have fallen in it.

    >>> [entry.year for entry in timeline(1979)]
    [1979, 1979]
    """
    return tuple(_happening(entry) for entry in every_entry() if year is None or _touches(entry, year))


def _touches(entry: Entry, year: int) -> bool:
    return first_day(entry.when).year <= year <= last_day(entry.when).year


def _happening(entry: Entry) -> Happening:
    rows = library.disagreements()
    touching = tuple(_line(rows[key]) for key in entry.disagreements)
    return Happening(entry.begins.year, dated(entry.when), entry.basis, entry.text, entry.facts, touching)


def years() -> tuple[int, ...]:
    """The years in which something in the timeline begins."""
    return tuple(dict.fromkeys(entry.begins.year for entry in every_entry()))


def holds(words: str, *texts: str) -> bool:
    """Do the texts together hold each of these words?

    >>> holds("Waiver power", "Power is paid for", "under a waiver"), holds("waiver gate", "a waiver")
    (True, False)
    """
    said = " ".join(texts).casefold()
    return all(word in said for word in words.casefold().split())


def find(words: str) -> tuple[tuple[Fact, ...], tuple[DisputeLine, ...]]:
    """The facts and the disagreements whose texts hold all of these words, in the order of the sheets.

    >>> facts, disputes = find("waiver whip")
    >>> facts, [row.key for row in disputes]
    ((), ['help-or-whip'])
    """
    if not words.strip():
        return (), ()
    facts = (row for row in library.facts().values() if holds(words, row.text, row.who, row.key, row.kind))
    rows = library.disagreements().values()
    found = (row for row in rows if holds(words, row.question, row.stakes, row.key, *(side.says for side in row.sides)))
    return tuple(facts), tuple(_line(row) for row in found)
