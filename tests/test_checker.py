"""Every check speaks: each broken scenario of tests/bad prints exactly the message that stands at its head.

A case is a TOML file: its leading comment is all that `check` says, and its `[[edits]]` are made on the scenario of
tests/bad/_minimal, which is valid. An edit replaces `old` by `new` in a `file`, or appends (`append`, so many `times`),
or gives the file as a `whole`, as `bytes`, or as `absent`.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import game
from game.scenario import checker, library
from game.scenario.checks_draft import Draft
from game.scenario.loader import File

BAD = Path(__file__).parent / "bad"
MINIMAL = BAD / "_minimal"
CASES = sorted(BAD.glob("*.toml"), key=lambda path: path.stem)


def build(root: Path, edits: list[dict[str, Any]]) -> Path:
    """Copy the minimal tree to a folder, make the edits, and return the folder of its scenario."""
    shutil.copytree(MINIMAL, root, dirs_exist_ok=True)
    for edit in edits:
        apply_edit(root / "scenarios" / edit["file"], edit)
    return root / "scenarios" / "minimal"


def apply_edit(path: Path, edit: dict[str, Any]) -> None:
    times = edit.get("times", 1)
    if edit.get("absent"):
        path.unlink()
    elif "bytes" in edit:
        path.write_bytes(bytes.fromhex(edit["bytes"]))
    elif "whole" in edit:
        path.write_text(edit["whole"] * times, encoding="utf-8")
    elif "append" in edit:
        rows = [edit["append"].replace("{i}", str(i)) for i in range(times)]
        path.write_text(path.read_text(encoding="utf-8") + "".join(rows), encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
        assert edit["old"] in text, f"{path.name} does not hold {edit['old']!r}"
        path.write_text(text.replace(edit["old"], edit["new"], 1), encoding="utf-8")


def expected(case: Path) -> str:
    """Return the leading comment of a case."""
    rows = []
    for row in case.read_text(encoding="utf-8").split("\n"):
        if not row.startswith("#"):
            break
        rows.append(row.removeprefix("# "))
    return "\n".join(rows)


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the shared tables, the systems and the sheets be those of a folder of the test."""
    monkeypatch.setattr(library, "folder", lambda name: tmp_path / name)
    return tmp_path


def edits_of(case: Path) -> list[dict[str, Any]]:
    return list(tomllib.loads(case.read_text(encoding="utf-8"))["edits"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_broken_scenario_prints_its_message(case: Path, shared: Path) -> None:
    problems = checker.check(build(shared, edits_of(case)))[1]
    assert "\n".join(map(str, problems)) == expected(case)


def speaking(path: Path) -> Iterator[checker.Check]:
    """The checks that find something in a scenario."""
    scenario, source = library.gather(path)
    draft = Draft(scenario, source)
    for check in checker.CHECKS if all(file.raw for file in source.all()) else ():
        before = sum(len(file.problems) for file in source.all())
        check(draft)
        if sum(len(file.problems) for file in source.all()) > before:
            yield check


def test_every_check_has_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = set(checker.CHECKS)
    for case in CASES:
        root = tmp_path / case.stem
        monkeypatch.setattr(library, "folder", lambda name, root=root: root / name)
        silent -= set(speaking(build(root, edits_of(case))))
    assert not silent, f"no case in tests/bad makes these speak: {sorted(check.__name__ for check in silent)}"


def test_every_check_says_what_it_holds() -> None:
    assert all(check.__doc__ for check in checker.CHECKS)
    assert len({check.__name__ for check in checker.CHECKS}) == len(checker.CHECKS)


def test_the_minimal_scenario_is_valid(shared: Path) -> None:
    scenario, problems = checker.check(build(shared, []))
    assert not problems
    assert (scenario.turns, len(scenario.dilemmas)) == (3, 4)


def test_a_scenario_needs_no_lesson(shared: Path) -> None:
    path = build(shared, [])
    text = (path / "scenario.toml").read_text(encoding="utf-8").partition("[lesson]")[0]
    (path / "scenario.toml").write_text(text, encoding="utf-8")
    scenario, problems = checker.check(path)
    assert not problems
    assert scenario.lesson is None


def test_the_minimal_scenario_plays_with_the_bundled_world() -> None:
    match = game.start(game.load(MINIMAL / "scenarios" / "minimal"), seed=1)
    while match.dilemma is not None:
        match = match.play(next(option.id for option in match.dilemma.options if option.barred is None))
    assert match.outcome is not None
    assert match.outcome.turn <= 3


@pytest.mark.parametrize("name", library.bundled())
def test_every_bundled_scenario_is_valid(name: str) -> None:
    assert game.load(name).id == name


def test_all_problems_of_a_file_come_at_once_in_its_order(shared: Path) -> None:
    path = build(shared, edits_of(BAD / "several-mistakes.toml"))
    with pytest.raises(game.Problems) as raised:
        game.load(path)
    places = [problem.where.split("  ")[0].split(":") for problem in raised.value.problems]
    files = [name for name, _ in places]
    assert len(places) >= 6
    assert files == sorted(files, reverse=True), "scenario.toml is told before cards.toml"
    for name in set(files):
        rows = [int(row) for file, row in places if file == name]
        assert rows == sorted(rows)


def test_a_name_that_is_nowhere_lists_the_bundled_ones() -> None:
    with pytest.raises(game.Problems, match=r"allowed: .*gaza-spillover.*\n  try: gaza-spillover"):
        game.load("gaza-spilover")


def test_a_file_without_problems_is_never_scanned_for_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(File, "where", None)
    assert not checker.check(library.find("gaza-spillover"))[1]


TEXTS = {name: (MINIMAL / "scenarios" / name).read_text(encoding="utf-8") for name in (
    "minimal/scenario.toml", "minimal/cards.toml", "initiatives.toml", "world.toml"
)}  # fmt: skip
VALUES = ('"x"', "3", "-1", "true", "[]", "{}", "2023-10-09", "nan", "1e300", '""', "[1, {}]", "[[[]]]", "99999999999")


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a file of the minimal scenario with some of its lines deleted, doubled, revalued or unbalanced."""
    name = draw(st.sampled_from(sorted(TEXTS)))
    rows = TEXTS[name].split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(rows) - 1))
        rows[at : at + 1] = draw(st.sampled_from(MUTATE))(rows[at], draw(st.sampled_from(VALUES)))
    return name, "\n".join(rows)


MUTATE: tuple[Callable[[str, str], list[str]], ...] = (
    lambda row, value: [],
    lambda row, value: [row, row],
    lambda row, value: [row.partition("=")[0] + "= " + value],
    lambda row, value: [row.replace("[", "{").replace("]", "}")],
    lambda row, value: [row.replace("{", "[").replace("}", "]")],
    lambda row, value: [row[: len(row) // 2]],
    lambda row, value: [row.replace('"', "", 1)],
    lambda row, value: [row.replace("a", "\u00e4\u0130", 1)],
    lambda row, value: [row.replace("= ", f"= {value} #", 1)],
    lambda row, value: [row[::-1]],
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutated=mutations())
def test_no_mutation_is_more_than_a_problem(mutated: tuple[str, str], shared: Path) -> None:
    name, text = mutated
    if not (shared / "scenarios").exists():
        build(shared, [])
    file = shared / "scenarios" / name
    file.write_text(text, encoding="utf-8", newline="")
    try:
        problems = checker.check(shared / "scenarios" / "minimal")[1]
    finally:
        file.write_text(TEXTS[name], encoding="utf-8", newline="")
    for problem in problems:
        assert problem.where
        assert problem.what
        assert "Traceback" not in str(problem)
        assert "object" not in problem.what, "a message of Python's own has come through"
