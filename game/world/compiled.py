"""One game's step as straight-line Python: local whole numbers, and a block for every condition that guards lines.

The source is written once for a setting from the record of its rules; it gives the values and the lines of
`game.world.state.One`, in the same order, and computes nothing for what was not chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, field

from game.world import luck
from game.world.blocks import Block, Homes, homes
from game.world.counts import CELLS, STEPS, table
from game.world.graph import Node
from game.world.ledger import DERIVED, LIMIT, OVERDRAFT
from game.world.state import One, Setting, returned
from game.world.symbols import Entry, Phase, Symbols
from game.world.variables import UNIT

DEEP = 12
"""How deep one expression may nest."""
MANY_CASES = 6
"""From so many cases of one number on, they are searched by halves."""

Step = Callable[..., tuple[tuple[int, ...], list[tuple[int, int, str]]]]
"""(values, turn, seed, run, choice, begun, stopped) to the values after the turn and its lines."""

OPS = {"add": "+", "sub": "-", "mul": "*", "div": "//", "lt": "<", "le": "<=", "eq": "==", "and": "and", "or": "or"}
TWICE = frozenset({"min", "max", "switch", "count"})
"""Operations that read an argument more than once, so it needs a name."""


@define(eq=False)
class Writer:
    """The source of one step as it grows."""

    w: Symbols
    found: Homes
    lines: list[str] = field(factory=list)
    names: dict[int, str] = field(factory=dict)
    kept: dict[int, int] = field(factory=dict)
    deep: dict[int, int] = field(factory=dict)
    in_name: set[int] = field(factory=set)

    # ---- expressions

    def say(self, indent: int, text: str) -> None:
        """One line of source."""
        self.lines.append(" " * indent + text)

    def of(self, x: Any) -> str:
        """A node's name or expression, or a whole number."""
        if not isinstance(x, Node):
            return str(x)
        return self.names[x.number]

    def ready(self, x: Any, block: Block, indent: int) -> None:
        """Write what computes a node, where it belongs to this block and is not written yet."""
        if not isinstance(x, Node) or x.number in self.names or self.found.home[x.number] is not block:
            return
        for arg in x.args:
            self.ready(arg, block, indent)
        text = self.text(x)
        depth = 1 + max((self.deep.get(arg.number, 0) for arg in x.args if isinstance(arg, Node)), default=0)
        if self.found.uses[x.number] == 1 and x.number not in self.in_name and depth < DEEP:
            self.names[x.number], self.deep[x.number] = text, depth
        else:
            self.names[x.number] = f"n{x.number}"
            self.say(indent, f"n{x.number} = {text}")

    def text(self, x: Node) -> str:
        """The expression of one operation over its arguments."""
        a = [self.of(arg) if isinstance(arg, Node | int) else repr(arg) for arg in x.args]
        if x.op in OPS:
            return f"({a[0]} {OPS[x.op]} {a[1]})"
        if x.op in ("min", "max"):
            return f"({a[0]} if {a[0]} {'<' if x.op == 'min' else '>'} {a[1]} else {a[1]})"
        if x.op == "switch":
            cases = "".join(f"{value} if {a[0]} == {code} else " for code, value in zip(a[2::2], a[3::2], strict=True))
            return f"({cases}{a[1]})"
        texts = {
            "not": "(not {0})",
            "int": "(1 if {0} else 0)",
            "where": "({1} if {0} else {2})",
            "begin": "({0} in begun)",
            "stop": "({0} in stopped)",
            "choice": "choice",
        }
        if x.op in texts:
            return texts[x.op].format(*a)
        if x.op == "turned":
            return "turn" if x.args[0] == "turn" else f"turned[{x.args!r}]"
        if x.op == "draw":
            return f"draw({luck.named(x.args[0])})"
        if x.op == "count":
            between = luck.named(f"{x.args[0]}.between")
            return f"(count({luck.named(x.args[0])}, {between}, {a[1]}) if {a[1]} > 0 else 0)"
        raise ValueError(f"no source for {x.op}")

    # ---- phases

    def prepare(self, inner: Block, block: Block, indent: int) -> None:
        """Write, before a block begins, what it needs from the one around it."""
        for each in inner.within():
            self.ready(each.cond, block, indent)
            for node in each.homed:
                for arg in node.args:
                    self.ready(arg, block, indent)
            for item in each.items:
                if isinstance(item, Entry):
                    self.ready(item.amount, block, indent)

    def items(self, block: Block, phase: Phase, indent: int) -> None:
        """The lines and inner blocks of a block."""
        run: list[Block] = []
        for item in (*block.items, None):
            case = _case(item)
            if run and (case is None or case[0] is not _case(run[0])[0]):  # type: ignore[index]
                self.cases(run, phase, indent)
                run = []
            if isinstance(item, Block):
                self.prepare(item, block, indent)
                if case is not None:
                    run.append(item)
                else:
                    self.say(indent, f"if {self.of(item.cond)}:")
                    self.items(item, phase, indent + 1)
            elif item is not None:
                self.entry(item, block, phase, indent)

    def cases(self, run: list[Block], phase: Phase, indent: int) -> None:
        """Blocks of which at most one holds, searched by halves where they are many."""
        run = sorted(run, key=lambda block: int(block.cond.args[1]))  # type: ignore[union-attr]
        index = run[0].cond.args[0]  # type: ignore[union-attr]
        if len(run) >= MANY_CASES:
            half = len(run) // 2
            self.say(indent, f"if {self.of(index)} < {run[half].cond.args[1]}:")  # type: ignore[union-attr]
            self.cases(run[:half], phase, indent + 1)
            self.say(indent, "else:")
            self.cases(run[half:], phase, indent + 1)
            return
        for block in run:
            self.say(indent, f"if {self.of(block.cond)}:")
            self.items(block, phase, indent + 1)

    def entry(self, entry: Entry, block: Block, phase: Phase, indent: int) -> None:
        """One line: the variable moves and the book says so, where the amount is not nought."""
        self.ready(entry.amount, block, indent)
        i, amount, total = entry.variable, self.of(entry.amount), f"v{entry.variable}_{self.kept[entry.variable]}"
        if isinstance(entry.amount, Node) and not amount.isidentifier():
            self.say(indent, f"a = {amount}")
            amount = "a"
        if isinstance(entry.amount, Node):
            self.say(indent, f"if {amount}:")
            indent += 1
        self.say(indent, f"{total} += {amount}; line(({i}, {amount}, {entry.cause!r}))")

    def phase(self, phase: Phase, top: Block) -> None:
        """One phase and its settling."""
        root = self.found.root
        for i, (old, _) in phase.totals.items():
            self.ready(old, root, 1)
            self.kept[i] = self.kept.get(i, 0) + 1
            self.say(1, f"v{i}_{self.kept[i]} = {self.of(old)}")
        self.prepare(top, root, 1)
        self.items(top, phase, 1)
        for i, (_, total) in phase.totals.items():
            if isinstance(total, Node) and total.op == "total":
                self.names[total.number] = f"v{i}_{self.kept[i]}"
        for node, shares in phase.returned:
            self.give_back(node, shares)
        for i, kept in phase.limits.items():
            name, limits = f"v{i}_{self.kept[i]}", self.w.setting.layout.variables[i]
            self.say(1, f"if not {limits.low} <= {name} <= {limits.high}:")
            self.say(2, f"a = ({limits.low} if {name} < {limits.low} else {limits.high}) - {name}")
            self.say(2, f"{name} += a; line(({i}, a, {LIMIT.id!r}))")
            self.names[kept.number] = name
        self.derive(phase)

    def give_back(self, node: Node, shares: tuple[int, ...]) -> None:
        """Control that a holder did not have goes back; seldom, so it is done in the words of the rules."""
        after, before = (list(map(self.of, node.args[:3])), list(map(self.of, node.args[3:])))
        names = [f"r{node.number}_{k}" for k in range(len(shares))]
        self.say(1, f"{', '.join(names)} = {', '.join(after)}")
        self.say(1, f"if {' or '.join(f'{name} < 0' for name in names)}:")
        self.say(2, f"{', '.join(names)} = given_back({shares}, ({', '.join(after)}), ({', '.join(before)}), line)")
        for part in self.w.graph.nodes[node.number + 1 : node.number + 1 + len(shares)]:
            self.names[part.number] = names[part.args[1]]

    def derive(self, phase: Phase) -> None:
        """What is derived, as a line where it has changed."""
        before, after = phase.derived
        self.ready(before, self.found.root, 1)
        self.ready(after, self.found.root, 1)
        if after is not before:
            index = self.w.setting.layout.index["militia_autonomy"]
            self.say(1, f"a = {self.of(after)} - {self.of(before)}")
            self.say(1, f"if a: line(({index}, a, {DERIVED.id!r}))")


def _case(item: Any) -> tuple[Any, Any] | None:
    """The number and the value where a block holds for one value of one number."""
    if isinstance(item, Block) and item.cond is not None and item.cond.op == "eq":
        index, value = item.cond.args
        return None if isinstance(value, Node) else (index, value)
    return None


def source(w: Symbols) -> str:
    """The source of the step that a world of symbols has taken."""
    nodes = w.graph.nodes
    found, tops = homes(w.phases, nodes, w.values)
    writer = Writer(w, found)
    writer.in_name = set(_read_twice(w, nodes, tops))
    inputs = {node.args[0]: node for node in nodes if node.op == "in"}
    for i, node in inputs.items():
        writer.names[node.number] = f"v{i}_0"
    writer.say(0, "def step(values, turn, turned, draw, count, choice, begun, stopped, book):")
    writer.say(1, "line = book.append")
    writer.say(1, f"{', '.join(f'v{i}_0' for i in range(len(w.setting.layout)))} = values")
    for phase, top in zip(w.phases, tops, strict=True):
        writer.phase(phase, top)
    for value in w.values:
        writer.ready(value, found.root, 1)
    writer.say(1, f"return ({', '.join(writer.of(value) for value in w.values)},)")
    return "\n".join(writer.lines) + "\n"


def _read_twice(w: Symbols, nodes: list[Node], tops: list[Block]) -> Iterator[int]:
    """Nodes that one operation reads twice, and those that choose among cases."""
    for node in nodes:
        if node.op in TWICE:
            yield from (arg.number for arg in node.args if isinstance(arg, Node))
    for top in tops:
        for block in top.within():
            case = _case(block)
            if case is not None:
                yield case[0].number
    for phase in w.phases:
        yield from (x.number for x in phase.derived if isinstance(x, Node))


# ---- what the source calls


def given_back(shares: tuple[int, ...], after: Any, before: Any, line: Any) -> tuple[int, ...]:
    """The shares of one faction after control that was not there has been given back, with its lines."""
    world = Shares(dict(zip(shares, after, strict=True)), line)
    gained = {i: now - was for i, now, was in zip(shares, after, before, strict=True)}
    returned(world, list(shares), gained.__getitem__)
    return tuple(world.values.values())


@define(eq=False)
class Shares:
    """One faction's shares as a world small enough to give control back in."""

    values: dict[int, int]
    line: Any
    least, most, where = staticmethod(One.least), staticmethod(One.most), staticmethod(One.where)

    def __getitem__(self, i: int) -> int:
        return self.values[i]

    def correct(self, i: int, amount: int, cause: str) -> None:
        """A correction, applied at once, and a line."""
        if amount:
            self.values[i] += amount
            self.line((i, amount, OVERDRAFT.id))


def words(seed: int, run: int, turn: int) -> tuple[Callable[[int], int], Callable[[int, int, int], int]]:
    """The draws and counts of one game's turn, by the numbers of their names."""
    season, offset, mask = luck.season(seed, turn), luck.offset(run), luck.MASK
    first, second, sides = luck.FIRST, luck.SECOND, luck.SIDES
    counts = table()

    def draw(name: int) -> int:
        x = season ^ name
        x = (x ^ (x >> 30)) * first & mask
        x = (x ^ (x >> 27)) * second & mask
        x = (x ^ (x >> 31)) + offset & mask
        x = (x ^ (x >> 30)) * first & mask
        x = (x ^ (x >> 27)) * second & mask
        return ((x ^ (x >> 31)) >> 32) * sides >> 32

    def count(name: int, between: int, rate: int) -> int:
        for low, high, step, start in ROWS_FROM:
            if rate >= low:
                inside = (rate if rate < high else high) - low + draw(between) // 1_000 * step // 1_000
                row = start + (inside if inside < high - low else high - low) // step
                return counts[row][draw(name) // CELLS] * UNIT
        return 0

    return draw, count


def _rows_from() -> Iterator[tuple[int, int, int, int]]:
    start = 0
    for low, high, step in STEPS:
        yield low, high, step, start
        start += (high - low) // step


ROWS_FROM = tuple(_rows_from())[::-1]
"""(from, to, step, first row) of the table of counts, the highest rates first."""


def compile_one(w: Symbols) -> Step:
    """The step of one game that a world of symbols has taken, as a function: see `Step`."""
    place: dict[str, Any] = {"given_back": given_back}
    exec(compile(source(w), "<one game's step>", "exec"), place)
    made, setting = place["step"], w.setting
    tables = [turned(setting, w, turn) for turn in range(1, len(setting.spans) + 1)]

    def step(values: Any, turn: int, seed: int, run: int, choice: int, begun: Any, stopped: Any) -> Any:
        book: list[tuple[int, int, str]] = []
        draw, count = words(seed, run, turn + 1)
        return made(values, turn, tables[turn], draw, count, choice, begun, stopped, book), book

    return step


def turned(setting: Setting, w: Symbols, turn: int) -> dict[Any, int]:
    """What a turn has for every run alike: spans, shares that close, the month's numbers."""
    world = One(setting, 0, 0, [], turn)
    found = {}
    for node in w.graph.nodes:
        if node.op == "turned":
            kind, name = node.args
            found[node.args] = {
                "turn": lambda name: turn - 1,
                "hours": lambda name: world.hours,
                "over": lambda name: world.over_days(name) // 10,
                "monthly": world.monthly,
            }[kind](name)
    return found
