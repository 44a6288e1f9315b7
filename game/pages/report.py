"""The class report as one HTML file; needs jinja2, the `classroom` extra."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.view.class_page import ClassPage, Courses
from game.world.problems import Problem, Problems

WIDE, HIGH, EDGE = 300, 120, 6
"""The size of a small picture and its margin, in its own units."""
FIRST = 6
"""So many dilemmas stand open: as many as a class has time for."""


def report(page: ClassPage) -> str:
    """The page of a class as HTML; raises Problems without jinja2."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        what, fix = "jinja2 is not installed", "pip install 'between-two-rivers[classroom]'"
        raise Problems([Problem("report", what, "the classroom extra", fix)]) from None
    folder = FileSystemLoader(Path(__file__).parent)
    there = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    there.globals |= {"line": line, "share": share, "listed": listed}
    text: str = there.get_template("report.html").render(page=page, wide=WIDE, high=HIGH, first=FIRST)
    return text


def line(courses: Courses, values: Sequence[float]) -> str:
    """The points of one game's course in a small picture.

    >>> line(Courses("Waiver", "days", 0.0, 60.0, ()), (60.0, 0.0))
    '6.0,6.0 294.0,114.0'
    """
    longest = max([len(values), *(len(row) for _, _, row in courses.lines)])
    step = (WIDE - 2 * EDGE) / max(1, longest - 1)
    span = courses.high - courses.low
    tall = HIGH - 2 * EDGE
    points = ((EDGE + i * step, EDGE + tall * (courses.high - value) / span) for i, value in enumerate(values))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def share(part: Sequence[Any], of: int) -> int:
    """How many in a hundred."""
    return round(100 * len(part) / max(1, of))


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    >>> listed(["Amal", "Bilal", "Chiara"])
    'Amal, Bilal and Chiara'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
