"""Lines that hang on one number's cases alone, as the lines of an option do: kept as lists, one call for all of them.

So what an option does costs the same however many options there are. A variable that many of the cases move is looked
up in a table instead.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from game.world.graph import Node
from game.world.lanes import Lanes, is_case
from game.world.rows import Lines
from game.world.symbols import Entry, Phase

COMMON = 8
"""A variable that one in so many cases moves is looked up for every run."""


@frozen
class Listed:
    """A line: its variable, its case, the amount (a number, or one that all runs share), and whether it puts it."""

    variable: int
    code: int
    by: Any
    puts: bool


def listed(lanes: Lanes, entries: list[Entry], phase: Phase) -> list[Entry]:
    """Write the lines that can be kept as lists, to be computed before any row moves; returns the others."""
    groups: dict[tuple[int, Any], list[Listed]] = {}
    others: list[Entry] = []
    for entry in entries:
        line = line_of(lanes, entry, phase)
        if line is None:
            others.append(entry)
        else:
            shared = line.by.number if isinstance(line.by, Node) else None
            groups.setdefault((entry.where.args[0].number, shared), []).append(line)
    for (number, shared), lines in groups.items():
        index = lanes.made.w.graph.nodes[number]
        if shared is None:
            add_list(lanes, index, looked_up(lanes, index, lines))
        elif len({line.code for line in lines}) == len(lines) and index.low >= 0:
            add_one(lanes, index, lines, shared)
        else:
            add_list(lanes, index, lines, shared)
    return others


def line_of(lanes: Lanes, entry: Entry, phase: Phase) -> Listed | None:
    """The line as it is listed, or None where its amount differs from run to run."""
    if not is_case(entry.where):
        return None
    by, old, code = entry.amount, phase.totals[entry.variable][0], entry.where.args[1]
    if isinstance(by, int) or by.same:
        return Listed(entry.variable, code, by, False)
    if by.op == "sub" and by.args[1] is old and isinstance(by.args[0], int):
        stands = isinstance(old, Node) and lanes.made.held.get(old.number) == f"s{entry.variable}"
        return Listed(entry.variable, code, by.args[0], True) if stands else None
    return None


def looked_up(lanes: Lanes, index: Node, lines: list[Listed]) -> list[Listed]:
    """Write the lines of variables that many cases move as tables; returns the other lines."""
    codes = {line.code for line in lines}
    adding: dict[int, list[Listed]] = {}
    for line in lines:
        if not line.puts:
            adding.setdefault(line.variable, []).append(line)
    common = {i: found for i, found in adding.items() if len(found) * COMMON >= len(codes)}
    for i, found in common.items():
        table = np.zeros(max(index.high, *codes) + 1 + max(0, -index.low), dtype=np.int32)
        for line in found:
            table[line.code] += line.by
        name = f"T{index.number}_{i}_{len(lanes.made.constants)}"
        lanes.made.constants[name] = table
        lanes.moves.append([f"add(s{i}, {name}.take({lanes.made.operand(index)}), s{i})"])
    return [line for line in lines if line.puts or line.variable not in common]


def add_list(lanes: Lanes, index: Node, lines: list[Listed], shared: int | None = None) -> None:
    """Write a list of lines, each for the runs of its case."""
    if not lines:
        return
    order, name, moved = lanes.sorted(index), f"L{len(lanes.made.constants)}", lanes.name("m")
    lines = sorted(lines, key=lambda line: (not line.puts, line.variable, line.code))
    lanes.made.constants[name] = Lines(
        np.array([line.variable for line in lines]),
        [line.code for line in lines],
        np.array([line.by if shared is None else 0 for line in lines], dtype=np.int32),
        sum(line.puts for line in lines),
    )
    by = "" if shared is None else f", u{shared}"
    lanes.made.put([f"{moved} = lines_of(W, o{order}, a{order}, {name}{by})"])
    lanes.moves.append([f"add_at(*{moved})"])


def add_one(lanes: Lanes, index: Node, lines: list[Listed], shared: int) -> None:
    """Write lines of one amount of which every case has one at most."""
    variables = np.full(max(index.high, *(line.code for line in lines)) + 1, -1)
    for line in lines:
        variables[line.code] = line.variable
    name, moved = f"L{len(lanes.made.constants)}", lanes.name("m")
    lanes.made.constants[name] = variables
    lanes.made.put([f"{moved} = line_by(W, {lanes.made.operand(index)}, {name}, u{shared})"])
    lanes.moves.append([f"add_at(*{moved})"])
