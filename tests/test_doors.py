"""The doors for Python as they are promised: every line of the example, every refusal, every setting."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import attrs
import numpy as np
import pytest

import game
from game.scenario.model import Scenario
from game.testing.invariants import breaches, random_game
from game.world.variables import FACTIONS, HOLDERS, POSTURES

MOST = 2**64 - 1


@cache
def gaza() -> Scenario:
    return game.load("gaza-spillover")


@cache
def whole_game() -> game.Match:
    return random_game(gaza(), 5, 3)


def quiet(match: game.Match, *initiatives: str, **rest: Any) -> game.Match:
    assert match.dilemma is not None
    return match.play(next(o.id for o in match.dilemma.options if o.barred is None), *initiatives, **rest)


def refusal(match: game.Match, *orders: str, **rest: Any) -> game.IllegalOrder:
    before = match.dumps()
    with pytest.raises(game.IllegalOrder) as caught:
        match.play(*orders, **rest)
    assert match.dumps() == before
    assert caught.value.turn == match.turn
    assert caught.value.asked in str(caught.value)
    return caught.value


def problems(call: Callable[[], object]) -> list[game.Problem]:
    with pytest.raises(game.Problems) as caught:
        call()
    assert all(problem.where and problem.what for problem in caught.value.problems)
    return list(caught.value.problems)


# ---- the example, line by line


def test_load_takes_a_bundled_id_or_a_path() -> None:
    from game.scenario.library import folder

    assert game.load(str(folder("scenarios") / "gaza-spillover")) == gaza()
    assert gaza().id == "gaza-spillover"


def test_load_tells_what_there_is_when_there_is_nothing() -> None:
    (problem,) = problems(lambda: game.load("gaza-spilover"))
    assert "gaza-spillover" in problem.allowed
    assert problem.fix == "gaza-spillover"


def test_start_takes_seed_run_values_and_parameters() -> None:
    match = game.start(gaza(), seed=7, run=0, values={"tehran_restraint": 80}, parameters={})
    assert (match.seed, match.run, match["tehran_restraint"]) == (7, 0, 80)
    assert game.start(gaza(), 7) == game.start(gaza(), seed=7, run=0)


def test_options_have_id_text_and_whether_they_are_barred() -> None:
    for run in range(20):
        desk = game.start(gaza(), 7, run).dilemma
        assert desk is not None
        assert 3 <= len(desk.options) <= 5
        for option in desk.options:
            assert option.id
            assert option.text
            assert option.barred is None or option.barred.strip()


def test_initiatives_have_a_price_besides() -> None:
    match = game.start(gaza(), 7)
    assert len(match.initiatives) == 5
    for offer in match.initiatives:
        assert offer.id
        assert offer.text
        assert offer.price > 0
        assert offer.barred is None or offer.barred.strip()


def test_play_gives_a_new_match_and_leaves_the_old_one() -> None:
    match = game.start(gaza(), 7)
    text = match.dumps()
    further = quiet(match)
    assert (match.turn, further.turn) == (0, 1)
    assert match.dumps() == text
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        match.seed = 8  # type: ignore[misc]
    with pytest.raises(TypeError):
        match.state["dinar"] = 0  # type: ignore[index]


def test_an_initiative_is_begun_and_paid_for_and_can_be_stopped() -> None:
    match = game.start(gaza(), 7, values={"capital": 12})
    offer = next(offer for offer in match.initiatives if offer.barred is None and offer.turns > 1)
    begun = quiet(match, offer.id)
    paid = [line for line in begun.turns[-1].lines if line.cause == f"initiative.{offer.id}"]
    assert any(line.variable == "capital" and line.amount == -offer.price * 1_000 for line in paid)
    assert [it.id for it, _ in begun.running] == [offer.id]
    stopped = quiet(begun, f"stop:{offer.id}")
    assert stopped.running == ()


def test_postures_injects_and_prediction_are_saved_and_gone_with_undo() -> None:
    match = game.start(gaza(), 7)
    event = gaza().events[-1].id
    ordered = quiet(match, postures={"tehran": "loosen"}, injects=(event,), prediction={"unrest": "up"})
    orders = ordered.turns[-1].orders
    assert dict(orders.postures) == {"tehran": "loosen"}
    assert (orders.injects, orders.prediction) == ((event,), {"unrest": "up"})
    assert ordered["posture.tehran"] == POSTURES["tehran"].index("loosen")
    assert ordered[f"event.{event}"] == 1
    assert game.loads(ordered.dumps()) == ordered
    assert ordered.undo() == match
    assert quiet(match).turns[-1].orders == attrs.evolve(orders, postures={}, injects=(), prediction=None)


@pytest.mark.parametrize(("seat", "posture"), [(seat, name) for seat, names in POSTURES.items() for name in names])
def test_anyone_may_sit_in_any_seat(seat: str, posture: str) -> None:
    match = quiet(game.start(gaza(), 7), postures={seat: posture})
    assert match[f"posture.{seat}"] == POSTURES[seat].index(posture)


def test_a_value_is_read_in_its_unit_as_the_ledger_holds_it() -> None:
    match = whole_game()
    for name in ("washington_pressure", "waiver_days", "us_troops"):
        assert match[name] == match.turns[-1].after[name] / 1_000
    assert isinstance(match["washington_pressure"], float)
    with pytest.raises(KeyError):
        _ = match["no_such_variable"]
    assert len(match.state) == len(list(match.state)) == len(gaza().layout)
    assert "dinar" in match.state
    assert "dinar" in gaza().layout


def test_turns_hold_lines_with_variable_amount_cause_and_facts() -> None:
    for turn in whole_game().turns:
        for line in turn.lines:
            assert isinstance(line, game.Line)
            assert type(line.amount) is int
            assert line.variable in turn.after
            assert isinstance(line.cause, str)
            assert isinstance(line.facts, tuple)
    assert type(whole_game().turns[-1].before["dinar"]) is type(whole_game().turns[-1].after["dinar"]) is int
    assert any(line.facts for line in whole_game().turns[-1].lines)


def test_an_outcome_is_none_until_it_has_an_ending_a_turn_and_reasons() -> None:
    assert game.start(gaza(), 7).outcome is None
    outcome = whole_game().outcome
    assert isinstance(outcome, game.Outcome)
    assert outcome.ending in {ending.id for ending in gaza().endings}
    assert outcome.turn == whole_game().turn
    assert all(isinstance(line, game.Line) for line in outcome.because)


def test_undo_dumps_and_loads() -> None:
    match = quiet(quiet(game.start(gaza(), 7)))
    assert match.undo().turn == 1
    assert quiet(match.undo()) == match
    assert game.loads(match.dumps()) == match


def test_simulate_gives_endings_turns_columns_and_matches() -> None:
    batch = game.simulate(gaza(), runs=200, seed=1, policy="middle", values={}, parameters={})
    assert isinstance(batch, game.Batch)
    assert sum(batch.endings.values()) == 200
    assert set(batch.endings) <= {ending.id for ending in gaza().endings}
    assert 200 <= batch.game_turns <= 200 * gaza().turns
    course = batch["washington_pressure"]
    assert course.shape == (200, gaza().turns + 1)
    assert course.dtype == np.float64
    assert batch["washington_pressure"] is course
    match = batch.match(17)
    assert (match.seed, match.run) == (1, 17)
    assert match.outcome is not None
    assert course[17, match.turn] == match["washington_pressure"]
    assert (course[17, match.turn :] == match["washington_pressure"]).all()
    assert course[17, 0] == match.start["washington_pressure"] / 1_000
    with pytest.raises(ValueError, match="read-only"):
        course[0, 0] = 1


def test_a_callable_plays_game_by_game_and_sees_a_match() -> None:
    def player(match: game.Match) -> tuple[str, ...]:
        assert match.dilemma is not None
        return (next(option.id for option in match.dilemma.options if option.barred is None),)

    batch = game.simulate(gaza(), runs=3, seed=1, policy=player, values={"unrest": 20})
    assert batch["unrest"][:, 0].tolist() == [20, 20, 20]
    assert batch.game_turns == sum(batch.match(run).turn for run in range(3))


# ---- refusals


def test_an_unknown_option_is_refused_with_what_was_legal() -> None:
    match = quiet(game.start(gaza(), 7))
    assert match.dilemma is not None
    refused = refusal(match, "dance")
    assert refused.asked == "dance"
    assert refused.legal == tuple(option.id for option in match.dilemma.options if option.barred is None)


def test_a_barred_option_is_refused_in_its_own_words() -> None:
    for run in range(200):
        match = game.start(gaza(), 9, run)
        assert match.dilemma is not None
        for option in match.dilemma.options:
            if option.barred is not None:
                refused = refusal(match, option.id)
                assert option.barred.rstrip(".") in str(refused)
                assert option.id not in refused.legal
                return
    pytest.skip("no first card bars an option")


@pytest.mark.parametrize(
    "rest",
    [
        {"postures": {"nobody": "strike"}},
        {"postures": {"tehran": "sulk"}},
        {"injects": ("no-such-event",)},
    ],
)
def test_unknown_seats_postures_and_events_are_refused(rest: dict[str, Any]) -> None:
    match = game.start(gaza(), 7)
    assert match.dilemma is not None
    assert refusal(match, match.dilemma.options[-1].id, **rest).legal


def test_initiatives_unknown_unpaid_unoffered_or_named_twice_are_refused() -> None:
    match = game.start(gaza(), 7, values={"capital": 12})
    poor = game.start(gaza(), 7, values={"capital": 0})
    assert match.dilemma is not None
    option = next(o.id for o in match.dilemma.options if o.barred is None)
    offered = [offer.id for offer in match.initiatives if offer.barred is None]
    other = next(it.id for it in gaza().initiatives if it.id not in {offer.id for offer in match.initiatives})
    assert "not on offer" in str(refusal(match, option, "no-such-initiative"))
    assert "not on offer" in str(refusal(match, option, other))
    assert "not running" in str(refusal(match, option, f"stop:{offered[0]}"))
    assert "twice" in str(refusal(match, option, offered[0], offered[0]))
    assert "capital" in str(refusal(poor, option, offered[0]))
    assert set(offered) <= set(refusal(match, option, "nothing").legal)
    cheap = sorted(offered, key=lambda name: gaza().find("initiative", name).price)[:3]
    if sum(gaza().find("initiative", name).price for name in cheap) <= 12:
        assert "two initiatives" in str(refusal(match, option, *cheap))


def test_after_an_ending_nothing_is_on_the_desk_and_play_is_refused() -> None:
    match = whole_game()
    assert match.dilemma is None
    assert match.initiatives == ()
    assert "over" in str(refusal(match, "hold"))
    assert match.undo().outcome is None


def test_undo_is_refused_at_the_start_and_in_iron_mode() -> None:
    for match in (game.start(gaza(), 7), quiet(game.start(gaza(), 7, iron=True))):
        with pytest.raises(game.IllegalOrder) as caught:
            match.undo()
        assert caught.value.asked == "undo"
        assert caught.value.turn == match.turn


@pytest.mark.parametrize("seed", [-1, MOST + 1, 1.0, "7", True, None])
def test_a_seed_out_of_range_is_refused_everywhere(seed: Any) -> None:
    for call in (lambda: game.start(gaza(), seed), lambda: game.simulate(gaza(), 3, seed)):
        (problem,) = problems(call)
        assert problem.where == "seed"
        assert str(MOST) in problem.allowed


@pytest.mark.parametrize("seed", [0, 1, MOST])
def test_the_seeds_at_both_ends_are_played(seed: int) -> None:
    assert quiet(game.start(gaza(), seed, MOST)).turn == 1
    assert game.simulate(gaza(), 2, seed, "idle").game_turns > 2


@pytest.mark.parametrize("runs", [0, -1, 2.5, True])
def test_a_number_of_runs_that_cannot_be_is_refused(runs: Any) -> None:
    (problem,) = problems(lambda: game.simulate(gaza(), runs, 1))
    assert problem.where == "runs"


def test_a_run_that_cannot_be_is_refused_along_with_the_seed() -> None:
    assert [problem.where for problem in problems(lambda: game.start(gaza(), -1, -1))] == ["seed", "run"]


def test_an_unknown_player_is_refused_with_the_nearest() -> None:
    (problem,) = problems(lambda: game.simulate(gaza(), 3, 1, "midle"))
    assert problem.fix == "middle"
    assert "history" in problem.allowed


# ---- settings


@pytest.mark.parametrize("name", [variable.name for variable in game.load("gaza-spillover").layout.tabled()])
def test_every_tabled_variable_can_be_set_from_end_to_end(name: str) -> None:
    variable = gaza().layout[name]
    for end in (variable.low, variable.high):
        match = game.start(gaza(), 7, values={name: end / 1_000})
        assert match.start[name] == end
        assert breaches(match, "limits", "control") == []
        assert game.loads(match.dumps(), gaza()) == match
    assert quiet(match).turn == 1
    for beyond in (variable.low - 1, variable.high + 1):
        (problem,) = problems(lambda beyond=beyond: game.start(gaza(), 7, values={name: beyond / 1_000}))  # type: ignore[misc]
        assert problem.where == f"values.{name}"
        assert problem.allowed
        assert problem.fix


@pytest.mark.parametrize("goal", [0, 0.5, 10, 33.333, 50, 61.8, 90, 99.99, 100])
def test_setting_the_militias_own_will_rescales_own_control(goal: float) -> None:
    free, was = game.start(gaza(), 7, values={"militia_autonomy": goal}), game.start(gaza(), 7)
    assert free["militia_autonomy"] == pytest.approx(goal, abs=0.0011)
    up = goal > was["militia_autonomy"]
    for faction in FACTIONS:
        assert sum(free.start[f"{faction}_{holder}"] for holder in HOLDERS) == 100_000
        own = free[f"{faction}_own"]
        assert own >= was[f"{faction}_own"] if up else own <= was[f"{faction}_own"]
        share = was[f"{faction}_tehran"] / (was[f"{faction}_tehran"] + was[f"{faction}_baghdad"])
        assert free[f"{faction}_tehran"] == pytest.approx(share * (100 - own), abs=0.002)


@pytest.mark.parametrize("faction", FACTIONS)
@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("value", [0, 12.345, 50, 99.999, 100])
def test_setting_one_share_rescales_the_other_two(faction: str, holder: str, value: float) -> None:
    match, was = game.start(gaza(), 7, values={f"{faction}_{holder}": value}), game.start(gaza(), 7)
    assert match[f"{faction}_{holder}"] == value
    one, two = (f"{faction}_{other}" for other in HOLDERS if other != holder)
    assert match.start[one] + match.start[two] == 100_000 - match.start[f"{faction}_{holder}"]
    share = was[one] / (was[one] + was[two])
    assert match[one] == pytest.approx(share * (100 - value), abs=0.002)
    others = [f"{other}_{h}" for other in FACTIONS if other != faction for h in HOLDERS]
    assert [match[name] for name in others] == [was[name] for name in others]


def test_two_shares_leave_the_third_the_rest_and_three_must_be_whole() -> None:
    match = game.start(gaza(), 7, values={"leagues_tehran": 33.3, "leagues_own": 33.3})
    assert match["leagues_baghdad"] == 33.4
    whole = {"leagues_tehran": 33.3, "leagues_own": 33.3, "leagues_baghdad": 33.4}
    assert game.start(gaza(), 7, values=whole)["leagues_baghdad"] == 33.4
    for wrong in ({**whole, "leagues_own": 40}, {"leagues_own": 60, "leagues_tehran": 60}):
        (problem,) = problems(lambda wrong=wrong: game.start(gaza(), 7, values=wrong))  # type: ignore[misc]
        assert "leagues" in problem.where
        assert "100" in problem.allowed


def test_the_whole_and_a_share_of_it_are_not_set_together() -> None:
    both = {"militia_autonomy": 50, "leagues_own": 20}
    (problem,) = problems(lambda: game.start(gaza(), 7, values=both))
    assert problem.where == "values.militia_autonomy"


@pytest.mark.parametrize("value", ["80", None, True, float("nan"), float("inf"), -float("inf"), [80]])
@pytest.mark.parametrize("kind", ["values", "parameters"])
def test_what_is_no_number_is_refused(kind: str, value: Any) -> None:
    name = "leagues_own" if kind == "values" else next(iter(gaza().table.numbers))
    rest: dict[str, Any] = {kind: {name: value}}
    (problem,) = problems(lambda: game.start(gaza(), 7, **rest))
    assert problem.where == f"{kind}.{name}"
    (problem,) = problems(lambda: game.simulate(gaza(), 2, 7, "idle", **rest))
    assert problem.where == f"{kind}.{name}"


def test_everything_wrong_with_the_settings_is_told_at_once_with_the_nearest_name() -> None:
    wrong = {"washington_presure": 3, "turn": 3, "unrest": 101}
    found = problems(lambda: game.start(gaza(), 7, values=wrong))
    assert [problem.where for problem in found] == ["values.washington_presure", "values.turn", "values.unrest"]
    assert [problem.fix for problem in found[::2]] == ["washington_pressure", "100"]
    (problem,) = problems(lambda: game.start(gaza(), 7, parameters={"iraq.dinar.rates": 3}))
    assert problem.fix == "iraq.dinar.rate"


def test_a_number_of_the_rules_moves_between_its_plausible_ends_only() -> None:
    number = gaza().table.numbers["iraq.dinar.rate"]
    low, high = (
        quiet(game.start(gaza(), 7, values={"dinar": 100}, parameters={number.name: end / 1_000}))["dinar"]
        for end in (number.low, number.high)
    )
    assert low != high
    (problem,) = problems(lambda: game.start(gaza(), 7, parameters={number.name: number.high / 1_000 + 1}))
    assert problem.where == f"parameters.{number.name}"
    assert problem.fix == f"{number.high / 1_000:g}"


def test_a_secret_that_is_set_is_not_drawn_and_moves_no_other_die() -> None:
    secret = next(iter(gaza().hidden))
    was, now = game.start(gaza(), 7), game.start(gaza(), 7, values={secret: gaza().layout[secret].low / 1_000})
    assert now.start[secret] == gaza().layout[secret].low
    assert [name for name in was.start if was.start[name] != now.start[name] and name != secret] == []


def test_secrets_are_drawn_within_the_ranges_of_the_scenario() -> None:
    for run in range(100):
        match = game.start(gaza(), 3, run)
        for name, span in gaza().hidden.items():
            assert span.low <= match[name] <= span.high
