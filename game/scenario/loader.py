"""TOML to frozen values, with file and line for every problem, all problems in one run.

A value that cannot be read is left out and reported, and the rest is still read and checked, so an author sees the
whole list at once. An unknown key is a problem: nothing in a file may go unread. A text read twice is parsed once.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import cattrs
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError, IterableValidationNote

from game.scenario.conditions import Condition, Word
from game.scenario.effects import Effect
from game.scenario.places import Places
from game.scenario.words import CONDITIONS, EFFECTS
from game.world.problems import Problem, nearest

FORMAT = 1
DEEPEST = 12


class Wrong(ValueError):
    """A value that is not what its key takes."""

    def __init__(self, what: str, allowed: str = "", fix: str = "") -> None:
        self.what, self.allowed, self.fix = what, allowed, fix
        super().__init__(what)


def shown(value: object) -> str:
    """A value as a message quotes it, shortened.

    >>> shown("abc"), shown([1, True]), shown({"by": 2})
    ('"abc"', '[1, true]', '{ by = 2 }')
    """
    text = _written(value)
    return text if len(text) <= 60 else text[:57] + "…" + text[-1]


def _written(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        rows = ", ".join(f"{key} = {_written(part)}" for key, part in value.items())
        return f"{{ {rows} }}" if rows else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _strict(kinds: tuple[type, ...], name: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds) or not _is_plain(value):
            raise Wrong(f"this says {shown(value)}", name)
        return value

    return structure


def _is_a(kind: Any, origin: type) -> bool:
    return bool(get_origin(kind) is origin)


def _is_plain(value: Any) -> bool:
    """Neither an infinite number nor a date with a clock time."""
    return math.isfinite(value) if isinstance(value, float) else not isinstance(value, datetime)


def _word(table: Mapping[str, type[Word]], kind: str, article: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict) or not value:
            raise Wrong(
                f"this says {shown(value)}", f"{article} {kind} in braces, such as {next(iter(table.values())).example}"
            )
        found = next((word for word in table if word in value), None)
        if found is None:
            got = next(iter(value), "")
            raise Wrong(f'no {kind} is called "{got}"', ", ".join(table), nearest(got, table))
        if _depth(value) > DEEPEST:
            raise Wrong("these brackets stand too deep in one another", f"at most {DEEPEST} of them")
        return _converter.structure(value, table[found])

    return structure


def _depth(value: Any) -> int:
    """How deep brackets and braces stand in one another."""
    depth, row = 0, [value]
    while row := [part for part in row if isinstance(part, dict | list)]:
        depth += 1
        row = [inner for part in row for inner in (part.values() if isinstance(part, dict) else part)]
    return depth


def _list(kind: Any) -> Callable[[Any, Any], Any]:
    inner = get_args(kind)[0]

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            raise Wrong(f"this says {shown(value)}", "a list in square brackets")
        found, errors = [], []
        for i, part in enumerate(value):
            try:
                found.append(_converter.structure(part, inner))
            except Exception as error:
                error.add_note(IterableValidationNote(f"@ index {i}", i, inner))
                errors.append(error)
        if errors:
            raise cattrs.IterableValidationError("list", errors, kind)
        return tuple(found)

    return structure


def _mapping(kind: Any) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        raise Wrong(f"this says {shown(value)}", "a table")  # a table itself is read key by key

    return structure


def _table(kind: Any) -> Callable[[Any, Any], Any]:
    hints, fields = get_type_hints(kind), attrs.fields(kind)
    rows = {_key(f.name): (f.name, hints[f.name], _converter.get_structure_hook(hints[f.name])) for f in fields}
    required = [_key(field.name) for field in fields if field.default is attrs.NOTHING]

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise Wrong(f"this says {shown(value)}", "a table")
        given, errors = {}, []
        for key, part in value.items():
            if key not in rows:
                continue
            name, hint, hook = rows[key]
            try:
                given[name] = hook(part, hint)
            except Exception as error:
                errors.append(_at(error, key, hint))
        errors += [_at(KeyError(key), key, hints[rows[key][0]]) for key in required if key not in value]
        if value.keys() - rows.keys():
            errors.append(ForbiddenExtraKeysError("", kind, set(value.keys() - rows.keys())))
        if errors:
            raise cattrs.ClassValidationError("table", errors, kind)
        return kind(**given)

    return structure


def _at(error: Exception, key: str, hint: Any) -> Exception:
    error.add_note(AttributeValidationNote(f"@ {key}", key, hint))
    return error


def _key(field: str) -> str:
    return field.removesuffix("_")


_converter = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
_converter.register_structure_hook_factory(attrs.has, _table)
_converter.register_structure_hook_factory(lambda kind: _is_a(kind, tuple), _list)
_converter.register_structure_hook_factory(lambda kind: _is_a(kind, dict), _mapping)
_converter.register_structure_hook(str, _strict((str,), "a text in quotes"))
_converter.register_structure_hook(bool, _strict((bool,), "true or false"))
_converter.register_structure_hook(int, _strict((int,), "a whole number"))
_converter.register_structure_hook(float, _strict((int, float), "a number"))
_converter.register_structure_hook(date, _strict((date,), "a date such as 2023-10-09"))
_converter.register_structure_hook_func(lambda kind: kind is Condition, _word(CONDITIONS, "condition", "a"))
_converter.register_structure_hook_func(lambda kind: kind is Effect, _word(EFFECTS, "effect", "an"))


@attrs.define
class File:
    """One TOML file being read: its short name, its text, the lines of its keys, and what is wrong in it."""

    name: str
    raw: dict[str, Any]
    places: Places
    problems: list[Problem] = attrs.field(factory=list)

    def where(self, path: str) -> str:
        """File, line and dotted path, as a message gives them."""
        return f"{self.name}:{self.places.line(path)}  {path}".rstrip()

    def problem(self, path: str, what: str, allowed: str = "", fix: str = "") -> None:
        """Add a problem at a path."""
        self.problems.append(Problem(self.where(path), what, allowed, fix))

    def line(self, problem: Problem) -> int:
        """The line of a problem of this file; 0 if the file could not be read."""
        row = problem.where.removeprefix(self.name + ":").split("  ")[0]
        return int(row) if row.isdigit() else 0

    def read(self, kind: Any, value: Any, path: str) -> Any:
        """A value of this kind, or None with its problems noted."""
        try:
            return _converter.structure(value, kind)
        except Exception as error:
            for reason, at in _reasons(error, path):
                self._note(reason, at)
            return None

    def _note(self, reason: BaseException, path: str) -> None:
        if isinstance(reason, ForbiddenExtraKeysError):
            known = [_key(field.name) for field in attrs.fields(reason.cl)]
            for extra in sorted(reason.extra_fields):
                at = f"{path}.{extra}" if path else extra
                self.problem(at, f'no key is called "{extra}" here', ", ".join(known), nearest(extra, known))
        elif isinstance(reason, KeyError):
            key = str(reason.args[0])
            self.problem(path, f'the key "{key}" is missing', fix=f"{key} = …")
        elif isinstance(reason, Wrong):
            self.problem(path, reason.what, reason.allowed, reason.fix)
        else:
            self.problem(path, str(reason))

    def table(self, kind: Any, defaults: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The file's top level read as this attrs class, key by key: what cannot be read is reported and left out.

        Lists of tables are read element by element. Returns the values by field name; a missing key gives its default.
        """
        hints, values = get_type_hints(kind), dict(defaults or {})
        known = {field.name: field for field in attrs.fields(kind)}
        for extra in sorted(self.raw.keys() - known.keys()):
            self.problem(extra, f'no key is called "{extra}" here', ", ".join(known), nearest(extra, known))
        for name, field in known.items():
            if name in self.raw:
                found = self._field(hints[name], self.raw[name], name)
                values |= {} if found is None else {name: found}
            elif field.default is attrs.NOTHING:
                self.problem(name, f'the key "{name}" is missing', fix=f"{name} = …")
        return values

    def _field(self, kind: Any, value: Any, path: str) -> Any:
        inner = get_args(kind)
        if _is_a(kind, tuple) and isinstance(value, list) and attrs.has(inner[0]):
            parts = [self.read(inner[0], part, f"{path}[{i}]") for i, part in enumerate(value)]
            return tuple(part for part in parts if part is not None)
        if _is_a(kind, dict) and isinstance(value, dict):
            named = {key: self.read(inner[1], part, f"{path}.{key}") for key, part in value.items()}
            return {key: part for key, part in named.items() if part is not None}
        return self.read(kind, value, path)


def _reasons(error: BaseException, path: str) -> Iterable[tuple[BaseException, str]]:
    if isinstance(error, cattrs.ClassValidationError | cattrs.IterableValidationError):
        noted, plain = error.group_exceptions()
        for reason, note in noted:
            yield from _reasons(reason, (path + _step(note)).lstrip("."))
        for reason in plain:
            yield from _reasons(reason, path)
    else:
        yield error, path


def _step(note: AttributeValidationNote | IterableValidationNote) -> str:
    return f"[{note.index}]" if isinstance(note, IterableValidationNote) else f".{note.name}"


def read(text: str, name: str) -> File:
    """A TOML text as a File; a text that is no TOML gives a File with one problem and nothing else.

    >>> file = read("a = ", "x.toml")
    >>> print(file.problems[0].where)
    x.toml:1
    """
    text = text.removeprefix("\ufeff")
    try:
        raw = _parsed(text)
    except RecursionError:
        return _refused(name, 1, "these brackets stand too deep in one another", f"at most {DEEPEST} of them")
    except ValueError as error:
        said = str(error)
        row = said.partition("at line ")[2].partition(",")[0]
        at = int(row) if row.isdigit() else text.count("\n") + 1
        return _refused(name, at, *_not_toml(said.partition(" (at")[0]))
    if not raw:
        return _refused(name, 1, "this file holds nothing", "the keys that docs/authoring.md lists")
    return File(name, raw, Places(text))


def _not_toml(said: str) -> tuple[str, str, str]:
    """What `tomllib` said, in the words of an author: a list of names becomes a dotted path."""
    dotted = re.sub(r"\(('[^)]*)\)", lambda found: ".".join(re.findall(r"'([^']*)'", found[1])), said)
    is_twice = "twice" in said or "overwrite" in said
    fix = "give each its own name" if is_twice else "look for a missing quote or bracket here or on the line above"
    return f"this is not TOML: {dotted[:1].lower()}{dotted[1:]}", "TOML 1.0", fix


@lru_cache(maxsize=16)
def _parsed(text: str) -> dict[str, Any]:
    """The text as `tomllib` reads it; whoever shares the result only reads it."""
    return tomllib.loads(text)


def _refused(name: str, line: int, what: str, allowed: str, fix: str = "") -> File:
    return File(name, {}, Places(""), [Problem(f"{name}:{line}", what, allowed, fix)])
