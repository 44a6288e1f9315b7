"""How the game is left: signals, what is printed afterwards, and where an error is written down."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.play.sitting import Sitting
    from game.tui.app import Baghdad

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def no_color() -> bool:
    """Does NO_COLOR ask for no colour? An empty one does not count and is taken away before Textual sees it."""
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]
    return "NO_COLOR" in os.environ


def catch_signals(app: Baghdad) -> None:
    """End the app, and so restore the terminal, when the system asks; the loop lets go of the signals as it closes."""
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(number, app.leave, 128 + number)


def farewell(sitting: Sitting) -> str:
    """Where the game is and how to go on."""
    match = sitting.match
    if match.outcome is not None:
        return f"The game is over and saved: {sitting.save.path}"
    played = f"{match.turn} turn{'' if match.turn == 1 else 's'} played"
    return f"Saved, {played}: {sitting.save.path}\nTo go on: {sitting.resume_command()}"


def apology(error: BaseException, sitting: Sitting | None, keep: Path | None) -> str:
    """One message for the player after an error: what, what is safe, where the details are."""
    rows = [f"The game stopped on an error of its own: {type(error).__name__}: {error}"]
    if sitting is not None:
        rows += [f"Your game is saved up to turn {sitting.match.turn}: {sitting.save.path}"]
        rows += [f"To go on: {sitting.resume_command()}"]
    note = _write_down(error, sitting.save.path.parent if sitting is not None else keep)
    return "\n".join([*rows, f"Details for a report: {note}"] if note else rows)


def _write_down(error: BaseException, folder: Path | None) -> Path | None:
    """The traceback in a file beside the saves, or None if nothing can be written there."""
    if folder is None:
        from game.play.sitting import folder as saves

        folder = saves()
    path = folder / "last-error.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return None
    return path
