"""Golden games that a teacher can read, one for every scenario; `python -m game.testing.records` blesses them anew.

A record is the history player's game under one seed, told from the view as plain mode tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from game import view
from game.insight.policies import POLICIES, named
from game.play.match import Match, start
from game.scenario.checker import load
from game.scenario.library import bundled

SEED = 2023
FOLDER = Path(__file__).resolve().parents[2] / "tests" / "records"


def record(name: str) -> str:
    """The record of a scenario's golden game, as text."""
    match = start(load(name), SEED)
    rows = [f"{match.scenario.title}, seed {SEED}, played by `history`", ""]
    while match.outcome is None:
        before = match
        match = match.play(*named(match, POLICIES["history"]))
        rows += [*_turn(before, match), ""]
    return "\n".join([*rows, *_end(match)]) + "\n"


def _turn(before: Match, after: Match) -> Iterator[str]:
    screen, played = view.screen(before), after.turns[-1]
    yield f"{screen.when}, {screen.date}: {screen.desk.title if screen.desk else ''} ({screen.question})"
    yield from (f"  dispatch: {told.text} [{told.who or 'nobody named'}]" for told in screen.dispatches)
    yield from (f"  {'>' if c.id == played.orders.option else ' '} {c.number} {c.text}" for c in screen.choices)
    yield from (f"  {sentence}" for sentence in view.report(after))
    dials = (view.reading(after, name) for name in view.DIALS)
    yield "  " + "; ".join(f"{dial.label} {dial.text}" for dial in dials)


def _end(match: Match) -> Iterator[str]:
    last = view.debrief(match)
    if last is not None:
        yield f"{last.title} ({last.ending}), turn {last.turn}"
        yield last.sentence
        yield from (f"  {head}: {text}" for head, text in (*last.headlines, *last.bill, *last.secrets))


def bless() -> None:
    """Write every record anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in bundled():
        (FOLDER / f"{name}.txt").write_text(record(name), encoding="utf-8")


if __name__ == "__main__":
    bless()
