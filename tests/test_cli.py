"""The command line: what each command answers, its exit codes, and what it says to wrong use."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import game
from game import cli
from game.cli import COMMANDS
from game.commands import words
from game.insight.policies import POLICIES, named
from game.play.sitting import Sitting, begin
from game.scenario import library

ROOT = Path(__file__).resolve().parent.parent
BAGHDAD = (sys.executable, "-m", "game")


class Said:
    """What a command answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Line:
    """The command line, called in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys, self.monkeypatch = capsys, monkeypatch

    def __call__(self, *args: str, stdin: str = "") -> Said:
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        self.capsys.readouterr()
        code = cli.run(args)
        return Said(code, *self.capsys.readouterr())


@pytest.fixture
def baghdad(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Line:
    monkeypatch.setenv("BAGHDAD_HOME", str(tmp_path))
    return Line(capsys, monkeypatch)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A save of three turns."""
    sitting = begin(game.load("gaza-spillover"), seed=5, keep=tmp_path / "saves")
    for _ in range(3):
        sitting.play(*named(sitting.match, POLICIES["middle"]))
    sitting.close()
    return sitting.save.path


def outside(*args: str, home: Path, **more: Any) -> subprocess.Popen[str]:
    """The command line in a process of its own, run from another folder."""
    env = {**os.environ, "BAGHDAD_HOME": str(home), **more.pop("env", {})}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
    return subprocess.Popen([*BAGHDAD, *args], text=True, env=env, cwd=home, **pipes)


# ---- help


def test_help_and_version_load_no_engine() -> None:
    for option in ("--help", "--version"):
        code = (
            f"import sys; from game.cli import run; assert run(['{option}']) == 0;"
            " heavy = {'numpy', 'textual', 'cattrs'} & set(sys.modules); assert not heavy, heavy"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "baghdad" in done.stdout


def test_help_lists_every_command_and_every_command_has_help(baghdad: Line) -> None:
    listed = baghdad("--help").out
    for name in COMMANDS:
        assert f"  {name} " in listed
        said = baghdad(name, "--help")
        assert said.code == 0
        assert said.out.startswith(f"Usage: baghdad {name} ")


def test_every_command_that_prints_facts_takes_json(baghdad: Line) -> None:
    for name in COMMANDS:
        assert ("--json" in baghdad(name, "--help").out) == (name != "play")


# ---- facts


def test_scenarios(baghdad: Line) -> None:
    rows = baghdad("scenarios", "--json").json
    assert [row["id"] for row in rows] == library.bundled()
    assert all(row["playable"] == (row["problems"] == 0) for row in rows)
    assert "gaza-spillover: Gaza Spill-over\n" in baghdad("scenarios").out


def test_systems_is_a_list_of_objects(baghdad: Line) -> None:
    rows = baghdad("systems", "--json").json
    assert len(rows) == 104
    assert {"id", "title", "where"} <= rows[0].keys()
    first = rows[0]
    assert first["id"] == "S01"
    assert "calendar.waiver" in first["where"]
    said = baghdad("systems").out
    assert said.splitlines()[0].startswith(f"S01 {first['title']}: calendar.waiver, ")
    working = sum(bool(row["where"]) for row in rows)
    assert said.splitlines()[-1] == f"{working} of 104 systems work."


def test_words_prints_the_tables(baghdad: Line) -> None:
    from game.scenario.words import CONDITIONS, EFFECTS

    manual, printed = baghdad("words", "--json").json, baghdad("words").out
    assert [entry["word"] for entry in manual["conditions"]] == list(CONDITIONS)
    assert [entry["word"] for entry in manual["effects"]] == list(EFFECTS)
    for kind in (*CONDITIONS.values(), *EFFECTS.values()):
        assert kind.example in printed
        assert kind.meaning[1:] in printed
    assert manual["seats"]["tehran"] == ["leash", "cosmetic", "loosen", "unleash"]
    assert "- tehran: leash, cosmetic, loosen, unleash" in printed


def test_the_manual_in_docs_is_what_words_prints() -> None:
    """After a change of the vocabulary: `baghdad words > docs/manual.md`."""
    printed = "".join(f"{row}\n" for row in words.pages(words.manual()))
    assert (ROOT / "docs" / "manual.md").read_text(encoding="utf-8") == printed


def test_variables(baghdad: Line) -> None:
    shared = {row["name"]: row for row in baghdad("variables", "--json").json}
    gaza = {row["name"]: row for row in baghdad("variables", "gaza-spillover", "--json").json}
    scenario, match = game.load("gaza-spillover"), game.start(game.load("gaza-spillover"), seed=1)
    assert list(shared) == list(gaza) == [variable.name for variable in scenario.table.variables]
    for name, row in gaza.items():
        assert row["facts"] or row["assumption"], name
        assert row["start"] == (None if name in scenario.hidden else match[name])
    assert shared["dollar_flow"] | {"low": 0, "high": 120, "unit": "% of normal"} == shared["dollar_flow"]
    assert baghdad("variables", "gaza-spillover").out.count("\n") == len(gaza)


def test_sources(baghdad: Line) -> None:
    assert [row["id"] for row in baghdad("sources", "--json").json] == ["000", "001", "002", "003", "004"]
    assert "Not heard in it: " in baghdad("sources").out
    (row,) = baghdad("sources", "004-p2-waivers", "--json").json
    assert {"rule calendar.waiver", "variable waiver_days"} <= set(row["used"])
    assert any(place.startswith("card gaza-spillover/") for place in row["used"])
    assert all(row["place"] == "004 p2" for row in baghdad("sources", "004 p2", "--json").json)
    said = baghdad("sources", "004-p2-waivers").out
    assert "  Rules: The waiver runs down (calendar.waiver); " in said
    assert "Key: help-or-whip." in said
    assert row["disagreements"] == ["help-or-whip"]
    assert row["waits_for"] is None


def test_sources_count_what_is_used(baghdad: Line) -> None:
    rows = baghdad("sources", "--json").json
    unused = baghdad("sources", "--unused", "--json").json
    assert sum(row["facts"] for row in rows) == len(library.facts())
    assert sum(row["facts"] - row["used"] for row in rows) == len(unused)
    assert all(row["used"] == [] and row["waits_for"] for row in unused)
    for row in rows:
        assert row["used"] == sum(kind["used"] for kind in row["kinds"].values())
    said = baghdad("sources", "--unused", "003").out
    assert said.startswith(f"{sum(row['place'].startswith('003') for row in unused)} facts are not used in play.\n")
    assert "Waiting for shadow-war: " in said


def test_sources_know_the_disagreements(baghdad: Line) -> None:
    rows = baghdad("sources", "--disagreements", "--json").json
    assert [row["key"] for row in rows] == list(library.disagreements())
    assert all(len(row["sides"]) >= 2 for row in rows)
    (row,) = baghdad("sources", "help-or-whip", "--json").json
    assert row["cards"] == ["card gaza-spillover/the-licence"]
    said = baghdad("sources", "help-or-whip").out
    assert "Side 2 of 2: A whip, laid on Tehran and Baghdad alike.\n  004 p6, " in said
    assert "Cards on which one acts while it is unsettled: The Licence." in said
    cited = baghdad("sources", "--disagreements", "004", "--json").json
    assert 0 < len(cited) < len(rows)
    assert baghdad("sources", "--disagreements", "009").code == 2


def test_sources_tell_the_timeline(baghdad: Line) -> None:
    rows = baghdad("sources", "--timeline", "--json").json
    assert [row["begins"] for row in rows] == sorted(row["begins"] for row in rows)
    assert (rows[0]["begins"][:4], rows[-1]["begins"][:4]) == ("1979", "2023")
    assert baghdad("sources", "--timeline", "1979").out.startswith("1979: Ayatollah Khomeini ")
    assert baghdad("sources", "--timeline", "soon").err.startswith("soon\n  this is no year\n")


def test_an_unknown_source_names_the_nearest(baghdad: Line) -> None:
    said = baghdad("sources", "004-p2-waivrs")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "004-p2-waivrs\n  no document, fact or disagreement is called so\n"
        "  allowed: a document such as 004, a fact such as 004-p2-waivers, or a disagreement such as help-or-whip\n"
        "  try: 004-p2-waivers\n1 problem.\n"
    )


# ---- check


def test_check_a_good_scenario_in_play(baghdad: Line) -> None:
    said = baghdad("check", "gaza-spillover", "--play", "3")
    assert said.code == 0
    assert said.out.endswith("3 random games kept the books, the limits and the control sums.\n")
    (row,) = baghdad("check", str(library.folder("scenarios") / "gaza-spillover"), "--json").json
    assert row["playable"]
    assert row["problems"] == []


def test_check_tells_every_problem_and_the_verdict(baghdad: Line, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    for name in ("scenario.toml", "cards.toml"):
        text = (library.folder("scenarios") / "gaza-spillover" / name).read_text(encoding="utf-8")
        text = text.replace('"7d", "7d"]', '"7d", "3h"]').replace('tier = "forced"', 'tier = "forcd"', 1)
        (broken / name).write_text(text, encoding="utf-8")
    said, rows = baghdad("check", str(broken)), baghdad("check", str(broken), "--json").json
    count = len(rows[0]["problems"])
    assert said.code == 1
    assert count >= 2
    assert said.out.endswith(f"\n{count} errors. Not playable.\n")
    assert 'scenario.toml:8  spans[11]\n  this says "3h"\n  allowed: 6h to 30d' in said.out
    assert all({"where", "what", "allowed", "fix"} == problem.keys() for problem in rows[0]["problems"])
    assert "Traceback" not in said.err


def test_check_the_sheets(baghdad: Line, tmp_path: Path) -> None:
    said = baghdad("check", str(library.folder("seeds")))
    assert said.code == 0
    assert re.search(r"seeds: sound\. 5 documents, \d+ facts, \d+ disagreements\.\n$", said.out)
    text = (library.folder("seeds") / "004.toml").read_text(encoding="utf-8")
    text = text.replace('form = "summary"', 'form = "sumary"').replace('when = "2023-12"', 'when = "soon"', 1)
    (tmp_path / "004.toml").write_text(text, encoding="utf-8")
    said = baghdad("check", str(tmp_path / "004.toml"))
    assert (said.code, said.out.count("\n  this says ")) == (1, 2)
    assert said.out.endswith("\n2 errors. Not sound.\n")
    (row,) = baghdad("check", str(tmp_path), "--json").json
    assert (row["sound"], row["facts"], len(row["problems"])) == (False, 34, 2)
    assert baghdad("check", str(tmp_path / "009.toml")).code == 2
    assert baghdad("check", "gaza-spillover", str(tmp_path)).code == 1


def test_check_where_nothing_is(baghdad: Line) -> None:
    assert baghdad("check", "nowhere").code == 2
    assert baghdad("check").code == 2


# ---- simulate


def test_simulate_counts_endings(baghdad: Line) -> None:
    args = ("simulate", "gaza-spillover", "--runs", "60", "--policy", "random", "--seed", "3")
    row = baghdad(*args, "--json").json
    batch = game.simulate(game.load("gaza-spillover"), runs=60, seed=3, policy="random")
    assert row["endings"] == batch.endings
    assert row["game_turns"] == batch.game_turns
    assert baghdad(*args).out.startswith("gaza-spillover: 60 games by random, seed 3.\n")


def test_simulate_takes_settings_and_draws_a_seed(baghdad: Line) -> None:
    row = baghdad("simulate", "gaza-spillover", "--runs", "5", "--set", "tehran_restraint=80", "--json").json
    assert row["values"] == {"tehran_restraint": 80}
    assert 0 <= row["seed"] < 2**64


def test_simulate_refuses_an_unknown_player(baghdad: Line) -> None:
    said = baghdad("simulate", "gaza-spillover", "--policy", "midle", "--runs", "5")
    assert said.code == 2
    assert 'no player is called "midle"' in said.err
    assert "try: middle" in said.err


# ---- replay


def test_replay_agrees_turn_by_turn(baghdad: Line, saved: Path) -> None:
    said = baghdad("replay", str(saved))
    assert said.code == 0
    assert said.out.count(": agrees.\n") == 3
    assert said.out.endswith("The replay agrees with the save to the last thousandth.\n")
    row = baghdad("replay", str(saved), "--json").json
    assert row["agrees"]
    assert [turn["turn"] for turn in row["turns"]] == [1, 2, 3]


def test_replay_names_the_first_turn_and_variable_that_differ(baghdad: Line, saved: Path) -> None:
    text = saved.read_text(encoding="utf-8")
    value = json.loads(text)["turns"][1]["values"]["dinar"]
    saved.write_text(swapped(text, f'"dinar": {value}', f'"dinar": {value + 1}'), encoding="utf-8")
    said = baghdad("replay", str(saved))
    assert said.code == 1
    assert f"Turn 2: differs first in dinar: saved {(value + 1) / 1000}, replayed {value / 1000}.\n" in said.out
    assert baghdad("replay", str(saved), "--json").json["difference"]["variable"] == "dinar"


def swapped(text: str, old: str, new: str) -> str:
    """A save's text with one thing changed on its second turn."""
    rows = text.split("\n")
    rows[2] = rows[2].replace(old, new, 1)
    return "\n".join(rows)


def test_a_changed_byte_in_the_orders(baghdad: Line, saved: Path) -> None:
    text = saved.read_text(encoding="utf-8")
    option = json.loads(text)["turns"][1]["option"]
    saved.write_text(swapped(text, f'"option": "{option}"', f'"option": "x{option[1:]}"'), encoding="utf-8")
    said = baghdad("replay", str(saved))
    assert said.code == 1
    assert said.out.count(": agrees.\n") == 1
    assert "Turn 2: differs first in orders: " in said.out
    assert said.err == ""


def test_a_truncated_save(baghdad: Line, saved: Path) -> None:
    text = saved.read_text(encoding="utf-8")
    saved.write_text(text[: len(text) // 2], encoding="utf-8")
    said = baghdad("replay", str(saved))
    assert (said.code, said.out) == (2, "")
    assert re.fullmatch(
        r"gaza-spillover-5\.json:\d+\n  this is not a save: it is truncated or no JSON\n"
        r"  allowed: a save written by this game\n1 problem\.\n",
        said.err,
    )
    assert baghdad("play", "gaza-spillover", "--resume", "--plain").err == said.err


@pytest.mark.parametrize("text", ["[]", '{"name": "other"}', "3", '"text"', "null"])
def test_foreign_json(baghdad: Line, tmp_path: Path, text: str) -> None:
    path = tmp_path / "foreign.json"
    path.write_text(text, encoding="utf-8")
    said = baghdad("replay", str(path))
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "foreign.json\n  this JSON is not a save of this game\n  allowed: a save written by this game\n1 problem.\n"
    )


def test_what_is_no_text_and_what_is_not_there(baghdad: Line, tmp_path: Path) -> None:
    path = tmp_path / "noise.json"
    path.write_bytes(b"\xff\xfe\x00\x01")
    assert baghdad("replay", str(path)).err.startswith("noise.json\n  this is not a save: it is not text in UTF-8\n")
    said = baghdad("replay", str(tmp_path / "none.json"))
    assert (said.code, said.err) == (2, f"{tmp_path / 'none.json'}: No such file or directory\n")
    assert baghdad("replay", str(tmp_path)).code == 2


def test_a_save_of_a_scenario_in_a_folder_opens_with_its_path(
    baghdad: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "my scenarios" / "own"
    shutil.copytree(library.folder("scenarios") / "gaza-spillover", own)
    situation = own / "scenario.toml"
    situation.write_text(situation.read_text(encoding="utf-8").replace('id = "gaza-spillover"', 'id = "own"'), "utf-8")
    monkeypatch.chdir(tmp_path)
    said = baghdad("play", str(own), "--plain", "--seed", "4", stdin="1\n2\n3\n4\n" * 12)
    told = re.findall(r"baghdad ((?:replay|debrief) .*)", said.out)
    assert len(told) == 2
    for command in map(shlex.split, told):
        assert command[-1] == str(own) or command[-2] == str(own)
        answer = baghdad(*command)
        assert (answer.code, answer.err) == (0, "")
        bare = baghdad(*command[:2], "--json")
        assert (bare.code, bare.out) == (2, "")
        assert "for a save of it, --scenario PATH" in bare.err
    assert baghdad("whatif", shlex.split(told[0])[1], "--scenario", str(own)).out.startswith("Turn 1, ")


# ---- play


def test_play_needs_a_terminal_or_plain(baghdad: Line) -> None:
    said = baghdad("play", "gaza-spillover")
    assert (said.code, said.out) == (2, "")
    assert said.err == ("The screen needs a terminal; add --plain to play line by line.\nTry: baghdad play --help\n")
    title = baghdad()
    assert title.code == 2
    assert "--plain" in title.err


@pytest.mark.skipif(os.name != "posix", reason="pseudo terminals are posix")
def test_a_dumb_terminal_is_no_terminal(tmp_path: Path) -> None:
    master, slave = os.openpty()
    process = outside("play", "gaza-spillover", home=tmp_path, env={"TERM": "dumb"}, stdin=slave, stdout=slave)
    _, err = process.communicate(timeout=30)
    os.close(master)
    os.close(slave)
    assert process.returncode == 2
    assert "--plain" in err


def test_play_plain_prints_its_seed_and_resumes(baghdad: Line) -> None:
    said = baghdad("play", "gaza-spillover", "--plain", stdin="1\n2\n")
    assert said.code == 0
    (seed,) = re.findall(r"^Seed: (\d+)\.$", said.out, re.MULTILINE)
    resume = f"baghdad play gaza-spillover --seed {seed} --resume --plain"
    assert said.out.endswith(f"The game is saved. To go on: {resume}\n")
    again = baghdad(*resume.split()[1:], stdin="1\n")
    assert "Turn 3 of 12: " in again.out
    assert "Turn 4 of 12: " in again.out


def test_the_same_seed_gives_the_same_game(baghdad: Line, tmp_path: Path) -> None:
    for _ in range(2):
        assert baghdad("play", "gaza-spillover", "--plain", "--seed", "3", stdin="1\n1\n").code == 0
    first, second = sorted((tmp_path / "saves").glob("*.json"))
    assert first.read_bytes() == second.read_bytes()


def test_play_to_the_end(baghdad: Line) -> None:
    said = baghdad("play", "gaza-spillover", "--plain", "--seed", "4", stdin="1\n2\n3\n4\n" * 12)
    assert said.code == 0
    assert "The end, on turn " in said.out
    path = said.out.rstrip().rpartition("baghdad replay ")[2]
    assert baghdad("replay", path).out.endswith("The replay agrees with the save to the last thousandth.\n")


def test_a_wrong_option_is_asked_again(baghdad: Line) -> None:
    said = baghdad("play", "gaza-spillover", "--plain", "--seed", "3", stdin="9\nquit\n")
    assert said.code == 0
    assert re.search(r"> 9\nThere is no option 9\. Choose 1 to \d\.\nYour decision", said.out)


def test_iron_and_settings_reach_the_game(baghdad: Line) -> None:
    said = baghdad("play", "gaza-spillover", "--plain", "--iron", "--set", "unrest=41", stdin="undo\nquit\n")
    assert "The street: 41 points" in said.out
    assert "Iron mode: nothing can be taken back." in said.out


def test_an_unknown_scenario_names_the_nearest(baghdad: Line) -> None:
    said = baghdad("play", "gaza-spilover", "--plain")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "gaza-spilover\n  no scenario is called so, and no folder is there\n"
        f"  allowed: {', '.join(library.bundled())}\n  try: gaza-spillover\n1 problem.\n"
    )


def test_an_unknown_setting_names_the_nearest(baghdad: Line, tmp_path: Path) -> None:
    said = baghdad("play", "gaza-spillover", "--plain", "--set", "dinr=40", "--set", "unrest=140")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        '--set dinr\n  no variable is called "dinr"\n  allowed: a variable of world.toml\n  try: dinar\n'
        "--set unrest\n  this says 140\n  allowed: 0 to 100 points\n  try: 100\n2 problems.\n"
    )
    assert not list(tmp_path.rglob("*.json"))


@pytest.mark.parametrize("setting", ["dinar", "dinar=", "dinar=much", "dinar=nan", "dinar=inf"])
def test_what_is_no_setting(baghdad: Line, setting: str) -> None:
    said = baghdad("simulate", "gaza-spillover", "--set", setting)
    assert said.code == 2
    assert said.err == (
        f"--set {setting}\n  this is no setting\n  allowed: NAME=VALUE with a number\n  try: dinar=40\n1 problem.\n"
    )


def test_nothing_to_resume(baghdad: Line, tmp_path: Path) -> None:
    said = baghdad("play", "gaza-spillover", "--plain", "--resume", "--seed", "77")
    assert said.code == 2
    assert "no game of gaza-spillover with seed 77 is waiting to be gone on with" in said.err
    assert baghdad("play", "gaza-spillover", "--plain", "--resume", "--iron").code == 2


def test_a_save_held_by_another_process(baghdad: Line, tmp_path: Path, saved: Path) -> None:
    from game.play.sitting import resume

    holder: Sitting = resume(saved)
    said = baghdad("play", "gaza-spillover", "--plain", "--resume")
    holder.close()
    assert said.code == 2
    assert "another window is playing this game" in said.err


@pytest.mark.parametrize("seed", ["-1", str(2**64), "seven"])
def test_a_seed_out_of_range(baghdad: Line, seed: str) -> None:
    said = baghdad("play", "gaza-spillover", "--plain", "--seed", seed)
    assert said.code == 2
    assert said.err.startswith("Invalid value for '--seed': ")


def test_a_place_that_cannot_be_written(baghdad: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("BAGHDAD_HOME", str(tmp_path / "file"))
    said = baghdad("play", "gaza-spillover", "--plain")
    assert said.code == 2
    assert said.err.count("\n") == 1


# ---- wrong use


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("plai",), 'No command is called "plai"; did you mean "play"?\nTry: baghdad --help\n'),
        (("play",), "Missing argument 'SCENARIO'.\nTry: baghdad play --help\n"),
        (("systems", "--jsn"), None),
        (("simulate", "gaza-spillover", "--runs", "0"), None),
    ],
)
def test_wrong_use(baghdad: Line, args: tuple[str, ...], message: str | None) -> None:
    said = baghdad(*args)
    assert (said.code, said.out) == (2, "")
    assert message is None or said.err == message
    assert said.err.endswith("--help\n")


def test_an_error_of_its_own_is_told_without_a_traceback(baghdad: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise KeyError("nothing")

    monkeypatch.setattr(words, "manual", fail)
    said = baghdad("words")
    assert (said.code, said.out) == (1, "")
    assert said.err == ("The game stopped on an error of its own: KeyError: 'nothing'\nBAGHDAD_DEBUG=1 shows where.\n")


# ---- in a process of its own


@pytest.mark.skipif(os.name != "posix", reason="signals are posix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_game_saved(tmp_path: Path, number: signal.Signals) -> None:
    process = outside("play", "gaza-spillover", "--plain", "--seed", "3", home=tmp_path)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("1\n")
    process.stdin.flush()
    said = ""
    while "Turn 2 of" not in said:
        said = process.stdout.readline()
        assert said
    time.sleep(0.2)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert out.endswith("The game is saved. To go on: baghdad play gaza-spillover --seed 3 --resume --plain\n")
    assert err == ""
    assert game.loads((tmp_path / "saves" / "gaza-spillover-3.json").read_text(encoding="utf-8")).turn == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes close so on posix")
@pytest.mark.parametrize("args", [("variables",), ("words", "--json"), ("systems",)])
def test_a_reader_that_leaves_is_no_error(tmp_path: Path, args: tuple[str, ...]) -> None:
    with outside(*args, home=tmp_path, env={"PYTHONUNBUFFERED": "1"}) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=30) in (0, 141)


def test_output_without_unicode_is_no_traceback(tmp_path: Path) -> None:
    process = outside("play", "gaza-spillover", "--plain", home=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    out, err = process.communicate("1\nvariables\nlook\n", timeout=30)
    assert (process.returncode, err) == (0, "")
    assert "The game is saved." in out
