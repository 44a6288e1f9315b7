"""Is everything sourced: facts that exist, or an honest assumption?"""

from __future__ import annotations

from typing import Any

from game.scenario.checks_draft import Draft, Part
from game.scenario.model import (
    Ask,
    Dilemma,
    Dispatch,
    Ending,
    Event,
    Initiative,
    Lesson,
    Message,
    Option,
    Promise,
    Range,
    StartNote,
)
from game.world.variables import Number, Variable

SOURCED = (
    Dilemma,
    Dispatch,
    Event,
    Ask,
    Promise,
    Message,
    Ending,
    Initiative,
    Range,
    StartNote,
    Lesson,
    Variable,
    Number,
)
"""What stands on facts or says what is assumed."""


def facts_exist(draft: Draft) -> None:
    """Every key of a fact is in a sheet."""
    for part in draft.of(*SOURCED, Option):
        _known(draft, part, "facts", part.value.facts)
    for part in draft.of(Option):
        _known(draft, part, "history", part.value.history)


def _known(draft: Draft, part: Part, field: str, keys: tuple[str, ...]) -> None:
    for i, name in enumerate(keys):
        if name not in draft.facts:
            part.unknown(f"{field}[{i}]", "fact", name, sorted(draft.facts), "baghdad sources")


def everything_is_sourced(draft: Draft) -> None:
    """What may be taken for true has facts or says what is assumed."""
    for part in draft.of(*SOURCED):
        if not part.value.facts and not part.value.assumption.strip():
            part.problem(
                "",
                f"{_called(part.value)} has neither facts nor assumption",
                "facts, an assumption or both",
                'assumption = "…"',
            )


def _called(value: Any) -> str:
    return f'"{value.id}"' if hasattr(value, "id") else "this"


def the_start_is_explained(draft: Draft) -> None:
    """Every variable under [start] has a note that says why."""
    scenario, written = draft.scenario, draft.source.situation.raw.get("starts", ())
    noted = {name for note in scenario.starts for name in note.variables}
    for name in scenario.start if len(scenario.starts) == len(written) else ():
        if name not in noted and name in draft.names:
            what = f"no note says why {name} starts so"
            draft.whole.problem(f"start.{name}", what, f'a [[starts]] whose variables hold "{name}"')


def documents_exist(draft: Draft) -> None:
    """The documents that a scenario rests on have sheets."""
    for i, name in enumerate(draft.scenario.documents):
        if name not in draft.documents:
            draft.whole.unknown(f"documents[{i}]", "document", name, draft.documents)


def systems_exist(draft: Draft) -> None:
    """The mechanisms that a card serves are in systems.toml."""
    for part in draft.of(Dilemma, Initiative, Event):
        for i, name in enumerate(part.value.systems):
            if name not in draft.systems:
                part.unknown(f"systems[{i}]", "system", name, sorted(draft.systems), "baghdad systems")


def disagreements_exist(draft: Draft) -> None:
    """The disagreement that is unsettled while a dilemma is decided is in disagreements.toml."""
    for part in draft.of(Dilemma):
        name = part.value.disagreement
        if name and name not in draft.disagreements:
            known = sorted(draft.disagreements)
            part.unknown("disagreement", "disagreement", name, known, "baghdad sources --disagreements")


def what_is_taken_for_granted_is_said(draft: Draft) -> None:
    """Each option of a dilemma with a disagreement says what it takes for granted; no other option does."""
    for part in draft.of(Dilemma):
        name = part.value.disagreement
        for i, option in enumerate(part.value.options):
            if name and not option.takes.strip():
                what = f'it is not said what this option takes for granted about "{name}"'
                part.problem(f"options[{i}]", what, "takes in every option of this dilemma", 'takes = "…"')
            if option.takes and not name:
                what = "the dilemma names no disagreement"
                part.problem(f"options[{i}].takes", what, "takes together with disagreement", 'disagreement = "…"')


CHECKS = (
    facts_exist,
    everything_is_sourced,
    the_start_is_explained,
    documents_exist,
    systems_exist,
    disagreements_exist,
    what_is_taken_for_granted_is_said,
)
