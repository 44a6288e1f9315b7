"""The reader's room: every fact is reachable, every disagreement shows each side, and secrets are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import game
from game import printing_room, view
from game.insight import sources
from game.play.match import Match
from game.scenario import library
from game.scenario.model import Scenario
from game.view import reading_room
from game.world.facts import DISPUTES, KINDS
from game.world.problems import Problems

FACTS = library.facts()
DISAGREEMENTS = library.disagreements()


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return game.load("gaza-spillover")


def played(match: Match) -> Iterator[Match]:
    """A game from its start to its ending, the first open option each turn."""
    yield match
    while match.outcome is None and match.dilemma is not None:
        match = match.play(next(option.id for option in match.dilemma.options if option.barred is None))
        yield match


def over(scenario: Scenario, seed: int) -> Match:
    *_, last = played(game.start(scenario, seed=seed))
    return last


# ---- documents and facts


def test_the_shelf_holds_every_document_with_whom_it_does_not_let_speak() -> None:
    heads = reading_room.documents()
    assert [head.id for head in heads] == list(library.sheets())
    for head, sheet in zip(heads, library.sheets().values(), strict=True):
        assert (head.viewpoint, head.missing_voices) == (sheet.viewpoint, sheet.missing_voices)
        assert head.facts.startswith(f"{len(sheet.facts)}, of which the game uses ")


def test_every_fact_is_reachable_from_the_shelf() -> None:
    found = [fact.key for head in reading_room.documents() for fact in reading_room.document(head.id).facts]
    assert found == list(FACTS)


def test_every_fact_is_reachable_by_paragraph_and_by_kind() -> None:
    for name, sheet in library.sheets().items():
        pages = [reading_room.document(name, number) for number in range(1, sheet.paragraphs + 1)]
        assert all(page.facts or page.empty for page in pages)
        assert [fact.key for page in pages for fact in page.facts] == sorted(
            (fact.key for fact in sheet.facts), key=lambda key: FACTS[key].paragraph
        )
        kinds = {fact.key for kind in KINDS for fact in reading_room.document(name, kind=kind).facts}
        assert kinds == {fact.key for fact in sheet.facts}


def test_one_leafs_from_fact_to_fact_through_a_whole_document() -> None:
    for name, sheet in library.sheets().items():
        key, seen = reading_room.document(name).facts[0].key, list[str]()
        while key:
            seen.append(key)
            told = reading_room.fact(key)
            assert told.before == (seen[-2] if len(seen) > 1 else "")
            key = told.after
        assert seen == [fact.key for fact in sheet.facts]


def test_from_a_card_to_its_facts_and_back(scenario: Scenario) -> None:
    for card in scenario.dilemmas:
        for key in card.facts:
            uses = {use.label: use.places for use in reading_room.fact(key).uses if use.scenario == scenario.title}
            assert card.title in uses["Cards"]


def test_a_fact_says_where_it_is_used_or_what_it_waits_for() -> None:
    for key in FACTS:
        told = reading_room.fact(key)
        assert bool(told.uses) is sources.is_used(key)
        assert bool(told.waits) is not sources.is_used(key)


def test_a_fact_leads_to_every_disagreement_that_cites_it_and_back() -> None:
    for key in FACTS:
        for row in reading_room.fact(key).disputes:
            sides = reading_room.dispute(row.key).sides
            assert [fact.key for side in sides for fact in side.facts].count(key) == 1


def test_an_unknown_key_names_the_nearest() -> None:
    for ask in (reading_room.document, reading_room.fact, reading_room.dispute):
        with pytest.raises(Problems) as raised:
            ask("004-p2-waivrs")
        assert raised.value.problems[0].fix == "004-p2-waivers"


# ---- disagreements and the timeline


@pytest.mark.parametrize("key", DISAGREEMENTS)
def test_a_disagreement_shows_each_side_in_both_faces(key: str) -> None:
    told, row = reading_room.dispute(key), DISAGREEMENTS[key]
    assert [side.says for side in told.sides] == [side.says for side in row.sides]
    said = "\n".join(printing_room.dispute(told))
    for side in told.sides:
        assert side.says.rstrip(".") in said
        assert all(fact.text in said and fact.key in said for fact in side.facts)


def test_every_disagreement_is_reachable_by_its_kind() -> None:
    assert {row.key for kind in DISPUTES for row in reading_room.disputes(kind)} == DISAGREEMENTS.keys()
    assert [row.key for row in reading_room.disputes()] == list(DISAGREEMENTS)


def test_the_timeline_is_in_order_and_each_year_finds_its_own() -> None:
    every = reading_room.timeline()
    assert [entry.year for entry in every] == sorted(entry.year for entry in every)
    for year in reading_room.years():
        assert {e for e in every if e.year == year} <= set(reading_room.timeline(year))
    assert reading_room.timeline(1066) == ()


def test_what_is_found_holds_all_the_words() -> None:
    facts, disputes = reading_room.find("Embassy ROCKET")
    assert facts
    assert all("embassy" in f"{fact.text} {fact.key}".casefold() for fact in facts)
    assert reading_room.find("zebra") == ((), ())
    assert reading_room.find("  ") == ((), ())
    assert all(reading_room.dispute(row.key) for row in disputes)


# ---- what is kept until the debrief


def test_the_debrief_keeps_its_own_while_a_game_is_on(scenario: Scenario) -> None:
    on, done = game.start(scenario, seed=7), over(scenario, 7)
    kept = ("What was really decided", "Secrets")
    for key in FACTS:
        now, then = reading_room.fact(key, on), reading_room.fact(key, done)
        assert not [use for use in now.uses if use.label in kept]
        assert then == reading_room.fact(key)
        assert now.uses or now.waits
    assert any(use.label == label for label in kept for key in FACTS for use in reading_room.fact(key, done).uses)


def test_which_card_acts_on_a_disagreement_is_told_afterwards(scenario: Scenario) -> None:
    on, done = game.start(scenario, seed=7), over(scenario, 7)
    titles = {card.disagreement: card.title for card in scenario.dilemmas if card.disagreement}
    for key, title in titles.items():
        assert reading_room.dispute(key, on).cards == ()
        assert title in reading_room.dispute(key, done).cards


# ---- what each choice took for granted


def test_enough_dilemmas_are_decided_while_a_disagreement_is_unsettled(scenario: Scenario) -> None:
    marked = [card for card in scenario.dilemmas if card.disagreement]
    assert len(marked) >= 8
    assert len({card.disagreement for card in marked}) >= 8
    for card in marked:
        assert len({option.takes for option in card.options}) == len(card.options), "two choices take the same"


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_the_debrief_says_what_each_choice_took_for_granted(scenario: Scenario, seed: int) -> None:
    match = over(scenario, seed)
    page = view.debrief(match)
    assert page is not None
    marked = {card.id: card for card in scenario.dilemmas if card.disagreement}
    turns = [turn for turn in match.turns if turn.dilemma in marked]
    assert [taken.turn for taken in page.taken] == [turn.number for turn in turns]
    for taken, turn in zip(page.taken, turns, strict=True):
        option = next(o for o in marked[turn.dilemma].options if o.id == turn.orders.option)
        assert taken.took == option.takes
        assert len(taken.sides) == len(DISAGREEMENTS[taken.key].sides)
        assert all(cited for _, cited in taken.sides)


def test_what_is_taken_for_granted_is_not_shown_before(scenario: Scenario) -> None:
    texts = [option.takes for card in scenario.dilemmas for option in card.options if option.takes]
    for match in played(game.start(scenario, seed=7)):
        if match.outcome is None:
            assert not [text for text in texts if text in str(view.screen(match))]
            assert not [text for text in texts if text in str(view.card_sources(match))]


def test_disagreements_decide_nothing(scenario: Scenario) -> None:
    import attrs

    bare = [
        attrs.evolve(card, disagreement="", options=tuple(attrs.evolve(option, takes="") for option in card.options))
        for card in scenario.dilemmas
    ]
    assert library.content_hash(attrs.evolve(scenario, dilemmas=tuple(bare))) == scenario.content
