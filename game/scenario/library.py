"""The bundled files found and put together: the world's tables, the sheets of facts, the systems, a scenario whole.

Reading a scenario gathers the problems of all its files and then those of the checker, in the order of the files.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from game.scenario import files
from game.scenario.loader import File, read
from game.scenario.model import Scenario, WorldTable
from game.world.facts import DISPUTES, Disagreement, Fact, Sheet
from game.world.problems import Problem, Problems, nearest
from game.world.variables import Number, Variable, thousandths

SITUATION, CARDS, INITIATIVES, WORLD, SYSTEMS, DISAGREEMENTS = (
    "scenario.toml",
    "cards.toml",
    "initiatives.toml",
    "world.toml",
    "systems.toml",
    "disagreements.toml",
)
_SPAN = re.compile(r"(\d+)([hd])")


def folder(name: str) -> Path:
    """The folder `scenarios` or `seeds`, in the wheel or in a checkout.

    >>> (folder("scenarios") / "world.toml").is_file()
    True
    """
    package = Path(__file__).resolve().parent.parent
    bundled = package / name
    return bundled if bundled.is_dir() else package.parent / name


def open_file(path: Path, name: str) -> File:
    """A TOML file read from disk; one that cannot be read is a problem, not an exception."""
    try:
        return read(path.read_text(encoding="utf-8"), name)
    except OSError as error:
        return _unreadable(name, f"this file cannot be read: {(error.strerror or str(error)).lower()}")
    except UnicodeDecodeError:
        return _unreadable(name, "this file is not text in UTF-8")


def _unreadable(name: str, what: str) -> File:
    from game.scenario.places import Places

    return File(name, {}, Places(""), [Problem(name, what, "a readable TOML file in UTF-8")])


def world_table(file: File) -> WorldTable:
    """The shared tables of `world.toml`; its problems stay with the file."""
    values = file.table(files.WorldFile, {"variables": {}, "numbers": {}})
    variables = tuple(_variable(name, written) for name, written in values["variables"].items())
    return WorldTable(variables, {name: _number(name, written) for name, written in values["numbers"].items()})


def _variable(name: str, w: files.WrittenVariable) -> Variable:
    low, high, start = thousandths(w.low), thousandths(w.high), thousandths(w.start)
    return Variable(name, w.label, w.unit, low, high, start, w.seen, w.what, w.facts, w.assumption)


def _number(name: str, w: files.WrittenNumber) -> Number:
    value, low, high = thousandths(w.value), thousandths(w.low), thousandths(w.high)
    return Number(name, w.unit, value, low, high, w.what, w.facts, w.assumption)


@cache
def shared_world() -> WorldTable:
    """The world's tables as bundled; raises Problems if they do not hold together."""
    file = open_file(folder("scenarios") / WORLD, WORLD)
    table = world_table(file)
    if file.problems:
        raise Problems(file.problems)
    return table


def sheet_of(file: File) -> Sheet | None:
    """One sheet of facts, or None if its head cannot be read."""
    values = file.table(files.SheetFile, {"sheet": None, "facts": ()})
    head = values["sheet"]
    if head is None:
        return None
    rest = {name: value for name, value in attrs.asdict(head).items() if name != "date"}
    return Sheet(**rest, date=head.date.isoformat(), facts=values["facts"], empty=values.get("empty", ()))


@cache
def sheets() -> dict[str, Sheet]:
    """The sheets of the documents by id; raises Problems."""
    found, problems = {}, []
    for path in sorted(folder("seeds").glob("[0-9][0-9][0-9].toml")):
        file = open_file(path, f"seeds/{path.name}")
        sheet = sheet_of(file)
        problems += file.problems
        if sheet is not None:
            found[sheet.id] = sheet
    if problems:
        raise Problems(problems)
    return found


@cache
def facts() -> dict[str, Fact]:
    """Every fact of every sheet by key.

    >>> facts()["004-p2-waivers"].place
    '004 p2'
    """
    return {fact.key: fact for sheet in sheets().values() for fact in sheet.facts}


@cache
def disagreements() -> dict[str, Disagreement]:
    """Where the documents contradict each other or themselves, by key; raises Problems.

    >>> [side.says for side in disagreements()["dead-in-the-strikes"].sides]
    ['At least 25, all called militants.', "24, by the group's own count."]
    """
    file = open_file(folder("seeds") / DISAGREEMENTS, f"seeds/{DISAGREEMENTS}")
    found = disagreements_of(file, facts())
    if file.problems:
        raise Problems(sorted(file.problems, key=file.line))
    return {row.key: row for row in found}


def disagreements_of(file: File, known: Iterable[str]) -> tuple[Disagreement, ...]:
    """The disagreements of a file, held against the known keys of facts; its problems stay with the file.

    A row that could not be read is left out, and the others are then not judged: their places would be wrong.
    """
    if not file.raw:
        return ()
    rows: tuple[Disagreement, ...] = file.table(files.DisagreementsFile, {"disagreements": ()})["disagreements"]
    if file.problems:
        return rows
    keys, seen = frozenset(known), set[str]()
    for i, row in enumerate(rows):
        _judge(file, f"disagreements[{i}]", row, keys)
        if row.key in seen:
            file.problem(f"disagreements[{i}].key", f'"{row.key}" stands twice', "a key of its own for each row")
        seen.add(row.key)
    return rows


def _judge(file: File, path: str, row: Disagreement, known: frozenset[str]) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.key):
        file.problem(f"{path}.key", f'this says "{row.key}"', "lower case, words joined by hyphens")
    if row.kind not in DISPUTES:
        file.problem(f"{path}.kind", f'this says "{row.kind}"', ", ".join(DISPUTES), nearest(row.kind, DISPUTES))
    for name in ("question", "stakes"):
        if not getattr(row, name).strip():
            file.problem(f"{path}.{name}", "this is empty", "a sentence")
    if not row.real and not row.resolution.strip():
        what = "it only looks like a contradiction, and nothing says why"
        file.problem(f"{path}.resolution", what, "a sentence, where real is false")
    if not 2 <= len(row.sides) <= 4:
        file.problem(f"{path}.sides", f"here {len(row.sides)} are listed", "2 to 4 sides")
    cited: set[str] = set()
    for i, side in enumerate(row.sides):
        at = f"{path}.sides[{i}]"
        if not side.says.strip():
            file.problem(f"{at}.says", "this is empty", "what this side says")
        if not side.facts:
            file.problem(f"{at}.facts", "here 0 are listed", "at least one key of a fact")
        for j, key in enumerate(side.facts):
            if key not in known:
                allowed = f"{len(known)} keys, listed by `baghdad sources`"
                file.problem(f"{at}.facts[{j}]", f'no fact is called "{key}"', allowed, nearest(key, known))
            elif key in cited:
                file.problem(f"{at}.facts[{j}]", f'"{key}" is cited twice', "each fact once, on one side")
            cited.add(key)


@cache
def systems() -> dict[str, files.WrittenSystem]:
    """The mechanisms that the documents describe, by id; raises Problems."""
    file = open_file(folder("scenarios") / SYSTEMS, SYSTEMS)
    values = file.table(files.SystemsFile, {"systems": ()})
    if file.problems:
        raise Problems(file.problems)
    return {system.id: system for system in values["systems"]}


def bundled() -> list[str]:
    """The ids of the bundled scenarios, in alphabetical order.

    >>> "gaza-spillover" in bundled()
    True
    """
    return sorted(path.parent.name for path in folder("scenarios").glob(f"*/{SITUATION}"))


def find(name: str | Path) -> Path:
    """The folder of a scenario, by its id or a path; raises Problems if there is none."""
    path = folder("scenarios") / name
    if isinstance(name, str) and re.fullmatch(r"[a-z0-9-]+", name) and (path / SITUATION).is_file():
        return path
    path = Path(name)
    if path.name == SITUATION:
        path = path.parent
    if path.is_dir():
        return path
    known = bundled()
    fix = nearest(str(name), known) or "the path of its folder; for a save of it, --scenario PATH"
    raise Problems([Problem(str(name), "no scenario is called so, and no folder is there", ", ".join(known), fix)])


@attrs.define
class Source:
    """The files of one scenario while it is read, for messages that name their lines."""

    situation: File
    cards: File
    initiatives: File
    world: File

    def all(self) -> tuple[File, ...]:
        """The files in the order in which their problems are told."""
        return (self.situation, self.cards, self.initiatives, self.world)

    def problems(self) -> list[Problem]:
        """Every problem so far, in file order, then by line, each once."""
        found: dict[Problem, None] = {}
        for file in self.all():
            found.update(dict.fromkeys(sorted(file.problems, key=file.line)))
        return list(found)

    def known(self, kind: str) -> list[str]:
        """The ids written for a kind, also those of values that could not be read."""
        file = {"dilemmas": self.cards, "initiatives": self.initiatives}.get(kind, self.situation)
        rows = file.raw.get(kind, [])
        return [str(row.get("id", "")) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def place(self, kind: str, name: str) -> tuple[File, str]:
        """The file and the dotted path of a value by its id."""
        file = {"dilemmas": self.cards, "initiatives": self.initiatives}.get(kind, self.situation)
        ids = self.known(kind)
        return file, f"{kind}[{ids.index(name)}]" if name in ids else kind


def gather(path: Path) -> tuple[Scenario, Source]:
    """A scenario read as far as it can be, and its files with the problems of reading it."""
    shared, short = folder("scenarios"), path.name
    source = Source(
        open_file(path / SITUATION, f"{short}/{SITUATION}"),
        open_file(path / CARDS, f"{short}/{CARDS}"),
        open_file(shared / INITIATIVES, INITIATIVES),
        open_file(shared / WORLD, WORLD),
    )
    blank: dict[str, Any] = {
        "title": "",
        "briefing": "",
        "content_note": "",
        "documents": (),
        "begins": date(2000, 1, 1),
    }
    blank |= {"id": short, "spans": (), "asks": (), "endings": ()}
    values = source.situation.table(files.SituationFile, blank) if source.situation.raw else blank
    cards = source.cards.table(files.CardsFile, {"dilemmas": ()}) if source.cards.raw else {"dilemmas": ()}
    shared_ones = source.initiatives.table(files.InitiativesFile, {"initiatives": ()})
    hours = _hours(source.situation, values.pop("spans"))
    form = values.pop("format", 1)
    if form != 1:
        source.situation.problem("format", f"this says {form}", "1", "1")
    rest = {"start": {}, "starts": (), "hidden": {}, "promises": (), "messages": (), "events": (), **values}
    scenario = Scenario(
        **rest,
        hours=hours,
        dilemmas=cards["dilemmas"],
        initiatives=shared_ones["initiatives"],
        table=world_table(source.world),
    )
    return attrs.evolve(scenario, content=content_hash(scenario)), source


def _hours(file: File, spans: Iterable[str]) -> tuple[int, ...]:
    hours = []
    for i, span in enumerate(spans):
        match = _SPAN.fullmatch(span)
        size = int(match[1]) * (24 if match[2] == "d" else 1) if match else 0
        if not 6 <= size <= 720:
            file.problem(f"spans[{i}]", f'this says "{span}"', "6h to 30d, written as 6h, 12h, 1d … 30d", "7d")
            size = 24
        hours.append(size)
    return tuple(hours)


PROSE = frozenset(
    (  # noqa: SIM905 - forty words in quotes of their own are harder to read
        "title text briefing content_note who barred assumption facts sentence headlines what history question "
        "iraqi_voice systems heard_by resisted_by dispatches label lesson starts documents horizon task sure low high "
        "content seen unit disagreement takes tutorial"
    ).split()
)
"""Fields that decide no outcome: they are left out of the content hash."""


def content_hash(scenario: Scenario) -> str:
    """A hash of the parsed values that decide outcomes, not of prose or line endings."""
    numbers = {number.name: number.value for number in scenario.table.numbers.values()}
    limits = [(v.name, v.unit, v.low, v.high, v.start) for v in scenario.table.variables]
    slots = sorted({slot for condition in scenario.conditions() for slot in condition.slots()})
    hidden = {name: (span.low, span.high) for name, span in scenario.hidden.items()}
    skipped = {"table", "hidden", *PROSE}
    own = {field.name: getattr(scenario, field.name) for field in attrs.fields(Scenario) if field.name not in skipped}
    text = json.dumps([_bare(own), numbers, limits, slots, _bare(hidden)], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _bare(value: Any) -> Any:
    if attrs.has(type(value)):
        rows = {f.name: getattr(value, f.name) for f in attrs.fields(type(value)) if f.name not in PROSE}
        return [type(value).__name__, _bare(rows)]
    if isinstance(value, Mapping):
        return {str(key): _bare(part) for key, part in value.items()}
    return [_bare(part) for part in value] if isinstance(value, tuple | list) else value
