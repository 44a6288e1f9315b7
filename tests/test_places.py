"""The line of every key: against hand-made texts, and against texts whose lines are known by construction."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario.places import Places

TEXT = '''\
# a comment with [brackets] and "quotes"
title = "x" # [[not.a.header]]
long = """
one [[cards]]
two \\
three"""
raw = \'\'\'
[x]
\'\'\'
[start]
dinar = 5
"odd key" = 1
nested.deeper = 2
[[cards]]
id = "a"
[cards.order]
to = "army"
[[cards.options]]
id = "a1"
[[cards.options]]
id = "a2"
effects = [
  # a comment, with { braces
  { by = 1 }, { by = 2, to = [1,
      2] },
]
[[cards]]
id = "b"
[[cards.options]]
id = "b1"
[numbers."region.war.luck"]
value = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("title", 2),
        ("long", 3),
        ("raw", 7),
        ("start", 10),
        ("start.dinar", 11),
        ("start.odd key", 12),
        ("start.nested.deeper", 13),
        ("cards", 14),
        ("cards[0]", 14),
        ("cards[0].id", 15),
        ("cards[0].order.to", 17),
        ("cards[0].options", 18),
        ("cards[0].options[1].id", 21),
        ("cards[0].options[1].effects", 22),
        ("cards[0].options[1].effects[0].by", 24),
        ("cards[0].options[1].effects[1].by", 24),
        ("cards[0].options[1].effects[1].to", 24),
        ("cards[0].options[1].effects[1].to[1]", 25),
        ("cards[1]", 27),
        ("cards[1].options[0].id", 30),
        ("numbers.region.war.luck.value", 32),
    ],
)
def test_the_line_of_a_key(path: str, line: int) -> None:
    tomllib.loads(TEXT)
    assert Places(TEXT).line(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("cards[1].text", 27),
        ("cards[0].options[1].effects[7]", 22),
        ("cards[0].options[0].needs[0].variable", 18),
        ("nothing", 1),
        ("", 1),
        ("odd]path", 1),
        ("[", 1),
        ("a\n", 1),
    ],
)
def test_what_is_not_written_has_the_line_of_what_it_would_stand_in(path: str, line: int) -> None:
    assert Places(TEXT).line(path) == line


@pytest.mark.parametrize("end", ['a"""', 'a""""', 'a"""""', '\\\\"""'])
def test_a_long_string_may_end_with_quotes_of_its_own(end: str) -> None:
    text = f'a = [\n"""x\n{end},\n2]\nb = 1'
    tomllib.loads(text)
    assert (Places(text).line("a[1]"), Places(text).line("b")) == (4, 5)


def test_an_escaped_quote_ends_no_string() -> None:
    text = 'a = ["x\\" ] y", "\\\\"]\nb = 1\nc = [\'\\\', 2]\nd = 3'
    tomllib.loads(text)
    assert [Places(text).line(name) for name in "abcd"] == [1, 2, 3, 4]


def test_windows_line_ends_count_once() -> None:
    assert Places("a = 1\r\nb = [\r\n1,\r\n2]\r\n").line("b[1]") == 4


NAMES = st.text("abcxyz-_", min_size=1, max_size=4)
STRINGS = st.text("ab\"\\[]{}#=,'\n", max_size=6).map(
    lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
)
VALUES = st.recursive(
    STRINGS | st.sampled_from(["1", "true", "2023-10-09", "'[{'", '"""]\n"""', "'''\n\n'''", "-0.5"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: "[\n" + ", # ]\n".join(parts) + "\n]")
        | st.dictionaries(NAMES, inner, max_size=3).map(
            lambda parts: "{ " + ", ".join(f"{key} = {part}" for key, part in parts.items()) + " }"
        )
    ),
    max_leaves=6,
)
TABLES = st.lists(st.tuples(st.sampled_from(["[[cards]]", "[[rows]]"]), st.dictionaries(NAMES, VALUES, max_size=3)))


@given(tables=TABLES)
def test_the_line_of_every_key_of_any_text(tables: list[tuple[str, dict[str, str]]]) -> None:
    rows: list[str] = []
    known: dict[str, int] = {}
    count = {"[[cards]]": 0, "[[rows]]": 0}
    for header, keys in tables:
        path = f"{header.strip('[]')}[{count[header]}]"
        count[header] += 1
        rows.append(header)
        known[path] = len("\n".join(rows).split("\n"))
        for key, value in keys.items():
            rows.append(f"{key} = {value}")
            known[f"{path}.{key}"] = len("\n".join(rows[:-1]).split("\n")) + 1
    text = "\n".join(rows)
    parsed: dict[str, Any] = tomllib.loads(text)
    assert sum(map(len, parsed.values())) == len(tables)
    places = Places(text)
    assert {path: places.line(path) for path in known} == known
