"""Installing: the wheel finds every scenario and sheet from anywhere, and the README says what is true."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from game.cli import COMMANDS
from game.scenario import library

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel installed in an environment of its own, which borrows what the game depends on."""
    place = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run([*pip, "wheel", "--no-deps", "--wheel-dir", str(place), str(ROOT)])
    (wheel,) = place.glob("*.whl")
    home = place / "venv"
    venv.create(home, with_pip=False)
    scripts, packages = (
        Path(sysconfig.get_path(name, "venv", vars={"base": str(home), "platbase": str(home)}))
        for name in ("scripts", "purelib")
    )
    python = next(scripts.glob("python*"))
    run([*pip, "--python", str(python), "install", "--no-deps", str(wheel)])
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return scripts / "baghdad"


def run(command: list[str], cwd: Path | None = None) -> str:
    """Run a command and return what it printed."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_finds_its_scenarios_from_anywhere(installed: Path, tmp_path: Path) -> None:
    rows = json.loads(run([str(installed), "scenarios", "--json"], tmp_path))
    assert [row["id"] for row in rows] == library.bundled()


def test_the_wheel_finds_its_sheets_from_anywhere(installed: Path, tmp_path: Path) -> None:
    rows = json.loads(run([str(installed), "sources", "--json"], tmp_path))
    assert [(row["id"], row["facts"]) for row in rows] == [(s.id, len(s.facts)) for s in library.sheets().values()]


def test_the_wheel_is_what_runs_and_it_plays(installed: Path, tmp_path: Path) -> None:
    python = next(installed.parent.glob("python*"))
    where = run([str(python), "-c", "import game; print(game.__file__)"], tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent.parent)
    row = json.loads(
        run([str(installed), "simulate", "gaza-spillover", "--runs", "3", "--seed", "1", "--json"], tmp_path)
    )
    assert sum(row["endings"].values()) == 3


def test_this_checkout_finds_its_scenarios_from_anywhere(tmp_path: Path) -> None:
    rows = json.loads(run([sys.executable, "-m", "game", "scenarios", "--json"], tmp_path))
    assert "gaza-spillover" in [row["id"] for row in rows]


# ---- the README


def marked(name: str) -> str:
    """The command that the README marks by a comment."""
    found = re.search(rf"^<!-- {name} -->\n```sh\n(.+)\n```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    assert found, name
    return found[1]


def test_the_readme_marks_the_commands_that_install_play_and_test() -> None:
    assert marked("play").startswith("python3 -m venv .venv && ")
    assert marked("play").endswith(".venv/bin/baghdad")
    assert marked("test").endswith(".venv/bin/python -m pytest")


@pytest.mark.skipif(os.name != "posix", reason="the script is for a posix shell")
def test_the_script_takes_its_command_from_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (extraction,) = re.findall(r"^command=\$\((.+)\)$", script, re.M)
    assert run(["bash", "-c", extraction], ROOT).strip() == marked("test")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_what_a_page_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = re.findall(r"(?:^|`)baghdad ([a-z]+)", text, re.M)
    assert set(commands) <= COMMANDS.keys()
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert [link for link in links if not (ROOT / link).exists() and not link.startswith("docs/screens/")] == []
