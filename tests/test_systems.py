"""Each mechanism that a rule claims: driver moved, luck paired, the effect goes the right way, by the rule's doing."""

from __future__ import annotations

from functools import cache

import pytest
from attrs import field, frozen

import game
from game.play import turn as turn_module
from game.play.match import start
from game.rules import CAUSES, PHASES
from game.scenario.effects import MessageEffect
from game.scenario.library import systems
from game.scenario.model import Order, Scenario
from game.testing.laboratory import effect_of, laboratory, with_numbers
from game.view.followed import dispatches
from game.world.variables import HOLDERS, UNIT


@frozen
class Experiment:
    """Move these drivers from low to high: the effect must move in the sign's direction, by the rule's doing."""

    system: str
    rule: str
    driver: dict[str, tuple[float, float]]
    effect: str
    sign: int
    turns: int = 2
    given: dict[str, float] = field(factory=dict)
    bench: str = "blank"


ANSWER: dict[str, float] = {"answer_pending": 4, "escalation": 60}
UNDER_FIRE: dict[str, float] = {"regional_war": 95, "militia_confidence": 95}
DEADLY = {"militias.losses.american": (0.0, 0.2)}
E = Experiment
EXPERIMENTS = (
    E(
        "S01",
        "tehran.receipt",
        {"waiver_days": (0, 180)},
        "arrears",
        -1,
        given={"washington_patience": 0, "washington_trust": 0},
    ),
    E("S02", "iraq.dinar", {"dollar_flow": (30, 110)}, "dinar", 1),
    E("S03", "washington.waiver", {"washington_patience": (10, 95)}, "waiver_days", 1, given={"waiver_days": 8}),
    E("S04", "washington.listings", {"washington_patience": (5, 95)}, "blacklist", -1),
    E("S05", "washington.hints", {"washington_patience": (5, 95)}, "parliament", 1, given={"blacklist": 90}),
    E("S06", "region.isolation", {"washington_trust": (10, 90)}, "isolation", -1),
    E("S07", "region.isolation", {"blacklist": (0, 100)}, "isolation", 1),
    E("S08", "tehran.supply", {"tehran_pressure": (20, 95)}, "iran_supply", -1),
    E("S09", "tehran.restraint", {"nuclear_talks": (20, 95)}, "tehran_restraint", 1),
    E("S10", "tehran.men-in-the-hashed", {"tehran_pressure": (30, 95)}, "institutionals_baghdad", -1),
    E("S11", "tehran.men-in-the-hashed", {"tehran_pressure": (30, 95)}, "institutionals_tehran", 1),
    E("S12", "tehran.capture", {"militia_standing": (30, 95)}, "sovereignty", -1),
    E("S13", "militias.rebellion", {"tehran_restraint": (20, 95)}, "hardliners_own", 1, 1),
    E("S14", "tehran.posture", {"tehran_restraint": (5, 95)}, "attacks_total", -1, 2),
    E("S15", "tehran.green-light", {"nuclear_talks": (0, 17)}, "tehran_restraint", 1),
    E("S16", "militias.mode", {"tehran_restraint": (5, 95)}, "arsenal", -1),
    E("S17", "tehran.patronage", {"tehran_restraint": (5, 95)}, "hardliners_strength", -1),
    E(
        "S18",
        "washington.commanders",
        {"answer_pending": (0, 8)},
        "commanders_dead",
        1,
        1,
        given={"us_resolve": 80, "escalation": 60},
    ),
    E("S18", "washington.commanders", {"us_resolve": (20, 80)}, "escalation", 1, 1, given=ANSWER),
    E("S18", "militias.leaderless", {"commanders_dead": (0, 1)}, "hardliners_tehran", -1),
    E("S18", "militias.leaderless", {"commanders_dead": (0, 1)}, "militia_autonomy", 1),
    E("S19", "militias.attribution", {"regional_war": (10, 95)}, "attribution", -1),
    E("S20", "militias.postures", {"regional_war": (5, 95)}, "attacks_total", 1),
    E("S21", "militias.standing", {"isis_threat": (5, 90)}, "militia_standing", 1),
    E("S22", "militias.erratic", {"militia_standing": (5, 60)}, "hardliners_own", -1),
    E("S23", "militias.confidence", {"us_prestige": (5, 95)}, "militia_confidence", -1),
    E("S24", "tehran.floor", {"tehran.floor.hardliners": (0, 70)}, "hardliners_tehran", 1),
    E("S25", "militias.march", {"mourning": (0, 100)}, "green_zone", -1),
    E("S26", "washington.warnings", {"recent_attacks": (0, 150)}, "warning_rank", 1, 4),
    E("S27", "washington.answer", DEADLY, "strikes", 1, 4),
    E("S28", "washington.strike", {"answer_pending": (0, 8)}, "hardliners_strength", -1, 1, given={"attribution": 0}),
    E("S29", "militias.attacks", {"deterrence": (5, 95)}, "attacks_total", -1),
    E("S30", "washington.strike", {"answer_pending": (0, 8)}, "deterrence", -1, 1, given={"strikes_deter": 0}),
    E("S31", "militias.impunity", {"attribution": (0, 100)}, "us_prestige", -1, given={"pursuit": 0}),
    E("S32", "washington.strike", {"answer_pending": (0, 3)}, "escalation", 1, 1),
    E("S33", "washington.strike", {"answer_pending": (0, 6)}, "sovereignty", -1, 1),
    E("S34", "washington.prestige", {"recent_attacks": (0, 150)}, "us_prestige", -1),
    E("S35", "region.rivals", {"us_prestige": (5, 95)}, "rivals", -1),
    E("S36", "washington.home", {"strikes": (0, 20)}, "us_resolve", -1),
    E("S37", "militias.postures", {"militia_grievance": (5, 95)}, "attacks_total", 1),
    E("S38", "militias.attribution", {"intelligence": (10, 95)}, "attribution", 1),
    E("S39", "washington.humiliation", {"mourning": (0, 100)}, "us_resolve", 1, given={"green_zone": 10}),
    E("S40", "washington.home", {"strikes": (0, 20)}, "us_resolve", -1, 4),
    E("S41", "washington.pressure", {"escalation": (5, 80)}, "washington_pressure", 1),
    E("S42", "washington.red-line", DEADLY, "us_resolve", 1, 1),
    E("S43", "washington.troops", {"us_resolve": (5, 95)}, "us_troops", 1),
    E("S44", "washington.home", {"expulsion_drive": (5, 95)}, "us_resolve", 1),
    E("S44", "washington.home", {"washington.home.exit": (-0.1, 0.1)}, "us_resolve", 1),
    E("S45", "washington.ladder", {"nuclear_talks": (5, 95)}, "escalation", -1),
    E("S46", "washington.home", {"isis_threat": (5, 95)}, "us_resolve", 1),
    E("S47", "militias.march", {"green_zone": (5, 95)}, "breach", -1, given={"mourning": 100}),
    E("S48", "militias.inside", {"militia_confidence": (30, 100)}, "green_zone", -1),
    E("S49", "militias.march", {"mourning": (0, 100)}, "breach", 1, given={"green_zone": 30}),
    E("S50", "washington.guard", {"breach": (0, 100)}, "embassy_guard", 1),
    E("S51", "iraq.expulsion", {"mourning": (0, 100)}, "expulsion_drive", 1),
    E("S52", "iraq.services", {"mission_staff": (10, 100)}, "intelligence", 1),
    E("S53", "washington.staff", {"breach": (0, 100)}, "mission_staff", -1),
    E("S54", "iraq.double-standard", {"breach": (0, 100)}, "legitimacy", -1, given={"rights": 90}),
    E("S55", "baghdad.orders", {"forces_cohesion": (5, 95)}, "obeyed_recently", 1, bench="order"),
    E("S56", "militias.lull", {"lull": (-40, 60)}, "attacks_total", -1, 1),
    E("S56", "washington.patience", {"pursuit": (0, 95)}, "washington_patience", 1),
    E("S57", "iraq.both-condemned", {"answer_pending": (0, 3)}, "tehran_trust", -1, 1, given=UNDER_FIRE),
    E("S57", "iraq.both-condemned", {"answer_pending": (0, 3)}, "washington_trust", -1, 1, given=UNDER_FIRE),
    E(
        "S57",
        "iraq.both-condemned",
        {"iraq.both_condemned.sovereignty": (0, 2)},
        "sovereignty",
        1,
        1,
        given={"answer_pending": 3, **UNDER_FIRE},
    ),
    E("S58", "baghdad.too-close", {"tehran_trust": (30, 95)}, "isolation", 1, given={"washington_trust": 30}),
    E("S59", "baghdad.branded", {"blacklist": (0, 400)}, "channel", -1),
    E("S60", "iraq.barracks", {"coalition_support": (5, 95)}, "forces_cohesion", 1),
    E("S61", "iraq.barracks", {"hardliners_strength": (5, 95)}, "forces_cohesion", -1),
    E("S62", "iraq.expulsion", {"militia_standing": (5, 95)}, "expulsion_drive", 1),
    E("S63", "iraq.accord", {"expulsion_drive": (5, 95)}, "agreement", -1),
    E("S64", "iraq.parliament", {"militia_standing": (5, 95)}, "parliament", -1),
    E(
        "S65",
        "militias.drone",
        {"pursuit": (0, 95)},
        "pm_attacked",
        1,
        given={"militia_confidence": 95, "militias.drone.chance": 3},
    ),
    E("S66", "iraq.rights", {"unrest": (5, 95)}, "rights", 1),
    E("S67", "region.isolation", {"rights": (5, 95)}, "isolation", 1),
    E("S68", "baghdad.leaning-west", {"washington_trust": (40, 100)}, "tehran_trust", -1, given={"tehran_trust": 40}),
    E("S69", "calendar.strain", {"washington_pressure": (20, 95), "tehran_pressure": (20, 95)}, "parliament", -1),
    E(
        "S70",
        "washington.trust",
        {"washington.trust.floor": (0, 60)},
        "washington_trust",
        1,
        given={"recent_attacks": 150},
    ),
    E("S71", "militias.service", {"obeyed_recently": (0, 100)}, "institutionals_baghdad", 1),
    E("S72", "region.coalition", {"airspace": (5, 95)}, "coalition_support", 1),
    E("S73", "region.car-bombs", {"isis_threat": (20, 95)}, "iraqi_dead", 1),
    E("S74", "region.islamic-state", {"coalition_support": (5, 95)}, "isis_threat", -1),
    E("S75", "iraq.expulsion", {"combat_mission": (0, 100)}, "expulsion_drive", 1),
    E("S75", "region.coalition", {"combat_mission": (0, 100)}, "coalition_support", 1),
    E("S76", "militias.attacks", {"us_troops": (100, 8000)}, "attacks_total", 1),
    E("S77", "washington.troops", {"agreement": (5, 95)}, "us_troops", 1),
    E("S78", "region.leakage", {"militia_standing": (5, 95)}, "arms_leak", 1),
    E(
        "S79",
        "washington.strike",
        {"washington.strike.syria_share": (0, 100)},
        "sovereignty",
        1,
        1,
        given={"answer_pending": 6},
    ),
    E("S80", "iraq.barracks", {"us_troops": (0, 6000)}, "forces_cohesion", 1, 6),
    E("S81", "washington.troops", {"isis_threat": (5, 95)}, "us_troops", 1),
    E("S82", "region.coalition", {"recent_attacks": (0, 150)}, "coalition_support", -1),
    E("S83", "region.shocks", {"region.shocks.tanker": (0, 10)}, "mission_staff", -1),
    E("S84", "region.shocks", {"region.shocks.depot": (0, 10)}, "airspace", -1),
    E("S85", "region.shocks", {"region.shocks.oil": (0, 10)}, "us_prestige", -1),
    E("S86", "militias.attacks", {"regional_war": (5, 95)}, "attacks_total", 1),
    E("S87", "region.war", {"tehran_restraint": (5, 95)}, "regional_war", -1),
    E("S88", "tehran.restraint", {"nuclear_talks": (18, 95)}, "attacks_total", -1, 4),
    E("S89", "tehran.message", {"channel": (5, 95)}, "message_force", 1, 3, bench="message"),
    E("S90", "region.rivals", {"rivals": (10, 100)}, "tehran_pressure", 1),
    E("S91", "region.isolation", {"breach": (0, 100)}, "isolation", 1),
    E("S92", "washington.home", {"attribution": (0, 100)}, "us_resolve", 1, given={"breach": 80}),
    E("S92", "region.isolation", {"attribution": (0, 100)}, "isolation", 1, given={"breach": 80}),
    E(
        "S93",
        "tehran.message",
        {"tehran.message.misread": (0, 1)},
        "escalation",
        1,
        3,
        given={"channel": 10},
        bench="message",
    ),
    E("S94", "militias.mode", {"arsenal": (5, 95)}, "mode", 1),
    E("S95", "militias.postures", {"hardliners_ambition": (5, 100)}, "attacks_total", 1),
    E("S96", "militias.postures", {"militias.posture.grievance.hardliners": (0, 1)}, "attacks_total", 1),
    E("S96", "tehran.patronage", {"tehran.patronage.hardliners": (0, 4)}, "hardliners_tehran", 1),
    E("S97", "region.islamic-state", {"rights": (5, 95)}, "isis_threat", 1),
    E("S97", "region.neighbours", {"militia_standing": (5, 95)}, "arab_ties", -1),
    E("S98", "washington.red-line", DEADLY, "washington_patience", -1, 1),
    E("S99", "militias.losses", {"militia_grievance": (5, 95)}, "iraqi_dead", 1, 4),
    E("S100", "militias.standing", {"us_troops": (0, 9000)}, "militia_standing", 1),
    E("S101", "region.sky", {"agreement": (5, 95)}, "airspace", 1),
    E("S102", "washington.pressure", {"washington.pressure.inherited": (0, 60)}, "washington_pressure", 1),
    E("S102", "tehran.pressure", {"tehran.pressure.inherited": (0, 60)}, "tehran_pressure", 1),
    E("S103", "iraq.street", {"corruption": (5, 95)}, "unrest", 1),
    E("S104", "region.coalition", {"us_prestige": (5, 95)}, "coalition_support", 1),
    E("S104", "region.neighbours", {"us_prestige": (5, 95)}, "arab_ties", 1),
)
NAMES = [f"{experiment.system} {experiment.rule}" for experiment in EXPERIMENTS]


@cache
def bench(kind: str) -> Scenario:
    scenario = game.load("gaza-spillover")
    if kind == "order":
        return laboratory(scenario, turns=6, order=Order("army", "do it", 30))
    if kind == "message":
        return laboratory(scenario, turns=6, effects=(MessageEffect("blinken-to-tehran", "carried"),))
    return laboratory(scenario, turns=6)


def measured(experiment: Experiment) -> float:
    return effect_of(
        bench(experiment.bench),
        experiment.driver,
        experiment.effect,
        turns=experiment.turns,
        runs=120,
        given=experiment.given,
    )


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=NAMES)
def test_the_driver_moves_the_effect_the_right_way_and_the_rule_does_it(
    experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = measured(experiment) * experiment.sign
    assert change > 0.02
    without = tuple((room, tuple(rule for rule in rules if rule.cause.id != experiment.rule)) for room, rules in PHASES)
    assert without != PHASES
    monkeypatch.setattr(turn_module, "PHASES", without)
    assert measured(experiment) * experiment.sign < change


def test_every_claim_of_a_rule_has_its_experiment() -> None:
    claimed = {(system, cause.id) for cause in CAUSES.values() for system in cause.systems}
    shown = {(experiment.system, experiment.rule) for experiment in EXPERIMENTS}
    assert {system for system, _ in claimed} == {system for system, _ in shown}
    assert shown <= claimed
    assert {system for system, _ in claimed} <= systems().keys()


def test_every_mechanism_works_by_rules() -> None:
    assert {system for cause in CAUSES.values() for system in cause.systems} == systems().keys()


def test_it_is_told_when_commanders_are_killed() -> None:
    scenario = with_numbers(bench("blank"), {"washington.commanders.chance": 100})
    before = start(scenario, 1, values={**ANSWER, "us_resolve": 80})
    killed, spared = before.play("go-on"), start(scenario, 1, values={**ANSWER, "us_resolve": 20}).play("go-on")
    assert dispatches(killed)[0].text.endswith("dead, commanders among them.")
    assert dispatches(spared)[0].text.endswith("dead.")
    assert sum(killed.state[f"hardliners_{holder}"] for holder in HOLDERS) == 100 * UNIT
