"""A save holds the whole game, tells when it was changed, and survives every kill and a full disk."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import game
from game.play.saves import FORMAT, TEMPORARY, Save, dumps, sweep
from game.play.sitting import Sitting, begin, folder, latest, resume, saved_games
from game.scenario.model import Scenario
from game.testing.invariants import random_game
from game.testing.strategies import matches

STEPS = ("open", "write", "fsync", "rename", "fsync folder", "done")
RENAMED = STEPS.index("rename") + 1


@cache
def gaza() -> Scenario:
    return game.load("gaza-spillover")


@cache
def whole_game() -> game.Match:
    return random_game(gaza(), 5, 3)


def quiet(match: game.Match, turns: int) -> game.Match:
    for _ in range(turns):
        assert match.dilemma is not None
        legal = [option.id for option in match.dilemma.options if option.barred is None]
        match = match.play(legal[match.turn % len(legal)])
    return match


def saved(match: game.Match) -> dict[str, Any]:
    return json.loads(match.dumps())  # type: ignore[no-any-return]


def refused(text: str) -> list[str]:
    with pytest.raises(game.Problems) as caught:
        game.loads(text, gaza())
    assert all(problem.where and problem.what for problem in caught.value.problems)
    return [problem.where for problem in caught.value.problems]


# ---- the text


@settings(max_examples=8)
@given(matches())
def test_a_save_read_back_is_the_same_game_and_the_same_bytes(match: game.Match) -> None:
    again = game.loads(match.dumps(), gaza())
    assert again == match
    assert again.dumps() == match.dumps() == dumps(match)


def test_a_save_finds_its_scenario_by_itself_and_holds_no_clock() -> None:
    match = whole_game()
    assert game.loads(match.dumps()).state == match.state
    assert set(saved(match)) == {"format", "game", "scenario", "content", "seed", "run", "settings", "turns"}
    assert set(saved(match)["turns"][0]) == {
        "dilemma", "option", "initiatives", "postures", "injects", "prediction", "values", "digest",
    }  # fmt: skip


PLAYED = """
import game
match = game.start(game.load("gaza-spillover"), seed=11, run=2, values={"unrest": 33.3, "leagues_own": 41})
while match.outcome is None:
    legal = [option.id for option in match.dilemma.options if option.barred is None]
    offers = [offer.id for offer in match.initiatives if offer.barred is None]
    seats = {"tehran": "loosen"} if match.turn == 3 else {}
    match = match.play(legal[match.turn % len(legal)], *offers[:1], postures=seats, prediction={"unrest": "up"})
print(match.dumps(), end="")
"""


def test_two_processes_write_the_same_bytes() -> None:
    said = [
        subprocess.run([sys.executable, "-c", PLAYED], env=os.environ | more, capture_output=True, check=True).stdout
        for more in ({"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Baghdad"})
    ]
    assert said[0] == said[1]
    assert len(game.loads(said[0].decode()).turns) > 1


def test_every_setting_of_a_game_is_in_its_save() -> None:
    number = next(iter(gaza().table.numbers.values()))
    values, parameters = {"unrest": 12.345, "militia_autonomy": 61}, {number.name: number.high / 1_000}
    match = game.start(gaza(), 2**64 - 1, 7, values, parameters, iron=True)
    again = game.loads(match.dumps())
    assert again == match
    assert (again.seed, again.run, again.iron, again["unrest"]) == (2**64 - 1, 7, True, 12.345)
    assert again.parameters == parameters


@pytest.mark.parametrize("prediction", [None, True, 3, 0.5, "up", ["up", 1], {"unrest": "up"}])
def test_any_plain_prediction_is_kept(prediction: Any) -> None:
    match = game.start(gaza(), 7)
    assert match.dilemma is not None
    match = match.play(match.dilemma.options[-1].id, prediction=prediction)
    assert game.loads(match.dumps(), gaza()) == match


# ---- what was changed is found


def test_another_option_on_any_turn_is_found_on_that_turn_with_the_variable_named() -> None:
    names = set(gaza().layout.index)
    for i in range(whole_game().turn):
        rows = saved(whole_game())
        row = rows["turns"][i]
        card = gaza().find("dilemma", row["dilemma"])
        row["option"] = next(option.id for option in card.options if option.id != row["option"])
        with pytest.raises(game.Diverged) as caught:
            game.loads(json.dumps(rows), gaza())
        assert caught.value.turn == i + 1
        assert caught.value.variable in names | {"orders"}
        assert caught.value.saved != caught.value.replayed


def test_any_other_order_on_any_turn_is_found() -> None:
    events = [event.id for event in gaza().events]
    for i in range(0, whole_game().turn, 3):
        changes: list[dict[str, Any]] = [
            {"dilemma": "another"},
            {"initiatives": ["no-such-initiative"]},
            {"postures": {"tehran": "sulk"}},
            {"injects": ["no-such-event"]},
            {"digest": "0" * 16},
        ]
        changes += [{"injects": [name]} for name in events[:2]] + [{"prediction": {"unrest": "up"}}]
        for change in changes:
            rows = saved(whole_game())
            if rows["turns"][i] | change == rows["turns"][i]:
                continue
            rows["turns"][i] |= change
            with pytest.raises((game.Diverged, game.Problems)) as caught:
                game.loads(json.dumps(rows), gaza())
            if isinstance(caught.value, game.Diverged):
                assert caught.value.turn == i + 1, change


@settings(max_examples=120)
@given(st.data())
def test_a_changed_byte_in_the_orders_of_any_turn_is_found(data: st.DataObject) -> None:
    rows = whole_game().dumps().split("\n")
    i = data.draw(st.integers(1, whole_game().turn))
    end = rows[i].index('"values"')
    at = data.draw(st.integers(0, end - 1))
    other = data.draw(st.sampled_from('abcxyz019-_"[]{}:,'))
    if rows[i][at] in (other, " ") or (rows[i][at] in ",:" and other == " "):
        return
    rows[i] = rows[i][:at] + other + rows[i][at + 1 :]
    with pytest.raises((game.Diverged, game.Problems)) as caught:
        game.loads("\n".join(rows), gaza())
    if isinstance(caught.value, game.Diverged):
        assert caught.value.turn == i
        assert caught.value.variable


@settings(max_examples=40)
@given(st.data())
def test_a_changed_value_of_any_turn_is_named(data: st.DataObject) -> None:
    rows = saved(whole_game())
    i = data.draw(st.integers(0, whole_game().turn - 1))
    name = data.draw(st.sampled_from(sorted(rows["turns"][i]["values"])))
    rows["turns"][i]["values"][name] += 1
    with pytest.raises(game.Diverged) as caught:
        game.loads(json.dumps(rows), gaza())
    assert (caught.value.turn, caught.value.variable) == (i + 1, name)
    assert caught.value.saved == whole_game().turns[i].after[name] + 1
    assert caught.value.replayed == whole_game().turns[i].after[name]


@pytest.mark.parametrize(("key", "other"), [("seed", 6), ("run", 4)])
def test_another_seed_or_run_is_found_on_the_first_turn(key: str, other: int) -> None:
    with pytest.raises(game.Diverged) as caught:
        game.loads(json.dumps(saved(whole_game()) | {key: other}), gaza())
    assert caught.value.turn == 1


# ---- what is no save is told, never a traceback


def test_a_save_cut_off_anywhere_is_told() -> None:
    text = whole_game().dumps()
    for end in [*range(0, 400, 7), *range(400, len(text) - 3, 997), len(text) - 3]:
        assert refused(text[:end]), end


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "3",
        "[]",
        "{}",
        '"save"',
        "not json",
        "\x00",
        "[" * 100_000,
        '{"format": 1}',
        '{"turns": []}',
        "\ufeff{}",
    ],
)
def test_what_is_no_save_at_all_is_told(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize("other", [0, FORMAT + 1, "1", None, -1, 1.5])
def test_another_format_is_told_with_the_one_that_is_read(other: object) -> None:
    with pytest.raises(game.Problems) as caught:
        game.loads(json.dumps(saved(whole_game()) | {"format": other}), gaza())
    (problem,) = caught.value.problems
    assert problem.allowed == str(FORMAT)
    assert "format" in problem.where
    assert problem.fix


def test_all_that_is_wrong_with_a_save_is_told_at_once() -> None:
    rows = saved(whole_game()) | {"seed": "seven", "run": True, "extra": 1}
    del rows["content"]
    rows["turns"][2]["initiatives"] = [3]
    rows["turns"][4] = "hold"
    rows["settings"]["values"] = {"unrest": "high"}
    at = refused(json.dumps(rows))
    assert len(at) == 7
    assert [
        key for key in ("seed", "run", "content", "extra", "turns[2].initiatives", "turns[4]", "settings.values")
        if not any(where.endswith(key) for where in at)
    ] == []  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in a save, values of the state aside."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        if key != "values" or len(path) < 2:
            yield from places(part, (*path, key))


PLACES = [path for path in places(saved(whole_game())) if path]


@settings(max_examples=150)
@given(st.sampled_from(PLACES), JSON)
@example(("settings", "values"), [1])
@example(("settings", "parameters"), {"no.such": 1})
@example(("turns", 0, "values"), {"dinar": "high"})
@example(("turns", 0, "postures"), {"tehran": []})
@example(("scenario",), "../../etc")
@example(("scenario",), "\x00")
@example(("turns", 0, "prediction"), "\ud800")
def test_whatever_stands_in_a_save_is_read_or_refused_in_words(path: tuple[Any, ...], value: Any) -> None:
    rows = saved(whole_game())
    inner = rows
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with contextlib.suppress(game.Problems, game.Diverged):
        match = game.loads(json.dumps(rows), None if path == ("scenario",) else gaza())
        assert match.outcome is None or match.outcome.ending


# ---- a save of other rules


def other_rules() -> Scenario:
    """The same scenario with one number of its rules set otherwise."""
    number = gaza().table.numbers["iraq.dinar.rate"]
    return attrs.evolve(gaza(), numbers={number.name: number.high / 1_000}, content="other")


def test_a_save_of_other_rules_opens_to_be_read_and_not_played() -> None:
    was = whole_game()
    match = game.loads(was.dumps(), other_rules())
    assert match.read_only
    assert match.turn == was.turn
    assert [turn.after["dinar"] for turn in match.turns] == [turn.after["dinar"] for turn in was.turns]
    assert [turn.orders for turn in match.turns] == [turn.orders for turn in was.turns]
    assert [turn.dilemma for turn in match.turns] == [turn.dilemma for turn in was.turns]
    assert match["unrest"] == was["unrest"]
    with pytest.raises(game.IllegalOrder, match="only be read"):
        match.play("anything")
    with pytest.raises(game.IllegalOrder, match="only be read"):
        match.undo()


def test_a_save_of_other_rules_that_replays_all_the_same_is_played_on() -> None:
    started = quiet(game.start(gaza(), 7), 2)
    match = game.loads(started.dumps(), attrs.evolve(gaza(), content="other"))
    assert not match.read_only
    assert quiet(match, 1).turn == 3


def test_a_save_of_richer_rules_is_read_as_far_as_these_know_it() -> None:
    fewer = attrs.evolve(other_rules(), dilemmas=gaza().dilemmas[:5], endings=gaza().endings[-1:])
    match = game.loads(whole_game().dumps(), fewer)
    assert match.read_only
    assert match["dinar"] == whole_game()["dinar"]
    assert match.dilemma is None or match.dilemma.id


# ---- on disk


def sitting_at(place: Path, turns: int = 0, steps: Callable[[str], None] = lambda step: None) -> Sitting:
    """A sitting over a save of its own, so many turns played."""
    sitting = Sitting(game.start(gaza(), 7), Save(place / "game.json", steps))
    sitting.save.write(sitting.match)
    for _ in range(turns):
        further(sitting)
    return sitting


def further(sitting: Sitting) -> game.Match:
    assert sitting.match.dilemma is not None
    legal = [option.id for option in sitting.match.dilemma.options if option.barred is None]
    return sitting.play(legal[sitting.match.turn % len(legal)])


def test_a_turn_is_on_disk_when_play_returns_and_undo_rewrites_it(tmp_path: Path) -> None:
    sitting = sitting_at(tmp_path, 3)
    path = tmp_path / "game.json"
    assert path.read_text(encoding="utf-8") == sitting.match.dumps()
    three = sitting.match
    assert sitting.undo().turn == 2
    assert path.read_text(encoding="utf-8") == sitting.match.dumps() != three.dumps()
    assert further(sitting) == three
    sitting.close()
    sitting.close()
    again = resume(path)
    assert again.match == three
    again.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["game.json", "game.json.lock"]


def test_a_new_game_takes_a_free_name_and_the_latest_is_found(tmp_path: Path) -> None:
    first, second = (begin(gaza(), 7, keep=tmp_path) for _ in range(2))
    assert [first.save.path.name, second.save.path.name] == ["gaza-spillover-7.json", "gaza-spillover-7-2.json"]
    os.utime(first.save.path, (1, 1))
    assert latest("gaza-spillover", 7, tmp_path) == second.save.path
    assert latest("gaza-spillover", 8, tmp_path) is None
    (tmp_path / "foreign.json").write_text("{}")
    assert [(one.seed, one.turn, one.ending) for one in saved_games(tmp_path)] == [(7, 0, ""), (7, 0, "")]
    first.close()
    second.close()


def test_saves_live_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BAGHDAD_HOME", str(tmp_path))
    assert folder() == tmp_path / "saves"
    assert saved_games() == []
    with pytest.raises(game.Problems, match="no such save"):
        resume(folder() / "nothing.json")


@pytest.mark.parametrize("broken", ["", "{}", '{"format": 9}', "[1, 2"])
def test_a_broken_save_is_told_and_let_go(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "game.json"
    path.write_text(broken)
    for _ in range(2):
        with pytest.raises(game.Problems):
            resume(path)
    assert path.read_text() == broken


def test_a_second_window_is_refused_and_a_second_process_too(tmp_path: Path) -> None:
    sitting = sitting_at(tmp_path, 1)
    path = tmp_path / "game.json"
    with pytest.raises(game.Problems, match="another window"):
        resume(path)
    code = f"from pathlib import Path\nfrom game.play.sitting import resume\nresume(Path({str(path)!r}))"
    tried = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert tried.returncode == 1
    assert "another window is playing this game" in tried.stderr
    assert further(sitting).turn == 2
    sitting.close()
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_temporaries_of_the_living_are_left_and_those_of_the_dead_are_swept(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    mine, dead = (tmp_path / f"x.json.{pid}{TEMPORARY}" for pid in (os.getpid(), int(gone.stdout)))
    odd = tmp_path / f"y{TEMPORARY}"
    for path in (mine, dead, odd):
        path.write_text("half")
    assert sweep(tmp_path) == 2
    assert mine.exists()
    assert not dead.exists()
    assert not odd.exists()
    assert sweep(tmp_path / "nowhere") == 0


# ---- a disk that refuses


@pytest.mark.parametrize("step", STEPS[:RENAMED])
@pytest.mark.parametrize("turn", [0, 1, 4])
def test_a_full_disk_changes_neither_the_game_nor_the_save(tmp_path: Path, step: str, turn: int) -> None:
    full = False

    def steps(name: str) -> None:
        if full and name == step:
            raise OSError(errno.ENOSPC, "No space left on device")

    sitting = sitting_at(tmp_path, turn, steps)
    was, text = sitting.match, (tmp_path / "game.json").read_bytes()
    full = True
    with pytest.raises(OSError, match="No space left"):
        further(sitting)
    assert sitting.match is was
    assert (tmp_path / "game.json").read_bytes() == text
    assert list(tmp_path.glob(f"*{TEMPORARY}")) == []
    full = False
    assert further(sitting).turn == turn + 1
    assert (tmp_path / "game.json").read_text(encoding="utf-8") == sitting.match.dumps()
    sitting.close()


def test_a_folder_that_cannot_be_synced_does_not_cost_the_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = sitting_at(tmp_path)
    truly = os.fsync

    def fsync(handle: int) -> None:
        if os.fstat(handle).st_mode & 0o040000:
            raise OSError(errno.EINVAL, "not here")
        truly(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    assert further(sitting).turn == 1
    sitting.close()


# ---- killed: what follows runs in processes of its own (see the foot of this file)


def driven(*words: str) -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(row) for row in done.stdout.splitlines()]


def whole_after(path: Path) -> game.Match:
    """What a player finds who starts again after a kill: the game, and no stray temporaries."""
    sitting = resume(path, gaza())
    assert [p.name for p in path.parent.glob(f"*{TEMPORARY}")] == []
    assert path.read_text(encoding="utf-8") == sitting.match.dumps()
    sitting.close()
    return sitting.match


def test_a_kill_at_any_step_of_a_write_loses_nothing_that_was_shown(tmp_path: Path) -> None:
    for row in driven("steps", str(tmp_path)):
        turn, step = row["turn"], row["step"]
        place = tmp_path / f"{turn}-{STEPS.index(step)}"
        match = whole_after(place / "game.json")
        assert match.turn == (turn if STEPS.index(step) >= RENAMED else turn - 1), row
        assert match == quiet(game.start(gaza(), 7), match.turn)


def test_a_kill_at_any_moment_of_play_loses_nothing_that_was_shown(tmp_path: Path) -> None:
    rows = driven("moments", str(tmp_path), "50")
    assert len(rows) == 50
    for i, row in enumerate(rows):
        match = whole_after(tmp_path / str(i) / "game.json")
        assert row["killed"]
        assert match.turn in (row["shown"], row["next"]), row
        assert match == quiet(game.start(gaza(), 7), match.turn)
    assert len({row["shown"] for row in rows}) > 3, "the kills should come on different turns"


def test_a_file_that_may_grow_no_further_is_a_refusal_and_the_save_stands(tmp_path: Path) -> None:
    (row,) = driven("limit", str(tmp_path))
    assert row["refused"] in (errno.EFBIG, errno.ENOSPC)
    assert row["turn"] == 1
    assert whole_after(tmp_path / "game.json").turn == 1


# ---- in the other process


def _forked(child: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        child()
        os._exit(3)
    return pid


def _kill_at_steps(place: Path) -> None:
    for turn in (1, 2, 5):
        for step in STEPS:

            def child(turn: int = turn, step: str = step) -> None:
                written = 0

                def steps(name: str) -> None:
                    nonlocal written
                    written += name == "open"
                    if written == turn + 1 and name == step:
                        os.kill(os.getpid(), signal.SIGKILL)

                sitting_at(place / f"{turn}-{STEPS.index(step)}", turn, steps)

            _, status = os.waitpid(_forked(child), 0)
            assert os.WIFSIGNALED(status), (turn, step, status)
            print(json.dumps({"turn": turn, "step": step}))


def _kill_at_moments(place: Path, count: int) -> None:
    dice = random.Random(8)
    for i in range(count):
        reading, writing = os.pipe()

        def child(i: int = i, writing: int = writing) -> None:
            sitting = sitting_at(place / str(i))
            os.write(writing, b"\x00")
            while True:
                for move in [further] * 6 + [Sitting.undo] * 6:
                    os.write(writing, bytes([move(sitting).turn]))

        pid = _forked(child)
        os.close(writing)
        seen = os.read(reading, 1)
        time.sleep(dice.random() * 0.12)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        while more := os.read(reading, 65_536):
            seen += more
        os.close(reading)
        cycle = [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0]
        following = cycle[(len(seen) - 1) % len(cycle)]
        print(json.dumps({"killed": os.WIFSIGNALED(status), "shown": seen[-1], "next": following}))


def _play_to_the_limit(place: Path) -> None:
    sitting = sitting_at(place, 1)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    try:
        further(sitting)
    except OSError as error:
        os.write(1, json.dumps({"refused": error.errno, "turn": sitting.match.turn}).encode())


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    if what == "steps":
        _kill_at_steps(Path(where))
    elif what == "moments":
        _kill_at_moments(Path(where), int(rest[0]))
    else:
        _play_to_the_limit(Path(where))


def test_a_save_of_the_first_format_is_upgraded() -> None:
    match = whole_game()
    old = json.loads(match.dumps())
    old["format"] = 1
    del old["settings"]["study"]
    again = game.loads(json.dumps(old), gaza())
    assert (again.turns, again.study) == (match.turns, False)
    assert again.dumps() == match.dumps()
