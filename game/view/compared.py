"""Two lines of one game beside each other: as it was, and as it would have been; where they part, and how they end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from game.insight.ticking import Tick, silent
from game.insight.turning_points import LUCKS, Contingency, contingency
from game.insight.what_if import WhatIf, what_if
from game.play.match import Match, Turn
from game.view.desk import Choice, choice_of
from game.view.ending import course
from game.view.readings import DIALS, dated, shown


@frozen
class Past:
    """A turn that was played, with every option there was; `taken` is the number of the one that was chosen."""

    turn: int
    date: str
    title: str
    text: str
    taken: int
    chosen: str
    choices: tuple[Choice, ...]


@frozen
class Step:
    """A turn of both lines: the card and the choice of each ("" where a line was over); `middled` if middle chose."""

    turn: int
    title: str
    chosen: str
    other_title: str
    other: str
    middled: bool

    @property
    def is_same(self) -> bool:
        """Was the same card decided the same way?"""
        return (self.title, self.chosen) == (self.other_title, self.other)


@frozen
class Course:
    """A dial along both lines, in its unit, the start first; `end` and `other_end` are its last readings."""

    label: str
    unit: str
    values: tuple[float, ...]
    other: tuple[float, ...]
    end: str
    other_end: str


@frozen
class Compared:
    """Both lines: what was changed, where they part ("" if nowhere), how each ends, turn by turn and dial by dial.

    `part` is the turn on which they part, 0 if nowhere; `notes` says what middle decided and what could not begin.
    """

    about: str
    taken: str
    instead: str
    parted: str
    part: int
    ending: str
    other_ending: str
    steps: tuple[Step, ...]
    courses: tuple[Course, ...]
    notes: tuple[str, ...]


@frozen
class Share:
    """An ending and how many games in a hundred come to it with either choice."""

    title: str
    was: str
    other: str


@frozen
class Lucks:
    """How other lucks end with either choice, and what has to be known to read that."""

    top: str
    shares: tuple[Share, ...]
    notes: tuple[str, ...]


# ---- the turns that could have gone otherwise


def past(match: Match) -> tuple[Past, ...]:
    """Every turn played, with the options as they stood then; none of a game that can only be read."""
    return () if match.read_only else tuple(_past(match, turn) for turn in match.turns)


def _past(match: Match, turn: Turn) -> Past:
    desk = evolve(match, turns=match.turns[: turn.number - 1]).dilemma
    assert desk is not None, "a turn that was played had a card"
    choices = tuple(choice_of(i, option) for i, option in enumerate(desk.options, 1))
    taken = next(choice for choice in choices if choice.id == turn.orders.option)
    date = dated(match.scenario, turn.number)
    return Past(turn.number, date, desk.title, desk.text, taken.number, taken.text, choices)


# ---- both lines


def otherwise(match: Match, turn: int, option: str) -> Compared:
    """A past turn decided otherwise under the same luck; raises Problems and IllegalOrder for what cannot be asked."""
    return both(what_if(match, turn, option))


def both(found: WhatIf, taken: str = "", instead: str = "") -> Compared:
    """Both lines of a comparison; a changed assumption says in words what it was and what it is instead."""
    match, other = found.recorded, found.changed
    if found.turn:
        card = match.scenario.find("dilemma", found.dilemma)
        texts = {option.id: option.text for option in card.options}
        about, taken, instead = f"Turn {found.turn}, {card.title}", texts[found.taken], texts[found.instead]
    else:
        about = "Your game under another assumption"
    return Compared(
        about,
        taken,
        instead,
        _parted(found),
        found.parted.turn if found.parted else 0,
        _ended(match),
        _ended(other),
        tuple(_steps(found)),
        tuple(_course(match, other, name) for name in DIALS),
        tuple(_notes(found)),
    )


def _parted(found: WhatIf) -> str:
    """Where the lines part: the turn, the variable, its two readings."""
    if found.parted is None:
        return ""
    turn, name = found.parted.turn, found.parted.variable
    variable = found.recorded.setting.layout[name]
    was, instead = (told(found.recorded, of, name, turn) for of in (found.recorded, found.changed))
    if was == instead:
        return f"turn {turn}: {variable.label} {was} both times, apart by less than is shown"
    return f"turn {turn}: {variable.label} {was}, instead {instead}"


def told(match: Match, of: Match, name: str, turn: int) -> str:
    """A variable of one line after a turn, as the recorded game lets it be seen."""
    after = of.turns[min(turn, of.turn) - 1].after
    variable = match.setting.layout[name]
    return shown(match, variable, after[name], after["intelligence"])[0]


def _ended(match: Match) -> str:
    if match.outcome is None:
        return f"goes on after turn {match.turn}"
    title = match.scenario.find("ending", match.outcome.ending).title
    return f"{title}, on turn {match.outcome.turn}"


def _steps(found: WhatIf) -> Iterator[Step]:
    match, other = found.recorded, found.changed
    for i in range(max(match.turn, other.turn)):
        mine, its = (_decided(of, i) for of in (match, other))
        yield Step(i + 1, *mine, *its, i + 1 in found.by_middle)


def _decided(match: Match, i: int) -> tuple[str, str]:
    """The card and the choice of a turn, "" where the line was over."""
    if i >= match.turn:
        return "", ""
    card = match.scenario.find("dilemma", match.turns[i].dilemma)
    return card.title, next(o.text for o in card.options if o.id == match.turns[i].orders.option)


def _course(match: Match, other: Match, name: str) -> Course:
    variable = match.setting.layout[name]
    ends = (told(match, of, name, of.turn) for of in (match, other))
    return Course(variable.label, variable.unit, course(match, name), course(other, name), *ends)


def _notes(found: WhatIf) -> Iterator[str]:
    if found.by_middle:
        turns = ", ".join(map(str, found.by_middle))
        yield (
            f"On {len(found.by_middle)} of the later turns your own choice could not be had; a stand-in called middle"
            f" decided there: turn {turns}."
        )
    titles = {it.id: it.title for it in found.recorded.scenario.initiatives}
    for turn, name in found.dropped:
        what = titles[name.removeprefix("stop:")]
        done = "could not be stopped" if name.startswith("stop:") else "could not begin"
        yield f"Turn {turn}: {what} {done}."


# ---- the same choice under other lucks


def other_lucks(match: Match, turn: int, option: str, lucks: int = LUCKS, tick: Tick = silent) -> Lucks:
    """How so many other lucks end with the choice that was made and with another one: seconds of work."""
    return in_words(match, contingency(match, turn, option, lucks, tick))


def in_words(match: Match, odds: Contingency) -> Lucks:
    """The odds of both choices, the likelier ending first."""
    titles: Mapping[str, str] = {ending.id: ending.title for ending in match.scenario.endings}
    pairs = {
        name: (odds.recorded.endings.get(name, 0.0), odds.changed.endings.get(name, 0.0))
        for name in {**odds.recorded.endings, **odds.changed.endings}
    }
    ordered = sorted(pairs.items(), key=lambda pair: -max(pair[1]))
    shares = tuple(Share(titles[name], _of_100(was), _of_100(other)) for name, (was, other) in ordered)
    count = f"{odds.lucks:,}"
    notes = (
        f"The dilemma came up in {odds.faced:.0f} of 100.",
        f"Where your own choice could not be had a stand-in called middle decided: {odds.recorded.by_middle:.0f} turns"
        f" in 100, instead {odds.changed.by_middle:.0f}.",
    )
    return Lucks(f"How {count} other lucks end with your decisions, in 100", shares, notes)


def _of_100(share: float) -> str:
    """So many in a hundred; what is rare with a digit more.

    >>> _of_100(57.6), _of_100(0.3), _of_100(0)
    ('58', '0.3', '0')
    """
    return f"{share:.1f}" if 0 < share < 0.95 else f"{share:.0f}"
