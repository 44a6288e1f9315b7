"""The calendar: the date moves, the waiver runs down, what was post-dated falls due, dated events strike."""

from __future__ import annotations

from typing import Any

from game.rules.register import above, rule, toward, weigh
from game.scenario.conditions import ON_THE_TABLE, all_hold, among
from game.world.variables import PARTIES, UNIT

DEAD_NOW = ("american_dead_now", "iraqi_dead_now", "militia_dead_now")
NOW = (*DEAD_NOW, "attacks_now", "strikes_now", "grant_days", "order_now")


@rule("new-turn", "A new turn begins", assumption="What is counted by the turn starts again at nought.")
def new_turn(w: Any) -> None:
    """Count the turn and clear what is counted by the turn."""
    w.line("turn", UNIT)
    w.line("ladder_before", w["escalation"] - w["ladder_before"])
    for name in NOW:
        w.line(name, 0 - w[name])


@rule("waiver", "The waiver runs down", systems=("S01",), facts=("004-p2-waivers",))
def waiver(w: Any) -> None:
    """A licence lasts so many days and no longer."""
    w.line("waiver_days", 0 - w.least(w["waiver_days"], w.daily(UNIT)))


@rule("fading", "What is past fades", assumption="Washington, Tehran and the street forget at a steady rate.")
def fading(w: Any) -> None:
    """Attacks, orders, messages and mourning lose weight with the days."""
    for name in ("recent_attacks", "obeyed_recently", "message_force", "mourning", "attribution", "lull"):
        toward(w, name, 0, f"calendar.fading.{name}")


@rule("season", "The season moves demand", assumption="Demand by month is a round figure; summer is the hard season.")
def season(w: Any) -> None:
    """Every month has its demand for power."""
    w.line("demand", w.monthly("calendar.demand") - w["demand"])


@rule("capital", "Political capital comes in", assumption="Office brings capital; votes and legitimacy bring more.")
def capital(w: Any) -> None:
    """Votes and legitimacy are income."""
    daily = weigh(w, "calendar.capital", parliament=w["parliament"], legitimacy=w["legitimacy"])
    w.line("capital", w.daily(w.most(0, daily)))


@rule("later", "What was post-dated falls due", assumption="It falls due on the turn that its card names.")
def later(w: Any) -> None:
    """Apply every post-dated effect whose turn has come."""
    for effect, _ in w.scenario.laters:
        place = f"later.{effect.later}"
        falls = w.both(w[place] > 0, w[place] <= w["turn"] + UNIT)
        w.cause = place
        for part in effect.effects:
            part.apply(w, falls)
        w.line(place, 0 - w[place], falls)


@rule("events", "Dated events strike", assumption="An event strikes once, on its date, or when it is thrown in.")
def events(w: Any) -> None:
    """Strike the events whose turn it is and whose condition holds, and those that a teacher throws in."""
    for event in w.scenario.events:
        place = f"event.{event.id}"
        dated = w.both(event.turn == w.turn, all_hold(w, event.when))
        strikes = w.both(w.either(dated, w.orders.injected(event.id)), w[place] == 0)
        w.cause = place
        w.line(place, w["turn"] + UNIT, strikes)
        for effect in event.effects:
            effect.apply(w, strikes)


@rule("asks", "An ask is judged, and the next is put", systems=("S26",), facts=("004-p5-austin-blinken",))
def asks(w: Any) -> None:
    """Whoever asked looks at the due date; whoever is done with one ask puts the next."""
    for party in PARTIES:
        own = tuple(ask for ask in w.scenario.asks if ask.by == party)
        for ask in own:
            _judge(w, ask)
        idle = w.neither(*(among(w, w[f"ask.{ask.id}.state"], ON_THE_TABLE) for ask in own))
        _put(w, party, own, idle)


def _judge(w: Any, ask: Any) -> None:
    state, due = f"ask.{ask.id}.state", f"ask.{ask.id}.due"
    open_ = among(w, w[state], ON_THE_TABLE)
    met = w.both(open_, w[due] <= w["turn"] + UNIT, all_hold(w, ask.met_when))
    failed = w.both(open_, w[due] <= w["turn"], w.neither(met))
    w.cause = f"ask.{ask.id}"
    for effects, where, final in ((ask.met, met, 6), (ask.failed, failed, 7)):
        w.line(state, final * UNIT - w[state], where)
        for effect in effects:
            effect.apply(w, where)


def _put(w: Any, party: str, own: tuple[Any, ...], idle: Any) -> None:
    counter = f"asked.{party}"
    next_one = w[counter] - len(own) * UNIT * (w[counter] // max(1, len(own) * UNIT))
    for i, ask in enumerate(own):
        state, due = f"ask.{ask.id}.state", f"ask.{ask.id}.due"
        turn_of_it = w.both(idle, next_one == i * UNIT)
        w.cause = f"ask.{ask.id}"
        w.line(state, UNIT - w[state], turn_of_it)
        w.line(due, w["turn"] + (ask.turns + 1) * UNIT - w[due], turn_of_it)
    w.line(counter, UNIT, idle)


@rule("promises", "A promise falls due", assumption="A promise is remembered by everyone who heard it.")
def promises(w: Any) -> None:
    """Kept or broken on its day; two that contradict each other may be compared before."""
    for promise in w.scenario.promises:
        state, due = f"promise.{promise.id}.state", f"promise.{promise.id}.due"
        falls = w.both(w[state] == UNIT, w[due] <= w["turn"])
        kept = w.both(falls, all_hold(w, promise.kept_when))
        w.cause = f"promise.{promise.id}"
        for effects, where, final in ((promise.kept, kept, 2), (promise.broken, w.both(falls, w.neither(kept)), 3)):
            w.line(state, final * UNIT - w[state], where)
            for effect in effects:
                effect.apply(w, where)
        _compare(w, promise)


def _compare(w: Any, promise: Any) -> None:
    for other in promise.against:
        states = [f"promise.{name}.state" for name in (promise.id, other)]
        both_open = w.both(*(w[state] == UNIT for state in states), promise.id < other)
        found = w.both(both_open, w.chance(f"compare.{promise.id}.{other}", w.over_days("calendar.compare_notes")))
        for state in states:
            w.line(state, 2 * UNIT, found)
        for effect in promise.exposed:
            effect.apply(w, found)


@rule(
    "initiatives", "Initiatives run on", assumption="An initiative works a little every turn and most when it is done."
)
def initiatives(w: Any) -> None:
    """Each running initiative works once, and is done when its turns are up."""
    for initiative in w.scenario.initiatives:
        place = f"running.{initiative.id}"
        running = w.holds(w[place] > 0)
        ends = w.both(running, w[place] <= UNIT)
        w.cause = f"initiative.{initiative.id}"
        w.line(place, 0 - UNIT, running)
        w.line(f"done.{initiative.id}", UNIT - w[f"done.{initiative.id}"], ends)
        for effects, where in ((initiative.each, running), (initiative.done, ends)):
            for effect in effects:
                effect.apply(w, where)


@rule(
    "strain",
    "Too much at once",
    systems=("S69",),
    facts=("002-p22-thin-cabinet",),
    assumption="A thin cabinet tires when much is urgent at once.",
)
def strain(w: Any) -> None:
    """Both capitals pressing at once wears out the votes you can count on."""
    squeeze = w.least(w["washington_pressure"], w["tehran_pressure"])
    w.line(
        "parliament", 0 - w.daily(w.times(above(w, squeeze, w.n("calendar.strain.from")), w.n("calendar.strain.votes")))
    )
