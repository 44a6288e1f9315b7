"""What plain mode says of the documents: the values of the reader's room as lines, one sentence a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game import view
from game.play.match import Match
from game.printing import closed, sentences
from game.view import Dispute, DisputeLine, Document, DocumentHead, Happening, ToldFact, UsedIn
from game.view.reading_room import means
from game.world.facts import DISPUTES, KINDS, Fact


def head(one: DocumentHead) -> Iterator[str]:
    """A document's head."""
    yield f"Document {one.id}: {closed(one.title)}"
    yield f"Form: {one.form}. Date: {one.dated}. Paragraphs: {one.paragraphs}."
    yield f"Facts: {one.facts}: {one.kinds}."
    yield from sentences(f"About the date: {one.date_note}")
    yield from sentences(f"Viewpoint: {one.viewpoint}")
    yield from sentences(f"Not heard in it: {one.missing_voices}")
    yield from sentences(f"Reliability: {one.reliability}")


def documents(rows: Iterable[DocumentHead]) -> Iterator[str]:
    """Every document in two lines."""
    for one in rows:
        yield f"Document {one.id}: {closed(one.title)}"
        yield f"  {one.form[:1].upper()}{one.form[1:]}; {one.dated}; facts: {one.facts}."


def line(fact: Fact) -> str:
    """A fact in a line of a list."""
    return f"{fact.place}, {fact.kind}, {fact.who}: {closed(fact.text)} Key: {fact.key}."


def document(one: Document) -> Iterator[str]:
    """Those facts of a document that were asked for, and the paragraphs that hold none."""
    yield from (line(fact) for fact in one.facts)
    yield from (f"Paragraph {number} holds no fact: {closed(why)}" for number, why in one.empty)
    if not one.facts and not one.empty:
        yield f"Nothing in document {one.head.id} is so. It has {one.paragraphs} paragraphs."


def dispute_line(row: DisputeLine) -> str:
    """A disagreement in a line of a list."""
    seems = f" {row.seems[:1].upper()}{row.seems[1:]}." if row.seems else ""
    return f"{row.question} Kind: {row.kind}.{seems} Key: {row.key}."


def used(rows: Iterable[UsedIn]) -> Iterator[str]:
    """Where a fact is used."""
    for row in rows:
        where = f" in {row.scenario}" if row.scenario else ""
        yield f"{row.label}{where}: {'; '.join(row.places)}{'' if row.places[-1].endswith(('.', '?')) else '.'}"


def fact(one: ToldFact) -> Iterator[str]:
    """One fact whole."""
    told = one.fact
    yield f"Fact {told.key}: {closed(told.text)}"
    yield f"Document {told.document}, paragraph {told.paragraph}: {closed(one.document)}"
    yield f"Said by: {closed(told.who)}"
    if told.when:
        yield f"When: {one.dated}; the date is {one.basis}."
    yield f"Kind: {means(told.kind)}. How sure: {means(told.sure)}."
    if told.repair:
        yield from sentences(f"Repaired: {told.repair}")
    if one.uses:
        yield "Used in the game."
    yield from (f"  {row}" for row in used(one.uses))
    if one.waits:
        yield f"Used in: {closed(one.waits)}"
    if one.disputes:
        yield "Where the documents disagree about it."
    yield from (f"  {dispute_line(row)}" for row in one.disputes)
    neighbours = [f"{word}: {key}" for word, key in (("Before it", one.before), ("After it", one.after)) if key]
    yield from (closed(row) for row in neighbours)


def dispute(one: Dispute) -> Iterator[str]:
    """A disagreement with every side."""
    yield f"Disagreement {one.key}: {one.question}"
    yield f"Kind: {means(one.kind)}.{f' {one.seems[:1].upper()}{one.seems[1:]}.' if one.seems else ''}"
    yield f"At stake: {closed(one.stakes)}"
    for number, side in enumerate(one.sides, 1):
        yield f"Side {number} of {len(one.sides)}: {closed(side.says)}"
        yield from (f"  {line(fact)}" for fact in side.facts)
    if one.resolution:
        yield from sentences(f"How it stands: {one.resolution}")
    if one.cards:
        yield f"Cards on which one acts while it is unsettled: {closed('; '.join(one.cards))}"
    neighbours = [f"{word}: {key}" for word, key in (("Before it", one.before), ("After it", one.after)) if key]
    yield from (closed(row) for row in neighbours)


def happening(one: Happening) -> Iterator[str]:
    """One line of the timeline with the facts that tell of it."""
    keys = ", ".join(fact.key for fact in one.facts)
    note = "" if one.basis == "stated" else " (date inferred)"
    disputed = f" Disputed: {', '.join(row.key for row in one.disputes)}." if one.disputes else ""
    yield f"{one.dated}{note}: {closed(one.text)} Key{'s' * (len(one.facts) > 1)}: {keys}.{disputed}"


def timeline(year: int | None = None) -> Iterator[str]:
    """The timeline, or a year of it."""
    found = view.reading_room.timeline(year)
    yield from (row for one in found for row in happening(one))
    if not found:
        years = view.reading_room.years()
        yield f"The documents tell of nothing in {year}. They tell of {', '.join(map(str, years))}."


def found(words: str) -> Iterator[str]:
    """The facts and disagreements that hold these words."""
    facts, disputes = view.reading_room.find(words)
    yield from (line(fact) for fact in facts)
    yield from (dispute_line(row) for row in disputes)
    if not facts and not disputes:
        yield f"No fact and no disagreement holds “{words}”."


# ---- what is asked for in words


def read(words: list[str], match: Match | None = None) -> Iterator[str]:
    """What `read` answers: the documents, one of them with its facts (of a paragraph or a kind), a fact, a dispute."""
    room = view.reading_room
    if not words:
        yield from documents(room.documents())
        yield "For one of them: read 004; for a fact: read and its key; where they disagree: disagreements."
        return
    key, rest = words[0].lower(), [word.lower() for word in words[1:]]
    kind = room.what_is(key)
    if kind == "document":
        number = next((int(word.removeprefix("p")) for word in rest if word.removeprefix("p").isdecimal()), None)
        asked = next((word.removesuffix("s") for word in rest if word.removesuffix("s") in KINDS), "")
        told = room.document(key, number, asked)
        if not rest:
            yield from head(told.head)
        yield from document(told)
    elif kind == "fact":
        yield from fact(room.fact(key, match))
    elif kind == "disagreement":
        yield from dispute(room.dispute(key, match))
    else:
        yield no_such(key)


def no_such(key: str) -> str:
    """What to say to a key that nothing is called by."""
    problem = view.reading_room.unknown(key).problems[0]
    near = f" Did you mean {problem.fix}?" if problem.fix else ""
    return f"Nothing is called “{key}”.{near} Give {problem.allowed}."


def disagreements(words: list[str], match: Match | None = None) -> Iterator[str]:
    """What `disagreements` answers: all of them, those of a kind, or one by its key."""
    room = view.reading_room
    key = words[0].lower() if words else ""
    if key and key not in DISPUTES:
        yield from dispute(room.dispute(key, match)) if room.what_is(key) == "disagreement" else [no_such(key)]
        return
    found = room.disputes(key)
    yield f"{len(found)} disagreements{f' of the kind {means(key)}' if key else ''}."
    yield from (dispute_line(row) for row in found)


def happenings(words: list[str]) -> Iterator[str]:
    """What `timeline` answers: all of it, or one year."""
    if words and not words[0].isdecimal():
        yield f"“{words[0]}” is no year. For example: timeline 2019."
        return
    yield from timeline(int(words[0]) if words else None)
