"""What followed: the dispatches of the turn and the report on it, in sentences from the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from game.insight.explain import main_cause
from game.play.match import Match, Turn
from game.view.pending import pending
from game.view.readings import RANKS, counted, places, reading
from game.world.ledger import Cause
from game.world.variables import POSTURES, UNIT

FORCES = {
    "army": "the army",
    "counter-terrorism": "the counter-terrorism service",
    "gate-guards": "the guards at the gate",
    "hashed-command": "the Hashed's command",
    "ministry": "the ministry",
}
STANCES = {
    "patient": "waits",
    "press": "presses",
    "squeeze": "squeezes",
    "strike": "readies its answer",
    "leash": "told its men to stand down",
    "cosmetic": "let its men fire for show",
    "loosen": "loosened its hold",
    "unleash": "let its men loose",
}
UNCHANGED = {
    "patient": "still waits",
    "press": "presses on",
    "squeeze": "goes on squeezing",
    "strike": "still readies its answer",
    "leash": "still holds its men back",
    "cosmetic": "still lets its men fire for show",
    "loosen": "keeps its hold loose",
    "unleash": "leaves its men loose",
}


@frozen
class Told:
    """A dispatch: what is said, who says so, how sure, and where it stands."""

    text: str
    who: str
    sure: str
    sources: tuple[str, ...]


def dispatches(match: Match) -> list[Told]:
    """At most three: what struck, what was fired and answered last turn, then what came with the card."""
    told = [*_news(match), *_with_the_card(match)]
    return told[:3]


def _with_the_card(match: Match) -> Iterator[Told]:
    desk = match.dilemma
    for dispatch in desk.dispatches if desk else ():
        yield Told(dispatch.text, dispatch.who, dispatch.sure, places(dispatch.facts))


def _news(match: Match) -> Iterator[Told]:
    if not match.turns:
        return
    state, last = match.state, match.turns[-1]
    for event in match.scenario.events:
        if last.before[f"event.{event.id}"] == 0 and state[f"event.{event.id}"]:
            yield Told(event.text, event.who or "", "reported" if event.facts else "assumed", places(event.facts))
    strikes, dead = state["strikes_now"] // UNIT, state["militia_dead_now"] // UNIT
    if strikes:
        text = f"American aircraft struck {strikes} target{'s' * (strikes > 1)}; the groups count {dead} dead"
        text += ", commanders among them." if state["commanders_dead"] > last.before["commanders_dead"] else "."
        yield Told(text, "US officials; the groups", "claimed", ())
    killed, hurt = state["american_dead_now"] // UNIT, state["iraqi_dead_now"] // UNIT
    if killed or hurt:
        who = " and ".join(f"{n} {name}{'s' * (n > 1)}" for n, name in ((killed, "American"), (hurt, "Iraqi")) if n)
        yield Told(f"{who} killed in attacks; who fired is disputed.", "officials in Baghdad", "disputed", ())


def report(match: Match) -> tuple[str, ...]:
    """What followed, in at most six sentences: the order, Tehran, the factions, Washington, home, what is pending."""
    turn = match.turns[-1]
    said = [
        _of_the_order(match, turn),
        _of_tehran(match, turn),
        _of_the_factions(match, turn),
        _of_washington(match, turn),
    ]
    said += [_of_home(match, turn), _of_what_is_pending(match)]
    return tuple(sentence for sentence in said if sentence)


def _of_the_order(match: Match, turn: Turn) -> str:
    card = match.scenario.find("dilemma", turn.dilemma)
    option = next((o for o in card.options if o.id == turn.orders.option), None) if card else None
    if option is None:
        return ""
    done = turn.after["order_now"] // UNIT
    force = FORCES[option.order.to] if option.order else ""
    obeyed = {
        0: "",
        1: f" {force[:1].upper()}{force[1:]} obeyed.",
        2: f" {force[:1].upper()}{force[1:]} did not obey.",
    }[done]
    return f"You decided: {option.text.rstrip('.')}.{obeyed}"


def _moved(match: Match, turn: Turn, name: str) -> str:
    """A reading with its change and its main cause."""
    now = reading(match, name, turn.number)
    if now.change == "steady":
        return f"{now.label} steady at {now.text}"
    cause = main_cause(match, name, turn)
    return f"{now.label} {now.change} to {now.text}" + (f" (mostly: {_briefly(cause)})" if cause else "")


def _briefly(cause: Cause) -> str:
    """A cause in few words: the player's own act is called that."""
    if cause.kind in ("ask", "promise"):
        return f"{'an ask' if cause.kind == 'ask' else 'a promise'} that fell due"
    return {"option": "your decision", "order": "your order"}.get(cause.kind, cause.title)


def _of_tehran(match: Match, turn: Turn) -> str:
    return f"Tehran {_stance(turn, 'tehran')}; {_moved(match, turn, 'tehran_pressure')}."


def _stance(turn: Turn, capital: str) -> str:
    """What a capital does, and whether it did so the turn before."""
    before, after = (POSTURES[capital][state[f"posture.{capital}"] // UNIT] for state in (turn.before, turn.after))
    return UNCHANGED[after] if turn.number > 1 and before == after else STANCES[after]


def _of_the_factions(match: Match, turn: Turn) -> str:
    count, stilled = turn.after["attacks_now"] // UNIT, _stilled(match, turn)
    fired = f"{count} attack{'s were' if count > 1 else ' was'} counted" if count else "Nothing was fired"
    if stilled:
        fired += f", {abs(stilled)} {'fewer' if stilled > 0 else 'more'} for what you decided"
    return f"{fired}{', by whom is disputed' * (count > 0)}; {_moved(match, turn, 'militia_autonomy')}."


def _stilled(match: Match, turn: Turn) -> int:
    """How many attacks the player's orders stilled; below 0, how many they drew."""
    row = match.setting.layout.index["attacks_now"]
    return -sum(amount for i, amount, cause in turn.book if i == row and cause == "militias.lull") // UNIT


def _of_washington(match: Match, turn: Turn) -> str:
    after, before = turn.after, turn.before
    parts = []
    if after["strikes_now"]:
        parts.append(f"struck {counted(after['strikes_now'], 'target')}")
    if after["grant_days"]:
        parts.append(f"granted {after['grant_days'] // UNIT} days of waiver")
    if after["warning_rank"] > before["warning_rank"]:
        parts.append(f"warned you through {RANKS[after['warning_rank'] // UNIT]}")
    stance = POSTURES["washington"][after["posture.washington"] // UNIT]
    done = " and ".join(parts) or STANCES[stance]
    return f"Washington {done}; {_moved(match, turn, 'washington_pressure')}."


def _of_home(match: Match, turn: Turn) -> str:
    return f"At home: {_moved(match, turn, 'electricity')}; {_moved(match, turn, 'unrest')}."


def _of_what_is_pending(match: Match) -> str:
    first = next(pending(match), None)
    return f"Pending, {first.due}: {first.text.rstrip('.')}." if first else ""
