"""A rule is arithmetic over a world: the syntax tree of every rule is read, and whatever is not that is refused."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import game

ROOT = Path(game.__file__).parent
FILES = sorted((ROOT / "rules").glob("*.py"))
LOGIC = {"where", "both", "either", "neither", "holds"}
WORDS = LOGIC | {"least", "most", "share", "times", "weighted", "ratio", "draw", "chance", "count", "daily"}
PLAIN = {"n", "monthly", "over_days", "hours", "month", "turn", "setting", "scenario", "orders", "cause"}
"""What a world tells that is a plain number or name, the same in every run."""
LINES = {"line", "shift"}
OPERATIONS = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv)
SERVANTS = {"sum", "zip", "enumerate", "tuple", "range", "sorted", "dict"}
"""Builtins that may hold values without looking at them; `sum` only adds."""
VALUE = {"Number", "Mask"}
STATEMENTS: dict[type[ast.AST], str] = {
    ast.If: "if", ast.While: "while", ast.IfExp: "a ternary", ast.BoolOp: "and / or", ast.Not: "not", ast.Try: "try",
    ast.Assert: "assert", ast.With: "with", ast.Match: "match", ast.Lambda: "lambda", ast.Global: "global",
    ast.Raise: "raise", ast.Yield: "yield", ast.NamedExpr: ":=", ast.Delete: "del", ast.Await: "await",
}  # fmt: skip


def is_world(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "w"


def word(node: ast.AST) -> str:
    """The world's word that is called here, or ''."""
    calls = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_world(node.func.value)
    return node.func.attr if calls else ""  # type: ignore[attr-defined]


class Reader:
    """Reads one function that takes a world and gathers what is no arithmetic over it."""

    def __init__(self, function: ast.FunctionDef) -> None:
        self.function = function
        arguments = (*function.args.args, *function.args.kwonlyargs, function.args.vararg, function.args.kwarg)
        named = [a for a in arguments if a is not None and isinstance(a.annotation, ast.Name)]
        self.values = {a.arg for a in named if isinstance(a.annotation, ast.Name) and a.annotation.id in VALUE}
        self.allowed: set[ast.AST] = set()

    def is_value(self, node: ast.AST | None) -> bool:
        """Could this differ from run to run?"""
        for part in ast.walk(node) if node is not None else ():
            if isinstance(part, ast.Subscript) and is_world(part.value):
                return True
            if isinstance(part, ast.Name) and part.id in self.values:
                return True
            if isinstance(part, ast.Call) and (word(part) in WORDS or (part.args and is_world(part.args[0]))):
                return True
        return False

    def problems(self) -> Iterator[str]:
        self._name_values()
        for node in ast.walk(self.function):
            for at in self._allowed_by(node):
                self.allowed.add(at)
        for node in ast.walk(self.function):
            yield from (f"line {getattr(node, 'lineno', 0)}: {found}" for found in self._wrong(node))

    def _name_values(self) -> None:
        """Follow values into the names that are given to them, until no more are found."""
        before = -1
        while before < len(self.values):
            before = len(self.values)
            for node in ast.walk(self.function):
                targets: list[ast.expr] = []
                if isinstance(node, ast.Assign):
                    targets = [target for target, value in _pairs(node) if self.is_value(value)]
                elif isinstance(node, ast.For | ast.comprehension):
                    targets = [node.target] if self.is_value(node.iter) else []
                elif isinstance(node, ast.AugAssign | ast.AnnAssign):
                    targets = [node.target] if self.is_value(node.value) else []
                names = [part for target in targets for part in ast.walk(target)]
                self.values |= {part.id for part in names if isinstance(part, ast.Name)}

    def _allowed_by(self, node: ast.AST) -> Iterator[ast.AST]:
        """The places where a comparison may stand: inside a logic word, or as the `where` of a line."""
        if not isinstance(node, ast.Call):
            return
        if word(node) in LOGIC:
            yield from node.args[:1] if word(node) == "where" else node.args
            for arg in node.args:
                if isinstance(arg, ast.Starred) and isinstance(arg.value, ast.GeneratorExp):
                    yield arg.value.elt
        if word(node) in LINES:
            yield from node.args[2 if word(node) == "line" else 4 :]
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "where")

    def _wrong(self, node: ast.AST) -> Iterator[str]:
        kind = node.op if isinstance(node, ast.UnaryOp) else node
        if type(kind) in STATEMENTS:
            yield f"{STATEMENTS[type(kind)]} decides in Python what the world must decide"
        if isinstance(node, ast.comprehension) and any(self.is_value(test) for test in node.ifs):
            yield "a comprehension that filters by a value"
        if isinstance(node, ast.Compare) and node not in self.allowed and self.is_value(node):
            yield "a comparison outside the world's logic words"
        if isinstance(node, ast.Compare) and len(node.ops) > 1 and self.is_value(node):
            yield "a chain of comparisons, which Python joins by and"
        if isinstance(node, ast.BinOp | ast.AugAssign) and self.is_value(node):
            yield from self._wrong_operation(node)
        if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not) and self.is_value(node.operand):
            yield "a sign before a value: write 0 - x"
        if isinstance(node, ast.Call):
            yield from self._wrong_call(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield "a number with a point: everything is held in whole thousandths"
        if isinstance(node, ast.Name) and node.id in ("np", "numpy", "random", "time", "datetime"):
            yield f"{node.id} has no place in a rule"
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield "an import inside a rule"
        stores = isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load)
        if stores and not (isinstance(node, ast.Attribute) and is_world(node.value) and node.attr == "cause"):
            yield "it writes to the world: only lines may"
        if isinstance(node, ast.Attribute) and is_world(node.value) and node.attr not in WORDS | LINES | PLAIN:
            yield f"w.{node.attr} is no word for rules"

    def _wrong_operation(self, node: ast.BinOp | ast.AugAssign) -> Iterator[str]:
        left, right = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
        if not isinstance(node.op, OPERATIONS):
            yield f"{type(node.op).__name__} is none of + - * //"
        if isinstance(node.op, ast.Mult) and self.is_value(left) and self.is_value(right):
            yield "a product of two values: share, times and ratio widen it"
        if isinstance(node.op, ast.FloorDiv) and not self._is_positive(right):
            yield "a divisor that is no positive constant and no most(1, …)"

    @staticmethod
    def _is_positive(node: ast.expr) -> bool:
        if isinstance(node, ast.Constant):
            return type(node.value) is int and node.value > 0
        if isinstance(node, ast.Name):
            return node.id in ("UNIT", "WHOLE")
        if isinstance(node, ast.Attribute):
            return is_world(node.value) and node.attr == "hours"
        is_most = word(node) == "most" or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "max"
        )
        parts = node.args if isinstance(node, ast.Call) else []
        return is_most and any(isinstance(p, ast.Constant) and type(p.value) is int and p.value > 0 for p in parts)

    def _wrong_call(self, node: ast.Call) -> Iterator[str]:
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        called = node.func.id if isinstance(node.func, ast.Name) and any(self.is_value(part) for part in given) else ""
        if called in BUILTINS - SERVANTS:
            yield f"{called} looks into a value"
        if called == "range":
            yield "a loop as long as a value"


BUILTINS = set(dir(__builtins__)) | {"min", "max", "abs", "int", "bool", "round", "any", "all", "len", "divmod", "pow"}


def _pairs(node: ast.Assign) -> list[tuple[ast.expr, ast.expr]]:
    """Each target of an assignment with what it is given; two tuples are taken part by part."""
    first, value = node.targets[0], node.value
    if isinstance(first, ast.Tuple) and isinstance(value, ast.Tuple) and len(first.elts) == len(value.elts):
        return list(zip(first.elts, value.elts, strict=True))
    return [(target, value) for target in node.targets]


def problems(text: str) -> list[str]:
    """What in this module's functions over a world is no arithmetic over it."""
    found: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "w":
            found += [f"{node.name}, {problem}" for problem in Reader(node).problems()]
    for node in ast.parse(text).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [
            f"it imports {name}" for name in names if name.split(".")[0] in ("numpy", "random", "time", "datetime")
        ]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_is_arithmetic_over_a_world(path: Path) -> None:
    assert problems(path.read_text(encoding="utf-8")) == []


def test_every_registered_rule_is_read_here() -> None:
    read = {
        f"{path.stem}.{node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and [argument.arg for argument in node.args.args][:1] == ["w"]
    }
    from game.rules import PHASES

    ran = {f"{rule.run.__module__.rpartition('.')[2]}.{rule.run.__name__}" for _, rules in PHASES for rule in rules}
    assert ran <= read


PLANTED = {
    "if": 'if w["dinar"] > 3:\n        w.line("dinar", 1)',
    "while": 'while w["dinar"] > 3:\n        pass',
    "a ternary": 'w.line("dinar", 1 if w["unrest"] > 3 else 2)',
    "and / or": 'w.line("dinar", 1, w["unrest"] > 3 and w["dinar"] > 3)',
    "not": 'w.line("dinar", 1, not w["unrest"] > 3)',
    "a comparison outside": 'x = w["dinar"] > 3\n    w.line("dinar", x)',
    "a comparison outside ": 'w.line("dinar", (w["dinar"] > 3) + (w["unrest"] > 3))',
    "a comparison outside  ": 'w.line("dinar", w.where(w["dinar"] > 3, w["unrest"] > 3, 0))',
    "a chain of comparisons": 'w.line("dinar", 1, 3 < w["dinar"] < 5)',
    "a comprehension that filters": 'w.line("dinar", sum(x for x in (w["dinar"], w["unrest"]) if x > 3))',
    "a product of two values": 'x = w["dinar"]\n    w.line("dinar", x * w["unrest"] // 1_000)',
    "a divisor": 'w.line("dinar", 5_000 // w["unrest"])',
    "a divisor ": 'w.line("dinar", w["unrest"] // 0)',
    "a divisor  ": 'w.line("dinar", w["unrest"] // w.n("a.b"))',
    "Div": 'w.line("dinar", w["unrest"] / 2)',
    "Mod": 'w.line("dinar", w["unrest"] % 2)',
    "Pow": 'w.line("dinar", w["unrest"] ** 2)',
    "a sign": 'w.line("dinar", -w["unrest"])',
    "min looks": 'w.line("dinar", min(w["unrest"], 5))',
    "max looks": 'x = above(w, 3, 4)\n    w.line("dinar", max(x, 5))',
    "abs looks": 'y = z = w["unrest"]\n    w.line("dinar", abs(z))',
    "int looks": 'for x in (w["a"], w["b"]):\n        w.line("dinar", int(x))',
    "a loop as long": 'for i in range(w["unrest"]):\n        w.line("dinar", 1)',
    "a number with a point": 'w.line("dinar", w["unrest"] * 0.5 // 1)',
    "np has no place": 'w.line("dinar", np.minimum(w["unrest"], 5))',
    "it writes to the world": 'w["dinar"] = 5',
    "it writes to the world ": "w.turn = 5",
    "w.values is no word": 'w.line("dinar", w.values[3])',
    "w.settle is no word": "w.settle()",
    "an import": "import numpy",
}


@pytest.mark.parametrize("found", PLANTED)
def test_a_planted_violation_is_found(found: str) -> None:
    said = problems(f"def planted(w):\n    {PLANTED[found]}\n")
    assert any(found.strip() in problem for problem in said), said


ALLOWED = [
    'w.line("dinar", 0 - w.times(w["unrest"], w.n("a.b")), w.both(w["dinar"] > 3, w["unrest"] <= 5))',
    'for name in ("a", "b"):\n        w.line(name, w["x"] // 24 * 3 + w["y"] // w.hours)',
    'own = tuple(ask for ask in w.scenario.asks if ask.by == "home")\n    w.line("a", len(own), w.holds(w["b"] == 1))',
    'w.line("a", w.where(w["b"] >= 3, w["c"] // w.most(1, w["d"]), 0), where=w["e"] > 3)',
    'low, high = w["a"], 5\n    w.line("b", max(high, 3))',
]


@pytest.mark.parametrize("body", ALLOWED)
def test_what_a_rule_may_say_passes(body: str) -> None:
    assert problems(f"def fine(w):\n    {body}\n") == []
