"""What plain mode says of the cabinet: its forecast, the advisers' picks and record, and what turned the game."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.printing import closed, spoken
from game.view import Advice, Cabinet, Move, Standing, TurnedPage

TOP = "The cabinet's forecast on turn {turn} for the state {until}: shares of 512 futures that know no secret."


def forecast(told: Cabinet) -> Iterator[str]:
    """What comes with every option, what each adds, and whom each adviser's word is for."""
    if not told.options:
        yield "There is nothing to decide, so nothing is forecast."
        return
    yield TOP.format(turn=told.turn, until=told.until)
    if told.planned:
        yield f"With the agenda you named: {', '.join(told.planned)}."
    for each in told.anyway:
        yield f"Whatever you choose: {_move(each)}"
    for option in told.options:
        yield f"Option {option.number}: {closed(option.text)} Name: {option.id}."
        yield from (f"Option {option.number}: {_move(each)}" for each in option.moves)
        if not option.moves:
            yield f"Option {option.number}: no other dial is expected to move."
        if option.odds:
            yield f"Option {option.number}, endings in a hundred: {option.odds}."
    yield from advice(told)


def advice(told: Cabinet) -> Iterator[str]:
    """The four advisers' picks."""
    yield from (_pick(each) for each in told.advice)
    if not told.advice:
        yield "There is nothing to decide, so nobody advises."


def _move(move: Move) -> str:
    reach = f"; eight futures in ten end at {spoken(move.reach)}" if move.reach else ""
    return f"{move.label} {move.direction}, {move.sure}{reach}."


def _pick(pick: Advice) -> str:
    because = f" Cause: {closed(pick.because)}" if pick.because else ""
    who = f"{pick.who[:1].upper()}{pick.who[1:]}"
    return f"{who} advises option {pick.number}: {pick.text}; {pick.chance}.{because}"


def turned(page: TurnedPage) -> Iterator[str]:
    """The decisions that turned a game that is over, and the advisers' record."""
    for i, point in enumerate(page.points, 1):
        yield f"Turning point {i}: turn {point.turn}, {closed(point.title)}"
        yield f"You chose: {closed(point.took)}"
        yield f"In a hundred other lucks that ends so: {closed(point.odds)}"
        yield f"Instead you might have chosen: {closed(point.instead)}"
        yield f"That ends so: {closed(point.other)}"
        yield f"What the choice changed: {point.change}."
    if not page.points:
        yield "No decision of this game could have been another."
    yield from standing(page.standing)


def standing(rows: Iterable[Standing]) -> Iterator[str]:
    """The advisers' record."""
    for each in rows:
        yield f"{each.who[:1].upper()}{each.who[1:]}: {closed(each.text)}"
