"""Where the time of a batch goes: the compiled step timed line by line and summed by what the lines do."""

from __future__ import annotations

import re
import time
from collections import Counter

import numpy as np

import game
from game.insight.policies import POLICIES
from game.play.compiling import program_of
from game.play.course import compiled
from game.play.turn import setting_of, start_values

KINDS = {
    r"dice\.draw": "draws",
    r"dice\.count": "counts",
    r"o\d+, a\d+ = cases|p\d+ = |h\d+ = ": "picking the runs of a condition",
    r"if |copyto\(i\d+, 0\)|m\d+ = |add_at": "lines of options, asks and events",
    r"add|subtract|multiply": "sums and products",
    r"floor_divide|divide|floor": "divisions",
    r"clip|minimum|maximum": "limits",
    r"less|equal|logical": "conditions",
    r"copyto": "widening and narrowing",
    r"give_back": "control given back",
}


def statements(source: str) -> list[list[str]]:
    """The statements of a step's body, each with the lines inside it."""
    found: list[list[str]] = []
    for line in source.splitlines()[1:-1]:
        if line.startswith("  "):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def where_time_goes(runs: int = 65_536) -> list[tuple[str, float]]:
    """(what, share of the step's time in per cent), the largest first, over one game of every run."""
    scenario = game.load("gaza-spillover")
    setting, policy = setting_of(scenario), POLICIES["random"]
    program, spent, last = program_of(setting, policy, False), Counter[int](), [0.0]

    def tick(at: int) -> None:
        now = time.perf_counter()
        spent[at] += now - last[0]  # type: ignore[assignment]
        last[0] = now

    source = program.source[program.source.index("def step") :]
    parts = statements(source)
    lines = [source.splitlines()[0]]
    for at, part in enumerate(parts):
        lines += [*part, f" tick({at})"]
    place = {**program.run.__globals__, "tick": tick}
    exec("\n".join(lines), place)

    def timed(*given: object) -> None:
        last[0] = time.perf_counter()
        place["step"](*given)

    course, usual = compiled(setting, 1, policy, None, False), program.run
    course.begin(np.arange(runs, dtype=np.uint64), np.array(start_values(setting), dtype=np.int32), {})
    program.run = timed
    for _ in range(scenario.turns):
        course.turn()
        course.thin(course.w["ending"] > 0)
    program.run = usual
    total, by_kind = sum(spent.values()), Counter[str]()
    for at, part in enumerate(parts):
        kind = next((name for form, name in KINDS.items() if re.match(form, part[0].strip())), "the rest")
        by_kind[kind] += spent[at]  # type: ignore[assignment]
    return [(kind, 100 * took / total) for kind, took in by_kind.most_common()]
