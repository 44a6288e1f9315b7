"""The merged timeline: in order, whole, honest about its dates, and no happening told twice by mistake."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.insight.timeline import (
    ONE_HAPPENING,
    SHARED_WORDS,
    Entry,
    between,
    first_day,
    last_day,
    merged,
    subject,
    timeline,
)
from game.scenario import library

LINES = timeline()
FACTS = list(library.facts().values())
ROWS = list(library.disagreements().values())
days = st.dates(min_value=date(1979, 1, 1), max_value=date(2023, 12, 31))


def line_of(key: str) -> Entry:
    """Return the one line that holds a fact."""
    (found,) = [line for line in LINES if key in [fact.key for fact in line.facts]]
    return found


def test_it_is_sorted_and_runs_from_1979_to_2023() -> None:
    assert [(line.begins, line.ends) for line in LINES] == sorted((line.begins, line.ends) for line in LINES)
    assert min(line.begins for line in LINES).year == 1979
    assert max(line.ends for line in LINES).year == 2023


def test_every_event_is_on_one_line_and_nothing_is_on_two() -> None:
    keys = [fact.key for line in LINES for fact in line.facts]
    assert len(keys) == len(set(keys))
    assert {fact.key for fact in FACTS if fact.kind == "event"} <= set(keys)


def test_only_events_figures_and_claims_are_told() -> None:
    assert {fact.kind for line in LINES for fact in line.facts} == {"event", "figure", "claim"}


def test_every_document_tells_of_something() -> None:
    assert {name for line in LINES for name in line.documents} == library.sheets().keys()


def test_a_line_has_the_dates_of_its_facts() -> None:
    for line in LINES:
        assert {fact.when for fact in line.facts} == {line.when}
        assert line.begins == first_day(line.when) <= last_day(line.when) == line.ends
        assert (line.basis == "stated") == any(fact.when_basis == "stated" for fact in line.facts)


def test_nothing_lies_after_the_last_document() -> None:
    last = max(date.fromisoformat(sheet.date) for sheet in library.sheets().values())
    assert max(line.begins for line in LINES) <= last


def test_facts_share_a_line_only_for_a_reason_that_is_written_down() -> None:
    joined = [set(row.facts) for row in ROWS if row.kind in ONE_HAPPENING]
    for line in LINES:
        for fact in line.facts:
            others = [other for other in line.facts if other is not fact]
            disputed = any({fact.key, other.key} <= keys for other in others for keys in joined)
            named = any(
                fact.document != other.document and len(subject(fact) & subject(other)) >= SHARED_WORDS
                for other in others
            )
            assert not others or disputed or named, fact.key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("000-p11-contractor-killed", "001-p8-contractor-killed"),
        ("001-p10-toll-25-dead", "002-p5-toll-24"),
        ("000-p20-four-leaders-marched", "001-p17-three-leaders-present"),
        ("000-p3-us-left-nuclear-accord", "003-p22-us-left-accord"),
        ("000-p18-guard-had-no-orders", "001-p17-guards-stand-aside"),
    ],
)
def test_one_happening_told_by_two_documents_is_one_line(one: str, other: str) -> None:
    assert line_of(one) == line_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("004-p4-pursuit-order", "004-p6-blinken-message"),
        ("001-p7-friday-rockets", "001-p10-five-camps"),
        ("003-p16-pm-survives-drone", "003-p4-combat-to-advice"),
    ],
)
def test_two_happenings_are_two_lines(one: str, other: str) -> None:
    assert line_of(one) != line_of(other)


def test_a_line_names_the_disagreements_that_touch_it() -> None:
    for line in LINES:
        keys = {fact.key for fact in line.facts}
        assert line.disagreements == tuple(row.key for row in ROWS if keys & set(row.facts))


@given(days, days)
def test_between_finds_what_overlaps(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    found = between(first, last)
    assert all(line.begins <= last and first <= line.ends for line in found)
    assert all(line in found for line in LINES if first <= line.begins <= last)
    assert set(between(first, last - timedelta(days=1))) <= set(found)


@given(st.permutations(FACTS[:80]))
def test_each_fact_is_merged_once(facts: list[object]) -> None:
    lines = merged(facts, ROWS)  # type: ignore[arg-type]
    assert sorted(fact.key for line in lines for fact in line.facts) == sorted(fact.key for fact in FACTS[:80])


def test_the_order_of_the_facts_decides_nothing() -> None:
    told = [fact for line in LINES for fact in line.facts]
    assert merged(told[::-1], ROWS) == merged(told, ROWS) == LINES


@given(days)
def test_a_day_is_its_own_first_and_last(day: date) -> None:
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day
    assert first_day(f"{day:%Y-%m}") <= day <= last_day(f"{day:%Y-%m}")
    assert first_day(str(day.year)) <= day <= last_day(str(day.year))
