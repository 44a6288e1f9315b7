"""Where the documents contradict each other: every row is well formed, sourced and worth its place."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest

from game.scenario import library
from game.scenario.loader import read
from game.world.facts import DISPUTES, Disagreement

ROWS = list(library.disagreements().values())
KNOWN = library.facts()
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.key))

GOOD = """
[[disagreements]]
key = "toll"
kind = "number"
question = "How many?"
stakes = "Much."
real = true
[[disagreements.sides]]
says = "Two."
facts = ["000-p1-two"]
[[disagreements.sides]]
says = "Three."
facts = ["001-p1-three"]
"""


def told(text: str) -> list[str]:
    """Return place and wording of every problem of a file of disagreements."""
    file = read(text, "d.toml")
    library.disagreements_of(file, ["000-p1-two", "001-p1-three"])
    return [f"{problem.where}: {problem.what}" for problem in file.problems]


def documents(row: Disagreement) -> set[str]:
    """Return the documents that a row cites."""
    return {KNOWN[key].document for key in row.facts}


def test_there_are_more_than_forty_and_some_of_each_kind() -> None:
    assert len(ROWS) > 40
    assert min(Counter(row.kind for row in ROWS)[kind] for kind in DISPUTES) >= 5


@each_row
def test_its_sides_cite_different_facts(row: Disagreement) -> None:
    for one, other in itertools.combinations(row.sides, 2):
        assert not set(one.facts) & set(other.facts)
        assert one.says != other.says


@each_row
def test_its_facts_exist(row: Disagreement) -> None:
    assert set(row.facts) <= KNOWN.keys()


@each_row
def test_it_asks_a_question_and_ends_its_sentences(row: Disagreement) -> None:
    assert row.question.endswith("?")
    sentences = [row.stakes, row.resolution, *(side.says for side in row.sides)]
    assert [text for text in sentences if not text.endswith(".")] == []


@each_row
def test_its_stakes_are_one_sentence(row: Disagreement) -> None:
    assert len(re.findall(r"[.!?](?= |$)", row.stakes)) == 1


@each_row
def test_a_document_against_itself_is_one_document_and_change_takes_time(row: Disagreement) -> None:
    if row.kind == "itself":
        assert len(documents(row)) == 1
    if row.kind == "over-time":
        assert not row.real
        assert len({(KNOWN[key].when, KNOWN[key].document) for key in row.facts}) > 1


def test_questions_are_asked_once() -> None:
    assert [text for text, times in Counter(row.question for row in ROWS).items() if times > 1] == []


def test_what_only_looks_like_a_contradiction_says_why() -> None:
    assert [row.key for row in ROWS if not row.real and not row.resolution] == []


def test_every_document_is_contradicted_somewhere() -> None:
    assert set().union(*map(documents, ROWS)) == library.sheets().keys()


@pytest.mark.parametrize(
    "key",
    [
        "dead-in-the-strikes",
        "leaders-at-the-gate",
        "length-of-the-siege",
        "troops-in-iraq",
        "protesters-or-militia",
        "why-the-guards-stood-aside",
        "do-strikes-deter",
        "who-commands-in-baghdad",
        "shield-or-magnet",
        "does-tehran-still-command",
        "powerless-or-pursuing",
    ],
)
def test_those_that_the_game_turns_on_are_there(key: str) -> None:
    assert key in library.disagreements()


def test_a_good_file_has_no_problems() -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"number"', '"numbr"', 'd.toml:4  disagreements[0].kind: this says "numbr"'),
        ('"toll"', '"The toll"', 'd.toml:3  disagreements[0].key: this says "The toll"'),
        ('"How many?"', '" "', "d.toml:5  disagreements[0].question: this is empty"),
        ('"Much."', '""', "d.toml:6  disagreements[0].stakes: this is empty"),
        (
            "real = true",
            "real = false",
            "d.toml:2  disagreements[0].resolution: it only looks like a contradiction, and nothing says why",
        ),
        ("real = true", 'real = "yes"', 'd.toml:7  disagreements[0].real: this says "yes"'),
        ("real = true\n", "", 'd.toml:2  disagreements[0].real: the key "real" is missing'),
        ('"Two."', '""', "d.toml:9  disagreements[0].sides[0].says: this is empty"),
        ('["000-p1-two"]', "[]", "d.toml:10  disagreements[0].sides[0].facts: here 0 are listed"),
        (
            "001-p1-three",
            "001-p1-thre",
            'd.toml:13  disagreements[0].sides[1].facts[0]: no fact is called "001-p1-thre"',
        ),
        (
            "001-p1-three",
            "000-p1-two",
            'd.toml:13  disagreements[0].sides[1].facts[0]: "000-p1-two" is cited twice',
        ),
        (
            '[[disagreements.sides]]\nsays = "Three."\nfacts = ["001-p1-three"]\n',
            "",
            "d.toml:8  disagreements[0].sides: here 1 are listed",
        ),
        ('"Much."', '"Much."\nsteaks = 1', 'd.toml:7  disagreements[0].steaks: no key is called "steaks" here'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, problem: str) -> None:
    assert GOOD.count(old) == 1
    assert told(GOOD.replace(old, new)) == [problem]


def test_a_key_stands_once() -> None:
    assert told(GOOD + GOOD) == ['d.toml:16  disagreements[1].key: "toll" stands twice']


def test_a_file_that_is_no_toml_is_told_once() -> None:
    assert len(told("[[disagreements")) == 1
