"""The record of what rules compute: operations with the range of what each can give, every one kept once.

A node stands for a whole number or a condition. Ranges fold away what they decide: a limit that cannot bind, a
comparison that always holds, a product with nought.
"""

from __future__ import annotations

from math import gcd
from typing import Any

from attrs import define, field

Range = tuple[int, int]


class Node:
    """One operation: `op` and its arguments (nodes, whole numbers or names), its range, and whether it is a condition.

    `same` is true where it is the same for every run of a turn.
    """

    __slots__ = ("args", "graph", "high", "is_bool", "low", "number", "op", "same")

    def __init__(self, graph: Graph, number: int, op: str, args: tuple[Any, ...], span: Range, is_bool: bool) -> None:
        self.graph, self.number, self.op, self.args = graph, number, op, args
        self.low, self.high = span
        self.is_bool = is_bool
        self.same: bool = op == "turned" or (op in PURE and all(a.same for a in args if isinstance(a, Node)))

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

    def __rfloordiv__(self, other: Any) -> Any:
        return self.graph.div(other, self)

    def __lt__(self, other: Any) -> Any:
        return self.graph.compare("lt", self, other)

    def __le__(self, other: Any) -> Any:
        return self.graph.compare("le", self, other)

    def __gt__(self, other: Any) -> Any:
        return self.graph.compare("lt", other, self)

    def __ge__(self, other: Any) -> Any:
        return self.graph.compare("le", other, self)

    def __eq__(self, other: Any) -> Any:
        return False if other is None else self.graph.compare("eq", self, other)

    def __ne__(self, other: Any) -> Any:
        return self.graph.negate(self.graph.compare("eq", self, other))

    def __hash__(self) -> int:
        return self.number

    def __bool__(self) -> bool:
        raise TypeError("a rule asked for the truth of a symbol: use where, both, either, neither or holds")


PURE = frozenset({"add", "sub", "mul", "div", "min", "max", "lt", "le", "eq", "and", "or", "not", "int", "where"})
"""The operations that give the same for the same arguments and need nothing else."""


def span(x: Any) -> Range:
    """The range of a node or a whole number."""
    return (x.low, x.high) if isinstance(x, Node) else (int(x), int(x))


def fits(x: Any) -> bool:
    """Does it fit 32 bits?"""
    low, high = span(x)
    return low >= -(2**31) and high < 2**31


def is_same(x: Any) -> bool:
    """Is it the same for every run of a turn?"""
    return not isinstance(x, Node) or x.same


def key_of(x: Any) -> Any:
    """What makes an argument the same argument."""
    return ("n", x.number) if isinstance(x, Node) else (type(x).__name__, x)


@define(eq=False)
class Graph:
    """All nodes, in an order in which they can be computed."""

    nodes: list[Node] = field(factory=list)
    known: dict[Any, Node] = field(factory=dict)
    busy: set[int] = field(factory=set)
    coins: set[int] = field(factory=set)
    branchless: bool = False

    def inputs(self, ends: list[Any]) -> set[int]:
        """The variables that these values are computed from."""
        stack, seen, found = [x for x in ends if isinstance(x, Node)], set(), set()
        while stack:
            x = stack.pop()
            if x.number not in seen:
                seen.add(x.number)
                stack += [arg for arg in x.args if isinstance(arg, Node)]
                if x.op == "in":
                    found.add(x.args[0])
        return found

    def find_coins(self, live: set[int]) -> None:
        """Note the conditions that end in a draw of their own and are counted: it is drawn where the rest holds."""
        readers: dict[int, list[Node]] = {}
        for x in self.nodes:
            if x.number in live:
                for arg in x.args:
                    if isinstance(arg, Node):
                        readers.setdefault(arg.number, []).append(x)
        for x in self.nodes:
            if x.number in live and x.op == "and" and x.args[1].op == "lt" and isinstance(x.args[1].args[0], Node):
                die = x.args[1].args[0]
                own = die.op == "draw" and len(readers[die.number]) == 1 and isinstance(x.args[1].args[1], int)
                if own and any(reader.op == "int" for reader in readers[x.number]):
                    self.coins.add(x.number)

    def find_busy(self, few: int) -> None:
        """Note the numbers that are compared with more than a few constants: by their values runs are sorted."""
        codes: dict[int, set[int]] = {}
        for x in self.nodes:
            if x.op == "eq" and not isinstance(x.args[1], Node):
                codes.setdefault(x.args[0].number, set()).add(x.args[1])
            elif x.op == "switch":
                codes.setdefault(x.args[0].number, set()).update(x.args[2::2])
        self.busy = {number for number, found in codes.items() if len(found) > few}

    def node(self, op: str, args: tuple[Any, ...], low: int, high: int, is_bool: bool = False) -> Node:
        """The node of an operation, made once."""
        key = (op, *map(key_of, args))
        if key not in self.known:
            self.known[key] = Node(self, len(self.nodes), op, args, (low, high), is_bool)
            self.nodes.append(self.known[key])
        return self.known[key]

    def add(self, a: Any, b: Any) -> Any:
        """a + b."""
        if not isinstance(a, Node):
            a, b = b, a
        if not isinstance(a, Node):
            return a + b
        a, b = self.as_int(a), self.as_int(b)
        if not isinstance(b, Node):
            return a if b == 0 else self._shifted(a, b)
        if b.op == "mul" and isinstance(b.args[1], int) and b.args[1] == -1:
            return self.sub(a, b.args[0])
        if b.number < a.number:
            a, b = b, a
        return self.node("add", (a, b), a.low + b.low, a.high + b.high)

    def _shifted(self, a: Node, by: int) -> Any:
        if a.op == "add" and not isinstance(a.args[1], Node):
            return self.add(a.args[0], a.args[1] + by)
        if a.op == "sub" and not isinstance(a.args[0], Node):
            return self.sub(a.args[0] + by, a.args[1])
        return self.node("add", (a, by), a.low + by, a.high + by)

    def sub(self, a: Any, b: Any) -> Any:
        """a - b."""
        if not isinstance(b, Node):
            return self.add(a, -b)
        a, b = self.as_int(a), self.as_int(b)
        if isinstance(a, Node) and a.number == b.number:
            return 0
        if not isinstance(a, Node) and b.op == "sub" and not isinstance(b.args[0], Node):
            return self.add(b.args[1], a - b.args[0])
        if isinstance(a, Node) and a.op == "add" and a.args[0] is b:
            return a.args[1]
        (al, ah), (bl, bh) = span(a), span(b)
        return self.node("sub", (a, b), al - bh, ah - bl)

    def mul(self, a: Any, b: Any) -> Any:
        """a * b."""
        if not isinstance(a, Node):
            a, b = b, a
        if not isinstance(a, Node):
            return a * b
        a, b = self.as_int(a), self.as_int(b)
        if not isinstance(b, Node):
            if b in (0, 1):
                return a if b else 0
            if a.op == "mul" and not isinstance(a.args[1], Node):
                return self.mul(a.args[0], a.args[1] * b)
        (al, ah), (bl, bh) = span(a), span(b)
        ends = [x * y for x in (al, ah) for y in (bl, bh)]
        return self.node("mul", (a, b), min(ends), max(ends))

    def div(self, a: Any, b: Any) -> Any:
        """a // b, rounded down; b is positive."""
        if not isinstance(a, Node) and not isinstance(b, Node):
            return a // b
        a = self.as_int(a)
        (al, ah), (bl, bh) = span(a), span(b)
        if bl <= 0:
            raise ValueError("a divisor can be nought: use most(1, x)")
        if isinstance(a, Node) and not isinstance(b, Node):
            if a.op == "mul" and not isinstance(a.args[1], Node) and (by := gcd(a.args[1], b)) > 1:
                return self.div(self.mul(a.args[0], a.args[1] // by), b // by)
            if b == 1:
                return a
        ends = [x // y for x in (al, ah) for y in (bl, bh)]
        return ends[0] if min(ends) == max(ends) else self.node("div", (a, b), min(ends), max(ends))

    def compare(self, op: str, a: Any, b: Any) -> Any:
        """a < b, a <= b or a == b, as a condition; True or False where the ranges decide it."""
        (al, ah), (bl, bh) = span(a), span(b)
        if op == "lt" and (ah < bl or al >= bh):
            return ah < bl
        if op == "le" and (ah <= bl or al > bh):
            return ah <= bl
        if op == "eq" and (ah < bl or bh < al or al == ah == bl == bh):
            return al == ah == bl == bh
        if op == "eq" and not isinstance(a, Node):
            a, b = b, a
        return self.node(op, (a, b), 0, 1, True)

    def negate(self, a: Any) -> Any:
        """Not a."""
        if not isinstance(a, Node):
            return not a
        return a.args[0] if a.op == "not" else self.node("not", (a,), 0, 1, True)

    def logic(self, op: str, parts: tuple[Any, ...]) -> Any:
        """All of them ("and") or any of them ("or"), in the order given."""
        decides = op == "or"
        if any(part is decides for part in parts):
            return decides
        left = [part for part in parts if isinstance(part, Node)]
        if not left:
            return not decides
        found, seen = left[0], {left[0].number}
        for part in left[1:]:
            if part.number not in seen:
                seen.add(part.number)
                found = self.node(op, (found, part), 0, 1, True)
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
        """a where the condition holds, else b; a chain over one number's values becomes one "switch"."""
        if not isinstance(condition, Node):
            return a if condition else b
        a, b = self.as_int(a), self.as_int(b)
        if key_of(a) == key_of(b):
            return a
        if condition.op == "eq" and not isinstance(condition.args[1], Node) and not condition.same:
            return self._switched(condition, a, b)
        (al, ah), (bl, bh) = span(a), span(b)
        if self.branchless and not condition.same:
            return self._blended(condition, a, b)
        return self.node("where", (condition, a, b), min(al, bl), max(ah, bh))

    def _blended(self, condition: Node, a: Any, b: Any) -> Any:
        """b + condition * (a - b), which columns compute without a branch; it stays between the two."""
        (al, ah), (bl, bh) = span(a), span(b)
        gap = self.sub(a, b)
        part = self.mul(self.as_int(condition), gap)
        if isinstance(b, int) and b == 0:
            return part
        (gl, gh), (pl, ph) = span(gap), span(part)
        if max(-gl, gh, -pl, ph) >= 2**31:
            return self.node("where", (condition, a, b), min(al, bl), max(ah, bh))
        found = self.add(b, part)
        if isinstance(found, Node):
            found.low, found.high = max(found.low, min(al, bl)), min(found.high, max(ah, bh))
        return found

    def _switched(self, condition: Node, a: Any, b: Any) -> Any:
        index, value = condition.args
        cases: dict[int, Any] = {}
        if isinstance(b, Node) and b.op == "switch" and b.args[0].number == index.number:
            cases = dict(zip(b.args[2::2], b.args[3::2], strict=True))
            b = b.args[1]
        cases[value] = a
        ends = [span(x) for x in (b, *cases.values())]
        flat = tuple(part for case in cases.items() for part in case)
        return self.node("switch", (index, b, *flat), min(e[0] for e in ends), max(e[1] for e in ends))

    def total(self, base: Any, terms: list[tuple[Any, Any]]) -> Any:
        """A base plus every amount where its condition holds."""
        kept = [(mask, self.as_int(amount)) for mask, amount in terms if mask is not False]
        if all(mask is True and is_same(amount) for mask, amount in kept) and is_same(base):
            return sum((amount for _, amount in kept), base)
        base, kept = _telescoped(base, kept)
        if not kept:
            return base
        low, high = span(base)
        for mask, amount in kept:
            al, ah = span(amount)
            low, high = low + (al if mask is True else min(0, al)), high + (ah if mask is True else max(0, ah))
        return self.node("total", (base, *(part for term in kept for part in term)), low, high)


def _telescoped(base: Any, terms: list[tuple[Any, Any]]) -> tuple[Any, list[tuple[Any, Any]]]:
    """The same total without what is added and taken away again: x and y - x, where both always hold, are y."""
    left, sure = [], [base]
    for mask, amount in terms:
        if mask is not True:
            left.append((mask, amount))
            continue
        if isinstance(amount, Node) and amount.op == "sub":
            place = next((k for k, x in enumerate(sure) if x is amount.args[1]), None)
            if place is not None:
                sure[place] = amount.args[0]
                continue
        sure.append(amount)
    return sure[0], [*((True, amount) for amount in sure[1:]), *left]
