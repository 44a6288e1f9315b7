"""Do conditions and effects name what exists, and can they hold, move and matter?"""

from __future__ import annotations

from collections.abc import Iterable

from game.scenario.checks_draft import Draft, Part
from game.scenario.checks_tables import COUNTED, REFERENCES, SHARES, SIMPLE_ONLY, VARIABLES, key
from game.scenario.conditions import MemoryCondition, VariableCondition
from game.scenario.effects import (
    ChanceEffect,
    Effect,
    ForgetEffect,
    LaterEffect,
    RememberEffect,
    ShiftEffect,
    VariableEffect,
)
from game.scenario.model import StartNote
from game.scenario.words import SIMPLE
from game.world.problems import nearest
from game.world.variables import thousandths


def variables_exist(draft: Draft) -> None:
    """Conditions, effects, the lesson and the notes on the start name variables; `turn` can be asked too."""
    known = set(draft.names)
    for kind, field in VARIABLES:
        for part in draft.of(kind):
            name = getattr(part.value, field)
            if name not in known and not (name == "turn" and kind in (VariableCondition, VariableEffect)):
                part.unknown(field, "variable", name, draft.names, "baghdad variables")
    for part in draft.of(StartNote):
        for i, name in enumerate(part.value.variables):
            if name not in known:
                part.unknown(f"variables[{i}]", "variable", name, draft.names, "baghdad variables")


def conditions_can_hold_and_fail(draft: Draft) -> None:
    """A bound lies inside the variable's range, or the condition always or never holds."""
    for part in draft.of(VariableCondition):
        asked, span = part.value, draft.span(part.value.variable)
        if asked.at_least is None and asked.at_most is None:
            part.problem("", "this condition sets no bound", "at_least, at_most or both", "at_least = …")
        elif span is not None:
            _bound(part, "at_least", asked.at_least, *span)
            _bound(part, "at_most", asked.at_most, *span)
        if asked.at_least is not None and asked.at_most is not None and asked.at_least > asked.at_most:
            what = f"at_least {asked.at_least:g} and at_most {asked.at_most:g} never hold together"
            part.problem("", what, "at_least no higher than at_most")


def _bound(part: Part, field: str, bound: float | None, low: float, high: float) -> None:
    if bound is None:
        return
    is_floor, name = field == "at_least", part.value.variable
    if (bound > high) if is_floor else (bound < low):
        often = "never"
    elif (bound <= low) if is_floor else (bound >= high):
        often = "always"
    else:
        return
    allowed = f"above {low:g}, up to {high:g}" if is_floor else f"{low:g} or more, below {high:g}"
    part.problem(field, f"this says {bound:g}: {name} goes from {low:g} to {high:g}, so it {often} holds", allowed)


def effects_move_something(draft: Draft) -> None:
    """An effect has a size, and none that outruns its variable's range."""
    for part in draft.of(VariableEffect):
        span = draft.span(part.value.variable)
        if thousandths(part.value.by) == 0:
            part.problem(
                "by", f"this says {part.value.by:g}: it moves nothing", "any size but 0", "leave the effect out"
            )
        elif span is not None and abs(part.value.by) > span[1] - span[0]:
            most = span[1] - span[0]
            what = f"this says {part.value.by:g}: {part.value.variable} goes from {span[0]:g} to {span[1]:g}"
            part.problem("by", what, f"at most {most:g} either way")


def effects_leave_counts_alone(draft: Draft) -> None:
    """What the rules count or derive is not moved by hand; control changes hands by a shift."""
    owner = {share: faction for faction, shares in SHARES.items() for share in shares}
    for part in draft.of(VariableEffect):
        name = part.value.variable
        if name in COUNTED:
            part.problem(
                "variable",
                f"the rules count or derive {name}; no effect may move it",
                "variables that the rules do not count",
            )
        elif name in owner:
            fix = f'{{ shift = "{owner[name]}", from = …, to = …, by = {abs(part.value.by):g} }}'
            part.problem("variable", f"{name} is a share of control, and the three sum to 100", "a shift", fix)


def shifts_are_possible(draft: Draft) -> None:
    """Control goes from one holder to another, some of it and not more than all."""
    for part in draft.of(ShiftEffect):
        if part.value.from_ == part.value.to:
            part.problem("to", f'from and to both say "{part.value.to}"', "two different holders")
        if not 0 < part.value.by <= 100:
            part.problem("by", f"this says {part.value.by:g}", "above 0, up to 100")


def references_exist(draft: Draft) -> None:
    """Asks, promises, messages, events and initiatives that a word names are declared."""
    for (kind, field), list_name in REFERENCES.items():
        known = draft.source.known(list_name)
        for part in draft.of(kind):
            if getattr(part.value, field) not in known:
                part.unknown(field, list_name.removesuffix("s"), getattr(part.value, field), known, "baghdad check")


def memories_are_set_and_read(draft: Draft) -> None:
    """What is asked for or forgotten is remembered somewhere; what is remembered is asked for somewhere."""
    given, asked = draft.written("remember"), draft.written("memory")
    for part, field in _pairs(draft, (MemoryCondition, "memory"), (ForgetEffect, "forget")):
        name = getattr(part.value, field)
        if name not in given:
            fix = nearest(name, sorted(given))
            part.problem(
                field, f'nothing ever remembers "{name}"', f'a memory that some effect sets: remember = "{name}"', fix
            )
    told: set[str] = set()
    for part in draft.of(RememberEffect):
        name = part.value.remember
        if name not in asked | told:
            fix = nearest(name, sorted(asked))
            part.problem(
                "remember",
                f'nothing ever asks for "{name}"',
                f'a memory that some condition reads: memory = "{name}"',
                fix,
            )
        told.add(name)


def _pairs(draft: Draft, *rows: tuple[type, str]) -> Iterable[tuple[Part, str]]:
    return ((part, field) for kind, field in rows for part in draft.of(kind))


def only_simple_words_wait(draft: Draft) -> None:
    """What is post-dated, left to chance or belongs to an initiative, an ask or a promise uses the simple words."""
    for kind, fields in SIMPLE_ONLY.items():
        for part in draft.of(kind):
            for field in fields:
                _simple(part, field, getattr(part.value, field))


def _simple(part: Part, field: str, effects: Iterable[Effect]) -> None:
    for i, effect in enumerate(effects):
        if effect.word not in SIMPLE:
            part.problem(f"{key(field)}[{i}]", f'the effect "{effect.word}" cannot stand here', ", ".join(SIMPLE))


def a_later_means_one_thing(draft: Draft) -> None:
    """A post-dated name means the same wherever it is started."""
    first: dict[str, Part] = {}
    for part in draft.of(LaterEffect):
        other = first.setdefault(part.value.later, part)
        if other.value != part.value:
            what = f'"{part.value.later}" is declared otherwise at {_place(other)}'
            part.problem("later", what, "the same content under one name, or another name")


def a_chance_is_one_draw(draft: Draft) -> None:
    """Luck is drawn by name, so no two chances share one."""
    first: dict[str, Part] = {}
    for part in draft.of(ChanceEffect):
        other = first.setdefault(part.value.name, part)
        if other is not part:
            part.problem("name", f'the name "{part.value.name}" is taken at {_place(other)}', "a name of its own")


def _place(part: Part) -> str:
    return part.file.where(part.path).replace("  ", " ")


CHECKS = (
    variables_exist,
    conditions_can_hold_and_fail,
    effects_move_something,
    effects_leave_counts_alone,
    shifts_are_possible,
    references_exist,
    memories_are_set_and_read,
    only_simple_words_wait,
    a_later_means_one_thing,
    a_chance_is_one_draw,
)
