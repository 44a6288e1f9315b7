"""A JSON Schema of each file an author writes, made from the classes and tables that read and check it.

Editors complete and check TOML with it. `python -m game.scenario.schema docs/schema` writes them; a test holds the
committed ones against these.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import attrs

from game.scenario import files
from game.scenario.checks_tables import CHOICES, FACT_KEY, NAME, NAMES, RANGES, SIZES, WORDS, key
from game.scenario.conditions import Condition
from game.scenario.effects import Effect
from game.scenario.loader import FORMAT
from game.scenario.words import CONDITIONS, EFFECTS
from game.world.facts import Fact

FILES: Mapping[str, type] = {
    "scenario": files.SituationFile,
    "cards": files.CardsFile,
    "initiatives": files.InitiativesFile,
    "world": files.WorldFile,
    "systems": files.SystemsFile,
    "sheet": files.SheetFile,
    "disagreements": files.DisagreementsFile,
}
"""Each schema by name, with the class of its file."""

DRAFT = "http://json-schema.org/draft-07/schema#"
PLAIN: Mapping[Any, dict[str, str]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
}
VOCABULARY: Mapping[Any, Mapping[str, Any]] = {Condition: CONDITIONS, Effect: EFFECTS}
KEYS_OF_FACTS = ("facts", "history")

Schema = dict[str, Any]


def schema(name: str) -> Schema:
    """The schema of a file by its name in FILES.

    >>> schema("cards")["properties"]["dilemmas"]["items"]
    {'$ref': '#/definitions/Dilemma'}
    """
    definitions: dict[str, Schema] = {}
    top = _table(FILES[name], definitions)
    rest = {"definitions": dict(sorted(definitions.items()))} if definitions else {}
    return {"$schema": DRAFT, "title": f"{name}.toml", **top, **rest}


def text(name: str) -> str:
    """The schema as it is committed."""
    return json.dumps(schema(name), indent=1, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write every schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / f"{name}.schema.json").write_text(text(name), encoding="utf-8", newline="\n")


def _table(kind: Any, definitions: dict[str, Schema]) -> Schema:
    fields, hints = attrs.fields(kind), get_type_hints(kind)
    return {
        "description": (kind.__doc__ or "").split("\n")[0],
        "type": "object",
        "properties": {key(f.name): _field(kind, f.name, hints[f.name], definitions) for f in fields},
        "required": [key(f.name) for f in fields if f.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _field(kind: type, name: str, hint: Any, definitions: dict[str, Schema]) -> Schema:
    found = _kind(hint, definitions)
    if name == "format":
        found |= {"const": FORMAT}
    if (kind, name) in CHOICES:
        found |= {"enum": list(CHOICES[kind, name])}
    if (kind, name) in NAMES:
        found |= {"pattern": f"^{NAME}$"}
    if (kind, name) in WORDS:
        found |= {"description": f"At most {WORDS[kind, name]} words."}
    if name in KEYS_OF_FACTS and found.get("items") == PLAIN[str]:
        found["items"] = PLAIN[str] | {"pattern": f"^{FACT_KEY}$"}
    if (kind, name) == (Fact, "key"):
        found |= {"pattern": f"^{FACT_KEY}$"}
    return (
        found
        | _ends(RANGES.get((kind, name)), "minimum", "maximum")
        | _ends(SIZES.get((kind, name)), "minItems", "maxItems")
    )


def _ends(ends: tuple[float, float | None] | None, low: str, high: str) -> Schema:
    if ends is None:
        return {}
    return {low: ends[0]} | ({} if ends[1] is None else {high: ends[1]})


def _kind(hint: Any, definitions: dict[str, Schema]) -> Schema:
    origin, inner = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if hint in VOCABULARY:
        return _vocabulary(hint, definitions)
    if NoneType in inner:
        return _kind(next(part for part in inner if part is not NoneType), definitions)
    if origin is tuple:
        return {"type": "array", "items": _kind(inner[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _kind(inner[1], definitions)}
    return _reference(hint, definitions)


def _reference(kind: Any, definitions: dict[str, Schema]) -> Schema:
    definitions[kind.__name__] = _table(kind, definitions)
    return {"$ref": f"#/definitions/{kind.__name__}"}


def _vocabulary(kind: type, definitions: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}  # a condition may hold conditions
        definitions[name] = {"anyOf": [_word(word, definitions) for word in VOCABULARY[kind].values()]}
    return {"$ref": f"#/definitions/{name}"}


def _word(word: Any, definitions: dict[str, Schema]) -> Schema:
    reference = _reference(word, definitions)
    definitions[word.__name__] |= {"description": word.meaning, "examples": [word.example]}
    return reference


if __name__ == "__main__":
    write(Path(sys.argv[1]))
