"""Another choice under the same luck: what was really decided gives the same game, and nothing else is changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import game
from game import view
from game.commands.whatif import command
from game.insight.contest import assumptions, replay_under
from game.insight.policies import middle, named, random
from game.insight.rashomon import ONLOOKERS, misread, seen_by
from game.insight.turning_points import contingency, distance, turning_points
from game.insight.what_if import resume, what_if
from game.play.match import Match
from game.testing import strategies

SCENARIO = game.load("gaza-spillover")


@cache
def played(seed: int, turns: int = 99) -> Match:
    match = game.start(SCENARIO, seed)
    while match.turn < turns and match.dilemma:
        match = match.play(*named(match, random))
    return match


def another(match: Match, turn: int) -> str:
    """An option of a past turn that was legal and not taken."""
    past = attrs.evolve(match, turns=match.turns[: turn - 1])
    assert past.dilemma is not None
    return next(o.id for o in past.dilemma.options if o.barred is None and o.id != match.turns[turn - 1].orders.option)


@settings(max_examples=20)
@given(st.data())
def test_what_was_really_decided_gives_back_the_same_game(data: st.DataObject) -> None:
    match = game.start(SCENARIO, data.draw(st.integers(0, 50)))
    for _ in range(data.draw(st.integers(1, 5))):
        if match.outcome is None:
            o = data.draw(strategies.orders(match))
            match = match.play(
                o.option, *o.initiatives, postures=o.postures, injects=o.injects, prediction={"dinar": 40}
            )
    turn = data.draw(st.integers(1, match.turn))
    found = what_if(match, turn, match.turns[turn - 1].orders.option)
    assert found.changed.dumps() == match.dumps()
    assert (found.parted, found.by_middle, found.dropped) == (None, (), ())


@settings(max_examples=10)
@given(st.integers(0, 40), st.integers(1, 12))
def test_before_the_change_nothing_differs_and_after_it_every_difference_is_counted(seed: int, turn: int) -> None:
    match = played(seed)
    if turn > match.turn:
        return
    found = what_if(match, turn, another(match, turn))
    assert found.changed.turns[: turn - 1] == match.turns[: turn - 1]
    assert found.changed.outcome is not None
    assert found.parted is None or found.parted.turn >= turn
    record = {t.dilemma: t.orders.option for t in match.turns}
    for later in found.changed.turns[turn:]:
        recorded = record.get(later.dilemma)
        if later.number not in found.by_middle:
            assert later.orders.option == recorded


def test_an_unfinished_game_is_compared_to_where_it_stands() -> None:
    match = played(5, 6)
    found = what_if(match, 2, another(match, 2))
    assert found.changed.turn <= 6
    assert found.changed.turn == 6 or found.changed.outcome is not None


def test_a_turn_that_was_not_played_and_an_illegal_option_are_refused() -> None:
    match = played(5, 3)
    with pytest.raises(game.Problems, match="a turn from 1 to 3"):
        what_if(match, 4, "x")
    with pytest.raises(game.IllegalOrder, match="no such option"):
        what_if(match, 2, "x")
    with pytest.raises(game.Problems, match="no option"):
        contingency(match, 2, "x", 8)


def test_where_the_record_does_not_serve_middle_decides() -> None:
    empty = attrs.evolve(played(8), turns=())
    found = resume(empty, attrs.evolve(played(8), turns=played(8).turns[:1]))
    assert found.match.turn == 1
    longer = what_if(played(8), 1, another(played(8), 1))
    for turn in longer.by_middle:
        past = attrs.evolve(longer.changed, turns=longer.changed.turns[: turn - 1])
        assert longer.changed.turns[turn - 1].orders.option == named(past, middle)[0]


# ---- other lucks


def test_the_same_choice_has_the_same_odds_in_both_branches() -> None:
    match = played(3)
    odds = contingency(match, 4, match.turns[3].orders.option, 32)
    assert odds.recorded == odds.changed
    assert sum(odds.recorded.endings.values()) == pytest.approx(100)


def test_a_luck_among_others_is_that_run_played_by_the_record() -> None:
    match = played(3)
    odds = contingency(match, 1, match.turns[0].orders.option, 1)
    other = resume(game.start(SCENARIO, match.seed, match.run + 1), match).match
    assert other.outcome is not None
    assert odds.recorded.endings == {other.outcome.ending: 100.0}


def test_turning_points_are_the_largest_changes_and_come_in_their_order() -> None:
    match = played(3)
    found = turning_points(match, lucks=16, most=99)
    assert [point.change for point in found] == sorted((point.change for point in found), reverse=True)
    assert len({point.turn for point in found}) == len(found)
    for point in found[:3]:
        assert point.change == distance(point.recorded, point.changed)
        assert point.taken == match.turns[point.turn - 1].orders.option != point.instead
    assert turning_points(match, lucks=16) == found[:3]


# ---- contested assumptions


def test_the_claim_comes_first_and_every_assumption_can_be_turned_within_its_range() -> None:
    found = assumptions(SCENARIO)
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    assert found[0].kind == "claim"
    assert {each.name for each in found if each.kind == "coin"} == {
        "strikes_deter",
        "presence_shield",
        "tehran_commands",
    }
    assert all(each.low <= each.value <= each.high for each in found if each.kind == "number")


def test_your_own_game_under_another_assumption() -> None:
    match = played(3)
    same = replay_under(match)
    assert same.changed.dumps() == match.dumps()
    coin = replay_under(match, values={"strikes_deter": 1 - match["strikes_deter"]})
    assert coin.changed["strikes_deter"] == 1 - match["strikes_deter"]
    number = next(
        each for each in assumptions(SCENARIO) if each.kind == "number" and each.name.startswith("iraq.street")
    )
    assert replay_under(match, {number.name: number.high}).changed.parameters == {number.name: number.high}


# ---- the command


def test_the_command_tells_both_lines(tmp_path: Path) -> None:
    save = tmp_path / "game.json"
    save.write_text(played(3).dumps(), encoding="utf-8")
    option = another(played(3), 4)
    result = CliRunner().invoke(command, [str(save), "--turn", "4", "--option", option, "--lucks", "8"])
    assert result.exit_code == 0
    text = next(choice.text for choice in view.past(played(3))[3].choices if choice.id == option)
    assert f"Instead: {text}" in result.stdout
    assert "How 8 other lucks end with your decisions, in 100." in result.stdout


def test_the_odds_of_endings_wait_for_the_end(tmp_path: Path) -> None:
    save = tmp_path / "game.json"
    save.write_text(played(3, 5).dumps(), encoding="utf-8")
    result = CliRunner().invoke(command, [str(save), "--turn", "4", "--option", another(played(3), 4), "--json"])
    assert result.exit_code == 0
    assert '"other_lucks": null' in result.stdout


# ---- the same run as others saw it


def test_others_see_the_run_only_once_it_is_over() -> None:
    assert seen_by(played(3, 5), "washington") == ()
    for onlooker in ONLOOKERS:
        assert [seen.turn for seen in seen_by(played(3), onlooker)] == list(range(1, played(3).turn + 1))


def test_washington_misreads_who_fired_where_its_belief_is_wrong() -> None:
    match = played(3)
    for seen, turn in zip(seen_by(match, "washington"), match.turns, strict=True):
        if turn.after["attacks_now"]:
            right = turn.after["washington_blames"] == turn.after["author"]
            assert (seen.was == "") == right
    assert set(misread(match)) == set(ONLOOKERS)
