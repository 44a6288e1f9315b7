"""Operations on whole rows: the numpy call for each node of the record, into rows that are used again.

Products that leave 32 bits are taken in doubles, which hold them exactly, and in 64 bits where not even those do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import define, field

from game.world import luck
from game.world.graph import Node, fits
from game.world.lanes import Lanes, is_by_cases
from game.world.symbols import Symbols

NARROW = (-(2**31), 2**31 - 1)
EXACT = 2**52
SURELY = 2**49
"""Up to here a quotient may be a product with 1 / b, a little more: it lies at or above what a division gives, by far
less than the 1 / b that lies between two quotients, so that it is rounded down to the same whole number.
"""
REG = re.compile(r"«(\d+)»")
UFUNCS = {"add": "add", "sub": "subtract", "mul": "multiply", "lt": "less", "le": "less_equal", "eq": "equal"}
LOGIC = {"and": "logical_and", "or": "logical_or"}

GIVEN = {"choice": "orders[0]", "begin": "orders[1][{}]"}
"""What is ordered from outside: the choice of every run as one number, and where each initiative is begun."""
KINDS: dict[str, Any] = {"i": np.int32, "b": np.bool_, "c": np.int8, "f": np.float64, "l": np.int64}
"""The rows of a step: most are int32 and conditions; how many conditions hold is counted in 8 bits; products that leave
32 bits are doubles, or wider still.
"""


@define(eq=False)
class Instruction:
    """Lines of source in which «n» stands for a register; `out` is the register that they fill, or -1."""

    lines: list[str]
    out: int = -1
    reads: set[int] = field(factory=set)


def is_count(x: Any) -> bool:
    """Does it only count conditions, few enough for 8 bits?"""
    if not isinstance(x, Node):
        return x in range(-128, 128)
    if x.same or x.low < -128 or x.high > 127:
        return False
    return x.op == "int" or (x.op in ("add", "sub") and all(map(is_count, x.args)))


def is_huge(x: Any) -> bool:
    """Does it leave what a double holds exactly?"""
    return isinstance(x, Node) and max(abs(x.low), abs(x.high)) >= EXACT


@define(eq=False)
class Operations:
    """The source of one step over columns as it grows, one call an operation."""

    w: Symbols
    ends: dict[int, Any]
    code: list[Instruction] = field(factory=list)
    kinds: list[str] = field(factory=list)
    held: dict[Any, str] = field(factory=dict)
    counted: dict[int, str] = field(factory=dict)
    owner: dict[int, int] = field(factory=dict)
    constants: dict[str, Any] = field(factory=dict)
    live: set[int] = field(factory=set)
    dense: set[int] = field(factory=set)
    late: set[int] = field(factory=set)
    lasting: list[Node] = field(factory=list)
    cases: dict[int, str] = field(factory=dict)
    names: int = 0

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
        self.constants[name] = np.array(value, dtype=KINDS.get(kind, np.uint32))
        return name

    def operand(self, x: Any, kind: str = "i") -> str:
        """What a call reads: a row, a constant, or a number that all runs share."""
        if not isinstance(x, Node):
            return self.constant(x, kind)
        if x.same:
            return f"u{x.number}"
        if x.number not in self.held:
            self.demand(x)
        if x.number not in self.held:
            self.widen(x)
        text = self.held[x.number]
        if text.startswith("s") and self.owner[int(text[1:])] != x.number:
            raise AssertionError(f"row {text} has moved on before {x.op} {x.number} was read")
        return text

    def widen(self, x: Node) -> None:
        """What was counted in 8 bits, in 32."""
        if x.op == "int":
            self.held[x.number] = self.as_number(x.args[0])
        else:
            self.held[x.number] = out = self.register("i")
            self.run(f"copyto({out}, {self.counted[x.number]})", out)

    def count_of(self, x: Any) -> str:
        """An operand that counts conditions, in 8 bits."""
        if not isinstance(x, Node):
            return self.constant(x, "c")
        self.demand(x)
        return self.counted[x.number]

    def double(self, x: Any) -> str:
        """An operand as a double."""
        if not isinstance(x, Node) or x.same:
            return self.operand(x, "f")
        if not fits(x):
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

    def all_of(self, parts: tuple[Node, ...]) -> str:
        """Conditions that all hold, as one row."""
        found = self.operand(parts[0])
        for part in parts[1:]:
            key = (found, part.number)
            if key not in self.held:
                self.held[key] = self.register("b")
                self.run(f"logical_and({found}, {self.operand(part)}, {self.held[key]})", self.held[key])
            found = self.held[key]
        return found

    # ---- one operation on whole rows

    def demand(self, x: Node) -> None:
        """Write what computes a node and all it needs on whole rows, each just before it is read."""
        stack = [x]
        while stack:
            args = (arg for arg in stack[-1].args if isinstance(arg, Node) and arg.number in self.dense)
            missing = next((arg for arg in args if not self.is_there(arg)), None)
            if missing is None:
                self.compute(stack.pop())
            else:
                stack.append(missing)

    def is_there(self, x: Node) -> bool:
        """Has it been computed?"""
        return x.number in self.held or x.number in self.counted or x.op == "in"

    def compute(self, x: Node) -> None:
        """Write what computes a node on whole rows."""
        if self.is_there(x):
            return
        if is_count(x) and (x.op != "int" or REG.fullmatch(self.operand(x.args[0]))):
            self.counted[x.number] = self.counting(x)
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
        """All of them, any of them, or not."""
        out = self.register("b")
        if x.number in self.w.graph.coins:
            name, early = x.args[1].args[0].args
            rest, die = self.operand(x.args[0]), f"dice.some({luck.named(name)}, p, {early})"
            toss = f"if p.size: {out}[p] = {die} < {x.args[1].args[1]}"
            self.put([f"copyto({out}, {rest})", f"p = flatnonzero({rest})", toss], out)
            return out
        if x.op == "not":
            return self.run(f"logical_not({self.operand(x.args[0])}, {out})", out)
        a, b = (self.operand(arg) for arg in x.args)
        return self.run(f"{LOGIC[x.op]}({a}, {b}, {out})", out)

    def counting(self, x: Node) -> str:
        """A sum or a difference of conditions, in 8 bits; one condition is read as it is."""
        if x.op == "int":
            return f"c{self.operand(x.args[0])}"
        out = self.register("c")
        a, b = map(self.count_of, x.args)
        return self.run(f"{UFUNCS[x.op]}({a}, {b}, {out})", out)

    def compared(self, x: Node) -> str:
        """A comparison, as a row of conditions."""
        out = self.register("b")
        if all(map(is_count, x.args)):
            a, b = map(self.count_of, x.args)
            return self.run(f"{UFUNCS[x.op]}({a}, {b}, {out})", out)
        wide = not all(fits(arg) for arg in x.args)
        a, b = (self.double(arg) if wide else self.operand(arg) for arg in x.args)
        return self.run(f"{UFUNCS[x.op]}({a}, {b}, {out})", out)

    def arithmetic(self, x: Node) -> str:
        """A sum, a difference or a product."""
        a, b = x.args
        wide = not all(map(fits, (x, a, b)))
        if is_huge(x):
            out = self.register("l")
            one, two = (self.long(arg) for arg in (a, b))
            return self.run(f"{UFUNCS[x.op]}({one}, {two}, {out})", out)
        out = self.register("f" if wide else "i")
        one, two = (self.double(arg) if wide else self.operand(arg) for arg in (a, b))
        self.run(f"{UFUNCS[x.op]}({one}, {two}, {out})", out)
        return self.settle_width(x, out, wide)

    def settle_width(self, x: Node, out: str, wide: bool) -> str:
        """A double that holds what fits 32 bits becomes a row of 32 bits."""
        if wide and fits(x):
            thin = self.register("i")
            return self.run(f"copyto({thin}, {out}, 'unsafe')", thin)
        return out

    def divided(self, x: Node) -> str:
        """A quotient, rounded down."""
        a, b = x.args
        if fits(a) and (not isinstance(b, Node) or b.same):
            out = self.register("i")
            if not isinstance(b, Node) and isinstance(a, Node) and a.low >= 0:
                # of two divisions without a sign the processor makes more at once
                self.run(f"floor_divide(u{self.operand(a)}, {self.constant(b, 'u')}, u{out})", out)
                return out
            return self.run(f"floor_divide({self.operand(a)}, {self.operand(b)}, {out})", out)
        if is_huge(a):
            out = self.register("l")
            self.run(f"floor_divide({self.long(a)}, {self.long(b)}, {out})", out)
            if is_huge(x):
                return out
            thin = self.register("i" if fits(x) else "f")
            return self.run(f"copyto({thin}, {out}, 'unsafe')", thin)
        out = self.register("f")
        if isinstance(b, int) and a.low >= 0 and a.high < SURELY:
            self.run(f"multiply({self.double(a)}, {self.constant((1 + 2**-50) / b, 'f')}, {out})", out)
        else:
            self.run(f"divide({self.double(a)}, {self.double(b)}, {out})", out)
        if x.low < 0 or not fits(x):
            self.run(f"floor({out}, {out})", out)
        return self.settle_width(x, out, True)

    def extreme(self, x: Node) -> str:
        """The smaller or the larger; clipping is the quickest way with a constant."""
        a, b = x.args
        wide = not all(map(fits, (x, a, b)))
        out = self.register("f" if wide else "i")
        if isinstance(b, Node):
            one, two = (self.double(arg) if wide else self.operand(arg) for arg in (a, b))
            self.run(f"{'minimum' if x.op == 'min' else 'maximum'}({one}, {two}, out={out})", out)
        else:
            kind = "f" if wide else "i"
            low, high = (NARROW[0], b) if x.op == "min" else (b, NARROW[1])
            if wide:
                low, high = (-EXACT, b) if x.op == "min" else (b, EXACT)
            one = self.double(a) if wide else self.operand(a)
            self.run(f"clip({one}, {self.constant(low, kind)}, {self.constant(high, kind)}, {out})", out)
        return self.settle_width(x, out, wide)

    def where(self, x: Node) -> str:
        """b + c * (a - b), without a branch."""
        c, a, b = x.args
        graph = self.w.graph
        if not all(map(fits, (x, a, b))) or (isinstance(c, Node) and c.same):
            out = self.register("f" if not fits(x) else "i")
            sides = [self.operand(side, "i" if fits(x) else "f") for side in (a, b)]
            return self.run(f"copyto({out}, where({self.operand(c)}, {sides[0]}, {sides[1]}))", out)
        gap = graph.sub(a, b)
        if not fits(gap):
            out = self.register("i")
            return self.run(f"copyto({out}, where({self.operand(c)}, {self.operand(a)}, {self.operand(b)}))", out)
        if isinstance(gap, Node):
            self.compute(gap)
        out = self.register("i")
        self.run(f"multiply({self.as_number(c)}, {self.operand(gap)}, {out})", out)
        if isinstance(b, Node) or b:
            self.run(f"add({out}, {self.operand(b)}, {out})", out)
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
        return self.run(self.looked_up(index, default, values, out), out)

    def looked_up(self, index: Node, default: int, values: dict[int, int], out: str) -> str:
        """What fills a row from a table of values by an index, -1 being read from the table's end."""
        table = np.full(max(index.high, *values) + 2, default, dtype=np.int32)
        for code, value in values.items():
            table[code] = value
        name = f"T{index.number}_{len(self.constants)}"
        self.constants[name] = table
        return f"take({name}, {self.operand(index)}, None, {out}, '{'wrap' if index.low < 0 else 'clip'}')"

    def draw(self, x: Node) -> str:
        """A draw of every run."""
        out = self.register("i")
        return self.run(f"dice.draw({luck.named(x.args[0])}, {out}, {x.args[1]})", out)

    def count(self, x: Node) -> str:
        """A count of every run."""
        name, rate = x.args
        out, between = self.register("i"), luck.named(f"{name}.between")
        return self.run(f"dice.count({luck.named(name)}, {between}, {self.operand(rate)}, {out})", out)
