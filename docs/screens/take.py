"""Take the pictures of the main screen and of the ending anew: `python docs/screens/take.py`, after any change of text.

The game is the one of `tests/records`: the documented choices where there are any, seed 2023.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import game
from game.insight.policies import POLICIES, named
from game.play.match import Match
from game.play.sitting import Sitting, begin
from game.tui.app import Baghdad

HERE = Path(__file__).parent
SEED, SOON = 2023, 4
SIZES = ((80, 24), (120, 40))


def played(match: Match, turns: int) -> Match:
    """So many turns further by the documented choices."""
    while match.outcome is None and match.turn < turns:
        match = match.play(*named(match, POLICIES["history"]))
    return match


async def take(name: str, turns: int, keep: Path, *keys: str) -> None:
    """One screen in every size, after some keys."""
    for width, height in SIZES:
        sitting: Sitting = begin(game.load("gaza-spillover"), SEED, keep=keep)
        sitting.match = played(sitting.match, turns)
        app = Baghdad(sitting, keep)
        async with app.run_test(size=(width, height)) as pilot:
            await pilot.pause(1)
            await pilot.press(*keys)
            await pilot.pause(0.2)
            path = HERE / f"{name}-{width}x{height}.svg"
            path.write_text(app.export_screenshot(title="Between Two Rivers"), encoding="utf-8")
        sitting.close()


async def main() -> None:
    """Both screens."""
    with tempfile.TemporaryDirectory() as keep:
        await take("main", SOON, Path(keep), "a", "1", "enter", "escape", "2")
        await take("ending", 99, Path(keep))


if __name__ == "__main__":
    asyncio.run(main())
