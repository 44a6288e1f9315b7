"""`baghdad check seeds/`: each broken sheet of tests/bad/seeds prints exactly the message that stands at its head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_checker import BAD, MINIMAL, MUTATE, VALUES, build, edits_of, expected

from game.scenario import checks_seeds, library
from game.scenario.checks_seeds import CHECKS, check_seeds, is_seeds
from game.world.problems import Problems

CASES = sorted((BAD / "seeds").glob("*.toml"), key=lambda path: path.stem)
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)


@each_case
def test_each_broken_sheet_prints_its_message(case: Path, tmp_path: Path) -> None:
    build(tmp_path, edits_of(case))
    assert "\n".join(map(str, check_seeds(tmp_path / "seeds")[1])) == expected(case)


def test_every_check_has_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = {check.__name__ for check in CHECKS}

    def listened(check: Callable[[checks_seeds.Draft], None]) -> Callable[[checks_seeds.Draft], None]:
        def one(draft: checks_seeds.Draft) -> None:
            before = len(draft.file.problems)
            check(draft)
            if len(draft.file.problems) > before:
                silent.discard(check.__name__)

        return one

    monkeypatch.setattr(checks_seeds, "CHECKS", [listened(check) for check in CHECKS])
    for case in CASES:
        build(tmp_path / case.stem, edits_of(case))
        check_seeds(tmp_path / case.stem / "seeds")
    assert silent == set()


def test_the_bundled_sheets_are_sound() -> None:
    counts, problems = check_seeds(library.folder("seeds"))
    assert problems == []
    assert counts == {
        "documents": len(library.sheets()),
        "facts": len(library.facts()),
        "disagreements": len(library.disagreements()),
    }


def test_one_file_can_be_checked_alone() -> None:
    folder = library.folder("seeds")
    assert check_seeds(folder / "004.toml") == (
        {"documents": 1, "facts": len(library.sheets()["004"].facts), "disagreements": 0},
        [],
    )
    assert check_seeds(folder / "disagreements.toml")[0]["disagreements"] == len(library.disagreements())


def test_what_is_seeds_and_what_is_not(tmp_path: Path) -> None:
    assert is_seeds(Path("nowhere/009.toml"))
    assert not is_seeds(tmp_path)
    assert not is_seeds(library.folder("scenarios"))
    assert not is_seeds(library.folder("scenarios") / "gaza-spillover" / "scenario.toml")
    with pytest.raises(Problems, match="no file is there"):
        check_seeds(tmp_path / "009.toml")


NAMES = ("004.toml", "disagreements.toml")
TEXTS = {name: (MINIMAL / "seeds" / name).read_text(encoding="utf-8") for name in NAMES}


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a file of the minimal seeds with some of its lines deleted, doubled, revalued or unbalanced."""
    name = draw(st.sampled_from(NAMES))
    rows = TEXTS[name].split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(rows) - 1))
        rows[at : at + 1] = draw(st.sampled_from(MUTATE))(rows[at], draw(st.sampled_from(VALUES)))
    return name, "\n".join(rows)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutated=mutations())
def test_no_mutation_is_more_than_a_problem(mutated: tuple[str, str], tmp_path: Path) -> None:
    name, text = mutated
    for file in NAMES:
        (tmp_path / file).write_text(text if file == name else TEXTS[file], encoding="utf-8", newline="")
    for problem in check_seeds(tmp_path)[1]:
        assert problem.where
        assert problem.what
        assert "object" not in problem.what, "a message of Python's own has come through"
