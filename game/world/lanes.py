"""What hangs on a condition, computed only for the runs where it holds.

The lines of an option, an event or an ask are few and most runs have none of them, so their amounts are computed on
short columns and then added to the rows at those runs' places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from game.world import luck
from game.world.blocks import conditions
from game.world.graph import Node, fits
from game.world.symbols import Entry, Phase, Symbols

if TYPE_CHECKING:
    from game.world.operations import Operations

CASES = 5
"""A number with more cases than this is sorted by."""
SURE = 3
"""So many conditions of a line, its first ones, are weighed for every run; the others for those where these hold."""
FEW = 2
"""A condition that guards so many lines is worth looking up the runs where it holds."""
LUCKY = frozenset({"not", "lt", "le", "and", "or"})
INFIX = {"add": "+", "sub": "-", "mul": "*", "lt": "<", "le": "<=", "eq": "==", "and": "&", "or": "|"}


def leading(mask: Any) -> tuple[Node, ...]:
    """The conditions by which runs are picked: one of many cases, or all that hang on no draw, or a draw."""
    parts = [part for part in conditions(mask) if not part.same]
    picked = [part for part in parts if is_case(part)]
    firm = [part for part in parts if not is_luck(part)]
    return tuple(picked[:1] or firm[:SURE] or parts[:1])


def is_case(x: Node) -> bool:
    """Is it one of many cases of a number?"""
    return x.op == "eq" and not isinstance(x.args[1], Node) and x.args[0].number in x.graph.busy


def is_by_cases(x: Node) -> bool:
    """Is it a value by many cases that is computed case by case?"""
    return x.op == "switch" and x.args[0].number in x.graph.busy and any(isinstance(arm, Node) for arm in x.args[3::2])


def leads(mask: Any, phase: Phase) -> bool:
    """Is a line with this mask computed only for the runs where it holds?"""
    if mask is True:
        return False
    if not leading(mask):
        return True
    if any(part.same or is_case(part) or is_luck(part) for part in conditions(mask)):
        return True
    return phase.guarded(mask) >= FEW


def is_luck(x: Any) -> bool:
    """Does it hang on a draw directly?"""
    if not isinstance(x, Node) or x.number in x.graph.coins:
        return False
    return x.op == "draw" or (x.op in LUCKY and any(is_luck(arg) for arg in x.args))


def mark_live(made: Operations, w: Symbols) -> None:
    """Mark what the ends need, and of that what every run needs on whole rows."""
    w.graph.find_busy(CASES)
    stack = [value for value in made.ends.values() if isinstance(value, Node)]
    while stack:
        x = stack.pop()
        if x.number not in made.live:
            made.live.add(x.number)
            stack += [arg for arg in x.args if isinstance(arg, Node)]
    w.graph.find_coins(made.live)
    phase_of = {id(total): phase for phase in w.phases for _, total in phase.totals.values()}
    inside = {n for phase in w.phases for n in range(phase.settled, phase.bounded)}
    stack = [x for x in w.graph.nodes if x.number in made.live and (x.op == "total" or x.number in inside)]
    stack += [value for value in made.ends.values() if isinstance(value, Node)]
    stack += [p.derived[1] for p in w.phases if isinstance(p.derived[1], Node) and p.derived[1].number in made.live]
    early: list[Node] = []
    for phase in w.phases:
        for entry in phase.entries:
            if entry.where is not True and leads(entry.where, phase) and is_moved(made, phase, entry):
                early += earlier([*conditions(entry.where), entry.amount], phase.began)
    stack += early
    stack += [x for x in w.graph.nodes if x.number in made.live and x.same]
    stack += much_read(made, w)
    seen: set[int] = set()
    lasting, firm = w.lasting(), {x.number for x in stack}
    while stack:
        x = stack.pop()
        if x.number in seen:
            continue
        seen.add(x.number)
        if x.number in lasting:
            made.lasting.append(x)
            continue
        made.dense.add(x.number)
        needed = needed_on_rows(x, phase_of.get(id(x)))
        if is_by_cases(x):
            needed += earlier(list(x.args[3::2]), 0 if not w.phases else _began(w, x.number))
        stack += needed
        if x.op == "total":
            made.late.update(arg.number for arg in needed if arg.is_bool and not arg.same)
        else:
            firm.update(arg.number for arg in needed)
    made.late -= firm | w.graph.coins


def much_read(made: Operations, w: Symbols) -> list[Node]:
    """The draws that so many operations read that they are made for every run at once."""
    reads: dict[int, int] = {}
    for x in w.graph.nodes:
        if x.number in made.live:
            for arg in x.args:
                if isinstance(arg, Node) and arg.op == "draw":
                    reads[arg.number] = reads.get(arg.number, 0) + 1
    return [w.graph.nodes[number] for number, count in reads.items() if count > FEW]


def _began(w: Symbols, number: int) -> int:
    return max((phase.began for phase in w.phases if phase.began <= number), default=0)


def is_moved(made: Operations, phase: Phase, entry: Entry) -> bool:
    """Is the variable that a line moves needed after its phase?"""
    total = phase.totals[entry.variable][1]
    return isinstance(total, Node) and total.number in made.live


def earlier(found: list[Any], began: int) -> list[Node]:
    """What these need from before their phase: their rows may have moved on, so it is computed in time."""
    stack, out, seen = [x for x in found if isinstance(x, Node)], [], set()
    while stack:
        x = stack.pop()
        if x.number in seen:
            continue
        seen.add(x.number)
        is_older = x.number < began and x.op not in ("in", "total", "part")
        if is_older or x.number in x.graph.coins:
            out.append(x)
        elif x.op not in ("total", "part"):
            stack += [arg for arg in x.args if isinstance(arg, Node)]
    return out


def needed_on_rows(x: Node, phase: Phase | None) -> list[Node]:
    """The arguments of an operation on whole rows that must be there as whole rows."""
    if x.op == "total":
        needed = [x.args[0]]
        for mask, amount in zip(x.args[1::2], x.args[2::2], strict=True):
            assert phase is not None
            if leads(mask, phase):
                needed += [part for part in conditions(mask) if part.same]
                needed += [part.args[0] if is_case(part) else part for part in leading(mask)]
            else:
                needed += [mask, amount]
    elif x.number in x.graph.coins:
        needed = [x.args[0]]
    elif is_by_cases(x):
        needed = [x.args[0], x.args[1]]
    else:
        needed = list(x.args)
    return [arg for arg in needed if isinstance(arg, Node)]


@define(eq=False)
class Some:
    """Some of the runs: the name of their places, and what has been computed for them."""

    places: str
    known: dict[int, str] = field(factory=dict)
    outer: Some | None = None
    picked: str = ""


@define(eq=False)
class Lanes:
    """The blocks of one phase as they are written."""

    made: Operations
    lines: list[str] = field(factory=list)
    last: list[str] = field(factory=list)
    moves: list[list[str]] = field(factory=list)

    def name(self, kind: str) -> str:
        """A new local name."""
        self.made.names += 1
        return f"{kind}{self.made.names}"

    # ---- the lines of a phase

    def found(self, phase: Phase) -> list[Entry]:
        """The lines of a phase that are for some of the runs and needed."""
        found = [e for e in phase.entries if e.where is not True and leads(e.where, phase)]
        return [entry for entry in found if is_moved(self.made, phase, entry)]

    def gather(self, entries: list[Entry]) -> dict[int, list[str]]:
        """Compute the amounts of every block; returns, by variable, the names that tell whether a block had runs."""
        groups: dict[Any, list[Entry]] = {}
        for entry in entries:
            shared = tuple(part for part in conditions(entry.where) if part.same)
            groups.setdefault((leading(entry.where), shared), []).append(entry)
        touched: dict[int, list[str]] = {}
        for (first, shared), entries in groups.items():
            had = self.block(first, shared, entries)
            for entry in entries:
                touched.setdefault(entry.variable, []).append(had)
        return touched

    def block(self, first: tuple[Node, ...], shared: tuple[Node, ...], entries: list[Entry]) -> str:
        """One block: pick its runs, compute its amounts; the rows are moved when all blocks have been computed."""
        had, places = self.name("h"), self.name("p")
        pick = self.picked(first)
        if shared:
            pick = f"{pick} if {' and '.join(self.made.operand(part) for part in shared)} else NONE"
        self.lines = [f"{places} = {pick}", f"{had} = {places}.size > 0", f"if {had}:"]
        self.last = [f"if {had}:"]
        self.entries(entries, {part.number for part in (*first, *shared)}, Some(places), 1)
        self.made.put([*self.lines, " pass"])
        self.moves.append([*self.last, " pass"])
        return had

    def scatter(self) -> None:
        """Move the rows by what was computed."""
        for lines in self.moves:
            self.made.put(lines)

    def picked(self, first: tuple[Node, ...]) -> str:
        """The places of the runs where these conditions hold."""
        if not first:
            return "dice.all()"
        if is_case(first[0]):
            index, code = first[0].args
            return self.those(index, code, len(self.made.w.graph.nodes))
        return f"flatnonzero({self.made.all_of(first)})"

    def sorted(self, index: Node) -> int:
        """The runs in order of an index's value; written once for an index."""
        number = index.number
        if number not in self.made.cases:
            self.made.cases[number] = ""
            codes = [x.args[1] for x in self.made.w.graph.nodes if is_case(x) and x.args[0] is index]
            switches = [x for x in self.made.w.graph.nodes if x.op == "switch" and x.args[0] is index]
            codes += [code for x in switches for code in x.args[2::2]]
            top = max(codes)
            kind = "uint8" if index.low > -2 and index.high < 255 else "uint16"
            self.made.put([f"o{number}, a{number} = cases({self.made.operand(index)}, {top}, {kind})"])
        return number

    def entries(self, entries: list[Entry], known: set[int], some: Some, indent: int) -> None:
        """The lines of a block, those with a further condition in a block of their own."""
        inner: dict[tuple[int, ...], tuple[list[Node], list[Entry]]] = {}
        for entry in entries:
            left = [part for part in conditions(entry.where) if part.number not in known]
            if left:
                stage = [part for part in left if not is_luck(part)] or left
                inner.setdefault(tuple(part.number for part in stage), (stage, []))[1].append(entry)
                continue
            self.last.append(" " * indent + self.added(entry, some, indent))
        for stage, within in inner.values():
            mask = " & ".join(self.value(cond, some, indent) for cond in stage)
            picked, places, had = self.name("j"), self.name("p"), self.name("h")
            self.say(indent, f"{picked} = flatnonzero({mask})")
            self.say(indent, f"{places} = {some.places}[{picked}]")
            self.say(indent, f"{had} = {places}.size > 0")
            self.say(indent, f"if {had}:")
            self.last.append(" " * indent + f"if {had}:")
            deeper = known | {cond.number for cond in stage}
            self.entries(within, deeper, Some(places, {}, some, picked), indent + 1)
            self.say(indent + 1, "pass")
            self.last.append(" " * (indent + 1) + "pass")

    def added(self, entry: Entry, some: Some, indent: int) -> str:
        """A line as it is added to its row; `add_at` is quick for rows and numpy constants only."""
        row, places = f"s{entry.variable}", some.places
        if not isinstance(entry.amount, Node):
            return f"add_at({row}, {places}, {self.made.constant(entry.amount)})"
        amount = self.value(entry.amount, some, indent)
        return f"{row}[{places}] += {amount}" if entry.amount.same else f"add_at({row}, {places}, {amount})"

    def say(self, indent: int, text: str) -> None:
        """One line of source."""
        self.lines.append(" " * indent + text)

    # ---- values for some of the runs

    def value(self, x: Any, some: Some, indent: int) -> str:
        """The name of a value for some of the runs, or a number."""
        if not isinstance(x, Node):
            return str(x)
        if x.same:
            return self.made.operand(x)
        if x.number not in some.known:
            text = self.text(x, some, indent)
            some.known[x.number] = self.name("x")
            self.say(indent, f"{some.known[x.number]} = {text}")
        return some.known[x.number]

    def text(self, x: Node, some: Some, indent: int) -> str:
        """The expression of one operation for some of the runs."""
        outer = some.outer
        while outer is not None and some.picked:
            if x.number in outer.known and outer is some.outer:
                return f"{outer.known[x.number]}[{some.picked}]"
            outer = outer.outer
        if x.number in self.made.held or x.number in self.made.dense or x.op == "in":
            return f"{self.made.operand(x)}[{some.places}]"
        if x.op == "draw":
            return f"dice.some({luck.named(x.args[0])}, {some.places}, {x.args[1]})"
        if x.op == "count":
            rate, between = self.value(x.args[1], some, indent), luck.named(f"{x.args[0]}.between")
            return f"dice.some_count({luck.named(x.args[0])}, {between}, {rate}, {some.places})"
        a = [self.value(arg, some, indent) for arg in x.args]
        if x.op == "div":
            return self.divided(x, a)
        if x.op in INFIX:
            return self.infix(x, a)
        return self.other(x, a)

    def infix(self, x: Node, a: list[str]) -> str:
        """Operations between two values; products that leave 32 bits are taken in 64."""
        if not x.is_bool and not fits(x):
            wide = [isinstance(arg, Node) and not arg.same for arg in x.args]
            a = [f"{text}.astype(int64)" if is_row else text for is_row, text in zip(wide, a, strict=True)]
        return f"{a[0]} {INFIX[x.op]} {a[1]}"

    def divided(self, x: Node, a: list[str]) -> str:
        """A quotient, rounded down, in 32 bits again where it fits."""
        text = f"{a[0]} // {a[1]}"
        return f"({text}).astype(int32)" if not fits(x.args[0]) and fits(x) else text

    def other(self, x: Node, a: list[str]) -> str:
        """Operations that are calls."""
        if x.op == "not":
            return f"~{a[0]}"
        if x.op == "int":
            return f"{a[0]}.astype(int32)"
        if x.op in ("min", "max"):
            return f"{'minimum' if x.op == 'min' else 'maximum'}({a[0]}, {a[1]})"
        if x.op == "where":
            return f"where({a[0]}, {_typed(x.args[1], a[1])}, {_typed(x.args[2], a[2])})"
        if x.op == "switch":
            text = _typed(x.args[1], a[1])
            for code, arg, value in zip(a[2::2], x.args[3::2], a[3::2], strict=True):
                text = f"where({a[0]} == {code}, {_typed(arg, value)}, {text})"
            return text
        raise ValueError(f"no source for {x.op}")

    # ---- a value by cases

    def switch(self, x: Node, out: str) -> str:
        """A value for each case of an index, computed for the runs of that case only."""
        index, default, *flat = x.args
        arms = dict(zip(flat[::2], flat[1::2], strict=True))
        fixed = {code: arm for code, arm in arms.items() if not isinstance(arm, Node)}
        moving = {code: arm for code, arm in arms.items() if isinstance(arm, Node)}
        if fixed and not isinstance(default, Node):
            lines = [self.made.looked_up(index, default, fixed, out)]
        else:
            moving, start = arms, self.made.operand(default) if isinstance(default, Node) else str(default)
            lines = [f"copyto({out}, {start})"]
        for code, arm in moving.items():
            places = self.name("p")
            self.lines = [f"{places} = {self.those(index, code, len(moving))}", f"if {places}.size:"]
            value = self.value(arm, Some(places), 1)
            self.say(1, f"{out}[{places}] = {value}")
            lines += self.lines
        self.made.put(lines, out)
        return out

    def those(self, index: Node, code: int, among: int) -> str:
        """The places where an index has a value; runs are sorted for that where many values are asked for."""
        if among <= CASES and index.number not in self.made.cases:
            return f"flatnonzero({self.made.operand(index)} == {code})"
        order = self.sorted(index)
        return f"o{order}[a{order}[{code}]:a{order}[{code + 1}]]"


def _typed(x: Any, text: str) -> str:
    return text if isinstance(x, Node) and not x.same else f"int32({text})"
