"""The arity of symbols: run the rules once and keep the operations, so that they can be compiled to straight-line code.

A world of symbols has the words of every world, so the rules that make the graph are the rules that are played. What
is the same for every run of a turn (its number, its span, its month) stays open as a "turned" node: one graph serves
all turns of a setting.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field

from game.world.counts import columns
from game.world.graph import PURE, Graph, Node, fits, span
from game.world.state import SHARE_STEP, WHOLE, Setting, World, autonomy
from game.world.variables import FACTIONS, HOLDERS, UNIT

CODES = 16
"""A choice as one number: the card's number times this, plus the option's."""


@define(eq=False)
class Entry:
    """One line as it would be written: so much onto a variable where a condition holds, under a cause."""

    variable: int
    amount: Any
    where: Any
    cause: str


@define(eq=False)
class Phase:
    """What one phase writes, in order, and what settling it does.

    `totals` is each variable moved with its values before and after; `returned` the control given back for want of
    it (a node and its variables), `limits` the kept value of each variable that could leave its range, `derived` the
    militias' own will before and after. The last four are numbers of nodes: the first of the phase, of its settling,
    of what is derived, and of the next phase.
    """

    entries: list[Entry]
    totals: dict[int, tuple[Any, Any]] = field(factory=dict)
    returned: list[tuple[Node, tuple[int, ...]]] = field(factory=list)
    limits: dict[int, Any] = field(factory=dict)
    derived: tuple[Any, Any] = (0, 0)
    guards: dict[int, int] = field(factory=dict)
    began: int = 0
    settled: int = 0
    bounded: int = 0
    ended: int = 0

    def guarded(self, mask: Any) -> int:
        """How many lines this condition guards."""
        if not self.guards:
            for entry in self.entries:
                self.guards[id(entry.where)] = self.guards.get(id(entry.where), 0) + 1
        return self.guards.get(id(mask), 0)


class SymbolOrders:
    """Orders as symbols: every option may be chosen and every initiative begun or stopped."""

    def __init__(self, w: Symbols, choice: Any = None, begun: dict[int, Any] | None = None) -> None:
        self.w, self.choice, self.taken = w, choice, begun

    def chosen(self) -> Iterator[tuple[int, int, Any]]:
        """Every option of every card, where the choice is that one."""
        cards = self.w.scenario.dilemmas
        choice = self.choice
        if choice is None:
            choice = self.w.graph.node("choice", (), 0, CODES * len(cards))
        for i, card in enumerate(cards):
            for j in range(len(card.options)):
                yield i, j, choice == i * CODES + j

    def begun(self) -> Iterator[tuple[int, Any]]:
        """Every initiative, where it is begun."""
        if self.taken is not None:
            yield from self.taken.items()
            return
        for i in range(len(self.w.scenario.initiatives)):
            yield i, self.w.graph.node("begin", (i,), 0, 1, True)

    def stopped(self) -> Iterator[tuple[int, Any]]:
        """Every initiative, where it is stopped; a policy stops none."""
        for i in range(len(self.w.scenario.initiatives) if self.taken is None else 0):
            yield i, self.w.graph.node("stop", (i,), 0, 1, True)

    def posture(self, seat: str) -> int:
        """Every seat decides for itself."""
        return -1

    def injected(self, event: str) -> bool:
        """Nothing is thrown in."""
        return False


@define(eq=False)
class Symbols(World):
    """A world whose values are nodes; `phases` keeps what each phase writes."""

    setting: Setting
    graph: Graph
    values: list[Any]
    turn: Any = 0
    before: Any = None
    cause: str = ""
    orders: Any = None
    overlay: bool = False
    written: list[Entry] = field(factory=list)
    phases: list[Phase] = field(factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.values[self.setting.layout.index[name]]

    # ---- what a turn is

    def _turned(self, kind: str, name: str, values: list[int]) -> Any:
        """One of these values, as the turn has it; the value itself where all turns have the same."""
        if min(values) == max(values):
            return values[0]
        return self.graph.node("turned", (kind, name), min(values), max(values))

    @property
    def hours(self) -> Any:
        """The span of this turn in hours."""
        return self._turned("hours", "", list(self.setting.spans))

    def monthly(self, name: str) -> Any:
        """The number of this turn's month."""
        scenario, turns = self.setting.scenario, range(1, len(self.setting.spans) + 1)
        return self._turned("monthly", name, [self.n(f"{name}.month_{scenario.when(t).month}") for t in turns])

    def over_days(self, rate: str) -> Any:
        """The share of a gap that closes over this turn's span."""
        shares = [self.setting.over(hours, rate) // SHARE_STEP for hours in self.setting.spans]
        return self._turned("over", rate, shares) * SHARE_STEP

    # ---- words of arithmetic: see One

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
        for a, b in ((x, y), (y, x)):
            if isinstance(a, Node) and a.op == "mul" and isinstance(a.args[1], int) and a.args[1] == SHARE_STEP:
                return self.graph.div(self.graph.mul(b, a.args[0]), by // SHARE_STEP)
        return self.graph.div(self.graph.mul(x, y), by)

    def weighted(self, base: Any, *terms: tuple[Any, Any]) -> Any:
        """A base plus the sum of x multiplied by its n, all in thousandths."""
        total = self.graph.mul(base, UNIT)
        for x, n in terms:
            total = self.graph.add(total, self.graph.mul(x, n))
        return self.graph.div(total, UNIT)

    def ratio(self, x: Any, to: Any) -> Any:
        """x as thousandths of a per cent of another; 0 where there is nothing to compare with."""
        quotient = self.graph.div(self.graph.mul(x, WHOLE), self.most(1, to))
        return self.where(to > 0, quotient, 0)

    def draw(self, name: str) -> Any:
        """The draw of this name; what is decided before the turn has begun draws by the turn before."""
        early = self.before is not None and self.turn is self.before
        return self.graph.node("draw", (name, int(early)), 0, 999_999)

    def chance(self, name: str, percent: Any) -> Any:
        """Does something of this many thousandths of a per cent happen?"""
        return self.draw(name) < percent * 10

    def count(self, name: str, rate: Any) -> Any:
        """A count, in thousandths."""
        if span(rate)[1] <= 0:
            return 0
        return self.graph.node("count", (name, rate), 0, int(columns().max()) * UNIT)

    # ---- lines

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
            self.written.append(Entry(i, self.graph.as_int(amount), where, self.cause))

    def settle(self) -> None:
        """Note the phase's lines, what gave too much, the limits, and what is derived."""
        nodes = self.graph.nodes
        phase = Phase(self.written, began=self.phases[-1].ended if self.phases else 0, settled=len(nodes))
        self.written = []
        self.phases.append(phase)
        terms: dict[int, list[tuple[Any, Any]]] = {}
        for entry in phase.entries:
            terms.setdefault(entry.variable, []).append((entry.where, entry.amount))
        for i in sorted(terms):
            old = self.values[i]
            self.values[i] = self.graph.total(old, terms[i])
            phase.totals[i] = (old, self.values[i])
        for faction in FACTIONS:
            self._return(phase, tuple(self.setting.layout.index[f"{faction}_{holder}"] for holder in HOLDERS))
        for i in phase.totals:
            variable = self.setting.layout.variables[i]
            kept = self.least(self.most(self.values[i], variable.low), variable.high)
            if variable.unit != "slot" and kept is not self.values[i]:
                phase.limits[i] = self.values[i] = kept
        phase.bounded = len(nodes)
        index = self.setting.layout.index["militia_autonomy"]
        before, self.values[index] = self.values[index], at_most(autonomy(self), WHOLE)
        phase.derived = before, self.values[index]
        phase.ended = len(nodes)

    def lasting(self) -> set[int]:
        """The numbers of 32 bits that are computed from variables which no phase moves: they last for a game."""
        moved = {self.setting.layout.index["militia_autonomy"]}
        moved.update(i for phase in self.phases for i in phase.totals)
        moved.update(i for phase in self.phases for _, shares in phase.returned for i in shares)
        found: set[int] = set()
        for x in self.graph.nodes:
            given = x.op == "in" and x.args[0] not in moved
            if given or (x.op in PURE and not x.same and all(a.number in found for a in x.args if isinstance(a, Node))):
                found.add(x.number)
        nodes = self.graph.nodes
        return {k for k in found if nodes[k].op != "in" and not nodes[k].is_bool and fits(nodes[k])}

    def _return(self, phase: Phase, shares: tuple[int, ...]) -> None:
        """One node for the control that a faction's takers give back; its three shares lie in range afterwards."""
        if not any(i in phase.totals for i in shares):
            return
        after = [self.values[i] for i in shares]
        before = [phase.totals[i][0] if i in phase.totals else self.values[i] for i in shares]
        node = self.graph.node("returned", (*after, *before), 0, 1)
        phase.returned.append((node, shares))
        for k, i in enumerate(shares):
            self.values[i] = self.graph.node("part", (node, k), 0, WHOLE)


def at_most(x: Any, most: int) -> Any:
    """The same number, known not to pass a bound that its range does not show; so are the sides it may take."""
    if isinstance(x, Node):
        x.high = min(x.high, most)
        for arg in x.args[1:] if x.op in ("where", "mul") else ():
            at_most(arg, most)
    return x


def start_symbols(setting: Setting, turn: bool = True, branchless: bool = False) -> Symbols:
    """A world of symbols anywhere in its ranges, before a turn; its number is the same for every run."""
    graph = Graph(branchless=branchless)
    values = [graph.node("in", (i,), v.low, v.high) for i, v in enumerate(setting.layout)]
    w = Symbols(setting, graph, values)
    if turn:
        w.turn = w.before = w._turned("turn", "", [0, len(setting.spans)])
        w.values[setting.layout.index["turn"]] = w.turn * UNIT
    return w
