"""Does the situation hold together: its start, its secrets, its asks and promises, its endings?"""

from __future__ import annotations

import re

from game.scenario.checks_draft import Draft, Part
from game.scenario.checks_tables import SHARES
from game.scenario.model import Range
from game.world.problems import nearest
from game.world.variables import PARTIES, UNIT

DERIVED = ("militia_autonomy",)
"""Variables whose start follows from others."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def the_start_is_possible(draft: Draft) -> None:
    """Variables at the start exist, lie in their range and are neither derived nor secret."""
    for name, value in draft.scenario.start.items():
        part, variable = Part(draft.source.situation, f"start.{name}", value), draft.variables.get(name)
        if name not in draft.names:
            part.unknown("", "variable", name, draft.names, "baghdad variables")
        elif name in DERIVED:
            part.problem("", f"the rules derive {name} from the start of others", "a variable that is not derived")
        elif variable and variable.is_secret:
            part.problem("", f"{name} is a secret that each game draws", f"a range under [hidden.{name}]")
        elif variable:
            _in_range(part, "", value, variable.low / UNIT, variable.high / UNIT, variable.unit)


def _in_range(part: Part, field: str, value: float, low: float, high: float, unit: str) -> None:
    if not low <= value <= high:
        fix = min(max(value, low), high)
        part.problem(field, f"this says {value:g}", f"{low:g} to {high:g} {unit}", f"{fix:g}")


def the_shares_sum_to_100(draft: Draft) -> None:
    """Where all three shares of a faction's control are given, they are the whole of it."""
    for faction, names in SHARES.items():
        given = [draft.scenario.start[name] for name in names if name in draft.scenario.start]
        if len(given) == len(names) and round(sum(given) * UNIT) != 100 * UNIT:
            what = f"the shares of control of the {faction} sum to {sum(given):g}"
            draft.whole.problem(f"start.{names[-1]}", what, f"{', '.join(names)} that sum to 100")


def secrets_can_be_drawn(draft: Draft) -> None:
    """A hidden range names a secret and lies inside its range."""
    secrets = [name for name, variable in draft.variables.items() if variable.is_secret]
    for part in draft.of(Range):
        name, low, high = part.path.removeprefix("hidden."), part.value.low, part.value.high
        variable = draft.variables.get(name)
        if name not in draft.names:
            part.unknown("", "variable", name, secrets, "baghdad variables")
        elif variable and not variable.is_secret:
            part.problem(
                "", f"{name} is no secret: its start goes under [start]", ", ".join(secrets), nearest(name, secrets)
            )
        elif variable:
            _in_range(part, "low", low, variable.low / UNIT, variable.high / UNIT, variable.unit)
            _in_range(part, "high", high, variable.low / UNIT, variable.high / UNIT, variable.unit)
        if low > high:
            part.problem("low", f"low {low:g} is above high {high:g}", "low no higher than high", f"{high:g}")


def numbers_are_plausible(draft: Draft) -> None:
    """A number of the rules that the scenario overrides exists and stays in its plausible range."""
    for name, value in draft.scenario.numbers.items():
        part, number = Part(draft.source.situation, f"numbers.{name}", value), draft.scenario.table.numbers.get(name)
        if name not in draft.numbers:
            part.unknown("", "number", name, draft.numbers, "baghdad variables")
        elif number:
            _in_range(part, "", value, number.low / UNIT, number.high / UNIT, number.unit)


def everyone_asks(draft: Draft) -> None:
    """There is an ask by each of those who ask."""
    asking = {ask.by for ask in draft.scenario.asks}
    missing = [party for party in PARTIES if party not in asking]
    if draft.is_whole("asks") and missing and asking <= set(PARTIES):
        draft.whole.problem(
            "asks", f"nothing is asked by {' or '.join(missing)}", f"an ask by each of {', '.join(PARTIES)}"
        )


def contradictions_are_mutual(draft: Draft) -> None:
    """A promise that contradicts another exists, is another, and says the same of this one."""
    known, promises = draft.source.known("promises"), {p.id: p for p in draft.scenario.promises}
    for part in draft.top("promises"):
        for i, name in enumerate(part.value.against):
            field, other = f"against[{i}]", promises.get(name)
            if name not in known:
                part.unknown(field, "promise", name, known)
            elif name == part.value.id:
                part.problem(field, "a promise cannot contradict itself", "another promise")
            elif other and part.value.id not in other.against:
                what = f'"{name}" does not say that it contradicts "{part.value.id}"'
                part.problem(field, what, "promises that name each other", f'against = ["{part.value.id}"] in "{name}"')


def messages_go_between_two(draft: Draft) -> None:
    """A message goes from one capital to the other."""
    for part in draft.top("messages"):
        if part.value.from_ == part.value.to:
            part.problem("to", f'from and to both say "{part.value.to}"', "two different capitals")


def the_game_ends(draft: Draft) -> None:
    """The last ending holds after the last turn whatever has happened, and no other does."""
    endings = draft.top("endings")
    for i, part in enumerate(endings):
        is_last, always = i == len(endings) - 1, not part.value.when
        if is_last and draft.is_whole("endings") and not (always and part.value.at == "end"):
            part.problem("", "the last ending does not always hold", 'a last ending at = "end" without when')
        elif always and not is_last:
            part.problem(
                "", "this ending always holds and hides those after it", "an ending without when in the last place only"
            )


def endings_name_variables(draft: Draft) -> None:
    """A figure that an ending's sentence quotes is a variable."""
    for part in draft.top("endings"):
        for name in _PLACEHOLDER.findall(part.value.sentence):
            if name not in draft.names:
                part.unknown("sentence", "variable", name, draft.names, "baghdad variables")


CHECKS = (
    the_start_is_possible,
    the_shares_sum_to_100,
    secrets_can_be_drawn,
    numbers_are_plausible,
    everyone_asks,
    contradictions_are_mutual,
    messages_go_between_two,
    the_game_ends,
    endings_name_variables,
)
