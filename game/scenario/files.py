"""The files as an author writes them: one class a file, whose fields are the keys that the file may hold."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from game.scenario.model import (
    Ask,
    Dilemma,
    Ending,
    Event,
    Initiative,
    Lesson,
    Message,
    Promise,
    Range,
    StartNote,
)
from game.world.facts import Disagreement, Empty, Fact


@frozen
class WrittenVariable:
    """A variable of `world.toml`: its range and start in its unit."""

    label: str
    unit: str
    low: float
    high: float
    start: float
    seen: str
    what: str
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class WrittenNumber:
    """A number of the rules in `world.toml`, with the range in which it is plausible."""

    unit: str
    value: float
    low: float
    high: float
    what: str
    facts: tuple[str, ...] = ()
    assumption: str = ""


@frozen
class WorldFile:
    """`scenarios/world.toml`."""

    format: int
    variables: dict[str, WrittenVariable]
    numbers: dict[str, WrittenNumber]


@frozen
class InitiativesFile:
    """`scenarios/initiatives.toml`."""

    initiatives: tuple[Initiative, ...]


@frozen
class CardsFile:
    """`cards.toml` of a scenario."""

    dilemmas: tuple[Dilemma, ...]


@frozen
class SituationFile:
    """`scenario.toml`."""

    format: int
    id: str
    title: str
    begins: date
    spans: tuple[str, ...]
    content_note: str
    briefing: str
    documents: tuple[str, ...]
    asks: tuple[Ask, ...]
    endings: tuple[Ending, ...]
    hidden: dict[str, Range] = field(factory=dict)
    start: dict[str, float] = field(factory=dict)
    starts: tuple[StartNote, ...] = ()
    promises: tuple[Promise, ...] = ()
    messages: tuple[Message, ...] = ()
    events: tuple[Event, ...] = ()
    numbers: dict[str, float] = field(factory=dict)
    lesson: Lesson | None = None
    horizon: date | None = None
    tutorial: bool = False


@frozen
class WrittenSheet:
    """The head of a sheet of facts."""

    id: str
    title: str
    form: str
    date: date
    date_basis: str
    date_note: str
    translated: bool
    viewpoint: str
    missing_voices: str
    reliability: str
    paragraphs: int
    sha256: str


@frozen
class SheetFile:
    """`seeds/<document>.toml`."""

    sheet: WrittenSheet
    facts: tuple[Fact, ...]
    empty: tuple[Empty, ...] = ()


@frozen
class DisagreementsFile:
    """`seeds/disagreements.toml`."""

    disagreements: tuple[Disagreement, ...]


@frozen
class WrittenSystem:
    """One mechanism that the documents describe, in our own words."""

    id: str
    group: str
    title: str
    drivers: str
    effects: str
    sources: str
    inferred: bool = False


@frozen
class SystemsFile:
    """`scenarios/systems.toml`."""

    systems: tuple[WrittenSystem, ...]
