"""Washington's instruments: the waiver, the dollars and the list, each its mood told in a number."""

from __future__ import annotations

from typing import Any

from game.rules.register import above, by_index, rule, rung, toward, weigh
from game.world.state import WHOLE
from game.world.variables import UNIT


@rule(
    "unlicensed",
    "Paying Iran without a licence",
    systems=("S01", "S03"),
    facts=("004-p2-waivers", "004-p6-waivers-pressure"),
    assumption="Power that still flows on a lapsed licence is taken to be paid for somehow.",
)
def unlicensed(w: Any) -> None:
    """Iranian power on a lapsed licence raises questions."""
    used = w.where(w["waiver_days"] <= 0, w["iran_supply"], 0)
    w.line("washington_pressure", w.daily(w.times(used, w.n("washington.unlicensed.pressure"))))


@rule(
    "listings",
    "Names are added to the list",
    systems=("S04", "S05"),
    facts=("000-p26-blacklistings", "000-p26-dozens-more-hinted"),
)
def listings(w: Any) -> None:
    """Anger turns into names; each name costs trust in Baghdad's elite and unsettles its banks."""
    anger = above(w, WHOLE - w["washington_patience"], w.n("washington.listings.from"))
    stance = by_index(
        w,
        w["posture.washington"] // UNIT,
        *(w.n(f"washington.listings.{name}") for name in ("patient", "press", "squeeze", "strike")),
    )
    added = w.count("listings", w.daily(w.times(w.times(anger, w.n("washington.listings.names")), stance)))
    w.line("blacklist", added)
    w.line("dinar", 0 - w.times(w.least(added, 10 * UNIT), w.n("washington.listings.dinar")))
    w.line("parliament", 0 - w.times(w.least(added, 10 * UNIT), w.n("washington.listings.votes")))


@rule(
    "hints",
    "Hints of dozens more names",
    systems=("S05",),
    facts=("000-p26-dozens-more-hinted",),
    assumption="A hint deters some graft and sours some votes, the more so the more names stand on the list.",
)
def hints(w: Any) -> None:
    """A threat of further names deters and embitters those who fear to be next."""
    feared = w.share(WHOLE - w["washington_patience"], w.least(w["blacklist"], WHOLE))
    w.line("corruption", 0 - w.daily(w.times(feared, w.n("washington.hints.deterrence"))))
    w.line("parliament", 0 - w.daily(w.times(feared, w.n("washington.hints.resentment"))))


def mood(w: Any) -> Any:
    """How Washington feels about a licence, in points: what it grants is this number cut into terms."""
    return weigh(
        w,
        "washington.waiver",
        trust=w["washington_trust"],
        patience=w["washington_patience"],
        obeyed=w["obeyed_recently"],
        attacks=w["recent_attacks"],
        resolve=w["us_resolve"],
        talks=w["nuclear_talks"],
    )


@rule(
    "waiver",
    "Washington renews the waiver, or does not",
    systems=("S01", "S03"),
    facts=("004-p2-waivers", "004-p6-waivers-pressure"),
    assumption="The third knot, proof: grants depend on attacks and on orders seen obeyed; a long one is bought.",
)
def waiver(w: Any) -> None:
    """When the licence is about to lapse Washington grants 0, 30, 60, 90 or 120 days, by its mood."""
    steps = rung(w, mood(w), *(w.n(f"washington.waiver.days_{days}") for days in (30, 60, 90, 120)))
    due = w.holds(w["waiver_days"] <= w.n("washington.waiver.renewal_at"))
    granted = steps * 30 * UNIT
    w.line("waiver_days", granted, due)
    w.line("grant_days", granted - w["grant_days"], due)
    long_one = w.both(due, granted > 60 * UNIT)
    w.line("proof_due", w["turn"] + w.n("washington.waiver.proof_turns") - w["proof_due"], long_one)


@rule(
    "proof",
    "The long waiver's price falls due",
    systems=("S03",),
    facts=("004-p6-waivers-pressure",),
    assumption="More than 60 days is bought with a promise of quiet that is judged some turns later.",
)
def proof(w: Any) -> None:
    """Too many attacks when the promise falls due cost trust and patience."""
    due = w.both(w["proof_due"] > 0, w["proof_due"] <= w["turn"])
    broken = w.both(due, w["recent_attacks"] > w.n("washington.proof.quiet"))
    w.line("washington_trust", 0 - w.n("washington.proof.trust"), broken)
    w.line("washington_patience", 0 - w.n("washington.proof.patience"), broken)
    w.line("washington_trust", w.n("washington.proof.reward"), w.both(due, w.neither(broken)))
    w.line("proof_due", 0 - w["proof_due"], due)


@rule(
    "dollars",
    "Washington opens or narrows the dollars",
    systems=("S02", "S03"),
    facts=("004-p2-reserves", "004-p2-dollar-control", "004-p6-waivers-pressure"),
)
def dollars(w: Any) -> None:
    """Pressure and graft narrow the flow of Iraq's own banknotes."""
    stance = by_index(
        w,
        w["posture.washington"] // UNIT,
        *(w.n(f"washington.dollars.{name}") for name in ("patient", "press", "squeeze", "strike")),
    )
    target = weigh(
        w,
        "washington.dollars",
        pressure=above(w, w["washington_pressure"], w.n("washington.dollars.from")),
        corruption=w["corruption"],
    )
    toward(w, "dollar_flow", target - stance, "washington.dollars.rate")
