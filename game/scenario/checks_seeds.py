"""Are the sheets of `seeds/` and their disagreements whole and well formed? Every problem with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from attrs import define

from game.scenario import library
from game.scenario.checks_draft import keys_in, listed
from game.scenario.checks_tables import CHOICES, FACT_KEY, RANGES
from game.scenario.files import WrittenSheet
from game.scenario.loader import File, shown
from game.world.facts import Empty, Fact, Sheet
from game.world.problems import Problem, Problems, nearest

SHEETS = "[0-9][0-9][0-9].toml"
TEXTS = ("title", "date_note", "viewpoint", "missing_voices", "reliability")
"""What the head of a sheet must say in words."""
YEARS = (1900, 2100)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@define
class Draft:
    """One sheet as read: its file, the sheet without facts, and each fact and empty paragraph at its dotted path."""

    file: File
    name: str
    sheet: Sheet
    facts: list[tuple[str, Fact]]
    empty: list[tuple[str, Empty]]

    @property
    def rows(self) -> list[tuple[str, Any]]:
        """Everything that may hold one of a few words or a number in a range."""
        return [("sheet", self.sheet), *self.facts, *self.empty]


def is_seeds(path: Path) -> bool:
    """Is this a folder of sheets, a sheet, or a file of disagreements?

    >>> is_seeds(library.folder("seeds")), is_seeds(library.folder("scenarios") / "gaza-spillover")
    (True, False)
    """
    if path.is_dir():
        return any(path.glob(SHEETS)) or (path / library.DISAGREEMENTS).is_file()
    return path.suffix == ".toml" and (path.name == library.DISAGREEMENTS or bool(re.fullmatch(r"\d{3}", path.stem)))


def check_seeds(path: Path) -> tuple[dict[str, int], list[Problem]]:
    """What a folder of sheets, or one file of it, holds, and everything that is wrong in it, file by file."""
    if not path.exists():
        raise Problems([Problem(str(path), "no file is there", "a folder of sheets, or one of its files")])
    counts, problems, taken = {"documents": 0, "facts": 0, "disagreements": 0}, list[Problem](), dict[str, str]()
    for sheet in sorted(path.glob(SHEETS)) if path.is_dir() else [path]:
        if sheet.name != library.DISAGREEMENTS:
            file, facts = _sheet(sheet, taken)
            counts["documents"] += 1
            counts["facts"] += facts
            problems += sorted(file.problems, key=file.line)
    disputes = path / library.DISAGREEMENTS if path.is_dir() else path
    if disputes.name == library.DISAGREEMENTS and disputes.is_file():
        file, counts["disagreements"] = _disagreements(disputes)
        problems += sorted(file.problems, key=file.line)
    return counts, problems


def _sheet(path: Path, taken: dict[str, str]) -> tuple[File, int]:
    file = library.open_file(path, f"{path.resolve().parent.name}/{path.name}")
    if not file.raw:
        return file, 0
    sheet = library.sheet_of(file)
    if sheet is not None:
        draft = Draft(file, path.stem, sheet, _placed(file, "facts", sheet.facts), _placed(file, "empty", sheet.empty))
        for check in CHECKS:
            check(draft)
    _unique(file, taken)
    return file, len(_rows(file, "facts"))


def _rows(file: File, kind: str) -> list[dict[str, Any]]:
    """The rows as written, in their places; what is no table counts as an empty one."""
    rows = file.raw.get(kind, ())
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


def _placed(file: File, kind: str, values: tuple[Any, ...]) -> list[tuple[str, Any]]:
    """Each value at the row it is written in; rows that could not be read are left out."""
    name = "key" if kind == "facts" else "paragraph"
    written, found, row = [part.get(name) for part in _rows(file, kind)], [], 0
    for value in values:
        row = written.index(getattr(value, name), row)
        found.append((f"{kind}[{row}]", value))
        row += 1
    return found


def _unique(file: File, taken: dict[str, str]) -> None:
    """No two facts share a key, in whichever sheets they stand."""
    for i, row in enumerate(_rows(file, "facts")):
        key = row.get("key")
        if isinstance(key, str):
            where = file.where(f"facts[{i}].key")
            first = taken.setdefault(key, where)
            if first != where:
                what = f'the key "{key}" is taken: {first.replace("  ", " ")}'
                file.problem(f"facts[{i}].key", what, "a key of its own for each fact")


def _disagreements(path: Path) -> tuple[File, int]:
    file = library.open_file(path, f"{path.resolve().parent.name}/{path.name}")
    known = sorted(key for sheet in sorted(path.parent.glob(SHEETS)) for key in keys_in(sheet, "key"))
    rows = library.disagreements_of(file, known)
    if not file.problems:
        for i, row in enumerate(rows):
            if not row.question.endswith("?"):
                what = f"this says {shown(row.question)}"
                file.problem(f"disagreements[{i}].question", what, "a question", f"{row.question.rstrip('.')}?")
    return file, len(rows)


# ---- the checks of one sheet


def the_head_is_whole(draft: Draft) -> None:
    """A sheet is called after its document, says what it is in words, and names the sum of its original."""
    sheet, file = draft.sheet, draft.file
    if sheet.id != draft.name:
        file.problem("sheet.id", f'this says "{sheet.id}"', "the name of its file", draft.name)
    for name in TEXTS:
        if not getattr(sheet, name).strip():
            file.problem(f"sheet.{name}", "this text is empty", "words for the reader")
    if not re.fullmatch("[0-9a-f]{64}", sheet.sha256):
        what, allowed = f"this says {shown(sheet.sha256)}", "64 figures and letters a to f, as sha256sum prints them"
        file.problem("sheet.sha256", what, allowed)
    if not YEARS[0] <= date.fromisoformat(sheet.date).year <= YEARS[1]:
        file.problem("sheet.date", f"this says {sheet.date}", f"a day from {YEARS[0]} to {YEARS[1]}")


def words_are_known(draft: Draft) -> None:
    """Keys that take one of a few words say one of them."""
    for path, value in draft.rows:
        kind = WrittenSheet if isinstance(value, Sheet) else type(value)
        for (owner, name), known in CHOICES.items():
            word = getattr(value, name) if owner is kind else ""
            if owner is kind and word not in known:
                draft.file.problem(f"{path}.{name}", f"this says {shown(word)}", listed(known), nearest(word, known))


def numbers_lie_in_their_range(draft: Draft) -> None:
    """There is at least one paragraph, and each fact and each reason stands in one that the document has."""
    last = draft.sheet.paragraphs
    for path, value in draft.rows:
        kind = WrittenSheet if isinstance(value, Sheet) else type(value)
        for (owner, name), (low, _) in RANGES.items():
            number = getattr(value, name) if owner is kind else 0
            if owner is kind and (number < low or (name == "paragraph" and number > last >= 1)):
                allowed = f"{low:g} or more" if name == "paragraphs" else f"1 to {last}, the paragraphs of this sheet"
                draft.file.problem(f"{path}.{name}", f"this says {number}", allowed)


def keys_say_where_a_fact_stands(draft: Draft) -> None:
    """A key is made of the document, the paragraph and a few words."""
    for path, fact in draft.facts:
        start = f"{draft.sheet.id}-p{fact.paragraph}-"
        if not (re.fullmatch(FACT_KEY, fact.key) and fact.key.startswith(start)):
            slug = re.sub(r"^\d+-p\d+-", "", "-".join(re.findall("[a-z0-9]+", fact.key.lower()))) or "a-few-words"
            allowed = f"{start} and then words joined by hyphens"
            draft.file.problem(f"{path}.key", f"this says {shown(fact.key)}", allowed, start + slug)


def facts_say_what_and_who(draft: Draft) -> None:
    """A fact has a text and somebody who says so; a paragraph without facts has a reason."""
    texts = [(f"{path}.{name}", getattr(fact, name)) for path, fact in draft.facts for name in ("who", "text")]
    texts += [(f"{path}.why", row.why) for path, row in draft.empty]
    for path, text in texts:
        if not text.strip():
            draft.file.problem(path, "this text is empty", "words for the reader")


def dates_exist(draft: Draft) -> None:
    """A fact's date is a day, a month, a year or a span of them; only a prediction lies after its document."""
    for path, fact in draft.facts:
        ends = [first_day(part) for part in fact.when.split("/")]
        if None in ends or len(ends) > 2:
            allowed = "a day, a month or a year such as 2023-12-11, 2023-12 or 2023, or two of them with / between"
            draft.file.problem(f"{path}.when", f"this says {shown(fact.when)}", allowed)
            continue
        days = [day for day in ends if day is not None]
        if days != sorted(set(days)):
            fix = "/".join(reversed(fact.when.split("/"))) if days != sorted(days) else fact.when.split("/")[0]
            draft.file.problem(f"{path}.when", f"this says {shown(fact.when)}", "a span that ends after it begins", fix)
        elif days[0] > date.fromisoformat(draft.sheet.date) and fact.kind != "prediction":
            what = f"this says {shown(fact.when)}; the document is of {draft.sheet.date}"
            draft.file.problem(f"{path}.when", what, f"{draft.sheet.date} or earlier, or the kind prediction")


def first_day(text: str) -> date | None:
    """The first day of a day, a month or a year as a sheet writes it, None if there is no such date.

    >>> first_day("2019-12"), first_day("2019-13"), first_day("soon")
    (datetime.date(2019, 12, 1), None, None)
    """
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def paragraphs_are_accounted_for(draft: Draft) -> None:
    """Every paragraph has a fact or one reason why it has none, and not both."""
    told, seen = {fact.paragraph for _, fact in draft.facts}, set[int]()
    for path, row in draft.empty:
        if row.paragraph in told:
            what = f"paragraph {row.paragraph} has facts and a reason why it has none"
            draft.file.problem(f"{path}.paragraph", what, "one of the two")
        elif row.paragraph in seen:
            draft.file.problem(f"{path}.paragraph", f"paragraph {row.paragraph} stands twice", "each paragraph once")
        seen.add(row.paragraph)
    if len(draft.facts) + len(draft.empty) < len(_rows(draft.file, "facts")) + len(_rows(draft.file, "empty")):
        return  # the missing ones may be those that could not be read
    for paragraph in _missing(draft.sheet.paragraphs, told | seen):
        what = f"paragraph {paragraph} has neither a fact nor a reason why it has none"
        draft.file.problem("sheet.paragraphs", what, "each paragraph with one of the two", "[[empty]]")


def _missing(paragraphs: int, known: set[int]) -> Iterator[int]:
    return (number for number in range(1, min(paragraphs, 1000) + 1) if number not in known)


CHECKS: tuple[Callable[[Draft], None], ...] = (
    the_head_is_whole,
    words_are_known,
    numbers_lie_in_their_range,
    keys_say_where_a_fact_stands,
    facts_say_what_and_who,
    dates_exist,
    paragraphs_are_accounted_for,
)
