"""The militias: three factions that want money, seats, revenge and standing, and obey whom they choose.

When Tehran says hold back, own will grows. Who fired is disputed: every attack has a hidden author, each capital forms
its own belief, and everyone acts before it is settled.
"""

from __future__ import annotations

from typing import Any

from game.rules.register import above, by_index, decide, over, points, rule, rung, toward, weigh
from game.world.state import WHOLE
from game.world.variables import FACTIONS, UNIT

STANCES = ("lie_low", "posture", "harass", "strike")
MOST_A_MONTH = 200 * UNIT
"""No faction fires more often than the scale of `attacks` can tell."""
CEILINGS = ("leash", "cosmetic", "loosen", "unleash")


@rule(
    "rebellion",
    "Told to hold back, they hold to themselves",
    systems=("S13",),
    facts=("003-p13-teenage-rebellion", "003-p12-attacks-against-tehran-word", "003-p13-iran-annoyed-orders-ignored"),
    assumption="The first surprise: restraint itself loosens Tehran's hand, most on the ambitious.",
)
def rebellion(w: Any) -> None:
    """Restraint above a floor turns Tehran's men into their own."""
    impatience = above(w, w["tehran_restraint"], w.n("militias.rebellion.from"))
    commands = w.where(w["tehran_commands"] > 0, w.n("militias.rebellion.commands"), UNIT)
    for faction in FACTIONS:
        eager = w.times(w.share(impatience, w[f"{faction}_ambition"]), commands)
        drift = w.share(w[f"{faction}_tehran"], over(w, "militias.rebellion.rate", eager))
        w.shift(faction, "tehran", "own", drift)


@rule(
    "payroll",
    "Late wages, looser hands",
    systems=("S02",),
    facts=("004-p2-dollar-control",),
    assumption="The first knot, payroll: late state pay makes Baghdad's hand slip, the institutionals first.",
)
def payroll(w: Any) -> None:
    """Men who are not paid stop asking Baghdad."""
    late = above(w, w["wages_late"], w.n("militias.payroll.from"))
    for faction in FACTIONS:
        slip = w.share(w[f"{faction}_baghdad"], over(w, f"militias.payroll.{faction}", late))
        w.shift(faction, "baghdad", "own", slip)


@rule(
    "service",
    "Orders obeyed close Baghdad's hand",
    systems=("S71",),
    facts=("000-p19-leaders-allow-it", "003-p41-politicians-take-risks"),
)
def service(w: Any) -> None:
    """A state that is seen to be obeyed, and pays, draws men to itself."""
    firm = w.share(w["obeyed_recently"], WHOLE - w["wages_late"])
    for faction in FACTIONS:
        drawn = w.share(w.share(w[f"{faction}_own"], firm), w.over_days(f"militias.service.{faction}"))
        w.shift(faction, "own", "baghdad", drawn)


@rule(
    "erratic",
    "Patrons who lose seats lose their men",
    systems=("S22", "S64"),
    facts=("003-p5-erratic-as-patrons-weaken", "003-p40-fatah-lost-28-of-48", "003-p41-militias-most-isolated"),
)
def erratic(w: Any) -> None:
    """A shrinking political base makes fighters answer to nobody."""
    lost = above(w, w.n("militias.erratic.below") - w["militia_standing"], 0)
    for faction in FACTIONS:
        w.shift(
            faction,
            "tehran",
            "own",
            w.share(w.share(w[f"{faction}_tehran"], lost), w.over_days("militias.erratic.rate")),
        )


@rule(
    "leaderless",
    "The men whom Tehran knew are dead",
    systems=("S18",),
    facts=("003-p36-tehran-control-weaker", "003-p35-muhandis-two-offices", "003-p22-soleimani-killed"),
    assumption="Some analysts find Tehran's command looser later; that dead commanders are why, and how fast, is ours.",
)
def leaderless(w: Any) -> None:
    """Once commanders have been killed, what was Tehran's hand turns to own will, down to its floor."""
    gone = w.holds(w["commanders_dead"] > 0)
    for faction in FACTIONS:
        loose = w.share(w[f"{faction}_tehran"], w.over_days("militias.leaderless.rate"))
        w.shift(faction, "tehran", "own", loose, gone)


@rule(
    "standing",
    "Seats, service and funerals make standing",
    systems=("S21", "S64", "S100"),
    facts=(
        "000-p9-hashed-founded-2014",
        "003-p33-pmf-fought-is",
        "003-p39-political-base-crumbling",
        "004-p4-motive-presence",
    ),
)
def standing(w: Any) -> None:
    """Who fought the Islamic State and buries its dead has a following; a legitimate state has the rest."""
    target = weigh(
        w,
        "militias.standing",
        isis=w["isis_threat"],
        mourning=w["mourning"],
        legitimacy=w["legitimacy"],
        presence=w["us_troops"] // UNIT * 10,
        grievance=w["militia_grievance"],
    )
    toward(w, "militia_standing", target, "militias.standing.rate")


@rule(
    "confidence",
    "Boldness",
    systems=("S23", "S34"),
    facts=("001-p21-confidence-as-1979", "001-p20-threats-unfulfilled"),
)
def confidence(w: Any) -> None:
    """Threats that are not carried out, and a weak threat's price, make them bold; fear of return fire does not."""
    idle = w.where(w["answer_pending"] > 0, 0, w["warning_rank"] * 10)
    target = weigh(
        w,
        "militias.confidence",
        fear=w["deterrence"],
        prestige=w["us_prestige"],
        standing=w["militia_standing"],
        idle_threat=idle,
        pursuit=w["pursuit"],
    )
    toward(w, "militia_confidence", target, "militias.confidence.rate")


@rule(
    "impunity",
    "Leaders who walk in the open",
    systems=("S31",),
    facts=("001-p17-two-blacklisted", "000-p20-four-leaders-marched", "002-p17-leaders-photographed"),
    assumption="Where the author is known and nobody looks for him, the crowd draws its conclusion.",
)
def impunity(w: Any) -> None:
    """An author known and not pursued costs American prestige and emboldens the rest."""
    known = w.share(w["attribution"], WHOLE - w["pursuit"])
    w.line("us_prestige", 0 - w.daily(w.times(known, w.n("militias.impunity.prestige"))))
    w.line("militia_confidence", w.daily(w.times(known, w.n("militias.impunity.confidence"))))


@rule("grievance", "Anger cools or is fed", systems=("S25", "S54"), facts=("001-p13-funerals-first",))
def grievance(w: Any) -> None:
    """Grievance sinks slowly; a hunt by one's own state and war next door keep it warm."""
    target = weigh(w, "militias.grievance", pursuit=w["pursuit"], war=w["regional_war"], wages=w["wages_late"])
    toward(w, "militia_grievance", target, "militias.grievance.rate")


@rule(
    "march",
    "Mourning becomes a march",
    systems=("S25", "S49", "S47"),
    facts=(
        "001-p13-funerals-first",
        "001-p13-crowd-attacks-embassy",
        "001-p14-doors-fires-cameras",
        "000-p18-guard-had-no-orders",
    ),
)
def march(w: Any) -> None:
    """A mourning crowd wears down the gate; what it then reaches goes by degrees, from the doors to the roof."""
    crowd = above(w, w["mourning"], w.n("militias.march.from"))
    w.line("green_zone", 0 - w.daily(w.times(crowd, w.n("militias.march.gate"))))
    push = weigh(
        w,
        "militias.march.push",
        crowd=w["mourning"],
        confidence=w["militia_confidence"],
        gate=w["green_zone"],
        guard=w["embassy_guard"],
    )
    toward(w, "breach", points(w, push), "militias.march.rate")


@rule(
    "inside",
    "Hashed units inside the Green Zone",
    systems=("S48",),
    facts=("000-p16-hashed-inside-green-zone", "000-p16-both-sides-alarmed", "000-p17-hashed-effective-control"),
)
def inside(w: Any) -> None:
    """Bold and well-placed factions post their own men where the ministries are."""
    weight = above(w, w["militia_standing"] + w["militia_confidence"], w.n("militias.inside.from"))
    w.line("green_zone", 0 - w.daily(w.times(weight, w.n("militias.inside.gate"))))


@rule(
    "postures",
    "Each faction takes its stance",
    systems=(
        "S37",
        "S20",
        "S95",
        "S96",
    ),
    facts=(
        "000-p11-kataib-hezbollah-hardline-faction",
        "003-p7-kh-most-prominent",
        "003-p12-attacks-against-tehran-word",
        "000-p10-many-fought-us-troops",
    ),
)
def postures(w: Any) -> None:
    """Lie low, posture, harass or strike: by grievance, most in old enemies, boldness, ambition and the war."""
    for faction in FACTIONS:
        score = weigh(
            w,
            "militias.posture",
            confidence=w["militia_confidence"],
            war=w["regional_war"],
            ambition=w[f"{faction}_ambition"],
            fear=w["deterrence"],
            **{f"grievance.{faction}": w["militia_grievance"]},
        )
        decide(w, faction, rung(w, score, *(w.n(f"militias.posture.{name}") for name in STANCES[1:])))


def rate(w: Any, faction: str) -> Any:
    """Attacks per 30 days that a faction is set to make, in thousandths."""
    allowed = by_index(w, w["posture.tehran"] // UNIT, *(w.n(f"militias.ceiling.{name}") for name in CEILINGS))
    eager = by_index(w, w[f"posture.{faction}"] // UNIT, *(w.n(f"militias.eager.{name}") for name in STANCES))
    willing = w.times(w[f"{faction}_tehran"], allowed) + w.times(w[f"{faction}_own"], eager)
    heat = weigh(
        w, "militias.heat", war=w["regional_war"], escalation=w["escalation"], troops=w["us_troops"] // UNIT * 10
    )
    full = w.times(w.share(w.share(w.n("militias.attacks.most"), w[f"{faction}_strength"]), willing), w.most(heat, 0))
    hunted = w.share(full, WHOLE - w.times(w["pursuit"], w.n("militias.attacks.pursuit")))
    feared = w.share(hunted, WHOLE - w.times(w["deterrence"], w.n("militias.attacks.fear")))
    return w.least(feared, MOST_A_MONTH)


def stilled(w: Any, faction: str) -> Any:
    """The same rate as far as the player's own orders still it, or draw more of it."""
    return w.least(w.share(rate(w, faction), WHOLE - w["lull"]), MOST_A_MONTH)


def fire(w: Any, rates: Any) -> list[Any]:
    """The attacks of each faction this turn at these rates; by the same draw a higher rate never means fewer."""
    pairs = zip(FACTIONS, rates, strict=True)
    return [w.count(f"attacks.{faction}", each * w.hours // 720) for faction, each in pairs]


@rule(
    "attacks",
    "Attacks on American and coalition sites",
    systems=("S37", "S19", "S20", "S29", "S86", "S95", "S76", "S56"),
    facts=(
        "004-p4-84-claims",
        "003-p6-four-attacks-two-weeks",
        "000-p12-attack-series",
        "003-p15-fear-of-return-fire",
        "004-p7-limited-role",
    ),
    assumption="How many is drawn for each faction from its rate; the banner under which they are claimed hides which.",
)
def attacks(w: Any) -> None:
    """Count the attacks of each faction; they are claimed under one banner."""
    counts = fire(w, [rate(w, faction) for faction in FACTIONS])
    for faction, fired in zip(FACTIONS, counts, strict=True):
        w.line(f"{faction}_fired", fired - w[f"{faction}_fired"])
    total = sum(counts)
    for name in ("attacks_now", "attacks_total", "recent_attacks"):
        w.line(name, total)
    w.line("attacks", total * 720 // w.hours - w["attacks"])


@rule(
    "lull",
    "Fire that your orders stilled, or drew",
    systems=("S56",),
    facts=("004-p4-pursuit-order", "004-p8-statements-only"),
    assumption="Posts, arrests and bargains still part of a week's fire; what humiliates draws more. How much is ours.",
    ordered=True,
)
def lull(w: Any) -> None:
    """The attacks that are not made, or made besides, because of what was decided here."""
    meant = fire(w, [rate(w, faction) for faction in FACTIONS])
    made = fire(w, [stilled(w, faction) for faction in FACTIONS])
    for faction, before, after in zip(FACTIONS, meant, made, strict=True):
        w.line(f"{faction}_fired", after - before)
    for name in ("attacks_now", "attacks_total", "recent_attacks"):
        w.line(name, sum(made) - sum(meant))
    w.line("attacks", sum(made) * 720 // w.hours - sum(meant) * 720 // w.hours)


@rule(
    "losses",
    "Who is killed",
    systems=("S27", "S99", "S13"),
    facts=("000-p11-contractor-killed", "001-p8-servicemen-hurt", "002-p6-soldiers-hurt", "003-p13-teenage-rebellion"),
    assumption="How deadly an attack is depends on what is used and on whether anyone holds the men who fire back.",
)
def losses(w: Any) -> None:
    """The dead of a turn follow what the factions were set to fire, what they fire with, and who holds them."""
    rates = [stilled(w, faction) * w.hours // 720 for faction in FACTIONS]
    expected = sum(rates)
    wild = WHOLE + w.times(w["militia_autonomy"], w.n("militias.losses.wild"))
    modern = WHOLE + w.times(w["arsenal"], w.n("militias.losses.arsenal"))
    shield = WHOLE - w.times(w["embassy_guard"], w.n("militias.losses.guard"))
    deadly = w.share(w.share(expected, wild), modern)
    within_reach = w.share(w.n("militias.losses.exposure"), w.least(w["us_troops"] // 20, 2 * WHOLE))
    exposed = w.share(w.share(deadly, shield), within_reach)
    americans = w.count("casualty.american", w.times(exposed, w.n("militias.losses.american")))
    iraqis = w.count("casualty.iraqi", w.times(deadly, w.n("militias.losses.iraqi")))
    for name, dead in (("american_dead", americans), ("iraqi_dead", iraqis)):
        w.line(name, dead)
        w.line(f"{name}_now", dead)
    w.line(
        "legitimacy",
        0 - w.least(w.times(iraqis, w.n("militias.losses.legitimacy")), w.n("militias.losses.legitimacy_most")),
    )


@rule(
    "mode",
    "Rockets, drones, worse",
    systems=("S94", "S16"),
    facts=(
        "001-p7-friday-rockets",
        "003-p7-kh-drones-rockets-2021",
        "003-p15-unseen-weapon",
        "003-p14-failed-talks-green-light",
    ),
)
def mode(w: Any) -> None:
    """What is used depends on the stores and on what Tehran allows; sour relations fill the stores."""
    die, loosened = (
        w.draw("attack.mode") // 10,
        w.where(w["posture.tehran"] >= 3 * UNIT, w.n("militias.mode.unleashed"), 0),
    )
    drones = w.holds(die < w["arsenal"])
    worst = w.holds(die < w.share(w["arsenal"], loosened))
    used = w.where(worst, 3 * UNIT, w.where(drones, 2 * UNIT, UNIT))
    w.line("mode", used - w["mode"])
    target = weigh(w, "militias.arsenal", slack=WHOLE - w["tehran_restraint"], talks=w["nuclear_talks"])
    toward(w, "arsenal", target, "militias.arsenal.rate")


@rule(
    "author",
    "The hidden author",
    systems=("S38",),
    facts=("000-p11-attack-laid-to-kataib-hezbollah", "002-p5-toll-24", "004-p4-umbrella"),
    public="militias.attacks",
    assumption="The one attack that matters has one author, drawn by the strength of those who wanted it.",
)
def author(w: Any) -> None:
    """Draw who fired the shot that counts; nobody is told."""
    wills = [w.share(w[f"{faction}_strength"], w[f"{faction}_own"] + w[f"{faction}_tehran"]) for faction in FACTIONS]
    die = w.share(w.draw("author") // 10, sum(wills))
    chosen = w.where(die < wills[0], UNIT, w.where(die < wills[0] + wills[1], 2 * UNIT, 3 * UNIT))
    w.line("author", chosen - w["author"])


@rule(
    "attribution",
    "Competing versions",
    systems=("S38", "S19"),
    facts=(
        "004-p4-umbrella",
        "000-p12-us-blames-loyal-groups",
        "002-p16-label-fight",
        "003-p16-drone-militia-hallmark",
    ),
)
def attribution(w: Any) -> None:
    """Good intelligence and a real search settle who fired; a banner that claims everything unsettles it."""
    target = weigh(
        w, "militias.attribution", intelligence=w["intelligence"], pursuit=w["pursuit"], banner=w["regional_war"]
    )
    toward(w, "attribution", points(w, target), "militias.attribution.rate")


@rule(
    "drone",
    "A drone at the Prime Minister's house",
    systems=("S65",),
    facts=("003-p16-pm-survives-drone", "003-p16-security-more-volatile"),
    assumption="It is tried where bold men are hunted; the chance a day is ours.",
)
def drone(w: Any) -> None:
    """Bold and hunted men strike at the one who hunts them; he survives, and everything is more volatile."""
    motive = w.share(w["pursuit"], above(w, w["militia_confidence"], w.n("militias.drone.from")))
    tried = w.chance("drone", w.daily(w.times(motive, w.n("militias.drone.chance"))))
    w.line("pm_attacked", UNIT, tried)
    w.line("legitimacy", w.n("militias.drone.rally"), tried)
    w.line("forces_cohesion", 0 - w.n("militias.drone.cohesion"), tried)
    w.line("unrest", w.n("militias.drone.unrest"), tried)
