"""The debrief of a class: what is gathered and refused, where it divided, and the page that is written."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import game
from game import view
from game.classroom.debrief import Division, debrief
from game.classroom.gathering import Played, gather
from game.classroom.guides import guide
from game.commands import report
from game.insight.policies import POLICIES, named
from game.pages.report import report as written
from game.play.match import Match
from game.scenario.library import bundled
from game.testing.strategies import loaded, matches
from game.view.class_page import ClassPage, class_page

SCENARIO = loaded("first-week")
PUPILS = {"Amal": (7, "random"), "Bilal": (7, "middle"), "Chiara": (8, "random"), "Dunja": (9, "history")}


@cache
def played(seed: int, policy: str, name: str = "first-week", turns: int = 99) -> Match:
    match = game.start(loaded(name), seed)
    while match.dilemma and match.turn < turns:
        match = match.play(*named(match, POLICIES[policy]))
    return match


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    folder = tmp_path / "saves"
    folder.mkdir()
    for name, (seed, policy) in PUPILS.items():
        (folder / f"{name}.json").write_text(played(seed, policy).dumps(), encoding="utf-8")
    return folder


@cache
def page() -> ClassPage:
    games = tuple(Played(name, played(*how)) for name, how in PUPILS.items())
    return class_page((*games, Played("Emre", played(3, "random", turns=2))))


def called(*args: str) -> Result:
    return CliRunner().invoke(report.command, list(args), standalone_mode=False)


# ---- gathering


def test_files_and_folders_are_gathered_once_by_name(saves: Path) -> None:
    games, refused = gather([saves, saves / "Amal.json"])
    assert [each.name for each in games] == list(PUPILS)
    assert refused == ()
    assert games[0].match.state == played(7, "random").state


def test_two_files_of_one_name_are_told_by_their_folders(saves: Path, tmp_path: Path) -> None:
    other = tmp_path / "group two" / "Amal.json"
    other.parent.mkdir()
    other.write_text(played(4, "random").dumps(), encoding="utf-8")
    games, _ = gather([saves, other])
    assert [each.name for each in games] == ["saves/Amal", "Bilal", "Chiara", "Dunja", "group two/Amal"]


def test_what_cannot_be_read_is_named_with_its_reason(saves: Path, tmp_path: Path) -> None:
    (saves / "foreign.json").write_text("{}", encoding="utf-8")
    (saves / "noise.json").write_bytes(b"\xff\xfe\x00")
    (saves / "other.json").write_text(played(1, "middle", "gaza-spillover", 2).dumps(), encoding="utf-8")
    text = (saves / "Dunja.json").read_text(encoding="utf-8")
    rows = text.split("\n")
    rows[2] = re.sub(r'"dinar": (\d+)', lambda found: f'"dinar": {int(found[1]) + 1}', rows[2])
    (saves / "Dunja.json").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "nothing").mkdir()
    games, refused = gather([saves, tmp_path / "nothing", tmp_path / "gone.json"])
    assert [each.name for each in games] == ["Amal", "Bilal", "Chiara"]
    assert {each.name: each.why for each in refused} == {
        "Dunja": "it does not replay: turn 2 differs first in dinar",
        "foreign": "this JSON is not a save of this game",
        "noise": "this is not a save: it is not text in UTF-8",
        "nothing": "no save (*.json) lies in this folder",
        "gone": "No such file or directory",
        "other": "a game of gaza-spillover, while this class played first-week",
    }


# ---- what the class did


def by_hand(takers: tuple[tuple[str, ...], ...]) -> int:
    choice = {name: i for i, names in enumerate(takers) for name in names}
    return sum(choice[a] != choice[b] for a in choice for b in choice if a < b)


@given(st.lists(st.integers(0, 3), min_size=0, max_size=12))
def test_divided_is_the_pairs_that_chose_differently(choices: list[int]) -> None:
    takers = tuple(tuple(f"{i:02}" for i, chosen in enumerate(choices) if chosen == option) for option in range(4))
    division = Division(SCENARIO.dilemmas[0], takers)
    assert division.divided == by_hand(takers)
    assert division.met == len(choices)


@settings(max_examples=8, deadline=None)
@given(st.lists(matches("first-week", settings=False), min_size=1, max_size=4))
def test_every_decision_of_every_game_is_counted_once(games: list[Match]) -> None:
    found = debrief([Played(f"{i}", match) for i, match in enumerate(games)])
    assert sum(each.met for each in found.divisions) == sum(match.turn for match in games)
    for each in found.divisions:
        for option, names in zip(each.dilemma.options, each.takers, strict=True):
            for name in names:
                turns = games[int(name)].turns
                assert any((turn.dilemma, turn.orders.option) == (each.dilemma.id, option.id) for turn in turns)
    ended = [name for _, names in found.endings for name in names]
    assert sorted([*ended, *found.going_on]) == [f"{i}" for i in range(len(games))]
    amounts = [each.divided for each in found.divisions]
    assert amounts == sorted(amounts, reverse=True)


def test_games_of_the_same_luck_are_set_beside_each_other() -> None:
    alone = debrief([Played("Amal", played(7, "random")), Played("Chiara", played(8, "random"))])
    assert alone.same_luck == ()
    (pair,) = debrief([Played("Amal", played(7, "random")), Played("Bilal", played(7, "middle"))]).same_luck
    assert pair.turn is not None
    one, other = (played(7, how).turns[pair.turn - 1] for how in ("random", "middle"))
    assert pair.options == (one.orders.option, other.orders.option)
    for before in range(pair.turn - 1):
        assert played(7, "random").turns[before].orders == played(7, "middle").turns[before].orders
    (alike,) = debrief([Played("Amal", played(7, "random")), Played("Emre", played(7, "random"))]).same_luck
    assert alike.turn is None


# ---- the page


class Outline(HTMLParser):
    """The tags that are open, every address, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]
        if tag not in ("meta", "polyline"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "polyline":
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def outline(text: str) -> Outline:
    found = Outline()
    found.feed(text)
    return found


def test_the_page_says_what_the_class_did() -> None:
    told = page()
    found = outline(written(told))
    said = " ".join("".join(found.text).split())
    assert found.open == []
    for name, how in PUPILS.items():
        ending = view.debrief(played(*how))
        assert ending is not None
        assert name in said
        assert " ".join(ending.sentence.split()) in said
    assert "Emre" in said
    assert "Goes on after 2 turns." in said
    for row in told.divided:
        assert row.title in said
        assert all(option.text in said for option in row.options)
    assert told.questions == guide("first-week")["Questions without one right answer"]
    assert all(question in said for question in (*told.questions, *told.cautions))
    assert {row.name for row in told.turned} == set(PUPILS), "a game that goes on has not been turned yet"
    assert [row.id for row in told.sources] == ["004"]
    assert "The documented choice of the time" in said


def test_the_page_asks_nothing_of_any_network() -> None:
    text = written(page())
    assert outline(text).addresses == []
    assert not re.search(r"https?:|@import|url\(|<script", text)


def test_what_a_file_is_called_stays_text() -> None:
    sly = "<script>alert(1)</script> & “co”"
    text = written(class_page((Played(sly, played(7, "random")), Played("b", played(7, "middle"))), with_turned=False))
    assert "<script" not in text
    assert sly in "".join(outline(text).text)


def test_what_is_usual_stands_beside_what_the_class_did() -> None:
    batch = game.simulate(SCENARIO, 1_000, 1, "middle")
    titles = {ending.title: ending.id for ending in SCENARIO.endings}
    for row in page().endings:
        assert row.usual[1] == batch.endings.get(titles[row.title], 0) / 10


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_scenario_has_what_a_class_is_asked(name: str) -> None:
    said = guide(name)
    assert len(said["Questions without one right answer"]) >= 3
    assert len(said["What not to conclude"]) >= 3


# ---- the command


def test_report_writes_the_rest_and_exits_1_when_a_save_is_refused(saves: Path, tmp_path: Path) -> None:
    (saves / "foreign.json").write_text("{}", encoding="utf-8")
    target = tmp_path / "page.html"
    said = called(str(saves), "-o", str(target), "--quick")
    assert said.return_value == 1
    assert said.stderr == "foreign: left out: this JSON is not a save of this game\n"
    assert said.stdout == f"Written: {target} (4 games).\n"
    assert "foreign" in target.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.html", "saves"]


def test_report_can_number_the_games(saves: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert called(str(saves), "-o", str(target), "--quick", "--unnamed").return_value == 0
    text = target.read_text(encoding="utf-8")
    assert "Game 4" in text
    assert not any(name in text for name in PUPILS)


def test_report_as_json_is_the_page(saves: Path) -> None:
    said = called(str(saves), "--json", "--quick")
    row = json.loads(said.stdout)
    assert row["title"] == "First Week"
    assert set(row) == {field.name for field in attrs.fields(ClassPage)}
    assert [each["name"] for each in row["games"]] == list(PUPILS)


def test_report_says_what_it_needs(saves: Path, tmp_path: Path) -> None:
    assert "-o FILE.html" in str(called(str(saves)).exception)
    empty = tmp_path / "empty"
    empty.mkdir()
    said = called(str(empty), "-o", str(tmp_path / "page.html"))
    assert isinstance(said.exception, game.Problems)
    assert "no game is left to report on" in str(said.exception)
    assert not (tmp_path / "page.html").exists()


def test_without_jinja2_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(game.Problems, match=r"between-two-rivers\[classroom\]"):
        written(page())
