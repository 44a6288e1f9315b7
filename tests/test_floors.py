"""The house stands: imports point down, doors stay light, nothing reads the clock to decide, and rooms stay small."""

from __future__ import annotations

import ast
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import game

ROOT = Path(game.__file__).parent
FILES = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}

FLOORS: tuple[tuple[str, str], ...] = (
    ("world", "problems luck facts variables counts ledger state columns intervals graph symbols blocks compiled"),
    ("scenario", "conditions effects words model files places loader library checker schema"),
    ("rules", "register"),
    ("play", "dealer endings turn compiling match saves batch sitting"),
    ("insight", "policies"),
    ("classroom testing", ""),
    ("view", ""),
    (
        "printing printing_room printing_cabinet printing_debrief plain plain_debrief pages commands tui cli __main__",
        "",
    ),
)
"""Lowest first; beside each floor its rooms in order, as far as their order is laid down."""
UP = {
    ("game.testing.records", "game.view"): "a golden game is written as a player sees it",
}
"""Imports from a floor above, with the reason."""
LATE = {
    ("game.play.match", "game.play.saves"): "the door match.dumps() leads into the room that writes saves",
}
"""Imports inside a function that point up within their floor, with the reason."""


def floor(module: str) -> int:
    """The number of a module's floor; the package itself stands on none."""
    room = module.split(".")[1]
    return next(i for i, (names, _) in enumerate(FLOORS) if room in names.split())


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


def imports(module: str, inside: bool = True) -> Iterator[str]:
    """Every module that one imports; without `inside`, not those of functions and of types."""
    nodes = list(ast.walk(tree(module)))
    later = [node for node in nodes if not inside and (isinstance(node, ast.FunctionDef) or _is_for_types(node))]
    late = {id(part) for node in later for part in ast.walk(node)}
    for node in nodes:
        if id(node) in late:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            yield from (f"{base}.{a.name}" if f"{base}.{a.name}" in FILES else base for a in node.names)


def own(module: str, inside: bool = True) -> set[str]:
    return {name for name in imports(module, inside) if name.split(".")[0] == "game" and name not in ("game", module)}


ROOMS = [module for module in FILES if module != "game"]


@pytest.mark.parametrize("module", ROOMS)
def test_a_room_stands_on_a_floor_and_imports_nothing_from_above(module: str) -> None:
    above = {name for name in own(module) if floor(name) > floor(module)}
    assert above - {there for here, there in UP if here == module} == set()


@pytest.mark.parametrize("module", ROOMS)
def test_a_room_imports_nothing_from_further_along_its_own_floor(module: str) -> None:
    order = FLOORS[floor(module)][1].split()
    room = module.rpartition(".")[2]
    if room in order:
        after = {f"{module.rpartition('.')[0]}.{name}" for name in order[order.index(room) + 1 :]}
        assert {name for name in own(module) & after if (module, name) not in LATE} == set()


def test_no_rooms_import_each_other_in_a_circle() -> None:
    below = {module: {name for name in own(module, inside=False) if name in FILES} for module in ROOMS}
    while free := {module for module, needed in below.items() if not needed & below.keys()}:
        below = {module: needed for module, needed in below.items() if module not in free}
    assert below == {}


@pytest.mark.parametrize("late", LATE)
def test_an_import_that_points_up_is_still_needed_and_late(late: tuple[str, str]) -> None:
    assert late[1] in own(late[0])
    assert late[1] not in own(late[0], inside=False)


def test_the_rooms_of_the_rules_do_not_know_each_other() -> None:
    cast = {module for module in FILES if module.startswith("game.rules.")} - {"game.rules.register"}
    assert {module: own(module) & cast for module in cast if own(module) & cast} == {}


KEEPERS = {
    "textual": "game.tui",
    "hypothesis": "game.testing",
    "pytest": "game.testing",
    "distributed": "game.insight.cluster",
}


@pytest.mark.parametrize("library", KEEPERS)
def test_only_one_floor_knows(library: str) -> None:
    users = {module for module in FILES for name in imports(module) if name.split(".")[0] == library}
    assert {module for module in users if not module.startswith(KEEPERS[library])} == set()


def test_nobody_throws_other_dice_or_reads_the_clock_to_decide() -> None:
    forbidden = {"random", "secrets", "time", "numpy.random"}
    users = {(module, name) for module in FILES for name in imports(module) if name in forbidden}
    assert {(module, name) for module, name in users if floor(module) < floor("game.view")} == set()
    assert {(module, name) for module, name in users if name in ("random", "numpy.random")} == set()
    clocks = [
        f"{module}:{node.lineno}"
        for module in ROOMS
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow", "time_ns", "default_rng")
        if floor(module) < floor("game.view")
    ]
    assert clocks == []


def test_hash_is_asked_of_nothing_that_is_kept() -> None:
    calls = [
        f"{module}:{node.lineno}"
        for module in FILES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash"
    ]
    assert calls == []


# ---- light doors


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh Python has loaded after this code."""
    code += "\nimport json, sys; print(); print(json.dumps(sorted(sys.modules)))"
    said = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert said.stderr == ""
    return set(json.loads(said.stdout.splitlines()[-1]))


def test_import_game_loads_neither_numpy_nor_anything_else_of_weight() -> None:
    loaded = loaded_by("import game")
    assert {"numpy", "attrs", "attr", "cattrs", "textual", "click", "hypothesis", "json"} & (loaded - {"json"}) == set()
    assert {name for name in loaded if name.startswith("game.")} == set()


def test_help_loads_neither_numpy_nor_textual() -> None:
    loaded = loaded_by(
        "import sys; sys.argv = ['baghdad', '--help']\n"
        "from game.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert {"numpy", "textual", "hypothesis"} & loaded == set()


def test_one_game_is_played_without_numpy() -> None:
    loaded = loaded_by(
        "import game\n"
        "match = game.start(game.load('gaza-spillover'), 7)\n"
        "match = match.play(match.dilemma.options[-1].id)\n"
        "game.loads(match.dumps())"
    )
    assert {"numpy", "textual", "hypothesis"} & loaded == set()


def test_every_public_name_is_there_and_no_other() -> None:
    assert dir(game) == sorted(game.__all__)
    assert all(getattr(game, name) is not None for name in game.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = game.nothing


IMPORTED_TWICE = """
import importlib, sys
modules = [name for name in sys.argv[1:] if not name.endswith("__main__")]
def whole():
    for name in modules:
        importlib.import_module(name)
    from game.rules import PHASES, CAUSES
    return [(name, [rule.cause.id for rule in rules]) for name, rules in PHASES], list(CAUSES)
first = whole()
for name in [name for name in sys.modules if name.split(".")[0] == "game"]:
    del sys.modules[name]
assert whole() == first
from game.rules import CAUSES, PHASES
assert len({rule.cause.id for _, rules in PHASES for rule in rules}) == sum(len(rules) for _, rules in PHASES)
"""


def test_every_module_can_be_imported_twice_and_says_nothing() -> None:
    said = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORTED_TWICE, *FILES], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


# ---- small rooms

LINES_OF_A_MODULE, LINES_OF_A_FUNCTION, MEDIAN = 450, 50, 8
TOO_LONG: dict[str, str] = {}
"""Modules known to be over their measure, and what is to become of them."""


def functions() -> Iterator[tuple[str, int]]:
    for module in FILES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module}.{node.name}", (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("module", FILES)
def test_a_module_is_no_longer_than_its_measure(module: str) -> None:
    length = len(FILES[module].read_text(encoding="utf-8").splitlines())
    if length > LINES_OF_A_MODULE and module in TOO_LONG:
        pytest.xfail(f"{length} lines: {TOO_LONG[module]}")
    assert length <= LINES_OF_A_MODULE


def test_no_function_is_longer_than_a_page_and_most_are_short() -> None:
    assert [f"{name}: {length} lines" for name, length in functions() if length > LINES_OF_A_FUNCTION] == []
    assert statistics.median(length for _, length in functions()) <= MEDIAN


@pytest.mark.parametrize("module", FILES)
def test_a_module_says_first_what_its_one_job_is(module: str) -> None:
    law = (ast.get_docstring(tree(module)) or "").splitlines()
    assert law
    assert law[0].endswith((".", "?", ":"))
