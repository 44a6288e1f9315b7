"""The committed schemas are those of the code, and the files that load are valid by them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_checker import build, edits_of

from game.scenario import library, schema
from game.scenario.words import CONDITIONS, EFFECTS

ROOT = Path(__file__).resolve().parent.parent
BAD = ROOT / "tests" / "bad"
TYPES: dict[str, Any] = {
    "string": (str, date),
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
}
SILENT = {"$schema", "title", "description", "examples", "definitions", "format"}


@pytest.mark.parametrize("name", schema.FILES)
def test_the_committed_schema_is_that_of_the_code(name: str) -> None:
    committed = (ROOT / "docs" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema.text(name), "write it anew: python -m game.scenario.schema docs/schema"


def files() -> Iterator[tuple[str, Path]]:
    for root in (ROOT, BAD / "_minimal"):
        yield from (("scenario", path) for path in sorted((root / "scenarios").glob("*/scenario.toml")))
        yield from (("cards", path) for path in sorted((root / "scenarios").glob("*/cards.toml")))
        yield from ((name, root / "scenarios" / f"{name}.toml") for name in ("world", "initiatives", "systems"))
        yield from (("sheet", path) for path in sorted((root / "seeds").glob("[0-9]*.toml")))
        yield "disagreements", root / "seeds" / "disagreements.toml"


@pytest.mark.parametrize(("name", "path"), list(files()), ids=lambda value: getattr(value, "stem", value))
def test_files_that_load_are_valid(name: str, path: Path) -> None:
    made = schema.schema(name)
    assert list(faults(tomllib.loads(path.read_text(encoding="utf-8")), made, made)) == []


@pytest.mark.parametrize("word", [*CONDITIONS.values(), *EFFECTS.values()], ids=lambda word: str(word.__name__))
def test_the_example_of_each_word_is_valid(word: Any) -> None:
    made = schema.schema("cards")
    example = tomllib.loads(f"a = {word.example}")["a"]
    assert list(faults(example, {"$ref": f"#/definitions/{word.__name__}"}, made)) == []


@pytest.mark.parametrize(
    ("case", "name", "file"),
    [
        ("unknown-key", "cards", "minimal/cards.toml"),
        ("missing-key", "cards", "minimal/cards.toml"),
        ("wrong-type-text", "cards", "minimal/cards.toml"),
        ("unknown-tier", "cards", "minimal/cards.toml"),
        ("id-with-capitals", "cards", "minimal/cards.toml"),
        ("two-options", "cards", "minimal/cards.toml"),
        ("difficulty-too-high", "cards", "minimal/cards.toml"),
        ("no-such-effect", "cards", "minimal/cards.toml"),
        ("newer-format", "scenario", "minimal/scenario.toml"),
        ("price-too-high", "initiatives", "initiatives.toml"),
        ("four-initiatives", "initiatives", "initiatives.toml"),
    ],
)
def test_a_schema_refuses_what_it_can_see(case: str, name: str, file: str, tmp_path: Path) -> None:
    build(tmp_path, edits_of(BAD / f"{case}.toml"))
    made = schema.schema(name)
    assert list(faults(tomllib.loads((tmp_path / "scenarios" / file).read_text(encoding="utf-8")), made, made))


def test_every_bundled_file_has_a_schema() -> None:
    assert library.folder("scenarios").is_dir()
    assert {name for name, _ in files()} == set(schema.FILES)


def faults(value: Any, asked: dict[str, Any], root: dict[str, Any], path: str = "") -> Iterator[str]:
    """Say where a value breaks a schema; knows the keywords that our schemas use and no others."""
    for word, said in asked.items():
        if word == "$ref":
            yield from faults(value, root["definitions"][said.rpartition("/")[2]], root, path)
        elif word == "anyOf":
            if all(list(faults(value, part, root, path)) for part in said):
                yield f"{path}: none of them fits"
        elif word == "properties":
            for key in value.keys() & said.keys() if isinstance(value, dict) else ():
                yield from faults(value[key], said[key], root, f"{path}.{key}")
        elif word == "items":
            for i, part in enumerate(value if isinstance(value, list) else ()):
                yield from faults(part, said, root, f"{path}[{i}]")
        elif word == "additionalProperties":
            for key in sorted(value.keys() - asked.get("properties", {}).keys()) if isinstance(value, dict) else ():
                yield from (
                    [f"{path}.{key}: unknown"] if said is False else faults(value[key], said, root, f"{path}.{key}")
                )
        elif not fits(word, said, value):
            yield f"{path}: {word} {said}"


def fits(word: str, said: Any, value: Any) -> bool:
    """Does a value fit one plain keyword?"""
    if word == "type":
        return isinstance(value, TYPES[said]) and not (isinstance(value, bool) and said in ("integer", "number"))
    if word == "required":
        return not isinstance(value, dict) or set(said) <= value.keys()
    if word in ("enum", "const"):
        return bool(value in said if word == "enum" else value == said)
    if word == "pattern":
        return not isinstance(value, str) or re.search(said, value) is not None
    if word in ("minimum", "maximum"):
        return not isinstance(value, int | float) or (value >= said if word == "minimum" else value <= said)
    if word in ("minItems", "maxItems"):
        return not isinstance(value, list) or (len(value) >= said if word == "minItems" else len(value) <= said)
    assert word in SILENT, f"this test knows no keyword {word}"
    return True


def test_the_schemas_are_written_to_a_folder(tmp_path: Path) -> None:
    schema.write(tmp_path / "schema")
    assert {path.name for path in (tmp_path / "schema").iterdir()} == {f"{name}.schema.json" for name in schema.FILES}


def test_the_schemas_are_json() -> None:
    assert all(json.loads(schema.text(name))["type"] == "object" for name in schema.FILES)
