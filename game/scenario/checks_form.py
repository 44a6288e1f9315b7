"""Are the values well formed: names, words, ranges, lengths, dates? Each check walks one table of `checks_tables`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, get_type_hints

import attrs

from game.scenario.checks_draft import KINDS, Draft, Part, listed
from game.scenario.checks_tables import CHOICES, NAME, NAMES, RANGES, SIZES, TURNS, WORDS
from game.scenario.conditions import PostureCondition
from game.scenario.files import InitiativesFile, SituationFile
from game.scenario.loader import shown
from game.world.problems import nearest
from game.world.variables import POSTURES

YEARS = (1900, 2100)


def names_are_well_formed(draft: Draft) -> None:
    """Ids, memories and the names of luck are lower case, words joined by hyphens."""
    for kind, field in NAMES:
        for part in draft.of(kind):
            _well_formed(part, field, getattr(part.value, field))
    _well_formed(draft.whole, "id", draft.scenario.id)


def _well_formed(part: Part, field: str, name: str) -> None:
    if not re.fullmatch(NAME, name):
        fix = "-".join(re.findall("[a-z0-9]+", name.lower())) or "a-name"
        part.problem(field, f"this says {shown(name)}", "lower case letters and figures, words joined by hyphens", fix)


def ids_are_unique(draft: Draft) -> None:
    """No two values of a kind share an id; dilemmas and initiatives share one list of places."""
    groups = [[part for kind in ("dilemmas", "initiatives") for part in draft.top(kind)]]
    groups += [draft.top(kind) for kind in KINDS if kind not in ("dilemmas", "initiatives")]
    for card in draft.top("dilemmas"):
        options = enumerate(card.value.options)
        groups.append([Part(card.file, f"{card.path}.options[{i}]", option) for i, option in options])
    for group in groups:
        seen: dict[str, Part] = {}
        for part in group:
            first = seen.setdefault(part.value.id, part)
            if first is not part:
                where = first.file.where(first.at("id")).replace("  ", " ")
                part.problem("id", f'the id "{part.value.id}" is taken: {where}', "an id of its own")


def words_are_known(draft: Draft) -> None:
    """Keys that take one of a few words say one of them."""
    for (kind, field), known in CHOICES.items():
        for part in draft.of(kind):
            word = getattr(part.value, field)
            if word not in known:
                _not_among(part, field, word, known)
    for part in draft.of(PostureCondition):
        known = POSTURES.get(part.value.posture, (part.value.is_,))
        if part.value.is_ not in known:
            _not_among(part, "is_", part.value.is_, known)


def _not_among(part: Part, field: str, word: str, known: Any) -> None:
    part.problem(field, f"this says {shown(word)}", listed(known), nearest(word, known))


def numbers_lie_in_their_range(draft: Draft) -> None:
    """Difficulties, chances, prices and turns are possible ones."""
    for (kind, field), (low, high) in RANGES.items():
        for part in draft.of(kind):
            _within(part, field, getattr(part.value, field), low, high)


def turns_fall_within_the_game(draft: Draft) -> None:
    """What falls due or strikes does so before the game is over; initiatives are shared, so they may outlast it."""
    last = draft.scenario.turns
    for kind, field in TURNS:
        for part in draft.of(kind):
            value = getattr(part.value, field)
            if last and value is not None and value > last and part.file is not draft.source.initiatives:
                part.problem(field, f"this says {value}; the game has {last} turns", f"1 to {last}", str(last))


def _within(part: Part, field: str, value: float | None, low: float, high: float | None) -> None:
    if value is None or (low <= value and (high is None or value <= high)):
        return
    allowed = f"{low:g} or more" if high is None else f"{low:g} to {high:g}"
    fix = low if value < low or high is None else high
    part.problem(field, f"this says {value:g}", allowed, f"{fix:g}")


def lists_have_their_length(draft: Draft) -> None:
    """One to three openings, three to five options, five initiatives to offer, and so on."""
    for (kind, field), (low, high) in SIZES.items():
        for part in draft.of(kind):
            _counted(part, field, len(getattr(part.value, field)), low, high)
    for file, kind in ((draft.source.situation, SituationFile), (draft.source.initiatives, InitiativesFile)):
        for (owner, field), (low, high) in SIZES.items():
            if owner is kind and isinstance(file.raw.get(field), list):
                _counted(Part(file, "", None), field, len(file.raw[field]), low, high)


def _counted(part: Part, field: str, count: int, low: int, high: int | None) -> None:
    if count < low or (high is not None and count > high):
        allowed = f"{low} or more" if high is None else f"{low} to {high}"
        what = "there is none" if count == 0 else "there is only 1" if count == 1 else f"there are {count}"
        part.problem(field, what, allowed)


def texts_are_short(draft: Draft) -> None:
    """No text is longer than its reader's patience."""
    parts = [(part, field, most) for (kind, field), most in WORDS.items() for part in draft.of(kind)]
    parts.append((draft.whole, "briefing", WORDS[SituationFile, "briefing"]))
    for part, field, most in parts:
        count = len(getattr(part.value, field).split())
        if count > most:
            over = count - most
            fix = f"leave out {over} word{'' if over == 1 else 's'}"
            part.problem(field, f"this has {count} words", f"at most {most} words", fix)


def texts_are_written(draft: Draft) -> None:
    """A text that must be given is not empty."""
    for kind in draft.kinds():
        for part in draft.of(kind):
            for field in _texts(kind):
                if not getattr(part.value, field).strip():
                    part.problem(field, "this text is empty", "words for the player or the author to read")
    for field in ("title", "content_note", "briefing"):
        if field in draft.source.situation.raw and not getattr(draft.scenario, field).strip():
            draft.whole.problem(field, "this text is empty", "words for the player or the author to read")


@cache
def _texts(kind: Any) -> tuple[str, ...]:
    """The fields of a class that must hold a text; names are checked elsewhere."""
    hints = get_type_hints(kind)
    required = (field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING)
    return tuple(
        name for name in required if hints[name] is str and (kind, name) not in NAMES and (kind, name) not in CHOICES
    )


def dates_are_possible(draft: Draft) -> None:
    """The game begins in a year that has a calendar, and its documents do not end before it."""
    scenario, (first, last) = draft.scenario, YEARS
    if not first <= scenario.begins.year <= last:
        draft.whole.problem("begins", f"this says {scenario.begins}", f"a day from {first} to {last}")
    if scenario.horizon and scenario.horizon < scenario.begins:
        what = f"this says {scenario.horizon}; the game begins on {scenario.begins}"
        draft.whole.problem("horizon", what, f"{scenario.begins} or later")


CHECKS = (
    names_are_well_formed,
    ids_are_unique,
    words_are_known,
    numbers_lie_in_their_range,
    turns_fall_within_the_game,
    lists_have_their_length,
    texts_are_short,
    texts_are_written,
    dates_are_possible,
)
