"""Hold the sheets in seeds/ against the original documents: same files, all read, none copied.

The originals are not kept here. Name the folder that holds them (files whose names start with
000_ to 004_) in the environment variable BAGHDAD_ORIGINALS; without it these tests are skipped.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHEETS = ("000", "001", "002", "003", "004")
RUN = 6
"""So many words in the order of a document count as copied."""

APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
WORD = re.compile(r"\w+")


def original(sheet: str) -> Path:
    """Return the one original of a sheet, or skip if no folder of originals is named."""
    folder = os.environ.get("BAGHDAD_ORIGINALS")
    if not folder:
        pytest.skip("BAGHDAD_ORIGINALS names no folder of original documents")
    found = sorted(Path(folder).glob(f"{sheet}_*"))
    assert len(found) == 1, f"{folder}: one file must start with {sheet}_, found {len(found)}"
    return found[0]


def read_sheet(sheet: str) -> dict[str, Any]:
    """Return the parsed seeds/NNN.toml."""
    return tomllib.loads((ROOT / "seeds" / f"{sheet}.toml").read_text(encoding="utf-8"))


def paragraphs(text: str) -> list[str]:
    """Return the lines that are not blank; paragraph 1 is the first of them."""
    return [line for line in text.split("\n") if line.strip()]


def words(text: str) -> Iterator[tuple[str, int]]:
    """Yield each lower-cased word, apostrophes dropped, with the number of its line."""
    for number, line in enumerate(text.split("\n"), start=1):
        for match in WORD.finditer(APOSTROPHES.sub("", line.lower())):
            yield match.group(), number


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of RUN words in a document."""
    sequence = [word for word, _ in words(text)]
    return {tuple(sequence[at : at + RUN]) for at in range(len(sequence) - RUN + 1)}


def copied(text: str, forbidden: set[tuple[str, ...]]) -> list[tuple[int, str]]:
    """Return each forbidden run that stands in the text, with the line where it starts."""
    sequence = list(words(text))
    found = []
    for at in range(len(sequence) - RUN + 1):
        run = tuple(word for word, _ in sequence[at : at + RUN])
        if run in forbidden:
            found.append((sequence[at][1], " ".join(run)))
    return found


def repository_texts() -> Iterator[tuple[str, str]]:
    """Yield path and text of every file that git tracks or would offer to track."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    for name in sorted(set(filter(None, os.fsdecode(listed).split("\0")))):
        path = ROOT / name
        if not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheet_names_the_file_it_was_made_from(sheet: str) -> None:
    """The sha256 in the sheet is that of the original, byte for byte."""
    digest = hashlib.sha256(original(sheet).read_bytes()).hexdigest()

    assert digest == read_sheet(sheet)["sheet"]["sha256"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_file_copies_a_run_of_words(sheet: str) -> None:
    """No text file of the repository holds six words in the order of a document."""
    forbidden = runs(original(sheet).read_text(encoding="utf-8"))
    assert forbidden, f"the original of {sheet} is too short to hold a run of {RUN} words"

    found = [f"{name}:{line}: {run}" for name, text in repository_texts() for line, run in copied(text, forbidden)]

    assert not found, f"copied from document {sheet}:\n" + "\n".join(found)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_paragraph_has_been_read(sheet: str) -> None:
    """Each paragraph has a fact or a row that says why it has none; no number is out of range."""
    count = len(paragraphs(original(sheet).read_text(encoding="utf-8")))
    parsed = read_sheet(sheet)
    facts = [row["paragraph"] for row in parsed.get("facts", [])]
    empty = [row["paragraph"] for row in parsed.get("empty", [])]
    expected = set(range(1, count + 1))

    assert count == parsed["sheet"]["paragraphs"]
    assert sorted(expected) == sorted({*facts, *empty})
    assert not set(facts) & set(empty), "a paragraph has facts and is also listed as empty"
    assert len(empty) == len(set(empty)), "a paragraph is listed as empty twice"
    assert all(row["why"].strip() for row in parsed.get("empty", []))


def test_copying_is_noticed_across_lines_case_and_apostrophes() -> None:
    """A run counts although it is broken over lines, set in capitals or written with signs."""
    forbidden = runs("The ferryman\u2019s daughter counts nine lamps tonight.")

    assert copied('a = 1\nb = "THE Ferryman\'s daughter,\ncounts: nine (lamps)"', forbidden) == [
        (2, "the ferrymans daughter counts nine lamps")
    ]
    assert copied("the ferrymans daughter counts nine candles tonight", forbidden) == []
