"""The saves of a class: the games that can be read, and what is wrong with each file that cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from game.play.match import Match
from game.play.saves import loads, read
from game.scenario.model import Scenario
from game.world.problems import Diverged, Problems


@frozen
class Played:
    """A game that somebody in the class played, by the name of its file."""

    name: str
    match: Match


@frozen
class Refused:
    """A file that is no game of this class, and why."""

    name: str
    why: str


def gather(paths: Iterable[Path], scenario: Scenario | None = None) -> tuple[tuple[Played, ...], tuple[Refused, ...]]:
    """The games of these saves and of every save in these folders, and what is refused.

    `scenario` is that of saves which name one that is not bundled. All games of a class are of one scenario, that of
    most of them (of the first, where as many are of another); the others are refused.
    """
    played: list[Played] = []
    refused: list[Refused] = []
    for name, path in _named(_files(paths)):
        try:
            if path.is_dir():
                refused.append(Refused(name, "no save (*.json) lies in this folder"))
            else:
                played.append(Played(name, loads(read(path), scenario, path.name)))
        except OSError as error:
            refused.append(Refused(name, f"{error.strerror or error}"))
        except Problems as problems:
            refused.append(Refused(name, "; ".join(problem.what for problem in problems.problems)))
        except Diverged as error:
            refused.append(Refused(name, f"it does not replay: turn {error.turn} differs first in {error.variable}"))
    return _of_one_scenario(played, refused)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    seen = set()
    for path in paths:
        inside = sorted(path.glob("*.json")) if path.is_dir() else []
        for file in inside or [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _named(files: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Each file by its stem, with its folder where two are called alike."""
    files = list(files)
    stems = Counter(file.stem for file in files)
    for file in files:
        yield (file.stem if stems[file.stem] == 1 else f"{file.parent.name}/{file.stem}"), file


def _of_one_scenario(played: list[Played], refused: list[Refused]) -> tuple[tuple[Played, ...], tuple[Refused, ...]]:
    counts = Counter(each.match.scenario.id for each in played)
    if not counts:
        return (), tuple(refused)
    ((usual, _), *_) = counts.most_common(1)
    of_class = tuple(each for each in played if each.match.scenario.id == usual)
    for each in played:
        if each.match.scenario.id != usual:
            why = f"a game of {each.match.scenario.id}, while this class played {usual}"
            refused.append(Refused(each.name, why))
    return of_class, tuple(refused)
