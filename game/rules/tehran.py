"""Tehran: continuous and deniable.

It wants Washington out without a war, relief if talks live, and a neighbour that cannot turn on it.
Its instruments are gas, votes, commanders and silence. Its grip has a floor.
"""

from __future__ import annotations

from typing import Any

from game.rules.register import above, by_index, decide, points, rule, rung, toward, weigh
from game.world.state import WHOLE
from game.world.variables import FACTIONS, UNIT


@rule(
    "restraint",
    "Tehran sets the ceiling",
    systems=("S88", "S14", "S09", "S87"),
    facts=(
        "003-p37-cosmetic-only",
        "003-p37-iran-avoids-full-war",
        "003-p37-iran-hopes-relief",
        "004-p6-both-hold-back",
    ),
)
def restraint(w: Any) -> None:
    """Hope of relief, fear of full war and a message raise the ceiling; war next door and unpaid gas lower it."""
    lapsed = w.where(w["waiver_days"] <= 0, WHOLE, 0)
    target = weigh(
        w,
        "tehran.restraint",
        talks=w["nuclear_talks"],
        trust=w["tehran_trust"],
        message=w["message_force"],
        fear=above(w, w["escalation"], w.n("tehran.restraint.fear_from")),
        war=w["regional_war"],
        lapsed=lapsed,
        patience=w["tehran_patience"],
    )
    toward(w, "tehran_restraint", target, "tehran.restraint.rate")


@rule(
    "green-light",
    "Talks that fail are a green light",
    systems=("S15", "S88"),
    facts=("003-p14-failed-talks-green-light",),
    assumption="Talks count as failed when hope has sunk below a floor.",
)
def green_light(w: Any) -> None:
    """Where hope of a deal is gone, Tehran lets go of the leash itself."""
    lost = above(w, w.n("tehran.green_light.below") - w["nuclear_talks"], 0)
    w.line("tehran_restraint", 0 - w.daily(w.times(lost, w.n("tehran.green_light.loosening"))))


@rule(
    "posture",
    "Tehran takes its stance",
    systems=("S14",),
    facts=("003-p37-cosmetic-only", "003-p14-failed-talks-green-light"),
)
def posture(w: Any) -> None:
    """Leash, cosmetic, loosen or unleash, by the ceiling it has set."""
    slack = WHOLE - w["tehran_restraint"]
    decide(
        w,
        "tehran",
        rung(w, slack, w.n("tehran.posture.cosmetic"), w.n("tehran.posture.loosen"), w.n("tehran.posture.unleash")),
    )


@rule(
    "receipt",
    "A lapsed waiver leaves Tehran unpaid",
    systems=("S01", "S08"),
    facts=("004-p2-waivers", "004-p2-between-two"),
    assumption="The second knot, receipt: without a licence nothing is paid, and what was owed grows by the day.",
)
def receipt(w: Any) -> None:
    """Debts grow while the licence is lapsed and are paid off while it runs and dollars flow."""
    lapsed = w.holds(w["waiver_days"] <= 0)
    grown = w.daily(w.share(UNIT, w["iran_supply"]))
    paid = w.least(w["arrears"], w.daily(w.times(w["dollar_flow"], w.n("tehran.receipt.paid"))))
    w.line("arrears", w.where(lapsed, grown, 0 - paid))


@rule("supply", "Iran sends what is paid for", systems=("S08",), facts=("003-p30-neighbour-embedded", "004-p2-waivers"))
def supply(w: Any) -> None:
    """Debts and displeasure close the valve."""
    target = weigh(
        w,
        "tehran.supply",
        arrears=w["arrears"],
        displeasure=above(w, w["tehran_pressure"], w.n("tehran.supply.displeasure_from")),
    )
    toward(w, "iran_supply", target, "tehran.supply.rate")


@rule(
    "pressure",
    "Tehran presses",
    systems=("S68", "S08", "S102"),
    facts=("004-p2-between-two", "003-p30-neighbour-embedded", "004-p3-earlier-leaders"),
)
def pressure(w: Any) -> None:
    """What Tehran does to you answers what you let Washington do and what you owe, and weighed on all before you."""
    target = weigh(
        w,
        "tehran.pressure",
        tilt=above(w, w["washington_trust"] - w["tehran_trust"], 0),
        pursuit=w["pursuit"],
        airspace=w["airspace"],
        agreement=w["agreement"],
        arrears=w["arrears"],
        war=w["regional_war"],
        channel=w["channel"],
    )
    toward(w, "tehran_pressure", w.most(target, w.n("tehran.pressure.inherited")), "tehran.pressure.rate")


@rule("trust", "Tehran weighs you", systems=("S68",), facts=("004-p6-channel", "004-p2-between-two"))
def trust(w: Any) -> None:
    """Messages honestly carried build it; hunted allies and foreign aircraft wear it down."""
    target = weigh(
        w,
        "tehran.trust",
        channel=w["channel"],
        pursuit=w["pursuit"],
        support=w["coalition_support"],
        arrears=w["arrears"],
        standing=w["militia_standing"],
    )
    toward(w, "tehran_trust", target, "tehran.trust.rate")


@rule(
    "patronage",
    "Money, arms and partners",
    systems=("S17", "S10", "S96"),
    facts=(
        "003-p12-tehran-main-backer",
        "003-p5-iran-military-backs-several",
        "000-p9-hashed-formally-state",
        "000-p10-many-fought-us-troops",
        "003-p30-iran-won-with-saddam-fall",
    ),
    assumption="The fall of Saddam opened the door to Tehran most among those who then fought the Americans.",
)
def patronage(w: Any) -> None:
    """What Tehran arms it holds: own will turns to its hand, old enemies of the Americans first, when it loosens."""
    zeal = by_index(
        w,
        w["posture.tehran"] // UNIT,
        *(w.n(f"tehran.patronage.{name}") for name in ("leash", "cosmetic", "loosen", "unleash")),
    )
    for faction in FACTIONS:
        taken = w.share(w[f"{faction}_own"], w.over_days(f"tehran.patronage.{faction}"))
        w.shift(faction, "own", "tehran", w.times(taken, zeal))
        w.line(f"{faction}_strength", w.daily(w.times(zeal, w.n("tehran.patronage.strength"))))
        w.line(
            f"{faction}_strength",
            0
            - w.share(
                above(w, w[f"{faction}_strength"], w.n("tehran.patronage.rest")), w.over_days("tehran.patronage.decay")
            ),
        )


@rule(
    "floor",
    "A grip that has a floor",
    systems=("S24",),
    facts=("003-p27-influence-grown-since-2003", "003-p27-150000-could-not", "003-p30-neighbour-embedded"),
)
def floor(w: Any) -> None:
    """A neighbour does not leave: below its floor Tehran's hand grows back."""
    for faction in FACTIONS:
        short = above(w, w.n(f"tehran.floor.{faction}") - w[f"{faction}_tehran"], 0)
        w.shift(faction, "own", "tehran", w.share(short, w.over_days("tehran.floor.rate")))


@rule(
    "capture",
    "A faction dictates",
    systems=("S12", "S11"),
    facts=("000-p7-faction-imposed-will", "000-p23-tehran-controls-baghdad", "000-p9-fayyadh-two-posts"),
)
def capture(w: Any) -> None:
    """Where armed weight and Tehran's hand are both heavy, decisions are taken elsewhere."""
    held = sum(w.share(w[f"{faction}_tehran"], w[f"{faction}_strength"]) for faction in FACTIONS)
    weight = above(w, held + w["militia_standing"], w.n("tehran.capture.from"))
    w.line("sovereignty", 0 - w.daily(w.times(weight, w.n("tehran.capture.sovereignty"))))
    w.line("parliament", 0 - w.daily(w.times(weight, w.n("tehran.capture.parliament"))))


@rule(
    "message",
    "A message reaches Tehran",
    systems=("S89", "S93"),
    facts=("004-p6-channel", "004-p6-blinken-message", "001-p13-message-lost-or-ignored"),
    assumption="How much a message weighs depends on the worth of the channel; a weak one is misread more often.",
)
def message(w: Any) -> None:
    """A message carried weighs by the channel's worth; softened it weighs half; a poor channel is misread."""
    for entrusted in w.scenario.messages:
        _deliver(w, entrusted, f"message.{entrusted.id}")


def _deliver(w: Any, entrusted: Any, place: str) -> None:
    state = w[place] // UNIT
    misread = w.chance(f"misread.{entrusted.id}", w.times(WHOLE - w["channel"], w.n("tehran.message.misread")))
    for handling, code in (("carried", 1), ("softened", 2), ("leaked", 4)):
        now = w.holds(state == code)
        heard = w.both(now, w.neither(misread))
        force = w.times(w["channel"], w.n(f"tehran.message.{handling}.force"))
        to_tehran = w.both(heard, entrusted.to == "tehran")
        w.line("message_force", force, to_tehran)
        w.line(
            "washington_patience",
            w.times(force, w.n("tehran.message.reassures")),
            w.both(heard, entrusted.to == "washington"),
        )
        w.line("channel", w.n(f"tehran.message.{handling}.channel"), now)
        w.line("escalation", w.n("tehran.message.misread_heat"), w.both(now, misread))
        w.line(place, 10 * UNIT, now)
    found = w.both(
        w.either(state == 12, state == 3), w.chance(f"found.{entrusted.id}", w.over_days("tehran.message.discovery"))
    )
    w.line(f"{entrusted.from_}_trust", 0 - w.n("tehran.message.found_out"), found)
    w.line("channel", 0 - w.n("tehran.message.found_out"), found)
    w.line(place, 20 * UNIT - w[place], found)


@rule(
    "men-in-the-hashed",
    "Commands follow the militia chain",
    systems=("S10", "S11"),
    facts=("000-p9-hashed-formally-state", "003-p35-muhandis-two-offices"),
)
def chain_of_command(w: Any) -> None:
    """Tehran's displeasure turns state forces on paper towards its own commanders."""
    pull = above(w, w["tehran_pressure"], w.n("tehran.chain.from"))
    for faction in FACTIONS:
        w.shift(
            faction,
            "baghdad",
            "tehran",
            w.share(w[f"{faction}_baghdad"], w.daily(w.times(pull, w.n("tehran.chain.pull")))),
        )


@rule(
    "warmth",
    "Restraint earns a calmer patron",
    systems=("S70",),
    facts=("002-p21-mutual-need",),
    assumption="What the document says of Washington is taken to hold for Tehran: each needs the other.",
)
def warmth(w: Any) -> None:
    """Relations with Tehran have a floor too."""
    short = above(w, w.n("tehran.warmth.floor") - w["tehran_trust"], 0)
    w.line("tehran_trust", w.share(points(w, short), w.over_days("tehran.warmth.rate")))
