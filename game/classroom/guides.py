"""The teacher's guide beside a scenario, by its headings."""

from __future__ import annotations

import re
from pathlib import Path

from game.scenario import library

GUIDE = "guide.md"


def guide(name: str | Path) -> dict[str, tuple[str, ...]]:
    """The guide of a scenario, by its bundled id or its folder: for each heading its paragraphs and points; {} if none.

    >>> guide("gaza-spillover")["Questions without one right answer"][3]
    'An order is refused. Was giving it a mistake?'
    """
    path = library.find(name) / GUIDE
    if not path.is_file():
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        rows = re.split(r"\n\s*\n|\n(?=- |\d+\. )", text.strip())
        found[heading.strip()] = tuple(re.sub(r"^(- |\d+\. )", "", row).replace("\n", " ").strip() for row in rows)
    return found
