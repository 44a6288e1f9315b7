"""The cabinet before a choice: what each option is expected to move, and what the four advisers recommend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from game.insight.advisers import ADVISERS, Pick, picks
from game.insight.estimative import estimative, word
from game.insight.forecast import Expected, Forecast, OptionForecast, forecast
from game.play.match import Match
from game.view.readings import DIALS, figure
from game.view.turned import odds
from game.world.ledger import Cause

MOST = 3
"""So many dials are told of an option at most."""
ALIKE = 0.01
"""A dial goes the same way whatever is chosen if the options part by less than this share of its range."""
ROOMS = {
    "washington": "Washington's doing",
    "tehran": "Tehran's doing",
    "militias": "the militias",
    "iraq": "Iraq's course",
    "calendar": "time",
}
KINDS = {
    "option": "your order",
    "order": "your order",
    "ask": "an ask",
    "promise": "your promise",
    "event": "an event",
    "later": "earlier choices",
    "initiative": "your agenda",
}


@frozen
class Move:
    """Where a dial goes, and how sure; `reach` holds eight futures in ten and is "" for what is seen coarsely."""

    label: str
    direction: str
    sure: str
    reach: str


@frozen
class Outlook:
    """What is expected of one option beyond what comes anyway; `odds` of endings in study mode, "" else."""

    number: int
    id: str
    text: str
    moves: tuple[Move, ...]
    odds: str = ""


@frozen
class Advice:
    """An adviser's pick: `text` is mechanism, direction and how sure in ten words at most; then chance and full cause.

    `because` names the cause where it is not the player's own order, "" else.
    """

    who: str
    number: int
    text: str
    chance: str
    because: str


@frozen
class Cabinet:
    """What the cabinet expects: what comes with every option, what each option adds, and four recommendations.

    `planned` names what is begun or stopped besides.
    """

    turn: int
    until: str
    planned: tuple[str, ...]
    anyway: tuple[Move, ...]
    options: tuple[Outlook, ...]
    advice: tuple[Advice, ...]


def cabinet(match: Match, planned: Iterable[str] = ()) -> Cabinet:
    """The cabinet's forecast for the dilemma on the desk, two turns ahead; empty after an ending.

    `planned` are initiatives by id that are to be begun with whatever is chosen. In study mode the futures are played
    to their end and the odds of endings are told.

    >>> import game
    >>> told = cabinet(game.start(game.load("gaza-spillover"), seed=7))
    >>> told.until, len(told.options), [advice.who for advice in told.advice][0]
    ('after turn 2', 4, 'the foreign ministry')
    """
    begun = tuple(name for name in planned if not name.startswith("stop:"))
    told, desk = forecast(match, whole=match.study, initiatives=begun), match.dilemma
    numbers = {option.id: i for i, option in enumerate(desk.options, 1)} if desk else {}
    texts = {option.id: option.text for option in desk.options} if desk else {}
    anyway = _anyway(match, told)
    options = (
        Outlook(
            numbers[each.option],
            each.option,
            texts[each.option],
            _moves(match, each, set(anyway)),
            odds(match, each.endings),
        )
        for each in told.options
    )
    end = min(match.turn + told.ahead, match.scenario.turns)
    common = _moves(match, told.options[0], set(DIALS) - set(anyway)) if anyway else ()
    advice = tuple(_advice(match, pick, numbers) for pick in picks(match, told)) if told.options else ()
    titles = tuple(match.scenario.find("initiative", name).title for name in begun)
    return Cabinet(match.turn + 1, f"after turn {end}", titles, common, tuple(options), advice)


def _anyway(match: Match, told: Forecast) -> list[str]:
    """The dials that go the same way, and about as far, whatever is chosen."""
    if len(told.options) < 2:
        return []
    return [name for name in _dials(told) if _is_alike(match, [each.expected[name] for each in told.options])]


def _is_alike(match: Match, expected: list[Expected]) -> bool:
    variable = match.setting.layout[expected[0].variable]
    changes = [each.change * 1_000 for each in expected]
    same = len({each.direction for each in expected}) == 1
    return same and max(changes) - min(changes) < ALIKE * (variable.high - variable.low)


def _dials(told: Forecast) -> Iterator[str]:
    return (name for name in DIALS if told.options and name in told.options[0].expected)


def _moves(match: Match, option: OptionForecast, but: set[str]) -> tuple[Move, ...]:
    """The dials that the option moves most, for their range, leaving some out."""

    def far(expected: Expected) -> float:
        variable = match.setting.layout[expected.variable]
        return abs(expected.change) / (variable.high - variable.low)

    found = [option.expected[name] for name in DIALS if name in option.expected and name not in but]
    moving = [each for each in found if each.direction != "steady"]
    return tuple(_move(match, each) for each in sorted(moving, key=far, reverse=True)[:MOST])


def _move(match: Match, expected: Expected) -> Move:
    variable = match.setting.layout[expected.variable]
    reach = _span(expected, variable.unit) if variable.seen == "exact" else ""
    return Move(variable.label, expected.direction, estimative(expected.sure), reach)


def _span(expected: Expected, unit: str) -> str:
    """From where to where eight futures in ten take it."""
    low, high = figure(expected.low, unit), figure(expected.high, unit)
    return high if low == high else f"{low.removesuffix(' %').removesuffix(' days')}–{high}"


def _advice(match: Match, pick: Pick, numbers: dict[str, int]) -> Advice:
    label = match.setting.layout[pick.variable].label.removeprefix("The ")
    text = f"{label[:1].upper()}{label[1:]} {pick.direction}, {word(pick.sure)}: {_short(pick.cause)}"
    office = next(adviser.office for adviser in ADVISERS if adviser.id == pick.adviser)
    because = pick.cause.title if pick.cause and pick.cause.kind != "option" else ""
    return Advice(office, numbers[pick.option], text, f"{pick.sure:.0f} in 100", because)


def _short(cause: Cause | None) -> str:
    """A mechanism in two words at most."""
    if cause is None:
        return "many causes"
    return KINDS.get(cause.kind) or ROOMS.get(cause.room, "other causes")
