"""Reading: values of the right kind or a problem with its line; nothing unread, nothing raised."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from game.scenario import library
from game.scenario.conditions import AnyCondition, Condition, MemoryCondition, PostureCondition, VariableCondition
from game.scenario.effects import ChanceEffect, Effect, ShiftEffect, VariableEffect
from game.scenario.loader import File, read, shown
from game.scenario.words import CONDITIONS, EFFECTS
from game.world.problems import Problem


@frozen
class Row:
    """A row of a test file."""

    id: str
    from_: str = ""
    sizes: tuple[float, ...] = ()


@frozen
class Page:
    """A test file: one field of every kind."""

    title: str
    count: int = 0
    share: float = 0
    is_open: bool = False
    day: date = date(2000, 1, 1)
    rows: tuple[Row, ...] = ()
    names: tuple[str, ...] = ()
    values: dict[str, float] = field(factory=dict)
    when: tuple[Condition, ...] = ()
    effects: tuple[Effect, ...] = ()


def page(text: str) -> tuple[dict[str, Any], list[str]]:
    """Read a text as a Page: its values and its problems as printed."""
    file = read(text, "page.toml")
    values = file.table(Page) if file.raw else {}
    return values, [str(problem) for problem in file.problems]


def test_every_kind_of_value_is_read() -> None:
    values, problems = page(
        'title = "x"\ncount = 3\nshare = 1\nis_open = true\nday = 2023-10-09\nnames = ["a", "b"]\n'
        'rows = [{ id = "r", from = "here", sizes = [1, 2.5] }]\nvalues = { dinar = 5 }\n'
    )
    assert problems == []
    assert values == {
        "title": "x",
        "count": 3,
        "share": 1,
        "is_open": True,
        "day": date(2023, 10, 9),
        "names": ("a", "b"),
        "rows": (Row("r", "here", (1, 2.5)),),
        "values": {"dinar": 5},
    }


def test_words_are_read_as_their_classes() -> None:
    values, problems = page(
        'title = "x"\nwhen = [{ variable = "unrest", at_least = 4 }, { any = [{ memory = "m", is = false }] },'
        ' { posture = "tehran", is = "loosen" }]\n'
        'effects = [{ chance = 3, name = "n", effects = [{ variable = "dinar", by = -1 }] },'
        ' { shift = "leagues", from = "own", to = "tehran", by = 2 }]'
    )
    assert problems == []
    assert values["when"] == (
        VariableCondition("unrest", 4),
        AnyCondition((MemoryCondition("m", False),)),
        PostureCondition("tehran", "loosen"),
    )
    assert values["effects"] == (
        ChanceEffect(3, "n", (VariableEffect("dinar", -1),)),
        ShiftEffect("leagues", "own", "tehran", 2),
    )


@pytest.mark.parametrize(
    ("word", "kind"),
    [*((word, Condition) for word in CONDITIONS.values()), *((word, Effect) for word in EFFECTS.values())],
    ids=lambda value: str(value.__name__),
)
def test_the_example_of_each_word_is_read_as_it(word: Any, kind: type) -> None:
    file = read(f"a = {word.example}", "x.toml")
    assert type(file.read(kind, file.raw["a"], "a")) is word
    assert file.problems == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("count = 1.5", "page.toml:2  count\n  this says 1.5\n  allowed: a whole number"),
        ("count = true", "page.toml:2  count\n  this says true\n  allowed: a whole number"),
        ("share = '1'", 'page.toml:2  share\n  this says "1"\n  allowed: a number'),
        ("share = inf", "page.toml:2  share\n  this says inf\n  allowed: a number"),
        ("is_open = 1", "page.toml:2  is_open\n  this says 1\n  allowed: true or false"),
        ("day = '2023-10-09'", 'page.toml:2  day\n  this says "2023-10-09"\n  allowed: a date such as 2023-10-09'),
        ("names = 'a'", 'page.toml:2  names\n  this says "a"\n  allowed: a list in square brackets'),
        ("names = ['a', 2]", "page.toml:2  names[1]\n  this says 2\n  allowed: a text in quotes"),
        ("values = []", "page.toml:2  values\n  this says []\n  allowed: a table"),
        ("values.dinar = 'x'", 'page.toml:2  values.dinar\n  this says "x"\n  allowed: a number'),
        ("rows = {}", "page.toml:2  rows\n  this says {}\n  allowed: a list in square brackets"),
        ("rows = [{}]", 'page.toml:2  rows[0].id\n  the key "id" is missing\n  try: id = …'),
        (
            "rows = [{ id = 'a', form = 'b' }]",
            'page.toml:2  rows[0].form\n  no key is called "form" here\n  allowed: id, from, sizes\n  try: from',
        ),
        (
            "rows = [{ id = 'a', sizes = [1, 'x'] }]",
            'page.toml:2  rows[0].sizes[1]\n  this says "x"\n  allowed: a number',
        ),
        (
            "rows = [{ id = 'a', from = 1 }]",
            "page.toml:2  rows[0].from\n  this says 1\n  allowed: a text in quotes",
        ),
    ],
)
def test_a_wrong_value_is_a_problem_with_its_line(line: str, message: str) -> None:
    assert page(f'title = "x"\n{line}')[1] == [message]


def test_what_cannot_be_read_is_left_out_and_the_rest_is_kept() -> None:
    values, problems = page(
        'title = 3\ncount = "x"\nshare = 2\n[[rows]]\nid = "a"\n[[rows]]\nid = 7\n[[rows]]\nid = "c"\n'
        "[values]\ngood = 1\nbad = []"
    )
    assert values == {"share": 2, "rows": (Row("a"), Row("c")), "values": {"good": 1}}
    assert [problem.split("\n")[0] for problem in problems] == [
        "page.toml:1  title",
        "page.toml:2  count",
        "page.toml:7  rows[1].id",
        "page.toml:12  values.bad",
    ]


def test_problems_of_one_line_keep_its_order() -> None:
    problems = page('title = "x"\nrows = [{ sizes = 3, id = 4, from = 5, form = 6 }]')[1]
    assert [problem.split("\n")[0].rpartition(".")[2] for problem in problems] == ["sizes", "id", "from", "form"]


def test_a_kind_that_nobody_can_read_is_a_problem_and_no_exception() -> None:
    file = read("a = 1", "x.toml")
    assert file.read(complex, 1, "a") is None
    assert [problem.where for problem in file.problems] == ["x.toml:1  a"]


def test_a_byte_order_mark_is_no_problem() -> None:
    assert page('\ufefftitle = "x"') == ({"title": "x"}, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "page.toml:1\n  this file holds nothing\n  allowed: the keys that docs/authoring.md lists"),
        ("# a comment\n", "page.toml:1\n  this file holds nothing\n  allowed: the keys that docs/authoring.md lists"),
        ("a = " + "[" * 5000, "page.toml:1\n  these brackets stand too deep in one another\n"),
        ("a = " + "9" * 5000, "page.toml:1\n  this is not TOML: exceeds the limit"),
        ("a = 1\nb = 2023-02-30", "page.toml:2\n  this is not TOML: invalid date or datetime\n"),
        ("a = 1\na = 2", "page.toml:2\n  this is not TOML: cannot overwrite a value\n"),
        ("[a.b]\n[a.b]", "page.toml:2\n  this is not TOML: cannot declare a.b twice\n"),
        ("a = 1\n\nb = 'x", "page.toml:3\n  this is not TOML: "),
        ("a = 1\x00", "page.toml:1\n  this is not TOML: "),
    ],
    ids=range(9),
)
def test_a_text_that_is_no_toml_is_one_problem(text: str, message: str) -> None:
    values, problems = page(text)
    assert values == {}
    assert len(problems) == 1
    assert problems[0].startswith(message)


@given(text=st.text(alphabet=st.sampled_from("ab=.[]{}\"'#\n 1-,\\\u00e4\r\t")))
def test_no_text_raises(text: str) -> None:
    file = read(text, "x.toml")
    file.table(Page)
    for problem in file.problems:
        assert file.line(problem) >= 1


@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_a_value_is_quoted_in_at_most_sixty_signs(value: Any) -> None:
    assert 0 < len(shown(value)) <= 60


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.write_bytes(b"\xff\xfe"), lambda path: None])
def test_a_file_that_cannot_be_read_is_one_problem(make: Any, tmp_path: Path) -> None:
    make(tmp_path / "cards.toml")
    file = library.open_file(tmp_path / "cards.toml", "cards.toml")
    assert [problem.allowed for problem in file.problems] == ["a readable TOML file in UTF-8"]
    assert file.line(file.problems[0]) == 0


def test_a_problem_keeps_its_line_whatever_the_file_is_called() -> None:
    file = File("a:1  b.toml", *_raw("x = 1\ny = 2"))
    file.problem("y", "so")
    assert file.problems == [Problem("a:1  b.toml:2  y", "so")]
    assert file.line(file.problems[0]) == 2


def _raw(text: str) -> tuple[dict[str, Any], Any]:
    made = read(text, "")
    return made.raw, made.places
