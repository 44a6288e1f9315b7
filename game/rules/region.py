"""The region: coalition and Islamic State, the talks, the wars next door, and Iraq's standing among states."""

from __future__ import annotations

from typing import Any

from game.rules.register import above, points, rule, toward, weigh
from game.world.state import WHOLE
from game.world.variables import UNIT


@rule(
    "coalition",
    "What the coalition gives",
    systems=("S72", "S78", "S82", "S73", "S76", "S52", "S75", "S104"),
    facts=(
        "002-p13-airspace-limits",
        "002-p13-coalition-hampered",
        "003-p4-combat-to-advice",
        "003-p38-pentagon-careful",
        "002-p7-tension-peak",
        "003-p21-deter-with-allies",
    ),
)
def coalition(w: Any) -> None:
    """Free skies, troops, staff and partners who trust America carry it; attacks and leaks use it up."""
    target = weigh(
        w,
        "region.coalition",
        airspace=w["airspace"],
        troops=w["us_troops"] // UNIT * 10,
        staff=w.least(w["mission_staff"], WHOLE),
        attacks=w["recent_attacks"],
        leak=w["arms_leak"],
        agreement=w["agreement"],
        combat=w["combat_mission"],
        partners=w["us_prestige"],
    )
    toward(w, "coalition_support", points(w, target), "region.coalition.rate")


@rule(
    "islamic-state",
    "The Islamic State",
    systems=("S73", "S74", "S81", "S72", "S80", "S97"),
    facts=(
        "002-p24-ct-decay",
        "002-p24-car-bombs",
        "002-p26-outposts-overrun",
        "002-p25-cts-hit",
        "003-p26-foolish-to-prop-up",
        "003-p25-partners-sdf",
        "000-p10-shia-majority-units",
    ),
    assumption="Abuse by mostly Shia units drives some Sunnis to a Sunni extremist body; no document measures it.",
)
def islamic_state(w: Any) -> None:
    """Without eyes in the air and trained units it masses again; a divided army lets it, and abuse recruits for it."""
    target = weigh(
        w,
        "region.isis",
        support=w["coalition_support"],
        cohesion=w["forces_cohesion"],
        standing=w["militia_standing"],
        rights=w["rights"],
        magnet=w.where(w["presence_shield"] > 0, 0, w["us_troops"] // UNIT * 10),
    )
    toward(w, "isis_threat", points(w, target), "region.isis.rate")


@rule("car-bombs", "Bombs return", systems=("S73", "S74"), facts=("002-p24-car-bombs", "002-p26-outposts-overrun"))
def car_bombs(w: Any) -> None:
    """A strong Islamic State kills Iraqis, and people ask who protects them."""
    over = above(w, w["isis_threat"], w.n("region.bombs.from"))
    dead = w.count("isis.dead", w.daily(w.times(over, w.n("region.bombs.dead"))))
    w.line("iraqi_dead", dead)
    w.line("iraqi_dead_now", dead)
    w.line("legitimacy", 0 - w.daily(w.times(over, w.n("region.bombs.legitimacy"))))


@rule(
    "sky",
    "Limits on the airspace",
    systems=("S101", "S72", "S84"),
    facts=("002-p13-airspace-limits", "002-p13-rumour-outrage"),
    assumption="What nobody enforces drifts back to where the accord leaves it.",
)
def sky(w: Any) -> None:
    """Airspace settles with the accord and closes with the factions' outrage."""
    target = weigh(w, "region.sky", agreement=w["agreement"], grievance=w["militia_grievance"])
    toward(w, "airspace", target, "region.sky.rate")


@rule(
    "leakage",
    "Help that leaks",
    systems=("S78",),
    facts=("003-p31-aid-helps-attackers", "003-p32-kh-inside-pmf", "003-p38-pentagon-careful"),
)
def leakage(w: Any) -> None:
    """Where militias sit in the same army, some of the help reaches them."""
    target = weigh(
        w, "region.leakage", standing=w["militia_standing"], cohesion=w["forces_cohesion"], graft=w["corruption"]
    )
    toward(w, "arms_leak", points(w, target), "region.leakage.rate")


@rule(
    "war",
    "The wars next door",
    systems=("S86", "S87", "S20"),
    facts=("004-p3-stakes", "004-p6-both-hold-back", "004-p7-limited-role", "004-p7-hezbollah-first"),
    assumption="The war has a course of its own; what two capitals do in Iraq moves it only a little.",
)
def war(w: Any) -> None:
    """It has its own drift and luck; a climbing ladder feeds it, restraint on all sides contains it."""
    target = weigh(w, "region.war", escalation=w["escalation"], restraint=w["tehran_restraint"], channel=w["channel"])
    toward(w, "regional_war", points(w, target), "region.war.rate")
    swing = w.draw("region.war") // 10 - WHOLE // 2
    w.line("regional_war", w.daily(w.times(swing, w.n("region.war.luck"))))


@rule(
    "talks",
    "The nuclear talks",
    systems=("S88", "S09"),
    facts=("003-p14-talks-aim-new-deal", "003-p37-iran-hopes-relief", "003-p22-deal-exit-tension"),
    assumption="Talks have a course of their own; a high ladder sinks them and a trusted channel helps a little.",
)
def talks(w: Any) -> None:
    """Hope drifts with its own luck, and sinks as the ladder is climbed."""
    target = weigh(w, "region.talks", escalation=w["escalation"], channel=w["channel"], war=w["regional_war"])
    toward(w, "nuclear_talks", points(w, target), "region.talks.rate")
    swing = w.draw("region.talks") // 10 - WHOLE // 2
    w.line("nuclear_talks", w.daily(w.times(swing, w.n("region.talks.luck"))))


@rule(
    "isolation",
    "The road to being an outcast",
    systems=("S06", "S07", "S91", "S67", "S92"),
    facts=(
        "000-p1-outcast-risk-headline",
        "000-p8-isolation-follows",
        "000-p27-outcast-like-venezuela",
        "000-p29-precedent-regimes",
        "000-p16-what-the-green-zone-holds",
        "000-p21-photographs-tweeted",
        "002-p17-leaders-photographed",
        "001-p15-not-protesters",
    ),
    assumption="The better it is known who stood in the pictures, the less the crowd passes for protesters abroad.",
)
def isolation(w: Any) -> None:
    """Lost trust, a breached embassy and its pictures, abuse and listed names lead there; friends lead back."""
    target = weigh(
        w,
        "region.isolation",
        distrust=WHOLE - w["washington_trust"],
        breach=w["breach"],
        label=w.share(w["breach"], w["attribution"]),
        rights=w["rights"],
        listed=w.least(w["blacklist"], WHOLE),
        arab=w["arab_ties"],
        channel=w["channel"],
    )
    toward(w, "isolation", points(w, target), "region.isolation.rate")


@rule(
    "neighbours",
    "Gulf and Arab neighbours",
    systems=("S85", "S97", "S104"),
    facts=(
        "001-p20-saudi-oil-bombed",
        "001-p20-hardly-a-rebuke",
        "003-p21-deter-with-allies",
        "000-p10-us-fears-iran-influence",
        "000-p10-shia-majority-units",
    ),
    assumption="Neighbours come closer to a state that stands alone on its feet and away from one that Tehran runs; "
    "those who doubt America's word keep their distance from its partners.",
)
def neighbours(w: Any) -> None:
    """Sovereignty and an America that answers bring them nearer; Shia militias in power and isolation do not."""
    target = weigh(
        w,
        "region.neighbours",
        sovereignty=w["sovereignty"],
        isolation=w["isolation"],
        capture=w["militia_standing"],
        partners=w["us_prestige"],
    )
    toward(w, "arab_ties", points(w, target), "region.neighbours.rate")


@rule(
    "rivals",
    "Rival powers",
    systems=("S35", "S90"),
    facts=("001-p24-rivals-will-press", "001-p3-idlib-killing-goes-on"),
)
def rivals(w: Any) -> None:
    """Where American prestige sinks, Moscow, Beijing and Tehran push harder."""
    target = weigh(w, "region.rivals", prestige=w["us_prestige"])
    toward(w, "rivals", points(w, target), "region.rivals.rate")
    w.line("tehran_pressure", w.daily(w.times(above(w, w["rivals"], WHOLE // 2), w.n("region.rivals.push"))))


@rule(
    "channel",
    "The worth of a go-between",
    systems=("S89",),
    facts=("004-p6-channel",),
    assumption="A channel is worth what both ends think of the one who keeps it, and fades when it is not used.",
)
def channel(w: Any) -> None:
    """It settles where the less trusting of the two capitals leaves it."""
    target = weigh(
        w,
        "region.channel",
        trust=w.least(w["washington_trust"], w["tehran_trust"]),
        staff=w.least(w["mission_staff"], WHOLE),
    )
    toward(w, "channel", points(w, target), "region.channel.rate")


@rule(
    "shocks",
    "Shocks from outside",
    systems=("S83", "S84", "S85"),
    facts=("002-p8-tankers", "002-p13-depot-blasts", "001-p20-saudi-oil-bombed"),
    assumption="Each shock has its chance a day, set by the scenario; here they are rare.",
)
def shocks(w: Any) -> None:
    """Tankers, depots, oil plants: each comes by its own luck and moves what the documents say it moved."""
    tanker = w.chance("shock.tanker", w.daily(w.n("region.shocks.tanker")))
    w.line("mission_staff", 0 - w.n("region.shocks.tanker_staff"), tanker)
    w.line("escalation", w.n("region.shocks.tanker_heat"), tanker)
    depot = w.chance("shock.depot", w.daily(w.n("region.shocks.depot")))
    w.line("militia_grievance", w.n("region.shocks.depot_grievance"), depot)
    w.line("airspace", 0 - w.n("region.shocks.depot_sky"), depot)
    oil = w.chance("shock.oil", w.daily(w.n("region.shocks.oil")))
    w.line("us_prestige", 0 - w.n("region.shocks.oil_prestige"), oil)
    w.line("arab_ties", 0 - w.n("region.shocks.oil_ties"), oil)


@rule(
    "energy",
    "Power of one's own",
    assumption="What is built is worn out again slowly; nothing else moves it but work on the agenda.",
)
def energy(w: Any) -> None:
    """Repairs not made are power lost."""
    toward(w, "energy_independence", w.n("region.energy.rest"), "region.energy.rate")
