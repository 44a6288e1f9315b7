"""A scenario laid out for checking: every part of it with its file and its dotted path, found by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from re import MULTILINE, findall
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import attrs

from game.scenario import library
from game.scenario.checks_tables import key
from game.scenario.library import Source
from game.scenario.loader import File
from game.scenario.model import Scenario
from game.world.problems import nearest
from game.world.variables import UNIT, Variable

KINDS = ("dilemmas", "initiatives", "asks", "promises", "messages", "events", "endings")


class Part(NamedTuple):
    """A value of the scenario and where it is written."""

    file: File
    path: str
    value: Any

    def at(self, field: str = "") -> str:
        """The dotted path of one of its keys."""
        return ".".join(step for step in (self.path, key(field)) if step)

    def problem(self, field: str, what: str, allowed: str = "", fix: str = "") -> None:
        """Note a problem of one of its keys, or of the whole of it."""
        self.file.problem(self.at(field), what, allowed, fix)

    def unknown(self, field: str, noun: str, word: str, known: Iterable[str], more: str = "") -> None:
        """Note that a word is not among those known."""
        names = list(known)
        self.problem(field, f'no {noun} is called "{word}"', listed(names, more), nearest(word, names))


def listed(names: Iterable[str], more: str = "") -> str:
    """Names as a message lists them; if they are many, how many and where to find them.

    >>> listed(["up", "down"]), listed(map(str, range(40)), "baghdad facts")
    ('up, down', '40 names, listed by `baghdad facts`')
    """
    words = list(names)
    if len(words) <= 16 or not more:
        return ", ".join(words) or "none is declared"
    return f"{len(words)} names, listed by `{more}`"


@cache
def _inner(kind: Any) -> tuple[tuple[str, str, bool], ...]:
    """The fields that hold other parts: field, key, whether it is a list."""
    rows = []
    for name, hint in get_type_hints(kind).items():
        many = get_origin(hint) is tuple
        held = [part for part in (*get_args(hint), hint) if isinstance(part, type) and attrs.has(part)]
        if held and name in attrs.fields_dict(kind):
            rows.append((name, key(name), many))
    return tuple(rows)


def _walk(file: File, path: str, value: Any) -> Iterator[Part]:
    yield Part(file, path, value)
    kind: Any = type(value)
    for name, written, many in _inner(kind):
        held = getattr(value, name)
        if many:
            for i, part in enumerate(held):
                yield from _walk(file, f"{path}.{written}[{i}]", part)
        elif held is not None:
            yield from _walk(file, f"{path}.{written}", held)


@cache
def keys_in(path: Path, name: str) -> frozenset[str]:
    """Every value of a key that stands at the start of a line, read without parsing the whole file.

    Sheets of facts are only asked here for their keys; a test holds this against the whole reading of each.
    """
    try:
        return frozenset(findall(rf'^{name} *= *"([^"\n]+)"', path.read_text(encoding="utf-8"), MULTILINE))
    except (OSError, UnicodeDecodeError):
        return frozenset()


class Draft:
    """A scenario as read, with the places of all its parts."""

    def __init__(self, scenario: Scenario, source: Source) -> None:
        """Take the scenario and the files it was read from."""
        self.scenario, self.source = scenario, source
        self.whole = Part(source.situation, "", scenario)

    def top(self, kind: str) -> list[Part]:
        """The dilemmas, or another kind, each at the row it is written in; rows that could not be read are left out."""
        file, ids = self.source.place(kind, "")[0], self.source.known(kind)
        found, row = [], 0
        for value in getattr(self.scenario, kind):
            row = ids.index(value.id, row) if value.id in ids[row:] else row
            found.append(Part(file, f"{kind}[{row}]", value))
            row += 1
        return found

    def is_whole(self, kind: str) -> bool:
        """Could every row of this kind be read?"""
        return len(getattr(self.scenario, kind)) == len(self.source.known(kind))

    @property
    def cards(self) -> File:
        """The file of the dilemmas."""
        return self.source.cards

    def kinds(self) -> list[Any]:
        """The classes of all parts."""
        return list(self._parts)

    def of(self, *kinds: type) -> Iterator[Part]:
        """Every part of these classes, in written order."""
        return (part for kind in kinds for part in self._parts.get(kind, ()))

    @cached_property
    def _parts(self) -> dict[type, list[Part]]:
        found: dict[type, list[Part]] = {}
        for root in self._roots():
            for part in _walk(*root):
                found.setdefault(type(part.value), []).append(part)
        return found

    def _roots(self) -> Iterator[Part]:
        scenario, source = self.scenario, self.source
        for kind in KINDS:
            yield from self.top(kind)
        yield from (Part(source.situation, f"starts[{i}]", note) for i, note in enumerate(scenario.starts))
        yield from (Part(source.situation, f"hidden.{name}", span) for name, span in scenario.hidden.items())
        if scenario.lesson:
            yield Part(source.situation, "lesson", scenario.lesson)
        yield from (Part(source.world, f"variables.{v.name}", v) for v in scenario.table.variables)
        yield from (Part(source.world, f"numbers.{name}", n) for name, n in scenario.table.numbers.items())

    @cached_property
    def variables(self) -> dict[str, Variable]:
        """The variables that could be read, by name."""
        return {variable.name: variable for variable in self.scenario.table.variables}

    @cached_property
    def names(self) -> list[str]:
        """The names of all variables written in world.toml."""
        return self._written_in("variables")

    @cached_property
    def numbers(self) -> list[str]:
        """The names of all numbers written in world.toml."""
        return self._written_in("numbers")

    def _written_in(self, table: str) -> list[str]:
        rows = self.source.world.raw.get(table, {})
        return list(rows) if isinstance(rows, dict) else []

    def span(self, name: str) -> tuple[float, float] | None:
        """The range of a variable in its unit; of `turn`, from 0 to the last turn; None if it has none."""
        if name == "turn":
            return (0, self.scenario.turns) if self.scenario.turns else None
        variable = self.variables.get(name)
        return (variable.low / UNIT, variable.high / UNIT) if variable and variable.low < variable.high else None

    @cached_property
    def facts(self) -> frozenset[str]:
        """The keys of all facts of the sheets."""
        paths = sorted(library.folder("seeds").glob("[0-9][0-9][0-9].toml"))
        return frozenset(name for path in paths for name in keys_in(path, "key"))

    @cached_property
    def disagreements(self) -> frozenset[str]:
        """The keys of all disagreements of the documents."""
        return keys_in(library.folder("seeds") / library.DISAGREEMENTS, "key")

    @cached_property
    def documents(self) -> list[str]:
        """The ids of the sheets."""
        return sorted(path.stem for path in library.folder("seeds").glob("[0-9][0-9][0-9].toml"))

    @cached_property
    def systems(self) -> frozenset[str]:
        """The ids of the mechanisms of systems.toml."""
        return keys_in(library.folder("scenarios") / library.SYSTEMS, "id")

    def written(self, name: str) -> frozenset[str]:
        """Every memory under `remember` or `memory` anywhere in the files, also in values that could not be read."""
        return frozenset(self._memories[name])

    @cached_property
    def _memories(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {"remember": set(), "memory": set()}
        todo: list[Any] = [self.source.situation.raw, self.source.cards.raw, self.source.initiatives.raw]
        while todo:
            part = todo.pop()
            held = part.values() if isinstance(part, dict) else part
            todo += [inner for inner in held if isinstance(inner, dict | list)]
            for name in found.keys() & part.keys() if isinstance(part, dict) else ():
                found[name].update([part[name]] if isinstance(part[name], str) else [])
        return found
