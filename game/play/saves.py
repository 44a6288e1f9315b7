"""The file of a game: JSON without a clock, replayed and compared on loading, written so that a kill loses nothing.

A turn is written to a temporary file, fsynced and renamed over the save; a lock refuses a second process.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from attrs import evolve

from game import __version__
from game.play.match import Match, PlayedOrders, State, Turn, start
from game.scenario.checker import load
from game.scenario.model import Scenario
from game.world.problems import Diverged, IllegalOrder, Problem, Problems

FORMAT = 2


def _every(kind: type | tuple[type, ...]) -> Callable[[Any], bool]:
    def fits(value: Any) -> bool:
        parts = value.values() if isinstance(value, dict) else value
        return all(isinstance(part, kind) and not isinstance(part, bool) for part in parts)

    return fits


def _any(value: Any) -> bool:
    return True


Keys = Mapping[str, tuple[type | tuple[type, ...], Callable[[Any], bool], str]]
KEYS: Keys = {
    "format": (int, _any, "a whole number"),
    "game": (str, _any, "a text"),
    "scenario": (str, _any, "a text"),
    "content": (str, _any, "a text"),
    "seed": (int, _any, "a whole number"),
    "run": (int, _any, "a whole number"),
    "settings": (dict, _any, "a table of values and parameters"),
    "turns": (list, _any, "a list of turns"),
}
SETTING_KEYS: Keys = {
    "values": (dict, _every((int, float)), "a table of numbers"),
    "parameters": (dict, _every((int, float)), "a table of numbers"),
    "iron": (bool, _any, "true or false"),
    "study": (bool, _any, "true or false"),
}
TURN_KEYS: Keys = {
    "dilemma": (str, _any, "a text"),
    "option": (str, _any, "a text"),
    "initiatives": (list, _every(str), "a list of texts"),
    "postures": (dict, _every(str), "a table of seats"),
    "injects": (list, _every(str), "a list of texts"),
    "prediction": ((dict, list, str, int, float, bool, type(None)), _any, "anything"),
    "values": (dict, _every(int), "a table of whole numbers"),
    "digest": (str, _any, "a text"),
}


def dumps(match: Match) -> str:
    """The text of a save."""
    saved = {
        "format": FORMAT,
        "game": __version__,
        "scenario": match.scenario.id,
        "content": match.scenario.content,
        "seed": match.seed,
        "run": match.run,
        "settings": {
            "values": dict(match.given),
            "parameters": dict(match.parameters),
            "iron": match.iron,
            "study": match.study,
        },
        "turns": [_turn(turn) for turn in match.turns],
    }
    head = {key: value for key, value in saved.items() if key != "turns"}
    rows = ",\n  ".join(_one_line(row) for row in saved["turns"])  # type: ignore[attr-defined]
    return _one_line(head)[:-1] + ', "turns": [' + (f"\n  {rows}\n" if rows else "") + "]}\n"


def _one_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), sort_keys=False)


def _turn(turn: Turn) -> dict[str, Any]:
    values = {v.name: turn.after[v.name] for v in turn.after.layout if v.unit != "slot" or turn.after[v.name]}
    return {**_orders(turn), "values": values, "digest": digest(turn)}


def _orders(turn: Turn) -> dict[str, Any]:
    o = turn.orders
    return {
        "dilemma": turn.dilemma,
        "option": o.option,
        "initiatives": list(o.initiatives),
        "postures": dict(o.postures),
        "injects": list(o.injects),
        "prediction": o.prediction,
    }


def digest(turn: Turn) -> str:
    """A short hash of a turn: its orders, every value after it, and nothing else."""
    text = f"{_one_line(_orders(turn))}{turn.after.digest}"
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def read(path: Path) -> str:
    """The text of a save; raises Problems if it is none, OSError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        problem = Problem(path.name, "this is not a save: it is not text in UTF-8", "a save written by this game")
        raise Problems([problem]) from None


def parse(text: str, name: str = "save") -> dict[str, Any]:
    """A save's text as checked plain values; raises Problems for anything that is not a save of this format."""
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError) as error:
        row = getattr(error, "lineno", 1)
        raise Problems(
            [Problem(f"{name}:{row}", "this is not a save: it is truncated or no JSON", "a save written by this game")]
        ) from None
    if not isinstance(saved, dict) or "format" not in saved:
        raise Problems([Problem(name, "this JSON is not a save of this game", "a save written by this game")])
    if type(saved["format"]) is int and saved["format"] in UPGRADES:
        UPGRADES[saved["format"]](saved)
    if saved["format"] != FORMAT:
        raise Problems(
            [
                Problem(
                    f"{name}  format",
                    f"this says {saved['format']}",
                    str(FORMAT),
                    "open it with the version that wrote it",
                )
            ]
        )
    problems = list(_misfits(saved, KEYS, name, ""))
    if isinstance(saved.get("settings"), dict):
        problems += _misfits(saved["settings"], SETTING_KEYS, name, "settings")
    for i, turn in enumerate(saved["turns"] if isinstance(saved.get("turns"), list) else ()):
        if isinstance(turn, dict):
            problems += _misfits(turn, TURN_KEYS, name, f"turns[{i}]")
        else:
            problems.append(Problem(f"{name}  turns[{i}]", "this is no turn", "a table"))
    if problems:
        raise Problems(problems)
    return saved


def _with_study(saved: dict[str, Any]) -> None:
    """Format 1 knew no study mode."""
    saved["format"] = 2
    if isinstance(saved.get("settings"), dict):
        saved["settings"].setdefault("study", False)


UPGRADES: Mapping[Any, Callable[[dict[str, Any]], None]] = {1: _with_study}
"""What makes a save of an older format one of the next."""


def _misfits(row: Mapping[str, Any], keys: Keys, name: str, path: str) -> Iterator[Problem]:
    for key, (kind, fits, allowed) in keys.items():
        at = f"{name}  {path}.{key}".replace("  .", "  ")
        if key not in row:
            yield Problem(at, f'the key "{key}" is missing', allowed)
            continue
        value, kinds = row[key], kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, kind) or (isinstance(value, bool) and bool not in kinds) or not fits(value):
            yield Problem(at, f"this says {str(value)[:40]}", allowed)
    for key in sorted(row.keys() - keys.keys()):
        yield Problem(f"{name}  {path}.{key}".replace("  .", "  "), f'no key is called "{key}" here', ", ".join(keys))


def loads(text: str, scenario: Scenario | None = None, name: str = "save") -> Match:
    """The game of a save, replayed and compared turn by turn.

    Raises Problems for what is no save, Diverged where the replay differs though scenario and version are the same.
    A save of other rules that no longer replays is opened read-only: `match.read_only` says why.
    """
    saved = parse(text, name)
    scenario = scenario or load(saved["scenario"])
    same = saved["content"] == scenario.content and saved["game"] == __version__
    settings = saved["settings"]
    try:
        match = start(scenario, saved["seed"], saved["run"], **settings)
        for row in saved["turns"]:
            match = _replay(match, row)
    except (Diverged, IllegalOrder, Problems) as error:
        if same:
            raise _told(error) from None
        return _as_recorded(scenario, saved)
    return match


def _told(error: Exception) -> Exception:
    if isinstance(error, IllegalOrder):
        return Diverged(error.turn + 1, "orders", error.asked, f"not legal: {error.why}")
    return error


def _replay(match: Match, row: Mapping[str, Any]) -> Match:
    postures, injects = row["postures"], tuple(row["injects"])
    match = match.play(
        row["option"], *row["initiatives"], postures=postures, injects=injects, prediction=row["prediction"]
    )
    dilemma, after, saved = match.turns[-1].dilemma, match.state, row["values"]
    if row["dilemma"] != dilemma:
        raise Diverged(match.turn, "dilemma", row["dilemma"], dilemma)
    for variable in after.layout:
        found = saved.get(variable.name, 0 if variable.unit == "slot" else None)
        if found != after[variable.name]:
            raise Diverged(match.turn, variable.name, found, after[variable.name])
    if row["digest"] != (found := digest(match.turns[-1])):
        raise Diverged(match.turn, "digest", row["digest"], found)
    return match


def _as_recorded(scenario: Scenario, saved: Mapping[str, Any]) -> Match:
    """A game of other rules as its save recorded it: to be read, not played on."""
    match = start(scenario, saved["seed"], saved["run"])
    layout, before = match.setting.layout, match.start
    turns = []
    for i, row in enumerate(saved["turns"]):
        after = State(layout, tuple(row["values"].get(v.name, v.start) for v in layout))
        dilemma = row["dilemma"]
        orders = PlayedOrders(
            row["option"], tuple(row["initiatives"]), row["postures"], tuple(row["injects"]), row["prediction"]
        )
        turns.append(Turn(i + 1, dilemma, orders, before, after, (), scenario.causes))
        before = after
    why = f"this game was saved by version {saved['game']} under other rules and can only be read"
    return evolve(match, given=saved["settings"]["values"], turns=tuple(turns), read_only=why)


# ---- on disk


def home() -> Path:
    """Where games are kept: BAGHDAD_HOME, else the platform's data folder."""
    import platformdirs

    return Path(os.environ.get("BAGHDAD_HOME") or platformdirs.user_data_dir("between-two-rivers", appauthor=False))


TEMPORARY = ".writing"


class Save:
    """One save on disk, held by one process.

    Raises OSError if the disk refuses and Problems if another process holds it. `steps` is called with the name of each
    step of a write before it is taken, so that a test can kill the process there.
    """

    def __init__(self, path: Path, steps: Callable[[str], None] = lambda step: None) -> None:
        self.path, self.steps = path, steps
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(path)
        for stray in path.parent.glob(f"{path.name}*{TEMPORARY}"):
            stray.unlink(missing_ok=True)

    def read(self) -> str | None:
        """The text of the save, or None if there is none yet."""
        return self.path.read_text(encoding="utf-8") if self.path.exists() else None

    def write(self, match: Match) -> None:
        """Replace the save by this game: written aside, fsynced, renamed, the folder fsynced."""
        aside = self.path.with_name(f"{self.path.name}.{os.getpid()}{TEMPORARY}")
        try:
            self.steps("open")
            with aside.open("w", encoding="utf-8", newline="\n") as file:
                self.steps("write")
                file.write(match.dumps())
                file.flush()
                self.steps("fsync")
                os.fsync(file.fileno())
            self.steps("rename")
            os.replace(aside, self.path)
        except OSError:
            aside.unlink(missing_ok=True)
            raise
        self.steps("fsync folder")
        _fsync_folder(self.path.parent)
        self.steps("done")

    def close(self) -> None:
        """Let another process have it."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                self._lock.close()
            self._lock = None


def _fsync_folder(folder: Path) -> None:
    """Ask for the renaming itself to be kept; where a file system cannot, the save is whole all the same."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)


def _locked(path: Path) -> Any:
    """An open file that holds the lock of a save until it is closed or the process ends."""
    file = path.with_name(path.name + ".lock").open("a+b")
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:  # pragma: no cover
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        file.close()
        raise Problems(
            [
                Problem(
                    str(path), "another window is playing this game", fix="close it there first, or play another save"
                )
            ]
        ) from None
    return file


def sweep(folder: Path) -> int:
    """Remove the stray temporaries of processes that are gone; returns how many."""
    strays = [path for path in folder.glob(f"*{TEMPORARY}") if not _lives(path)] if folder.is_dir() else []
    for stray in strays:
        stray.unlink(missing_ok=True)
    return len(strays)


def _lives(path: Path) -> bool:
    """Does the process that wrote this temporary still run?"""
    pid = path.name.removesuffix(TEMPORARY).rpartition(".")[2]
    try:
        os.kill(int(pid), 0)
    except (OSError, ValueError):
        return False
    return True
