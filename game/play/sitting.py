"""A sitting: a game and the save that holds it; every turn is on disk before anyone sees what came of it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import define, frozen

from game.play.match import Match, start
from game.play.saves import Save, home, loads, sweep
from game.scenario.model import Scenario
from game.world.problems import Problem, Problems


@frozen
class SavedGame:
    """A save as a list shows it; `ending` is "" while it goes on."""

    path: Path
    scenario: str
    seed: int
    turn: int
    ending: str
    iron: bool
    changed: float


@define
class Sitting:
    """A game being played. `play` and `undo` write the save first and only then change `match`.

    If the disk refuses, OSError comes through and `match` is what it was. `called` is what the scenario was started
    by where that is not its id: the path of its folder.
    """

    match: Match
    save: Save
    called: str = ""

    def play(self, option: str, *initiatives: str, **rest: Any) -> Match:
        """One turn further, saved."""
        return self._keep(self.match.play(option, *initiatives, **rest))

    def undo(self) -> Match:
        """One turn back, saved."""
        return self._keep(self.match.undo())

    def _keep(self, match: Match) -> Match:
        self.save.write(match)
        self.match = match
        return match

    def resume_command(self) -> str:
        """The command that goes on with this game."""
        return resume_command(self.match, self.called)

    def command(self, name: str) -> str:
        """A command given its save, as `baghdad replay` with the path."""
        where = f" --scenario {shlex.quote(self.called)}" if self.called else ""
        return f"baghdad {name} {shlex.quote(str(self.save.path))}{where}"

    def close(self) -> None:
        """Let the save go."""
        self.save.close()


def resume_command(match: Match, called: str = "") -> str:
    """The command that goes on with a game of the scenario that is called so, by its id if it is bundled."""
    return f"baghdad play {shlex.quote(called or match.scenario.id)} --seed {match.seed} --resume"


def folder() -> Path:
    """Where saves are kept."""
    return home() / "saves"


def begin(
    scenario: Scenario,
    seed: int,
    values: Mapping[str, float] | None = None,
    iron: bool = False,
    study: bool = False,
    keep: Path | None = None,
) -> Sitting:
    """A new game with a save of its own, already on disk; raises Problems and OSError."""
    match = start(scenario, seed, values=values, iron=iron, study=study)
    sweep(keep or folder())
    save = Save(_free_name(keep or folder(), f"{scenario.id}-{seed}"))
    sitting = Sitting(match, save)
    save.write(match)
    return sitting


def resume(path: Path, scenario: Scenario | None = None) -> Sitting:
    """The game of a save, held until the sitting is closed; raises Problems, Diverged and OSError."""
    if not path.is_file():
        raise Problems([Problem(str(path), "there is no such save", fix="baghdad play SCENARIO starts a new game")])
    sweep(path.parent)
    save = Save(path)
    try:
        return Sitting(loads(save.read() or "", scenario, path.name), save)
    except BaseException:
        save.close()
        raise


def _free_name(place: Path, stem: str) -> Path:
    path, count = place / f"{stem}.json", 1
    while path.exists():
        count += 1
        path = place / f"{stem}-{count}.json"
    return path


def saved_games(keep: Path | None = None) -> list[SavedGame]:
    """The saves that can be read, the latest first; what is no save is passed over."""
    found = []
    for path in (keep or folder()).glob("*.json"):
        try:
            found.append(_listed(path))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda saved: -saved.changed)


def _listed(path: Path) -> SavedGame:
    saved = json.loads(path.read_text(encoding="utf-8"))
    turns = saved["turns"]
    over = bool(turns) and bool(turns[-1]["values"].get("ending"))
    ending = "over" if over else ""
    return SavedGame(
        path,
        saved["scenario"],
        saved["seed"],
        len(turns),
        ending,
        saved["settings"].get("iron", False),
        path.stat().st_mtime,
    )


def latest(scenario: str, seed: int | None = None, keep: Path | None = None) -> Path | None:
    """The save of this scenario (and seed) that was last played and is not over."""
    for saved in saved_games(keep):
        if saved.scenario == scenario and not saved.ending and seed in (None, saved.seed):
            return saved.path
    return None
