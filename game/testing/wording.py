"""The same scenario told in other words, to show that words decide nothing."""

from __future__ import annotations

from typing import Any

import attrs

from game.scenario.model import Scenario
from game.world.variables import Number, Variable

WORDS = frozenset({
    "title", "text", "briefing", "content_note", "who", "barred", "assumption", "sentence", "what", "label", "task",
    "washington", "tehran", "baghdad", "resisted_by",
})  # fmt: skip
"""The fields that hold prose."""


def reworded(scenario: Scenario) -> Scenario:
    """The same scenario told in other words."""
    told: Scenario = _reworded(scenario)
    return told


def _reworded(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_reworded(part) for part in value)
    if isinstance(value, dict):
        return {key: _reworded(part) for key, part in value.items()}
    if not attrs.has(type(value)) or isinstance(value, Number):
        return value
    changes: dict[str, Any] = {}
    for field in attrs.fields(type(value)):
        found = getattr(value, field.name)
        is_prose = field.name in WORDS and isinstance(found, str) and not isinstance(value, Variable)
        if is_prose or (isinstance(value, Variable) and field.name in ("label", "what")):
            changes[field.name] = f"{found} Otherwise said."
        elif field.init and not isinstance(found, str):
            changes[field.name] = _reworded(found)
    return attrs.evolve(value, **changes)
