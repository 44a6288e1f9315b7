"""Where each fact is used: nothing is cited that does not exist, and what is unused waits for a named scenario."""

from __future__ import annotations

import pytest

from game.insight.sources import counts, is_used, unused, used, uses, waits_for
from game.rules import CAUSES
from game.scenario import library
from game.world.facts import KINDS
from game.world.problems import Problems

FACTS = library.facts()
PLANNED = {"maximum-pressure", "embassy-siege", "outcast", "shadow-war", "gaza-spillover"}


def test_whatever_cites_a_fact_cites_one_that_exists() -> None:
    assert uses().keys() <= FACTS.keys()


def test_every_fact_is_used_or_waits_for_a_named_scenario() -> None:
    waiting = {row.fact.key: row.scenario for row in unused()}
    assert waiting.keys() == {key for key in FACTS if not is_used(key)}
    assert set(waiting.values()) <= PLANNED


def test_what_waits_says_whether_its_scenario_is_bundled() -> None:
    assert [row.fact.key for row in unused() if row.is_bundled != (row.scenario in library.bundled())] == []


def test_the_document_decides_where_its_facts_wait() -> None:
    homes = {name: {waits_for(fact) for fact in FACTS.values() if fact.document == name} for name in library.sheets()}
    assert homes == {
        "000": {"maximum-pressure", "embassy-siege", "outcast"},
        "001": {"embassy-siege"},
        "002": {"maximum-pressure", "embassy-siege"},
        "003": {"shadow-war"},
        "004": {"gaza-spillover"},
    }


def test_a_disagreement_alone_is_no_use_in_play() -> None:
    rows = library.disagreements().values()
    for row in rows:
        for key in row.facts:
            assert f"disagreement {row.key}" in map(str, used(key))
    assert all(not use.is_in_play for row in unused() for use in used(row.fact.key))


def test_every_fact_of_a_rule_and_of_a_card_leads_back_to_it() -> None:
    for cause in CAUSES.values():
        assert all(f"rule {cause.id}" in map(str, used(key)) for key in cause.facts)
    for name in library.bundled():
        scenario, _ = library.gather(library.find(name))
        for card in scenario.dilemmas:
            assert all(f"card {name}/{card.id}" in map(str, used(key)) for key in card.facts)
            for option in card.options:
                assert all(f"history {name}/{card.id}/{option.id}" in map(str, used(key)) for key in option.history)


def test_a_place_is_named_once_for_a_fact() -> None:
    assert [key for key, places in uses().items() if len(places) != len(set(places))] == []


def test_the_counts_add_up() -> None:
    assert sum(row.facts for row in counts()) == len(FACTS)
    assert sum(row.used for row in counts()) == len(FACTS) - len(unused())
    assert all(0 <= row.used <= row.facts and row.kind in KINDS for row in counts())
    assert {row.document for row in counts()} == library.sheets().keys()


def test_a_fact_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(Problems) as raised:
        used("004-p2-waiver")
    assert raised.value.problems[0].fix == "004-p2-waivers"
