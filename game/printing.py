"""What plain mode says: the values of `view` as lines of text, one sentence a line, made to be heard.

No line needs colour, a column or a drawing to be understood; nothing here reads or prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import evolve

from game import view
from game.play.match import Match
from game.view import AgendaItem, Because, Choice, Debrief, Pending, Reading, Screen, Taken, Told
from game.world.facts import Fact

BARE = ("count", "rank", "size", "code", "coin", "faction", "turn")
"""Units that say nothing beside the figure."""
SEEN = {
    "exact": "known exactly",
    "band": "known as a band",
    "estimate": "known as an estimate",
    "hidden": "kept secret until the debrief",
}
PENDING = {
    "answer": "An answer",
    "ask": "An ask",
    "promise": "A promise",
    "later": "To come",
    "proof": "Proof of quiet",
}
_END = re.compile(r"(?<=[.!?])(?<![A-Z]\.)([”’\"']?)\s+(?=[A-Z“‘\"'0-9])")
_SPAN = re.compile(r"(?<=\d)–(?=\d)")
_SIGN = re.compile(r"(?<=\s)[+-](?=\d)")


def sentences(text: str) -> list[str]:
    """A text as sentences, one a line.

    >>> sentences("The U.S. envoy calls. He asks for 2.5 days. “Why?” Nobody says.")
    ['The U.S. envoy calls.', 'He asks for 2.5 days.', '“Why?”', 'Nobody says.']
    """
    return [part.strip() for part in _END.sub("\\1\n", " ".join(text.split())).split("\n") if part.strip()]


def spoken(text: str) -> str:
    """A text as it should be read aloud: spans of figures and signs in words.

    >>> spoken("trusts you 40–50; watches"), spoken("Power -1.5 to 75 %")
    ('trusts you 40 to 50; watches', 'Power down 1.5 to 75 %')
    """
    return _SIGN.sub(lambda sign: "up " if sign[0] == "+" else "down ", _SPAN.sub(" to ", text))


def closed(text: str) -> str:
    """A text that ends as a sentence does.

    >>> closed("pay first"), closed("Who fired?"), closed("“He was told.”")
    ('pay first.', 'Who fired?', '“He was told.”')
    """
    bare = text.rstrip()
    return bare if bare.rstrip("”’\"'")[-1:] in (".", "!", "?") else f"{bare}."


def moved(change: str) -> str:
    """A change in words.

    >>> moved("+3.0"), moved("-0.5"), moved("steady"), moved("up")
    ('up 3.0', 'down 0.5', 'steady', 'up')
    """
    for sign, word in (("+", "up"), ("-", "down")):
        if change.startswith(sign):
            return f"{word} {change[1:]}"
    return change


def measure(text: str, unit: str) -> str:
    """A reading's text with its unit.

    >>> measure("85 %", "% of normal"), measure("40–50", "points"), measure("60 days", "days"), measure("2", "count")
    ('85 % of normal', '40 to 50 points', '60 days', '2')
    """
    said = spoken(text)
    if text == "not known" or unit in BARE or said.endswith(unit):
        return said
    if unit.startswith("%"):
        return f"{said.removesuffix(' %')} {unit}"
    if said == "1" and unit in ("points", "persons", "names"):
        unit = unit[:-1]
    return f"{said} {unit}"


# ---- the parts of a screen


def dial(reading: Reading) -> str:
    """A dial in a line: label, value and change."""
    rung = f", {step_of_the_ladder(reading)}" if reading.name == "escalation" else ""
    return f"{reading.label}: {measure(reading.text, reading.unit)}{rung}, {moved(reading.change)}."


def step_of_the_ladder(reading: Reading) -> str:
    """The named rung on which the escalation stands."""
    return next((word for most, word in view.RUNGS if reading.level * 100 <= most), view.RUNGS[-1][1])


def variable(reading: Reading) -> str:
    """A variable in full: what it is, by what name it is asked for, and how well it is known."""
    return f"{dial(reading)[:-1]}. {closed(reading.what)} Name: {reading.name}; {SEEN[reading.seen]}."


def dispatch(told: Told) -> str:
    """A dispatch: what is said, who says so, how sure, and from where."""
    where = f"; source: {', '.join(told.sources)}" if told.sources else ""
    return f"Dispatch: {closed(told.text)} Said by: {told.who or 'nobody named'}; {told.sure}{where}."


def coming(item: Pending) -> str:
    """Something that will come due."""
    return f"{PENDING.get(item.kind, item.kind.title())}, {item.due}: {closed(item.text)}"


def option(choice: Choice, is_full: bool = False) -> Iterator[str]:
    """An option: number, text, who must obey, and whether it is barred; in full its name too."""
    obey = f" {choice.obey[:1].upper()}{choice.obey[1:]}." if choice.obey else ""
    name = f" Name: {choice.id}." if is_full else ""
    yield f"{choice.number}: {closed(choice.text)}{obey}{name}"
    if choice.barred:
        yield f"{choice.number} is barred: {closed(choice.barred)}"


def initiative(item: AgendaItem, is_full: bool = True, is_named: bool = False) -> str:
    """An initiative on offer, or one that may be stopped."""
    title = f"Stop “{item.title}”" if item.id.startswith("stop:") else item.title
    text = f" {closed(item.text)}" if is_full else ""
    name = f" Name: {item.id}." if is_named else ""
    terms = closed(spoken(item.terms))
    return f"Agenda {item.number}: {title}.{text} {terms[0].upper()}{terms[1:]}{name}"


def barred(items: Iterable[AgendaItem]) -> Iterator[str]:
    """Why initiatives cannot be begun, each reason once."""
    reasons: dict[str, list[str]] = {}
    for item in items:
        if item.barred:
            reasons.setdefault(item.barred, []).append(str(item.number))
    for reason, numbers in reasons.items():
        yield f"Agenda {', '.join(numbers)} barred: {closed(reason)}"


def agenda(screen: Screen, known: frozenset[str] | None = None) -> Iterator[str]:
    """The agenda: capital, what is on offer and what is running; in full with names, or what is known in short."""
    yield f"Political capital: {screen.capital}."
    for item in (*screen.agenda, *screen.running):
        yield initiative(item, known is None or item.id.removeprefix("stop:") not in known, known is None)
    yield from barred(screen.agenda)
    if not screen.running and not known:
        yield "Running: nothing."


def header(screen: Screen) -> str:
    """Which turn it is."""
    return f"{screen.when.capitalize()}: {screen.date}{', ' + screen.beyond if screen.beyond else ''}."


def question(screen: Screen, is_full: bool = False) -> Iterator[str]:
    """The dilemma: its title, the question that it puts, its text, and the options."""
    if screen.desk is None:
        return
    yield f"Dilemma: {screen.desk.title}: {screen.question}"
    yield from sentences(screen.desk.text)
    for choice in screen.choices:
        yield from option(choice, is_full)


def capitals(screen: Screen) -> tuple[str, str]:
    """The mood of both capitals."""
    return f"Washington {spoken(screen.washington)}.", f"Tehran {spoken(screen.tehran)}."


def whole(screen: Screen) -> Iterator[str]:
    """Everything that the main screen shows."""
    yield f"{screen.title}."
    yield header(screen)
    yield from (f"Report: {spoken(row)}" for row in screen.report)
    yield from (dial(reading) for reading in screen.dials)
    yield from capitals(screen)
    yield from (coming(item) for item in screen.pending)
    yield from (dispatch(told) for told in screen.dispatches)
    yield from agenda(screen)
    yield from question(screen, is_full=True)


def news(screen: Screen, before: Screen | None, known: frozenset[str]) -> Iterator[str]:
    """What is new since the screen before: the report, the dials that moved, what will come due, the next question."""
    yield ""
    yield header(screen)
    yield from (f"Report: {spoken(row)}" for row in screen.report)
    old = {reading.name: reading.text for reading in before.dials} if before else {}
    yield from (dial(r) for r in screen.dials if before is None or r.change != "steady" or old[r.name] != r.text)
    for line, was in zip(capitals(screen), capitals(before) if before else ("", ""), strict=True):
        if line != was:
            yield line
    yield from _due(screen, before)
    yield from (dispatch(told) for told in screen.dispatches)
    yield from agenda(screen, known)
    yield from question(screen)


def _due(screen: Screen, before: Screen | None) -> Iterator[str]:
    old = before.pending if before else ()
    yield from (coming(item) for item in screen.pending if item not in old)
    texts = {item.text for item in screen.pending}
    yield from (f"No longer pending: {closed(item.text)}" for item in old if item.text not in texts)


# ---- why, sources, log


def source(fact: Fact) -> str:
    """A fact with its place, who says so, and the key by which it can be read."""
    return f"Source {fact.place}, {fact.who}: {closed(fact.text)} Key: {fact.key}."


def because(reason: Because) -> Iterator[str]:
    """A cause of a change, with its facts."""
    yield f"{moved(reason.amount).capitalize()}: {closed(reason.title)} Cause: {reason.rule}."
    yield from (f"  {source(fact)}" for fact in reason.facts)
    if reason.assumption:
        yield f"  Assumed: {closed(reason.assumption)}"


def explained(match: Match, name: str, turn: int | None = None) -> Iterator[str]:
    """Why a variable moved on a turn."""
    if not match.turns:
        yield "Nothing has moved yet: no turn has been played."
        return
    told = view.explained(match, name, turn)
    yield f"Turn {told.turn}. {dial(told.reading)}"
    if not told.because:
        yield "Nothing moved it that could be seen."
    for reason in told.because:
        yield from because(reason)
    for label, reason in told.behind:
        first, *rest = because(reason)
        yield f"Behind it, {label}: {first}"
        yield from rest


def card_sources(match: Match) -> Iterator[str]:
    """The sources of the card on the desk."""
    found, desk = view.card_sources(match), match.dilemma
    if desk:
        yield f"The card on the desk: {desk.title}, {desk.id}."
    if not found:
        yield "This card cites no source."
    for cited in found:
        if cited.fact:
            yield f"Behind {cited.about}: {source(cited.fact)}"
        if cited.assumption:
            yield f"Assumed for {cited.about}: {closed(cited.assumption)}"
    first = next((cited.fact for cited in found if cited.fact), None)
    if first:
        yield f"More on a fact: read and its key, for example read {first.key}."


def log(match: Match, turns: int) -> Iterator[str]:
    """The reports of the last turns."""
    if not match.turns:
        yield "No turn has been played yet."
    for turn in match.turns[-turns:]:
        then = evolve(match, turns=match.turns[: turn.number])
        yield f"Turn {turn.number}, {view.dated(match.scenario, turn.number)}."
        yield from (spoken(row) for row in view.report(then))


# ---- the end


def ending(match: Match, page: Debrief) -> Iterator[str]:
    """The last page, then the debrief: secrets, decisions, the course of each dial, the sources."""
    yield ""
    yield f"The end, on turn {page.turn} of {match.scenario.turns}: {closed(page.title)}"
    yield f"This is {'one' if page.good else 'not one'} of the good endings. Name: {page.ending}."
    yield from sentences(page.sentence)
    yield from (f"Headline in {place}: {closed(text)}" for place, text in page.headlines)
    yield "The bill."
    yield from (f"{label}: {closed(spoken(text))}" for label, text in page.bill)
    yield "What brought it there."
    yield from (closed(spoken(row)) for row in page.because or ("No single change of the last two turns",))
    yield "What was hidden in this game."
    for label, text in page.secrets:
        yield f"{label}{'' if label.endswith('?') else ':'} {closed(text[:1].upper() + text[1:])}"
    yield "What you decided."
    yield from decisions(page)
    if page.taken:
        yield "What each choice took for granted, while the documents disagreed."
    yield from (row for one in page.taken for row in taken(one))
    yield "How each dial went."
    yield from (course(match, reading) for reading in view.screen(match).dials)
    yield from (source(fact) for fact in page.sources)
    if page.assumption:
        yield f"Assumed for this ending: {closed(page.assumption)}"


def decisions(page: Debrief) -> Iterator[str]:
    """What was decided on each turn, and what the documents report for the time."""
    for one in page.decided:
        obeyed = f" The order was {one.obeyed}." if one.obeyed else ""
        history = f" {one.history[:1].upper()}{closed(one.history[1:])}" if one.history else ""
        yield f"Turn {one.turn}, {one.date}, {closed(one.title)} You chose: {closed(one.chosen)}{obeyed}{history}"


def taken(one: Taken) -> Iterator[str]:
    """What a choice took for granted, and what the documents say on either side."""
    yield f"Turn {one.turn}, {closed(one.title)} {one.question} You took for granted: {closed(one.took)}"
    for says, cited in one.sides:
        yield f"  Documents {', '.join(cited)}: {closed(says)}"
    settled = f"{closed(one.resolution)} " if one.resolution else ""
    yield f"  {settled}Key: {one.key}."


def course(match: Match, reading: Reading) -> str:
    """The course of a dial in words, then its figures."""
    values = view.course(match, reading.name)
    low, high = min(values), max(values)
    figures = [view.figure(value, reading.unit) for value in values]

    def at(value: float) -> str:
        turn = values.index(value)
        said = measure(figures[turn], reading.unit)
        return f"{said} {f'after turn {turn}' if turn else 'at the start'}"

    words = f"start {measure(figures[0], reading.unit)}, lowest {at(low)}, highest {at(high)}"
    bare = "; ".join(figure.removesuffix(" days").removesuffix(" %") for figure in figures)
    return f"{reading.label}: {words}, end {measure(figures[-1], reading.unit)}. In figures: {bare}."


def lines(rows: Iterable[str]) -> str:
    """Rows as the text that is written."""
    return "".join(f"{row}\n" for row in rows)
