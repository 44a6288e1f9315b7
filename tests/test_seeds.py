"""The sheets of seeds/ are whole: well-formed keys, known words, every paragraph accounted for, dates that exist."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import attrs
import pytest

from game.scenario import library
from game.scenario.checks_draft import keys_in
from game.scenario.checks_tables import CHOICES, FACT_KEY
from game.scenario.files import SheetFile, WrittenSheet
from game.world.facts import Fact, Sheet

PATHS = sorted(library.folder("seeds").glob("[0-9]*.toml"))
SHEETS = list(library.sheets().values())
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def test_there_is_a_sheet_for_each_of_the_five_documents() -> None:
    assert [path.stem for path in PATHS] == ["000", "001", "002", "003", "004"]
    assert list(library.sheets()) == [path.stem for path in PATHS]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.stem))
def test_nothing_in_a_sheet_goes_unread(path: Any) -> None:
    file = library.open_file(path, path.name)
    file.table(SheetFile)
    assert [str(problem) for problem in file.problems] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.id))
def test_the_head_of_a_sheet_says_what_it_is(sheet: Sheet) -> None:
    words = {field: known for (kind, field), known in CHOICES.items() if kind is WrittenSheet}
    assert {field: getattr(sheet, field) for field, known in words.items() if getattr(sheet, field) not in known} == {}
    assert re.fullmatch("[0-9a-f]{64}", sheet.sha256)
    texts = {field.name: getattr(sheet, field.name) for field in attrs.fields(Sheet) if field.type in (str, "str")}
    assert [name for name, text in texts.items() if not text.strip()] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.id))
def test_a_key_names_its_document_and_its_paragraph(sheet: Sheet) -> None:
    for fact in sheet.facts:
        assert re.fullmatch(FACT_KEY, fact.key), fact.key
        assert fact.key.startswith(f"{sheet.id}-p{fact.paragraph}-"), fact.key


def test_keys_are_unique() -> None:
    count = Counter(fact.key for sheet in SHEETS for fact in sheet.facts)
    assert [key for key, times in count.items() if times > 1] == []


def test_a_fact_uses_the_words_of_its_table() -> None:
    words = {field: known for (kind, field), known in CHOICES.items() if kind is Fact}
    wrong = [
        (fact.key, field, getattr(fact, field))
        for sheet in SHEETS
        for fact in sheet.facts
        for field, known in words.items()
        if getattr(fact, field) not in known
    ]
    assert wrong == []


def test_a_fact_says_what_and_who() -> None:
    assert [fact.key for sheet in SHEETS for fact in sheet.facts if not fact.text.strip() or not fact.who.strip()] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.id))
def test_every_paragraph_has_a_fact_or_a_reason_why_not(sheet: Sheet) -> None:
    told, empty = {fact.paragraph for fact in sheet.facts}, [row.paragraph for row in sheet.empty]
    assert told | set(empty) == set(range(1, sheet.paragraphs + 1))
    assert not told & set(empty)
    assert len(empty) == len(set(empty))
    assert all(row.why.strip() for row in sheet.empty)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.id))
def test_when_is_a_day_a_month_a_year_or_a_span_of_them(sheet: Sheet) -> None:
    for fact in sheet.facts:
        ends = [first_day(part) for part in fact.when.split("/")]
        assert len(ends) in (1, 2), fact.key
        assert ends == sorted(set(ends)), f"{fact.key}: {fact.when} ends before it begins"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.id))
def test_nothing_but_a_prediction_lies_after_its_sheet(sheet: Sheet) -> None:
    written = date.fromisoformat(sheet.date)
    later = [fact for fact in sheet.facts if first_day(fact.when.split("/")[0]) > written]
    assert [fact.key for fact in later if fact.kind != "prediction"] == []


def first_day(text: str) -> date:
    """Give the first day of a day, a month or a year as a sheet writes it."""
    found = DATE.fullmatch(text)
    assert found, f"{text!r} is no date such as 2019, 2019-12 or 2019-12-31"
    return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))


def test_the_quick_reading_of_keys_finds_what_the_whole_one_finds() -> None:
    quick = frozenset(key for path in PATHS for key in keys_in(path, "key"))
    assert quick == library.facts().keys()
    assert keys_in(library.folder("scenarios") / library.SYSTEMS, "id") == library.systems().keys()


def test_a_file_that_is_not_there_has_no_keys(tmp_path: Any) -> None:
    assert keys_in(tmp_path / "005.toml", "key") == frozenset()
