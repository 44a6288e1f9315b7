"""The gates: they pass or fail for the right reason, with a game that shows it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

import game
from game import view
from game.commands import balance as shown
from game.insight import balance as gates
from game.insight.balance import balance, movements, order_share
from game.insight.trade_offs import drawn_numbers, lesson_signs
from game.insight.trials import trial
from game.play.match import Match
from game.scenario.effects import VariableEffect
from game.scenario.library import bundled
from game.scenario.model import Scenario

SCENARIO = game.load("gaza-spillover")
GAMES = 40


@cache
def light() -> Any:
    """All that the players show in few games, the slow ones in fewer turns."""
    return balance(attrs.evolve(SCENARIO, hours=SCENARIO.hours[:5]), games=20, dials=view.DIALS)


def best_of_all(scenario: Scenario) -> tuple[Scenario, str]:
    """A copy in which the second option of the first card is best of all, and the option's name."""
    first, *rest = scenario.dilemmas
    boon = tuple(
        VariableEffect(f"{capital}_{what}", by)
        for capital in ("washington", "tehran")
        for what, by in (("trust", 15), ("pressure", -15))
    )
    options = list(first.options)
    options[1] = attrs.evolve(options[1], effects=(*boon, VariableEffect("legitimacy", 15)), order=None, needs=())
    card = attrs.evolve(first, options=tuple(options), openings=(attrs.evolve(first.openings[0], when=()),))
    return attrs.evolve(scenario, dilemmas=(card, *rest)), f"{first.id}/{options[1].id}"


def test_a_report_has_every_gate_with_its_figure() -> None:
    report = light()
    assert {gate.id for gate in report.gates} >= {
        "idle", "washington-first", "tehran-first", "middle", "lookahead", "random<greedy", "greedy<lookahead",
        "two-embraces", "cards-met", "options-taken", "endings-met", "no-dominated-option", "orders-matter", "lesson",
    }  # fmt: skip
    assert all(gate.figure and gate.allowed for gate in report.gates)
    assert report.passed == all(gate.passed for gate in report.gates)
    assert [sum(row.values()) for row in report.endings.values()] == [pytest.approx(100)] * len(gates.PLAYERS)


def test_a_game_that_shows_a_failure_is_a_save_that_replays() -> None:
    proofs = [gate.proof for gate in light().gates if gate.proof is not None]
    assert all(isinstance(proof, Match) for proof in proofs)
    for gate in light().gates:
        assert gate.proof is None or not gate.passed
    for proof in proofs[:2]:
        assert game.loads(proof.dumps(), proof.scenario).dumps() == proof.dumps()


def test_the_light_gates_hold_on_the_spillover() -> None:
    trials = {name: trial(SCENARIO, name, 300, 1) for name in (*gates.FIXED, "random", "middle", "history")}
    assert all(trials[name].good <= 35 for name in gates.FIXED)
    assert abs(trials["washington-first"].good - trials["tehran-first"].good) <= 10
    assert 8 <= trials["middle"].good <= 60
    met = next(gate for gate in gates._reached(SCENARIO, trials) if gate.id == "cards-met")
    assert met.passed, met.details


@pytest.mark.slow
@pytest.mark.parametrize("name", bundled())
def test_every_gate_passes(name: str) -> None:
    report = balance(game.load(name), dials=view.DIALS, workers=2)
    assert [gate.id for gate in report.gates if not gate.passed] == []


def test_a_tutorial_is_asked_only_what_can_be_reached() -> None:
    tiny = attrs.evolve(SCENARIO, hours=SCENARIO.hours[:2])
    assert [gate.id for gate in balance(tiny, games=8, only_reach=True).gates] == ["cards-met", "endings-met"]


def test_the_tutorial_says_that_it_is_one() -> None:
    report = balance(game.load("first-week"), games=60)
    assert [gate.id for gate in report.gates] == ["cards-met", "endings-met"]
    assert report.passed


def test_an_option_best_of_all_is_found() -> None:
    rigged, best = best_of_all(SCENARIO)
    random = trial(rigged, "random", GAMES, 1, keep_states=True)
    gate = gates._dominated(rigged, random)
    assert not gate.passed
    assert any(detail.startswith(f"{best} over ") for detail in gate.details)
    assert gate.proof is not None


def test_a_card_that_is_never_met_is_dead() -> None:
    first, *rest = SCENARIO.dilemmas
    impossible = (attrs.evolve(first.openings[0], when=(*_never(),)),)
    dead = attrs.evolve(SCENARIO, dilemmas=(attrs.evolve(first, openings=impossible), *rest))
    random = trial(dead, "random", GAMES, 1)
    trials = {"random": random, "lookahead": random}
    met = next(gate for gate in gates._reached(dead, trials) if gate.id == "cards-met")
    assert not met.passed
    assert first.id in met.details


def _never() -> tuple[Any, ...]:
    from game.scenario.conditions import VariableCondition

    return (VariableCondition("dinar", 101),)


def test_the_share_of_orders_is_a_share() -> None:
    match = game.start(SCENARIO, 3)
    for _ in range(3):
        assert match.dilemma is not None
        match = match.play(next(o.id for o in match.dilemma.options if o.barred is None))
    shares = [order_share(turn) for turn in movements(match, view.DIALS)]
    assert len(shares) == 3
    assert all(share is not None and 0 <= share <= 1 for share in shares)
    assert order_share({}) is None


def test_the_lesson_is_asked_under_drawn_numbers_and_either_side_of_each_coin(monkeypatch: pytest.MonkeyPatch) -> None:
    from game.insight import trade_offs

    monkeypatch.setattr(trade_offs, "SETS", 1)
    monkeypatch.setattr(trade_offs, "RUNS", 24)
    names = [name for name, _ in lesson_signs(attrs.evolve(SCENARIO, hours=SCENARIO.hours[:3]), 1)]
    assert names[:2] == ["as written", "parameter set 1"]
    assert len(names) == 8
    drawn = drawn_numbers(SCENARIO, 1, 1)
    table = SCENARIO.table.numbers
    assert all(table[name].low / 1000 <= value <= table[name].high / 1000 for name, value in drawn.items())


def test_the_command_fails_where_a_gate_fails_and_writes_what_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "balance", lambda *args, **rest: light())
    result = CliRunner().invoke(shown.command, ["gaza-spillover", "--json", "--saves", str(tmp_path)])
    row = json.loads(result.stdout)
    assert row["passed"] is light().passed
    files = [gate["save"] for gate in row["gates"] if gate["save"]]
    assert all(Path(file).is_file() for file in files)
    assert not any(gate["save"] for gate in row["gates"] if gate["passed"])
    told = CliRunner().invoke(shown.command, ["gaza-spillover"])
    assert "lookahead ends well" in told.stdout


def test_which_numbers_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("SALib.sample.morris")
    from game.insight import sensitivity

    rules = sensitivity.by_rule(SCENARIO)
    few = {name: rules[name] for name in ("iraq.electricity", "iraq.street")}
    monkeypatch.setattr(sensitivity, "by_rule", lambda scenario: few)
    monkeypatch.setattr(sensitivity, "RUNS", 8)
    monkeypatch.setattr(sensitivity, "SAMPLES", 2)
    found = sensitivity.sensitivity(attrs.evolve(SCENARIO, hours=SCENARIO.hours[:2]))
    assert {each.name for each in found} == set(few)
    assert {each.measure for each in found} == {"morris", "sobol"}


def test_without_the_extra_the_study_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from game.insight.sensitivity import sensitivity

    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    with pytest.raises(game.Problems, match="research"):
        sensitivity(SCENARIO)
