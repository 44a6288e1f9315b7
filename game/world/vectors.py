"""Many games' step as straight-line numpy: one call an operation, into rows that are kept and used again.

What every run needs is computed on whole rows; what hangs on a condition (an option, an event, an ask) is computed for
the runs where it holds and scattered into the rows. Products that leave 32 bits are taken in doubles, which hold them
exactly. The values are those of `game.world.state.One`, run by run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from attrs import define, field

from game.world import luck, rows
from game.world.compiled import turned
from game.world.graph import Node
from game.world.lanes import Lanes, is_by_cases, leads, mark_live
from game.world.state import Setting
from game.world.symbols import Phase, Symbols

NARROW = (-(2**31), 2**31 - 1)
EXACT = 2**52
REG = re.compile(r"«(\d+)»")
UFUNCS = {"add": "add", "sub": "subtract", "mul": "multiply", "lt": "less", "le": "less_equal", "eq": "equal"}
LOGIC = {"and": "logical_and", "or": "logical_or"}

GIVEN = {"choice": "orders[0]", "begin": "orders[1][{}]"}
"""What is ordered from outside: the choice of every run as one number, and where each initiative is begun."""
KINDS: dict[str, Any] = {"i": np.int32, "b": np.bool_, "f": np.float64, "l": np.int64}
"""The rows of a step: most are int32 and conditions; products that leave 32 bits are doubles, or wider still."""


@define(eq=False)
class Instruction:
    """Lines of source in which «n» stands for a register; `out` is the register that they fill, or -1."""

    lines: list[str]
    out: int = -1
    reads: set[int] = field(factory=set)


def is_narrow(x: Any) -> bool:
    """Does it fit 32 bits?"""
    low, high = (x.low, x.high) if isinstance(x, Node) else (x, x)
    return NARROW[0] <= low and high <= NARROW[1]


def is_huge(x: Any) -> bool:
    """Does it leave what a double holds exactly?"""
    return isinstance(x, Node) and max(abs(x.low), abs(x.high)) >= EXACT


@define(eq=False)
class Columns:
    """The source of one step over columns as it grows."""

    w: Symbols
    ends: dict[int, Any]
    code: list[Instruction] = field(factory=list)
    kinds: list[str] = field(factory=list)
    held: dict[Any, str] = field(factory=dict)
    owner: dict[int, int] = field(factory=dict)
    constants: dict[str, Any] = field(factory=dict)
    live: set[int] = field(factory=set)
    dense: set[int] = field(factory=set)
    cases: dict[int, str] = field(factory=dict)
    last_read: dict[int, int] = field(factory=dict)

    # ---- registers and operands

    def register(self, kind: str) -> str:
        """A new register of one of KINDS."""
        self.kinds.append(kind)
        return f"«{len(self.kinds) - 1}»"

    def run(self, text: str, out: str = "") -> str:
        """One line of source; returns the register that it fills."""
        self.put([text], out)
        return out

    def put(self, lines: list[str], out: str = "") -> None:
        """Lines of source that belong together."""
        reads = {int(found) for line in lines for found in REG.findall(line)}
        made = int(out.strip("«»")) if REG.fullmatch(out) else -1
        self.code.append(Instruction(lines, made, reads - {made}))

    def constant(self, value: Any, kind: str = "i") -> str:
        """A constant as a numpy value without dimensions, which a call reads fastest."""
        name = f"K{kind}{value}".replace("-", "_").replace(".", "p")
        self.constants[name] = np.array(value, dtype=KINDS[kind])
        return name

    def operand(self, x: Any, kind: str = "i") -> str:
        """What a call reads: a row, a constant, or a number that all runs share."""
        if not isinstance(x, Node):
            return self.constant(x, kind)
        if x.same:
            return f"u{x.number}"
        text = self.held[x.number]
        if text.startswith("s") and self.owner[int(text[1:])] != x.number:
            raise AssertionError(f"row {text} has moved on before {x.op} {x.number} was read")
        return text

    def narrow(self, x: Any) -> str:
        """An operand of 32 bits."""
        return self.operand(x)

    def double(self, x: Any) -> str:
        """An operand as a double."""
        if not isinstance(x, Node) or x.same:
            return self.operand(x, "f")
        if not is_narrow(x):
            return self.operand(x)
        key = ("f", x.number)
        if key not in self.held:
            self.held[key] = self.register("f")
            self.run(f"copyto({self.held[key]}, {self.operand(x)})", self.held[key])
        return self.held[key]

    def long(self, x: Any) -> str:
        """An operand as a whole number of 64 bits, for products that doubles do not hold."""
        if not isinstance(x, Node) or x.same:
            return self.operand(x, "l")
        return self.operand(x) if is_huge(x) else f"{self.operand(x)}.astype(int64)"

    def as_number(self, mask: Any) -> str:
        """A condition as a row of 0 and 1."""
        if isinstance(mask, Node) and mask.same:
            return f"int(u{mask.number})"
        key = ("int", mask.number)
        if key not in self.held:
            self.held[key] = self.register("i")
            self.run(f"copyto({self.held[key]}, {self.operand(mask)})", self.held[key])
        return self.held[key]

    # ---- one operation on whole rows

    def compute(self, x: Node) -> None:
        """Write what computes a node on whole rows."""
        if x.number in self.held or x.op == "in":
            return
        if x.same:
            self.held[x.number] = f"u{x.number}"
            self.run(f"u{x.number} = {self.shared(x)}")
        elif x.op in GIVEN:
            self.held[x.number] = GIVEN[x.op].format(*x.args)
        elif x.op in ("and", "or", "not"):
            self.held[x.number] = self.logic(x)
        elif x.is_bool:
            self.held[x.number] = self.compared(x)
        else:
            makers: dict[str, Callable[[Node], str]] = {
                "div": self.divided,
                "min": self.extreme,
                "max": self.extreme,
                "where": self.where,
                "switch": self.switch,
                "draw": self.draw,
                "count": self.count,
                "int": lambda x: self.as_number(x.args[0]),
            }
            self.held[x.number] = makers.get(x.op, self.arithmetic)(x)

    def shared(self, x: Node) -> str:
        """A number that all runs share, as plain Python."""
        if x.op == "turned":
            return f"turned[{x.args!r}]"
        a = [f"u{arg.number}" if isinstance(arg, Node) else repr(arg) for arg in x.args]
        form = {"add": "{} + {}", "sub": "{} - {}", "mul": "{} * {}", "div": "{} // {}", "lt": "{} < {}"}
        form |= {"le": "{} <= {}", "eq": "{} == {}", "and": "{} and {}", "or": "{} or {}", "not": "not {}"}
        form |= {"min": "min({}, {})", "max": "max({}, {})", "int": "int({})", "where": "{1} if {0} else {2}"}
        return form[x.op].format(*a)

    def logic(self, x: Node) -> str:
        out = self.register("b")
        if x.op == "not":
            return self.run(f"logical_not({self.operand(x.args[0])}, {out})", out)
        a, b = (self.operand(arg) for arg in x.args)
        return self.run(f"{LOGIC[x.op]}({a}, {b}, {out})", out)

    def compared(self, x: Node) -> str:
        out = self.register("b")
        wide = not all(is_narrow(arg) for arg in x.args)
        a, b = (self.double(arg) if wide else self.narrow(arg) for arg in x.args)
        return self.run(f"{UFUNCS[x.op]}({a}, {b}, {out})", out)

    def arithmetic(self, x: Node) -> str:
        a, b = x.args
        wide = not all(map(is_narrow, (x, a, b)))
        if is_huge(x):
            out = self.register("l")
            one, two = (self.long(arg) for arg in (a, b))
            return self.run(f"{UFUNCS[x.op]}({one}, {two}, {out})", out)
        out = self.register("f" if wide else "i")
        one, two = (self.double(arg) if wide else self.narrow(arg) for arg in (a, b))
        self.run(f"{UFUNCS[x.op]}({one}, {two}, {out})", out)
        return self.settle_width(x, out, wide)

    def settle_width(self, x: Node, out: str, wide: bool) -> str:
        """A double that holds what fits 32 bits becomes a row of 32 bits."""
        if wide and is_narrow(x):
            thin = self.register("i")
            return self.run(f"copyto({thin}, {out}, 'unsafe')", thin)
        return out

    def divided(self, x: Node) -> str:
        a, b = x.args
        if is_narrow(a) and (not isinstance(b, Node) or b.same):
            out = self.register("i")
            return self.run(f"floor_divide({self.narrow(a)}, {self.narrow(b)}, {out})", out)
        if is_huge(a):
            out = self.register("l")
            self.run(f"floor_divide({self.long(a)}, {self.long(b)}, {out})", out)
            if is_huge(x):
                return out
            thin = self.register("i" if is_narrow(x) else "f")
            return self.run(f"copyto({thin}, {out}, 'unsafe')", thin)
        out = self.register("f")
        self.run(f"divide({self.double(a)}, {self.double(b)}, {out})", out)
        if x.low < 0:
            self.run(f"floor({out}, {out})", out)
        elif not is_narrow(x):
            self.run(f"floor({out}, {out})", out)
        return self.settle_width(x, out, True)

    def extreme(self, x: Node) -> str:
        a, b = x.args
        wide = not all(map(is_narrow, (x, a, b)))
        out = self.register("f" if wide else "i")
        if isinstance(b, Node):
            one, two = (self.double(arg) if wide else self.narrow(arg) for arg in (a, b))
            self.run(f"{'minimum' if x.op == 'min' else 'maximum'}({one}, {two}, out={out})", out)
        else:
            kind = "f" if wide else "i"
            low, high = (NARROW[0], b) if x.op == "min" else (b, NARROW[1])
            if wide:
                low, high = (-EXACT, b) if x.op == "min" else (b, EXACT)
            one = self.double(a) if wide else self.narrow(a)
            self.run(f"clip({one}, {self.constant(low, kind)}, {self.constant(high, kind)}, {out})", out)
        return self.settle_width(x, out, wide)

    def where(self, x: Node) -> str:
        """b + c * (a - b), without a branch."""
        c, a, b = x.args
        graph = self.w.graph
        if not all(map(is_narrow, (x, a, b))) or isinstance(c, Node) and c.same:
            out = self.register("f" if not is_narrow(x) else "i")
            sides = [self.operand(side, "i" if is_narrow(x) else "f") for side in (a, b)]
            return self.run(f"copyto({out}, where({self.operand(c)}, {sides[0]}, {sides[1]}))", out)
        gap = graph.sub(a, b)
        if not is_narrow(gap):
            out = self.register("i")
            return self.run(f"copyto({out}, where({self.operand(c)}, {self.operand(a)}, {self.operand(b)}))", out)
        if isinstance(gap, Node):
            self.compute(gap)
        out = self.register("i")
        self.run(f"multiply({self.as_number(c)}, {self.narrow(gap)}, {out})", out)
        if isinstance(b, Node) or b:
            self.run(f"add({out}, {self.narrow(b)}, {out})", out)
        return out

    def switch(self, x: Node) -> str:
        """A value for each case of an index: looked up where all are constants, else computed case by case."""
        index, default, *flat = x.args
        values = dict(zip(flat[::2], flat[1::2], strict=True))
        if is_by_cases(x):
            return Lanes(self).switch(x, self.register("i"))
        if len(values) == 1 or any(isinstance(value, Node) for value in (default, *values.values())):
            found = default
            for code, value in values.items():
                mask = self.w.graph.compare("eq", index, code)
                found = self.w.graph.node("where", (mask, value, found), min(x.low, 0), x.high)
                self.compute(mask)
                self.compute(found)
            return self.held[found.number]
        out = self.register("i")
        table = np.full(max(values) + 2, default, dtype=np.int32)
        for code, value in values.items():
            table[code] = value
        name = f"T{x.number}"
        self.constants[name] = table
        return self.run(f"take({name}, {self.operand(index)}, None, {out}, 'clip')", out)

    def draw(self, x: Node) -> str:
        out = self.register("i")
        return self.run(f"dice.draw({luck.named(x.args[0])}, {out}, {x.args[1]})", out)

    def count(self, x: Node) -> str:
        name, rate = x.args
        out, between = self.register("i"), luck.named(f"{name}.between")
        return self.run(f"dice.count({luck.named(name)}, {between}, {self.narrow(rate)}, {out})", out)

    # ---- phases

    def row(self, i: int, value: Any) -> None:
        """A variable's row now holds this value."""
        if isinstance(value, Node):
            self.owner[i] = value.number
            self.held[value.number] = f"s{i}"

    def phase(self, phase: Phase) -> None:
        """One phase and its settling."""
        self.upto(phase.began, phase.settled)
        lanes = Lanes(self)
        touched = lanes.gather(phase)
        self.set_aside(phase)
        before = {i: self.kept_before(i, phase) for _, shares in phase.returned for i in shares if i in phase.totals}
        for i, (old, total) in phase.totals.items():
            if not isinstance(total, Node):
                self.store(i, total)
            elif total.number in self.live:
                self.move(i, old, total, phase)
        lanes.scatter()
        for node, shares in phase.returned:
            if any(part.number in self.live for part in self.w.graph.nodes[node.number + 1 : node.number + 4]):
                self.give_back(node, shares, before)
        for i, kept in phase.limits.items():
            if kept.number in self.live:
                self.bound(i, kept, phase, touched)
        self.upto(phase.bounded, phase.ended)
        self.store(self.w.setting.layout.index["militia_autonomy"], phase.derived[1])

    def upto(self, first: int, last: int) -> None:
        """Compute what every run needs among these nodes."""
        for x in self.w.graph.nodes[first:last]:
            if x.number in self.dense and x.op not in ("total", "returned", "part"):
                self.compute(x)

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

    def move(self, i: int, old: Any, total: Node, phase: Phase) -> None:
        """Move a variable's row by the lines that every run weighs."""
        if total.op != "total":
            self.store(i, total)
            return
        base = total.args[0]
        if base is not old:
            self.store(i, base)
        for mask, amount in zip(total.args[1::2], total.args[2::2], strict=True):
            if leads(mask, phase):
                continue
            if mask is True:
                self.run(f"add(s{i}, {self.narrow(amount)}, s{i})")
            else:
                part = self.register("i")
                self.run(f"multiply({self.as_number(mask)}, {self.narrow(amount)}, {part})", part)
                self.run(f"add(s{i}, {part}, s{i})")
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
    body, rooms = assign(made)
    text = "\n".join(body)
    used = {int(found) for found in re.findall(r"\bs(\d+)\b", text)}
    head = [f"def step(S, {', '.join(KINDS).upper()}, dice, turned, orders):"]
    head += [f" {', '.join(f's{i}' for i in sorted(used))}, = S"] if used else []
    for kind in KINDS:
        if rooms[kind]:
            head.append(f" {', '.join(f'{kind}{k}' for k in range(rooms[kind]))}, = {kind.upper()}")
    return "\n".join([*head, *(f" {line}" for line in body), " return None"]) + "\n", made.constants, rooms


def assign(made: Columns) -> tuple[list[str], dict[str, int]]:
    """Give every register a row, one that is free again as soon as it is read for the last time."""
    last: dict[int, int] = {}
    for at, step in enumerate(made.code):
        for register in (*step.reads, step.out):
            last[register] = at
    free: dict[str, list[int]] = {kind: [] for kind in KINDS}
    rooms, place, body = dict.fromkeys(KINDS, 0), {}, []
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
    **{name: getattr(np, name) for name in "add subtract multiply less less_equal equal logical_and".split()},
    **{name: getattr(np, name) for name in "logical_or logical_not floor_divide divide floor minimum maximum".split()},
    **{name: getattr(np, name) for name in "copyto where take flatnonzero int32 int64".split()},
    "NONE": np.empty(0, dtype=np.intp),
    "clip": rows.clip,
    "cases": rows.cases,
    "give_back": rows.give_back,
}
"""What the source calls."""


@define(eq=False)
class Program:
    """A compiled step over columns: `rows` are the variables it touches, `rooms` how many rows it needs besides."""

    setting: Setting
    source: str
    rows: tuple[int, ...]
    rooms: dict[str, int]
    tables: list[dict[Any, int]]
    run: Callable[..., None]


@define(eq=False)
class Room:
    """Rows for a block of runs, kept from step to step: `values` int32 (variables, runs)."""

    values: Any
    spare: dict[str, Any] = field(factory=dict)

    def step(self, program: Program, dice: rows.Dice, turn: int, orders: Any = None) -> None:
        """One step of every run, in place; `turn` is the turn that it makes."""
        n = self.values.shape[1]
        held = [self.values[i] for i in program.rows]
        others = []
        for kind, dtype in KINDS.items():
            if kind not in self.spare or self.spare[kind].shape[0] < program.rooms[kind] or self.spare[kind].shape[1] < n:
                self.spare[kind] = np.empty((program.rooms[kind], n), dtype=dtype)
            others.append([row[:n] for row in self.spare[kind][: program.rooms[kind]]])
        dice.begin(turn)
        program.run(held, *others, dice, program.tables[turn], orders)


def compile_many(w: Symbols, ends: Iterable[int]) -> Program:
    """The step over columns that a world of symbols has taken; `ends` are the variables that must be right after it."""
    text, constants, rooms = write_step(w, ends)
    place: dict[str, Any] = {**NAMES, **constants}
    exec(compile(text, "<many games' step>", "exec"), place)
    tables = [turned(w.setting, w, turn) for turn in range(len(w.setting.spans) + 1)]
    used = tuple(sorted(int(i) for i in set(re.findall(r"\bs(\d+)\b", text))))
    return Program(w.setting, text, used, rooms, tables, place["step"])
