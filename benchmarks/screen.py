"""The screen as its user meets it: a program in a terminal of its own, timed from the outside by what it writes.

The peers are the smallest Textual programs that do as much: one line of text, a list, a page laid over another.
"""

from __future__ import annotations

import os
import select
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready")
Empty().run()
"""
PAGES = """
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
class Page(ModalScreen):
    BINDINGS = [("escape", "dismiss", "back")]
    def compose(self):
        yield Static("laid over")
class Pages(App):
    BINDINGS = [("question_mark", "page", "page")]
    def compose(self):
        yield OptionList("ready", "second", "third", "fourth")
    def action_page(self):
        self.push_screen(Page())
Pages().run()
"""
TITLE = (["-m", "game"], b"Resume")
DESK = (["-m", "game", "play", "gaza-spillover", "--seed", "7"], b"WASHINGTON")
DOWN, UP, HELP, BACK = b"\x1b[B", b"\x1b[A", b"?", b"\x1b"
LIMIT = 60


@contextmanager
def program(args: list[str]) -> Iterator[int]:
    """A Python program with these arguments in a terminal of 120 by 40; gives the terminal's other end."""
    import fcntl
    import pty
    import termios

    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    with tempfile.TemporaryDirectory() as home:
        place = {**os.environ, "TERM": "xterm-256color", "BAGHDAD_HOME": home}
        child = subprocess.Popen([sys.executable, *args], stdin=there, stdout=there, stderr=there, env=place)
        os.close(there)
        try:
            yield here
        finally:
            child.kill()
            child.wait()
            os.close(here)


def until(end: int, mark: bytes) -> None:
    """Read what a program writes until this is in it."""
    seen, began = b"", time.perf_counter()
    while mark not in seen:
        if time.perf_counter() - began > LIMIT:
            raise TimeoutError(f"{mark!r} never came; the last was {seen[-200:]!r}")
        if select.select([end], [], [], 0.1)[0]:
            seen += os.read(end, 65_536)


def settled(end: int, quiet: float = 0.3) -> None:
    """Read until a program has written nothing for a while."""
    while select.select([end], [], [], quiet)[0]:
        os.read(end, 65_536)


def first_frame(args: list[str], mark: bytes) -> float:
    """Seconds from the start of a program until this stands on its screen."""
    began = time.perf_counter()
    with program(args) as end:
        until(end, mark)
        return time.perf_counter() - began


def first_frames(tries: int = 7) -> dict[str, float]:
    """The shortest times of the title, of the desk and of an empty Textual program, measured in turns."""
    programs = {"empty": (["-c", EMPTY], b"ready"), "title": TITLE, "desk": DESK}
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(tries):
        for name, (args, mark) in programs.items():
            times[name].append(first_frame(args, mark))
    return {name: min(found) for name, found in times.items()}


def keys(args: list[str], mark: bytes, pairs: list[tuple[bytes, bytes]], presses: int = 15) -> list[float]:
    """For each key, seconds from pressing it until the screen changes, in the lower quartile; its second undoes it."""
    with program(args) as end:
        until(end, mark)
        settled(end, 1)
        return [_pressed(end, key, back, presses) for key, back in pairs]


def _pressed(end: int, key: bytes, back: bytes, presses: int) -> float:
    times = []
    for _ in range(presses):
        began = time.perf_counter()
        os.write(end, key)
        select.select([end], [], [], LIMIT)
        times.append(time.perf_counter() - began)
        settled(end)
        os.write(end, back)
        settled(end)
    return sorted(times)[len(times) // 4]


def frames_beyond() -> tuple[float, float]:
    """How many frames, 60 a second, the desk takes beyond Textual's own: to move in a list, and to lay a page over."""
    pairs = [(DOWN, UP), (HELP, BACK)]
    ours, own = keys(*DESK, pairs), keys(["-c", PAGES], b"ready", pairs)
    down, page = (60 * (mine - its) for mine, its in zip(ours, own, strict=True))
    return down, page
