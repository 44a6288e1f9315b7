"""Is a scenario fair? The gates that a good game must pass: figures, a verdict, and a game that shows each failure.

Players that are not people play very many games; what they reach, meet and take is compared with what must be so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from game.play.match import Match
from game.scenario.model import Scenario

GAMES = 2_000
FIXED = ("idle", "washington-first", "tehran-first")
PLAYERS = (*FIXED, "random", "middle", "history", "greedy", "lookahead")
BEST = "lookahead"
ENOUGH = 50
"""In fewer states than this an option's share is not judged."""


@frozen
class Gate:
    """One thing that must be so: what, the figure, what is allowed, whether it passes, and the particulars."""

    id: str
    what: str
    figure: str
    allowed: str
    passed: bool
    details: tuple[str, ...] = ()
    proof: Match | None = field(default=None, repr=False)


@frozen
class Taken:
    """How often the best player takes an option, in per cent of the states that offer it."""

    dilemma: str
    option: str
    states: int
    share: float


@frozen
class Report:
    """Everything that the games showed: endings in per cent by player, options by share, and the gates.

    After an interrupt it tells, without a verdict, of the games that were finished, and how many each player has.
    """

    scenario: str
    games: int
    seed: int
    endings: dict[str, dict[str, float]]
    good: dict[str, float]
    options: tuple[Taken, ...]
    gates: tuple[Gate, ...]
    finished: dict[str, int]
    interrupted: bool = False

    @property
    def passed(self) -> bool:
        """Do all gates pass?"""
        return not self.interrupted and all(gate.passed for gate in self.gates)


def balance(
    scenario: Scenario,
    *,
    games: int = GAMES,
    seed: int = 1,
    dials: Iterable[str] = (),
    only_reach: bool = False,
    told: Callable[[str], None] = lambda step: None,
    workers: Any = 1,
) -> Report:
    """Play a scenario with every named player and judge it by its gates.

    `dials` names the variables of the main screen, whose movement is shared out between orders and rules; a tutorial
    is asked only whether all can be reached, and so is another scenario with `only_reach`; `told` is called with what
    is being done. The work is shared out to `workers` as by `simulate`, with the same result.
    """
    from game.insight.rounds import rounds

    only_reach = only_reach or scenario.tutorial
    has_lesson = scenario.lesson is not None and not only_reach
    played = rounds(scenario, PLAYERS, games, seed, has_lesson, told, workers)
    trials = played.trials
    gates: tuple[Gate, ...] = ()
    try:
        if not played.interrupted:
            told("gates")
            gates = tuple(_reached(scenario, trials))
            gates = gates if only_reach else (*_judged(scenario, played, gates, tuple(dials), told, workers),)
    except KeyboardInterrupt:
        return _report(scenario, games, seed, trials, (), interrupted=True)
    return _report(scenario, games, seed, trials, gates, interrupted=played.interrupted)


def _judged(
    scenario: Scenario,
    played: Any,
    reached: tuple[Gate, ...],
    dials: tuple[str, ...],
    told: Callable[[str], None],
    workers: Any,
) -> Iterator[Gate]:
    """Every gate, in the order in which they are told."""
    trials = played.trials
    yield from (*_by_endings(trials), _between_capitals(trials), *reached, _options(scenario, trials[BEST]))
    told("trade-offs")
    yield _dominated(scenario, trials["random"], workers)
    if dials:
        told("orders and dials")
        yield _orders_matter(trials[BEST], dials)
    if scenario.lesson is not None:
        yield _lesson(scenario, played.signs)


def _report(
    scenario: Scenario,
    games: int,
    seed: int,
    trials: dict[str, Any],
    gates: tuple[Gate, ...],
    *,
    interrupted: bool,
) -> Report:
    endings = {name: each.endings for name, each in trials.items()}
    good = {name: each.good for name, each in trials.items()}
    finished = {name: each.games for name, each in trials.items()}
    options = tuple(_taken(scenario, trials[BEST])) if BEST in trials else ()
    return Report(scenario.id, games, seed, endings, good, options, gates, finished, interrupted)


# ---- good endings


def _by_endings(trials: dict[str, Any]) -> Iterator[Gate]:
    for name in FIXED:
        each = trials[name]
        proof = each.shortest(each.is_good) if each.good > 35 else None
        yield Gate(name, f"{name} ends well", f"{each.good:.1f} %", "at most 35 %", each.good <= 35, (), proof)
    yield _within(trials["middle"], 10, 60)
    yield _within(trials[BEST], 55, 90)
    for worse, better in (("random", "greedy"), ("greedy", BEST)):
        gap = trials[better].good - trials[worse].good
        what, figure = f"{better} beats {worse}", f"{trials[worse].good:.1f} % and {trials[better].good:.1f} %"
        proof = trials[better].shortest(~trials[better].is_good) if gap < 5 else None
        yield Gate(f"{worse}<{better}", what, figure, "by 5 points", gap >= 5, (), proof)


def _within(each: Any, low: float, high: float) -> Gate:
    good = each.good
    proof = each.shortest(each.is_good if good > high else ~each.is_good) if not low <= good <= high else None
    allowed = f"{low} to {high} %"
    return Gate(each.player, f"{each.player} ends well", f"{good:.1f} %", allowed, low <= good <= high, (), proof)


def _between_capitals(trials: dict[str, Any]) -> Gate:
    west, east = trials["washington-first"], trials["tehran-first"]
    gap = abs(west.good - east.good)
    better = west if west.good > east.good else east
    proof = better.shortest(better.is_good) if gap > 10 else None
    figure = f"{west.good:.1f} % and {east.good:.1f} %"
    return Gate("two-embraces", "either embrace ends alike", figure, "within 10 points", gap <= 10, (), proof)


# ---- cards, options and endings


def _reached(scenario: Scenario, trials: dict[str, Any]) -> Iterator[Gate]:
    met = sum(each.offered.max(axis=1) for each in trials.values())
    dead = tuple(card.id for i, card in enumerate(scenario.dilemmas) if not met[i])
    figure = f"{len(scenario.dilemmas) - len(dead)} of {len(scenario.dilemmas)}"
    yield Gate("cards-met", "every dilemma is met", figure, "all", not dead, dead)
    best = {e.id: max((each.endings[e.id], name) for name, each in trials.items()) for e in scenario.endings}
    rare = tuple(f"{name}: at most {share:.1f} %, by {who}" for name, (share, who) in best.items() if share < 1)
    figure = f"{len(best) - len(rare)} of {len(best)}"
    yield Gate("endings-met", "every ending comes at 1 % or more under some player", figure, "all", not rare, rare)


def _taken(scenario: Scenario, best: Any) -> Iterator[Taken]:
    for i, card in enumerate(scenario.dilemmas):
        for j, option in enumerate(card.options):
            states = int(best.offered[i, j])
            yield Taken(card.id, option.id, states, 100 * int(best.taken[i, j]) / states if states else 0.0)


def _options(scenario: Scenario, best: Any) -> Gate:
    judged = [taken for taken in _taken(scenario, best) if taken.states >= ENOUGH]
    wrong = [taken for taken in judged if not 3 <= taken.share <= 85]
    details = tuple(f"{t.dilemma}/{t.option}: {t.share:.1f} % of {t.states} states" for t in wrong)
    figure = f"{len(judged) - len(wrong)} of {len(judged)} judged"
    proof = best.earliest(_faces(scenario, best, wrong[0])) if wrong else None
    what = f"{BEST} takes every option in some states, in none always"
    return Gate("options-taken", what, figure, "3 to 85 % of the states that offer it", not wrong, details, proof)


def _faces(scenario: Scenario, best: Any, taken: Taken) -> Any:
    """The turns on which an option was taken, if it is taken too often, or its dilemma met without it, if never."""
    card = scenario.place[taken.dilemma]
    option = [each.id for each in scenario.dilemmas[card].options].index(taken.option)
    met = best.card == card
    return met & (best.option == option) if taken.share > 85 else met & (best.option != option)


# ---- trade-offs


def _dominated(scenario: Scenario, random: Any, workers: Any = 1) -> Gate:
    """No option may be at least as good as another for Washington, for Tehran and at home alike."""
    from game.insight.trade_offs import gains

    found, proof = [], None
    for i, worse, better, by in gains(scenario, random.seed, random.states, workers):
        found.append(f"{scenario.dilemmas[i].id}/{better} over {worse}: {_spoken(by)}")
        proof = proof or random.earliest(random.card == i)
    figure = f"{len(found)} pairs"
    what = "no option is at least as good as another for Washington, Tehran and home"
    return Gate("no-dominated-option", what, figure, "none", not found, tuple(found), proof)


def _spoken(by: tuple[float, float, float]) -> str:
    names = ("Washington", "Tehran", "home")
    return ", ".join(f"{name} {gain:+.2f}" for name, gain in zip(names, by, strict=True))


# ---- what the player's orders move


def _orders_matter(best: Any, dials: tuple[str, ...], games: int = 24) -> Gate:
    from statistics import median

    turns = [turn for run in range(min(games, best.games)) for turn in movements(best.match(run), dials)]
    middle = 100 * median(share for share in map(order_share, turns) if share is not None)
    details = []
    for name in dials:
        share = order_share({i: turn[name] for i, turn in enumerate(turns)})
        details.append(f"{name}: {100 * share:.0f} %" if share is not None else f"{name}: it never moves")
    what = "in the median turn the player's orders cause a share of the dials' movement"
    return Gate("orders-matter", what, f"{middle:.1f} %", "25 to 50 %", 25 <= middle <= 50, tuple(details))


def movements(match: Match, dials: Iterable[str]) -> Iterator[dict[str, tuple[float, float]]]:
    """For each turn and dial, how far the player's orders moved it and how far the rest, line by line, in its range.

    The militias' own will moves as the factions' own wills move, by their strength.
    """
    from game.play.match import cause_of
    from game.world.variables import FACTIONS

    layout = match.setting.layout
    for turn in match.turns:
        rows = {layout.index[name]: (name, 1 / (layout[name].high - layout[name].low)) for name in dials}
        if rows.pop(layout.index["militia_autonomy"], None):
            whole = max(1, sum(turn.before[f"{faction}_strength"] for faction in FACTIONS))
            for faction in FACTIONS:
                weight = turn.before[f"{faction}_strength"] / whole / 100_000
                rows[layout.index[f"{faction}_own"]] = "militia_autonomy", weight
        moved = dict.fromkeys(dials, (0.0, 0.0))
        for i, amount, cause in turn.book:
            if i in rows:
                name, weight = rows[i]
                own, rest = moved[name]
                is_own = cause_of(match.scenario.causes, cause).kind in ORDERED
                by = abs(amount) * weight
                moved[name] = (own + by, rest) if is_own else (own, rest + by)
        yield moved


def order_share(moved: Mapping[Any, tuple[float, float]]) -> float | None:
    """The share that orders have in all of these movements, or None where nothing moved."""
    own, rest = (sum(pair[side] for pair in moved.values()) for side in (0, 1))
    return own / (own + rest) if own + rest else None


ORDERED = ("option", "order", "initiative", "later")
"""The kinds of cause by which the player's orders act, at once or post-dated."""


# ---- the lesson


def _lesson(scenario: Scenario, signs: list[tuple[str, float]]) -> Gate:
    assert scenario.lesson is not None, "the caller has looked"
    lesson, wanted = scenario.lesson, 1 if scenario.lesson.sign == "up" else -1
    wrong = tuple(f"{name}: {effect:+.3f}" for name, effect in signs if effect * wanted <= 0)
    what = f"the lesson holds: {lesson.driver} moves {lesson.effect} {lesson.sign}"
    figure = f"in {len(signs) - len(wrong)} of {len(signs)} settings"
    return Gate("lesson", what, figure, "under every parameter set and every coin", not wrong, wrong)
