"""Another choice under the same luck: any past turn, another option, both lines together and where they part.

After the change the recorded option is played where that dilemma is dealt and it is legal, else `middle`; every turn
on which `middle` decided is counted. What was really decided, asked again, gives back the same game to the byte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from attrs import frozen

from game.insight.policies import middle, named
from game.play.match import Match, PlayedOrders, Turn, start
from game.world.problems import IllegalOrder, Problem, Problems


@frozen
class Replayed:
    """A game played again from some turn: the turns on which `middle` decided, the initiatives that could not begin."""

    match: Match
    by_middle: tuple[int, ...] = ()
    dropped: tuple[tuple[int, str], ...] = ()


@frozen
class Parting:
    """The first place where two lines differ: the turn, a variable that may be seen, its two values in thousandths."""

    turn: int
    variable: str
    recorded: int
    changed: int


@frozen
class WhatIf:
    """The game as it was and as it would have been; `parted` is None where nothing that may be seen differs."""

    turn: int
    dilemma: str
    taken: str
    instead: str
    recorded: Match
    changed: Match
    parted: Parting | None
    by_middle: tuple[int, ...]
    dropped: tuple[tuple[int, str], ...]


def what_if(match: Match, turn: int, option: str, *initiatives: str) -> WhatIf:
    """The same game with another option on a past turn, and the same luck.

    Without initiatives those of that turn stand. Raises Problems for a turn that was not played, IllegalOrder for an
    option that was not legal then.

    >>> import game
    >>> match = game.start(game.load("gaza-spillover"), seed=7)
    >>> match = match.play(match.dilemma.options[0].id)
    >>> what_if(match, 1, match.turns[0].orders.option).changed.dumps() == match.dumps()
    True
    """
    past = _past(match, turn)
    orders = match.turns[turn - 1].orders
    rest = initiatives or orders.initiatives
    first = _ordered(past, option, rest, orders, keeps_prediction=option == orders.option)
    later = resume(first, match)
    return WhatIf(
        turn,
        match.turns[turn - 1].dilemma,
        orders.option,
        option,
        match,
        later.match,
        parting(match, later.match),
        later.by_middle,
        later.dropped,
    )


def _past(match: Match, turn: int) -> Match:
    """The game as it stood before a turn that has been played."""
    if not 1 <= turn <= match.turn:
        allowed = f"a turn from 1 to {match.turn}" if match.turn else "nothing: no turn has been played"
        raise Problems([Problem("turn", f"this says {turn}", allowed)])
    from attrs import evolve

    return evolve(match, turns=match.turns[: turn - 1])


def _ordered(
    match: Match, option: str, initiatives: tuple[str, ...], recorded: PlayedOrders, keeps_prediction: bool
) -> Match:
    return match.play(
        option,
        *initiatives,
        postures=recorded.postures,
        injects=recorded.injects,
        prediction=recorded.prediction if keeps_prediction else None,
    )


def resume(match: Match, record: Match) -> Replayed:
    """Play on as another game was played, to where that game stands or, if it is over, to the end."""
    until = match.scenario.turns if record.outcome else record.turn
    by_middle: list[int] = []
    dropped: list[tuple[int, str]] = []
    while match.outcome is None and match.turn < until:
        match, middled, lost = _one_turn(match, record.turns)
        by_middle += [match.turn] * middled
        dropped += [(match.turn, name) for name in lost]
    return Replayed(match, tuple(by_middle), tuple(dropped))


def _one_turn(match: Match, record: tuple[Turn, ...]) -> tuple[Match, bool, list[str]]:
    desk, place = match.dilemma, match.turn
    assert desk is not None, "a game that goes on has a card"
    here = record[place].orders if place < len(record) else PlayedOrders("")
    wanted = next((turn.orders.option for turn in record if turn.dilemma == desk.id), "")
    legal = {option.id for option in desk.options if option.barred is None}
    option = wanted if wanted in legal else named(match, middle)[0]
    same = place < len(record) and record[place].dilemma == desk.id and option == here.option
    kept, lost = _begun(match, option, here)
    return _ordered(match, option, kept, here, same), wanted not in legal, lost


def _begun(match: Match, option: str, orders: PlayedOrders) -> tuple[tuple[str, ...], list[str]]:
    """The recorded initiatives that can be begun or stopped here, and those that cannot."""
    kept: tuple[str, ...] = ()
    lost = []
    for name in orders.initiatives:
        try:
            match.play(option, *kept, name)
        except IllegalOrder:
            lost.append(name)
        else:
            kept = (*kept, name)
    return kept, lost


def parting(one: Match, other: Match, but: Collection[str] = ()) -> Parting | None:
    """Where two games of one scenario first differ in something that may be seen, but for what was changed itself."""
    secret_too = one.outcome is not None
    for a, b in zip(one.turns, other.turns, strict=False):
        if a.after.held != b.after.held:
            for name in _by_the_book(a, b):
                variable = one.setting.layout[name]
                told = variable.unit != "slot" and name not in but and (secret_too or not variable.is_secret)
                if told and a.after[name] != b.after[name]:
                    return Parting(a.number, name, a.after[name], b.after[name])
    return None


def _by_the_book(a: Turn, b: Turn) -> Iterator[str]:
    """The variables of a turn in the order in which the two ledgers first differ, then the rest."""
    names = [variable.name for variable in a.after.layout]
    for one, other in zip(a.book, b.book, strict=False):
        if one != other:
            yield names[one[0]]
            yield names[other[0]]
    yield from names


def replay_under(
    match: Match, parameters: Mapping[str, float] | None = None, values: Mapping[str, float] | None = None
) -> WhatIf:
    """Your own game under another assumption: other numbers of the rules, or other start values and coins.

    Raises Problems for what cannot be set.
    """
    given = {**match.given, **(values or {})}
    numbers = {**match.parameters, **(parameters or {})}
    first = start(match.scenario, match.seed, match.run, given, numbers)
    later = resume(first, match)
    changed = ", ".join(f"{name} = {value:g}" for name, value in {**(parameters or {}), **(values or {})}.items())
    parted = parting(match, later.match, {*(values or {})})
    return WhatIf(0, "", "as written", changed, match, later.match, parted, later.by_middle, later.dropped)
