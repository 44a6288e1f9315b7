"""Can every dilemma be dealt and answered, and does the pack last the game?"""

from __future__ import annotations

from game.scenario.checks_draft import Draft
from game.scenario.conditions import VariableCondition
from game.scenario.model import Dilemma, Initiative, Option

CONDITIONAL = ("forced", "due")
"""Tiers whose every opening has a condition."""
PACK = 24
"""From so many dilemmas on, a scenario owes its players some variety."""


def one_option_is_quiet(draft: Draft) -> None:
    """Exactly one option of each dilemma is quiet, and it is never barred."""
    for part in draft.top("dilemmas"):
        quiet = [i for i, option in enumerate(part.value.options) if option.quiet]
        if not quiet:
            part.problem("options", "no option is quiet", "exactly one quiet option", "quiet = true")
        for i in quiet[1:]:
            what = f"option {quiet[0] + 1} is quiet already"
            part.problem(f"options[{i}].quiet", what, "exactly one quiet option", "quiet = false")
        for i in quiet[:1]:
            if part.value.options[i].needs:
                part.problem(f"options[{i}].needs", "the quiet option can be barred", "a quiet option without needs")


def what_can_be_barred_says_why(draft: Draft) -> None:
    """`needs` and `barred` come together."""
    for part in draft.of(Option, Initiative):
        if part.value.needs and not part.value.barred:
            part.problem("needs", "nothing is said when this is barred", "needs together with barred", 'barred = "…"')
        if part.value.barred and not part.value.needs:
            part.problem("barred", "nothing can bar this", "barred together with needs", "needs = [ … ]")


def openings_can_be_reached(draft: Draft) -> None:
    """An opening without a condition comes last, and not in a tier that something must force."""
    for part in draft.top("dilemmas"):
        openings, tier = part.value.openings, part.value.tier
        for i, opening in enumerate(openings):
            if not opening.when and tier in CONDITIONAL:
                what = f"this opening always holds, but the tier is {tier}"
                part.problem(f"openings[{i}]", what, "a condition in every opening", "when = [ … ]")
            elif not opening.when and i < len(openings) - 1:
                what = "this opening always holds and hides those after it"
                part.problem(f"openings[{i}]", what, "an opening without when in the last place only")


def the_pack_lasts(draft: Draft) -> None:
    """Each card is dealt once, so every turn has one of its own that comes then, or one that can always be dealt."""
    cards, turns = draft.scenario.dilemmas, draft.scenario.turns
    always = sum(card.is_always_eligible or not card.openings for card in cards)
    own = {turn for turn in range(turns) if any(_is_of_turn(card, turn, turns) for card in cards)}
    if draft.is_whole("dilemmas") and always + len(own) < turns:
        what = f"{always} of {len(cards)} dilemmas can always be dealt; the game has {turns} turns"
        what += f", {len(own)} of them with a dilemma of its own" if own else ""
        draft.cards.problem("dilemmas", what, "at least one for each turn", "an opening without when in more of them")


def _is_of_turn(card: Dilemma, turn: int, turns: int) -> bool:
    """Does this card come when so many turns are played, whatever has happened, and at no other time?"""
    if card.tier not in CONDITIONAL or len(card.openings) != 1:
        return False
    conditions = [each for each in card.openings[0].when if isinstance(each, VariableCondition)]
    if len(conditions) < len(card.openings[0].when) or any(each.variable != "turn" for each in conditions):
        return False
    return [now for now in range(turns) if all(_lies(each, now) for each in conditions)] == [turn]


def _lies(condition: VariableCondition, value: int) -> bool:
    low, high = condition.at_least, condition.at_most
    return (low is None or low <= value) and (high is None or value <= high)


def few_dilemmas_ask_which_capital(draft: Draft) -> None:
    """In a full pack at most a third ask which capital."""
    cards = draft.scenario.dilemmas
    count = sum(card.question == "which-capital" for card in cards)
    if draft.is_whole("dilemmas") and len(cards) >= PACK and 3 * count > len(cards):
        what = f"{count} of {len(cards)} dilemmas ask which-capital"
        draft.cards.problem("dilemmas", what, f"at most a third: {len(cards) // 3}")


def iraqis_act_unasked(draft: Draft) -> None:
    """In a full pack at least a third open with an Iraqi acting unasked."""
    cards = draft.scenario.dilemmas
    count = sum(card.iraqi_voice for card in cards)
    if draft.is_whole("dilemmas") and len(cards) >= PACK and 3 * count < len(cards):
        what = f"{count} of {len(cards)} dilemmas open with an Iraqi acting unasked"
        draft.cards.problem("dilemmas", what, f"at least a third: {-(-len(cards) // 3)}", "iraqi_voice = true")


CHECKS = (
    one_option_is_quiet,
    what_can_be_barred_says_why,
    openings_can_be_reached,
    the_pack_lasts,
    few_dilemmas_ask_which_capital,
    iraqis_act_unasked,
)
