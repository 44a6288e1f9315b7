"""What can be asked of a game, in both faces and on the command line: predictions, other choices, eyes, assumptions."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from test_plain import after, heard, missing, talk
from test_tui import LARGE, SMALL, face, playing, press, rendered, sat, squeezed, wait_for
from textual.widgets import Input

import game
from game import plain_debrief, printing, printing_debrief, view
from game.commands import debrief, replay, whatif
from game.insight.policies import named, random
from game.insight.turning_points import contingency
from game.play.match import Match
from game.play.sitting import Sitting, begin
from game.rules import CAUSES
from game.tui.screens.contest import AssumptionScreen, AssumptionsScreen, ContestedPage
from game.tui.screens.desk import DeskScreen
from game.tui.screens.ending import DebriefPage, EndingScreen
from game.tui.screens.expect import ExpectScreen
from game.tui.screens.others import OthersPage
from game.tui.screens.otherwise import ComparedPage, InsteadScreen, PastScreen
from game.tui.screens.predicted import PredictedPage
from game.tui.screens.thinking import ThinkingPage
from game.tui.screens.title import TitleScreen

SCENARIO = game.load("gaza-spillover")
SEED = 3


@cache
def over(with_predictions: bool = True) -> Match:
    match = game.start(SCENARIO, SEED)
    while match.dilemma:
        prediction = {"attacks": 70, "unrest": "up", "waiver_days": "down"} if with_predictions else None
        match = match.play(*named(match, random), prediction=prediction if match.turn % 3 == 0 else None)
    return match


@pytest.fixture
def finished(tmp_path: Path) -> Iterator[Sitting]:
    sitting = begin(SCENARIO, SEED, keep=tmp_path)
    sitting._keep(over())
    yield sitting
    sitting.close()


@pytest.fixture
def few_lucks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a thousand games here."""

    def fewer(match: Match, turn: int, option: str, tick: Any) -> view.Lucks:
        return view.in_words(match, contingency(match, turn, option, 16, tick))

    def without_the_record(match: Match, tick: Any) -> view.Score | None:
        return scored()

    scored()  # kept before `view.scored` is replaced, whichever test comes first
    monkeypatch.setattr(view, "other_lucks", fewer)
    monkeypatch.setattr(view, "scored", without_the_record)


@cache
def scored() -> view.Score:
    found = view.scored(over())
    assert found is not None
    return found


def open_turn() -> tuple[view.Past, view.Choice]:
    """A past turn and an option of it that was open and not taken."""
    turn = view.past(over())[4]
    return turn, next(each for each in turn.choices if each.number != turn.taken and not each.barred)


# ---- predictions


STATED = st.one_of(st.integers(0, 100), st.sampled_from(["up", "down"]))


@given(st.dictionaries(st.sampled_from(view.DIALS), STATED, min_size=1))
def test_whatever_is_predicted_can_be_written_in_words(wanted: dict[str, view.Stated]) -> None:
    match = game.start(SCENARIO, SEED)
    labels = {reading.name: reading.label for reading in view.screen(match).dials}
    by_name = [word for name, stated in wanted.items() for word in (name, str(stated))]
    by_label = [word for name, stated in wanted.items() for word in (*labels[name].split(), f"{stated}")]
    by_number = [word for name, stated in wanted.items() for word in (str(view.DIALS.index(name) + 1), str(stated))]
    assert view.understood(match, by_name) == view.understood(match, by_label) == wanted
    assert view.understood(match, by_number) == wanted


@settings(max_examples=20)
@given(st.integers(0, 30), st.dictionaries(st.sampled_from(view.DIALS), STATED))
def test_a_prediction_changes_nothing_but_what_is_kept(seed: int, prediction: dict[str, view.Stated]) -> None:
    match = game.start(SCENARIO, seed)
    option = named(match, random)
    assert match.play(*option, prediction=prediction).state == match.play(*option).state
    kept = game.loads(match.play(*option, prediction=prediction).dumps())
    assert kept.turns[0].orders.prediction == prediction


def test_what_is_unclear_is_said() -> None:
    match = game.start(SCENARIO, SEED)
    for words, wrong in (
        ("attacks", "How likely"),
        ("attakcs 70", "Did you mean attacks?"),
        ("attacks 130", "130 is no chance"),
        ("strikes_deter up", "No dial is called “strikes_deter”."),
    ):
        said = view.understood(match, words.split())
        assert isinstance(said, str)
        assert wrong in said


def test_plain_mode_writes_predictions_before_and_on_the_order_line(tmp_path: Path) -> None:
    sitting = begin(SCENARIO, 7, keep=tmp_path)
    said = talk(
        sitting, "expect", "expect attacks 70 8 up", "predict street none", "1 1 expect waiver 10", "1", "e none"
    )
    assert all(f"{i}: " in after(said, "expect") for i in range(1, 10))
    assert after(said, "expect attacks 70 8 up") == (
        "You expect after turn 2: Attacks up: likely (70 in 100).\nYou expect after turn 2: The street up.\n"
    )
    assert "No dial is called “street”." in after(said, "predict street none")
    assert sitting.match.turns[0].orders.prediction == {"attacks": 70, "unrest": "up", "waiver_days": 10}
    assert sitting.match.turns[0].orders.initiatives == (game.start(SCENARIO, 7).initiatives[0].id,)
    assert sitting.match.turns[1].orders.prediction is None
    assert "Nothing is written down this turn." in said
    sitting.close()


def test_an_unclear_prediction_or_a_refused_order_changes_nothing(tmp_path: Path) -> None:
    sitting = begin(SCENARIO, 7, keep=tmp_path)
    said = talk(sitting, "expect 7 60", "1 expect zebra 40", "1 zebra expect 8 40", "9", "1")
    assert "Nothing has changed." in after(said, "1 expect zebra 40")
    assert "not possible" in after(said, "1 zebra expect 8 40")
    assert sitting.match.turn == 1
    assert sitting.match.turns[0].orders.prediction == {"attacks": 60}
    sitting.close()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_desk_writes_predictions_by_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    sitting = sat(tmp_path)
    async with playing(sitting, tmp_path, size) as (app, pilot):
        assert "e expect" in rendered(app).splitlines()[-1]
        await pilot.press("e")
        await wait_for(pilot, ExpectScreen)
        await press(pilot, "7", "right", "right", "8", "enter", "3", "enter", "enter", "1", "left", "delete")
        await pilot.pause()
        said = squeezed(rendered(app))
        for text in ("up: likely (70 in 100)", "8 The street 28 up", "3 Waiver 60 days not up", "pressure 35 –"):
            assert text in said
        await pilot.press("escape")
        await wait_for(pilot, DeskScreen)
        assert ("3 written" if size == SMALL else "Attacks up: likely") in squeezed(rendered(app))
        await pilot.press("1", "enter")
        await pilot.pause()
        assert sitting.match.turns[0].orders.prediction == {"attacks": 70, "unrest": "up", "waiver_days": "down"}
        await pilot.press("enter", "e")
        await wait_for(pilot, ExpectScreen)
        assert rendered(app).count("–") >= 9


def test_the_score_is_told_in_words_beside_the_advisers() -> None:
    found, bare = scored(), printing.lines(printing_debrief.scored(scored()))
    assert len(found.rows) == 12
    assert "0.25 is what a coin would score" in bare
    assert len(found.advisers) == 4
    assert missing(found, bare) == []
    nothing = view.scored(over(with_predictions=False))
    assert nothing is not None
    assert (nothing.rows, nothing.verdict) == ((), "You wrote down no prediction in this game.")
    assert view.scored(game.start(SCENARIO, 1)) is None


# ---- other eyes, other lines, other assumptions: as values


def test_every_field_can_be_heard() -> None:
    for one in view.onlookers(over()):
        assert missing(attrs.evolve(one, id=""), printing.lines(printing_debrief.onlooker(one))) == []
        assert one.misread == sum(bool(row.was) for row in one.rows)
    for turn in view.past(over()):
        both = [*printing_debrief.past([turn]), *printing_debrief.instead(turn)]
        assert missing(turn, printing.lines(both)) == []
    for assumed in view.assumed(over())[:40]:
        said = printing.lines([printing_debrief.line(assumed), *printing_debrief.assumption(assumed)])
        span = "" if assumed.kind == "coin" else assumed.span
        for text in (assumed.title, assumed.text, assumed.now, span, assumed.other, assumed.name, assumed.reason):
            assert heard(text) in heard(said)


def test_every_number_says_what_it_does_in_words_of_its_own() -> None:
    said = [number.what for number in SCENARIO.table.numbers.values()]
    assert [words for words in said if not 4 <= len(words.split()) <= 20] == []
    assert [words for words in said if words != words.strip(" .") or "  " in words] == []
    assert [words for words, times in Counter(map(str.casefold, said)).items() if times > 1] == []


def test_every_assumption_has_a_title_of_its_own() -> None:
    told = view.assumed(game.start(SCENARIO, SEED))
    assert [title for title, times in Counter(one.title for one in told).items() if times > 1] == []
    titles = tuple(f"{cause.title}: " for cause in CAUSES.values())
    orphans = {one.name for one in told if one.kind == "number" and not one.title.startswith(titles)}
    assert not orphans, "view.contested.SERVES names the rule of a number named otherwise"


def test_an_assumption_names_the_rule_that_reads_its_number() -> None:
    titles = {one.name: one.title for one in view.assumed(game.start(SCENARIO, SEED))}
    for number in SCENARIO.table.numbers.values():
        for rule in re.findall(r"the rule ([a-z.-]+[a-z])", number.assumption):
            assert titles[number.name].startswith(f"{CAUSES[rule].title}: "), number.name


def test_nothing_is_told_before_the_end() -> None:
    match = game.start(SCENARIO, SEED)
    assert view.onlookers(match) == ()
    assert [one.now for one in view.assumed(match) if one.kind in ("coin", "secret")] == ["not known"] * 8
    with pytest.raises(game.Problems, match="not over"):
        view.contest(match, {"strikes_deter": 1})


def test_both_lines_part_where_they_first_differ_and_not_before() -> None:
    turn, choice = open_turn()
    found = view.otherwise(over(), turn.turn, choice.id)
    assert found.part >= turn.turn
    for course in found.courses:
        assert course.values[: found.part] == course.other[: found.part]
    assert all(step.is_same for step in found.steps[: turn.turn - 1])
    assert not found.steps[turn.turn - 1].is_same


def test_what_is_contested_is_not_where_the_lines_part() -> None:
    for one in view.assumed(over())[1:9]:
        value = 1 - (one.value or 0) if one.kind == "coin" else one.high
        assert one.title not in view.contest(over(), {one.name: value}).parted


def test_what_cannot_be_assumed_is_refused_with_what_can() -> None:
    with pytest.raises(game.Problems) as refused:
        view.contest(over(), {"strikes_deter": 0.5, "tehran_patienc": 40, "tehran_patience": 400})
    assert [(p.allowed, p.fix) for p in refused.value.problems] == [
        ("0 or 1", ""),
        ("a name of the list", "tehran_patience"),
        ("30 to 70 points", ""),
    ]


# ---- plain mode after the end


def test_the_debrief_is_asked_by_the_line(finished: Sitting, few_lucks: None) -> None:
    turn, choice = open_turn()
    wanted = f"whatif {turn.turn} {choice.number}"
    answers = [
        "expect",
        "whatif",
        f"whatif {turn.turn}",
        wanted,
        "others",
        "others tehran",
        "contest",
        "contest page 2",
    ]
    answers += ["contest waiver", "contest 2", "contest 2 other", "contest 6 40", "contest 6 99", "contest 1 3"]
    said = talk(finished, *answers, "others nobody", "whatif 99", "contest zebra", "1", "")

    def answered(answer: str) -> str:
        return said.split(f"> {answer}\n", 1)[1].split("What else?", 1)[0]

    assert "0.25 is what a coin would score" in answered("expect")
    assert answered("whatif").count("You chose") == over().turn
    assert all(f"Name: {each.id}." in answered(f"whatif {turn.turn}") for each in turn.choices)
    assert f"Instead: {choice.text}" in answered(wanted)
    assert "How 16 other lucks end with your decisions, in 100." in answered(wanted)
    assert "50 in 100 done." in answered(wanted)
    assert answered("others tehran").count("Turn ") == over().turn
    assert answered("contest").startswith("1: That balance between the two capitals")
    assert answered("contest page 2").startswith("21: ")
    assert "The waiver" not in answered("contest waiver").partition("Page")[0].replace("waiver", "")
    assert "The other side: " in answered("contest 2")
    assert answered("contest 2 other").startswith("Your game under another assumption.\n")
    assert "Instead: Tehran's true patience 40 points." in answered("contest 6 40")
    assert answered("contest 6 99") == "It can be 30 to 70 points.\n"
    assert answered("contest 1 3").startswith("It has no number to turn.")
    assert answered("others nobody").startswith("Nobody here is called “nobody”.")
    assert answered("whatif 99") == "There is no turn 99. Turns played: 1 to 12.\n"
    assert answered("contest zebra") == "No assumption holds “zebra”.\n"
    assert answered("1") == "The game is over; there is nothing to decide.\n"
    assert said.endswith(f"The game is saved: baghdad replay {finished.save.path}\n")


def test_what_is_asked_too_early_has_to_wait(tmp_path: Path) -> None:
    sitting = begin(SCENARIO, 7, keep=tmp_path)
    said = talk(sitting, "turning", "whatif 1 2", "others", "contest 2")
    for answer in ("turning", "whatif 1 2", "others", "contest 2"):
        assert after(said, answer).endswith("is told when the game is over.\n")
    sitting.close()


def test_long_work_can_be_left_in_plain_mode(finished: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(match: Match, tick: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(view, "turned", interrupted)
    said = talk(finished, "turning", "others")
    assert plain_debrief.WAIT in said
    assert "Left. Nothing has changed." in said
    assert "Tehran misread" in said


def test_a_turn_can_be_taken_back_after_the_end(finished: Sitting) -> None:
    said = talk(finished, "undo")
    assert "The last turn is taken back." in said
    assert "Turn 12 of 12" in said
    assert finished.match.turn == 11


# ---- the screens after the end


async def opened(app: Any, pilot: Any, key: str, kind: Any) -> None:
    await pilot.press("enter")
    await wait_for(pilot, DebriefPage)
    await pilot.press(key)
    await wait_for(pilot, kind)


async def thought(app: Any, pilot: Any) -> str:
    """What a page says when it has thought."""
    page = app.screen
    assert isinstance(page, ThinkingPage)
    await app.workers.wait_for_complete()
    end = time.monotonic() + 20
    while page.query_one("#thinking").display:
        assert time.monotonic() < end, "what was found is never shown"
        await pilot.pause(0.01)
    await pilot._wait_for_screen()
    await pilot.pause()
    return squeezed(face(app).text())


async def test_the_debrief_names_what_can_be_asked(finished: Sitting, tmp_path: Path) -> None:
    async with playing(finished, tmp_path) as (app, pilot):
        await pilot.press("enter")
        await wait_for(pilot, DebriefPage)
        footer = rendered(app).splitlines()[-1]
        for key in ("t turning", "i what if", "o others", "c contest", "e expect"):
            assert key in footer
        await pilot.press("escape", "escape")
        await wait_for(pilot, TitleScreen)
        assert app.sitting is None


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_predictions_page(finished: Sitting, tmp_path: Path, few_lucks: None, size: tuple[int, int]) -> None:
    async with playing(finished, tmp_path, size) as (app, pilot):
        await opened(app, pilot, "e", PredictedPage)
        said = await thought(app, pilot)
        assert f"Your score is {scored().score}." in said
        assert "0.25 is what a coin would score" in said
        assert all(row.came[1:] in said and row.sure in said for row in scored().rows)
        assert all(each.text in said for each in scored().advisers)


async def test_the_run_as_others_saw_it(finished: Sitting, tmp_path: Path) -> None:
    async with playing(finished, tmp_path) as (app, pilot):
        await opened(app, pilot, "o", OthersPage)
        for i, one in enumerate(view.onlookers(over())):
            await pilot.press("right") if i else None
            await pilot.pause()
            said = squeezed(face(app).text())
            assert f"{one.who} {one.told}" in said
            assert said.count("In truth: ") == one.misread
            assert squeezed(f"[{i + 1} {one.who}: {one.misread} misread]") in said
        await pilot.press("2")
        await pilot.pause()
        assert "Tehran, turn by turn" in rendered(app)


async def test_any_turn_and_option_can_go_otherwise(finished: Sitting, tmp_path: Path, few_lucks: None) -> None:
    turn, choice = open_turn()
    async with playing(finished, tmp_path) as (app, pilot):
        await opened(app, pilot, "i", PastScreen)
        await press(pilot, str(turn.turn), "enter")
        await wait_for(pilot, InsteadScreen)
        await press(pilot, str(turn.taken), "enter")
        await pilot.pause()
        assert "This is what you chose" in squeezed(rendered(app))
        await press(pilot, str(choice.number), "enter")
        await wait_for(pilot, ComparedPage)
        said = await thought(app, pilot)
        found = view.otherwise(over(), turn.turn, choice.id)
        for text in (found.taken, found.instead, found.parted, found.ending, found.other_ending, *found.notes):
            assert squeezed(text) in said
        assert "How 16 other lucks end with your decisions, in 100" in said
        assert rendered(app).index("They part") < rendered(app).index("How 16 other lucks")


async def test_long_work_can_be_left(finished: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticked: list[float] = []

    def slow(match: Match, turn: int, option: str, tick: Any) -> view.Lucks:
        import time

        for share in range(1000):
            ticked.append(share / 1000)
            tick(share / 1000)
            time.sleep(0.01)
        raise AssertionError("nobody left it")

    monkeypatch.setattr(view, "other_lucks", slow)
    async with playing(finished, tmp_path) as (app, pilot):
        page = ComparedPage(
            over(), lambda: view.otherwise(over(), 5, open_turn()[1].id), lambda tick: slow(over(), 5, "", tick)
        )
        await app.push_screen(page)
        end = time.monotonic() + 20
        while "%" not in rendered(app):
            assert time.monotonic() < end, "how far it is is never shown"
            await pilot.pause(0.05)
        await pilot.press("escape")
        await wait_for(pilot, EndingScreen)
        await app.workers.wait_for_complete()
        assert 0 < len(ticked) < 900


async def test_an_assumption_is_found_and_tried(finished: Sitting, tmp_path: Path) -> None:
    async with playing(finished, tmp_path) as (app, pilot):
        await opened(app, pilot, "c", AssumptionsScreen)
        assert rendered(app).index("That balance") < rendered(app).index("Do strikes deter?")
        await pilot.press("slash", *"patience", "enter")
        await pilot.pause()
        assert "Tehran's true patience" in rendered(app)
        assert "Do strikes deter?" not in rendered(app)
        await pilot.press("enter")
        await wait_for(pilot, AssumptionScreen)
        await pilot.press("3", "enter")
        app.screen.query_one(Input).value = "999"
        await pilot.press("enter")
        await pilot.pause()
        assert "It can be 30 to 70 points." in squeezed(rendered(app))
        app.screen.query_one(Input).value = "40"
        await pilot.press("enter")
        await wait_for(pilot, ContestedPage)
        said = await thought(app, pilot)
        assert "Instead: Tehran's true patience 40 points" in said
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        await pilot.press("k", "enter")
        await wait_for(pilot, AssumptionScreen)
        await pilot.press("enter")
        await wait_for(pilot, ContestedPage)
        assert "They part: " in await thought(app, pilot)


async def test_the_claim_has_nothing_to_turn(finished: Sitting, tmp_path: Path) -> None:
    async with playing(finished, tmp_path) as (app, pilot):
        await opened(app, pilot, "c", AssumptionsScreen)
        await pilot.press("enter")
        await wait_for(pilot, AssumptionScreen)
        assert "It has no number to turn." in squeezed(rendered(app))
        await pilot.press("enter", "escape")
        await wait_for(pilot, AssumptionsScreen)


# ---- the command line


def run(command: Any, *args: str) -> Result:
    return CliRunner().invoke(command, args)


@pytest.fixture
def save(tmp_path: Path) -> str:
    path = tmp_path / "game.json"
    path.write_text(over().dumps(), encoding="utf-8")
    return str(path)


@pytest.fixture
def unfinished(tmp_path: Path) -> str:
    path = tmp_path / "unfinished.json"
    path.write_text(game.start(SCENARIO, 7).dumps(), encoding="utf-8")
    return str(path)


def test_the_command_lists_and_tries_assumptions(save: str) -> None:
    listed = run(whatif.command, save, "--assumptions")
    assert listed.stdout.startswith("1: That balance between the two capitals beats choosing one of them.\n2: ")
    rows = json.loads(run(whatif.command, save, "--assumptions", "--json").stdout)
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert listed.stdout.count("\n") == len(rows)
    said = run(whatif.command, save, "--assume", "tehran_patience=40", "--assume", "strikes_deter=1")
    assert "Instead: Tehran's true patience 40 points; Do strikes deter? strikes deter." in said.stdout
    row = json.loads(run(whatif.command, save, "--assume", "tehran_patience=40", "--json").stdout)
    assert row["assume"] == {"tehran_patience": 40}
    assert len(row["recorded"]["turns"]) == over().turn


def test_the_command_lists_turns_and_their_options(save: str) -> None:
    turn, choice = open_turn()
    assert run(whatif.command, save).stdout.count("You chose") == over().turn
    assert f"Name: {choice.id}." in run(whatif.command, save, "--turn", str(turn.turn)).stdout
    row = json.loads(run(whatif.command, save, "--turn", str(turn.turn), "--json").stdout)
    assert row[0]["choices"][choice.number - 1]["id"] == choice.id
    asked = [save, "--turn", str(turn.turn), "--lucks", "8", "--option"]
    assert run(whatif.command, *asked, str(choice.number)).stdout == run(whatif.command, *asked, choice.id).stdout


def test_the_command_tells_the_run_as_others_saw_it(save: str) -> None:
    told = next(one for one in view.onlookers(over()) if one.id == "tehran")
    said = run(replay.command, save, "--as", "tehran")
    assert said.stdout.startswith(f"Tehran {told.told}.\n")
    row = json.loads(run(replay.command, save, "--as", "tehran", "--json").stdout)
    assert (row["as"], row["misread"], len(row["turns"])) == ("tehran", told.misread, over().turn)
    assert sum(turn["misread"] for turn in row["turns"]) == told.misread


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("whatif", "{over}", "--assume", "tehran_patience=400"), "--assume tehran_patience\n  this says 400\n"),
        (("whatif", "{over}", "--assume", "zebra=4"), "no assumption is called so"),
        (("whatif", "{over}", "--assume", "zebra"), "this is no setting"),
        (("whatif", "{over}", "--assume", "a=1", "--turn", "3"), "each stand alone"),
        (("whatif", "{over}", "--option", "3"), "--option needs --turn"),
        (("whatif", "{over}", "--turn", "99"), "a turn from 1 to 12"),
        (("whatif", "{over}", "--turn", "4", "--option", "9"), "no such option"),
        (("whatif", "{on}", "--assume", "strikes_deter=1"), "the game is not over"),
        (("replay", "{on}", "--as", "tehran"), "the game is not over"),
        (("replay", "{over}", "--as", "nobody"), "is not one of"),
        (("debrief", "{on}", "--plain"), "the game is not over"),
        (("debrief", "{on}", "--json"), "the game is not over"),
        (("debrief", "{over}"), "add --plain"),
        (("debrief", "none.json", "--plain"), "there is no such save"),
    ],
)
def test_wrong_use_is_one_clear_message(
    save: str, unfinished: str, args: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from game.cli import run as baghdad

    assert baghdad([arg.format(over=save, on=unfinished) for arg in args]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


def test_a_finished_game_is_opened_again_line_by_line(save: str) -> None:
    said = CliRunner().invoke(debrief.command, [save, "--plain"], input="others\n", catch_exceptions=False)
    assert said.exit_code == 0
    assert "The end, on turn 12 of 12" in said.stdout
    assert "Tehran misread" in said.stdout


def test_the_debrief_is_told_as_json(save: str) -> None:
    row = json.loads(run(debrief.command, save, "--json").stdout)
    assert (row["ending"], len(row["decided"])) == (over().outcome.ending, over().turn)  # type: ignore[union-attr]
    assert row["expected"]["score"] == scored().score
    assert row["misread"] == {one.id: one.misread for one in view.onlookers(over())}


# ---- a game of other rules can be read and not played again


RULES = "it was played under other rules and can only be read"


def test_a_game_of_other_rules_is_not_played_again(finished: Sitting) -> None:
    finished.match = attrs.evolve(over(), read_only=RULES)
    said = talk(finished, "whatif", "contest 2 other", "others tehran")
    assert said.split("> whatif\n", 1)[1].startswith("It was played under other rules and can only be read.\n")
    assert said.split("> contest 2 other\n", 1)[1].startswith("It was played under other rules and can only be read.\n")
    assert "Tehran misread" in said


async def test_the_screen_says_that_a_game_of_other_rules_is_only_read(finished: Sitting, tmp_path: Path) -> None:
    finished.match = attrs.evolve(over(), read_only=RULES)
    async with playing(finished, tmp_path) as (app, pilot):
        await pilot.press("enter")
        await wait_for(pilot, DebriefPage)
        for key in ("i", "c"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, DebriefPage)
            assert "other rules" in squeezed(rendered(app))
