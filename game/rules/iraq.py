"""Iraq: lights, wages and the street; parliament, the barracks and the gate. Iraqis are not scenery."""

from __future__ import annotations

from typing import Any

from game.rules.register import above, points, rule, toward, weigh
from game.world.state import WHOLE
from game.world.variables import UNIT


@rule(
    "electricity",
    "Gas, own power and the season",
    systems=("S01", "S08"),
    facts=("004-p2-waivers", "004-p2-between-two"),
    assumption="How much of demand each source can meet is a round figure.",
)
def electricity(w: Any) -> None:
    """Own power, Iranian gas and power and the neighbours' grid, against what the season asks."""
    supply = weigh(w, "iraq.electricity", iran=w["iran_supply"], own=w["energy_independence"], arab=w["arab_ties"])
    target = w.share(supply, w.ratio(WHOLE, w["demand"]))
    toward(w, "electricity", target, "iraq.electricity.rate")


@rule("lights", "Days lit, days dark", assumption="Three quarters of demand is counted as a lit day.")
def lights(w: Any) -> None:
    """Count the days."""
    lit = w.holds(w["electricity"] >= w.n("iraq.lights.lit"))
    days = w.daily(UNIT)
    w.line("lit_days", days, lit)
    w.line("dark_days", days, w.neither(lit))


@rule(
    "dinar", "The dinar follows the dollars", systems=("S02", "S06"), facts=("004-p2-reserves", "004-p2-dollar-control")
)
def dinar(w: Any) -> None:
    """Thin dollars, listed banks and isolation weaken it."""
    target = weigh(
        w,
        "iraq.dinar",
        dollars=w["dollar_flow"],
        isolation=w["isolation"],
        listed=w.least(w["blacklist"], WHOLE),
        unrest=w["unrest"],
    )
    toward(w, "dinar", target, "iraq.dinar.rate")


@rule(
    "wages",
    "Wages fall behind",
    systems=("S02",),
    facts=("004-p2-dollar-control",),
    assumption="The first knot, payroll: the state pays from what the dollars bring.",
)
def wages(w: Any) -> None:
    """Thin dollars and a weak dinar delay state pay."""
    target = weigh(
        w,
        "iraq.wages",
        dollars=above(w, w.n("iraq.wages.enough") - w["dollar_flow"], 0),
        dinar=above(w, WHOLE // 2 - w["dinar"], 0),
        corruption=w["corruption"],
    )
    toward(w, "wages_late", points(w, target), "iraq.wages.rate")


@rule(
    "graft",
    "Graft",
    systems=("S103", "S66"),
    facts=("001-p15-two-grievances",),
    assumption="Easy dollars feed graft and a watched till starves it.",
)
def graft(w: Any) -> None:
    """Easy dollars and factions with seats feed it; legitimacy starves it."""
    target = weigh(
        w, "iraq.graft", dollars=w["dollar_flow"], standing=w["militia_standing"], legitimacy=w["legitimacy"]
    )
    toward(w, "corruption", target, "iraq.graft.rate")


@rule(
    "street", "The street fills", systems=("S66", "S103"), facts=("001-p15-tens-of-thousands", "001-p15-two-grievances")
)
def street(w: Any) -> None:
    """Dark homes (twice as dear in summer), late wages, a weak dinar and graft fill it; legitimacy empties it."""
    dark = above(w, w.n("iraq.street.enough") - w["electricity"], 0)
    hot = w.where(w["demand"] >= w.n("iraq.street.hot"), 2 * dark, dark)
    target = weigh(
        w,
        "iraq.street",
        dark=hot,
        wages=w["wages_late"],
        dinar=above(w, WHOLE // 2 - w["dinar"], 0),
        graft=w["corruption"],
        legitimacy=w["legitimacy"],
        war=w["regional_war"],
        rights=w["rights"],
    )
    toward(w, "unrest", points(w, target), "iraq.street.rate")


@rule(
    "rights",
    "What is done to those who march",
    systems=("S66", "S67"),
    facts=("001-p16-demonstrators-beaten-back", "001-p16-hrw-accusation"),
)
def rights(w: Any) -> None:
    """A full street meets bold factions: people are hurt, and it is written down."""
    clash = w.share(w["unrest"], w["militia_confidence"])
    target = weigh(w, "iraq.rights", clash=clash, cohesion=w["forces_cohesion"])
    toward(w, "rights", points(w, target), "iraq.rights.rate")


@rule(
    "double-standard",
    "One gate, two rules",
    systems=("S54",),
    facts=("001-p15-not-protesters", "001-p16-demonstrators-beaten-back", "001-p17-guards-stand-aside"),
    assumption="The gate counts as two-faced when it opens for flags while the street is kept out.",
)
def double_standard(w: Any) -> None:
    """A breach by the flags while reformers are beaten back costs legitimacy."""
    shame = w.share(w["breach"], w["rights"])
    w.line("legitimacy", 0 - w.daily(w.times(shame, w.n("iraq.double_standard.legitimacy"))))


@rule(
    "legitimacy",
    "Whose government it is",
    systems=("S100",),
    facts=("001-p15-two-grievances", "004-p4-pm-condemns-attacks", "004-p4-pm-condemns-strikes"),
    assumption="A country whose sovereignty is trampled loses legitimacy at home.",
)
def legitimacy(w: Any) -> None:
    """Lights, wages and a country of one's own make it; graft and abuse unmake it."""
    target = weigh(
        w,
        "iraq.legitimacy",
        lights=w["electricity"],
        sovereignty=w["sovereignty"],
        wages=w["wages_late"],
        graft=w["corruption"],
        rights=w["rights"],
    )
    toward(w, "legitimacy", points(w, target), "iraq.legitimacy.rate")


@rule(
    "sovereignty",
    "Whose country it is",
    systems=("S33", "S100"),
    facts=("002-p9-no-consent", "004-p4-pm-condemns-attacks", "004-p4-motive-presence"),
)
def sovereignty(w: Any) -> None:
    """Rockets and foreign pressure wear it down; hands of one's own on one's own armed men build it."""
    held = sum(
        w.share(w[f"{faction}_baghdad"], w[f"{faction}_strength"])
        for faction in ("hardliners", "leagues", "institutionals")
    )
    squeeze = w["washington_pressure"] + w["tehran_pressure"]
    target = weigh(
        w, "iraq.sovereignty", held=held, squeeze=squeeze, attacks=w["recent_attacks"], cohesion=w["forces_cohesion"]
    )
    toward(w, "sovereignty", points(w, target), "iraq.sovereignty.rate")


@rule(
    "both-condemned",
    "Attacks and reprisals are condemned alike",
    systems=("S57",),
    facts=("004-p4-pm-condemns-attacks", "004-p4-pm-condemns-strikes", "002-p9-no-consent"),
    assumption="It is said at once, whatever else is decided; that neither capital likes it, and how little, is ours.",
)
def both_condemned(w: Any) -> None:
    """Where both fire on Iraqi soil the government says that neither may: home hears it, and no patron likes it."""
    said = w.where(w["attacks_now"] > 0, w["strikes_now"], 0)
    w.line("sovereignty", w.times(said, w.n("iraq.both_condemned.sovereignty")))
    w.line("washington_trust", 0 - w.times(said, w.n("iraq.both_condemned.washington")))
    w.line("tehran_trust", 0 - w.times(said, w.n("iraq.both_condemned.tehran")))


@rule(
    "parliament",
    "The votes you can count on",
    systems=("S62", "S69", "S64"),
    facts=("002-p22-thin-cabinet", "003-p41-politicians-take-risks", "001-p24-leaders-await-parliament"),
)
def parliament(w: Any) -> None:
    """Legitimacy brings votes; the factions' seats and a full street take them."""
    target = weigh(w, "iraq.parliament", legitimacy=w["legitimacy"], standing=w["militia_standing"], unrest=w["unrest"])
    toward(w, "parliament", points(w, target), "iraq.parliament.rate")


@rule(
    "expulsion",
    "The drive to expel the troops",
    systems=("S62", "S63", "S51", "S100", "S75"),
    facts=(
        "001-p24-leaders-await-parliament",
        "002-p12-calls-to-leave",
        "002-p12-presence-danger",
        "001-p24-crowd-withdrawn",
        "003-p4-combat-to-advice",
    ),
    assumption="A crowd stood down is paid for in votes; advisers are a little easier to defend there than fighters.",
)
def expulsion(w: Any) -> None:
    """Strikes, mourning and the factions' seats push the vote; the Islamic State, votes and a milder label hold it."""
    target = weigh(
        w,
        "iraq.expulsion",
        strikes=w.least(w["strikes_now"] * 20, WHOLE),
        mourning=w["mourning"],
        standing=w["militia_standing"],
        isis=w["isis_threat"],
        votes=w["parliament"],
        sovereignty=w["sovereignty"],
        combat=w["combat_mission"],
    )
    toward(w, "expulsion_drive", points(w, target), "iraq.expulsion.rate")


@rule(
    "accord",
    "The accord with Washington",
    systems=("S101", "S63", "S62"),
    facts=("004-p2-between-two", "002-p12-calls-to-leave"),
    assumption="The agreement is taken to be the basis on which the troops stay.",
)
def accord(w: Any) -> None:
    """A drive in parliament hollows it out; Washington's trust and a sovereign state uphold it."""
    target = weigh(
        w, "iraq.accord", drive=w["expulsion_drive"], trust=w["washington_trust"], sovereignty=w["sovereignty"]
    )
    toward(w, "agreement", points(w, target), "iraq.accord.rate")


@rule(
    "gate",
    "Your hold on the Green Zone",
    systems=("S47", "S48", "S71"),
    facts=("000-p18-guard-had-no-orders", "000-p17-crowd-passed-trained-units", "000-p19-leaders-allow-it"),
)
def gate(w: Any) -> None:
    """Guards who are paid, commanded and believed in hold it."""
    target = weigh(
        w,
        "iraq.gate",
        cohesion=w["forces_cohesion"],
        legitimacy=w["legitimacy"],
        standing=w["militia_standing"],
        unrest=w["unrest"],
    )
    toward(w, "green_zone", points(w, target), "iraq.gate.rate")


@rule(
    "barracks",
    "Will the army obey?",
    systems=("S80", "S60", "S61"),
    facts=(
        "000-p4-rivalry-inside-forces",
        "000-p13-troops-unable-or-unwilling",
        "000-p15-hashed-overmatch",
        "001-p19-sway-over-security-forces",
    ),
)
def barracks(w: Any) -> None:
    """Training and pay hold the forces together; a stronger Hashed beside them and late wages pull them apart."""
    overmatch = sum(
        w.share(w[f"{faction}_strength"], WHOLE - w[f"{faction}_baghdad"])
        for faction in ("hardliners", "leagues", "institutionals")
    )
    target = weigh(
        w,
        "iraq.barracks",
        support=w["coalition_support"],
        legitimacy=w["legitimacy"],
        wages=w["wages_late"],
        overmatch=overmatch,
    )
    toward(w, "forces_cohesion", points(w, target), "iraq.barracks.rate")


@rule(
    "services",
    "How well your services see",
    systems=("S52", "S61"),
    facts=("000-p14-security-compromised-worry", "002-p11-less-help"),
    assumption="Sight depends on who shares with you and on who leaks.",
)
def services(w: Any) -> None:
    """Coalition eyes and a staffed embassy help; compromised services do not see."""
    target = weigh(
        w,
        "iraq.services",
        support=w["coalition_support"],
        staff=w.least(w["mission_staff"], WHOLE),
        cohesion=w["forces_cohesion"],
        graft=w["corruption"],
    )
    toward(w, "intelligence", points(w, target), "iraq.services.rate")
