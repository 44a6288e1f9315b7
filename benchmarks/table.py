"""The table of what was measured, as lines of Markdown, and its place in the page that holds it."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

Row = tuple[str, str, str]
"""What, what was measured, and the goal."""
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


def machine(load: float) -> str:
    """On what the table was measured; `load` is the load average before."""
    return (
        f"Measured by `python -m benchmarks` on {os.cpu_count()} cores ({platform.machine()}, Python"
        f" {platform.python_version()}, numpy {np.__version__}), load average {load:.1f} before and"
        f" {os.getloadavg()[0]:.1f} after: what else ran on the machine counts as that many cores."
    )


def lines(load: float, rows: Iterable[Row]) -> Iterator[str]:
    """The machine and the table."""
    yield machine(load)
    yield ""
    yield "| what | measured | goal |"
    yield "|---|---|---|"
    yield from (f"| {what} | {measured} | {goal} |" for what, measured, goal in rows)


def write(page: Path, text: str) -> None:
    """Put a table in place of the one between the marks of a page."""
    old = page.read_text(encoding="utf-8")
    if BEGIN not in old or END not in old:
        raise SystemExit(f"{page} has no place for the table: {BEGIN} and {END}")
    new = re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{text}\n{END}", old, flags=re.DOTALL)
    page.write_text(new, encoding="utf-8", newline="\n")
