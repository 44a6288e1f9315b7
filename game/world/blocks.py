"""Where an operation is needed: always, or only inside the blocks of lines that one condition guards.

The lines of a phase stand in nested blocks, one for each condition of their masks. The home of a node is the innermost
block that holds all its uses, so that nothing is computed for an option that was not chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field

from game.world.graph import Node
from game.world.symbols import Entry, Phase


@define(eq=False)
class Block:
    """Lines and inner blocks in their order, where a condition holds (None: always)."""

    cond: Node | None = None
    outer: Block | None = None
    items: list[Any] = field(factory=list)
    depth: int = 0
    homed: list[Node] = field(factory=list)

    def within(self) -> Iterator[Block]:
        """The block and all inside it."""
        yield self
        for item in self.items:
            if isinstance(item, Block):
                yield from item.within()


def conditions(mask: Any) -> list[Node]:
    """The conditions that must all hold, outermost first."""
    if not isinstance(mask, Node):
        return []
    if mask.op == "and" and mask.number not in mask.graph.coins:
        return [*conditions(mask.args[0]), *conditions(mask.args[1])]
    return [mask]


def in_blocks(root: Block, entries: Iterable[Entry]) -> Block:
    """The lines of a phase as blocks inside an outer one; the order of the lines is kept."""
    top = Block(None, root, depth=root.depth + 1)
    for entry in entries:
        at = top
        for cond in conditions(entry.where):
            last = at.items[-1] if at.items else None
            if not (isinstance(last, Block) and last.cond is cond):
                last = Block(cond, at, depth=at.depth + 1)
                at.items.append(last)
            at = last
        at.items.append(entry)
    return top


def common(a: Block | None, b: Block) -> Block:
    """The innermost block that holds both."""
    if a is None:
        return b
    while a is not b:
        if a.depth >= b.depth:
            assert a.outer is not None
            a = a.outer
        else:
            assert b.outer is not None
            b = b.outer
    return a


def nodes_of(x: Any) -> Iterator[Node]:
    """The node itself, or nothing for a whole number."""
    if isinstance(x, Node):
        yield x


@define(eq=False)
class Homes:
    """The home of every node that is needed, and how often it is used."""

    root: Block
    home: dict[int, Block] = field(factory=dict)
    uses: dict[int, int] = field(factory=dict)

    def use(self, x: Any, block: Block) -> None:
        """Note that a node is used in a block."""
        for node in nodes_of(x):
            self.home[node.number] = common(self.home.get(node.number), block)
            self.uses[node.number] = self.uses.get(node.number, 0) + 1

    def use_block(self, top: Block) -> None:
        """Note what the lines and the conditions of a phase use."""
        for block in top.within():
            for item in block.items:
                if isinstance(item, Block):
                    self.use(item.cond, block)
                else:
                    self.use(item.amount, block)

    def settle(self, nodes: list[Node]) -> None:
        """Carry every use on to the arguments, from the last node to the first; a total's terms are its lines'."""
        for node in reversed(nodes):
            home = self.home.get(node.number)
            if home is None:
                continue
            for arg in node.args[:1] if node.op == "total" else node.args:
                self.use(arg, home)
        for node in nodes:
            if node.number in self.home:
                self.home[node.number].homed.append(node)


def homes(phases: list[Phase], nodes: list[Node], ends: Iterable[Any]) -> tuple[Homes, list[Block]]:
    """The blocks of every phase and where every node belongs; `ends` is what must be known at the end."""
    root = Block()
    found, tops = Homes(root), []
    for phase in phases:
        top = in_blocks(root, phase.entries)
        root.items.append(top)
        tops.append(top)
        found.use_block(top)
        for node, _ in phase.returned:
            found.use(node, root)
        for _, after in (*phase.totals.values(), phase.derived):
            found.use(after, root)
    for end in ends:
        found.use(end, root)
    found.settle(nodes)
    return found, tops
