"""The arity of symbols: run the rules once and keep the operations, so that they can be compiled to straight-line code.

A node is one operation with the range of what it can give; the same operation on the same arguments is the same node.
A world of symbols has the words of every world, so the rules that make the graph are the rules that are played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, field

from game.world.ledger import DERIVED, LIMIT
from game.world.state import WHOLE, Setting, World, autonomy, grid, overdraft
from game.world.variables import UNIT

Range = tuple[int, int]


class Node:
    """One operation: `op` and its arguments (nodes or whole numbers), its range, and whether it is a condition."""

    __slots__ = ("args", "graph", "high", "is_bool", "low", "number", "op")

    def __init__(self, graph: Graph, number: int, op: str, args: tuple[Any, ...], span: Range, is_bool: bool) -> None:
        self.graph, self.number, self.op, self.args = graph, number, op, args
        self.low, self.high = span
        self.is_bool = is_bool

    def __add__(self, other: Any) -> Any:
        return self.graph.add(self, other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self.graph.sub(self, other)

    def __rsub__(self, other: Any) -> Any:
        return self.graph.sub(other, self)

    def __mul__(self, other: Any) -> Any:
        return self.graph.mul(self, other)

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> Any:
        return self.graph.div(self, other)

    def __lt__(self, other: Any) -> Any:
        return self.graph.compare("lt", self, other)

    def __le__(self, other: Any) -> Any:
        return self.graph.compare("le", self, other)

    def __gt__(self, other: Any) -> Any:
        return self.graph.compare("lt", other, self)

    def __ge__(self, other: Any) -> Any:
        return self.graph.compare("le", other, self)

    def __eq__(self, other: Any) -> Any:
        return self.graph.compare("eq", self, other)

    def __ne__(self, other: Any) -> Any:
        return self.graph.negate(self.graph.compare("eq", self, other))

    def __hash__(self) -> int:
        return self.number

    def __bool__(self) -> bool:
        raise TypeError("a rule asked for the truth of a symbol: use where, both, either, neither or holds")


def span(x: Any) -> Range:
    """The range of a node or a whole number."""
    return (x.low, x.high) if isinstance(x, Node) else (int(x), int(x))


def key_of(x: Any) -> Any:
    """What makes an argument the same argument."""
    return ("n", x.number) if isinstance(x, Node) else (type(x).__name__, x)


@define(eq=False)
class Graph:
    """All nodes, in the order in which they can be computed."""

    nodes: list[Node] = field(factory=list)
    known: dict[Any, Node] = field(factory=dict)

    def node(self, op: str, args: tuple[Any, ...], low: int, high: int, is_bool: bool = False) -> Node:
        """The node of an operation, made once."""
        key = (op, *map(key_of, args))
        if key not in self.known:
            self.known[key] = Node(self, len(self.nodes), op, args, (low, high), is_bool)
            self.nodes.append(self.known[key])
        return self.known[key]

    def add(self, a: Any, b: Any) -> Any:
        """a + b."""
        if not isinstance(a, Node) and not isinstance(b, Node):
            return a + b
        if not isinstance(a, Node):
            a, b = b, a
        if not isinstance(b, Node) and b == 0:
            return self.as_int(a)
        a, b = self.as_int(a), self.as_int(b)
        if isinstance(b, Node) and b.number < a.number:
            a, b = b, a
        (al, ah), (bl, bh) = span(a), span(b)
        return self.node("add", (a, b), al + bl, ah + bh)

    def sub(self, a: Any, b: Any) -> Any:
        """a - b."""
        if not isinstance(b, Node):
            return self.add(a, -b)
        a, b = self.as_int(a), self.as_int(b)
        if isinstance(a, Node) and a.number == b.number:
            return 0
        (al, ah), (bl, bh) = span(a), span(b)
        return self.node("sub", (a, b), al - bh, ah - bl)

    def mul(self, a: Any, b: Any) -> Any:
        """a * b."""
        if not isinstance(a, Node):
            a, b = b, a
        if not isinstance(a, Node):
            return a * b
        a, b = self.as_int(a), self.as_int(b)
        if not isinstance(b, Node) and b in (0, 1):
            return a if b else 0
        (al, ah), (bl, bh) = span(a), span(b)
        ends = [x * y for x in (al, ah) for y in (bl, bh)]
        return self.node("mul", (a, b), min(ends), max(ends))

    def div(self, a: Any, b: Any) -> Any:
        """a // b, rounded down; b is positive."""
        if not isinstance(a, Node) and not isinstance(b, Node):
            return a // b
        (al, ah), (bl, bh) = span(a), span(b)
        if bl <= 0:
            raise ValueError("a divisor can be nought: use most(1, x)")
        if not isinstance(b, Node) and b == 1:
            return a
        ends = [x // y for x in (al, ah) for y in (bl, bh)]
        if min(ends) == max(ends):
            return ends[0]
        return self.node("div", (self.as_int(a), b), min(ends), max(ends))

    def compare(self, op: str, a: Any, b: Any) -> Any:
        """a < b, a <= b or a == b, as a condition; True or False where the ranges decide it."""
        (al, ah), (bl, bh) = span(a), span(b)
        if op == "lt" and (ah < bl or al >= bh):
            return ah < bl
        if op == "le" and (ah <= bl or al > bh):
            return ah <= bl
        if op == "eq" and (ah < bl or bh < al or al == ah == bl == bh):
            return al == ah == bl == bh
        return self.node(op, (a, b), 0, 1, True)

    def negate(self, a: Any) -> Any:
        """Not a."""
        if not isinstance(a, Node):
            return not a
        return a.args[0] if a.op == "not" else self.node("not", (a,), 0, 1, True)

    def logic(self, op: str, parts: tuple[Any, ...]) -> Any:
        """All of them ("and") or any of them ("or")."""
        decides = op == "or"
        if any(part is decides for part in parts):
            return decides
        left = [part for part in dict.fromkeys(parts) if isinstance(part, Node)]
        if not left:
            return not decides
        found = left[0]
        for part in left[1:]:
            a, b = sorted((found, part), key=lambda node: node.number)
            found = self.node(op, (a, b), 0, 1, True)
        return found

    def as_int(self, a: Any) -> Any:
        """A condition counted as 0 or 1."""
        if isinstance(a, Node) and a.is_bool:
            return self.node("int", (a,), 0, 1)
        return int(a) if isinstance(a, bool) else a

    def extreme(self, op: str, a: Any, b: Any) -> Any:
        """The smaller ("min") or larger ("max") of two."""
        (al, ah), (bl, bh) = span(a), span(b)
        pick = min if op == "min" else max
        if not isinstance(a, Node) and not isinstance(b, Node):
            return pick(a, b)
        if (ah <= bl) if op == "min" else (al >= bh):
            return a
        if (bh <= al) if op == "min" else (bl >= ah):
            return b
        if not isinstance(a, Node):
            a, b = b, a
        return self.node(op, (a, b), pick(al, bl), pick(ah, bh))

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        """a where the condition holds, else b."""
        if not isinstance(condition, Node):
            return a if condition else b
        a, b = self.as_int(a), self.as_int(b)
        if key_of(a) == key_of(b):
            return a
        (al, ah), (bl, bh) = span(a), span(b)
        return self.node("where", (condition, a, b), min(al, bl), max(ah, bh))


class SymbolOrders:
    """Orders as symbols: the choice is an input column; every option and initiative may be taken."""

    def __init__(self, w: Symbols, events: bool = False) -> None:
        self.w, self.graph = w, w.graph

    def chosen(self) -> Iterator[tuple[int, int, Any]]:
        """Every option of every card, where the choice is that one."""
        choice = self.graph.node("choice", (), -1, 16 * len(self.w.scenario.dilemmas))
        for i, card in enumerate(self.w.scenario.dilemmas):
            for j in range(len(card.options)):
                yield i, j, choice == i * 16 + j

    def begun(self) -> Iterator[tuple[int, Any]]:
        """Every initiative, where it is begun."""
        for i in range(len(self.w.scenario.initiatives)):
            yield i, self.graph.node("begin", (i,), 0, 1, True)

    def stopped(self) -> Iterator[tuple[int, Any]]:
        """Every initiative, where it is stopped."""
        for i in range(len(self.w.scenario.initiatives)):
            yield i, self.graph.node("stop", (i,), 0, 1, True)

    def posture(self, seat: str) -> Any:
        """The posture ordered for a seat: the same for every run of a turn."""
        return -1

    def injected(self, event: str) -> Any:
        """Is this event thrown in?"""
        return False


Settled = Callable[["Symbols", str], None]


@define(eq=False)
class Symbols(World):
    """A world whose values are nodes; `book` keeps every line of the turn as (variable, amount, cause, where)."""

    setting: Setting
    graph: Graph
    values: list[Any]
    turn: int = 1
    cause: str = ""
    orders: Any = None
    phase: list[tuple[int, Any, str, Any]] = field(factory=list)
    book: list[tuple[int, Any, str, Any]] = field(factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.values[self.setting.layout.index[name]]

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        """a where the condition holds, else b."""
        return self.graph.where(condition, a, b)

    @staticmethod
    def holds(condition: Any) -> Any:
        """A comparison as a named condition."""
        return condition

    def both(self, *conditions: Any) -> Any:
        """All of them hold."""
        return self.graph.logic("and", conditions)

    def either(self, *conditions: Any) -> Any:
        """At least one holds."""
        return self.graph.logic("or", conditions)

    def neither(self, *conditions: Any) -> Any:
        """Not one of them holds."""
        return self.graph.negate(self.graph.logic("or", conditions))

    def least(self, *xs: Any) -> Any:
        """The smallest."""
        found = xs[0]
        for x in xs[1:]:
            found = self.graph.extreme("min", found, x)
        return found

    def most(self, *xs: Any) -> Any:
        """The largest."""
        found = xs[0]
        for x in xs[1:]:
            found = self.graph.extreme("max", found, x)
        return found

    def share(self, x: Any, of: Any) -> Any:
        """`of` per cent of x."""
        return self._over(x, of, WHOLE)

    def times(self, x: Any, n: Any) -> Any:
        """x multiplied by n, both in thousandths."""
        return self._over(x, n, UNIT)

    def _over(self, x: Any, y: Any, by: int) -> Any:
        for constant, other in ((x, y), (y, x)):
            if not isinstance(constant, Node):
                common = _gcd(constant, by)
                return self.graph.div(self.graph.mul(other, constant // common), by // common)
        return self.graph.div(self.graph.mul(x, y), by)

    def ratio(self, x: Any, to: Any) -> Any:
        """x as thousandths of a per cent of another; 0 where there is nothing to compare with."""
        quotient = self.graph.div(self.graph.mul(x, WHOLE), self.most(1, to))
        return self.where(to > 0, quotient, 0)

    def draw(self, name: str) -> Any:
        """The draw of this name."""
        return self.graph.node("draw", (name,), 0, 999_999)

    def chance(self, name: str, percent: Any) -> Any:
        """Does something of this many thousandths of a per cent happen?"""
        return self.draw(name) < percent * 10

    def count(self, name: str, rate: Any) -> Any:
        """A count, in thousandths."""
        from game.world.counts import CELLS, columns

        row = grid(self, rate, self.draw(f"{name}.between"))
        most = int(columns().max())
        return self.graph.node("count", (row * CELLS + self.draw(name) // CELLS,), 0, most * UNIT)

    def line(self, variable: str, amount: Any, where: Any = True) -> None:
        """Keep one line, with where it is written."""
        self._write(self.setting.layout.index[variable], amount, where)

    def shift(self, faction: str, giver: str, taker: str, amount: Any, where: Any = True) -> None:
        """Keep two opposite lines of one whole amount."""
        index = self.setting.layout.index
        self._write(index[f"{faction}_{giver}"], 0 - amount, where)
        self._write(index[f"{faction}_{taker}"], amount, where)

    def _write(self, i: int, amount: Any, where: Any) -> None:
        if where is not False and not (isinstance(amount, int) and amount == 0):
            self.phase.append((i, amount, self.cause, where))

    def settle(self) -> None:
        """Apply the phase's lines, then what gave too much, then the limits, then what is derived."""
        gains: dict[int, Any] = {}
        for i, amount, _, where in self.phase:
            part = self.where(where, amount, 0)
            gains[i] = gains.get(i, 0) + part
        self.book += self.phase
        self.phase = []
        layout = self.setting.layout
        for i, gain in gains.items():
            self.values[i] = self.values[i] + gain
        overdraft(self, lambda name: gains.get(layout.index[name], 0))
        for i in sorted(gains):
            variable = layout.variables[i]
            kept = self.least(self.most(self.values[i], variable.low), variable.high)
            self._correct(i, kept - self.values[i], LIMIT.id, kept)
        index = layout.index["militia_autonomy"]
        derived = autonomy(self)
        self._correct(index, derived - self.values[index], DERIVED.id, derived)

    def _correct(self, i: int, amount: Any, cause: str, value: Any) -> None:
        self.book.append((i, amount, cause, True))
        self.values[i] = value

    def correct(self, name: str, amount: Any, cause: str) -> None:
        """A correction at the end of a phase, applied at once."""
        if isinstance(amount, int) and amount == 0:
            return
        i = self.setting.layout.index[name]
        self._correct(i, amount, cause, self.values[i] + amount)


def _gcd(a: int, b: int) -> int:
    from math import gcd

    return gcd(a, b) or 1
