"""Baghdad: the orders act, as far as they are obeyed; what its stance costs and brings.

An order that is refused is never nothing: it shows who refused and costs face.
"""

from __future__ import annotations

from typing import Any

from game.rules.register import above, rule, toward, weigh
from game.scenario.model import option_cause
from game.world.state import WHOLE
from game.world.variables import UNIT, thousandths

ARMED = ("army", "counter-terrorism", "gate-guards", "hashed-command")
"""Those whose obedience is seen: an order to a ministry proves nothing about men with guns."""


def obedience(w: Any, to: str, difficulty: float) -> Any:
    """How likely an order is obeyed, in thousandths of a per cent."""
    against = WHOLE
    parts = {
        "army": {"cohesion": w["forces_cohesion"], "legitimacy": w["legitimacy"]},
        "counter-terrorism": {"cohesion": w["forces_cohesion"], "support": w["coalition_support"]},
        "gate-guards": {"gate": w["green_zone"], "cohesion": w["forces_cohesion"]},
        "hashed-command": {"hand": w["institutionals_baghdad"], "discipline": against - w["militia_autonomy"]},
        "ministry": {"legitimacy": w["legitimacy"], "honesty": against - w["corruption"]},
    }[to]
    base = weigh(w, f"baghdad.obedience.{to}", **parts)
    hard = w.times(thousandths(difficulty), w.n("baghdad.obedience.difficulty"))
    late = w.times(w["wages_late"], w.n("baghdad.obedience.wages"))
    return w.least(w.most(base - hard - late, w.n("baghdad.obedience.least")), w.n("baghdad.obedience.most"))


@rule(
    "orders",
    "Orders act as far as they are obeyed",
    systems=("S55", "S56", "S47"),
    facts=("004-p8-statements-only", "004-p4-pursuit-order", "000-p18-guard-had-no-orders"),
    assumption="Obedience is drawn once for each force and turn, whatever is ordered of it.",
)
def orders(w: Any) -> None:
    """Apply the option chosen; its order is obeyed or refused by a named force."""
    for card, choice, where in w.orders.chosen():
        dilemma = w.scenario.dilemmas[card]
        option = dilemma.options[choice]
        w.cause = option_cause(dilemma, option)
        for effect in option.effects:
            effect.apply(w, where)
        for order in option.orders:
            w.cause = option_cause(dilemma, option) + "/order"
            done = w.chance(f"obey.{order.to}", obedience(w, order.to, order.difficulty))
            _obeyed(w, order, w.both(where, done))
            _refused(w, order, w.both(where, w.neither(done)))


def _obeyed(w: Any, order: Any, where: Any) -> None:
    for effect in order.obeyed:
        effect.apply(w, where)
    w.line("order_now", UNIT - w["order_now"], where)
    w.line("forces_cohesion", w.n("baghdad.obeyed.cohesion"), where)
    armed = w.both(where, order.to in ARMED)
    w.line("obeyed_recently", w.n("baghdad.obeyed.proof"), armed)
    w.line("escalation", 0 - w.n("baghdad.obeyed.ladder"), armed)


def _refused(w: Any, order: Any, where: Any) -> None:
    for effect in order.disobeyed:
        effect.apply(w, where)
    w.line("order_now", 2 * UNIT - w["order_now"], where)
    w.line("legitimacy", 0 - w.n("baghdad.refused.legitimacy"), where)
    w.line("forces_cohesion", 0 - w.n("baghdad.refused.cohesion"), where)
    w.line("militia_confidence", w.n("baghdad.refused.confidence"), where)
    w.line("escalation", w.n("baghdad.refused.ladder"), where)


@rule("agenda", "The agenda is paid for", assumption="Every initiative has its price in political capital.")
def agenda(w: Any) -> None:
    """Begin and stop what was ordered, and pay for it."""
    for i, where in w.orders.begun():
        initiative = w.scenario.initiatives[i]
        w.cause = f"initiative.{initiative.id}"
        w.line("capital", 0 - thousandths(initiative.price), where)
        w.line(f"running.{initiative.id}", initiative.turns * UNIT, where)
        for effect in initiative.start:
            effect.apply(w, where)
    for i, where in w.orders.stopped():
        initiative = w.scenario.initiatives[i]
        w.cause = f"initiative.{initiative.id}"
        w.line("capital", 0 - thousandths(initiative.stop_price), where)
        w.line(f"running.{initiative.id}", 0 - w[f"running.{initiative.id}"], where)


@rule(
    "pursuit",
    "A hunt goes cold",
    systems=("S55",),
    facts=("004-p8-statements-only",),
    assumption="Without new orders a pursuit slackens.",
)
def pursuit(w: Any) -> None:
    """An order to pursue loses force unless it is renewed."""
    toward(w, "pursuit", w.n("baghdad.pursuit.rest"), "baghdad.pursuit.cooling")


@rule(
    "too-close",
    "Too close to Tehran for Washington's taste",
    systems=("S58",),
    facts=("000-p25-pm-seen-too-close", "000-p25-no-invitation-for-pm"),
)
def too_close(w: Any) -> None:
    """A government that Tehran trusts far more than Washington does loses its invitations."""
    gap = above(w, w["tehran_trust"] - w["washington_trust"], w.n("baghdad.too_close.margin"))
    w.line("isolation", w.daily(w.times(gap, w.n("baghdad.too_close.isolation"))))
    w.line("washington_trust", 0 - w.daily(w.times(gap, w.n("baghdad.too_close.trust"))))


@rule(
    "leaning-west",
    "Too close to Washington for Tehran's taste",
    systems=("S68",),
    facts=("000-p3-precarious-balance", "004-p2-between-two"),
)
def leaning_west(w: Any) -> None:
    """A government that Washington trusts far more than Tehran does is squeezed from the east."""
    gap = above(w, w["washington_trust"] - w["tehran_trust"], w.n("baghdad.leaning_west.margin"))
    w.line("tehran_trust", 0 - w.daily(w.times(gap, w.n("baghdad.leaning_west.trust"))))
    w.line("unrest", w.daily(w.times(gap, w.n("baghdad.leaning_west.unrest"))))


@rule(
    "branded",
    "Men whom Washington has branded are lost as channels",
    systems=("S59",),
    facts=("000-p21-branded-terrorists-and-proxies", "000-p22-us-line-changed"),
)
def branded(w: Any) -> None:
    """Every name on the list is a door that no longer opens."""
    weight = above(w, w["blacklist"], w.n("baghdad.branded.from"))
    w.line("channel", 0 - w.daily(w.times(weight, w.n("baghdad.branded.channel"))))
