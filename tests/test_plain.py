"""Plain mode: a whole game line by line, nothing that the screen holds missing, nothing lost at the end of input."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import game
from game import plain, printing, printing_cabinet, printing_room, view
from game.play.match import Match
from game.play.sitting import Sitting, begin, latest, resume
from game.scenario import library
from game.scenario.model import QUESTIONS, Scenario
from game.world.variables import UNIT


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return game.load("gaza-spillover")


@pytest.fixture
def sitting(scenario: Scenario, tmp_path: Path) -> Iterator[Sitting]:
    sitting = begin(scenario, seed=7, keep=tmp_path)
    yield sitting
    sitting.close()


def talk(sitting: Sitting, *answers: str) -> str:
    """What plain mode says to these answers, the end of input after them."""
    waiting, said = iter(f"{answer}\n" for answer in answers), list[str]()
    assert plain.play(sitting, lambda: next(waiting, ""), said.append, echo=True) == 0
    return "".join(said)


def after(said: str, answer: str) -> str:
    """What followed an answer, up to the next question."""
    return said.split(f"> {answer}\n", 1)[1].split("Your decision", 1)[0]


def played(match: Match) -> Iterator[Match]:
    """A game from its start to its ending: the first open option each turn, an initiative when one can be had."""
    yield match
    while match.outcome is None and match.dilemma is not None:
        option = next(o.id for o in match.dilemma.options if o.barred is None)
        offers = [offer.id for offer in match.initiatives if offer.barred is None]
        match = match.play(option, *offers[:1])
        yield match


# ---- parity with the screen

SAID: dict[str, Callable[[Any], str]] = {
    "change": printing.moved,
    "amount": printing.moved,
    "unit": lambda unit: "" if unit in printing.BARE else unit.rstrip("s"),
    "seen": lambda seen: printing.SEEN[seen],
    "kind": lambda kind: printing.PENDING[kind],
    "question": lambda question: QUESTIONS.get(question, question),
}
"""Fields that plain mode puts in other words."""
DRAWN = {"arrow": "the change says it", "level": "the text says it"}
"""Fields that exist to be drawn, and what says the same."""
DOUBLED = {"dispatches", "obeyed", "barred", "to"}
"""Parts of the desk that the screen's own choices and dispatches hold as text."""


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """(path, value) of everything that a screen holds."""
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if not (name.startswith("desk") and field.name in DOUBLED):
                yield from leaves(getattr(value, field.name), f"{name}.{field.name}".strip("."))
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from leaves(part, f"{name}[{i}]")
    else:
        yield name, value


def heard(text: str) -> str:
    """A text as it is compared: the spaces, points and case of sentences aside."""
    return re.sub(r"[\s.]+", " ", printing.spoken(text)).strip().casefold()


def missing(value: Any, said: str) -> list[str]:
    """What a value of the view holds and a text does not say."""
    lines, lost = heard(said), []
    for path, leaf in leaves(value):
        field = re.sub(r"\[\d+\]", "", path).rpartition(".")[2]
        if field in DRAWN or leaf is None or isinstance(leaf, bool):
            continue
        if heard(SAID.get(field, str)(leaf)) not in lines:
            lost.append(f"{path}: {leaf}")
    return lost


def everything(match: Match) -> str:
    screen = view.screen(match)
    dials = (printing.variable(reading) for reading in screen.dials)
    return printing.lines([*printing.whole(screen), *dials, *printing.card_sources(match)])


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_every_field_of_the_screen_can_be_heard(scenario: Scenario, seed: int) -> None:
    for match in played(game.start(scenario, seed=seed)):
        if match.outcome is None:
            screen = view.screen(match)
            assert missing(screen, everything(match)) == []


def test_a_lost_field_would_be_noticed(scenario: Scenario) -> None:
    screen = view.screen(game.start(scenario, seed=7))
    said = "".join(everything(game.start(scenario, seed=7)).split(f"{screen.choices[0].text}"))
    assert missing(screen, said)


def test_every_field_of_the_last_page_can_be_heard(scenario: Scenario) -> None:
    *_, last = played(game.start(scenario, seed=7))
    page = view.debrief(last)
    assert page is not None
    lost = missing(attrs.evolve(page, sources=()), printing.lines(printing.ending(last, page)))
    assert lost == []
    assert all(printing.source(fact) in list(printing.ending(last, page)) for fact in page.sources)


def test_every_field_of_the_forecast_can_be_heard(scenario: Scenario) -> None:
    for match in list(played(game.start(scenario, seed=8)))[:-1:4]:
        told = view.cabinet(match)
        assert missing(told, printing.lines(printing_cabinet.forecast(told))) == []


def test_every_cause_of_every_dial_can_be_heard(scenario: Scenario) -> None:
    match = list(played(game.start(scenario, seed=7)))[3]
    for name in view.DIALS:
        said = printing.lines(printing.explained(match, name))
        told = view.explained(match, name)
        for reason in (*told.because, *(reason for _, reason in told.behind)):
            assert heard(reason.title) in heard(said)
            assert reason.rule in said
            assert all(heard(fact.text) in heard(said) for fact in reason.facts)
            assert heard(reason.assumption) in heard(said)


IN_WORDS = {"when", "when_basis"}
"""Fields of a fact that plain mode says in the words of `dated` and `basis`."""


def unheard(value: Any, rows: Iterable[str]) -> list[str]:
    """What a value of the reader's room holds and its lines do not say."""
    said = heard(printing.lines(rows))
    fields = ((re.sub(r"\[\d+\]", "", path).rpartition(".")[2], leaf) for path, leaf in leaves(value))
    return [f"{field}: {leaf}" for field, leaf in fields if field not in IN_WORDS and heard(str(leaf)) not in said]


def test_every_field_of_the_readers_room_can_be_heard() -> None:
    room = view.reading_room
    for head in room.documents():
        assert unheard(head, printing_room.head(head)) == []
    for key in library.facts():
        assert unheard(room.fact(key), printing_room.fact(room.fact(key))) == []
    for key in library.disagreements():
        told = room.dispute(key)
        bare = attrs.evolve(told, sides=tuple(attrs.evolve(side, facts=()) for side in told.sides))
        assert unheard(bare, printing_room.dispute(told)) == []
        said = list(printing_room.dispute(told))
        assert all(f"  {printing_room.line(fact)}" in said for side in told.sides for fact in side.facts)
    for entry in room.timeline():
        said = list(printing_room.happening(entry))
        assert unheard(attrs.evolve(entry, facts=(), disputes=(), basis=""), said) == []
        assert all(fact.key in said[0] for fact in entry.facts)
        assert all(row.key in said[0] for row in entry.disputes)
        assert ("(date inferred)" in said[0]) is (entry.basis == "inferred")


def test_the_readers_room_can_be_walked_through(sitting: Sitting) -> None:
    answers = ["read", "read 004", "read 004 p7", "read 003 claims", "read 004-p2-waivers", "read help-or-whip"]
    answers += ["disagreements", "disagreements itself", "disagreements do-strikes-deter", "timeline", "timeline 1979"]
    answers += ["find waiver whip", "find zebra", "find", "read 004-p2-waivrs", "disagreements nobody", "timeline soon"]
    said = talk(sitting, *answers)
    for head in view.reading_room.documents():
        assert f"Document {head.id}: {head.title}." in after(said, "read")
    whole = after(said, "read 004")
    assert all(printing_room.line(fact) in whole for fact in library.sheets()["004"].facts)
    assert after(said, "read 004 p7").count("004 p7, ") == len(view.reading_room.document("004", 7).facts)
    assert ", event, " not in after(said, "read 003 claims")
    assert "Key: help-or-whip." in after(said, "read 004-p2-waivers")
    assert after(said, "read help-or-whip").count("Side ") == 2
    assert after(said, "disagreements").startswith(f"{len(library.disagreements())} disagreements.")
    assert "do-strikes-deter" not in after(said, "disagreements itself")
    assert "Side 3 of 3: " in after(said, "disagreements do-strikes-deter")
    assert after(said, "timeline").count("\n") == len(view.reading_room.timeline())
    assert after(said, "timeline 1979").count("\n") == 2
    assert after(said, "find zebra") == "No fact and no disagreement holds “zebra”.\n"
    assert after(said, "find") == "Find what? For example: find waiver.\n"
    assert "Did you mean 004-p2-waivers?" in after(said, "read 004-p2-waivrs")
    assert after(said, "disagreements nobody").startswith("Nothing is called “nobody”.")
    assert after(said, "timeline soon") == "“soon” is no year. For example: timeline 2019.\n"
    assert sitting.match.turn == 0


def test_the_sources_of_a_card_name_keys_that_can_be_read(sitting: Sitting) -> None:
    cited = [source.fact.key for source in view.card_sources(sitting.match) if source.fact]
    said = talk(sitting, "sources", *(f"read {key}" for key in cited))
    assert cited
    for key in cited:
        assert f"Key: {key}." in after(said, "sources")
        assert after(said, f"read {key}").startswith(f"Fact {key}: ")


def test_what_was_taken_for_granted_is_heard_at_the_end_only(scenario: Scenario, sitting: Sitting) -> None:
    *_, sitting.match = played(sitting.match)
    page = view.debrief(sitting.match)
    assert page is not None
    assert page.taken
    said = talk(sitting)
    for taken in page.taken:
        assert f"You took for granted: {taken.took}" in said
    assert "took for granted" not in talk(begin_again(scenario, sitting), "look", "sources", "1", "look")


def begin_again(scenario: Scenario, sitting: Sitting) -> Sitting:
    """The same game at its start."""
    sitting.match = game.start(scenario, seed=sitting.match.seed)
    return sitting


def test_what_is_written_has_no_escapes_and_no_drawing(sitting: Sitting) -> None:
    said = talk(sitting, "1", "look", "why attacks", "variables", "sources", "1")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2500-\u259f\u25a0-\u25ff\u2800-\u28ff]", said)


def test_only_what_moved_is_said_after_a_turn(scenario: Scenario, sitting: Sitting) -> None:
    said = after(talk(sitting, "1"), "1")
    for reading in view.screen(sitting.match).dials:
        moved = f"{reading.label}: " in said.replace("Report: ", "")
        assert moved or reading.change == "steady"


# ---- answers


def test_a_whole_game_through_a_pipe(sitting: Sitting) -> None:
    said = talk(sitting, *["1", "2", "3", "4"] * 14)
    match = sitting.match
    assert match.outcome is not None
    page = view.debrief(match)
    assert page is not None
    assert f"The end, on turn {page.turn} of {match.scenario.turns}: {page.title}" in said
    assert "What was hidden in this game." in said
    assert "Headline in Tehran: " in said
    assert said.count("In figures: ") == len(view.DIALS)
    assert f"baghdad replay {sitting.save.path}" in said
    assert game.loads(sitting.save.path.read_text(encoding="utf-8")).outcome == match.outcome


def test_option_and_initiatives_on_one_line(sitting: Sitting) -> None:
    desk, offers = sitting.match.dilemma, sitting.match.initiatives
    assert desk is not None
    talk(sitting, "2 1, 4.")
    orders = sitting.match.turns[0].orders
    assert orders.option == desk.options[1].id
    assert orders.initiatives == (offers[0].id, offers[3].id)


def test_names_are_taken_too(sitting: Sitting) -> None:
    desk, offers = sitting.match.dilemma, sitting.match.initiatives
    assert desk is not None
    talk(sitting, f"{desk.options[2].id} {offers[1].id}")
    assert sitting.match.turns[0].orders.option == desk.options[2].id
    assert sitting.match.turns[0].orders.initiatives == (offers[1].id,)


def test_a_running_initiative_is_stopped_by_its_number(sitting: Sitting) -> None:
    first = sitting.match.initiatives[0].id
    talk(sitting, "1 1", "1 6")
    assert sitting.match.turns[1].orders.initiatives == (f"stop:{first}",)


def test_what_cannot_be_is_said_and_asked_again(scenario: Scenario, tmp_path: Path) -> None:
    sitting = begin(scenario, seed=7, values={"capital": 0}, keep=tmp_path)
    said = talk(sitting, "9", "dance", "lok", "1 1", "1 zebra", "1 1 1", "")
    count = len(view.screen(sitting.match).choices)
    title = sitting.match.initiatives[0].title
    assert after(said, "9") == f"There is no option 9. Choose 1 to {count}.\n"
    assert after(said, "dance") == "“dance” is neither an option nor a command. Say ? for help.\n"
    assert after(said, "lok") == "“lok” is neither an option nor a command. Did you mean look?\n"
    assert after(said, "1 1") == (
        f"Agenda 1, {title}, is not possible: it costs {sitting.match.initiatives[0].price:g} of capital and too little"
        " is left. Nothing has changed.\n"
    )
    assert after(said, "1 zebra").startswith("“zebra” is not possible: it is not on offer this turn.")
    assert sitting.match.turn == 0
    sitting.close()


def test_a_barred_option_says_why(scenario: Scenario, tmp_path: Path) -> None:
    for seed in range(40):
        for match in played(game.start(scenario, seed=seed)):
            barred = [c for c in view.screen(match).choices if c.barred] if match.outcome is None else []
            if barred:
                sitting = begin(scenario, seed=seed, keep=tmp_path)
                sitting.match = match
                said = talk(sitting, str(barred[0].number))
                sitting.close()
                assert f"{barred[0].number} is barred: {barred[0].barred}" in said
                assert f"is not possible: {barred[0].barred}" in said
                assert sitting.match is match
                return
    pytest.fail("no option was barred in forty games")


def test_undo_takes_back_and_says_the_turn_again(sitting: Sitting) -> None:
    said = talk(sitting, "u", "1", "undo")
    assert after(said, "u") == "Nothing was taken back: no turn has been played yet.\n"
    assert after(said, "undo").startswith("The last turn is taken back.\n\nTurn 1 of ")
    assert sitting.match.turn == 0
    assert game.loads(sitting.save.path.read_text(encoding="utf-8")).turn == 0


def test_iron_mode_takes_nothing_back(scenario: Scenario, tmp_path: Path) -> None:
    sitting = begin(scenario, seed=7, iron=True, keep=tmp_path)
    said = talk(sitting, "1", "undo")
    assert "Iron mode: nothing can be taken back." in said
    assert after(said, "undo") == ("Nothing was taken back: this game is played in iron mode: nothing is taken back.\n")
    assert sitting.match.turn == 1
    sitting.close()


def test_why_by_name_by_label_and_by_turn(sitting: Sitting) -> None:
    said = talk(sitting, "why attacks", "1", "w attacks", "why Washington's pressure 1", "why atacks", "why attacks 5")
    match = sitting.match
    change = (match.turns[0].after["attacks"] - match.turns[0].before["attacks"]) / UNIT
    assert after(said, "why attacks").startswith("Nothing has moved yet")
    assert after(said, "w attacks").startswith("Turn 1. Attacks: ")
    assert f"{abs(change):.1f}" in after(said, "w attacks")
    assert after(said, "why Washington's pressure 1").startswith("Turn 1. Washington's pressure: ")
    assert after(said, "why atacks") == "No variable is called “atacks”. Did you mean attacks?\n"
    assert after(said, "why attacks 5") == "Turn 5 has not been played. Turns played: 1 to 1.\n"


def test_the_forecast_and_the_advice_come_by_the_line(sitting: Sitting) -> None:
    said = talk(sitting, "forecast", "advice", "f", "1")
    told = view.cabinet(game.start(sitting.match.scenario, seed=7))
    lines, advice = after(said, "forecast").splitlines(), after(said, "advice").splitlines()
    assert lines[0].startswith("The cabinet's forecast on turn 1 for the state after turn 2: ")
    assert lines[-4:] == advice
    assert after(said, "f") == after(said, "forecast")
    assert [line.partition(" advises option ")[2][:1] for line in advice] == [str(each.number) for each in told.advice]
    assert all(line.endswith((".", "!", "?", "”")) for line in lines)
    assert sitting.match.turn == 1


def test_a_secret_is_not_told(scenario: Scenario, sitting: Sitting) -> None:
    said = talk(sitting, "1", "variables", *(f"why {name}" for name in scenario.hidden))
    assert said.count("No variable is called “") == len(scenario.hidden)
    layout = sitting.match.setting.layout
    assert not [name for name in scenario.hidden if f"{layout[name].label}: " in said]


def test_every_command_answers(sitting: Sitting) -> None:
    said = talk(sitting, "?", "1", "dials", "agenda", "pending", "report", "log 3", "sources", "variables", "look")
    for answer in ("?", "dials", "agenda", "pending", "report", "log 3", "sources", "variables", "look"):
        assert after(said, answer).strip(), answer
    assert after(said, "dials").count("\n") == len(view.DIALS)
    assert after(said, "log 3").startswith("Turn 1, ")


def test_an_empty_line_only_asks_again(sitting: Sitting) -> None:
    assert after(talk(sitting, "", "quit"), "") == ""


# ---- leaving


def test_quit_says_how_to_resume(sitting: Sitting) -> None:
    assert talk(sitting, "quit").endswith(
        "The game is saved. To go on: baghdad play gaza-spillover --seed 7 --resume --plain\n"
    )


def test_the_end_of_input_saves(scenario: Scenario, sitting: Sitting, tmp_path: Path) -> None:
    said = talk(sitting, "1", "2")
    assert said.endswith("The game is saved. To go on: baghdad play gaza-spillover --seed 7 --resume --plain\n")
    sitting.close()
    path = latest("gaza-spillover", 7, tmp_path)
    assert path is not None
    again = resume(path, scenario)
    assert again.match.state == sitting.match.state
    assert "Turn 3 of 12" in talk(again)
    again.close()


def test_a_disk_that_refuses_changes_nothing(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(match: Match) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sitting.save, "write", refuse)
    said = talk(sitting, "1", "quit")
    assert after(said, "1") == (
        "The turn could not be saved: No space left on device. Nothing has changed; try again.\n"
    )
    assert sitting.match.turn == 0


def test_a_game_that_is_over_is_only_told(scenario: Scenario, sitting: Sitting) -> None:
    *_, sitting.match = played(sitting.match)
    said = talk(sitting)
    assert "The end, on turn " in said
    assert "Your decision" not in said
