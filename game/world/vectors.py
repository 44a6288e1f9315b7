"""Many games' step as straight-line numpy: one call an operation, into rows that are kept and used again.

What every run needs is computed on whole rows; what hangs on a condition (an option, an event, an ask) is computed for
the runs where it holds and scattered into the rows. The values are those of `game.world.state.One`, run by run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from attrs import define, field

from game.world import rows
from game.world.compiled import turned
from game.world.graph import Node
from game.world.lanes import Lanes, leads, mark_live
from game.world.lists import listed
from game.world.operations import KINDS, REG, Operations
from game.world.state import Setting
from game.world.symbols import Phase, Symbols

LASTING = "k"
"""The kind of row that is filled once for many turns."""

VIEWS = {"u": "uint32", "c": "int8"}
"""A row may be read as another kind of number: one without a sign, or a condition as a number of 8 bits."""


@define(eq=False)
class Columns(Operations):
    """The source of one step over columns as it grows, phase by phase."""

    readers: dict[int, list[int]] = field(factory=dict)

    def row(self, i: int, value: Any) -> None:
        """A variable's row now holds this value."""
        if isinstance(value, Node):
            self.owner[i] = value.number
            self.held[value.number] = f"s{i}"

    def phase(self, phase: Phase) -> None:
        """One phase and its settling."""
        self.upto(phase.began, phase.settled, shared=True)
        lanes = Lanes(self)
        found = lanes.found(phase)
        others = listed(lanes, found, phase)
        touched = lanes.gather(others)
        touched.update({entry.variable: ["True"] for entry in set(found) - set(others)})
        self.set_aside(phase)
        before = {i: self.kept_before(i, phase) for _, shares in phase.returned for i in shares if i in phase.totals}
        waiting: list[tuple[int, Any, list[str]]] = []
        for i, (old, total) in phase.totals.items():
            lines = self.weighed(i, old, total, phase)
            if self.is_read_on(old, phase):
                waiting.append((i, total, lines))
            else:
                self.move(i, total, lines)
        self.upto(phase.began, phase.settled)
        for i, total, lines in waiting:
            self.move(i, total, lines)
        lanes.scatter()
        for node, shares in phase.returned:
            if any(part.number in self.live for part in self.w.graph.nodes[node.number + 1 : node.number + 4]):
                self.give_back(node, shares, before)
        for i, kept in phase.limits.items():
            if kept.number in self.live:
                self.bound(i, kept, phase, touched)
        self.upto(phase.bounded, phase.ended)
        self.store(self.w.setting.layout.index["militia_autonomy"], phase.derived[1])

    def upto(self, first: int, last: int, shared: bool = False) -> None:
        """Compute what every run needs among these nodes and has not been computed yet, or what all runs share.

        Conditions that only pick runs wait until they do.
        """
        wanted = self.dense - self.late
        for x in self.w.graph.nodes[first:last]:
            if x.number in wanted and x.op not in ("total", "returned", "part") and (x.same or not shared):
                self.demand(x)

    def is_read_on(self, old: Any, phase: Phase) -> bool:
        """Is there something still to be computed from what a variable was when a phase began?"""
        if not self.readers:
            for x in self.w.graph.nodes:
                for arg in x.args if x.number in self.dense and x.op not in ("total", "returned") else ():
                    if isinstance(arg, Node):
                        self.readers.setdefault(arg.number, []).append(x.number)
        found = self.readers.get(old.number, ()) if isinstance(old, Node) else ()
        return any(number < phase.settled and number not in self.held for number in found)

    def set_aside(self, phase: Phase) -> None:
        """Copy the rows that other variables' lines read and that move in the same phase."""
        for i, (_, total) in phase.totals.items():
            if not isinstance(total, Node) or total.number not in self.live:
                continue
            read = [total] if total.op != "total" else [total.args[0], *total.args[2::2]]
            for x in read:
                row = self.held.get(x.number, "") if isinstance(x, Node) else ""
                if row.startswith("s") and row != f"s{i}" and int(row[1:]) in phase.totals:
                    self.held[x.number] = copy = self.register("i")
                    self.run(f"copyto({copy}, {row})", copy)

    def kept_before(self, i: int, phase: Phase) -> str:
        """A copy of a share of control before the phase, as long as it may have to be given back."""
        if isinstance(phase.totals[i][1], Node) and phase.totals[i][1].number in self.live:
            copy = self.register("i")
            return self.run(f"copyto({copy}, s{i})", copy)
        return ""

    def weighed(self, i: int, old: Any, total: Any, phase: Phase) -> list[str]:
        """Compute by what every run's lines move a variable; returns the source that moves its row by it."""
        if not isinstance(total, Node):
            return [f"s{i}.fill({total})"]
        if total.number not in self.live or total.same:
            return []
        base = total.args[0] if total.op == "total" else total
        lines = [] if base is old else [f"s{i}.fill({base})"]
        if isinstance(base, Node) and base is not old:
            lines = [f"copyto(s{i}, {self.operand(base)})"]
        by = ""
        terms = list(zip(total.args[1::2], total.args[2::2], strict=True)) if total.op == "total" else []
        for mask, amount in terms:
            if leads(mask, phase):
                continue
            part = self.operand(amount)
            if mask is not True:
                out = self.register("i")
                part = self.run(f"multiply({self.as_number(mask)}, {part}, {out})", out)
            if by:
                out = self.register("i")
                part = self.run(f"add({by}, {part}, {out})", out)
            by = part
        return [*lines, f"add(s{i}, {by}, s{i})"] if by else lines

    def move(self, i: int, total: Any, lines: list[str]) -> None:
        """Move a variable's row."""
        for line in lines:
            self.run(line)
        if not isinstance(total, Node):
            self.owner[i] = -1
        elif total.number in self.live and not total.same:
            self.row(i, total)

    def store(self, i: int, value: Any) -> None:
        """Put a value into a variable's row, where it is not there yet."""
        if isinstance(value, Node) and value.number not in self.live:
            return
        if isinstance(value, Node) and value.same:
            return
        if not isinstance(value, Node):
            self.run(f"s{i}.fill({value})")
            self.owner[i] = -1
            return
        if self.owner.get(i) == value.number:
            return
        text = self.operand(value)
        if text != f"s{i}":
            self.run(f"copyto(s{i}, {text})")
            self.owner[i] = value.number

    def give_back(self, node: Node, shares: tuple[int, ...], before: dict[int, str]) -> None:
        """Control that was not there goes back, in the rows of one faction's shares."""
        now = ", ".join(f"s{i}" for i in shares)
        was = ", ".join(before.get(i) or f"s{i}" for i in shares)
        self.run(f"give_back([{now}], [{was}])")
        for part in self.w.graph.nodes[node.number + 1 : node.number + 1 + len(shares)]:
            self.row(shares[part.args[1]], part)

    def bound(self, i: int, kept: Node, phase: Phase, touched: dict[int, list[str]]) -> None:
        """Keep a variable's row in its limits, where something may have moved it."""
        limits = self.w.setting.layout.variables[i]
        total = phase.totals[i][1]
        text = f"clip(s{i}, {self.constant(limits.low)}, {self.constant(limits.high)}, s{i})"
        masks = total.args[1::2] if total.op == "total" else (True,)
        only_some = total.op == "total" and total.args[0] is phase.totals[i][0] and all(leads(m, phase) for m in masks)
        if only_some and i in touched:
            self.put([f"if {' or '.join(dict.fromkeys(touched[i]))}:", f" {text}"])
        else:
            self.run(text)
        self.row(i, kept)


def write_step(w: Symbols, ends: Iterable[int]) -> tuple[str, dict[str, Any], dict[str, int]]:
    """The source of a step over columns, its constants, and how many rows of each kind it needs.

    `ends` are the variables that must be right afterwards.
    """
    made = Columns(w, {i: w.values[i] for i in ends})
    mark_live(made, w)
    made.held.update({x.number: f"{LASTING}{k}" for k, x in enumerate(made.lasting)})
    for node in w.graph.nodes:
        if node.op == "in":
            made.owner[node.args[0]], made.held[node.number] = node.number, f"s{node.args[0]}"
    for phase in w.phases:
        made.phase(phase)
    for i, value in made.ends.items():
        if isinstance(value, Node) and value.same:
            made.run(f"s{i}.fill(u{value.number})")
        else:
            made.store(i, value)
    first = lasting_rows(w, made)
    (once, room), (body, rooms) = assign(first), assign(made)
    rooms = {kind: max(rooms[kind], room[kind]) for kind in KINDS} | {LASTING: len(made.lasting)}
    used = sorted({int(found) for found in re.findall(r"\bu?s(\d+)\b", "\n".join([*once, *body]))})
    text = function("first", once, used, rooms) + function("step", body, used, rooms)
    return text, first.constants | made.constants, rooms


def lasting_rows(w: Symbols, made: Columns) -> Columns:
    """The source that computes, once for many turns, what no turn changes."""
    first = Columns(w, {})
    kept = {x.number for x in made.lasting}
    needed = set(kept)
    for x in reversed(w.graph.nodes):
        if x.number in needed:
            needed.update(arg.number for arg in x.args if isinstance(arg, Node))
    for x in w.graph.nodes:
        if x.number in needed and x.op == "in":
            first.owner[x.args[0]], first.held[x.number] = x.number, f"s{x.args[0]}"
        elif x.number in needed:
            first.compute(x)
        if x.number in kept:
            first.run(f"copyto({made.held[x.number]}, {first.operand(x)})")
    return first


def function(name: str, body: list[str], used: list[int], rooms: dict[str, int]) -> str:
    """The source of a function over rows: the variables used, the rows besides, and what it does."""
    head = [f"def {name}(W, S, {', '.join(rooms).upper()}, dice, turned, orders):"]
    head += [f" {', '.join(f's{i}' for i in used)}, = S"] if used else []
    for kind, count in rooms.items():
        if count:
            head.append(f" {', '.join(f'{kind}{k}' for k in range(count))}, = {kind.upper()}")
    views = sorted(set(re.findall(r"\b([uc])([a-z]\d+)\b", "\n".join(body))))
    head += [f" {kind}{row} = {row}.view({VIEWS[kind]})" for kind, row in views]
    return "\n".join([*head, *(f" {line}" for line in body), " return None"]) + "\n"


def assign(made: Columns) -> tuple[list[str], dict[str, int]]:
    """Give every register a row, one that is free again as soon as it is read for the last time."""
    last: dict[int, int] = {}
    for at, step in enumerate(made.code):
        for register in (*step.reads, step.out):
            last[register] = at
    free: dict[str, list[int]] = {kind: [] for kind in KINDS}
    rooms, body = dict.fromkeys(KINDS, 0), []
    place: dict[int, str] = {}
    for at, step in enumerate(made.code):
        dying = [r for r in step.reads if r in place and last[r] == at]
        if len(step.lines) == 1 and not step.lines[0].startswith("dice"):
            for register in dying:
                free[made.kinds[register]].append(int(place[register][1:]))
        if step.out >= 0 and step.out not in place:
            kind = made.kinds[step.out]
            if not free[kind]:
                free[kind].append(rooms[kind])
                rooms[kind] += 1
            place[step.out] = f"{kind}{free[kind].pop()}"
        body += [REG.sub(lambda found: place[int(found[1])], line) for line in step.lines]
        if not (len(step.lines) == 1 and not step.lines[0].startswith("dice")):
            for register in dying:
                free[made.kinds[register]].append(int(place[register][1:]))
        if step.out >= 0 and last[step.out] == at:
            free[made.kinds[step.out]].append(int(place[step.out][1:]))
    return body, rooms


NAMES = {
    **{name: getattr(np, name) for name in ("add", "subtract", "multiply", "less", "less_equal", "equal", "floor")},
    **{name: getattr(np, name) for name in ("logical_and", "logical_or", "logical_not", "floor_divide", "divide")},
    **{name: getattr(np, name) for name in ("minimum", "maximum", "copyto", "where", "take", "flatnonzero")},
    **{name: getattr(np, name) for name in ("int32", "int64", "uint8", "uint16", "uint32", "int8")},
    "NONE": np.empty(0, dtype=np.intp),
    "add_at": np.add.at,
    "clip": rows.clip,
    "cases": rows.cases,
    "line_by": rows.line_by,
    "lines_of": rows.lines_of,
    "give_back": rows.give_back,
}
"""What the source calls."""


@define(eq=False)
class Program:
    """A compiled step over columns: `rows` are the variables it touches or keeps right, `rooms` the rows besides.

    `first` fills the rows of what lasts for a game; it is run before the first step, and where the runs have changed.
    """

    setting: Setting
    source: str
    touched: tuple[int, ...]
    rows: tuple[int, ...]
    rooms: dict[str, int]
    tables: list[dict[Any, int]]
    first: Callable[..., None]
    run: Callable[..., None]


@define(eq=False)
class Room:
    """Rows for a block of runs, kept from step to step: `values` int32 (variables, runs)."""

    values: Any
    spare: dict[str, Any] = field(factory=dict)
    lasting: Any = None
    filled: tuple[Any, Any] = (None, None)

    def step(self, program: Program, dice: rows.Dice, turn: int, orders: Any = None) -> None:
        """One step of every run, in place; `turn` is the turn that it makes."""
        n = self.values.shape[1]
        held = [self.values[i] for i in program.touched]
        others = []
        for kind, dtype in KINDS.items():
            shape = self.spare[kind].shape if kind in self.spare else (0, 0)
            if shape[0] < program.rooms[kind] or shape[1] < n:
                self.spare[kind] = np.empty((program.rooms[kind], n), dtype=dtype)
            others.append([row[:n] for row in self.spare[kind][: program.rooms[kind]]])
        dice.begin(turn)
        count = program.rooms[LASTING]
        if self.lasting is None or len(self.lasting) < count:
            self.lasting = np.empty((count, n), dtype=np.int32)
        others.append([row[:n] for row in self.lasting[:count]])
        if self.filled[0] is not program or self.filled[1] is not self.values:
            program.first(self.values, held, *others, dice, program.tables[turn], orders)
            self.filled = program, self.values
        program.run(self.values, held, *others, dice, program.tables[turn], orders)


def compile_many(w: Symbols, ends: Iterable[int]) -> Program:
    """The step over columns that a world of symbols has taken; `ends` are the variables that must be right after it."""
    kept = tuple(ends)
    text, constants, rooms = write_step(w, kept)
    place: dict[str, Any] = {**NAMES, **constants}
    exec(compile(text, "<many games' step>", "exec"), place)
    tables = [turned(w.setting, w, turn) for turn in range(len(w.setting.spans) + 1)]
    touched = tuple(sorted({int(i) for i in re.findall(r"\bs(\d+)\b", text)}))
    return Program(
        w.setting, text, touched, tuple(sorted({*touched, *kept})), rooms, tables, place["first"], place["step"]
    )
