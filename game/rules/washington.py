"""Washington: formal and dated. It answers an American death, hardly an ally's loss; it retaliates whoever fired.

Its patience ends by rank, the waiver it grants is its mood told in a number, and it is pulled at home both ways.
"""

from __future__ import annotations

from typing import Any

from game.rules.register import above, decide, points, rule, rung, toward, weigh
from game.world.state import WHOLE
from game.world.variables import FACTIONS, UNIT


@rule(
    "patience",
    "Washington's patience",
    systems=("S26", "S56"),
    facts=("004-p5-impatience", "004-p5-austin-blinken", "000-p13-us-frustration"),
)
def patience(w: Any) -> None:
    """Continued attacks and inaction use it up; orders seen obeyed and an honest search give it back."""
    target = weigh(
        w,
        "washington.patience",
        attacks=w["recent_attacks"],
        obeyed=w["obeyed_recently"],
        pursuit=w["pursuit"],
        trust=w["washington_trust"],
        resolve=w["us_resolve"],
    )
    toward(w, "washington_patience", target, "washington.patience.rate")


@rule(
    "red-line",
    "An American is killed",
    systems=("S98", "S42", "S32"),
    facts=(
        "000-p11-contractor-killed",
        "001-p8-washington-angered",
        "001-p20-hardly-a-rebuke",
        "003-p21-united-against-threats",
        "002-p19-president-resolve",
    ),
)
def red_line(w: Any) -> None:
    """The line is an American life, not an ally's property: patience breaks, home unites, the ladder is climbed."""
    dead = w.least(w["american_dead_now"], w.n("washington.red_line.most"))
    w.line("washington_patience", 0 - w.times(dead, w.n("washington.red_line.patience")))
    w.line("us_resolve", w.times(dead, w.n("washington.red_line.resolve")))
    w.line("washington_pressure", w.times(dead, w.n("washington.red_line.pressure")))
    w.line("escalation", w.times(dead, w.n("washington.red_line.escalation")))


@rule(
    "warnings",
    "Warnings by rank",
    systems=("S26",),
    facts=("004-p5-austin-blinken", "004-p5-burns-warning"),
    assumption="The rank rises one step at a time; how thin patience must be for each is ours, and hidden.",
)
def warnings(w: Any) -> None:
    """Ambassador, secretary, director of the CIA: each comes when patience is thinner."""
    shift = w.times(w["washington_red_line"] - WHOLE // 2, w.n("washington.warnings.red_line"))
    thin = WHOLE - w["washington_patience"] - shift
    earned = (
        rung(w, thin, *(w.n(f"washington.warnings.{rank}") for rank in ("ambassador", "secretary", "director"))) * UNIT
    )
    comes = w.holds(earned > w["warning_rank"])
    w.line("warning_rank", UNIT, comes)
    w.line("washington_pressure", w.n("washington.warnings.pressure"), comes)
    calm = w.both(earned < w["warning_rank"], w["washington_patience"] >= w.n("washington.warnings.calm"))
    w.line("warning_rank", 0 - UNIT, calm)


@rule(
    "posture",
    "Washington takes its stance",
    systems=("S26", "S41"),
    facts=("004-p5-impatience", "002-p19-briefings-asked", "002-p19-graham-trump"),
)
def posture(w: Any) -> None:
    """Patient, press, squeeze or strike: by patience, resolve and the hidden red line; only blood opens the last."""
    anger = weigh(
        w,
        "washington.anger",
        impatience=WHOLE - w["washington_patience"],
        resolve=w["us_resolve"],
        lenience=w["washington_red_line"],
    )
    blood = w.either(w["american_dead_now"] > 0, w["answer_pending"] > 0)
    stance = rung(w, anger, w.n("washington.posture.press"), w.n("washington.posture.squeeze"))
    decide(w, "washington", w.where(blood, 3, stance))


def targets(w: Any) -> Any:
    """How many targets the answer announced last turn strikes: one fewer where Baghdad was seen to be obeyed."""
    return w.where(
        w["obeyed_recently"] >= w.n("washington.strike.averted_by"),
        w.most(0, w["answer_pending"] - UNIT),
        w["answer_pending"],
    )


@rule(
    "strike",
    "Washington's answer comes",
    systems=("S27", "S28", "S30", "S33", "S25", "S32", "S95", "S79"),
    facts=(
        "001-p10-five-camps",
        "000-p11-contractor-killed",
        "003-p18-retaliate-whoever",
        "001-p19-right-tool-wrong-targets",
        "002-p9-no-consent",
        "004-p4-counter-strikes",
        "001-p13-funerals-first",
    ),
    assumption="Whether strikes deter is disputed, so luck decides it; a share of the targets lies in Syria.",
)
def strike(w: Any) -> None:
    """The answer announced last turn falls on whoever is blamed; it kills, humiliates and climbs the ladder."""
    size = targets(w)
    struck = w.holds(size > 0)
    dead = w.count("strike.dead", w.times(size, w.n("washington.strike.dead")))
    w.line("strikes_now", size, struck)
    w.line("strikes", size, struck)
    w.line("militia_dead_now", dead, struck)
    w.line("militia_dead", dead, struck)
    at_home = w.share(size, WHOLE - w.n("washington.strike.syria_share"))
    w.line("sovereignty", 0 - w.times(at_home, w.n("washington.strike.sovereignty")), struck)
    w.line(
        "mourning",
        w.times(w.least(dead, w.n("washington.strike.mourned_most")), w.n("washington.strike.mourning")),
        struck,
    )
    w.line("militia_grievance", w.times(size, w.n("washington.strike.grievance")), struck)
    w.line("escalation", w.times(size, w.n("washington.strike.escalation")), struck)
    blamed = w.most(w["washington_blames"], UNIT)
    for number, faction in enumerate(FACTIONS, 1):
        hit = w.both(struck, blamed == number * UNIT)
        w.line(f"{faction}_strength", 0 - w.times(size, w.n("washington.strike.weakens")), hit)
    w.line("us_prestige", w.times(size, w.n("washington.strike.prestige")), struck)
    w.line("washington_patience", w.times(size, w.n("washington.strike.vented")), struck)
    works = w.where(w["strikes_deter"] > 0, w.n("washington.strike.deters"), 0 - w.n("washington.strike.emboldens"))
    w.line("deterrence", w.times(size, works), struck)
    w.line("answer_pending", 0 - w["answer_pending"])


@rule(
    "commanders",
    "Commanders are killed",
    systems=("S18",),
    facts=(
        "003-p22-soleimani-killed",
        "003-p22-kh-commander-killed-too",
        "003-p35-muhandis-killed",
        "001-p20-periphery-only",
    ),
    assumption="Only a heavy answer, high on the ladder and with America set to hit back, is aimed at those who plan.",
)
def commanders(w: Any) -> None:
    """Now and then a heavy strike is aimed at those who command: tension peaks, and thousands mourn."""
    aimed = w.both(
        targets(w) >= w.n("washington.commanders.targets"),
        w["us_resolve"] >= w.n("washington.commanders.resolve"),
        w["escalation"] >= w.n("washington.commanders.ladder"),
        w.chance("strike.commanders", w.n("washington.commanders.chance")),
    )
    w.line("commanders_dead", UNIT, aimed)
    w.line("escalation", w.n("washington.commanders.escalation"), aimed)
    w.line("militia_grievance", w.n("washington.commanders.grievance"), aimed)
    w.line("mourning", w.n("washington.commanders.mourning"), aimed)


@rule(
    "answer",
    "Washington says that it will answer",
    systems=("S27", "S28", "S98"),
    facts=("001-p9-us-vows-answer", "003-p18-retaliate-whoever", "003-p8-two-reprisal-strikes"),
    assumption="The window: an attack is answered on the next turn at the earliest; until then it stands as pending.",
)
def answer(w: Any) -> None:
    """A death is answered in force; a tempo of attacks beyond patience draws a smaller strike."""
    dead = w.least(w["american_dead_now"], 4 * UNIT)
    for_blood = w.where(dead > 0, w.n("washington.answer.blood") + w.times(dead, w.n("washington.answer.each")), 0)
    tempo = w.both(
        w["recent_attacks"] >= w.n("washington.answer.tempo"),
        w["washington_patience"] <= w.n("washington.answer.patience"),
    )
    chance = w.chance("washington.tempo", w.daily(w.times(w["us_resolve"], w.n("washington.answer.willing"))))
    w.line("answer_pending", w.most(for_blood, w.where(w.both(tempo, chance), UNIT, 0)))


@rule(
    "blame",
    "Washington forms its belief",
    systems=("S38", "S28", "S95"),
    facts=("000-p12-us-blames-loyal-groups", "001-p9-us-blames-kh", "003-p18-retaliate-whoever"),
    public="militias.attacks",
    assumption="Where nothing is settled, the hardliners are blamed.",
)
def blame(w: Any) -> None:
    """The more settled the author, the more often the belief is right; otherwise it is the hardliners."""
    right = w.chance("washington.blame", w["attribution"])
    w.line("washington_blames", w.where(right, w["author"], UNIT) - w["washington_blames"])


@rule(
    "fear",
    "Fear of return fire",
    systems=("S29",),
    facts=("003-p15-fear-of-return-fire",),
    assumption="Fear settles where the worth of an American threat and the nerve at home put it.",
)
def fear(w: Any) -> None:
    """A credible threat is feared; a worn one is not."""
    target = weigh(w, "washington.fear", prestige=w["us_prestige"], resolve=w["us_resolve"])
    toward(w, "deterrence", target, "washington.fear.rate")


@rule(
    "pressure",
    "Washington presses",
    systems=("S03", "S45", "S41", "S102"),
    facts=(
        "004-p6-waivers-pressure",
        "002-p7-pressure-heat",
        "000-p3-accord-exit-raised-tension",
        "002-p19-briefings-asked",
        "004-p3-earlier-leaders",
        "000-p25-no-invitation-for-pm",
    ),
)
def pressure(w: Any) -> None:
    """Impatience, warnings and its quarrel with Tehran become conditions, and no lighter than your forerunners had."""
    target = weigh(
        w,
        "washington.pressure",
        impatience=WHOLE - w["washington_patience"],
        warnings=w["warning_rank"] * 10,
        quarrel=WHOLE - w["nuclear_talks"],
        escalation=w["escalation"],
        trust=w["washington_trust"],
    )
    inherited = w.n("washington.pressure.inherited")
    toward(w, "washington_pressure", w.most(target, inherited), "washington.pressure.rate")


@rule(
    "trust",
    "Washington weighs you",
    systems=("S68", "S70", "S78"),
    facts=("000-p25-pm-seen-too-close", "002-p21-mutual-need", "003-p38-pentagon-careful"),
)
def trust(w: Any) -> None:
    """Orders obeyed, a useful channel and a common enemy build it; attacks, leaks and graft wear it down."""
    target = weigh(
        w,
        "washington.trust",
        obeyed=w["obeyed_recently"],
        channel=w["channel"],
        attacks=w["recent_attacks"],
        isis=w["isis_threat"],
        leak=w["arms_leak"],
        corruption=w["corruption"],
        agreement=w["agreement"],
    )
    floor = w.n("washington.trust.floor")
    toward(w, "washington_trust", w.most(target, floor), "washington.trust.rate")


@rule(
    "home",
    "American home politics",
    systems=("S40", "S43", "S36", "S46", "S44", "S92"),
    facts=(
        "002-p14-democrats-alarmed",
        "003-p29-leave-both-now",
        "003-p9-drawn-into-shadow-war",
        "003-p3-afghan-exit-disastrous",
        "003-p24-no-sign-full-exit",
        "003-p26-real-aim-iran",
        "002-p16-label-fight",
    ),
    assumption="Which way the memory of Afghanistan pulls is open: we take an exit under a vote to be harder to sell.",
)
def home(w: Any) -> None:
    """Strikes without an end feed the call to leave; an enemy, humiliation and the shadow of Kabul answer it."""
    target = weigh(
        w,
        "washington.home",
        strikes=w.least(w["strikes"] * 5, WHOLE),
        breach=w["breach"],
        label=w.share(w["breach"], w["attribution"]),
        isis=w["isis_threat"],
        exit=w["expulsion_drive"],
    )
    toward(w, "us_resolve", target, "washington.home.rate")


@rule(
    "humiliation",
    "Scenes of a breached embassy",
    systems=("S39", "S35"),
    facts=(
        "001-p23-trump-fears-both",
        "002-p20-benghazi",
        "000-p28-compared-with-1979",
        "001-p24-failure-hurts-prestige",
    ),
)
def humiliation(w: Any) -> None:
    """A breach harms prestige and forbids looking weak."""
    seen = above(w, w["breach"], w.n("washington.humiliation.from"))
    w.line("us_prestige", 0 - w.daily(w.times(seen, w.n("washington.humiliation.prestige"))))
    w.line("us_resolve", w.daily(w.times(seen, w.n("washington.humiliation.resolve"))))
    w.line("washington_patience", 0 - w.daily(w.times(seen, w.n("washington.humiliation.patience"))))


@rule(
    "prestige",
    "The worth of a threat",
    systems=("S34", "S23"),
    facts=("001-p20-threats-unfulfilled", "001-p5-how-far-fallen"),
)
def prestige(w: Any) -> None:
    """Attack upon attack with no answer wears the threat thin; quiet restores it."""
    target = weigh(w, "washington.prestige", attacks=w["recent_attacks"], resolve=w["us_resolve"])
    toward(w, "us_prestige", target, "washington.prestige.rate")


@rule(
    "guard",
    "Marines and helicopters",
    systems=("S50", "S39"),
    facts=("001-p23-marines-and-apaches", "002-p4-troops-promised"),
)
def guard(w: Any) -> None:
    """Fear for the staff brings guards; guards are troops too."""
    target = weigh(w, "washington.guard", breach=w["breach"], rank=w["warning_rank"] * 10, mourning=w["mourning"])
    toward(w, "embassy_guard", target, "washington.guard.rate")


@rule(
    "staff",
    "Staff leave the embassy",
    systems=("S52", "S53", "S83"),
    facts=("002-p8-staff-leave", "002-p11-mission-hit", "002-p4-no-evacuation"),
)
def staff(w: Any) -> None:
    """Attacks and a threatened gate send staff home, and with them goes what they did."""
    target = weigh(
        w,
        "washington.staff",
        attacks=w["recent_attacks"],
        breach=w["breach"],
        guard=w["embassy_guard"],
        regional=w["regional_war"],
    )
    toward(w, "mission_staff", target, "washington.staff.rate")


@rule(
    "troops",
    "How many stay",
    systems=("S81", "S43", "S76", "S77", "S101", "S63"),
    facts=("004-p2-troops", "002-p12-footprint-shrinks", "003-p25-stay-for-years", "004-p2-between-two"),
)
def troops(w: Any) -> None:
    """Troops stay while the accord stands; tension and weariness shrink them, blood and resolve do not."""
    target = (
        weigh(w, "washington.troops", agreement=w["agreement"], resolve=w["us_resolve"], isis=w["isis_threat"]) * 10
    )
    toward(w, "us_troops", w.most(0, target), "washington.troops.rate")


@rule(
    "ladder",
    "The ladder",
    systems=("S32", "S45", "S87"),
    facts=("000-p11-death-raised-tension", "001-p13-crowd-attacks-embassy", "003-p22-deal-exit-tension"),
)
def ladder(w: Any) -> None:
    """Between answers the ladder settles where attacks, talks and the wars next door hold it."""
    target = weigh(
        w,
        "washington.ladder",
        attacks=w["recent_attacks"],
        war=w["regional_war"],
        talks=w["nuclear_talks"],
        channel=w["channel"],
        breach=w["breach"],
    )
    toward(w, "escalation", points(w, target), "washington.ladder.rate")
