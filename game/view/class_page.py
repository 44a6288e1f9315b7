"""The debrief of a class in words: endings beside what is usual, where it divided, what turned each game, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from game.classroom.debrief import ClassDebrief, Division, SameLuck, debrief
from game.classroom.gathering import Played, Refused
from game.classroom.guides import guide
from game.insight.simulation import simulate
from game.insight.ticking import Tick, part, silent
from game.insight.turning_points import turning_points
from game.play.match import Match
from game.scenario.library import disagreements, sheets
from game.scenario.model import QUESTIONS, Scenario
from game.view.ending import SETTLED, course
from game.view.ending import debrief as last_page
from game.view.readings import DIALS, long_date, places
from game.view.turned import Turned, told_of
from game.world.facts import Fact

USUAL = {"random": "choosing by lot", "middle": "keeping the two capitals even"}
"""The players beside whom a class is set, and what each does."""
GAMES, LUCKS, MOST_TURNED = 1_000, 128, 2
QUESTIONS_HEADING, CAUTIONS_HEADING = "Questions without one right answer", "What not to conclude"


@frozen
class GameRow:
    """One game: how it ended, in a sentence, and its bill; the ending is "" while it goes on."""

    name: str
    seed: int
    turn: int
    ending: str
    good: bool
    sentence: str
    bill: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]


@frozen
class EndingRow:
    """An ending: who reached it, and in how many games of a hundred the players beside whom a class is set do."""

    title: str
    good: bool
    names: tuple[str, ...]
    usual: tuple[float, ...]


@frozen
class OptionRow:
    """An option of a dilemma: who took it, whether the documents report it, what it took for granted."""

    text: str
    names: tuple[str, ...]
    documented: str
    takes: str


@frozen
class DividedRow:
    """A dilemma that the class met: `divided` counts the pairs of games that chose differently.

    `disputed` is what the documents contradict each other about.
    """

    title: str
    question: str
    text: str
    met: int
    divided: int
    options: tuple[OptionRow, ...]
    disputed: str


@frozen
class TurnedRow:
    """What turned one game."""

    name: str
    points: tuple[Turned, ...]


@frozen
class Courses:
    """A dial in every game, in its unit, the start first, with the range it may take."""

    label: str
    unit: str
    low: float
    high: float
    lines: tuple[tuple[str, bool, tuple[float, ...]], ...]


@frozen
class SourceRow:
    """A document behind the game: from where it looks, whom it leaves out, how far it can be relied on, its facts."""

    id: str
    title: str
    date: str
    viewpoint: str
    missing_voices: str
    reliability: str
    facts: tuple[Fact, ...]


@frozen
class ClassPage:
    """Everything that a class is shown of its games."""

    title: str
    dates: str
    content_note: str
    lesson: str
    usual: tuple[str, ...]
    games: tuple[GameRow, ...]
    endings: tuple[EndingRow, ...]
    divided: tuple[DividedRow, ...]
    turned: tuple[TurnedRow, ...]
    turned_most: tuple[tuple[str, int], ...]
    courses: tuple[Courses, ...]
    same_luck: tuple[str, ...]
    questions: tuple[str, ...]
    cautions: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    refused: tuple[Refused, ...]


def class_page(
    games: tuple[Played, ...],
    refused: tuple[Refused, ...] = (),
    *,
    folder: Path | None = None,
    with_turned: bool = True,
    tick: Tick = silent,
) -> ClassPage:
    """The debrief of a class; seconds of work for each game, or hardly any without what turned it.

    `folder` is that of a scenario which is not bundled, for its guide. Raises Problems for an unknown scenario.
    """
    found = debrief(games)
    scenario = found.scenario
    turned = tuple(_turned(games, tick)) if with_turned else ()
    turned_on = Counter(point.title for row in turned for point in row.points)
    usual = tuple(_usual(scenario, name) for name in USUAL)
    said = guide(folder or scenario.id)
    return ClassPage(
        scenario.title,
        f"{long_date(scenario.begins)} to {long_date(scenario.ends)}",
        scenario.content_note,
        scenario.lesson.text if scenario.lesson else "",
        tuple(USUAL.values()),
        tuple(_game(each) for each in games),
        tuple(_endings(found, usual)),
        tuple(_divided(each) for each in found.divisions),
        turned,
        tuple((title, times) for title, times in turned_on.most_common(3) if times > 1),
        tuple(_courses(scenario, games)),
        tuple(_same_luck(scenario, each) for each in found.same_luck),
        said.get(QUESTIONS_HEADING, ()),
        said.get(CAUTIONS_HEADING, ()),
        tuple(_sources(found)),
        refused,
    )


def _usual(scenario: Scenario, name: str) -> dict[str, float]:
    batch = simulate(scenario, GAMES, 1, name)
    return {ending: 100 * count / GAMES for ending, count in batch.endings.items()}


def _game(played: Played) -> GameRow:
    match = played.match
    told = last_page(match)
    if told is None:
        return GameRow(played.name, match.seed, match.turn, "", False, "", (), ())
    paid = tuple(row for row in told.bill if not row[0].startswith("Whose writ"))
    settled = tuple((label, text.removeprefix(SETTLED)) for label, text in told.secrets if text.startswith(SETTLED))
    return GameRow(played.name, match.seed, match.turn, told.title, told.good, told.sentence, paid, settled)


def _endings(found: ClassDebrief, usual: tuple[Mapping[str, float], ...]) -> Iterator[EndingRow]:
    reached = dict(found.endings)
    for ending in sorted(found.scenario.endings, key=lambda each: -len(reached.get(each.id, ()))):
        shares = tuple(each.get(ending.id, 0.0) for each in usual)
        if ending.id in reached or max(shares) >= 1:
            yield EndingRow(ending.title, ending.good, reached.get(ending.id, ()), shares)


def _divided(division: Division) -> DividedRow:
    card = division.dilemma
    disputed = disagreements().get(card.disagreement) if card.disagreement else None
    options = tuple(
        OptionRow(option.text, names, ", ".join(places(option.history)), option.takes)
        for option, names in zip(card.options, division.takers, strict=True)
    )
    question, text = QUESTIONS.get(card.question, ""), card.openings[-1].text
    said = disputed.question if disputed else ""
    return DividedRow(card.title, question, text, division.met, division.divided, options, said)


def _turned(games: tuple[Played, ...], tick: Tick) -> Iterator[TurnedRow]:
    for i, each in enumerate(games):
        if each.match.outcome is not None and not each.match.read_only:
            points = turning_points(each.match, LUCKS, MOST_TURNED, part(tick, i / len(games), (i + 1) / len(games)))
            yield TurnedRow(each.name, tuple(told_of(each.match, point) for point in points if point.change >= 1))


def _courses(scenario: Scenario, games: Iterable[Played]) -> Iterator[Courses]:
    for name in DIALS:
        lines = tuple((each.name, _is_good(each.match), course(each.match, name)) for each in games)
        values = [value for _, _, line in lines for value in line]
        variable = scenario.layout[name]
        yield Courses(variable.label, variable.unit, min(0.0, *values), max(1.0, *values), lines)


def _is_good(match: Match) -> bool:
    return match.outcome is not None and bool(match.scenario.find("ending", match.outcome.ending).good)


def _same_luck(scenario: Scenario, pair: SameLuck) -> str:
    if pair.turn is None:
        return f"{pair.first} and {pair.second} had the same luck and decided alike."
    card = scenario.find("dilemma", pair.dilemma)
    texts = {option.id: option.text for option in card.options}
    one, other = (texts.get(name, name) for name in pair.options)
    where = f"{pair.first} and {pair.second} had the same luck and parted on turn {pair.turn}, at “{card.title}”"
    if one == other:
        return f"{where}, by what they put on the agenda beside “{one}”"
    return f"{where}: “{one}” and “{other}”"


def _sources(found: ClassDebrief) -> Iterator[SourceRow]:
    cited = {key for each in found.divisions for key in each.dilemma.facts}
    cited |= {key for each in found.divisions for dispatch in each.dilemma.dispatches for key in dispatch.facts}
    cited |= {key for each in found.divisions for option in each.dilemma.options for key in option.history}
    for sheet in sheets().values():
        told = tuple(fact for fact in sheet.facts if fact.key in cited)
        if told:
            date = sheet.date if sheet.date_basis == "stated" else f"about {sheet.date}"
            yield SourceRow(sheet.id, sheet.title, date, sheet.viewpoint, sheet.missing_voices, sheet.reliability, told)
