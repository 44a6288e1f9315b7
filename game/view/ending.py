"""The last page: the ending, its headlines, the bill, the secrets and the turns that led there."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from game.play.match import Match, cause_of
from game.scenario.library import disagreements, facts
from game.view.readings import counted, dated, figure, places
from game.world.facts import Fact
from game.world.variables import FACTIONS, UNIT

SETTLED = "in this game "
"""How a secret begins that luck settled one way or the other."""


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
class Taken:
    """What a choice took for granted while the documents disagreed: the question, and what each side of them says."""

    turn: int
    title: str
    question: str
    took: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]
    resolution: str
    key: str


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
    taken: tuple[Taken, ...]
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
        tuple(_taken(match)),
        tuple(known[key] for key in ending.facts if key in known),
        ending.assumption,
    )


def filled(sentence: str, numbers: dict[str, str]) -> str:
    """An ending's sentence with its figures."""
    for name, text in numbers.items():
        sentence = sentence.replace("{" + name + "}", text.removesuffix(" days").removesuffix(" %"))
    return sentence


def cause_title(match: Match, name: str) -> str:
    """The title of a cause."""
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
        ("iraqi_dead", "Iraqi soldier or civilian", "Iraqi soldiers and civilians"),
        ("militia_dead", "militiaman", "militiamen"),
        ("american_dead", "American", "Americans"),
    )
    yield "Who died", ", ".join(counted(match.state[name], one, many) for name, one, many in dead)
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
            meaning = dict(part.split(": ", 1) for part in variable.what.split("; "))[f"{value:.0f}"]
            yield variable.label, f"{SETTLED}{meaning}"
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
        yield Decided(turn.number, dated(match.scenario, turn.number), card.title, option.text, obeyed, history)


def _taken(match: Match) -> Iterator[Taken]:
    """What each choice took for granted, on the cards that were decided while a disagreement was unsettled."""
    for turn in match.turns:
        card = match.scenario.find("dilemma", turn.dilemma)
        row = disagreements().get(card.disagreement) if card is not None and card.disagreement else None
        if row is not None:
            took = next(option.takes for option in card.options if option.id == turn.orders.option)
            sides = tuple((side.says, places(side.facts)) for side in row.sides)
            yield Taken(turn.number, card.title, row.question, took, sides, row.resolution, row.key)


def course(match: Match, name: str) -> tuple[float, ...]:
    """A variable over the turns, in its unit, the start first: for the plots of the debrief."""
    return tuple(state[name] / UNIT for state in (match.start, *(turn.after for turn in match.turns)))
