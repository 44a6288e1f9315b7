"""Four advisers, Iraqi offices with a want each: what they recommend, why, how sure, and how right they were.

Each reads the same forecast and weighs it by what its office wants, so they disagree for reasons that can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from game.insight.estimative import word
from game.insight.explain import public
from game.insight.forecast import AHEAD, STEADY, Expected, Forecast, OptionForecast, forecast, kept
from game.insight.ticking import Tick, silent
from game.play.match import Match
from game.world.ledger import DERIVED, Cause
from game.world.state import One, OneOrders


@frozen
class Adviser:
    """An office: its want as weights of public variables, the people it speaks for, and to whom it is loyal."""

    id: str
    office: str
    want: Mapping[str, float]
    speaks_for: str
    loyal_to: str


ADVISERS = (
    Adviser(
        "foreign",
        "the foreign ministry",
        {
            "washington_trust": 1.0,
            "tehran_trust": 1.0,
            "washington_pressure": -1.0,
            "tehran_pressure": -0.7,
            "isolation": -1.5,
            "channel": 0.8,
            "arab_ties": 0.5,
        },
        "the embassies abroad",
        "whoever keeps both doors open",
    ),
    Adviser(
        "security",
        "the security adviser",
        {
            "escalation": -1.2,
            "forces_cohesion": 1.2,
            "green_zone": 1.0,
            "attacks": -0.3,
            "militia_autonomy": -1.0,
            "coalition_support": 0.5,
            "isis_threat": -0.8,
        },
        "the barracks",
        "the chain of command, as he reads it",
    ),
    Adviser(
        "finance",
        "the finance ministry",
        {
            "dollar_flow": 1.0,
            "dinar": 1.2,
            "electricity": 0.8,
            "iran_supply": 0.4,
            "arrears": -0.4,
            "wages_late": -1.0,
            "waiver_days": 0.1,
        },
        "whoever is paid on the first of the month",
        "the reserves",
    ),
    Adviser(
        "politics",
        "the political office",
        {
            "parliament": 1.5,
            "legitimacy": 1.2,
            "unrest": -1.2,
            "sovereignty": 0.8,
            "expulsion_drive": -0.4,
            "capital": 2.0,
        },
        "the blocs that hold the government up",
        "the next vote",
    ),
)


@frozen
class Pick:
    """What an adviser recommends: the option, the variable that decides, where it goes, how sure, by what cause."""

    adviser: str
    option: str
    variable: str
    direction: str
    sure: float
    cause: Cause | None

    def said(self, label: str) -> str:
        """In at most ten words: the variable, its direction and how sure, with the number behind the word."""
        return f"{label} {self.direction}: {word(self.sure)}, {self.sure:.0f} in 100"


@frozen
class Said:
    """What an adviser said of the option that was taken, against what came."""

    turn: int
    adviser: str
    variable: str
    direction: str
    sure: float
    came: str

    @property
    def right(self) -> bool:
        """Did it go where it was said to go?"""
        return self.came == self.direction


def picks(match: Match, told: Forecast | None = None) -> tuple[Pick, ...]:
    """The four recommendations for the dilemma on the desk, from a forecast of at least every wanted variable."""
    told = told or forecast(match)
    if not told.options:
        return ()
    return tuple(_pick(match, adviser, told) for adviser in ADVISERS)


def _pick(match: Match, adviser: Adviser, told: Forecast) -> Pick:
    best = max(told.options, key=lambda option: liking(adviser, option))
    name = _decisive(adviser, told, best)
    seen = best.expected[name]
    return Pick(adviser.id, best.option, name, seen.direction, seen.sure, _mechanism(match, best.option, seen))


def liking(adviser: Adviser, option: OptionForecast) -> float:
    """How well an option serves what an office wants."""
    expected = option.expected
    return sum(weight * expected[name].change for name, weight in adviser.want.items() if name in expected)


def _decisive(adviser: Adviser, told: Forecast, best: OptionForecast) -> str:
    """The wanted variable by which the best option stands out most, one that it serves if there is one."""

    def edge(name: str) -> tuple[bool, float]:
        mean = sum(option.expected[name].change for option in told.options) / len(told.options)
        stands_out = adviser.want[name] * (best.expected[name].change - mean)
        serves = (
            stands_out > 0
            and {"up": 1, "down": -1, "steady": 0}[best.expected[name].direction] * adviser.want[name] > 0
        )
        return serves, stands_out

    return max((name for name in adviser.want if name in best.expected), key=edge)


def _mechanism(match: Match, option: str, expected: Expected) -> Cause | None:
    """What moves the variable most, in the expected direction, in one future that knows no secret."""
    sums = kept(match, ("sums", option, expected.variable), lambda: _sums(match, option, expected.variable))
    along = {name: amount for name, amount in sums.items() if amount * expected.change > 0}
    if not along:
        return None
    return public(match, max(along, key=lambda name: abs(along[name])))


def _sums(match: Match, option: str, variable: str) -> dict[str, int]:
    """By how much each cause moves a variable next turn in that future."""
    from game.insight.futures import SEED, spread
    from game.play.turn import step

    future = kept(match, ("one future",), lambda: spread(match.world, 1))
    card = match.card
    assert card is not None, "advice is for a card on the desk"
    place = match.scenario.place[card.id]
    orders = OneOrders(place, [each.id for each in card.options].index(option))
    values = [int(value) for value in future.values[:, 0]]
    world = One(match.setting, SEED, int(future.runs[0]), values, match.turn, orders)
    step(world)
    row, sums = match.setting.layout.index[variable], dict[str, int]()
    for i, amount, cause in world.book:
        if i == row and cause != DERIVED.id:
            sums[cause] = sums.get(cause, 0) + amount
    return sums


def record(match: Match, *, futures: int = 64, ahead: int = AHEAD, tick: Tick = silent) -> tuple[Said, ...]:
    """What each adviser said of every option that was taken, against what came so many turns later."""
    found: list[Said] = []
    for turn in range(match.turn - ahead + 1):
        tick(turn / match.turn)
        found += _said(match, turn, futures, ahead)
    return tuple(found)


def _said(match: Match, turn: int, futures: int, ahead: int) -> Iterator[Said]:
    past, taken = evolve(match, turns=match.turns[:turn]), match.turns[turn].orders
    begun = [name for name in taken.initiatives if not name.startswith("stop:")]
    told = forecast(past, futures=futures, ahead=ahead, initiatives=begun)
    now, then = past.state, match.turns[turn + ahead - 1].after
    for pick in picks(past, told):
        expected = told[taken.option].expected[pick.variable]
        moved = then[pick.variable] - now[pick.variable]
        came = "up" if moved >= STEADY else "down" if moved <= -STEADY else "steady"
        yield Said(turn + 1, pick.adviser, pick.variable, expected.direction, expected.sure, came)


def standing(said: tuple[Said, ...]) -> dict[str, tuple[int, int, float]]:
    """Each adviser's record: how often right, of how many, and the mean square of the error (Brier; 0 is best)."""
    found = {}
    for adviser in ADVISERS:
        own = [each for each in said if each.adviser == adviser.id]
        brier = sum((each.sure / 100 - each.right) ** 2 for each in own) / max(1, len(own))
        found[adviser.id] = (sum(each.right for each in own), len(own), brier)
    return found


# ---- the player's own predictions


@frozen
class Scored:
    """One written prediction against what came: the chance given, in per cent, that the variable would rise."""

    turn: int
    variable: str
    chance_up: float
    rose: bool


@frozen
class Calibration:
    """All predictions of a game: each one, their Brier score (0 is best, 0.25 says nothing), and how often per band."""

    scored: tuple[Scored, ...]
    brier: float
    bands: tuple[tuple[str, int, int], ...]


def calibration(match: Match, ahead: int = AHEAD) -> Calibration:
    """The written predictions of a game scored against what came `ahead` turns later, or at the end if it came sooner.

    A prediction is {variable: chance in per cent that it will be higher}, or {variable: "up" or "down"} for 100 and 0.
    """
    found = tuple(each for i in range(match.turn) for each in _scored(match, i, ahead))
    brier = sum((each.chance_up / 100 - each.rose) ** 2 for each in found) / max(1, len(found))
    bands: dict[str, list[bool]] = {}
    for each in found:
        bands.setdefault(word(each.chance_up), []).append(each.rose)
    return Calibration(found, brier, tuple((name, sum(rose), len(rose)) for name, rose in bands.items()))


def _scored(match: Match, i: int, ahead: int) -> Iterator[Scored]:
    turn, last = match.turns[i], match.turns[min(i + ahead, match.turn) - 1]
    given = turn.orders.prediction
    for name, stated in given.items() if isinstance(given, Mapping) else ():
        chance = {"up": 100.0, "down": 0.0}.get(stated) if isinstance(stated, str) else stated
        if name in turn.before and isinstance(chance, int | float) and 0 <= chance <= 100:
            yield Scored(turn.number, name, float(chance), last.after[name] - turn.before[name] >= STEADY)
