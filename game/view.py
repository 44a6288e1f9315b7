"""What a face shows, as plain values: the TUI and plain mode draw from here alone, so plain mode lacks nothing.

Nothing here knows a terminal. A variable is told no more finely than `world.toml` lets it be seen; a secret is not told
at all until the game is over.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from game.insight.explain import behind, main_cause, why
from game.play.match import Desk, Match, OnTheDesk, Turn
from game.scenario.conditions import ON_THE_TABLE
from game.scenario.library import facts
from game.scenario.model import QUESTIONS
from game.world.facts import Fact
from game.world.ledger import Cause
from game.world.variables import FACTIONS, PARTIES, POSTURES, UNIT, Variable

DIALS = (
    "washington_pressure",
    "tehran_pressure",
    "waiver_days",
    "dollar_flow",
    "electricity",
    "militia_autonomy",
    "attacks",
    "unrest",
    "escalation",
)
"""The nine dials of the main screen."""
RUNGS = ((20, "quiet"), (40, "friction"), (60, "reprisals"), (80, "siege"), (100, "the brink"))
RANKS = ("nobody yet", "the ambassador", "the secretaries", "the director of the CIA")
NAMED = {"warning_rank": RANKS, "mode": ("nothing", "rockets", "drones", "a suicide bomb")}
"""Variables whose whole numbers have names."""
WORDS = (
    (5, "almost no chance"),
    (20, "very unlikely"),
    (45, "unlikely"),
    (55, "about even"),
    (80, "likely"),
    (95, "very likely"),
)
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


@frozen
class Reading:
    """A variable as it may be seen: `text` and `change` in words or figures, `level` from 0 to 1 for a bar."""

    name: str
    label: str
    unit: str
    text: str
    change: str
    arrow: str
    level: float
    what: str
    seen: str


@frozen
class Told:
    """A dispatch: what is said, who says so, how sure, and where it stands."""

    text: str
    who: str
    sure: str
    sources: tuple[str, ...]


@frozen
class Choice:
    """An option as a face shows it, numbered from 1."""

    number: int
    id: str
    text: str
    obey: str
    barred: str


@frozen
class AgendaItem:
    """An initiative on offer or running, numbered on from the first; `id` is what an order names."""

    number: int
    id: str
    title: str
    text: str
    terms: str
    barred: str


@frozen
class Pending:
    """Something that will come due: what, when, and of what kind."""

    text: str
    due: str
    kind: str


@frozen
class Because:
    """One cause of a change, as it may be told."""

    title: str
    amount: str
    rule: str
    facts: tuple[Fact, ...]
    assumption: str
    systems: tuple[str, ...]


@frozen
class Explained:
    """Why a variable moved on a turn."""

    reading: Reading
    turn: int
    because: tuple[Because, ...]
    behind: tuple[tuple[str, Because], ...]


@frozen
class Screen:
    """Everything that the main screen shows."""

    title: str
    when: str
    date: str
    beyond: str
    capital: str
    dials: tuple[Reading, ...]
    washington: str
    tehran: str
    pending: tuple[Pending, ...]
    dispatches: tuple[Told, ...]
    desk: Desk | None
    question: str
    choices: tuple[Choice, ...]
    agenda: tuple[AgendaItem, ...]
    running: tuple[AgendaItem, ...]
    report: tuple[str, ...]


def estimative(percent: float) -> str:
    """A chance in words of estimative probability, with the number behind it.

    >>> estimative(70)
    'likely (70 in 100)'
    """
    word = next((word for most, word in WORDS if percent <= most), "almost certain")
    return f"{word} ({percent:.0f} in 100)"


# ---- readings


def reading(match: Match, name: str, turn: int | None = None) -> Reading:
    """A variable after a turn (the last by default; 0 is the start), with its change since the turn before."""
    variable = match.setting.layout[name]
    states = [match.start, *(played.after for played in match.turns)]
    at = len(states) - 1 if turn is None else turn
    now, before = states[at], states[max(at - 1, 0)]
    text, value = shown(match, variable, now[name], now["intelligence"])
    _, old = shown(match, variable, before[name], before["intelligence"])
    level = (value - variable.low) / (variable.high - variable.low)
    moved = value - old
    arrow = "▲" if moved > 40 else "▼" if moved < -40 else ""
    return Reading(
        name, variable.label, variable.unit, text, _change(moved, variable), arrow, level, variable.what, variable.seen
    )


def _is_open(match: Match) -> bool:
    """Has the debrief begun, after which everything is told exactly?"""
    return match.outcome is not None


def shown(match: Match, variable: Variable, value: int, sight: int) -> tuple[str, int]:
    """A value as it may be seen, with the figure behind the words: exact, a band, or a round estimate."""
    if variable.is_secret and not _is_open(match):
        return "not known", 0
    if variable.name in NAMED:
        return NAMED[variable.name][value // UNIT], value
    if variable.seen == "exact" or _is_open(match):
        return figure(value / UNIT, variable.unit), value
    if variable.seen == "estimate":
        step = 10 if sight < 34 * UNIT else 5
        near = (value + step * UNIT // 2) // (step * UNIT) * step
        return f"about {near}", near * UNIT
    width = 20 if sight < 34 * UNIT else 10
    low = min(value // (width * UNIT) * width, 100 - width)
    return f"{low}–{low + width}", low * UNIT + width * UNIT // 2


def figure(value: float, unit: str) -> str:
    """A figure with the unit that a reader needs.

    >>> figure(17.2, "days"), figure(82.04, "% of normal"), figure(1999.6, "persons"), figure(41.26, "points")
    ('17 days', '82 %', '2,000', '41')
    """
    if unit.startswith("%"):
        return f"{value:.0f} %"
    if unit == "days":
        return f"{value:.0f} days"
    if unit == "points" and abs(value) <= 12 and value % 1:
        return f"{value:.1f}"
    return f"{value:,.0f}"


def _change(moved: int, variable: Variable) -> str:
    if variable.seen == "exact":
        return f"{moved / UNIT:+.1f}" if abs(moved) >= 50 else "steady"
    return "steady" if not moved else "up" if moved > 0 else "down"


def size(amount: int, variable: Variable, exact: bool) -> str:
    """An amount no finer than the variable may be seen: a figure, or a word."""
    if exact:
        return f"{amount / UNIT:+.1f}"
    strength = next(
        (word for most, word in ((800, "a little "), (3_000, ""), (10**9, "a lot ")) if abs(amount) <= most), ""
    )
    return strength + ("up" if amount > 0 else "down")


# ---- the main screen


def screen(match: Match) -> Screen:
    """The main screen of a match."""
    scenario, upcoming = match.scenario, match.turn + 1
    day = scenario.when(min(upcoming, scenario.turns))
    desk = match.dilemma
    beyond = ""
    if scenario.horizon and day > scenario.horizon:
        beyond = f"past the documents, which end on {long_date(scenario.horizon)}"
    return Screen(
        title=scenario.title,
        when=f"turn {min(upcoming, scenario.turns)} of {scenario.turns}",
        date=long_date(day),
        beyond=beyond,
        capital=f"{match['capital']:.1f}",
        dials=tuple(reading(match, name) for name in DIALS),
        washington=_mood(match, "washington"),
        tehran=_mood(match, "tehran"),
        pending=tuple(pending(match)),
        dispatches=tuple(dispatches(match)),
        desk=desk,
        question=QUESTIONS.get(desk.question, "") if desk else "",
        choices=tuple(_choice(i + 1, option) for i, option in enumerate(desk.options)) if desk else (),
        agenda=tuple(offers(match)),
        running=tuple(under_way(match)),
        report=report(match) if match.turns else (),
    )


def long_date(day: object) -> str:
    """A date as it is read: 9 October 2023."""
    return f"{day:%-d %B %Y}" if hasattr(day, "strftime") else str(day)


def _mood(match: Match, capital: str) -> str:
    trust = reading(match, f"{capital}_trust")
    if capital == "washington":
        rank = RANKS[match.state["warning_rank"] // UNIT]
        return f"trusts you {trust.text}; has sent {rank}"
    stance = POSTURES["tehran"][match.state["posture.tehran"] // UNIT]
    return f"trusts you {trust.text}; " + (STANCES[stance] if match.turns else "watches")


def _choice(number: int, option: OnTheDesk) -> Choice:
    # no finer than to ten in a hundred: the chance rests on things that are themselves seen only in bands
    obey = (
        f"{FORCES[option.to]} must obey: {estimative(round(option.obeyed / 10) * 10)}"
        if option.obeyed is not None
        else ""
    )
    return Choice(number, option.id, option.text, obey, option.barred or "")


def offers(match: Match) -> Iterator[AgendaItem]:
    """The five initiatives on offer, numbered from 1."""
    for i, offer in enumerate(match.initiatives):
        terms = f"costs {offer.price:g} of capital, lasts {offer.turns} turns; resisted by {offer.resisted_by}"
        yield AgendaItem(i + 1, offer.id, offer.title, offer.text, terms, offer.barred or "")


def under_way(match: Match) -> Iterator[AgendaItem]:
    """The initiatives running, as they may be stopped, numbered on from the offers."""
    for i, (it, left) in enumerate(match.running):
        terms = f"{left} turn{'' if left == 1 else 's'} left; stopping it costs {it.stop_price:g}"
        yield AgendaItem(len(match.initiatives) + i + 1, f"stop:{it.id}", it.title, it.text, terms, "")


def pending(match: Match) -> Iterator[Pending]:
    """What will come due: Washington's answer, asks, promises, what was post-dated, the price of a long waiver."""
    state, scenario = match.state, match.scenario
    if state["answer_pending"]:
        yield Pending("Washington has said that it will answer", "next turn", "answer")
    for party in PARTIES:
        for ask in scenario.asks:
            if ask.by == party and state[f"ask.{ask.id}.state"] // UNIT in ON_THE_TABLE:
                who = "Home" if party == "home" else party.title()
                yield Pending(f"{who} asks: {ask.text}", _by(match, state[f"ask.{ask.id}.due"]), "ask")
    for promise in scenario.promises:
        if state[f"promise.{promise.id}.state"] == UNIT:
            heard = ", ".join(promise.heard_by)
            yield Pending(
                f"You promised: {promise.text} Heard by {heard}.",
                _by(match, state[f"promise.{promise.id}.due"]),
                "promise",
            )
    for later, _ in scenario.laters:
        if state[f"later.{later.later}"] and not later.hidden:
            yield Pending(later.what, _by(match, state[f"later.{later.later}"]), "later")
    if state["proof_due"]:
        yield Pending("Washington's long waiver was granted for quiet", _by(match, state["proof_due"]), "proof")


def _by(match: Match, due: int) -> str:
    turn = due // UNIT
    if turn > match.scenario.turns:
        return "after the last turn"
    return "next turn" if turn <= match.turn + 1 else f"by turn {turn}"


# ---- dispatches and the report


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
        text = f"American aircraft struck {strikes} target{'s' * (strikes > 1)}; the groups count {dead} dead."
        yield Told(text, "US officials; the groups", "claimed", ())
    killed, hurt = state["american_dead_now"] // UNIT, state["iraqi_dead_now"] // UNIT
    if killed or hurt:
        who = " and ".join(f"{n} {name}{'s' * (n > 1)}" for n, name in ((killed, "American"), (hurt, "Iraqi")) if n)
        yield Told(f"{who} killed in attacks; who fired is disputed.", "officials in Baghdad", "disputed", ())


def places(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Fact keys as a reader cites them.

    >>> places(("004-p2-waivers",))
    ('004 p2',)
    """
    known = facts()
    return tuple(dict.fromkeys(known[key].place for key in keys if key in known))


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
    return {"option": "your decision", "order": "your order"}.get(cause.kind, cause.title)


def _of_tehran(match: Match, turn: Turn) -> str:
    stance = POSTURES["tehran"][turn.after["posture.tehran"] // UNIT]
    return f"Tehran {STANCES[stance]}; {_moved(match, turn, 'tehran_pressure')}."


def _of_the_factions(match: Match, turn: Turn) -> str:
    count = turn.after["attacks_now"] // UNIT
    fired = (
        f"{count} attack{'s were' if count > 1 else ' was'} counted, by whom is disputed"
        if count
        else "Nothing was fired"
    )
    return f"{fired}; {_moved(match, turn, 'militia_autonomy')}."


def _of_washington(match: Match, turn: Turn) -> str:
    after, before = turn.after, turn.before
    parts = []
    if after["strikes_now"]:
        parts.append(f"Washington struck {after['strikes_now'] // UNIT} targets")
    if after["grant_days"]:
        parts.append(f"it granted {after['grant_days'] // UNIT} days of waiver")
    if after["warning_rank"] > before["warning_rank"]:
        parts.append(f"it warned you through {RANKS[after['warning_rank'] // UNIT]}")
    stance = POSTURES["washington"][after["posture.washington"] // UNIT]
    parts = parts or [f"Washington {STANCES[stance]}"]
    return f"{'; '.join(parts)[0].upper()}{'; '.join(parts)[1:]}; {_moved(match, turn, 'washington_pressure')}."


def _of_home(match: Match, turn: Turn) -> str:
    return f"At home: {_moved(match, turn, 'electricity')}; {_moved(match, turn, 'unrest')}."


def _of_what_is_pending(match: Match) -> str:
    first = next(pending(match), None)
    return f"Pending, {first.due}: {first.text.rstrip('.')}." if first else ""


# ---- why


def explained(match: Match, name: str, turn: int | None = None) -> Explained:
    """Why a variable moved on a turn: causes with their amounts, rule, facts and assumption."""
    at = turn or match.turn
    exact = match.setting.layout[name].seen == "exact" or _is_open(match)
    because = tuple(_because(match, name, reason, exact) for reason in why(match, name, at) if abs(reason.amount) >= 20)
    inner = tuple(
        (match.setting.layout[v].label, _because(match, v, reason, _is_open(match)))
        for v, reason in behind(match, name, at)[:8]
    )
    return Explained(reading(match, name, at), at, because, inner)


def _because(match: Match, name: str, reason: object, exact: bool) -> Because:
    cause, amount = reason.cause, reason.amount  # type: ignore[attr-defined]
    text = size(amount, match.setting.layout[name], exact)
    return Because(cause.title, text, cause.id, reason.facts, cause.assumption, cause.systems)  # type: ignore[attr-defined]


def variables(match: Match) -> tuple[Reading, ...]:
    """Every variable that may be seen, in the order of world.toml; the secrets too once the game is over."""
    tabled = [v for v in match.setting.layout.tabled() if _is_open(match) or not v.is_secret]
    return tuple(reading(match, variable.name) for variable in tabled if variable.name != "order_now")


@frozen
class CardSource:
    """A fact behind the card on the desk, or what it assumes."""

    about: str
    fact: Fact | None
    assumption: str


def card_sources(match: Match) -> tuple[CardSource, ...]:
    """The sources of the card on the desk: its facts, those of its dispatches, and what is assumed.

    What was really decided at the time is kept for the debrief.
    """
    card = match.card
    if card is None:
        return ()
    known = facts()
    found = [CardSource("the card", known[key], "") for key in card.facts if key in known]
    for dispatch in card.dispatches:
        found += [CardSource("a dispatch", known[key], "") for key in dispatch.facts if key in known]
        if dispatch.assumption:
            found.append(CardSource("a dispatch", None, dispatch.assumption))
    if card.assumption:
        found.append(CardSource("the card", None, card.assumption))
    return tuple(dict.fromkeys(found))


# ---- the end


@frozen
class Decided:
    """One turn in the debrief: the dilemma, what was chosen, and what the documents report for the time."""

    turn: int
    date: str
    title: str
    chosen: str
    obeyed: str
    history: str


@frozen
class Debrief:
    """The last page: the ending, three headlines, one sentence from the run, the bill, the secrets, the turns."""

    ending: str
    title: str
    good: bool
    turn: int
    sentence: str
    headlines: tuple[tuple[str, str], ...]
    bill: tuple[tuple[str, str], ...]
    because: tuple[str, ...]
    secrets: tuple[tuple[str, str], ...]
    decided: tuple[Decided, ...]
    sources: tuple[Fact, ...]
    assumption: str


def debrief(match: Match) -> Debrief | None:
    """The last page of a game that is over, else None."""
    if match.outcome is None:
        return None
    ending = match.scenario.find("ending", match.outcome.ending)
    known = facts()
    numbers = {name: figure(value / UNIT, match.setting.layout[name].unit) for name, value in match.state.items()}
    heads = (
        ("Washington", ending.headlines.washington),
        ("Tehran", ending.headlines.tehran),
        ("Baghdad", ending.headlines.baghdad),
    )
    because = tuple(
        f"{match.setting.layout[line.variable].label} {line.amount / UNIT:+.1f}: {cause_title(match, line.cause)}"
        for line in match.outcome.because
    )
    return Debrief(
        ending.id,
        ending.title,
        ending.good,
        match.outcome.turn,
        filled(ending.sentence, numbers),
        heads,
        tuple(bill(match)),
        because,
        tuple(_secrets(match)),
        tuple(_decided(match)),
        tuple(known[key] for key in ending.facts if key in known),
        ending.assumption,
    )


def filled(sentence: str, numbers: dict[str, str]) -> str:
    """An ending's sentence with its figures."""
    for name, text in numbers.items():
        sentence = sentence.replace("{" + name + "}", text.removesuffix(" days"))
    return sentence


def cause_title(match: Match, name: str) -> str:
    """The title of a cause."""
    from game.play.match import cause_of

    return cause_of(match.scenario.causes, name).title


def bill(match: Match) -> Iterator[tuple[str, str]]:
    """Whose writ runs, who died, are the lights on, are both doors open, what is owed and to whom promised."""
    holders = {"tehran": "Tehran", "baghdad": "Baghdad", "own": "nobody but themselves"}
    for faction in FACTIONS:
        parts = {holder: match[f"{faction}_{holder}"] for holder in holders}
        most = max(parts, key=lambda holder: parts[holder])
        split = ", ".join(f"{holders[h]} {value:.0f}" for h, value in parts.items())
        yield f"Whose writ runs: the {faction}", f"{holders[most]} ({split})"
    dead = (
        (match["iraqi_dead"], "Iraqi soldiers and civilians"),
        (match["militia_dead"], "militiamen"),
        (match["american_dead"], "Americans"),
    )
    yield "Who died", ", ".join(f"{count:.0f} {name}" for count, name in dead)
    yield (
        "The lights",
        f"on {match['lit_days']:.0f} days, off {match['dark_days']:.0f}; power at {match['electricity']:.0f} %",
    )
    for capital in ("washington", "tehran"):
        yield (
            f"{capital.title()}'s door",
            f"trust {match[f'{capital}_trust']:.0f}, pressure {match[f'{capital}_pressure']:.0f}",
        )
    owed = [p.text for p in match.scenario.promises if match.state[f"promise.{p.id}.state"] == UNIT]
    broken = sum(match.state[f"promise.{p.id}.state"] == 3 * UNIT for p in match.scenario.promises)
    yield (
        "Owed",
        f"{match['arrears']:.0f} days of Iranian supply; "
        + (f"promised: {' '.join(owed)}" if owed else "no promise open"),
    )
    yield "Promises broken", str(broken)


def _secrets(match: Match) -> Iterator[tuple[str, str]]:
    for name in match.scenario.hidden:
        variable, value = match.setting.layout[name], match[name]
        if variable.unit == "coin":
            yield variable.label, f"in this game {'yes' if value else 'no'} ({variable.what})"
        else:
            yield variable.label, f"{value:.0f} of {variable.high // UNIT}"


def _decided(match: Match) -> Iterator[Decided]:
    for turn in match.turns:
        card = match.scenario.find("dilemma", turn.dilemma)
        if card is None:
            continue
        option = next(o for o in card.options if o.id == turn.orders.option)
        marked = next((o for o in card.options if o.history), None)
        history = ""
        if marked:
            cited = ", ".join(places(marked.history))
            history = f"{'the documented choice' if marked is option else 'documented: ' + marked.text} [{cited}]"
        obeyed = ("", "obeyed", "refused")[turn.after["order_now"] // UNIT]
        yield Decided(
            turn.number, long_date(match.scenario.when(turn.number)), card.title, option.text, obeyed, history
        )


def course(match: Match, name: str) -> tuple[float, ...]:
    """A variable over the turns, in its unit, the start first: for the plots of the debrief."""
    return tuple(state[name] / UNIT for state in (match.start, *(turn.after for turn in match.turns)))
