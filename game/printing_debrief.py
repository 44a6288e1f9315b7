"""What plain mode says in the debrief: predictions scored, the run as others saw it, other lines, assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from game import view
from game.printing import closed, measure, option, sentences, spoken
from game.printing_cabinet import standing
from game.view import Assumed, Compared, Course, Expected, Lucks, Onlooker, Past, Score

PAGE = 20
"""So many assumptions are told at once."""


def capital_first(text: str) -> str:
    """A text as a sentence begins."""
    return text[:1].upper() + text[1:]


# ---- predictions


def expected(rows: Iterable[Expected], settled: int) -> Iterator[str]:
    """The dials on which a prediction may be written, and those that are."""
    yield f"Will it be higher after turn {settled} than now? A dial, then up, down or a chance in 100."
    for row in rows:
        written = f" You expect: {spoken(row.said)}." if row.said else ""
        yield f"{row.number}: {row.label}, now {spoken(row.now)}.{written} Name: {row.name}."
    yield "For example: expect attacks 70; expect 7 up 8 30. With an order: 2 1 4 expect attacks 70."
    yield "expect attacks none takes it back. It changes nothing in the game; the debrief scores it."


def written(rows: Iterable[Expected], settled: int) -> Iterator[str]:
    """What is written down this turn."""
    found = [row for row in rows if row.said]
    for row in found:
        yield f"You expect after turn {settled}: {row.label} {spoken(row.said)}."
    if not found:
        yield "Nothing is written down this turn."


def scored(found: Score) -> Iterator[str]:
    """Every prediction, the score, and the advisers' record beside it."""
    for row in found.rows:
        yield f"Turn {row.turn}, {row.date}: {row.label} {spoken(row.said)}."
        yield f"  {capital_first(spoken(row.came))}. You had given that {row.sure}."
    yield f"Your score is {found.score}. {found.verdict}" if found.rows else found.verdict
    yield from found.bands
    yield from standing(found.advisers)
    if found.rows:
        yield "The advisers are scored by the same rule, on what they said of your choices."


# ---- as others saw it


def onlookers(told: Sequence[Onlooker]) -> Iterator[str]:
    """How often each misread the run."""
    for i, one in enumerate(told, 1):
        yield f"{i}: {one.who} {one.told}. Name: {one.id}."
    yield "More: others and a name, for example others washington."


def onlooker(one: Onlooker) -> Iterator[str]:
    """The run as one of them saw it."""
    yield f"{one.who} {one.told}."
    for row in one.rows:
        was = f" Misread: in truth {closed(row.was)}" if row.was else ""
        yield f"Turn {row.turn}, {row.date}: {row.did}. It read: {closed(row.read)}{was}"


# ---- other lines


def past(turns: Iterable[Past]) -> Iterator[str]:
    """Every turn with what was chosen."""
    for one in turns:
        yield f"Turn {one.turn}, {one.date}, {closed(one.title)} You chose {one.taken}: {closed(one.chosen)}"
    yield "Which turn otherwise? For example whatif 4, then whatif 4 and an option."


def instead(one: Past) -> Iterator[str]:
    """The options of a past turn."""
    yield f"Turn {one.turn}, {one.date}, {closed(one.title)}"
    yield from sentences(one.text)
    for choice in one.choices:
        yield from option(choice, is_full=True)
    yield f"You chose {one.taken}."


def head(found: Compared) -> Iterator[str]:
    """What was changed, where the lines part, how they end."""
    yield closed(found.about)
    yield f"As it was: {closed(found.taken)}"
    yield f"Instead: {closed(found.instead)}"
    parted = found.parted or "nowhere: nothing that is measured would have been different"
    yield f"They part: {closed(parted)}"
    yield f"The end as it was: {closed(found.ending)}"
    yield f"The end instead: {closed(found.other_ending)}"
    yield from found.notes


def both(found: Compared) -> Iterator[str]:
    """Both lines, dial by dial and then turn by turn; nothing if they never part."""
    if not found.part:
        return
    for course in found.courses:
        yield from _course(course)
    for step in found.steps:
        if not step.is_same:
            was = f"{step.title}: {step.chosen}" if step.title else "your game was over"
            other = f"{step.other_title}: {step.other}" if step.other_title else "it was over"
            by = " Middle decided." if step.middled else ""
            yield f"Turn {step.turn}, as it was: {closed(was)}"
            yield f"Turn {step.turn}, instead: {closed(other)}{by}"
    if all(step.is_same for step in found.steps):
        yield "Every card and every choice were the same."


def _course(course: Course) -> Iterator[str]:
    if course.values == course.other:
        yield f"{course.label}: end {measure(course.end, course.unit)} both times."
        return
    ends = ((course.values, course.end, "as it was"), (course.other, course.other_end, "instead"))
    for values, end, which in ends:
        figures = (view.figure(value, course.unit).removesuffix(" days").removesuffix(" %") for value in values)
        yield f"{course.label} {which}: end {measure(end, course.unit)}. In figures: {'; '.join(figures)}."


def lucks(found: Lucks) -> Iterator[str]:
    """The odds of either choice."""
    yield closed(found.top)
    for share in found.shares:
        yield f"{share.title}: as it was {share.was}, instead {share.other}."
    yield from found.notes


# ---- assumptions


def assumptions(rows: Sequence[Assumed], page: int, words: str = "") -> Iterator[str]:
    """A page of assumptions, and how to go on."""
    pages = max(1, (len(rows) + PAGE - 1) // PAGE)
    yield from (line(one) for one in rows[(page - 1) * PAGE : page * PAGE])
    asked = f"contest {words} page" if words else "contest page"
    more = f" Next page: {asked} {page + 1}." if page < pages else ""
    yield f"Page {page} of {pages}; assumptions: {len(rows)}.{more}"
    yield "contest and a number tells one, contest and words finds some, contest 2 other plays under the other side."


def line(one: Assumed) -> str:
    """An assumption in a line of a list; a number's title alone would not say what it does."""
    does = f" {one.text}" if one.kind == "number" else ""
    span = f"; plausible: {one.span}" if one.kind in ("secret", "number") else ""
    now = f" In your game: {closed(one.now + span)}" if one.now else ""
    return f"{one.number}: {closed(one.title)}{does}{now}"


def assumption(one: Assumed) -> Iterator[str]:
    """One assumption whole, and how to try another value."""
    yield f"Assumption {one.number}, {view.KINDS[one.kind]}: {closed(one.title)}"
    yield closed(one.text)
    if one.reason:
        yield f"Assumed: {closed(one.reason)}"
    if not one.name:
        return
    yield f"In your game: {closed(one.now)} Name: {one.name}."
    if one.kind == "coin":
        yield f"The other side: {closed(one.other)} To play under it: contest {one.number} other."
    else:
        yield f"Plausible: {closed(one.span)} To play under another value: contest {one.number} {one.high:g}."
